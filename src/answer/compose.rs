//! From a decision to a [`Reply`]: rows looked up, templates rendered, caveats, sources and dates gathered.

use std::collections::BTreeMap;

use minijinja::Value;

use super::held::{Covers, Held};
use super::templates::{Part, Templates};
use super::{Assumed, Choice, Citation, MOST_SOURCES, Open, Outcome, Reply, View};
use crate::knowledge::{
    AsOf, Aside, Entry, FacetId, Fault, Guard, GuardOutcome, Knowledge, Past, Row, SourceId, Span, Translated, ValueId, Values,
};
use crate::understand::YEAR;

/// The most related entries a reply names.
const MOST_RELATED: usize = 4;

/// Composes replies from the knowledge.
#[derive(Debug)]
pub struct Composer {
    templates: Templates,
    covers: Covers,
}

/// An entry to answer with, and what the question named.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'asked> {
    /// The entry.
    pub entry: &'asked Entry,
    /// What the question named, implied values included.
    pub facets: &'asked Values,
    /// How likely the entry is meant, 0 to 1.
    pub confidence: f64,
}

impl Composer {
    /// Compiles the templates of the knowledge.
    ///
    /// # Errors
    /// The templates that are faulty.
    pub fn new(knowledge: &Knowledge) -> Result<Self, Vec<Fault>> {
        Ok(Self { templates: Templates::new(knowledge)?, covers: Covers::new(knowledge) })
    }

    /// Answers with an entry.
    ///
    /// # Errors
    /// When one of its templates uses what is not there; `mabel check` finds such templates.
    pub fn answer(&self, knowledge: &Knowledge, asked: Asked<'_>, view: &View) -> Result<Reply, minijinja::Error> {
        let entry = asked.entry;
        let (facets, held) = self.at_home(knowledge, entry, asked.facets, view);
        let context = self.context(&facets, held.as_ref());
        let (lead, detail) = self.texts(knowledge, entry, &facets, held.as_ref(), &context)?;
        let rows = held.as_ref().map(Held::rows).unwrap_or_default();
        let rows_speak = held.as_ref().is_some_and(Held::answers);
        // A row speaks for its own source alone, unless the entry words the answer itself.
        let entry_sources = if rows_speak && entry.with_rows.is_none() { &[] } else { entry.sources.as_slice() };
        let past_source = past(entry, &facets).and_then(Result::ok).map(|past| &past.source);
        let sources: Vec<&SourceId> = if rows_speak {
            past_source.into_iter().chain(rows.iter().map(|row| &row.source)).chain(entry_sources).collect()
        } else {
            past_source.into_iter().chain(entry_sources).chain(most_used(&rows)).collect()
        };
        let stale = rows.iter().any(|row| row.review_by.is_some_and(|review_by| review_by < view.today)) || entry.review_by < view.today;
        let own_date = (!rows_speak).then_some(entry.as_of);
        let dates: Vec<AsOf> = own_date.into_iter().chain(rows.iter().map(|row| row.as_of)).collect();
        let topic = knowledge.topic(entry.topic.as_str());
        Ok(Reply {
            outcome: Outcome::Answer,
            topic: Some(entry.topic.clone()),
            topic_title: topic.map(|topic| topic.title.clone()),
            colour: topic.map(|topic| topic.colour),
            entry: Some(entry.id.clone()),
            question: Some(entry.question.clone()),
            confidence: asked.confidence,
            lead: lead.into(),
            detail,
            caveats: entry.caveats.iter().filter_map(|caveat| knowledge.caveats.get(caveat).cloned()).collect(),
            sources: citations(knowledge, sources.into_iter()),
            as_of: Span::of(&dates),
            // What once held is not drawn.
            has_picture: past_source.is_none() && self.has_picture(knowledge, entry, &facets),
            stale: stale.then(|| knowledge.texts.stale.clone()),
            choices: Vec::new(),
            open: open(knowledge, entry, &facets),
            other: None,
            related: choices(
                knowledge,
                entry.related.iter().filter_map(|id| knowledge.entry(id.as_str())).take(MOST_RELATED),
                asked.facets,
            ),
            guard: None,
            assumed: assumed(knowledge, entry, asked.facets, &facets, view),
            facets,
            own: None,
            disclaimer: Some(knowledge.about.disclaimer.clone()),
        })
    }

