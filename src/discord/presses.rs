//! Pressed buttons and chosen options. Everything needed stands in them, so they work after a restart and on any process.
//!
//! What the asker presses changes the answer in its place; what others press is answered to them alone.

use serenity::model::application::{
    ActionRowComponent, ButtonKind, ComponentInteraction, ComponentInteractionDataKind, InteractionContext, MessageInteractionMetadata,
};
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::permissions::Permissions;

use crate::answer::{Earlier, Reply};
use crate::knowledge::{EntryId, FacetId, ValueId};
use crate::store::{Origin, Vote};

use super::bot::{self, Bot, Broken, Place};
use super::custom_id::{self, Press};
use super::interactions::{may_write, note, respond};
use super::markdown::{cut, escape};
use super::payload::{self, Body, Callback};
use super::render::{Pictured, Show};
use super::send_error::SendError;
use super::{delivery, messages, pages, pictures, render, texts};

/// Somebody pressed a button or chose an option.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction) {
    let (id, token) = (press.id.get(), &press.token);
    match (custom_id::decode(&press.data.custom_id), chosen(press)) {
        (Ok(Press::Topic), Some(topic)) => match pages::questions(bot.engine.get().knowledge(), topic) {
            Some(body) => tell(bot, press, body).await,
            None => note(bot, id, token, texts::GONE).await,
        },
        (Ok(Press::Value { about, facet, .. }), Some(value)) => {
            with_reply(bot, press, with_value(about, facet, value), Act::Change(Show::PUBLIC)).await;
        }
        // The option carries a press of its own.
        (Ok(Press::Chosen { .. }), Some(value)) => match custom_id::decode(value) {
            Ok(Press::Read(about)) => with_reply(bot, press, about, Act::Tell).await,
            _ => note(bot, id, token, texts::OLD_BUTTON).await,
        },
        (Ok(Press::Choose { about, target }), _) => {
            with_reply(bot, press, about, Act::Change(Show { target, ..Show::PUBLIC })).await;
        }
        (Ok(Press::Read(about)), _) => with_reply(bot, press, about, Act::Tell).await,
        (Ok(Press::More(about)), _) => {
            with_reply(bot, press, about, Act::Change(Show { expanded: true, picture: Pictured::Along, ..Show::PUBLIC })).await;
        }
        (Ok(Press::Picture(about)), _) => with_reply(bot, press, about, Act::Picture).await,
        (Ok(Press::Sources(about)), _) => with_reply(bot, press, about, Act::Sources).await,
        (Ok(Press::Narrow(about)), _) => with_reply(bot, press, about, Act::Narrow).await,
        (Ok(Press::Post { about, target }), _) => with_reply(bot, press, about, Act::Post(target)).await,
        (Ok(Press::Vote { about, helpful }), _) => vote(bot, press, about.entry, helpful).await,
        (Ok(Press::Delete { owner }), _) => delete(bot, press, owner).await,
        (Ok(Press::Topic | Press::Value { .. } | Press::Chosen { .. }), None) | (Err(_), _) => {
            note(bot, id, token, texts::OLD_BUTTON).await;
        }
    }
}

