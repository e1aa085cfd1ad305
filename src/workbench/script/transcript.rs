//! What became of a script: each step, its answer, and what did not hold.

use std::io::{self, Write};

use serde::Serialize;

/// What became of a script.
#[derive(Debug, Default, Serialize)]
pub struct Transcript {
    /// The steps, in order.
    pub steps: Vec<Played>,
}

/// A step that was played.
#[derive(Debug, Serialize)]
pub struct Played {
    /// Its line in the script.
    pub line: usize,
    /// Who acted, as others see the name.
    pub who: String,
    /// Where: the channel's name.
    pub place: String,
    /// What was done, in words.
    pub did: String,
    /// The answer, if there was one.
    pub answer: Option<Answer>,
    /// What did not hold; nothing if all did.
    pub failed: Vec<String>,
}

/// An answer as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Content and embeds.
    pub text: String,
    /// The labels of buttons and of the options of selects.
    pub labels: Vec<String>,
    /// Whether only the one who acted sees it.
    pub private: bool,
}

impl Answer {
    /// Whether something stands in it.
    #[must_use]
    pub fn holds(&self, wanted: &str) -> bool {
        self.text.contains(wanted) || self.labels.iter().any(|label| label.contains(wanted))
    }
}

impl Transcript {
    /// How many steps did not go as expected.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.steps.iter().filter(|step| !step.failed.is_empty()).count()
    }

    /// Writes it for people.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write, bot: &str) -> io::Result<()> {
        for step in &self.steps {
            writeln!(out, "{} in {}: {}", step.who, step.place, step.did)?;
            if let Some(answer) = &step.answer {
                let private = if answer.private { " (privately)" } else { "" };
                writeln!(out, "  {bot}{private}:")?;
                for line in answer.text.lines() {
                    writeln!(out, "    {line}")?;
                }
                for label in &answer.labels {
                    writeln!(out, "    [{label}]")?;
                }
            }
            for failed in &step.failed {
                writeln!(out, "  FAILED, line {}: {failed}", step.line)?;
            }
            writeln!(out)?;
        }
        let count = self.steps.len();
        writeln!(out, "{count} {}, {} failed", if count == 1 { "step" } else { "steps" }, self.failed())
    }
}
