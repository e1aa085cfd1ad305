//! A reply as a Discord message, within every limit of [`super::payload`].
//!
//! The lead stands in `content`, where it is read even with link previews switched off, on small screens and by screen readers;
//! detail, caveats, sources and dates stand below it in one embed. Choices are buttons with words on them. The words are the ones the
//! command line prints; nothing here decides what is said.

use std::collections::HashSet;

use crate::answer::{Choice, Citation, Earlier, MOST_SOURCES, Outcome, Reply};

use super::custom_id::{self, Press};
use super::markdown::{cut, escape, link, one_line};
use super::payload::{self, Body, Button, Embed, Field, Footer, Row, Style};
use super::texts;

/// The parts of an embed, cut so that their sum stays below [`payload::EMBEDS`].
const DESCRIPTION: usize = 4000;
const CAVEATS: usize = 1500;
const DATE: usize = 200;
const DISCLAIMER: usize = 500;
/// One line of sources; [`MOST_SOURCES`] of them and the breaks between fill a field.
const SOURCE: usize = (payload::FIELD_VALUE - 2) / MOST_SOURCES;
/// Longer labels are cut short on a phone; then the choices are spelled out above their buttons.
const SHOWN_OF_LABEL: usize = 38;
/// The most buttons that lead on from an answer.
const RELATED: usize = 3;

const _: () = assert!(DESCRIPTION <= payload::DESCRIPTION && DISCLAIMER <= payload::FOOTER);
const _: () = assert!(DESCRIPTION + payload::FIELD_VALUE + DISCLAIMER + texts::SOURCES.len() <= payload::EMBEDS);

/// The message that says `reply`. `target` is the message a menu was used on, whose choices and answers can be posted under it.
#[must_use]
pub fn message(reply: &Reply, target: Option<u64>) -> Body {
    let embed = embed(reply);
    let spelled_out = reply.choices.iter().any(|choice| one_line(&choice.label).chars().count() > SHOWN_OF_LABEL);
    let mut content = Vec::new();
    content.push(escape(reply.lead.trim()));
    content.extend(reply.stale.as_deref().map(|stale| escape(stale.trim())));
    if spelled_out {
        content.push(spell_out(&reply.choices));
    }
    if embed.is_none() {
        content.extend(reply.disclaimer.as_deref().map(|line| format!("-# {}", escape(&one_line(line)))));
    }
    content.retain(|part| !part.trim().is_empty());
    let content = content.join(BREAK);
    Body {
        content: if content.is_empty() { texts::NOTHING.to_owned() } else { cut(&content, payload::CONTENT) },
        embeds: embed.into_iter().collect(),
        components: rows(reply, target, spelled_out),
        ..Body::default()
    }
}

/// The choices as a list, numbered as their buttons are.
fn spell_out(choices: &[Choice]) -> String {
    let lines = choices.iter().enumerate().map(|(index, choice)| format!("{}. {}", index + 1, escape(&cut(&one_line(&choice.label), 200))));
    lines.take(MOST_CHOICES).collect::<Vec<_>>().join("\n")
}

fn embed(reply: &Reply) -> Option<Embed> {
    let description = description(reply);
    let mut fields = Vec::new();
    let sources = reply.sources.iter().take(MOST_SOURCES).map(source).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if !sources.is_empty() {
        fields.push(Field { name: texts::SOURCES.to_owned(), value: sources });
    }
    if description.is_empty() && fields.is_empty() {
        return None;
    }
    let footer = reply.disclaimer.as_deref().map(|line| cut(&one_line(line), DISCLAIMER)).filter(|text| !text.is_empty());
    Some(Embed { description, color: reply.colour.map(|colour| colour & 0x00FF_FFFF), fields, footer: footer.map(|text| Footer { text }) })
}

/// Detail, caveats and date. Where there is too much of them, detail gives way.
fn description(reply: &Reply) -> String {
    let caveats = reply.caveats.iter().map(|caveat| one_line(caveat)).filter(|caveat| !caveat.is_empty());
    let caveats = cut(&caveats.map(|caveat| format!("- {}", escape(&caveat))).collect::<Vec<_>>().join("\n"), CAVEATS);
    let date = cut(&escape(&one_line(reply.as_of.as_deref().unwrap_or_default())), DATE);
    let room = DESCRIPTION - CAVEATS - DATE - 2 * BREAK.len();
    let detail = cut(&escape(reply.detail.as_deref().unwrap_or_default().trim()), room);
    [detail, caveats, date].into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(BREAK)
}

/// One source: a link with its publisher and date; without the link where that would be too long.
fn source(source: &Citation) -> String {
    let line = |title: String| {
        let publisher = escape(&one_line(&source.publisher));
        let publisher = if publisher.is_empty() { publisher } else { format!(" · {publisher}") };
        format!("{title}{publisher}, {}", source.as_of.phrase())
    };
    let linked = source.url.as_deref().map(|url| line(link(&source.title, url)));
    let short = linked.filter(|line| line.chars().count() <= SOURCE);
    short.unwrap_or_else(|| cut(line(escape(&one_line(&source.title))).trim(), SOURCE))
}

/// Between two paragraphs.
const BREAK: &str = "\n\n";

/// The most choices that get a button, with a row left for what else there is.
const MOST_CHOICES: usize = payload::BUTTONS_IN_ROW * (payload::ROWS - 1);

fn rows(reply: &Reply, target: Option<u64>, numbered: bool) -> Vec<Row> {
    let mut used = HashSet::new();
    let mut button = |style, label: &str, press: &Press| {
        let custom_id = custom_id::encode(press).filter(|custom_id| used.insert(custom_id.clone()))?;
        let label = cut(&one_line(label), payload::LABEL);
        (!label.is_empty()).then(|| Button::new(style, label, custom_id))
    };
    let mut choices = Vec::new();
    for (index, choice) in reply.choices.iter().enumerate().take(MOST_CHOICES) {
        let label =
            if numbered { cut(&format!("{}. {}", index + 1, one_line(&choice.label)), SHOWN_OF_LABEL) } else { choice.label.clone() };
        choices.extend(button(Style::Primary, &label, &Press::Choose { about: about(choice), target }));
    }
    let mut below = Vec::new();
    if let (Some(target), Some(entry), Outcome::Answer) = (target, &reply.entry, reply.outcome) {
        let about = Earlier { entry: entry.clone(), facets: reply.facets.clone() };
        below.extend(button(Style::Primary, texts::POST_IT, &Press::Post { about, target }));
    }
    for choice in reply.related.iter().take(RELATED) {
        below.extend(button(Style::Secondary, &choice.label, &Press::Read { about: about(choice) }));
    }
    // Up to four choices stand one below the other, as a list is read.
    let wide = if choices.len() < payload::ROWS { 1 } else { payload::BUTTONS_IN_ROW };
    choices.chunks(wide).chain(below.chunks(payload::BUTTONS_IN_ROW)).map(|row| Row::of(row.to_vec())).collect()
}

fn about(choice: &Choice) -> Earlier {
    Earlier { entry: choice.entry.clone(), facets: choice.facets.clone() }
}

#[cfg(test)]
mod tests;
