//! Areas, industries and occupations: told by their header, found by their code, and following the states.

use mabel::import::oews::LAYOUTS;
use mabel::import::plan::{Fate, Order, Plan};
use mabel::knowledge::{Cell, Confidence, Row, Table};

use super::{NEXT, SHIPPED, after, file, line_of, next, order, plan, refused, release, swapped};

fn row<'table>(table: &'table Table, key: &str) -> &'table Row {
    table.rows.iter().find(|row| row.keys[0].as_str() == key).unwrap()
}

#[test]
fn the_release_that_is_there_changes_nothing_in_any_layout() {
    for layout in &LAYOUTS {
        let plan = plan(&release(layout.table, "May 2025", 1.0)).unwrap_or_else(|faults| panic!("{}: {faults:#?}", layout.table));
        assert!(plan.is_empty() && plan.rows.is_empty() && plan.nation.is_none(), "{}: {:#?}", layout.table, plan.rows);
        assert_eq!((plan.table.as_str(), plan.layout.rows), (layout.table, layout.rows));
        assert_eq!(plan.unchanged, SHIPPED.0.tables[layout.table].rows.len());
    }
}

#[test]
fn a_header_that_fits_no_layout_is_refused_with_those_known() {
    for text in ["", "area_cod,area,release\n", "city,release,h_median\nAkron,May 2026,20.00\n", "state,task,value\n"] {
        let plan = plan(text);
        refused(&plan, 1, "the header fits no layout", "areas: area,area_code,release,h_p10,");
        for layout in &LAYOUTS {
            refused(&plan, 1, &format!("`{}`", layout.key), &format!("\n    {}: ", layout.rows));
        }
    }
    let area = release("pay_by_metro", "May 2026", 1.03);
    refused(&next(&swapped(&area, "location_quotient", "location_quotent")), 1, "unknown column", "did you mean `location_quotient`?");
    refused(&next(&swapped(&area, "area_code", "area_code,state")), 1, "unknown column `state`", "columns for areas: area,area_code");
}

#[test]
fn a_new_release_of_areas_changes_figures_and_head_and_nothing_else() {
    let plan = next(&release("pay_by_metro", "May 2026", 1.03)).unwrap();
    assert_eq!((plan.count(Fate::Changed), plan.count(Fate::Added), plan.count(Fate::Missing), plan.unchanged), (543, 0, 0, 3));
    let [(name, new)] = plan.files.as_slice() else { panic!("{:?}", plan.files) };
    let old = file(&NEXT.1, name);
    assert_eq!(old.lines().count(), new.lines().count());
    let head = |text: &str| text.lines().take_while(|line| !line.starts_with("row = ")).collect::<Vec<_>>().join("\n");
    let expected = head(old)
        .replace("May 2025", "May 2026")
        .replace("year=\"2025\"", "year=\"2026\"")
        .replace("bls-oews-2025", "bls-oews-2026")
        .replace("\"2025-05\"", "\"2026-05\"")
        .replace("2027-06-01", "2028-06-01");
    assert_eq!(head(new), expected);
    let akron = new.lines().find(|line| line.contains("\"akron-oh\"")).unwrap();
    assert!(akron.starts_with("  { place = \"akron-oh\", hourly_p10 = 18.36, ") && akron.ends_with("area_type = \"metro\" },"), "{akron}");
    assert_eq!(plan.remarks.to_follow, ["pay_by_industry", "pay_by_role"]);
    assert!(plan.left_behind.iter().all(|place| place.file != "tables/pay_by_role.toml"));
    assert!(plan.left_behind.iter().any(|place| place.file == "facets/place.toml"));
}

#[test]
fn values_that_share_a_code_get_the_same_figures() {
    let text = release("pay_by_metro", "May 2025", 1.0);
    let line = text.lines().find(|line| line.contains(",0035620,")).unwrap();
    // A spreadsheet takes zeros off the beginning of a code.
    let changed = line.replace(",0035620,May 2025,", ",35620,May 2025,").replace(",metro,", ",nonmetro,");
    let plan = plan(&swapped(&text, line, &changed)).unwrap();
    let keys: Vec<&str> = plan.rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["new-york-newark-jersey-city-ny-nj", "newark-nj", "jersey-city-nj"]);
    assert!(plan.rows.iter().all(|row| row.changes.len() == 1 && row.changes[0].new == Some(Cell::Text("nonmetro".to_owned()))));
    assert!(plan.remarks.renamed.is_empty(), "{:?}", plan.remarks.renamed);
}

