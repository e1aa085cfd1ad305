//! From TOML and environment to values of known keys, with every fault.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::database::{self, Database};
use super::keys::{self, Key, Kind, PREFIX};
use super::{CACHE_VARIABLE, Secret, TOKEN_VARIABLE, shards};
use crate::knowledge::{Fault, Place};

/// What a key was set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A whole number.
    Count(u32),
}

impl Value {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Flag(_) | Self::Count(_) => None,
        }
    }

    /// The number, if it is one.
    pub(super) fn count(&self) -> Option<u32> {
        match self {
            Self::Count(number) => Some(*number),
            Self::Text(_) | Self::Flag(_) => None,
        }
    }
}

/// Values by the name of their key; starts out with the defaults.
pub(super) struct Values {
    values: BTreeMap<&'static str, Value>,
    places: BTreeMap<&'static str, Place>,
}

impl Values {
    /// What the key of that name was set to.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// What it was set to, if it was.
    pub(super) fn set(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|_| self.places.contains_key(name))
    }

    /// Where it was set; nowhere in particular if it was not.
    pub(super) fn place(&self, name: &str) -> Place {
        self.places.get(name).cloned().unwrap_or_default()
    }
}

impl Default for Values {
    fn default() -> Self {
        let mut values = BTreeMap::new();
        for key in keys::KEYS {
            let value = match key.kind {
                Kind::Flag => Value::Flag(key.default == "true"),
                Kind::Count(_) => Value::Count(key.default.parse().unwrap_or_default()),
                _ => Value::Text(key.default.trim_matches('"').to_owned()),
            };
            values.insert(key.name, value);
        }
        Self { values, places: BTreeMap::new() }
    }
}

/// Reads the text of a file.
pub(super) fn from_toml(file: &str, text: &str, folder: &Path, values: &mut Values, faults: &mut Vec<Fault>) {
    let place = |span: Range<usize>| {
        let line = text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1;
        Place { file: file.to_owned(), line }
    };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let what = format!("not valid TOML: {}", error.message());
        faults.push(Fault::error(place(error.span().unwrap_or_default()), what, "mend the syntax on this line"));
    }
    for (name, value, span) in flatten(root.get_ref(), "") {
        let place = place(span);
        let Some(key) = keys::find(&name) else {
            faults.push(unknown(place, &name, &name));
            continue;
        };
        let read = match (key.kind, value) {
            (Kind::Flag, DeValue::Boolean(flag)) => Ok(Value::Flag(*flag)),
            (Kind::Flag, _) => Err("must be true or false".to_owned()),
            (Kind::Ids, DeValue::Integer(_) | DeValue::Array(_)) => checked(key, &ids_of(value)).map(|text| Value::Text(text.to_owned())),
            (Kind::Spans, DeValue::Integer(_) | DeValue::Array(_)) => {
                checked(key, &numbers(value)).map(|text| Value::Text(text.to_owned()))
            }
            (Kind::Count(most), DeValue::Integer(number)) => count(number.as_str(), most),
            (Kind::Count(_), _) => Err("must be a number without quotes".to_owned()),
            (_, DeValue::String(text)) => checked(key, text).map(|text| Value::Text(from_folder(key, text, folder))),
            _ => Err("must be text in quotes".to_owned()),
        };
        keep(key, key.name, place, read, values, faults);
    }
}

/// Whole numbers as text; what else stands in a list becomes nothing that could be read.
fn numbers(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(number) => number.as_str().replace('_', ""),
        DeValue::Array(items) => items.iter().map(|item| numbers(item.get_ref())).collect::<Vec<_>>().join(","),
        _ => "?".to_owned(),
    }
}

/// Ids as text: numbers or texts, one or a list; what else stands in it becomes nothing that could be read.
fn ids_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Array(items) => items.iter().map(|item| ids_of(item.get_ref())).collect::<Vec<_>>().join(","),
        DeValue::String(text) => text.to_string(),
        other => numbers(other),
    }
}

/// The ids of a text such as `1318500000000000000,1318500000000000001`; none if it is no such text. No id of Discord's is 0.
pub(super) fn ids(text: &str) -> Option<BTreeSet<u64>> {
    text.split(',').map(|id| id.trim().parse().ok().filter(|id| *id != 0)).collect()
}

/// Names and values of a table, inner tables joined by dots. A table that is none of ours is named as a whole.
fn flatten<'table, 'text>(table: &'table DeTable<'text>, within: &str) -> Vec<(String, &'table DeValue<'text>, Range<usize>)> {
    let mut flat = Vec::new();
    for (name, value) in table {
        let full = format!("{within}{}", name.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) if keys::is_table(&full) => flat.extend(flatten(inner, &format!("{full}."))),
            value => flat.push((full, value, name.span())),
        }
    }
    flat
}

