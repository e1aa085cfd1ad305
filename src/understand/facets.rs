//! Finds the facet values that a question names.
//!
//! Aliases match whole words, the longest first. An alias that is a word of its own ("in", "or", "me") or the trade itself
//! counts only where its surroundings say so; what they must say is part of the facet's file.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::knowledge::{Facet, FacetId, ValueId, Values};
use crate::text::phrases::Phrases;
use crate::text::stem::{Stems, stem};
use crate::text::{Token, words};

/// A place in a question where a facet is named: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Index of the facet.
    pub facet: usize,
    /// Index of its value; none where a wording leaves it open.
    pub value: Option<usize>,
    /// Index of its first token.
    pub start: usize,
    /// Index behind its last token.
    pub end: usize,
}

/// No text is read for more names: what lists so many asks about none of them.
const MOST_MENTIONS: usize = 100;

/// Common words that are also codes: in small letters, with a word behind them, they are words.
const COMMON_WORDS: [&str; 12] = ["al", "co", "de", "hi", "id", "in", "la", "me", "oh", "ok", "or", "so"];
/// Those that people write in capitals and still mean as words: "is it OK", "shots OR blood draws", "a photo ID". In capitals, too, they
/// are words unless they end what is said.
const WORDS_IN_CAPITALS: [&str; 6] = ["hi", "id", "in", "ok", "or", "so"];
/// Behind one of these, letters in capitals are no code, but a thing or a person, or the end of what is asked: "in the OR", "for a MD",
/// "no MD here", "is that OK".
const NO_CODE_BEHIND: [&str; 27] = [
    "a", "am", "an", "another", "any", "are", "be", "been", "being", "every", "he", "her", "his", "i", "is", "it", "my", "no", "our",
    "she", "that", "the", "their", "they", "was", "you", "your",
];
/// Those that link what stands in a list: "in Ohio and in Denver" names no Indiana.
const LINKS: [&str; 4] = ["in", "me", "or", "so"];
/// Those that people put behind a comma to end what they say: "I can do that, ok?"
const TAGS: [&str; 2] = ["ok", "so"];

/// Knows every alias of every facet.
#[derive(Debug)]
pub(super) struct Recogniser {
    facets: Vec<Known>,
    by_id: HashMap<String, usize>,
}

#[derive(Debug)]
struct Known {
    id: FacetId,
    stems: bool,
    stand_in: bool,
    given_only: bool,
    aliases: Phrases<Alias>,
    introduced_by: Phrases<()>,
    longest_introduction: usize,
    followed_by: Phrases<()>,
    everywhere: Phrases<()>,
    values: Vec<KnownValue>,
}

#[derive(Debug)]
struct KnownValue {
    id: ValueId,
    implies: Values,
    covers: Vec<ValueId>,
}

#[derive(Debug)]
struct Alias {
    value: usize,
    in_context: bool,
    /// Written in capitals it is meant: true unless it also means something else.
    capitals_suffice: bool,
    /// It ends in a letter that is a word of its own where it stands apart: "ccma-a", but not "is the ccma a hard exam".
    tied: bool,
}

impl Recogniser {
    /// Learns the aliases. `trade` are the words of the trade itself: no capitals make one of them a facet.
    pub(super) fn new(facets: &[Facet], trade: impl Iterator<Item = String>) -> Self {
        let mut shared = shared_aliases(facets);
        shared.extend(trade);
        let by_id = facets.iter().enumerate().map(|(index, facet)| (facet.id.to_string(), index)).collect();
        Self { facets: facets.iter().map(|facet| Known::new(facet, &shared)).collect(), by_id }
    }

