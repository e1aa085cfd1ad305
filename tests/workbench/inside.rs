//! What the page is told of the inside of the bot, and that the bot behind it is the real one.

use serde_json::{Value, json};

use crate::support::{Bench, SOON, change, copy_of, small_knowledge};

#[tokio::test]
async fn the_bot_answers_over_the_wire() {
    let bench = Bench::start().await;
    let asked = json!({"user": "ada", "channel": "general", "name": "ask", "options": {"question": "can MAs give shots?"}});
    let answer = bench.ask("slash", &asked).await;
    assert_eq!(answer["acknowledged"]["kind"], 4, "{answer}");
    let remote = bench.workbench.remote();
    assert!(remote.requests().iter().any(|request| request.route.ends_with("/callback") && request.status < 300));
    assert!(remote.events().iter().any(|event| event.name.as_deref() == Some("INTERACTION_CREATE")));
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_bot_whose_session_is_lost_comes_back() {
    let bench = Bench::start().await;
    let remote = bench.workbench.remote();
    bench.ask("fault", &json!({"gateway": "cut"})).await;
    remote.event(SOON, |event| event.op == 6 && event.from_bot).await.unwrap();
    remote.connected(SOON).await.unwrap();
    bench.workbench.stop().await;
}

#[tokio::test]
async fn why_tells_reading_guards_candidates_and_thresholds() {
    let bench = Bench::start().await;
    let why = bench.ask("why", &json!({"question": "can MAs give shots?"})).await;
    assert_eq!((&why["zone"], &why["reply"]["outcome"]), (&json!("sure"), &json!("answer")), "{why:#}");
    let best = &why["candidates"][0];
    assert_eq!(best["id"], why["reply"]["entry"]);
    assert!(best["place"].as_str().unwrap().starts_with("entries/all.toml:"));
    assert!(best["reasons"].as_array().unwrap().iter().all(|reason| reason["weight"].is_number()));
    assert!(why["thresholds"]["sure"].as_f64() > why["thresholds"]["close"].as_f64());
    assert_eq!(why["guard"], Value::Null);
    let given = bench.ask("why", &json!({"question": "pay", "given": {"state": "ohio", "private": true}})).await;
    assert_eq!((&given["facets"][0]["id"], &given["facets"][0]["values"][0]["id"]), (&json!("state"), &json!("OH")), "{given:#}");
    let stopped = bench.ask("why", &json!({"question": "my chest hurts"})).await;
    assert_eq!((&stopped["reply"]["outcome"], stopped["guard"]["id"].is_string()), (&json!("safety"), true), "{stopped:#}");
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_question_that_follows_up_is_explained_as_such() {
    let bench = Bench::start().await;
    let remote = bench.workbench.remote();
    let at = remote.places();
    let text = format!("<@{}> how much do MAs make in Ohio", at.application);
    bench.ask("post", &json!({"user": "ada", "channel": "general", "text": text})).await;
    let answer = remote.next_message(at.general, SOON).await.unwrap();
    let asked = json!({"question": "and in Texas?", "reply_to": answer.id});
    let why = loop {
        // The link is kept after the answer was sent.
        let why = bench.ask("why", &asked).await;
        if !why["follows"].is_null() {
            break why;
        }
    };
    assert_eq!(why["reply"]["entry"], why["follows"], "{why:#}");
    bench.workbench.stop().await;
}

#[tokio::test]
async fn the_knowledge_is_listed_and_each_entry_is_its_message() {
    let bench = Bench::start().await;
    let knowledge = bench.look("/sandbox/knowledge").await;
    let entries = knowledge["topics"].as_array().unwrap().iter().flat_map(|topic| topic["entries"].as_array().unwrap());
    for listed in entries {
        let entry = bench.look(&format!("/sandbox/knowledge/entry?id={}", listed["id"].as_str().unwrap())).await;
        assert_eq!(entry["question"], listed["question"]);
        assert!(entry["message"]["content"].as_str().is_some_and(|text| !text.is_empty()), "{entry:#}");
    }
    assert_eq!(bench.get("/sandbox/knowledge/entry?id=none").await.status(), 404);
    let pay = bench.look("/sandbox/knowledge/entry?id=pay.by-state").await;
    assert_eq!(pay["message"]["attachments"], json!([]), "in a channel a picture comes when somebody wants it");
    let file = &pay["expanded"]["attachments"][0];
    assert!(file["description"].as_str().unwrap().starts_with("Map of the states"), "{pay:#}");
    let picture = bench.get(file["url"].as_str().unwrap()).await.bytes().await.unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    assert_eq!(bench.get("/sandbox/knowledge/picture?id=pay.national").await.status(), 404);
    bench.workbench.stop().await;
}

/// The knowledge as it is told, once it is as wanted.
async fn knowledge_when(bench: &Bench, wanted: impl Fn(&Value) -> bool) -> Value {
    let search = async {
        loop {
            let knowledge = bench.look("/sandbox/knowledge").await;
            if wanted(&knowledge) {
                return knowledge;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(SOON, search).await.unwrap()
}

#[tokio::test]
async fn a_saved_file_is_answered_by_and_a_fault_is_told() {
    let folder = copy_of(&small_knowledge());
    let bench = Bench::start_in(folder.path().to_owned()).await;
    knowledge_when(&bench, |knowledge| knowledge["checked"] == true).await;
    change(folder.path(), "entries/all.toml", "The median is $21.50", "The median is $22.22");
    knowledge_when(&bench, |knowledge| knowledge["generation"] == 2).await;
    let asked = json!({"user": "ada", "channel": "general", "name": "ask", "options": {"question": "MA pay"}});
    let answer = bench.ask("slash", &asked).await;
    assert!(answer["message"]["content"].as_str().unwrap().contains("$22.22"), "{answer:#}");
    change(folder.path(), "entries/all.toml", "topic = \"pay\"", "topic = \"pya\"");
    let faulty = knowledge_when(&bench, |knowledge| knowledge["in_use"] == false).await;
    let fault = &faulty["faults"].as_array().unwrap().iter().find(|fault| fault["severity"] == "error").unwrap();
    assert!(fault["place"].as_str().unwrap().starts_with("entries/all.toml:") && !fault["mend"].as_str().unwrap().is_empty(), "{fault}");
    // Elsewhere: where it stands already, the same answer is pointed to.
    let asked = json!({"user": "ada", "channel": "clinic-questions", "name": "ask", "options": {"question": "MA pay"}});
    let answer = bench.ask("slash", &asked).await;
    assert!(answer["message"]["content"].as_str().unwrap().contains("$22.22"), "{answer:#}");
    bench.workbench.stop().await;
}
