//! What people ask, and what they must be told.

use mabel::answer::Outcome;

use crate::support::{ask, engine, read};

#[track_caller]
fn answers(question: &str, entry: &str, says: &[&str]) {
    let reply = ask(question);
    assert_eq!((reply.outcome, reply.entry.as_ref().map(ToString::to_string).as_deref()), (Outcome::Answer, Some(entry)), "{question}");
    let text = read(question);
    for words in says {
        assert!(text.contains(words), "{question}: lacks {words:?} in\n{text}");
    }
    assert!(!reply.sources.is_empty() && reply.as_of.is_some(), "{question}: no source or no date");
}

#[test]
fn scope_in_a_state_names_state_rule_citation_and_whom_to_ask() {
    answers(
        "can an MA give injections in California?",
        "scope.injections",
        &["California: allowed, with conditions", "10 clock hours", "2069", "board or regulator"],
    );
    answers("can mas start an IV in texas", "scope.iv", &["Texas: it depends", "supervising provider"]);
    answers("can an MA in MA give vaccines", "scope.vaccines", &["Massachusetts: allowed, with conditions"]);
}

#[test]
fn pay_names_the_figures_and_their_year() {
    answers("what is the median pay for an MA in Ohio?", "pay.by-state", &["Ohio", "$20.58", "$42,810", "May 2025"]);
    // What the job is and what it pays are two entries; either answers this.
    let text = read("MA or CNA, who earns more?");
    assert!(text.contains("$45,690") && text.contains("$42,260"), "{text}");
}

#[test]
fn a_year_that_the_answer_speaks_of_is_not_said_to_be_missing() {
    let missing = &engine().knowledge().texts.no_figure;
    assert!(read("what is the median MA pay in 2040").contains(missing));
    let text = read("how many MA jobs will there be in 2035");
    assert!(text.contains("2035") && !text.contains(missing), "{text}");
}

#[test]
fn a_wage_is_placed_among_what_others_earn_there() {
    answers(
        "is $24 an hour in Seattle good?",
        "pay.offer",
        &["$24.00 an hour in Seattle", "between the 10th percentile and the 25th percentile"],
    );
    answers(
        "they offered me 50k a year as an MA, is that fair",
        "pay.offer",
        &["$24.04 an hour", "between the 75th percentile and the 90th percentile"],
    );
}

#[test]
fn an_old_figure_is_told_with_its_year_and_what_holds_now() {
    let text = read("what was the median pay in 2018?");
    assert!(text.starts_with("In May 2018: The national median was $33,610"), "{text}");
    assert!(text.contains("$45,690"), "{text}");
}

#[test]
fn what_no_assistant_may_do_is_said_first() {
    let text = read("may MAs diagnose?");
    assert!(text.starts_with("An MA may not diagnose in any state"), "{text}");
}

#[test]
fn two_states_are_answered_side_by_side() {
    let text = read("can mas give shots in tx or ok");
    assert!(text.contains("Texas") && text.contains("Oklahoma"), "{text}");
}

#[test]
fn what_is_set_aside_is_not_asked_about() {
    let facets =
        |question: &str| ask(question).facets.into_iter().map(|(facet, values)| (facet.to_string(), values.len())).collect::<Vec<_>>();
    let one_state = vec![("state".to_owned(), 1)];
    for (question, says) in [
        ("besides injections what can MAs do in Texas", "Texas: MAs are not named"),
        ("what may an MA do in texas other than giving shots or starting IVs", "Texas: MAs are not named"),
        ("im not in florida anymore, what can an ma do in texas", "Texas: MAs are not named"),
    ] {
        assert_eq!(facets(question), one_state, "{question}");
        assert!(read(question).starts_with(says), "{question}: {}", read(question));
    }
    assert!(read("how much do MAs make outside of California").starts_with("The national median"));
    assert!(read("is botox legal for an ma in florida, not texas").starts_with("Florida"));
    // "Not" denies, it does not set aside, unless another value stands beside it.
    assert!(facets("why can MAs not draw blood").iter().any(|(facet, _)| facet == "task"));
}

