//! Which rows are drawn as bars.

use minijinja::Value;

use super::super::compose::Composer;
use super::super::functions::{capital, join_and};
use super::super::rows::find;
use super::super::templates::{Part, Templates};
use super::{Bar, Bars, Drawing, Drawn, Figure};
use crate::knowledge::pictures::{BarsSketch, Sketch};
use crate::knowledge::{Cell, Knowledge, Row, Table, ValueId, Values};
use crate::understand::AMOUNT;

/// The most bars above the one they are measured by.
const MOST_BARS: usize = 3;

/// What a bar stands for, and its row if there is one.
type NamedRow<'table> = (String, Option<(&'table Table, &'table Row)>);

impl Composer {
    /// The bars of a sketch; none where the question names more than can be compared at a glance.
    pub(super) fn bars<'knowledge>(
        &self,
        knowledge: &'knowledge Knowledge,
        (sketch, bars): (&Sketch, &BarsSketch),
        facets: &Values,
    ) -> Result<Option<Drawn<'knowledge>>, minijinja::Error> {
        let Some(named) = self.named_rows(knowledge, bars, facets) else { return Ok(None) };
        let mut drawn = Vec::with_capacity(named.len());
        for (name, row) in &named {
            drawn.push(self.bar(sketch, bars, name, *row)?);
        }
        let seen = vec![("bars", drawn.iter().zip(&named).map(|(bar, (_, row))| seen(bar, *row)).collect())];
        let drawing = Drawing::Bars(Bars { bars: drawn, spans: bars.spans.clone(), mark: self.mark(sketch, bars, facets)? });
        Ok(Some(Drawn { drawing, seen, rows: named.into_iter().filter_map(|(_, row)| Some(row?.1)).collect() }))
    }

    /// The rows that the question names, the nearest table first, and last what they are measured by. A table that has no room beside those
    /// before it is left out; where the first has none, there are no bars.
    pub(super) fn named_rows<'knowledge>(
        &self,
        knowledge: &'knowledge Knowledge,
        bars: &BarsSketch,
        facets: &Values,
    ) -> Option<Vec<NamedRow<'knowledge>>> {
        let mut named: Vec<NamedRow<'_>> = Vec::new();
        for table in bars.tables.iter().filter_map(|table| knowledge.tables.get(table)) {
            let asked = table.keys.iter().map(|key| facets.get(key).map(|values| self.covers().narrow(key, values)));
            let Some(asked) = asked.collect::<Option<Vec<_>>>() else { continue };
            let found = find(table, &asked);
            let groups = found.groups.iter().map(|group| (self.called(table, &group.keys), Some((table, group.row))));
            let missing = found.missing.iter().map(|keys| {
                let keys: Vec<Vec<ValueId>> = keys.iter().map(|key| vec![key.clone()]).collect();
                (self.called(table, &keys), None)
            });
            let more: Vec<NamedRow<'_>> = groups.chain(missing).collect();
            if named.len() + more.len() <= MOST_BARS {
                named.extend(more);
            } else if named.is_empty() {
                return None;
            }
        }
        let beside = knowledge.tables.get(&bars.beside.table)?;
        named.push((bars.beside.name.clone(), Some((beside, beside.the_row(&bars.beside.row)?))));
        Some(named)
    }

    /// What a row stands for, as a heading.
    fn called(&self, table: &Table, keys: &[Vec<ValueId>]) -> String {
        let names = table.keys.iter().zip(keys).map(|(facet, values)| {
            let values: Vec<&str> = values.iter().map(|value| self.templates().name(facet, value)).collect();
            join_and(&values)
        });
        capital(&names.collect::<Vec<_>>().join(", "))
    }

    fn bar(&self, sketch: &Sketch, bars: &BarsSketch, name: &str, row: Option<(&Table, &Row)>) -> Result<Bar, minijinja::Error> {
        let mut bar = Bar { name: name.to_owned(), figures: Default::default(), lacks: None };
        for (figure, column) in bar.figures.iter_mut().zip(&bars.columns) {
            if let Some(Cell::Number(number)) = row.and_then(|(table, row)| table.cell(row, column)) {
                *figure = Some(self.figure(sketch, *number)?);
            }
        }
        bar.lacks = bar.figures.iter().any(Option::is_none).then(|| bars.missing.clone());
        Ok(bar)
    }

    /// The amount that the question names, with the words at it.
    fn mark(&self, sketch: &Sketch, bars: &BarsSketch, facets: &Values) -> Result<Option<Figure>, minijinja::Error> {
        let amount = facets.get(AMOUNT).and_then(|amounts| amounts.first()?.as_str().parse::<f64>().ok());
        let Some(value) = amount.filter(|_| bars.mark.is_some()) else { return Ok(None) };
        let context = Value::from_pairs(self.named(facets));
        let text = self.templates().render(&Templates::of_picture(&sketch.id, Part::Mark), &context)?;
        Ok(Some(Figure { value, text }))
    }
}

/// A bar as a template sees it.
fn seen(bar: &Bar, row: Option<(&Table, &Row)>) -> Value {
    let figures = bar.figures.iter().map(|figure| figure.as_ref().map_or_else(Value::default, |figure| figure.text.as_str().into()));
    Value::from_pairs([
        ("name", Value::from(bar.name.as_str())),
        ("figures", figures.collect()),
        ("lacks", Value::from(bar.lacks.is_some())),
        ("confidence", row.map_or_else(Value::default, |(_, row)| row.confidence.as_str().into())),
    ])
}
