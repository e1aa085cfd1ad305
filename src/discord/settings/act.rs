//! What can be done with a server's settings by pressing and choosing, and how a `custom_id` says it.
//!
//! ```text
//! 1:g:900000000000000001:o           open the setting chosen in that select
//! 1:g:900000000000000001:s:d:state:0 the default value of that facet is what was chosen
//! 1:g:900000000000000001:s:p:y       answers are private by default
//! 1:g:900000000000000001:t:9001      the topic of that channel is what was chosen
//! ```
//!
//! Every act carries the server it is for: a button that came to another server is worth nothing there.

use crate::knowledge::FacetId;
use crate::knowledge::ids::is_id;

/// Something done with the settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsAct {
    /// Show the setting chosen in that select.
    Open,
    /// Show all of them again.
    Back,
    /// Set it: to the value, or to what was chosen in that select.
    Set(Setting, Option<String>),
    /// Set the topic of that channel to what was chosen.
    SetTopic(u64),
    /// Give them as a file.
    Export,
    /// Ask for a text of them.
    Import,
    /// Take the text that was filled in.
    Imported,
}

/// Something a server can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The value of a facet that is taken where a question names none; which of its selects.
    Default(FacetId, u8),
    /// Whether answers are private where the command does not say.
    Private,
    /// Where questions are answered that are not put to Mabel.
    AnswerChannels,
    /// What channels are about.
    Topics,
    /// Whether answers come without embeds.
    PlainText,
    /// The language of what all see.
    Language,
    /// Who looks after the own answers.
    Curators,
    /// How long people wait between two questions.
    Cooldown,
}

impl Setting {
    /// The setting as a part of a `custom_id`, and as the value of an option.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Default(facet, part) => format!("d:{facet}:{part}"),
            Self::Private => "p".to_owned(),
            Self::AnswerChannels => "a".to_owned(),
            Self::Topics => "t".to_owned(),
            Self::PlainText => "e".to_owned(),
            Self::Language => "l".to_owned(),
            Self::Curators => "c".to_owned(),
            Self::Cooldown => "w".to_owned(),
        }
    }

    /// The setting of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::read(&code.split(':').collect::<Vec<_>>()).filter(|(_, rest)| rest.is_empty()).map(|(setting, _)| setting)
    }

    /// The setting that begins there, and what stands behind it.
    fn read<'parts, 'text>(parts: &'parts [&'text str]) -> Option<(Self, &'parts [&'text str])> {
        match parts {
            ["d", facet, part, rest @ ..] if is_id(facet) => Some((Self::Default(FacetId::from(*facet), part.parse().ok()?), rest)),
            [code, rest @ ..] => {
                let setting = match *code {
                    "p" => Self::Private,
                    "a" => Self::AnswerChannels,
                    "t" => Self::Topics,
                    "e" => Self::PlainText,
                    "l" => Self::Language,
                    "c" => Self::Curators,
                    "w" => Self::Cooldown,
                    _ => return None,
                };
                Some((setting, rest))
            }
            [] => None,
        }
    }
}

impl SettingsAct {
    /// The act as the end of a `custom_id`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Open => "o".to_owned(),
            Self::Back => "b".to_owned(),
            Self::Set(setting, None) => format!("s:{}", setting.code()),
            Self::Set(setting, Some(value)) => format!("s:{}:{value}", setting.code()),
            Self::SetTopic(channel) => format!("t:{channel}"),
            Self::Export => "e".to_owned(),
            Self::Import => "i".to_owned(),
            Self::Imported => "m".to_owned(),
        }
    }

    /// The act of those parts of a `custom_id`.
    #[must_use]
    pub fn of_parts(parts: &[&str]) -> Option<Self> {
        match parts {
            ["o"] => Some(Self::Open),
            ["b"] => Some(Self::Back),
            ["s", rest @ ..] => match Setting::read(rest)? {
                (setting, []) => Some(Self::Set(setting, None)),
                (setting, [value]) if is_id(value) => Some(Self::Set(setting, Some((*value).to_owned()))),
                _ => None,
            },
            ["t", channel] => channel.parse().ok().filter(|id| *id != 0).map(Self::SetTopic),
            ["e"] => Some(Self::Export),
            ["i"] => Some(Self::Import),
            ["m"] => Some(Self::Imported),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_read_back_as_it_was_written() {
        let settings = [
            Setting::Default(FacetId::from("state"), 2),
            Setting::Private,
            Setting::AnswerChannels,
            Setting::Topics,
            Setting::PlainText,
            Setting::Language,
            Setting::Curators,
            Setting::Cooldown,
        ];
        let sets = settings.iter().flat_map(|setting| [None, Some("y".to_owned())].map(|value| SettingsAct::Set(setting.clone(), value)));
        let others = [SettingsAct::Open, SettingsAct::Back, SettingsAct::SetTopic(7), SettingsAct::Export, SettingsAct::Import];
        for act in sets.chain(others).chain([SettingsAct::Imported]) {
            let code = act.code();
            assert_eq!(SettingsAct::of_parts(&code.split(':').collect::<Vec<_>>()), Some(act), "{code}");
        }
        for setting in settings {
            assert_eq!(Setting::of_code(&setting.code()), Some(setting));
        }
    }

    #[test]
    fn garbage_is_no_act() {
        for code in ["", "x", "s", "s:x", "s:d", "s:d:state", "s:d:state:300", "s:p:y:z", "t", "t:0", "t:x", "o:x", "s:p:", "s:p:a b"] {
            assert_eq!(SettingsAct::of_parts(&code.split(':').collect::<Vec<_>>()), None, "{code}");
        }
    }
}
