//! `mabel ask`: one question from the arguments, or one a line from standard input.

use std::io::{self, BufRead};
use std::path::Path;

use serde_json::Value;

use super::{Ended, engine, explain, facet_value, output, today};
use crate::answer::{Outcome, Question, Reply, View, object};
use crate::engine::Engine;
use crate::why;

/// The most candidates that `--explain` shows.
const MOST_CANDIDATES: usize = 5;

/// Arguments of `mabel ask`.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// The question; several words need no quotes.
    #[arg(required_unless_present = "jsonl", value_name = "QUESTION")]
    question: Vec<String>,
    /// Print one JSON object.
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// Read one question a line from standard input and print one JSON object a line, in order.
    #[arg(long, conflicts_with = "question")]
    jsonl: bool,
    /// Say why: what was understood, the candidates and what spoke for each.
    #[arg(long)]
    explain: bool,
    /// The state you work in, for questions that name none.
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
}

impl Ask {
    /// Answers.
    ///
    /// # Errors
    /// When the knowledge or standard input cannot be read.
    pub fn run(self, knowledge: Option<&Path>) -> anyhow::Result<Ended> {
        let engine = engine(knowledge)?;
        let mut view = View::on(today());
        if let Some(state) = &self.state {
            view.defaults = facet_value(&engine, "state", state)?;
        }
        if self.jsonl {
            return self.lines(&engine, &view);
        }
        let text = self.question.join(" ");
        let question = Question::new(&text);
        let reply = engine.answer(&question, &view);
        let outcome = reply.outcome;
        output::print(|out| {
            if self.json {
                writeln!(out, "{}", object(&engine, &text, &reply, self.explain))
            } else {
                output::reply(out, &reply)?;
                if self.explain { explain::write(out, &engine, &question, MOST_CANDIDATES) } else { Ok(()) }
            }
        })?;
        Ok(if outcome == Outcome::NoMatch { Ended::SaidNo } else { Ended::Done })
    }

    /// Answers line by line; each answer is written out before the next question is read.
    fn lines(&self, engine: &Engine, view: &View) -> anyhow::Result<Ended> {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            if input.read_until(b'\n', &mut line)? == 0 {
                return Ok(Ended::Done);
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\n', '\r']);
            let reply = engine.answer(&Question::new(text), view);
            let mut closed = false;
            output::print(|out| {
                let written = writeln!(out, "{}", object(engine, text, &reply, self.explain));
                closed = matches!(&written, Err(error) if error.kind() == io::ErrorKind::BrokenPipe);
                written
            })?;
            if closed {
                return Ok(Ended::Done);
            }
        }
    }
}

/// The object of the command-line contract.
fn object(engine: &Engine, text: &str, reply: &Reply, explained: bool) -> Value {
    let mut object = object::object(text, reply);
    if explained {
        object["why"] = why::object(engine, &Question::new(text), MOST_CANDIDATES);
    }
    object
}
