//! Messages to Mabel, their edits and deletions: the answer follows the question.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serenity::model::channel::Message;
use serenity::model::event::MessageUpdateEvent;

use crate::answer::{Earlier, Outcome, Question};
use crate::store::{Origin, ReplyLink};

use super::bot::{Bot, Place};
use super::hearing::{self, Heard};
use super::ledger::{Asked, Version, Wish};
use super::limits::{Limited, Weight};
use super::payload::Body;
use super::render::{self, Pictured, Show};
use super::repeats::Said;
use super::send_error::SendError;
use super::{delivery, overhearing, pictures};

/// An edit turns a message into a question only while it is this young; who edits later does not wait for an answer.
const STILL_A_QUESTION: Duration = Duration::from_secs(15 * 60);

/// The first second of Discord: 2015. <https://docs.discord.com/developers/reference#snowflakes>
const EPOCH_MS: u64 = 1_420_070_400_000;

/// A person wrote a message.
pub(super) async fn written(bot: &Bot, message: &Message) {
    let place = Place::new(message.guild_id, message.channel_id);
    let wish = match hearing::message(message, bot.own.user) {
        Heard::Question(asked) => asked,
        Heard::QuestionIfHers(asked) if is_hers(bot, &asked).await => asked,
        Heard::Overheard(asked) if overhearing::speaks_up(bot, place, &asked.text).await => asked,
        Heard::Nothing | Heard::NotForHer | Heard::Overheard(_) | Heard::QuestionIfHers(_) => return,
    };
    settle(bot, message.id.get(), place, Version::Written, Wish::Answer(wish)).await;
}

/// A message changed. Only edits by its author bear the time of an edit; links that unfold and pins do not.
pub(super) async fn edited(bot: &Bot, event: &MessageUpdateEvent) {
    let Some(at) = event.edited_timestamp else { return };
    let wish = match hearing::edit(event, bot.own.user) {
        Heard::Nothing => return,
        Heard::Question(asked) => Wish::Answer(asked),
        Heard::QuestionIfHers(asked) if is_hers(bot, &asked).await => Wish::Answer(asked),
        // An edit makes no answer that nobody asked for; it changes one, or takes it away.
        Heard::Overheard(asked) if bot.store.link(event.id.get()).await.is_ok_and(|link| link.is_some()) => Wish::Answer(asked),
        Heard::NotForHer | Heard::Overheard(_) | Heard::QuestionIfHers(_) => Wish::NoAnswer,
    };
    let place = Place::new(event.guild_id, event.channel_id);
    settle(bot, event.id.get(), place, Version::Edited(at.unix_timestamp_nanos()), wish).await;
}

/// A message was deleted: a question, or an answer of Mabel's.
pub(super) async fn deleted(bot: &Bot, place: Place, message: u64) {
    match bot.store.link_of_answer(message).await {
        Ok(Some(link)) => {
            // A moderator took the answer away: it stays away, whatever becomes of the question.
            bot.ledger.withdraw(link.question);
            forget(bot, link.question).await;
        }
        Ok(None) => settle(bot, message, place, Version::Deleted, Wish::NoAnswer).await,
        Err(error) => tracing::warn!(%error, "a deletion was not followed"),
    }
}

async fn is_hers(bot: &Bot, asked: &Asked) -> bool {
    match asked.follows {
        Some(message) => bot.store.link_of_answer(message).await.is_ok_and(|link| link.is_some()),
        None => false,
    }
}

/// Notes a wish and, unless a task is at the question already, fulfils it and what is wished meanwhile.
async fn settle(bot: &Bot, question: u64, place: Place, version: Version, wish: Wish) {
    if !bot.ledger.note(question, version, wish) {
        return;
    }
    while let Some((version, wish)) = bot.ledger.newest(question) {
        fulfil(bot, question, place, version, wish).await;
        if bot.ledger.fulfilled(question, version) {
            break;
        }
    }
}

async fn fulfil(bot: &Bot, question: u64, place: Place, version: Version, wish: Wish) {
    let link = match bot.store.link(question).await {
        Ok(link) => link,
        Err(error) => {
            // The store itself tells once that it fails; this is asked with every question.
            tracing::debug!(%error, "the answer of a question was not found");
            None
        }
    };
    match (wish, link) {
        (Wish::Answer(asked), Some(link)) if link.origin == Origin::Asked => change_answer(bot, &link, place, asked).await,
        (Wish::Answer(asked), None) if may_answer(bot, question, version) => post_answer(bot, question, place, asked).await,
        (Wish::NoAnswer, Some(link)) if link.origin == Origin::Asked || version == Version::Deleted => take_answer_away(bot, &link).await,
        _ => {}
    }
}

/// Whether a question without an answer still gets one. A new message always; an edited one while it is young, and never one from before
/// this process: it may have been answered then.
fn may_answer(bot: &Bot, question: u64, version: Version) -> bool {
    let written = UNIX_EPOCH + Duration::from_millis((question >> 22) + EPOCH_MS);
    let young = SystemTime::now().duration_since(written).unwrap_or_default() <= STILL_A_QUESTION;
    version == Version::Written || (young && written >= bot.since && !bot.ledger.is_withdrawn(question))
}

