use proptest::prelude::*;

use super::*;
use crate::answer::{Assumed, Open, Outcome};
use crate::discord::payload::File;
use crate::knowledge::{AsOf, EntryId, FacetId, Language, SourceId, Span, Translated, ValueId, Values};
use crate::own::OwnMark;

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "\\PC{0,30}",
        1 => "[\\PC\\n]{0,90}",
        1 => ("\\PC{1,40}", 1_usize..200).prop_map(|(text, times)| text.repeat(times)),
        1 => Just(String::new()),
        1 => Just("@everyone <@1> **bold** https://example.org [x](y) \n# big".to_owned()),
    ]
}

fn any_translated() -> impl Strategy<Value = Translated> {
    let translations = prop::collection::btree_map(prop::sample::select(vec!["es", "fr"]), any_text(), 0..2);
    (any_text(), translations).prop_map(|(own, others)| {
        let others = others.into_iter().filter_map(|(code, text)| Some((Language::of(code)?, text)));
        Translated::new(own, others.collect())
    })
}

fn any_values() -> impl Strategy<Value = Values> {
    let values = prop::collection::vec("\\PC{0,30}".prop_map(|name| ValueId::from(name.as_str())), 0..4);
    prop::collection::btree_map("[a-z]{1,9}".prop_map(|name| FacetId::from(name.as_str())), values, 0..4)
}

fn any_choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = (any_text(), "[a-z.]{0,70}", any_values());
    prop::collection::vec(choice.prop_map(|(label, entry, facets)| Choice { label, entry: EntryId::from(entry.as_str()), facets }), 0..27)
}

fn any_date() -> impl Strategy<Value = AsOf> {
    let written = prop_oneof![Just("2026-01-15"), Just("c. 2021"), Just("2025-05"), Just("undated, seen 2026-11-21")];
    written.prop_map(|written| written.parse().unwrap())
}

fn any_dates() -> impl Strategy<Value = Vec<AsOf>> {
    prop::collection::vec(any_date(), 0..4)
}

fn any_sources() -> impl Strategy<Value = Vec<Citation>> {
    let url = proptest::option::of(prop_oneof!["https://[a-z./()]{1,40}", "https://[a-z/]{400,600}", any_text()]);
    let source = (any_text(), any_text(), url, any_date());
    prop::collection::vec(
        source.prop_map(|(title, publisher, url, as_of)| Citation { id: SourceId::from("s"), title, publisher, url, as_of }),
        0..6,
    )
}

fn any_open() -> impl Strategy<Value = Option<Open>> {
    let open = (any_translated(), "[a-z]{1,20}", "[a-z.]{1,70}");
    let open = open.prop_map(|(prompt, facet, entry)| Open { facet: FacetId::from(&*facet), prompt, entry: EntryId::from(&*entry) });
    proptest::option::of(open)
}

fn any_texts() -> impl Strategy<Value = Texts> {
    let all: Vec<Texts> = [Texts::english()].into_iter().chain(Texts::others()).collect();
    prop::sample::select(all)
}

fn any_show() -> impl Strategy<Value = Show> {
    let id = || proptest::option::of(1..u64::MAX);
    let picture = prop_oneof![Just(Pictured::Offered), Just(Pictured::Along), Just(Pictured::Never)];
    (any::<[bool; 4]>(), id(), id(), picture).prop_map(|([private, expanded, plain, unasked], target, owner, picture)| Show {
        private,
        target,
        owner,
        expanded,
        plain,
        unasked,
        picture,
    })
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let outcome = prop_oneof![Just(Outcome::Answer), Just(Outcome::Clarify), Just(Outcome::NoMatch), Just(Outcome::Safety)];
    let words = (any_translated(), proptest::option::of(any_text()), prop::collection::vec(any_translated(), 0..8), any_dates());
    let more =
        (proptest::option::of(any_translated()), proptest::option::of(any_translated()), proptest::option::of(any::<u32>()), any_values());
    let place = (proptest::option::of((any_text(), any_text())), any::<bool>(), any::<bool>());
    (outcome, words, more, any_sources(), [any_choices(), any_choices(), any_choices()], any_open(), place).prop_map(
        |(outcome, words, more, sources, [choices, related, others], open, (assumed, is_own, has_picture))| Reply {
            outcome,
            topic: None,
            topic_title: None,
            colour: more.2,
            entry: Some(EntryId::from("scope.injections")),
            question: None,
            facets: more.3,
            assumed: assumed.into_iter().map(|(facet, value)| Assumed { facet, value }).collect(),
            confidence: 1.0,
            lead: words.0,
            detail: words.1,
            caveats: words.2,
            sources,
            as_of: Span::of(&words.3),
            stale: more.0,
            choices,
            open,
            other: others.into_iter().next(),
            related,
            guard: None,
            disclaimer: more.1,
            own: is_own.then_some(OwnMark { id: 1, changed: jiff::civil::date(2026, 11, 21) }),
            has_picture,
        },
    )
}

