//! The last pictures drawn.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;

use super::{DrawError, Png, raster, svg};
use crate::answer::picture::Picture;

/// Draws pictures, and keeps the last ones: the same content is drawn once.
#[derive(Debug)]
pub struct Gallery {
    /// By their SVG, which is all that a picture is made of: no two pictures can be taken for one another.
    kept: Mutex<LruCache<String, Png>>,
}

impl Gallery {
    /// A gallery that keeps so many pictures, of about 60 KB each.
    #[must_use]
    pub fn new(most: NonZeroUsize) -> Self {
        Self { kept: Mutex::new(LruCache::new(most)) }
    }

    /// Draws a picture, or takes it from those kept.
    ///
    /// # Errors
    /// As [`draw`](super::draw); what failed is not kept.
    pub fn draw(&self, picture: &Picture) -> Result<Png, DrawError> {
        let svg = svg(picture);
        // A thread that panicked while it held the lock left the pictures whole.
        if let Some(kept) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&svg) {
            return Ok(kept.clone());
        }
        // Drawn without the lock: others need not wait.
        let png = raster::png(&svg)?;
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(svg, png.clone());
        Ok(png)
    }

    /// How many pictures are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Gallery {
    /// A gallery of 64 pictures.
    fn default() -> Self {
        const MOST: NonZeroUsize = NonZeroUsize::new(64).unwrap();
        Self::new(MOST)
    }
}
