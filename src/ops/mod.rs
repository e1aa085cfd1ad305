//! Running Mabel: what an operator sees and turns.

pub mod health;
pub mod listener;
pub mod logging;
pub mod metrics;
pub(crate) mod process;
pub mod reload;
pub mod sweep;