#[test]
fn a_row_no_file_speaks_of_keeps_its_source_and_date_when_the_table_moves_on() {
    let plan = next(&release("pay_by_metro", "May 2026", 1.03)).unwrap();
    assert_eq!(plan.remarks.apart, ["puerto-rico", "guam", "us-virgin-islands"]);
    let (knowledge, _) = after(&plan, &NEXT.1);
    let areas = &knowledge.tables["pay_by_metro"];
    let (guam, akron) = (row(areas, "guam"), row(areas, "akron-oh"));
    assert_eq!((guam.source.as_str(), guam.as_of.written().as_str()), ("bls-oews-2025", "2025-05"));
    assert_eq!((akron.source.as_str(), akron.as_of.written().as_str()), ("bls-oews-2026", "2026-05"));
    assert_eq!(areas.cell(guam, "hourly_median"), Some(&Cell::Number(16.14)));
}

#[test]
fn confidence_follows_the_error_of_the_estimate() {
    let text = release("pay_by_industry", "May 2025", 1.0);
    let (certain, doubtful) = (line_of(&text, "\"physicians' offices\""), line_of(&text, "\"technical and trade schools\""));
    let text = text.lines().enumerate().fold(String::new(), |all, (index, line)| {
        let line = match index + 1 {
            index if index == certain => swapped(line, ",0.4,", ",5.1,"),
            index if index == doubtful => swapped(line, ",5.5,", ",5.0,"),
            _ => line.to_owned(),
        };
        all + &line + "\n"
    });
    let plan = plan(&text).unwrap();
    assert_eq!((plan.rows.len(), plan.unchanged), (2, 33));
    let (knowledge, files) = after(&plan, &SHIPPED.1);
    let industries = &knowledge.tables["pay_by_industry"];
    assert_eq!(row(industries, "physician-offices").confidence, Confidence::Low);
    assert_eq!(row(industries, "trade-schools").confidence, Confidence::High);
    let lines: Vec<&str> = file(&files, "tables/pay_by_industry.toml").lines().collect();
    assert!(lines.iter().any(|line| line.contains("\"physician-offices\"") && line.ends_with("wage_rse = 5.1, confidence = \"low\" },")));
    assert!(lines.iter().any(|line| line.contains("\"trade-schools\"") && line.ends_with("wage_rse = 5.0 },")));
}

#[test]
fn what_another_publication_says_of_an_occupation_stays() {
    let text = release("pay_by_role", "May 2026", 1.03);
    let text = text.lines().enumerate().fold(String::new(), |all, (index, line)| {
        all + line + if index == 0 { ",outlook_2025_35_pct,openings_scope" } else { ",99,nobody" } + "\n"
    });
    let plan = next(&text).unwrap();
    assert_eq!(plan.count(Fate::Changed), 28);
    let (knowledge, _) = after(&plan, &NEXT.1);
    let roles = &knowledge.tables["pay_by_role"];
    let assistant = row(roles, "cna");
    assert_eq!(roles.cell(assistant, "growth_2025_35"), Some(&Cell::Number(3.0)));
    assert_eq!(roles.cell(assistant, "hourly_median"), Some(&Cell::Number(20.93)));
    assert_eq!(
        roles.cell(row(roles, "medical-secretary"), "employment"),
        roles.cell(row(roles, "medical-administrative-assistant"), "employment")
    );
}

