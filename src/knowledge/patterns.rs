//! Patterns: regular expressions on folded text in which `<drug>` stands for a list of wordings.
//!
//! Lists are long and stand in many patterns, so they are never written out: a pattern is read with a stand-in for each list, and the list
//! is put in its place where that is asked for. What is found where, and what that means, is for guards to know.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use regex_syntax::hir::{Capture, Hir, HirKind, Repetition};

/// Begins a stand-in, which goes on with the number of its list. UTF-8 has no such byte, so nothing that is written means it.
pub const STAND_IN: u8 = 0xff;
/// The length of a stand-in.
pub const STAND_IN_LENGTH: usize = 3;

/// Lists of wordings by name, each wording a regular expression.
#[derive(Clone, Debug, Default)]
pub struct Lists(BTreeMap<String, Vec<String>>);

/// A pattern that was read.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// What a text holds.
    pub holds: Hir,
    /// What it must not hold beside.
    pub lacks: Option<Hir>,
}

/// What a pattern begins with that says what a text must not hold; it ends with a bracket. The pattern behind it may stand anywhere, which
/// in a plain regular expression it could not.
const LACKS: &str = "^(?!.*";

/// All lists as expressions, to be put where they are used.
#[derive(Clone, Debug)]
pub struct ReadLists {
    whole: Vec<Hir>,
    /// The same with stand-ins for the lists that they use themselves.
    written: Vec<Hir>,
}

