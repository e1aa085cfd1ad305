//! What every store must do, held against each of them, and what must never happen when one fails.
//!
//! PostgreSQL is tested where `MABEL_TEST_POSTGRES_URL` names a database; elsewhere its tests say that they were skipped.

#![cfg(feature = "discord")]
#![allow(unreachable_pub, reason = "a test binary has no outside")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod backends;
mod command_line;
mod contract;
mod opening;
mod server;
mod steady;
mod wavering;
