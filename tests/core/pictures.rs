//! What is drawn beside an answer: which pictures, for which questions, and what they say.

use mabel::answer::picture::{Bars, Drawing, LONGEST_ALT, Map, Meaning, Picture};
use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::knowledge::{files, load};

use crate::support::{TODAY, ask, engine};

fn picture(question: &str) -> Picture {
    engine().picture(&ask(question), TODAY).unwrap_or_else(|| panic!("{question}: no picture"))
}

fn map(question: &str) -> Map {
    match picture(question).drawing {
        Drawing::Map(map) => map,
        Drawing::Bars(_) => panic!("{question}: bars"),
    }
}

fn bars(question: &str) -> Bars {
    match picture(question).drawing {
        Drawing::Bars(bars) => bars,
        Drawing::Map(_) => panic!("{question}: a map"),
    }
}

fn names(bars: &Bars) -> Vec<&str> {
    bars.bars.iter().map(|bar| bar.name.as_str()).collect()
}

/// The letter on a tile.
fn letter(map: &Map, label: &str) -> char {
    let tile = map.tiles.iter().find(|tile| tile.label == label).unwrap_or_else(|| panic!("no tile {label}"));
    map.classes[tile.class].letter
}

#[test]
fn pay_across_the_states_is_a_map_of_fifths() {
    let map = map("which states pay medical assistants the most?");
    assert_eq!(map.tiles.len(), 51);
    assert_eq!(map.classes.iter().map(|class| class.letter).collect::<String>(), "ABCDE");
    assert_eq!(map.classes.iter().map(|class| class.count).collect::<Vec<_>>(), [10, 10, 10, 10, 11]);
    assert_eq!([letter(&map, "WA"), letter(&map, "MS")], ['A', 'E']);
    assert_eq!(map.classes[0].meaning, Meaning::Shade(4));
    let highest = engine().knowledge().tables["pay_by_state"].rows.iter().map(|row| row.keys[0].as_str());
    assert!(highest.clone().all(|state| map.tiles.iter().any(|tile| tile.label == state)));
    assert!(map.classes[0].label.ends_with("$28.50") && map.classes[4].label.starts_with("$17.00"), "{:?}", map.classes);
}

#[test]
fn rules_across_the_states_are_a_map_of_verdicts() {
    let map = map("can an MA take x-rays?");
    let knowledge = engine().knowledge();
    let table = &knowledge.tables["scope_rules"];
    for row in table.rows.iter().filter(|row| row.keys[1].as_str() == "xray_limited_radiography") {
        let Some(mabel::knowledge::Cell::Text(verdict)) = table.cell(row, "verdict") else { panic!("{row:?}") };
        let expected = match verdict.as_str() {
            "allowed" => 'Y',
            "allowed_with_conditions" => 'C',
            "not_allowed" => 'N',
            _ => 'U',
        };
        assert_eq!(letter(&map, row.keys[0].as_str()), expected, "{}", row.keys[0]);
    }
    assert!(map.tiles.iter().all(|tile| !tile.outlined));
}

#[test]
fn a_state_without_a_rule_is_not_checked_and_never_a_yes() {
    let map = map("can an MA draw blood?");
    let missing = map.classes.iter().find(|class| class.meaning == Meaning::Missing).unwrap();
    assert_eq!(missing.label, "not checked");
    assert_eq!(letter(&map, "WY"), '?');
}

#[test]
fn several_tasks_are_drawn_together_and_a_state_where_they_differ_says_so() {
    let picture = picture("can MAs give injections?");
    assert!(picture.title.starts_with("Injections "), "{}", picture.title);
    let map = map("can MAs give injections?");
    assert_eq!(letter(&map, "GA"), 'D');
    assert_eq!(map.classes.iter().find(|class| class.letter == 'D').unwrap().count, 1);
}

#[test]
fn what_the_question_names_is_outlined() {
    let map = map("can an MA give vaccines in Texas?");
    let outlined: Vec<&str> = map.tiles.iter().filter(|tile| tile.outlined).map(|tile| tile.label.as_str()).collect();
    assert_eq!(outlined, ["TX"]);
    assert!(picture("can an MA give vaccines in Texas?").alt.contains("Outlined: Texas."));
}

#[test]
fn pay_of_a_place_stands_above_that_of_the_nation() {
    let bars = bars("how much do MAs make in Ohio?");
    assert_eq!(names(&bars), ["Ohio", "United States"]);
    let figures: Vec<&str> = bars.bars[0].figures.iter().flatten().map(|figure| figure.text.as_str()).collect();
    assert_eq!(figures.len(), 5);
    assert_eq!(figures[2], "$20.58");
    assert_eq!(bars.mark, None);
}

#[test]
fn a_city_area_comes_with_its_state_and_an_offer_is_marked() {
    let bars = bars("is $24 an hour a good offer for an MA in Austin, TX?");
    assert_eq!(names(&bars), ["Austin-Round Rock-San Marcos, TX", "Texas", "United States"]);
    assert_eq!(bars.mark.unwrap().text, "$24.00 an hour");
}

