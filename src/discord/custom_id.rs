//! The whole state of a button, in the 100 characters Discord gives it.
//!
//! A `custom_id` is the only thing that comes back with a press, and it outlives the process: a button works after a restart, after
//! a new release and on any other process of the same bot. So it carries a version and everything needed to answer:
//!
//! ```text
//! 1:c:pay.by-state:state=TX                     choose an answer Mabel offered
//! 1:r:pay.national:                             read a related answer
//! 1:p:scope.injections:state=TX:1318500000000   post a private answer under that message
//! ```
//!
//! What cannot be read is told apart from nothing: the presser is told that the button is old. Nothing here knows what a press does.
//! <https://docs.discord.com/developers/components/reference#custom-id>

use crate::answer::Earlier;
use crate::knowledge::ids::is_id;
use crate::knowledge::{EntryId, FacetId, ValueId, Values};

use super::payload::CUSTOM_ID;

/// What a button stands for.
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
    Read {
        /// The entry and its facets.
        about: Earlier,
    },
    /// Post a private answer for all to see.
    Post {
        /// The entry and its facets.
        about: Earlier,
        /// The message to post the answer under.
        target: u64,
    },
}

/// A `custom_id` that this version cannot read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the custom_id is from another version")]
pub struct Unreadable;

const VERSION: &str = "1";

/// The `custom_id` of a press; none if its entry's id could not be read back.
///
/// Facets that do not fit are left out whole, the last first: the answer is then more general, never about something else.
#[must_use]
pub fn encode(press: &Press) -> Option<String> {
    let (kind, about, target) = match press {
        Press::Choose { about, target } => ("c", about, *target),
        Press::Read { about } => ("r", about, None),
        Press::Post { about, target } => ("p", about, Some(*target)),
    };
    let entry = about.entry.as_str();
    if !is_id(entry) {
        return None;
    }
    let end = target.map(|target| format!(":{target}")).unwrap_or_default();
    let start = format!("{VERSION}:{kind}:{entry}:");
    let facets = encode_facets(&about.facets, CUSTOM_ID - start.len() - end.len());
    Some(format!("{start}{facets}{end}"))
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
    let mut parts = custom_id.split(':');
    if parts.next() != Some(VERSION) {
        return Err(Unreadable);
    }
    let (Some(kind), Some(entry), Some(facets)) = (parts.next(), parts.next(), parts.next()) else { return Err(Unreadable) };
    let target = parts.next().map(|digits| digits.parse::<u64>().map_err(|_| Unreadable)).transpose()?;
    if parts.next().is_some() || !is_id(entry) || target == Some(0) {
        return Err(Unreadable);
    }
    let about = Earlier { entry: EntryId::from(entry), facets: decode_facets(facets)? };
    match (kind, target) {
        ("c", target) => Ok(Press::Choose { about, target }),
        ("r", None) => Ok(Press::Read { about }),
        ("p", Some(target)) => Ok(Press::Post { about, target }),
        _ => Err(Unreadable),
    }
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
        (any_about(), 0..3_u8, proptest::option::of(1..u64::MAX)).prop_map(|(about, kind, target)| match (kind, target) {
            (0, target) => Press::Choose { about, target },
            (1, Some(target)) => Press::Post { about, target },
            _ => Press::Read { about },
        })
    }

    fn parts(press: &Press) -> (u8, &Earlier, Option<u64>) {
        match press {
            Press::Choose { about, target } => (0, about, *target),
            Press::Read { about } => (1, about, None),
            Press::Post { about, target } => (2, about, Some(*target)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_back_and_fits(press in any_press()) {
            let written = encode(&press).unwrap();
            prop_assert!(written.len() <= CUSTOM_ID, "{written}");
            let read = decode(&written).unwrap();
            let ((kind, about, target), (read_kind, read_about, read_target)) = (parts(&press), parts(&read));
            prop_assert_eq!((kind, &about.entry, target), (read_kind, &read_about.entry, read_target));
            for (facet, values) in &read_about.facets {
                prop_assert_eq!(about.facets.get(facet), Some(values), "a facet came back changed");
            }
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
        let press = Press::Read { about: about(&long, &[("credential", &["a-long-credential", "another-one-yet"]), ("state", &["TX"])]) };
        assert_eq!(decode(&encode(&press).unwrap()), Ok(Press::Read { about: about(&long, &[("state", &["TX"])]) }));
    }

    #[test]
    fn an_entry_that_cannot_be_read_back_gets_no_button() {
        assert_eq!(encode(&Press::Read { about: about("has a : in it", &[]) }), None);
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
        ] {
            assert_eq!(decode(text), Err(Unreadable), "{text:?}");
        }
    }
}
