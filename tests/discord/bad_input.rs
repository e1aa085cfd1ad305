//! What people and other programs send that nobody should: each interaction gets a word, and nothing is done that was not asked for.

use mabel::sandbox::{Id, permissions};
use serde_json::json;

use crate::stage::{SOON, Stage, button};

/// The numbers of kinds of channels: a voice channel, where people write too, and one that Discord may have some day.
const VOICE: u8 = 2;
const UNHEARD_OF: u8 = 99;

/// Somebody presses a button that brings back `custom_id`; gives what they are told, to them alone.
async fn told(stage: &Stage, person: Id, custom_id: &str) -> String {
    let message = stage.posted_with(custom_id).await;
    let pressed = stage.sandbox.press(person, message.id, custom_id).await.unwrap();
    let response = pressed.response(SOON).await.unwrap();
    assert!(response.ephemeral, "{custom_id}: others see {}", response.text());
    response.text()
}

#[tokio::test]
async fn buttons_that_were_forged_or_cut_are_met_with_a_word() {
    let stage = Stage::set().await;
    let old = "This button is from another version of me";
    let long = format!("1:m:{}:", "x".repeat(90));
    for custom_id in [
        "press",
        "1",
        "1:m",
        "1:m:scope.inj ections:",
        "1:p:scope.injections:",
        "1:d:0",
        "1:h:a::1",
        "1:t:x",
        "9:m:pay.national:",
        "1:l:0",
        "1:t",
        &long,
    ] {
        assert!(told(&stage, stage.at.ada, custom_id).await.starts_with(old), "{custom_id}");
    }
    for custom_id in ["1:m:no.such.entry:", "1:h:no.such.entry:", "1:s:no.such.entry:state=TX", "1:w:no.such.entry:"] {
        assert!(told(&stage, stage.at.ada, custom_id).await.contains("no longer in it"), "{custom_id}");
    }
    // A value that there is not is passed over; what is left is answered.
    let strange = told(&stage, stage.at.ada, "1:r:scope.injections:state=ZZ+planet=mars").await;
    assert!(!strange.is_empty(), "silence");
    assert!(told(&stage, stage.at.ada, "1:d:77").await.contains("Only the person who asked"));
    assert_eq!(stage.tally("no.such.entry").await, mabel::store::Tally::default());
    stage.over().await;
}

#[tokio::test]
async fn own_answers_are_safe_from_other_servers_other_people_and_other_numbers() {
    let stage = Stage::set().await;
    let add = stage.sandbox.slash(stage.at.moderator, stage.at.general, "own", json!({ "add": {} })).await.unwrap();
    add.response(SOON).await.unwrap();
    let fields = json!({ "question": "Where do I park?", "wordings": "", "answer": "Lot B." });
    stage.sandbox.submit_modal(&add, fields).await.unwrap().response(SOON).await.unwrap();
    let own = stage.store.own_answers(stage.at.guild.0).await.unwrap().remove(0).id;
    let guild = stage.at.guild;
    for (person, custom_id, says) in [
        (stage.at.ben, format!("1:a:{guild}:r:{own}"), "Only curators"),
        (stage.at.ben, format!("1:a:{guild}:p:0"), "Only curators"),
        (stage.at.moderator, format!("1:a:77:r:{own}"), "from another server"),
        (stage.at.moderator, format!("1:a:{guild}:r:12345"), "There is no such answer"),
        (stage.at.moderator, format!("1:a:{guild}:a"), "from another version"),
        (stage.at.moderator, format!("1:a:{guild}:r:"), "from another version"),
    ] {
        let said = told(&stage, person, &custom_id).await;
        assert!(said.contains(says), "{custom_id}: {said}");
    }
    let typed = stage.used(stage.at.moderator, "own", json!({ "remove": { "answer": "no such question" } })).await;
    assert!(typed.is_ephemeral() && typed.content.contains("There is no such answer"), "{}", typed.content);
    assert_eq!(stage.store.own_answers(guild.0).await.unwrap().len(), 1);
    stage.over().await;
}

