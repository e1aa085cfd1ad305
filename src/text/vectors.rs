//! What words mean, as vectors: words that are used alike lie close together, so that a question may use words that no
//! wording ever did.
//!
//! The table is keyed by stems; it knows nothing of entries. It was distilled from a sentence model by
//! `tools/vectors/distil.py`; where it is from and its terms stand in `vectors/COPYRIGHT`. There is no model at run time.
//!
//! The file is read where it lies in the program: nothing is built when it starts, its header is checked when Rust compiles
//! it, and pages of it that are never looked at are never loaded. All numbers are little-endian:
//!
//! ```text
//! "mvec" │ version u16 = 1 │ dimensions u16 │ rows u32 │ bytes of all keys u32
//! scale f32 × rows │ end of each key u32 × rows │ keys, in the order of their bytes │ numbers i8 × dimensions × rows
//! ```
//!
//! A number times its row's scale is a coordinate. The length of a vector says how much its word tells: "the" is short.
//!
//! Without the feature `vectors` the table is empty and vectors have no coordinates: whoever uses them need not ask.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The coordinates of a vector.
#[cfg(feature = "vectors")]
pub const DIMENSIONS: usize = 160;
/// The coordinates of a vector: none.
#[cfg(not(feature = "vectors"))]
pub const DIMENSIONS: usize = 0;

#[cfg(feature = "vectors")]
static ENGLISH: Table = Table::read(include_bytes!("vectors/english.bin"));
#[cfg(not(feature = "vectors"))]
static ENGLISH: Table = Table::read(b"mvec\x01\0\0\0\0\0\0\0\0\0\0\0");

/// Where a text points: all coordinates of a vector of length one, or nought.
pub type Direction = [f32; DIMENSIONS];

/// Where a stem stands in the table, if it does.
#[must_use]
pub fn row(stem: &str) -> Option<Row> {
    ENGLISH.find(stem)
}

/// Where a text points that is made of these stems: the sum of their vectors, at length one. All coordinates are nought if there are none.
pub fn direction(rows: impl IntoIterator<Item = Row>) -> Direction {
    let mut sum = [0.0; DIMENSIONS];
    for vector in rows.into_iter().filter_map(|row| ENGLISH.vector(row)) {
        vector.add_to(&mut sum);
    }
    let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt();
    if length > 0.0 {
        for number in &mut sum {
            *number /= length;
        }
    }
    sum
}

