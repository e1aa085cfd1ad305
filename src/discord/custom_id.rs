//! The whole state of a button or select, in the 100 characters Discord gives it.
//!
//! A `custom_id` is the only thing that comes back with a press, and it outlives the process: a button works after a restart, after
//! a new release and on any other process of the same bot. So it carries a version and everything needed to answer:
//!
//! ```text
//! 1:c:pay.by-state:state=TX                     choose an answer Mabel offered
//! 1:p:scope.injections:state=TX:1318500000000   post a private answer under that message
//! 1:m:scope.injections:state=TX                 show more of it
//! 1:i:scope.injections:state=TX                 show its picture
//! 1:n:scope.injections::state:0                 answer it for the state chosen in that select
//! 1:d:1318500000001                             delete the message, if that person or a moderator presses
//! 1:g:900000000000000001:s:p:y                  something about the settings of that server, see [`SettingsAct`]
//! 1:a:900000000000000001:p:2                    something about its own answers, see [`OwnAct`]
//! 1:q:900000000000000001:u:2                    what curators see there of all servers' questions, see [`GapsAct`]
//! ```
//!
//! The options of a select carry a press of their own (`1:l`), an id of a topic (`1:t`) or of a facet's value (`1:n`). What cannot be
//! read is told apart from nothing: the presser is told that the button is old. Nothing here knows what a press does.
//! <https://docs.discord.com/developers/components/reference#custom-id>

use crate::answer::Earlier;
use crate::knowledge::ids::is_id;
use crate::knowledge::{EntryId, FacetId, ValueId, Values};

use super::gaps::act::GapsAct;
use super::own_answers::act::OwnAct;
use super::payload::CUSTOM_ID;
use super::settings::act::SettingsAct;

/// What a button or select stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// One of the answers Mabel asked back about; `target` is the message a menu was used on.
    Choose {
        /// The entry and its facets.
        about: Earlier,
        /// The message to post the answer under, if it came from a menu.
        target: Option<u64>,
    },
    /// An answer to read next.
    Read(Earlier),
    /// Post a private answer for all to see.
    Post {
        /// The entry and its facets.
        about: Earlier,
        /// The message to post the answer under.
        target: u64,
    },
    /// The detail of an answer.
    More(Earlier),
    /// The picture of an answer.
    Picture(Earlier),
    /// All sources of an answer.
    Sources(Earlier),
    /// Choose a value of the facet that an answer leaves open.
    Narrow(Earlier),
    /// The answer for the value chosen in a select.
    Value {
        /// The entry that answers then, and the facets there are.
        about: Earlier,
        /// The facet of the value.
        facet: FacetId,
        /// Which of the selects for that facet.
        part: u8,
    },
    /// A vote on an answer.
    Vote {
        /// The entry and its facets.
        about: Earlier,
        /// Whether the answer helped.
        helpful: bool,
    },
    /// Delete the message.
    Delete {
        /// Who may delete it besides the asker: who had it posted.
        owner: Option<u64>,
    },
    /// Delete an answer that nobody asked for, if the person it answers or a moderator presses.
    Dismiss,
    /// Something about the settings of a server.
    Settings {
        /// The server.
        guild: u64,
        /// What.
        act: SettingsAct,
    },
    /// Something about the own answers of a server.
    Own {
        /// The server.
        guild: u64,
        /// What.
        act: OwnAct,
    },
    /// A page of what was asked and not answered, or of votes.
    Gaps {
        /// The server it is shown in.
        guild: u64,
        /// Which page.
        act: GapsAct,
    },
    /// The press that the chosen option carries.
    Chosen {
        /// Which of the selects in the message.
        part: u8,
    },
    /// The questions of the topic chosen.
    Topic,
}

/// A `custom_id` that this version cannot read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the custom_id is from another version")]
pub struct Unreadable;

const VERSION: &str = "1";

