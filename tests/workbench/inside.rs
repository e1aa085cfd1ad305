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

#[test]
fn the_bot_knows_of_no_sandbox() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/discord");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let code = std::fs::read_to_string(&path).unwrap();
            let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            assert!(!code.contains("sandbox") && !code.contains("workbench"), "{} tells where the bot is", path.display());
        }
    }
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
    let thresholds = |name: &str| why["thresholds"][name].as_f64().unwrap();
    assert!(thresholds("sure_of_half") > thresholds("sure") && thresholds("sure") > thresholds("close") && thresholds("margin") > 1.0);
    assert_eq!((&why["half"], &bench.ask("why", &json!({"question": "hours?"})).await["half"]), (&json!(false), &json!(true)));
    assert_eq!(why["guard"], Value::Null);
    let given = bench.ask("why", &json!({"question": "pay", "given": {"state": "ohio", "private": true}})).await;
    assert_eq!((&given["facets"][0]["id"], &given["facets"][0]["values"][0]["id"]), (&json!("state"), &json!("OH")), "{given:#}");
    let stopped = bench.ask("why", &json!({"question": "my chest hurts"})).await;
    assert_eq!((&stopped["reply"]["outcome"], stopped["guard"]["id"].is_string()), (&json!("safety"), true), "{stopped:#}");
    bench.workbench.stop().await;
}

#[tokio::test]
async fn why_counts_what_the_server_has_set_and_added() {
    let bench = Bench::start().await;
    let general = bench.workbench.remote().places().general;
    let asked = json!({"question": "what is earned", "channel": general});
    assert_eq!(bench.ask("why", &asked).await["here"], json!({"defaults": [], "topic": null}));
    let settings = format!("[default]\nstate = \"OH\"\n[channel_topics]\n\"{general}\" = \"pay\"\n");
    let upload = bench.web.post(format!("{}/sandbox/upload?filename=settings.toml", bench.base)).body(settings).send().await.unwrap();
    let file = upload.json::<Value>().await.unwrap()["id"].clone();
    let import = json!({"user": "maud", "channel": "general", "name": "settings", "options": {"import": {"file": file}}});
    let taken = bench.ask("slash", &import).await;
    assert!(taken["message"]["content"].as_str().unwrap().starts_with("Taken over"), "{taken:#}");
    let form = json!({"user": "maud", "channel": "general", "name": "own", "options": {"add": {}}});
    let opened = bench.ask("slash", &form).await;
    let fields = json!({"question": "Where do I park?", "answer": "Behind the clinic."});
    bench.ask("modal", &json!({"user": "maud", "interaction": opened["id"], "fields": fields})).await;
    let why = bench.ask("why", &json!({"question": "how much?", "channel": general})).await;
    assert_eq!((&why["here"]["defaults"][0]["values"][0]["name"], &why["here"]["topic"]), (&json!("Ohio"), &json!("Pay")), "{why:#}");
    assert_eq!(why["reply"]["choices"][0]["entry"], "pay.national", "{why:#}");
    let pay = bench.ask("why", &json!({"question": "how much do MAs make here", "channel": general})).await;
    assert_eq!((&pay["reply"]["facets"]["state"], &pay["reply"]["entry"]), (&json!("OH"), &json!("pay.by-state")), "{pay:#}");
    let own = bench.ask("why", &json!({"question": "where do i park", "channel": general})).await;
    assert_eq!(own["reply"]["own"], "Where do I park?", "{own:#}");
    let direct = bench.workbench.remote().places().ada_direct;
    let elsewhere = bench.ask("why", &json!({"question": "where do i park", "channel": direct})).await;
    assert_eq!((&elsewhere["reply"]["own"], &elsewhere["here"]["topic"]), (&Value::Null, &Value::Null), "{elsewhere:#}");
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_form_is_told_by_its_fields_and_other_commands_not_at_all() {
    let bench = Bench::start().await;
    let asked = json!({"question": "Ohio", "given": {"state": "OH"}, "command": "pay"});
    let why = bench.ask("why", &asked).await;
    assert_eq!((&why["form"], &why["reply"]["entry"], &why["facets"][0]["id"]), (&json!("pay"), &json!("pay.by-state"), &json!("state")));
    assert!(why["reply"]["place"].as_str().unwrap().starts_with("entries/all.toml:") && why["candidates"].is_null(), "{why:#}");
    let unknown = bench.ask("why", &json!({"question": "Atlantis", "given": {"state": "Atlantis"}, "command": "pay"})).await;
    assert_eq!((&unknown["form"], &unknown["reply"]), (&json!("pay"), &Value::Null));
    let words = bench.ask("why", &json!({"question": "MA pay", "command": "ask"})).await;
    assert_eq!(words["reply"]["entry"], "pay.national", "{words:#}");
    assert_eq!(bench.ask("why", &json!({"question": "x", "command": "own"})).await, Value::Null);
    bench.workbench.stop().await;
}

#[tokio::test]
async fn in_an_answer_channel_she_answers_what_nobody_put_to_her() {
    let bench = Bench::start().await;
    let at = bench.workbench.remote().places();
    let settings = format!("answer_channels = [\"{}\"]\n", at.clinic_questions);
    let upload = bench.web.post(format!("{}/sandbox/upload?filename=settings.toml", bench.base)).body(settings).send().await.unwrap();
    let file = upload.json::<Value>().await.unwrap()["id"].clone();
    bench.ask("slash", &json!({"user": "maud", "channel": "general", "name": "settings", "options": {"import": {"file": file}}})).await;
    bench.ask("post", &json!({"user": "ben", "channel": "clinic-questions", "text": "can medical assistants give injections?"})).await;
    let answer = bench.workbench.remote().next_message(at.clinic_questions, SOON).await.unwrap();
    assert!(answer.content.contains("provider delegates"), "{}", answer.content);
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
