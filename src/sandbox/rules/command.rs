//! What a command may be. <https://docs.discord.com/developers/interactions/application-commands>

use serde_json::{Map, Value, json};

use super::command_option;
use crate::sandbox::refusal::{Problems, Refusal};

/// How many characters one command has: names, descriptions and values, the longest language counted.
const TOTAL: usize = 8000;
/// How many options a command has.
const OPTIONS: usize = 25;
/// The languages of Discord's client. <https://docs.discord.com/developers/reference#locales>
const LOCALES: [&str; 34] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko",
    "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// Checks one command body at `path`; `kind` is fixed for an edit. Gives the fields of the command object that the body decides.
pub(crate) fn check(problems: &mut Problems, path: &str, body: &Value, kind: u64, default_types: &[u8]) -> Map<String, Value> {
    let at = |key: &str| {
        if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
    };
    let mut command = Map::new();
    if !matches!(kind, 1..=4) {
        problems.choices(&at("type"), "1, 2, 3, 4");
    }
    let slash = kind == 1;
    if let Some(name) = problems.required_text(&at("name"), &body["name"], 1, 32) {
        if slash && !is_slash_name(name) {
            bad_name(problems, &at("name"));
        }
        command.insert("name".to_owned(), json!(name));
    }
    localizations(problems, &at("name_localizations"), &body["name_localizations"], 32, slash);
    let description = body["description"].as_str().unwrap_or_default();
    if slash || kind == 4 {
        problems.required_text(&at("description"), &body["description"], 1, 100);
    } else if !description.is_empty() {
        problems.add(
            &at("description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID",
            "Context menu commands cannot have description",
        );
    }
    localizations(problems, &at("description_localizations"), &body["description_localizations"], 100, false);
    command.insert("description".to_owned(), json!(description));
    let options = problems.list(&at("options"), &body["options"], 0, OPTIONS);
    if !slash && !options.is_empty() {
        problems.add(&at("options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", "Context menu commands cannot have options");
    }
    command_option::check_all(problems, &at("options"), options, 0);
    if slash {
        command.insert("options".to_owned(), json!(options));
    }
    let size = command_option::size(body);
    if size > TOTAL {
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", format!("Command exceeds maximum size ({TOTAL})"));
    }
    scope(problems, &at, body, default_types, &mut command);
    for key in ["name_localizations", "description_localizations"] {
        command.insert(key.to_owned(), body[key].clone());
    }
    command
}

/// Who may use the command, and where.
fn scope(problems: &mut Problems, at: &dyn Fn(&str) -> String, body: &Value, default_types: &[u8], command: &mut Map<String, Value>) {
    let permissions = match &body["default_member_permissions"] {
        Value::Null => Value::Null,
        Value::String(text) if text.parse::<u64>().is_ok() => json!(text),
        Value::Number(bits) => json!(bits.to_string()),
        other => {
            problems.add(&at("default_member_permissions"), "NUMBER_TYPE_COERCE", format!("Value {other} is not int."));
            Value::Null
        }
    };
    command.insert("default_member_permissions".to_owned(), permissions);
    command.insert("dm_permission".to_owned(), json!(body["dm_permission"] != false));
    command.insert("nsfw".to_owned(), json!(body["nsfw"] == true));
    for (key, highest) in [("contexts", 2), ("integration_types", 1)] {
        for (index, value) in problems.list(&at(key), &body[key], usize::from(!body[key].is_null()), 3).iter().enumerate() {
            if value.as_u64().is_none_or(|value| value > highest) {
                problems.choices(&format!("{}.{index}", at(key)), if highest == 2 { "0, 1, 2" } else { "0, 1" });
            }
            let usable = value.as_u64().is_none_or(|value| default_types.iter().any(|known| u64::from(*known) == value));
            if key == "integration_types" && !usable {
                problems.add(
                    &format!("{}.{index}", at(key)),
                    "APPLICATION_COMMAND_INVALID_INTEGRATION_TYPE",
                    "The application does not support this installation context",
                );
            }
        }
    }
    command.insert("contexts".to_owned(), body["contexts"].clone());
    let types = if body["integration_types"].is_null() { json!(default_types) } else { body["integration_types"].clone() };
    command.insert("integration_types".to_owned(), types);
}

/// Whether a name may be that of a slash command or an option: `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, lower case
/// where there is one.
pub(crate) fn is_slash_name(name: &str) -> bool {
    let allowed = |letter: char| {
        letter.is_alphanumeric() || "-_'".contains(letter) || matches!(letter, '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}')
    };
    (1..=32).contains(&name.chars().count()) && name.chars().all(allowed) && name.to_lowercase() == name
}

pub(crate) fn bad_name(problems: &mut Problems, path: &str) {
    problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
}

/// Checks the translations of a name or description.
pub(crate) fn localizations(problems: &mut Problems, path: &str, value: &Value, max: usize, names: bool) {
    let Some(map) = value.as_object() else {
        if !value.is_null() {
            problems.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        }
        return;
    };
    for (locale, text) in map {
        let path = format!("{path}.{locale}");
        if !LOCALES.contains(&locale.as_str()) {
            problems.add(&path, "ENUM_TYPE_COERCE", format!("Value \"{locale}\" is not a valid enum value."));
        }
        if let Some(text) = problems.text(&path, text, 1, max).filter(|text| names && !is_slash_name(text) && !text.is_empty()) {
            let _ = text;
            bad_name(problems, &path);
        }
    }
}

/// Refuses a list in which two commands of a kind share a name, or that is longer than Discord keeps.
pub(crate) fn check_together(commands: &[Map<String, Value>]) -> Result<(), Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    for (index, command) in commands.iter().enumerate() {
        if !seen.insert((command["type"].to_string(), command["name"].to_string())) {
            return Err(Refusal::invalid(
                &index.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            ));
        }
    }
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        if commands.iter().filter(|command| command["type"] == kind).count() > most {
            return Err(Refusal {
                message: format!("Maximum number of application commands reached ({most})"),
                ..Refusal::too_many_commands()
            });
        }
    }
    Ok(())
}
