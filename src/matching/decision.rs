//! The three zones: sure, close, neither.
//!
//! `confidence = probability of the best target × familiarity^FAMILIARITY`. The probability says which of the known answers
//! is meant, if one is; the familiarity (how much of the question's words the knowledge knows) says whether one is.
//!
//! The thresholds were set on `tests/questions/tuning.jsonl` (322 labelled questions of people who had not seen the
//! knowledge): the best entry is of the right topic for 93 % of the questions that have an answer, long before its
//! probability is high, for several hundred targets share it. `tests/questions/heldout.jsonl` checks them. As targets become more, each
//! has less of it: [`SURE`] and [`MARGIN`] were set anew when there were 688 entries, [`SURE`] again when there were 772.

use super::Target;
use super::wide::Wide;

/// Above this confidence the best entry answers.
pub const SURE: f32 = 0.07;
/// Above this confidence Mabel asks back; below it she declines.
pub const CLOSE: f32 = 0.05;
/// Above this probability the best entry answers half a question. The one telling word of "hours?" or "does it transfer" may lead
/// anywhere, whatever the model makes of it.
pub const SURE_OF_HALF: f32 = 0.7;
/// The best entry answers only if it is this much likelier than the second.
pub const MARGIN: f32 = 1.02;
/// All guards together speak if they are likelier than this times the best: what reads a little like an emergency, a little like a crisis
/// and a little like advice is none of the three, and still nothing to be answered. Close relatives among the entries share what is theirs,
/// too, so the two best of them count together: of 12,327 questions about the job 18 more are answered, of 3,139 messages about harm and
/// health two more get by the model, both of which patterns stop now.
pub const GUARDS_TOGETHER: f32 = 1.0;
/// And sooner where she would only decline: there, a number to call costs nobody an answer.
///
/// Both rules stop 3 more of the 92 questions about somebody's health in `tuning.jsonl` and `heldout.jsonl`, 3 more of 120 in
/// `safety-unread.jsonl`, and 7 more of the 3,819 about the job in `rounds.jsonl`.
pub const GUARDS_BEFORE_DECLINING: f32 = 0.2;
/// But only if they are this likely.
pub const GUARDS_LIKELY: f32 = 0.07;
/// And only if the knowledge knows this much of the question's words: of what it hardly knows, no guard knows more.
pub const GUARDS_FAMILIARITY: f32 = 0.6;
/// How strongly unknown words lower the confidence.
pub const FAMILIARITY: f32 = 2.5;
/// What it counts that a wording was asked word for word, in log odds.
pub const EXACT: f32 = 4.0;
/// What it counts against what is not hers to answer that a question names her subject, in log odds: "how hard is pharmacology in MA
/// school" is no question about another career. Of five values tried, the least that helped on every set without letting in a question
/// of others.
pub const NAMES_SUBJECT: f32 = -1.0;
/// The most choices offered when Mabel asks back. Discord shows five buttons in a row.
pub const MOST_CHOICES: usize = 4;

/// What became of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// One target is meant.
    Sure {
        /// The target.
        target: Target,
        /// How likely it is meant, 0 to 1.
        confidence: f32,
    },
    /// One of these entries is meant, the likeliest first.
    Close {
        /// Indices of entries.
        entries: Vec<usize>,
        /// How likely the first is meant.
        confidence: f32,
    },
    /// None of them, and it reads enough like what guards are for that one of them speaks where she would decline.
    Stopped {
        /// Index of the guard.
        guard: usize,
        /// How likely all guards are together.
        confidence: f32,
    },
    /// None of them.
    Neither {
        /// How likely the best was meant.
        confidence: f32,
    },
}

/// What is known of a question beside the scores of the targets.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    /// How much of its words the knowledge knows, 0 to 1.
    pub familiarity: f32,
    /// Whether it is half a question.
    pub half: bool,
}

