//! What targets share: what a message of Mabel's must be, and how escaped text reads.

use mabel::answer::Reply;
use mabel::discord::custom_id;
use mabel::discord::payload::{Body, Button, Control, Select};
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
    assert_eq!(body.broken_limits(), Vec::<String>::new());
    for text in body.embeds.iter().map(|embed| &embed.description).chain([&body.content]) {
        assert!(is_tame(text), "{text:?} pings");
    }
    for control in body.components.iter().flat_map(|row| &row.components) {
        let (Control::Button(Button { custom_id, .. }) | Control::Select(Select { custom_id, .. })) = control;
        assert!(custom_id::decode(custom_id).is_ok(), "{custom_id:?} cannot be read back");
    }
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