/// Why a pattern cannot be read.
#[derive(Debug)]
pub enum Unreadable {
    /// There is no list of that name.
    NoList(String),
    /// Lists that use each other in a circle would never end.
    Endless(String),
    /// It is no regular expression.
    NoExpression(Box<regex_syntax::Error>),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoList(name) => write!(formatter, "there is no list <{name}>"),
            Self::Endless(name) => write!(formatter, "list <{name}> uses itself"),
            Self::NoExpression(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Lists {
    /// These lists.
    #[must_use]
    pub fn new(lists: BTreeMap<String, Vec<String>>) -> Self {
        Self(lists)
    }

    /// The names of all lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Reads a pattern; stand-ins are left in it for the lists it uses.
    ///
    /// # Errors
    /// When it uses a list that there is not, or is no regular expression.
    pub fn pattern(&self, written: &str) -> Result<Pattern, Unreadable> {
        let (lacks, holds) = parted(written);
        Ok(Pattern { holds: self.expression(holds)?, lacks: lacks.map(|lacks| self.expression(lacks)).transpose()? })
    }

    /// Whether a pattern can be read, mostly for half the work of reading it.
    ///
    /// # Errors
    /// When it uses a list that there is not, or is no regular expression.
    pub fn prove(&self, written: &str) -> Result<(), Unreadable> {
        let (lacks, holds) = parted(written);
        for part in [Some(holds), lacks].into_iter().flatten() {
            if !is_plain(part) {
                self.expression(part)?;
                continue;
            }
            let parsed = regex_syntax::ast::parse::Parser::new().parse(&self.with_stand_ins(part)?);
            parsed.map_err(|error| Unreadable::NoExpression(Box::new(error.into())))?;
        }
        Ok(())
    }

    fn expression(&self, written: &str) -> Result<Hir, Unreadable> {
        read(&self.with_stand_ins(written)?)
    }

    /// A pattern with a stand-in in the place of each list.
    fn with_stand_ins(&self, written: &str) -> Result<String, Unreadable> {
        let mut expression = String::with_capacity(written.len());
        let mut rest = written;
        while let Some((before, name, after)) = used(rest) {
            let list = self.0.keys().position(|known| known == name).and_then(|list| u16::try_from(list).ok());
            let [high, low] = list.ok_or_else(|| Unreadable::NoList(name.to_owned()))?.to_be_bytes();
            expression += before;
            // Writing to a `String` cannot fail.
            let _ = write!(expression, r"(?:\x{STAND_IN:02x}\x{high:02x}\x{low:02x})");
            rest = after;
        }
        expression += rest;
        Ok(expression)
    }

    /// Reads all lists, those that others use first.
    ///
    /// # Errors
    /// When one cannot be read, or uses itself.
    pub fn read(&self) -> Result<ReadLists, Unreadable> {
        let mut open = Vec::with_capacity(self.0.len());
        for branches in self.0.values() {
            open.push(self.expression(&branches.join("|"))?);
        }
        let mut read: Vec<Option<Hir>> = vec![None; open.len()];
        // A list is ready once all that it uses are; in a circle none ever is.
        while let Some(first) = read.iter().position(Option::is_none) {
            let before = read.iter().flatten().count();
            for (list, hir) in open.iter().enumerate() {
                if read[list].is_none() && !uses(hir, &|other| read[other].is_none()) {
                    read[list] = Some(fill(hir, &|other| read[other].clone().unwrap_or_else(Hir::fail)));
                }
            }
            if read.iter().flatten().count() == before {
                return Err(Unreadable::Endless(self.names().nth(first).unwrap_or_default().to_owned()));
            }
        }
        Ok(ReadLists { whole: read.into_iter().flatten().collect(), written: open })
    }
}

impl ReadLists {
    /// The list that an expression is nothing but the stand-in of, with stand-ins for the lists that it uses itself.
    #[must_use]
    pub fn list(&self, hir: &Hir) -> Option<&Hir> {
        match hir.kind() {
            HirKind::Literal(literal) if literal.0.len() == STAND_IN_LENGTH => {
                number(&literal.0).and_then(|list| self.written.get(usize::from(list)))
            }
            _ => None,
        }
    }

    /// The expression with each list in its place.
    #[must_use]
    pub fn fill(&self, hir: &Hir) -> Hir {
        fill(hir, &|list| self.whole.get(list).cloned().unwrap_or_else(Hir::fail))
    }

    /// All lists, by their number.
    pub fn all(&self) -> impl Iterator<Item = &Hir> {
        self.whole.iter()
    }
}

/// Reads an expression that is nothing but one: what was read before, written out.
///
/// # Errors
/// When it is no regular expression.
pub fn read(expression: &str) -> Result<Hir, Unreadable> {
    let read = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(expression);
    read.map_err(|error| Unreadable::NoExpression(Box::new(error)))
}

/// Whether letters hold a stand-in.
#[must_use]
pub fn holds_stand_in(letters: &[u8]) -> bool {
    letters.contains(&STAND_IN)
}

/// Letters up to the first stand-in among them, and the number of its list. A stand-in that was cut short ends them all the same.
#[must_use]
pub fn until_list(letters: &[u8]) -> (&[u8], Option<u16>) {
    let end = letters.iter().position(|letter| *letter == STAND_IN).unwrap_or(letters.len());
    (&letters[..end], number(&letters[end..]))
}

/// Whether an expression that can be parsed means something, whatever it is: it asks for nothing that hangs on Unicode, and sets no flags.
fn is_plain(expression: &str) -> bool {
    let sets_flags = expression.split("(?").skip(1).any(|behind| !behind.starts_with(':'));
    expression.is_ascii() && !sets_flags && !expression.contains(r"\p") && !expression.contains(r"\P")
}

/// Letters behind the last stand-in among them.
#[must_use]
pub fn behind_lists(letters: &[u8]) -> &[u8] {
    let last = letters.iter().rposition(|letter| *letter == STAND_IN);
    last.map_or(letters, |at| letters.get(at + STAND_IN_LENGTH..).unwrap_or_default())
}

/// The first list that a pattern names, `<name>` but not the `(?P<name>` of a group, with what stands before and after it.
fn used(pattern: &str) -> Option<(&str, &str, &str)> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    pattern.match_indices('<').find_map(|(at, _)| {
        let (before, after) = (&pattern[..at], &pattern[at + 1..]);
        let (name, after) = after.split_once('>')?;
        (is_name(name) && !before.ends_with("(?P") && !before.ends_with("(?")).then_some((before, name, after))
    })
}

/// A pattern as what a text must not hold, if it says so, and what it holds.
fn parted(pattern: &str) -> (Option<&str>, &str) {
    let Some(rest) = pattern.strip_prefix(LACKS) else { return (None, pattern) };
    let (mut open, mut escaped) = (1, false);
    let end = rest.find(|letter| {
        open += match letter {
            '(' if !escaped => 1,
            ')' if !escaped => -1,
            _ => 0,
        };
        escaped = letter == '\\' && !escaped;
        open == 0
    });
    // Without its end it is no regular expression, and is told to be none.
    end.map_or((None, pattern), |end| (Some(&rest[..end]), &rest[end + 1..]))
}

/// The number of the list whose stand-in these letters begin with.
fn number(letters: &[u8]) -> Option<u16> {
    match letters {
        [STAND_IN, high, low, ..] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}

fn uses(hir: &Hir, is_meant: &impl Fn(usize) -> bool) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => (0..literal.0.len()).filter_map(|at| number(&literal.0[at..])).any(|list| is_meant(list.into())),
        HirKind::Repetition(Repetition { sub, .. }) | HirKind::Capture(Capture { sub, .. }) => uses(sub, is_meant),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(|part| uses(part, is_meant)),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

fn fill(hir: &Hir, list: &impl Fn(usize) -> Hir) -> Hir {
    match hir.kind() {
        HirKind::Literal(literal) if holds_stand_in(&literal.0) => Hir::concat(fill_letters(&literal.0, list)),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition { sub: Box::new(fill(&repetition.sub, list)), ..repetition.clone() }),
        HirKind::Capture(capture) => Hir::capture(Capture { sub: Box::new(fill(&capture.sub, list)), ..capture.clone() }),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(|part| fill(part, list)).collect()),
        HirKind::Alternation(branches) => Hir::alternation(branches.iter().map(|branch| fill(branch, list)).collect()),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

fn fill_letters(letters: &[u8], list: &impl Fn(usize) -> Hir) -> Vec<Hir> {
    let mut parts = Vec::new();
    let mut rest = letters;
    while let Some(at) = rest.iter().position(|letter| *letter == STAND_IN) {
        let (before, stand_in) = rest.split_at(at);
        parts.push(Hir::literal(before));
        parts.extend(number(stand_in).map(|number| list(number.into())));
        rest = stand_in.get(STAND_IN_LENGTH..).unwrap_or_default();
    }
    parts.push(Hir::literal(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(lists: &[(&str, &[&str])]) -> Lists {
        Lists::new(lists.iter().map(|(name, words)| ((*name).to_owned(), words.iter().map(|word| (*word).to_owned()).collect())).collect())
    }

    fn filled(lists: &Lists, pattern: &str) -> String {
        lists.read().unwrap().fill(&lists.pattern(pattern).unwrap().holds).to_string()
    }

    fn plain(pattern: &str) -> String {
        regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).unwrap().to_string()
    }

    #[test]
    fn a_list_stands_wherever_it_is_named() {
        let lists = lists(&[("drug", &["aspirin", "pills?"]), ("body", &["head"])]);
        for (pattern, wanted) in [
            ("my <drug>s", "my (?:aspirin|pills?)s"),
            (r"\b<drug>? (?:<body>|foot)$", r"\b(?:aspirin|pills?)? (?:head|foot)$"),
            ("<drug><body>", "(?:aspirin|pills?)head"),
            ("(a <body>){2}", "(a head){2}"),
            ("no list", "no list"),
        ] {
            assert_eq!(filled(&lists, pattern), plain(wanted), "{pattern}");
        }
    }

    #[test]
    fn lists_use_lists_whatever_their_order() {
        let lists = lists(&[("a", &["<b> x", "y"]), ("b", &["<c>"]), ("c", &["one", "two"])]);
        assert_eq!(filled(&lists, "<a>"), plain("(?:one|two) x|y"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let round = lists(&[("a", &["<b>"]), ("b", &["x", "<a>"]), ("c", &["y"])]);
        assert_eq!(round.read().unwrap_err().to_string(), "list <a> uses itself");
        assert_eq!(round.pattern("<a> <drugs>").unwrap_err().to_string(), "there is no list <drugs>");
        assert!(matches!(round.pattern("(<a>"), Err(Unreadable::NoExpression(_))));
    }

    #[test]
    fn a_pattern_says_what_a_text_lacks_before_what_it_holds() {
        let lists = lists(&[("trade", &["ma"])]);
        let parts = |pattern: &str| {
            let Pattern { holds, lacks } = lists.pattern(pattern).unwrap();
            let read = lists.read().unwrap();
            (lacks.map(|lacks| read.fill(&lacks).to_string()), read.fill(&holds).to_string())
        };
        assert_eq!(parts(r"^(?!.*\b(<trade>|\(c\))\b)(rn|lpn)"), (Some(plain(r"\b(ma|\(c\))\b")), plain("(rn|lpn)")));
        assert_eq!(parts("^(?:rn)"), (None, plain("^(?:rn)")));
        assert!(matches!(lists.pattern(r"^(?!.*\bma"), Err(Unreadable::NoExpression(_))));
        assert!(matches!(lists.pattern("rn(?!s)"), Err(Unreadable::NoExpression(_))));
    }

    #[test]
    fn what_is_proven_can_be_read_and_nothing_else() {
        let lists = lists(&[("trade", &["ma"])]);
        let sound =
            [r"\b<trade>\b", r"^(?!.*\bna\b)<trade>", "ni.o", "niño", "(?i)rn", "(?P<name>rn)", "(?u)[á-é]", r"[^?\]]{2,3}?", r"\d+\.?\s"];
        let unsound = ["a)|(b", "rn(?!s)", "[á]", r"\pL", "<none>", "x{3,2}", "[z-a]", r"^(?!.*\q)rn", r"\b{start"];
        for (patterns, is_sound) in [(&sound[..], true), (&unsound, false)] {
            for pattern in patterns {
                assert_eq!((lists.prove(pattern).is_ok(), lists.pattern(pattern).is_ok()), (is_sound, is_sound), "{pattern}");
            }
        }
    }

    #[test]
    fn a_group_of_a_name_and_other_brackets_are_no_lists() {
        let lists = lists(&[("a", &["x"])]);
        assert_eq!(filled(&lists, "(?P<a>y)</?b>"), plain("(?P<a>y)</?b>"));
    }
}
