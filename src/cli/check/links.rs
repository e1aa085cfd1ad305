//! `mabel check --links`.

use std::io;

use serde_json::{Value, json};

use super::super::output::{BOLD, DIM, YELLOW};
use crate::check::links::{Link, Use};

/// The most uses of a kind that are named on a line for people.
const MOST_NAMED: usize = 6;

/// The links for people, a host a block.
pub(super) fn write(out: &mut dyn io::Write, links: &[Link]) -> io::Result<()> {
    let mut hosts = 0;
    for (index, link) in links.iter().enumerate() {
        if index == 0 || links[index - 1].host != link.host {
            hosts += 1;
            let count = links.iter().filter(|other| other.host == link.host).count();
            writeln!(out, "{BOLD}{}{BOLD:#} ({count})", link.host)?;
        }
        writeln!(out, "  {}", link.url)?;
        named(out, "sources", link.sources.iter().map(String::as_str))?;
        for (kind, uses) in kinds(link) {
            named(out, kind, uses.iter().map(|user| user.id.as_str()))?;
        }
        if link.is_idle() {
            writeln!(out, "    {YELLOW}nothing uses it{YELLOW:#}")?;
        }
    }
    let idle = links.iter().filter(|link| link.is_idle()).count();
    writeln!(out, "{BOLD}{} links at {hosts} hosts, {idle} of them unused{BOLD:#}", links.len())
}

/// The links for programs: one object with all of them.
pub(super) fn json(links: &[Link]) -> Value {
    let uses = |uses: &[Use]| -> Vec<Value> { uses.iter().map(|user| json!({"id": user.id, "place": place(user)})).collect() };
    let links: Vec<Value> = links
        .iter()
        .map(|link| {
            let mut object = json!({"host": link.host, "url": link.url, "sources": link.sources});
            for (kind, users) in kinds(link) {
                object[kind] = uses(users).into();
            }
            object
        })
        .collect();
    json!({ "links": links })
}

fn place(user: &Use) -> Option<String> {
    (!user.place.file.is_empty()).then(|| user.place.to_string())
}

fn kinds(link: &Link) -> [(&'static str, &[Use]); 4] {
    [("entries", &link.entries), ("rows", &link.rows), ("guards", &link.guards), ("others", &link.others)]
}

fn named<'name>(out: &mut dyn io::Write, kind: &str, names: impl Iterator<Item = &'name str>) -> io::Result<()> {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return Ok(());
    }
    let shown = names[..names.len().min(MOST_NAMED)].join(", ");
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    writeln!(out, "    {DIM}{kind} ({}):{DIM:#} {shown}{more}", names.len())
}
