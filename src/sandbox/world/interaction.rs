//! Interactions: what was asked of the bot and how far it has answered.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::World;
use crate::sandbox::id::{Id, timestamp};

/// The time to the first response.
const FIRST_RESPONSE: Duration = Duration::from_secs(3);
/// How long the token lives once the first response was given.
const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);

/// An interaction.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// Its id.
    pub id: Id,
    /// The token that answers it.
    pub token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    pub kind: u8,
    /// For a command: 1 slash, 2 user menu, 3 message menu.
    pub command_kind: Option<u8>,
    /// The command's name, or the `custom_id`.
    pub name: String,
    /// Who acted.
    pub user_id: Id,
    /// Where.
    pub channel_id: Id,
    /// In which guild.
    pub guild_id: Option<Id>,
    /// The message whose component was used.
    pub message_id: Option<Id>,
    /// Whether only the user's own installation brought the application here.
    pub user_install_only: bool,
    /// Whether answers are made private whatever the bot says.
    pub forced_ephemeral: bool,
    /// The payload sent to the bot.
    pub payload: Value,
    /// For a modal: the metadata of the interaction that opened it.
    pub trigger: Option<Value>,
    /// The first response.
    pub acknowledged: Option<Acknowledgement>,
    /// The message of the first response; for an update, the message updated.
    pub original_id: Option<Id>,
    /// The follow-ups, oldest first, deleted ones included.
    pub followups: Vec<Id>,
}

/// The first response to an interaction.
#[derive(Clone, Debug)]
pub struct Acknowledgement {
    /// The callback type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal.
    pub kind: u8,
    /// When it came.
    pub at: SystemTime,
    /// Whether it was private.
    pub ephemeral: bool,
    /// The choices of an autocomplete answer, or the modal.
    pub data: Value,
}

impl Interaction {
    /// Whether the first response would come too late.
    #[must_use]
    pub fn is_late(&self, now: SystemTime) -> bool {
        now.duration_since(self.id.created_at()).unwrap_or_default() > FIRST_RESPONSE
    }

    /// Whether the token no longer edits or follows up.
    #[must_use]
    pub fn is_expired(&self, now: SystemTime) -> bool {
        now.duration_since(self.id.created_at()).unwrap_or_default() > TOKEN_LIFE
    }

    /// What was used, as messages name it: a command "including subcommands and subcommand groups".
    /// <https://docs.discord.com/developers/interactions/receiving-and-responding#message-interaction-object>
    pub(super) fn full_name(&self) -> String {
        let mut name = self.name.clone();
        let mut options = &self.payload["data"]["options"];
        while let Some(sub) = options.get(0).filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
            name = format!("{name} {}", sub["name"].as_str().unwrap_or_default());
            options = &sub["options"];
        }
        name
    }
}

impl World {
    /// The interaction with this token.
    pub(crate) fn interaction_by_token(&self, token: &str) -> Option<&Interaction> {
        self.interactions.values().rev().find(|interaction| interaction.token == token)
    }

    /// `interaction_metadata` of a message that answers this interaction.
    pub(crate) fn metadata_json(&self, interaction: &Interaction, followup: bool) -> Value {
        let mut value = json!({
            "id": interaction.id,
            "type": interaction.kind,
            "user": self.user_json(interaction.user_id),
            "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
        });
        if let Some(original) = interaction.original_id.filter(|_| followup) {
            value["original_response_message_id"] = json!(original);
        }
        match (interaction.kind, interaction.command_kind) {
            (2, Some(1)) => {
                value["name"] = json!(interaction.full_name());
                value["command_type"] = json!(1);
            }
            (2, kind) => {
                value["command_type"] = json!(kind);
                let key = if kind == Some(2) { "target_user" } else { "target_message_id" };
                let target = &interaction.payload["data"]["target_id"];
                value[key] = if kind == Some(2) {
                    interaction.payload["data"]["resolved"]["users"][target.as_str().unwrap_or_default()].clone()
                } else {
                    target.clone()
                };
            }
            (3, _) => value["interacted_message_id"] = json!(interaction.message_id),
            (5, _) => value["triggering_interaction_metadata"] = json!(interaction.trigger),
            _ => {}
        }
        value
    }

    pub(crate) fn interaction_overview(&self, interaction: &Interaction) -> Value {
        let show = |id: &Id| self.messages.get(id).map(|message| self.message_overview(message));
        json!({
            "id": interaction.id,
            "kind": interaction.kind,
            "name": interaction.name,
            "user_id": interaction.user_id,
            "channel_id": interaction.channel_id,
            "acknowledged": interaction.acknowledged.as_ref().map(|first| json!({
                "kind": first.kind, "at": timestamp(first.at), "ephemeral": first.ephemeral, "data": first.data,
            })),
            "message": interaction.original_id.as_ref().and_then(show),
            "followups": interaction.followups.iter().filter_map(show).collect::<Vec<_>>(),
        })
    }
}
