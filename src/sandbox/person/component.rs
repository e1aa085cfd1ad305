//! Using what stands in a message or a modal: buttons, selects, fields.

use serde_json::{Map, Value, json};

use super::deed::Deed;
use super::given::Given;
use super::reach::{present, reach};
use crate::sandbox::error::SandboxError;
use crate::sandbox::id::Id;
use crate::sandbox::world::{Message, World};

/// A component of a message that this person sees and can use.
pub(crate) fn control<'a>(world: &'a World, user: Id, message: Id, custom_id: &str) -> Result<(&'a Message, &'a Value), SandboxError> {
    let target = world.message(message).ok_or_else(|| SandboxError::unknown("message", message))?;
    if target.visible_to.is_some_and(|only| only != user) {
        return Err(SandboxError::not_possible("that message is private to somebody else"));
    }
    let control = target.control(custom_id).ok_or_else(|| SandboxError::Unknown { kind: "component", id: custom_id.to_owned() })?;
    if control["disabled"] == true {
        return Err(SandboxError::not_possible(format!("{custom_id:?} is switched off")));
    }
    Ok((target, control))
}

pub(crate) fn component(world: &World, user: Id, target: &Message, custom_id: &str, data: Value) -> Result<Deed, SandboxError> {
    let place = present(world, user, target.channel_id)?;
    Ok(Deed {
        kind: 3,
        command_kind: None,
        name: custom_id.to_owned(),
        user,
        channel: place.id,
        data,
        message: Some(target.id),
        trigger: None,
        reach: reach(world, user, place, None)?,
    })
}

/// Checks the values chosen in a select; gives what ids stand for.
pub(crate) fn chosen(world: &World, target: &Message, control: &Value, values: &[&str]) -> Result<Map<String, Value>, SandboxError> {
    let bound = |key: &str| control[key].as_u64().and_then(|bound| usize::try_from(bound).ok()).unwrap_or(1);
    let (min, max) = (bound("min_values"), bound("max_values"));
    if !(min..=max).contains(&values.len()) {
        return Err(SandboxError::not_possible(format!("between {min} and {max} values are chosen, not {}", values.len())));
    }
    let channel = world.channel(target.channel_id).ok_or_else(|| SandboxError::unknown("channel", target.channel_id))?;
    let mut given = Given { world, channel, focused: None, resolved: Map::new() };
    for value in values {
        match control["type"].as_u64() {
            Some(3) => {
                let offered = control["options"].as_array().is_some_and(|options| options.iter().any(|option| option["value"] == *value));
                if !offered {
                    return Err(SandboxError::not_possible(format!("{value:?} is not offered")));
                }
            }
            // A select's type and the option type of what it gives: user, role, mentionable, channel.
            Some(5) => given.resolve(6, value)?,
            Some(6) => given.resolve(8, value)?,
            Some(7) => given.resolve(9, value)?,
            Some(8) => given.resolve(7, value)?,
            _ => return Err(SandboxError::not_possible("that is not a select")),
        }
    }
    Ok(given.resolved)
}

/// The components of a modal with what was filled in.
pub(crate) fn filled(modal: &Value, fields: &Value) -> Result<Vec<Value>, SandboxError> {
    let mut components = Vec::new();
    for (index, outer) in modal["components"].as_array().into_iter().flatten().enumerate() {
        let in_row = outer["type"] == 1;
        let input = if in_row { &outer["components"][0] } else { &outer["component"] };
        let Some(custom_id) = input["custom_id"].as_str() else {
            continue;
        };
        let value = fields[custom_id].as_str().or(input["value"].as_str()).unwrap_or_default();
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        let required = input["required"] != false;
        let (min, max) = (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(4000));
        if (required && length == 0) || (length > 0 && length < min) || length > max {
            return Err(SandboxError::not_possible(format!("the field {custom_id:?} does not take {length} characters")));
        }
        let input = json!({"type": input["type"], "id": 2 * index + 2, "custom_id": custom_id, "value": value});
        let key = if in_row { "components" } else { "component" };
        let inner = if in_row { json!([input]) } else { input };
        components.push(json!({"type": outer["type"], "id": 2 * index + 1, key: inner}));
    }
    Ok(components)
}
