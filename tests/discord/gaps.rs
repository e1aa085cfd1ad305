//! What curators of the operator's own servers see of unanswered questions and votes, and what they are told of knowledge that was refused.

use std::sync::Arc;

use jiff::civil::{Date, date};
use mabel::discord::CurrentEngine;
use mabel::sandbox::{Message, Options, Sandbox};
use mabel::store::{Gap, Memory, Store, Vote};
use serde_json::json;

use crate::stage::{A_WHILE, SOON, Stage, button, drawn, engine_where, labels, today, until};

/// The route of commands of one server.
const OF_SERVER: &str = "/applications/{application_id}/guilds/{guild_id}/commands";

/// A stage whose server is the operator's own, the command registered.
async fn operators() -> Stage {
    operators_answering(CurrentEngine::new(engine_where("", ""))).await
}

async fn operators_answering(engine: CurrentEngine) -> Stage {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let guild = sandbox.places().guild.to_string();
    let stage = Stage::in_sandbox_answering(sandbox, engine, &[("MABEL_OPERATOR__GUILDS", &guild)]).await;
    until(|| !stage.requests("POST", OF_SERVER).is_empty()).await;
    stage
}

async fn asked(store: &dyn Store, words: &str, day: Date, times: usize) {
    for _ in 0..times {
        store.keep_gap(Gap { words: words.to_owned(), day }).await.unwrap();
    }
}

async fn voted(store: &dyn Store, entry: &str, helpful: bool, times: usize) {
    for _ in 0..times {
        store.keep_vote(Vote { entry: entry.into(), helpful, day: today() }).await.unwrap();
    }
}

async fn gaps(stage: &Stage) -> Message {
    stage.used(stage.at.moderator, "gaps", json!({})).await
}

#[tokio::test]
async fn curators_see_what_was_not_answered_the_most_asked_first_and_votes_beside_it() {
    let stage = operators().await;
    let none = gaps(&stage).await;
    assert!(none.is_ephemeral() && none.content.contains("was left unanswered since August 29, 2026"), "{}", none.content);
    assert_eq!(labels(&none), ["Votes on answers"]);
    asked(&*stage.store, "color scrubs wear", date(2026, 11, 10), 2).await;
    asked(&*stage.store, "color scrubs wear", today(), 4).await;
    asked(&*stage.store, "color scrubs wearing", today(), 1).await;
    asked(&*stage.store, "cafeteria clinic lunch", date(2026, 10, 5), 1).await;
    asked(&*stage.store, "forgotten long since", date(2026, 1, 5), 9).await;
    voted(&*stage.store, "pay.national", true, 3).await;
    voted(&*stage.store, "scope.injections", false, 2).await;
    voted(&*stage.store, "scope.injections", true, 1).await;
    voted(&*stage.store, "gone.since", true, 1).await;
    // What somebody asks just now is among them.
    stage.used(stage.at.ada, "ask", json!({ "question": "which umbrella fits a giraffe" })).await;
    let list = gaps(&stage).await;
    insta::assert_snapshot!("what_was_not_answered", drawn(&list));
    let votes = stage.pressed(stage.at.moderator, &list, "Votes on answers").await;
    assert_eq!(votes.id, list.id);
    insta::assert_snapshot!("votes_on_answers", drawn(&votes));
    let back = stage.pressed(stage.at.moderator, &votes, "What was not answered").await;
    assert_eq!(back.content, list.content);
    stage.over().await;
}

#[tokio::test]
async fn a_long_list_has_pages() {
    let stage = operators().await;
    for number in 0..20_u8 {
        let words = format!("{0}{0}{0} {1}{1}{1}", char::from(b'a' + number), char::from(b'b' + number));
        asked(&*stage.store, &words, today(), 30 - usize::from(number)).await;
    }
    let first = gaps(&stage).await;
    assert!(first.content.contains("1. **aaa bbb**: asked 30 times") && !first.content.contains("9. "), "{}", first.content);
    assert_eq!(labels(&first), ["Next", "Votes on answers"]);
    let second = stage.pressed(stage.at.moderator, &first, "Next").await;
    assert!(second.content.contains("9. **iii jjj**"), "{}", second.content);
    let third = stage.pressed(stage.at.moderator, &second, "Next").await;
    assert!(third.content.contains("20. **ttt uuu**: asked 11 times"), "{}", third.content);
    assert_eq!(labels(&third), ["Previous", "Votes on answers"]);
    let guild = stage.at.guild;
    let past = stage.posted_with(&format!("1:q:{guild}:u:999")).await;
    let pressed = stage.sandbox.press(stage.at.moderator, past.id, &format!("1:q:{guild}:u:999")).await.unwrap();
    assert!(pressed.response(SOON).await.unwrap().text().contains("20. **ttt uuu**"), "past the end is the last page");
    stage.over().await;
}

