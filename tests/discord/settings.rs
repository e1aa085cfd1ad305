//! What a server has set: seen, changed, carried over, and what it does to answers.

use mabel::sandbox::{Message, ResponseKind, RestEffect, RestFault, permissions};
use serde_json::{Value, json};

use crate::stage::{SOON, Stage, button, drawn, drawn_modal, labels, seen};

/// The moderator sets the default state.
async fn at_home(stage: &Stage, home: &str) {
    let page = stage.opened("Default state").await;
    stage.chose(stage.at.moderator, &page, "Choose a state", home).await;
}

/// The attachments of a message.
fn files(message: &Message) -> Value {
    serde_json::to_value(&message.attachments).unwrap()
}

#[tokio::test]
async fn all_settings_are_seen_in_words_and_changed_one_by_one() {
    let stage = Stage::set().await;
    let all = stage.used(stage.at.moderator, "settings", json!({ "show": {} })).await;
    insta::assert_snapshot!("settings_as_they_begin", stage.named(&drawn(&all)));
    let page = stage.chose(stage.at.moderator, &all, "Change a setting", "Default state").await;
    assert!(page.id == all.id && page.is_ephemeral(), "one message, for the moderator alone");
    insta::assert_snapshot!("setting_of_the_default_state", drawn(&page));
    let saved = stage.chose(stage.at.moderator, &page, "Choose a state", "Ohio").await;
    assert!(saved.content.starts_with("Saved. **Default state**: Ohio."), "{}", saved.content);
    for (setting, ids, says) in [
        ("Answer channels", vec![stage.at.clinic_questions, stage.at.forum], "Saved. **Answer channels**: "),
        ("Curators", vec![stage.at.moderator_role], "Saved. **Curators**: @Moderators"),
    ] {
        let page = stage.opened(setting).await;
        let saved = stage.chose_ids(&page, &ids).await;
        assert!(stage.named(&saved.content).starts_with(says), "{}", saved.content);
    }
    for (setting, press, says) in [
        ("Who sees answers", "For the person alone", "Saved. **Answers to commands**: for the person alone"),
        ("Plain text", "Plain text", "Saved. **Plain text**: yes"),
    ] {
        let page = stage.opened(setting).await;
        let saved = stage.pressed(stage.at.moderator, &page, press).await;
        assert!(saved.content.starts_with(says), "{}", saved.content);
    }
    let page = stage.opened("Pause between questions").await;
    let saved = stage.chose(stage.at.moderator, &page, "How long", "30 seconds").await;
    assert!(saved.content.starts_with("Saved. **Pause** between two questions of a person: 30 seconds."), "{}", saved.content);
    let page = stage.opened("Language").await;
    let saved = stage.chose(stage.at.moderator, &page, "Choose a language", "English").await;
    assert!(saved.content.starts_with("Saved. **Language** of what all see: English."), "{}", saved.content);
    let page = stage.opened("Topics of channels").await;
    let which = stage.chose_ids(&page, &[stage.at.general]).await;
    let saved = stage.chose(stage.at.moderator, &which, "Topics of channels", "Pay").await;
    assert!(stage.named(&saved.content).starts_with("Saved. **Topics of channels**: #general: Pay."), "{}", saved.content);
    insta::assert_snapshot!("settings_all_set", stage.named(&drawn(&saved)));
    // What can be taken away is.
    let page = stage.opened("Default state").await;
    let saved = stage.pressed(stage.at.moderator, &page, "No default state").await;
    assert!(saved.content.starts_with("Saved. **Default state**: none."), "{}", saved.content);
    let back = stage.opened("Curators").await;
    assert_eq!(labels(&back), ["No role", "Back to all settings"]);
    let all = stage.pressed(stage.at.moderator, &back, "Back").await;
    assert!(all.content.starts_with("**What is set for this server**"), "{}", all.content);
    stage.over().await;
}

