//! What a command's options may be.
//! <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure>

use serde_json::Value;

use super::command::{bad_name, is_slash_name, localizations};
use crate::sandbox::refusal::Problems;

/// How many options a subcommand has, and how many choices an option.
const MOST: usize = 25;

/// Checks a list of options. `depth`: 0 in the command, 1 in a subcommand or group, 2 in a group's subcommand.
pub(crate) fn check_all(problems: &mut Problems, path: &str, options: &[Value], depth: u8) {
    let mut names = std::collections::BTreeSet::new();
    let mut optional_seen = false;
    let is_sub = |option: &Value| matches!(option["type"].as_u64(), Some(1 | 2));
    if options.iter().any(is_sub) && !options.iter().all(is_sub) {
        problems.add(
            path,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.{index}");
        check_one(problems, &path, option, depth);
        if option["name"].as_str().is_some_and(|name| !names.insert(name)) {
            problems.add(&format!("{path}.name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
        }
        let required = option["required"] == true;
        if required && optional_seen {
            problems.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !required;
    }
}

fn check_one(problems: &mut Problems, path: &str, option: &Value, depth: u8) {
    if let Some(name) = problems.required_text(&format!("{path}.name"), &option["name"], 1, 32)
        && !is_slash_name(name)
    {
        bad_name(problems, &format!("{path}.name"));
    }
    localizations(problems, &format!("{path}.name_localizations"), &option["name_localizations"], 32, true);
    problems.required_text(&format!("{path}.description"), &option["description"], 1, 100);
    localizations(problems, &format!("{path}.description_localizations"), &option["description_localizations"], 100, false);
    let kind = option["type"].as_u64().unwrap_or(0);
    match kind {
        0 if option["type"].is_null() => return problems.required(&format!("{path}.type")),
        1 | 2 => return subcommand(problems, path, option, kind, depth),
        3..=11 => {}
        _ => return problems.choices(&format!("{path}.type"), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
    }
    if option["options"].as_array().is_some_and(|inner| !inner.is_empty()) {
        problems.add(&format!("{path}.options"), "APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED", "Only subcommands and groups have options");
    }
    choices(problems, path, option, kind);
    let given = |key: &str| !option[key].is_null();
    if kind == 3 {
        let min = problems.number(&format!("{path}.min_length"), &option["min_length"], 0, 6000).unwrap_or(0);
        let max = problems.number(&format!("{path}.max_length"), &option["max_length"], 1, 6000).unwrap_or(6000);
        if min > max {
            problems.add(&format!("{path}.max_length"), "APPLICATION_COMMAND_OPTION_LENGTHS_INVALID", "The minimum is above the maximum");
        }
    } else if given("min_length") || given("max_length") {
        problems.add(path, "APPLICATION_COMMAND_OPTION_LENGTHS_INVALID", "Only string options have lengths");
    }
    if (given("min_value") || given("max_value")) && !matches!(kind, 4 | 10) {
        problems.add(path, "APPLICATION_COMMAND_OPTION_VALUES_INVALID", "Only number options have a range");
    }
}

fn subcommand(problems: &mut Problems, path: &str, option: &Value, kind: u64, depth: u8) {
    if (kind == 2 && depth > 0) || depth > 1 {
        problems.add(
            &format!("{path}.type"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Subcommands and groups cannot be nested this deep",
        );
    }
    if option["required"] == true {
        problems.add(&format!("{path}.required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "A subcommand cannot be required");
    }
    let path = format!("{path}.options");
    let options = problems.list(&path, &option["options"], 0, MOST);
    if kind == 2 && options.iter().any(|inner| inner["type"] != 1) {
        problems.add(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A group holds subcommands only");
    }
    if kind == 1 && options.iter().any(|inner| matches!(inner["type"].as_u64(), Some(1 | 2))) {
        problems.add(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A subcommand holds no subcommands");
    }
    check_all(problems, &path, options, depth + 1);
}

fn choices(problems: &mut Problems, path: &str, option: &Value, kind: u64) {
    let auto = option["autocomplete"] == true;
    let path = format!("{path}.choices");
    let choices = problems.list(&path, &option["choices"], 0, MOST);
    if (auto || !choices.is_empty()) && !matches!(kind, 3 | 4 | 10) {
        problems.add(
            &path,
            "APPLICATION_COMMAND_OPTION_CHOICES_NOT_ALLOWED",
            "Only string and number options have choices or autocomplete",
        );
    }
    if auto && !choices.is_empty() {
        problems.add(&path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES", "An option with autocomplete cannot have choices");
    }
    let mut names = std::collections::BTreeSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("{path}.{index}");
        let name = problems.required_text(&format!("{path}.name"), &choice["name"], 1, 100);
        if name.is_some_and(|name| !names.insert(name)) {
            problems.add(&path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "Option choice name already exists");
        }
        localizations(problems, &format!("{path}.name_localizations"), &choice["name_localizations"], 100, false);
        match (&choice["value"], kind) {
            (Value::Null, _) => problems.required(&format!("{path}.value")),
            (value, 3) => {
                problems.text(&format!("{path}.value"), value, 1, 100);
            }
            (value, _) if !value.is_number() => {
                problems.add(&format!("{path}.value"), "NUMBER_TYPE_COERCE", format!("Value {value} is not a number."));
            }
            _ => {}
        }
    }
}

/// How many characters a command or option counts, the longest language of each text taken.
pub(crate) fn size(item: &Value) -> usize {
    let text = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let longest = |key: &str, translated: &str| {
        let translations = item[translated].as_object().into_iter().flat_map(serde_json::Map::values);
        translations.map(text).max().unwrap_or(0).max(text(&item[key]))
    };
    let inner = ["options", "choices"].into_iter().flat_map(|key| item[key].as_array().into_iter().flatten());
    longest("name", "name_localizations")
        + longest("description", "description_localizations")
        + text(&item["value"])
        + inner.map(size).sum::<usize>()
}
