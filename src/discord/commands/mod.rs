//! The table of commands: what Discord is told, and what each is for.
//!
//! Some commands are the same whatever the knowledge is about; they stand here and are worded in [`super::texts`]. The others are the
//! forms of the knowledge, each a command whose options are its fields. Each has one name that never changes, and in other languages
//! another that is shown in its place. Nothing else names a command or an option; registering sends
//! the table, and a test holds it to Discord's rules (<https://docs.discord.com/developers/interactions/application-commands>). Names
//! never change once released: renaming a command deletes the permissions that admins set for it. Nothing here answers a command.

mod definitions;

use super::texts::Texts;
use crate::knowledge::{Field, Form, Knowledge, Translated};

pub use definitions::{definitions, operators_definitions};

/// A command.
#[derive(Clone, Debug)]
pub struct Command<'knowledge> {
    /// What it does.
    pub does: Does<'knowledge>,
    /// Its name, the same in every language.
    pub name: &'knowledge str,
    /// How it is shown; a menu has no description.
    pub worded: Worded<'knowledge>,
    /// What can be given with it, required options first.
    pub options: Vec<CommandOption<'knowledge>>,
    /// What is chosen of it, where it is several commands in one; then it has no options of its own.
    pub subcommands: Vec<Subcommand<'knowledge>>,
    /// Who is offered it.
    pub offered: Offered,
}

/// One of several commands in one.
#[derive(Clone, Debug)]
pub struct Subcommand<'knowledge> {
    /// Its name, the same in every language.
    pub name: &'knowledge str,
    /// How it is shown.
    pub worded: Worded<'knowledge>,
    /// What can be given with it, required options first.
    pub options: Vec<CommandOption<'knowledge>>,
}

/// Who is offered a command. Discord keeps to it only on what it shows; whoever answers the command checks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// Everybody, everywhere.
    ToAll,
    /// Everybody in servers: who may use it depends on what the server has set.
    InServers,
    /// Those who manage the server.
    ToManagers,
    /// Everybody in the operator's own servers: who may use it depends on what such a server has set.
    InOperators,
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
    /// Shows and changes what a server has set.
    Settings,
    /// Shows and changes a server's own answers.
    Own,
    /// Shows what was asked and not answered.
    Gaps,
}

/// An option of a command.
#[derive(Clone, Debug)]
pub struct CommandOption<'knowledge> {
    /// Its name, the same in every language.
    pub name: &'knowledge str,
    /// How it is shown.
    pub worded: Worded<'knowledge>,
    /// What it takes.
    pub takes: OptionTakes<'knowledge>,
    /// Whether it must be given.
    pub required: bool,
}

/// How a command or an option is shown in each language: its name, and one line on what it does or takes.
#[derive(Clone, Copy, Debug)]
pub enum Worded<'knowledge> {
    /// By the catalogue.
    ByMabel(Wording, Wording),
    /// By the knowledge.
    ByKnowledge(&'knowledge Translated, &'knowledge Translated),
    /// By the catalogue, and without a description.
    Menu(Wording),
}

/// A message of the catalogue.
type Wording = fn(Texts) -> String;

impl Worded<'_> {
    /// The name that is shown.
    #[must_use]
    pub fn name(&self, texts: Texts) -> String {
        match self {
            Self::ByMabel(name, _) | Self::Menu(name) => name(texts),
            Self::ByKnowledge(name, _) => name.within(texts.language()).to_owned(),
        }
    }

    /// One line on what it does or takes.
    #[must_use]
    pub fn description(&self, texts: Texts) -> Option<String> {
        match self {
            Self::ByMabel(_, description) => Some(description(texts)),
            Self::ByKnowledge(_, description) => Some(description.within(texts.language()).to_owned()),
            Self::Menu(_) => None,
        }
    }
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
    /// A file.
    File,
    /// One of the server's own answers.
    OwnAnswer,
}

/// The option that holds a question.
pub const QUESTION: &str = "question";
/// The option that names an answer.
pub const ENTRY: &str = "entry";
/// The option that makes an answer private.
pub const PRIVATE: &str = "private";
/// The option that holds a file.
pub const FILE: &str = "file";
/// The option that names an own answer.
pub const ANSWER: &str = "answer";
/// Shows the settings.
pub const SHOW: &str = "show";
/// Gives the settings as a file.
pub const EXPORT: &str = "export";
/// Takes the settings of a file.
pub const IMPORT: &str = "import";
/// Adds an own answer.
pub const ADD: &str = "add";
/// Changes an own answer.
pub const EDIT: &str = "edit";
/// Removes an own answer.
pub const REMOVE: &str = "remove";
/// Lists the own answers.
pub const LIST: &str = "list";

/// The longest text that can be given with a command. Discord's own limit is 6,000.
pub const LONGEST_TEXT: usize = 1000;

