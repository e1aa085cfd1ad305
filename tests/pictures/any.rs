//! Any picture: words of any length, numbers of any size, tiles in any place.

use mabel::answer::picture::{Bar, Bars, Class, Drawing, Figure, Map, MapTile, Meaning, Picture, SHADES};
use mabel::knowledge::Tile;
use mabel::knowledge::pictures::Tone;
use proptest::prelude::*;

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Z][a-z]{2,12}( [a-z-]{1,14}){0,14}",
        1 => "[A-Za-z]{0,90}",
        1 => prop::collection::vec(any::<char>(), 0..40).prop_map(|letters| letters.into_iter().collect()),
    ]
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![5 => 10.0..40.0, 1 => -1e9..1e9, 1 => Just(20.0), 1 => any::<f64>()]
}

fn any_figure() -> impl Strategy<Value = Figure> {
    (any_number(), prop_oneof![4 => "\\$[0-9]{2}\\.[0-9]{2}", 1 => any_words()]).prop_map(|(value, text)| Figure { value, text })
}

fn any_bars() -> impl Strategy<Value = Drawing> {
    let figures = prop::array::uniform5(prop::option::weighted(0.9, any_figure()));
    let bar =
        (any_words(), figures, prop::option::weighted(0.2, any_words())).prop_map(|(name, figures, lacks)| Bar { name, figures, lacks });
    let spans = prop::array::uniform3(any_words());
    (prop::collection::vec(bar, 0..5), spans, prop::option::of(any_figure()))
        .prop_map(|(bars, spans, mark)| Drawing::Bars(Bars { bars, spans, mark }))
}

fn any_class() -> impl Strategy<Value = Class> {
    let tone = prop::sample::select(vec![Tone::Yes, Tone::Partly, Tone::No, Tone::Open]).prop_map(Meaning::Tone);
    let meaning = prop_oneof![(0..SHADES).prop_map(Meaning::Shade), tone, Just(Meaning::Mixed), Just(Meaning::Missing)];
    (any::<char>(), any_words(), 0..60_usize, meaning).prop_map(|(letter, label, count, meaning)| Class { letter, label, count, meaning })
}

fn any_map() -> impl Strategy<Value = Drawing> {
    let place = (1..=Tile::MOST, 1..=Tile::MOST);
    let tiles = prop::collection::btree_map(place, (prop_oneof![4 => "[A-Z]{2}", 1 => any_words()], 0..8_usize, any::<bool>()), 0..60);
    (tiles, prop::collection::vec(any_class(), 0..7)).prop_map(|(tiles, classes)| {
        let tile = |((column, row), (label, class, outlined))| MapTile { label, at: Tile { column, row }, class, outlined };
        Drawing::Map(Map { tiles: tiles.into_iter().map(tile).collect(), classes })
    })
}

/// Any picture at all.
pub(crate) fn any_picture() -> impl Strategy<Value = Picture> {
    (any_words(), any_words(), any_words(), prop_oneof![any_map().boxed(), any_bars().boxed()])
        .prop_map(|(title, alt, note, drawing)| Picture { title, alt, note, drawing })
}
