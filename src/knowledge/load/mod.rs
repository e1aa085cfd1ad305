//! From files to a checked [`Knowledge`]: read each file by its folder, then see that every reference leads somewhere.
//!
//! Faults are collected over all files. The knowledge is returned only when none of them is an error.

mod drawable;
mod entries;
mod facets;
mod forms;
mod guards;
mod pictures;
mod references;
mod tables;
mod words;

use super::fault::{Fault, Faults, Place};
use super::files::File;
use super::reading::{Document, Fields};
use super::{About, CaveatId, Confidence, Knowledge, Source, SourceId, SourceKind, Texts, Topic, TopicId};

/// Reads all files. Warnings come with the knowledge.
///
/// # Errors
/// Every fault of every file, if one of them is an error.
pub fn load(files: &[File]) -> Result<(Knowledge, Vec<Fault>), Faults> {
    let mut knowledge = Knowledge::default();
    let (mut broken, mut faults) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let (mut document, root) = Document::parse(path, text);
        broken.extend(document.take_faults());
        read_file(path, &mut document, &root, &mut knowledge);
        faults.extend(document.take_faults());
    }
    if knowledge.about.name.is_empty() && !files.iter().any(|(path, _)| path == "knowledge.toml") {
        let place = Place { file: "knowledge.toml".to_owned(), line: 0 };
        faults.push(Fault::error(place, "the file is missing", "add it with a [knowledge] and a [texts] table, see CONTRIBUTING.md"));
    }
    // What a file with broken syntax would have defined is missing everywhere else; telling that would bury the one line to mend.
    if broken.is_empty() {
        references::check(&mut knowledge, &mut faults);
        drawable::check(&knowledge, &mut faults);
    }
    // Broken syntax comes first: a key that seems to be missing may stand behind it.
    for some in [&mut broken, &mut faults] {
        some.sort_by(|left, right| left.place.cmp(&right.place));
    }
    broken.append(&mut faults);
    let faults = Faults(broken);
    if faults.any_error() { Err(faults) } else { Ok((knowledge, faults.0)) }
}

/// Reads one file into the knowledge, by the folder it stands in.
fn read_file<'text>(path: &str, document: &mut Document<'text>, root: &toml::Spanned<toml::de::DeTable<'text>>, knowledge: &mut Knowledge) {
    let folder = path.split('/').next().unwrap_or_default();
    let mut fields = Fields::open(document, root, path);
    match folder {
        "knowledge.toml" => read_about(&mut fields, knowledge),
        "topics.toml" => read_topics(&mut fields, knowledge),
        "caveats.toml" => read_caveats(&mut fields, knowledge),
        "vocabulary.toml" => knowledge.vocabulary = words::vocabulary(&mut fields),
        "sources.toml" | "sources" => read_sources(&mut fields, knowledge),
        "facets" => facets::read(&mut fields, knowledge),
        "tables" => tables::read(&mut fields, knowledge),
        "entries" => entries::read(&mut fields, knowledge),
        "asides.toml" => words::asides(&mut fields, knowledge),
        "forms.toml" => forms::read(&mut fields, knowledge),
        "guards.toml" => guards::read(&mut fields, knowledge),
        "pictures.toml" => pictures::read(&mut fields, knowledge),
        _ => {
            let place = fields.place();
            let mend = "put it into entries/, tables/, facets/ or sources/, see CONTRIBUTING.md";
            fields.document().report(Fault::error(Place { line: 0, ..place }, "no such kind of knowledge file", mend));
            return;
        }
    }
    fields.finish();
}

fn read_about(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    if let Some(table) = fields.table("knowledge") {
        if let Some(mut about) = Fields::open_value(fields.document(), table, "knowledge") {
            knowledge.about =
                About { name: about.translated("name"), version: about.text("version"), disclaimer: about.translated("disclaimer") };
            about.finish();
        }
    } else {
        fields.fault("knowledge", "the table [knowledge] is missing", "add [knowledge] with name, version and disclaimer");
    }
    if let Some(table) = fields.table("texts") {
        if let Some(mut texts) = Fields::open_value(fields.document(), table, "texts") {
            knowledge.texts = Texts {
                decline: texts.translated("decline"),
                ask_back: texts.translated("ask_back"),
                empty: texts.translated("empty"),
                stale: texts.translated("stale"),
                superseded: texts.text("superseded"),
                no_figure: texts.text("no_figure"),
            };
            texts.finish();
        }
    } else {
        fields.fault("texts", "the table [texts] is missing", "add [texts] with decline, ask_back, empty, stale, superseded and no_figure");
    }
}

