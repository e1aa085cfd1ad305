//! Servers that Mabel comes into and is removed from, so that what belongs to one goes some time after she does.
//!
//! Discord tells of a removal only while she is connected. What happened meanwhile shows in the list of servers that comes with each
//! READY: what has settings in the store, belongs to that shard and is not in the list, she was removed from.
//! <https://docs.discord.com/developers/events/gateway-events#guild-delete>

use std::collections::HashSet;

use serenity::model::gateway::Ready;
use serenity::model::guild::UnavailableGuild;
use serenity::model::id::GuildId;

use super::bot::Bot;
use super::register;
use crate::store::StoreError;

/// A shard is ready, and names its servers.
pub(super) async fn ready(bot: &Bot, ready: &Ready) {
    let listed: HashSet<u64> = ready.guilds.iter().map(|guild| guild.id.get()).collect();
    let (shard, shards) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
    noted(compare(bot, &listed, shard, shards).await);
}

async fn compare(bot: &Bot, listed: &HashSet<u64>, shard: u32, shards: u32) -> Result<(), StoreError> {
    for guild in bot.store.guilds().await? {
        if !listed.contains(&guild) && shard_of(guild, shards) == shard {
            bot.store.guild_left(guild, bot.day()).await?;
        }
    }
    for guild in bot.store.guilds_left().await?.into_keys().filter(|guild| listed.contains(guild)) {
        bot.store.guild_back(guild).await?;
    }
    Ok(())
}

/// <https://docs.discord.com/developers/events/gateway#sharding>
fn shard_of(guild: u64, shards: u32) -> u32 {
    let shard = (guild >> 22) % u64::from(shards.max(1));
    u32::try_from(shard).unwrap_or_default()
}

/// Mabel came into a server, or a server of hers is there.
pub(super) async fn joined(bot: &Bot, guild: GuildId) {
    noted(bot.store.guild_back(guild.get()).await);
    if bot.registers && bot.is_operators(guild.get()) {
        let engine = bot.engine.get();
        if let Err(error) = register::register_for_operator(&bot.sender, bot.own, engine.knowledge(), guild.get()).await {
            tracing::warn!(%error, "the commands of a server of the operator's were not registered");
        }
    }
}

/// Mabel was removed from a server, or (`unavailable`) it is down for a while.
pub(super) async fn left(bot: &Bot, guild: &UnavailableGuild) {
    if !guild.unavailable {
        noted(bot.store.guild_left(guild.id.get(), bot.day()).await);
    }
}

/// A store that fails costs nothing here that the next READY does not mend.
fn noted(result: Result<(), StoreError>) {
    if let Err(error) = result {
        tracing::warn!(%error, "servers that come and go were not noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_belongs_to_the_shard_that_its_time_says() {
        assert_eq!(shard_of(41_771_983_423_143_937, 1), 0);
        assert_eq!((0..4).map(|number| shard_of(number << 22, 3)).collect::<Vec<_>>(), [0, 1, 2, 0]);
    }
}
