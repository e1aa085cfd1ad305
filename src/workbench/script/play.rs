//! Playing a script: each act as a person in the sandbox, each answer as it came over the wire.

use std::time::Duration;

use super::transcript::{Answer, Played, Transcript};
use super::{Act, Script, Step};
use crate::sandbox::{Id, InteractionHandle, Message, Remote, SandboxError};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a person reads before doing something with an answer. What an answer is about is kept just after it is sent; nobody is
/// quicker than that, but a script would be.
const READING: Duration = Duration::from_millis(300);
/// How long nothing has to come for nobody to have answered.
const SILENCE: Duration = Duration::from_millis(700);

/// Plays a script in a sandbox whose bot is connected. It goes on after a step that failed.
pub async fn play(script: &Script, remote: &Remote) -> Transcript {
    let mut stage = Stage { remote, user: remote.places().ada, channel: remote.places().general, answer: None, written: None };
    let mut transcript = Transcript::default();
    for (line, step) in &script.steps {
        transcript.steps.push(stage.step(*line, step).await);
    }
    transcript
}

/// Where a script stands.
struct Stage<'remote> {
    remote: &'remote Remote,
    user: Id,
    channel: Id,
    /// The last answer.
    answer: Option<Id>,
    /// The last message that a person wrote.
    written: Option<Id>,
}

impl Stage<'_> {
    async fn step(&mut self, line: usize, step: &Step) -> Played {
        let mut failed = Vec::new();
        if !matches!(step.act, Act::Say(_) | Act::Slash(..)) {
            tokio::time::sleep(READING).await;
        }
        let answer = match self.goes_to(step) {
            Ok(()) => self.act(step).await,
            Err(error) => Err(error),
        };
        let answer = answer.unwrap_or_else(|error| {
            failed.push(error.to_string());
            None
        });
        if let Some(message) = &answer {
            self.answer = Some(message.id);
        }
        let answer = answer.as_ref().map(seen);
        match (&answer, step.silent) {
            (Some(_), true) => failed.push("there was an answer, and none was to come".to_owned()),
            (None, false) if failed.is_empty() && !matches!(step.act, Act::Delete) => failed.push("there was no answer".to_owned()),
            _ => {}
        }
        let holds = |wanted: &String| answer.as_ref().is_some_and(|answer| answer.holds(wanted));
        failed.extend(step.expect.iter().filter(|wanted| !holds(wanted)).map(|wanted| format!("expected {wanted:?}")));
        failed.extend(step.expect_not.iter().filter(|wanted| holds(wanted)).map(|wanted| format!("did not expect {wanted:?}")));
        let (who, place) = self.remote.world(|world| {
            let who = world.user(self.user).map(|user| user.display_name.clone());
            let place = world.channel(self.channel).map(|channel| channel.name.clone()).filter(|name| !name.is_empty());
            (who.unwrap_or_default(), place.map_or_else(|| "a direct message".to_owned(), |name| format!("#{name}")))
        });
        Played { line, who, place, did: told(&step.act), answer, failed }
    }

    fn goes_to(&mut self, step: &Step) -> Result<(), SandboxError> {
        if let Some(name) = &step.user {
            let found = self.remote.world(|world| world.find_user(name).map(|user| user.id));
            self.user = found.ok_or_else(|| SandboxError::Unknown { kind: "user", id: name.clone() })?;
        }
        if let Some(name) = &step.channel {
            let found = self.remote.world(|world| world.find_channel(name).map(|channel| channel.id));
            self.channel = found.ok_or_else(|| SandboxError::Unknown { kind: "channel", id: name.clone() })?;
        }
        Ok(())
    }

    /// Does it and waits for the answer; none where there was none.
    async fn act(&mut self, step: &Step) -> Result<Option<Message>, SandboxError> {
        let (remote, user, channel) = (self.remote, self.user, self.channel);
        match &step.act {
            Act::Say(text) => {
                let text = remote.world(|world| world.with_mentions(text));
                self.written = Some(remote.post(channel, user, &text).await?.id);
                self.heard(step.silent).await
            }
            Act::Reply(text) => {
                let text = remote.world(|world| world.with_mentions(text));
                self.written = Some(remote.reply(channel, user, self.last_answer()?, &text, true).await?.id);
                self.heard(step.silent).await
            }
            Act::Slash(name, options) => answered(&remote.slash(user, channel, name, options.clone()).await?).await,
            Act::Menu(name) => answered(&remote.message_menu(user, name, self.last_written()?).await?).await,
            Act::Press(label) => {
                let (message, custom_id) = self.control(label)?;
                answered(&remote.press(user, message, &custom_id).await?).await
            }
            Act::Choose(label) => {
                let (message, custom_id, value) = self.option(label)?;
                answered(&remote.select(user, message, &custom_id, &[&value]).await?).await
            }
            Act::Edit(text) => self.edit(text).await,
            Act::Delete => self.delete().await,
        }
    }

    /// The next message of the bot here.
    async fn heard(&self, silent: bool) -> Result<Option<Message>, SandboxError> {
        let patience = if silent { SILENCE } else { PATIENCE };
        Ok(self.remote.next_message(self.channel, patience).await.ok())
    }

    async fn edit(&self, text: &str) -> Result<Option<Message>, SandboxError> {
        let written = self.last_written()?;
        let before = self.answer_to(written);
        let text = self.remote.world(|world| world.with_mentions(text));
        self.remote.edit(self.user, written, &text).await?;
        let Some(before) = before else { return self.heard(false).await };
        let changed = |now: &Message| now.edited_at != before.edited_at;
        // An edit that changes nothing about the answer leaves it as it is; what is expected of it shows whether that is right.
        let _ = self.remote.wait_until(PATIENCE, |world| world.message(before.id).is_none_or(changed)).await;
        Ok(self.remote.world(|world| world.message(before.id).cloned()))
    }

    async fn delete(&self) -> Result<Option<Message>, SandboxError> {
        let written = self.last_written()?;
        let answer = self.answer_to(written);
        self.remote.delete(self.user, written).await?;
        if let Some(answer) = answer {
            self.remote.wait_until(PATIENCE, |world| world.message(answer.id).is_none()).await?;
        }
        Ok(None)
    }

    /// The bot's reply to a message.
    fn answer_to(&self, message: Id) -> Option<Message> {
        let bot = self.remote.places().application;
        let answers = |found: &&Message| found.author_id == bot && found.reference.is_some_and(|reference| reference.message_id == message);
        self.remote.world(|world| world.messages_in(self.channel).rev().find(answers).cloned())
    }

    fn last_answer(&self) -> Result<Id, SandboxError> {
        self.answer.ok_or_else(|| SandboxError::NotPossible("there is no answer yet".to_owned()))
    }

    fn last_written(&self) -> Result<Id, SandboxError> {
        self.written.ok_or_else(|| SandboxError::NotPossible("nobody wrote a message yet".to_owned()))
    }

    /// The button of the last answer with that label.
    fn control(&self, label: &str) -> Result<(Id, String), SandboxError> {
        let answer = self.last_answer()?;
        let found = self.remote.world(|world| {
            let controls = world.message(answer)?.controls();
            let control = controls.into_iter().find(|control| control["label"].as_str().is_some_and(|text| text.contains(label)))?;
            Some(control["custom_id"].as_str()?.to_owned())
        });
        found.map(|custom_id| (answer, custom_id)).ok_or_else(|| SandboxError::Unknown { kind: "button", id: format!("{label:?}") })
    }

    /// The select of the last answer that has an option with that label, and the option's value.
    fn option(&self, label: &str) -> Result<(Id, String, String), SandboxError> {
        let answer = self.last_answer()?;
        let found = self.remote.world(|world| {
            world.message(answer)?.controls().into_iter().find_map(|control| {
                let mut options = control["options"].as_array()?.iter();
                let option = options.find(|option| option["label"].as_str().is_some_and(|text| text.contains(label)))?;
                Some((control["custom_id"].as_str()?.to_owned(), option["value"].as_str()?.to_owned()))
            })
        });
        let unknown = || SandboxError::Unknown { kind: "option of a select", id: format!("{label:?}") };
        found.map(|(custom_id, value)| (answer, custom_id, value)).ok_or_else(unknown)
    }
}

