//! From a question to a [`Query`]: the facets it names and the terms it is matched by.
//!
//! "can a CMA give shots in Texas" names `credential = cma`, `task = injection`, `state = TX`, and reads as the terms
//! `can a cma give injection in {state}`: words that mean the same are one term, and the value of a stand-in facet is the
//! facet itself, so that one wording serves every state. Nothing here knows entries, scores or answers.

mod exclusion;
mod facets;
mod numbers;
mod terms;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::answer::Question;
use crate::knowledge::{FacetId, Knowledge, Values};
use crate::text::asking::SENTENCE_ENDS;
use crate::text::english::is_function_word;
use crate::text::stem::Stems;
use crate::text::{Chain, Text, Token};
pub use facets::Mention;
use facets::Recogniser;
use numbers::Amount;
pub use terms::Term;
use terms::Terms;

/// Words that carry a follow-up but say nothing of their own.
const FILLERS: [&str; 74] = [
    "a", "about", "actually", "again", "also", "am", "an", "and", "are", "as", "at", "be", "but", "can", "could", "do", "does", "for",
    "from", "he", "here", "how", "i", "if", "im", "in", "instead", "is", "it", "just", "like", "live", "may", "me", "mean", "meant", "my",
    "no", "now", "of", "ok", "on", "only", "or", "please", "pls", "same", "say", "she", "should", "so", "sorry", "thanks", "that", "the",
    "then", "there", "they", "this", "too", "try", "u", "ur", "we", "well", "were", "what", "will", "work", "would", "yeah", "yes", "you",
    "your",
];
/// The most sentences of a question that are read one by one.
const MOST_SENTENCES: usize = 24;
/// Who stands for those whom a message is about.
const THEY: &str = "they";
/// A sentence of fewer terms is no question of its own.
const FEWEST_TERMS: usize = 3;

/// The facet of years, which every knowledge base has.
pub const YEAR: &str = "year";
/// The facet of amounts of money. Its values are wages in dollars an hour: `24.00`.
pub const AMOUNT: &str = "amount";

/// A question as it is matched.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The cleaned text, and its tokens without those that only set something aside.
    pub text: Text,
    /// Where facets are named in it.
    pub mentions: Vec<Mention>,
    /// What it is matched by.
    pub terms: Vec<Term>,
    /// The facets it names, with those given beside it; narrower and implied values are not filled in here.
    pub named: Values,
    /// Facets that a named value brings along: a city its state.
    pub implied: Values,
    /// Facets whose values a wording of the knowledge leaves open, once for each `{facet}`; none in a question.
    pub open: Vec<FacetId>,
    /// Facets that it asks about in all their values, so that none is taken for granted.
    pub everywhere: Vec<FacetId>,
}

impl Query {
    /// Whether a facet is named or implied.
    #[must_use]
    pub fn names(&self, facet: &str) -> bool {
        self.named.contains_key(facet) || self.implied.contains_key(facet)
    }

    /// Whether it names facets and says next to nothing else: "and in Texas?", "what about the RMA?".
    #[must_use]
    pub fn only_names(&self) -> bool {
        let says = |term: &Term| !term.in_name && !FILLERS.contains(&term.word.as_str());
        !self.named.is_empty() && !self.terms.iter().any(says)
    }

    /// Whether it is half a question: it names nothing and has one telling word at most, like "hours?" or "does it transfer".
    #[must_use]
    pub fn is_half(&self) -> bool {
        let telling = || self.terms.iter().filter(|term| !is_function_word(&term.word)).count();
        self.named.is_empty() && self.implied.is_empty() && telling() <= 1
    }

    /// Takes a facet as named, with its value left open.
    pub fn leave_open(&mut self, facet: &FacetId) {
        self.named.entry(facet.clone()).or_default();
        self.open.push(facet.clone());
    }

    /// The question with the facets that it leaves open taken from what the conversation was about.
    #[must_use]
    pub fn in_conversation(&self, earlier: &Values) -> Self {
        let mut query = self.clone();
        for (facet, values) in earlier {
            if !query.names(facet.as_str()) {
                query.named.insert(facet.clone(), values.clone());
            }
        }
        query
    }

