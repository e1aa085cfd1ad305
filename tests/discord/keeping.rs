//! What outlives a question, and what happens to answers when the store does not work.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::date;
use mabel::config::{Database, Secret};
use mabel::store::{GapCount, Limits, Memory, Settings, Sql, Steady, Store};
use serde_json::json;

use crate::stage::{SOON, Stage, today};
use crate::wavering::{Mood, Wavering};

/// A store in that file as `mabel run` has it.
fn in_file(path: &Path) -> (Arc<Sql>, Arc<Steady>) {
    let database = Arc::new(Sql::new(Database::File(path.to_path_buf())));
    let steady = Arc::new(Steady::new(Arc::<Sql>::clone(&database), Limits::default()));
    (database, steady)
}

/// Waits until the store is as wanted.
async fn kept(wanted: impl AsyncFn() -> bool) {
    let begin = std::time::Instant::now();
    while !wanted().await {
        assert!(begin.elapsed() < SOON, "it never came");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn after_a_restart_an_edit_still_changes_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mabel.db");
    let (database, steady) = in_file(&path);
    let stage = Stage::set_over(Arc::<Steady>::clone(&steady)).await;
    let (question, answer) = stage.asked("can MAs give shots").await;
    stage.linked(answer.id, "scope.injections").await;
    assert_eq!(steady.finish(SOON).await, 0);
    database.close().await;
    let (database, steady) = in_file(&path);
    let stage = stage.restart_over(Arc::<Steady>::clone(&steady)).await;
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} what is MA pay", stage.mention())).await.unwrap();
    let changed = stage.message_when(answer.id, |message| message.content != answer.content).await;
    assert!(changed.content.contains('$'), "{}", changed.content);
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    stage.gone(answer.id).await;
    stage.over().await;
    assert_eq!(steady.finish(SOON).await, 0);
    database.close().await;
}

#[tokio::test]
async fn commands_that_were_registered_before_are_not_even_looked_at() {
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let stage = Stage::set_over(Arc::clone(&store)).await;
    let looks = |stage: &Stage| {
        let of_commands = |request: &&mabel::sandbox::RecordedRequest| request.route.ends_with("/commands");
        stage.sandbox.requests().iter().filter(of_commands).count()
    };
    assert_eq!(looks(&stage), 2, "read and written");
    let stage = stage.restart_over(Arc::clone(&store)).await;
    assert_eq!(looks(&stage), 2);
    store.keep_commands_hash(stage.at.application.0, "of other commands").await.unwrap();
    let stage = stage.restart_over(store).await;
    assert_eq!(looks(&stage), 3, "read, and nothing to write");
    stage.over().await;
}

#[tokio::test]
async fn a_store_that_fails_or_hangs_never_stops_an_answer() {
    let store = Arc::new(Wavering::new(Mood::Works));
    let steady: Arc<dyn Store> = Arc::new(Steady::new(Arc::<Wavering>::clone(&store), Limits::default()));
    let stage = Stage::set_over(steady).await;
    for mood in [Mood::Fails, Mood::Hangs, Mood::Refuses] {
        store.is(mood);
        let (question, answer) = stage.asked("can MAs give shots").await;
        // The edit comes seconds after the answer: what is to be kept has not been written, and is known all the same.
        if mood != Mood::Refuses {
            stage.sandbox.edit(stage.at.ada, question.id, &format!("{} what is MA pay", stage.mention())).await.unwrap();
            stage.message_when(answer.id, |message| message.content != answer.content).await;
        }
        let used = stage.used(stage.at.ben, "ask", json!({ "question": "MA pay" })).await;
        assert!(used.content.contains('$'), "{}", used.content);
        let pressed = stage.pressed(stage.at.ben, &used, "Sources").await;
        assert!(!pressed.content.is_empty());
    }
    assert!(store.uses() > 0, "it was asked all the same");
    stage.over().await;
}

#[tokio::test]
async fn a_database_server_that_is_not_there_never_stops_an_answer() {
    let server = Database::Server(Secret::new("postgres://mabel:hunter2@127.0.0.1:9/mabel").unwrap());
    let steady: Arc<dyn Store> = Arc::new(Steady::new(Arc::new(Sql::new(server)), Limits::default()));
    let stage = Stage::set_over(steady).await;
    let (_, answer) = stage.asked("what is MA pay").await;
    assert!(answer.content.contains('$'), "{}", answer.content);
    stage.over().await;
}

#[tokio::test]
async fn a_question_without_an_answer_is_counted_unless_it_tells_of_a_person() {
    let stage = Stage::set().await;
    for question in [
        "which umbrella fits a giraffe",
        "which umbrella fits Maria Okonkwo",
        "umbrella for a giraffe, call 555-010-9999",
        "what is MA pay",
    ] {
        stage.used(stage.at.ada, "ask", json!({ "question": question })).await;
    }
    stage.asked("Which umbrella fits a giraffe?").await;
    let week = date(2026, 11, 16);
    let expected = [GapCount { week, words: "fits giraffe umbrella".to_owned(), count: 2 }];
    kept(async || stage.store.gaps(today()).await.unwrap() == expected).await;
    stage.over().await;
}

#[tokio::test]
async fn a_server_that_mabel_is_removed_from_is_noted_and_cleared_when_she_is_back() {
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let stage = Stage::set_over(Arc::clone(&store)).await;
    let guild = stage.at.guild.0;
    stage.sandbox.remove_bot(stage.at.guild);
    kept(async || store.guilds_left().await.unwrap().contains_key(&guild)).await;
    assert_eq!(store.guilds_left().await.unwrap()[&guild], today());
    stage.over().await;

    // Meanwhile she was removed from one server and came back to another.
    let gone = 12_345 << 22;
    store.keep_settings(gone, &Settings::default()).await.unwrap();
    let stage = Stage::set_over(Arc::clone(&store)).await;
    let here = stage.at.guild.0;
    kept(async || {
        let left = store.guilds_left().await.unwrap();
        left.contains_key(&gone) && !left.contains_key(&here)
    })
    .await;
    stage.over().await;
}
