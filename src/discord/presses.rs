//! Pressed buttons and chosen options. Everything needed stands in them, so they work after a restart and on any process.
//!
//! What the asker presses changes the answer in its place; what others press is answered to them alone.

use serenity::model::application::{
    ActionRowComponent, ButtonKind, ComponentInteraction, ComponentInteractionDataKind, InteractionContext, MessageInteractionMetadata,
};
use serenity::model::channel::{Message, MessageFlags};

use crate::answer::{Earlier, Reply};
use crate::knowledge::{EntryId, FacetId, ValueId};
use crate::store::{Origin, Vote};

use super::bot::{Bot, Broken, Place};
use super::custom_id::{self, Press};
use super::interactions::{may_write, note, respond};
use super::limits::Weight;
use super::markdown::{cut, escape};
use super::payload::{self, Body, Callback};
use super::permission::manages_messages;
use super::render::{Pictured, Show};
use super::send_error::SendError;
use super::servers::Scene;
use super::texts::{Readers, Texts};
use super::{delivery, gaps, messages, own_answers, pages, pictures, render, settings};

/// Somebody pressed a button or chose an option.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction, readers: Readers, scene: &Scene) {
    Pressed { bot, press, readers, scene }.answer().await;
}

/// A button that somebody pressed, or an option that they chose.
#[derive(Clone, Copy)]
struct Pressed<'event> {
    bot: &'event Bot,
    press: &'event ComponentInteraction,
    readers: Readers,
    scene: &'event Scene,
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

