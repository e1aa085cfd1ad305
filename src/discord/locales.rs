//! Which language is read where.
//!
//! An interaction tells the locale of the person and of the server. A message tells neither, so what the last interaction told of a
//! server is remembered while the process runs; before the first one, messages there are answered in English. Nothing is remembered of
//! a person but the language of the direct messages with them.

use std::sync::{Mutex, PoisonError};

use serenity::model::application::Interaction;

use crate::knowledge::Language;

use super::bot::Place;
use super::bounded::Bounded;
use super::texts::{Readers, Texts};

/// How many servers and direct messages are remembered.
const MOST_PLACES: usize = 65_536;

/// The languages that were seen.
#[derive(Debug)]
pub(super) struct Locales {
    seen: Mutex<Bounded<u64, Language>>,
}

impl Locales {
    /// Nothing was seen yet.
    pub(super) fn new() -> Self {
        Self { seen: Mutex::new(Bounded::new(MOST_PLACES)) }
    }

    /// Who reads what comes of an interaction.
    pub(super) fn of_interaction(&self, interaction: &Interaction) -> Readers {
        let (person, channel) = match interaction {
            Interaction::Command(command) | Interaction::Autocomplete(command) => (&command.locale, command.channel_id),
            Interaction::Component(press) => (&press.locale, press.channel_id),
            Interaction::Modal(modal) => (&modal.locale, modal.channel_id),
            _ => return Readers::english(),
        };
        let readers = Readers::new(person, interaction.guild_locale());
        self.keep(Place::new(interaction.guild_id(), channel), readers.all.language());
        readers
    }

    /// Who reads the answer to a message: this is the place where a server's own wish will count.
    pub(super) fn of_message(&self, place: Place) -> Texts {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get_mut(place.whole()).map_or_else(Texts::english, |language| Texts::of(*language))
    }

    fn keep(&self, place: Place, language: Language) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.insert_new(place.whole(), language)
            && let Some(known) = seen.get_mut(place.whole())
        {
            *known = language;
        }
    }
}
