//! Every useful fact of the five articles the project began from is answerable, corrected where it is wrong or old by now.

use mabel::answer::{Outcome, plain};

use crate::support::ask;

#[derive(serde::Deserialize)]
struct Articles {
    fact: Vec<Fact>,
}

#[derive(serde::Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the keys of the file")]
struct Fact {
    article: String,
    fact: String,
    question: String,
    entry: String,
    says: Vec<String>,
}

#[test]
fn every_fact_of_the_articles_is_answered_by_its_entry() {
    let articles: Articles = toml::from_str(include_str!("article_facts.toml")).unwrap();
    let mut wrong = Vec::new();
    for Fact { article, fact, question, entry, says } in &articles.fact {
        let reply = ask(question);
        let text = plain::text(&reply).to_lowercase();
        let found = reply.entry.as_ref().map_or_else(|| reply.outcome.as_str().to_owned(), ToString::to_string);
        let lacks: Vec<&String> = says.iter().filter(|words| !text.contains(&words.to_lowercase())).collect();
        if reply.outcome != Outcome::Answer || found != *entry || !lacks.is_empty() {
            wrong.push(format!("{article}: {fact}\n    {question:?} is answered by {found}, not {entry}; lacks {lacks:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} facts:\n{}", wrong.len(), articles.fact.len(), wrong.join("\n"));
}

#[test]
fn each_article_is_covered() {
    let articles: Articles = toml::from_str(include_str!("article_facts.toml")).unwrap();
    for article in ["a", "b", "c", "d", "e"] {
        let facts = articles.fact.iter().filter(|fact| fact.article == article).count();
        assert!(facts >= 40, "article {article} has {facts} facts");
    }
}