/// The value chosen in a select.
fn chosen(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

fn with_value(about: Earlier, facet: FacetId, value: &str) -> Earlier {
    let mut facets = about.facets;
    facets.insert(facet, vec![ValueId::from(value)]);
    Earlier { entry: about.entry, facets }
}

/// What becomes of the answer that a press is about.
enum Act {
    /// It takes the place of the message, if the asker pressed; `Show` says what of it is asked for.
    Change(Show),
    /// It is told to who pressed.
    Tell,
    /// Its picture is shown: in the message, if the asker pressed.
    Picture,
    /// Its sources are.
    Sources,
    /// What it leaves open is asked for.
    Narrow,
    /// It is posted under that message.
    Post(u64),
}

/// Does something with the answer of an entry, if there still is one.
async fn with_reply(bot: &Bot, press: &ComponentInteraction, about: Earlier, act: Act) {
    let (id, token) = (press.id.get(), &press.token);
    let reply = match bot.recall(&about) {
        Ok(Some(reply)) => reply,
        Ok(None) => return note(bot, id, token, texts::GONE).await,
        Err(Broken) => return note(bot, id, token, texts::BROKEN).await,
    };
    match act {
        Act::Change(wanted) if is_asker(press) => {
            let now = shown(press);
            let picture = if now.picture == Pictured::Offered { wanted.picture } else { now.picture };
            change(bot, press, &reply, Show { expanded: wanted.expanded, target: wanted.target.or(now.target), picture, ..now }).await;
        }
        Act::Change(wanted) => tell_reply(bot, press, &reply, Show { target: None, ..wanted }).await,
        Act::Tell => tell_reply(bot, press, &reply, Show::PRIVATE).await,
        Act::Picture => show_picture(bot, press, &reply).await,
        Act::Sources => tell(bot, press, pages::sources(&bot.engine.get(), &reply)).await,
        Act::Narrow => narrow(bot, press, &reply).await,
        Act::Post(target) => post(bot, press, &reply, target, &about).await,
    }
}

/// Whether the person who pressed is the one Mabel answers: always where nobody else can see the message, else who used the command or
/// wrote the message that is answered.
fn is_asker(press: &ComponentInteraction) -> bool {
    let message = &press.message;
    let presser = press.user.id;
    let asker = match message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(command)) => Some(command.user.id),
        Some(MessageInteractionMetadata::Component(component)) => Some(component.user.id),
        _ => None,
    };
    is_alone(press) || asker == Some(presser) || message.referenced_message.as_ref().is_some_and(|question| question.author.id == presser)
}

/// Whether nobody but the person who pressed sees the message.
fn is_alone(press: &ComponentInteraction) -> bool {
    press.context == Some(InteractionContext::BotDm) || is_private(&press.message)
}

fn is_private(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// How the message that was pressed stands there now, by its buttons: a change keeps that.
fn shown(press: &ComponentInteraction) -> Show {
    let message = &press.message;
    let mut show =
        Show { private: is_private(message), expanded: true, picture: pictures::for_press(press, is_alone(press)), ..Show::PUBLIC };
    for component in message.components.iter().flat_map(|row| &row.components) {
        let ActionRowComponent::Button(button) = component else { continue };
        let ButtonKind::NonLink { custom_id, .. } = &button.data else { continue };
        match custom_id::decode(custom_id) {
            Ok(Press::Post { target, .. }) => show.target = Some(target),
            Ok(Press::Delete { owner }) => show.owner = owner,
            Ok(Press::More(_)) => show.expanded = false,
            _ => {}
        }
    }
    show
}

/// Tells something to the person who pressed, and to nobody else.
async fn tell(bot: &Bot, press: &ComponentInteraction, body: Body) {
    respond(bot, press.id.get(), &press.token, &Callback::message(body.private())).await;
}

/// Tells an answer to the person who pressed, with its picture: nobody else has to scroll past it.
async fn tell_reply(bot: &Bot, press: &ComponentInteraction, reply: &Reply, show: Show) {
    let show = Show { private: true, picture: pictures::for_one(press), ..show };
    tell(bot, press, pictures::message(bot, reply, &show).await).await;
}

/// Shows the picture of an answer, or says in words what is on it where it cannot be shown.
async fn show_picture(bot: &Bot, press: &ComponentInteraction, reply: &Reply) {
    let Some(picture) = &reply.picture else { return note(bot, press.id.get(), &press.token, texts::GONE).await };
    let now = shown(press);
    let show = if is_asker(press) { now } else { Show { target: None, private: true, ..now } };
    let show = Show { picture: pictures::for_one(press), ..show };
    let body = pictures::message(bot, reply, &show).await;
    if body.file.is_none() {
        let words = texts::pictures::in_words(&escape(&picture.alt));
        tell(bot, press, Body::text(cut(&words, payload::CONTENT))).await;
    } else if is_asker(press) {
        respond(bot, press.id.get(), &press.token, &Callback::update(body)).await;
    } else {
        tell(bot, press, body).await;
    }
}

/// The answer takes the place of the message.
async fn change(bot: &Bot, press: &ComponentInteraction, reply: &Reply, show: Show) {
    respond(bot, press.id.get(), &press.token, &Callback::update(pictures::message(bot, reply, &show).await)).await;
    let message = press.message.id.get();
    if let Ok(Some(link)) = bot.store.link_of_answer(message).await {
        bot.link(link.question, Place::new(press.guild_id, press.channel_id), message, link.origin, bot::about(reply)).await;
    }
}

/// Asks for what an answer leaves open: the asker below the answer itself, others alone.
async fn narrow(bot: &Bot, press: &ComponentInteraction, reply: &Reply) {
    let engine = bot.engine.get();
    let facet = reply.open.as_ref().and_then(|open| engine.knowledge().facet(open.facet.as_str()));
    let Some(facet) = facet else { return note(bot, press.id.get(), &press.token, texts::GONE).await };
    let values: Vec<(ValueId, String)> = facet.values.iter().map(|value| (value.id.clone(), value.name.clone())).collect();
    if is_asker(press) {
        let show = shown(press);
        let body = pictures::with_picture(bot, reply, &show, render::asking(reply, &show, &values)).await;
        respond(bot, press.id.get(), &press.token, &Callback::update(body)).await;
    } else {
        tell(bot, press, render::asking_alone(reply, &values)).await;
    }
}

/// Counts a vote, once a person, answer and day, and never with the person.
async fn vote(bot: &Bot, press: &ComponentInteraction, entry: EntryId, helpful: bool) {
    let day = bot.day();
    let said = if bot.engine.get().knowledge().entry(entry.as_str()).is_none() {
        texts::GONE
    } else if !bot.votes.is_first(press.user.id.get(), &entry, day) {
        texts::VOTED_BEFORE
    } else if let Err(error) = bot.store.keep_vote(Vote { entry, helpful, day }).await {
        tracing::warn!(%error, "a vote was not kept");
        texts::VOTE_LOST
    } else if helpful {
        texts::VOTED_HELPFUL
    } else {
        texts::VOTED_NOT_HELPFUL
    };
    note(bot, press.id.get(), &press.token, said).await;
}

/// Deletes the message, if the person may: who asked, who had it posted, who manages messages here.
async fn delete(bot: &Bot, press: &ComponentInteraction, owner: Option<u64>) {
    let (id, token) = (press.id.get(), &press.token);
    let permissions = press.member.as_ref().and_then(|member| member.permissions);
    let manages = permissions.is_some_and(|may| may.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR));
    if !manages && owner != Some(press.user.id.get()) && !is_asker(press) {
        return note(bot, id, token, texts::NOT_YOURS).await;
    }
    respond(bot, id, token, &Callback::later()).await;
    // By the interaction itself: this works where Mabel is not in the server, too.
    match bot.sender.delete_response(bot.own.application, token).await {
        Ok(()) | Err(SendError::Gone { .. }) => {
            messages::deleted(bot, Place::new(press.guild_id, press.channel_id), press.message.id.get()).await;
        }
        Err(_) => {}
    }
}

