//! Whether a server has the channels and roles that a file names: a file may come from another server, or from long ago.

use std::collections::HashSet;

use crate::store::Settings;

/// The channels and roles of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct There {
    /// Channels that can be written in.
    pub(super) channels: HashSet<u64>,
    /// Roles.
    pub(super) roles: HashSet<u64>,
}

/// Whether settings name any channel or role.
pub(super) fn names_any(settings: &Settings) -> bool {
    !settings.answer_channels.is_empty() || !settings.channel_topics.is_empty() || settings.curator_role.is_some()
}

impl There {
    /// Leaves out of settings what the server does not have, and gives the ids, each once.
    pub(super) fn leave_out_others(&self, settings: &mut Settings) -> Vec<u64> {
        let mut left_out = Vec::new();
        let mut is_there = |known: &HashSet<u64>, id: u64| {
            let there = known.contains(&id);
            if !there && !left_out.contains(&id) {
                left_out.push(id);
            }
            there
        };
        settings.answer_channels.retain(|channel| is_there(&self.channels, *channel));
        settings.channel_topics.retain(|channel, _| is_there(&self.channels, *channel));
        settings.curator_role = settings.curator_role.filter(|role| is_there(&self.roles, *role));
        left_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::TopicId;

    #[test]
    fn what_the_server_does_not_have_is_left_out_and_named_once() {
        let there = There { channels: HashSet::from([1, 2]), roles: HashSet::from([5]) };
        let settings = |channels: &[u64], topics: &[u64], role| Settings {
            answer_channels: channels.iter().copied().collect(),
            channel_topics: topics.iter().map(|channel| (*channel, TopicId::from("pay"))).collect(),
            curator_role: role,
            plain_text: true,
            ..Settings::default()
        };
        let mut mixed = settings(&[1, 5, 9], &[2, 9], Some(1));
        assert!(names_any(&mixed));
        assert_eq!(there.leave_out_others(&mut mixed), [5, 9, 1], "a role is no channel, and the other way round");
        assert_eq!(mixed, settings(&[1], &[2], None));
        assert!(!names_any(&settings(&[], &[], None)));
        let mut all_there = settings(&[1], &[2], Some(5));
        assert!(there.leave_out_others(&mut all_there).is_empty() && all_there.curator_role == Some(5));
    }
}
