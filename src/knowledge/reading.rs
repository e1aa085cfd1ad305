//! Reading TOML tables key by key, collecting every fault with its line.
//!
//! `serde` stops at the first fault of a document; editors want all of them at once. A [`Fields`] is opened over one table,
//! each key is asked for by the type it must have, and [`Fields::finish`] reports the keys nobody asked for. Nothing here
//! knows what the keys mean.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::dates::AsOf;
use super::fault::{Fault, Place};
use super::translated::{Language, Translated};

/// A TOML document being read, and the faults found in it so far.
pub(crate) struct Document<'text> {
    file: &'text str,
    line_starts: Vec<usize>,
    faults: Vec<Fault>,
}

impl<'text> Document<'text> {
    /// Parses `text`; syntax faults are collected, and what could be read is returned.
    pub(crate) fn parse(file: &'text str, text: &'text str) -> (Self, Spanned<DeTable<'text>>) {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut document = Self { file, line_starts, faults: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let place = error.span().map_or_else(|| document.whole_file(), |span| document.place(span));
            let what = format!("not valid TOML: {}", error.message());
            document.faults.push(Fault::error(place, what, "mend the syntax on this line, or close what a line above it leaves open"));
        }
        (document, table)
    }

    /// The place of a byte range of the document.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file.to_owned(), line: self.line_starts.partition_point(|start| *start <= span.start) }
    }

    /// The document as a whole.
    pub(crate) fn whole_file(&self) -> Place {
        Place { file: self.file.to_owned(), line: 0 }
    }

    /// Notes a fault.
    pub(crate) fn report(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The faults found so far, which are then forgotten; asked right after parsing, those of its syntax.
    pub(crate) fn take_faults(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.faults)
    }
}

/// A value with the place it stands at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it stands.
    pub(crate) place: Place,
}

/// One table being read.
pub(crate) struct Fields<'document, 'text, 'table> {
    document: &'document mut Document<'text>,
    table: &'table DeTable<'text>,
    place: Place,
    label: String,
    asked: Vec<&'static str>,
    /// Keys that may stand in another language as well.
    translated: Vec<&'static str>,
}

impl<'document, 'text, 'table> Fields<'document, 'text, 'table> {
    /// Opens `table`, called `label` in messages ("entry", "row", …).
    pub(crate) fn open(document: &'document mut Document<'text>, table: &'table Spanned<DeTable<'text>>, label: &str) -> Self {
        let place = document.place(table.span());
        Self { document, table: table.get_ref(), place, label: label.to_owned(), asked: Vec::new(), translated: Vec::new() }
    }

    /// Opens the table inside `value`, or reports that it is none.
    pub(crate) fn open_value(
        document: &'document mut Document<'text>,
        value: &'table Spanned<DeValue<'text>>,
        label: &str,
    ) -> Option<Self> {
        let place = document.place(value.span());
        if let DeValue::Table(table) = value.get_ref() {
            Some(Self { document, table, place, label: label.to_owned(), asked: Vec::new(), translated: Vec::new() })
        } else {
            let what = format!("`{label}` must be a table, not {}", kind(value.get_ref()));
            document.report(Fault::error(place, what, format!("write `[[{label}]]` and its keys below it")));
            None
        }
    }

    /// Where the table begins.
    pub(crate) fn place(&self) -> Place {
        self.place.clone()
    }

    /// Names the table more closely in messages from here on, once its id is known.
    pub(crate) fn rename(&mut self, label: String) {
        self.label = label;
    }

    /// Notes a fault at the value of `key`, or at the table if there is none.
    pub(crate) fn fault(&mut self, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        let place = self.place_of(key);
        self.document.report(Fault::error(place, format!("{}: {}", self.label, what.into()), mend));
    }