#[tokio::test]
async fn a_form_of_somebody_who_is_no_curator_any_more_changes_nothing() {
    let stage = Stage::set().await;
    let add = stage.sandbox.slash(stage.at.moderator, stage.at.general, "own", json!({ "add": {} })).await.unwrap();
    add.response(SOON).await.unwrap();
    let import = stage.sandbox.slash(stage.at.moderator, stage.at.general, "settings", json!({ "import": {} })).await.unwrap();
    import.response(SOON).await.unwrap();
    stage.sandbox.join(stage.at.guild, stage.at.moderator, &[]);
    let fields = json!({ "question": "Where do I park?", "wordings": "", "answer": "Lot B." });
    for (opened, fields, says) in
        [(add, fields, "Only curators"), (import, json!({ "text": "plain_text = true" }), "Only people who may manage")]
    {
        let response = stage.sandbox.submit_modal(&opened, fields).await.unwrap().response(SOON).await.unwrap();
        assert!(response.ephemeral && response.text().contains(says), "{}", response.text());
    }
    assert!(stage.store.own_answers(stage.at.guild.0).await.unwrap().is_empty());
    assert_eq!(stage.store.settings(stage.at.guild.0).await.unwrap(), None);
    stage.over().await;
}

#[tokio::test]
async fn a_channel_of_a_kind_never_seen_is_answered_in_like_any_other() {
    let stage = Stage::set().await;
    for kind in [VOICE, UNHEARD_OF] {
        let channel = stage.sandbox.add_channel(stage.at.guild, kind, "somewhere-new");
        let used = stage.sandbox.slash(stage.at.ada, channel, "ask", json!({ "question": "MA pay" })).await.unwrap();
        let response = used.response(SOON).await.unwrap();
        assert!(response.text().contains("$21.50"), "{kind}: {}", response.text());
        let answer = response.message.unwrap();
        let pressed = stage.sandbox.press(stage.at.ada, answer.id, &button(&answer, "Sources")).await.unwrap();
        assert!(!pressed.response(SOON).await.unwrap().text().is_empty(), "{kind}");
        stage.sandbox.post(channel, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
        assert!(stage.sandbox.next_message(channel, SOON).await.unwrap().content.contains("$21.50"), "{kind}");
    }
    stage.over().await;
}

#[tokio::test]
async fn what_somebody_left_behind_who_left_the_server_still_works() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("can MAs give shots").await;
    stage.linked(answer.id, "scope.injections").await;
    let command = stage.used(stage.at.ada, "ask", json!({ "question": "MA pay" })).await;
    stage.sandbox.change_guild(stage.at.guild, |guild| {
        guild.members.remove(&stage.at.ada);
    });
    for message in [&answer, &command] {
        assert!(stage.pressed(stage.at.ben, message, "Sources").await.is_ephemeral());
    }
    let followed = stage.sandbox.reply(stage.at.general, stage.at.ben, answer.id, "and in Texas?", true).await.unwrap();
    let next = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(
        next.reference.map(|reference| reference.message_id) == Some(followed.id) && next.content.contains("Texas"),
        "{}",
        next.content
    );
    let pressed = stage.sandbox.press(stage.at.moderator, command.id, &button(&command, "Delete")).await.unwrap();
    pressed.response(SOON).await.unwrap();
    stage.gone(command.id).await;
    stage.sandbox.delete(stage.at.moderator, question.id).await.unwrap();
    stage.gone(answer.id).await;
    stage.over().await;
}

#[tokio::test]
async fn where_she_may_not_write_in_threads_a_command_is_answered_all_the_same() {
    let stage = Stage::set().await;
    let thread = stage.sandbox.open_thread(stage.at.general, stage.at.ada, "A question", "Hello there");
    stage.sandbox.deny_bot(thread, permissions::SEND_MESSAGES_IN_THREADS);
    stage.sandbox.post(thread, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.sandbox.request(SOON, |request| request.status == 403).await.unwrap();
    let used = stage.sandbox.slash(stage.at.ada, thread, "ask", json!({ "question": "MA pay" })).await.unwrap();
    assert!(used.response(SOON).await.unwrap().text().contains("$21.50"));
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(403));
}

#[tokio::test]
async fn a_locked_thread_stops_nothing_else() {
    let stage = Stage::set().await;
    let thread = stage.sandbox.open_thread(stage.at.general, stage.at.ada, "A question", "Hello there");
    let question = stage.sandbox.post(thread, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    let answer = stage.sandbox.next_message(thread, SOON).await.unwrap();
    stage.linked(answer.id, "pay.national").await;
    stage.sandbox.lock_thread(thread, true);
    let _ = stage.sandbox.edit(stage.at.ada, question.id, &format!("{} can MAs give shots", stage.mention())).await;
    stage.asked("MA pay").await;
    stage.leave().await;
}
