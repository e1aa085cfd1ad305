//! Draws what a reply describes: a [`Picture`] becomes SVG, and PNG from that.
//!
//! ```text
//! Picture ─▶ map | bars ─▶ page ─▶ canvas ─▶ SVG ─▶ raster ─▶ PNG
//!                    letters, looks
//! ```
//!
//! The module knows colours, fonts and pixels, and nothing of knowledge, questions or Discord. The same picture always gives
//! the same bytes. A picture is [`WIDTH`] pixels wide and opaque, so that it reads on a dark and on a light ground; no letter is
//! smaller than [`SMALLEST_TEXT`], so that it can be read where a telephone shows it at half its width.
//!
//! Who sends pictures keeps one [`Gallery`], which remembers the last ones:
//!
//! ```no_run
//! # fn sent(engine: &mabel::engine::Engine, reply: &mabel::answer::Reply, today: jiff::civil::Date) -> Result<(), mabel::picture::DrawError> {
//! let gallery = mabel::picture::Gallery::default();
//! if let Some(picture) = engine.picture(reply, today) {
//!     let png = gallery.draw(&picture)?;
//!     // attach png.bytes() as png.name(), described by picture.alt
//! }
//! # Ok(())
//! # }
//! ```

mod bars;
mod canvas;
mod gallery;
mod letters;
mod looks;
mod map;
mod page;
mod raster;

pub use gallery::Gallery;
pub use raster::{DrawError, Png};

use crate::answer::picture::{Drawing, Picture};

/// The width of every picture, in pixels.
pub const WIDTH: u16 = 800;

/// The height of the smallest letters, in pixels.
pub const SMALLEST_TEXT: u16 = 28;

/// Draws a picture.
///
/// # Errors
/// When the drawing cannot be made into an image, which no picture that is made from knowledge has led to.
pub fn draw(picture: &Picture) -> Result<Png, DrawError> {
    raster::png(&svg(picture))
}

/// The drawing of a picture as SVG. Its letters are in the font that [`draw`] carries.
#[must_use]
pub fn svg(picture: &Picture) -> String {
    match &picture.drawing {
        Drawing::Map(map) => map::draw(picture, map),
        Drawing::Bars(bars) => bars::draw(picture, bars),
    }
}
