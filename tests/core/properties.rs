//! Whatever is typed, the engine answers, and never throws it back.

use mabel::answer::{Question, View, plain};
use proptest::prelude::*;

use crate::support::{TODAY, engine};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_a_reply(text in "\\PC{0,300}") {
        let reply = engine().answer(&Question::new(text), &View::on(TODAY));
        prop_assert!(!reply.lead.is_empty());
    }

    #[test]
    fn nothing_typed_comes_back_as_a_ping(words in prop::collection::vec("(@everyone|@here|<@[0-9]{5}>|<@&7>|can|an|MA|shots|texas|`x`|\\*\\*b|[\u{202e}\u{200b}a-z]{1,6})", 0..20)) {
        let text = words.join(" ");
        let reply = engine().answer(&Question::new(text), &View::on(TODAY));
        let shown = plain::text(&reply);
        prop_assert!(!shown.contains("@everyone") && !shown.contains("@here") && !shown.contains("<@"), "{shown}");
    }

    #[test]
    fn any_bytes_of_the_odd_kind_are_read(text in "[\\x00-\\x1f\\x7f\u{200b}-\u{200f}\u{202a}-\u{202e}\u{e000}\u{1f600}-\u{1f64f}\u{5d0}-\u{5ea}a-c ]{0,200}") {
        let reply = engine().answer(&Question::new(text), &View::on(TODAY));
        let escaped = plain::text(&reply).contains('\u{1b}');
        prop_assert!(!escaped);
    }
}

#[test]
fn the_longest_text_is_read_to_its_end_or_cut() {
    for piece in ["can an MA give shots in texas ", "a", "( ", "💉", "\u{202e}x", "in or me ok hi ", "<@1>", "`", "[a](https://b) "] {
        let text: String = piece.chars().cycle().take(6_000).collect();
        let reply = engine().answer(&Question::new(text), &View::on(TODAY));
        assert!(!reply.lead.is_empty(), "{piece:?}");
    }
}

#[test]
fn a_long_list_of_names_is_not_read_to_its_end() {
    for piece in ["texas or ohio and ", "$24 an hour ", "$21,$22,$23k ", "rn lpn cna ", "injections in california in 2018 "] {
        let named = |length: usize| {
            let text: String = piece.chars().cycle().take(length).collect();
            let query = engine().explain(&Question::new(text), 1).query;
            (query.mentions.len(), query.terms.len())
        };
        let ((_, once), (mentions, twice)) = (named(3_000), named(6_000));
        assert!(mentions <= 120 && twice * 2 <= once * 5, "{piece:?}: {mentions} names; {once} terms, then {twice}");
    }
}

#[test]
fn the_same_question_gets_the_same_reply() {
    let again = mabel::engine::Engine::shipped().unwrap().0;
    for question in ["can MAs give shots in texas", "ma pay", "how much is the rma exam", "what do MAs do all day", "is it hard"] {
        let view = View::on(TODAY);
        assert_eq!(engine().answer(&Question::new(question), &view), again.answer(&Question::new(question), &view), "{question}");
    }
}
