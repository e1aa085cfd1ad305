//! Screenshots as small files: a page has few colours, and an image that names them once is a third of the size.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter, Transformations};

type Colour = [u8; 3];

/// The image with its 256 most frequent colours; what is rarer, the edges of letters, takes the nearest of them.
pub fn fewer_colours(image: &[u8]) -> Vec<u8> {
    let mut decoder = Decoder::new(std::io::Cursor::new(image));
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let colours = || pixels.chunks_exact(info.color_type.samples()).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    colours().for_each(|colour| *counts.entry(colour).or_default() += 1);
    let mut ranked: Vec<(Colour, usize)> = counts.into_iter().collect();
    ranked.sort_unstable_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    let palette: Vec<Colour> = ranked.iter().take(256).map(|(colour, _)| *colour).collect();
    let nearest: HashMap<Colour, u8> = ranked.iter().map(|(colour, _)| (*colour, nearest(&palette, *colour))).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, info.width, info.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.as_flattened());
    encoder.set_compression(Compression::High);
    // A filter makes letters less alike, not more.
    encoder.set_filter(Filter::NoFilter);
    let indices: Vec<u8> = colours().map(|colour| nearest[&colour]).collect();
    encoder.write_header().unwrap().write_image_data(&indices).unwrap();
    file
}

/// The place in the palette of the colour that is least different.
fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let difference = |other: &Colour| other.iter().zip(colour).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum::<u32>();
    let nearest = palette.iter().enumerate().min_by_key(|(_, other)| difference(other)).unwrap();
    u8::try_from(nearest.0).unwrap()
}