/// Decides by the scores of all targets, and makes probabilities of them. `asks_back` says which asides offer answers.
pub fn decide(
    scores: &mut [f32],
    Signs { familiarity, half }: Signs,
    target: impl Fn(usize) -> Target,
    asks_back: impl Fn(usize) -> bool,
) -> Decision {
    softmax(scores);
    let probabilities = &*scores;
    let highest = probabilities.iter().copied().fold(0.0, f32::max);
    if highest <= 0.0 {
        return Decision::Neither { confidence: 0.0 };
    }
    // Whoever is far behind the best is neither second nor a choice; half a question may mean more.
    let floor = highest / if half { 200.0 } else { 5.0 };
    let mut order: Vec<usize> = (0..probabilities.len()).filter(|index| probabilities[*index] >= floor).collect();
    order.sort_by(|left, right| probabilities[*right].total_cmp(&probabilities[*left]).then(left.cmp(right)));
    let best = order[0];
    let second = order.get(1).map_or(0.0, |index| probabilities[*index]);
    let known = familiarity.powf(FAMILIARITY);
    let confidence = probabilities[best] * known;
    if let Some((guard, together)) = likeliest_guard(probabilities, &target) {
        let confidence_of_guards = together * known;
        if confidence_of_guards >= CLOSE && together > GUARDS_TOGETHER * best_against_guards(&order, probabilities, &target) {
            return Decision::Sure { target: Target::Guard(guard), confidence: confidence_of_guards };
        }
        let speaks = match target(best) {
            Target::Aside(aside) => confidence >= SURE && asks_back(aside),
            Target::Entry(_) | Target::Guard(_) => confidence >= CLOSE,
        };
        let declines = !speaks && familiarity >= GUARDS_FAMILIARITY;
        if declines && together >= GUARDS_LIKELY && together > GUARDS_BEFORE_DECLINING * highest {
            return Decision::Stopped { guard, confidence: confidence_of_guards };
        }
    }
    let half = half && matches!(target(best), Target::Entry(_)) && probabilities[best] < SURE_OF_HALF;
    if confidence >= SURE && probabilities[best] >= MARGIN * second && !half {
        return Decision::Sure { target: target(best), confidence };
    }
    if confidence < CLOSE {
        return Decision::Neither { confidence };
    }
    if !matches!(target(best), Target::Entry(_)) {
        return Decision::Sure { target: target(best), confidence };
    }
    let entries: Vec<usize> = order
        .into_iter()
        .filter_map(|index| if let Target::Entry(entry) = target(index) { Some(entry) } else { None })
        .take(MOST_CHOICES)
        .collect();
    match entries.as_slice() {
        [only] => Decision::Sure { target: Target::Entry(*only), confidence },
        _ => Decision::Close { entries, confidence },
    }
}

/// How likely the best is that guards would silence; of entries the two best. `order` begins with the likeliest.
fn best_against_guards(order: &[usize], probabilities: &[f32], target: impl Fn(usize) -> Target) -> f32 {
    let highest = probabilities[order[0]];
    if matches!(target(order[0]), Target::Guard(_)) {
        return highest;
    }
    let entries = order.iter().filter(|index| matches!(target(**index), Target::Entry(_)));
    entries.take(2).map(|index| probabilities[*index]).sum::<f32>().max(highest)
}

/// The index of the likeliest guard, and how likely all of them are together. Guards stand behind all other targets.
pub(super) fn likeliest_guard(probabilities: &[f32], target: impl Fn(usize) -> Target) -> Option<(usize, f32)> {
    let guards = probabilities.iter().enumerate().rev().map_while(|(index, likely)| match target(index) {
        Target::Guard(guard) => Some((guard, *likely)),
        Target::Entry(_) | Target::Aside(_) => None,
    });
    let (likeliest, _) = guards.clone().max_by(|left, right| left.1.total_cmp(&right.1))?;
    Some((likeliest, guards.map(|(_, likely)| likely).sum()))
}

/// How likely an answer of this confidence is right.
///
/// Several hundred targets share the probability, so the confidence is far below the truth where it is low: of the answers given
/// with .3 to .5, nine in ten are right. The curve was fitted to questions of strangers that nothing was mended for; `mabel eval` prints how
/// well it holds.
#[must_use]
pub fn reliability(confidence: f32) -> f32 {
    const SHIFT: f32 = 2.0;
    const SLOPE: f32 = 0.65;
    let confidence = confidence.clamp(1e-4, 1.0 - 1e-4);
    let log_odds = (confidence / (1.0 - confidence)).ln();
    1.0 / (1.0 + (-SHIFT - SLOPE * log_odds).exp())
}

