//! Holding a message to the limits that Discord has, before Discord does.

use std::collections::HashSet;

use super::{
    BUTTONS_IN_ROW, Body, CONTENT, CUSTOM_ID, Control, DESCRIPTION, EMBEDS, Embed, FIELD_NAME, FIELD_VALUE, FOOTER, LABEL, MOST_COLOUR,
    OPTION, OPTIONS, PLACEHOLDER, ROWS, Row, Select, file,
};

impl Body {
    /// What of Discord's limits the message breaks; nothing for every message that is sent. For tests: what renders a reply cuts it to
    /// the limits itself.
    #[must_use]
    pub fn broken_limits(&self) -> Vec<String> {
        let mut broken = Broken::default();
        broken.text("content", &self.content, CONTENT);
        broken.embeds(&self.embeds);
        // Nothing at all is a description too: it is left out.
        for file in self.file.iter().filter(|file| !file.description.is_empty()) {
            broken.text("file description", &file.description, file::DESCRIPTION);
        }
        broken.rows(&self.components);
        broken.0
    }
}

#[derive(Default)]
struct Broken(Vec<String>);

impl Broken {
    /// A text that must say something and may not be longer than that; gives its length in characters.
    fn text(&mut self, what: &str, text: &str, most: usize) -> usize {
        let count = text.chars().count();
        if count > most || text.trim().is_empty() {
            self.0.push(format!("{what}: {count} of {most} characters: {text:?}"));
        }
        count
    }

    fn unless(&mut self, is_kept: bool, what: impl FnOnce() -> String) {
        if !is_kept {
            self.0.push(what());
        }
    }

    fn embeds(&mut self, embeds: &[Embed]) {
        let mut sum = 0;
        for embed in embeds {
            sum += if embed.description.is_empty() { 0 } else { self.text("description", &embed.description, DESCRIPTION) };
            for field in &embed.fields {
                sum += self.text("field name", &field.name, FIELD_NAME) + self.text("field value", &field.value, FIELD_VALUE);
            }
            sum += embed.footer.as_ref().map_or(0, |footer| self.text("footer", &footer.text, FOOTER));
            self.unless(embed.color.is_none_or(|colour| colour <= MOST_COLOUR), || format!("colour: {:?}", embed.color));
        }
        self.unless(embeds.len() <= 1 && sum <= EMBEDS, || format!("{} embeds of {sum} characters", embeds.len()));
    }

    fn rows(&mut self, rows: &[Row]) {
        self.unless(rows.len() <= ROWS, || format!("{} rows", rows.len()));
        let mut ids = HashSet::new();
        for row in rows {
            let holds_select = row.components.iter().any(|control| matches!(control, Control::Select(_)));
            let most = if holds_select { 1 } else { BUTTONS_IN_ROW };
            self.unless((1..=most).contains(&row.components.len()), || format!("{} of {most} in a row", row.components.len()));
            for control in &row.components {
                let id = match control {
                    Control::Button(button) => {
                        self.text("label", &button.label, LABEL);
                        &button.custom_id
                    }
                    Control::Select(select) => {
                        self.options(select);
                        &select.custom_id
                    }
                };
                self.text("custom_id", id, CUSTOM_ID);
                self.unless(ids.insert(id), || format!("custom_id {id:?} twice"));
            }
        }
    }

    fn options(&mut self, select: &Select) {
        self.text("placeholder", &select.placeholder, PLACEHOLDER);
        let fewest = usize::from(select.has_options());
        self.unless((fewest..=OPTIONS).contains(&select.options.len()), || format!("{} options", select.options.len()));
        let mut values = HashSet::new();
        for option in &select.options {
            self.text("option", &option.label, OPTION);
            self.text("value", &option.value, OPTION);
            self.unless(values.insert(&option.value), || format!("value {:?} twice", option.value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Button, SelectOption, Style};
    use super::*;

    fn row(labels: &[&str]) -> Row {
        Row::of(labels.iter().map(|label| Button::new(Style::Secondary, (*label).to_owned(), (*label).to_owned())).collect())
    }

    fn options(count: usize) -> Row {
        let option = |at: usize| SelectOption { label: at.to_string(), value: at.to_string() };
        Row::select(Select::new("s".to_owned(), "Choose".to_owned(), (0..count).map(option).collect()))
    }

    #[test]
    fn a_message_is_held_to_each_limit() {
        let sound = Body { content: "yes".to_owned(), components: vec![row(&["a", "b"]), options(25)], ..Body::default() };
        assert_eq!(sound.broken_limits(), Vec::<String>::new());
        let rows = |components| Body { components, ..sound.clone() };
        for (body, told) in [
            (Body { content: "x".repeat(2001), ..sound.clone() }, "content: 2001 of 2000"),
            (Body { content: " ".to_owned(), ..sound.clone() }, "content: 1 of 2000"),
            (Body { embeds: vec![Embed::default(), Embed::default()], ..sound.clone() }, "2 embeds"),
            (Body { embeds: vec![Embed { color: Some(1 << 24), ..Embed::default() }], ..sound.clone() }, "colour"),
            (rows((0..6).map(|at| row(&[&at.to_string()])).collect()), "6 rows"),
            (rows(vec![row(&[])]), "0 of 5 in a row"),
            (rows(vec![row(&["a", "a"])]), "custom_id \"a\" twice"),
            (rows(vec![options(26)]), "26 options"),
            (rows(vec![options(0)]), "0 options"),
        ] {
            assert!(body.broken_limits().iter().any(|broken| broken.starts_with(told)), "{told}: {:?}", body.broken_limits());
        }
    }
}
