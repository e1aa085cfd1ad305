//! Mabel.

#[cfg(feature = "discord")]
pub mod sandbox;
