//! Rows and facet values as templates see them.
//!
//! Every row of every table stands ready for templates, so each holds only what is its own: the names of columns are its table's,
//! facet values and sources are shared, and what is seldom read (`names`) is made when it is.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::functions::join_and;
use crate::knowledge::{Cell, FacetId, Knowledge, Row, SourceId, Table, TableId, ValueId};

/// Everything that templates share, made once from the knowledge.
#[derive(Debug, Default)]
pub(super) struct Seen {
    values: BTreeMap<FacetId, BTreeMap<ValueId, Arc<SeenValues>>>,
    tables: BTreeMap<TableId, SeenTable>,
}

/// A table as the functions over tables see it.
#[derive(Debug)]
pub(super) struct SeenTable {
    /// The rows, in the table's order.
    pub(super) rows: Vec<Arc<SeenRow>>,
}

/// A row: its cells by the names of their columns, the values of its keys by facet, `names`, `as_of`, `confidence`, `source`.
#[derive(Clone, Debug)]
pub(super) struct SeenRow {
    shape: Arc<Shape>,
    /// For each key of the table its values: one, or several where rows that say the same were merged.
    keys: Box<[Arc<SeenValues>]>,
    /// For each column of the table its cell; undefined where left out.
    cells: Arc<[Value]>,
    as_of: Value,
    confidence: &'static str,
    source: Value,
}

/// What the rows of a table have in common.
#[derive(Debug)]
struct Shape {
    keys: Vec<FacetId>,
    columns: Vec<String>,
}

/// The names of a row's values, by facet: "Texas and Ohio".
#[derive(Debug)]
struct SeenNames(Arc<SeenRow>);

/// A list of facet values.
#[derive(Debug)]
pub(super) struct SeenValues(Vec<Arc<SeenValue>>);

/// A facet's value: its `id` and its `name`.
#[derive(Debug)]
pub(super) struct SeenValue {
    id: ValueId,
    name: Value,
}

impl Seen {
    /// Makes rows and values ready for templates.
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let values = knowledge.facets.iter().map(|facet| {
            let values =
                facet.values.iter().map(|value| (value.id.clone(), Arc::new(SeenValues(vec![SeenValue::new(&value.id, &value.name)]))));
            (facet.id.clone(), values.collect())
        });
        let mut seen = Self { values: values.collect(), tables: BTreeMap::new() };
        let mut shared = Shared::default();
        for table in knowledge.tables.values() {
            let columns = table.columns.iter().map(|column| column.name.clone()).collect();
            let shape = Arc::new(Shape { keys: table.keys.clone(), columns });
            let rows = table.rows.iter().map(|row| Arc::new(seen.row(knowledge, &shape, row, &mut shared))).collect();
            seen.tables.insert(table.id.clone(), SeenTable { rows });
        }
        seen
    }

    fn row<'row>(&self, knowledge: &'row Knowledge, shape: &Arc<Shape>, row: &'row Row, shared: &mut Shared<'row>) -> SeenRow {
        SeenRow {
            shape: Arc::clone(shape),
            keys: shape.keys.iter().zip(&row.keys).map(|(facet, value)| self.list(facet, std::slice::from_ref(value))).collect(),
            cells: row.cells.iter().map(|cell| shared.cell(cell.as_ref())).collect(),
            as_of: Value::from(row.as_of.to_string()),
            confidence: row.confidence.as_str(),
            source: shared.source(knowledge, &row.source),
        }
    }

    /// The table of that id.
    pub(super) fn table(&self, id: &str) -> Option<&SeenTable> {
        self.tables.get(id)
    }

    /// The name of a facet's value, as an answer says it.
    pub(super) fn name<'name>(&'name self, facet: &FacetId, value: &'name ValueId) -> &'name str {
        self.known(facet, value).and_then(|known| known.name.as_str()).unwrap_or(value.as_str())
    }

    /// A facet's value.
    pub(super) fn value(&self, facet: &FacetId, value: &ValueId) -> Arc<SeenValue> {
        self.known(facet, value).map_or_else(|| SeenValue::new(value, value.as_str()), Arc::clone)
    }

    /// Several values of a facet.
    pub(super) fn list(&self, facet: &FacetId, values: &[ValueId]) -> Arc<SeenValues> {
        let alone = values.first().filter(|_| values.len() == 1).and_then(|only| self.values.get(facet)?.get(only));
        alone.map_or_else(|| Arc::new(SeenValues(values.iter().map(|value| self.value(facet, value)).collect())), Arc::clone)
    }

    /// A row of a table; `keys` are the values that it and the rows merged with it stand for.
    pub(super) fn merged(&self, table: &Table, row: &Row, keys: &[Vec<ValueId>]) -> Option<Arc<SeenRow>> {
        let at = table.rows.iter().position(|other| std::ptr::eq(other, row))?;
        let row = self.tables.get(&table.id)?.rows.get(at)?;
        if keys.iter().all(|values| values.len() == 1) {
            return Some(Arc::clone(row));
        }
        let keys = table.keys.iter().zip(keys).map(|(facet, values)| self.list(facet, values)).collect();
        Some(Arc::new(SeenRow { keys, ..SeenRow::clone(row) }))
    }

    fn known(&self, facet: &FacetId, value: &ValueId) -> Option<&Arc<SeenValue>> {
        self.values.get(facet)?.get(value)?.0.first()
    }
}

