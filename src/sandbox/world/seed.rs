//! The small world every sandbox starts with, and how more of it is made.

use serde::Serialize;

use super::{Channel, Guild, Message, Role, User, World, kinds, permissions};
use crate::sandbox::id::Id;

/// New Year 2021 in Discord's milliseconds: guilds are older than what is said in them.
const FIRST_GUILD_MILLISECOND: u64 = 189_388_800_000;

/// The ids of the things that are there from the start.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Places {
    /// The application, and the bot's user.
    pub application: Id,
    /// The guild "Sandbox Clinic".
    pub guild: Id,
    /// The text channel "general".
    pub general: Id,
    /// The text channel "clinic-questions".
    pub clinic_questions: Id,
    /// The forum "ask-the-forum".
    pub forum: Id,
    /// A post in the forum, opened by Ada.
    pub post: Id,
    /// A member.
    pub ada: Id,
    /// Another member.
    pub ben: Id,
    /// A moderator: may manage messages and the guild.
    pub moderator: Id,
    /// The guild's owner.
    pub owner: Id,
    /// The moderators' role.
    pub moderator_role: Id,
    /// Ada's DM with the bot.
    pub ada_direct: Id,
    /// Ben's DM with the bot.
    pub ben_direct: Id,
    /// A guild the bot is not in, where Ada and Ben are.
    pub foreign_guild: Id,
    /// A channel there.
    pub foreign_channel: Id,
    /// A DM of Ada and Ben, without the bot.
    pub private_channel: Id,
}

impl World {
    /// Fills a new world.
    pub(crate) fn seed(&mut self) -> Places {
        let owner = self.add_user("olga", "Olga");
        let ada = self.add_user("ada", "Ada");
        let ben = self.add_user("ben", "Ben");
        let moderator = self.add_user("maud", "Maud the moderator");
        let guild = self.add_guild("Sandbox Clinic", owner, true);
        let moderator_role =
            self.add_role(guild, "Moderators", permissions::EVERYONE | permissions::MANAGE_MESSAGES | permissions::MANAGE_GUILD);
        for (user, roles) in [(ada, vec![]), (ben, vec![]), (moderator, vec![moderator_role])] {
            self.join(guild, user, roles);
        }
        let general = self.add_channel(guild, kinds::TEXT, "general");
        let clinic_questions = self.add_channel(guild, kinds::TEXT, "clinic-questions");
        let forum = self.add_channel(guild, kinds::FORUM, "ask-the-forum");
        let post = self.add_thread(forum, ada, "First week at the clinic", "What should I bring on my first day?");
        let foreign_guild = self.add_guild("Elsewhere", owner, false);
        self.join(foreign_guild, ada, vec![]);
        self.join(foreign_guild, ben, vec![]);
        let foreign_channel = self.add_channel(foreign_guild, kinds::TEXT, "elsewhere");
        let private_channel = self.add_private(vec![ada, ben], false);
        let direct = |world: &Self, user| world.direct_channel(user).unwrap_or_default();
        Places {
            application: self.application_id,
            guild,
            general,
            clinic_questions,
            forum,
            post,
            ada,
            ben,
            moderator,
            owner,
            moderator_role,
            ada_direct: direct(self, ada),
            ben_direct: direct(self, ben),
            foreign_guild,
            foreign_channel,
            private_channel,
        }
    }

    /// A person with a DM channel of their own.
    pub(crate) fn add_user(&mut self, name: &str, display_name: &str) -> Id {
        let id = self.new_id();
        self.users.insert(id, User::person(id, name, display_name));
        self.add_private(vec![id], true);
        id
    }

    /// A guild of a millisecond of its own, because the millisecond decides its shard.
    pub(crate) fn add_guild(&mut self, name: &str, owner_id: Id, has_bot: bool) -> Id {
        let id = Id((FIRST_GUILD_MILLISECOND + self.guilds_made) << 22);
        self.guilds_made += 1;
        let everyone = Role { id, name: "@everyone".to_owned(), permissions: permissions::EVERYONE, mentionable: false };
        let mut guild = Guild {
            id,
            name: name.to_owned(),
            owner_id,
            roles: vec![everyone],
            members: [(owner_id, Vec::new())].into(),
            locale: "en-US".to_owned(),
            has_bot,
        };
        if has_bot {
            guild.members.insert(self.application_id, Vec::new());
        }
        self.guilds.insert(id, guild);
        id
    }

    pub(crate) fn add_role(&mut self, guild: Id, name: &str, permissions: u64) -> Id {
        let id = self.new_id();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.roles.push(Role { id, name: name.to_owned(), permissions, mentionable: true });
        }
        id
    }

    pub(crate) fn join(&mut self, guild: Id, user: Id, roles: Vec<Id>) {
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.members.insert(user, roles);
        }
    }

    pub(crate) fn add_channel(&mut self, guild: Id, kind: u8, name: &str) -> Id {
        let id = self.new_id();
        let has_bot = self.guilds.get(&guild).is_some_and(|guild| guild.has_bot);
        self.channels.insert(id, Channel { has_bot, ..Channel::in_guild(id, guild, kind, name) });
        id
    }

    /// A thread or forum post with its first message, which has the same id in a forum.
    pub(crate) fn add_thread(&mut self, parent: Id, opener: Id, name: &str, text: &str) -> Id {
        let id = self.new_id();
        let Some(parent) = self.channels.get(&parent) else {
            return id;
        };
        let guild_id = parent.guild_id;
        let thread = Channel {
            parent_id: Some(parent.id),
            owner_id: Some(opener),
            has_bot: parent.has_bot,
            ..Channel::in_guild(id, guild_id.unwrap_or_default(), kinds::THREAD, name)
        };
        self.channels.insert(id, thread);
        let mut first = Message::new(id, id, guild_id, opener);
        text.clone_into(&mut first.content);
        self.messages.insert(id, first);
        id
    }

    pub(crate) fn add_private(&mut self, recipients: Vec<Id>, has_bot: bool) -> Id {
        let id = self.new_id();
        self.channels.insert(id, Channel::private(id, recipients, has_bot));
        id
    }
}
