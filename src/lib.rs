//! Mabel.
