//! Answers to what was not put to Mabel: talk in a channel whose moderators want her to step in.
//!
//! A wrong word here is worse than silence, so the bars are higher than for a question to her, and she never asks back and never declines.
//! Of the guards only the patterns speak that are kept for this, `unasked`: somebody who writes that they want to end their life should
//! read the number, whoever they wrote it to; "this exam kills me" should be left alone. All other guards mean silence here.

use super::Engine;
use crate::answer::compose::Composer;
use crate::answer::{Question, Reply, View};
use crate::matching::overheard::Overheard;
use crate::own::UNASKED;
use crate::text::asking;

/// A text with fewer words that are not taken out as empty leans on what was said before.
const FEWEST_TERMS: usize = 3;
/// A longer text is a story, and its question one of many things in it.
const MOST_CHARACTERS: usize = 300;

impl Engine {
    /// What to say to a text that was not put to Mabel; nothing in doubt.
    #[must_use]
    pub fn overhear(&self, text: &str, view: &View) -> Option<Reply> {
        let query = self.understanding.read(&Question::new(text));
        if let Some(guard) = self.guards.check_unasked(&query.text.folded) {
            return Some(Composer::guarded(&self.knowledge, &self.knowledge.guards[guard]));
        }
        let short = text.chars().count() <= MOST_CHARACTERS && query.terms.len() >= FEWEST_TERMS;
        let guarded = || {
            let checked = self.guards.check(&query.text.folded, || false);
            checked.stop.is_some() || checked.without_exceptions.is_some()
        };
        if !short || !asking::asks(&query.text.folded) || guarded() {
            return None;
        }
        let view = &view.looking_across(&query.everywhere);
        let decision = self.index.decide(&query, &self.knowledge, &self.understanding);
        let own = self.find_own(&query, view).filter(|own| own.likeness >= UNASKED);
        if let Some(reply) = self.own_reply(own, &decision, &query) {
            return Some(reply);
        }
        if !self.understanding.names_subject(&query) || asking::is_among_people(&query.text.folded) {
            return None;
        }
        let Overheard { entry, confidence } = self.index.overhear(&query, &self.knowledge, &self.understanding)?;
        let facets = query.all_values();
        let entry = self.at_home(&self.knowledge.entries[entry], &facets, view);
        Some(self.compose(entry, &facets, f64::from(crate::matching::decision::reliability(confidence)), view))
    }
}