/// Every command there is.
#[must_use]
pub fn all(knowledge: &Knowledge) -> Vec<Command<'_>> {
    let question = question(QUESTION, Worded::ByMabel(Texts::option_question, Texts::option_question_takes), true);
    let entry = self::question(ENTRY, Worded::ByMabel(Texts::option_entry, Texts::option_entry_takes), false);
    let beside = knowledge.beside_question.iter().map(field);
    let own = |does, name, shown: Wording, description: Wording, options| typed(does, name, Worded::ByMabel(shown, description), options);
    let ask = own(Does::Ask, "ask", Texts::command_ask, Texts::command_ask_does, [question].into_iter().chain(beside).collect());
    let forms = knowledge.forms.iter().map(|form| {
        typed(Does::Fill(form), &form.name, Worded::ByKnowledge(&form.name, &form.description), form.fields.iter().map(field).collect())
    });
    let pages = [
        own(Does::Topics, "topics", Texts::command_topics, Texts::command_topics_does, Vec::new()),
        own(Does::Sources, "sources", Texts::command_sources, Texts::command_sources_does, vec![entry]),
        own(Does::About, "about", Texts::command_about, Texts::command_about_does, Vec::new()),
        own(Does::Help, "help", Texts::command_help, Texts::command_help_does, Vec::new()),
        own(Does::Privacy, "privacy", Texts::command_privacy, Texts::command_privacy_does, Vec::new()),
    ];
    let worded = Worded::Menu(Texts::menu_answer_message);
    let (does, name) = (Does::AnswerMessage, "Ask Mabel about this");
    let menu = Command { does, name, worded, options: Vec::new(), subcommands: Vec::new(), offered: Offered::ToAll };
    std::iter::once(ask).chain(forms).chain(pages).chain([settings(), own_answers(), gaps(), menu]).collect()
}

/// What a server can set.
fn settings() -> Command<'static> {
    let file = Worded::ByMabel(Texts::option_file, Texts::option_file_takes);
    let file = CommandOption { name: FILE, worded: file, takes: OptionTakes::File, required: false };
    let subcommands = vec![
        Subcommand { name: SHOW, worded: Worded::ByMabel(Texts::settings_show, Texts::settings_show_does), options: Vec::new() },
        Subcommand { name: EXPORT, worded: Worded::ByMabel(Texts::settings_export, Texts::settings_export_does), options: Vec::new() },
        Subcommand { name: IMPORT, worded: Worded::ByMabel(Texts::settings_import, Texts::settings_import_does), options: vec![file] },
    ];
    let worded = Worded::ByMabel(Texts::command_settings, Texts::command_settings_does);
    Command { does: Does::Settings, name: "settings", worded, options: Vec::new(), subcommands, offered: Offered::ToManagers }
}

/// What a server answers for itself.
fn own_answers() -> Command<'static> {
    let which = || {
        let worded = Worded::ByMabel(Texts::option_answer, Texts::option_answer_takes);
        vec![CommandOption { name: ANSWER, worded, takes: OptionTakes::OwnAnswer, required: true }]
    };
    let subcommands = vec![
        Subcommand { name: ADD, worded: Worded::ByMabel(Texts::own_add, Texts::own_add_does), options: Vec::new() },
        Subcommand { name: EDIT, worded: Worded::ByMabel(Texts::own_edit, Texts::own_edit_does), options: which() },
        Subcommand { name: REMOVE, worded: Worded::ByMabel(Texts::own_remove, Texts::own_remove_does), options: which() },
        Subcommand { name: LIST, worded: Worded::ByMabel(Texts::own_list, Texts::own_list_does), options: Vec::new() },
    ];
    let worded = Worded::ByMabel(Texts::command_own, Texts::command_own_does);
    Command { does: Does::Own, name: "own", worded, options: Vec::new(), subcommands, offered: Offered::InServers }
}

/// What was asked and not answered, in all servers.
fn gaps() -> Command<'static> {
    let worded = Worded::ByMabel(Texts::command_gaps, Texts::command_gaps_does);
    Command { does: Does::Gaps, name: "gaps", worded, options: Vec::new(), subcommands: Vec::new(), offered: Offered::InOperators }
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

    /// The option of that name, of the command itself or of what is chosen of it.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&CommandOption<'_>> {
        self.options.iter().chain(self.subcommands.iter().flat_map(|sub| &sub.options)).find(|option| option.name == name)
    }

    /// The name that is shown for one of its options.
    #[must_use]
    pub fn shown(&self, option: &str, texts: Texts) -> String {
        let known = self.options.iter().find(|known| known.name == option);
        known.map_or_else(|| option.to_owned(), |known| known.worded.name(texts))
    }
}

/// A typed command; each can be answered in private.
fn typed<'knowledge>(
    does: Does<'knowledge>,
    name: &'knowledge str,
    worded: Worded<'knowledge>,
    mut options: Vec<CommandOption<'knowledge>>,
) -> Command<'knowledge> {
    let private = Worded::ByMabel(Texts::option_private, Texts::option_private_takes);
    options.push(CommandOption { name: PRIVATE, worded: private, takes: OptionTakes::Flag, required: false });
    Command { does, name, worded, options, subcommands: Vec::new(), offered: Offered::ToAll }
}

fn question(name: &'static str, worded: Worded<'static>, required: bool) -> CommandOption<'static> {
    CommandOption { name, worded, takes: OptionTakes::Question, required }
}

