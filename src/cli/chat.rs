//! `mabel chat`: questions one after another, with line editing and history.

use std::path::Path;

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::{Ended, engine, explain, facet_value, kept, output, today};
use crate::answer::{Outcome, Question, Reply, View};
use crate::engine::Engine;

const HELP: &str = "Ask a question, or a number to take a choice. :explain why the last answer, :state TX (or :state off), :help, :quit";

/// Arguments of `mabel chat`.
#[derive(Debug, clap::Args)]
pub struct Chat {
    /// The state you work in, for questions that name none.
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
}

/// What the conversation is at.
struct Conversation {
    engine: Engine,
    view: View,
    asked: Option<Question>,
    replied: Option<Reply>,
}

impl Chat {
    /// Talks until `:quit` or the end of the input.
    ///
    /// # Errors
    /// When the knowledge or the terminal cannot be used.
    pub fn run(self, knowledge: Option<&Path>) -> anyhow::Result<Ended> {
        let mut conversation = Conversation { engine: engine(knowledge)?, view: View::on(today()), asked: None, replied: None };
        if let Some(state) = &self.state {
            conversation.view.defaults = facet_value(&conversation.engine, "state", state)?;
        }
        let mut editor = DefaultEditor::new()?;
        let history = kept::history();
        if let Some(history) = &history {
            // No history yet is the usual beginning.
            let _ = editor.load_history(history);
        }
        output::print(|out| writeln!(out, "{HELP}"))?;
        loop {
            match editor.readline("mabel> ") {
                Ok(line) => {
                    let line = line.trim();
                    if line.is_empty() {
                        continue;
                    }
                    editor.add_history_entry(line)?;
                    if matches!(line, ":quit" | ":q" | ":exit") {
                        break;
                    }
                    conversation.take(line)?;
                }
                Err(ReadlineError::Interrupted | ReadlineError::Eof) => break,
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(history) = &history {
            // A history that cannot be kept is no reason to fail.
            let _ = editor.save_history(history);
        }
        Ok(Ended::Done)
    }
}

impl Conversation {
    /// One line: a command, the number of a choice, or a question.
    fn take(&mut self, line: &str) -> anyhow::Result<()> {
        if let Some(command) = line.strip_prefix(':') {
            return self.command(command);
        }
        if let Some(reply) = self.choice(line) {
            return self.show(reply);
        }
        let before = self.asked.as_ref().and_then(|asked| asked.earlier.clone());
        let earlier = self.replied.as_ref().and_then(|reply| reply.leaves(before));
        let question = Question { earlier, ..Question::new(line) };
        let reply = self.engine.answer(&question, &self.view);
        self.asked = Some(question);
        self.show(reply)
    }

    fn choice(&self, line: &str) -> Option<Reply> {
        let number: usize = line.parse().ok()?;
        let choice = self.replied.as_ref()?.choices.get(number.checked_sub(1)?)?;
        self.engine.answer_entry(&choice.entry, &choice.facets, &self.view)
    }

    fn show(&mut self, reply: Reply) -> anyhow::Result<()> {
        output::print(|out| {
            output::reply(out, &reply)?;
            if reply.outcome == Outcome::Answer { writeln!(out) } else { Ok(()) }
        })?;
        self.replied = Some(reply);
        Ok(())
    }

    fn command(&mut self, command: &str) -> anyhow::Result<()> {
        match command.split_once(' ').map_or((command, ""), |(name, rest)| (name, rest.trim())) {
            ("explain", _) => match &self.asked {
                Some(question) => output::print(|out| explain::write(out, &self.engine, question, 5)),
                None => output::print(|out| writeln!(out, "Nothing has been asked yet.")),
            },
            ("state", "" | "off") => {
                self.view.defaults.clear();
                output::print(|out| writeln!(out, "No state is taken for granted."))
            }
            ("state", typed) => match facet_value(&self.engine, "state", typed) {
                Ok(values) => {
                    self.view.defaults = values;
                    output::print(|out| writeln!(out, "Questions that name no state are about {typed} now."))
                }
                Err(error) => output::print(|out| writeln!(out, "{error}")),
            },
            ("help", _) => output::print(|out| writeln!(out, "{HELP}")),
            (other, _) => output::print(|out| writeln!(out, "There is no command `:{other}`. {HELP}")),
        }
    }
}
