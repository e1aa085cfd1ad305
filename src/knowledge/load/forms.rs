//! `forms.toml`.

use std::collections::BTreeSet;

use super::facets::plain;
use crate::knowledge::forms::{RESERVED, RESERVED_FIELDS, is_name, is_shown_name};
use crate::knowledge::reading::Fields;
use crate::knowledge::{AnsweredBy, EntryId, FacetId, Field, Form, FormAnswer, Knowledge, Takes, TopicId, Translated};

/// The longest description of a form or field: what Discord shows of a command.
const DESCRIPTION: usize = 100;
/// The most fields of a form. Discord allows 25 options; interfaces add one of their own.
const FIELDS: usize = 24;

/// Reads the forms.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    for value in fields.tables("form") {
        let Some(mut form) = Fields::open_value(fields.document(), value, "form") else { continue };
        let name = name(&mut form);
        if RESERVED.contains(&name.as_str()) {
            form.fault("name", "the name belongs to the interface", format!("use none of: {}", RESERVED.join(", ")));
        }
        if knowledge.forms.iter().any(|other| share_a_name(&other.name, &name)) {
            form.fault("name", "another form is called so", "give one of the two another name");
        }
        let read = Form {
            name,
            description: description(&mut form),
            fields: read_fields(&mut form, "field"),
            answers: answers(&mut form),
            place: form.place(),
        };
        check(&mut form, &read);
        form.finish();
        knowledge.forms.push(read);
    }
    knowledge.beside_question = read_fields(fields, "beside_question");
    if knowledge.beside_question.iter().any(|field| !matches!(field.takes, Takes::Value(_))) {
        fields.fault("beside_question", "what stands beside a question names a value", "give each of its fields a `facet`");
    }
}

fn name(fields: &mut Fields<'_, '_, '_>) -> Translated {
    let name = fields.translated("name");
    if !name.is_empty() && !is_name(&name) {
        fields.fault("name", format!("`{name}` cannot be a name"), "use at most 32 small letters, digits, hyphens and underscores");
    }
    for (language, shown) in name.translations().filter(|(_, shown)| !is_shown_name(shown)) {
        let what = format!("`{shown}` cannot be a name");
        fields.fault(language.code(), what, "use at most 32 small letters, digits, hyphens and underscores");
    }
    fields.rename(name.to_string());
    name
}

/// Whether two would be called the same in some language.
fn share_a_name(left: &Translated, right: &Translated) -> bool {
    let mut languages = left.translations().chain(right.translations()).map(|(language, _)| language);
    left.as_str() == right.as_str() || languages.any(|language| left.within(language) == right.within(language))
}

fn description(fields: &mut Fields<'_, '_, '_>) -> Translated {
    let description = fields.translated("description");
    not_too_long(fields, "description", "description", &description);
    for (language, text) in description.translations() {
        not_too_long(fields, language.code(), &format!("{}.description", language.code()), text);
    }
    description
}

fn not_too_long(fields: &mut Fields<'_, '_, '_>, at: &str, key: &str, text: &str) {
    let length = text.chars().count();
    if length > DESCRIPTION {
        fields.fault(at, format!("`{key}` is {length} characters long, {DESCRIPTION} are allowed"), "say less");
    }
}

fn read_fields(fields: &mut Fields<'_, '_, '_>, key: &'static str) -> Vec<Field> {
    let mut read: Vec<Field> = Vec::new();
    for value in fields.tables(key) {
        let Some(mut field) = Fields::open_value(fields.document(), value, "field") else { continue };
        let name = name(&mut field);
        if read.iter().any(|other| share_a_name(&other.name, &name)) {
            field.fault("name", "another field is called so", "give one of the two another name");
        }
        if RESERVED_FIELDS.contains(&name.as_str()) {
            field.fault("name", "the name belongs to the interface", format!("use none of: {}", RESERVED_FIELDS.join(", ")));
        }
        let required = field.flag("required", false);
        if required && read.last().is_some_and(|before| !before.required) {
            field.fault("required", "required fields come first", "move the field up");
        }
        read.push(Field { name, description: description(&mut field), takes: takes(&mut field), required, place: field.place() });
        field.finish();
    }
    if read.len() > FIELDS {
        fields.fault(key, format!("{} fields, {FIELDS} are allowed", read.len()), "ask for less");
    }
    read
}

