//! Pictures beside answers: when one comes along, and drawing it.
//!
//! People would rather look at a map than read 51 names; but a picture is as high as a screen of talk, and a channel belongs to all who
//! read it. So a picture comes along by itself where nobody else has to scroll past it or somebody called for exactly this answer:
//!
//! | Where | Picture |
//! |---|---|
//! | private answers and direct messages | comes along: nobody else is there |
//! | answers to commands | comes along: a form was filled in for it, and could have been answered in private |
//! | mentions, replies and posted answers in a channel | on *Show picture* or *More* |
//! | where Mabel may not attach files | never, and no button offers one |
//!
//! A picture adds no fact: the words say all of it, so whatever goes wrong with drawing or sending one, the answer goes without.

#[cfg(feature = "pictures")]
use std::sync::Arc;
#[cfg(feature = "pictures")]
use std::time::Duration;

use serenity::model::application::{CommandInteraction, ComponentInteraction, MessageInteractionMetadata};
use serenity::model::channel::Message;
use serenity::model::permissions::Permissions;
#[cfg(feature = "pictures")]
use tokio::sync::Semaphore;

use crate::answer::Reply;
use crate::answer::picture::Picture;
#[cfg(feature = "pictures")]
use crate::picture::Gallery;

use super::bot::Bot;
use super::payload::{Body, File};
use super::render::{self, Pictured, Show};
use super::texts::Texts;

/// Draws pictures aside from the threads that answer.
#[cfg(feature = "pictures")]
pub(super) struct Studio {
    gallery: Arc<Gallery>,
    permits: Arc<Semaphore>,
}

/// Draws nothing: this program is built without pictures.
#[cfg(not(feature = "pictures"))]
pub(super) struct Studio;

#[cfg(feature = "pictures")]
impl Studio {
    /// How many are drawn at once: each takes some megabytes while it is drawn.
    const AT_ONCE: usize = 4;
    /// How long an answer waits for its picture. Drawing takes a fiftieth of it; what comes later is kept for the next one who asks.
    const PATIENCE: Duration = Duration::from_secs(1);

    pub(super) fn new() -> Self {
        Self { gallery: Arc::default(), permits: Arc::new(Semaphore::new(Self::AT_ONCE)) }
    }

    /// The picture as a file; none if it cannot be had in time.
    pub(super) async fn draw(&self, picture: Picture) -> Option<File> {
        let (gallery, permits, alt) = (Arc::clone(&self.gallery), Arc::clone(&self.permits), picture.alt.clone());
        let drawing = tokio::spawn(async move {
            // Closed never, and a picture that nobody waits for any more is still drawn.
            let _permit = permits.acquire_owned().await.ok()?;
            Some(tokio::task::spawn_blocking(move || gallery.draw(&picture)).await)
        });
        match tokio::time::timeout(Self::PATIENCE, drawing).await {
            Ok(Ok(Some(Ok(Ok(png))))) => return Some(File::new(png.name(), &alt, png.bytes())),
            Ok(Ok(Some(Ok(Err(error))))) => tracing::error!(%error, "a picture was not drawn"),
            Ok(_) => tracing::error!("drawing a picture broke"),
            Err(_) => tracing::warn!("a picture came too late for its answer"),
        }
        None
    }
}

#[cfg(not(feature = "pictures"))]
impl Studio {
    pub(super) fn new() -> Self {
        Self
    }

    #[expect(clippy::unused_async, reason = "drawing is asynchronous for callers, whether there is any or not")]
    pub(super) async fn draw(&self, _: Picture) -> Option<File> {
        None
    }
}

/// The message that says `reply`, its picture with it where that is wanted and can be drawn.
pub(super) async fn message(bot: &Bot, reply: &Reply, show: &Show, texts: Texts) -> Body {
    with_picture(bot, reply, show, render::message(reply, show, texts)).await
}

/// A message about `reply`, its picture with it where that is wanted and can be drawn.
pub(super) async fn with_picture(bot: &Bot, reply: &Reply, show: &Show, body: Body) -> Body {
    let wanted = if show.picture == Pictured::Along { bot.picture(reply) } else { None };
    match wanted {
        Some(picture) => body.with_picture(bot.studio.draw(picture).await),
        None => body,
    }
}

/// How pictures stand in answers to a command, or to a menu, which are private.
pub(super) fn for_command(command: &CommandInteraction) -> Pictured {
    if may_attach(command.app_permissions) { Pictured::Along } else { Pictured::Never }
}

/// How pictures stand in a message that changes because something in it was pressed; `alone`: nobody but the presser sees it.
pub(super) fn for_press(press: &ComponentInteraction, alone: bool) -> Pictured {
    let message = &press.message;
    let command = matches!(message.interaction_metadata.as_deref(), Some(MessageInteractionMetadata::Command(_)));
    match may_attach(press.app_permissions) {
        false => Pictured::Never,
        true if alone || command || shows_one(message) => Pictured::Along,
        true => Pictured::Offered,
    }
}

/// How they stand in what is told to one person who pressed.
pub(super) fn for_one(press: &ComponentInteraction) -> Pictured {
    if may_attach(press.app_permissions) { Pictured::Along } else { Pictured::Never }
}

/// Whether a message of Mabel's shows a picture: as a file of its own, or in its embed, where Discord lists no file.
fn shows_one(message: &Message) -> bool {
    !message.attachments.is_empty() || message.embeds.iter().any(|embed| embed.image.is_some())
}

/// Whether Mabel may attach files where she has these permissions; Discord names them with every interaction.
fn may_attach(permissions: Option<Permissions>) -> bool {
    permissions.is_none_or(|may| may.intersects(Permissions::ATTACH_FILES | Permissions::ADMINISTRATOR))
}