/// The answer to a question as it stands in its place.
struct Answer {
    body: Body,
    /// The same without an embed.
    plain: Body,
    about: Option<Earlier>,
    /// What it says; none where no entry answers.
    said: Option<Said>,
    /// It is for somebody's safety.
    is_safety: bool,
}

/// The answer to a question; none to what was not put to Mabel and is not clear.
async fn answer(bot: &Bot, place: Place, asked: &Asked) -> Option<Answer> {
    let scene = bot.scene(place).await;
    let texts = scene.texts(bot.locales.of_message(place));
    let earlier = match asked.follows {
        Some(message) => bot.store.link_of_answer(message).await.ok().flatten().and_then(|link| link.about),
        None => None,
    };
    let reply = if asked.unasked {
        bot.overhear(&asked.text, &scene).unwrap_or_default()?
    } else {
        let question = Question { text: asked.text.clone(), earlier: earlier.clone(), ..Question::default() };
        let Ok(reply) = bot.ask(&question, &scene).await else {
            let body = Body::text(texts.broken());
            return Some(Answer { plain: body.clone(), body, about: None, said: None, is_safety: false });
        };
        reply
    };
    let picture = if asked.alone { Pictured::Along } else { Pictured::Offered };
    let show = Show { unasked: asked.unasked, picture, ..scene.show(false) };
    let plain = render::message(&reply, &Show { plain: true, ..show }, texts);
    let is_safety = reply.outcome == Outcome::Safety;
    let said = bot.repeats.said(&reply);
    let about = reply.leaves(earlier);
    Some(Answer { body: pictures::message(bot, &reply, &show, texts).await, plain, about, said, is_safety })
}

async fn post_answer(bot: &Bot, question: u64, place: Place, asked: Asked) {
    let Some(Answer { body, plain, about, said, is_safety }) = answer(bot, place, &asked).await else { return };
    // What a guard says for safety is held back by nothing; what nobody asked for is held back without a word.
    let server = bot.server(place.guild).await;
    match bot.take(asked.person, place, &server, Weight::Question) {
        Err(limited) if !is_safety && !asked.unasked => return hold_back(bot, question, place, asked.person, limited).await,
        Err(_) if !is_safety => return,
        _ => {}
    }
    let before = match (&about, said) {
        (Some(about), Some(said)) => bot.answered_before(place, about, said).await,
        _ => None,
    };
    if before.is_some() && asked.unasked {
        return;
    }
    let repeated = before.is_some();
    let body = match before {
        Some(link) => Body::text(bot.texts_in(place).await.answered_before(&link)),
        None => body,
    };
    let body = body.in_reply_to(question).named(bot.ledger.name_of_answer(question));
    // What can go wrong has been logged; there is nobody to tell where Mabel may not write.
    let Ok(answer) = delivery::post(bot, place.channel, body, || plain).await else { return };
    bot.ledger.posted(question);
    if let Some(said) = said.filter(|_| !repeated) {
        bot.repeats.keep(place, said, answer, Instant::now());
    }
    bot.link(question, place, answer, Origin::Asked, about).await;
}

/// Tells a person once that they must wait; what they write until then stays without an answer.
async fn hold_back(bot: &Bot, question: u64, place: Place, person: u64, limited: Limited) {
    if !bot.limits.tells(person, limited) {
        return;
    }
    let body = Body::text(limited.note(bot.texts_in(place).await)).in_reply_to(question);
    let body = body.named(bot.ledger.name_of_answer(question));
    if delivery::post(bot, place.channel, body, Body::default).await.is_ok() {
        bot.ledger.posted(question);
    }
}

async fn change_answer(bot: &Bot, link: &ReplyLink, place: Place, asked: Asked) {
    let Some(Answer { body, about, .. }) = answer(bot, place, &asked).await else { return take_answer_away(bot, link).await };
    match bot.sender.edit(link.channel, link.answer, &body).await {
        Ok(()) => keep(bot, ReplyLink { about, day: bot.day(), ..link.clone() }).await,
        Err(SendError::Gone { .. }) => {
            bot.ledger.withdraw(link.question);
            forget(bot, link.question).await;
        }
        Err(_) => {}
    }
}

async fn take_answer_away(bot: &Bot, link: &ReplyLink) {
    // The link goes first: the deletion of the answer comes back as an event, and must not look like a moderator's.
    forget(bot, link.question).await;
    if let Err(error) = bot.sender.delete(link.channel, link.answer).await
        && !matches!(error, SendError::Gone { .. })
    {
        keep(bot, link.clone()).await;
    }
}

async fn keep(bot: &Bot, link: ReplyLink) {
    if let Err(error) = bot.store.keep_link(link).await {
        tracing::warn!(%error, "an answer's link was not kept");
    }
}

async fn forget(bot: &Bot, question: u64) {
    if let Err(error) = bot.store.drop_link(question).await {
        tracing::warn!(%error, "an answer's link was not dropped");
    }
}
