//! The whole way from a question to a reply, behind one call.
//!
//! An [`Engine`] is an immutable snapshot of the knowledge and all that is made from it. Reloading makes a new one and swaps
//! it in. It is pure: no clock, no I/O, no async; the day comes in with the [`View`].

use crate::answer::compose::{Asked, Composer};
use crate::answer::picture::Picture;
use crate::answer::{Choice, Earlier, Outcome, Question, Reply, View};
use crate::guard::{Guards, Stop};
use crate::knowledge::{Entry, EntryId, Fault, Faults, Knowledge, ValueId, Values, files, load};
use crate::matching::decision::Decision;
use crate::matching::explanation::Explanation;
use crate::matching::{Index, Target};
use crate::understand::{Query, Understanding};

/// Answers questions.
#[derive(Debug)]
pub struct Engine {
    knowledge: Knowledge,
    understanding: Understanding,
    guards: Guards,
    index: Index,
    composer: Composer,
}

/// Why a question was answered as it was.
#[derive(Debug)]
pub struct Why {
    /// The question as it was understood.
    pub query: Query,
    /// The guard that spoke, and its pattern.
    pub stop: Option<Stop>,
    /// The candidates and the decision, where no guard spoke.
    pub explanation: Option<Explanation>,
}

impl Engine {
    /// Makes an engine of the knowledge.
    ///
    /// # Errors
    /// Guards or templates that do not compile.
    pub fn new(knowledge: Knowledge) -> Result<Self, Faults> {
        let guards = Guards::new(&knowledge);
        let composer = Composer::new(&knowledge);
        let (guards, composer) = match (guards, composer) {
            (Ok(guards), Ok(composer)) => (guards, composer),
            (guards, composer) => {
                let faults = guards.err().into_iter().chain(composer.err()).flatten();
                return Err(Faults(faults.collect()));
            }
        };
        let understanding = Understanding::new(&knowledge);
        let index = Index::new(&knowledge, &understanding);
        Ok(Self { knowledge, understanding, guards, index, composer })
    }

    /// Makes an engine of the knowledge carried in the binary, with the warnings found in it.
    ///
    /// # Errors
    /// Faults of the shipped knowledge; the tests see to it that there are none.
    pub fn shipped() -> Result<(Self, Vec<Fault>), Faults> {
        let (knowledge, warnings) = load::load(&files::shipped())?;
        Ok((Self::new(knowledge)?, warnings))
    }

    /// What this engine knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Answers a question.
    #[must_use]
    pub fn answer(&self, question: &Question, view: &View) -> Reply {
        let query = self.understanding.read(question);
        if let Some(stop) = self.guards.check(&query.text.folded) {
            return Composer::guarded(&self.knowledge, &self.knowledge.guards[stop.guard]);
        }
        if query.text.tokens.is_empty() && question.given.is_empty() {
            return Reply::fixed(Outcome::Clarify, self.knowledge.texts.empty.clone());
        }
        if let Some(reply) = question.earlier.as_ref().and_then(|earlier| self.follow_up(&query, earlier, view)) {
            return reply;
        }
        let decision = self.index.decide(&query, &self.knowledge, &self.understanding);
        if let Decision::Neither { .. } = decision
            && let Some(stop) = self.guards.check_without_exceptions(&query.text.folded)
        {
            return Composer::guarded(&self.knowledge, &self.knowledge.guards[stop.guard]);
        }
        if !matches!(decision, Decision::Sure { .. })
            && let Some((sentence, decision)) = self.in_chatter(question, &query)
        {
            return self.reply(&sentence, &decision, view);
        }
        self.reply(&query, &decision, view)
    }

    /// Why a question is answered as it is.
    #[must_use]
    pub fn explain(&self, question: &Question, most_candidates: usize) -> Why {
        let query = self.understanding.read(question);
        let stop = self.guards.check(&query.text.folded);
        let explanation = stop.is_none().then(|| self.index.explain(&query, &self.knowledge, &self.understanding, most_candidates));
        Why { query, stop, explanation }
    }

