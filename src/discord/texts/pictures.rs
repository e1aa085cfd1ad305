//! What is said about pictures.

/// The button that shows the picture of an answer.
pub const SHOW: &str = "Show picture";

/// In place of a picture that cannot be shown; `alt` says the same in words.
#[must_use]
pub fn in_words(alt: &str) -> String {
    format!("I cannot show a picture here. In words:\n\n{alt}")
}
