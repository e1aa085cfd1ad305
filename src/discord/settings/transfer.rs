//! Settings as TOML: written for people to read and edit, read back with every fault at once.
//!
//! Ids of channels and roles stand in quotes, as Discord shows them. What a file leaves out has its default; what it names that there is
//! not, or says twice, is a fault, and then nothing of it is taken. Own answers are held to the same checks as those of the form. Whether
//! the server has those channels and roles is for who asks Discord to see to.

use std::collections::{BTreeMap, BTreeSet};

use crate::discord::own_answers::{Draft, Flaw, MOST, MOST_WORDINGS, Part};
use crate::engine::Engine;
use crate::knowledge::reading::{Document, Fields, Placed};
use crate::knowledge::{FacetId, Fault, Faults, Knowledge, TopicId};
use crate::own::OwnAnswer;
use crate::store::Settings;

use super::change::{self, LONGEST_COOLDOWN};
use super::view::MOST_CHANNELS;

/// What the text is called in faults.
const FILE: &str = "settings.toml";

/// What a file says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Transfer {
    /// The settings.
    pub(super) settings: Settings,
    /// Own answers.
    pub(super) own: Vec<Draft>,
}

/// Settings and own answers as a file.
pub(super) fn write<'own>(settings: &Settings, own: impl IntoIterator<Item = &'own OwnAnswer>) -> String {
    let mut text = write_settings(settings);
    for own in own {
        text.extend(["\n[[own]]\nquestion = ", &quoted(&own.question), "\n"]);
        if !own.ask.is_empty() {
            text.push_str("ask = [\n");
            own.ask.iter().for_each(|wording| text.extend(["    ", &quoted(wording), ",\n"]));
            text.push_str("]\n");
        }
        text.extend(["answer = ", &quoted(&own.answer), "\n"]);
    }
    text
}

fn write_settings(settings: &Settings) -> String {
    let ids = settings.answer_channels.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
    let mut text = format!(
        "# Settings of Mabel for one server. Ids stand in quotes; what is left out has its default.\n\
         private_by_default = {}\nplain_text = {}\ncooldown_seconds = {}\nanswer_channels = [{ids}]\n",
        settings.private_by_default, settings.plain_text, settings.cooldown_seconds
    );
    if let Some(locale) = &settings.locale {
        text.extend(["locale = ", &quoted(locale), "\n"]);
    }
    if let Some(role) = settings.curator_role {
        text.extend(["curator_role = \"", &role.to_string(), "\"\n"]);
    }
    let table =
        |name: &str, pairs: Vec<String>| if pairs.is_empty() { String::new() } else { format!("\n[{name}]\n{}\n", pairs.join("\n")) };
    let defaults = settings.default_facets.iter().map(|(facet, value)| format!("{} = {}", key(facet.as_str()), quoted(value.as_str())));
    let topics = settings.channel_topics.iter().map(|(channel, topic)| format!("\"{channel}\" = {}", quoted(topic.as_str())));
    text + &table("default", defaults.collect()) + &table("channel_topics", topics.collect())
}

/// A key, in quotes where it must be.
fn key(name: &str) -> String {
    let bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if bare { name.to_owned() } else { quoted(name) }
}

/// A text in quotes, as TOML takes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// What a file says. What a newer Mabel set, and no file says, stays as it was before.
///
/// # Errors
/// Every fault of the file.
pub(super) fn read(text: &str, before: &Settings, engine: &Engine) -> Result<Transfer, Faults> {
    let knowledge = engine.knowledge();
    let (mut document, root) = Document::parse(FILE, text);
    let mut fields = Fields::open(&mut document, &root, FILE);
    let settings = Settings {
        private_by_default: fields.flag("private_by_default", false),
        plain_text: fields.flag("plain_text", false),
        cooldown_seconds: cooldown(&mut fields),
        answer_channels: answer_channels(&mut fields),
        locale: locale(&mut fields),
        curator_role: curator_role(&mut fields),
        default_facets: defaults(&mut fields, knowledge),
        channel_topics: topics(&mut fields, knowledge),
        others: before.others.clone(),
    };
    let own = own_answers(&mut fields, engine);
    fields.finish();
    let mut faults = document.take_faults();
    faults.sort_by(|left, right| left.place.cmp(&right.place));
    if faults.is_empty() { Ok(Transfer { settings, own }) } else { Err(Faults(faults)) }
}