fn takes(field: &mut Fields<'_, '_, '_>) -> Takes {
    let facet = field.optional_text("facet");
    let topic = field.optional_text("topic");
    let another = plain(field.texts("another"));
    match (facet, topic, another.is_empty()) {
        (Some(facet), None, true) => Takes::Value(FacetId::from(facet.as_str())),
        (None, Some(topic), true) => Takes::Entry(TopicId::from(topic.as_str())),
        (None, None, false) => Takes::Another(another),
        _ => {
            let mend = "give the field one of: facet = \"…\", topic = \"…\", another = [\"…\"]";
            if !["facet", "topic", "another"].iter().any(|key| field.has(key)) {
                field.fault("facet", "the field takes nothing", mend);
            } else if ["facet", "topic", "another"].iter().filter(|key| field.has(key)).count() > 1 {
                field.fault("facet", "the field takes more than one kind of thing", mend);
            }
            Takes::Another(another)
        }
    }
}

fn answers(form: &mut Fields<'_, '_, '_>) -> Vec<FormAnswer> {
    let mut answers = Vec::new();
    for value in form.tables("answer") {
        let Some(mut answer) = Fields::open_value(form.document(), value, "answer") else { continue };
        let given = plain(answer.texts("given"));
        let entry = answer.optional_text("entry");
        let about = answer.optional_text("about");
        let topic = answer.optional_text("topic");
        let by = match (entry, about, topic) {
            (Some(entry), None, None) => AnsweredBy::Entry(EntryId::from(entry.as_str())),
            (None, Some(facet), Some(topic)) => {
                AnsweredBy::About { facet: FacetId::from(facet.as_str()), topic: TopicId::from(topic.as_str()) }
            }
            _ => {
                answer.fault("entry", "it is not said who answers", "give it entry = \"…\", or about = \"…\" with topic = \"…\"");
                AnsweredBy::Entry(EntryId::from(""))
            }
        };
        answers.push(FormAnswer { given, by, place: answer.place() });
        answer.finish();
    }
    answers
}

/// Names of fields lead to fields, and whatever can be filled in is answered.
fn check(fields: &mut Fields<'_, '_, '_>, form: &Form) {
    let valued: BTreeSet<&str> =
        form.fields.iter().filter(|field| matches!(field.takes, Takes::Value(_))).map(|field| field.name.as_str()).collect();
    for field in &form.fields {
        if let Takes::Another(of) = &field.takes
            && let Some(unknown) = of.iter().find(|name| !valued.contains(name.as_str()))
        {
            let what = format!("`another` names `{unknown}`, which is no field of this form that takes a value");
            fields.fault("field", what, "name fields that have a `facet`");
        }
    }
    for unknown in form.answers.iter().flat_map(|answer| &answer.given).filter(|name| form.field(name).is_none()) {
        fields.fault("answer", format!("`given` names `{unknown}`, which is no field of this form"), "name fields of the form");
    }
    let required = form.fields.iter().filter(|field| field.required).map(|field| field.name.as_str());
    let required: BTreeSet<&str> = required.collect();
    let chooses = |field: &Field| matches!(field.takes, Takes::Entry(_));
    for field in form.fields.iter().filter(|field| valued.contains(field.name.as_str())) {
        let given = |name: &str| field.name == name || required.contains(name);
        let answered = form.answers.iter().any(|answer| answer.given.iter().all(|name| given(name)));
        if !answered && !form.fields.iter().any(|field| field.required && chooses(field)) {
            let what = format!("nothing answers the form where `{}` is filled in", field.name);
            fields.fault("answer", what, format!("add an answer with given = [\"{}\"]", field.name));
        }
    }
}
