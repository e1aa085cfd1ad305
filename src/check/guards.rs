//! Rules on guards.

use super::Subject;
use crate::answer::Question;
use crate::knowledge::Fault;

/// Every pattern is small enough to be looked for.
pub(super) fn patterns(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    faults.extend(subject.engine.prove_guards().err());
}

/// Every guard stops its own examples. Where another stops one first, somebody gets another text than was meant for them.
pub(super) fn examples(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for guard in &subject.engine.knowledge().guards {
        for example in guard.examples.iter().chain(&guard.foreign_examples) {
            let (place, id) = (guard.place.clone(), &guard.id);
            match subject.engine.stopped_by(&Question::new(example)) {
                Some(stopped) if stopped == id => {}
                Some(other) => {
                    let what = format!("guard {id}: \"{example}\": guard {other} stops it first");
                    faults.push(Fault::warning(place, what, "move the example to the guard that stops it, or narrow that guard"));
                }
                None => {
                    let what = format!("guard {id}: \"{example}\": nothing stops it");
                    faults.push(Fault::error(place, what, "widen a pattern, or add to its lists"));
                }
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
