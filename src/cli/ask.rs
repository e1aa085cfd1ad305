//! `mabel ask`: one question from the arguments, or one a line from standard input.

use std::io::{self, BufRead};
use std::path::Path;
#[cfg(feature = "pictures")]
use std::path::PathBuf;

#[cfg(feature = "pictures")]
use anyhow::Context;
use serde_json::Value;

use super::{Ended, engine, explain, facet_value, output, today};
#[cfg(feature = "pictures")]
use crate::answer::picture::Picture;
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
    /// Draw the picture of the answer into this file, as PNG, or as SVG if the name says so.
    #[cfg(feature = "pictures")]
    #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
    picture: Option<PathBuf>,
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
        #[cfg(feature = "pictures")]
        if let Some(file) = &self.picture {
            return draw(engine.picture(&reply, view.today), file);
        }
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

/// Writes the picture of a reply, if it has one.
#[cfg(feature = "pictures")]
fn draw(picture: Option<Picture>, file: &Path) -> anyhow::Result<Ended> {
    use std::io::Write;

    let Some(picture) = picture else {
        // Beside the answer, which may be an object for a program; where standard error is closed there is nobody to tell.
        let _ = writeln!(anstream::stderr(), "mabel: there is no picture for this answer");
        return Ok(Ended::SaidNo);
    };
    let bytes = if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        crate::picture::svg(&picture).into_bytes()
    } else {
        crate::picture::draw(&picture)?.bytes().to_vec()
    };
    std::fs::write(file, bytes).with_context(|| format!("cannot write the picture to {}", file.display()))?;
    Ok(Ended::Done)
}

/// The object of the command-line contract.
fn object(engine: &Engine, text: &str, reply: &Reply, explained: bool) -> Value {
    let mut object = object::object(text, reply);
    if explained {
        object["why"] = why::object(engine, &Question::new(text), MOST_CANDIDATES);
    }
    object
}
