//! Rows that are new, gone, or called otherwise than they were.

use mabel::import::plan::{Fate, Order, Plan};
use mabel::knowledge::load;

use super::{NEXT, SHIPPED, file, line_of, next, order, plan, refused, release, swapped};

/// The row of Akron under another name and code.
fn with_area(name: &str, code: &str) -> String {
    let text = release("pay_by_metro", "May 2025", 1.0);
    let akron = text.lines().find(|line| line.starts_with("\"Akron, OH\"")).unwrap().to_owned();
    text + &akron.replace("Akron, OH", name).replace("0010420", code) + "\n"
}

/// The value that is offered for a new area.
fn offered(name: &str, code: &str) -> String {
    let text = with_area(name, code);
    let plan = plan(&text);
    refused(&plan, text.lines().count(), &format!("there is no place with the code {code}: {name}"), "put this into facets/place.toml");
    let (_, value) = plan.unwrap_err()[0].mend.split_once("\n\n").map(|(told, value)| (told.to_owned(), value.to_owned())).unwrap();
    value.lines().map(|line| line.trim_start().to_owned() + "\n").collect()
}

#[test]
fn a_new_area_is_refused_with_the_value_it_needs_and_then_taken_in_its_place() {
    let value = offered("Nowhere-Erewhon, OH-KY", "0099999");
    assert_eq!(
        value,
        "[[value]]\nid = \"nowhere-erewhon-oh-ky\"\nname = \"Nowhere-Erewhon, OH-KY\"\ncode = \"0099999\"\n\
         aliases = [\"nowhere\", \"erewhon\"]\nimplies = { state = [\"OH\", \"KY\"] }\n"
    );
    let mut files = SHIPPED.1.clone();
    let place = files.iter_mut().find(|(name, _)| name == "facets/place.toml").unwrap();
    place.1 = swapped(&place.1, "[[value]]\nid = \"albany-ga\"", &format!("{value}\n[[value]]\nid = \"albany-ga\""));
    let (knowledge, _) = load::load(&files).unwrap();
    let plan = Plan::new(&order(&with_area("Nowhere-Erewhon, OH-KY", "0099999")), &knowledge, &files).unwrap();
    assert_eq!((plan.count(Fate::Added), plan.rows.len(), plan.unchanged), (1, 1, 546));
    let lines: Vec<&str> = file(&plan.files, "tables/pay_by_metro.toml").lines().collect();
    let akron = lines.iter().find(|line| line.contains("\"akron-oh\"")).unwrap();
    let at = lines.iter().position(|line| line.contains("\"nowhere-erewhon-oh-ky\"")).unwrap();
    assert_eq!(lines[at], akron.replace("akron-oh", "nowhere-erewhon-oh-ky"));
    assert!(lines[at + 1].contains("\"albany-ga\""), "{}", lines[at + 1]);
}

#[test]
fn what_is_offered_claims_no_alias_of_another_and_finds_the_state_in_a_name() {
    assert!(offered("Akron-Erewhon, PA", "0099999").contains("aliases = [\"akron pa\", \"erewhon\"]\nimplies = { state = [\"PA\"] }"));
    let value = offered("Far West Virginia nonmetropolitan area", "5499999");
    assert!(value.contains("aliases = [\"far west virginia nonmetropolitan area\"]\nimplies = { state = [\"WV\"] }"), "{value}");
}

#[test]
fn an_area_whose_code_changed_is_told_from_a_new_one() {
    let text = swapped(&release("pay_by_metro", "May 2025", 1.0), "\"Akron, OH\",0010420", "\"Akron, OH\",0010421");
    let at = line_of(&text, "\"Akron, OH\"");
    refused(
        &plan(&text),
        at,
        "Akron, OH has the code 0010421, the value `akron-oh` has 0010420",
        "write code = \"0010421\" at facets/place.toml:",
    );
    let text = swapped(&release("pay_by_metro", "May 2025", 1.0), "\"Akron, OH\",0010420", "\"Abilene, TX\",0010420");
    refused(&plan(&text), at, "Abilene, TX has the code 0010420, the value `abilene-tx` has 0010180", "mend the file");
}