    /// Where the value of `key` stands.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.table.get(key).map_or_else(|| self.place.clone(), |value| self.document.place(value.span()))
    }

    /// Whether the table holds `key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    fn take(&mut self, key: &'static str) -> Option<&'table Spanned<DeValue<'text>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn typed<T>(&mut self, key: &'static str, wanted: &str, read: impl FnOnce(&'table DeValue<'text>) -> Option<T>) -> Option<T> {
        let value = self.take(key)?.get_ref();
        let got = read(value);
        if got.is_none() {
            self.fault(key, format!("`{key}` must be {wanted}, not {}", kind(value)), format!("write {key} = {}", example(wanted)));
        }
        got
    }

    /// Text, required and not blank; a fault stands in for a missing one.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        match self.optional_text(key) {
            Some(text) if !text.trim().is_empty() => text,
            Some(_) => {
                self.fault(key, format!("`{key}` is empty"), format!("give `{key}` a value"));
                String::new()
            }
            None if self.has(key) => String::new(),
            None => {
                self.fault(key, format!("`{key}` is missing"), format!("add {key} = \"…\""));
                String::new()
            }
        }
    }

    /// Text, if given. Surrounding white space is taken off.
    pub(crate) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        self.typed(key, "text", |value| value.as_str().map(|text| text.trim().to_owned()))
    }

    /// Text, required and not blank, with its translations: `es.text = "…"` beside `text = "…"`.
    pub(crate) fn translated(&mut self, key: &'static str) -> Translated {
        let own = self.text(key);
        Translated::new(own, self.translations(key))
    }

    /// Text with its translations, if given.
    pub(crate) fn optional_translated(&mut self, key: &'static str) -> Option<Translated> {
        let translations = self.translations(key);
        self.optional_text(key).map(|own| Translated::new(own, translations))
    }

    fn translations(&mut self, key: &'static str) -> BTreeMap<Language, String> {
        self.translated.push(key);
        let mut translations = BTreeMap::new();
        for (language, table) in self.languages() {
            let Some(value) = table.get(key) else { continue };
            match value.get_ref().as_str().map(str::trim) {
                Some(text) if !text.is_empty() => {
                    translations.insert(language, text.to_owned());
                }
                _ => {
                    let (place, code) = (self.document.place(value.span()), language.code());
                    let what = format!("{}: `{code}.{key}` must be text that is not empty", self.label);
                    self.document.report(Fault::error(place, what, format!("write {code}.{key} = \"…\"")));
                }
            }
        }
        translations
    }

    /// The tables that are called by a language: those of its translations.
    fn languages(&self) -> Vec<(Language, &'table DeTable<'text>)> {
        let named = |name: &str| Language::of(name).filter(|_| is_translation(name));
        let tables = self.table.iter().filter_map(|(name, value)| match value.get_ref() {
            DeValue::Table(table) => Some((named(name.get_ref())?, table)),
            _ => None,
        });
        tables.collect()
    }

    /// True or false, if given.
    pub(crate) fn flag(&mut self, key: &'static str, otherwise: bool) -> bool {
        self.typed(key, "true or false", DeValue::as_bool).unwrap_or(otherwise)
    }

    /// A whole number from 0 up, if given.
    pub(crate) fn whole(&mut self, key: &'static str) -> Option<usize> {
        self.typed(key, "a whole number", whole)
    }

    /// A list of whole numbers from 0 up, if given.
    pub(crate) fn wholes(&mut self, key: &'static str) -> Option<Vec<usize>> {
        self.typed(key, "a list of whole numbers", |value| match value {
            DeValue::Array(items) => items.iter().map(|item| whole(item.get_ref())).collect(),
            _ => None,
        })
    }

    /// A list of texts; empty if not given.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(key, format!("`{key}` must be a list, not {}", kind(value.get_ref())), format!("write {key} = [\"…\"]"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let place = self.document.place(item.span());
            if let Some(text) = item.get_ref().as_str() {
                texts.push(Placed { value: text.trim().to_owned(), place });
            } else {
                let what = format!("{}: `{key}` holds {}, all its items must be text", self.label, kind(item.get_ref()));
                self.document.report(Fault::error(place, what, "put the item in quotes"));
            }
        }
        texts
    }

    /// A date or the text of one, if given; see [`AsOf`].
    pub(crate) fn as_of(&mut self, key: &'static str) -> Option<AsOf> {
        let text = match self.take(key)?.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            other => {
                let what = format!("`{key}` must be a date, not {}", kind(other));
                self.fault(key, what, format!("write {key} = 2026-11-21 or \"2024-11\" or \"c. 2021\""));
                return None;
            }
        };
        match text.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                self.fault(
                    key,
                    format!("`{key}`: {error}"),
                    "write 2026-11-21, \"2024\", \"2024-11\", \"c. 2021\" or \"undated, seen 2026-11-21\"",
                );
                None
            }
        }
    }

    /// One of the texts of `choices`, mapped to its meaning, if given.
    pub(crate) fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.optional_text(key)?;
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.fault(key, format!("`{key}` cannot be \"{text}\""), format!("use one of: {names}"));
        }
        found
    }

    /// Lists of texts by name: `facets = { task = ["a", "b"] }`. A bare text counts as a list of one.
    pub(crate) fn text_lists(&mut self, key: &'static str) -> BTreeMap<String, Vec<Placed<String>>> {
        let mut lists = BTreeMap::new();
        let Some(value) = self.take(key) else { return lists };
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(
                key,
                format!("`{key}` must be a table of lists, not {}", kind(value.get_ref())),
                format!("write {key} = {{ name = [\"…\"] }}"),
            );
            return lists;
        };
        for (name, value) in table {
            let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
                DeValue::Array(items) => items.iter().collect(),
                _ => vec![value],
            };
            let texts = items.into_iter().filter_map(|item| {
                let place = self.document.place(item.span());
                item.get_ref().as_str().map(|text| Placed { value: text.to_owned(), place })
            });
            lists.insert(name.get_ref().to_string(), texts.collect());
        }
        lists
    }

    /// All keys with their values, in the order of the file; the caller reports what it does not understand.
    pub(crate) fn everything(&mut self) -> Vec<(String, Placed<&'table DeValue<'text>>)> {
        let mut all = Vec::new();
        for (key, value) in self.table {
            all.push((key.get_ref().to_string(), Placed { value: value.get_ref(), place: self.document.place(value.span()) }));
        }
        all
    }

    /// The tables of an array of tables; empty if not given.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<&'table Spanned<DeValue<'text>>> {
        match self.take(key).map(|value| (value, value.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(items))) => items.iter().collect(),
            Some((value, _)) => vec![value],
        }
    }

    /// One table, if given.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<&'table Spanned<DeValue<'text>>> {
        self.take(key)
    }

    /// The document, to open an inner table with.
    pub(crate) fn document(&mut self) -> &mut Document<'text> {
        self.document
    }

    /// Reports the keys that were never asked for, with the nearest known one.
    pub(crate) fn finish(self) {
        for (key, value) in self.table.iter().filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Table(inner) if !self.translated.is_empty() && is_translation(name) => {
                    for (key, value) in inner.iter().filter(|(key, _)| !self.translated.contains(&key.get_ref().as_ref())) {
                        let fault = self.unknown(value, &format!("{name}.{}", key.get_ref()), key.get_ref(), &self.translated);
                        self.document.report(fault);
                    }
                }
                _ => {
                    let fault = self.unknown(value, name, name, &self.asked);
                    self.document.report(fault);
                }
            }
        }
    }

    fn unknown(&self, value: &Spanned<DeValue<'text>>, written: &str, name: &str, known: &[&'static str]) -> Fault {
        let nearest = nearest(name, known.iter().copied());
        let mend =
            nearest.map_or_else(|| format!("take it out; known keys: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        Fault::error(self.document.place(value.span()), format!("{}: unknown key `{written}`", self.label), mend)
    }
}

/// Whether a table of that name holds translations.
fn is_translation(name: &str) -> bool {
    Language::of(name).is_some_and(|language| language != Language::ENGLISH)
}

/// The known name a misspelt one most likely stands for.
pub(crate) fn nearest<'name>(wrong: &str, known: impl Iterator<Item = &'name str>) -> Option<&'name str> {
    known
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, name)| name)
}

/// A TOML number as a float.
pub(crate) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|whole| {
            #[expect(clippy::cast_precision_loss, reason = "figures of the knowledge stay far below 2^53")]
            let float = whole as f64;
            float
        }),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}

/// A TOML number as a whole number from 0 up.
fn whole(value: &DeValue<'_>) -> Option<usize> {
    let DeValue::Integer(integer) = value else { return None };
    usize::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// What a TOML value is, in words.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn example(wanted: &str) -> &'static str {
    match wanted {
        "text" => "\"…\"",
        "a number" | "a whole number" => "1",
        "a list of whole numbers" => "[1, 2]",
        _ => "true",
    }
}