/// The `custom_id` of a press; none if it could not be read back.
///
/// Facets that do not fit are left out whole, the last first: the answer is then more general, never about something else.
#[must_use]
pub fn encode(press: &Press) -> Option<String> {
    let number = |target: Option<u64>| target.map(|target| format!(":{target}")).unwrap_or_default();
    match press {
        Press::Choose { about, target } => with_entry("c", about, &number(*target)),
        Press::Read(about) => with_entry("r", about, ""),
        Press::Post { about, target } => with_entry("p", about, &number(Some(*target))),
        Press::More(about) => with_entry("m", about, ""),
        Press::Picture(about) => with_entry("i", about, ""),
        Press::Sources(about) => with_entry("s", about, ""),
        Press::Narrow(about) => with_entry("w", about, ""),
        Press::Value { about, facet, part } if is_id(facet.as_str()) => with_entry("n", about, &format!(":{facet}:{part}")),
        Press::Value { .. } => None,
        Press::Vote { about, helpful } => with_entry(if *helpful { "h" } else { "u" }, about, ""),
        Press::Delete { owner } => Some(format!("{VERSION}:d{}", number(*owner))),
        Press::Chosen { part } => Some(format!("{VERSION}:l:{part}")),
        Press::Topic => Some(format!("{VERSION}:t")),
        Press::Dismiss => Some(format!("{VERSION}:x")),
        Press::Settings { guild, act } => fitting(format!("{VERSION}:g:{guild}:{}", act.code())),
        Press::Gaps { guild, act } => fitting(format!("{VERSION}:q:{guild}:{}", act.code())),
        Press::Own { guild, act } => fitting(format!("{VERSION}:a:{guild}:{}", act.code())),
    }
}

fn fitting(custom_id: String) -> Option<String> {
    (custom_id.len() <= CUSTOM_ID).then_some(custom_id)
}

fn with_entry(kind: &str, about: &Earlier, end: &str) -> Option<String> {
    let entry = about.entry.as_str();
    let start = format!("{VERSION}:{kind}:{entry}:");
    let room = CUSTOM_ID.checked_sub(start.len() + end.len()).filter(|_| is_id(entry))?;
    Some(format!("{start}{}{end}", encode_facets(&about.facets, room)))
}

fn encode_facets(facets: &Values, room: usize) -> String {
    let mut written = String::new();
    for (facet, values) in facets {
        let readable = is_id(facet.as_str()) && !values.is_empty() && values.iter().all(|value| is_id(value.as_str()));
        let names = values.iter().map(ValueId::as_str).collect::<Vec<_>>().join(",");
        let between = if written.is_empty() { "" } else { "+" };
        let part = format!("{between}{facet}={names}");
        if readable && written.len() + part.len() <= room {
            written.push_str(&part);
        }
    }
    written
}

/// What a `custom_id` stands for.
///
/// # Errors
/// When it is from another version, or no `custom_id` of Mabel's at all.
pub fn decode(custom_id: &str) -> Result<Press, Unreadable> {
    let parts: Vec<&str> = custom_id.split(':').collect();
    let Some((&VERSION, parts)) = parts.split_first() else { return Err(Unreadable) };
    match parts {
        ["d"] => Ok(Press::Delete { owner: None }),
        ["d", owner] => Ok(Press::Delete { owner: Some(id(owner)?) }),
        ["l", part] => Ok(Press::Chosen { part: part.parse().map_err(|_| Unreadable)? }),
        ["t"] => Ok(Press::Topic),
        ["x"] => Ok(Press::Dismiss),
        ["g", guild, act @ ..] => Ok(Press::Settings { guild: id(guild)?, act: SettingsAct::of_parts(act).ok_or(Unreadable)? }),
        ["a", guild, act @ ..] => Ok(Press::Own { guild: id(guild)?, act: OwnAct::of_parts(act).ok_or(Unreadable)? }),
        ["q", guild, act @ ..] => Ok(Press::Gaps { guild: id(guild)?, act: GapsAct::of_parts(act).ok_or(Unreadable)? }),
        [kind, entry, facets, end @ ..] if is_id(entry) => {
            with_about(kind, Earlier { entry: EntryId::from(*entry), facets: decode_facets(facets)? }, end)
        }
        _ => Err(Unreadable),
    }
}

