//! The limits of buttons, selects and the rows they stand in.
//! <https://docs.discord.com/developers/components/reference>

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::layout;
use crate::sandbox::refusal::Problems;

/// How many rows a message of the classic layout has, and how many buttons a row.
pub(super) const ROWS: usize = 5;
/// How long a `custom_id` is.
pub(crate) const CUSTOM_ID: usize = 100;
/// How many options a select has.
pub(super) const OPTIONS: usize = 25;
/// How long a button's label is.
pub(super) const LABEL: usize = 80;

/// A check of one message's components: what is wrong, and which `custom_id`s were seen.
pub(crate) struct ComponentCheck<'a> {
    pub(crate) problems: &'a mut Problems,
    seen: BTreeSet<String>,
}

/// Checks the components of a message and returns them with the ids Discord gives them.
pub(crate) fn check(problems: &mut Problems, path: &str, value: &Value, version_two: bool) -> Vec<Value> {
    let mut check = ComponentCheck::new(problems);
    if version_two {
        layout::check(&mut check, path, value);
    } else {
        let rows = check.problems.list(path, value, 0, ROWS);
        for (index, row) in rows.iter().enumerate() {
            let path = format!("{path}.{index}");
            if kind(row) == 1 {
                check.row(&path, row);
            } else {
                check.problems.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
            }
        }
    }
    let mut components = value.as_array().cloned().unwrap_or_default();
    settle(&mut components, &mut 1);
    components
}

/// The `type` of a component, 0 when it has none.
pub(crate) fn kind(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or(0)
}

/// Makes components what Discord keeps of them: each without one gets an `id`, counted through the message, and what was
/// left out gets its default.
pub(super) fn settle(components: &mut [Value], next: &mut u64) {
    for component in components {
        let defaults = defaults(kind(component));
        if let Value::Object(map) = component {
            map.retain(|_, value| !value.is_null());
            for (key, value) in defaults {
                map.entry(key).or_insert(value);
            }
            let empty = map.get("id").and_then(Value::as_u64).unwrap_or(0) == 0;
            if empty {
                map.insert("id".to_owned(), json!(*next));
                *next += 1;
            }
            if let Some(Value::Array(inner)) = map.get_mut("components") {
                settle(inner, next);
            }
            for key in ["accessory", "component"] {
                if let Some(inner) = map.get_mut(key) {
                    settle(std::slice::from_mut(inner), next);
                }
            }
        }
    }
}

/// What a component of a kind says when nothing was said.
fn defaults(kind: u64) -> Vec<(&'static str, Value)> {
    match kind {
        14 => vec![("spacing", json!(1)), ("divider", json!(true))],
        17 => vec![("accent_color", Value::Null), ("spoiler", json!(false))],
        kind if is_select(kind) => vec![("min_values", json!(1)), ("max_values", json!(1))],
        _ => Vec::new(),
    }
}

impl<'a> ComponentCheck<'a> {
    /// A check that has seen nothing yet.
    pub(crate) fn new(problems: &'a mut Problems) -> Self {
        Self { problems, seen: BTreeSet::new() }
    }

