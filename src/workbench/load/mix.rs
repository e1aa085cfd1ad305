//! What is asked in which way, and how often each.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Serialize;

/// A way of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A command with a text.
    Slash,
    /// A message that mentions the bot.
    Mention,
    /// Another text in the place of a question that was answered.
    Edit,
    /// A press of a button under an answer.
    Button,
}

impl Way {
    const ALL: [(&'static str, Self); 4] =
        [("slash", Self::Slash), ("mention", Self::Mention), ("edit", Self::Edit), ("button", Self::Button)];
}

/// How often each way is taken, as parts of a whole: `slash=60,mention=25,edit=10,button=5`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mix(BTreeMap<Way, u32>);

impl FromStr for Mix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = BTreeMap::new();
        for part in text.split(',') {
            let (name, number) = part.split_once('=').ok_or_else(|| format!("`{part}` is no WAY=PARTS, such as slash=60"))?;
            let known = Way::ALL.into_iter().find(|(known, _)| *known == name.trim());
            let (_, way) = known.ok_or_else(|| format!("`{name}` is none of slash, mention, edit and button"))?;
            let number: u16 = number.trim().parse().map_err(|_| format!("`{number}` is no number of parts from 0 to 65535"))?;
            if parts.insert(way, u32::from(number)).is_some() {
                return Err(format!("`{name}` is named twice"));
            }
        }
        // What is edited and pressed has to be asked first.
        let first = [Way::Slash, Way::Mention].iter().filter_map(|way| parts.get(way)).sum::<u32>();
        if first == 0 {
            return Err("slash or mention need a part: the others follow on their answers".to_owned());
        }
        Ok(Self(parts))
    }
}

impl Mix {
    /// The ways one after another, evenly spread, without end.
    pub(super) fn turns(&self) -> Turns {
        Turns { parts: self.0.iter().map(|(way, parts)| (*way, i64::from(*parts), 0)).collect() }
    }
}

/// Ways in turn: each gains its parts in every turn, the one with the most is taken and pays for all.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    parts: Vec<(Way, i64, i64)>,
}

impl Turns {
    /// Whose turn it is.
    pub(super) fn next(&mut self) -> Way {
        let whole: i64 = self.parts.iter().map(|(_, parts, _)| parts).sum();
        for (_, parts, gained) in &mut self.parts {
            *gained += *parts;
        }
        match self.parts.iter_mut().max_by_key(|(_, _, gained)| *gained) {
            Some((way, _, gained)) => {
                *gained -= whole;
                *way
            }
            None => Way::Slash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_parts_and_none_comes_in_a_bunch() {
        let mut turns = "slash=60,mention=25,edit=10,button=5".parse::<Mix>().unwrap().turns();
        let taken: Vec<Way> = (0..200).map(|_| turns.next()).collect();
        let count = |part: &[Way], way| part.iter().filter(|taken| **taken == way).count();
        assert_eq!(Way::ALL.map(|(_, way)| count(&taken, way)), [120, 50, 20, 10]);
        for twenty in taken.chunks(20) {
            assert_eq!((count(twenty, Way::Button), count(twenty, Way::Edit)), (1, 2));
        }
    }

    #[test]
    fn what_is_no_mix_says_why() {
        for (text, why) in [
            ("slash", "no WAY=PARTS"),
            ("shout=1", "none of slash"),
            ("slash=-1", "no number"),
            ("slash=1,slash=2", "twice"),
            ("slash=0,edit=1", "slash or mention"),
        ] {
            let error = text.parse::<Mix>().unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
