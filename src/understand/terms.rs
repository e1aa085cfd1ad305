//! The terms a question is matched by: its words, with words that mean the same made one.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::facets::{Mention, Recogniser};
use crate::knowledge::Vocabulary;
use crate::text::phrases::Phrases;
use crate::text::stem::Stems;
use crate::text::{Token, words};

/// Something a question is matched by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The word, or `{facet}` where a value of a stand-in facet is named.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// The facets named here, as `facet` and `facet=value`, and `facet beside another` where one was named before.
    pub facets: Vec<String>,
    /// Whether it stands in the name of a facet's value: "an rn" is two words and one name.
    pub in_name: bool,
}

impl Term {
    /// Whether it stands for a facet rather than a word.
    #[must_use]
    pub fn is_stand_in(&self) -> bool {
        self.word.starts_with('{')
    }
}

/// Makes terms of tokens.
#[derive(Debug, Default)]
pub(super) struct Terms {
    same: Phrases<Vec<String>>,
    ignore: HashSet<String, FxBuildHasher>,
    subject: Vec<String>,
}

impl Terms {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let mut same = Phrases::default();
        for (word, means) in &vocabulary.same {
            let word = words(word);
            for meaning in means {
                same.add(words(meaning), word.clone());
            }
        }
        let ignore = vocabulary.ignore.iter().flat_map(|word| words(word)).collect();
        Self { same, ignore, subject: vocabulary.subject.clone() }
    }

    /// Whether one of the terms names what the knowledge is about; where it does not say what that is, any text may be about it.
    pub(super) fn name_subject(&self, terms: &[Term]) -> bool {
        self.subject.is_empty() || terms.iter().any(|term| self.subject.contains(&term.word))
    }

    /// What the knowledge is about, in one word, if it says so.
    pub(super) fn subject(&self) -> Option<&str> {
        self.subject.iter().map(String::as_str).find(|word| !word.starts_with('{'))
    }

    /// The terms of a text whose facets have been found.
    pub(super) fn of(&self, tokens: &[Token], mentions: &[Mention], recogniser: &Recogniser, stems: &Stems) -> Vec<Term> {
        let plain: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        let mut terms = Vec::with_capacity(tokens.len());
        let mut start = 0;
        while start < tokens.len() {
            let here: Vec<&Mention> = mentions.iter().filter(|mention| mention.start == start).collect();
            let facets: Vec<String> = here.iter().flat_map(|mention| labels(mention, mentions, recogniser)).collect();
            if let Some(stand_in) = here
                .iter()
                .filter(|mention| mention.value.is_none() || recogniser.is_stand_in(mention.facet))
                .max_by_key(|mention| mention.end)
            {
                let word = format!("{{{}}}", recogniser.id(stand_in.facet));
                terms.push(Term { stem: word.clone(), word, facets, in_name: true });
                start = stand_in.end;
                continue;
            }
            let in_name = mentions.iter().any(|mention| mention.start <= start && start < mention.end);
            if let Some(span) = self.same.at(&plain, start).next() {
                push_words(span.value.iter().map(String::as_str), facets, in_name, stems, &mut terms);
                start = span.end;
                continue;
            }
            if !self.ignore.contains(plain[start]) || !facets.is_empty() {
                push_words(std::iter::once(plain[start]), facets, in_name, stems, &mut terms);
            }
            start += 1;
        }
        terms
    }
}

fn push_words<'word>(
    words: impl Iterator<Item = &'word str>,
    mut facets: Vec<String>,
    in_name: bool,
    stems: &Stems,
    terms: &mut Vec<Term>,
) {
    for word in words {
        terms.push(Term { word: word.to_owned(), stem: stems.stem(word).into_owned(), facets: std::mem::take(&mut facets), in_name });
    }
}

/// What a mention says of its facet: that it is named, with which value unless that is for the facet to say, and that it is
/// the second of two.
fn labels(mention: &Mention, mentions: &[Mention], recogniser: &Recogniser) -> Vec<String> {
    let facet = recogniser.id(mention.facet);
    let mut labels = vec![facet.to_string()];
    if let Some(value) = mention.value.filter(|_| !recogniser.is_stand_in(mention.facet)) {
        labels.push(format!("{facet}={}", recogniser.value_id(mention.facet, value)));
    }
    let other = |earlier: &Mention| earlier.facet == mention.facet && (earlier.value.is_none() || earlier.value != mention.value);
    if mentions.iter().take_while(|earlier| earlier.start < mention.start).any(other) {
        labels.push(format!("{facet} beside another"));
    }
    labels
}
