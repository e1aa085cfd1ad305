//! Whether a message is for Mabel, and what it asks.
//!
//! For her are: direct messages, messages that mention her by name, and replies to her. Not for her: bots and webhooks, her own and
//! Discord's system messages, and whatever only reaches her through @everyone, @here or a role. A message whose content Discord
//! withholds (no message content intent) is not for her either: she cannot know what it says. What a person says in a server to nobody in
//! particular is overheard; whether she says something to it is not decided here.

use serenity::model::channel::{Message, MessageReference, MessageReferenceKind, MessageType};
use serenity::model::event::MessageUpdateEvent;
use serenity::model::id::MessageId;
use serenity::model::user::User;

use super::ledger::Asked;

/// What a message is to Mabel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// It comes from no person: it is as if it were not there.
    Nothing,
    /// A person talks, but not to her, or she cannot hear what.
    NotForHer,
    /// A person talks in a server, to nobody in particular.
    Overheard(Asked),
    /// A question.
    Question(Asked),
    /// A question, if the message it replies to is hers; Discord did not say.
    QuestionIfHers(Asked),
}

/// The parts of a message that count.
struct Parts<'message> {
    direct: bool,
    person: u64,
    from_person: bool,
    content: &'message str,
    mentions: &'message [User],
    reference: Option<&'message MessageReference>,
    replied_author: Option<u64>,
}

/// What a new message is to her whose user id is `own`.
pub(super) fn message(message: &Message, own: u64) -> Heard {
    hear(
        &Parts {
            direct: message.guild_id.is_none(),
            person: message.author.id.get(),
            from_person: is_person(&message.author, own) && message.webhook_id.is_none() && is_talk(message.kind),
            content: &message.content,
            mentions: &message.mentions,
            reference: message.message_reference.as_ref(),
            replied_author: message.referenced_message.as_ref().map(|message| message.author.id.get()),
        },
        own,
    )
}

/// What an edited message is to her. Nothing, if the event does not carry the whole message: then nothing a person wrote changed.
pub(super) fn edit(event: &MessageUpdateEvent, own: u64) -> Heard {
    let (Some(author), Some(content), Some(mentions)) = (&event.author, &event.content, &event.mentions) else { return Heard::Nothing };
    let referenced = event.referenced_message.as_ref().and_then(Option::as_ref);
    hear(
        &Parts {
            direct: event.guild_id.is_none(),
            person: author.id.get(),
            from_person: is_person(author, own) && event.webhook_id.flatten().is_none() && event.kind.is_none_or(is_talk),
            content,
            mentions,
            reference: event.message_reference.as_ref().and_then(Option::as_ref),
            replied_author: referenced.map(|message| message.author.id.get()),
        },
        own,
    )
}

fn is_person(author: &User, own: u64) -> bool {
    !author.bot && !author.system && author.id.get() != own
}

fn is_talk(kind: MessageType) -> bool {
    matches!(kind, MessageType::Regular | MessageType::InlineReply)
}

fn hear(parts: &Parts<'_>, own: u64) -> Heard {
    if !parts.from_person {
        return Heard::Nothing;
    }
    let follows = parts.reference.filter(|reference| reference.kind == MessageReferenceKind::Default);
    let follows = follows.and_then(|reference| reference.message_id).map(MessageId::get);
    let readable = parts.direct || !parts.content.trim().is_empty();
    if !readable {
        return Heard::NotForHer;
    }
    let asked = Asked { text: without_mention(parts.content, own), person: parts.person, follows, alone: parts.direct, unasked: false };
    // Someone replied to with a ping stands among the mentions, too; either way it is for her.
    let named = parts.mentions.iter().any(|user| user.id.get() == own);
    match (follows, parts.replied_author) {
        _ if parts.direct || named => Heard::Question(asked),
        (Some(_), Some(author)) if author == own => Heard::Question(asked),
        (Some(_), None) => Heard::QuestionIfHers(asked),
        // A reply and a forwarded message speak of something else, a mention speaks to somebody.
        _ if parts.reference.is_none() && parts.mentions.is_empty() => Heard::Overheard(Asked { unasked: true, ..asked }),
        _ => Heard::NotForHer,
    }
}

