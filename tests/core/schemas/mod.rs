//! The schemas that editors complete and validate with say what the loader does.

mod samples;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use mabel::knowledge::files::{self, File};
use mabel::knowledge::{Fault, load};
use serde_json::Value as Json;
use toml::{Table, Value};

use samples::SAMPLES;

fn schema(name: &str) -> Json {
    let text = fs::read_to_string(format!("knowledge/schemas/{name}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn validator(name: &str) -> Validator {
    jsonschema::draft7::new(&schema(name)).unwrap()
}

/// TOML as an editor's validator sees it: dates are texts.
fn json(value: &Value) -> Json {
    match value {
        Value::String(text) => text.clone().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Datetime(date) => date.to_string().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Table(table) => Json::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect()),
    }
}

fn parse(text: &str) -> Value {
    Value::Table(text.parse::<Table>().unwrap())
}

/// What the loader says of the samples with one of them changed.
fn loaded(path: &str, text: &str) -> Vec<Fault> {
    let files: Vec<File> = SAMPLES
        .iter()
        .map(|(name, _, sample)| ((*name).to_owned(), if *name == path { text.to_owned() } else { (*sample).to_owned() }))
        .collect();
    load::load(&files).err().map(|faults| faults.0).unwrap_or_default()
}

/// Where the tables of a document stand whose keys the loader knows: as pointers into it and into its schema.
fn objects(value: &Value, at: &str, schema: &str, found: &mut Vec<(String, String)>) {
    found.push((at.to_owned(), format!("{schema}/properties")));
    for (key, value) in value.as_table().unwrap() {
        let (at, schema) = (format!("{at}/{key}"), format!("{schema}/properties/{key}"));
        match value {
            Value::Table(_) if matches!(key.as_str(), "facet" | "table" | "knowledge" | "texts") => objects(value, &at, &schema, found),
            // The keys of a row are the table's business.
            Value::Array(items) if key != "row" && items[0].is_table() => {
                objects(&items[0], &format!("{at}/0"), &format!("{schema}/items"), found);
            }
            _ => {}
        }
    }
}

/// The table at a pointer.
fn table<'value>(document: &'value mut Value, at: &str) -> &'value mut Table {
    let mut value = document;
    for step in at.split('/').skip(1) {
        value = match value {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            Value::Table(table) => &mut table[step],
            other => panic!("{at}: {other}"),
        };
    }
    value.as_table_mut().unwrap()
}

