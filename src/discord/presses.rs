//! Pressed buttons. Everything needed stands in the button itself, so they work after a restart and on any process.

use serenity::model::application::{ComponentInteraction, InteractionContext, MessageInteractionMetadata};
use serenity::model::channel::MessageFlags;

use crate::answer::{Earlier, Reply};
use crate::store::Origin;

use super::bot::{Bot, Broken};
use super::custom_id::{self, Press};
use super::interactions::{note, respond};
use super::markdown::cut;
use super::payload::{self, Body, Callback};
use super::send_error::SendError;
use super::{render, texts};

/// Somebody pressed a button.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction) {
    let (id, token) = (press.id.get(), &press.token);
    let Ok(read) = custom_id::decode(&press.data.custom_id) else { return note(bot, id, token, texts::OLD_BUTTON).await };
    let about = match &read {
        Press::Choose { about, .. } | Press::Read { about } | Press::Post { about, .. } => about,
    };
    match bot.recall(about) {
        Ok(Some(reply)) => match read {
            Press::Choose { target, .. } if is_asker(press) => choose(bot, press, &reply, target).await,
            Press::Choose { .. } | Press::Read { .. } => show(bot, press, &reply).await,
            Press::Post { target, about } => post(bot, press, &reply, target, &about).await,
        },
        Ok(None) => note(bot, id, token, texts::GONE).await,
        Err(Broken) => note(bot, id, token, texts::BROKEN).await,
    }
}

/// Whether the person who pressed is the one Mabel asked back: always where nobody else can see the message, else who used the command
/// or wrote the message that is answered.
fn is_asker(press: &ComponentInteraction) -> bool {
    let message = &press.message;
    let alone =
        press.context == Some(InteractionContext::BotDm) || message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let presser = press.user.id;
    let asker = match message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(command)) => Some(command.user.id),
        Some(MessageInteractionMetadata::Component(component)) => Some(component.user.id),
        _ => None,
    };
    alone || asker == Some(presser) || message.referenced_message.as_ref().is_some_and(|question| question.author.id == presser)
}

/// The asker chose: the answer takes the place of the choices.
async fn choose(bot: &Bot, press: &ComponentInteraction, reply: &Reply, target: Option<u64>) {
    respond(bot, press.id.get(), &press.token, &Callback::update(render::message(reply, target))).await;
    let (channel, message) = (press.channel_id.get(), press.message.id.get());
    if let Ok(Some(link)) = bot.store.link_of_answer(message).await {
        bot.link(link.question, channel, message, link.origin, reply).await;
    }
}

/// Shows an answer to the person who pressed, and to nobody else.
async fn show(bot: &Bot, press: &ComponentInteraction, reply: &Reply) {
    respond(bot, press.id.get(), &press.token, &Callback::message(render::message(reply, None).private())).await;
}

/// Posts a private answer as a reply to the message it answers. The press is acknowledged first, because posting may take its time.
async fn post(bot: &Bot, press: &ComponentInteraction, reply: &Reply, target: u64, about: &Earlier) {
    let (channel, token) = (press.channel_id.get(), &press.token);
    respond(bot, press.id.get(), token, &Callback::later()).await;
    let before = bot.store.link(target).await.ok().flatten();
    let said = if before.is_some() {
        texts::POSTED_BEFORE
    } else {
        // Named after the message it answers: pressed by two people at once, it is still posted once.
        let body = render::message(reply, None).in_reply_to(target).named(format!("{target}.p"));
        match bot.sender.post(channel, &body).await {
            Ok(answer) => {
                let reply = Reply { entry: Some(about.entry.clone()), facets: about.facets.clone(), ..reply.clone() };
                bot.link(target, channel, answer, Origin::Posted, &reply).await;
                texts::POSTED
            }
            Err(SendError::Forbidden { .. } | SendError::Gone { .. }) => texts::CANNOT_POST,
            Err(_) => texts::POST_FAILED,
        }
    };
    let shown = render::message(reply, None);
    let shown = Body { content: cut(&format!("{}\n\n-# {said}", shown.content), payload::CONTENT), ..shown };
    // The private answer stays as it was, if this fails; the post itself is what counts.
    let _ = bot.sender.edit_response(bot.own.application, token, &shown).await;
}
