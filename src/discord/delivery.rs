//! Bringing an answer to a channel as well as Mabel may there.
//!
//! The gateway tells nothing of what Mabel may do in a channel, and no cache keeps it. So the answer is sent as it should be; where Discord
//! refuses it for its embed, its picture or its reference, it is sent once more without. Where that is refused, too, nothing more is tried:
//! refused requests count against a limit. Where sending takes long, because Discord asks to wait, Mabel is seen typing.

use std::time::Duration;

use super::bot::Bot;
use super::payload::Body;
use super::send_error::{NO_HISTORY, SendError};

/// An answer that takes longer shows that it is on its way.
const SLOW: Duration = Duration::from_millis(1500);

/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
const MISSING_PERMISSIONS: u64 = 50013;

/// Posts `body`, or `plain` in its place where no embed may stand; gives the message's id.
pub(super) async fn post(bot: &Bot, channel: u64, body: Body, plain: impl FnOnce() -> Body) -> Result<u64, SendError> {
    let sent = seen_typing(bot, channel, &body).await;
    let smaller = match &sent {
        Err(SendError::Forbidden { code: NO_HISTORY }) if body.message_reference.is_some() => Body { message_reference: None, ..body },
        Err(SendError::Forbidden { code: MISSING_PERMISSIONS }) if !body.embeds.is_empty() || body.file.is_some() => {
            let plain = plain();
            Body { content: plain.content, components: plain.components, embeds: Vec::new(), file: None, ..body }
        }
        _ => return counted(bot, sent),
    };
    counted(bot, seen_typing(bot, channel, &smaller).await)
}

/// What reaches nobody is counted; there is nobody to tell.
fn counted(bot: &Bot, sent: Result<u64, SendError>) -> Result<u64, SendError> {
    if let Err(error) = &sent {
        let count = bot.pulse.lost();
        tracing::info!(%error, count, "an answer was not sent");
    }
    sent
}

async fn seen_typing(bot: &Bot, channel: u64, body: &Body) -> Result<u64, SendError> {
    let sending = bot.sender.post(channel, body);
    tokio::pin!(sending);
    tokio::select! {
        sent = &mut sending => return sent,
        () = tokio::time::sleep(SLOW) => {}
    }
    // Whether it shows or not, the answer is what counts.
    let (sent, _) = tokio::join!(sending, bot.sender.typing(channel));
    sent
}
