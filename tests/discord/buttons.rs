//! Buttons and selects: of the asker and of others, after a restart, and from other versions.

use mabel::sandbox::{Message, ResponseKind};
use mabel::store::Tally;
use serde_json::json;

use crate::stage::{SOON, Stage, button, labels, seen};

#[tokio::test]
async fn a_choice_of_the_asker_takes_the_place_of_the_choices() {
    let stage = Stage::set().await;
    let (_, asked_back) = stage.asked("how much").await;
    assert!(asked_back.content.starts_with("How much of what?") && labels(&asked_back).len() == 3, "{}", asked_back.content);
    let pressed = stage.sandbox.press(stage.at.ada, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    let response = pressed.response(SOON).await.unwrap();
    assert_eq!(response.kind, ResponseKind::Update);
    assert!(response.text().contains("$21.50"));
    assert!(stage.message(asked_back.id).unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_choice_of_somebody_else_is_answered_to_them_alone() {
    let stage = Stage::set().await;
    let (_, asked_back) = stage.asked("how much").await;
    let pressed = stage.sandbox.press(stage.at.ben, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    let response = pressed.response(SOON).await.unwrap();
    assert_eq!((response.kind, response.ephemeral), (ResponseKind::Message, true));
    assert!(stage.message(asked_back.id).unwrap().content.starts_with("How much of what?"), "the question back has gone");
    stage.over().await;
}

#[tokio::test]
async fn the_asker_of_a_command_is_known_too() {
    let stage = Stage::set().await;
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "how much" })).await.unwrap();
    let message = asked.response(SOON).await.unwrap().message.unwrap();
    let by_other = stage.sandbox.press(stage.at.ben, message.id, &button(&message, "1.")).await.unwrap();
    assert_eq!(by_other.response(SOON).await.unwrap().kind, ResponseKind::Message);
    let by_asker = stage.sandbox.press(stage.at.ada, message.id, &button(&message, "1.")).await.unwrap();
    assert_eq!(by_asker.response(SOON).await.unwrap().kind, ResponseKind::Update);
    stage.over().await;
}

#[tokio::test]
async fn a_related_answer_is_read_in_private() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    let read = stage.chose(stage.at.ada, &answer, "Related questions", "earn").await;
    assert!(read.is_ephemeral() && read.content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn the_other_question_of_a_message_is_answered_in_private() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots and how much do they earn").await;
    let other = stage.pressed(stage.at.ada, &answer, "You also asked: How much do medical assistants earn").await;
    assert!(other.is_ephemeral() && other.content.contains("$21.50"), "{}", other.content);
    stage.over().await;
}

#[tokio::test]
async fn more_opens_the_answer_for_the_asker_and_a_private_one_for_others() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    assert!(!seen(&answer).contains("the order of a provider"));
    let others = stage.pressed(stage.at.ben, &answer, "More").await;
    assert!(others.is_ephemeral() && seen(&others).contains("the order of a provider"));
    assert!(!seen(&stage.message(answer.id).unwrap()).contains("the order of a provider"));
    let own = stage.pressed(stage.at.ada, &answer, "More").await;
    assert!(own.id == answer.id && seen(&own).contains("the order of a provider"));
    assert!(!labels(&own).iter().any(|label| label == "More") && labels(&own).iter().any(|label| label == "Delete"));
    stage.over().await;
}

#[tokio::test]
async fn sources_are_shown_in_full_to_who_asks_for_them() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    let sources = stage.pressed(stage.at.ada, &answer, "Sources").await;
    assert!(sources.is_ephemeral() && sources.content.contains("secondary source, less certain, as of 2020"), "{}", sources.content);
    stage.over().await;
}

#[tokio::test]
async fn a_state_is_chosen_after_a_national_answer() {
    let stage = Stage::set().await;
    for (question, answer) in [("can MAs give shots", "Texas: yes, for injections."), ("MA pay", "In Texas the median is $19.25")] {
        let (_, national) = stage.asked(question).await;
        // Somebody else gets the question and the answer alone.
        let asked = stage.pressed(stage.at.ben, &national, "Where do you work?").await;
        assert!(asked.is_ephemeral() && asked.content == "Where do you work?");
        let told = stage.chose(stage.at.ben, &asked, "Where do you work?", "Texas").await;
        assert!(told.id == asked.id && told.content.starts_with(answer), "{}", told.content);
        // For the asker the answer itself changes.
        let asking = stage.pressed(stage.at.ada, &national, "Where do you work?").await;
        assert!(asking.id == national.id && asking.content == national.content);
        let selects = asking.controls().iter().filter(|control| control["type"] == 3).count();
        assert_eq!(selects, 2, "33 states fit into two selects");
        let closer = stage.chose(stage.at.ada, &asking, "Where do you work?", "Texas").await;
        assert!(closer.id == national.id && closer.content.starts_with(answer) && !closer.is_ephemeral());
        assert!(!labels(&closer).iter().any(|label| label == "Where do you work?"), "it is known by now");
    }
    stage.over().await;
}

#[tokio::test]
async fn a_state_chosen_from_a_menu_can_still_be_posted() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    let asking = stage.pressed(stage.at.ben, &private, "Where do you work?").await;
    let closer = stage.chose(stage.at.ben, &asking, "Where do you work?", "Ohio").await;
    stage.sandbox.press(stage.at.ben, closer.id, &button(&closer, "Post it")).await.unwrap();
    let posted = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(posted.content.starts_with("Ohio: no") && posted.reference.map(|reference| reference.message_id) == Some(question.id));
    stage.over().await;
}

