//! The table of commands: what Discord is told, and what each is for.
//!
//! The table is the only place that names a command or an option; registering sends it, and a test holds it to Discord's rules
//! (<https://docs.discord.com/developers/interactions/application-commands>). Names never change once released: renaming a command
//! deletes the permissions that admins set for it. Nothing here answers a command.

use serde_json::{Value, json};

use crate::knowledge::Knowledge;

/// A command.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Which command it is.
    pub id: CommandId,
    /// What it is called.
    pub name: &'static str,
    /// One line on what it does; empty for a menu, which may have none.
    pub description: &'static str,
    /// Whether it stands in a message's menu; otherwise it is typed.
    pub menu: bool,
    /// What can be given with it, required options first.
    pub options: &'static [CommandOption],
}

/// Which command it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandId {
    /// Asks a question.
    Ask,
    /// Answers a message.
    AnswerThis,
}

/// An option of a command.
#[derive(Clone, Copy, Debug)]
pub struct CommandOption {
    /// What it is called.
    pub name: &'static str,
    /// One line on what it takes.
    pub description: &'static str,
    /// What it takes.
    pub kind: OptionKind,
    /// Whether it must be given.
    pub required: bool,
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// A question; wordings are suggested while it is typed.
    Question,
    /// A value of the facet that is called like the option; values are suggested. Left out where the knowledge has no such facet.
    Facet,
    /// Yes or no.
    Flag,
}

/// The longest question that can be typed after a command. Discord's own limit is 6,000.
pub const LONGEST_QUESTION: usize = 1000;

/// The option that holds the question.
pub const QUESTION: &str = "question";
/// The option that makes the answer private.
pub const PRIVATE: &str = "private";

/// Every command there is.
pub const COMMANDS: &[Command] = &[
    Command {
        id: CommandId::Ask,
        name: "ask",
        description: "Ask a question about the work and get a sourced answer",
        menu: false,
        options: &[
            CommandOption { name: QUESTION, description: "Your question, in your own words", kind: OptionKind::Question, required: true },
            CommandOption { name: "state", description: "The state it is about", kind: OptionKind::Facet, required: false },
            CommandOption { name: PRIVATE, description: "Show the answer to you alone", kind: OptionKind::Flag, required: false },
        ],
    },
    Command { id: CommandId::AnswerThis, name: "Answer this", description: "", menu: true, options: &[] },
];

/// The command of that name and kind.
#[must_use]
pub fn find(name: &str, menu: bool) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name && command.menu == menu)
}

/// What Discord is told of all commands: for every server and, where `everywhere` is set, for direct messages and for people who
/// installed Mabel for themselves. Discord takes the latter for global commands only.
#[must_use]
pub fn definitions(knowledge: &Knowledge, everywhere: bool) -> Vec<Value> {
    COMMANDS.iter().map(|command| definition(command, knowledge, everywhere)).collect()
}

fn definition(command: &Command, knowledge: &Knowledge, everywhere: bool) -> Value {
    let mut defined = json!({
        "name": command.name,
        "type": if command.menu { MESSAGE_MENU } else { TYPED },
        "default_member_permissions": null,
        "nsfw": false,
    });
    if everywhere {
        defined["integration_types"] = json!([GUILD_INSTALL, USER_INSTALL]);
        defined["contexts"] = json!([IN_GUILD, IN_DIRECT_MESSAGES, IN_PRIVATE_CHANNELS]);
    }
    if !command.menu {
        let there = |option: &&CommandOption| option.kind != OptionKind::Facet || knowledge.facet(option.name).is_some();
        defined["description"] = json!(command.description);
        defined["options"] = command.options.iter().filter(there).map(option).collect();
    }
    defined
}

const TYPED: u8 = 1;
const MESSAGE_MENU: u8 = 3;
const GUILD_INSTALL: u8 = 0;
const USER_INSTALL: u8 = 1;
const IN_GUILD: u8 = 0;
const IN_DIRECT_MESSAGES: u8 = 1;
const IN_PRIVATE_CHANNELS: u8 = 2;
const STRING: u8 = 3;
const BOOLEAN: u8 = 5;

fn option(option: &CommandOption) -> Value {
    let mut defined = json!({
        "name": option.name,
        "description": option.description,
        "required": option.required,
        "type": if option.kind == OptionKind::Flag { BOOLEAN } else { STRING },
    });
    if option.kind != OptionKind::Flag {
        defined["autocomplete"] = json!(true);
    }
    if option.kind == OptionKind::Question {
        defined["max_length"] = json!(LONGEST_QUESTION);
    }
    defined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_name(name: &str) -> bool {
        let count = name.chars().count();
        (1..=32).contains(&count)
            && name.chars().all(|letter| letter.is_alphanumeric() || "-_'".contains(letter))
            && name.to_lowercase() == name
    }

    fn describes(text: &str) -> bool {
        (1..=100).contains(&text.chars().count())
    }

    #[test]
    fn the_table_keeps_the_rules_of_discord() {
        for command in COMMANDS {
            let name = command.name;
            if command.menu {
                assert!((1..=32).contains(&name.chars().count()) && command.description.is_empty() && command.options.is_empty(), "{name}");
            } else {
                assert!(is_name(name) && describes(command.description) && command.options.len() <= 25, "{name}");
            }
            let required = command.options.iter().map(|option| option.required).collect::<Vec<_>>();
            assert!(required.is_sorted_by(|left, right| left >= right), "{name}: required options come first");
            for option in command.options {
                assert!(is_name(option.name) && describes(option.description), "{name} {}", option.name);
                assert_eq!(command.options.iter().filter(|other| other.name == option.name).count(), 1, "{name} {}", option.name);
            }
            let texts = command.options.iter().map(|option| option.name.len() + option.description.len()).sum::<usize>();
            assert!(name.len() + command.description.len() + texts <= 8000, "{name}");
            assert_eq!(COMMANDS.iter().filter(|other| other.name == name && other.menu == command.menu).count(), 1, "{name}");
        }
        assert!(COMMANDS.iter().filter(|command| command.menu).count() <= 15);
        assert!(COMMANDS.iter().filter(|command| !command.menu).count() <= 100);
        const { assert!(LONGEST_QUESTION <= 6000) };
    }

    #[test]
    fn an_option_without_its_facet_is_left_out() {
        let names =
            |defined: &Value| defined["options"].as_array().unwrap().iter().map(|option| option["name"].clone()).collect::<Vec<_>>();
        assert_eq!(names(&definitions(&Knowledge::default(), true)[0]), [QUESTION, PRIVATE]);
    }

    #[test]
    fn one_server_is_told_nothing_of_other_places() {
        for defined in definitions(&Knowledge::default(), false) {
            assert!(defined.get("contexts").is_none() && defined.get("integration_types").is_none());
        }
    }
}
