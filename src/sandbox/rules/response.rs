//! Which answer an interaction takes, and what autocomplete choices may be.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object>

use serde_json::Value;

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