/// Reads the variables of the keys, and the token.
pub(super) fn from_environment(
    environment: impl IntoIterator<Item = (OsString, OsString)>,
    values: &mut Values,
    faults: &mut Vec<Fault>,
) -> Option<Secret> {
    let mut token = None;
    for (variable, value) in environment {
        let Some(variable) = variable.to_str() else { continue };
        if variable == TOKEN_VARIABLE {
            token = value.to_str().and_then(Secret::new);
            continue;
        }
        let Some(rest) = variable.strip_prefix(PREFIX).filter(|_| variable != CACHE_VARIABLE) else { continue };
        let name = rest.to_lowercase().replace("__", ".");
        let place = Place { file: format!("environment variable {variable}"), line: 0 };
        let Some(key) = keys::find(&name) else {
            faults.push(unknown(place, variable, &name));
            continue;
        };
        let read = match (key.kind, value.to_str()) {
            (_, None) => Err("is not UTF-8 text".to_owned()),
            (Kind::Flag, Some("true" | "1")) => Ok(Value::Flag(true)),
            (Kind::Flag, Some("false" | "0" | "")) => Ok(Value::Flag(false)),
            (Kind::Flag, Some(_)) => Err("must be true or false".to_owned()),
            (Kind::Count(most), Some(text)) => count(text.trim(), most),
            (_, Some(text)) => checked(key, text).map(|text| Value::Text(text.to_owned())),
        };
        keep(key, variable, place, read, values, faults);
    }
    token
}

fn keep(key: &Key, label: &str, place: Place, read: Result<Value, String>, values: &mut Values, faults: &mut Vec<Fault>) {
    match read {
        Ok(value) => {
            values.values.insert(key.name, value);
            values.places.insert(key.name, place);
        }
        Err(what) => faults.push(Fault::error(place, format!("`{label}` {what}"), mend(key))),
    }
}

/// The text without the white space around it, if the key can hold it. An empty text stands for "not set".
fn checked<'text>(key: &Key, text: &'text str) -> Result<&'text str, String> {
    let text = text.trim();
    let fits = text.is_empty()
        || match key.kind {
            Kind::Choice(words) => words.contains(&text),
            Kind::Base => is_base(text),
            Kind::Database => Database::read(text).is_some(),
            Kind::Address => text.parse::<SocketAddr>().is_ok(),
            Kind::Spans => shards::spans(text).is_some(),
            Kind::Ids => ids(text).is_some(),
            Kind::Short(most) => text.chars().count() <= most,
            Kind::Text | Kind::Path | Kind::Flag | Kind::Count(_) => true,
        };
    match key.kind {
        _ if fits => Ok(text),
        Kind::Base => Err("is not the base of a web address".to_owned()),
        Kind::Database => Err("is not the address of a database".to_owned()),
        Kind::Address => Err("is not an address with a port".to_owned()),
        Kind::Short(most) => Err(format!("is longer than {most} characters")),
        _ => Err(format!("cannot be \"{text}\"")),
    }
}

/// The whole number, if it is not too large.
fn count(written: &str, most: u32) -> Result<Value, String> {
    let number = written.replace('_', "").parse::<u32>().ok().filter(|number| *number <= most);
    number.map(Value::Count).ok_or_else(|| format!("cannot be {written}"))
}

/// A path in a file starts at the file's folder, wherever Mabel is started from.
fn from_folder(key: &Key, text: &str, folder: &Path) -> String {
    match key.kind {
        Kind::Path if !text.is_empty() => folder.join(text).display().to_string(),
        Kind::Database => match Database::read(text) {
            Some(Database::File(path)) => format!("{}{}", database::FILE, folder.join(path).display()),
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

fn mend(key: &Key) -> String {
    match key.kind {
        Kind::Choice(words) => format!("use one of: {}", words.join(", ")),
        Kind::Base => "write scheme, host and port only: \"http://127.0.0.1:3000\"".to_owned(),
        Kind::Database => "write \"sqlite://mabel.db\", \"postgres://user:password@host/name\" or \"memory:\"".to_owned(),
        Kind::Address => "write address and port, \"127.0.0.1:9090\" or \"[::1]:9090\"".to_owned(),
        Kind::Spans => "write \"0-3\", \"0-3,7\" or [0, 1, 2, 3]".to_owned(),
        Kind::Ids => "copy them in Discord with \"Copy Server ID\" and write [\"1318500000000000000\"]".to_owned(),
        Kind::Flag => "write true or false, without quotes in the file".to_owned(),
        Kind::Short(_) => "make it shorter".to_owned(),
        Kind::Count(most) => format!("write a whole number from 0 to {most}, without quotes in the file"),
        Kind::Text | Kind::Path => "write \"…\"".to_owned(),
    }
}

fn unknown(place: Place, label: &str, name: &str) -> Fault {
    let names = || keys::KEYS.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
    let mend =
        keys::nearest(name).map_or_else(|| format!("take it out; known keys: {}", names()), |near| format!("did you mean `{near}`?"));
    Fault::error(place, format!("unknown key `{label}`"), mend)
}

/// Whether `text` is scheme, host and perhaps port, with nothing behind them: serenity puts it in the place of `https://discord.com`.
fn is_base(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else { return false };
    let host = rest.trim_end_matches('/');
    !host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:[]_".contains(letter))
}