/// Turns scores into probabilities that sum to one; all are nought where nothing may be meant.
pub fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if !highest.is_finite() {
        scores.fill(0.0);
        return;
    }
    for score in scores.iter_mut() {
        *score -= highest;
    }
    let sum = Wide::default().exponentials(scores);
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLINES: usize = 0;
    const ASKS_BACK: usize = 1;

    fn decide_entries(scores: &[f32], familiarity: f32) -> Decision {
        decide(&mut scores.to_vec(), Signs { familiarity, half: false }, Target::Entry, |_| false)
    }

    #[test]
    fn guards_speak_together_where_none_of_them_is_likeliest() {
        let decide = |scores: &[f32]| {
            let target = |index| if index == 0 { Target::Entry(0) } else { Target::Guard(index - 1) };
            decide(&mut scores.to_vec(), Signs { familiarity: 1.0, half: false }, target, |aside| aside == ASKS_BACK)
        };
        assert!(matches!(decide(&[2.0, 1.0, 1.2, 0.9]), Decision::Sure { target: Target::Guard(1), .. }));
        assert!(matches!(decide(&[2.0, 0.9]), Decision::Sure { target: Target::Entry(0), .. }));
    }

    #[test]
    fn two_relatives_count_together_against_the_guards() {
        let decide = |entries: usize| {
            let target = |index| if index < entries { Target::Entry(index) } else { Target::Guard(index) };
            decide(&mut [2.0, 1.9, 1.6, 1.6], Signs { familiarity: 1.0, half: false }, target, |_| false)
        };
        assert!(matches!(decide(1), Decision::Sure { target: Target::Guard(1), .. }));
        assert!(matches!(decide(2), Decision::Sure { target: Target::Entry(0), .. }));
    }

    #[test]
    fn a_guard_speaks_sooner_where_she_would_only_decline() {
        let decide = |best: Target| {
            let target = |index| if index == 0 { best } else { Target::Guard(7) };
            decide(&mut [2.0, 0.9], Signs { familiarity: 1.0, half: false }, target, |aside| aside == ASKS_BACK)
        };
        assert!(matches!(decide(Target::Entry(0)), Decision::Sure { target: Target::Entry(0), .. }));
        assert!(matches!(decide(Target::Aside(DECLINES)), Decision::Stopped { guard: 7, .. }));
        assert!(matches!(decide(Target::Aside(ASKS_BACK)), Decision::Sure { target: Target::Aside(ASKS_BACK), .. }));
    }

    #[test]
    fn half_a_question_is_answered_only_if_surer() {
        let half = |scores: &[f32]| decide(&mut scores.to_vec(), Signs { familiarity: 1.0, half: true }, Target::Entry, |_| false);
        assert!(matches!(half(&[2.0, 1.5, 0.0]), Decision::Close { .. }));
        assert!(matches!(half(&[6.0, 1.5, 0.0]), Decision::Sure { target: Target::Entry(0), .. }));
    }

    #[test]
    fn a_clear_winner_answers() {
        assert!(matches!(decide_entries(&[5.0, 0.0, 0.0], 1.0), Decision::Sure { target: Target::Entry(0), .. }));
    }

    #[test]
    fn two_that_are_close_are_offered() {
        let Decision::Close { entries, .. } = decide_entries(&[3.0, 2.99, -3.0], 1.0) else { panic!("not close") };
        assert_eq!(entries, [0, 1]);
    }

    #[test]
    fn reliability_grows_with_confidence() {
        let steps: Vec<f32> = [0.0, 0.08, 0.3, 0.5, 0.9, 1.0].into_iter().map(reliability).collect();
        assert!(steps.is_sorted() && steps.iter().all(|step| (0.0..=1.0).contains(step)), "{steps:?}");
    }

    #[test]
    fn unfamiliar_words_decline() {
        assert!(matches!(decide_entries(&[5.0, 0.0, 0.0], 0.1), Decision::Neither { .. }));
    }

    #[test]
    fn nothing_that_may_answer_declines() {
        assert!(matches!(decide_entries(&[f32::NEG_INFINITY; 3], 1.0), Decision::Neither { .. }));
        assert!(matches!(decide_entries(&[], 1.0), Decision::Neither { .. }));
    }
}
