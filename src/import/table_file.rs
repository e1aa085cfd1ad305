//! A table file rewritten so that only what changed differs: comments, templates and one row a line stay.
//!
//! Owns how a row is found, changed, added and taken out in the text of a file. What the figures mean and which of them are
//! to change is the plan's business.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::Month;

/// A table file open for changes.
pub(super) struct TableFile {
    document: DocumentMut,
}

/// Why a table file cannot be changed here.
#[derive(Debug, thiserror::Error)]
pub(super) enum TableFileError {
    #[error("not valid TOML: {0}")]
    Syntax(#[from] toml_edit::TomlError),
    #[error("the rows do not stand as `row = [ … ]` below [table]")]
    NoRows,
}

/// A new value of a cell; `None` takes the cell out.
pub(super) type Edit = (&'static str, Option<String>);

impl TableFile {
    pub(super) fn open(text: &str) -> Result<Self, TableFileError> {
        let mut file = Self { document: text.parse()? };
        if file.rows().is_none() {
            return Err(TableFileError::NoRows);
        }
        Ok(file)
    }

    pub(super) fn into_text(self) -> String {
        self.document.to_string()
    }

    fn table(&mut self) -> Option<&mut Table> {
        self.document.get_mut("table")?.as_table_mut()
    }

    fn rows(&mut self) -> Option<&mut Array> {
        self.table()?.get_mut("row")?.as_array_mut()
    }

    /// The place of the row whose `key` is `value`.
    fn find(&mut self, key: &str, value: &str) -> Option<usize> {
        self.rows()?.iter().position(|row| row.as_inline_table().and_then(|row| row.get(key)).and_then(Value::as_str) == Some(value))
    }

    fn row(&mut self, key: &str, value: &str) -> Option<&mut InlineTable> {
        let index = self.find(key, value)?;
        self.rows()?.get_mut(index)?.as_inline_table_mut()
    }

    /// Changes cells of a row.
    pub(super) fn change(&mut self, key: &str, value: &str, edits: &[Edit]) {
        let Some(row) = self.row(key, value) else { return };
        let before: Vec<String> = row.iter().map(|(name, _)| name.to_owned()).collect();
        for (name, text) in edits {
            set(row, name, text.as_deref());
        }
        // White space around cells that came or went is made anew; a change of figures leaves it alone.
        if !row.iter().map(|(name, _)| name).eq(before.iter().map(String::as_str)) {
            row.fmt();
        }
    }

    /// Whether the row says `name` itself rather than leaving it to the table.
    pub(super) fn says(&mut self, key: &str, value: &str, name: &str) -> bool {
        self.row(key, value).is_some_and(|row| row.contains_key(name))
    }

    /// Adds a row where `order` wants it: the keys in the order in which rows stand.
    pub(super) fn add(&mut self, key: &str, value: &str, edits: &[Edit], order: &[&str]) {
        let mut row = InlineTable::new();
        row.insert(key, Value::from(value));
        for (name, text) in edits {
            set(&mut row, name, text.as_deref());
        }
        row.fmt();
        let rank = |name: &str| order.iter().position(|other| *other == name);
        let Some(rows) = self.rows() else { return };
        let name = |row: &Value| row.as_inline_table().and_then(|row| row.get(key)).and_then(Value::as_str).and_then(rank);
        let index = rows.iter().position(|other| name(other) > rank(value)).unwrap_or(rows.len());
        let indent = rows.get(0).and_then(|row| row.decor().prefix()?.as_str()).and_then(|prefix| prefix.rsplit('\n').next());
        let prefix = format!("\n{}", indent.unwrap_or("  "));
        let mut row = Value::from(row);
        row.decor_mut().set_prefix(prefix);
        row.decor_mut().set_suffix("");
        rows.insert_formatted(index, row);
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, key: &str, value: &str) {
        if let Some(index) = self.find(key, value)
            && let Some(rows) = self.rows()
        {
            rows.remove(index);
        }
    }

    /// The text of a key of the head, dates too.
    pub(super) fn head(&mut self, name: &str) -> Option<String> {
        match self.table()?.get(name)?.as_value()? {
            Value::String(text) => Some(text.value().clone()),
            other => Some(other.to_string().trim().to_owned()),
        }
    }

    /// Sets a key of the head to a value written as TOML, if the head has the key.
    pub(super) fn set_head(&mut self, name: &str, text: &str) {
        if let Some(Item::Value(value)) = self.table().and_then(|table| table.get_mut(name)) {
            replace(value, text);
        }
    }

    /// Puts one release in the place of another wherever the head names it: in the title, in templates and in comments.
    pub(super) fn rename_release(&mut self, from: Month, to: Month) {
        let renamed = |text: &str| {
            let mut text = text.replace(&from.to_string(), &to.to_string());
            for quote in ["\"", "\\\"", "'"] {
                text = text.replace(&format!("{quote}{}{quote}", from.year), &format!("{quote}{}{quote}", to.year));
            }
            text
        };
        let Some(table) = self.table() else { return };
        let comment = table.decor().prefix().and_then(|prefix| prefix.as_str()).map(renamed);
        if let Some(comment) = comment {
            table.decor_mut().set_prefix(comment);
        }
        for (mut key, item) in table.iter_mut() {
            let comment = key.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).map(renamed);
            if let Some(comment) = comment {
                key.leaf_decor_mut().set_prefix(comment);
            }
            if let Item::Value(value @ Value::String(_)) = item
                && !matches!(key.get(), "id" | "source" | "as_of" | "review_by")
            {
                let mut bare = value.clone();
                bare.decor_mut().clear();
                replace(value, &renamed(&bare.to_string()));
            }
        }
    }
}

/// Sets a cell, or takes it out.
fn set(row: &mut InlineTable, name: &str, text: Option<&str>) {
    match (text, row.get_mut(name)) {
        (Some(text), Some(value)) => replace(value, text),
        (Some(text), None) => {
            if let Ok(value) = text.parse::<Value>() {
                row.insert(name, value);
            }
        }
        (None, _) => {
            row.remove(name);
        }
    }
}

/// Puts another value in the place of one, between the same white space and comments.
fn replace(value: &mut Value, text: &str) {
    if let Ok(mut new) = text.parse::<Value>() {
        *new.decor_mut() = value.decor().clone();
        *value = new;
    }
}
