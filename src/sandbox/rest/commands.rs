//! Registering commands. <https://docs.discord.com/developers/interactions/application-commands#endpoints>

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::routes::CommandAction;
use super::{Call, Outcome};
use crate::sandbox::id::Id;
use crate::sandbox::refusal::{Problems, Refusal};
use crate::sandbox::rules::command;
use crate::sandbox::state::{Shared, State};
use crate::sandbox::world::Command;

/// How many commands are created in a day, by guild.
const CREATES: usize = 200;

pub(crate) fn act(shared: &Shared, state: &mut State, call: &Call, application: Id, scope: Option<Id>, action: CommandAction) -> Outcome {
    if application != state.world.application_id {
        return Err(Refusal::unknown_application());
    }
    if let Some(guild) = scope {
        state.world.guild(guild).filter(|guild| guild.has_bot).ok_or_else(Refusal::missing_access)?;
    }
    let types: &[u8] = if shared.options.user_install && scope.is_none() { &[0, 1] } else { &[0] };
    match action {
        CommandAction::List => {
            let full = matches!(call.parameter("with_localizations"), Some("true" | "True" | "1"));
            let show = |command: &Command| {
                if full { command.json.clone() } else { without_localizations(&command.json) }
            };
            Ok(Answer::ok(state.world.commands_of(scope).map(show).collect()))
        }
        CommandAction::Create => create(state, &call.body, scope, types),
        CommandAction::Overwrite => overwrite(state, &call.body, scope, types),
        CommandAction::Get(id) => Ok(Answer::ok(find(state, scope, id)?.json.clone())),
        CommandAction::Edit(id) => edit(state, &call.body, scope, id, types),
        CommandAction::Delete(id) => {
            find(state, scope, id)?;
            state.world.commands.remove(&id);
            Ok(Answer::nothing())
        }
    }
}

fn find(state: &State, scope: Option<Id>, id: Id) -> Result<&Command, Refusal> {
    state.world.commands.get(&id).filter(|command| command.guild_id == scope).ok_or_else(Refusal::unknown_command)
}

/// Checks a body; gives the fields of the command and its kind.
fn checked(problems: &mut Problems, path: &str, body: &Value, types: &[u8]) -> Map<String, Value> {
    let kind = if body["type"].is_null() { 1 } else { body["type"].as_u64().unwrap_or(0) };
    let mut fields = command::check(problems, path, body, kind, types);
    fields.insert("type".to_owned(), json!(kind));
    fields
}

fn create(state: &mut State, body: &Value, scope: Option<Id>, types: &[u8]) -> Outcome {
    let mut problems = Problems::default();
    let fields = checked(&mut problems, "", body, types);
    problems.into_result()?;
    let same = state
        .world
        .commands_of(scope)
        .find(|command| command.kind_is(&fields["type"]) && fields["name"] == command.name)
        .map(|command| command.id);
    if same.is_none() {
        let others = state.world.commands_of(scope).filter_map(|command| command.json.as_object().cloned());
        command::check_together(&others.chain([fields.clone()]).collect::<Vec<_>>())?;
        count_creates(state, scope, 1)?;
    }
    let json = store(state, scope, same, fields);
    Ok(if same.is_some() { Answer::ok(json) } else { Answer::created(json) })
}

fn edit(state: &mut State, body: &Value, scope: Option<Id>, id: Id, types: &[u8]) -> Outcome {
    let mut merged = find(state, scope, id)?.json.clone();
    let (kind, name) = (merged["type"].clone(), merged["name"].clone());
    for (key, value) in body.as_object().into_iter().flatten() {
        merged[key.as_str()] = value.clone();
    }
    merged["type"] = kind;
    let mut problems = Problems::default();
    let fields = checked(&mut problems, "", &merged, types);
    problems.into_result()?;
    if fields["name"] != name {
        let others =
            state.world.commands_of(scope).filter(|command| command.id != id).filter_map(|command| command.json.as_object().cloned());
        command::check_together(&others.chain([fields.clone()]).collect::<Vec<_>>())?;
    }
    Ok(Answer::ok(store(state, scope, Some(id), fields)))
}

/// Puts a whole list in place of all commands of a scope. A command that keeps name and type keeps its id.
fn overwrite(state: &mut State, body: &Value, scope: Option<Id>, types: &[u8]) -> Outcome {
    let Some(list) = body.as_array() else {
        return Err(Refusal::invalid("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    let mut problems = Problems::default();
    let all: Vec<Map<String, Value>> =
        list.iter().enumerate().map(|(index, command)| checked(&mut problems, &index.to_string(), command, types)).collect();
    problems.into_result()?;
    command::check_together(&all)?;
    let known = |state: &State, fields: &Map<String, Value>| {
        let mut own = state.world.commands_of(scope);
        own.find(|command| command.kind_is(&fields["type"]) && fields["name"] == command.name).map(|command| command.id)
    };
    let ids: Vec<Option<Id>> = all.iter().map(|fields| known(state, fields)).collect();
    count_creates(state, scope, ids.iter().filter(|id| id.is_none()).count())?;
    state.world.commands.retain(|id, command| command.guild_id != scope || ids.contains(&Some(*id)));
    let stored = all.into_iter().zip(ids).map(|(fields, id)| store(state, scope, id, fields)).collect();
    Ok(Answer::ok(stored))
}

/// Counts creates of the last day, and refuses when there are too many.
fn count_creates(state: &mut State, scope: Option<Id>, new: usize) -> Result<(), Refusal> {
    let now = state.world.now();
    state.command_creates.retain(|(_, at)| now.duration_since(*at).unwrap_or_default() < Duration::from_secs(86_400));
    let used = state.command_creates.iter().filter(|(guild, _)| *guild == scope).count();
    if used + new > CREATES {
        return Err(Refusal::too_many_command_creates());
    }
    state.command_creates.extend(std::iter::repeat_n((scope, now), new));
    Ok(())
}

/// Stores a command under its id, or a new one; gives its object.
fn store(state: &mut State, scope: Option<Id>, id: Option<Id>, fields: Map<String, Value>) -> Value {
    let version = state.world.new_id();
    let id = id.unwrap_or(version);
    let mut json = json!({"id": id, "application_id": state.world.application_id, "version": version});
    if let Value::Object(map) = &mut json {
        map.extend(fields);
    }
    if let Some(guild) = scope {
        json["guild_id"] = json!(guild);
        json["contexts"] = Value::Null;
    }
    let name = json["name"].as_str().unwrap_or_default().to_owned();
    let kind = json["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()).unwrap_or(1);
    state.world.commands.insert(id, Command { id, kind, name, guild_id: scope, json: json.clone() });
    json
}

impl Command {
    fn kind_is(&self, kind: &Value) -> bool {
        kind.as_u64() == Some(u64::from(self.kind))
    }
}

/// A command as listed when translations were not asked for.
fn without_localizations(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| !key.ends_with("_localizations"));
            kept.map(|(key, value)| (key.clone(), without_localizations(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(list) => list.iter().map(without_localizations).collect(),
        other => other.clone(),
    }
}
