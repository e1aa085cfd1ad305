//! A map of tiles: squares in the place of what they stand for, so that the small ones can be read as well as the large.

use super::canvas::{Anchor, Area, Canvas, Type};
use super::letters::{CAPITAL, Weight, fitted, width};
use super::looks::{EDGE, GROUND, OUTLINE, look};
use super::page::{MARGIN, Page, READING, TEXT};
use crate::answer::picture::{Class, Map, MapTile, Picture};

/// Between two tiles.
const GAP: f32 = 6.0;
/// The largest tile: a map of few tiles is not blown up.
const LARGEST: f32 = 96.0;
/// The height of a tile: two lines of the smallest text.
const HEIGHT: f32 = 62.0;
/// The corners of tiles.
const RADIUS: f32 = 8.0;
/// Two letters that every tile has room for at full size; longer labels are set smaller.
const SMALLEST_LABEL: f32 = 16.0;

/// Draws a map.
pub(super) fn draw(picture: &Picture, map: &Map) -> String {
    let mut page = Page::new();
    let grid = Grid::of(map);
    let above = grid.free_above(map).is_some_and(|area| page.title_within(&picture.title, area));
    if !above {
        page.title(&picture.title);
    }
    let top = page.y;
    for (tile, class) in map.tiles.iter().filter_map(|tile| Some((tile, map.classes.get(tile.class)?))) {
        draw_tile(&mut page.canvas, grid.area(tile, top), &tile.label, class);
    }
    // After all tiles, or the neighbours would lie over the lines.
    for tile in map.tiles.iter().filter(|tile| tile.outlined) {
        let area = grid.area(tile, top);
        page.canvas.outline(area.grown(0.5), RADIUS, GROUND, 3.0);
        page.canvas.outline(area.grown(3.5), RADIUS + 3.0, OUTLINE, 5.0);
    }
    page.y = top + f32::from(grid.rows) * (HEIGHT + GAP) + 14.0;
    let labels: Vec<String> = map.classes.iter().map(|class| format!("{} ({})", class.label, class.count)).collect();
    page.legend(46.0, &labels, |canvas, index, area| draw_sample(canvas, area, &map.classes[index]));
    page.finish(&picture.note)
}

/// Where tiles stand on the page.
#[derive(Clone, Copy, Debug)]
struct Grid {
    first_column: u8,
    first_row: u8,
    columns: u8,
    rows: u8,
    width: f32,
}

impl Grid {
    fn of(map: &Map) -> Self {
        let columns = || map.tiles.iter().map(|tile| tile.at.column);
        let rows = || map.tiles.iter().map(|tile| tile.at.row);
        let (first_column, first_row) = (columns().min().unwrap_or(1), rows().min().unwrap_or(1));
        let columns = columns().max().unwrap_or(1) - first_column + 1;
        let rows = rows().max().unwrap_or(1) - first_row + 1;
        // Whole pixels, so that the tiles of a class are alike to the last one: that is what makes the file small.
        let width = ((Page::room() + GAP) / f32::from(columns) - GAP).min(LARGEST).floor();
        Self { first_column, first_row, columns, rows, width }
    }

    fn area(self, tile: &MapTile, top: f32) -> Area {
        let left = (MARGIN + (Page::room() + GAP - f32::from(self.columns) * (self.width + GAP)) / 2.0).floor();
        let x = left + f32::from(tile.at.column - self.first_column) * (self.width + GAP);
        let y = top + f32::from(tile.at.row - self.first_row) * (HEIGHT + GAP);
        Area { x, y, width: self.width, height: HEIGHT }
    }

    /// The widest space that the upper two rows leave free, where the title may stand.
    fn free_above(self, map: &Map) -> Option<Area> {
        const ROWS: u8 = 2;
        if self.rows <= ROWS {
            return None;
        }
        let taken = |column: u8| map.tiles.iter().any(|tile| tile.at.column == column && tile.at.row < self.first_row + ROWS);
        let (mut widest, mut run) = ((0, 0), 0_u8);
        for column in self.first_column..self.first_column + self.columns {
            run = if taken(column) { 0 } else { run + 1 };
            if run > widest.1 {
                widest = (column + 1 - run, run);
            }
        }
        let (first, count) = widest;
        if count == 0 {
            return None;
        }
        let at = crate::knowledge::Tile { column: first, row: self.first_row };
        let corner = self.area(&MapTile { label: String::new(), at, class: 0, outlined: false }, MARGIN);
        let width = f32::from(count) * (self.width + GAP) - 4.0 * GAP;
        Some(Area { x: corner.x + GAP, width, height: f32::from(ROWS) * (HEIGHT + GAP) - 2.0 * GAP, ..corner })
    }
}

fn draw_tile(canvas: &mut Canvas, area: Area, label: &str, class: &Class) {
    draw_ground(canvas, area, class);
    let room = area.width - 4.0;
    let size = (TEXT * room / width(label, TEXT, Weight::Bold).max(1.0)).clamp(SMALLEST_LABEL, TEXT);
    let ink = look(class.meaning).ink;
    let capital = TEXT * CAPITAL;
    let pad = (HEIGHT - 2.0 * capital) / 3.0;
    let set = Type { size, weight: Weight::Bold, ink, anchor: Anchor::Middle };
    canvas.text((area.middle(), area.y + pad + capital - 1.0), set, &fitted(label, size, Weight::Bold, room));
    draw_letter(canvas, area, area.y + HEIGHT - pad + 1.0, class);
}

fn draw_sample(canvas: &mut Canvas, area: Area, class: &Class) {
    draw_ground(canvas, area, class);
    draw_letter(canvas, area, area.y + f32::midpoint(area.height, TEXT * CAPITAL), class);
}

fn draw_ground(canvas: &mut Canvas, area: Area, class: &Class) {
    let look = look(class.meaning);
    canvas.patterned(area, RADIUS, look.fill, look.pattern);
    if look.lined {
        canvas.outline(area.grown(-1.0), RADIUS - 1.0, EDGE, 2.0);
    }
}

fn draw_letter(canvas: &mut Canvas, area: Area, y: f32, class: &Class) {
    let ink = look(class.meaning).ink;
    canvas.text((area.middle(), y), Type { ink, anchor: Anchor::Middle, ..READING }, &class.letter.to_string());
}
