//! How much Mabel answers: each person, channel and server so often a minute.
//!
//! The limits are leaky buckets (GCRA): who has asked nothing for a while may ask several things at once, after that at an even pace. A
//! press of a button weighs less than a question, typing weighs nothing. Whoever comes too soon is told how long to wait. Nothing here
//! keeps who asked: a bucket is found by sixteen bits of a hash under a key that this process made up, so there are never more than
//! 65,536 of them, and what has run full again is thrown away. Among a thousand people who ask within one minute, one in 65 shares a
//! bucket with another.
//!
//! Words of safety are never held back; whoever says something sees to that. Nothing here talks to Discord.

use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::config;

use super::bot::Place;
use super::bounded::Bounded;
use super::texts::Texts;

/// What part of a bucket something takes. A question weighs as much as four presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A question, or a page.
    Question = 4,
    /// A button or a select.
    Press = 1,
}

/// Who must wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limited {
    /// Until there is room again.
    wait: Duration,
    /// Whether it is the person's own limit, and not that of the place.
    own: bool,
}

/// How many buckets are filled between two looks for those that have run full again.
const BETWEEN_SWEEPS: u32 = 1024;
/// The most people who are remembered as told to wait.
const MOST_TOLD: usize = 4096;

type Bucket = u16;

/// Buckets of one kind.
struct Buckets<C: Clock>(RateLimiter<Bucket, HashMapStateStore<Bucket>, C, NoOpMiddleware<C::Instant>>);

impl<C: Clock + Clone> Buckets<C> {
    /// Buckets for so many questions a minute; none for 0, which is no limit.
    fn new(a_minute: u32, clock: &C) -> Option<Self> {
        let units = NonZeroU32::new(a_minute.saturating_mul(Weight::Question as u32))?;
        Some(Self(RateLimiter::hashmap_with_clock(Quota::per_minute(units), clock.clone())))
    }

    /// Takes from a bucket, or says how long until there is enough in it.
    fn take(&self, bucket: Bucket, weight: Weight, now: C::Instant) -> Result<(), Duration> {
        let Some(units) = NonZeroU32::new(weight as u32) else { return Ok(()) };
        match self.0.check_key_n(&bucket, units) {
            Ok(Err(not_until)) => Err(not_until.wait_time_from(now)),
            // No bucket is too small for a question.
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }
}

/// The limits of all.
pub(super) struct Limits<C: Clock = DefaultClock> {
    people: Option<Buckets<C>>,
    channels: Option<Buckets<C>>,
    guilds: Option<Buckets<C>>,
    key: RandomState,
    taken: AtomicU32,
    told: Mutex<Bounded<Bucket, C::Instant>>,
    /// When people last asked on servers that have set a pause of their own.
    asked: Mutex<Bounded<Bucket, C::Instant>>,
    clock: C,
}

impl<C: Clock + Clone> Limits<C> {
    /// The limits that are set, by that clock.
    pub(super) fn new(settings: &config::Limits, clock: C) -> Self {
        Self {
            people: Buckets::new(settings.per_user, &clock),
            channels: Buckets::new(settings.per_channel, &clock),
            guilds: Buckets::new(settings.per_guild, &clock),
            key: RandomState::new(),
            taken: AtomicU32::new(0),
            told: Mutex::new(Bounded::new(MOST_TOLD)),
            asked: Mutex::new(Bounded::new(MOST_TOLD)),
            clock,
        }
    }

    /// Counts what a person asks for in a place, and says whether they must wait. `pause` is what the server has set between two
    /// questions of a person, or nothing.
    pub(super) fn take(&self, person: u64, place: Place, weight: Weight, pause: Duration) -> Result<(), Limited> {
        self.sweep();
        let now = self.clock.now();
        if weight == Weight::Question && !pause.is_zero() {
            self.rested(person, place, pause, now)?;
        }
        let take = |buckets: &Option<Buckets<C>>, bucket, own| {
            let taken = buckets.as_ref().map_or(Ok(()), |buckets| buckets.take(bucket, weight, now));
            taken.map_err(|wait| Limited { wait, own })
        };
        take(&self.people, self.bucket(person), true)?;
        take(&self.channels, self.bucket(place.channel), false)?;
        place.guild.map_or(Ok(()), |guild| take(&self.guilds, self.bucket(guild), false))
    }

