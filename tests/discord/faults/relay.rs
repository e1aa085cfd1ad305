//! A door in front of a database server: shut, it is as if the server had died, whoever else uses it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::{JoinHandle, JoinSet};

/// An open door.
pub struct Relay {
    /// The address of the database through it.
    pub address: String,
    server: PgConnectOptions,
    listens: SocketAddr,
    task: JoinHandle<()>,
}

impl Relay {
    /// A door in front of the server of that address.
    pub async fn open(address: &str) -> Self {
        let server = PgConnectOptions::from_str(address).unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let listens = listener.local_addr().unwrap();
        let (scheme, rest) = address.split_once("://").unwrap();
        let (place, path) = rest.split_once('/').unwrap();
        let user = place.rsplit_once('@').map_or(String::new(), |(user, _)| format!("{user}@"));
        let task = tokio::spawn(pass(listener, server.clone()));
        Self { address: format!("{scheme}://{user}{listens}/{path}"), server, listens, task }
    }

    /// Shuts it: connections break, and no new ones are made.
    pub fn shut(&self) {
        self.task.abort();
    }

    /// Opens it again.
    pub async fn open_again(&mut self) {
        let listener = TcpListener::bind(self.listens).await.unwrap();
        self.task = tokio::spawn(pass(listener, self.server.clone()));
    }
}

/// Passes on what comes; with this task all connections end.
async fn pass(listener: TcpListener, server: PgConnectOptions) {
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let server = server.clone();
        connections.spawn(async move {
            // As sqlx reads addresses: a host that is a path is a folder with a socket.
            let socket =
                server.get_socket().cloned().or_else(|| server.get_host().starts_with('/').then(|| PathBuf::from(server.get_host())));
            match socket {
                Some(folder) => join(client, UnixStream::connect(folder.join(format!(".s.PGSQL.{}", server.get_port()))).await).await,
                None => join(client, TcpStream::connect((server.get_host(), server.get_port())).await).await,
            }
        });
    }
}

async fn join(mut client: TcpStream, server: std::io::Result<impl AsyncRead + AsyncWrite + Unpin>) {
    if let Ok(mut server) = server {
        // Whichever side ends it.
        let _ = copy_bidirectional(&mut client, &mut server).await;
    }
}
