//! A store that is slow, gone, locked, full or taken away never stands in the way.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{Date, date};
use mabel::config::Database;
use mabel::store::{Gap, Limits, Origin, Pauses, ReplyLink, Settings, Sql, Steady, Store, StoreError, Vote};
use sqlx::{Connection, Executor, SqliteConnection};
use tokio::time::{sleep, timeout};

use crate::backends::{InFile, OnServer, database};
use crate::server::skipped;
use crate::wavering::{Mood, UNLUCKY, Wavering};

fn day() -> Date {
    date(2026, 11, 21)
}

fn link(question: u64, answer: u64) -> ReplyLink {
    ReplyLink { question, guild: Some(7), channel: 1, answer, origin: Origin::Asked, about: None, day: day() }
}

/// Little patience, so that no test takes long.
fn impatient() -> Limits {
    let pauses = Pauses { first: Duration::from_millis(5), longest: Duration::from_millis(40) };
    let (moment, ages) = (Duration::from_millis(50), Duration::from_secs(30));
    Limits {
        most_queued: 8192,
        read: moment,
        change: ages,
        write: moment,
        gather: Duration::ZERO,
        long: ages,
        look: moment,
        fresh: Duration::ZERO,
        pauses,
    }
}

fn around(mood: Mood) -> (Arc<Wavering>, Steady) {
    around_with(mood, impatient())
}

fn around_with(mood: Mood, limits: Limits) -> (Arc<Wavering>, Steady) {
    let store = Arc::new(Wavering::new(mood));
    let steady = Steady::new(Arc::<Wavering>::clone(&store), limits);
    (store, steady)
}

/// More than any test waits for what will come.
const SOON: Duration = Duration::from_secs(30);

