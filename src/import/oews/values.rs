//! Which value of a facet a row of the file speaks of.
//!
//! A row is found by its name or by its code, as the layout says, and never by likeness: a figure in the wrong place is worse
//! than a file refused. Where nothing is found, the words that would mend it are worked out here.

use std::fmt::Write;

use super::layouts::Layout;
use crate::knowledge::reading::nearest;
use crate::knowledge::{Facet, FacetValue, Knowledge};

/// What a row speaks of.
pub(super) enum Found<'knowledge> {
    /// These values; several share a code.
    Values(Vec<&'knowledge FacetValue>),
    /// Nothing that the knowledge holds, nor need it.
    Nothing,
    /// What is wrong, and how to mend it.
    Fault(String, String),
}

/// The values of a facet, as rows of a layout name them.
#[derive(Clone, Copy)]
pub(super) struct Names<'knowledge> {
    pub(super) layout: &'static Layout,
    pub(super) facet: &'knowledge Facet,
    pub(super) knowledge: &'knowledge Knowledge,
}

impl<'knowledge> Names<'knowledge> {
    /// The values of a row. `name` is the publisher's where the layout has it, and `key` again where not.
    pub(super) fn find(self, key: &str, name: &str) -> Found<'knowledge> {
        if self.layout.names.is_none() {
            return self.by_name(key);
        }
        let values: Vec<&FacetValue> =
            self.facet.values.iter().filter(|value| value.code.as_deref().is_some_and(|code| same_code(code, key))).collect();
        let namesake = self.facet.values.iter().find(|value| self.layout.whole && folded(&value.name) == folded(name));
        match namesake {
            Some(namesake) if !values.iter().any(|value| value.id == namesake.id) => other_code(key, name, namesake),
            _ if !values.is_empty() => Found::Values(values),
            _ if self.layout.whole => self.stranger(key, name),
            _ => Found::Nothing,
        }
    }

    /// Whether the publisher calls these values otherwise than the knowledge, which took its names over.
    pub(super) fn renamed(self, values: &[&FacetValue], name: &str) -> bool {
        self.layout.whole && self.layout.names.is_some() && !values.iter().any(|value| folded(&value.name) == folded(name))
    }

    fn by_name(self, name: &str) -> Found<'knowledge> {
        let facet = self.facet;
        if let Some(value) = facet.values.iter().find(|value| value.name.eq_ignore_ascii_case(name)) {
            return Found::Values(vec![value]);
        }
        if self.layout.beside.contains(&name) {
            return Found::Nothing;
        }
        let names = facet.values.iter().map(|value| value.name.as_str()).chain(self.layout.nation);
        let mend = nearest(name, names).map_or_else(
            || format!("write the name of a value of the facet `{}`, or take the row out", facet.id),
            |near| format!("did you mean `{near}`?"),
        );
        Found::Fault(format!("there is no {} `{name}`", facet.name), mend)
    }

    /// A row that the knowledge has no value for and should: its value is written out, ready to be put into the facet's file.
    fn stranger(self, key: &str, name: &str) -> Found<'knowledge> {
        let mut value = format!("\n    [[value]]\n    id = \"{}\"\n    name = \"{name}\"\n    code = \"{key}\"\n", slug(name));
        let implied = self.implied(name);
        let _ = writeln!(value, "    aliases = [{}]", quoted(&self.aliases(name, implied.first().map(|(_, id)| *id))));
        for facet in self.implied_facets() {
            let ids: Vec<String> = implied.iter().filter(|(of, _)| *of == facet.id.as_str()).map(|(_, id)| (*id).to_owned()).collect();
            if !ids.is_empty() {
                let _ = writeln!(value, "    implies = {{ {} = [{}] }}", facet.id, quoted(&ids));
            }
        }
        let file = &self.facet.place.file;
        let mend =
            format!("put this into {file}, with the aliases people use, and import again (a row that is a slip is taken out):\n{value}");
        Found::Fault(format!("there is no {} with the code {key}: {name}", self.facet.name), mend)
    }

    /// Facets that values of this one bring along.
    fn implied_facets(self) -> impl Iterator<Item = &'knowledge Facet> {
        self.knowledge.facets.iter().filter(move |other| self.facet.values.iter().any(|value| value.implies.contains_key(&other.id)))
    }

    /// What a name tells of other facets, as facet and value: "Weirton-Steubenville, WV-OH", "East Arkansas nonmetropolitan area".
    fn implied(self, name: &str) -> Vec<(&'knowledge str, &'knowledge str)> {
        let mut implied = Vec::new();
        for facet in self.implied_facets() {
            let found: Vec<&FacetValue> = if let Some((_, ids)) = name.rsplit_once(", ") {
                ids.split('-').filter_map(|id| facet.value(id)).collect()
            } else {
                let named = facet.values.iter().filter(|value| name.contains(&value.name));
                named.max_by_key(|value| value.name.len()).into_iter().collect()
            };
            implied.extend(found.into_iter().map(|value| (facet.id.as_str(), value.id.as_str())));
        }
        implied
    }

    /// The cities of a name that no other value claims; one that is claimed is told apart by what follows it.
    fn aliases(self, name: &str, told_apart: Option<&str>) -> Vec<String> {
        let taken =
            |alias: &str| self.facet.values.iter().any(|value| value.aliases.iter().chain(&value.in_context).any(|other| other == alias));
        let (cities, _) = name.split_once(", ").unwrap_or((name, ""));
        let parts: Vec<&str> = if cities == name { vec![name] } else { cities.split(['-', '/']).filter(|city| !city.is_empty()).collect() };
        let aliases = parts.into_iter().map(str::to_lowercase).map(|city| match told_apart {
            Some(id) if taken(&city) => format!("{city} {}", id.to_lowercase()),
            _ => city,
        });
        aliases.filter(|alias| !taken(alias)).collect()
    }
}

/// A name that the knowledge has under another code.
fn other_code(key: &str, name: &str, namesake: &FacetValue) -> Found<'static> {
    let held = namesake.code.as_ref().map_or_else(|| "has none".to_owned(), |code| format!("has {code}"));
    Found::Fault(
        format!("{name} has the code {key}, the value `{}` {held}", namesake.id),
        format!("if it is the same, write code = \"{key}\" at {}; if not, mend the file", namesake.place),
    )
}

/// A code may have lost its leading zeros in a spreadsheet.
pub(super) fn same_code(left: &str, right: &str) -> bool {
    left.trim_start_matches('0') == right.trim_start_matches('0')
}

/// A name without its punctuation and without what stands in brackets after it.
fn folded(name: &str) -> String {
    let (name, _) = name.split_once(" (").unwrap_or((name, ""));
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn slug(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

fn quoted(texts: &[String]) -> String {
    texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}
