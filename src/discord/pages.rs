//! What the commands say that ask about Mabel herself: topics, sources, who she is, how to ask, what she keeps.
//!
//! Figures and titles come from the knowledge, words from [`super::texts`].

use crate::answer::{Choice, Reply};
use crate::engine::Engine;
use crate::knowledge::{Entry, Knowledge, Source, SourceKind, TopicId, Values};

use super::commands;
use super::markdown::{cut, escape, link, one_line};
use super::payload::{self, Body};
use super::{render, texts};

/// What can be answered, by topic.
pub(super) fn topics(knowledge: &Knowledge) -> Body {
    let name = escape(&one_line(&knowledge.about.name));
    let lines = knowledge.topics.iter().map(|topic| {
        let answers = of_topic(knowledge, &topic.id).count();
        texts::topic(&escape(&one_line(&topic.title)), &escape(&one_line(&topic.description)), answers)
    });
    let topics: Vec<(TopicId, String)> = knowledge.topics.iter().map(|topic| (topic.id.clone(), topic.title.clone())).collect();
    let content = lines_within(&texts::topics(&name), lines);
    Body { components: render::choose_topic(&topics), ..Body::text(content) }
}

/// The questions of a topic; none if there is no such topic.
pub(super) fn questions(knowledge: &Knowledge, topic: &str) -> Option<Body> {
    let topic = knowledge.topic(topic)?;
    let choices: Vec<Choice> = of_topic(knowledge, &topic.id)
        .map(|entry| Choice { label: entry.question.clone(), entry: entry.id.clone(), facets: Values::new() })
        .collect();
    let content = texts::questions(&escape(&one_line(&topic.title)), choices.len());
    let content = cut(&content, payload::CONTENT);
    Some(Body { components: render::choose_question(&topic.title, &choices), ..Body::text(content) })
}

fn of_topic<'knowledge>(knowledge: &'knowledge Knowledge, topic: &TopicId) -> impl Iterator<Item = &'knowledge Entry> {
    knowledge.entries.iter().filter(move |entry| entry.topic == *topic)
}

/// Every source of an answer.
pub(super) fn sources(engine: &Engine, reply: &Reply) -> Body {
    let question = escape(&one_line(reply.question.as_deref().unwrap_or_default()));
    let entry = reply.entry.as_ref().and_then(|entry| engine.knowledge().entry(entry.as_str()));
    let review = entry.map(|entry| texts::review(&crate::knowledge::AsOf::day(entry.review_by).to_string()));
    let dates = [reply.as_of.clone(), review].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = engine.sources(reply).into_iter().enumerate().map(|(index, source)| format!("{}. {}", index + 1, self::source(source)));
    Body::text(lines_within(&texts::sources_of(&question), lines.chain([format!("\n{}", escape(&dates))])))
}

fn source(source: &Source) -> String {
    let title = source.url.as_deref().map_or_else(|| escape(&one_line(&source.title)), |url| link(&source.title, url));
    let about = texts::about_source(source.kind, source.trust, &source.as_of.phrase());
    format!("{title} · {}\n-# {about}", escape(&one_line(&source.publisher)))
}

/// How many sources of each kind there are.
pub(super) fn all_sources(knowledge: &Knowledge) -> Body {
    let mut kinds: Vec<(SourceKind, usize)> = Vec::new();
    for source in knowledge.sources.values() {
        match kinds.iter_mut().find(|(kind, _)| *kind == source.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((source.kind, 1)),
        }
    }
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    Body::text(texts::all_sources(knowledge.sources.len(), &kinds))
}

/// Who Mabel is and what she knows.
pub(super) fn about(knowledge: &Knowledge) -> Body {
    let about = &knowledge.about;
    let facts = knowledge.tables.values().map(|table| table.rows.len()).sum();
    let (name, version) = (escape(&one_line(&about.name)), escape(&one_line(&about.version)));
    let text = texts::about(&name, &version, env!("CARGO_PKG_VERSION"), knowledge.entries.len(), facts, knowledge.sources.len());
    Body::text(cut(&format!("{text}\n\n{}", escape(&one_line(&about.disclaimer))), payload::CONTENT))
}

/// How to ask.
pub(super) fn help(knowledge: &Knowledge) -> Body {
    let commands = commands::all(knowledge);
    let typed: Vec<(&str, &str)> =
        commands.iter().filter(|command| !command.is_menu()).map(|command| (command.name, command.description)).collect();
    Body::text(cut(&texts::help(&typed), payload::CONTENT))
}

/// What is read and kept.
pub(super) fn privacy() -> Body {
    Body::text(texts::PRIVACY)
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