#[test]
fn more_places_than_can_be_compared_at_a_glance_are_not_drawn() {
    assert_eq!(names(&bars("compare MA pay in Ohio, Iowa and Utah")).len(), 4);
    let reply = ask("compare MA pay in Ohio, Iowa, Utah and Maine");
    assert!(reply.entry.is_some() && !reply.has_picture);
}

#[test]
fn too_little_is_no_map_and_what_once_held_is_not_drawn() {
    let reply = ask("can an MA start an IV?");
    assert!(reply.entry.is_some() && !reply.has_picture);
    let reply = ask("what did MAs earn in the US in 2018?");
    assert!(reply.lead.contains("$33,610") && !reply.has_picture);
}

#[test]
fn every_picture_says_in_words_what_it_shows() {
    for question in ["which states pay medical assistants the most?", "can MAs give injections?", "can an MA draw blood?"] {
        let (Picture { alt, .. }, map) = (picture(question), map(question));
        for value in &engine().knowledge().facet("state").unwrap().values {
            assert!(alt.contains(&value.name), "{} is not in: {alt}", value.name);
        }
        assert!(map.classes.iter().all(|class| alt.contains(&class.label)), "{alt}");
        assert!(alt.chars().count() <= LONGEST_ALT);
    }
    let picture = picture("how much do MAs make in Ohio?");
    let Drawing::Bars(bars) = &picture.drawing else { panic!("a map") };
    for figure in bars.bars.iter().flat_map(|bar| bar.figures.iter().flatten()) {
        assert!(picture.alt.contains(&figure.text), "{} is not in: {}", figure.text, picture.alt);
    }
}

/// The shipped knowledge with one of its files changed.
fn changed(path: &str, change: impl Fn(&str) -> String) -> Engine {
    let mut files = files::shipped();
    let (_, text) = files.iter_mut().find(|(name, _)| name == path).unwrap();
    *text = change(text);
    Engine::new(load::load(&files).unwrap().0).unwrap()
}

#[test]
fn figures_that_were_not_published_are_said_to_be_missing() {
    let engine = changed("tables/pay_by_state.toml", |text| {
        let line = text.lines().find(|line| line.contains("state = \"OH\"")).unwrap();
        let start = line.find("hourly_p10").unwrap();
        let end = start + line[start..].find("hourly_p25").unwrap();
        text.replace(line, &format!("{}{}", &line[..start], &line[end..]))
    });
    let reply = engine.answer(&Question::new("compare MA pay in Ohio and Iowa"), &View::on(TODAY));
    let picture = engine.picture(&reply, TODAY).unwrap();
    let Drawing::Bars(bars) = &picture.drawing else { panic!("a map") };
    assert_eq!(bars.bars[0].figures[0], None);
    assert_eq!(bars.bars[0].lacks.as_deref(), Some("Not all figures are published."));
    assert_eq!(bars.bars[1].lacks, None);
    assert!(picture.alt.contains("Ohio: not all figures are published, median $20.58."), "{}", picture.alt);
}

#[test]
fn a_picture_that_fails_costs_nobody_the_answer_and_is_found_by_check() {
    let engine = changed("pictures.toml", |text| text.replacen("title = \"Hourly pay", "title = \"{{ no_such.thing }} Hourly pay", 1));
    let reply = engine.answer(&Question::new("how much do MAs make in Ohio?"), &View::on(TODAY));
    assert!(reply.lead.starts_with("Ohio: ") && engine.picture(&reply, TODAY).is_none());
    let faults = mabel::check::check(&mabel::check::Subject { engine: &engine, today: TODAY });
    let fault = faults.iter().find(|fault| fault.what.contains("pay-bars")).unwrap_or_else(|| panic!("{faults:#?}"));
    assert_eq!(fault.place.file, "pictures.toml");
}

#[test]
fn words_that_are_too_long_for_a_description_are_found_by_check() {
    let engine = changed("pictures.toml", |text| {
        text.replacen("Map of the states by median", &format!("Map of the states by {} median", "far too long ".repeat(40)), 1)
    });
    let faults = mabel::check::check(&mabel::check::Subject { engine: &engine, today: TODAY });
    assert!(faults.iter().any(|fault| fault.what.contains("the picture pay-map") && fault.what.contains("1024 characters")), "{faults:#?}");
    let reply = engine.answer(&Question::new("which states pay medical assistants the most?"), &View::on(TODAY));
    assert_eq!(engine.picture(&reply, TODAY).unwrap().alt.chars().count(), LONGEST_ALT);
}

#[test]
fn a_fact_past_its_review_date_is_said_to_be_below_the_picture() {
    let later = View::on(jiff::civil::date(2028, 1, 1));
    let reply = engine().answer(&Question::new("which states pay medical assistants the most?"), &later);
    let picture = engine().picture(&reply, later.today).unwrap();
    assert!(picture.note.ends_with(engine().knowledge().texts.stale.as_str()), "{}", picture.note);
}
