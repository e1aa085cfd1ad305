//! Several processes behind one rate-limit proxy.

use std::sync::Arc;
use std::time::Duration;

use mabel::sandbox::{Options, Sandbox};
use mabel::store::{Memory, Store};

use crate::running::Running;
use crate::stage::{settings, until};
use crate::stand_in::Proxy;

#[tokio::test]
async fn through_a_proxy_processes_stay_within_the_limits_together() {
    // Two of them may identify side by side.
    let sandbox = Sandbox::start(Options { enforce_rate_limits: true, max_concurrency: 2, ..Options::default() }).await.unwrap();
    let (proxy, base) = Proxy::open(sandbox.base_url()).await;
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let through = |ids: &str| {
        let shards =
            [("MABEL_DISCORD__SHARDS__TOTAL", "2"), ("MABEL_DISCORD__SHARDS__IDS", ids), ("MABEL_DISCORD__API_BASE", base.as_str())];
        Running::start(settings(&sandbox, sandbox.token(), &shards), &store)
    };
    let processes = [through("0"), through("1")];
    for process in &processes {
        process.connected(Duration::from_secs(20)).await;
    }
    // More than a channel takes in five seconds.
    let at = sandbox.places();
    for _ in 0..7 {
        sandbox.post(at.general, at.ada, &format!("<@{}> can MAs give shots", at.application)).await.unwrap();
        sandbox.post(at.ada_direct, at.ada, "MA pay").await.unwrap();
    }
    let written = || {
        sandbox.world(|world| {
            let own = |channel| world.messages_in(channel).filter(|message| message.author_id == at.application).count();
            (own(at.general), own(at.ada_direct))
        })
    };
    until(|| written() == (7, 7)).await;
    assert!(*proxy.held_back.lock().unwrap() >= 2, "nothing was held back");
    let told_to_wait = sandbox.requests().iter().filter(|request| request.status == 429).count();
    assert_eq!(told_to_wait, 0, "the proxy lets too much through");
    for process in processes {
        process.stopped().await;
    }
}
