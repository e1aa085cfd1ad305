//! The database breaks; answers go on, and what is to be kept is written once it works again.

use std::time::Duration;

use sqlx::{Connection, Executor, SqliteConnection};

use super::{Fault, Launch, Strike};

/// An answer waits for the store no longer than a moment.
const AT_ONCE: Duration = Duration::from_secs(3);

/// The rows.
pub fn rows() -> Vec<Fault> {
    vec![
        Fault::new("database locked by another program for 3 s", AT_ONCE, locked()).saying("the store fails").keeping_links(),
        Fault::new("disk full: no file may grow past 128 KB", AT_ONCE, nothing()).prepared(small_files).saying("the store fails"),
        Fault::new("PostgreSQL gone for 3 s", AT_ONCE, server_gone()).saying("the store works again").over_server(),
        Fault::new("the database file is deleted", AT_ONCE, deleted()),
        Fault::new("the database file is overwritten with garbage", AT_ONCE, overwritten()),
    ]
}

fn nothing() -> Strike {
    Box::new(|_| Box::pin(tokio::time::sleep(Duration::from_secs(2))))
}

/// As on a full disk every write beyond the limit fails; the shell counts in blocks of 512 bytes.
fn small_files(launch: &mut Launch) {
    launch.first = "trap '' XFSZ; ulimit -f 256";
}

fn locked() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            let mut other = SqliteConnection::connect(&format!("sqlite://{}", scene.database().display())).await.unwrap();
            other.execute("BEGIN EXCLUSIVE").await.unwrap();
            tokio::time::sleep(Duration::from_secs(3)).await;
            other.execute("ROLLBACK").await.unwrap();
            other.close().await.unwrap();
        })
    })
}

fn server_gone() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            let relay = scene.relay.as_mut().unwrap();
            relay.shut();
            tokio::time::sleep(Duration::from_secs(3)).await;
            relay.open_again().await;
        })
    })
}

fn deleted() -> Strike {
    Box::new(|scene| {
        for end in ["", "-wal", "-shm"] {
            // One that is not there is gone already.
            let _ = std::fs::remove_file(format!("{}{end}", scene.database().display()));
        }
        Box::pin(async {})
    })
}

fn overwritten() -> Strike {
    Box::new(|scene| {
        std::fs::write(scene.database(), vec![0xAB; 200_000]).unwrap();
        Box::pin(async {})
    })
}
