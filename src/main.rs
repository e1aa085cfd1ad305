//! The program: parse the command line, run, print the error chain, end with the contract's exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use mabel::cli::Arguments;

#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match Arguments::parse().run() {
        Ok(ended) => ended.into(),
        Err(error) => {
            // Where standard error is closed there is nobody left to tell.
            let _ = writeln!(anstream::stderr(), "mabel: {error:#}");
            ExitCode::from(2)
        }
    }
}