#[tokio::test]
async fn only_curators_see_them_and_only_where_the_operator_said_so() {
    let stage = operators().await;
    asked(&*stage.store, "color scrubs wear", today(), 1).await;
    let refused = stage.used(stage.at.ben, "gaps", json!({})).await;
    assert!(refused.is_ephemeral() && refused.content.contains("Only curators"), "{}", refused.content);
    let page = stage.opened("Curators").await;
    stage.chose_ids(&page, &[stage.at.moderator_role]).await;
    stage.sandbox.change_guild(stage.at.guild, |guild| {
        guild.roles.iter_mut().find(|role| role.name == "Moderators").unwrap().permissions &= !(1 << 5);
        guild.members.insert(stage.at.ben, vec![stage.at.moderator_role]);
    });
    assert!(stage.used(stage.at.ben, "gaps", json!({})).await.content.contains("color scrubs wear"));
    // A page that one who was a curator still has before them, and pages of other servers.
    let guild = stage.at.guild;
    for (person, custom_id, says) in [
        (stage.at.ada, format!("1:q:{guild}:u:0"), "Only curators"),
        (stage.at.ada, format!("1:q:{guild}:v:0"), "Only curators"),
        (stage.at.ben, "1:q:77:u:0".to_owned(), "from another server"),
        (stage.at.ben, format!("1:q:{guild}:x:0"), "Please ask again"),
    ] {
        let old = stage.posted_with(&custom_id).await;
        let response = stage.sandbox.press(person, old.id, &custom_id).await.unwrap().response(SOON).await.unwrap();
        assert!(response.ephemeral && response.text().contains(says), "{custom_id}: {}", response.text());
    }
    // Another server, which the operator has not named, is not offered the command.
    let (other, channel) = stage.sandbox.add_guild("Another Clinic");
    stage.sandbox.join(other, stage.at.moderator, &[]);
    tokio::time::sleep(A_WHILE).await;
    assert!(stage.sandbox.slash(stage.at.owner, channel, "gaps", json!({})).await.is_err());
    assert_eq!(stage.requests("POST", OF_SERVER).len(), 1);
    stage.over().await;
}

#[tokio::test]
async fn a_server_that_is_no_longer_named_is_told_kindly_and_loses_the_command() {
    let stage = operators().await;
    let shown = gaps(&stage).await;
    let stage = stage.restart_over(Arc::new(Memory::new())).await;
    let told = gaps(&stage).await;
    assert!(told.is_ephemeral() && told.content.contains("only in servers that whoever runs me has named"), "{}", told.content);
    stage.sandbox.request(SOON, |request| request.method == "DELETE" && request.route.ends_with("/commands/{command_id}")).await.unwrap();
    assert!(stage.sandbox.slash(stage.at.moderator, stage.at.general, "gaps", json!({})).await.is_err());
    let pressed = stage.sandbox.press(stage.at.moderator, shown.id, &button(&shown, "Votes on answers")).await.unwrap();
    assert!(pressed.response(SOON).await.unwrap().text().contains("whoever runs me has named"));
    stage.over().await;
}

#[tokio::test]
async fn they_speak_the_language_of_the_curator_and_stand_in_the_help_of_the_operators_servers() {
    let stage = operators().await;
    asked(&*stage.store, "color scrubs wear", today(), 2).await;
    assert!(stage.used(stage.at.ada, "help", json!({})).await.content.ends_with("`/gaps` for what I could not answer"));
    stage.sandbox.change_user(stage.at.moderator, |user| "es-ES".clone_into(&mut user.locale));
    let list = gaps(&stage).await;
    insta::assert_snapshot!("what_was_not_answered_in_spanish", drawn(&list));
    let registered = stage.requests("POST", OF_SERVER).remove(0).body;
    assert_eq!((&registered["name"], &registered["name_localizations"]["es-ES"]), (&json!("gaps"), &json!("lagunas")));
    stage.over().await;
    let elsewhere = Stage::set().await;
    assert!(!elsewhere.used(elsewhere.at.ada, "help", json!({})).await.content.contains("gaps"));
    elsewhere.over().await;
}

#[tokio::test]
async fn a_command_that_is_there_already_is_not_registered_again() {
    let stage = operators().await;
    let guild = stage.at.guild.to_string();
    let Stage { sandbox, .. } = stage;
    let again = Stage::in_sandbox_answering(sandbox, CurrentEngine::new(engine_where("", "")), &[("MABEL_OPERATOR__GUILDS", &guild)]).await;
    until(|| again.requests("GET", OF_SERVER).len() >= 2).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(again.requests("POST", OF_SERVER).len(), 1);
    again.over().await;
}

/// What the moderator is told beside the answer to `/settings show`, if anything is.
async fn told(stage: &Stage) -> Option<String> {
    let used = stage.sandbox.slash(stage.at.moderator, stage.at.general, "settings", json!({ "show": {} })).await.unwrap();
    used.response(SOON).await.unwrap();
    let followed = used.response_when(A_WHILE, |response| !response.followups.is_empty()).await.ok()?;
    assert!(followed.followups.iter().all(Message::is_ephemeral), "others see it");
    followed.followups.first().map(Message::text)
}

#[tokio::test]
async fn the_next_curator_is_told_once_of_knowledge_that_was_refused() {
    let engine = CurrentEngine::new(engine_where("", ""));
    let stage = operators_answering(engine.clone()).await;
    assert_eq!(told(&stage).await, None);
    engine.refuse(3);
    let ben = stage.sandbox.slash(stage.at.ben, stage.at.general, "own", json!({ "list": {} })).await.unwrap();
    ben.response(SOON).await.unwrap();
    assert!(ben.response_when(A_WHILE, |response| !response.followups.is_empty()).await.is_err(), "he is no curator");
    let said = told(&stage).await.unwrap();
    assert!(said.starts_with("**Changed knowledge files are not in use**: 3 faults keep them from being used."), "{said}");
    assert_eq!(told(&stage).await, None, "once");
    engine.refuse(1);
    assert!(told(&stage).await.unwrap().contains("1 fault keeps them"), "it is another refusal");
    engine.refuse(1);
    engine.replace(engine_where("", ""));
    assert_eq!(told(&stage).await, None, "it is mended");
    stage.over().await;
    // In a server that is not the operator's it is nobody's business.
    let engine = CurrentEngine::new(engine_where("", ""));
    let elsewhere = Stage::set_answering(engine.clone(), &[]).await;
    engine.refuse(3);
    assert_eq!(told(&elsewhere).await, None);
    elsewhere.over().await;
}
