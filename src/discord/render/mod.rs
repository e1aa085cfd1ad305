//! A reply as a Discord message, within every limit of [`super::payload`].
//!
//! The lead stands in `content`, where it is read even with link previews switched off, on small screens and by screen readers;
//! caveats, sources and dates stand below it in one embed, or in the text itself where no embed may stand. Detail comes on request.
//! What can be pressed is built in `controls`. The words are the ones the command line prints; nothing here decides what is said.

mod controls;

use crate::answer::{Choice, Citation, MOST_SOURCES, Reply};
use crate::knowledge::{AsOf, ValueId};

use super::markdown::{as_written, cut, escape, link, one_line, quiet_link};
use super::payload::{self, Body, Embed, Field, Footer, Row};
use super::texts::Texts;

pub use controls::{choose_question, choose_topic};

/// How a message stands in Discord.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of the same message, and any can go with any")]
pub struct Show {
    /// Only one person sees it.
    pub private: bool,
    /// The message a menu was used on: the answer can be posted under it.
    pub target: Option<u64>,
    /// Who had the answer posted, where that is not who asked: they can delete it, too.
    pub owner: Option<u64>,
    /// Its detail is shown.
    pub expanded: bool,
    /// It has no embed: everything stands in the text.
    pub plain: bool,
    /// Nobody asked for it.
    pub unasked: bool,
    /// What becomes of the picture of a reply that has one.
    pub picture: Pictured,
}

/// What becomes of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictured {
    /// A button shows it.
    #[default]
    Offered,
    /// It comes along.
    Along,
    /// It cannot be shown.
    Never,
}

impl Show {
    /// Seen by one person.
    pub const PRIVATE: Self =
        Self { private: true, target: None, owner: None, expanded: false, plain: false, unasked: false, picture: Pictured::Offered };
    /// Seen by all.
    pub const PUBLIC: Self = Self { private: false, ..Self::PRIVATE };
}

/// The parts of an embed, cut so that their sum stays below [`payload::EMBEDS`].
const DESCRIPTION: usize = 4000;
const CAVEATS: usize = 1500;
const DATE: usize = 200;
const HEADING: usize = 100;
const DISCLAIMER: usize = 500;
/// The lead, cut so that what a reader must know of it stays below it.
const LEAD: usize = payload::CONTENT - 400;
/// One line of sources; [`MOST_SOURCES`] of them and the breaks between fill a field.
const SOURCE: usize = (payload::FIELD_VALUE - 2) / MOST_SOURCES;
/// Longer labels are cut short on a phone; then the choices are spelled out above their buttons.
const SHOWN_OF_LABEL: usize = 38;
/// The most choices that get a button, with a row left for what else there is.
const MOST_CHOICES: usize = payload::BUTTONS_IN_ROW * (payload::ROWS - 1);
/// Between two paragraphs.
const BREAK: &str = "\n\n";

const _: () = assert!(DESCRIPTION <= payload::DESCRIPTION && DISCLAIMER <= payload::FOOTER);
const _: () = assert!(HEADING + DESCRIPTION + payload::FIELD_VALUE + DISCLAIMER <= payload::EMBEDS);

/// The message that says `reply`.
#[must_use]
pub fn message(reply: &Reply, show: &Show, texts: Texts) -> Body {
    with_rows(reply, show, controls::rows(reply, show, texts), texts)
}

/// The same message with selects in which a value of the facet that it leaves open is chosen.
#[must_use]
pub fn asking(reply: &Reply, show: &Show, values: &[(ValueId, String)], texts: Texts) -> Body {
    with_rows(reply, show, controls::asking(reply, show, values, texts), texts)
}

/// Nothing but the question for that value, for somebody who is not the asker.
#[must_use]
pub fn asking_alone(reply: &Reply, values: &[(ValueId, String)], texts: Texts) -> Body {
    let prompt = reply.open.as_ref().map(|open| cut(&escape(&one_line(open.prompt.within(texts.language()))), payload::CONTENT));
    let prompt = prompt.unwrap_or_default();
    let components = controls::values(reply, values, texts);
    Body { components, ..Body::text(if prompt.is_empty() { texts.nothing() } else { prompt }) }.private()
}

fn with_rows(reply: &Reply, show: &Show, components: Vec<Row>, texts: Texts) -> Body {
    let (content, embed) = if show.plain { (plain(reply, show, texts), None) } else { rich(reply, show, texts) };
    let content = if content.trim().is_empty() { texts.nothing() } else { content };
    let body = Body { content, embeds: embed.into_iter().collect(), components, ..Body::default() };
    if show.private { body.private() } else { body }
}

/// What is said first: lead, that it is not in the reader's language, what makes it doubtful, choices, and what a reader must know of where
/// it comes from.
fn first(reply: &Reply, show: &Show, texts: Texts) -> Vec<String> {
    let lead = reply.lead.within(texts.language()).trim();
    let lead = if reply.own.is_some() { as_written(lead) } else { escape(lead) };
    // A server words its own answers for its own people.
    let is_foreign = reply.own.is_none() && !reply.lead.is_in(texts.language());
    let foreign = is_foreign.then(|| format!("-# {}", texts.not_translated()));
    let spelled_out = is_spelled_out(reply).then(|| spell_out(&reply.choices));
    let stale = reply.stale.as_ref().map(|stale| escape(stale.within(texts.language()).trim()));
    let assumed = reply.assumed.iter().map(|assumed| texts.assumed(&escape(&assumed.value), &escape(&assumed.facet)));
    let own = reply.own.map(|own| texts.own_mark(&texts.date(AsOf::day(own.changed))));
    let small: Vec<String> = assumed.chain(own).chain(show.unasked.then(|| texts.unasked())).map(|line| format!("-# {line}")).collect();
    [Some(cut(&lead, LEAD)), foreign, stale, spelled_out, Some(small.join("\n"))].into_iter().flatten().collect()
}

