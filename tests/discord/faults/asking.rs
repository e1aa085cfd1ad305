//! People who ask without a pause, each in their own way.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use mabel::sandbox::{Id, InteractionHandle, Remote};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

/// A question that was asked.
#[derive(Clone)]
pub struct Question {
    /// The message, or the interaction.
    pub id: Id,
    pub channel: Id,
    /// Of a command.
    pub command: Option<InteractionHandle>,
    pub at: Instant,
    /// By the computer's clock.
    pub time: SystemTime,
}

/// What was asked so far, and who goes on asking.
pub struct Asking {
    asked: Arc<Mutex<Vec<Question>>>,
    task: JoinHandle<()>,
}

impl Asking {
    /// People ask in these channels from now on, one question after another, with that pause between two.
    pub fn begin(sandbox: &Remote, channels: Vec<Id>, every: Duration) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (sandbox, questions) = (sandbox.clone(), Arc::clone(&asked));
        let task = tokio::spawn(async move {
            let mut pause = tokio::time::interval(every);
            // A machine that stood still is no crowd that asks all at once.
            pause.set_missed_tick_behavior(MissedTickBehavior::Delay);
            for number in 0.. {
                pause.tick().await;
                let question = ask(&sandbox, &channels, number).await;
                questions.lock().unwrap_or_else(PoisonError::into_inner).push(question);
            }
        });
        Self { asked, task }
    }

    /// What was asked so far.
    pub fn questions(&self) -> Vec<Question> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Nobody asks any more.
    pub fn stop(&self) {
        self.task.abort();
    }
}

/// By mention in one of the channels, mostly; now and then in a direct message or with a command.
async fn ask(sandbox: &Remote, channels: &[Id], number: usize) -> Question {
    let at = sandbox.places();
    let (now, time) = (Instant::now(), SystemTime::now());
    let channel = channels[number % channels.len()];
    let (channel, id, command) = match number % 12 {
        0 => (at.ben_direct, sandbox.post(at.ben_direct, at.ben, "MA pay").await.unwrap().id, None),
        1 | 5 | 9 => {
            let used = sandbox.slash(at.ada, channel, "ask", json!({ "question": "can MAs give shots" })).await.unwrap();
            (channel, used.id, Some(used))
        }
        _ => {
            let text = format!("<@{}> can MAs give shots", at.application);
            (channel, sandbox.post(channel, at.ada, &text).await.unwrap().id, None)
        }
    };
    Question { id, channel, command, at: now, time }
}
