//! What an interaction may be answered with besides messages: autocomplete choices and modals.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object>

use serde_json::Value;

use super::component::{CUSTOM_ID, is_select, kind};
use crate::sandbox::refusal::{Problems, Refusal};

/// How many choices an autocomplete answer has.
pub(super) const CHOICES: usize = 25;
/// How long a choice's name or text value is.
pub(super) const CHOICE_TEXT: usize = 100;

/// Which callback types answer which interaction; none means the pair is refused.
pub(crate) fn fits(callback: u64, interaction: u8, from_message: bool) -> bool {
    match callback {
        4 | 5 => matches!(interaction, 2 | 3 | 5),
        6 | 7 => interaction == 3 || (interaction == 5 && from_message),
        8 => interaction == 4,
        9 => matches!(interaction, 2 | 3),
        _ => false,
    }
}

/// Checks the choices of an autocomplete answer. `option_kind` is the type of the focused option.
pub(crate) fn check_choices(data: &Value, option_kind: u64) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    if data["choices"].is_null() {
        problems.required("data.choices");
    }
    for (index, choice) in problems.list("data.choices", &data["choices"], 0, CHOICES).iter().enumerate() {
        let path = format!("data.choices.{index}");
        problems.required_text(&format!("{path}.name"), &choice["name"], 1, CHOICE_TEXT);
        let path = format!("{path}.value");
        match (&choice["value"], option_kind) {
            (Value::Null, _) => problems.required(&path),
            (value, 3) => {
                problems.text(&path, value, 1, CHOICE_TEXT);
            }
            (value, _) if !value.is_number() => problems.add(&path, "NUMBER_TYPE_COERCE", format!("Value {value} is not a number.")),
            _ => {}
        }
    }
    problems.into_result()
}

/// Checks a modal.
pub(crate) fn check_modal(data: &Value) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.required_text("data.custom_id", &data["custom_id"], 1, CUSTOM_ID);
    problems.required_text("data.title", &data["title"], 1, 45);
    if data["components"].is_null() {
        problems.required("data.components");
    }
    let mut seen = std::collections::BTreeSet::new();
    for (index, component) in problems.list("data.components", &data["components"], 1, 5).iter().enumerate() {
        let path = format!("data.components.{index}");
        let (path, input) = match kind(component) {
            1 => {
                let path = format!("{path}.components");
                let items = problems.list(&path, &component["components"], 1, 1);
                (format!("{path}.0"), items.first().unwrap_or(&Value::Null))
            }
            18 => {
                problems.required_text(&format!("{path}.label"), &component["label"], 1, 45);
                problems.text(&format!("{path}.description"), &component["description"], 1, 100);
                (format!("{path}.component"), &component["component"])
            }
            10 => continue,
            _ => {
                problems.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 10, 18).");
                continue;
            }
        };
        let id = problems.required_text(&format!("{path}.custom_id"), &input["custom_id"], 1, CUSTOM_ID);
        if id.is_some_and(|id| !seen.insert(id)) {
            problems.add(&format!("{path}.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }
        match kind(input) {
            4 => text_input(&mut problems, &path, input, kind(component) == 1),
            19..=23 => {}
            select if is_select(select) && kind(component) == 18 => {}
            _ => problems.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (4,)."),
        }
    }
    problems.into_result()
}

fn text_input(problems: &mut Problems, path: &str, input: &Value, own_label: bool) {
    if own_label {
        problems.required_text(&format!("{path}.label"), &input["label"], 1, 45);
    }
    match input["style"].as_u64() {
        Some(1 | 2) => {}
        None => problems.required(&format!("{path}.style")),
        Some(_) => problems.choices(&format!("{path}.style"), "1, 2"),
    }
    problems.text(&format!("{path}.value"), &input["value"], 0, 4000);
    problems.text(&format!("{path}.placeholder"), &input["placeholder"], 0, 100);
    let min = problems.number(&format!("{path}.min_length"), &input["min_length"], 0, 4000).unwrap_or(0);
    let max = problems.number(&format!("{path}.max_length"), &input["max_length"], 1, 4000).unwrap_or(4000);
    if min > max {
        problems.add(&format!("{path}.min_length"), "TEXT_INPUT_MIN_LENGTH_TOO_HIGH", "The minimum is above the maximum");
    }
}
