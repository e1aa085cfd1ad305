//! Changing the world from outside: guilds, channels, people, and what the bot may do.

use super::Remote;
use crate::sandbox::gateway::event::{self, ChannelChange};
use crate::sandbox::id::Id;
use crate::sandbox::rest::compose;
use crate::sandbox::rules::mention::Allowed;
use crate::sandbox::state::State;
use crate::sandbox::world::{Channel, Guild, User, kinds};

impl Remote {
    /// A new person with a DM channel; not yet a member of any guild.
    #[must_use]
    pub fn add_user(&self, name: &str) -> Id {
        self.shared.change(|state| state.world.add_user(name, name))
    }

    /// A new guild with the bot and a channel "general"; gives both ids.
    #[must_use]
    pub fn add_guild(&self, name: &str) -> (Id, Id) {
        let owner = self.places.owner;
        self.shared.change(|state| {
            let guild = state.world.add_guild(name, owner, true);
            let channel = state.world.add_channel(guild, kinds::TEXT, "general");
            let event = state.world.guild(guild).map(|guild| event::guild_created(&state.world, guild));
            state.tell(event);
            (guild, channel)
        })
    }

    /// Makes a person a member of a guild.
    pub fn join(&self, guild: Id, user: Id, roles: &[Id]) {
        self.shared.change(|state| state.world.join(guild, user, roles.to_vec()));
    }

    /// Throws the bot out of a guild.
    pub fn remove_bot(&self, guild: Id) {
        self.shared.change(|state| {
            state.tell(Some(event::guild_deleted(guild, false)));
            let bot = state.world.application_id;
            if let Some(guild) = state.world.guilds.get_mut(&guild) {
                guild.has_bot = false;
                guild.members.remove(&bot);
            }
            state.world.channels.values_mut().filter(|channel| channel.guild_id == Some(guild)).for_each(|channel| channel.has_bot = false);
            state.world.commands.retain(|_, command| command.guild_id != Some(guild));
        });
    }

    /// A new channel of one of [`kinds`].
    #[must_use]
    pub fn add_channel(&self, guild: Id, kind: u8, name: &str) -> Id {
        self.shared.change(|state| {
            let id = state.world.add_channel(guild, kind, name);
            tell_channel(state, id, ChannelChange::Created);
            id
        })
    }

    /// A person opens a thread or a forum post.
    #[must_use]
    pub fn open_thread(&self, parent: Id, user: Id, name: &str, text: &str) -> Id {
        self.shared.change(|state| {
            let id = state.world.add_thread(parent, user, name, text);
            if let Some(mut first) = state.world.message(id).cloned() {
                compose::ping(&state.world, &mut first, &Allowed::everything());
                state.world.messages.insert(id, first);
            }
            tell_channel(state, id, ChannelChange::Created);
            let event = state.world.message(id).and_then(|first| event::message_created(&state.world, first));
            state.tell(event);
            id
        })
    }

    /// Deletes a channel or thread with all in it.
    pub fn delete_channel(&self, channel: Id) {
        self.shared.change(|state| {
            tell_channel(state, channel, ChannelChange::Deleted);
            state.world.messages.retain(|_, message| message.channel_id != channel);
            state.world.channels.remove(&channel);
        });
    }

    /// Takes permissions (see [`permissions`](crate::sandbox::permissions)) from the bot in a channel; 0 gives all back.
    pub fn deny_bot(&self, channel: Id, bits: u64) {
        self.change_channel(channel, |channel| channel.denied_to_bot = bits);
    }

    /// Archives and locks a thread, or opens it again.
    pub fn lock_thread(&self, thread: Id, locked: bool) {
        self.change_channel(thread, |channel| channel.locked = locked);
    }

    fn change_channel(&self, id: Id, change: impl FnOnce(&mut Channel)) {
        self.shared.change(|state| {
            if let Some(channel) = state.world.channels.get_mut(&id) {
                change(channel);
            }
            tell_channel(state, id, ChannelChange::Updated);
        });
    }

    /// Changes a person: locale, open DMs, own installation.
    pub fn change_user(&self, user: Id, change: impl FnOnce(&mut User)) {
        self.shared.change(|state| {
            if let Some(user) = state.world.users.get_mut(&user) {
                change(user);
            }
        });
    }

    /// Changes a guild: locale, roles, members. No event tells of it.
    pub fn change_guild(&self, guild: Id, change: impl FnOnce(&mut Guild)) {
        self.shared.change(|state| {
            if let Some(guild) = state.world.guilds.get_mut(&guild) {
                change(guild);
            }
        });
    }
}

fn tell_channel(state: &mut State, id: Id, what: ChannelChange) {
    let event = state.world.channel(id).and_then(|channel| event::channel(&state.world, channel, what));
    state.tell(event);
}
