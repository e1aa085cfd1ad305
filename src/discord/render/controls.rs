//! Buttons and selects below a message, at most five rows of them.
//!
//! ```text
//! choices of a question back, one below the other      or  selects for what an answer leaves open
//! [You also asked: …]
//! [Where do you work?] [Show picture] [More] [Sources] [Post it]
//! ( Related questions                          v )
//! [Helpful] [Not helpful] [Delete]
//! ```
//!
//! Every control carries words, none a colour or picture alone. A control whose `custom_id` cannot be made is left out.

use std::collections::HashSet;

use crate::answer::{Choice, Earlier, Outcome, Reply};
use crate::discord::custom_id::{self, Press};
use crate::discord::markdown::{cut, one_line};
use crate::discord::payload::{self, Button, Row, Select, SelectOption, Style};
use crate::discord::texts::Texts;
use crate::knowledge::{FacetId, TopicId, ValueId};

use super::{MOST_CHOICES, Pictured, SHOWN_OF_LABEL, Show, is_spelled_out};

/// The rows that can hold selects for a facet, beside the two rows of buttons.
const MOST_SELECTS: usize = payload::ROWS - 2;

/// The rows below a message.
pub(super) fn rows(reply: &Reply, show: &Show, texts: Texts) -> Vec<Row> {
    let below = [other(reply, texts), actions(reply, show, true, texts), related(reply, texts), verdict(reply, show, texts)];
    let below: Vec<Row> = below.into_iter().flatten().collect();
    let mut rows = choices(reply, show, payload::ROWS - below.len());
    rows.extend(below);
    rows
}

/// The rows below a message in which a value is to be chosen.
pub(super) fn asking(reply: &Reply, show: &Show, values: &[(ValueId, String)], texts: Texts) -> Vec<Row> {
    let mut rows = self::values(reply, values, texts);
    rows.extend([actions(reply, show, false, texts), verdict(reply, show, texts)].into_iter().flatten());
    rows
}

/// Selects for the values of the facet that a reply leaves open, in the order of the alphabet.
pub(super) fn values(reply: &Reply, values: &[(ValueId, String)], texts: Texts) -> Vec<Row> {
    let Some(open) = &reply.open else { return Vec::new() };
    let mut values: Vec<&(ValueId, String)> = values.iter().collect();
    values.sort_by_key(|(_, name)| name.to_lowercase());
    let options = values.into_iter().filter_map(|(value, name)| option(name, value.to_string())).collect();
    let about = Earlier { entry: open.entry.clone(), facets: reply.facets.clone() };
    selects(open.prompt.within(texts.language()), options, |part| value_press(&about, &open.facet, part), texts)
}

fn value_press(about: &Earlier, facet: &FacetId, part: u8) -> Press {
    Press::Value { about: about.clone(), facet: facet.clone(), part }
}

/// Selects of questions, each read when it is chosen.
#[must_use]
pub fn choose_question(prompt: &str, choices: &[Choice], texts: Texts) -> Vec<Row> {
    let options = choices.iter().filter_map(|choice| option(&choice.label, custom_id::encode(&Press::Read(about(choice)))?));
    selects(prompt, options.collect(), |part| Press::Chosen { part }, texts)
}

/// A select of topics, whose questions are shown when one is chosen.
#[must_use]
pub fn choose_topic(topics: &[(TopicId, String)], texts: Texts) -> Vec<Row> {
    let options = topics.iter().filter_map(|(topic, title)| option(title, topic.to_string()));
    select(&texts.questions_of_topic(), options.collect(), &Press::Topic).into_iter().collect()
}

/// As many selects as the options need, evenly filled, each saying from where to where it goes.
fn selects(prompt: &str, options: Vec<SelectOption>, press: impl Fn(u8) -> Press, texts: Texts) -> Vec<Row> {
    let options = distinct(options);
    let count = options.len().div_ceil(payload::OPTIONS);
    if count <= 1 {
        return select(prompt, options, &press(0)).into_iter().collect();
    }
    let parts = options.chunks(options.len().div_ceil(count)).zip(0..).take(MOST_SELECTS);
    let rows = parts.filter_map(|(part, number)| {
        let ends = [part.first()?, part.last()?].map(|option| cut(&option.label, payload::PLACEHOLDER / 4));
        let [first, last] = &ends;
        let says = if first == last { texts.part_of_one(prompt, first) } else { texts.part_of(prompt, first, last) };
        select(&says, part.to_vec(), &press(number))
    });
    rows.collect()
}

fn select(placeholder: &str, options: Vec<SelectOption>, press: &Press) -> Option<Row> {
    let options = distinct(options);
    let custom_id = custom_id::encode(press)?;
    let placeholder = cut(&one_line(placeholder), payload::PLACEHOLDER);
    (!options.is_empty() && !placeholder.is_empty()).then(|| Row::select(Select::new(custom_id, placeholder, options)))
}

