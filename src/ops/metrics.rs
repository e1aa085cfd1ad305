//! What Prometheus reads: the names of all figures, what they mean, and the text of the moment.
//!
//! Names, units and labels are part of what operators rely on: docs/operating.md lists them, and a test holds the two to each other.
//! What is counted as it happens comes from [`crate::discord::counts`]; what can be looked at is looked at when it is asked for.
//! <https://prometheus.io/docs/practices/naming/>

use std::fmt;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::health::{Health, Report, State};
use super::process::Process;
use crate::discord::counts::Counts;

/// The media type of [`text`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfShard {
    shard: u32,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfStage {
    shard: u32,
    stage: &'static str,
}

/// All figures of this moment.
///
/// # Errors
/// Never in practice: a `String` takes everything.
pub fn text(health: &Health) -> Result<String, fmt::Error> {
    let mut registry = Registry::with_prefix("mabel");
    counted(&mut registry, health.pulse.counts());
    looked_at(&mut registry, &health.report());
    let mut text = String::new();
    encode_registry(&mut text, &registry)?;
    let mut own = Registry::default();
    of_process(&mut own);
    encode_registry(&mut text, &own)?;
    encode_eof(&mut text)?;
    Ok(text)
}

/// What was counted as it happened.
fn counted(registry: &mut Registry, counts: &Counts) {
    registry.register("questions", "Questions by outcome, topic, and whether they were asked in words or picked", counts.questions.clone());
    registry.register("entry_uses", "Questions that each entry answered", counts.uses.clone());
    registry.register_with_unit(
        "answer",
        "Time from the arrival of an event to the first answer that Discord took, by the request that carried it",
        Unit::Seconds,
        counts.answers.clone(),
    );
    registry.register("answers_lost", "Answers that reached nobody", counts.lost.clone());
    registry.register("discord_requests", "Tries of requests to Discord, by what was asked for and the status", counts.requests.clone());
    registry.register("gateway_sessions", "Sessions that began, by shard: identified anew or resumed", counts.sessions.clone());
    registry.register("gateway_events", "Events that arrived", counts.events.clone());
    registry.register("gateway_events_unreadable", "Events that could not be read at first", counts.unreadable.clone());
    registry.register(
        "gateway_identifies_left",
        "Sessions that Discord lets begin before it resets the token",
        counts.identifies_left.clone(),
    );
    registry.register("events_waiting", "Events that wait until there is room to work on them", counts.waiting.clone());
    registry.register("events_working", "Events that are worked on", counts.working.clone());
}

/// What is looked at now.
fn looked_at(registry: &mut Registry, report: &Report) {
    let (stages, silence) = (Family::<OfStage, Gauge>::default(), Family::<OfShard, Gauge>::default());
    for (shard, state) in &report.shards {
        for stage in ["waiting", "away", "beginning", "connected"] {
            stages.get_or_create(&OfStage { shard: *shard, stage }).set(i64::from(state.stage == stage));
        }
        silence.get_or_create(&OfShard { shard: *shard }).set(state.silent_seconds.cast_signed());
    }
    registry.register("gateway_shard_stage", "1 for the stage each shard is at", stages);
    registry.register_with_unit("gateway_silence", "Time since the last event or answered heartbeat of each shard", Unit::Seconds, silence);
    registry.register("ready", "1 if she is ready, degraded or not", ConstGauge::new(u32::from(report.state != State::NotReady)));
    registry.register("degraded", "1 if something needs a look", ConstGauge::new(u32::from(report.state != State::Well)));

    let knowledge = &report.knowledge;
    registry.register("knowledge", "The version of the knowledge in use", Info::new([("version", knowledge.version.clone())]));
    registry.register("knowledge_entries", "Entries of the knowledge in use", ConstGauge::new(knowledge.entries as u64));
    registry.register_with_unit(
        "knowledge_loaded_timestamp",
        "When it was put in use",
        Unit::Seconds,
        ConstGauge::new(knowledge.loaded_at),
    );
    registry.register("knowledge_loads", "How often knowledge was put in use, the start included", ConstCounter::new(knowledge.generation));
    registry.register("knowledge_current", "1 if the files as they are now are in use", ConstGauge::new(u32::from(knowledge.in_use)));
    registry.register("knowledge_errors", "Faults that keep the files from being used", ConstGauge::new(knowledge.errors as u64));
    registry.register("knowledge_warnings", "Faults that do not", ConstGauge::new(knowledge.warnings as u64));

    if let Some(store) = &report.store {
        registry.register("store_up", "1 if the store can be used", ConstGauge::new(u32::from(store.trouble.is_none())));
        registry.register("store_queue", "Writes that wait for the store", ConstGauge::new(store.queued as u64));
        registry.register("store_failures", "Uses of the store that failed", ConstCounter::new(store.failures));
        registry.register("store_writes_dropped", "Writes that were given up", ConstCounter::new(store.dropped));
    }
}

/// What is true of any process, under the names that are usual.
fn of_process(registry: &mut Registry) {
    registry.register("mabel_build", "The version of the program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    if let Some(bytes) = Process::own().resident_bytes() {
        registry.register_with_unit("process_resident_memory", "Memory in use", Unit::Bytes, ConstGauge::new(bytes));
    }
    if let Some(seconds) = Process::own().cpu_seconds() {
        registry.register_with_unit("process_cpu", "Time on the processor", Unit::Seconds, ConstCounter::new(seconds));
    }
}