/// Texts and sources that many rows have in common.
#[derive(Default)]
struct Shared<'row> {
    texts: HashMap<&'row str, Value>,
    sources: HashMap<&'row SourceId, Value>,
}

impl<'row> Shared<'row> {
    fn cell(&mut self, cell: Option<&'row Cell>) -> Value {
        match cell {
            Some(Cell::Number(number)) => Value::from(*number),
            Some(Cell::Text(text)) => self.texts.entry(text).or_insert_with(|| Value::from(text.as_str())).clone(),
            Some(Cell::Date(date)) => Value::from(date.to_string()),
            None => Value::UNDEFINED,
        }
    }

    fn source(&mut self, knowledge: &Knowledge, id: &'row SourceId) -> Value {
        let seen = || {
            let source = knowledge.sources.get(id);
            source.map(|source| Value::from_pairs([("title", source.title.as_str()), ("publisher", source.publisher.as_str())]))
        };
        self.sources.entry(id).or_insert_with(|| seen().unwrap_or_default()).clone()
    }
}

impl SeenRow {
    /// What stands under that name.
    pub(super) fn get(self: &Arc<Self>, name: &str) -> Option<Value> {
        let found = match name {
            "names" => Value::from_object(SeenNames(Arc::clone(self))),
            "as_of" => self.as_of.clone(),
            "confidence" => Value::from(self.confidence),
            "source" => self.source.clone(),
            column => match self.shape.columns.iter().position(|known| known == column) {
                Some(at) => self.cells[at].clone(),
                None => Value::from_dyn_object(Arc::clone(self.key(column)?)),
            },
        };
        (!found.is_undefined()).then_some(found)
    }

    /// Whether what stands under that name is `wanted`; for a key of the table its first value is.
    pub(super) fn is(self: &Arc<Self>, name: &str, wanted: &Value) -> bool {
        match self.key(name) {
            Some(values) => values.0.first().map(|value| value.id.as_str()) == wanted.as_str(),
            None => self.get(name).unwrap_or_default() == *wanted,
        }
    }

    fn key(&self, facet: &str) -> Option<&Arc<SeenValues>> {
        let at = self.shape.keys.iter().position(|key| key.as_str() == facet)?;
        self.keys.get(at)
    }
}

impl Object for SeenRow {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.get(key)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let names = self.shape.keys.iter().map(FacetId::as_str).chain(self.shape.columns.iter().map(String::as_str));
        let names = names.chain(["names", "as_of", "confidence", "source"]).filter(|name| self.get(name).is_some());
        Enumerator::Values(names.map(Value::from).collect())
    }
}

impl Object for SeenNames {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        Some(Value::from(self.0.key(key)?.joined()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.shape.keys.iter().map(|key| Value::from(key.as_str())).collect())
    }
}

impl SeenValues {
    /// The names as a reader sees them: "Texas and Ohio".
    pub(super) fn joined(&self) -> String {
        join_and(&self.0.iter().filter_map(|value| value.name.as_str()).collect::<Vec<_>>())
    }
}

impl Object for SeenValues {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).cloned().map(Value::from_dyn_object)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

impl SeenValue {
    fn new(id: &ValueId, name: &str) -> Arc<Self> {
        Arc::new(Self { id: id.clone(), name: Value::from(name) })
    }
}

impl Object for SeenValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "id" => Some(Value::from(self.id.as_str())),
            "name" => Some(self.name.clone()),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["id", "name"])
    }
}