/// Discord takes no value twice.
fn distinct(mut options: Vec<SelectOption>) -> Vec<SelectOption> {
    let mut seen = HashSet::new();
    options.retain(|option| seen.insert(option.value.clone()));
    options
}

fn option(label: &str, value: String) -> Option<SelectOption> {
    let label = cut(&one_line(label), payload::OPTION);
    (!label.is_empty() && (1..=payload::OPTION).contains(&value.chars().count())).then_some(SelectOption { label, value })
}

/// The answers that Mabel asks back about.
fn choices(reply: &Reply, show: &Show, most_rows: usize) -> Vec<Row> {
    let numbered = is_spelled_out(reply);
    let mut used = HashSet::new();
    let mut buttons = Vec::new();
    for (index, choice) in reply.choices.iter().enumerate().take(MOST_CHOICES) {
        let label =
            if numbered { cut(&format!("{}. {}", index + 1, one_line(&choice.label)), SHOWN_OF_LABEL) } else { choice.label.clone() };
        let button = button(Style::Primary, &label, &Press::Choose { about: about(choice), target: show.target });
        buttons.extend(button.filter(|button| used.insert(button.custom_id.clone())));
    }
    // A few choices stand one below the other, as a list is read.
    let wide = if buttons.len() <= most_rows { 1 } else { payload::BUTTONS_IN_ROW };
    buttons.chunks(wide).take(most_rows).map(|row| Row::of(row.to_vec())).collect()
}

/// The other question of the same message, answered for whoever presses.
fn other(reply: &Reply, texts: Texts) -> Option<Row> {
    let choice = reply.other.as_ref()?;
    let button = button(Style::Primary, &texts.you_also_asked(&one_line(&choice.label)), &Press::Read(about(choice)))?;
    Some(Row::of(vec![button]))
}

/// What can be done with an answer.
fn actions(reply: &Reply, show: &Show, may_ask: bool, texts: Texts) -> Option<Row> {
    let about = answered(reply)?;
    let open = reply.open.as_ref().filter(|_| may_ask);
    let mut row = Vec::new();
    row.extend(open.and_then(|open| button(Style::Primary, open.prompt.within(texts.language()), &Press::Narrow(about.clone()))));
    // A program that draws nothing offers no picture.
    if cfg!(feature = "pictures") && reply.has_picture && show.picture == Pictured::Offered {
        row.extend(button(Style::Secondary, &texts.show_picture(), &Press::Picture(about.clone())));
    }
    if reply.detail.as_deref().is_some_and(|detail| !detail.trim().is_empty()) && !show.expanded {
        row.extend(button(Style::Secondary, &texts.more(), &Press::More(about.clone())));
    }
    if !reply.sources.is_empty() {
        row.extend(button(Style::Secondary, &texts.show_sources(), &Press::Sources(about.clone())));
    }
    row.extend(show.target.and_then(|target| button(Style::Primary, &texts.post_it(), &Press::Post { about: about.clone(), target })));
    (!row.is_empty()).then(|| Row::of(row))
}

/// What to read next.
fn related(reply: &Reply, texts: Texts) -> Option<Row> {
    let options = reply.related.iter().filter_map(|choice| option(&choice.label, custom_id::encode(&Press::Read(about(choice)))?));
    select(&texts.related(), options.take(payload::OPTIONS).collect(), &Press::Chosen { part: 0 })
}

/// What a reader says of an answer, and the way to be rid of it.
fn verdict(reply: &Reply, show: &Show, texts: Texts) -> Option<Row> {
    let mut row = Vec::new();
    if let Some(about) = answered(reply) {
        // A vote is for the answer, not for a value of it.
        row.extend(button(Style::Secondary, &texts.helpful(), &Press::Vote { about: about.clone(), helpful: true }));
        row.extend(button(Style::Secondary, &texts.not_helpful(), &Press::Vote { about, helpful: false }));
    }
    if !show.private {
        let (label, press) =
            if show.unasked { (texts.dismiss(), Press::Dismiss) } else { (texts.delete(), Press::Delete { owner: show.owner }) };
        row.extend(button(Style::Danger, &label, &press));
    }
    (!row.is_empty()).then(|| Row::of(row))
}

/// What an answer is about; none where nothing is answered.
fn answered(reply: &Reply) -> Option<Earlier> {
    reply.about().filter(|_| reply.outcome == Outcome::Answer)
}

fn button(style: Style, label: &str, press: &Press) -> Option<Button> {
    let label = cut(&one_line(label), payload::LABEL);
    let custom_id = custom_id::encode(press)?;
    (!label.is_empty()).then(|| Button::new(style, label, custom_id))
}

fn about(choice: &Choice) -> Earlier {
    Earlier { entry: choice.entry.clone(), facets: choice.facets.clone() }
}
