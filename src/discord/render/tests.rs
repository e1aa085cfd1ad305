use proptest::prelude::*;

use super::*;
use crate::knowledge::{EntryId, FacetId, SourceId, ValueId, Values};

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "\\PC{0,60}",
        2 => "[\\PC\\n]{0,600}",
        1 => ("\\PC{1,40}", 1_usize..200).prop_map(|(text, times)| text.repeat(times)),
        1 => Just(String::new()),
        1 => Just("@everyone <@1> **bold** https://example.org [x](y) \n# big".to_owned()),
    ]
}

fn any_values() -> impl Strategy<Value = Values> {
    let values = prop::collection::vec("\\PC{0,30}".prop_map(|name| ValueId::from(name.as_str())), 0..4);
    prop::collection::btree_map("[a-z]{1,9}".prop_map(|name| FacetId::from(name.as_str())), values, 0..4)
}

fn any_choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = (any_text(), "[a-z.]{0,70}", any_values());
    prop::collection::vec(choice.prop_map(|(label, entry, facets)| Choice { label, entry: EntryId::from(entry.as_str()), facets }), 0..40)
}

fn any_sources() -> impl Strategy<Value = Vec<Citation>> {
    let url = proptest::option::of(prop_oneof!["https://[a-z./()]{1,40}", "https://[a-z/]{400,600}", any_text()]);
    let as_of = prop_oneof![Just("2026-01-15"), Just("c. 2021"), Just("undated, seen 2026-11-21")];
    let as_of = as_of.prop_map(|written| written.parse().unwrap());
    let source = (any_text(), any_text(), url, as_of);
    prop::collection::vec(
        source.prop_map(|(title, publisher, url, as_of)| Citation { id: SourceId::from("s"), title, publisher, url, as_of }),
        0..6,
    )
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let outcome = prop_oneof![Just(Outcome::Answer), Just(Outcome::Clarify), Just(Outcome::NoMatch), Just(Outcome::Safety)];
    let words = (any_text(), proptest::option::of(any_text()), prop::collection::vec(any_text(), 0..8), proptest::option::of(any_text()));
    let more = (proptest::option::of(any_text()), proptest::option::of(any_text()), proptest::option::of(any::<u32>()), any_values());
    (outcome, words, more, any_sources(), any_choices(), any_choices()).prop_map(|(outcome, words, more, sources, choices, related)| {
        Reply {
            outcome,
            topic: None,
            topic_title: None,
            colour: more.2,
            entry: Some(EntryId::from("scope.injections")),
            question: None,
            facets: more.3,
            confidence: 1.0,
            lead: words.0,
            detail: words.1,
            caveats: words.2,
            sources,
            as_of: words.3,
            stale: more.0,
            choices,
            related,
            guard: None,
            disclaimer: more.1,
            picture: None,
        }
    })
}

/// What of Discord's limits a message breaks.
fn broken(body: &Body) -> Vec<String> {
    let mut broken = Vec::new();
    let mut within = |what: &str, text: &str, most: usize| {
        let count = text.chars().count();
        if count > most || text.trim().is_empty() {
            broken.push(format!("{what}: {count} of {most}"));
        }
        count
    };
    within("content", &body.content, payload::CONTENT);
    let mut sum = 0;
    for embed in &body.embeds {
        sum += if embed.description.is_empty() { 0 } else { within("description", &embed.description, payload::DESCRIPTION) };
        for field in &embed.fields {
            sum += within("field name", &field.name, 256) + within("field value", &field.value, payload::FIELD_VALUE);
        }
        sum += embed.footer.as_ref().map_or(0, |footer| within("footer", &footer.text, payload::FOOTER));
    }
    let mut ids = HashSet::new();
    for button in body.components.iter().flat_map(|row| &row.components) {
        within("label", &button.label, payload::LABEL);
        within("custom_id", &button.custom_id, payload::CUSTOM_ID);
        ids.insert(&button.custom_id);
    }
    let buttons = body.components.iter().map(|row| row.components.len());
    if buttons.clone().any(|count| count == 0 || count > payload::BUTTONS_IN_ROW)
        || body.components.len() > payload::ROWS
        || ids.len() != buttons.sum::<usize>()
    {
        broken.push("rows".to_owned());
    }
    if sum > payload::EMBEDS
        || body.embeds.len() > 1
        || body.embeds.iter().any(|embed| embed.color.is_some_and(|colour| colour > 0x00FF_FFFF))
    {
        broken.push(format!("embeds: {sum}"));
    }
    broken
}

/// Whether a text could ping or lead somewhere.
fn is_tame(text: &str) -> bool {
    let bare = text.replace(r"\<", "").replace("](https://", "](").replace("](http://", "](");
    !bare.contains("@everyone") && !bare.contains("@here") && !bare.contains("<@") && !bare.contains("https://")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reply_keeps_every_limit(reply in any_reply(), target in proptest::option::of(1..u64::MAX)) {
        let body = message(&reply, target);
        prop_assert_eq!(broken(&body), Vec::<String>::new());
    }

    #[test]
    fn no_text_of_a_reply_pings_or_links(reply in any_reply()) {
        let body = message(&reply, None);
        prop_assert!(is_tame(&body.content), "{}", body.content);
        for embed in &body.embeds {
            prop_assert!(is_tame(&embed.description), "{}", embed.description);
            for field in &embed.fields {
                prop_assert!(is_tame(&field.value), "{}", field.value);
            }
        }
        let sent = serde_json::to_value(&body).unwrap();
        prop_assert_eq!(&sent["allowed_mentions"], &serde_json::json!({ "parse": [], "replied_user": false }));
    }
}
