//! Templates of the knowledge, and what they may use: filters for figures and lists, functions over tables.
//!
//! `CONTRIBUTING.md` tells editors what a template sees; this file and `seen.rs` are where those names come from.

use std::collections::HashMap;
use std::sync::Arc;

use minijinja::{Environment, Error, UndefinedBehavior, Value};

use super::functions::{add_filters, add_functions};
use super::rows::{Group, Summary};
use super::seen::Seen;
use crate::knowledge::pictures::{Classes, MapSketch, SketchKind};
use crate::knowledge::{EntryId, FacetId, Fault, Knowledge, PictureId, Place, Table, TableId, ValueId};
use crate::understand::AMOUNT;

/// The most steps a template may take: many times what any needs, and over in some thousandths of a second. Loops within loops would go on
/// for hours.
const MOST_STEPS: u64 = 1_000_000;

/// Which of the templates of an entry, a table or a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `answer`
    Answer,
    /// `detail`
    Detail,
    /// `with_rows`
    WithRows,
    /// `missing`
    Missing,
    /// `title`
    Title,
    /// `alt`
    Alt,
    /// `note`
    Note,
    /// `figure`
    Figure,
    /// `mark`
    Mark,
}

impl Part {
    /// The key in a knowledge file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Detail => "detail",
            Self::WithRows => "with_rows",
            Self::Missing => "missing",
            Self::Title => "title",
            Self::Alt => "alt",
            Self::Note => "note",
            Self::Figure => "figure",
            Self::Mark => "mark",
        }
    }
}

/// The environment templates are rendered in.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    /// Texts that hold no expression, evened out: most are such, and a compiled template takes kilobytes.
    plain: HashMap<String, Box<str>>,
    seen: Arc<Seen>,
}

impl Templates {
    /// An environment that knows every table and every template of the knowledge.
    ///
    /// # Errors
    /// The templates that are faulty.
    pub fn new(knowledge: &Knowledge) -> Result<Self, Vec<Fault>> {
        let seen = Arc::new(Seen::new(knowledge));
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_fuel(Some(MOST_STEPS));
        add_filters(&mut environment);
        add_functions(&mut environment, &seen);
        let mut templates = Self { environment, plain: HashMap::new(), seen };
        let faults = templates.compile(knowledge);
        if faults.is_empty() { Ok(templates) } else { Err(faults) }
    }

    fn compile(&mut self, knowledge: &Knowledge) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut add = |name: String, template: &str, place: &Place| {
            if !has_expressions(template) {
                self.plain.insert(name, even_out(template).into_boxed_str());
            } else if let Err(error) = self.environment.add_template_owned(name.clone(), template.to_owned()) {
                let line = error.line().map_or(String::new(), |line| format!(", line {line} of the text"));
                let what = format!("{name}: the template is faulty{line}: {}", error.detail().unwrap_or("not understood"));
                faults.push(Fault::error(place.clone(), what, "see https://docs.rs/minijinja/latest/minijinja/syntax for the syntax"));
            }
        };
        for entry in &knowledge.entries {
            add(Self::of_entry(&entry.id, Part::Answer), &entry.answer, &entry.place);
            for (part, template) in [(Part::Detail, &entry.detail), (Part::WithRows, &entry.with_rows)] {
                if let Some(template) = template {
                    add(Self::of_entry(&entry.id, part), template, &entry.place);
                }
            }
        }
        for table in knowledge.tables.values() {
            for (part, template) in [(Part::Answer, &table.answer), (Part::Missing, &table.missing)] {
                if let Some(template) = template {
                    add(Self::of_table(&table.id, part), template, &table.place);
                }
            }
            for (open, template) in &table.summaries {
                add(Self::of_summary(&table.id, open), template, &table.place);
            }
        }
        for sketch in knowledge.pictures.values() {
            let (figure, mark) = match &sketch.kind {
                SketchKind::Map(MapSketch { classes: Classes::Quantiles { figure }, .. }) => (Some(figure), None),
                SketchKind::Map(_) => (None, None),
                SketchKind::Bars(bars) => (Some(&bars.figure), bars.mark.as_ref()),
            };
            let words = [(Part::Title, &sketch.title), (Part::Alt, &sketch.alt), (Part::Note, &sketch.note)];
            for (part, template) in
                words.into_iter().chain(figure.map(|figure| (Part::Figure, figure))).chain(mark.map(|mark| (Part::Mark, mark)))
            {
                add(Self::of_picture(&sketch.id, part), template, &sketch.place);
            }
        }
        faults
    }

    /// The name of an entry's template.
    #[must_use]
    pub fn of_entry(entry: &EntryId, part: Part) -> String {
        format!("{entry} {}", part.as_str())
    }

    /// The name of a table's template.
    #[must_use]
    pub fn of_table(table: &TableId, part: Part) -> String {
        format!("table {table} {}", part.as_str())
    }

    /// The name of a picture's template.
    #[must_use]
    pub fn of_picture(picture: &PictureId, part: Part) -> String {
        format!("picture {picture} {}", part.as_str())
    }

    /// The name of a table's summary over the key `open`.
    #[must_use]
    pub fn of_summary(table: &TableId, open: &FacetId) -> String {
        format!("table {table} summary {open}")
    }

    /// Renders the template of that name; white space is evened out, so that templates may be laid out for editors.
    ///
    /// # Errors
    /// When there is no such template, or it uses what is not there.
    pub fn render(&self, name: &str, context: &Value) -> Result<String, Error> {
        match self.plain.get(name) {
            Some(text) => Ok(text.to_string()),
            None => Ok(even_out(&self.environment.get_template(name)?.render(context)?)),
        }
    }

    /// The name of a facet's value, as an answer says it.
    #[must_use]
    pub fn name<'name>(&'name self, facet: &FacetId, value: &'name ValueId) -> &'name str {
        self.seen.name(facet, value)
    }

    /// A facet's value as a template sees it; an amount of money also as a number, `amount.hourly`.
    #[must_use]
    pub fn value(&self, facet: &FacetId, value: &ValueId) -> Value {
        if facet.as_str() == AMOUNT
            && let Ok(hourly) = value.as_str().parse::<f64>()
        {
            let name = format!("${hourly:.2} an hour");
            return Value::from_pairs([("id", Value::from(value.as_str())), ("name", Value::from(name)), ("hourly", Value::from(hourly))]);
        }
        Value::from_dyn_object(self.seen.value(facet, value))
    }

    /// Merged rows as a template sees them.
    #[must_use]
    pub fn group(&self, table: &Table, group: &Group<'_>) -> Value {
        self.seen.merged(table, group.row, &group.keys).map_or(Value::UNDEFINED, Value::from_dyn_object)
    }

    /// A summary over the key `open` as a template sees it.
    #[must_use]
    pub fn summary(&self, table: &Table, open: &FacetId, summary: &Summary) -> Value {
        let mut cells = self.keys(table, &summary.keys);
        let all = self.seen.table(table.id.as_str()).map_or(&[][..], |table| table.rows.as_slice());
        let rows: Vec<Value> = summary.rows.iter().filter_map(|index| all.get(*index)).cloned().map(Value::from_dyn_object).collect();
        let without: Vec<Value> = summary.without.iter().map(|value| Value::from(self.name(open, value))).collect();
        cells.push(("total".to_owned(), Value::from(rows.len() + without.len())));
        cells.push(("rows".to_owned(), Value::from(rows)));
        cells.push(("without".to_owned(), Value::from(without)));
        Value::from_pairs(cells)
    }

    /// The values of a table's keys as a template sees them: `names.state` and `state`.
    #[must_use]
    pub fn keys(&self, table: &Table, keys: &[Vec<ValueId>]) -> Vec<(String, Value)> {
        let mut names = Vec::new();
        let mut cells = Vec::new();
        for (facet, values) in table.keys.iter().zip(keys) {
            let listed = self.seen.list(facet, values);
            names.push((facet.to_string(), Value::from(listed.joined())));
            cells.push((facet.to_string(), Value::from_dyn_object(listed)));
        }
        cells.push(("names".to_owned(), Value::from_pairs(names)));
        cells
    }
}

