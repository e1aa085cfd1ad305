//! What somebody may mean who has typed only a part of it, ranked as a person would: the very thing, what begins so, what is also
//! called so, what holds the words, and at last what is only misspelt.
//!
//! A [`Suggester`] knows the names of every facet's values and the wordings of every entry, made ready once. It ranks and knows
//! nothing else: which entry a whole question means is [`crate::matching`]'s business.

use std::collections::HashMap;

use crate::knowledge::{EntryId, Facet, FacetId, FacetValue, Knowledge};
use crate::text::fold::fold;
use crate::text::words;

/// How well something fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is called exactly so.
    Name,
    /// It is also called exactly so.
    Alias,
    /// Its name begins so.
    NameBegins,
    /// Each word typed begins a word of its name.
    NameWords,
    /// Something else that it is called begins so.
    AliasBegins,
    /// Each word typed begins a word of something else that it is called.
    AliasWords,
    /// Its name holds what was typed somewhere inside.
    NameHolds,
    /// What was typed is a misspelling of its name or of something else that it is called.
    Misspelt,
}

/// The shortest text that counts inside a name or as a misspelling of one.
const FEWEST_LETTERS: usize = 3;

/// Knows what everything is called.
#[derive(Debug)]
pub struct Suggester {
    values: HashMap<FacetId, Vec<Names>>,
    entries: HashMap<EntryId, Names>,
}

/// All that one thing is called.
#[derive(Debug)]
struct Names {
    id: Box<str>,
    name: Wording,
    aliases: Box<[Wording]>,
}

/// A text as it is compared: its folded words, with single spaces.
///
/// Marks between words and at the end do not count: "certified medical assistant (aama)", "Can an MA draw blood?".
#[derive(Debug, PartialEq, Eq)]
struct Wording(Box<str>);

impl Wording {
    fn of(text: &str) -> Self {
        Self(words(text).join(" ").into_boxed_str())
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|word| !word.is_empty())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn begins_with(&self, typed: &Self) -> bool {
        self.0.starts_with(&*typed.0)
    }

    fn holds(&self, typed: &Self) -> bool {
        self.0.contains(&*typed.0)
    }

    /// Whether each word of `typed` begins a word of its own here.
    fn has_words_of(&self, typed: &Self) -> bool {
        let mut left: Vec<&str> = self.words().collect();
        typed.words().all(|typed| match left.iter().position(|word| word.starts_with(typed)) {
            Some(at) => {
                left.swap_remove(at);
                true
            }
            None => false,
        })
    }

    /// Whether each word of `typed` is, but for a slip, a word here or its beginning.
    fn is_misspelt_as(&self, typed: &Self) -> bool {
        typed.words().all(|typed| self.words().any(|word| is_slip(typed, word)))
    }
}

/// Whether `typed` is `word` or its beginning with one slip; with two in a long word.
fn is_slip(typed: &str, word: &str) -> bool {
    let length = typed.chars().count();
    let slips = if length > 7 { 2 } else { usize::from(length >= FEWEST_LETTERS) };
    let begun: String = word.chars().take(length).collect();
    strsim::osa_distance(typed, &begun) <= slips || (word.chars().count() <= length + slips && strsim::osa_distance(typed, word) <= slips)
}

impl Names {
    fn of(id: &str, name: &str, aliases: impl Iterator<Item = impl AsRef<str>>) -> Self {
        Self { id: fold(id).into_boxed_str(), name: Wording::of(name), aliases: aliases.map(|alias| Wording::of(alias.as_ref())).collect() }
    }

    fn of_value(value: &FacetValue) -> Self {
        Self::of(value.id.as_str(), &value.name, value.aliases.iter().chain(&value.in_context))
    }

    /// How well it fits; `None` if it does not. Misspellings are the dearest to look for, so only where `misspelt` says so.
    fn fit(&self, typed: &Wording, misspelt: bool) -> Option<Fit> {
        let any = |fits: &dyn Fn(&Wording) -> bool| self.aliases.iter().any(fits);
        let long = typed.0.chars().count() >= FEWEST_LETTERS;
        if self.id == typed.0 || self.name == *typed {
            Some(Fit::Name)
        } else if any(&|alias| alias == typed) {
            Some(Fit::Alias)
        } else if self.name.begins_with(typed) {
            Some(Fit::NameBegins)
        } else if self.name.has_words_of(typed) {
            Some(Fit::NameWords)
        } else if any(&|alias| alias.begins_with(typed)) {
            Some(Fit::AliasBegins)
        } else if any(&|alias| alias.has_words_of(typed)) {
            Some(Fit::AliasWords)
        } else if long && self.name.holds(typed) {
            Some(Fit::NameHolds)
        } else if long && misspelt && (self.name.is_misspelt_as(typed) || any(&|alias| alias.is_misspelt_as(typed))) {
            Some(Fit::Misspelt)
        } else {
            None
        }
    }
}

