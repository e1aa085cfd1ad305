//! Which rows of a table answer a question, and which are missing.

use crate::knowledge::{Cell, FacetId, Row, Table, ValueId};

/// Rows that say the same thing, merged: what they say, and for which values of each key.
#[derive(Clone, Debug)]
pub struct Group<'table> {
    /// One of the rows; the others say the same.
    pub row: &'table Row,
    /// For each key of the table, the values the group stands for.
    pub keys: Vec<Vec<ValueId>>,
}

/// What a table has for the values asked for.
#[derive(Clone, Debug, Default)]
pub struct Found<'table> {
    /// Rows found, merged.
    pub groups: Vec<Group<'table>>,
    /// Combinations without a row.
    pub missing: Vec<Vec<ValueId>>,
}

/// The most combinations looked up for one question: "all tasks in all states" is no chat message.
const MOST_COMBINATIONS: usize = 120;

/// Looks up every combination of `asked`, the values wanted for each key of the table.
#[must_use]
pub fn find<'table>(table: &'table Table, asked: &[Vec<ValueId>]) -> Found<'table> {
    let mut found = Found::default();
    for keys in combinations(asked).into_iter().take(MOST_COMBINATIONS) {
        match table.rows.iter().find(|row| row.keys == keys) {
            Some(row) => found.groups.push(Group { row, keys: keys.into_iter().map(|key| vec![key]).collect() }),
            None => found.missing.push(keys),
        }
    }
    for axis in (0..asked.len()).rev() {
        merge(&mut found.groups, axis);
    }
    found
}

/// What a table holds over all values of one key, the other keys known.
#[derive(Clone, Debug)]
pub struct Summary {
    /// For each key of the table, its values: for the open one, those that have a row.
    pub keys: Vec<Vec<ValueId>>,
    /// Indices of the rows, in the table's order.
    pub rows: Vec<usize>,
    /// Values of the open key that have no row.
    pub without: Vec<ValueId>,
}

/// Sums up every combination of the known keys; `open` is the index of the key that `asked` leaves open, `all` are its values.
#[must_use]
pub fn summarise(table: &Table, asked: &[Vec<ValueId>], open: usize, all: &[ValueId]) -> Vec<Summary> {
    let mut axes = asked.to_vec();
    // The open key takes one place in every combination; which value stands there does not count.
    axes[open] = all.iter().take(1).cloned().collect();
    let summary = |known: Vec<ValueId>| {
        let fits = |row: &Row| row.keys.iter().zip(&known).enumerate().all(|(index, (left, right))| index == open || left == right);
        let rows: Vec<usize> = (0..table.rows.len()).filter(|index| fits(&table.rows[*index])).collect();
        let with: Vec<ValueId> = rows.iter().map(|index| table.rows[*index].keys[open].clone()).collect();
        let without = all.iter().filter(|value| !with.contains(value)).cloned().collect();
        let mut keys: Vec<Vec<ValueId>> = known.into_iter().map(|value| vec![value]).collect();
        keys[open] = with;
        Summary { keys, rows, without }
    };
    combinations(&axes).into_iter().map(summary).collect()
}

fn combinations(asked: &[Vec<ValueId>]) -> Vec<Vec<ValueId>> {
    asked.iter().fold(vec![Vec::new()], |combinations, values| {
        combinations
            .iter()
            .flat_map(|combination| values.iter().map(move |value| combination.iter().cloned().chain([value.clone()]).collect()))
            .take(MOST_COMBINATIONS)
            .collect()
    })
}

/// Joins groups that say the same and differ along one key only.
fn merge(groups: &mut Vec<Group<'_>>, axis: usize) {
    let mut merged: Vec<Group<'_>> = Vec::with_capacity(groups.len());
    for group in groups.drain(..) {
        let same = merged.iter_mut().find(|other| {
            let others_agree = other.keys.iter().zip(&group.keys).enumerate().all(|(index, (left, right))| index == axis || left == right);
            others_agree && says_same(other.row, group.row)
        });
        match same {
            Some(other) => other.keys[axis].extend(group.keys[axis].iter().cloned()),
            None => merged.push(group),
        }
    }
    *groups = merged;
}

