//! Turning a checked draft into a message, whoever writes it and whichever way it came.

use serde_json::Value;

use crate::sandbox::id::Id;
use crate::sandbox::rules::mention::{self, Allowed};
use crate::sandbox::rules::message::{Draft, Upload};
use crate::sandbox::world::{Message, World, flags, permissions};

/// Puts a draft into a message; what the draft leaves out stays. `default` is what may be pinged when the draft does not say.
pub(crate) fn apply(world: &mut World, message: &mut Message, draft: &Draft, default: &Allowed) {
    if let Some(content) = &draft.content {
        message.content.clone_from(content);
    }
    if let Some(embeds) = &draft.embeds {
        message.embeds.clone_from(embeds);
    }
    if let Some(components) = &draft.components {
        message.components.clone_from(components);
    }
    if let Some(attachments) = &draft.attachments {
        message.attachments.clone_from(attachments);
        let new = message.attachments.iter_mut().filter(|attachment| attachment["id"].is_null());
        for (attachment, file) in new.zip(&draft.files) {
            place(world, message.channel_id, attachment, file);
        }
    }
    if let Some(nonce) = &draft.nonce {
        message.nonce = Some(nonce.clone());
    }
    // Whether it is private was settled before; the rest is the draft's.
    let settled = message.flags & (flags::EPHEMERAL | flags::COMPONENTS_V2);
    if let Some(bits) = draft.flags {
        let own = flags::SUPPRESS_EMBEDS | flags::SUPPRESS_NOTIFICATIONS | flags::COMPONENTS_V2;
        message.flags = settled | bits & own;
    }
    ping(world, message, draft.allowed.as_ref().unwrap_or(default));
}

/// Keeps a new file; its attachment object is what the draft says of it and where it is now.
fn place(world: &mut World, channel: Id, attachment: &mut Value, file: &Upload) {
    let name = attachment["filename"].as_str().unwrap_or(&file.filename).to_owned();
    let kept = world.keep_file(channel, name, file.content_type.clone(), file.bytes.clone());
    let described = std::mem::replace(attachment, kept);
    if let Some(description) = described.get("description").filter(|description| !description.is_null()) {
        attachment["description"] = description.clone();
    }
}

/// Works out who is pinged.
pub(crate) fn ping(world: &World, message: &mut Message, allowed: &Allowed) {
    let channel = world.channel(message.channel_id);
    let bits = channel.map_or(permissions::EVERYONE, |channel| world.permissions_in(message.author_id, channel));
    let text = readable(message);
    let replied = message.reference.filter(|reference| reference.pings).and_then(|reference| world.message(reference.message_id));
    let replied = replied.map(|target| target.author_id);
    let pings = mention::pings(world, message.guild_id, bits, &text, allowed, replied);
    if let Some(reference) = &mut message.reference {
        reference.pings = replied.is_some_and(|author| pings.users.contains(&author));
    }
    message.names_bot = mention::names(&text, world.application_id);
    message.mentions = pings.users;
    message.mention_roles = pings.roles;
    message.mention_everyone = pings.everyone;
}

/// The text that can ping: the content, and the text displays of a components message. Embeds never ping.
fn readable(message: &Message) -> String {
    fn walk(component: &Value, text: &mut String) {
        if component["type"] == 10 {
            text.push('\n');
            text.push_str(component["content"].as_str().unwrap_or_default());
        }
        component["components"].as_array().into_iter().flatten().for_each(|inner| walk(inner, text));
    }
    let mut text = message.content.clone();
    message.components.iter().for_each(|component| walk(component, &mut text));
    text
}
