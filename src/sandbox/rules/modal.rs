//! What a modal may be. <https://docs.discord.com/developers/components/reference#component-object-component-types>

use serde_json::{Value, json};

use super::component::{CUSTOM_ID, ComponentCheck, is_select, kind, settle};
use crate::sandbox::refusal::{Problems, Refusal};

/// How many rows and labels a modal has.
const ROWS: usize = 5;
/// How long a title or a label is.
const LABEL: usize = 45;
/// How long a text is that is typed.
const TEXT: usize = 4000;

/// Checks a modal and returns it as Discord keeps it.
pub(crate) fn check(data: &Value) -> Result<Value, Refusal> {
    let mut problems = Problems::default();
    problems.required_text("data.custom_id", &data["custom_id"], 1, CUSTOM_ID);
    problems.required_text("data.title", &data["title"], 1, LABEL);
    if data["components"].is_null() {
        problems.required("data.components");
    }
    let outers = problems.list("data.components", &data["components"], 1, ROWS);
    let mut check = ComponentCheck::new(&mut problems);
    for (index, outer) in outers.iter().enumerate() {
        one(&mut check, &format!("data.components.{index}"), outer);
    }
    problems.into_result()?;
    let mut modal = data.clone();
    if let Some(components) = modal["components"].as_array_mut() {
        settle(components, &mut 1);
    }
    Ok(modal)
}

/// A row with a text input, a label with any input, or a text to read.
fn one(check: &mut ComponentCheck<'_>, path: &str, outer: &Value) {
    match kind(outer) {
        1 => {
            let path = format!("{path}.components");
            let items = check.problems.list(&path, &outer["components"], 1, 1);
            let input = items.first().unwrap_or(&Value::Null);
            let path = format!("{path}.0");
            check.problems.required_text(&format!("{path}.label"), &input["label"], 1, LABEL);
            if kind(input) == 4 {
                text_input(check, &path, input);
            } else {
                check.problems.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (4,).");
            }
        }
        10 => {
            check.problems.required_text(&format!("{path}.content"), &outer["content"], 1, TEXT);
        }
        18 => {
            check.problems.required_text(&format!("{path}.label"), &outer["label"], 1, LABEL);
            check.problems.text(&format!("{path}.description"), &outer["description"], 1, 100);
            labelled(check, &format!("{path}.component"), &outer["component"]);
        }
        _ => check.problems.add(path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 10, 18)."),
    }
}

fn labelled(check: &mut ComponentCheck<'_>, path: &str, input: &Value) {
    match kind(input) {
        4 => text_input(check, path, input),
        kind if is_select(kind) => {
            check.select(path, input);
            if input["disabled"] == true {
                check.problems.add(&format!("{path}.disabled"), "COMPONENT_DISABLED_IN_MODAL", "A modal has no disabled components");
            }
            optional(check, path, input);
        }
        19 => {
            check.custom_id(path, input);
            check.problems.number(&format!("{path}.min_values"), &input["min_values"], 0, 10);
            check.problems.number(&format!("{path}.max_values"), &input["max_values"], 1, 10);
            optional(check, path, input);
        }
        21..=23 => check.custom_id(path, input),
        _ => check.problems.add(path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (3, 4, 5, 6, 7, 8, 19, 21, 22, 23)."),
    }
}

/// What has to be answered takes one value at least.
fn optional(check: &mut ComponentCheck<'_>, path: &str, input: &Value) {
    if input["required"] != false && input["min_values"] == json!(0) {
        check.problems.add(&format!("{path}.min_values"), "SELECT_COMPONENT_REQUIRED", "A required component takes one value at least");
    }
}

fn text_input(check: &mut ComponentCheck<'_>, path: &str, input: &Value) {
    check.custom_id(path, input);
    let problems = &mut *check.problems;
    match input["style"].as_u64() {
        Some(1 | 2) => {}
        None => problems.required(&format!("{path}.style")),
        Some(_) => problems.choices(&format!("{path}.style"), "1, 2"),
    }
    problems.text(&format!("{path}.value"), &input["value"], 0, TEXT);
    problems.text(&format!("{path}.placeholder"), &input["placeholder"], 0, 100);
    let min = problems.number(&format!("{path}.min_length"), &input["min_length"], 0, 4000).unwrap_or(0);
    let max = problems.number(&format!("{path}.max_length"), &input["max_length"], 1, 4000).unwrap_or(4000);
    if min > max {
        problems.add(&format!("{path}.min_length"), "TEXT_INPUT_MIN_LENGTH_TOO_HIGH", "The minimum is above the maximum");
    }
}