    pub(super) fn facet(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn id(&self, facet: usize) -> &FacetId {
        &self.facets[facet].id
    }

    pub(super) fn value_id(&self, facet: usize, value: usize) -> &ValueId {
        &self.facets[facet].values[value].id
    }

    pub(super) fn is_stand_in(&self, facet: usize) -> bool {
        self.facets[facet].stand_in
    }

    /// Where facets are named, in the order of the text. A mention inside a longer one of another facet does not count:
    /// "Kansas City" is no Kansas.
    pub(super) fn mentions(&self, tokens: &[Token], stems: &Stems) -> Vec<Mention> {
        let plain: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        let stems: Vec<Cow<'_, str>> = plain.iter().map(|word| stems.stem(word)).collect();
        let stems: Vec<&str> = stems.iter().map(AsRef::as_ref).collect();
        let shouting = tokens.iter().filter(|token| token.capitals).count() * 2 > tokens.len().max(3);
        let mut found = Vec::new();
        for (index, facet) in self.facets.iter().enumerate().filter(|(_, facet)| !facet.given_only) {
            let read = if facet.stems { &stems } else { &plain };
            facet.find(index, &Read { tokens, words: read, plain: &plain, shouting }, &mut found);
        }
        found.sort_by_key(|mention| (mention.start, mention.facet));
        found.truncate(MOST_MENTIONS);
        let whole = found.clone();
        found.retain(|mention| !whole.iter().any(|other| other.facet != mention.facet && contains(other, mention)));
        let whole = found.clone();
        found.retain(|mention| !self.is_ruled_out(mention, &whole));
        found
    }

    /// Whether the rest of the text speaks for the other of two things that words can mean: "LA" is no Los Angeles beside New Orleans, and
    /// no Louisiana beside California.
    fn is_ruled_out(&self, mention: &Mention, all: &[Mention]) -> bool {
        let is_backed = |mention: &Mention| {
            let mut others = all.iter().filter(|other| other.start != mention.start);
            others.any(|other| self.says(other).any(|said| self.says(mention).any(|own| own == said)))
        };
        let mut rivals = all.iter().filter(|other| self.is_rival(other, mention));
        rivals.any(is_backed) && !is_backed(mention)
    }

    /// Whether the same words name both, and one names a facet otherwise than the other implies it.
    fn is_rival(&self, other: &Mention, mention: &Mention) -> bool {
        let same_words = (other.start, other.end) == (mention.start, mention.end) && other.facet != mention.facet;
        let differ = || {
            let mut pairs = self.says(other).flat_map(|theirs| self.says(mention).map(move |ours| (theirs, ours)));
            pairs.any(|(theirs, ours)| theirs.0 == ours.0 && theirs.1 != ours.1)
        };
        same_words && differ()
    }

    /// What a mention names and implies.
    fn says(&self, mention: &Mention) -> impl Iterator<Item = (&FacetId, &ValueId)> {
        let facet = &self.facets[mention.facet];
        let value = mention.value.map(|value| &facet.values[value]);
        let implied =
            value.into_iter().flat_map(|value| &value.implies).flat_map(|(facet, values)| values.iter().map(move |value| (facet, value)));
        value.into_iter().map(|value| (&facet.id, &value.id)).chain(implied)
    }

    /// The values named, and those they imply for facets that are not named. Where nothing tells which of two things words mean, or a text
    /// names one state and a city in another, both are named: the rule of one state must not stand for that of another.
    pub(super) fn values(&self, tokens: &[Token], mentions: &[Mention]) -> (Values, Values) {
        let (mut named, mut implied) = (Values::new(), Values::new());
        for mention in mentions {
            let Some(value) = mention.value else { continue };
            let facet = &self.facets[mention.facet];
            push(&mut named, &facet.id, &facet.values[value].id);
            let undecided = mentions.iter().any(|other| self.is_rival(other, mention));
            for (other, values) in &facet.values[value].implies {
                let counts_as_named = undecided || self.is_elsewhere(mention, (other, values), tokens, mentions);
                for value in values {
                    push(if counts_as_named { &mut named } else { &mut implied }, other, value);
                }
            }
        }
        implied.retain(|facet, _| !named.contains_key(facet));
        (named, implied)
    }

    /// Whether the text names other values of a facet than a mention implies, and names none of them of the thing mentioned: "from Ohio to
    /// Denver", but not "Columbus, Georgia" or "Columbus in Georgia".
    fn is_elsewhere(&self, mention: &Mention, implied: (&FacetId, &[ValueId]), tokens: &[Token], all: &[Mention]) -> bool {
        let of_facet = |other: &&Mention| self.facets[other.facet].id == *implied.0 && other.start != mention.start;
        let is_of_it = |other: &Mention| {
            let value = other.value.map(|value| self.value_id(other.facet, value));
            let behind =
                tokens.get(mention.end..other.start).map(|between| between.iter().map(|token| token.text.as_str()).collect::<Vec<_>>());
            value.is_none_or(|value| implied.1.contains(value))
                || other.end == mention.start
                || matches!(behind.as_deref(), Some([] | ["in"]))
        };
        let mut others = all.iter().filter(of_facet).peekable();
        others.peek().is_some() && !others.any(is_of_it)
    }

    /// The facets that a text asks about in all their values: "nationally", "which states".
    pub(super) fn everywhere(&self, tokens: &[Token]) -> Vec<FacetId> {
        let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        let said = |facet: &&Known| (0..words.len()).any(|start| facet.everywhere.at(&words, start).next().is_some());
        self.facets.iter().filter(said).map(|facet| facet.id.clone()).collect()
    }

    pub(super) fn covered(&self, facet: &FacetId, values: &[ValueId]) -> Vec<ValueId> {
        let Some(known) = self.facet(facet.as_str()).map(|index| &self.facets[index]) else { return values.to_vec() };
        let mut all = Vec::new();
        for value in values {
            let covers = known.values.iter().find(|known| known.id == *value).map_or(&[][..], |known| known.covers.as_slice());
            for value in std::iter::once(value).chain(covers) {
                if !all.contains(value) {
                    all.push(value.clone());
                }
            }
        }
        all
    }
}

/// A text in the forms the facets read.
struct Read<'text> {
    tokens: &'text [Token],
    words: &'text [&'text str],
    plain: &'text [&'text str],
    shouting: bool,
}

