//! Telling Discord the commands, only when they changed.
//!
//! Discord allows 200 new commands a day and server, and a client that holds an old list asks people to reload. So what is registered
//! is read first and compared by meaning: fields left out stand for Discord's defaults, order of places does not count, and what
//! Discord adds by itself (ids, versions) is passed over.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value, json};

use crate::knowledge::Knowledge;
use crate::store::Store;

use super::commands;
use super::requests::Identity;
use super::send::Sender;
use super::send_error::SendError;

/// What came of registering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// The commands were registered already.
    Unchanged,
    /// So many commands were written.
    Written(usize),
}

/// A server that commands are registered for, and no other.
#[derive(Clone, Copy, Debug)]
pub(super) struct OneServer {
    /// Its id.
    pub(super) id: u64,
    /// Whether it is one of the operator's own.
    pub(super) is_operators: bool,
}

/// Registers the commands for all servers, unless the store knows that the same were registered last; then Discord is not even asked.
pub(super) async fn register_if_new(
    sender: &Sender,
    identity: Identity,
    knowledge: &Knowledge,
    store: &dyn Store,
) -> Result<Registered, SendError> {
    let wanted = hash(&commands::definitions(knowledge, true));
    match store.commands_hash(identity.application).await {
        Ok(Some(registered)) if registered == wanted => Ok(Registered::Unchanged),
        _ => register(sender, identity, knowledge, None, Some(store)).await,
    }
}

/// Registers the commands for one server or for all, if they differ from what is registered. Those for all are noted in the store.
pub(super) async fn register(
    sender: &Sender,
    identity: Identity,
    knowledge: &Knowledge,
    guild: Option<&OneServer>,
    store: Option<&dyn Store>,
) -> Result<Registered, SendError> {
    let mut wanted = commands::definitions(knowledge, guild.is_none());
    if guild.is_some_and(|guild| guild.is_operators) {
        wanted.extend(commands::operators_definitions(knowledge));
    }
    let everywhere = guild.is_none();
    let guild = guild.map(|guild| guild.id);
    let present = sender.commands(identity.application, guild).await?;
    let registered = if same(&wanted, &present, everywhere) {
        Registered::Unchanged
    } else {
        sender.register(identity.application, guild, &wanted).await?;
        Registered::Written(wanted.len())
    };
    if let Some(store) = store.filter(|_| everywhere)
        && let Err(error) = store.keep_commands_hash(identity.application, &hash(&wanted)).await
    {
        tracing::warn!(%error, "what is registered was not noted");
    }
    Ok(registered)
}

/// Registers what a server of the operator's own has besides the commands for all, unless it has it already. What else is registered for
/// that server stays.
pub(super) async fn register_for_operator(sender: &Sender, identity: Identity, knowledge: &Knowledge, guild: u64) -> Result<(), SendError> {
    let present = normal_form(&sender.commands(identity.application, Some(guild)).await?, false);
    for wanted in commands::operators_definitions(knowledge) {
        if !present.contains(&command(&wanted, false)) {
            sender.register_one(identity.application, guild, &wanted).await?;
        }
    }
    Ok(())
}

