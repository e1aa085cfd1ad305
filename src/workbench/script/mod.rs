//! A conversation written down: who says and presses what, and what must stand in the answers.
//!
//! ```toml
//! [[step]]
//! as = "ada"                      # who acts: a user by name; stays for the steps that follow
//! in = "general"                  # where: a channel by name, "@ada" is her direct message; stays as well
//! say = "@Mabel hello"            # exactly one act a step; see below
//! expect = ["Hello"]              # what must stand in the answer: its text, its embeds, its buttons
//! expect_not = ["error"]          # what must not
//! ```
//!
//! | Act | What is done |
//! |---|---|
//! | `say = "…"` | a message; with `silent = true` nobody may answer |
//! | `reply = "…"` | a reply to the last answer |
//! | `slash = "name"` with `options = { … }` | a slash command; a subcommand is a table in the table |
//! | `menu = "name"` | a command of the menu of the last message a person wrote |
//! | `press = "label"` | the button of the last answer whose label holds this |
//! | `choose = "label"` | the option of a select of the last answer whose label holds this |
//! | `edit = "…"` | the last message of the one who acts gets this text; the answer changes |
//! | `delete = true` | the last message of the one who acts is deleted; the answer goes |
//!
//! Owns the format and its faults; [`play`] plays it, [`Transcript`] tells what became of it.

mod play;
mod transcript;

use serde::Deserialize;
use serde_json::{Map, Value};
use toml::Spanned;

use crate::knowledge::{Fault, Faults, Place};

pub use play::play;
pub use transcript::{Answer, Played, Transcript};

/// A script, read and found well formed.
#[derive(Debug)]
pub struct Script {
    /// Its steps, each with its line in the file.
    pub steps: Vec<(usize, Step)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    step: Vec<Spanned<RawStep>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    #[serde(rename = "as")]
    user: Option<String>,
    #[serde(rename = "in")]
    channel: Option<String>,
    say: Option<String>,
    reply: Option<String>,
    slash: Option<String>,
    #[serde(default)]
    options: Map<String, Value>,
    menu: Option<String>,
    press: Option<String>,
    choose: Option<String>,
    edit: Option<String>,
    #[serde(default)]
    delete: bool,
    #[serde(default)]
    silent: bool,
    #[serde(default)]
    expect: Vec<String>,
    #[serde(default)]
    expect_not: Vec<String>,
}

/// One step.
#[derive(Debug)]
pub struct Step {
    /// Who acts from here on, if somebody else than before.
    pub user: Option<String>,
    /// Where, if elsewhere than before.
    pub channel: Option<String>,
    /// What is done.
    pub act: Act,
    /// Whether nobody may answer.
    pub silent: bool,
    /// What must stand in the answer.
    pub expect: Vec<String>,
    /// What must not.
    pub expect_not: Vec<String>,
}

/// What a person does.
#[derive(Debug)]
pub enum Act {
    /// Writes a message.
    Say(String),
    /// Replies to the last answer.
    Reply(String),
    /// Uses a slash command with options.
    Slash(String, Value),
    /// Uses a command of the last message's menu.
    Menu(String),
    /// Presses a button of the last answer.
    Press(String),
    /// Chooses in a select of the last answer.
    Choose(String),
    /// Changes the last message.
    Edit(String),
    /// Deletes the last message.
    Delete,
}

impl Script {
    /// Reads a script; `file` is what faults call it.
    ///
    /// # Errors
    /// Every fault with line and mend, as far as the text is TOML at all.
    pub fn read(file: &str, text: &str) -> Result<Self, Faults> {
        let at = |offset: usize| Place { file: file.to_owned(), line: text.get(..offset).unwrap_or(text).matches('\n').count() + 1 };
        let raw: File = toml::from_str(text).map_err(|error| {
            let place = at(error.span().map_or(0, |span| span.start));
            Faults(vec![Fault::error(place, error.message().trim(), "see the opening of src/workbench/script for the format")])
        })?;
        let mut faults = Vec::new();
        let mut steps = Vec::new();
        for step in raw.step {
            let place = at(step.span().start);
            match step.into_inner().checked() {
                Ok(step) => steps.push((place.line, step)),
                Err((what, mend)) => faults.push(Fault::error(place, what, mend)),
            }
        }
        if faults.is_empty() { Ok(Self { steps }) } else { Err(Faults(faults)) }
    }
}

impl RawStep {
    fn checked(self) -> Result<Step, (&'static str, &'static str)> {
        if self.slash.is_none() && !self.options.is_empty() {
            return Err(("options without a command", "add `slash = \"name\"` or take `options` out"));
        }
        let options = Value::Object(self.options);
        let acts = [
            self.say.map(Act::Say),
            self.reply.map(Act::Reply),
            self.slash.map(|name| Act::Slash(name, options)),
            self.menu.map(Act::Menu),
            self.press.map(Act::Press),
            self.choose.map(Act::Choose),
            self.edit.map(Act::Edit),
            self.delete.then_some(Act::Delete),
        ];
        let mut acts: Vec<Act> = acts.into_iter().flatten().collect();
        let (Some(act), true) = (acts.pop(), acts.is_empty()) else {
            return Err(("a step does exactly one thing", "give it one of say, reply, slash, menu, press, choose, edit, delete"));
        };
        let expects = !self.expect.is_empty() || !self.expect_not.is_empty();
        if expects && (self.silent || matches!(act, Act::Delete)) {
            return Err(("something is expected of an answer that there must not be", "take `expect` and `expect_not` out"));
        }
        Ok(Step { user: self.user, channel: self.channel, act, silent: self.silent, expect: self.expect, expect_not: self.expect_not })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        Script::read("talk.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn steps_are_read_with_their_lines() {
        let script =
            Script::read("talk.toml", "# hello\n[[step]]\nsay = \"hi\"\n\n[[step]]\nslash = \"ask\"\noptions = { a = 1 }\n").unwrap();
        assert_eq!(script.steps.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 5]);
        assert!(matches!(&script.steps[1].1.act, Act::Slash(name, options) if name == "ask" && options["a"] == 1));
    }

    #[test]
    fn a_fault_names_line_and_mend() {
        let two = faults("[[step]]\nsay = \"hi\"\n[[step]]\nsay = \"hi\"\npress = \"x\"\n");
        assert!(two.contains("talk.toml:3") && two.contains("exactly one thing") && two.contains("mend:"), "{two}");
        assert!(faults("[[step]]\nsya = \"hi\"\n").contains("sya"));
        assert!(faults("[[step]]\nas = \"ada\"\n").contains("exactly one thing"));
        assert!(faults("[[step]]\nsay = \"hi\"\nsilent = true\nexpect = [\"x\"]\n").contains("must not be"));
        assert!(faults("[[step]\n").contains("talk.toml:1"));
    }
}
