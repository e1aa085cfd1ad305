//! The table of commands: what Discord is told, and what each is for.
//!
//! Some commands are the same whatever the knowledge is about; they stand here and are worded in [`super::texts`]. The others are the
//! forms of the knowledge, each a command whose options are its fields. Nothing else names a command or an option; registering sends
//! the table, and a test holds it to Discord's rules (<https://docs.discord.com/developers/interactions/application-commands>). Names
//! never change once released: renaming a command deletes the permissions that admins set for it. Nothing here answers a command.

use serde_json::{Value, json};

use crate::knowledge::{Field, Form, Knowledge};

use super::texts::commands as texts;

/// A command.
#[derive(Clone, Debug)]
pub struct Command<'knowledge> {
    /// What it does.
    pub does: Does<'knowledge>,
    /// What it is called.
    pub name: &'knowledge str,
    /// One line on what it does; empty for a menu, which may have none.
    pub description: &'knowledge str,
    /// What can be given with it, required options first.
    pub options: Vec<CommandOption<'knowledge>>,
}

/// What a command does.
#[derive(Clone, Copy, Debug)]
pub enum Does<'knowledge> {
    /// Asks a question.
    Ask,
    /// Answers a message; it stands in the message's menu.
    AnswerMessage,
    /// Fills in a form.
    Fill(&'knowledge Form),
    /// Lists the topics.
    Topics,
    /// Shows the sources of an answer, or of all.
    Sources,
    /// Tells who Mabel is.
    About,
    /// Tells how to ask.
    Help,
    /// Tells what is kept.
    Privacy,
}

/// An option of a command.
#[derive(Clone, Debug)]
pub struct CommandOption<'knowledge> {
    /// What it is called.
    pub name: &'knowledge str,
    /// One line on what it takes.
    pub description: &'knowledge str,
    /// What it takes.
    pub takes: OptionTakes<'knowledge>,
    /// Whether it must be given.
    pub required: bool,
}

/// What an option takes.
#[derive(Clone, Copy, Debug)]
pub enum OptionTakes<'knowledge> {
    /// A question, in somebody's own words or one that is suggested.
    Question,
    /// What a field of a form takes.
    Field(&'knowledge Field),
    /// Yes or no.
    Flag,
}

/// The longest text that can be given with a command. Discord's own limit is 6,000.
pub const LONGEST_TEXT: usize = 1000;

/// Every command there is.
#[must_use]
pub fn all(knowledge: &Knowledge) -> Vec<Command<'_>> {
    let ask =
        typed(Does::Ask, texts::ASK, [question(texts::QUESTION, true)].into_iter().chain(knowledge.beside_question.iter().map(field)));
    let forms = knowledge.forms.iter().map(|form| typed(Does::Fill(form), (&form.name, &form.description), form.fields.iter().map(field)));
    let pages = [
        typed(Does::Topics, texts::TOPICS, std::iter::empty()),
        typed(Does::Sources, texts::SOURCES, std::iter::once(question(texts::ENTRY, false))),
        typed(Does::About, texts::ABOUT, std::iter::empty()),
        typed(Does::Help, texts::HELP, std::iter::empty()),
        typed(Does::Privacy, texts::PRIVACY, std::iter::empty()),
    ];
    let menu = Command { does: Does::AnswerMessage, name: texts::ANSWER_MESSAGE, description: "", options: Vec::new() };
    std::iter::once(ask).chain(forms).chain(pages).chain([menu]).collect()
}

/// The command of that name and kind.
#[must_use]
pub fn find<'knowledge>(knowledge: &'knowledge Knowledge, name: &str, menu: bool) -> Option<Command<'knowledge>> {
    all(knowledge).into_iter().find(|command| command.name == name && command.is_menu() == menu)
}

impl Command<'_> {
    /// Whether it stands in a message's menu; otherwise it is typed.
    #[must_use]
    pub fn is_menu(&self) -> bool {
        matches!(self.does, Does::AnswerMessage)
    }
}

/// A typed command; each can be answered in private.
fn typed<'knowledge>(
    does: Does<'knowledge>,
    (name, description): (&'knowledge str, &'knowledge str),
    options: impl Iterator<Item = CommandOption<'knowledge>>,
) -> Command<'knowledge> {
    let (private, says) = texts::PRIVATE;
    let private = CommandOption { name: private, description: says, takes: OptionTakes::Flag, required: false };
    Command { does, name, description, options: options.chain([private]).collect() }
}