    /// The facets to answer with and what the entry's table holds for them: with what the view takes for granted, where that leads to rows.
    fn at_home<'table>(&self, knowledge: &'table Knowledge, entry: &Entry, named: &Values, view: &View) -> (Values, Option<Held<'table>>) {
        let facets = with_defaults(knowledge, entry, named, view);
        let held = self.covers.look_up(knowledge, entry, &facets);
        if held.is_none() && facets != *named && entry.needs.iter().all(|facet| named.contains_key(facet)) {
            return (named.clone(), self.covers.look_up(knowledge, entry, named));
        }
        (facets, held)
    }

    /// Lead and detail of an answer.
    fn texts(
        &self,
        knowledge: &Knowledge,
        entry: &Entry,
        facets: &Values,
        held: Option<&Held<'_>>,
        context: &Value,
    ) -> Result<(String, Option<String>), minijinja::Error> {
        let render = |part| self.templates.render(&Templates::of_entry(&entry.id, part), context);
        if let Some(Held::Rows { table, found }) = held {
            if found.groups.is_empty() {
                if table.missing.is_some() {
                    let missing = self.templates.render(&Templates::of_table(&table.id, Part::Missing), context)?;
                    return Ok((missing, Some(render(Part::Answer)?)));
                }
            } else if entry.with_rows.is_some() {
                // A detail stands below rows only where it is written for them: in an entry that is never answered without.
                let always = table.keys.iter().all(|key| entry.asks_for(key));
                let detail = entry.detail.as_ref().filter(|_| always).map(|_| render(Part::Detail)).transpose()?;
                return Ok((render(Part::WithRows)?, detail));
            } else if table.answer.is_some() {
                return Ok((self.templates.render(&Templates::of_table(&table.id, Part::Answer), context)?, None));
            }
        }
        let lead = render(Part::Answer)?;
        let summary = match held {
            Some(Held::Summaries { table, open, .. }) => Some(self.templates.render(&Templates::of_summary(&table.id, open), context)?),
            _ => None,
        };
        let own_detail = entry.detail.as_ref().map(|_| render(Part::Detail)).transpose()?;
        let details: Vec<String> = [summary, own_detail].into_iter().flatten().filter(|text| !text.is_empty()).collect();
        let detail = (!details.is_empty()).then(|| details.join("\n\n"));
        Ok(match past(entry, facets) {
            Some(Ok(past)) => (format!("In {}: {} {}", past.as_of, past.says, knowledge.texts.superseded), Some(lead)),
            Some(Err(year)) if !lead.contains(year) => (format!("{} {lead}", knowledge.texts.no_figure), detail),
            Some(Err(_)) | None => (lead, detail),
        })
    }

    /// The templates.
    pub(super) fn templates(&self) -> &Templates {
        &self.templates
    }

    /// Wide values and what they stand for.
    pub(super) fn covers(&self) -> &Covers {
        &self.covers
    }

    /// What templates see of a question: the values it named.
    pub(super) fn named(&self, facets: &Values) -> BTreeMap<String, Value> {
        let mut context: BTreeMap<String, Value> = BTreeMap::new();
        let mut named: BTreeMap<String, Value> = BTreeMap::new();
        for (facet, values) in facets {
            let listed: Vec<Value> = values.iter().map(|value| self.templates.value(facet, value)).collect();
            if let Some(first) = listed.first() {
                context.insert(facet.to_string(), first.clone());
            }
            named.insert(facet.to_string(), Value::from(listed));
        }
        context.insert("named".to_owned(), Value::from_pairs(named));
        context
    }

    /// What the templates of an answer see.
    fn context(&self, facets: &Values, held: Option<&Held<'_>>) -> Value {
        let mut context = self.named(facets);
        match held {
            Some(Held::Rows { table, found }) => {
                let rows: Vec<Value> = found.groups.iter().map(|group| self.templates.group(table, group)).collect();
                let missing = found.missing.iter().map(|keys| {
                    let keys: Vec<Vec<ValueId>> = keys.iter().map(|key| vec![key.clone()]).collect();
                    Value::from_pairs(self.templates.keys(table, &keys))
                });
                context.insert("missing".to_owned(), missing.collect());
                context.insert("row".to_owned(), rows.first().cloned().unwrap_or_default());
                context.insert("rows".to_owned(), Value::from(rows));
            }
            Some(Held::Summaries { table, open, summaries }) => {
                let summaries = summaries.iter().map(|summary| self.templates.summary(table, open, summary));
                context.insert("summaries".to_owned(), summaries.collect());
            }
            None => {}
        }
        Value::from_pairs(context)
    }

    /// The fixed text of a guard.
    #[must_use]
    pub fn guarded(knowledge: &Knowledge, guard: &Guard) -> Reply {
        let outcome = match guard.outcome {
            GuardOutcome::Safety => Outcome::Safety,
            GuardOutcome::NoMatch => Outcome::NoMatch,
        };
        Reply {
            as_of: Span::of(&[guard.as_of]).filter(|_| outcome == Outcome::Safety),
            sources: citations(knowledge, guard.source.iter()),
            guard: Some(guard.id.clone()),
            confidence: 1.0,
            ..Reply::fixed(outcome, guard.text.clone())
        }
    }

    /// What is said to an aside.
    #[must_use]
    pub fn aside(knowledge: &Knowledge, aside: &Aside, facets: &Values, confidence: f64) -> Reply {
        let offered = choices(knowledge, aside.choices.iter().filter_map(|id| knowledge.entry(id.as_str())), facets);
        let outcome = if offered.is_empty() { Outcome::NoMatch } else { Outcome::Clarify };
        Reply { facets: facets.clone(), choices: offered, confidence, ..Reply::fixed(outcome, aside.text.clone()) }
    }

    /// Asks which of these entries is meant.
    #[must_use]
    pub fn ask_back<'entry>(
        knowledge: &Knowledge,
        entries: impl Iterator<Item = &'entry Entry>,
        facets: &Values,
        confidence: f64,
    ) -> Reply {
        let choices = choices(knowledge, entries, facets);
        Reply { facets: facets.clone(), choices, confidence, ..Reply::fixed(Outcome::Clarify, knowledge.texts.ask_back.clone()) }
    }
}

