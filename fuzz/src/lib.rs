//! What targets share: what a message of Mabel's must be, and how escaped text reads.

use std::collections::HashSet;

use mabel::answer::Reply;
use mabel::discord::custom_id;
use mabel::discord::payload::{self, Body, Control};
use mabel::discord::render::{self, Show};
use mabel::discord::texts::Texts;

/// Every way a reply can stand in Discord keeps the limits, pings nobody, and its buttons can be read when they come back.
pub fn renders(reply: &Reply) {
    let plain = Show { plain: true, expanded: true, target: Some(u64::MAX), ..Show::PRIVATE };
    let unasked = Show { unasked: true, owner: Some(u64::MAX), ..Show::PUBLIC };
    for texts in [Texts::english()].into_iter().chain(Texts::others()) {
        for show in [Show::PUBLIC, Show { expanded: true, ..Show::PRIVATE }, plain, unasked] {
            is_sound(&render::message(reply, &show, texts));
        }
    }
}

fn is_sound(body: &Body) {
    within("content", &body.content, payload::CONTENT);
    assert!(is_tame(&body.content), "{:?} pings", body.content);
    let mut sum = 0;
    for embed in &body.embeds {
        sum += if embed.description.is_empty() { 0 } else { within("description", &embed.description, payload::DESCRIPTION) };
        for field in &embed.fields {
            sum += within("field", &field.name, 256) + within("field", &field.value, payload::FIELD_VALUE);
        }
        sum += embed.footer.as_ref().map_or(0, |footer| within("footer", &footer.text, payload::FOOTER));
        assert!(is_tame(&embed.description), "{:?} pings", embed.description);
    }
    assert!(body.embeds.len() <= 1 && sum <= payload::EMBEDS, "{} embeds of {sum} characters", body.embeds.len());
    assert!(body.components.len() <= payload::ROWS, "{} rows", body.components.len());
    let mut ids = HashSet::new();
    for row in &body.components {
        assert!((1..=payload::BUTTONS_IN_ROW).contains(&row.components.len()), "{row:?}");
        for control in &row.components {
            let id = match control {
                Control::Button(button) => {
                    within("label", &button.label, payload::LABEL);
                    &button.custom_id
                }
                Control::Select(select) => {
                    within("placeholder", &select.placeholder, payload::PLACEHOLDER);
                    assert!((1..=payload::OPTIONS).contains(&select.options.len()), "{select:?}");
                    for option in &select.options {
                        within("option", &option.label, payload::OPTION);
                        within("value", &option.value, payload::OPTION);
                    }
                    &select.custom_id
                }
            };
            within("custom_id", id, payload::CUSTOM_ID);
            assert!(custom_id::decode(id).is_ok(), "{id:?} cannot be read back");
            assert!(ids.insert(id.clone()), "{id:?} stands there twice");
        }
    }
}

/// The characters of a text that must say something and may not be longer than that.
fn within(what: &str, text: &str, most: usize) -> usize {
    let count = text.chars().count();
    assert!(count <= most && !text.trim().is_empty(), "{what} of {count} characters: {text:?}");
    count
}

/// Whether a message of that text would ping nobody, whatever is allowed to.
#[must_use]
pub fn is_tame(text: &str) -> bool {
    let (_, raw) = unescaped(text);
    !text.contains("@everyone") && !text.contains("@here") && !raw.contains("<@")
}

/// What a reader sees of escaped text; and what Discord still reads as layout: the text with a dot for each escaped character.
#[must_use]
pub fn unescaped(text: &str) -> (String, String) {
    let (mut shown, mut raw) = (String::new(), String::new());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                shown.extend(letters.next());
                raw.push('.');
            }
            _ => {
                shown.push(letter);
                raw.push(letter);
            }
        }
    }
    (shown, raw)
}
