//! The table of commands as Discord is told of it.

use serde_json::{Map, Value, json};

use super::{Command, CommandOption, LONGEST_TEXT, Offered, OptionTakes, Subcommand, all};
use crate::discord::texts::Texts;
use crate::knowledge::Knowledge;

/// What Discord is told of the commands that are offered wherever Mabel is: for every server and, where `everywhere` is set, for direct messages and for people who
/// installed Mabel for themselves. Discord takes the latter for global commands only.
#[must_use]
pub fn definitions(knowledge: &Knowledge, everywhere: bool) -> Vec<Value> {
    let commands = all(knowledge);
    commands.iter().filter(|command| command.offered != Offered::InOperators).map(|command| definition(command, everywhere)).collect()
}

/// What Discord is told of the commands that the operator's own servers have besides those.
#[must_use]
pub fn operators_definitions(knowledge: &Knowledge) -> Vec<Value> {
    let commands = all(knowledge);
    commands.iter().filter(|command| command.offered == Offered::InOperators).map(|command| definition(command, false)).collect()
}

fn definition(command: &Command<'_>, everywhere: bool) -> Value {
    let mut defined = json!({
        "name": command.name,
        "name_localizations": localizations(|texts| Some(command.worded.name(texts))),
        "type": if command.is_menu() { MESSAGE_MENU } else { TYPED },
        "default_member_permissions": (command.offered == Offered::ToManagers).then_some(MANAGE_SERVER),
        "nsfw": false,
    });
    if everywhere && command.offered == Offered::ToAll {
        defined["integration_types"] = json!([GUILD_INSTALL, USER_INSTALL]);
        defined["contexts"] = json!([IN_GUILD, IN_DIRECT_MESSAGES, IN_PRIVATE_CHANNELS]);
    } else if everywhere {
        defined["integration_types"] = json!([GUILD_INSTALL]);
        defined["contexts"] = json!([IN_GUILD]);
    }
    if !command.is_menu() {
        defined["description"] = json!(command.worded.description(Texts::english()));
        defined["description_localizations"] = localizations(|texts| command.worded.description(texts));
        defined["options"] = command.subcommands.iter().map(subcommand).chain(command.options.iter().map(option)).collect();
    }
    defined
}

fn subcommand(sub: &Subcommand<'_>) -> Value {
    json!({
        "type": SUBCOMMAND,
        "name": sub.name,
        "name_localizations": localizations(|texts| Some(sub.worded.name(texts))),
        "description": sub.worded.description(Texts::english()),
        "description_localizations": localizations(|texts| sub.worded.description(texts)),
        "options": sub.options.iter().map(option).collect::<Vec<_>>(),
    })
}

/// What is shown in the place of the English words, by locale.
fn localizations(worded: impl Fn(Texts) -> Option<String>) -> Value {
    let localized = Texts::others().flat_map(|texts| texts.locales().map(move |locale| (locale, texts)));
    localized.filter_map(|(locale, texts)| Some((locale.to_owned(), Value::from(worded(texts)?)))).collect::<Map<_, _>>().into()
}

const TYPED: u8 = 1;
const MESSAGE_MENU: u8 = 3;
const GUILD_INSTALL: u8 = 0;
const USER_INSTALL: u8 = 1;
const IN_GUILD: u8 = 0;
const IN_DIRECT_MESSAGES: u8 = 1;
const IN_PRIVATE_CHANNELS: u8 = 2;
const SUBCOMMAND: u8 = 1;
const STRING: u8 = 3;
const BOOLEAN: u8 = 5;
const ATTACHMENT: u8 = 11;
/// The permission "Manage Server": <https://docs.discord.com/developers/topics/permissions>.
const MANAGE_SERVER: u64 = 1 << 5;

fn option(option: &CommandOption<'_>) -> Value {
    let mut defined = json!({
        "name": option.name,
        "name_localizations": localizations(|texts| Some(option.worded.name(texts))),
        "description": option.worded.description(Texts::english()),
        "description_localizations": localizations(|texts| option.worded.description(texts)),
        "required": option.required,
    });
    match option.takes {
        OptionTakes::Flag => defined["type"] = json!(BOOLEAN),
        OptionTakes::File => defined["type"] = json!(ATTACHMENT),
        OptionTakes::Question | OptionTakes::Field(_) | OptionTakes::OwnAnswer => {
            defined["type"] = json!(STRING);
            defined["autocomplete"] = json!(true);
            defined["max_length"] = json!(LONGEST_TEXT);
        }
    }
    defined
}
