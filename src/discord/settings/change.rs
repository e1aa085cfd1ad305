//! From something chosen to changed settings. What was chosen binds nobody: it may be forged, or of a knowledge that is no more.

use crate::discord::texts::Texts;
use crate::knowledge::{Knowledge, TopicId, ValueId};
use crate::store::Settings;

use super::act::Setting;
use super::view::{MOST_CHANNELS, NO, NONE, YES};

/// The longest pause between two questions, in seconds.
pub(super) const LONGEST_COOLDOWN: u32 = 3600;

/// What was chosen: the value of a button, options, or ids of channels and roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// A value.
    Value(String),
    /// Ids.
    Ids(Vec<u64>),
}

/// Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unchanged {
    /// There is no such thing to choose.
    Gone,
    /// There are as many as there may be.
    TooMany,
}

/// Sets what was chosen.
pub(super) fn set(settings: &mut Settings, setting: &Setting, chosen: &Chosen, knowledge: &Knowledge) -> Result<(), Unchanged> {
    match (setting, chosen) {
        (Setting::Default(facet, _), Chosen::Value(value)) if value == NONE => {
            settings.default_facets.remove(facet);
        }
        (Setting::Default(facet, _), Chosen::Value(value)) => {
            let known = knowledge.facet(facet.as_str()).filter(|facet| facet.home).and_then(|facet| facet.value(value));
            let value = known.ok_or(Unchanged::Gone)?;
            settings.default_facets.insert(facet.clone(), value.id.clone());
        }
        (Setting::Private, Chosen::Value(value)) => settings.private_by_default = yes_or_no(value)?,
        (Setting::PlainText, Chosen::Value(value)) => settings.plain_text = yes_or_no(value)?,
        (Setting::AnswerChannels, Chosen::Ids(ids)) => settings.answer_channels = ids.iter().copied().take(MOST_CHANNELS).collect(),
        (Setting::Curators, Chosen::Ids(ids)) => settings.curator_role = ids.first().copied(),
        (Setting::Curators, Chosen::Value(value)) if value == NONE => settings.curator_role = None,
        (Setting::Language, Chosen::Value(value)) if value == NONE => settings.locale = None,
        (Setting::Language, Chosen::Value(value)) => settings.locale = Some(locale(value).ok_or(Unchanged::Gone)?.to_owned()),
        (Setting::Cooldown, Chosen::Value(value)) => {
            let seconds = value.parse().ok().filter(|seconds| *seconds <= LONGEST_COOLDOWN);
            settings.cooldown_seconds = seconds.ok_or(Unchanged::Gone)?;
        }
        _ => return Err(Unchanged::Gone),
    }
    Ok(())
}

/// Sets the topic of a channel, or takes it away.
pub(super) fn set_topic(settings: &mut Settings, channel: u64, topic: &str, knowledge: &Knowledge) -> Result<(), Unchanged> {
    if topic == NONE {
        settings.channel_topics.remove(&channel);
        return Ok(());
    }
    knowledge.topic(topic).ok_or(Unchanged::Gone)?;
    if settings.channel_topics.len() >= MOST_CHANNELS && !settings.channel_topics.contains_key(&channel) {
        return Err(Unchanged::TooMany);
    }
    settings.channel_topics.insert(channel, TopicId::from(topic));
    Ok(())
}

/// The locale of that name, if there are words for it.
pub(super) fn locale(name: &str) -> Option<&'static str> {
    let mut known = [Texts::english()].into_iter().chain(Texts::others()).flat_map(Texts::locales);
    known.find(|locale| *locale == name)
}

/// The value of a facet that a place may be at home in.
pub(super) fn home(facet: &str, value: &str, knowledge: &Knowledge) -> Option<ValueId> {
    let facet = knowledge.facet(facet).filter(|facet| facet.home)?;
    facet.meant(value).map(|value| value.id.clone())
}

fn yes_or_no(value: &str) -> Result<bool, Unchanged> {
    match value {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(Unchanged::Gone),
    }
}