#[test]
fn an_area_that_is_called_otherwise_is_named() {
    let text = swapped(&release("pay_by_metro", "May 2025", 1.0), "\"Akron, OH\"", "\"Akron-Canton, OH\"");
    let plan = plan(&text).unwrap();
    assert!(plan.is_empty());
    assert_eq!(plan.remarks.renamed, ["Akron-Canton, OH (here: Akron, OH)"]);
    let text = swapped(&release("pay_by_metro", "May 2025", 1.0), "\"Akron, OH\"", "\"Akron, OH (part)\"");
    assert!(super::plan(&text).unwrap().remarks.renamed.is_empty());
}

#[test]
fn an_area_that_is_gone_is_named_and_dropped_only_when_told() {
    let whole = release("pay_by_metro", "May 2026", 1.03);
    let text: String =
        whole.lines().filter(|line| !line.starts_with("\"Kansas City, MO-KS\"")).map(|line| line.to_owned() + "\n").collect();
    refused(
        &next(&text),
        0,
        "no row for kansas-city-mo-ks, kansas-city-ks, which the table pay_by_metro holds",
        "gets the new one in facets/place.toml",
    );
    let plan = Plan::new(&Order { drop_missing: true, ..order(&text) }, &NEXT.0, &NEXT.1).unwrap();
    assert_eq!((plan.count(Fate::Missing), plan.count(Fate::Changed), plan.unchanged), (2, 541, 3));
    assert!(!file(&plan.files, "tables/pay_by_metro.toml").contains("kansas-city"));
}

#[test]
fn an_area_that_stands_twice_is_refused() {
    let text = with_area("Akron, OH", "10420");
    let at = line_of(&text, "\"Akron, OH\"");
    refused(&plan(&text), text.lines().count(), &format!("10420 (Akron, OH) stands on line {at} already"), "keep one");
}

#[test]
fn an_area_of_a_kind_the_table_does_not_know_is_refused() {
    let text = release("pay_by_metro", "May 2025", 1.0);
    let at = line_of(&text, "\"Akron, OH\"");
    let text: String = text
        .lines()
        .enumerate()
        .map(|(index, line)| if index + 1 == at { line.replace(",metro,", ",town,") } else { line.to_owned() } + "\n")
        .collect();
    refused(
        &plan(&text),
        at,
        "akron-oh: area_type: `town` is not what the table pay_by_metro takes",
        "use one of: metro, nonmetro, territory",
    );
}

#[test]
fn an_industry_or_occupation_without_a_code_here_is_left_out_and_one_that_gets_a_code_comes_in() {
    let text = release("pay_by_industry", "May 2025", 1.0);
    let offices = text.lines().find(|line| line.starts_with("\"physicians' offices\"")).unwrap().to_owned();
    let text = text + &offices.replace("physicians' offices", "Child Care Services").replace("621100", "624400") + "\n";
    let plan = plan(&text).unwrap();
    assert!(plan.is_empty());
    assert_eq!(plan.remarks.left_out, ["Child Care Services"]);
    let mut files = SHIPPED.1.clone();
    let settings = files.iter_mut().find(|(name, _)| name == "facets/setting.toml").unwrap();
    settings.1 += "\n[[value]]\nid = \"child-care\"\nname = \"child care services\"\ncode = \"624400\"\naliases = []\n";
    let (knowledge, _) = load::load(&files).unwrap();
    let plan = Plan::new(&order(&text), &knowledge, &files).unwrap();
    assert_eq!((plan.count(Fate::Added), plan.rows[0].key.as_str()), (1, "child-care"));
}

#[test]
fn a_new_row_that_needs_more_than_the_file_brings_is_refused() {
    let mut files = SHIPPED.1.clone();
    let roles = files.iter_mut().find(|(name, _)| name == "facets/role.toml").unwrap();
    roles.1 += "\n[[value]]\nid = \"conductor\"\nname = \"conductor\"\ncode = \"53-4031\"\naliases = [\"conductor\"]\n";
    let (knowledge, _) = load::load(&files).unwrap();
    let text = release("pay_by_role", "May 2025", 1.0);
    let line = text.lines().find(|line| line.contains(",31-1131,")).unwrap().to_owned();
    let text = text + &line.replace("31-1131", "53-4031") + "\n";
    let plan = Plan::new(&order(&text), &knowledge, &files).map_err(|faults| faults.0);
    refused(
        &plan,
        text.lines().count(),
        "conductor is new to the table pay_by_role, whose `plural` no file brings",
        "into tables/pay_by_role.toml by hand",
    );
}
