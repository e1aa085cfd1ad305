//! Drawings: what is drawn, that it is readable, small and always the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod any;
mod layout;

use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::LazyLock;

use mabel::answer::picture::{Drawing, Picture};
use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::picture::{Gallery, SMALLEST_TEXT, WIDTH, draw, svg};
use proptest::prelude::*;

use any::any_picture;
use layout::{Faults, faults};

/// The most bytes of a picture.
const LARGEST: usize = 60_000;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::shipped().unwrap().0);

fn picture(question: &str) -> Picture {
    let reply = ENGINE.answer(&Question::new(question), &View::on(jiff::civil::date(2026, 11, 21)));
    ENGINE.picture(&reply, jiff::civil::date(2026, 11, 21)).unwrap_or_else(|| panic!("{question}: no picture"))
}

#[test]
fn a_map_of_numbers() {
    insta::assert_snapshot!(svg(&picture("which states pay medical assistants the most?")));
}

#[test]
fn a_map_of_rules_with_an_outline() {
    insta::assert_snapshot!(svg(&picture("can medical assistants give injections in Georgia?")));
}

#[test]
fn bars_with_an_amount_marked() {
    insta::assert_snapshot!(svg(&picture("is $24 an hour a good offer for an MA in Austin, TX?")));
}

#[test]
fn every_place_fits_its_picture() {
    let knowledge = ENGINE.knowledge();
    let view = View::on(jiff::civil::date(2026, 11, 21));
    for (entry, table) in [("pay.by-metro", "pay_by_metro"), ("pay.by-state", "pay_by_state")] {
        let (entry, table) = (knowledge.entry(entry).unwrap(), &knowledge.tables[table]);
        for row in &table.rows {
            let picture = ENGINE.try_picture(entry, &table.values(row), &view).unwrap().unwrap();
            assert_eq!(faults(&svg(&picture)), Faults::default(), "{}", row.keys[0]);
        }
    }
}

#[test]
fn the_same_picture_is_the_same_file_and_a_small_one() {
    for question in [
        "which states pay medical assistants the most?",
        "can medical assistants give injections in Georgia?",
        "can an MA take x-rays in California?",
        "compare MA pay in Ohio, Iowa and Utah",
    ] {
        let (first, second) = (draw(&picture(question)).unwrap(), draw(&picture(question)).unwrap());
        assert_eq!(first, second);
        assert!(first.bytes().starts_with(b"\x89PNG\r\n\x1a\n"));
        assert!(first.bytes().len() <= LARGEST, "{question}: {} bytes", first.bytes().len());
        assert_eq!(first.size().0, u32::from(WIDTH));
    }
}

/// The pictures of the README, anew into the folder that `MABEL_PICTURES` names.
#[test]
fn every_kind_of_picture_is_shown_in_the_readme() {
    let readme = include_str!("../../README.md");
    for (name, question) in [
        ("pay-map", "which states pay MAs the most?"),
        ("rules-map", "can an MA give injections in Georgia?"),
        ("pay-bars", "is $24 an hour good for an MA in Austin?"),
    ] {
        assert!(readme.contains(&format!("docs/pictures/{name}.png")) && readme.contains(question), "{name}");
        let png = draw(&picture(question)).unwrap();
        if let Some(folder) = std::env::var_os("MABEL_PICTURES") {
            std::fs::write(std::path::Path::new(&folder).join(name).with_extension("png"), png.bytes()).unwrap();
        }
    }
    assert_eq!(ENGINE.knowledge().pictures.len(), 3, "a new kind of picture is to be shown, too");
}

#[test]
fn a_gallery_draws_the_same_content_once_and_keeps_no_more_than_it_may() {
    let gallery = Gallery::new(NonZeroUsize::new(2).unwrap());
    let [ohio, iowa, utah] = ["Ohio", "Iowa", "Utah"].map(|state| picture(&format!("how much do MAs make in {state}?")));
    let drawn = gallery.draw(&ohio).unwrap();
    assert_eq!(drawn, draw(&ohio).unwrap());
    assert!(std::ptr::eq(drawn.bytes(), gallery.draw(&ohio).unwrap().bytes()));
    gallery.draw(&iowa).unwrap();
    gallery.draw(&utah).unwrap();
    assert_eq!(gallery.len(), 2);
    assert!(!std::ptr::eq(drawn.bytes(), gallery.draw(&ohio).unwrap().bytes()));
}

#[test]
fn the_command_line_draws_into_a_file_and_says_when_there_is_nothing_to_draw() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |question: &str, file: &str| {
        let file = folder.path().join(file);
        let output = Command::new(env!("CARGO_BIN_EXE_mabel")).args(["ask", question, "--picture"]).arg(&file).output().unwrap();
        (output, std::fs::read(file))
    };
    let (output, file) = ask("MA pay in Ohio", "ohio.png");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Ohio: ") && file.unwrap().starts_with(b"\x89PNG"));
    let (output, file) = ask("MA pay in Ohio", "ohio.svg");
    assert!(output.status.success() && file.unwrap().starts_with(b"<svg"));
    let (output, file) = ask("what does an MA do?", "none.png");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no picture") && file.is_err());
    let (output, _) = ask("MA pay in Ohio", "no/such/folder.png");
    assert_eq!(output.status.code(), Some(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_drawn_stays_on_the_page(picture in any_picture()) {
        let faults = faults(&svg(&picture));
        prop_assert_eq!(faults.outside, Vec::<String>::new());
        // Labels of tiles may be set smaller where they are long.
        if !matches!(picture.drawing, Drawing::Map(_)) {
            prop_assert_eq!(faults.small, Vec::<String>::new(), "smaller than {}", SMALLEST_TEXT);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_is_described_is_drawn_and_is_small(picture in any_picture()) {
        let png = draw(&picture).unwrap();
        prop_assert!(png.bytes().len() <= LARGEST, "{} bytes", png.bytes().len());
        prop_assert!(png.size().1 < 2_000);
    }
}