#[tokio::test]
async fn a_vote_counts_once_a_person_and_answer_and_without_the_person() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("MA pay").await;
    for (person, label, says) in [
        (stage.at.ada, "Helpful", "Thank you. Your vote is counted"),
        (stage.at.ada, "Not helpful", "counted already"),
        (stage.at.ben, "Not helpful", "Thank you for telling"),
    ] {
        let pressed = stage.sandbox.press(person, answer.id, &exact(&answer, label)).await.unwrap();
        let response = pressed.response(SOON).await.unwrap();
        assert!(response.ephemeral && response.text().contains(says), "{label}: {}", response.text());
    }
    assert_eq!(stage.tally("pay.national").await, Tally { helpful: 1, not_helpful: 1 });
    let (_, other) = stage.asked("can MAs give shots").await;
    stage.sandbox.press(stage.at.ada, other.id, &exact(&other, "Helpful")).await.unwrap().response(SOON).await.unwrap();
    assert_eq!(stage.tally("scope.injections").await, Tally { helpful: 1, not_helpful: 0 });
    stage.over().await;
}

#[tokio::test]
async fn an_answer_is_deleted_by_who_asked_and_by_moderators_alone() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("MA pay").await;
    let refused = stage.pressed(stage.at.ben, &answer, "Delete").await;
    assert!(refused.is_ephemeral() && refused.content.contains("Only the person who asked"));
    stage.sandbox.press(stage.at.ada, answer.id, &button(&answer, "Delete")).await.unwrap();
    stage.gone(answer.id).await;
    // It stays away, whatever becomes of the question.
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    let by_command = stage.used(stage.at.ada, "ask", json!({ "question": "MA pay" })).await;
    stage.sandbox.press(stage.at.moderator, by_command.id, &button(&by_command, "Delete")).await.unwrap();
    stage.gone(by_command.id).await;
    let (_, direct) = {
        let question = stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay").await.unwrap();
        (question, stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap())
    };
    stage.sandbox.press(stage.at.ada, direct.id, &button(&direct, "Delete")).await.unwrap();
    stage.gone(direct.id).await;
    assert_eq!(stage.answers_in(stage.at.general), 1, "the refusal that Ben alone sees");
    stage.over().await;
}

#[tokio::test]
async fn a_posted_answer_is_deleted_by_who_had_it_posted_even_after_it_changed() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    stage.sandbox.press(stage.at.ben, private.id, &button(&private, "Post it")).await.unwrap();
    let posted = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    let opened = stage.pressed(stage.at.ada, &posted, "More").await;
    stage.sandbox.press(stage.at.ben, opened.id, &button(&opened, "Delete")).await.unwrap();
    stage.gone(posted.id).await;
    stage.over().await;
}

#[tokio::test]
async fn topics_lead_to_questions_and_those_to_answers() {
    let stage = Stage::set().await;
    let topics = stage.used(stage.at.ada, "topics", json!({})).await;
    let questions = stage.chose(stage.at.ben, &topics, "See the questions of a topic", "Pay").await;
    assert!(questions.is_ephemeral() && questions.content.contains("2 questions"), "{}", questions.content);
    let answer = stage.chose(stage.at.ben, &questions, "Pay", "United States").await;
    assert!(answer.is_ephemeral() && answer.content.contains("$21.50"));
    stage.over().await;
}

/// The `custom_id` of the button that says exactly so.
fn exact(message: &Message, label: &str) -> String {
    let control = message.controls().into_iter().find(|control| control["label"] == label).unwrap();
    control["custom_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_button_works_after_a_restart() {
    let stage = Stage::set().await;
    let (_, asked_back) = stage.asked("how much").await;
    let stage = stage.restart().await;
    let pressed = stage.sandbox.press(stage.at.ada, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    assert!(pressed.response(SOON).await.unwrap().text().contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_choice_from_a_menu_can_still_be_posted() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "how much").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let asked_back = used.response(SOON).await.unwrap().message.unwrap();
    assert!(!labels(&asked_back).iter().any(|label| label == "Post it"));
    let pressed = stage.sandbox.press(stage.at.ben, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    let answer = pressed.response(SOON).await.unwrap().message.unwrap();
    stage.sandbox.press(stage.at.ben, answer.id, &button(&answer, "Post it")).await.unwrap();
    assert!(stage.sandbox.next_message(stage.at.general, SOON).await.unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_button_of_another_version_is_answered_with_a_word() {
    let stage = Stage::set().await;
    for custom_id in
        ["0:entry:pay.national", "whatever", "1:c:no.more:", "1:m:no.more:", "1:n:pay.by-state::state:0", "1:c:pay.natio", "1:h:"]
    {
        // As an older Mabel posted it.
        let old = stage.posted_with(custom_id).await;
        let pressed = stage.sandbox.press(stage.at.ada, old.id, custom_id).await.unwrap();
        let response = pressed.response(SOON).await.unwrap();
        assert!(response.ephemeral && response.text().contains("Please ask again"), "{custom_id}: {}", response.text());
    }
    stage.over().await;
}