async fn answered(handle: &InteractionHandle) -> Result<Option<Message>, SandboxError> {
    let response = handle.finished(PATIENCE).await?;
    Ok(response.followups.last().cloned().or(response.message))
}

fn seen(message: &Message) -> Answer {
    let label = |value: &serde_json::Value| value["label"].as_str().map(str::to_owned);
    let labels = message.controls().into_iter().flat_map(|control| {
        let options = control["options"].as_array().into_iter().flatten().filter_map(label);
        label(control).into_iter().chain(options).collect::<Vec<_>>()
    });
    Answer { text: message.text(), labels: labels.collect(), private: message.is_ephemeral() }
}

fn told(act: &Act) -> String {
    match act {
        Act::Say(text) => text.clone(),
        Act::Reply(text) => format!("(replying) {text}"),
        Act::Slash(name, options) => {
            let options = options.as_object().into_iter().flatten();
            options.fold(format!("/{name}"), |told, (name, value)| match value.as_str() {
                Some(text) => format!("{told} {name}: {text}"),
                None => format!("{told} {name}: {value}"),
            })
        }
        Act::Menu(name) => format!("uses \"{name}\" on the last message"),
        Act::Press(label) => format!("presses \"{label}\""),
        Act::Choose(label) => format!("chooses \"{label}\""),
        Act::Edit(text) => format!("(edited) {text}"),
        Act::Delete => "deletes the last message".to_owned(),
    }
}