impl Pressed<'_> {
    async fn answer(self) {
        let pressed = custom_id::decode(&self.press.data.custom_id);
        // Whoever wants to be rid of an answer need not wait.
        if !matches!(pressed, Ok(Press::Delete { .. } | Press::Dismiss))
            && let Err(limited) = self.bot.take(self.press.user.id.get(), self.place(), &self.scene.server, Weight::Press)
        {
            return self.note(|texts| limited.note(texts)).await;
        }
        match (pressed, chosen(self.press)) {
            (Ok(Press::Topic), Some(topic)) => match pages::questions(self.bot.engine.get().knowledge(), topic, self.readers.person) {
                Some(body) => self.tell(body).await,
                None => self.note(Texts::gone).await,
            },
            (Ok(Press::Value { about, facet, .. }), Some(value)) => {
                self.with_reply(with_value(about, facet, value), Act::Change(Show::PUBLIC)).await;
            }
            // The option carries a press of its own.
            (Ok(Press::Chosen { .. }), Some(value)) => match custom_id::decode(value) {
                Ok(Press::Read(about)) => self.with_reply(about, Act::Tell).await,
                _ => self.note(Texts::old_button).await,
            },
            (Ok(Press::Choose { about, target }), _) => {
                self.with_reply(about, Act::Change(Show { target, ..Show::PUBLIC })).await;
            }
            (Ok(Press::Read(about)), _) => self.with_reply(about, Act::Tell).await,
            (Ok(Press::More(about)), _) => {
                self.with_reply(about, Act::Change(Show { expanded: true, picture: Pictured::Along, ..Show::PUBLIC })).await;
            }
            (Ok(Press::Picture(about)), _) => self.with_reply(about, Act::Picture).await,
            (Ok(Press::Sources(about)), _) => self.with_reply(about, Act::Sources).await,
            (Ok(Press::Narrow(about)), _) => self.with_reply(about, Act::Narrow).await,
            (Ok(Press::Post { about, target }), _) => self.with_reply(about, Act::Post(target)).await,
            (Ok(Press::Vote { about, helpful }), _) => self.vote(about.entry, helpful).await,
            (Ok(Press::Delete { owner }), _) => self.delete(owner).await,
            (Ok(Press::Dismiss), _) => self.delete(None).await,
            (Ok(Press::Settings { guild, act }), _) => {
                settings::pressed(self.bot, self.press, guild, act, self.scene, self.readers.person).await;
            }
            (Ok(Press::Own { guild, act }), _) => {
                own_answers::pressed(self.bot, self.press, guild, act, self.scene, self.readers.person).await;
            }
            (Ok(Press::Gaps { guild, act }), _) => {
                gaps::pressed(self.bot, self.press, guild, act, self.scene, self.readers.person).await;
            }
            (Ok(Press::Topic | Press::Value { .. } | Press::Chosen { .. }), None) | (Err(_), _) => {
                self.note(Texts::old_button).await;
            }
        }
    }

    /// Does something with the answer of an entry, if there still is one.
    async fn with_reply(self, about: Earlier, act: Act) {
        let reply = match self.bot.recall(&about, self.scene) {
            Ok(Some(reply)) => reply,
            Ok(None) => return self.note(Texts::gone).await,
            Err(Broken) => return self.note(Texts::broken).await,
        };
        let texts = self.readers.person;
        match act {
            Act::Change(wanted) if is_asker(self.press) => {
                let now = self.shown();
                let picture = if now.picture == Pictured::Offered { wanted.picture } else { now.picture };
                self.change(&reply, Show { expanded: wanted.expanded, target: wanted.target.or(now.target), picture, ..now }).await;
            }
            Act::Change(wanted) => self.tell_reply(&reply, wanted.expanded).await,
            Act::Tell => self.tell_reply(&reply, false).await,
            Act::Picture => self.show_picture(&reply).await,
            Act::Sources => self.tell(pages::sources(&self.bot.engine.get(), &reply, texts)).await,
            Act::Narrow => self.narrow(&reply).await,
            Act::Post(target) => self.post(&reply, target, &about).await,
        }
    }

    /// A few words for the person alone.
    async fn note(self, says: impl FnOnce(Texts) -> String) {
        note(self.bot, self.press.id.get(), &self.press.token, says(self.readers.person)).await;
    }

    /// Tells something to the person who pressed, and to nobody else.
    async fn tell(self, body: Body) {
        self.respond(&Callback::message(body.private())).await;
    }

    /// Tells an answer to the person who pressed, with its picture: nobody else has to scroll past it.
    async fn tell_reply(self, reply: &Reply, expanded: bool) {
        let show = Show { expanded, picture: pictures::for_one(self.press), ..self.scene.show(true) };
        self.tell(pictures::message(self.bot, reply, &show, self.readers.person).await).await;
    }

    /// Shows the picture of an answer, or says in words what is on it where it cannot be shown.
    async fn show_picture(self, reply: &Reply) {
        let now = self.shown();
        let show = if is_asker(self.press) { now } else { Show { target: None, private: true, ..now } };
        let show = Show { picture: pictures::for_one(self.press), ..show };
        let body = pictures::message(self.bot, reply, &show, self.readers.of(show.private)).await;
        if body.file.is_none() {
            let Some(picture) = self.bot.picture(reply) else { return self.note(Texts::gone).await };
            let words = self.readers.person.picture_in_words(&escape(&picture.alt));
            self.tell(Body::text(cut(&words, payload::CONTENT))).await;
        } else if is_asker(self.press) {
            self.respond(&Callback::update(body)).await;
        } else {
            self.tell(body).await;
        }
    }

    fn place(self) -> Place {
        self.scene.place
    }

    /// How the message stands there now: a change keeps that.
    fn shown(self) -> Show {
        Show { plain: self.scene.server.settings.plain_text, ..shown(self.press) }
    }

    async fn respond(self, callback: &Callback) {
        respond(self.bot, self.press.id.get(), &self.press.token, callback).await;
    }

    /// The answer takes the place of the message.
    async fn change(self, reply: &Reply, show: Show) {
        let body = pictures::message(self.bot, reply, &show, self.readers.of(show.private)).await;
        self.respond(&Callback::update(body)).await;
        let message = self.press.message.id.get();
        if let Ok(Some(link)) = self.bot.store.link_of_answer(message).await {
            self.bot.link(link.question, self.place(), message, link.origin, reply.about()).await;
        }
    }

    /// Asks for what an answer leaves open: the asker below the answer itself, others alone.
    async fn narrow(self, reply: &Reply) {
        let engine = self.bot.engine.get();
        let facet = reply.open.as_ref().and_then(|open| engine.knowledge().facet(open.facet.as_str()));
        let Some(facet) = facet else { return self.note(Texts::gone).await };
        let values: Vec<(ValueId, String)> = facet.values.iter().map(|value| (value.id.clone(), value.name.clone())).collect();
        if is_asker(self.press) {
            let show = self.shown();
            let body = render::asking(reply, &show, &values, self.readers.of(show.private));
            self.respond(&Callback::update(pictures::with_picture(self.bot, reply, &show, body).await)).await;
        } else {
            self.tell(render::asking_alone(reply, &values, self.readers.person)).await;
        }
    }

    /// Counts a vote, once a person, answer and day, and never with the person.
    async fn vote(self, entry: EntryId, helpful: bool) {
        let day = self.bot.day();
        let said = if self.bot.engine.get().knowledge().entry(entry.as_str()).is_none() {
            Texts::gone
        } else if !self.bot.votes.is_first(self.press.user.id.get(), &entry, day) {
            Texts::voted_before
        } else if let Err(error) = self.bot.store.keep_vote(Vote { entry, helpful, day }).await {
            tracing::warn!(%error, "a vote was not kept");
            Texts::vote_lost
        } else if helpful {
            Texts::voted_helpful
        } else {
            Texts::voted_not_helpful
        };
        self.note(said).await;
    }

    /// Deletes the message, if the person may: who asked, who had it posted, who manages messages here.
    async fn delete(self, owner: Option<u64>) {
        let press = self.press;
        if !manages_messages(press.member.as_ref()) && owner != Some(press.user.id.get()) && !is_asker(press) {
            return self.note(Texts::not_yours).await;
        }
        self.respond(&Callback::later()).await;
        // By the interaction itself: this works where Mabel is not in the server, too.
        match self.bot.sender.delete_response(self.bot.own.application, &press.token).await {
            Ok(()) | Err(SendError::Gone { .. }) => {
                messages::deleted(self.bot, self.place(), press.message.id.get()).await;
            }
            Err(_) => {}
        }
    }

    /// Posts a private answer as a reply to the message it answers. The press is acknowledged first, because posting may take its time.
    async fn post(self, reply: &Reply, target: u64, about: &Earlier) {
        let (bot, press, texts) = (self.bot, self.press, self.readers.person);
        self.respond(&Callback::later()).await;
        let said = if !may_write(press.member.as_ref().and_then(|member| member.permissions)) {
            texts.may_not_post()
        } else if bot.store.link(target).await.ok().flatten().is_some() {
            texts.posted_before()
        } else {
            match self.post_under(reply, target).await {
                Ok(answer) => {
                    bot.link(target, self.place(), answer, Origin::Posted, Some(about.clone())).await;
                    texts.posted()
                }
                Err(SendError::Forbidden { .. } | SendError::Gone { .. }) => texts.cannot_post(),
                Err(SendError::Rejected { .. }) => texts.message_gone(),
                Err(_) => texts.post_failed(),
            }
        };
        let show = Show { picture: pictures::for_one(press), ..self.scene.show(true) };
        let shown = pictures::message(bot, reply, &show, texts).await;
        let shown = Body { content: cut(&format!("{}\n\n-# {said}", shown.content), payload::CONTENT), ..shown };
        // The private answer stays as it was, if this fails; the post itself is what counts.
        let _ = bot.sender.edit_response(bot.own.application, &press.token, &shown).await;
    }

    async fn post_under(self, reply: &Reply, target: u64) -> Result<u64, SendError> {
        let show = Show { owner: Some(self.press.user.id.get()), ..self.scene.show(false) };
        let shown = |show: &Show| render::message(reply, show, self.readers.all);
        // Named after the message it answers: pressed by two people at once, it is still posted once.
        let body = shown(&show).only_in_reply_to(target).named(format!("{target}.p"));
        delivery::post(self.bot, self.press.channel_id.get(), body, || shown(&Show { plain: true, ..show })).await
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
            Ok(Press::Dismiss) => show.unasked = true,
            Ok(Press::More(_)) => show.expanded = false,
            _ => {}
        }
    }
    show
}