#[test]
fn a_percentile_is_read_in_a_sentence() {
    assert!(read("75th percentile pay for MAs in ohio").contains("Ohio $22.25 an hour"));
    assert!(read("what does the top 10% of MAs make in denver").contains("more than $29.12"));
    assert!(read("whats the 75th percentile ma wage").contains("$23.65"));
    let both = read("25th and 75th percentile ma pay in ohio");
    assert!(both.contains("$22.25") && both.contains("$18.30"), "{both}");
    assert!(read("top 10 states for ma pay").starts_with("Washington pays the most"));
}

#[test]
fn emergencies_get_the_number_and_no_advice() {
    let reply = ask("my chest hurts, what should I do");
    assert_eq!(reply.outcome, Outcome::Safety);
    assert!(reply.lead.contains("911"));
    assert!(reply.entry.is_none() && reply.choices.is_empty());
}

#[test]
fn la_is_both_a_state_and_a_city_until_the_rest_tells_which() {
    for (question, named, left_out) in [
        ("can MAs in LA give shots", &["Louisiana", "California"][..], None),
        ("can MAs give shots in New Orleans, LA", &["Louisiana"], Some("California")),
        ("i'm in LA, CA, can MAs give shots", &["California"], Some("Louisiana")),
    ] {
        let reply = ask(question);
        assert!(named.iter().all(|state| reply.lead.contains(state)), "{question}: {}", reply.lead);
        assert!(!left_out.is_some_and(|state| reply.lead.contains(state)), "{question}: {}", reply.lead);
    }
}

#[test]
fn a_city_in_another_state_than_the_one_named_brings_its_own() {
    for (question, named, left_out) in [
        ("moving from ohio to denver, can MAs give injections there", &["Ohio", "Colorado"][..], None),
        ("i am from texas, can MAs in seattle draw blood", &["Texas", "Washington"], None),
        ("can MAs give shots in columbus georgia", &["Georgia"], Some("Ohio")),
        ("can MAs give shots in Columbus, in Georgia", &["Georgia"], Some("Ohio")),
        ("can MAs in denver colorado give injections", &["Colorado"], None),
        ("can MAs give injections in ohio and in denver", &["Ohio", "Colorado"], Some("Indiana")),
    ] {
        let reply = ask(question);
        assert!(named.iter().all(|state| reply.lead.contains(state)), "{question}: {}", reply.lead);
        assert!(!left_out.is_some_and(|state| reply.lead.contains(state)), "{question}: {}", reply.lead);
    }
}

#[test]
fn a_guard_gives_way_where_the_work_is_surely_meant() {
    for (question, entry) in [
        ("do I need the doc in the building for me to give vaccines", "supervision.on-site"),
        ("how much notice should i give when i leave my MA job", "workplace.resign"),
    ] {
        assert_eq!(ask(question).entry.map(|entry| entry.to_string()).as_deref(), Some(entry), "{question}");
    }
    // Of the work too, but somebody is hurt, or the words are not all known.
    for question in
        ["do i need stitches, cut my finger on a glass slide in lab", "the ppd is 9mm and red, do i read that as positive for this nurse"]
    {
        assert_eq!(ask(question).outcome, Outcome::Safety, "{question}");
    }
}

#[test]
fn what_is_not_hers_is_declined() {
    for question in ["how do I bake bread", "what is the weather in seattle", "who won the world series"] {
        let reply = ask(question);
        assert_eq!(reply.outcome, Outcome::NoMatch, "{question}: {}", reply.lead);
    }
}

#[test]
fn what_is_too_vague_is_asked_back_with_choices() {
    let reply = ask("how much?");
    assert_eq!(reply.outcome, Outcome::Clarify);
    assert!(reply.choices.len() >= 2);
}

#[test]
fn an_empty_question_gets_a_kind_word() {
    for question in ["", "   ", "😭", "<@123>", "\u{200b}", "```\n```", "https://example.org"] {
        let reply = ask(question);
        assert_eq!(reply.outcome, Outcome::Clarify, "{question:?}");
        assert!(!reply.lead.is_empty());
    }
}

#[test]
fn spelling_and_shorthand_do_not_matter() {
    for question in
        ["can a md asst give flu shots in califronia", "CAN MA'S GIVE FLU SHOTS IN CALIFORNIA???", "can MAs give flu shots in cali"]
    {
        let text = read(question);
        assert!(text.starts_with("California: allowed, with conditions"), "{question}: {text}");
    }
}
