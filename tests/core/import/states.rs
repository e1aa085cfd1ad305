//! The states, which bring the nation's figures with them, and what every layout is held to.

use mabel::import::Month;
use mabel::import::plan::{Fate, Order, Plan};
use mabel::knowledge::{Cell, files};

use super::{SHIPPED, after, order, plan, refused, release, swapped};

/// The next release of the states with one text put for another, once.
#[track_caller]
fn with(old: &str, new: &str) -> String {
    swapped(&release("pay_by_state", "May 2026", 1.03), old, new)
}

#[test]
fn the_release_that_is_there_changes_nothing() {
    let plan = plan(&release("pay_by_state", "May 2025", 1.0)).unwrap();
    assert!(plan.is_empty() && plan.rows.is_empty() && plan.nation.is_none() && plan.left_behind.is_empty());
    assert_eq!(plan.unchanged, 51);
}

#[test]
fn a_new_release_changes_figures_and_head_and_nothing_else() {
    let plan = plan(&release("pay_by_state", "May 2026", 1.03)).unwrap();
    assert_eq!((plan.count(Fate::Changed), plan.count(Fate::Added), plan.count(Fate::Missing), plan.unchanged), (51, 0, 0, 0));
    let old = files::shipped().into_iter().find(|(name, _)| name == "tables/pay_by_state.toml").unwrap().1;
    let new = &plan.files.iter().find(|(name, _)| name == "tables/pay_by_state.toml").unwrap().1;
    assert_eq!(old.lines().count(), new.lines().count());
    let head = |text: &str| text.lines().take_while(|line| !line.starts_with("row = ")).collect::<Vec<_>>().join("\n");
    let expected = head(&old)
        .replace("May 2025", "May 2026")
        .replace("year=\"2025\"", "year=\"2026\"")
        .replace("bls-oews-2025", "bls-oews-2026")
        .replace("\"2025-05\"", "\"2026-05\"")
        .replace("2027-06-01", "2028-06-01");
    assert_eq!(head(new), expected);
    let texas = new.lines().find(|line| line.contains("\"TX\"")).unwrap();
    assert!(texas.starts_with("  { state = \"TX\", hourly_p10 = 15.45, ") && texas.ends_with(" },"), "{texas}");
    assert!(plan.left_behind.iter().any(|place| place.file == "entries/pay.toml" && place.line > 0));
}

#[test]
fn history_keeps_the_old_year_with_its_source_and_gains_the_new_one() {
    let plan = plan(&release("pay_by_state", "May 2026", 1.03)).unwrap();
    let (knowledge, _) = after(&plan, &SHIPPED.1);
    let history = &knowledge.tables["pay_history"];
    let row = |year: &str| history.rows.iter().find(|row| row.keys[0].as_str() == year).unwrap();
    let (old, new) = (row("2025"), row("2026"));
    assert_eq!((old.source.as_str(), old.as_of.written().as_str()), ("bls-oews-2025", "2025-05"));
    assert_eq!((new.source.as_str(), new.as_of.written().as_str()), ("bls-oews-2026", "2026-05"));
    assert_eq!(history.cell(old, "annual_median"), Some(&Cell::Number(45_690.0)));
    assert_eq!(history.cell(old, "wage_rse"), Some(&Cell::Number(0.3)));
    assert_eq!(history.cell(new, "hourly_median"), Some(&Cell::Number(22.63)));
    assert_eq!(row("2012").source.as_str(), "rls-ooh-2012");
}

