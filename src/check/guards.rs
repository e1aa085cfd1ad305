//! Rules on guards.

use super::Subject;
use crate::answer::Question;
use crate::knowledge::Fault;

/// Every guard stops its own examples.
pub(super) fn examples(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for guard in &subject.engine.knowledge().guards {
        for example in &guard.examples {
            let stopped = subject.engine.stopped_by(&Question::new(example));
            if stopped != Some(&guard.id) {
                let by = stopped.map_or_else(|| "nothing stops it".to_owned(), |other| format!("guard {other} stops it first"));
                let what = format!("guard {}: \"{example}\": {by}", guard.id);
                faults.push(Fault::error(guard.place.clone(), what, "widen a pattern, or move the example to the guard that stops it"));
            }
        }
    }
}

/// No guard stops what must pass.
pub(super) fn passes(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for guard in &subject.engine.knowledge().guards {
        for question in &guard.passes {
            if let Some(stopped) = subject.engine.stopped_by(&Question::new(question)) {
                let what = format!("guard {}: \"{question}\" is stopped by guard {stopped}", guard.id);
                faults.push(Fault::error(guard.place.clone(), what, "narrow the pattern, or add to its `unless`"));
            }
        }
    }
}