fn says_same(left: &Row, right: &Row) -> bool {
    left.cells == right.cells && left.source == right.source && left.as_of == right.as_of && left.confidence == right.confidence
}

impl Table {
    /// The cell of a row in the column of that name.
    #[must_use]
    pub fn cell<'row>(&self, row: &'row Row, column: &str) -> Option<&'row Cell> {
        let index = self.columns.iter().position(|candidate| candidate.name == column)?;
        row.cells.get(index)?.as_ref()
    }

    /// The value of a row for the key facet of that id.
    #[must_use]
    pub fn key<'row>(&self, row: &'row Row, facet: &FacetId) -> Option<&'row ValueId> {
        let index = self.keys.iter().position(|key| key == facet)?;
        row.keys.get(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{AsOf, Confidence, Place, SourceId, TableId};

    fn row(keys: &[&str], says: &str) -> Row {
        Row {
            keys: keys.iter().map(|key| ValueId::from(*key)).collect(),
            cells: vec![Some(Cell::Text(says.to_owned()))],
            source: SourceId::from("law"),
            as_of: AsOf::day(jiff::civil::date(2026, 1, 1)),
            review_by: None,
            confidence: Confidence::High,
            place: Place::default(),
        }
    }

    fn table(rows: Vec<Row>) -> Table {
        let keys = vec![FacetId::from("state"), FacetId::from("task")];
        Table {
            id: TableId::from("rules"),
            title: String::new(),
            keys,
            columns: Vec::new(),
            answer: None,
            missing: None,
            summaries: std::collections::BTreeMap::new(),
            rows,
            place: Place::default(),
        }
    }

    fn asked(values: &[&[&str]]) -> Vec<Vec<ValueId>> {
        values.iter().map(|values| values.iter().map(|value| ValueId::from(*value)).collect()).collect()
    }

    fn merged(found: &Found<'_>) -> Vec<String> {
        let join = |values: &Vec<ValueId>| values.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        found.groups.iter().map(|group| group.keys.iter().map(join).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn rows_that_say_the_same_are_merged_and_no_others() {
        let table = table(vec![row(&["TX", "im"], "yes"), row(&["TX", "sc"], "yes"), row(&["NY", "im"], "no"), row(&["OH", "im"], "yes")]);
        let found = find(&table, &asked(&[&["TX", "NY", "OH"], &["im", "sc"]]));
        assert_eq!(merged(&found), ["TX im+sc", "NY im", "OH im"]);
        assert_eq!(found.missing.len(), 2);
        let found = find(&table, &asked(&[&["TX", "OH"], &["im"]]));
        assert_eq!(merged(&found), ["TX+OH im"]);
    }

    #[test]
    fn a_summary_tells_the_values_with_a_row_from_those_without() {
        let table = table(vec![row(&["TX", "im"], "yes"), row(&["TX", "sc"], "yes"), row(&["NY", "im"], "no")]);
        let states: Vec<ValueId> = ["NY", "OH", "TX"].map(ValueId::from).into();
        let summaries = summarise(&table, &asked(&[&[], &["im", "iv"]]), 0, &states);
        let [im, iv] = summaries.as_slice() else { panic!("{summaries:?}") };
        assert_eq!((im.rows.as_slice(), im.without.as_slice()), ([0, 2].as_slice(), [ValueId::from("OH")].as_slice()));
        assert_eq!(im.keys, asked(&[&["TX", "NY"], &["im"]]));
        assert_eq!((iv.rows.len(), iv.without.len()), (0, 3));
    }

    #[test]
    fn a_flood_of_combinations_is_cut() {
        let many: Vec<String> = (0..60).map(|index| format!("v{index}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let table = table(Vec::new());
        let found = find(&table, &asked(&[&many, &many]));
        assert_eq!(found.missing.len(), MOST_COMBINATIONS);
    }
}