impl Suggester {
    /// Learns what everything is called.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let values = |facet: &Facet| (facet.id.clone(), facet.values.iter().map(Names::of_value).collect());
        let entries = knowledge.entries.iter().map(|entry| (entry.id.clone(), Names::of("", &entry.question, entry.ask.iter())));
        Self { values: knowledge.facets.iter().map(values).collect(), entries: entries.collect() }
    }

    /// The values of a facet that may be meant, the likeliest first; while nothing is typed, those the facet puts first.
    #[must_use]
    pub fn values<'facet>(&self, facet: &'facet Facet, typed: &str) -> Vec<&'facet FacetValue> {
        let typed = Wording::of(typed);
        let place = |value: &FacetValue| facet.first.iter().position(|first| *first == value.id).unwrap_or(usize::MAX);
        let mut ranked: Vec<(Option<Fit>, usize, &FacetValue)> = Vec::new();
        for (value, names) in facet.values.iter().zip(self.values.get(&facet.id).into_iter().flatten()) {
            let fit = names.fit(&typed, true);
            if typed.is_empty() || fit.is_some() {
                ranked.push((fit.filter(|_| !typed.is_empty()), place(value), value));
            }
        }
        // A guess at a slip of the finger only puzzles beside what was typed rightly.
        if ranked.iter().any(|(fit, ..)| fit.is_some_and(|fit| fit < Fit::Misspelt)) {
            ranked.retain(|(fit, ..)| *fit != Some(Fit::Misspelt));
        }
        // What fits equally well stays in the order of the facet's file.
        ranked.sort_by_key(|(fit, place, _)| (*fit, *place));
        ranked.into_iter().map(|(_, _, value)| value).collect()
    }

    /// How well an entry fits what was typed.
    #[must_use]
    pub fn entry(&self, entry: &EntryId, typed: &str) -> Option<Fit> {
        self.entries.get(entry).and_then(|names| names.fit(&Wording::of(typed), false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Place, ValueId, Values};

    fn facet(values: &[(&str, &str, &[&str])], first: &[&str]) -> Facet {
        let value = |(id, name, aliases): &(&str, &str, &[&str])| FacetValue {
            id: ValueId::from(*id),
            name: (*name).to_owned(),
            code: None,
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            in_context: Vec::new(),
            implies: Values::new(),
            covers: Vec::new(),
            tile: None,
            place: Place::default(),
        };
        Facet {
            id: FacetId::from("state"),
            name: "state".to_owned(),
            introduced_by: Vec::new(),
            followed_by: Vec::new(),
            stems: false,
            stand_in: true,
            given_only: false,
            first: first.iter().map(|first| ValueId::from(*first)).collect(),
            prompt: None,
            home: false,
            everywhere: Vec::new(),
            values: values.iter().map(value).collect(),
            place: Place::default(),
        }
    }

    fn states(typed: &str) -> Vec<String> {
        let facet = facet(
            &[
                ("CO", "Colorado", &["colo"]),
                ("CT", "Connecticut", &["conn"]),
                ("DC", "District of Columbia", &["washington dc", "d.c."]),
                ("MA", "Massachusetts", &["mass"]),
                ("NC", "North Carolina", &[]),
                ("NY", "New York", &["empire state"]),
                ("SC", "South Carolina", &[]),
                ("WA", "Washington", &["washington state"]),
                ("WV", "West Virginia", &["w virginia"]),
                ("VA", "Virginia", &[]),
            ],
            &["NY", "WA"],
        );
        let knowledge = Knowledge { facets: vec![facet], ..Knowledge::default() };
        let suggester = Suggester::new(&knowledge);
        suggester.values(&knowledge.facets[0], typed).iter().map(|value| value.id.to_string()).collect()
    }

    #[test]
    fn the_very_thing_stands_before_what_only_begins_so() {
        assert_eq!(states("co"), ["CO", "CT", "DC"]);
        assert_eq!(states("WASHINGTON"), ["WA", "DC"]);
        assert_eq!(states("washington dc"), ["DC"]);
        assert_eq!(states("D.C."), ["DC"]);
    }

    #[test]
    fn names_that_begin_so_stand_before_words_inside_and_those_before_aliases() {
        assert_eq!(states("vir"), ["VA", "WV"]);
        assert_eq!(states("caro"), ["NC", "SC"]);
        assert_eq!(states("york new"), ["NY"]);
        assert_eq!(states("mass"), ["MA"]);
        assert_eq!(states("emp"), ["NY"]);
        assert_eq!(states("setts"), ["MA"]);
    }

    #[test]
    fn a_slip_of_the_finger_still_finds() {
        assert_eq!(states("masachus"), ["MA"]);
        assert_eq!(states("conecticut"), ["CT"]);
        assert_eq!(states("virgnia"), ["WV", "VA"]);
        assert_eq!(states("new"), ["NY"], "nothing is misspelt where something fits");
        assert!(states("xyz").is_empty());
        assert!(states("zz").is_empty());
    }

    #[test]
    fn before_anything_is_typed_the_first_ones_stand_first() {
        assert_eq!(states("")[..3], ["NY", "WA", "CO"]);
        assert_eq!(states("  ").len(), 10);
    }
}
