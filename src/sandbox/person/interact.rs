//! Slash commands, autocomplete, menus, buttons, selects and modals.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use std::time::Duration;

use serde_json::{Value, json};

use super::component::{choose, component, control};
use super::deed::{Deed, send};
use super::given::Given;
use super::handle::InteractionHandle;
use super::modal::fill;
use super::reach::{present, reach};
use crate::sandbox::error::SandboxError;
use crate::sandbox::id::Id;
use crate::sandbox::remote::Remote;
use crate::sandbox::world::{Command, World};

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
            let mut given = Given::new(world, place);
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
            let place = present(world, user, target.channel_id)?;
            let mut given = Given::new(world, place);
            choose(&mut given, control, values)?;
            let data = json!({"component_type": control["type"], "custom_id": custom_id, "id": control["id"], "values": values});
            let data = given.beside(data);
            component(world, user, target, custom_id, data)
        })
    }

    /// A person fills in the modal that an interaction was answered with: `{"custom_id": "text"}`, a list of values for a select or an
    /// upload; what is left out stays as the modal was opened.
    ///
    /// # Errors
    ///
    /// When there is no modal, or a field is missing or does not fit.
    pub async fn submit_modal(&self, opened_by: &InteractionHandle, fields: Value) -> Result<InteractionHandle, SandboxError> {
        self.begin(|world| {
            let opener = world.interaction(opened_by.id).ok_or_else(|| SandboxError::unknown("interaction", opened_by.id))?;
            let first = opener.acknowledged.as_ref().filter(|first| first.kind == 9);
            let modal = &first.ok_or_else(|| SandboxError::not_possible("the bot opened no modal"))?.data;
            let place = present(world, opener.user_id, opener.channel_id)?;
            let mut given = Given::new(world, place);
            let components = fill(&mut given, modal, &fields)?;
            let custom_id = modal["custom_id"].as_str().unwrap_or_default().to_owned();
            Ok(Deed {
                kind: 5,
                command_kind: None,
                user: opener.user_id,
                channel: opener.channel_id,
                data: given.beside(json!({"custom_id": custom_id, "components": components})),
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
            let mut given = Given { focused, ..Given::new(world, place) };
            let options = given.options(&command.json["options"], options)?;
            let mut data = command_data(command);
            data["options"] = json!(options);
            let data = given.beside(data);
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