/// Posts a private answer as a reply to the message it answers. The press is acknowledged first, because posting may take its time.
async fn post(bot: &Bot, press: &ComponentInteraction, reply: &Reply, target: u64, about: &Earlier) {
    let token = &press.token;
    respond(bot, press.id.get(), token, &Callback::later()).await;
    let said = if !may_write(press.member.as_ref().and_then(|member| member.permissions)) {
        texts::MAY_NOT_POST
    } else if bot.store.link(target).await.ok().flatten().is_some() {
        texts::POSTED_BEFORE
    } else {
        match post_under(bot, press, reply, target).await {
            Ok(answer) => {
                bot.link(target, Place::new(press.guild_id, press.channel_id), answer, Origin::Posted, Some(about.clone())).await;
                texts::POSTED
            }
            Err(SendError::Forbidden { .. } | SendError::Gone { .. }) => texts::CANNOT_POST,
            Err(SendError::Rejected { .. }) => texts::MESSAGE_GONE,
            Err(_) => texts::POST_FAILED,
        }
    };
    let shown = pictures::message(bot, reply, &Show { picture: pictures::for_one(press), ..Show::PRIVATE }).await;
    let shown = Body { content: cut(&format!("{}\n\n-# {said}", shown.content), payload::CONTENT), ..shown };
    // The private answer stays as it was, if this fails; the post itself is what counts.
    let _ = bot.sender.edit_response(bot.own.application, token, &shown).await;
}

async fn post_under(bot: &Bot, press: &ComponentInteraction, reply: &Reply, target: u64) -> Result<u64, SendError> {
    let show = Show { owner: Some(press.user.id.get()), ..Show::PUBLIC };
    // Named after the message it answers: pressed by two people at once, it is still posted once.
    let body = render::message(reply, &show).only_in_reply_to(target).named(format!("{target}.p"));
    delivery::post(bot, press.channel_id.get(), body, || render::message(reply, &Show { plain: true, ..show })).await
}
