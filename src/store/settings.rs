//! What a server has set.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::knowledge::{FacetId, TopicId, ValueId};

use super::StoreError;

/// What a server has set. Everything may be left out: what is not set has its default, and what a newer Mabel set stays as it is.
///
/// It holds ids of channels and roles, never of people. Ids of the knowledge are kept as they were when they were set: the knowledge may
/// no longer have them, which whoever uses them must bear.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The value of a facet that questions are taken to be about where they name none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub default_facets: BTreeMap<FacetId, ValueId>,
    /// Whether answers to commands show to the asker alone where the command does not say.
    pub private_by_default: bool,
    /// Channels in which questions are answered that are not put to Mabel.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub answer_channels: BTreeSet<u64>,
    /// The topic that questions in a channel are most likely about.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub channel_topics: BTreeMap<u64, TopicId>,
    /// Whether answers come without embeds.
    pub plain_text: bool,
    /// The language of what is said for all to see, as Discord names it; none for the one that Discord says the server speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The role whose members look after the server's own answers, besides those who manage the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curator_role: Option<u64>,
    /// How long a person waits between two questions, in seconds; 0 for no more than what Mabel herself asks for.
    pub cooldown_seconds: u32,
    /// What a newer Mabel set, kept for her.
    #[serde(flatten)]
    pub others: serde_json::Map<String, serde_json::Value>,
}

/// The version of the shape above. It rises only when an older Mabel could no longer make sense of what is kept.
const VERSION: u32 = 1;

/// Settings as they are kept: with the version of their shape.
#[derive(Serialize, Deserialize)]
struct Kept<S> {
    version: u32,
    settings: S,
}

impl Settings {
    /// The settings as the text in which a store keeps them.
    ///
    /// # Errors
    /// Never in practice: everything in settings can be written.
    pub fn to_kept(&self) -> Result<String, StoreError> {
        serde_json::to_string(&Kept { version: VERSION, settings: self }).map_err(|error| StoreError::Unreadable(error.to_string()))
    }

    /// The settings of a text that a store kept.
    ///
    /// # Errors
    /// When the text is from a Mabel too new to be understood, or is none of hers.
    pub fn from_kept(text: &str) -> Result<Self, StoreError> {
        let unreadable = |error: serde_json::Error| StoreError::Unreadable(format!("settings of a server: {error}"));
        let kept: Kept<serde_json::Value> = serde_json::from_str(text).map_err(unreadable)?;
        if kept.version > VERSION {
            let (is, knows) = (kept.version, VERSION);
            return Err(StoreError::Unreadable(format!("settings of a server have version {is}, and this program knows {knows} at most")));
        }
        serde_json::from_value(kept.settings).map_err(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_set() -> Settings {
        Settings {
            default_facets: BTreeMap::from([(FacetId::from("state"), ValueId::from("OH"))]),
            private_by_default: true,
            answer_channels: BTreeSet::from([1, u64::MAX]),
            channel_topics: BTreeMap::from([(2, TopicId::from("pay"))]),
            plain_text: true,
            locale: Some("es-419".to_owned()),
            curator_role: Some(3),
            cooldown_seconds: 30,
            others: serde_json::Map::new(),
        }
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        for settings in [all_set(), Settings::default()] {
            assert_eq!(Settings::from_kept(&settings.to_kept().unwrap()).unwrap(), settings);
        }
    }

    #[test]
    fn what_an_older_mabel_left_out_has_its_default() {
        let settings = Settings::from_kept(r#"{"version":1,"settings":{"plain_text":true}}"#).unwrap();
        assert_eq!(settings, Settings { plain_text: true, ..Settings::default() });
    }

    #[test]
    fn what_a_newer_mabel_set_is_kept_for_her() {
        let newer = r#"{"version":1,"settings":{"plain_text":true,"greeting":{"text":"hello"}}}"#;
        let settings = Settings::from_kept(newer).unwrap();
        assert!(settings.plain_text && settings.to_kept().unwrap().contains(r#""greeting":{"text":"hello"}"#));
    }

    #[test]
    fn a_shape_from_the_future_is_refused_and_says_why() {
        let error = Settings::from_kept(r#"{"version":2,"settings":{"plain_text":1}}"#).unwrap_err();
        assert!(error.to_string().contains("version 2, and this program knows 1"), "{error}");
    }
}
