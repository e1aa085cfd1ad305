//! Who reads what in which language: the person, the server, and whoever reads a language that there is not.

use mabel::sandbox::{Id, Message};
use serde_json::{Value, json};

use crate::stage::{SOON, Stage, button, drawn, labels, seen};

/// A stage on which Ada reads Spanish; her server reads English.
async fn with_ada_in_spanish() -> Stage {
    let stage = Stage::set().await;
    stage.sandbox.change_user(stage.at.ada, |user| "es-419".clone_into(&mut user.locale));
    stage
}

fn server_reads(stage: &Stage, locale: &str) {
    stage.sandbox.change_guild(stage.at.guild, |guild| locale.clone_into(&mut guild.locale));
}

async fn ask(stage: &Stage, person: Id, private: bool) -> Message {
    stage.used(person, "ask", json!({ "question": "can MAs give shots", "private": private })).await
}

fn is_spanish(message: &Message) -> bool {
    let seen = seen(message);
    let spanish = seen.contains("Fuentes") && seen.contains("Las reglas cambian de un estado a otro.");
    assert_eq!(spanish, seen.contains("solo en inglés"), "what is not translated says so, and only that: {seen}");
    assert_ne!(spanish, seen.contains("Rules differ by state."), "two languages in one message: {seen}");
    spanish
}

#[tokio::test]
async fn what_one_person_sees_is_in_their_language_and_what_all_see_in_the_servers() {
    let stage = with_ada_in_spanish().await;
    assert!(is_spanish(&ask(&stage, stage.at.ada, true).await));
    assert!(!is_spanish(&ask(&stage, stage.at.ada, false).await), "her locale shows to all");
    server_reads(&stage, "es-ES");
    assert!(is_spanish(&ask(&stage, stage.at.ben, false).await));
    assert!(!is_spanish(&ask(&stage, stage.at.ben, true).await));
    stage.over().await;
}

#[tokio::test]
async fn a_message_is_answered_in_the_language_of_the_server_once_it_is_known() {
    let stage = Stage::set().await;
    server_reads(&stage, "es-ES");
    let (_, before) = stage.asked("can MAs give shots").await;
    assert!(!is_spanish(&before), "a message tells no locale");
    ask(&stage, stage.at.ben, true).await;
    let (question, after) = stage.asked("can MAs give shots").await;
    assert!(is_spanish(&after));
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} my chest hurts", stage.mention())).await.unwrap();
    let edited = stage.message_when(after.id, |message| message.content.contains("911")).await;
    assert!(edited.content.starts_with("Si esto es una emergencia"), "{}", edited.content);
    server_reads(&stage, "en-US");
    ask(&stage, stage.at.ben, true).await;
    assert!(!is_spanish(&stage.asked("can MAs give shots").await.1));
    stage.over().await;
}

#[tokio::test]
async fn direct_messages_are_in_the_language_last_seen_there() {
    let stage = with_ada_in_spanish().await;
    let used = stage.sandbox.slash(stage.at.ada, stage.at.ada_direct, "help", json!({})).await.unwrap();
    assert!(used.response(SOON).await.unwrap().text().starts_with("**Cómo preguntarme**"));
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "my chest hurts").await.unwrap();
    let answer = stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap();
    assert!(answer.content.starts_with("Si esto es una emergencia, llame al 911 ahora."), "{}", answer.content);
    stage.over().await;
}

