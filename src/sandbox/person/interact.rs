//! Slash commands, autocomplete, menus, buttons, selects and modals.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::given::Given;
use super::handle::InteractionHandle;
use super::reach::{Reach, present, reach};
use crate::sandbox::error::SandboxError;
use crate::sandbox::gateway::event;
use crate::sandbox::id::Id;
use crate::sandbox::remote::Remote;
use crate::sandbox::state::State;
use crate::sandbox::world::{Command, Interaction, Message, World};

/// What a person did, before it is a payload.
struct Deed {
    kind: u8,
    command_kind: Option<u8>,
    name: String,
    user: Id,
    channel: Id,
    data: Value,
    message: Option<Id>,
    trigger: Option<Value>,
    reach: Reach,
}

fn no_command(name: &str) -> SandboxError {
    SandboxError::Unknown { kind: "command", id: name.to_owned() }
}

impl Remote {
    /// A person uses a slash command. `options` is `{"name": value}`; a subcommand is `{"sub": {"name": value}}`; users, roles
    /// and channels are given by id. Checked against the registered command, as the client does.
    ///
    /// # Errors
    ///
    /// When the command is not registered or not offered here, or the options do not fit.
    pub async fn slash(&self, user: Id, channel: Id, name: &str, options: Value) -> Result<InteractionHandle, SandboxError> {
        self.use_slash(user, channel, name, &options, None)
    }

    /// A person types in an option with autocomplete; gives the choices the bot offers.
    ///
    /// # Errors
    ///
    /// As [`slash`](Self::slash), and when the bot does not answer in time.
    pub async fn autocomplete(
        &self,
        user: Id,
        channel: Id,
        name: &str,
        options: Value,
        focused: &str,
        timeout: Duration,
    ) -> Result<Vec<Value>, SandboxError> {
        let handle = self.use_slash(user, channel, name, &options, Some(focused))?;
        Ok(handle.response(timeout).await?.choices)
    }

    /// A person uses a message's context menu.
    ///
    /// # Errors
    ///
    /// When the command or the message is not there, or not offered.
    pub async fn message_menu(&self, user: Id, name: &str, message: Id) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let target = world.message(message).ok_or_else(|| SandboxError::unknown("message", message))?;
            let resolved = json!({"messages": {message.to_string(): world.message_json(target, false)}});
            menu(world, user, target.channel_id, 3, name, message, resolved)
        })
    }

    /// A person uses another user's context menu.
    ///
    /// # Errors
    ///
    /// When the command or a user is not there, or not offered.
    pub async fn user_menu(&self, user: Id, channel: Id, name: &str, target: Id) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let place = present(world, user, channel)?;
            let mut given = Given { world, channel: place, focused: None, resolved: Map::new() };
            given.resolve(6, &target.to_string())?;
            menu(world, user, channel, 2, name, target, Value::Object(given.resolved))
        })
    }

    /// A person presses a button.
    ///
    /// # Errors
    ///
    /// When there is no such button, it is switched off, or the message is private to somebody else.
    pub async fn press(&self, user: Id, message: Id, custom_id: &str) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let (target, control) = control(world, user, message, custom_id)?;
            if control["type"] != 2 {
                return Err(SandboxError::not_possible(format!("{custom_id:?} is not a button")));
            }
            let data = json!({"component_type": 2, "custom_id": custom_id, "id": control["id"]});
            component(world, user, target, custom_id, data)
        })
    }

    /// A person chooses in a select: values of a string select, or ids.
    ///
    /// # Errors
    ///
    /// As [`press`](Self::press), and when the values are not offered or their number does not fit.
    pub async fn select(&self, user: Id, message: Id, custom_id: &str, values: &[&str]) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let (target, control) = control(world, user, message, custom_id)?;
            let resolved = chosen(world, target, control, values)?;
            let mut data = json!({"component_type": control["type"], "custom_id": custom_id, "id": control["id"], "values": values});
            if !resolved.is_empty() {
                data["resolved"] = Value::Object(resolved);
            }
            component(world, user, target, custom_id, data)
        })
    }

    /// A person fills in the modal that an interaction was answered with: `{"custom_id": "text"}`.
    ///
    /// # Errors
    ///
    /// When there is no modal, or a field is missing or does not fit.
    pub async fn submit_modal(&self, opened_by: &InteractionHandle, fields: Value) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let opener = world.interaction(opened_by.id).ok_or_else(|| SandboxError::unknown("interaction", opened_by.id))?;
            let first = opener.acknowledged.as_ref().filter(|first| first.kind == 9);
            let modal = &first.ok_or_else(|| SandboxError::not_possible("the bot opened no modal"))?.data;
            let components = filled(modal, &fields)?;
            let place = present(world, opener.user_id, opener.channel_id)?;
            let custom_id = modal["custom_id"].as_str().unwrap_or_default().to_owned();
            Ok(Deed {
                kind: 5,
                command_kind: None,
                user: opener.user_id,
                channel: opener.channel_id,
                data: json!({"custom_id": custom_id, "components": components}),
                name: custom_id,
                message: opener.message_id,
                trigger: Some(world.metadata_json(opener, false)),
                reach: reach(world, opener.user_id, place, None)?,
            })
        })
    }

    fn use_slash(
        &self,
        user: Id,
        channel: Id,
        name: &str,
        options: &Value,
        focused: Option<&str>,
    ) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let place = present(world, user, channel)?;
            let command = world.find_command(1, name, place.guild_id).ok_or_else(|| no_command(name))?;
            let reach = reach(world, user, place, Some(command))?;
            let mut given = Given { world, channel: place, focused, resolved: Map::new() };
            let options = given.options(&command.json["options"], options)?;
            let mut data = command_data(command);
            data["options"] = json!(options);
            if !given.resolved.is_empty() {
                data["resolved"] = Value::Object(given.resolved);
            }
            let kind = if focused.is_some() { 4 } else { 2 };
            Ok(Deed { kind, command_kind: Some(1), name: name.to_owned(), user, channel, data, message: None, trigger: None, reach })
        })
    }

    /// Makes the interaction of a deed and sends it to the bot.
    fn begin(&self, deed: impl FnOnce(&World) -> Result<Deed, SandboxError>) -> Result<InteractionHandle, SandboxError> {
        let id = self.shared().change(|state| deed(&state.world).map(|deed| send(state, deed)))?;
        Ok(InteractionHandle { remote: self.clone(), id })
    }
}

