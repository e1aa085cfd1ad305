//! Every link of the knowledge with what uses it, for whoever goes and sees whether the pages are still there.
//!
//! A link stands in a source, or in a text that a reader sees. Nothing here opens a page.

use std::collections::BTreeMap;

use crate::knowledge::{Knowledge, Place, SourceId};

/// A link and what uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The host, without `www.`.
    pub host: String,
    /// The address.
    pub url: String,
    /// Sources that stand at it.
    pub sources: Vec<String>,
    /// Entries that name such a source, or the address itself.
    pub entries: Vec<Use>,
    /// Rows from such a source, as table and keys: `pay_by_state TX`.
    pub rows: Vec<Use>,
    /// Guards with such a source or the address in their text.
    pub guards: Vec<Use>,
    /// Asides and caveats with the address in their text.
    pub others: Vec<Use>,
}

/// Something that uses a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it is called.
    pub id: String,
    /// Where it is defined; the whole knowledge for what has no place.
    pub place: Place,
}

impl Link {
    /// Whether nothing uses it.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        [&self.entries, &self.rows, &self.guards, &self.others].iter().all(|uses| uses.is_empty())
    }
}

/// Every link, by host and address.
#[must_use]
pub fn links(knowledge: &Knowledge) -> Vec<Link> {
    let mut links = Links { by_url: BTreeMap::new(), knowledge };
    for source in knowledge.sources.values() {
        if let Some(url) = &source.url {
            links.at(url).sources.push(source.id.to_string());
        }
    }
    links.entries();
    links.rows();
    links.guards();
    links.others();
    let mut links: Vec<Link> = links.by_url.into_values().collect();
    links.sort_by(|left, right| (&left.host, &left.url).cmp(&(&right.host, &right.url)));
    links
}

struct Links<'knowledge> {
    by_url: BTreeMap<String, Link>,
    knowledge: &'knowledge Knowledge,
}

impl Links<'_> {
    fn at(&mut self, url: &str) -> &mut Link {
        self.by_url.entry(url.to_owned()).or_insert_with(|| Link { host: host(url), url: url.to_owned(), ..Link::default() })
    }

    /// Notes a use of sources and of the addresses in texts, each once.
    fn note<'a>(
        &mut self,
        of: fn(&mut Link) -> &mut Vec<Use>,
        user: &Use,
        sources: impl IntoIterator<Item = &'a SourceId>,
        texts: impl IntoIterator<Item = &'a str>,
    ) {
        let from_sources = sources.into_iter().filter_map(|source| self.knowledge.sources.get(source)?.url.clone());
        let urls: Vec<String> = from_sources.chain(texts.into_iter().flat_map(addresses)).collect();
        for url in urls {
            let noted = of(self.at(&url));
            if !noted.contains(user) {
                noted.push(user.clone());
            }
        }
    }

    fn entries(&mut self) {
        for entry in &self.knowledge.entries {
            let user = Use { id: entry.id.to_string(), place: entry.place.clone() };
            let sources = entry.sources.iter().chain(entry.history.iter().map(|past| &past.source));
            let texts = [Some(&entry.answer), entry.detail.as_ref(), entry.with_rows.as_ref()].into_iter().flatten().map(String::as_str);
            self.note(|link| &mut link.entries, &user, sources, texts.chain(entry.history.iter().map(|past| past.says.as_str())));
        }
    }

    fn rows(&mut self) {
        for table in self.knowledge.tables.values() {
            for row in &table.rows {
                let keys = row.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                let user = Use { id: format!("{} {keys}", table.id), place: row.place.clone() };
                let texts = row.cells.iter().flatten().filter_map(|cell| match cell {
                    crate::knowledge::Cell::Text(text) => Some(text.as_str()),
                    _ => None,
                });
                self.note(|link| &mut link.rows, &user, [&row.source], texts);
            }
            let user = Use { id: table.id.to_string(), place: table.place.clone() };
            let texts = [&table.answer, &table.missing].into_iter().flatten().chain(table.summaries.values()).map(String::as_str);
            self.note(|link| &mut link.rows, &user, [], texts);
        }
    }

    fn guards(&mut self) {
        for guard in &self.knowledge.guards {
            let user = Use { id: guard.id.to_string(), place: guard.place.clone() };
            self.note(|link| &mut link.guards, &user, &guard.source, [guard.text.as_str()]);
        }
    }

    fn others(&mut self) {
        for aside in &self.knowledge.asides {
            let user = Use { id: aside.id.clone(), place: aside.place.clone() };
            self.note(|link| &mut link.others, &user, [], [aside.text.as_str()]);
        }
        for (id, text) in &self.knowledge.caveats {
            let user = Use { id: id.to_string(), place: Place::default() };
            self.note(|link| &mut link.others, &user, [], [text.as_str()]);
        }
    }
}

/// The addresses in a text, without the point or bracket that ends the sentence around them.
fn addresses(text: &str) -> Vec<String> {
    let starts = |word: &str| word.find("https://").or_else(|| word.find("http://"));
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"'))
        .filter_map(|word| word.get(starts(word)?..))
        .map(|url| url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*']).to_owned())
        .collect()
}

/// The host of an address in lower case, without `www.` so that a publisher's pages stand together.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}