#[tokio::test]
async fn buttons_speak_to_who_presses_and_a_post_to_all() {
    let stage = with_ada_in_spanish().await;
    let (question, answer) = stage.asked("can MAs give shots").await;
    assert!(labels(&answer).iter().any(|label| label == "Helpful"));
    // Ben did not ask: his press is answered to him alone. Ada's changes what all see.
    stage.sandbox.change_user(stage.at.ben, |user| user.locale = "es-ES".to_owned());
    assert!(is_spanish(&stage.pressed(stage.at.ben, &answer, "More").await));
    assert!(!is_spanish(&stage.pressed(stage.at.ada, &answer, "More").await));
    assert_eq!(stage.pressed(stage.at.ada, &answer, "Helpful").await.content, "Gracias. Su voto está contado, sin su nombre.");
    let question_of_ben = stage.sandbox.post(stage.at.general, stage.at.ben, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ada, "Ask Mabel about this", question_of_ben.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    assert!(is_spanish(&private));
    let pressed = stage.sandbox.press(stage.at.ada, private.id, &button(&private, "Publicar")).await.unwrap();
    assert!(!is_spanish(&stage.sandbox.next_message(stage.at.general, SOON).await.unwrap()), "the post is for all");
    pressed.response_when(SOON, |response| response.text().contains("Publicada como respuesta")).await.unwrap();
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    stage.over().await;
}

#[tokio::test]
async fn a_locale_that_never_was_reads_english() {
    let stage = Stage::set().await;
    stage.sandbox.change_user(stage.at.ada, |user| user.locale = "tlh-Piqd".to_owned());
    server_reads(&stage, "xx");
    assert!(!is_spanish(&ask(&stage, stage.at.ada, true).await) && !is_spanish(&ask(&stage, stage.at.ada, false).await));
    stage.over().await;
}

#[tokio::test]
async fn commands_and_options_are_registered_with_their_names_in_spanish() {
    let stage = Stage::set().await;
    let registered = stage.requests("PUT", "/applications/{application_id}/commands");
    let commands = registered[0].body.as_array().unwrap().clone();
    let localized = |of: &Value| -> Vec<String> {
        ["es-ES", "es-419"].iter().map(|locale| of["name_localizations"][locale].as_str().unwrap().to_owned()).collect()
    };
    let command = |name: &str| commands.iter().find(|command| command["name"] == name).unwrap();
    assert_eq!(localized(command("help")), ["ayuda", "ayuda"]);
    assert_eq!(localized(command("pay")), ["sueldo", "sueldo"]);
    assert_eq!(command("pay")["description_localizations"]["es-419"], "Lo que se gana");
    assert_eq!(localized(command("Ask Mabel about this")), ["Preguntar a Mabel sobre esto", "Preguntar a Mabel sobre esto"]);
    for option in commands.iter().flat_map(|command| command["options"].as_array().into_iter().flatten()) {
        assert_eq!(localized(option).len(), 2);
        assert!(option["description_localizations"]["es-ES"].is_string(), "{option}");
    }
    stage.over().await;
}

/// What Ada, who reads Spanish, sees of a command that is answered to her alone.
async fn used_in_spanish(command: &str, mut options: Value) -> String {
    options["private"] = json!(true);
    let stage = with_ada_in_spanish().await;
    let answer = stage.used(stage.at.ada, command, options).await;
    stage.over().await;
    drawn(&answer).replace(env!("CARGO_PKG_VERSION"), "[version]")
}

#[tokio::test]
async fn every_page_in_spanish() {
    for page in ["topics", "sources", "about", "help", "privacy"] {
        insta::assert_snapshot!(format!("{page}_in_spanish"), used_in_spanish(page, json!({})).await);
    }
}

#[tokio::test]
async fn an_answer_its_sources_and_what_surrounds_them_in_spanish() {
    insta::assert_snapshot!("an_answer_in_spanish", used_in_spanish("ask", json!({ "question": "can MAs give shots" })).await);
    insta::assert_snapshot!("a_question_back_in_spanish", used_in_spanish("ask", json!({ "question": "how much" })).await);
    insta::assert_snapshot!("a_decline_in_spanish", used_in_spanish("ask", json!({ "question": "qwrt zxcv" })).await);
    insta::assert_snapshot!("a_word_of_safety_in_spanish", used_in_spanish("ask", json!({ "question": "my chest hurts" })).await);
    insta::assert_snapshot!(
        "the_sources_of_an_answer_in_spanish",
        used_in_spanish("sources", json!({ "entry": "can MAs give shots" })).await
    );
    insta::assert_snapshot!("a_value_that_there_is_not_in_spanish", used_in_spanish("pay", json!({ "state": "Kans" })).await);
    insta::assert_snapshot!("nothing_to_compare_in_spanish", used_in_spanish("pay", json!({ "compare-with": "TX" })).await);
}

#[tokio::test]
async fn asking_where_in_spanish() {
    let stage = with_ada_in_spanish().await;
    let answer = ask(&stage, stage.at.ada, true).await;
    insta::assert_snapshot!(drawn(&stage.pressed(stage.at.ada, &answer, "¿Dónde trabaja usted?").await));
    stage.over().await;
}
