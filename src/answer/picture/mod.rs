//! A picture beside an answer, as a description: what it shows and says, not how it looks.
//!
//! A [`Picture`] is made from a `[[map]]` or `[[bars]]` of the knowledge and the rows that a question leads to. It holds no
//! pixel, no colour and no font: the module `picture` of the feature `pictures` draws it, another program may draw it its own
//! way, and who cannot see it reads [`Picture::alt`].

mod bars;
mod map;

use std::collections::BTreeMap;

use jiff::civil::Date;
use minijinja::Value;

use super::compose::Composer;
use super::templates::{Part, Templates};
use crate::knowledge::pictures::{STEPS, Sketch, SketchKind, Tone};
use crate::knowledge::{Entry, Knowledge, Row, Tile, Values};

/// The most characters of [`Picture::alt`]: the longest description Discord takes for an attachment.
/// <https://docs.discord.com/developers/resources/message#attachment-object>
pub const LONGEST_ALT: usize = 1_024;

/// How many shades numbers are put into.
pub const SHADES: usize = 5;

/// A picture, described.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The line above it.
    pub title: String,
    /// The same facts in words, at most [`LONGEST_ALT`] characters.
    pub alt: String,
    /// What stands below it: sources and dates.
    pub note: String,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a [`Picture`] draws.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// A map of tiles.
    Map(Map),
    /// Bars of percentiles.
    Bars(Bars),
}

/// A map of tiles, each in a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The tiles; no two stand on the same place.
    pub tiles: Vec<MapTile>,
    /// The classes that have a tile, in the order of the legend.
    pub classes: Vec<Class>,
}

/// One tile of a [`Map`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapTile {
    /// What is written on it: the short id of what it stands for.
    pub label: String,
    /// Where it stands.
    pub at: Tile,
    /// Its class, as an index into [`Map::classes`].
    pub class: usize,
    /// Whether the question named it.
    pub outlined: bool,
}

/// A class of tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The letter on its tiles.
    pub letter: char,
    /// What the legend says.
    pub label: String,
    /// How many tiles are in it.
    pub count: usize,
    /// What being in it amounts to.
    pub meaning: Meaning,
}

/// What being in a class amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A shade of a number: 0 is the lowest of [`SHADES`].
    Shade(usize),
    /// A kind of yes or no.
    Tone(Tone),
    /// Not one thing: the rows of the tile differ.
    Mixed,
    /// Nothing is known.
    Missing,
}

/// Percentiles as bars; all of them stand on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The bars; the last is what the others are measured by.
    pub bars: Vec<Bar>,
    /// What the legend calls the outer span, the inner span and the middle.
    pub spans: [String; 3],
    /// An amount to mark across all bars.
    pub mark: Option<Figure>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// Its percentiles from low to high; none where not published.
    pub figures: [Option<Figure>; STEPS],
    /// What is said of the ones it lacks.
    pub lacks: Option<String>,
}

/// A number and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number.
    pub value: f64,
    /// As a reader sees it.
    pub text: String,
}

/// A drawing with what templates see of it, and the rows it is made of.
struct Drawn<'knowledge> {
    drawing: Drawing,
    seen: Vec<(&'static str, Value)>,
    rows: Vec<&'knowledge Row>,
}

impl Composer {
    /// Whether an entry has a picture for what a question named, and there is enough to draw: [`Self::picture`] without its words, which
    /// cost as much as the answer.
    pub(super) fn has_picture(&self, knowledge: &Knowledge, entry: &Entry, facets: &Values) -> bool {
        let sketch = entry.picture.as_ref().and_then(|picture| knowledge.pictures.get(picture));
        sketch.is_some_and(|sketch| match &sketch.kind {
            SketchKind::Map(map) => self.ground(knowledge, map, entry, facets).is_some(),
            SketchKind::Bars(bars) => self.named_rows(knowledge, bars, facets).is_some(),
        })
    }

    /// The picture of an entry for what a question named, if the entry has one and there is enough to draw.
    ///
    /// # Errors
    /// When one of its templates uses what is not there; `mabel check` finds such templates.
    pub fn picture(&self, knowledge: &Knowledge, entry: &Entry, facets: &Values, today: Date) -> Result<Option<Picture>, minijinja::Error> {
        let Some(sketch) = entry.picture.as_ref().and_then(|picture| knowledge.pictures.get(picture)) else { return Ok(None) };
        let drawn = match &sketch.kind {
            SketchKind::Map(map) => self.map(knowledge, (sketch, map), entry, facets)?,
            SketchKind::Bars(bars) => self.bars(knowledge, (sketch, bars), facets)?,
        };
        drawn.map(|drawn| self.described(knowledge, sketch, drawn, facets, today)).transpose()
    }

    /// A drawing with its words.
    fn described(
        &self,
        knowledge: &Knowledge,
        sketch: &Sketch,
        drawn: Drawn<'_>,
        facets: &Values,
        today: Date,
    ) -> Result<Picture, minijinja::Error> {
        let mut context = self.named(facets);
        context.extend(drawn.seen.into_iter().map(|(name, value)| (name.to_owned(), value)));
        context.extend(provenance(knowledge, &drawn.rows));
        let context = Value::from_pairs(context);
        let render = |part| self.templates().render(&Templates::of_picture(&sketch.id, part), &context);
        let mut note = render(Part::Note)?;
        if drawn.rows.iter().any(|row| row.review_by.is_some_and(|review_by| review_by < today)) {
            note = format!("{note} {}", knowledge.texts.stale);
        }
        Ok(Picture { title: render(Part::Title)?, alt: shortened(render(Part::Alt)?, LONGEST_ALT), note, drawing: drawn.drawing })
    }

    /// A number as the picture writes it.
    fn figure(&self, sketch: &Sketch, value: f64) -> Result<Figure, minijinja::Error> {
        let context = Value::from_pairs([("figure", Value::from(value))]);
        let text = self.templates().render(&Templates::of_picture(&sketch.id, Part::Figure), &context)?;
        Ok(Figure { value, text })
    }
}

/// Where the rows of a picture are from: `sources`, each once, and `as_of`.
fn provenance(knowledge: &Knowledge, rows: &[&Row]) -> BTreeMap<String, Value> {
    let mut sources: Vec<_> = rows.iter().map(|row| &row.source).collect();
    sources.sort();
    sources.dedup();
    let sources = sources.into_iter().filter_map(|source| knowledge.sources.get(source));
    let sources: Value =
        sources.map(|source| Value::from_pairs([("title", source.title.as_str()), ("publisher", source.publisher.as_str())])).collect();
    let oldest = rows.iter().map(|row| row.as_of).min_by_key(|date| date.first_day());
    let newest = rows.iter().map(|row| row.as_of).max_by_key(|date| date.first_day());
    let as_of = match oldest.zip(newest) {
        Some((oldest, newest)) if oldest == newest => oldest.to_string(),
        Some((oldest, newest)) if oldest.first_day().year() == newest.first_day().year() => oldest.first_day().year().to_string(),
        Some((oldest, newest)) => format!("{} to {}", oldest.first_day().year(), newest.first_day().year()),
        None => String::new(),
    };
    BTreeMap::from([("sources".to_owned(), sources), ("as_of".to_owned(), Value::from(as_of))])
}

/// The text, or as much of it as may be, ending in "…".
fn shortened(text: String, most: usize) -> String {
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