impl Known {
    fn new(facet: &Facet, shared: &HashSet<String>) -> Self {
        let form = |alias: &str| -> Vec<String> {
            let words = words(alias);
            if facet.stems { words.iter().map(|word| stem(word)).collect() } else { words }
        };
        let mut aliases = Phrases::default();
        for (value, known) in facet.values.iter().enumerate() {
            for alias in known.aliases.iter().chain([&known.name]) {
                aliases.add(form(alias), Alias { value, in_context: false, capitals_suffice: true, tied: alias.ends_with("-a") });
            }
            for alias in &known.in_context {
                let capitals_suffice = !shared.contains(&words(alias).join(" "));
                aliases.add(form(alias), Alias { value, in_context: true, capitals_suffice, tied: false });
            }
        }
        let phrases = |wordings: &[String]| {
            let mut phrases = Phrases::default();
            for wording in wordings {
                phrases.add(words(wording), ());
            }
            phrases
        };
        let values = facet
            .values
            .iter()
            .map(|value| KnownValue { id: value.id.clone(), implies: value.implies.clone(), covers: value.covers.clone() })
            .collect();
        Self {
            id: facet.id.clone(),
            stems: facet.stems,
            stand_in: facet.stand_in,
            given_only: facet.given_only,
            aliases,
            introduced_by: phrases(&facet.introduced_by),
            longest_introduction: facet.introduced_by.iter().map(|wording| words(wording).len()).max().unwrap_or_default(),
            followed_by: phrases(&facet.followed_by),
            everywhere: phrases(&facet.everywhere),
            values,
        }
    }