#[test]
fn the_nation_comes_with_states_or_industries_and_the_others_wait_for_it() {
    for table in ["pay_by_metro", "pay_by_role"] {
        refused(&plan(&release(table, "May 2026", 1.03)), 2, "pay_history has no row for 2026", "import the file of the states first");
    }
    let industries = release("pay_by_industry", "May 2026", 1.03);
    let first = plan(&industries).unwrap();
    let second = next(&industries).unwrap();
    let headers: Vec<&str> = second.nation.as_ref().unwrap().changes.iter().map(|change| change.column.name).collect();
    assert_eq!((headers, second.nation.as_ref().unwrap().fate), (vec!["wage_rse"], Fate::Changed));
    let (one, other) = (after(&first, &SHIPPED.1), after(&second, &NEXT.1));
    for (knowledge, _) in [&one, &other] {
        let history = &knowledge.tables["pay_history"];
        assert_eq!(history.rows.len(), 10);
        assert_eq!(history.cell(row(history, "2026"), "wage_rse"), Some(&Cell::Number(0.3)));
        assert_eq!(row(history, "2025").source.as_str(), "bls-oews-2025");
    }
    // Which of the two came first leaves no trace.
    let states = release("pay_by_state", "May 2026", 1.03);
    let both = after(&Plan::new(&order(&states), &one.0, &one.1).unwrap(), &one.1);
    assert_eq!(both.1, other.1);
}

#[test]
fn a_correction_of_an_older_year_leaves_the_newest_alone() {
    let text = swapped(&release("pay_by_industry", "May 2025", 1.0), "17.33,18.50,21.97,", "17.33,18.50,21.98,");
    let plan = next(&text).unwrap();
    let (knowledge, _) = after(&plan, &NEXT.1);
    let history = &knowledge.tables["pay_history"];
    assert_eq!(history.cell(row(history, "2025"), "hourly_median"), Some(&Cell::Number(21.98)));
    assert_eq!((row(history, "2025").source.as_str(), row(history, "2026").source.as_str()), ("bls-oews-2025", "bls-oews-2026"));
}

#[test]
fn an_older_release_of_any_layout_is_refused() {
    for table in ["pay_by_metro", "pay_by_industry", "pay_by_role"] {
        let text = release(table, "May 2024", 1.0);
        refused(&plan(&text), 2, &format!("May 2024 is older than May 2025, which the table {table} holds"), "by hand");
    }
}

#[test]
fn figures_that_were_not_published_are_taken_out_and_capped_ones_named() {
    let text = release("pay_by_role", "May 2025", 1.0);
    let text = swapped(&text, "174420,137300,323040", "#,137300,**");
    let text = swapped(&text, "48.72,56.73,63.61,75.34,83.86,", "*,56.73,63.61,75.34,#,");
    let plan = plan(&text).unwrap();
    assert_eq!(plan.remarks.capped, ["np h_p90", "np a_p90"]);
    let (knowledge, _) = after(&plan, &SHIPPED.1);
    let roles = &knowledge.tables["pay_by_role"];
    for (column, there) in
        [("hourly_p10", false), ("hourly_p90", false), ("annual_p90", false), ("employment", false), ("hourly_p75", true)]
    {
        assert_eq!(roles.cell(row(roles, "np"), column).is_some(), there, "{column}");
    }
    let falling = swapped(&release("pay_by_role", "May 2025", 1.0), "48.72,56.73,63.61,75.34,83.86,", "48.72,56.73,63.61,#,83.86,");
    let at = line_of(&falling, "\"nurse practitioner\"");
    refused(&super::plan(&falling), at, "nurse practitioner: h_p75 is above h_p90", "exchanged");
}

#[test]
fn a_median_that_was_not_published_takes_the_row_out_only_when_told() {
    let text = swapped(&release("pay_by_metro", "May 2025", 1.0), "17.83,18.55,20.59,22.10,22.91,", "*,*,*,*,*,");
    let at = line_of(&text, "\"Akron, OH\"");
    refused(&plan(&text), at, "akron-oh: h_median has no figure, and the table pay_by_metro must have it", "--drop-missing");
    let plan = Plan::new(&Order { drop_missing: true, ..order(&text) }, &SHIPPED.0, &SHIPPED.1).unwrap();
    assert_eq!((plan.count(Fate::Missing), plan.rows.len(), plan.rows[0].key.as_str()), (1, 1, "akron-oh"));
    let (knowledge, files) = after(&plan, &SHIPPED.1);
    let again = Plan::new(&order(&text), &knowledge, &files).unwrap();
    assert_eq!((again.is_empty(), again.remarks.unpublished.as_slice()), (true, ["akron-oh (h_median)".to_owned()].as_slice()));
}
