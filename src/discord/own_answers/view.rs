//! What a curator sees: the forms to fill in, the list, and what became of it.

use crate::discord::custom_id::{self, Press};
use crate::discord::markdown::{cut, escape, one_line};
use crate::discord::payload::{self, Body, Button, Input, Modal, Row, Style};
use crate::discord::texts::Texts;
use crate::knowledge::AsOf;
use crate::own::{OwnAnswer, OwnAnswers};

use super::act::OwnAct;
use super::check::{ANSWER, Draft, MOST, QUESTION};

/// How many stand on a page of the list.
const ON_PAGE: usize = 5;
/// As much of an answer is shown in the list.
const SHOWN: usize = 160;
/// The fields of the form.
pub(super) const FIELDS: [&str; 3] = ["question", "wordings", "answer"];

/// The form of an own answer: empty, or with what stands in it now.
pub(super) fn form(guild: u64, changed: Option<&OwnAnswer>, texts: Texts) -> Option<Modal> {
    let act = changed.map_or(OwnAct::Add, |own| OwnAct::Change(own.id));
    let custom_id = custom_id::encode(&Press::Own { guild, act })?;
    let title = if changed.is_some() { texts.own_edit_title() } else { texts.own_add_title() };
    let label = |label: String| cut(&label, payload::MODAL_LABEL);
    let [question, wordings, answer] = FIELDS;
    let mut question = Input::line(question, label(texts.own_question()), QUESTION);
    let mut wordings = Input::lines(wordings, label(texts.own_wordings()), payload::INPUT);
    wordings.required = false;
    let mut answer = Input::lines(answer, label(texts.own_answer()), ANSWER);
    if let Some(own) = changed {
        question.value = Some(own.question.clone());
        wordings.value = Some(own.ask.join("\n")).filter(|text| !text.is_empty());
        answer.value = Some(own.answer.clone());
    }
    Some(Modal::new(custom_id, cut(&title, payload::MODAL_LABEL), vec![question, wordings, answer]))
}

/// Why nothing was taken, and what was written, so that it is not lost.
pub(super) fn refused(draft: &Draft, faults: &[String], texts: Texts) -> Body {
    let faults = faults.iter().map(|fault| format!("- {fault}")).collect::<Vec<_>>().join("\n");
    let said = cut(&format!("{}\n{faults}\n\n{}", texts.own_refused(), texts.own_text_to_copy()), payload::CONTENT / 2);
    let written = [draft.question.clone(), draft.ask.join("\n"), draft.answer.clone()].join("\n\n").replace("```", "'''");
    let room = payload::CONTENT.saturating_sub(said.chars().count() + 9);
    Body::text(format!("{said}\n```\n{}\n```", cut(&written, room))).private()
}

/// What was taken, as it reads, below what was done; and what is to be known of it.
pub(super) fn taken(done: &str, reads: &Body, warnings: &[String], texts: Texts) -> Body {
    let warnings: Vec<String> = warnings.iter().map(|warning| format!("- {warning}")).collect();
    let warnings = if warnings.is_empty() { String::new() } else { format!("\n\n{}\n{}", texts.own_warnings(), warnings.join("\n")) };
    let room = payload::CONTENT.saturating_sub(done.chars().count() + 2);
    let warnings = cut(&warnings, room / 3);
    let reads = cut(&reads.content, room.saturating_sub(warnings.chars().count()));
    Body::text(format!("{done}\n\n{reads}{warnings}")).private()
}

/// Asks whether to remove one.
pub(super) fn sure(guild: u64, own: &OwnAnswer, texts: Texts) -> Body {
    let buttons = [
        button(guild, Style::Danger, &texts.own_remove_yes(), OwnAct::Remove(own.id)),
        button(guild, Style::Secondary, &texts.own_remove_no(), OwnAct::Keep),
    ];
    let components = vec![Row::of(buttons.into_iter().flatten().collect())];
    Body { components, ..Body::text(texts.own_remove_sure(&escape(&own.question))) }.private()
}

/// A page of the list; past its end the last one.
pub(super) fn list(guild: u64, own: &OwnAnswers, page: usize, texts: Texts) -> Body {
    if own.is_empty() {
        return Body::text(texts.own_none("own add")).private();
    }
    let all: Vec<&OwnAnswer> = own.iter().collect();
    let pages = all.len().div_ceil(ON_PAGE);
    let page = page.min(pages - 1);
    let lines = all.iter().enumerate().skip(page * ON_PAGE).take(ON_PAGE).map(|(index, own)| {
        let answer = escape(&cut(&one_line(&own.answer), SHOWN));
        let about = texts.own_line(own.ask.len() + 1, &texts.date(AsOf::day(own.changed)));
        format!("{}. **{}**\n{answer}\n-# {about}", index + 1, escape(&own.question))
    });
    let content = [texts.own_heading(all.len(), MOST)].into_iter().chain(lines).collect::<Vec<_>>().join("\n");
    let before = page.checked_sub(1).and_then(|page| button(guild, Style::Secondary, &texts.page_before(), OwnAct::Page(page)));
    let next = (page + 1 < pages).then(|| button(guild, Style::Secondary, &texts.page_next(), OwnAct::Page(page + 1))).flatten();
    let buttons: Vec<Button> = before.into_iter().chain(next).collect();
    let components = if buttons.is_empty() { Vec::new() } else { vec![Row::of(buttons)] };
    Body { components, ..Body::text(cut(&content, payload::CONTENT)) }.private()
}

fn button(guild: u64, style: Style, label: &str, act: OwnAct) -> Option<Button> {
    let custom_id = custom_id::encode(&Press::Own { guild, act })?;
    Some(Button::new(style, cut(&one_line(label), payload::LABEL), custom_id))
}
