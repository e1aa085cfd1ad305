//! The options a person gives a command, checked against what was registered.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>

use serde_json::{Map, Value, json};

use crate::sandbox::error::SandboxError;
use crate::sandbox::id::Id;
use crate::sandbox::world::{Channel, World};

/// Turns `{"name": value}` into the options of an interaction. A subcommand is `{"sub": {"name": value}}`.
pub(crate) struct Given<'a> {
    pub(crate) world: &'a World,
    pub(crate) channel: &'a Channel,
    /// The option being typed, for autocomplete: nothing else is checked for being complete.
    pub(crate) focused: Option<&'a str>,
    pub(crate) resolved: Map<String, Value>,
}

fn wrong(why: impl Into<String>) -> SandboxError {
    SandboxError::NotPossible(why.into())
}

impl<'a> Given<'a> {
    /// Nothing given yet, in a channel.
    pub(crate) fn new(world: &'a World, channel: &'a Channel) -> Self {
        Self { world, channel, focused: None, resolved: Map::new() }
    }

    /// The data of an interaction with what its ids stand for, where it has any.
    pub(crate) fn beside(self, mut data: Value) -> Value {
        if !self.resolved.is_empty() {
            data["resolved"] = Value::Object(self.resolved);
        }
        data
    }

    pub(crate) fn options(&mut self, registered: &Value, given: &Value) -> Result<Vec<Value>, SandboxError> {
        let registered = registered.as_array().map_or(&[][..], Vec::as_slice);
        let empty = Map::new();
        let given = match given {
            Value::Null => &empty,
            Value::Object(map) => map,
            other => return Err(wrong(format!("options are an object, not {other}"))),
        };
        let mut options = Vec::new();
        for (name, value) in given {
            let option = registered
                .iter()
                .find(|option| option["name"] == name.as_str())
                .ok_or_else(|| wrong(format!("there is no option {name:?}")))?;
            options.push(self.option(option, value)?);
        }
        let subcommands = registered.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
        if subcommands && options.len() != 1 {
            return Err(wrong("exactly one subcommand has to be chosen"));
        }
        if self.focused.is_none() {
            let missing = registered
                .iter()
                .find(|option| option["required"] == true && !given.contains_key(option["name"].as_str().unwrap_or_default()));
            if let Some(missing) = missing {
                return Err(wrong(format!("the option {} is required", missing["name"])));
            }
        }
        Ok(options)
    }

    fn option(&mut self, option: &Value, value: &Value) -> Result<Value, SandboxError> {
        let kind = option["type"].as_u64().unwrap_or(0);
        let name = option["name"].clone();
        if matches!(kind, 1 | 2) {
            return Ok(json!({"name": name, "type": kind, "options": self.options(&option["options"], value)?}));
        }
        if self.focused.is_some_and(|focused| name == focused) {
            if option["autocomplete"] != true {
                return Err(wrong(format!("the option {name} has no autocomplete")));
            }
            return Ok(json!({"name": name, "type": kind, "value": value, "focused": true}));
        }
        let fits = match kind {
            3 => value.is_string(),
            4 => value.is_i64(),
            5 => value.is_boolean(),
            10 => value.is_number(),
            _ => value.as_str().is_some_and(|text| text.parse::<Id>().is_ok()),
        };
        if !fits {
            return Err(wrong(format!("{value} is no value for the option {name} of type {kind}")));
        }
        check_bounds(option, value)?;
        match (kind, value.as_str().unwrap_or_default()) {
            (7, channel) => self.resolve_channel(channel, &option["channel_types"])?,
            (6 | 8 | 9 | 11, id) => self.resolve(kind, id)?,
            _ => {}
        }
        Ok(json!({"name": name, "type": kind, "value": value}))
    }

    /// Puts what an id stands for beside the options.
    pub(crate) fn resolve(&mut self, kind: u64, text: &str) -> Result<(), SandboxError> {
        let id: Id = text.parse().map_err(|_| wrong(format!("{text:?} is not an id")))?;
        let guild = self.channel.guild_id.and_then(|guild| self.world.guild(guild));
        let mut found = false;
        if let Some(user) = self.world.user(id).filter(|_| matches!(kind, 6 | 9)) {
            self.put("users", text, user.json());
            if let Some(guild) = guild.filter(|guild| guild.members.contains_key(&id)) {
                let mut member = World::partial_member_json(guild, id);
                member["permissions"] = json!(guild.permissions_of(id).to_string());
                self.put("members", text, member);
            }
            found = true;
        }
        let position = guild.and_then(|guild| guild.roles.iter().position(|role| role.id == id)).filter(|_| matches!(kind, 8 | 9));
        if let Some(position) = position {
            let role = guild.and_then(|guild| guild.roles.get(position)).map(|role| role.json(position));
            self.put("roles", text, json!(role));
            found = true;
        }
        if let Some(attachment) = self.world.given_file(id).filter(|_| kind == 11) {
            self.put("attachments", text, attachment);
            found = true;
        }
        if found { Ok(()) } else { Err(SandboxError::unknown("user, role or upload", id)) }
    }

    /// Puts a channel of this guild beside the options; it is of one of these types, if any are named.
    pub(crate) fn resolve_channel(&mut self, text: &str, types: &Value) -> Result<(), SandboxError> {
        let id: Id = text.parse().map_err(|_| wrong(format!("{text:?} is not an id")))?;
        let near = |guild: Option<Id>| guild.is_some() && guild == self.channel.guild_id;
        let channel =
            self.world.channel(id).filter(|channel| near(channel.guild_id)).ok_or_else(|| SandboxError::unknown("channel", id))?;
        let types = types.as_array().filter(|types| !types.is_empty());
        if types.is_some_and(|types| !types.iter().any(|kind| *kind == channel.kind)) {
            return Err(wrong(format!("a channel of type {} is not offered", channel.kind)));
        }
        let value = self.world.partial_channel_json(channel, self.world.application_id);
        self.put("channels", text, value);
        Ok(())
    }

    fn put(&mut self, group: &str, id: &str, value: Value) {
        self.resolved.entry(group).or_insert_with(|| json!({}))[id] = value;
    }
}

/// Checks choices, lengths and ranges, as the client does before it sends.
fn check_bounds(option: &Value, value: &Value) -> Result<(), SandboxError> {
    let name = &option["name"];
    let choices = option["choices"].as_array().filter(|choices| !choices.is_empty());
    if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == *value)) {
        return Err(wrong(format!("{value} is none of the choices of {name}")));
    }
    if let Some(text) = value.as_str().filter(|_| option["type"] == 3) {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        let (min, max) = (option["min_length"].as_u64().unwrap_or(0), option["max_length"].as_u64().unwrap_or(6000));
        if length < min || length > max {
            return Err(wrong(format!("{name} has between {min} and {max} characters, not {length}")));
        }
    }
    if let Some(number) = value.as_f64() {
        let outside =
            option["min_value"].as_f64().is_some_and(|min| number < min) || option["max_value"].as_f64().is_some_and(|max| number > max);
        if outside {
            return Err(wrong(format!("{value} is out of the range of {name}")));
        }
    }
    Ok(())
}