#[tokio::test]
async fn the_home_is_taken_where_a_question_names_no_state_and_said() {
    let stage = Stage::set().await;
    at_home(&stage, "Ohio").await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    insta::assert_snapshot!("an_answer_for_the_home", drawn(&answer));
    for (question, says, at_home) in [
        ("MA pay", "In Ohio the median is $18.75", true),
        ("MA pay in Texas", "In Texas the median is $19.25", false),
        ("medical assistant wages nationally", "The median is $21.50", false),
    ] {
        let (_, answer) = stage.asked(question).await;
        assert!(answer.content.starts_with(says), "{question}: {}", answer.content);
        assert_eq!(answer.content.contains("For Ohio, this server's state."), at_home, "{question}: {}", answer.content);
    }
    // A command counts the same; what a button brings back still says it; where there is no server there is no home.
    let used = stage.used(stage.at.ada, "scope", json!({ "task": "injection" })).await;
    assert!(used.content.starts_with("Ohio: no") && used.content.contains("For Ohio, this server's state."), "{}", used.content);
    let told = stage.pressed(stage.at.ben, &answer, "Sources").await;
    assert!(told.is_ephemeral());
    let named = stage.used(stage.at.ada, "scope", json!({ "task": "injection", "state": "TX" })).await;
    assert!(named.content.starts_with("Texas: yes") && !named.content.contains("this server's state"), "{}", named.content);
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay").await.unwrap();
    assert!(stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn private_by_default_and_plain_text_hold_for_every_answer_and_a_person_can_say_otherwise() {
    let stage = Stage::set().await;
    for (setting, press) in [("Who sees answers", "For the person alone"), ("Plain text", "Plain text")] {
        let page = stage.opened(setting).await;
        stage.pressed(stage.at.moderator, &page, press).await;
    }
    let private = stage.used(stage.at.ada, "ask", json!({ "question": "can MAs give shots" })).await;
    assert!(private.is_ephemeral() && private.embeds.is_empty() && private.content.contains("Sources:"), "{}", private.content);
    assert!(stage.used(stage.at.ada, "help", json!({})).await.is_ephemeral());
    let public = stage.used(stage.at.ada, "ask", json!({ "question": "can MAs give shots", "private": false })).await;
    assert!(!public.is_ephemeral() && public.embeds.is_empty());
    let (_, answer) = stage.asked("can MAs give shots").await;
    assert!(answer.embeds.is_empty() && answer.content.contains("Board of Tests"));
    let opened = stage.pressed(stage.at.ada, &answer, "More").await;
    assert!(opened.embeds.is_empty() && opened.content.contains("the order of a provider"));
    stage.over().await;
}

#[tokio::test]
async fn a_bare_question_is_taken_for_the_topic_of_its_channel() {
    let stage = Stage::set().await;
    let page = stage.opened("Topics of channels").await;
    let which = stage.chose_ids(&page, &[stage.at.forum]).await;
    stage.chose(stage.at.moderator, &which, "Topics of channels", "Scope").await;
    let thread = stage.sandbox.open_thread(stage.at.forum, stage.at.ada, "Question", "I have a question");
    stage.sandbox.post(thread, stage.at.ada, &format!("{} how much", stage.mention())).await.unwrap();
    // The choices are both about pay: a topic that is none of them changes nothing.
    let answer = stage.sandbox.next_message(thread, SOON).await.unwrap();
    assert!(answer.content.starts_with("How much of what?"), "{}", answer.content);
    assert_eq!(stage.requests("GET", "/channels/{channel_id}").len(), 1, "the thread is looked up once");
    stage.sandbox.post(thread, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.sandbox.next_message(thread, SOON).await.unwrap();
    assert_eq!(stage.requests("GET", "/channels/{channel_id}").len(), 1);
    stage.over().await;
}

#[tokio::test]
async fn settings_go_out_as_a_file_and_come_back_whole_or_not_at_all() {
    let stage = Stage::set().await;
    at_home(&stage, "Ohio").await;
    let exported = stage.used(stage.at.moderator, "settings", json!({ "export": {} })).await;
    assert!(exported.is_ephemeral());
    let address = files(&exported)[0]["url"].as_str().unwrap().to_owned();
    let text = reqwest::get(address).await.unwrap().text().await.unwrap();
    insta::assert_snapshot!("exported_settings", text);
    // Another server's file, with an own word in it.
    let upload = |text: &str| stage.sandbox.upload("settings.toml", Some("application/toml"), text.as_bytes().to_vec()).unwrap();
    let good = upload(&text.replace("\"OH\"", "\"Texas\"").replace("plain_text = false", "plain_text = true"));
    let taken = stage.used(stage.at.moderator, "settings", json!({ "import": { "file": good.to_string() } })).await;
    assert!(taken.content.starts_with("Taken over.") && taken.content.contains("**Default state**: Texas."), "{}", taken.content);
    let bad = upload("plain_text = false\nanswer_channels = [\"general\"]\n[default]\nstate = \"Atlantis\"\n");
    let refused = stage.used(stage.at.moderator, "settings", json!({ "import": { "file": bad.to_string() } })).await;
    insta::assert_snapshot!("settings_that_were_not_taken_over", drawn(&refused));
    let large = upload(&"# ".repeat(600_000));
    let refused = stage.used(stage.at.moderator, "settings", json!({ "import": { "file": large.to_string() } })).await;
    assert!(refused.content.contains("too large"), "{}", refused.content);
    let binary = stage.sandbox.upload("a.toml", None, vec![0xff, 0xfe]).unwrap();
    let refused = stage.used(stage.at.moderator, "settings", json!({ "import": { "file": binary.to_string() } })).await;
    assert!(refused.content.contains("no text"), "{}", refused.content);
    // Without a file a form asks for the text.
    let opened = stage.sandbox.slash(stage.at.moderator, stage.at.general, "settings", json!({ "import": {} })).await.unwrap();
    let response = opened.response(SOON).await.unwrap();
    assert_eq!(response.kind, ResponseKind::Modal);
    insta::assert_snapshot!("form_of_settings", drawn_modal(&response.modal.unwrap()));
    let sent = stage.sandbox.submit_modal(&opened, json!({ "text": "private_by_default = true" })).await.unwrap();
    let taken = sent.response(SOON).await.unwrap();
    assert!(
        taken.ephemeral && taken.text().contains("**Default state**: none.") && taken.text().contains("for the person alone"),
        "{}",
        taken.text()
    );
    stage.over().await;
}

#[tokio::test]
async fn who_may_not_and_what_is_from_elsewhere_is_refused() {
    let stage = Stage::set().await;
    let page = stage.opened("Plain text").await;
    // A moderator who no longer is one.
    stage.sandbox.join(stage.at.guild, stage.at.moderator, &[]);
    let refused = stage.sandbox.press(stage.at.moderator, page.id, &button(&page, "Plain text")).await.unwrap();
    let refused = refused.response(SOON).await.unwrap();
    assert!(refused.ephemeral && refused.text().contains("Only people who may manage this server"), "{}", refused.text());
    stage.sandbox.join(stage.at.guild, stage.at.moderator, &[stage.at.moderator_role]);
    let guild = stage.at.guild;
    for (person, custom_id, says) in [
        (stage.at.ben, format!("1:g:{guild}:s:e:y"), "Only people who may manage this server"),
        (stage.at.moderator, "1:g:77:s:e:y".to_owned(), "from another server"),
        (stage.at.moderator, format!("1:g:{guild}:s:e:maybe"), "no longer there"),
        (stage.at.moderator, format!("1:g:{guild}:s:d:state:0:atlantis"), "no longer there"),
        (stage.at.moderator, format!("1:g:{guild}:s:d:task:0:injection"), "no longer there"),
        (stage.at.moderator, format!("1:g:{guild}:s:w:999999"), "no longer there"),
        (stage.at.moderator, format!("1:g:{guild}:t:5"), "no longer there"),
        (stage.at.moderator, format!("1:g:{guild}:zz"), "Please ask again"),
    ] {
        let old = stage.posted_with(&custom_id).await;
        let pressed = stage.sandbox.press(person, old.id, &custom_id).await.unwrap();
        let response = pressed.response(SOON).await.unwrap();
        assert!(response.ephemeral && response.text().contains(says), "{custom_id}: {}", response.text());
    }
    let (_, answer) = stage.asked("can MAs give shots").await;
    assert!(!answer.embeds.is_empty() && seen(&answer).contains("Rules differ"), "something was changed");
    stage.over().await;
}

/// The text of the file that `/settings export` gives.
async fn exported(stage: &Stage) -> String {
    let exported = stage.used(stage.at.moderator, "settings", json!({ "export": {} })).await;
    reqwest::get(files(&exported)[0]["url"].as_str().unwrap()).await.unwrap().text().await.unwrap()
}

async fn imported(stage: &Stage, text: &str) -> Message {
    let file = stage.sandbox.upload("settings.toml", Some("application/toml"), text.as_bytes().to_vec()).unwrap();
    stage.used(stage.at.moderator, "settings", json!({ "import": { "file": file.to_string() } })).await
}

async fn own(stage: &Stage) -> Vec<(String, String)> {
    let own = stage.store.own_answers(stage.at.guild.0).await.unwrap();
    own.into_iter().map(|own| (own.question, own.answer)).collect()
}

#[tokio::test]
async fn own_answers_go_along_and_an_import_adds_and_changes_but_never_removes_them() {
    let stage = Stage::set().await;
    let text = "[[own]]\nquestion = \"Where do I park?\"\nask = [\"staff parking lot\", \"parking permit\"]\nanswer = \"Lot B.\"\n\
                [[own]]\nquestion = \"What is the door code?\"\nanswer = \"\"\"\nAsk at the desk.\nBring your \\\"badge\\\".\"\"\"\n";
    let taken = imported(&stage, text).await;
    assert!(taken.content.starts_with("Taken over.\nOwn answers: 2 new, 0 changed; none was removed."), "{}", taken.content);
    assert!(stage.asked("parking permit").await.1.content.starts_with("Lot B."));
    let file = exported(&stage).await;
    insta::assert_snapshot!("exported_own_answers", file);
    // The same again changes nothing; one of them changed, and one that the file does not have stays.
    let again = imported(&stage, &file).await;
    assert!(again.content.starts_with("Taken over.\n\n") || !again.content.contains("Own answers:"), "{}", again.content);
    let changed = imported(&stage, "[[own]]\nquestion = \"where do i park?\"\nanswer = \"Lot C.\"\n").await;
    assert!(changed.content.contains("Own answers: 0 new, 1 changed"), "{}", changed.content);
    let now = [("where do i park?", "Lot C."), ("What is the door code?", "Ask at the desk.\nBring your \"badge\".")];
    assert_eq!(own(&stage).await, now.map(|(question, answer)| (question.to_owned(), answer.to_owned())));
    // A fault in one keeps everything out.
    let refused = imported(&stage, "plain_text = true\n[[own]]\nquestion = \"Who is on call?\"\nanswer = \"@everyone\"\n").await;
    assert!(refused.content.contains("settings.toml:4: error: own: `answer` mentions people"), "{}", refused.content);
    assert_eq!((own(&stage).await.len(), stage.store.settings(stage.at.guild.0).await.unwrap().unwrap().plain_text), (2, false));
    let one = |number| format!("[[own]]\nquestion = \"What is code number {number}?\"\nanswer = \"Gloves.\"\n");
    let many = (0..49).map(one).collect::<Vec<_>>().concat();
    let full = imported(&stage, &many).await;
    assert!(full.content.contains("50 answers of its own") && own(&stage).await.len() == 2, "{}", full.content);
    stage.over().await;
}

#[tokio::test]
async fn channels_and_roles_that_the_server_does_not_have_are_left_out_and_named() {
    let stage = Stage::set().await;
    let (general, thread, role) = (stage.at.general, stage.at.post, stage.at.moderator_role);
    let text = format!(
        "answer_channels = [\"{general}\", \"424242\", \"{thread}\"]\ncurator_role = \"{role}\"\n[channel_topics]\n\"{general}\" = \"pay\"\n\
         \"{foreign}\" = \"scope\"\n",
        foreign = stage.at.foreign_channel
    );
    let taken = imported(&stage, &text).await;
    let named =
        format!("Left out, because this server has no such channel or role to offer: `424242`, `{thread}`, `{}`", stage.at.foreign_channel);
    assert!(taken.content.starts_with(&format!("Taken over.\n{named}\n")), "{}", taken.content);
    let kept = stage.store.settings(stage.at.guild.0).await.unwrap().unwrap();
    assert_eq!(kept.answer_channels.into_iter().collect::<Vec<_>>(), [general.0]);
    assert_eq!((kept.curator_role, kept.channel_topics.len()), (Some(role.0), 1));
    let elsewhere = imported(&stage, &format!("curator_role = \"{general}\"")).await;
    assert!(
        elsewhere.content.contains(&format!("`{general}`")) && elsewhere.content.contains("**Curators**: whoever"),
        "{}",
        elsewhere.content
    );
    // Where Discord does not say what there is, nothing is taken.
    let down = RestEffect::Status { status: 500, body: json!("down") };
    for _ in 0..2 {
        stage.sandbox.fault(RestFault::next("GET", "/guilds/*/roles", down.clone()));
    }
    let unsure = imported(&stage, &text).await;
    assert!(unsure.is_ephemeral() && unsure.content.contains("I could not see which channels and roles"), "{}", unsure.content);
    assert_eq!(stage.store.settings(stage.at.guild.0).await.unwrap().unwrap().curator_role, None);
    stage.leave().await;
}

#[tokio::test]
async fn where_no_file_may_be_attached_the_text_says_what_is_missing_in_it() {
    let stage = Stage::set().await;
    let long = "x ".repeat(500);
    let one = |number| format!("[[own]]\nquestion = \"What is code {number}?\"\nanswer = \"{long}\"\n");
    let many = (0..3).map(one).collect::<Vec<_>>().concat();
    imported(&stage, &many).await;
    stage.sandbox.deny_bot(stage.at.general, permissions::ATTACH_FILES);
    let exported = stage.used(stage.at.moderator, "settings", json!({ "export": {} })).await;
    assert!(exported.content.contains("those are not in it") && exported.content.ends_with("```"), "{}", exported.content);
    assert!(exported.content.contains("private_by_default = false") && !exported.content.contains("[[own]]"), "{}", exported.content);
    stage.leave().await;
}
