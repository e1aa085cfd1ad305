//! Running Mabel: what an operator sees and turns.

pub mod logging;
pub mod reload;
pub mod sweep;