fn question((name, description): (&'static str, &'static str), required: bool) -> CommandOption<'static> {
    CommandOption { name, description, takes: OptionTakes::Question, required }
}

fn field(field: &Field) -> CommandOption<'_> {
    CommandOption { name: &field.name, description: &field.description, takes: OptionTakes::Field(field), required: field.required }
}

/// What Discord is told of all commands: for every server and, where `everywhere` is set, for direct messages and for people who
/// installed Mabel for themselves. Discord takes the latter for global commands only.
#[must_use]
pub fn definitions(knowledge: &Knowledge, everywhere: bool) -> Vec<Value> {
    all(knowledge).iter().map(|command| definition(command, everywhere)).collect()
}

fn definition(command: &Command<'_>, everywhere: bool) -> Value {
    let mut defined = json!({
        "name": command.name,
        "type": if command.is_menu() { MESSAGE_MENU } else { TYPED },
        "default_member_permissions": null,
        "nsfw": false,
    });
    if everywhere {
        defined["integration_types"] = json!([GUILD_INSTALL, USER_INSTALL]);
        defined["contexts"] = json!([IN_GUILD, IN_DIRECT_MESSAGES, IN_PRIVATE_CHANNELS]);
    }
    if !command.is_menu() {
        defined["description"] = json!(command.description);
        defined["options"] = command.options.iter().map(option).collect();
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

fn option(option: &CommandOption<'_>) -> Value {
    let mut defined = json!({ "name": option.name, "description": option.description, "required": option.required });
    if matches!(option.takes, OptionTakes::Flag) {
        defined["type"] = json!(BOOLEAN);
    } else {
        defined["type"] = json!(STRING);
        defined["autocomplete"] = json!(true);
        defined["max_length"] = json!(LONGEST_TEXT);
    }
    defined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::forms::{RESERVED, RESERVED_FIELDS};
    use crate::knowledge::{files, load};

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
        let (knowledge, _) = load::load(&files::shipped()).unwrap();
        let commands = all(&knowledge);
        for command in &commands {
            let name = command.name;
            if command.is_menu() {
                assert!((1..=32).contains(&name.chars().count()) && command.description.is_empty() && command.options.is_empty(), "{name}");
            } else {
                assert!(is_name(name) && describes(command.description) && command.options.len() <= 25, "{name}");
            }
            let required = command.options.iter().map(|option| option.required).collect::<Vec<_>>();
            assert!(required.is_sorted_by(|left, right| left >= right), "{name}: required options come first");
            for option in &command.options {
                assert!(is_name(option.name) && describes(option.description), "{name} {}", option.name);
                assert_eq!(command.options.iter().filter(|other| other.name == option.name).count(), 1, "{name} {}", option.name);
            }
            let texts = command.options.iter().map(|option| option.name.len() + option.description.len()).sum::<usize>();
            assert!(name.len() + command.description.len() + texts <= 8000, "{name}");
            assert_eq!(commands.iter().filter(|other| other.name == name && other.is_menu() == command.is_menu()).count(), 1, "{name}");
        }
        assert!(commands.iter().filter(|command| command.is_menu()).count() <= 15);
        assert!(commands.iter().filter(|command| !command.is_menu()).count() <= 100);
        const { assert!(LONGEST_TEXT <= 6000) };
    }

    #[test]
    fn no_form_or_field_can_take_the_name_of_what_is_always_there() {
        for command in all(&Knowledge::default()).iter().filter(|command| !command.is_menu()) {
            assert!(RESERVED.contains(&command.name), "{} is not reserved", command.name);
        }
        for option in all(&Knowledge::default()).iter().flat_map(|command| &command.options) {
            assert!(RESERVED_FIELDS.contains(&option.name), "{} is not reserved", option.name);
        }
    }

    #[test]
    fn one_server_is_told_nothing_of_other_places() {
        for defined in definitions(&Knowledge::default(), false) {
            assert!(defined.get("contexts").is_none() && defined.get("integration_types").is_none());
        }
    }
}
