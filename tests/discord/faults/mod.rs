//! What may break while people ask, and what must hold then: nothing that Discord would redeliver is lost, nothing is answered twice,
//! answers come again within a bound, and what cannot go on ends with the right exit code.
//!
//! Each fault is a row of a table: its name, how the program is started, what is done, what must hold. Every row runs the program itself
//! against a loopback Discord of its own while people ask without a pause. A test runs the rows that take moments; `cargo bench --bench
//! faults` runs all of them, longer, and prints what was counted.

mod asking;
mod ends;
mod gateway;
mod life;
mod relay;
mod requests;
mod scene;
mod store;
mod tally;
mod together;

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt};

pub use scene::{Launch, Scene};
pub use tally::{Outcome, Why, table};
pub use together::rolling_restart;

/// One row: something that breaks.
pub struct Fault {
    pub name: String,
    /// How the program is started.
    pub prepare: fn(&mut Launch),
    /// What is done; when it returns, what lasts a while has passed.
    pub strike: Strike,
    pub holds: Holds,
    /// It takes longer than a test should.
    pub is_slow: bool,
    /// The database is on a server; the row is left out where there is none.
    pub needs_server: bool,
    /// What her log says of it, so that nothing passes because nothing broke.
    pub says: &'static str,
    /// Every answer to a message is linked to it in the database in the end.
    pub keeps_links: bool,
}

/// What is done to a scene.
pub type Strike = Box<dyn for<'scene> Fn(&'scene mut Scene) -> BoxFuture<'scene, ()> + Send + Sync>;

/// What must hold afterwards.
pub enum Holds {
    /// Answers come again within this time after what was done; what is lost is lost for one of these reasons.
    GoesOn { within: Duration, loses: &'static [Why] },
    /// The program ends within this time, with that exit code.
    Ends { within: Duration, code: i32 },
}

/// How long people ask, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Before and after what is done.
    pub around: Duration,
    /// Between two questions.
    pub every: Duration,
    /// How many rows run side by side.
    pub at_once: usize,
    /// How many times as long as they should all things may take: tests run on machines that are busy with other things, where the seconds
    /// of a command are over sooner, too.
    pub slack: u32,
}

impl Fault {
    /// A row that goes on after what is done.
    pub fn new(name: &str, within: Duration, strike: Strike) -> Self {
        let holds = Holds::GoesOn { within, loses: &[] };
        Self { name: name.to_owned(), prepare: |_| {}, strike, holds, is_slow: false, needs_server: false, says: "", keeps_links: false }
    }

    /// A row that ends with that code.
    pub fn ending(name: &str, code: i32, within: Duration, strike: Strike) -> Self {
        Self { holds: Holds::Ends { within, code }, ..Self::new(name, within, strike) }
    }

    /// The same where some questions may be lost for a reason.
    pub fn losing(mut self, reasons: &'static [Why]) -> Self {
        if let Holds::GoesOn { loses, .. } = &mut self.holds {
            *loses = reasons;
        }
        self
    }

    /// The same, started otherwise.
    pub fn prepared(self, prepare: fn(&mut Launch)) -> Self {
        Self { prepare, ..self }
    }

    /// The same over a database on a server.
    pub fn over_server(self) -> Self {
        Self { needs_server: true, ..self }
    }

    /// The same, told of in the log.
    pub fn saying(self, says: &'static str) -> Self {
        Self { says, ..self }
    }

    /// The same, where the database holds every link in the end.
    pub fn keeping_links(self) -> Self {
        Self { keeps_links: true, ..self }
    }

    /// The same, left out of the tests.
    pub fn slow(self) -> Self {
        Self { is_slow: true, ..self }
    }
}

/// All rows.
pub fn all() -> Vec<Fault> {
    [gateway::rows(), ends::rows(), requests::rows(), store::rows(), life::rows()].into_iter().flatten().collect()
}

/// Runs rows, some side by side; the outcomes come in their order, without those for which something is missing here.
pub async fn run(rows: Vec<Fault>, scale: Scale) -> Vec<Outcome> {
    stream::iter(rows).map(|row| scene::run(row, scale)).buffered(scale.at_once).filter_map(std::future::ready).collect().await
}