fn with_about(kind: &str, about: Earlier, end: &[&str]) -> Result<Press, Unreadable> {
    Ok(match (kind, end) {
        ("c", []) => Press::Choose { about, target: None },
        ("c", [target]) => Press::Choose { about, target: Some(id(target)?) },
        ("r", []) => Press::Read(about),
        ("p", [target]) => Press::Post { about, target: id(target)? },
        ("m", []) => Press::More(about),
        ("i", []) => Press::Picture(about),
        ("s", []) => Press::Sources(about),
        ("w", []) => Press::Narrow(about),
        ("n", [facet, part]) if is_id(facet) => {
            Press::Value { about, facet: FacetId::from(*facet), part: part.parse().map_err(|_| Unreadable)? }
        }
        ("h", []) => Press::Vote { about, helpful: true },
        ("u", []) => Press::Vote { about, helpful: false },
        _ => return Err(Unreadable),
    })
}

/// An id of Discord's; none is 0.
fn id(digits: &str) -> Result<u64, Unreadable> {
    digits.parse().ok().filter(|id| *id != 0).ok_or(Unreadable)
}

fn decode_facets(facets: &str) -> Result<Values, Unreadable> {
    let mut read = Values::new();
    for part in facets.split('+').filter(|part| !part.is_empty()) {
        let (facet, values) = part.split_once('=').ok_or(Unreadable)?;
        if !is_id(facet) || !values.split(',').all(is_id) {
            return Err(Unreadable);
        }
        read.insert(FacetId::from(facet), values.split(',').map(ValueId::from).collect());
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn about(entry: &str, facets: &[(&str, &[&str])]) -> Earlier {
        let facets =
            facets.iter().map(|(facet, values)| (FacetId::from(*facet), values.iter().map(|value| ValueId::from(*value)).collect()));
        Earlier { entry: EntryId::from(entry), facets: facets.collect() }
    }

    fn any_about() -> impl Strategy<Value = Earlier> {
        let id = "[A-Za-z0-9._-]{1,60}";
        let values = prop::collection::vec(id.prop_map(|name| ValueId::from(name.as_str())), 1..4);
        let facets = prop::collection::btree_map("[a-z_]{1,20}".prop_map(|name| FacetId::from(name.as_str())), values, 0..4);
        (id, facets).prop_map(|(entry, facets)| Earlier { entry: EntryId::from(entry.as_str()), facets })
    }

    fn any_press() -> impl Strategy<Value = Press> {
        let more = (proptest::option::of(1..u64::MAX), any::<u8>(), any::<bool>(), "[a-z_]{1,20}");
        (any_about(), 0..17_u8, more).prop_map(|(about, kind, (number, part, helpful, facet))| match kind {
            0 => Press::Choose { about, target: number },
            1 => Press::Post { about, target: number.unwrap_or(1) },
            2 => Press::More(about),
            3 => Press::Sources(about),
            4 => Press::Narrow(about),
            5 => Press::Value { about, facet: FacetId::from(facet.as_str()), part },
            6 => Press::Vote { about, helpful },
            7 => Press::Delete { owner: number },
            8 => Press::Chosen { part },
            9 => Press::Topic,
            10 => Press::Dismiss,
            11 => Press::Settings { guild: number.unwrap_or(1), act: SettingsAct::SetTopic(number.unwrap_or(1)) },
            12 => Press::Own { guild: number.unwrap_or(1), act: OwnAct::Change(number.unwrap_or_default()) },
            13 => Press::Picture(about),
            14 => Press::Gaps { guild: number.unwrap_or(1), act: GapsAct::Unanswered(part.into()) },
            15 => Press::Gaps { guild: number.unwrap_or(1), act: GapsAct::Votes(part.into()) },
            _ => Press::Read(about),
        })
    }

    /// What it is about, taken out of it.
    fn about_of(press: &mut Press) -> Option<&mut Earlier> {
        match press {
            Press::Choose { about, .. }
            | Press::Post { about, .. }
            | Press::Value { about, .. }
            | Press::Vote { about, .. }
            | Press::Read(about)
            | Press::More(about)
            | Press::Picture(about)
            | Press::Sources(about)
            | Press::Narrow(about) => Some(about),
            Press::Delete { .. }
            | Press::Dismiss
            | Press::Settings { .. }
            | Press::Own { .. }
            | Press::Gaps { .. }
            | Press::Chosen { .. }
            | Press::Topic => None,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_back_and_fits(mut press in any_press()) {
            let written = encode(&press).unwrap();
            prop_assert!(written.len() <= CUSTOM_ID, "{written}");
            let mut read = decode(&written).unwrap();
            if let (Some(about), Some(read)) = (about_of(&mut press), about_of(&mut read)) {
                for (facet, values) in &read.facets {
                    prop_assert_eq!(about.facets.get(facet), Some(values), "a facet came back changed");
                }
                about.facets.clone_from(&read.facets);
            }
            prop_assert_eq!(press, read);
        }

        #[test]
        fn no_text_makes_reading_fail_badly(text in ".{0,120}") {
            let _ = decode(&text);
        }
    }

    #[test]
    fn short_facets_come_back_whole() {
        let about = about("scope.injections", &[("state", &["TX", "OR"]), ("task", &["injection_im"])]);
        let press = Press::Post { about, target: u64::MAX };
        assert_eq!(encode(&press).unwrap(), "1:p:scope.injections:state=TX,OR+task=injection_im:18446744073709551615");
        assert_eq!(decode(&encode(&press).unwrap()), Ok(press));
    }

    #[test]
    fn a_facet_that_does_not_fit_is_left_out_whole() {
        let long = "x".repeat(60);
        let press = Press::Read(about(&long, &[("credential", &["a-long-credential", "another-one-yet"]), ("state", &["TX"])]));
        assert_eq!(decode(&encode(&press).unwrap()), Ok(Press::Read(about(&long, &[("state", &["TX"])]))));
    }

    #[test]
    fn an_entry_that_cannot_be_read_back_gets_no_button() {
        assert_eq!(encode(&Press::Read(about("has a : in it", &[]))), None);
        let long = about(&"x".repeat(80), &[]);
        assert_eq!(encode(&Press::Post { about: long, target: u64::MAX }), None, "longer than Discord takes");
    }

    #[test]
    fn other_versions_and_garbage_are_refused() {
        for text in [
            "",
            "1",
            "0:c:a:",
            "2:c:a:",
            "1:x:a:",
            "1:c::",
            "1:c:a b:",
            "1:c:a:state",
            "1:c:a:state=",
            "1:c:a:=TX",
            "1:p:a:",
            "1:p:a::0",
            "1:p:a::x",
            "1:r:a::5",
            "1:c:a::5:6",
            "1:d:",
            "1:d:0",
            "1:d:1:2",
            "1:l",
            "1:l:256",
            "1:t:x",
            "1:n:a::state",
            "1:n:a::state:x",
            "1:h:a::1",
            "1:m:a",
            "1:x:1",
            "1:g",
            "1:g:1",
            "1:g:0:o",
            "1:g:x:o",
            "1:g:1:zz",
            "1:a:1",
            "1:a:0:a",
            "1:a:1:p:-1",
            "1:a:1:r:",
            "1:q:1",
            "1:q:0:u:1",
            "1:q:1:u:-1",
            "1:q:1:x:0",
        ] {
            assert_eq!(decode(text), Err(Unreadable), "{text:?}");
        }
    }
}
