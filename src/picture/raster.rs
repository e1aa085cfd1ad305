//! From SVG to PNG.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::letters::{FAMILY, FONTS};

/// An image, ready to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Png {
    bytes: Arc<[u8]>,
    width: u32,
    height: u32,
}

impl Png {
    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A name for the file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        "picture.png"
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
}

/// A picture that could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The SVG is not sound.
    #[error("the drawing cannot be read")]
    Svg(#[from] resvg::usvg::Error),
    /// There is no room for so large an image.
    #[error("the drawing is too large")]
    Size,
    /// The image could not be written.
    #[error("the image cannot be written")]
    Png(#[from] png::EncodingError),
}

/// The fonts carried in the program; those of the machine are never asked, so that a picture looks the same everywhere.
static CARRIED: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    Arc::new(fonts)
});

/// Draws SVG as PNG.
pub(super) fn png(svg: &str) -> Result<Png, DrawError> {
    let options = Options { fontdb: Arc::clone(&CARRIED), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(DrawError::Size)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let image = Indexed::of(&pixels);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, size.width(), size.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(image.palette.as_flattened());
    encoder.set_compression(Compression::Balanced);
    // A filter makes patterns and letters less alike, not more.
    encoder.set_filter(Filter::NoFilter);
    encoder.write_header()?.write_image_data(&image.indices)?;
    Ok(Png { bytes: bytes.into(), width: size.width(), height: size.height() })
}

/// Red, green and blue.
type Colour = [u8; 3];

/// An image of few colours, which is a third of the size of one where every pixel names its own.
struct Indexed {
    palette: Vec<Colour>,
    indices: Vec<u8>,
}

impl Indexed {
    /// The image with its most frequent colours; what is rarer, the edges of letters, takes the nearest of them.
    fn of(pixels: &Pixmap) -> Self {
        /// Enough for every fill and ink and for the edges between them; with more the eye sees no more, and the file grows.
        const MOST: usize = 64;
        // The ground is opaque: there is nothing to see through.
        let colours = || pixels.data().chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        let mut counts: HashMap<Colour, usize> = HashMap::new();
        for_runs(colours(), |colour, length| *counts.entry(colour).or_default() += length);
        let mut ranked: Vec<(Colour, usize)> = counts.into_iter().collect();
        ranked.sort_unstable_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
        let palette: Vec<Colour> = ranked.iter().take(MOST).map(|(colour, _)| *colour).collect();
        let index: HashMap<Colour, u8> = ranked.iter().map(|(colour, _)| (*colour, nearest(&palette, *colour))).collect();
        let mut indices = Vec::with_capacity(pixels.data().len() / 4);
        for_runs(colours(), |colour, length| indices.resize(indices.len() + length, index.get(&colour).copied().unwrap_or_default()));
        Self { palette, indices }
    }
}

/// Calls `each` with every run of equal colours and its length; most of a picture is ground.
fn for_runs(colours: impl Iterator<Item = Colour>, mut each: impl FnMut(Colour, usize)) {
    let mut run: Option<(Colour, usize)> = None;
    for colour in colours {
        match &mut run {
            Some((of, length)) if *of == colour => *length += 1,
            _ => {
                if let Some((of, length)) = run.replace((colour, 1)) {
                    each(of, length);
                }
            }
        }
    }
    if let Some((of, length)) = run {
        each(of, length);
    }
}

/// The place in the palette of the colour that is least different.
fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let difference = |other: &Colour| other.iter().zip(colour).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum::<u32>();
    let nearest = palette.iter().enumerate().min_by_key(|(_, other)| difference(other));
    nearest.and_then(|(index, _)| u8::try_from(index).ok()).unwrap_or_default()
}
