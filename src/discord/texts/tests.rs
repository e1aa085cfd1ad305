use std::collections::BTreeSet;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource};
use fluent_syntax::parser::parse;

use super::*;
use crate::knowledge::{AsOf, Span};

fn files() -> Vec<(String, String)> {
    let files: Vec<_> = FILES.files().map(|file| (file.path().display().to_string(), file.contents_utf8().unwrap().to_owned())).collect();
    assert!(files.iter().any(|(name, _)| name == "en.ftl"));
    files
}

fn all() -> Vec<Texts> {
    [Texts::english()].into_iter().chain(Texts::others()).collect()
}

/// The messages of a file, by name, with the variables each uses in any of its variants.
fn messages(resource: &Resource<&str>) -> Vec<(String, BTreeSet<String>)> {
    let messages = resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(Message { id, value: Some(pattern), attributes, .. }) if attributes.is_empty() => {
            let mut variables = BTreeSet::new();
            of_pattern(pattern, &mut variables);
            Some((id.name.to_owned(), variables))
        }
        Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => None,
        other => panic!("only messages with a value are used here, not {other:?}"),
    });
    messages.collect()
}

fn of_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, variables);
        }
    }
}

fn of_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, variables),
        Expression::Select { selector, variants } => {
            of_inline(selector, variables);
            for variant in variants {
                of_pattern(&variant.value, variables);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, variables),
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                of_inline(argument, variables);
            }
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("a message stands for itself alone, without {other:?}"),
    }
}

#[test]
fn every_language_has_every_message_with_the_same_variables_and_no_other() {
    let declared: Vec<(String, BTreeSet<String>)> = messages::declared()
        .map(|(name, variables)| ((*name).to_owned(), variables.iter().map(|variable| (*variable).to_owned()).collect()))
        .collect();
    for (name, text) in files() {
        let resource = parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        let found = messages(&resource);
        let names: Vec<&String> = found.iter().map(|(message, _)| message).collect();
        for (message, variables) in &declared {
            let times = names.iter().filter(|name| **name == message).count();
            assert_eq!(times, 1, "{name}: `{message}` must stand there once");
            assert!(found.contains(&(message.clone(), variables.clone())), "{name}: `{message}` takes the variables {variables:?}");
        }
        for message in names {
            assert!(declared.iter().any(|(known, _)| known == message), "{name}: nothing says `{message}`");
        }
    }
}

#[test]
fn every_file_is_named_after_its_language_and_some_locale_of_discord_is_read_in_it() {
    assert_eq!(all().len(), files().len(), "a file's name is the two letters of its language");
    for texts in all() {
        assert!(texts.locales().count() > 0, "{texts:?}");
    }
}

#[test]
fn hardly_a_message_says_the_same_in_two_languages() {
    for texts in Texts::others() {
        let same = messages::declared().filter(|(name, _)| {
            let said = |texts: Texts| texts.0.format(name, &FluentArgs::new());
            said(texts) == said(Texts::english())
        });
        let same: Vec<_> = same.map(|(name, _)| *name).collect();
        assert!(same.len() <= 6, "{texts:?}: not translated: {same:?}");
    }
}

#[test]
fn what_is_filled_in_stands_as_it_is() {
    let texts = Texts::english();
    assert_eq!(texts.sources_heading("{ $x } <b>"), "**Sources for:** { $x } <b>");
    assert_eq!((texts.answers(1), texts.answers(2), texts.answers(1200)), ("1 answer".into(), "2 answers".into(), "1200 answers".into()));
}

#[test]
fn dates_in_english_are_worded_as_in_the_knowledge() {
    let written = ["2026-11-21", "2024-11", "2024", "c. 2021", "c. 2021-03", "undated, seen 2026-11-21"];
    let dates: Vec<AsOf> = written.iter().map(|written| written.parse().unwrap()).collect();
    let texts = Texts::english();
    for date in &dates {
        assert_eq!((texts.date(*date), texts.since(*date)), (date.to_string(), date.phrase()));
    }
    assert_eq!(texts.span(Span::of(&dates).unwrap()), "As of about 2021 to November 21, 2026.");
    assert_eq!(texts.span(Span::of(&dates[5..]).unwrap()), "Undated, read November 21, 2026.");
    assert_eq!(Span::of(&[]), None);
}

#[test]
fn every_month_has_a_name_of_its_own_in_every_language() {
    for texts in all() {
        let months: BTreeSet<String> = (1..=12).map(|month| texts.month(month)).collect();
        assert_eq!(months.len(), 12, "{texts:?}");
    }
}

#[test]
fn spanish_words_dates_and_counts_as_it_does() {
    let texts = Texts::of_locale("es-419");
    let since = |written: &str| texts.since(written.parse().unwrap());
    assert_eq!(since("2025-05"), "a fecha de mayo de 2025");
    assert_eq!(since("2026-01-15"), "a fecha de 15 de enero de 2026");
    assert_eq!(since("c. 2021"), "de hacia 2021");
    assert_eq!(since("undated, seen 2026-11-21"), "sin fecha, consultado el 21 de noviembre de 2026");
    let span = Span::of(&["2011".parse().unwrap(), "2025-05".parse().unwrap()]).unwrap();
    assert_eq!(texts.span(span), "Fechas: 2011 a mayo de 2025.");
    assert_eq!(
        (texts.answers(1), texts.answers(0), texts.answers(2)),
        ("1 respuesta".into(), "0 respuestas".into(), "2 respuestas".into())
    );
    assert_eq!(texts.one_of(&["Idaho".into(), "Ohio".into()]), "Idaho o bien Ohio");
}

#[test]
fn a_locale_is_read_in_its_language_or_in_english() {
    let read = |locale: &str| Texts::of_locale(locale).language().code().to_owned();
    for unknown in ["en-US", "en-GB", "tlh-Piqd", "", "-", "xx", "ESPAÑOL", "zh-CN"] {
        assert_eq!(read(unknown), "en", "{unknown}");
    }
    assert_eq!((read("es-ES"), read("es-419"), read("es")), ("es".into(), "es".into(), "es".into()));
    assert_eq!(Texts::of_locale("es-ES").locales().collect::<Vec<_>>(), ["es-419", "es-ES"]);
}