/// Waits until that is so.
async fn until(wanted: impl AsyncFn() -> bool) {
    timeout(SOON, async {
        while !wanted().await {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_was_just_kept_is_read_while_the_store_hangs() {
    let (store, steady) = around(Mood::Hangs);
    steady.keep_link(link(10, 11)).await.unwrap();
    assert_eq!(steady.link(10).await.unwrap(), Some(link(10, 11)));
    assert_eq!(steady.link_of_answer(11).await.unwrap(), Some(link(10, 11)));
    steady.keep_link(link(10, 12)).await.unwrap();
    assert_eq!(steady.link_of_answer(12).await.unwrap(), Some(link(10, 12)));
    assert!(steady.link_of_answer(11).await.is_err(), "the old answer has no link, and the store does not say otherwise");
    steady.drop_link(10).await.unwrap();
    assert_eq!(steady.link(10).await.unwrap(), None);
    store.is(Mood::Works);
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(store.inner.link(10).await.unwrap(), None);
}

#[tokio::test]
async fn links_that_come_together_are_written_together() {
    let (store, steady) = around_with(Mood::Works, Limits { gather: Duration::from_millis(200), ..impatient() });
    for question in 0..20 {
        steady.keep_link(link(question, question + 1000)).await.unwrap();
        steady.keep_vote(Vote { entry: "a".into(), helpful: true, day: day() }).await.unwrap();
    }
    steady.drop_link(7).await.unwrap();
    steady.keep_link(link(20, 1020)).await.unwrap();
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(store.inner.link(7).await.unwrap(), None);
    for question in (0..=20).filter(|question| *question != 7) {
        assert_eq!(store.inner.link(question).await.unwrap(), Some(link(question, question + 1000)));
    }
    // Servers that were left are read once; then come the links, the votes, the link dropped and the last one.
    assert_eq!(store.uses(), 1 + 1 + 20 + 1 + 1);
}

#[tokio::test]
async fn lists_hold_what_was_just_queued() {
    let (_, steady) = around_with(Mood::Works, Limits { gather: Duration::from_millis(50), read: SOON, ..impatient() });
    steady.keep_link(link(10, 11)).await.unwrap();
    steady.keep_gap(Gap { words: "umbrella".to_owned(), day: day() }).await.unwrap();
    steady.keep_vote(Vote { entry: "a".into(), helpful: true, day: day() }).await.unwrap();
    assert_eq!(steady.gaps(day()).await.unwrap().len(), 1);
    assert_eq!(steady.votes(day()..=day()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_link_that_is_refused_takes_no_other_along() {
    let (store, steady) = around(Mood::Works);
    for question in 110..116 {
        steady.keep_link(link(question, question + 1000)).await.unwrap();
    }
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(steady.health().dropped, 1);
    for question in 110..116 {
        assert_eq!(store.inner.link(question).await.unwrap().is_some(), question != UNLUCKY);
    }
}

#[tokio::test]
async fn a_link_that_is_about_to_go_is_not_read_from_the_store() {
    let (store, steady) = around(Mood::Works);
    store.inner.keep_link(link(10, 11)).await.unwrap();
    steady.drop_link(10).await.unwrap();
    assert_eq!((steady.link(10).await.unwrap(), steady.link_of_answer(11).await.unwrap()), (None, None));
}

#[tokio::test]
async fn a_store_that_hangs_holds_an_answer_up_for_a_moment_once() {
    let pauses = Pauses { first: SOON, longest: SOON };
    let (store, steady) = around_with(Mood::Hangs, Limits { pauses, ..impatient() });
    assert!(matches!(steady.link(10).await, Err(StoreError::Unavailable(_))));
    let uses = store.uses();
    for question in 0..1000 {
        assert!(steady.link(question).await.is_err());
    }
    assert_eq!(store.uses(), uses, "it is left alone for a while");
    assert!(!steady.health().is_well());
}

#[tokio::test]
async fn settings_are_what_they_last_were_while_the_store_is_gone() {
    let (store, steady) = around(Mood::Works);
    let settings = Settings { plain_text: true, ..Settings::default() };
    steady.keep_settings(7, &settings).await.unwrap();
    store.is(Mood::Fails);
    assert_eq!(steady.settings(7).await.unwrap(), Some(settings.clone()));
    assert!(steady.settings(8).await.is_err(), "nothing is known of that server");
    let other = Settings::default();
    assert!(steady.keep_settings(7, &other).await.is_err(), "who changes settings is told that they were not kept");
    assert_eq!(steady.settings(7).await.unwrap(), Some(settings));
    store.is(Mood::Works);
    store.inner.keep_settings(7, &other).await.unwrap();
    // What another process changed is seen.
    until(async || steady.settings(7).await.unwrap().as_ref() == Some(&other)).await;
}

#[tokio::test]
async fn settings_are_read_once_in_a_while_not_for_every_question() {
    let look = SOON;
    let (store, steady) = around_with(Mood::Works, Limits { fresh: SOON, look, ..impatient() });
    until(async || store.uses() > 0).await;
    store.inner.keep_settings(7, &Settings::default()).await.unwrap();
    steady.settings(7).await.unwrap();
    let uses = store.uses();
    for _ in 0..1000 {
        assert!(steady.settings(7).await.unwrap().is_some() && steady.own_answers(7).await.unwrap().is_empty());
    }
    assert_eq!(store.uses(), uses + 1, "only the own answers were read, once");
}

#[tokio::test]
async fn what_waits_is_written_when_the_store_is_back() {
    let (store, steady) = around(Mood::Fails);
    for question in 0..100 {
        steady.keep_link(link(question, question + 1000)).await.unwrap();
    }
    until(async || steady.health().failures > 3).await;
    assert_eq!(steady.health().queued, 100);
    store.is(Mood::Works);
    assert_eq!(steady.finish(SOON).await, 0);
    assert!(store.inner.link(0).await.unwrap().is_some() && store.inner.link(99).await.unwrap().is_some());
    assert!(steady.health().is_well());
}

#[tokio::test]
async fn a_full_queue_gives_up_the_oldest_and_counts_them() {
    let (store, steady) = around_with(Mood::Hangs, Limits { most_queued: 10, ..impatient() });
    for question in 0..25 {
        steady.keep_link(link(question, question + 1000)).await.unwrap();
    }
    let health = steady.health();
    assert_eq!((health.queued, health.dropped), (10, 15));
    store.is(Mood::Works);
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!((store.inner.link(14).await.unwrap(), store.inner.link(15).await.unwrap()), (None, Some(link(15, 1015))));
}

#[tokio::test]
async fn what_the_store_refuses_does_not_hold_up_the_rest() {
    let (store, steady) = around(Mood::Refuses);
    steady.keep_link(link(10, 11)).await.unwrap();
    until(async || steady.health().dropped == 1).await;
    store.is(Mood::Works);
    steady.keep_link(link(20, 21)).await.unwrap();
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(steady.health().dropped, 1);
    assert!(store.inner.link(20).await.unwrap().is_some());
}

#[tokio::test]
async fn the_end_does_not_wait_for_a_store_that_is_gone() {
    let (_, steady) = around(Mood::Hangs);
    steady.keep_link(link(10, 11)).await.unwrap();
    assert_eq!(steady.finish(Duration::from_millis(100)).await, 1);
}

#[tokio::test]
async fn a_store_that_nobody_uses_is_looked_at() {
    let (store, steady) = around(Mood::Works);
    assert!(steady.health().is_well());
    store.is(Mood::Fails);
    until(async || !steady.health().is_well()).await;
    assert_eq!(steady.health().trouble.as_deref(), Some("no space is left for the database"));
    store.is(Mood::Works);
    until(async || steady.health().is_well()).await;
}

#[tokio::test]
async fn only_servers_that_had_left_are_written_when_all_come_back() {
    let store = Arc::new(Wavering::new(Mood::Works));
    store.inner.guild_left(3, day()).await.unwrap();
    let steady = Steady::new(Arc::<Wavering>::clone(&store), Limits { look: SOON, ..impatient() });
    steady.keep_link(link(10, 11)).await.unwrap();
    until(async || steady.health().queued == 0).await;
    let uses = store.uses();
    for guild in 0..5000 {
        steady.guild_back(guild).await.unwrap();
    }
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(store.uses() - uses, 1);
    assert!(store.inner.guilds_left().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_forgotten_server_does_not_come_back_from_the_queue() {
    let (store, steady) = around(Mood::Hangs);
    steady.keep_link(link(10, 11)).await.unwrap();
    steady.keep_link(ReplyLink { guild: Some(8), ..link(20, 21) }).await.unwrap();
    store.is(Mood::Works);
    steady.forget_guild(7).await.unwrap();
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(store.inner.link(10).await.unwrap(), None);
    assert!(store.inner.link(20).await.unwrap().is_some());
}

/// A steady store in a file, with the file.
fn in_file(file: &InFile) -> (Arc<Sql>, Steady) {
    let store = Arc::new(Sql::new(Database::File(file.path.clone())));
    let steady = Steady::new(Arc::<Sql>::clone(&store), Limits::default());
    (store, steady)
}

#[tokio::test]
async fn a_file_locked_by_another_process_is_written_when_it_is_free() {
    let file = InFile::open().await;
    let (store, steady) = in_file(&file);
    let mut other = SqliteConnection::connect(&format!("sqlite://{}", file.path.display())).await.unwrap();
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    steady.keep_link(link(10, 11)).await.unwrap();
    assert_eq!(steady.link(10).await.unwrap(), Some(link(10, 11)));
    assert_eq!(steady.link(99).await.unwrap(), None, "readers do not wait for a writer");
    until(async || !steady.health().is_well()).await;
    assert!(steady.health().trouble.unwrap().contains("locked"));
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(steady.finish(SOON).await, 0);
    assert_eq!(store.link(10).await.unwrap(), Some(link(10, 11)));
}

#[tokio::test]
async fn a_file_that_was_taken_away_is_told_and_answers_go_on() {
    let file = InFile::open().await;
    let (_, steady) = in_file(&file);
    steady.healthy().await.unwrap();
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", file.path.display()));
    }
    let error = steady.healthy().await.unwrap_err();
    assert!(error.to_string().contains("has gone"), "{error}");
    assert!(!steady.health().is_well());
    steady.keep_link(link(10, 11)).await.unwrap();
    assert!(!file.path.exists(), "no empty file takes its place");
}

/// Mounts a small file system, where that is allowed.
fn small_disk(at: &Path) -> bool {
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"]).arg(at).output();
    mount.is_ok_and(|output| output.status.success())
}

#[tokio::test]
async fn on_a_full_disk_writes_wait_and_are_done_when_there_is_space() {
    let folder = tempfile::tempdir().unwrap();
    if !small_disk(folder.path()) {
        skipped("no file system can be mounted here");
        return;
    }
    let store = Arc::new(Sql::new(Database::File(folder.path().join("mabel.db"))));
    store.open().await.unwrap();
    let steady = Steady::new(Arc::<Sql>::clone(&store), Limits::default());
    let ballast = folder.path().join("ballast");
    // Fills what is left, until the system refuses.
    assert!(fs::write(&ballast, vec![0; 32 << 20]).is_err());
    for question in 0..2000 {
        steady.keep_link(link(question, question + 5000)).await.unwrap();
    }
    until(async || !steady.health().is_well()).await;
    let trouble = steady.health().trouble.unwrap();
    assert!(trouble.contains("space") || trouble.contains("written"), "{trouble}");
    assert_eq!(steady.link(1999).await.unwrap(), Some(link(1999, 6999)));
    fs::remove_file(&ballast).unwrap();
    until(async || steady.health().is_well() && steady.health().queued == 0).await;
    assert_eq!(store.link(1999).await.unwrap(), Some(link(1999, 6999)));
    drop(steady);
    store.close().await;
    assert!(Command::new("umount").arg("-l").arg(folder.path()).status().unwrap().success());
}

#[tokio::test]
async fn connections_that_the_server_cuts_are_made_anew() {
    let Some(server) = OnServer::open().await else { return };
    let store = Arc::new(Sql::new(database(&server.schema)));
    let steady = Steady::new(Arc::<Sql>::clone(&store), Limits::default());
    for round in 0..3 {
        let question = round * 10;
        steady.keep_link(link(question, question + 1)).await.unwrap();
        server
            .schema
            .execute(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{}'", server.schema.name))
            .await;
        assert!(steady.link(question).await.ok().flatten().is_none_or(|found| found == link(question, question + 1)));
    }
    until(async || steady.health().queued == 0).await;
    assert_eq!(store.link(20).await.unwrap(), Some(link(20, 21)));
    drop(steady);
    store.close().await;
    server.end().await;
}

#[tokio::test]
async fn two_processes_over_one_server_see_what_the_other_kept() {
    let Some(server) = OnServer::open().await else { return };
    let (one, other) = (Sql::new(database(&server.schema)), Sql::new(database(&server.schema)));
    let (opened, too) = tokio::join!(one.open(), other.open());
    opened.unwrap();
    too.unwrap();
    one.keep_link(link(10, 11)).await.unwrap();
    assert_eq!(other.link_of_answer(11).await.unwrap(), Some(link(10, 11)));
    one.close().await;
    other.close().await;
    server.end().await;
}