    /// A row: one to five buttons, or one select.
    pub(crate) fn row(&mut self, path: &str, row: &Value) {
        let path = format!("{path}.components");
        if row["components"].is_null() {
            return self.problems.required(&path);
        }
        let items = self.problems.list(&path, &row["components"], 1, ROWS);
        let selects = items.iter().filter(|item| is_select(kind(item))).count();
        if selects > 0 && items.len() > 1 {
            self.problems.add(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
        }
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}.{index}");
            match kind(item) {
                2 => self.button(&path, item),
                kind if is_select(kind) => self.select(&path, item),
                _ => self.problems.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8)."),
            }
        }
    }

    /// A `custom_id`: there, 1–100 characters, once in the message.
    pub(crate) fn custom_id(&mut self, path: &str, component: &Value) {
        let path = format!("{path}.custom_id");
        let Some(id) = self.problems.required_text(&path, &component["custom_id"], 1, CUSTOM_ID) else {
            return;
        };
        if !self.seen.insert(id.to_owned()) {
            self.problems.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }
    }

    pub(crate) fn button(&mut self, path: &str, button: &Value) {
        self.problems.text(&format!("{path}.label"), &button["label"], 0, LABEL);
        let has = |key: &str| !button[key].is_null();
        let labelled = button["label"].as_str().is_some_and(|label| !label.is_empty()) || has("emoji");
        match button["style"].as_u64() {
            None => self.problems.required(&format!("{path}.style")),
            Some(1..=4) => {
                self.custom_id(path, button);
                if has("url") {
                    self.problems.add(
                        path,
                        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                        "A custom id and url cannot both be specified",
                    );
                }
                if has("sku_id") {
                    self.problems.add(&format!("{path}.sku_id"), "BUTTON_COMPONENT_INVALID_SKU", "A SKU is only for premium buttons");
                }
            }
            Some(5) => {
                if has("custom_id") {
                    self.problems.add(
                        path,
                        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                        "A custom id and url cannot both be specified",
                    );
                }
                if !has("url") {
                    self.problems.add(&format!("{path}.url"), "BASE_TYPE_REQUIRED", "This field is required");
                }
                self.problems.url(&format!("{path}.url"), &button["url"], &["http", "https", "discord"]);
                self.problems.text(&format!("{path}.url"), &button["url"], 0, 512);
            }
            Some(6) => {
                if !has("sku_id") || has("custom_id") || has("url") || has("label") || has("emoji") {
                    self.problems.add(path, "BUTTON_COMPONENT_INVALID_PREMIUM", "A premium button has a SKU and nothing else");
                }
                return;
            }
            Some(_) => self.problems.choices(&format!("{path}.style"), "1, 2, 3, 4, 5, 6"),
        }
        if !labelled {
            self.problems.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji");
        }
    }

    /// What a select of users, roles or channels opens with: as many as could be chosen, or none.
    fn default_values(&mut self, path: &str, select: &Value, min: i64, max: i64) {
        let path = format!("{path}.default_values");
        let values = self.problems.list(&path, &select["default_values"], 0, 25);
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        if count > max || (count > 0 && count < min) {
            let message = format!("Must be between {min} and {max} in length.");
            self.problems.add(&path, "BASE_TYPE_BAD_LENGTH", message);
        }
        let types = default_types(kind(select));
        for (index, value) in values.iter().enumerate() {
            if value["id"].as_str().is_none_or(|id| id.parse::<u64>().is_err()) {
                self.problems.add(&format!("{path}.{index}.id"), "NUMBER_TYPE_COERCE", format!("Value {} is not snowflake.", value["id"]));
            }
            if !value["type"].as_str().is_some_and(|kind| types.contains(&kind)) {
                self.problems.choices(&format!("{path}.{index}.type"), &types.join(", "));
            }
        }
    }

    pub(crate) fn select(&mut self, path: &str, select: &Value) {
        self.custom_id(path, select);
        self.problems.text(&format!("{path}.placeholder"), &select["placeholder"], 0, 150);
        let min = self.problems.number(&format!("{path}.min_values"), &select["min_values"], 0, 25).unwrap_or(1);
        let max = self.problems.number(&format!("{path}.max_values"), &select["max_values"], 1, 25).unwrap_or(1);
        if min > max {
            self.problems.add(&format!("{path}.min_values"), "SELECT_COMPONENT_MIN_VALUES_TOO_HIGH", "The minimum is above the maximum");
        }
        if kind(select) != 3 {
            self.default_values(path, select, min, max);
            if !select["options"].as_array().is_none_or(Vec::is_empty) {
                self.problems.add(&format!("{path}.options"), "SELECT_COMPONENT_OPTIONS_NOT_ALLOWED", "Only string selects have options");
            }
            return;
        }
        let path = format!("{path}.options");
        if select["options"].is_null() {
            return self.problems.required(&path);
        }
        let options = self.problems.list(&path, &select["options"], 1, OPTIONS);
        let mut values = BTreeSet::new();
        for (index, option) in options.iter().enumerate() {
            let path = format!("{path}.{index}");
            self.problems.required_text(&format!("{path}.label"), &option["label"], 1, 100);
            self.problems.text(&format!("{path}.description"), &option["description"], 0, 100);
            let value = self.problems.required_text(&format!("{path}.value"), &option["value"], 1, 100);
            if value.is_some_and(|value| !values.insert(value)) {
                self.problems.add(
                    &format!("{path}.value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                );
            }
        }
        let defaults = options.iter().filter(|option| option["default"] == true).count();
        let allowed = usize::try_from(max).unwrap_or(OPTIONS);
        if defaults > allowed || allowed > options.len().max(1) {
            self.problems.add(&path, "SELECT_COMPONENT_TOO_FEW_OPTIONS", "max_values or the defaults do not fit the number of options");
        }
    }
}

/// What a `default_values` item of a select of this type may be.
fn default_types(kind: u64) -> &'static [&'static str] {
    match kind {
        5 => &["user"],
        6 => &["role"],
        7 => &["user", "role"],
        _ => &["channel"],
    }
}

/// Whether a component type is a select: string, user, role, mentionable, channel.
pub(crate) fn is_select(kind: u64) -> bool {
    matches!(kind, 3 | 5..=8)
}