fn read_topics(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    for value in fields.tables("topic") {
        let Some(mut topic) = Fields::open_value(fields.document(), value, "topic") else { continue };
        let id = id(&mut topic);
        let colour = topic.text("colour");
        let number = colour.strip_prefix('#').filter(|digits| digits.len() == 6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if number.is_none() && !colour.is_empty() {
            topic.fault("colour", format!("`{colour}` is no colour"), "write colour = \"#2F6FA7\"");
        }
        knowledge.topics.push(Topic {
            id: TopicId::from(id.as_str()),
            title: topic.translated("title"),
            description: topic.translated("description"),
            colour: number.unwrap_or_default(),
        });
        topic.finish();
    }
}

fn read_caveats(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    for value in fields.tables("caveat") {
        let Some(mut caveat) = Fields::open_value(fields.document(), value, "caveat") else { continue };
        let id = id(&mut caveat);
        let text = caveat.translated("text");
        if knowledge.caveats.insert(CaveatId::from(id.as_str()), text).is_some() {
            caveat.fault("id", "this id is used twice", "give one of the two caveats another id");
        }
        caveat.finish();
    }
}

fn read_sources(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    const KINDS: &[(&str, SourceKind)] = &[
        ("law", SourceKind::Law),
        ("regulator", SourceKind::Regulator),
        ("credential_body", SourceKind::CredentialBody),
        ("statistics", SourceKind::Statistics),
        ("professional_body", SourceKind::ProfessionalBody),
        ("employer", SourceKind::Employer),
        ("school", SourceKind::School),
        ("secondary", SourceKind::Secondary),
    ];
    for value in fields.tables("source") {
        let Some(mut source) = Fields::open_value(fields.document(), value, "source") else { continue };
        let id = SourceId::from(id(&mut source).as_str());
        let url = source.optional_text("url");
        if let Some(url) =
            url.as_deref().filter(|url| !(url.starts_with("https://") || url.starts_with("http://")) || url.contains(char::is_whitespace))
        {
            source.fault("url", format!("`{url}` is no web address"), "write a whole address, beginning with https://");
        }
        let kind = required(&mut source, "kind", KINDS).unwrap_or(SourceKind::Secondary);
        let trust = required(&mut source, "trust", CONFIDENCES).unwrap_or(Confidence::Low);
        let as_of = source.as_of("as_of");
        if as_of.is_none() && !source.has("as_of") {
            source.fault("as_of", "`as_of` is missing", "add when it was published, or \"undated, seen 2026-11-21\"");
        }
        let checked = Source {
            id: id.clone(),
            title: source.text("title"),
            publisher: source.text("publisher"),
            url,
            as_of: as_of.unwrap_or_else(long_ago),
            kind,
            trust,
            place: source.place(),
        };
        if let Some(earlier) = knowledge.sources.get(&id) {
            let what = format!("the id is used already at {}", earlier.place);
            source.fault("id", what, "give one of the two sources another id");
        }
        knowledge.sources.insert(id, checked);
        source.finish();
    }
}

/// The three words for how far a thing can be relied on.
const CONFIDENCES: &[(&str, Confidence)] = &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

/// A stand-in for a date whose absence has been reported.
fn long_ago() -> super::AsOf {
    super::AsOf::day(jiff::civil::date(1900, 1, 1))
}

/// The `id` of a table, checked, with the table named by it in later messages.
fn id(fields: &mut Fields<'_, '_, '_>) -> String {
    let id = fields.text("id");
    if !id.is_empty() && !super::ids::is_id(&id) {
        fields.fault("id", format!("`{id}` cannot be an id"), "use at most 80 letters, digits, dots, hyphens and underscores");
    }
    fields.rename(id.clone());
    id
}

/// A choice that must be made.
fn required<T: Copy>(fields: &mut Fields<'_, '_, '_>, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
    if !fields.has(key) {
        let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        fields.fault(key, format!("`{key}` is missing"), format!("add {key} = one of: {names}"));
    }
    fields.choice(key, choices)
}