/// Whether a template is more than its own text.
fn has_expressions(template: &str) -> bool {
    ["{{", "{%", "{#"].iter().any(|opening| template.contains(opening))
}

/// One space between words; a line break only before a list item or where an empty line stood.
fn even_out(text: &str) -> String {
    let mut even = String::with_capacity(text.len());
    let mut paragraph = false;
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            paragraph = true;
            continue;
        }
        if !even.is_empty() {
            even.push_str(if paragraph {
                "\n\n"
            } else if words.peek() == Some(&"-") {
                "\n"
            } else {
                " "
            });
        }
        paragraph = false;
        even.push_str(&words.collect::<Vec<_>>().join(" "));
    }
    even
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates() -> Templates {
        Templates::new(&Knowledge::default()).unwrap()
    }

    fn render(template: &str) -> String {
        even_out(&templates().environment.render_str(template, Value::UNDEFINED).unwrap())
    }

    #[test]
    fn a_template_that_would_not_end_is_given_up() {
        let loops = "{% for a in range(9999) %}".repeat(4) + "x" + &"{% endfor %}".repeat(4);
        let error = templates().environment.render_str(&loops, Value::UNDEFINED).unwrap_err();
        assert_eq!(error.kind(), minijinja::ErrorKind::OutOfFuel);
    }

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(render("{{ 45690|usd }} {{ 21.97|usd }} {{ 19|usd }} {{ 1234567|usd }}"), "$45,690 $21.97 $19.00 $1,234,567");
        assert_eq!(render("{{ 817870|number }} {{ 7.5|signed }} {{ (-7.5)|signed }}"), "817,870 +7.5 -7.5");
    }

    #[test]
    fn lists_and_sentences_read_well() {
        assert_eq!(render("{{ ['a','b','c']|list }}; {{ ['a']|list }}; {{ 'on site only'|sentence }}"), "a, b and c; a; On site only.");
    }

    #[test]
    fn templates_may_be_laid_out_for_editors() {
        assert_eq!(render("one\n  two\n- three\n\n\nfour"), "one two\n- three\n\nfour");
    }

    #[test]
    fn an_amount_stands_between_percentiles() {
        let row = "{'hourly_p10': 10, 'hourly_p25': 20, 'hourly_median': 30, 'hourly_p75': 40, 'hourly_p90': 50}";
        for (amount, stands) in [
            ("9.99", "below the 10th percentile"),
            ("24", "between the 25th percentile and the median"),
            ("30.0", "at the median"),
            ("51", "above the 90th percentile"),
        ] {
            assert_eq!(render(&format!("{{{{ standing({row}, 'hourly', {amount}) }}}}")), stands);
        }
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        for template in ["{{ nothing }}", "{{ lookup('no such table') }}"] {
            assert!(templates().environment.render_str(template, Value::UNDEFINED).is_err(), "{template}");
        }
    }
}
