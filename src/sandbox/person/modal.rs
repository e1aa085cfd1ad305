//! Filling in the modal that an interaction was answered with.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure>

use serde_json::{Value, json};

use super::component::choose;
use super::given::Given;
use crate::sandbox::error::SandboxError;

/// The components of a modal with what was filled in; what ids stand for is put into `given`.
pub(crate) fn fill(given: &mut Given<'_>, modal: &Value, fields: &Value) -> Result<Vec<Value>, SandboxError> {
    let outers = modal["components"].as_array().map_or(&[][..], Vec::as_slice);
    let known = |name: &String| outers.iter().any(|outer| control(outer)["custom_id"] == name.as_str());
    if let Some(unknown) = fields.as_object().and_then(|fields| fields.keys().find(|name| !known(name))) {
        return Err(SandboxError::Unknown { kind: "field", id: unknown.clone() });
    }
    outers.iter().map(|outer| fill_one(given, outer, fields)).collect()
}

/// What is filled in: the one component of a row or a label.
fn control(outer: &Value) -> &Value {
    if outer["type"] == 1 { &outer["components"][0] } else { &outer["component"] }
}

fn fill_one(given: &mut Given<'_>, outer: &Value, fields: &Value) -> Result<Value, SandboxError> {
    let input = control(outer);
    let mut filled = json!({"type": outer["type"], "id": outer["id"]});
    let Some(custom_id) = input["custom_id"].as_str() else {
        return Ok(filled);
    };
    let mut answer = json!({"type": input["type"], "id": input["id"], "custom_id": custom_id});
    match input["type"].as_u64() {
        Some(4) => answer["value"] = json!(text(input, custom_id, &fields[custom_id])?),
        Some(3 | 5..=8 | 19) => {
            let values = values(input, &fields[custom_id])?;
            choose(given, input, &values)?;
            answer["values"] = json!(values);
        }
        _ => return Err(SandboxError::not_possible(format!("the sandbox fills in no component of type {}", input["type"]))),
    }
    if outer["type"] == 1 {
        filled["components"] = json!([answer]);
    } else {
        filled["component"] = answer;
    }
    Ok(filled)
}

/// The text of a field: what was given, else what it was opened with.
fn text<'a>(input: &'a Value, custom_id: &str, field: &'a Value) -> Result<&'a str, SandboxError> {
    let text = match field {
        Value::Null => input["value"].as_str().unwrap_or_default(),
        Value::String(text) => text,
        other => return Err(SandboxError::not_possible(format!("the field {custom_id:?} takes a text, not {other}"))),
    };
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let required = input["required"] != false;
    let (min, max) = (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(4000));
    if (required && length == 0) || (length > 0 && length < min) || length > max {
        return Err(SandboxError::not_possible(format!("the field {custom_id:?} does not take {length} characters")));
    }
    Ok(text)
}

/// The values of a select or an upload: what was given, else what it was opened with.
fn values<'a>(input: &'a Value, field: &'a Value) -> Result<Vec<&'a str>, SandboxError> {
    let wrong = || SandboxError::not_possible(format!("the field {} takes a list of values", input["custom_id"]));
    let texts = |list: &'a [Value]| list.iter().map(|value| value.as_str().ok_or_else(wrong)).collect();
    match field {
        Value::Array(list) => texts(list),
        Value::String(one) => Ok(vec![one]),
        Value::Null => {
            let list = |key: &str| input[key].as_array().map_or(&[][..], Vec::as_slice).iter();
            let chosen = list("options").filter(|option| option["default"] == true).filter_map(|option| option["value"].as_str());
            Ok(chosen.chain(list("default_values").filter_map(|value| value["id"].as_str())).collect())
        }
        _ => Err(wrong()),
    }
}
