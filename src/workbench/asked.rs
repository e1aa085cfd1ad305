//! What somebody asked, and why it is answered as it is: for a message, a command or a form, in the place where it was asked.
//!
//! Owns the shape of the answer to `POST /sandbox/why`. The place counts as it does for the bot: the server's default facets, its own
//! answers and the topic of the channel are read from the store that she reads. Nothing here says anything in the chat.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::routes::Desk;
use crate::answer::{Earlier, Question, Reply, View, object};
use crate::discord::commands::{self, Does};
use crate::discord::view_in;
use crate::engine::Engine;
use crate::knowledge::{FacetId, Form, Knowledge, ValueId, Values};
use crate::sandbox::Id;
use crate::why;

/// The most candidates that are shown.
const MOST_CANDIDATES: usize = 6;

/// What was asked.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The words; of a command what was filled in, one after the other.
    question: String,
    /// The options of a command, by name.
    #[serde(default)]
    given: Map<String, Value>,
    /// The command it was asked with; none for a message.
    command: Option<String>,
    /// The channel it was asked in.
    channel: Option<Id>,
    /// The message of the bot that it replies to.
    reply_to: Option<String>,
}

/// Why it is answered so; null for a command that answers no question.
pub(super) async fn why(desk: &Desk, asked: Asked) -> Value {
    let engine = desk.engine.get();
    let view = view(desk, &engine, asked.channel).await;
    let command = asked.command.as_deref().map(|name| commands::find(engine.knowledge(), name, false).map(|command| command.does));
    let mut why = match command {
        None | Some(Some(Does::Ask)) => {
            let earlier = earlier(desk, asked.reply_to.as_deref()).await;
            of_words(&engine, Question { given: given(&engine, &asked.given), text: asked.question, earlier }, &view)
        }
        Some(Some(Does::Fill(form))) => of_form(&engine, form, &asked, &view),
        Some(_) => return Value::Null,
    };
    why["here"] = here(engine.knowledge(), &view);
    why
}

/// By its words.
fn of_words(engine: &Engine, question: Question, view: &View) -> Value {
    let mut why = why::object(engine, &question, MOST_CANDIDATES);
    why["reply"] = reply(engine, &question.text, &engine.answer(&question, view));
    why["follows"] = json!(question.earlier.map(|earlier| earlier.entry));
    why
}

/// By the fields of a form: no word is matched, and where nothing answers there is no reply.
fn of_form(engine: &Engine, form: &Form, asked: &Asked, view: &View) -> Value {
    let filled = asked.given.iter().filter_map(|(name, typed)| Some((name.as_str(), typed.as_str()?))).collect();
    let found = engine.fill(form, &filled).ok();
    let answered = found.as_ref().and_then(|found| engine.answer_entry(&found.entry, &found.facets, view));
    json!({
        "form": form.name.as_str(),
        "facets": found.map(|found| facets(engine.knowledge(), &found.facets)),
        "reply": answered.map(|answered| reply(engine, &asked.question, &answered)),
    })
}

fn reply(engine: &Engine, question: &str, reply: &Reply) -> Value {
    let entry = reply.entry.as_ref().and_then(|id| engine.knowledge().entry(id.as_str()));
    let mut object = object::object(question, reply);
    object["place"] = json!(entry.map(|entry| entry.place.to_string()));
    object["own"] = json!(reply.own.as_ref().and(reply.question.as_deref()));
    object
}

/// What the place brings along.
fn here(knowledge: &Knowledge, view: &View) -> Value {
    let topic = view.topic.as_ref().and_then(|topic| knowledge.topic(topic.as_str()));
    json!({"defaults": facets(knowledge, &view.defaults), "topic": topic.map(|topic| topic.title.as_str())})
}

fn facets(knowledge: &Knowledge, all: &Values) -> Vec<Value> {
    let named = |(id, values): (&FacetId, &Vec<ValueId>)| {
        let facet = knowledge.facet(id.as_str())?;
        let values = values.iter().filter_map(|value| facet.value(value.as_str()));
        let values: Vec<Value> = values.map(|value| json!({"id": value.id.as_str(), "name": value.name})).collect();
        Some(json!({"id": id.as_str(), "name": facet.name, "values": values}))
    };
    all.iter().filter_map(named).collect()
}

/// The facets among the options.
fn given(engine: &Engine, options: &Map<String, Value>) -> Values {
    let value = |(name, typed): (&String, &Value)| {
        let value = engine.knowledge().facet(name)?.meant(typed.as_str()?)?;
        Some((FacetId::from(name.as_str()), vec![value.id.clone()]))
    };
    options.iter().filter_map(value).collect()
}

/// For whom it is answered. Where nothing is set, and in direct messages, nothing is taken for granted.
async fn view(desk: &Desk, engine: &Arc<Engine>, channel: Option<Id>) -> View {
    let today = (desk.today)();
    let place = channel.and_then(|channel| {
        desk.remote
            .world(|world| world.channel(channel).and_then(|place| Some((place.guild_id?.0, channel.0, place.parent_id.map(|id| id.0)))))
    });
    match place {
        Some(place) => view_in(desk.store.as_ref(), engine, place, today).await.unwrap_or_else(|_| View::on(today)),
        None => View::on(today),
    }
}

/// What the conversation was about, where the bot knows.
async fn earlier(desk: &Desk, message: Option<&str>) -> Option<Earlier> {
    let answer = message?.parse().ok()?;
    desk.store.link_of_answer(answer).await.ok().flatten()?.about
}