/// A hash of what commands for all servers mean. Another compiler may give another one, which costs one look at Discord.
fn hash(commands: &[Value]) -> String {
    let mut hasher = DefaultHasher::new();
    for command in normal_form(commands, true) {
        command.to_string().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// Whether two lists of commands mean the same. `everywhere`: whether it counts where they can be used.
fn same(left: &[Value], right: &[Value], everywhere: bool) -> bool {
    normal_form(left, everywhere) == normal_form(right, everywhere)
}

/// Commands as they are compared: what does not count left out, in an order of their own.
fn normal_form(commands: &[Value], everywhere: bool) -> Vec<Value> {
    let mut normal = commands.iter().map(|one| command(one, everywhere)).collect::<Vec<_>>();
    normal.sort_by_cached_key(ToString::to_string);
    normal
}

/// A field that counts, and what Discord takes it for when it is left out.
type Field = (&'static str, fn() -> Value);

const OF_COMMAND: &[Field] = &[
    ("name", || Value::Null),
    ("type", || json!(1)),
    ("description", || json!("")),
    ("name_localizations", || json!({})),
    ("description_localizations", || json!({})),
    ("default_member_permissions", || Value::Null),
    ("nsfw", || json!(false)),
];
/// Discord fills these in for the commands of a single server, where they mean nothing.
const OF_PLACE: &[Field] = &[("integration_types", || json!([])), ("contexts", || json!([]))];
const OF_OPTION: &[Field] = &[
    ("name", || Value::Null),
    ("type", || Value::Null),
    ("description", || json!("")),
    ("name_localizations", || json!({})),
    ("description_localizations", || json!({})),
    ("required", || json!(false)),
    ("autocomplete", || json!(false)),
    ("choices", || json!([])),
    ("options", || json!([])),
    ("channel_types", || json!([])),
    ("min_value", || Value::Null),
    ("max_value", || Value::Null),
    ("min_length", || Value::Null),
    ("max_length", || Value::Null),
];

fn command(command: &Value, everywhere: bool) -> Value {
    let mut normal = normal(command, OF_COMMAND);
    if everywhere {
        for (name, value) in fields(command, OF_PLACE) {
            normal[name] = sorted(value);
        }
    }
    // Told as a number, given back as text.
    if let Some(bits) = normal["default_member_permissions"].as_u64() {
        normal["default_member_permissions"] = json!(bits.to_string());
    }
    normal["options"] = options(command);
    normal
}

/// The options of a command or of what is chosen of it.
fn options(of: &Value) -> Value {
    let options = of.get("options").and_then(Value::as_array).into_iter().flatten();
    let normal = options.map(|option| {
        let mut normal = normal(option, OF_OPTION);
        normal["options"] = self::options(option);
        normal
    });
    normal.collect()
}

fn normal(value: &Value, fields_that_count: &[Field]) -> Value {
    let pairs = fields(value, fields_that_count).map(|(name, value)| (name.to_owned(), value));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn fields(value: &Value, fields: &[Field]) -> impl Iterator<Item = (&'static str, Value)> {
    fields.iter().map(|(name, default)| (*name, value.get(name).filter(|value| !value.is_null()).cloned().unwrap_or_else(default)))
}

fn sorted(mut list: Value) -> Value {
    if let Some(items) = list.as_array_mut() {
        items.sort_by_key(Value::as_u64);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Vec<Value> {
        commands::definitions(&Knowledge::default(), true)
    }

    /// What Discord gives back for what it was told.
    fn as_registered(commands: &[Value]) -> Vec<Value> {
        let mut present = commands.to_vec();
        present.reverse();
        for command in &mut present {
            command["id"] = json!("1");
            command["application_id"] = json!("2");
            command["version"] = json!("3");
            command["dm_permission"] = json!(true);
            if let Some(bits) = command["default_member_permissions"].as_u64() {
                command["default_member_permissions"] = json!(bits.to_string());
            }
            if let Some(contexts) = command["contexts"].as_array_mut() {
                contexts.reverse();
            }
            if command["type"] == 3 {
                command["description"] = json!("");
            }
            for option in command.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
                if option["required"] == json!(false) {
                    option.as_object_mut().unwrap().remove("required");
                }
            }
        }
        present
    }

    #[test]
    fn what_discord_gives_back_counts_as_unchanged() {
        assert!(same(&wanted(), &as_registered(&wanted()), true));
    }

    #[test]
    fn the_hash_stays_while_the_meaning_does() {
        let mut other = wanted();
        other[0]["description"] = json!("Another");
        assert_eq!(hash(&wanted()), hash(&as_registered(&wanted())));
        assert_ne!(hash(&wanted()), hash(&other));
    }

    #[test]
    fn every_change_that_shows_counts() {
        let change = |change: fn(&mut Vec<Value>)| {
            let mut present = as_registered(&wanted());
            change(&mut present);
            !same(&wanted(), &present, true)
        };
        assert!(change(|present| present.truncate(1)));
        // In reverse order: the menu first, `/ask` last.
        assert!(change(|present| present.last_mut().unwrap()["description"] = json!("Another")));
        assert!(change(|present| present.last_mut().unwrap()["options"][0]["max_length"] = json!(10)));
        assert!(change(|present| present.last_mut().unwrap()["contexts"] = json!([0])));
        assert!(change(|present| present[1]["options"][1]["options"][0]["description"] = json!("Another")));
        assert!(change(|present| present[0]["name"] = json!("Answer that")));
        assert!(change(|present| present[0]["name_localizations"]["es-ES"] = json!("Responda")));
        assert!(change(|present| present[0]["name_localizations"] = Value::Null));
        assert!(change(|present| present[0]["default_member_permissions"] = json!("0")));
    }
}