/// The text without the mentions of the user `own`.
pub(super) fn without_mention(text: &str, own: u64) -> String {
    let text = text.replace(&format!("<@{own}>"), " ").replace(&format!("<@!{own}>"), " ");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const OWN: u64 = 7;

    fn user(id: u64, bot: bool) -> Value {
        json!({ "id": id.to_string(), "username": "somebody", "discriminator": "0", "avatar": null, "bot": bot })
    }

    fn heard(changes: &Value) -> Heard {
        let mut payload = json!({
            "id": "100", "channel_id": "50", "guild_id": "40", "author": user(1, false), "content": "", "timestamp": "2026-01-01T00:00:00Z",
            "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
            "embeds": [], "pinned": false, "type": 0,
        });
        for (key, value) in changes.as_object().unwrap() {
            payload[key] = value.clone();
        }
        message(&serde_json::from_value(payload).unwrap(), OWN)
    }

    fn question(text: &str, follows: Option<u64>) -> Heard {
        Heard::Question(Asked { text: text.to_owned(), person: 1, follows, alone: false, unasked: false })
    }

    fn alone(text: &str) -> Heard {
        Heard::Question(Asked { text: text.to_owned(), person: 1, follows: None, alone: true, unasked: false })
    }

    #[test]
    fn a_mention_is_a_question_without_the_mention() {
        let mentions = json!([user(OWN, true)]);
        assert_eq!(heard(&json!({ "content": "<@7> hello", "mentions": mentions })), question("hello", None));
        assert_eq!(heard(&json!({ "content": "hello <@!7>, you", "mentions": mentions })), question("hello  , you", None));
        assert_eq!(heard(&json!({ "content": "<@7>", "mentions": mentions })), question("", None));
    }

    #[test]
    fn everyone_and_roles_do_not_wake_her() {
        let overheard =
            |text: &str| Heard::Overheard(Asked { text: text.to_owned(), person: 1, follows: None, alone: false, unasked: true });
        assert_eq!(heard(&json!({ "content": "@everyone hello", "mention_everyone": true })), overheard("@everyone hello"));
        assert_eq!(heard(&json!({ "content": "<@&9> hello", "mention_roles": ["9"] })), overheard("<@&9> hello"));
        assert_eq!(heard(&json!({ "content": "hello" })), overheard("hello"));
    }

    #[test]
    fn what_is_said_to_somebody_else_is_not_overheard() {
        assert_eq!(heard(&json!({ "content": "<@3> hello", "mentions": [user(3, false)] })), Heard::NotForHer);
    }

    #[test]
    fn who_is_no_person_is_not_heard() {
        let mentions = json!([user(OWN, true)]);
        assert_eq!(heard(&json!({ "author": user(2, true), "content": "<@7> hi", "mentions": mentions })), Heard::Nothing);
        assert_eq!(heard(&json!({ "author": user(OWN, true), "content": "<@7> hi", "mentions": mentions })), Heard::Nothing);
        assert_eq!(heard(&json!({ "webhook_id": "3", "content": "<@7> hi", "mentions": mentions })), Heard::Nothing);
        assert_eq!(heard(&json!({ "type": 7, "content": "<@7> hi", "mentions": mentions })), Heard::Nothing);
    }

    #[test]
    fn a_direct_message_needs_no_mention() {
        assert_eq!(heard(&json!({ "guild_id": null, "content": "hello" })), alone("hello"));
        assert_eq!(heard(&json!({ "guild_id": null, "content": "" })), alone(""));
    }

    #[test]
    fn a_reply_to_her_is_a_question_if_she_can_read_it() {
        let referenced = |author: u64| {
            json!({
                "id": "90", "channel_id": "50", "author": user(author, author == OWN), "content": "", "timestamp": "2026-01-01T00:00:00Z",
                "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
                "embeds": [], "pinned": false, "type": 0,
            })
        };
        let reply = |content: &str, referenced: Value| {
            let reference = json!({ "type": 0, "message_id": "90", "channel_id": "50" });
            heard(&json!({ "type": 19, "content": content, "message_reference": reference, "referenced_message": referenced }))
        };
        assert_eq!(reply("and in Texas?", referenced(OWN)), question("and in Texas?", Some(90)));
        assert_eq!(reply("and in Texas?", referenced(2)), Heard::NotForHer);
        assert_eq!(reply("", referenced(OWN)), Heard::NotForHer);
        let unknown = Asked { text: "and in Texas?".to_owned(), person: 1, follows: Some(90), alone: false, unasked: false };
        assert_eq!(reply("and in Texas?", Value::Null), Heard::QuestionIfHers(unknown));
    }

    #[test]
    fn a_forwarded_message_is_no_reply() {
        let reference = json!({ "type": 1, "message_id": "90", "channel_id": "50" });
        assert_eq!(heard(&json!({ "content": "look", "message_reference": reference })), Heard::NotForHer);
    }
}
