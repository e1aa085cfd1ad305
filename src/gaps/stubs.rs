//! Entries ready to be filled in, one for each group of gaps.

use std::fmt::Write;

use jiff::civil::Date;

use super::Group;

/// How long facts are good for where nothing else is known, in years.
const REVIEW_AFTER: i16 = 1;

/// Entries to be filled in, as a file of the knowledge.
#[must_use]
pub fn stubs(groups: &[Group], today: Date) -> String {
    let mut file = String::from(
        "# Made of what was asked and not answered. Fill in what is empty, reword `ask` the way people type, take out what is not yours to\n\
         # answer, and run `mabel check`.\n",
    );
    for group in groups {
        // Writing to a text cannot fail.
        let _ = stub(&mut file, group, today);
    }
    file
}

fn stub(file: &mut String, group: &Group, today: Date) -> std::fmt::Result {
    let review = today.checked_add(jiff::Span::new().years(REVIEW_AFTER)).unwrap_or(today);
    let times = if group.count == 1 { "once".to_owned() } else { format!("{} times", group.count) };
    let last = group.weeks.keys().next_back().copied().unwrap_or(today);
    writeln!(file, "\n# Asked {times}, last in the week of {last}.\n[[entry]]")?;
    writeln!(file, "id = \"new.{}\"", group.words.replace(' ', "-"))?;
    writeln!(file, "topic = \"\"\nquestion = \"\"\nask = [")?;
    for words in std::iter::once(&group.words).chain(&group.others) {
        writeln!(file, "    \"{words}\",")?;
    }
    writeln!(file, "]\nanswer = \"\"\"\"\"\"\nsources = []\nas_of = {today}\nreview_by = {review}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_stub_is_toml_with_the_words_as_wordings() {
        let weeks = BTreeMap::from([(date(2026, 11, 9), 2), (date(2026, 11, 16), 5)]);
        let group = Group { words: "color scrubs".to_owned(), others: vec!["color scrub".to_owned()], weeks, count: 7 };
        let file = stubs(&[group], date(2026, 11, 22));
        let table: toml::Table = file.parse().unwrap();
        let entry = &table["entry"][0];
        assert_eq!(entry["id"].as_str(), Some("new.color-scrubs"));
        assert_eq!(entry["ask"].as_array().unwrap().len(), 2);
        assert_eq!(entry["review_by"].to_string(), "2027-11-22");
        assert!(file.contains("# Asked 7 times, last in the week of 2026-11-16."));
    }
}