    /// Answers with a known entry: a choice taken, a suggestion picked. None if there is no such entry.
    #[must_use]
    pub fn answer_entry(&self, entry: &EntryId, facets: &Values, view: &View) -> Option<Reply> {
        self.knowledge.entry(entry.as_str()).map(|entry| self.compose(entry, facets, 1.0, view))
    }

    /// The reply to a question that leans on an earlier one. None if it stands on its own.
    fn follow_up(&self, query: &Query, earlier: &Earlier, view: &View) -> Option<Reply> {
        let within = query.in_conversation(&earlier.facets);
        if query.only_names() {
            // "and in Texas?": the same entry for other facets, if it knows them.
            let entry = self.knowledge.entry(earlier.entry.as_str())?;
            let keys =
                entry.table.as_ref().and_then(|table| self.knowledge.tables.get(table)).map_or(&[][..], |table| table.keys.as_slice());
            if query.named.keys().any(|facet| keys.contains(facet) || entry.needs.contains(facet)) {
                return Some(self.compose(entry, &within.all_values(), 1.0, view));
            }
        }
        // "how do I renew it?": the question itself, with what it leaves open filled in.
        let decision = self.index.decide(&within, &self.knowledge, &self.understanding);
        let Decision::Sure { target: Target::Entry(entry), .. } = decision else { return None };
        // "which states …?" looks across all of them, whatever one the conversation was about.
        let across = &self.knowledge.entries[entry].across;
        let mut asked = within;
        asked.named.retain(|facet, _| query.names(facet.as_str()) || !across.contains(facet));
        Some(self.reply(&asked, &decision, view))
    }