    /// Whether a person has let the pause of a server pass since the last question that was answered there.
    fn rested(&self, person: u64, place: Place, pause: Duration, now: C::Instant) -> Result<(), Limited> {
        use governor::clock::Reference;
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = self.bucket((person, place.whole()));
        let since = asked.get_mut(bucket).map(|last| Duration::from(now.duration_since(*last)));
        if let Some(wait) = since.and_then(|since| pause.checked_sub(since)).filter(|wait| !wait.is_zero()) {
            return Err(Limited { wait, own: true });
        }
        asked.put(bucket, now);
        Ok(())
    }

    /// Whether a person who must wait is to be told so: once for each wait.
    pub(super) fn tells(&self, person: u64, limited: Limited) -> bool {
        use governor::clock::Reference;
        let (now, until) = (self.clock.now(), self.clock.now() + limited.wait.into());
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = self.bucket(person);
        match told.get_mut(bucket) {
            Some(earlier) if Duration::from(earlier.duration_since(now)) > Duration::ZERO => false,
            Some(earlier) => {
                *earlier = until;
                true
            }
            None => told.insert_new(bucket, until),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "sixteen bits are wanted")]
    fn bucket(&self, id: impl Hash) -> Bucket {
        self.key.hash_one(id) as Bucket
    }

    fn sweep(&self) {
        if self.taken.fetch_add(1, Ordering::Relaxed) % BETWEEN_SWEEPS == BETWEEN_SWEEPS - 1 {
            for buckets in [&self.people, &self.channels, &self.guilds].into_iter().flatten() {
                buckets.0.retain_recent();
                buckets.0.shrink_to_fit();
            }
        }
    }
}

impl Limited {
    /// What the person is told.
    pub(super) fn note(self, texts: Texts) -> String {
        let wait = in_words(self.wait, texts);
        if self.own { texts.limited(&wait) } else { texts.limited_place(&wait) }
    }
}

/// A wait in words, never shorter than it is: to five seconds below a minute, to a minute above.
fn in_words(wait: Duration, texts: Texts) -> String {
    let seconds = usize::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(usize::MAX).max(1);
    if seconds <= 55 { texts.seconds(seconds.div_ceil(5) * 5) } else { texts.minutes(seconds.div_ceil(60)) }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::knowledge::Language;

    const HERE: Place = Place { guild: Some(10), channel: 20 };

    fn limits(per_user: u32, per_channel: u32, per_guild: u32) -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let settings = config::Limits { per_user, per_channel, per_guild, repeat_seconds: 0 };
        (Limits::new(&settings, clock.clone()), clock)
    }

    #[test]
    fn a_person_may_ask_at_once_what_a_minute_holds_and_then_at_an_even_pace() {
        let (limits, clock) = limits(3, 0, 0);
        for _ in 0..3 {
            assert_eq!(limits.take(1, HERE, Weight::Question, Duration::ZERO), Ok(()));
        }
        let limited = limits.take(1, HERE, Weight::Question, Duration::ZERO).unwrap_err();
        assert_eq!(limited, Limited { wait: Duration::from_secs(20), own: true });
        assert_eq!(limits.take(2, HERE, Weight::Question, Duration::ZERO), Ok(()), "another person is not concerned");
        clock.advance(Duration::from_secs(20));
        assert_eq!(limits.take(1, HERE, Weight::Question, Duration::ZERO), Ok(()));
        assert!(limits.take(1, HERE, Weight::Question, Duration::ZERO).is_err());
        clock.advance(Duration::from_secs(60));
        assert_eq!((0..9).filter(|_| limits.take(1, HERE, Weight::Question, Duration::ZERO).is_ok()).count(), 3);
    }

    #[test]
    fn four_presses_weigh_as_much_as_a_question() {
        let (limits, _) = limits(2, 0, 0);
        assert_eq!((0..20).filter(|_| limits.take(1, HERE, Weight::Press, Duration::ZERO).is_ok()).count(), 8);
        assert!(limits.take(1, HERE, Weight::Question, Duration::ZERO).is_err());
    }