/// Feeds a hash with what stands in a row, or with there being none.
pub fn hash(row: Option<Row>, hasher: &mut impl Hasher) {
    let vector = row.and_then(|row| ENGLISH.vector(row));
    vector.map(|vector| (vector.numbers, vector.scale.to_bits())).hash(hasher);
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(u32);

/// What stands in a row of the table.
#[derive(Clone, Copy)]
struct WordVector {
    numbers: &'static [u8; DIMENSIONS],
    scale: f32,
}

impl WordVector {
    fn add_to(self, sum: &mut Direction) {
        for (sum, number) in sum.iter_mut().zip(self.numbers) {
            *sum += f32::from(number.cast_signed()) * self.scale;
        }
    }
}

/// The parts of the file.
struct Table {
    rows: usize,
    scales: &'static [u8],
    key_ends: &'static [u8],
    keys: &'static [u8],
    numbers: &'static [u8],
}

impl Table {
    /// Finds the parts of a file.
    ///
    /// # Panics
    /// If it is not such a file, which stops the compiler: the only file is a constant.
    const fn read(file: &'static [u8]) -> Self {
        let (magic, rest) = file.split_at(4);
        let (version, rest) = rest.split_at(2);
        let (dimensions, rest) = rest.split_at(2);
        let (rows, rest) = rest.split_at(4);
        let (key_bytes, rest) = rest.split_at(4);
        assert!(matches!(magic, b"mvec") && short(version) == 1, "not a table of word vectors, or of another version");
        assert!(short(dimensions) == DIMENSIONS, "the table has other dimensions than the code");
        let (rows, key_bytes) = (number(rows, 0), number(key_bytes, 0));
        let (scales, rest) = rest.split_at(rows * 4);
        let (key_ends, rest) = rest.split_at(rows * 4);
        let (keys, numbers) = rest.split_at(key_bytes);
        assert!(numbers.len() == rows * DIMENSIONS, "the table is cut short");
        Self { rows, scales, key_ends, keys, numbers }
    }

    fn find(&self, stem: &str) -> Option<Row> {
        let (mut low, mut high) = (0, self.rows);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.key(middle).cmp(stem.as_bytes()) {
                Ordering::Equal => return u32::try_from(middle).ok().map(Row),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn key(&self, row: usize) -> &'static [u8] {
        let start = if row == 0 { 0 } else { number(self.key_ends, row - 1) };
        &self.keys[start..number(self.key_ends, row)]
    }

    fn vector(&self, Row(row): Row) -> Option<WordVector> {
        let row = row as usize;
        let scale = self.scales[row * 4..].first_chunk().copied().map(f32::from_le_bytes)?;
        Some(WordVector { numbers: self.numbers[row * DIMENSIONS..].first_chunk()?, scale })
    }
}

/// The number at an index of a list of `u32`.
const fn number(list: &[u8], index: usize) -> usize {
    let at = index * 4;
    u32::from_le_bytes([list[at], list[at + 1], list[at + 2], list[at + 3]]) as usize
}

/// Two bytes as a number.
const fn short(bytes: &[u8]) -> usize {
    u16::from_le_bytes([bytes[0], bytes[1]]) as usize
}

#[cfg(all(test, feature = "vectors"))]
mod tests {
    use super::super::stem::stem;
    use super::*;

    fn of(word: &str) -> WordVector {
        row(&stem(word)).and_then(|row| ENGLISH.vector(row)).unwrap_or_else(|| panic!("{word} has no vector"))
    }

    fn length(vector: WordVector) -> f32 {
        let mut sum = [0.0; DIMENSIONS];
        vector.add_to(&mut sum);
        sum.iter().map(|number| number * number).sum::<f32>().sqrt()
    }

    /// The cosine of two texts.
    fn likeness(left: &str, right: &str) -> f32 {
        let [left, right] = [left, right].map(|text| {
            let stems: Vec<String> = text.split(' ').map(stem).collect();
            direction(stems.iter().filter_map(|stem| row(stem)))
        });
        left.iter().zip(right).map(|(left, right)| left * right).sum()
    }

    #[test]
    fn every_key_is_found_and_others_are_not() {
        let mut before: &[u8] = b"";
        for index in 0..ENGLISH.rows {
            let key = ENGLISH.key(index);
            assert!(before < key, "keys out of order at row {index}");
            let word = std::str::from_utf8(key).expect("keys are text");
            let found = row(word).and_then(|row| ENGLISH.vector(row)).expect("every key has a vector");
            assert_eq!(*found.numbers, ENGLISH.numbers[index * DIMENSIONS..(index + 1) * DIMENSIONS], "{word}");
            assert!(found.scale > 0.0 && found.scale.is_finite(), "{word}");
            before = key;
        }
        for word in ["", "a\0", "zzzzzz", "certifcation", "{facet}", "слово"] {
            assert_eq!(row(word), None, "{word:?}");
        }
    }

    #[test]
    fn the_table_is_keyed_by_the_stems_of_this_stemmer() {
        for word in ["technologists", "organizations", "emergencies", "internationally", "added", "dying", "generously"] {
            of(word);
        }
    }

    #[test]
    fn words_used_alike_lie_closer_than_others() {
        for (word, like, unlike) in [
            ("salary", "wage", "window"),
            ("postpone", "delay", "salad"),
            ("doctor", "physician", "guitar"),
            ("quit", "resign", "banana"),
            ("buy", "purchase", "whisper"),
        ] {
            let (near, far) = (likeness(word, like), likeness(word, unlike));
            assert!(near > far + 0.2, "{word}: {like} {near}, {unlike} {far}");
        }
    }

    #[test]
    fn common_words_tell_less() {
        for (common, telling) in [("the", "salary"), ("of", "syringe"), ("and", "postpone")] {
            assert!(length(of(common)) < length(of(telling)) / 2.0, "{common}, {telling}");
        }
    }

    #[test]
    fn a_text_has_length_one_whatever_its_words() {
        let square = |text: &[&str]| direction(text.iter().filter_map(|stem| row(stem))).iter().map(|number| number * number).sum::<f32>();
        assert!((square(&["how", "much", "wage"]) - 1.0).abs() < 1e-5);
        assert!((square(&["zzzzzz", "wage", "{facet}"]) - 1.0).abs() < 1e-5);
        assert_eq!(direction([]).map(f32::to_bits), [0; DIMENSIONS]);
    }

    #[test]
    fn two_ways_to_say_one_thing_point_the_same_way() {
        let asked = "i want to postpone my payment";
        let (same, other) = (likeness(asked, "delay paying"), likeness(asked, "a photo of the garden"));
        assert!(same > other + 0.2, "{same} {other}");
    }
}