/// The text, and the embed below it.
fn rich(reply: &Reply, show: &Show, texts: Texts) -> (String, Option<Embed>) {
    let embed = embed(reply, show, texts);
    let mut content = first(reply, show, texts);
    if embed.is_none() {
        content.extend(disclaimer(reply, texts));
    }
    (cut(&paragraphs(content), payload::CONTENT), embed)
}

/// Everything in the text. What no longer fits is left out whole, so that no link is cut.
fn plain(reply: &Reply, show: &Show, texts: Texts) -> String {
    let mut text = cut(&paragraphs(first(reply, show, texts)), payload::CONTENT);
    let detail = show.expanded.then(|| escape(reply.detail.as_deref().unwrap_or_default().trim()));
    let sources: Vec<String> = reply.sources.iter().take(MOST_SOURCES).map(|source| self::source(source, quiet_link, texts)).collect();
    let sources = if sources.is_empty() { String::new() } else { format!("{}:\n- {}", texts.sources(), sources.join("\n- ")) };
    for part in
        [detail.unwrap_or_default(), caveats(reply, texts), date(reply, texts), sources, disclaimer(reply, texts).unwrap_or_default()]
    {
        let longer = paragraphs(vec![text.clone(), part]);
        if longer.chars().count() <= payload::CONTENT {
            text = longer;
        }
    }
    text
}

fn paragraphs(mut parts: Vec<String>) -> String {
    parts.retain(|part| !part.trim().is_empty());
    parts.join(BREAK)
}

fn disclaimer(reply: &Reply, texts: Texts) -> Option<String> {
    let line = reply.disclaimer.as_ref()?.within(texts.language());
    Some(format!("-# {}", cut(&escape(&one_line(line)), DISCLAIMER)))
}

/// Whether the choices are too long for their buttons.
fn is_spelled_out(reply: &Reply) -> bool {
    reply.choices.iter().any(|choice| one_line(&choice.label).chars().count() > SHOWN_OF_LABEL)
}

/// The choices as a list, numbered as their buttons are.
fn spell_out(choices: &[Choice]) -> String {
    let lines = choices.iter().enumerate().map(|(index, choice)| format!("{}. {}", index + 1, escape(&cut(&one_line(&choice.label), 200))));
    lines.take(MOST_CHOICES).collect::<Vec<_>>().join("\n")
}

fn embed(reply: &Reply, show: &Show, texts: Texts) -> Option<Embed> {
    let description = description(reply, show, texts);
    let mut fields = Vec::new();
    let sources = reply.sources.iter().take(MOST_SOURCES).map(|source| self::source(source, link, texts)).filter(|line| !line.is_empty());
    let sources = sources.collect::<Vec<_>>().join("\n");
    if !sources.is_empty() {
        fields.push(Field { name: cut(&texts.sources(), HEADING), value: sources });
    }
    if description.is_empty() && fields.is_empty() {
        return None;
    }
    let footer = reply.disclaimer.as_ref().map(|line| cut(&one_line(line.within(texts.language())), DISCLAIMER));
    let footer = footer.filter(|text| !text.is_empty());
    Some(Embed {
        description,
        color: reply.colour.map(|colour| colour & payload::MOST_COLOUR),
        fields,
        footer: footer.map(|text| Footer { text }),
        image: None,
    })
}

/// Detail where it is wanted, caveats and date. Where there is too much of them, detail gives way.
fn description(reply: &Reply, show: &Show, texts: Texts) -> String {
    let room = DESCRIPTION - CAVEATS - DATE - 2 * BREAK.len();
    let detail = reply.detail.as_deref().filter(|_| show.expanded).map(|detail| cut(&escape(detail.trim()), room));
    paragraphs(vec![detail.unwrap_or_default(), caveats(reply, texts), date(reply, texts)])
}

fn caveats(reply: &Reply, texts: Texts) -> String {
    let caveats = reply.caveats.iter().map(|caveat| one_line(caveat.within(texts.language()))).filter(|caveat| !caveat.is_empty());
    cut(&caveats.map(|caveat| format!("- {}", escape(&caveat))).collect::<Vec<_>>().join("\n"), CAVEATS)
}

fn date(reply: &Reply, texts: Texts) -> String {
    cut(&escape(&reply.as_of.map(|span| texts.span(span)).unwrap_or_default()), DATE)
}

/// One source: a link with its publisher and date; without the link where that would be too long.
fn source(source: &Citation, linked: fn(&str, &str) -> String, texts: Texts) -> String {
    let line = |title: String| {
        let publisher = escape(&one_line(&source.publisher));
        let publisher = if publisher.is_empty() { publisher } else { format!(" · {publisher}") };
        format!("{title}{publisher}, {}", texts.since(source.as_of))
    };
    let whole = source.url.as_deref().map(|url| line(linked(&source.title, url)));
    let short = whole.filter(|line| line.chars().count() <= SOURCE);
    short.unwrap_or_else(|| cut(line(escape(&one_line(&source.title))).trim(), SOURCE))
}

#[cfg(test)]
mod tests;