#[test]
fn a_corrected_figure_of_the_same_release_changes_one_line() {
    let text = release("pay_by_state", "May 2025", 1.0).replacen("Texas,May 2025,15.00", "Texas,May 2025,15.10", 1);
    let plan = plan(&text).unwrap();
    assert_eq!((plan.rows.len(), plan.rows[0].key.as_str(), plan.rows[0].changes.len()), (1, "TX", 1));
    let [(name, new)] = plan.files.as_slice() else { panic!("{:?}", plan.files) };
    let old = files::shipped().into_iter().find(|(other, _)| other == name).unwrap().1;
    let differing: Vec<(&str, &str)> = old.lines().zip(new.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(differing.len(), 1, "{differing:#?}");
    assert_eq!(differing[0].1, differing[0].0.replace("hourly_p10 = 15.00", "hourly_p10 = 15.10"));
}

#[test]
fn a_row_that_is_gone_is_dropped_only_when_told_and_comes_back_in_its_place() {
    let whole = release("pay_by_state", "May 2026", 1.03);
    let text: String = whole.lines().filter(|line| !line.starts_with("Arkansas")).fold(String::new(), |text, line| text + line + "\n");
    refused(&plan(&text), 0, "no row for AR", "--drop-missing");
    let (knowledge, files) = &*SHIPPED;
    let plan = Plan::new(&Order { drop_missing: true, ..order(&text) }, knowledge, files).unwrap();
    assert_eq!((plan.count(Fate::Missing), plan.count(Fate::Changed)), (1, 50));
    let (knowledge, files) = after(&plan, files);
    assert_eq!(knowledge.tables["pay_by_state"].rows.len(), 50);
    let plan = Plan::new(&order(&whole), &knowledge, &files).unwrap();
    assert_eq!((plan.count(Fate::Added), plan.unchanged, plan.files.len()), (1, 50, 1));
    let lines: Vec<&str> = plan.files[0].1.lines().filter(|line| line.starts_with("  { state")).collect();
    assert!(lines[3].starts_with("  { state = \"AR\", hourly_p10 = "), "{}", lines[3]);
    assert!(lines.len() == 51 && lines.iter().all(|line| line.ends_with(" },")));
}

#[test]
fn territories_are_left_out_and_named() {
    let guam = "Guam,May 2026,15,16,17,18,19,18,31000,32000,33000,34000,35000,34000,100,\n";
    assert_eq!(plan(&(release("pay_by_state", "May 2026", 1.03) + guam)).unwrap().remarks.left_out, ["Guam"]);
}

#[test]
fn a_wrong_header_is_refused() {
    refused(&plan(&with("h_median", "h_mediam")), 1, "unknown column `h_mediam`", "did you mean `h_median`?");
    refused(&plan(&with("h_median", "h_mediam")), 1, "the header lacks h_median", "begin the file with the line state,release,");
    refused(&plan(&with("h_median", "h_mean")), 1, "`h_mean` stands twice", "keep one");
}

#[test]
fn rows_that_cannot_be_are_refused_with_their_line() {
    refused(&plan(&with("\nAlaska,", "\nAlasca,")), 4, "there is no state `Alasca`", "did you mean `Alaska`?");
    refused(&plan(&with("\nAlaska,", "\nAlabama,")), 4, "Alabama stands on line 3 already", "keep one");
    refused(&plan(&with("\nAlaska,May 2026", "\nAlaska,Mai 2026")), 4, "`Mai 2026` is no month", "May 2025");
    refused(&plan(&with("\nAlaska,May 2026", "\nAlaska,May 2024")), 4, "May 2024, but the rows above are of May 2026", "one release");
    refused(&plan(&with("\nAlaska,May 2026", "\nAlaska,May 2026,7")), 4, "17 cells, the header has 16", "comma");
    refused(&plan(&with("\nUnited States", "\nGuam")), 0, "no row for the nation, United States", "add the national row");
}

#[test]
fn figures_that_cannot_be_are_refused_with_their_line() {
    for wrong in ["15,45", "$15", "15.455", "NaN", "1e3", "-15.45", "0.00", "15."] {
        let quoted = format!("\nTexas,May 2026,\"{wrong}\",");
        refused(&plan(&with("\nTexas,May 2026,15.45,", &quoted)), 46, &format!("Texas: h_p10: `{wrong}` is not a number"), "bare figure");
    }
    refused(&plan(&with("\nTexas,May 2026,15.45,", "\nTexas,May 2026,25.45,")), 46, "Texas: h_p10 is above h_p25", "exchanged");
    let text = with("\nTexas,May 2026,15.45,18.09,19.57,", "\nTexas,May 2026,15.45,18.09,,");
    refused(&plan(&text), 46, "TX: h_median has no figure, and the table pay_by_state must have it", "fill the cell");
}

#[test]
fn every_fault_of_a_release_is_told_at_once() {
    let text = with("\nAlaska,", "\nAlasca,").replacen("\nTexas,May 2026,15.45,", "\nTexas,May 2026,x,", 1);
    assert_eq!(plan(&text).unwrap_err().len(), 2);
}

#[test]
fn an_older_release_is_refused() {
    refused(&plan(&release("pay_by_state", "May 2024", 1.0)), 2, "May 2024 is older than May 2025", "by hand");
}

#[test]
fn a_release_without_a_source_is_refused() {
    refused(&plan(&release("pay_by_state", "May 2027", 1.0)), 0, "there is no source `bls-oews-2027`", "--source");
    let (knowledge, files) = &*SHIPPED;
    let text = release("pay_by_state", "May 2027", 1.0);
    let faults = Plan::new(&Order { source: Some("bls-oews-2026"), ..order(&text) }, knowledge, files).unwrap_err().0;
    assert!(faults.iter().any(|fault| fault.what.contains("the facet `year` has no value `2027`")), "{faults:#?}");
}

#[test]
fn a_table_that_cannot_take_figures_is_refused() {
    let (knowledge, files) = &*SHIPPED;
    let text = release("pay_by_state", "May 2026", 1.0);
    for (table, what) in [("pay_by_stat", "there is no table"), ("scope_rules", "has 2 keys"), ("scope_states", "has no column")] {
        let faults = Plan::new(&Order { table: Some(table), ..order(&text) }, knowledge, files).unwrap_err().0;
        assert!(faults[0].what.contains(what), "{table}: {faults:#?}");
    }
}

#[test]
fn a_month_is_read_and_written() {
    let may = Month::parse("May 2025").unwrap();
    assert_eq!((may.to_string(), may.written()), ("May 2025".to_owned(), "2025-05".to_owned()));
    assert!(["May", "2025", "May 25", "may 2025", "May 2025 p"].iter().all(|text| Month::parse(text).is_none()));
}
