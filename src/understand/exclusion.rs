//! What a question sets aside: "besides injections", "everywhere except California", "Nevada, not Texas".
//!
//! A value that is set aside is not asked about, so the words that do it are left out before the question is matched. "Not" alone
//! denies more than it sets aside ("why may MAs not draw blood?"): it counts only before a value that stands for its facet, and
//! only where another value of that facet is named.

use std::ops::Range;

use super::facets::{Mention, Recogniser};
use crate::text::Token;
use crate::text::english::is_function_word;

/// Words that set aside what follows.
const CUES: [&[&str]; 7] =
    [&["besides"], &["beside"], &["other", "than"], &["aside", "from"], &["except"], &["excluding"], &["outside", "of"]];
/// The most words between a cue and what it sets aside: "other than giving them a shot".
const MOST_BETWEEN: usize = 3;

/// The tokens that set values aside, with the names of those values; the ranges ascend and do not overlap.
pub(super) fn set_aside(tokens: &[Token], mentions: &[Mention], recogniser: &Recogniser) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for start in 0..tokens.len() {
        if ranges.last().is_some_and(|before| start < before.end) {
            continue;
        }
        if let Some(end) = cue(tokens, start).and_then(|end| named_after(tokens, mentions, end)) {
            ranges.push(start..end);
        } else if let Some(end) = denied(tokens, mentions, recogniser, start) {
            ranges.push(start..end);
        }
    }
    let left: usize = tokens.len() - ranges.iter().map(ExactSizeIterator::len).sum::<usize>();
    // A question that says nothing else is about what it names.
    if left == 0 { Vec::new() } else { ranges }
}

/// Where a cue that begins at `start` ends.
fn cue(tokens: &[Token], start: usize) -> Option<usize> {
    let fits = |words: &&&[&str]| tokens[start..].iter().map(|token| token.text.as_str()).take(words.len()).eq(words.iter().copied());
    CUES.iter().find(fits).map(|words| start + words.len())
}

/// Where the list of values ends that begins at `start` or a few small words behind it.
fn named_after(tokens: &[Token], mentions: &[Mention], start: usize) -> Option<usize> {
    let at = |place: usize| mentions.iter().filter(|mention| mention.start == place).map(|mention| mention.end).max();
    let is_small = |token: &Token| is_function_word(&token.text) || token.text.ends_with("ing");
    let first = (start..tokens.len().min(start + MOST_BETWEEN + 1)).find(|place| at(*place).is_some())?;
    if !tokens[start..first].iter().all(is_small) {
        return None;
    }
    let mut end = at(first)?;
    // "besides injections and vitals": the whole list is set aside.
    while let Some(further) = [end, end + 1].into_iter().find(|next| is_joined(tokens, end, *next) && at(*next).is_some()) {
        end = at(further)?;
    }
    Some(end)
}

/// Whether a value that begins at `next` is in a list with one that ended at `end`.
fn is_joined(tokens: &[Token], end: usize, next: usize) -> bool {
    let is_link = |token: &Token| matches!(token.text.as_str(), "and" | "or");
    (next == end && tokens[end - 1].ends_clause) || (next == end + 1 && tokens.get(end).is_some_and(is_link))
}

/// Where a "not" that begins at `start` ends, with the value that it denies beside another one.
fn denied(tokens: &[Token], mentions: &[Mention], recogniser: &Recogniser, start: usize) -> Option<usize> {
    if tokens[start].text != "not" {
        return None;
    }
    let next = start + 1 + usize::from(tokens.get(start + 1).is_some_and(|token| matches!(token.text.as_str(), "in" | "from")));
    let denied = mentions.iter().find(|mention| mention.start == next && recogniser.is_stand_in(mention.facet))?;
    let another = mentions.iter().any(|other| other.facet == denied.facet && other.value != denied.value);
    another.then_some(denied.end)
}
