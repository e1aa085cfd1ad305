//! `mabel health`: asks a running Mabel how she is; for containers, which then need no other program for it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::{Ended, output, store};
use crate::config::Settings;

/// Who does not answer by then is not well.
const PATIENCE: Duration = Duration::from_secs(3);

/// Arguments of `mabel health`.
#[derive(Debug, clap::Args)]
pub struct Health {
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
}

impl Health {
    /// Asks; exit code 1 if she is not ready or does not answer.
    ///
    /// # Errors
    /// When there is nobody to ask.
    pub fn run(self, settings: &Settings) -> anyhow::Result<Ended> {
        let listen = settings.ops.listen.context("`ops.listen` is not set: a running Mabel tells nobody how she is")?;
        let (status, report) = match store::runtime()?.block_on(ask(here(listen))) {
            Ok(answer) => answer,
            Err(error) => {
                output::print(|out| writeln!(out, "no answer at {listen}: {}", error.without_url()))?;
                return Ok(Ended::SaidNo);
            }
        };
        output::print(|out| {
            if self.json {
                return writeln!(out, "{report:#}");
            }
            writeln!(out, "{}", report["state"].as_str().unwrap_or("unknown"))?;
            let reasons = report["reasons"].as_array().into_iter().flatten().filter_map(Value::as_str);
            reasons.into_iter().try_for_each(|reason| writeln!(out, "  {reason}"))
        })?;
        Ok(if status.is_success() { Ended::Done } else { Ended::SaidNo })
    }
}

async fn ask(address: SocketAddr) -> reqwest::Result<(reqwest::StatusCode, Value)> {
    // A proxy of the environment is for the world outside.
    let web = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build()?;
    let answer = web.get(format!("http://{address}/readyz")).send().await?;
    let status = answer.status();
    Ok((status, answer.json().await?))
}

/// Who listens everywhere listens here.
fn here(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_everywhere_is_asked_here() {
        for (listens, asked) in [("0.0.0.0:9090", "127.0.0.1:9090"), ("[::]:1", "[::1]:1"), ("10.0.0.1:2", "10.0.0.1:2")] {
            assert_eq!(here(listens.parse().unwrap()).to_string(), asked);
        }
    }
}