fn command_data(command: &Command) -> Value {
    let mut data = json!({"id": command.id, "name": command.name, "type": command.kind});
    if let Some(guild) = command.guild_id {
        data["guild_id"] = json!(guild);
    }
    data
}

fn menu(world: &World, user: Id, channel: Id, kind: u8, name: &str, target: Id, resolved: Value) -> Result<Deed, SandboxError> {
    let place = present(world, user, channel)?;
    let command = world.find_command(kind, name, place.guild_id).ok_or_else(|| no_command(name))?;
    let reach = reach(world, user, place, Some(command))?;
    let mut data = command_data(command);
    data["target_id"] = json!(target);
    data["resolved"] = resolved;
    Ok(Deed { kind: 2, command_kind: Some(kind), name: name.to_owned(), user, channel, data, message: None, trigger: None, reach })
}

/// A component of a message that this person sees and can use.
fn control<'a>(world: &'a World, user: Id, message: Id, custom_id: &str) -> Result<(&'a Message, &'a Value), SandboxError> {
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

fn component(world: &World, user: Id, target: &Message, custom_id: &str, data: Value) -> Result<Deed, SandboxError> {
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
fn chosen(world: &World, target: &Message, control: &Value, values: &[&str]) -> Result<Map<String, Value>, SandboxError> {
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
fn filled(modal: &Value, fields: &Value) -> Result<Vec<Value>, SandboxError> {
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

/// Builds the payload, keeps the interaction and tells the bot.
fn send(state: &mut State, deed: Deed) -> Id {
    let id = state.world.new_id();
    let token = format!("sandbox-interaction-{id}-{:016x}", id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let payload = payload(&state.world, &deed, id, &token);
    let guild = state.world.channel(deed.channel).and_then(|channel| channel.guild_id);
    let event = event::interaction(&payload, guild);
    let interaction = Interaction {
        id,
        token,
        kind: deed.kind,
        command_kind: deed.command_kind,
        name: deed.name,
        user_id: deed.user,
        channel_id: deed.channel,
        guild_id: guild,
        message_id: deed.message,
        user_install_only: deed.reach.user_install_only,
        forced_ephemeral: deed.reach.forced_ephemeral,
        payload,
        trigger: deed.trigger,
        acknowledged: None,
        original_id: None,
        followups: Vec::new(),
    };
    state.world.interactions.insert(id, interaction);
    state.tell(Some(event));
    id
}

fn payload(world: &World, deed: &Deed, id: Id, token: &str) -> Value {
    let user = world.user(deed.user);
    let mut payload = json!({
        "id": id, "application_id": world.application_id, "type": deed.kind, "data": deed.data, "token": token, "version": 1,
        "channel_id": deed.channel, "locale": user.map(|user| user.locale.as_str()), "entitlements": [],
        "entitlement_sku_ids": [], "context": deed.reach.context, "authorizing_integration_owners": deed.reach.owners,
        "attachment_size_limit": 10_485_760,
    });
    if let Some(channel) = world.channel(deed.channel) {
        payload["channel"] = world.partial_channel_json(channel, deed.user);
        payload["app_permissions"] = json!(world.permissions_in(world.application_id, channel).to_string());
        match channel.guild_id.and_then(|guild| world.guild(guild)) {
            Some(guild) => {
                payload["guild_id"] = json!(guild.id);
                payload["guild_locale"] = json!(guild.locale);
                payload["guild"] = json!({"id": guild.id, "locale": guild.locale, "features": []});
                payload["member"] = world.member_json(guild, deed.user);
                payload["member"]["permissions"] = json!(world.permissions_in(deed.user, channel).to_string());
            }
            None => payload["user"] = world.user_json(deed.user),
        }
    }
    if let Some(message) = deed.message.and_then(|message| world.message(message)) {
        payload["message"] = world.message_json(message, false);
    }
    payload
}
