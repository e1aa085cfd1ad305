//! A server's own answers: added, changed, removed, listed by curators; given in that server alone.

use mabel::sandbox::{Message, ResponseKind};
use serde_json::{Value, json};

use crate::stage::{SOON, Stage, drawn, drawn_modal, labels};

/// Sends the form that `/own` opens; gives what comes of it.
async fn sent(stage: &Stage, options: Value, fields: Value) -> Message {
    let opened = stage.sandbox.slash(stage.at.moderator, stage.at.general, "own", options).await.unwrap();
    assert_eq!(opened.response(SOON).await.unwrap().kind, ResponseKind::Modal);
    let sent = stage.sandbox.submit_modal(&opened, fields).await.unwrap();
    sent.response(SOON).await.unwrap().message.unwrap()
}

async fn added(stage: &Stage, question: &str, wordings: &str, answer: &str) -> Message {
    sent(stage, json!({ "add": {} }), json!({ "question": question, "wordings": wordings, "answer": answer })).await
}

/// What is offered for the answer of that name.
async fn offered(stage: &Stage, person: mabel::sandbox::Id, typed: &str) -> Vec<Value> {
    let options = json!({ "edit": { "answer": typed } });
    stage.sandbox.autocomplete(person, stage.at.general, "own", options, "answer", SOON).await.unwrap()
}

#[tokio::test]
async fn an_own_answer_is_added_by_a_form_and_given_in_its_server_alone() {
    let stage = Stage::set().await;
    let opened = stage.sandbox.slash(stage.at.moderator, stage.at.general, "own", json!({ "add": {} })).await.unwrap();
    insta::assert_snapshot!("form_of_an_own_answer", drawn_modal(&opened.response(SOON).await.unwrap().modal.unwrap()));
    let taken = added(
        &stage,
        "Where do I park at Brightpoint?",
        "parking lot for staff\n\n  parking permit  ",
        "Lot B. The form is at https://example.org/parking_form, not [here](https://evil.example).",
    )
    .await;
    insta::assert_snapshot!("an_own_answer_was_added", drawn(&taken));
    let (_, answer) = stage.asked("where do i park at brightpoint?").await;
    insta::assert_snapshot!("an_own_answer", drawn(&answer));
    assert_eq!(labels(&answer), ["Delete"]);
    let by_command = stage.used(stage.at.ada, "ask", json!({ "question": "parking permit" })).await;
    assert!(by_command.content.starts_with("Lot B."), "{}", by_command.content);
    // Another server, and none at all.
    let (guild, channel) = stage.sandbox.add_guild("Another Clinic");
    stage.sandbox.join(guild, stage.at.ada, &[]);
    for place in [channel, stage.at.ada_direct] {
        stage.sandbox.post(place, stage.at.ada, &format!("{} where do i park at brightpoint?", stage.mention())).await.unwrap();
        let answer = stage.sandbox.next_message(place, SOON).await.unwrap();
        assert!(!answer.content.contains("Lot B"), "{}", answer.content);
    }
    stage.over().await;
}

