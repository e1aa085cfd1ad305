//! What kind of slip turns one word into another, and how likely people make it.

/// A slip of the finger that one edit undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two neighbours changed places, a letter was doubled, or a double one was not.
    Swapped,
    /// A letter was left out.
    LeftOut,
    /// A letter stands for another.
    Replaced,
    /// A letter too many.
    Added,
}

impl Slip {
    /// How much more often the slip is behind a strange word than the least likely one: what the count of a known word is weighed
    /// by. Set on a public yardstick (see `benches/banking77.rs`) with slips made at random.
    pub(super) fn weight(self) -> u64 {
        match self {
            Self::Swapped => 60,
            Self::LeftOut => 9,
            Self::Replaced => 3,
            Self::Added => 1,
        }
    }
}

/// The slip by which somebody who means `meant` types `typed`; none if it takes more than one, or none at all.
pub(super) fn slip(typed: &[char], meant: &str) -> Option<Slip> {
    let length = meant.chars().count();
    let shorter = typed.len().min(length);
    let same = typed.iter().zip(meant.chars()).take_while(|(left, right)| **left == *right).count();
    let tail = typed.iter().rev().zip(meant.chars().rev()).take(shorter - same).take_while(|(left, right)| **left == *right).count();
    let mut rest = meant.chars().skip(same);
    let (next, after) = (rest.next(), rest.next());
    let before = same.checked_sub(1).map(|before| typed[before]);
    match (typed.len() - shorter, length - shorter) {
        (0, 0) => match typed.len() - same - tail {
            1 => Some(Slip::Replaced),
            2 if Some(typed[same]) == after && Some(typed[same + 1]) == next => Some(Slip::Swapped),
            _ => None,
        },
        (1, 0) if same + tail == length => Some(if before == Some(typed[same]) { Slip::Swapped } else { Slip::Added }),
        (0, 1) if same + tail == typed.len() => Some(if before == next { Slip::Swapped } else { Slip::LeftOut }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_is_told_from_the_others() {
        for (typed, meant, kind) in [
            ("rtae", "rate", Some(Slip::Swapped)),
            ("arte", "rate", Some(Slip::Swapped)),
            ("beeen", "been", Some(Slip::Swapped)),
            ("acount", "account", Some(Slip::Swapped)),
            ("ate", "rate", Some(Slip::LeftOut)),
            ("rat", "rate", Some(Slip::LeftOut)),
            ("rave", "rate", Some(Slip::Replaced)),
            ("xate", "rate", Some(Slip::Replaced)),
            ("rateb", "rate", Some(Slip::Added)),
            ("brate", "rate", Some(Slip::Added)),
            ("rate", "rate", None),
            ("tare", "rate", None),
            ("r", "rate", None),
            ("", "a", Some(Slip::LeftOut)),
        ] {
            assert_eq!(slip(&typed.chars().collect::<Vec<_>>(), meant), kind, "{typed} for {meant}");
        }
    }
}
