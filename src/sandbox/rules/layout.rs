//! The layout of messages that are components alone ("components v2").
//! <https://docs.discord.com/developers/components/reference#component-object>

use serde_json::Value;

use super::component::{ComponentCheck, kind};

/// How many components a message has, nested ones counted.
const COMPONENTS: usize = 40;
/// How many characters all text of a message has together.
const TEXT: usize = 4000;

/// Checks the components of a message that has the flag.
pub(crate) fn check(check: &mut ComponentCheck<'_>, path: &str, value: &Value) {
    let components = check.problems.list(path, value, 0, COMPONENTS);
    let mut total = Total::default();
    for component in components {
        total.count(component);
    }
    if total.components > COMPONENTS {
        check.problems.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", format!("The total number of components exceeds {COMPONENTS}"));
    }
    if total.characters > TEXT {
        check.problems.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", format!("The total displayable text size exceeds {TEXT}"));
    }
    for (index, component) in components.iter().enumerate() {
        one(check, &format!("{path}.{index}"), component, true);
    }
}

#[derive(Default)]
struct Total {
    components: usize,
    characters: usize,
}

impl Total {
    fn count(&mut self, component: &Value) {
        self.components += 1;
        if kind(component) == 10 {
            self.characters += component["content"].as_str().map_or(0, |text| text.chars().count());
        }
        component["components"].as_array().into_iter().flatten().for_each(|inner| self.count(inner));
        if component["accessory"].is_object() {
            self.count(&component["accessory"]);
        }
    }
}

fn one(check: &mut ComponentCheck<'_>, path: &str, component: &Value, may_contain: bool) {
    match kind(component) {
        1 => check.row(path, component),
        9 => section(check, path, component),
        10 => {
            check.problems.required_text(&format!("{path}.content"), &component["content"], 1, TEXT);
        }
        12 => media(check, path, component),
        13 => check.problems.url(&format!("{path}.file.url"), &component["file"]["url"], &["attachment"]),
        14 => {}
        17 if may_contain => {
            let path = format!("{path}.components");
            for (index, inner) in check.problems.list(&path, &component["components"], 1, COMPONENTS).iter().enumerate() {
                one(check, &format!("{path}.{index}"), inner, false);
            }
        }
        _ => check.problems.add(path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 9, 10, 12, 13, 14, 17)."),
    }
}

/// One to three texts beside a button or a picture.
fn section(check: &mut ComponentCheck<'_>, path: &str, section: &Value) {
    let texts = format!("{path}.components");
    for (index, text) in check.problems.list(&texts, &section["components"], 1, 3).iter().enumerate() {
        if kind(text) != 10 {
            check.problems.add(&format!("{texts}.{index}"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (10,).");
        }
    }
    let path = format!("{path}.accessory");
    match kind(&section["accessory"]) {
        2 => check.button(&path, &section["accessory"]),
        11 => check.problems.url(&format!("{path}.media.url"), &section["accessory"]["media"]["url"], &["http", "https", "attachment"]),
        _ => check.problems.required(&path),
    }
}

fn media(check: &mut ComponentCheck<'_>, path: &str, gallery: &Value) {
    let path = format!("{path}.items");
    for (index, item) in check.problems.list(&path, &gallery["items"], 1, 10).iter().enumerate() {
        check.problems.url(&format!("{path}.{index}.media.url"), &item["media"]["url"], &["http", "https", "attachment"]);
        check.problems.text(&format!("{path}.{index}.description"), &item["description"], 0, 1024);
    }
}