fn field(field: &Field) -> CommandOption<'_> {
    let worded = Worded::ByKnowledge(&field.name, &field.description);
    CommandOption { name: &field.name, worded, takes: OptionTakes::Field(field), required: field.required }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

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

    /// The options of a command and of what is chosen of it.
    fn options<'command>(command: &'command Command<'_>) -> impl Iterator<Item = &'command CommandOption<'command>> {
        command.options.iter().chain(command.subcommands.iter().flat_map(|sub| &sub.options))
    }

    /// What is shown of a command or an option in a language.
    struct Shown {
        name: String,
        description: Option<String>,
    }

    fn shown(worded: &Worded<'_>, texts: Texts) -> Shown {
        Shown { name: worded.name(texts), description: worded.description(texts) }
    }

    fn assert_unique(names: impl Iterator<Item = String>, place: &str) {
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{place}: two are called the same: {names:?}");
    }

    #[test]
    fn the_table_keeps_the_rules_of_discord_in_every_language() {
        let (knowledge, _) = load::load(&files::shipped()).unwrap();
        let commands = all(&knowledge);
        for texts in [Texts::english()].into_iter().chain(Texts::others()) {
            for command in &commands {
                let place = format!("{} in {texts:?}", command.name);
                let Shown { name, description } = shown(&command.worded, texts);
                if command.is_menu() {
                    assert!((1..=32).contains(&name.chars().count()) && description.is_none() && command.options.is_empty(), "{place}");
                } else {
                    assert!(is_name(&name) && description.is_some_and(|text| describes(&text)), "{place}");
                }
                for worded in command.subcommands.iter().map(|sub| &sub.worded).chain(options(command).map(|option| &option.worded)) {
                    let Shown { name, description } = shown(worded, texts);
                    assert!(is_name(&name) && description.is_some_and(|text| describes(&text)), "{place}: {name}");
                }
                assert_unique(command.options.iter().map(|option| option.worded.name(texts)), &place);
                assert_unique(command.subcommands.iter().map(|sub| sub.worded.name(texts)), &place);
                assert!(command.subcommands.is_empty() || command.options.is_empty(), "{place}: options beside subcommands");
            }
            assert_unique(commands.iter().map(|command| command.worded.name(texts)), &format!("commands in {texts:?}"));
        }
    }

    #[test]
    fn the_table_is_no_larger_than_discord_allows() {
        let (knowledge, _) = load::load(&files::shipped()).unwrap();
        let commands = all(&knowledge);
        let longest = |worded: &Worded<'_>| {
            let all = [Texts::english()].into_iter().chain(Texts::others());
            let lengths = all.map(|texts| shown(worded, texts)).map(|shown| {
                let length = |text: &str| text.chars().count();
                [length(&shown.name), length(&shown.description.unwrap_or_default())]
            });
            lengths.fold([0, 0], |most, [name, description]| [most[0].max(name), most[1].max(description)]).iter().sum::<usize>()
        };
        for command in &commands {
            let required = command.options.iter().map(|option| option.required).collect::<Vec<_>>();
            assert!(required.is_sorted_by(|left, right| left >= right), "{}: required options come first", command.name);
            assert!(command.options.len() <= 25, "{}", command.name);
            assert!(command.subcommands.len() <= 25, "{}", command.name);
            let below = command.subcommands.iter().map(|sub| &sub.worded).chain(options(command).map(|option| &option.worded));
            let texts = longest(&command.worded) + below.map(longest).sum::<usize>();
            assert!(texts <= 8000, "{}", command.name);
        }
        assert!(commands.iter().filter(|command| command.is_menu()).count() <= 15);
        assert!(commands.iter().filter(|command| !command.is_menu()).count() <= 100);
        const { assert!(LONGEST_TEXT <= 6000) };
    }

    #[test]
    fn the_english_names_are_the_ones_that_never_change() {
        for command in all(&Knowledge::default()) {
            assert_eq!(command.worded.name(Texts::english()), command.name);
            for option in options(&command) {
                assert_eq!(option.worded.name(Texts::english()), option.name);
            }
            for sub in &command.subcommands {
                assert_eq!(sub.worded.name(Texts::english()), sub.name);
            }
        }
    }

    #[test]
    fn what_moderators_do_is_offered_in_servers_alone_and_settings_to_those_who_manage_them() {
        for defined in definitions(&Knowledge::default(), true) {
            let (name, permissions) = (defined["name"].as_str().unwrap(), &defined["default_member_permissions"]);
            let in_servers = matches!(name, "settings" | "own");
            assert_eq!(defined["contexts"] == json!([0]) && defined["integration_types"] == json!([0]), in_servers, "{name}");
            assert_eq!(*permissions == 32, name == "settings", "{name}");
        }
    }

    #[test]
    fn what_is_kept_of_all_servers_is_offered_in_the_operators_alone() {
        let names = |defined: &[Value]| defined.iter().map(|defined| defined["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&operators_definitions(&Knowledge::default())), ["gaps"]);
        for everywhere in [true, false] {
            assert!(!names(&definitions(&Knowledge::default(), everywhere)).contains(&"gaps".to_owned()));
        }
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