    /// Everything named or implied.
    #[must_use]
    pub fn all_values(&self) -> Values {
        let mut all = self.implied.clone();
        all.extend(self.named.clone());
        all
    }
}

/// Reads questions and wordings the same way.
#[derive(Debug)]
pub struct Understanding {
    chain: Chain,
    recogniser: Recogniser,
    terms: Terms,
    stems: Stems,
}

impl Understanding {
    /// Learns the words of the knowledge.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut understanding = Self {
            chain: Chain::new(&knowledge.vocabulary.shorthand),
            recogniser: Recogniser::new(&knowledge.facets, knowledge.vocabulary.same.iter().map(|(word, _)| word.clone())),
            terms: Terms::new(&knowledge.vocabulary),
            stems: Stems::default(),
        };
        let counts = understanding.word_counts(knowledge);
        understanding.stems = Stems::of(counts.keys().map(String::as_str));
        understanding.chain.learn_spelling(counts, knowledge.vocabulary.keep.iter().cloned());
        understanding
    }

    /// Whether the knowledge uses this folded word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.chain.knows(word)
    }

    /// What somebody has typed so far, its last word written out where only its beginning stands there.
    #[must_use]
    pub fn finished<'typed>(&self, typed: &'typed str) -> Cow<'typed, str> {
        self.chain.finished(typed)
    }

    /// Reads a question.
    #[must_use]
    pub fn read(&self, question: &Question) -> Query {
        let mut text = self.chain.read(&question.text);
        let mut mentions = self.recogniser.mentions(&text.tokens, &self.stems);
        let set_aside = exclusion::set_aside(&text.tokens, &mentions, &self.recogniser);
        if !set_aside.is_empty() {
            for range in set_aside.into_iter().rev() {
                text.tokens.drain(range);
            }
            mentions = self.recogniser.mentions(&text.tokens, &self.stems);
        }
        let amounts = self.mention_amounts(&text.tokens, &mut mentions);
        let terms = self.terms.of(&text.tokens, &mentions, &self.recogniser, &self.stems);
        let (mut named, implied) = self.recogniser.values(&text.tokens, &mentions);
        numbers::years(&text.tokens, &mut named);
        for amount in amounts {
            amount.note(&mut named);
        }
        for (facet, values) in &question.given {
            named.insert(facet.clone(), values.clone());
        }
        let everywhere = self.recogniser.everywhere(&text.tokens);
        Query { text, mentions, terms, named, implied, open: Vec::new(), everywhere }
    }

    /// Reads the sentences of a question one by one, for a question that hides in chatter; none if it has but one.
    ///
    /// What a sentence leaves open is taken from the whole: "I work in Texas. Can I give shots?"
    #[must_use]
    pub fn read_sentences(&self, question: &Question, whole: &Query) -> Vec<Query> {
        let sentences: Vec<&str> = question.text.split_inclusive(SENTENCE_ENDS).filter(|sentence| sentence.len() > 1).collect();
        if sentences.len() < 2 {
            return Vec::new();
        }
        let sentences = sentences.into_iter().take(MOST_SENTENCES);
        let read = sentences.map(|sentence| self.read_part(sentence, question).in_conversation(&whole.named));
        read.filter(|query| query.terms.len() >= FEWEST_TERMS).collect()
    }

    /// Reads one question of a message that asks several: "what does an MA do and how much do they earn?"
    ///
    /// "They" are those whom the message is about, if it says so elsewhere.
    #[must_use]
    pub fn read_question(&self, part: &str, question: &Question, whole: &Query) -> Query {
        let is_they = |word: &str| word.eq_ignore_ascii_case(THEY);
        let query = self.read_part(part, question);
        match self.terms.subject() {
            Some(subject) if part.split_whitespace().any(is_they) && self.names_subject(whole) && !self.names_subject(&query) => {
                let words = part.split_whitespace().map(|word| if is_they(word) { subject } else { word });
                self.read_part(&words.collect::<Vec<_>>().join(" "), question)
            }
            _ => query,
        }
    }

    /// Reads a part of a question by itself.
    fn read_part(&self, part: &str, question: &Question) -> Query {
        self.read(&Question { text: part.to_owned(), given: question.given.clone(), earlier: None })
    }

    /// Reads a wording of the knowledge, in which `{state}` stands for any value of a facet: the facet is named, with no value.
    #[must_use]
    pub fn read_wording(&self, wording: &str) -> Query {
        let mut tokens: Vec<Token> = Vec::new();
        let mut mentions = Vec::new();
        let mut open = Vec::new();
        let mut rest = wording;
        while let Some((before, name, after)) = stand_in(rest) {
            self.read_piece(before, &mut tokens, &mut mentions);
            if let Some(facet) = self.recogniser.facet(name) {
                mentions.push(Mention { facet, value: None, start: tokens.len(), end: tokens.len() + 1 });
                open.push(self.recogniser.id(facet).clone());
                tokens.push(Token::plain(&format!("{{{name}}}")));
            }
            rest = after;
        }
        self.read_piece(rest, &mut tokens, &mut mentions);
        let terms = self.terms.of(&tokens, &mentions, &self.recogniser, &self.stems);
        let (mut named, implied) = self.recogniser.values(&tokens, &mentions);
        for mention in mentions.iter().filter(|mention| mention.value.is_none()) {
            named.entry(self.recogniser.id(mention.facet).clone()).or_default();
        }
        Query { text: Text { folded: String::new(), tokens }, mentions, terms, named, implied, open, everywhere: Vec::new() }
    }

    /// Amounts of money stand for their facet, where the knowledge has it: "$24 an hour" reads as `{amount}`.
    fn mention_amounts(&self, tokens: &[Token], mentions: &mut Vec<Mention>) -> Vec<Amount> {
        let Some(facet) = self.recogniser.facet(AMOUNT) else { return Vec::new() };
        let amounts = numbers::amounts(tokens);
        mentions.extend(amounts.iter().map(|amount| Mention { facet, value: None, start: amount.start, end: amount.end }));
        amounts
    }

    fn read_piece(&self, piece: &str, tokens: &mut Vec<Token>, mentions: &mut Vec<Mention>) {
        let read = self.chain.read_wording(piece);
        let mut found = self.recogniser.mentions(&read, &self.stems);
        self.mention_amounts(&read, &mut found);
        for mention in found {
            mentions.push(Mention { start: mention.start + tokens.len(), end: mention.end + tokens.len(), ..mention });
        }
        tokens.extend(read);
    }

    /// Whether a text names what the knowledge is about.
    #[must_use]
    pub fn names_subject(&self, query: &Query) -> bool {
        self.terms.name_subject(&query.terms)
    }

    /// The values of a facet that `values` stand for: themselves and the narrower ones they cover.
    #[must_use]
    pub fn covered(&self, facet: &FacetId, values: &[crate::knowledge::ValueId]) -> Vec<crate::knowledge::ValueId> {
        self.recogniser.covered(facet, values)
    }

    /// How often each word occurs in the wordings and names of the knowledge.
    fn word_counts(&self, knowledge: &Knowledge) -> HashMap<String, u32> {
        let vocabulary = &knowledge.vocabulary;
        let entries = knowledge.entries.iter().flat_map(|entry| entry.ask.iter().chain([&entry.question]));
        let asides = knowledge.asides.iter().flat_map(|aside| &aside.ask);
        let values = knowledge.facets.iter().flat_map(|facet| &facet.values).flat_map(|value| value.aliases.iter().chain([&value.name]));
        let same = vocabulary.same.iter().flat_map(|(word, means)| means.iter().chain([word]));
        let passes = knowledge.guards.iter().flat_map(|guard| &guard.passes);
        let mut counts = HashMap::new();
        for wording in entries.chain(asides).chain(values).chain(same).chain(passes) {
            for token in self.chain.read_wording(wording) {
                *counts.entry(token.text).or_insert(0) += 1;
            }
        }
        counts
    }
}

/// The first `{name}` of a wording, with what stands before and behind it.
fn stand_in(wording: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = wording.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
