//! Databases that cannot be opened: one line that says why and what to do, and never the address.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use mabel::config::{Database, Secret};
use mabel::store::{OpenError, Settings, Sql, Store, set_aside};
use sqlx::{Connection, Executor, SqliteConnection};

use crate::backends::InFile;
use crate::server::Schema;

async fn refused(database: Database) -> OpenError {
    let error = Sql::new(database).open().await.unwrap_err();
    assert!(!error.to_string().contains('\n'), "{error}");
    error
}

async fn refused_file(path: &Path) -> OpenError {
    refused(Database::File(path.to_path_buf())).await
}

/// Writes something into a database as another program would.
async fn tamper(path: &Path, statement: &'static str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    connection.execute(statement).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_file_is_made_on_first_use_and_found_again() {
    let file = InFile::open().await;
    file.keep_settings(7, &Settings { plain_text: true, ..Settings::default() }).await.unwrap();
    file.store.close().await;
    let again = Sql::new(Database::File(file.path.clone()));
    again.open().await.unwrap();
    assert!(again.settings(7).await.unwrap().unwrap().plain_text);
    again.close().await;
}

#[tokio::test]
async fn names_of_files_may_hold_any_sign() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b%20#c.db");
    let store = Sql::new(Database::File(path.clone()));
    store.open().await.unwrap();
    store.healthy().await.unwrap();
    store.close().await;
    let names = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["a b%20#c.db"]);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere/mabel.db");
    let error = refused_file(&path).await;
    assert!(matches!(error, OpenError::NoFolder { .. }) && !error.may_pass(), "{error}");
    assert!(error.to_string().contains(&folder.path().join("nowhere").display().to_string()), "{error}");
}

#[tokio::test]
async fn what_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused_file(folder.path()).await;
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    assert!(error.to_string().contains("let Mabel write it and its folder"), "{error}");
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_kept_aside_only_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mabel.db");
    fs::write(&path, "this is no database at all, whatever its name may say").unwrap();
    let error = refused_file(&path).await;
    assert!(matches!(error, OpenError::Damaged { .. }) && error.to_string().contains("--fresh-database"), "{error}");
    let aside = set_aside(&path, date(2026, 11, 22)).await.unwrap().unwrap();
    assert_eq!(aside, folder.path().join("mabel.db.corrupt-2026-11-22"));
    assert!(fs::read_to_string(&aside).unwrap().starts_with("this is no database"));
    Sql::new(Database::File(path.clone())).open().await.unwrap();
    assert_eq!(set_aside(&path, date(2026, 11, 22)).await.unwrap(), None, "a whole file stays where it is");
}

#[tokio::test]
async fn a_page_that_was_overwritten_is_noticed() {
    let file = InFile::open().await;
    for guild in 0..400 {
        file.keep_settings(guild, &Settings { locale: Some("es-419".to_owned()), ..Settings::default() }).await.unwrap();
    }
    file.store.close().await;
    let mut bytes = fs::read(&file.path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0xAA);
    fs::write(&file.path, bytes).unwrap();
    assert!(matches!(refused_file(&file.path).await, OpenError::Damaged { .. }));
}

#[tokio::test]
async fn tables_of_a_newer_mabel_are_left_alone() {
    let file = InFile::open().await;
    file.store.close().await;
    tamper(
        &file.path,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'later', TRUE, x'00', 0)",
    )
    .await;
    let error = refused_file(&file.path).await;
    assert!(matches!(error, OpenError::Newer { has: 99, knows: 2 }), "{error:?}");
    assert!(error.to_string().contains("used by a newer Mabel: its tables have version 99, this program knows 2"), "{error}");
}

#[tokio::test]
async fn tables_that_were_changed_are_left_alone() {
    let file = InFile::open().await;
    file.store.close().await;
    tamper(&file.path, "UPDATE _sqlx_migrations SET checksum = x'00'").await;
    assert!(matches!(refused_file(&file.path).await, OpenError::Changed { step: 1 }));
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come_back() {
    let error = refused(Database::Server(Secret::new("postgres://mabel:hunter2@127.0.0.1:9/mabel").unwrap())).await;
    assert!(error.may_pass(), "{error:?}");
    assert!(!error.to_string().contains("hunter2") && !format!("{error:?}").contains("hunter2"), "{error}");
}

#[tokio::test]
async fn an_address_that_is_none_is_told_without_repeating_it() {
    let error = refused(Database::Server(Secret::new("postgres://mabel:hunter2@host:notaport/x").unwrap())).await;
    assert!(matches!(error, OpenError::Address) && !error.to_string().contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn a_server_without_rights_says_which_to_give() {
    let Some(schema) = Schema::new().await else { return };
    let role = format!("role_{}", schema.name);
    schema.execute(&format!("CREATE ROLE {role} LOGIN PASSWORD 'hunter2'")).await;
    let (before, after) = schema.server.split_once("://").unwrap();
    let host = after.split_once('@').map_or(after, |(_, host)| host);
    let sign = if host.contains('?') { '&' } else { '?' };
    let address = format!("{before}://{role}:hunter2@{host}{sign}options[search_path]={}", schema.name);
    let error = refused(Database::Server(Secret::new(&address).unwrap())).await;
    assert!(matches!(error, OpenError::NoRights { .. }), "{error:?}");
    assert!(error.to_string().contains("GRANT USAGE, CREATE") && !error.to_string().contains("hunter2"), "{error}");
    schema.execute(&format!("DROP ROLE {role}")).await;
    schema.drop().await;
}

#[tokio::test]
async fn a_database_that_is_not_on_the_server_is_a_refused_login() {
    let Some(schema) = Schema::new().await else { return };
    let address = format!("{}_none", schema.server.split('?').next().unwrap());
    let query = schema.server.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
    let error = refused(Database::Server(Secret::new(&format!("{address}{query}")).unwrap())).await;
    assert!(matches!(error, OpenError::Login { .. }), "{error:?}");
    schema.drop().await;
}
