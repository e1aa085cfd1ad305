//! Rules on translations.

use std::collections::BTreeSet;

use super::Subject;
use crate::knowledge::{Fault, Field, Knowledge, Language, Place, Translated};

/// Somebody who reads one translation reads on in that language: what surrounds an answer is translated whole or not at all. This also
/// finds a language that was written wrong.
pub(super) fn whole(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let texts = translatable(subject.engine.knowledge());
    let languages: BTreeSet<Language> = texts.iter().flat_map(|text| text.text.translations()).map(|(language, _)| language).collect();
    for language in languages {
        for text in texts.iter().filter(|text| !text.text.is_in(language)) {
            let (code, key) = (language.code(), text.key);
            let what = format!("{}: `{key}` is not translated into `{code}`, and other texts are", text.of);
            faults.push(Fault::warning(text.place.clone(), what, format!("add {code}.{key} = \"…\"")));
        }
    }
}

/// A text that can stand in other languages.
struct Translatable<'knowledge> {
    place: Place,
    of: String,
    key: &'static str,
    text: &'knowledge Translated,
}

fn translatable(knowledge: &Knowledge) -> Vec<Translatable<'_>> {
    let whole_file = |file: &str| Place { file: file.to_owned(), line: 0 };
    let mut found = Vec::new();
    let mut add = |place: Place, of: String, key, text| found.push(Translatable { place, of, key, text });
    let (about, texts) = (&knowledge.about, &knowledge.texts);
    for (of, key, text) in [
        ("knowledge", "name", &about.name),
        ("knowledge", "disclaimer", &about.disclaimer),
        ("texts", "decline", &texts.decline),
        ("texts", "ask_back", &texts.ask_back),
        ("texts", "empty", &texts.empty),
        ("texts", "stale", &texts.stale),
    ] {
        add(whole_file("knowledge.toml"), of.to_owned(), key, text);
    }
    for topic in &knowledge.topics {
        add(whole_file("topics.toml"), format!("topic {}", topic.id), "title", &topic.title);
        add(whole_file("topics.toml"), format!("topic {}", topic.id), "description", &topic.description);
    }
    for (id, text) in &knowledge.caveats {
        add(whole_file("caveats.toml"), format!("caveat {id}"), "text", text);
    }
    for facet in &knowledge.facets {
        if let Some(prompt) = &facet.prompt {
            add(facet.place.clone(), format!("facet {}", facet.id), "prompt", prompt);
        }
    }
    for aside in &knowledge.asides {
        add(aside.place.clone(), format!("aside {}", aside.id), "text", &aside.text);
    }
    for guard in &knowledge.guards {
        add(guard.place.clone(), format!("guard {}", guard.id), "text", &guard.text);
    }
    let named = |field: &Field| (field.place.clone(), format!("field {}", field.name));
    let mut add_form = |(place, of): (Place, String), name, description| {
        add(place.clone(), of.clone(), "name", name);
        add(place, of, "description", description);
    };
    for form in &knowledge.forms {
        add_form((form.place.clone(), format!("form {}", form.name)), &form.name, &form.description);
    }
    for field in knowledge.forms.iter().flat_map(|form| &form.fields).chain(&knowledge.beside_question) {
        add_form(named(field), &field.name, &field.description);
    }
    found
}