impl Reply {
    /// A reply of nothing but a text.
    #[must_use]
    pub fn fixed(outcome: Outcome, lead: impl Into<Translated>) -> Self {
        Self {
            outcome,
            topic: None,
            topic_title: None,
            colour: None,
            entry: None,
            question: None,
            facets: Values::new(),
            assumed: Vec::new(),
            confidence: 0.0,
            lead: lead.into(),
            detail: None,
            caveats: Vec::new(),
            sources: Vec::new(),
            as_of: None,
            stale: None,
            choices: Vec::new(),
            open: None,
            other: None,
            related: Vec::new(),
            guard: None,
            disclaimer: None,
            own: None,
            has_picture: false,
        }
    }
}

/// What the view took for granted: what an answer is about that the question did not name, and what a button brought back that an earlier
/// answer was told to rest on.
fn assumed(knowledge: &Knowledge, entry: &Entry, named: &Values, facets: &Values, view: &View) -> Vec<Assumed> {
    let keys = knowledge.keys_of(entry);
    let taken = view.defaults.iter().filter(|(facet, values)| facets.get(*facet) == Some(*values) && !named.contains_key(*facet));
    let used = taken.filter(|(facet, _)| keys.contains(facet) || entry.needs.contains(facet));
    let name = |(facet, values): (&FacetId, &Vec<ValueId>)| {
        let facet = knowledge.facet(facet.as_str())?;
        Some(Assumed { facet: facet.name.clone(), value: facet.value(values.first()?.as_str())?.name.clone() })
    };
    used.filter_map(name).collect()
}