#[test]
fn every_shipped_file_is_valid() {
    for (path, text) in files::shipped() {
        let name = path.split(['/', '.']).next().unwrap();
        let document = json(&parse(&text));
        let faults: Vec<String> =
            validator(name).iter_errors(&document).map(|error| format!("{path}{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_samples_are_sound_and_every_schema_has_one() {
    for (path, name, text) in SAMPLES {
        assert_eq!(loaded(path, text), [], "{path}");
        assert!(validator(name).is_valid(&json(&parse(text))), "{path}");
    }
    let schemas: BTreeSet<String> = fs::read_dir("knowledge/schemas")
        .unwrap()
        .map(|item| item.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(schemas, SAMPLES.iter().map(|(_, name, _)| (*name).to_owned()).collect());
}

#[test]
fn every_key_the_loader_asks_for_is_in_the_schema_and_the_other_way_round() {
    for (path, name, text) in SAMPLES {
        let schema = schema(name);
        let mut found = Vec::new();
        objects(&parse(text), "", "", &mut found);
        for (at, properties) in found {
            let mut document = parse(text);
            table(&mut document, &at).insert("zzzz".to_owned(), Value::Integer(1));
            // The loader names the keys it knows where it meets one that it does not.
            let faults = loaded(path, &toml::to_string(&document).unwrap());
            let [fault] = faults.as_slice() else { panic!("{path}{at}: {faults:#?}") };
            let known = fault.mend.strip_prefix("take it out; known keys: ").unwrap();
            let known: BTreeSet<&str> = known.split(", ").collect();
            let described = schema.pointer(&properties).and_then(Json::as_object).unwrap_or_else(|| panic!("{name}: no {properties}"));
            assert_eq!(described.keys().map(String::as_str).collect::<BTreeSet<_>>(), known, "{name}.json at {properties}");
            assert!(!validator(name).is_valid(&json(&document)), "{name}.json takes an unknown key at {at}");
        }
    }
}

#[test]
fn a_key_left_out_or_of_another_kind_is_a_fault_to_both_or_to_neither() {
    let mut tried = 0;
    for (path, name, text) in SAMPLES {
        let validator = validator(name);
        let mut found = Vec::new();
        objects(&parse(text), "", "", &mut found);
        for (at, _) in found {
            let keys: Vec<String> = table(&mut parse(text), &at).keys().cloned().collect();
            for key in keys {
                let tables = table(&mut parse(text), &at)[&key].as_array().is_some_and(|items| items[0].is_table());
                // Without its values or entries a file is sound, but what refers to them is not.
                for change in [None, Some(Value::Integer(3))].into_iter().skip(usize::from(tables)) {
                    let how = change.as_ref().map_or("left out", |_| "of another kind");
                    let mut document = parse(text);
                    match change {
                        None => drop(table(&mut document, &at).remove(&key)),
                        Some(other) => drop(table(&mut document, &at).insert(key.clone(), other)),
                    }
                    let faults = loaded(path, &toml::to_string(&document).unwrap());
                    let valid = validator.is_valid(&json(&document));
                    assert_eq!(faults.is_empty(), valid, "{path}: {at}/{key} {how}: {faults:#?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_row_may_say_what_the_schema_says_it_may() {
    let (path, _, text) = SAMPLES[5];
    let schema = schema("tables");
    let head = schema["properties"]["table"]["properties"].as_object().unwrap();
    let row = schema["properties"]["row"]["items"]["properties"].as_object().unwrap();
    assert_eq!(schema["properties"]["row"], head["row"]);
    for key in head.keys() {
        let mut document = parse(text);
        let row_table = document["table"]["row"][0].as_table_mut().unwrap();
        row_table.entry(key.clone()).or_insert(Value::Integer(3));
        assert_eq!(loaded(path, &toml::to_string(&document).unwrap()).is_empty(), row.contains_key(key), "{key}");
    }
}

#[test]
fn editors_find_the_schema_of_every_shipped_file() {
    let config = parse(&fs::read_to_string(".taplo.toml").unwrap());
    let rules = config["rule"].as_array().unwrap();
    for (path, _) in files::shipped() {
        let fits = |pattern: &str| {
            let pattern = pattern.strip_prefix("**/knowledge/").unwrap();
            pattern.strip_suffix("*.toml").map_or(pattern == path, |folder| path.starts_with(folder))
        };
        let own: Vec<&Value> = rules.iter().filter(|rule| fits(rule["include"][0].as_str().unwrap())).collect();
        let [rule] = own.as_slice() else { panic!("{path}: {} rules", own.len()) };
        let schema = rule["schema"]["path"].as_str().unwrap();
        assert_eq!(schema, format!("./knowledge/schemas/{}.json", path.split(['/', '.']).next().unwrap()));
        assert!(Path::new(schema).is_file(), "{schema}");
    }
}

#[test]
fn only_toml_is_read_and_the_program_carries_what_the_folder_holds() {
    assert!(Path::new("knowledge/schemas/entries.json").is_file());
    let (read, faults) = files::in_folder(Path::new("knowledge")).unwrap();
    assert_eq!(faults, []);
    let shipped = files::shipped();
    let names = |files: &[File]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&read), names(&shipped));
    // Told by name: nobody wants to read two knowledge bases.
    let differ: Vec<&str> = read.iter().zip(&shipped).filter(|(read, shipped)| read != shipped).map(|(read, _)| read.0.as_str()).collect();
    assert_eq!(differ, Vec::<&str>::new());
}