    #[test]
    fn channels_and_servers_have_limits_of_their_own_and_direct_messages_only_those_of_the_person() {
        let (by_channel, _) = limits(0, 2, 0);
        assert_eq!((1..9).filter(|person| by_channel.take(*person, HERE, Weight::Question, Duration::ZERO).is_ok()).count(), 2);
        assert!(!by_channel.take(1, HERE, Weight::Question, Duration::ZERO).unwrap_err().own);
        assert_eq!(by_channel.take(1, Place { channel: 21, ..HERE }, Weight::Question, Duration::ZERO), Ok(()));
        let (by_guild, _) = limits(0, 0, 2);
        assert_eq!(
            (20..29)
                .filter(|channel| by_guild.take(1, Place { channel: *channel, ..HERE }, Weight::Question, Duration::ZERO).is_ok())
                .count(),
            2
        );
        assert_eq!(by_guild.take(1, Place { guild: None, channel: 30 }, Weight::Question, Duration::ZERO), Ok(()));
    }

    #[test]
    fn a_pause_of_a_server_counts_there_for_questions_alone() {
        let (limits, clock) = limits(0, 0, 0);
        let pause = Duration::from_secs(30);
        let take = |person, place, weight| limits.take(person, place, weight, pause);
        assert_eq!(take(1, HERE, Weight::Question), Ok(()));
        clock.advance(Duration::from_secs(10));
        assert_eq!(take(1, HERE, Weight::Question), Err(Limited { wait: Duration::from_secs(20), own: true }));
        assert_eq!(take(1, HERE, Weight::Press), Ok(()));
        assert_eq!(take(2, HERE, Weight::Question), Ok(()), "another person is not concerned");
        assert_eq!(take(1, Place { guild: Some(11), channel: 30 }, Weight::Question), Ok(()), "nor is another server");
        clock.advance(Duration::from_secs(20));
        assert_eq!(take(1, HERE, Weight::Question), Ok(()));
    }

    #[test]
    fn whoever_must_wait_is_told_once_a_wait() {
        let (limits, clock) = limits(1, 0, 0);
        limits.take(1, HERE, Weight::Question, Duration::ZERO).unwrap();
        let limited = limits.take(1, HERE, Weight::Question, Duration::ZERO).unwrap_err();
        assert!(limits.tells(1, limited) && !limits.tells(1, limited));
        clock.advance(Duration::from_secs(59));
        assert!(!limits.tells(1, limits.take(1, HERE, Weight::Question, Duration::ZERO).unwrap_err()));
        clock.advance(Duration::from_secs(1));
        limits.take(1, HERE, Weight::Question, Duration::ZERO).unwrap();
        assert!(limits.tells(1, limits.take(1, HERE, Weight::Question, Duration::ZERO).unwrap_err()));
    }

    #[test]
    fn what_has_run_full_is_thrown_away_and_there_are_never_more_than_sixteen_bits_tell_apart() {
        let (limits, clock) = limits(5, 0, 0);
        for person in 0..200_000_u64 {
            let _ = limits.take(person, HERE, Weight::Question, Duration::ZERO);
        }
        let count = || limits.people.as_ref().unwrap().0.len();
        assert!(count() <= 65_536, "{}", count());
        clock.advance(Duration::from_secs(120));
        for _ in 0..BETWEEN_SWEEPS {
            let _ = limits.take(1, HERE, Weight::Question, Duration::ZERO);
        }
        assert!(count() <= 2, "{}", count());
    }

    #[test]
    fn a_wait_in_words_is_never_shorter_than_the_wait() {
        let spanish = Texts::of(Language::of("es").unwrap());
        for (wait, english, in_spanish) in [
            (Duration::from_millis(1), "5 seconds", "5 segundos"),
            (Duration::from_millis(19_001), "20 seconds", "20 segundos"),
            (Duration::from_secs(56), "1 minute", "1 minuto"),
            (Duration::from_secs(61), "2 minutes", "2 minutos"),
        ] {
            assert_eq!((in_words(wait, Texts::english()), in_words(wait, spanish)), (english.to_owned(), in_spanish.to_owned()));
        }
    }
}