/// Whether a text could ping or lead somewhere.
fn is_tame(text: &str) -> bool {
    let bare = text.replace(r"\<", "").replace("](<", "](").replace("](https://", "](").replace("](http://", "](");
    !bare.contains("@everyone") && !bare.contains("@here") && !bare.contains("<@") && !bare.contains("https://")
}

/// Every message that a reply can become.
fn messages(reply: &Reply, show: &Show, values: &[(ValueId, String)], texts: Texts) -> [Body; 3] {
    let alt = reply.detail.as_deref().filter(|_| reply.has_picture && show.picture == Pictured::Along);
    let drawn = || alt.map(|alt| File::new("a.png", alt, []));
    let [said, asked] = [message(reply, show, texts), asking(reply, show, values, texts)].map(|body| body.with_picture(drawn()));
    [said, asked, asking_alone(reply, values, texts)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reply_keeps_every_limit(reply in any_reply(), show in any_show(), values in 0_usize..120, name in any_text(), texts in any_texts()) {
        let values: Vec<(ValueId, String)> = (0..values).map(|at| (ValueId::from(&*format!("v{at}")), format!("{at} {name}"))).collect();
        for body in messages(&reply, &show, &values, texts) {
            prop_assert_eq!(body.broken_limits(), Vec::<String>::new());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_a_reply_pings_or_links(reply in any_reply(), show in any_show(), texts in any_texts()) {
        // What somebody of the server wrote keeps its links.
        let reply = Reply { own: None, ..reply };
        for body in messages(&reply, &show, &[], texts) {
            prop_assert!(is_tame(&body.content), "{}", body.content);
            for embed in &body.embeds {
                prop_assert!(is_tame(&embed.description), "{}", embed.description);
                for field in &embed.fields {
                    prop_assert!(is_tame(&field.value), "{}", field.value);
                }
            }
            let sent = serde_json::to_value(&body).unwrap();
            prop_assert_eq!(&sent["allowed_mentions"], &serde_json::json!({ "parse": [], "replied_user": false }));
            prop_assert_eq!(body.flags.is_some(), show.private || sent["flags"] == 64);
        }
    }
}

#[test]
fn what_has_no_embed_says_the_same_in_its_text() {
    let source = Citation {
        id: SourceId::from("s"),
        title: "Rules".to_owned(),
        publisher: "A board".to_owned(),
        url: Some("https://example.org/rules".to_owned()),
        as_of: "2026-01-15".parse().unwrap(),
    };
    let reply = Reply {
        entry: Some(EntryId::from("scope.one")),
        detail: Some("In detail.".to_owned()),
        caveats: vec!["Rules differ.".into()],
        sources: vec![source],
        as_of: Span::of(&["2026-01-15".parse().unwrap()]),
        disclaimer: Some("No advice.".into()),
        ..Reply::fixed(Outcome::Answer, "Often.".to_owned())
    };
    let body = message(&reply, &Show { plain: true, ..Show::PUBLIC }, Texts::english());
    assert!(body.embeds.is_empty());
    let said = "Often.\n\n- Rules differ.\n\nAs of January 15, 2026.\n\nSources:\n- [Rules](<https://example.org/rules>) · A board, as of \
                January 15, 2026\n\n-# No advice.";
    assert_eq!(body.content, said);
    assert!(
        message(&reply, &Show { plain: true, expanded: true, ..Show::PUBLIC }, Texts::english()).content.contains("\n\nIn detail.\n\n")
    );
}
