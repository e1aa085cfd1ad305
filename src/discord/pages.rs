//! What the commands say that ask about Mabel herself: topics, sources, who she is, how to ask, what she keeps.
//!
//! Figures and titles come from the knowledge, words from [`super::texts`].

use crate::answer::{Choice, Reply};
use crate::engine::Engine;
use crate::knowledge::{AsOf, Entry, Knowledge, Source, SourceKind, Topic, TopicId, Values};

use super::commands::{self, Offered};
use super::markdown::{cut, escape, link, one_line};
use super::payload::{self, Body};
use super::render;
use super::texts::Texts;

/// What can be answered, by topic.
pub(super) fn topics(knowledge: &Knowledge, texts: Texts) -> Body {
    let language = texts.language();
    let name = escape(&one_line(knowledge.about.name.within(language)));
    let lines = knowledge.topics.iter().map(|topic| {
        let answers = texts.answers(of_topic(knowledge, &topic.id).count());
        format!(
            "- **{}** ({answers}): {}",
            escape(&one_line(topic.title.within(language))),
            escape(&one_line(topic.description.within(language)))
        )
    });
    let titled = |topic: &Topic| (topic.id.clone(), topic.title.within(language).to_owned());
    let topics: Vec<(TopicId, String)> = knowledge.topics.iter().map(titled).collect();
    let content = lines_within(&texts.topics_heading(&name), lines);
    Body { components: render::choose_topic(&topics, texts), ..Body::text(content) }
}

/// The questions of a topic; none if there is no such topic.
pub(super) fn questions(knowledge: &Knowledge, topic: &str, texts: Texts) -> Option<Body> {
    let topic = knowledge.topic(topic)?;
    let choices: Vec<Choice> = of_topic(knowledge, &topic.id)
        .map(|entry| Choice { label: entry.question.clone(), entry: entry.id.clone(), facets: Values::new() })
        .collect();
    let title = topic.title.within(texts.language());
    let content = texts.questions_heading(&escape(&one_line(title)), choices.len());
    let content = cut(&content, payload::CONTENT);
    Some(Body { components: render::choose_question(title, &choices, texts), ..Body::text(content) })
}

fn of_topic<'knowledge>(knowledge: &'knowledge Knowledge, topic: &TopicId) -> impl Iterator<Item = &'knowledge Entry> {
    knowledge.entries.iter().filter(move |entry| entry.topic == *topic)
}

/// Every source of an answer.
pub(super) fn sources(engine: &Engine, reply: &Reply, texts: Texts) -> Body {
    let question = escape(&one_line(reply.question.as_deref().unwrap_or_default()));
    let entry = reply.entry.as_ref().and_then(|entry| engine.knowledge().entry(entry.as_str()));
    let review = entry.map(|entry| texts.review(&texts.date(AsOf::day(entry.review_by))));
    let dates = [reply.as_of.map(|span| texts.span(span)), review].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let sources = engine.sources(reply).into_iter().enumerate();
    let lines = sources.map(|(index, source)| format!("{}. {}", index + 1, self::source(source, texts)));
    Body::text(lines_within(&texts.sources_heading(&question), lines.chain([format!("\n{}", escape(&dates))])))
}

/// A source, and below it what kind it is, how far it can be relied on, and its date.
fn source(source: &Source, texts: Texts) -> String {
    let title = source.url.as_deref().map_or_else(|| escape(&one_line(&source.title)), |url| link(&source.title, url));
    let about = [texts.kind_of_source(source.kind), texts.trust(source.trust), texts.since(source.as_of)].join(", ");
    format!("{title} · {}\n-# {about}", escape(&one_line(&source.publisher)))
}

/// How many sources of each kind there are.
pub(super) fn all_sources(knowledge: &Knowledge, texts: Texts) -> Body {
    let mut kinds: Vec<(SourceKind, usize)> = Vec::new();
    for source in knowledge.sources.values() {
        match kinds.iter_mut().find(|(kind, _)| *kind == source.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((source.kind, 1)),
        }
    }
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("- {}: {count}", texts.kind_of_source(*kind))).collect();
    let all = format!("{}\n{}", texts.all_sources(knowledge.sources.len()), kinds.join("\n"));
    Body::text(paragraphs(&[texts.all_sources_heading(), all, texts.all_sources_more(&texts.command_sources())]))
}

/// Who Mabel is and what she knows.
pub(super) fn about(knowledge: &Knowledge, texts: Texts) -> Body {
    let about = &knowledge.about;
    let facts = knowledge.tables.values().map(|table| table.rows.len()).sum();
    let (name, version) = (escape(&one_line(about.name.within(texts.language()))), escape(&one_line(&about.version)));
    let knows = [
        texts.about_knowledge(&name, &version),
        texts.about_counts(knowledge.entries.len(), facts, knowledge.sources.len()),
        texts.about_program(env!("CARGO_PKG_VERSION")),
    ];
    Body::text(paragraphs(&[texts.about_mabel(), list(&knows), escape(&one_line(about.disclaimer.within(texts.language())))]))
}

/// How to ask; `operators` in the operator's own servers.
pub(super) fn help(knowledge: &Knowledge, operators: bool, texts: Texts) -> Body {
    let ways = [texts.help_mention(), texts.help_menu(&texts.menu_answer_message()), texts.help_edits()];
    let commands: Vec<String> = commands::all(knowledge)
        .iter()
        .filter(|command| command.offered == Offered::ToAll)
        .filter_map(|command| Some(format!("`/{}`: {}", command.worded.name(texts), command.worded.description(texts)?)))
        .collect();
    let commands = format!("{}\n{}", texts.help_commands(&texts.option_private()), list(&commands));
    let managers = texts.help_managers(&texts.command_settings(), &texts.command_own());
    let managers = if operators { format!("{managers}, {}", texts.help_gaps(&texts.command_gaps())) } else { managers };
    Body::text(paragraphs(&[texts.help_heading(), list(&ways), commands, managers]))
}

/// What is read and kept.
pub(super) fn privacy(texts: Texts) -> Body {
    Body::text(paragraphs(&[texts.privacy_reads(), texts.privacy_keeps(), texts.privacy_sends(), texts.privacy_please()]))
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}

fn paragraphs(parts: &[String]) -> String {
    cut(&parts.join("\n\n"), payload::CONTENT)
}

/// A heading and as many lines as fit a message, none of them cut.
fn lines_within(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let mut text = cut(heading, payload::CONTENT);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let longer = format!("{text}\n{line}");
        if longer.chars().count() <= payload::CONTENT {
            text = longer;
        }
    }
    text
}
