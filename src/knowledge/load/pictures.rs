//! `pictures.toml`.

use super::facets::{plain, values};
use super::id;
use crate::knowledge::pictures::{BarsSketch, Beside, ClassSketch, Classes, MapSketch, STEPS, Sketch, SketchKind, Tone};
use crate::knowledge::reading::Fields;
use crate::knowledge::{FacetId, Knowledge, PictureId, TableId, Values};

/// The words for tones.
const TONES: &[(&str, Tone)] = &[("yes", Tone::Yes), ("partly", Tone::Partly), ("no", Tone::No), ("open", Tone::Open)];

/// Reads the pictures.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    read_kind(fields, knowledge, "map", |map| SketchKind::Map(read_map(map)));
    read_kind(fields, knowledge, "bars", |bars| SketchKind::Bars(read_bars(bars)));
}

/// Reads every picture of one kind; the kind is the name of its tables.
fn read_kind(
    fields: &mut Fields<'_, '_, '_>,
    knowledge: &mut Knowledge,
    kind: &'static str,
    read: impl Fn(&mut Fields<'_, '_, '_>) -> SketchKind,
) {
    for value in fields.tables(kind) {
        let Some(mut picture) = Fields::open_value(fields.document(), value, kind) else { continue };
        let id = PictureId::from(id(&mut picture).as_str());
        if let Some(earlier) = knowledge.pictures.get(&id) {
            let what = format!("the id is used already at {}", earlier.place);
            picture.fault("id", what, "give one of the two pictures another id");
        }
        let sketch = Sketch {
            id: id.clone(),
            title: picture.text("title"),
            alt: picture.text("alt"),
            note: picture.text("note"),
            kind: read(&mut picture),
            place: picture.place(),
        };
        picture.finish();
        knowledge.pictures.insert(id, sketch);
    }
}

fn read_map(map: &mut Fields<'_, '_, '_>) -> MapSketch {
    let table = TableId::from(map.text("table").as_str());
    let facet = FacetId::from(map.text("facet").as_str());
    let value = map.text("value");
    let missing = class(map, "missing");
    if missing.is_none() && !map.has("missing") {
        map.fault("missing", "`missing` is missing", "write missing = { letter = \"?\", label = \"not checked\" }");
    }
    MapSketch {
        table,
        facet,
        value,
        classes: classes(map),
        missing: missing.unwrap_or_else(ClassSketch::unnamed),
        least: map.whole("least").unwrap_or(1),
    }
}

/// Quantiles where the numbers have a template, else the choices named.
fn classes(map: &mut Fields<'_, '_, '_>) -> Classes {
    let figure = map.optional_text("figure").filter(|figure| !figure.is_empty());
    let given = map.tables("classes");
    let mixed = class(map, "mixed");
    if figure.is_some() != given.is_empty() {
        let mend = "write figure = \"{{ figure }}\" for a column of numbers, or classes = [ … ] for a column of choices";
        map.fault("classes", "a map needs either `figure` or `classes`", mend);
    }
    if let Some(figure) = figure {
        return Classes::Quantiles { figure };
    }
    let mut named = Vec::new();
    for value in given {
        let Some(mut fields) = Fields::open_value(map.document(), value, "classes") else { continue };
        let values = plain(fields.texts("values"));
        if values.is_empty() {
            fields.fault("values", "`values` is empty", "name the values of the column that are in this class");
        }
        let tone = super::required(&mut fields, "tone", TONES).unwrap_or(Tone::Open);
        named.push((values, tone, read_class(&mut fields)));
        fields.finish();
    }
    Classes::Choices { named, mixed }
}

/// The class under `key`, if given.
fn class(map: &mut Fields<'_, '_, '_>, key: &'static str) -> Option<ClassSketch> {
    let value = map.table(key)?;
    let mut fields = Fields::open_value(map.document(), value, key)?;
    let class = read_class(&mut fields);
    fields.finish();
    Some(class)
}

fn read_class(fields: &mut Fields<'_, '_, '_>) -> ClassSketch {
    let letter = fields.text("letter");
    let mut letters = letter.chars();
    let (first, second) = (letters.next(), letters.next());
    if second.is_some() {
        fields.fault("letter", format!("`{letter}` is more than one letter"), "use one letter or sign, different in each class");
    }
    ClassSketch { letter: first.unwrap_or_default(), label: fields.text("label") }
}

impl ClassSketch {
    /// A stand-in for a class whose absence has been reported.
    fn unnamed() -> Self {
        Self { letter: '?', label: String::new() }
    }
}

fn read_bars(bars: &mut Fields<'_, '_, '_>) -> BarsSketch {
    let tables = plain(bars.texts("tables"));
    if tables.is_empty() {
        bars.fault("tables", "`tables` is empty", "name at least one table whose rows are drawn");
    }
    BarsSketch {
        tables: tables.iter().map(|table| TableId::from(table.as_str())).collect(),
        columns: exactly::<STEPS>(bars, "columns", "the columns of five percentiles, from low to high"),
        spans: exactly::<3>(bars, "spans", "the outer span, the inner span and the middle"),
        figure: bars.text("figure"),
        beside: beside(bars),
        mark: bars.optional_text("mark").filter(|mark| !mark.is_empty()),
        missing: bars.text("missing"),
    }
}

/// A list of so many texts.
fn exactly<const COUNT: usize>(fields: &mut Fields<'_, '_, '_>, key: &'static str, what: &str) -> [String; COUNT] {
    let texts = plain(fields.texts(key));
    let count = texts.len();
    texts.try_into().unwrap_or_else(|_| {
        fields.fault(key, format!("`{key}` has {count} items, not {COUNT}"), format!("name {what}"));
        std::array::from_fn(|_| String::new())
    })
}

fn beside(bars: &mut Fields<'_, '_, '_>) -> Beside {
    let nothing = || Beside { table: TableId::from(""), row: Values::new(), name: String::new() };
    let Some(value) = bars.table("beside") else {
        let mend = "write beside = { table = \"…\", row = { year = \"2025\" }, name = \"…\" }";
        bars.fault("beside", "`beside` is missing", mend);
        return nothing();
    };
    let Some(mut fields) = Fields::open_value(bars.document(), value, "beside") else { return nothing() };
    let beside = Beside { table: TableId::from(fields.text("table").as_str()), row: values(&mut fields, "row"), name: fields.text("name") };
    fields.finish();
    beside
}
