//! A reply as plain text: what the command line shows, and the contract's `text`.

use std::fmt::Write;

use super::functions::sentence;
use super::{Choice, Citation, Outcome, Reply};
use crate::knowledge::Translated;

/// The reply as a reader sees it: lead, detail, caveats, sources and dates. Never an echo of the question.
#[must_use]
pub fn text(reply: &Reply) -> String {
    let mut text = reply.lead.to_string();
    if let Some(detail) = &reply.detail {
        push_paragraph(&mut text, detail);
    }
    for (index, Choice { label, .. }) in reply.choices.iter().enumerate() {
        let gap = if index == 0 { "\n\n" } else { "\n" };
        let _ = write!(text, "{gap}{}. {label}", index + 1);
    }
    if let Some(stale) = &reply.stale {
        push_paragraph(&mut text, stale);
    }
    if !reply.caveats.is_empty() {
        push_paragraph(&mut text, &reply.caveats.iter().map(Translated::as_str).collect::<Vec<_>>().join(" "));
    }
    if reply.outcome == Outcome::Answer || !reply.sources.is_empty() {
        push_paragraph(&mut text, &provenance(reply));
    }
    if let Some(Choice { label, .. }) = &reply.other {
        push_paragraph(&mut text, &format!("You also asked: {label} Ask that by itself."));
    }
    if let Some(disclaimer) = &reply.disclaimer {
        push_paragraph(&mut text, disclaimer);
    }
    text
}

/// "As of May 2025. Sources: …", one source a line.
fn provenance(reply: &Reply) -> String {
    let mut text = reply.as_of.map(|span| sentence(&span.phrase())).unwrap_or_default();
    for Citation { title, publisher, url, as_of, .. } in &reply.sources {
        let _ = write!(text, "\n- {title} ({publisher}, {as_of})");
        if let Some(url) = url {
            let _ = write!(text, " {url}");
        }
    }
    text.trim_start().to_owned()
}

fn push_paragraph(text: &mut String, paragraph: &str) {
    text.push_str("\n\n");
    text.push_str(paragraph);
}
