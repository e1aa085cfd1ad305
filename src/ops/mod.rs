//! Running Mabel: what an operator sees and turns.

pub mod health;
pub mod listener;
pub mod logging;
pub mod metrics;
mod process;
pub mod reload;
pub mod sweep;