#[tokio::test]
async fn own_answers_are_listed_changed_and_removed() {
    let stage = Stage::set().await;
    let none = stage.used(stage.at.moderator, "own", json!({ "list": {} })).await;
    assert!(none.is_ephemeral() && none.content.contains("no answers of its own yet"), "{}", none.content);
    for number in 1..=7 {
        added(&stage, &format!("What is in cupboard number {number}?"), "", "Gloves.").await;
    }
    let list = stage.used(stage.at.moderator, "own", json!({ "list": {} })).await;
    insta::assert_snapshot!("the_list_of_own_answers", drawn(&list));
    let next = stage.pressed(stage.at.moderator, &list, "Next").await;
    assert!(next.id == list.id && next.content.contains("7. **What is in cupboard number 7?**"), "{}", next.content);
    let offers = offered(&stage, stage.at.moderator, "number 3").await;
    assert_eq!((offers.len(), &offers[0]["name"]), (1, &json!("What is in cupboard number 3?")));
    let id = offers[0]["value"].clone();
    let opened = stage.sandbox.slash(stage.at.moderator, stage.at.general, "own", json!({ "edit": { "answer": id } })).await.unwrap();
    let modal = opened.response(SOON).await.unwrap().modal.unwrap();
    assert_eq!(modal["components"][2]["components"][0]["value"], "Gloves.");
    let changed = stage.sandbox.submit_modal(&opened, json!({ "answer": "Masks." })).await.unwrap();
    assert!(changed.response(SOON).await.unwrap().text().starts_with("Changed."));
    assert!(stage.asked("what is in cupboard number 3?").await.1.content.starts_with("Masks."));
    // Removing asks first.
    let sure = stage.used(stage.at.moderator, "own", json!({ "remove": { "answer": id } })).await;
    insta::assert_snapshot!("asking_whether_to_remove", drawn(&sure));
    let kept = stage.pressed(stage.at.moderator, &sure, "Keep it").await;
    assert!(kept.content.contains("Nothing was removed") && kept.components.is_empty());
    let sure = stage.used(stage.at.moderator, "own", json!({ "remove": { "answer": id } })).await;
    let removed = stage.pressed(stage.at.moderator, &sure, "Remove").await;
    assert!(removed.content.starts_with("Removed: What is in cupboard number 3?"), "{}", removed.content);
    assert!(!stage.asked("what is in cupboard number 3?").await.1.content.starts_with("Masks."));
    let gone = stage.used(stage.at.moderator, "own", json!({ "edit": { "answer": id } })).await;
    assert!(gone.content.contains("There is no such answer"), "{}", gone.content);
    stage.over().await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_with_the_text_and_what_is_doubtful_as_a_warning() {
    let stage = Stage::set().await;
    let refused = added(&stage, "Who is on call? @everyone", "???", "Ask <@123>.").await;
    insta::assert_snapshot!("an_own_answer_was_refused", drawn(&refused));
    let stopped = added(&stage, "My chest hurts", "", "Sit down.").await;
    assert!(stopped.content.contains("It would never be seen"), "{}", stopped.content);
    assert!(added(&stage, "What is in the cupboard?", "", "Gloves.").await.content.starts_with("Added."));
    let warned =
        added(&stage, "What is in the big cupboard?", "what is in the cupboard\ncan MAs give shots\nhelp my chest hurts", "Masks.").await;
    insta::assert_snapshot!("an_own_answer_with_warnings", drawn(&warned));
    // The guard speaks all the same.
    assert!(stage.asked("help my chest hurts").await.1.content.contains("call 911"));
    stage.over().await;
}

#[tokio::test]
async fn only_curators_look_after_them_and_there_are_fifty_at_most() {
    let stage = Stage::set().await;
    let refused = stage.used(stage.at.ben, "own", json!({ "list": {} })).await;
    assert!(refused.is_ephemeral() && refused.content.contains("Only curators"), "{}", refused.content);
    assert!(offered(&stage, stage.at.ben, "").await.is_empty());
    let role = stage.sandbox.world(|world| world.guild(stage.at.guild).unwrap().roles[0].id);
    let page = stage.opened("Curators").await;
    stage.chose_ids(&page, &[role]).await;
    // Everybody has that role but, as Discord has it, it is not listed with them; a role of one's own is.
    assert!(stage.used(stage.at.ben, "own", json!({ "list": {} })).await.content.contains("Only curators"));
    let page = stage.opened("Curators").await;
    stage.chose_ids(&page, &[stage.at.moderator_role]).await;
    stage.sandbox.change_guild(stage.at.guild, |guild| {
        guild.roles.iter_mut().find(|role| role.name == "Moderators").unwrap().permissions &= !(1 << 5);
        guild.members.insert(stage.at.ben, vec![stage.at.moderator_role]);
    });
    assert!(stage.used(stage.at.ben, "own", json!({ "list": {} })).await.content.contains("no answers of its own yet"));
    for number in 0..50 {
        let opened = stage.sandbox.slash(stage.at.ben, stage.at.general, "own", json!({ "add": {} })).await.unwrap();
        assert_eq!(opened.response(SOON).await.unwrap().kind, ResponseKind::Modal, "{number}");
        let fields = json!({ "question": format!("What is code number {number}?"), "wordings": "", "answer": "Gloves." });
        let sent = stage.sandbox.submit_modal(&opened, fields).await.unwrap();
        assert!(sent.response(SOON).await.unwrap().text().starts_with("Added."), "{number}");
    }
    let full = stage.used(stage.at.ben, "own", json!({ "add": {} })).await;
    assert!(full.content.contains("50 answers of its own"), "{}", full.content);
    stage.over().await;
}
