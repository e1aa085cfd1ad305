//! Using what stands in a message: buttons and selects. The selects of a modal are checked the same way.

use serde_json::Value;

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

/// Checks the values chosen in a select, as the client does, which offers nothing else; what ids stand for is put into `given`.
pub(crate) fn choose(given: &mut Given<'_>, control: &Value, values: &[&str]) -> Result<(), SandboxError> {
    let bound = |key: &str, default: usize| control[key].as_u64().and_then(|bound| usize::try_from(bound).ok()).unwrap_or(default);
    let (min, max) = (bound("min_values", 1), bound("max_values", 1));
    // Only in a modal can a select be left out whatever its minimum is.
    let left_out = values.is_empty() && control["required"] == false;
    if !left_out && !(min..=max).contains(&values.len()) {
        return Err(SandboxError::not_possible(format!("between {min} and {max} values are chosen, not {}", values.len())));
    }
    for (index, value) in values.iter().enumerate() {
        if values.iter().take(index).any(|earlier| earlier == value) {
            return Err(SandboxError::not_possible(format!("{value:?} is chosen twice")));
        }
        match control["type"].as_u64() {
            Some(3) => {
                let offered = control["options"].as_array().is_some_and(|options| options.iter().any(|option| option["value"] == *value));
                if !offered {
                    return Err(SandboxError::not_possible(format!("{value:?} is not offered")));
                }
            }
            // A select's type and the option type of what it gives: user, role, mentionable, channel; an upload gives files.
            Some(5) => given.resolve(6, value)?,
            Some(6) => given.resolve(8, value)?,
            Some(7) => given.resolve(9, value)?,
            Some(8) => given.resolve_channel(value, &control["channel_types"])?,
            Some(19) => given.resolve(11, value)?,
            _ => return Err(SandboxError::not_possible("that is not a select")),
        }
    }
    Ok(())
}