    fn find(&self, facet: usize, read: &Read<'_>, found: &mut Vec<Mention>) {
        let mut start = 0;
        while start < read.words.len() {
            // "TX or OK": what stands in a list with a value named is meant too.
            let token = &read.tokens[start];
            let links = LINKS.contains(&token.text.as_str()) && !token.capitals && !token.ends_clause;
            let listed = !links && found.last().is_some_and(|before| before.facet == facet && is_list(&read.plain[before.end..start]));
            let span = self
                .aliases
                .at(read.words, start)
                .filter(|span| !span.value.tied || read.tokens[span.end - 1].set_off)
                .find(|span| !span.value.in_context || listed || self.in_context(span.value, span.start, span.end, read));
            if let Some(span) = span {
                found.push(Mention { facet, value: Some(span.value.value), start: span.start, end: span.end });
                start = span.end;
            } else {
                start += 1;
            }
        }
    }

    /// Whether the surroundings of an alias say that it is meant.
    fn in_context(&self, alias: &Alias, start: usize, end: usize, read: &Read<'_>) -> bool {
        let first = &read.tokens[start];
        let in_capitals = first.capitals && !read.shouting;
        let is_word = end - start == 1 && COMMON_WORDS.contains(&first.text.as_str()) && !first.capitals;
        if (is_word && !read.tokens[end - 1].ends_clause) || (end - start == 1 && abbreviates(start, read)) {
            return false;
        }
        let clause_before = start.checked_sub(1).is_none_or(|before| read.tokens[before].ends_clause && !first.set_off);
        let introduced = !clause_before
            && (1..=self.longest_introduction.min(start))
                .any(|length| self.introduced_by.at(read.plain, start - length).any(|span| span.end == start));
        let followed = !read.tokens[end - 1].ends_clause && self.followed_by.at(read.plain, end).next().is_some();
        let is_tag = is_word && TAGS.contains(&first.text.as_str());
        let after_comma = first.set_off && start > 0 && read.tokens[end - 1].ends_clause && !is_tag;
        introduced || followed || after_comma || (in_capitals && alias.capitals_suffice && self.is_code(start, end, read))
    }

    /// Whether letters in capitals stand where a code does: "pay OR", "OK or TX", but not "the OR", "shots OR vaccines" or "ask ME".
    fn is_code(&self, start: usize, end: usize, read: &Read<'_>) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        if end - start > 1 {
            return true;
        }
        let (word, last) = (read.plain[start], &read.tokens[start]);
        let begins_list =
            || read.plain.get(end).is_some_and(|link| is_list(&[link])) && self.aliases.at(read.words, end + 1).next().is_some();
        let is_word = word == "me" || (WORDS_IN_CAPITALS.contains(&word) && !last.ends_clause && !begins_list());
        !is_word && !NO_CODE_BEHIND.contains(&read.plain[before])
    }
}

/// Whether a word in brackets only abbreviates the words before it: "medical assistant (MA)", "physician assistant (PA)".
fn abbreviates(at: usize, read: &Read<'_>) -> bool {
    let Read { tokens, plain, .. } = read;
    let in_brackets = tokens[at].set_off && tokens[at].ends_clause && at.checked_sub(1).is_some_and(|before| !tokens[before].ends_clause);
    let spelt_out = at.checked_sub(plain[at].chars().count()).map_or(&[][..], |from| &plain[from..at]);
    in_brackets && !spelt_out.is_empty() && spelt_out.iter().map(|word| word.chars().next()).eq(plain[at].chars().map(Some))
}

/// Whether words between two values make a list of them.
fn is_list(between: &[&str]) -> bool {
    matches!(between, ["or" | "and" | "vs" | "versus" | "to" | "than"] | ["and", "or"])
}

/// Aliases that stand for values of more than one facet.
fn shared_aliases(facets: &[Facet]) -> HashSet<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for facet in facets {
        let mut own: HashSet<String> = HashSet::new();
        for value in &facet.values {
            own.extend(value.aliases.iter().chain(&value.in_context).map(|alias| words(alias).join(" ")));
        }
        for alias in own {
            *seen.entry(alias).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, facets)| *facets > 1).map(|(alias, _)| alias).collect()
}

fn contains(outer: &Mention, inner: &Mention) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start
}

fn push(values: &mut Values, facet: &FacetId, value: &ValueId) {
    let list = values.entry(facet.clone()).or_default();
    if !list.contains(value) {
        list.push(value.clone());
    }
}
