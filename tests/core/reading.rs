//! However a question is dressed, it is the same question: markup, odd letters, slips of the finger, chatter around it.

use crate::support::ask;

#[track_caller]
fn all_mean(entry: &str, questions: &[&str]) {
    let other: Vec<String> = questions
        .iter()
        .map(|question| (question, ask(question).entry))
        .filter(|(_, found)| found.as_ref().is_none_or(|found| found.as_str() != entry))
        .map(|(question, found)| format!("{question:?} found {found:?}"))
        .collect();
    assert!(other.is_empty(), "not {entry}:\n{}", other.join("\n"));
}

#[test]
fn markup_says_nothing() {
    all_mean(
        "pay.by-state",
        &[
            "how much do **medical assistants** make in *texas*?",
            "__how much__ do ~~the~~ medical assistants make in texas",
            "> how much do medical assistants make in texas",
            "# how much do medical assistants make in texas",
            "- how much do medical assistants make in texas",
            "||how much do medical assistants make in texas||",
            "<@1098237465012345678> how much do medical assistants make in texas",
            "how much do medical assistants make in texas <a:thinking:112233445566778899> <:hm:12> 🤔🙏🏽",
            "<#1098237465012345678> <@&109823746501234567> how much do medical assistants make in texas @everyone",
            "`how much do medical assistants make in texas`",
            "```\nhow much do medical assistants make in texas\n```",
            "how much do [medical assistants](https://example.org/ma) make in texas",
            "how much do medical assistants make in texas https://example.org/nurse-pay-california",
            "how much do medical assistants make in texas <https://example.org/a?b=c>",
            "how much do medical assistants make in texas <t:1700000000:R>",
        ],
    );
}

#[test]
fn letters_of_any_form_are_read() {
    all_mean(
        "pay.by-state",
        &[
            "HOW MUCH DO MEDICAL ASSISTANTS MAKE IN TEXAS???",
            "ｈｏｗ ｍｕｃｈ ｄｏ ｍｅｄｉｃａｌ ａｓｓｉｓｔａｎｔｓ ｍａｋｅ ｉｎ ｔｅｘａｓ",
            "𝗵𝗼𝘄 𝗺𝘂𝗰𝗵 𝗱𝗼 𝗺𝗲𝗱𝗶𝗰𝗮𝗹 𝗮𝘀𝘀𝗶𝘀𝘁𝗮𝗻𝘁𝘀 𝗺𝗮𝗸𝗲 𝗶𝗻 𝘁𝗲𝘅𝗮𝘀",
            "hów mùch dö médical assistants mäke in téxas",
            "how much do me\u{200b}dical assist\u{200d}ants make in te\u{feff}xas",
            "how much do mediсal аssistants mаke in tеxas",
            "how much do \u{201c}medical assistants\u{201d} make in texas\u{2026}",
            "how much do medical\u{a0}assistants make in\u{2003}texas",
            "how much do medical assi\u{ad}stants make in texas",
        ],
    );
}

#[test]
fn short_forms_of_chat_are_read() {
    all_mean(
        "overview.what",
        &["whats a medical assistant", "what’s a medical assistant", "wuts a medical assistant", "what s a medical assistant"],
    );
    all_mean("pay.by-state", &["how much does a med asst make in tx", "pls how much do MAs make in texas thx"]);
    all_mean("pay.national", &["how much do MAs make rn", "how much do medical assistants make rn?"]);
    all_mean("comparison.rn", &["ma vs rn", "whats the difference between an ma and an rn"]);
}

#[test]
fn slips_of_the_finger_are_mended() {
    all_mean(
        "pay.by-state",
        &[
            "how much do edical assistants make in texas",
            "howmuch do medicalassistants make in texas",
            "how mcuh do medcial asistants amke in texsa",
            "how much do medi cal assis tants make in texas",
            "xalary of medical assistants in texas",
            "how much do medical assisstents make in texas",
        ],
    );
    all_mean("scope.injections", &["can MAs give njections", "can medical assistants give injectoins", "can mas give injectons"]);
}

#[test]
fn the_question_is_found_in_the_chatter() {
    all_mean(
        "pay.by-state",
        &[
            "Hi everyone! I am new here and so happy to have found this server. My cousin told me about it. How much do medical assistants make in Texas? Thanks in advance, you are all great!",
            "ok so long story. i moved last month and my old job was retail.\nhow much do medical assistants make in texas\nanyway have a nice day",
        ],
    );
}

/// The values of a facet that a question names.
fn named(facet: &str, question: &str) -> Vec<String> {
    let facets = ask(question).facets;
    let values = facets.iter().find(|(named, _)| named.as_str() == facet).map(|(_, values)| values.as_slice());
    values.unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn an_article_behind_a_credential_is_no_part_of_its_name() {
    assert_eq!(named("credential", "is the CCMA a hard test"), ["ccma"]);
    assert_eq!(named("credential", "do people fail the ccma a lot"), ["ccma"]);
    assert_eq!(named("credential", "how long is the CCMA-A valid"), ["ccbma"]);
}

#[test]
fn a_word_in_capitals_is_no_state_where_it_stands_as_a_word() {
    for question in [
        "is it OK for an MA to give shots",
        "Is it OK that my doctor is out when I inject",
        "am I OK to do EKGs as an MA",
        "can an MA assist in the OR during surgery",
        "can an MA give shots OR draw blood",
        "is it legal for ME to give injections",
        "does my CO worker need to be certified",
        "do i need a photo ID for the CMA exam",
        "can MAs with an MS degree earn more",
        "no MD ever here, just an NP, is that ok",
        "medical assistant (MA) pay",
        "I am a medical assistant (MA), may I give injections?",
        "can a physician assistant (PA) supervise MAs",
        "in MA school, do i learn to give shots",
    ] {
        assert_eq!(named("state", question), Vec::<String>::new(), "{question}");
    }
    for (question, expected) in [
        ("can an MA in OK give shots", &["OK"][..]),
        ("can MAs give injections OK", &["OK"]),
        ("injections OK or TX", &["OK", "TX"]),
        ("injections TX or OK", &["TX", "OK"]),
        ("what is the pay in an office, OR?", &["OR"]),
        ("medical assistant wages OR", &["OR"]),
        ("moved to ME last month, can i still do IM injections here as an MA", &["ME"]),
        ("can OH clinics let MAs give shots", &["OH"]),
        ("can MAs in Boston (MA) give shots", &["MA"]),
        ("can a medical assistant in Oregon (OR) give shots", &["OR"]),
        ("are there many MA schools in MA", &["MA"]),
    ] {
        assert_eq!(named("state", question), expected, "{question}");
    }
}
