//! What a curator sees of gaps and votes, page by page.

use jiff::civil::Date;

use crate::discord::custom_id::{self, Press};
use crate::discord::markdown::{cut, escape, one_line};
use crate::discord::payload::{self, Body, Button, Row, Style};
use crate::discord::texts::Texts;
use crate::gaps::Group;
use crate::knowledge::{AsOf, EntryId, Knowledge};
use crate::store::Tally;

use super::act::GapsAct;

/// How many stand on a page.
const ON_PAGE: usize = 8;
/// So many weeks of a gap are named, the last ones; the others count for all of it.
const WEEKS_SHOWN: usize = 3;
/// So many wordings that are alike are named.
const OTHERS_SHOWN: usize = 2;

/// What gaps and votes are shown with.
#[derive(Clone, Copy)]
pub(super) struct View<'event> {
    /// The server.
    pub(super) guild: u64,
    /// The first day that is looked at.
    pub(super) since: Date,
    /// What entries are called by.
    pub(super) knowledge: &'event Knowledge,
    /// The words.
    pub(super) texts: Texts,
}

impl View<'_> {
    /// What was asked and not answered; past the last page that one.
    pub(super) fn unanswered(self, groups: &[Group], page: usize) -> Body {
        let (since, other) = (self.day(self.since), (self.texts.see_votes(), GapsAct::Votes(0)));
        let heading = if groups.is_empty() { self.texts.gaps_none(&since) } else { self.texts.gaps_heading(&since) };
        self.body(&heading, groups, page, |group| self.gap(group), GapsAct::Unanswered, other)
    }

    /// How the answers of each entry were received; past the last page that one.
    pub(super) fn votes(self, votes: &[(EntryId, Tally)], page: usize) -> Body {
        let (since, other) = (self.day(self.since), (self.texts.see_gaps(), GapsAct::Unanswered(0)));
        let heading = if votes.is_empty() { self.texts.votes_none(&since) } else { self.texts.votes_heading(&since) };
        self.body(&heading, votes, page, |(entry, tally)| self.vote(entry, *tally), GapsAct::Votes, other)
    }

    fn body<T>(
        self,
        heading: &str,
        all: &[T],
        page: usize,
        line: impl Fn(&T) -> String,
        turn: fn(usize) -> GapsAct,
        (label, other): (String, GapsAct),
    ) -> Body {
        let pages = all.len().div_ceil(ON_PAGE).max(1);
        let page = page.min(pages - 1);
        let lines = all.iter().enumerate().skip(page * ON_PAGE).take(ON_PAGE);
        let lines = lines.map(|(index, item)| format!("{}. {}", index + 1, line(item)));
        let content = [heading.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n");
        let before = page.checked_sub(1).map(|page| (self.texts.page_before(), turn(page)));
        let next = (page + 1 < pages).then(|| (self.texts.page_next(), turn(page + 1)));
        let buttons = before.into_iter().chain(next).chain([(label, other)]);
        let buttons = buttons.filter_map(|(label, act)| self.button(&label, act)).collect();
        Body { components: vec![Row::of(buttons)], ..Body::text(cut(&content, payload::CONTENT)) }.private()
    }

    /// A gap: its words, how often it was asked, in which weeks, and in which words else.
    fn gap(self, group: &Group) -> String {
        let weeks = group.weeks.iter().rev().take(WEEKS_SHOWN);
        let weeks = weeks.map(|(week, count)| self.texts.gap_week(&count.to_string(), &self.day(*week))).collect::<Vec<_>>().join("; ");
        let others = group.others.iter().take(OTHERS_SHOWN).map(|words| escape(words)).collect::<Vec<_>>().join("; ");
        let more = group.others.len().saturating_sub(OTHERS_SHOWN);
        let more = if more > 0 { format!(", {}", self.texts.and_more(more)) } else { String::new() };
        let others = if others.is_empty() { String::new() } else { format!("\n-# {}{more}", self.texts.gap_others(&others)) };
        format!("**{}**: {}\n-# {weeks}{others}", escape(&group.words), self.texts.gap_count(counted(group.count)))
    }

    /// How an entry was received. One that is no longer in the knowledge has no question.
    fn vote(self, entry: &EntryId, tally: Tally) -> String {
        let question = self.knowledge.entry(entry.as_str()).map(|entry| format!("**{}** ", escape(&one_line(&entry.question))));
        let received = self.texts.vote_line(counted(tally.helpful), counted(tally.not_helpful));
        format!("{}`{entry}`\n-# {received}", question.unwrap_or_default())
    }

    fn day(self, day: Date) -> String {
        self.texts.date(AsOf::day(day))
    }

    fn button(self, label: &str, act: GapsAct) -> Option<Button> {
        let custom_id = custom_id::encode(&Press::Gaps { guild: self.guild, act })?;
        Some(Button::new(Style::Secondary, cut(&one_line(label), payload::LABEL), custom_id))
    }
}

/// A count as the catalogue takes it.
fn counted(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