fn own_answers(fields: &mut Fields<'_, '_, '_>, engine: &Engine) -> Vec<Draft> {
    let tables = fields.tables("own");
    if tables.len() > MOST {
        fields.fault("own", "there are too many own answers", format!("leave at most {MOST}"));
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for value in tables.into_iter().take(MOST) {
        let Some(mut own) = Fields::open_value(fields.document(), value, "own") else { continue };
        let (question, answer, ask) = (own.text("question"), own.text("answer"), own.texts("ask"));
        let draft = Draft::new(&question, ask.iter().map(|wording| wording.value.as_str()), &answer);
        if drafts.iter().any(|other| is_same_question(&other.question, &draft.question)) {
            own.fault("question", "another own answer of this file has this question", "put the two together");
        }
        // What is not there at all has been told.
        for flaw in draft.flaws(engine).iter().filter(|flaw| !matches!(flaw, Flaw::Empty(_))) {
            let (key, what, mend) = told(flaw);
            own.fault(key, what, mend);
        }
        own.finish();
        drafts.push(draft);
    }
    drafts
}

/// Whether two own answers answer the same question, as far as its letters say.
pub(super) fn is_same_question(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// A flaw of an own answer as a fault: at which key, what, and how to mend it.
fn told(flaw: &Flaw) -> (&'static str, String, String) {
    let key = |part: &Part| match part {
        Part::Question => "question",
        Part::Ask => "ask",
        Part::Answer => "answer",
    };
    match flaw {
        Flaw::Empty(part) => (key(part), format!("`{}` is empty", key(part)), "write it, or take the own answer out".to_owned()),
        Flaw::TooLong { part, most, length } => {
            (key(part), format!("`{}` has {length} characters", key(part)), format!("leave at most {most}"))
        }
        Flaw::Pings(part) => {
            (key(part), format!("`{}` mentions people, roles or everyone", key(part)), "write names: an answer pings nobody".to_owned())
        }
        Flaw::TooManyWordings => ("ask", "`ask` holds too many wordings".to_owned(), format!("leave at most {MOST_WORDINGS}")),
        Flaw::SaysNothing(wording) => {
            ("ask", format!("{} holds no word to go by", quoted(wording)), "write it as people would ask it".to_owned())
        }
        Flaw::AlwaysStopped => {
            let what = "every way to ask it is stopped for safety before any answer is looked for".to_owned();
            ("question", what, "take it out: it would never be seen".to_owned())
        }
    }
}

fn cooldown(fields: &mut Fields<'_, '_, '_>) -> u32 {
    let Some(seconds) = fields.whole("cooldown_seconds") else { return 0 };
    let known = u32::try_from(seconds).ok().filter(|seconds| *seconds <= LONGEST_COOLDOWN);
    if known.is_none() {
        fields.fault("cooldown_seconds", "`cooldown_seconds` is too long", format!("write a number from 0 to {LONGEST_COOLDOWN}"));
    }
    known.unwrap_or_default()
}

fn answer_channels(fields: &mut Fields<'_, '_, '_>) -> BTreeSet<u64> {
    let channels = fields.texts("answer_channels");
    if channels.len() > MOST_CHANNELS {
        let mend = format!("leave at most {MOST_CHANNELS}");
        fields.fault("answer_channels", "`answer_channels` holds too many channels", mend);
    }
    channels.iter().filter_map(|channel| id(fields, channel)).collect()
}

fn locale(fields: &mut Fields<'_, '_, '_>) -> Option<String> {
    let name = fields.optional_text("locale")?;
    let known = change::locale(&name);
    if known.is_none() {
        let mend = "use a locale of Discord's whose language I speak, such as \"en-US\", or leave it out";
        fields.fault("locale", format!("there are no words for `{name}`"), mend);
    }
    known.map(str::to_owned)
}

fn curator_role(fields: &mut Fields<'_, '_, '_>) -> Option<u64> {
    let role = fields.optional_text("curator_role")?;
    let place = fields.place_of("curator_role");
    id(fields, &Placed { value: role, place })
}

fn defaults(fields: &mut Fields<'_, '_, '_>, knowledge: &Knowledge) -> BTreeMap<FacetId, crate::knowledge::ValueId> {
    let mut defaults = BTreeMap::new();
    for (facet, values) in fields.text_lists("default") {
        let known = knowledge.facet(&facet).filter(|facet| facet.home);
        match (known, values.as_slice()) {
            (Some(_), [value]) => match change::home(&facet, &value.value, knowledge) {
                Some(id) => drop(defaults.insert(FacetId::from(facet.as_str()), id)),
                None => report(fields, value, format!("there is no {facet} `{}`", value.value), "write its id or its name"),
            },
            (Some(_), _) => fields.fault("default", format!("`{facet}` must be one text"), format!("write {facet} = \"…\"")),
            (None, _) => {
                let homes = knowledge.facets.iter().filter(|facet| facet.home).map(|facet| facet.id.as_str());
                let mend = format!("use one of: {}", homes.collect::<Vec<_>>().join(", "));
                fields.fault("default", format!("`{facet}` has no default"), mend);
            }
        }
    }
    defaults
}

fn topics(fields: &mut Fields<'_, '_, '_>, knowledge: &Knowledge) -> BTreeMap<u64, TopicId> {
    let mut topics = BTreeMap::new();
    let lists = fields.text_lists("channel_topics");
    if lists.len() > MOST_CHANNELS {
        let mend = format!("leave at most {MOST_CHANNELS}");
        fields.fault("channel_topics", "`channel_topics` holds too many channels", mend);
    }
    for (channel, values) in lists {
        let [topic] = values.as_slice() else {
            fields.fault("channel_topics", format!("`{channel}` must be one text"), format!("write \"{channel}\" = \"…\""));
            continue;
        };
        let channel = id(fields, &Placed { value: channel, place: topic.place.clone() });
        if knowledge.topic(&topic.value).is_none() {
            let known = knowledge.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>().join(", ");
            report(fields, topic, format!("there is no topic `{}`", topic.value), format!("use one of: {known}"));
        } else if let Some(channel) = channel {
            topics.insert(channel, TopicId::from(topic.value.as_str()));
        }
    }
    topics
}

/// The id that a text is, or a fault.
fn id(fields: &mut Fields<'_, '_, '_>, text: &Placed<String>) -> Option<u64> {
    let id = text.value.parse().ok().filter(|id| *id != 0);
    if id.is_none() {
        let mend = "copy it in Discord with \"Copy ID\" and write \"1318500000000000000\"";
        report(fields, text, format!("`{}` is no id of Discord's", text.value), mend);
    }
    id
}

fn report(fields: &mut Fields<'_, '_, '_>, at: &Placed<String>, what: String, mend: impl Into<String>) {
    fields.document().report(Fault::error(at.place.clone(), what, mend));
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::LazyLock;

    use super::*;
    use crate::knowledge::{ValueId, files, load};

    /// Nothing here depends on what the knowledge answers, so it is a small one.
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/knowledge");
        Engine::new(load::load(&files::in_folder(&folder).unwrap().0).unwrap().0).unwrap()
    });

    fn faults(text: &str) -> String {
        read(text, &Settings::default(), &ENGINE).unwrap_err().to_string()
    }

    fn own(id: u64, question: &str, ask: &[&str], answer: &str) -> OwnAnswer {
        let ask = ask.iter().map(|wording| (*wording).to_owned()).collect();
        OwnAnswer { id, question: question.to_owned(), ask, answer: answer.to_owned(), changed: jiff::civil::date(2026, 11, 21) }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let settings = Settings {
            default_facets: BTreeMap::from([(FacetId::from("state"), ValueId::from("OH"))]),
            private_by_default: true,
            answer_channels: BTreeSet::from([1, u64::MAX]),
            channel_topics: BTreeMap::from([(7, TopicId::from("pay"))]),
            plain_text: true,
            locale: Some("en-GB".to_owned()),
            curator_role: Some(3),
            cooldown_seconds: 30,
            others: serde_json::Map::new(),
        };
        let park = own(7, "Where do I \"park\"?", &["parking lot", "parking \\ permit"], "Lot B.\nThe form is 'online': \"\"\"here\"\"\"");
        let code = own(8, "What is the door code?", &[], "Ask at the desk.");
        for (settings, own) in [(settings, vec![park, code]), (Settings::default(), Vec::new())] {
            let drafts = own.iter().map(|own| Draft::new(&own.question, own.ask.iter().map(String::as_str), &own.answer)).collect();
            let read = read(&write(&settings, &own), &Settings::default(), &ENGINE).unwrap();
            assert_eq!(read, Transfer { settings, own: drafts });
        }
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_its_mend() {
        let text = "private_by_default = \"yes\"\nplane_text = true\ncooldown_seconds = 90000\nanswer_channels = [\"general\", \"12\"]\n\
                    locale = \"tlh\"\ncurator_role = 7\n[default]\nstate = \"Atlantis\"\ntask = \"injection\"\n[channel_topics]\n\"9\" = \"weather\"\n";
        let faults = faults(text);
        for wanted in [
            "settings.toml:1: error: settings.toml: `private_by_default` must be true or false, not text",
            "settings.toml:2: error: settings.toml: unknown key `plane_text`\n  mend: did you mean `plain_text`?",
            "settings.toml:3: error: settings.toml: `cooldown_seconds` is too long",
            "settings.toml:4: error: `general` is no id of Discord's",
            "settings.toml:5: error: settings.toml: there are no words for `tlh`",
            "settings.toml:6: error: settings.toml: `curator_role` must be text, not a number",
            "settings.toml:8: error: there is no state `Atlantis`",
            "`task` has no default\n  mend: use one of: state",
            "settings.toml:11: error: there is no topic `weather`\n  mend: use one of: ",
        ] {
            assert!(faults.contains(wanted), "{wanted:?} is not in:\n{faults}");
        }
    }

    #[test]
    fn own_answers_are_held_to_the_checks_of_the_form() {
        let long = "x".repeat(201);
        let text = format!(
            "[[own]]\nquestion = \"Who is on call? @everyone\"\nask = [\"{long}\"]\nanswer = \"Ask.\"\n[[own]]\nquestion = \"Where do I park?\"\n\
             ask = [\"???\"]\nanswer = \"Lot B.\"\n[[own]]\nquestion = \"where do I PARK?\"\nanswer = \"Lot C.\"\ncolour = \"red\"\n[[own]]\n\
             question = \"My chest hurts\"\nanswer = \"Sit down.\"\n[[own]]\nanswer = \"Nothing.\"\n"
        );
        let faults = faults(&text);
        for wanted in [
            "settings.toml:2: error: own: `question` mentions people, roles or everyone",
            "settings.toml:3: error: own: `ask` has 201 characters\n  mend: leave at most 200",
            "settings.toml:7: error: own: \"???\" holds no word to go by",
            "settings.toml:10: error: own: another own answer of this file has this question",
            "settings.toml:12: error: own: unknown key `colour`",
            "settings.toml:14: error: own: every way to ask it is stopped for safety",
            "error: own: `question` is missing",
        ] {
            assert!(faults.contains(wanted), "{wanted:?} is not in:\n{faults}");
        }
        let one = |number| format!("[[own]]\nquestion = \"What is code {number}?\"\nanswer = \"A\"\n");
        let many = (0..=MOST).map(one).collect::<Vec<_>>().concat();
        assert!(self::faults(&many).contains("there are too many own answers\n  mend: leave at most 50"));
    }

    #[test]
    fn broken_toml_is_told_with_its_line() {
        assert!(faults("plain_text = \n").contains("settings.toml:1: error: not valid TOML"));
    }
}
