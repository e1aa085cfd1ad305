//! The whole way from a question to a reply, behind one call.
//!
//! An [`Engine`] is an immutable snapshot of the knowledge and all that is made from it. Reloading makes a new one and swaps
//! it in. It is pure: no clock, no I/O, no async; the day comes in with the [`View`].

pub mod filling;
mod following;
mod guarding;
mod overhearing;
mod place;
mod several;
mod suggesting;

use std::collections::HashSet;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::answer::compose::{Asked, Composer};
use crate::answer::picture::Picture;
use crate::answer::{Outcome, Question, Reply, View};
use crate::gaps;
use crate::guard::{Checked, Guards, Stop};
use crate::knowledge::{Entry, EntryId, FacetId, Fault, Faults, Knowledge, Source, Values, files, load};
use crate::matching::decision::{Decision, reliability};
use crate::matching::explanation::Explanation;
use crate::matching::kept::Keeper;
use crate::matching::{Index, Target};
use crate::suggest::Suggester;
use crate::understand::{Query, Understanding};

/// Answers questions.
#[derive(Debug)]
pub struct Engine {
    knowledge: Knowledge,
    understanding: Understanding,
    guards: Guards,
    index: Index,
    composer: Composer,
    /// Made when somebody first types: who only asks needs none.
    suggester: OnceLock<Suggester>,
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
        Self::with_models(knowledge, None)
    }

    /// Makes an engine of the knowledge, with a model that was kept or is then kept, where somebody keeps models.
    ///
    /// # Errors
    /// Guards or templates that do not compile.
    pub fn with_models(knowledge: Knowledge, models: Option<&dyn Keeper>) -> Result<Self, Faults> {
        // Guards come first: what compiling them gives back is room for training, and the other way round it would not do.
        let guards = Guards::new(&knowledge);
        let understanding = Understanding::new(&knowledge);
        let index = Index::new(&knowledge, &understanding, models);
        let composer = Composer::new(&knowledge);
        let (guards, composer) = match (guards, composer) {
            (Ok(guards), Ok(composer)) => (guards, composer),
            (guards, composer) => {
                let faults = guards.err().into_iter().chain(composer.err()).flatten();
                return Err(Faults(faults.collect()));
            }
        };
        Ok(Self { knowledge, understanding, guards, index, composer, suggester: OnceLock::new() })
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
        let checked = self.check(&query);
        if let Some(stop) = checked.stop {
            return Composer::guarded(&self.knowledge, &self.knowledge.guards[stop.guard]);
        }
        let reply = self.answer_unguarded(question, &query, checked, &view.looking_across(&query.everywhere));
        let reply = match &question.earlier {
            Some(earlier) => self.by_conversation(reply, question, &query, earlier, view),
            None => reply,
        };
        self.with_other_question(self.by_topic(reply, view), question, &query)
    }

    fn answer_unguarded(&self, question: &Question, query: &Query, checked: Checked, view: &View) -> Reply {
        if query.text.tokens.is_empty() && question.given.is_empty() {
            return Reply::fixed(Outcome::Clarify, self.knowledge.texts.empty.clone());
        }
        let own = self.find_own(query, view);
        let decision = self.index.decide(query, &self.knowledge, &self.understanding);
        if let Some(guard) = Self::guard_of(checked, &decision) {
            return Composer::guarded(&self.knowledge, &self.knowledge.guards[guard]);
        }
        // What stops a text by itself stops it in any conversation: only then is it read within one.
        let is_stopped = matches!(decision, Decision::Stopped { .. });
        let earlier = question.earlier.as_ref().filter(|_| !is_stopped && !own.as_ref().is_some_and(Self::is_same));
        if let Some(reply) = earlier.and_then(|earlier| self.follow_up(query, earlier, view)) {
            return reply;
        }
        if let Some(reply) = self.own_reply(own, &decision, query) {
            return reply;
        }
        // Greetings and thanks around a question may outweigh it: a sentence that is surer than they are is what is asked.
        let surer_than = match &decision {
            Decision::Sure { target: Target::Aside(_), confidence } => Some(*confidence),
            Decision::Sure { .. } | Decision::Stopped { .. } => None,
            Decision::Close { .. } | Decision::Neither { .. } => Some(0.0),
        };
        if let Some(surer_than) = surer_than
            && let Some((sentence, decision)) = self.in_chatter(question, query, surer_than)
        {
            return self.reply(&sentence, &decision, view);
        }
        self.reply(query, &decision, view)
    }

    /// Why a question is answered as it is.
    #[must_use]
    pub fn explain(&self, question: &Question, most_candidates: usize) -> Why {
        let query = self.understanding.read(question);
        let stop = self.check(&query).stop;
        let explanation = stop.is_none().then(|| self.index.explain(&query, &self.knowledge, &self.understanding, most_candidates));
        Why { query, stop, explanation }
    }

    /// What may be kept of a question that was replied to with `reply`: words for editors to see what is missing. None if an entry, a
    /// guard or an aside spoke, or if the question tells of a person.
    #[must_use]
    pub fn gap(&self, question: &Question, reply: &Reply) -> Option<String> {
        if reply.outcome != Outcome::NoMatch || reply.guard.is_some() || reply.lead != self.knowledge.texts.decline {
            return None;
        }
        let query = self.understanding.read(question);
        let tokens = &query.text.tokens;
        let named: HashSet<&str> =
            query.mentions.iter().flat_map(|mention| &tokens[mention.start..mention.end]).map(|token| token.text.as_str()).collect();
        gaps::words(&question.text, tokens, |word| self.understanding.knows(word), |word| named.contains(word))
    }

    /// Answers with a known entry: a choice taken, a suggestion picked. None if there is no such entry.
    #[must_use]
    pub fn answer_entry(&self, entry: &EntryId, facets: &Values, view: &View) -> Option<Reply> {
        self.knowledge.entry(entry.as_str()).map(|entry| self.compose(entry, facets, 1.0, view))
    }

    /// The sentence that is clearly a question, surer than that, where the whole text is none: the surest one.
    fn in_chatter(&self, question: &Question, whole: &Query, surer_than: f32) -> Option<(Query, Decision)> {
        let sentences = self.understanding.read_sentences(question, whole).into_iter();
        let decided = sentences.map(|query| (self.index.decide(&query, &self.knowledge, &self.understanding), query));
        let sure = decided.filter_map(|(decision, query)| match decision {
            Decision::Sure { target: Target::Entry(_), confidence } if confidence > surer_than => Some((confidence, query, decision)),
            _ => None,
        });
        sure.max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, query, decision)| (query, decision))
    }

    fn reply(&self, query: &Query, decision: &Decision, view: &View) -> Reply {
        let facets = query.all_values();
        match decision {
            Decision::Sure { target: Target::Entry(entry), confidence } => {
                let entry = self.at_home(&self.knowledge.entries[*entry], &facets, view);
                self.compose(entry, &facets, f64::from(reliability(*confidence)), view)
            }
            Decision::Sure { target: Target::Aside(aside), confidence } => {
                Composer::aside(&self.knowledge, &self.knowledge.asides[*aside], &facets, f64::from(*confidence))
            }
            Decision::Sure { target: Target::Guard(guard), .. } | Decision::Stopped { guard, .. } => {
                Composer::guarded(&self.knowledge, &self.knowledge.guards[*guard])
            }
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

    /// Describes what there is to show beside a reply. None if there is nothing, or the entry has gone. A picture that fails costs nobody
    /// the answer; `mabel check` finds it.
    #[must_use]
    pub fn picture(&self, reply: &Reply, today: Date) -> Option<Picture> {
        let entry = reply.entry.as_ref().filter(|_| reply.has_picture)?;
        self.composer.picture(&self.knowledge, self.knowledge.entry(entry.as_str())?, &reply.facets, today).unwrap_or_default()
    }

    /// The entry that a wording finds on its own, for checking wordings; `granted` are facets taken as named.
    #[must_use]
    pub fn finds<'facet>(&self, wording: &str, granted: impl IntoIterator<Item = &'facet FacetId>) -> Decision {
        let mut query = self.understanding.read_wording(wording);
        for facet in granted {
            query.leave_open(facet);
        }
        self.index.decide(&query, &self.knowledge, &self.understanding)
    }

    /// A wording as it is compared with others: words that mean the same are one.
    #[must_use]
    pub fn wording_key(&self, wording: &str) -> String {
        crate::matching::key(&self.understanding.read_wording(wording))
    }

    /// Every source that stands behind an answer, the ones it shows first, then the others of its entry and those of older claims.
    #[must_use]
    pub fn sources(&self, reply: &Reply) -> Vec<&Source> {
        let entry = reply.entry.as_ref().and_then(|entry| self.knowledge.entry(entry.as_str()));
        let of_entry = entry.into_iter().flat_map(|entry| entry.sources.iter().chain(entry.history.iter().map(|past| &past.source)));
        let mut sources: Vec<&Source> = Vec::new();
        for id in reply.sources.iter().map(|citation| &citation.id).chain(of_entry) {
            if let Some(source) = self.knowledge.sources.get(id).filter(|source| !sources.iter().any(|other| other.id == source.id)) {
                sources.push(source);
            }
        }
        sources
    }

    fn read(&self, typed: &str) -> Query {
        self.understanding.read(&Question::new(typed))
    }
}
