//! What may be drawn beside an answer: which rows, how they are grouped, and the words around them.
//!
//! A [`Sketch`] holds no facts. What it shows for one question is an `answer::picture::Picture`; how that looks is nobody's
//! business here.

use super::{FacetId, PictureId, Place, TableId, Values};

/// A picture before there is a question: `[[map]]` or `[[bars]]` of `pictures.toml`.
#[derive(Debug)]
pub struct Sketch {
    /// Its id.
    pub id: PictureId,
    /// Template of the line above it.
    pub title: String,
    /// Template of the same facts in words, for who cannot see it.
    pub alt: String,
    /// Template of what stands below it: sources and dates.
    pub note: String,
    /// What is drawn.
    pub kind: SketchKind,
    /// Where it is defined.
    pub place: Place,
}

/// What a [`Sketch`] draws.
#[derive(Debug)]
pub enum SketchKind {
    /// A map of tiles.
    Map(MapSketch),
    /// Bars of percentiles.
    Bars(BarsSketch),
}

/// A tile for each value of a facet, in classes by a column of a table.
#[derive(Debug)]
pub struct MapSketch {
    /// The table.
    pub table: TableId,
    /// The facet whose values are tiles; one of the table's keys.
    pub facet: FacetId,
    /// The column that puts a tile into its class.
    pub value: String,
    /// How the column is put into classes.
    pub classes: Classes,
    /// The class of a tile without a row, or without a number.
    pub missing: ClassSketch,
    /// Fewer tiles with a row than this are no map.
    pub least: usize,
}

/// How a column is put into classes.
#[derive(Debug)]
pub enum Classes {
    /// A column of numbers by quantiles, the ranges written with a template that sees `figure`.
    Quantiles {
        /// The template of one number.
        figure: String,
    },
    /// A column of choices, one class for one or more of them.
    Choices {
        /// The classes, in the order of the legend.
        named: Vec<NamedClass>,
        /// The class of a tile whose rows do not all say the same; without it there is no map of several rows a tile.
        mixed: Option<ClassSketch>,
    },
}

/// A class for one or more choices, with what being in it amounts to.
pub type NamedClass = (Vec<String>, Tone, ClassSketch);

/// What a class is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassSketch {
    /// The letter on its tiles.
    pub letter: char,
    /// What the legend says.
    pub label: String,
}

/// What being in a class amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Yes.
    Yes,
    /// Yes, within limits.
    Partly,
    /// No.
    No,
    /// Neither.
    Open,
}

/// How many percentiles a bar shows: a low one, the lower quarter, the middle, the upper quarter, a high one.
pub const STEPS: usize = 5;

/// Rows as bars of percentiles above the row they are measured by.
#[derive(Debug)]
pub struct BarsSketch {
    /// Tables whose rows are drawn where the question names all their keys, the nearest first.
    pub tables: Vec<TableId>,
    /// The columns of the percentiles, from low to high.
    pub columns: [String; STEPS],
    /// What the legend calls the outer span, the inner span and the middle.
    pub spans: [String; 3],
    /// Template of one number; it sees `figure`.
    pub figure: String,
    /// The row the others are measured by.
    pub beside: Beside,
    /// Template of the words at the amount that the question names; without it the amount is not marked.
    pub mark: Option<String>,
    /// What is said of a bar that lacks figures.
    pub missing: String,
}

/// The row that bars are measured by.
#[derive(Debug)]
pub struct Beside {
    /// Its table.
    pub table: TableId,
    /// Its keys.
    pub row: Values,
    /// What it is called.
    pub name: String,
}