/// What the question named, and what the view takes for granted where the entry can use it.
fn with_defaults(knowledge: &Knowledge, entry: &Entry, named: &Values, view: &View) -> Values {
    let mut facets = named.clone();
    let keys = knowledge.keys_of(entry);
    for (facet, values) in &view.defaults {
        if !facets.contains_key(facet) && !entry.across.contains(facet) && (keys.contains(facet) || entry.needs.contains(facet)) {
            facets.insert(facet.clone(), values.clone());
        }
    }
    facets
}

/// The superseded claim that a question asks for; the year, if it names one that the entry has none for.
fn past<'reply>(entry: &'reply Entry, facets: &'reply Values) -> Option<Result<&'reply Past, &'reply str>> {
    let named = facets.get(YEAR)?.first()?.as_str();
    let year: i16 = named.parse().ok()?;
    if entry.history.is_empty() || entry.as_of.year() == Some(year) {
        return None;
    }
    Some(entry.history.iter().find(|past| past.as_of.year() == Some(year)).ok_or(named))
}

/// The sources of rows, the one that most of them rest on first.
fn most_used<'row>(rows: &[&'row Row]) -> Vec<&'row SourceId> {
    let mut uses: BTreeMap<&SourceId, usize> = BTreeMap::new();
    for row in rows {
        *uses.entry(&row.source).or_default() += 1;
    }
    let mut sources: Vec<_> = uses.into_iter().collect();
    sources.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
    sources.into_iter().map(|(source, _)| source).collect()
}

fn citations<'id>(knowledge: &Knowledge, ids: impl Iterator<Item = &'id SourceId>) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    for source in ids.filter_map(|id| knowledge.sources.get(id)) {
        if citations.len() < MOST_SOURCES && !citations.iter().any(|citation| citation.id == source.id) {
            citations.push(Citation {
                id: source.id.clone(),
                title: source.title.clone(),
                publisher: source.publisher.clone(),
                url: source.url.clone(),
                as_of: source.as_of,
            });
        }
    }
    citations
}

fn choices<'entry>(knowledge: &Knowledge, entries: impl Iterator<Item = &'entry Entry>, facets: &Values) -> Vec<Choice> {
    entries
        .map(|entry| Choice { label: entry.question.clone(), entry: entry.id.clone(), facets: of_use(knowledge, entry, facets) })
        .collect()
}

/// Those of the facets that an entry can use.
#[must_use]
pub fn of_use(knowledge: &Knowledge, entry: &Entry, facets: &Values) -> Values {
    facets.iter().filter(|(facet, _)| knowledge.can_use(entry, facet)).map(|(facet, values)| (facet.clone(), values.clone())).collect()
}

/// What an answer leaves open that a reader can still say: a key of its own table, else what a related entry of the same topic needs.
fn open(knowledge: &Knowledge, entry: &Entry, facets: &Values) -> Option<Open> {
    let prompt = |facet: &FacetId| knowledge.facet(facet.as_str()).and_then(|facet| facet.prompt.clone());
    let is_open = |facet: &&FacetId| !(facets.contains_key(*facet) || entry.facets.contains_key(*facet) || entry.across.contains(*facet));
    let own: Vec<&FacetId> = knowledge.keys_of(entry).iter().filter(is_open).collect();
    if let [facet] = own.as_slice() {
        return Some(Open { facet: (*facet).clone(), prompt: prompt(facet)?, entry: entry.id.clone() });
    }
    let related = entry.related.iter().filter_map(|id| knowledge.entry(id.as_str())).filter(|related| related.topic == entry.topic);
    related.filter(|_| own.is_empty()).find_map(|related| match related.needs.as_slice() {
        [facet] if is_open(&facet) && related.compares.is_empty() => {
            Some(Open { facet: facet.clone(), prompt: prompt(facet)?, entry: related.id.clone() })
        }
        _ => None,
    })
}