    /// The sentence that is clearly a question, where the whole text is none: the surest one.
    fn in_chatter(&self, question: &Question, whole: &Query) -> Option<(Query, Decision)> {
        let sentences = self.understanding.read_sentences(question, whole).into_iter();
        let decided = sentences.map(|query| (self.index.decide(&query, &self.knowledge, &self.understanding), query));
        let sure = decided.filter_map(|(decision, query)| match decision {
            Decision::Sure { target: Target::Entry(_), confidence } => Some((confidence, query, decision)),
            _ => None,
        });
        sure.max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, query, decision)| (query, decision))
    }

    fn reply(&self, query: &Query, decision: &Decision, view: &View) -> Reply {
        let facets = query.all_values();
        match decision {
            Decision::Sure { target: Target::Entry(entry), confidence } => {
                self.compose(&self.knowledge.entries[*entry], &facets, f64::from(*confidence), view)
            }
            Decision::Sure { target: Target::Aside(aside), confidence } => {
                Composer::aside(&self.knowledge, &self.knowledge.asides[*aside], &facets, f64::from(*confidence))
            }
            Decision::Sure { target: Target::Guard(guard), .. } => Composer::guarded(&self.knowledge, &self.knowledge.guards[*guard]),
            Decision::Close { entries, confidence } => {
                let entries = entries.iter().map(|entry| &self.knowledge.entries[*entry]);
                Composer::ask_back(&self.knowledge, entries, &facets, f64::from(*confidence))
            }
            Decision::Neither { confidence } => {
                Reply { facets, confidence: f64::from(*confidence), ..Reply::fixed(Outcome::NoMatch, self.knowledge.texts.decline.clone()) }
            }
        }
    }

    /// A template that fails is a fault of the knowledge that `mabel check` reports; a reader gets the kind decline instead.
    fn compose(&self, entry: &Entry, facets: &Values, confidence: f64, view: &View) -> Reply {
        let asked = Asked { entry, facets, confidence };
        self.composer
            .answer(&self.knowledge, asked, view)
            .unwrap_or_else(|_| Reply::fixed(Outcome::NoMatch, self.knowledge.texts.decline.clone()))
    }

    /// Renders an entry, or says why its template fails.
    ///
    /// # Errors
    /// What the template uses that is not there.
    pub fn try_entry(&self, entry: &Entry, facets: &Values, view: &View) -> Result<Reply, minijinja::Error> {
        self.composer.answer(&self.knowledge, Asked { entry, facets, confidence: 1.0 }, view)
    }

    /// Describes the picture of an entry, or says why its template fails.
    ///
    /// # Errors
    /// What the template uses that is not there.
    pub fn try_picture(&self, entry: &Entry, facets: &Values, view: &View) -> Result<Option<Picture>, minijinja::Error> {
        self.composer.picture(&self.knowledge, entry, facets, view.today)
    }

    /// The entry that a wording finds on its own, for checking wordings.
    #[must_use]
    pub fn finds(&self, wording: &str) -> Decision {
        let query = self.understanding.read_wording(wording);
        self.index.decide(&query, &self.knowledge, &self.understanding)
    }

    /// The guard that stops a question.
    #[must_use]
    pub fn stopped_by(&self, question: &Question) -> Option<&crate::knowledge::GuardId> {
        let stop = self.guards.check(&self.understanding.read(question).text.folded)?;
        Some(&self.knowledge.guards[stop.guard].id)
    }

    /// A wording as it is compared with others: words that mean the same are one.
    #[must_use]
    pub fn wording_key(&self, wording: &str) -> String {
        crate::matching::key(&self.understanding.read_wording(wording))
    }

    /// Questions that begin like what was typed, the likeliest first; one of each topic when nothing was typed.
    #[must_use]
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<Choice> {
        let query = self.understanding.read(&Question::new(typed));
        let facets = query.all_values();
        let entries: Vec<&Entry> = if query.text.tokens.is_empty() {
            self.knowledge.topics.iter().filter_map(|topic| self.knowledge.entries.iter().find(|entry| entry.topic == topic.id)).collect()
        } else {
            self.ranked(&query)
        };
        entries
            .into_iter()
            .take(most)
            .map(|entry| Choice { label: entry.question.clone(), entry: entry.id.clone(), facets: facets.clone() })
            .collect()
    }

    /// Entries by how many of the typed words begin one of theirs, then by the model.
    fn ranked(&self, query: &Query) -> Vec<&Entry> {
        let explanation = self.index.explain(query, &self.knowledge, &self.understanding, usize::MAX);
        let typed: Vec<&str> = query.text.tokens.iter().map(|token| token.typed.as_deref().unwrap_or(&token.text)).collect();
        let mut ranked: Vec<(usize, f32, &Entry)> = explanation
            .candidates
            .iter()
            .filter_map(|candidate| match candidate.target {
                Target::Entry(entry) => Some((&self.knowledge.entries[entry], candidate.probability)),
                Target::Aside(_) | Target::Guard(_) => None,
            })
            .map(|(entry, probability)| {
                let words = crate::text::words(&entry.question);
                let begun = typed.iter().filter(|typed| words.iter().any(|word| word.starts_with(**typed))).count();
                (begun, probability, entry)
            })
            .filter(|(begun, probability, _)| *begun > 0 || *probability > 0.02)
            .collect();
        ranked.sort_by(|left, right| right.0.cmp(&left.0).then(right.1.total_cmp(&left.1)));
        ranked.into_iter().map(|(_, _, entry)| entry).collect()
    }

    /// Values of a facet that begin like what was typed: by id, then by name, then by alias, then anywhere in the name.
    #[must_use]
    pub fn suggest_values(&self, facet: &str, typed: &str, most: usize) -> Vec<(ValueId, String)> {
        let Some(facet) = self.knowledge.facet(facet) else { return Vec::new() };
        let typed = crate::text::fold::fold(typed);
        let mut ranked: Vec<(u8, &crate::knowledge::FacetValue)> = facet
            .values
            .iter()
            .filter_map(|value| {
                let name = crate::text::fold::fold(&value.name);
                let rank = if typed.is_empty() || value.id.as_str().eq_ignore_ascii_case(&typed) {
                    0
                } else if name.starts_with(&typed) {
                    1
                } else if value.aliases.iter().any(|alias| alias.starts_with(&typed)) {
                    2
                } else if name.contains(&typed) {
                    3
                } else {
                    return None;
                };
                Some((rank, value))
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().take(most).map(|(_, value)| (value.id.clone(), value.name.clone())).collect()
    }
}
