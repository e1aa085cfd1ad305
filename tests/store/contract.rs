//! The contract of [`Store`], rule by rule. Each rule gets an empty store of its own.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::time::Duration;

use jiff::civil::{Date, date};
use mabel::answer::Earlier;
use mabel::knowledge::{EntryId, FacetId, TopicId, ValueId};
use mabel::store::{Gap, GapCount, Memory, Origin, OwnAnswer, ReplyLink, Settings, Store, Swept, Tally, Vote};

/// The newest id that Discord could give, and then some.
const LARGE: u64 = u64::MAX - 1;

fn day() -> Date {
    date(2026, 11, 21)
}

fn link(question: u64, answer: u64) -> ReplyLink {
    ReplyLink { question, guild: Some(7), channel: 1, answer, origin: Origin::Asked, about: None, day: day() }
}

fn about() -> Earlier {
    let values = vec![ValueId::from("TX"), ValueId::from("OH")];
    Earlier { entry: EntryId::from("pay.by-state"), facets: BTreeMap::from([(FacetId::from("state"), values)]) }
}

fn own_answer(id: u64, created: Date) -> OwnAnswer {
    let ask = vec!["when is \"orientation\"".to_owned(), "¿cuándo?".to_owned()];
    OwnAnswer { id, question: "When does it start?".to_owned(), ask, answer: "On Monday.\nAt 8.".to_owned(), created, changed: created }
}

fn vote(entry: &str, helpful: bool, day: Date) -> Vote {
    Vote { entry: EntryId::from(entry), helpful, day }
}

fn gap(words: &str, day: Date) -> Gap {
    Gap { words: words.to_owned(), day }
}

async fn a_link_is_found_from_both_ends_until_it_is_dropped(store: &dyn Store) {
    for (origin, guild, about) in
        [(Origin::Asked, Some(LARGE), Some(about())), (Origin::Posted, Some(7), None), (Origin::Command, None, None)]
    {
        let link = ReplyLink { origin, guild, about, channel: LARGE, ..link(LARGE, 11) };
        store.keep_link(link.clone()).await.unwrap();
        assert_eq!(store.link(LARGE).await.unwrap(), Some(link.clone()));
        assert_eq!(store.link_of_answer(11).await.unwrap(), Some(link));
    }
    store.drop_link(LARGE).await.unwrap();
    assert_eq!(store.link(LARGE).await.unwrap(), None);
    assert_eq!(store.link_of_answer(11).await.unwrap(), None);
    store.drop_link(LARGE).await.unwrap();
}

async fn a_new_answer_takes_the_place_of_the_old_one(store: &dyn Store) {
    store.keep_link(link(10, 11)).await.unwrap();
    store.keep_link(link(10, 12)).await.unwrap();
    assert_eq!(store.link_of_answer(11).await.unwrap(), None);
    assert_eq!(store.link_of_answer(12).await.unwrap(), Some(link(10, 12)));
}

async fn many_links_are_kept_at_once_and_the_last_of_a_question_stands(store: &dyn Store) {
    store.keep_links(Vec::new()).await.unwrap();
    store.keep_link(link(3, 1)).await.unwrap();
    let mut links: Vec<ReplyLink> = (0..40).map(|question| link(question, question + 100)).collect();
    links.push(ReplyLink { about: Some(about()), guild: None, ..link(5, 999) });
    store.keep_links(links).await.unwrap();
    for question in (0..40).filter(|question| *question != 5) {
        assert_eq!(store.link(question).await.unwrap(), Some(link(question, question + 100)));
    }
    assert_eq!(store.link(5).await.unwrap(), Some(ReplyLink { about: Some(about()), guild: None, ..link(5, 999) }));
    assert_eq!((store.link_of_answer(1).await.unwrap(), store.link_of_answer(105).await.unwrap()), (None, None));
}

async fn votes_are_counted_by_entry_over_a_span_of_days(store: &dyn Store) {
    let (before, after) = (day().yesterday().unwrap(), day().tomorrow().unwrap());
    for vote in [vote("a", true, before), vote("a", true, day()), vote("a", true, day()), vote("a", false, day()), vote("b", false, after)]
    {
        store.keep_vote(vote).await.unwrap();
    }
    let tallies = |pairs: &[(&str, u64, u64)]| {
        let tally = |(entry, helpful, not_helpful): &(&str, u64, u64)| {
            (EntryId::from(*entry), Tally { helpful: *helpful, not_helpful: *not_helpful })
        };
        pairs.iter().map(tally).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(store.votes(day()..=day()).await.unwrap(), tallies(&[("a", 2, 1)]));
    assert_eq!(store.votes(before..=after).await.unwrap(), tallies(&[("a", 3, 1), ("b", 0, 1)]));
    assert_eq!(store.votes(date(2020, 1, 1)..=date(2020, 12, 31)).await.unwrap(), tallies(&[]));
}

async fn settings_belong_to_one_server_and_the_last_ones_hold(store: &dyn Store) {
    let settings = Settings {
        default_facets: BTreeMap::from([(FacetId::from("state"), ValueId::from("OH"))]),
        channel_topics: BTreeMap::from([(LARGE, TopicId::from("pay"))]),
        answer_channels: [3, LARGE].into(),
        locale: Some("es-ES".to_owned()),
        ..Settings::default()
    };
    assert_eq!(store.settings(7).await.unwrap(), None);
    store.keep_settings(7, &settings).await.unwrap();
    assert_eq!(store.settings(7).await.unwrap(), Some(settings));
    assert_eq!(store.settings(8).await.unwrap(), None);
    store.keep_settings(7, &Settings::default()).await.unwrap();
    assert_eq!(store.settings(7).await.unwrap(), Some(Settings::default()));
}

async fn own_answers_belong_to_one_server_the_oldest_first(store: &dyn Store) {
    let (old, new) = (own_answer(9, day().yesterday().unwrap()), own_answer(LARGE, day()));
    store.keep_own_answer(7, new.clone()).await.unwrap();
    store.keep_own_answer(7, old.clone()).await.unwrap();
    store.keep_own_answer(8, own_answer(9, day())).await.unwrap();
    assert_eq!(store.own_answers(7).await.unwrap(), [old.clone(), new.clone()]);
    let changed = OwnAnswer { answer: "On Tuesday.".to_owned(), ask: Vec::new(), changed: day(), ..old };
    store.keep_own_answer(7, changed.clone()).await.unwrap();
    assert_eq!(store.own_answers(7).await.unwrap(), [changed.clone(), new]);
    assert!(store.drop_own_answer(7, LARGE).await.unwrap());
    assert!(!store.drop_own_answer(7, LARGE).await.unwrap());
    assert_eq!(store.own_answers(7).await.unwrap(), [changed]);
    assert_eq!(store.own_answers(8).await.unwrap().len(), 1);
}

async fn gaps_are_counted_by_week(store: &dyn Store) {
    let (monday, sunday, later) = (date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 23));
    for gap in [gap("scrubs wear", sunday), gap("scrubs wear", monday), gap("parking", monday), gap("scrubs wear", later)] {
        store.keep_gap(gap).await.unwrap();
    }
    let count = |week, words: &str, count| GapCount { week, words: words.to_owned(), count };
    let (first, second) = ([count(monday, "parking", 1), count(monday, "scrubs wear", 2)], count(later, "scrubs wear", 1));
    assert_eq!(store.gaps(sunday).await.unwrap(), [&first[..], std::slice::from_ref(&second)].concat());
    assert_eq!(store.gaps(later).await.unwrap(), [second]);
}

async fn each_application_has_a_hash_of_its_commands(store: &dyn Store) {
    assert_eq!(store.commands_hash(LARGE).await.unwrap(), None);
    store.keep_commands_hash(LARGE, "one").await.unwrap();
    store.keep_commands_hash(LARGE, "two").await.unwrap();
    store.keep_commands_hash(4, "three").await.unwrap();
    assert_eq!(store.commands_hash(LARGE).await.unwrap().as_deref(), Some("two"));
}

/// Puts one of everything that belongs to a server into the store.
async fn fill(store: &dyn Store, guild: u64) {
    store.keep_link(ReplyLink { guild: Some(guild), ..link(guild * 10, guild * 10 + 1) }).await.unwrap();
    store.keep_settings(guild, &Settings { plain_text: true, ..Settings::default() }).await.unwrap();
    store.keep_own_answer(guild, own_answer(guild, day())).await.unwrap();
}

/// How much of that is still there.
async fn left_of(store: &dyn Store, guild: u64) -> usize {
    let link = store.link(guild * 10).await.unwrap().is_some();
    let settings = store.settings(guild).await.unwrap().is_some();
    usize::from(link) + usize::from(settings) + store.own_answers(guild).await.unwrap().len()
}

async fn a_server_is_forgotten_whole_and_alone(store: &dyn Store) {
    fill(store, 7).await;
    fill(store, 8).await;
    assert!(store.forget_guild(7).await.unwrap());
    assert_eq!((left_of(store, 7).await, left_of(store, 8).await), (0, 3));
    assert!(!store.forget_guild(7).await.unwrap(), "there is nothing left to forget");
}

async fn a_server_that_was_left_is_forgotten_after_thirty_days_unless_it_comes_back(store: &dyn Store) {
    let left = date(2026, 10, 1);
    for guild in [7, 8, 9] {
        store.keep_settings(guild, &Settings::default()).await.unwrap();
    }
    store.guild_left(7, left).await.unwrap();
    // Told again, the first day stands.
    store.guild_left(7, date(2026, 10, 20)).await.unwrap();
    store.guild_left(8, left).await.unwrap();
    assert_eq!(store.guilds_left().await.unwrap(), BTreeMap::from([(7, left), (8, left)]));
    store.guild_back(8).await.unwrap();
    assert_eq!(store.sweep(date(2026, 10, 30)).await.unwrap(), Swept::default());
    assert_eq!(store.sweep(date(2026, 10, 31)).await.unwrap(), Swept { guilds: 1, ..Swept::default() });
    assert_eq!(store.settings(7).await.unwrap(), None);
    assert!(store.settings(8).await.unwrap().is_some() && store.settings(9).await.unwrap().is_some());
    assert_eq!(store.guilds().await.unwrap(), [8, 9].into());
    assert!(store.guilds_left().await.unwrap().is_empty());
    // It comes back and leaves again: the days count anew.
    store.guild_left(7, date(2026, 10, 31)).await.unwrap();
    assert_eq!(store.sweep(date(2026, 11, 29)).await.unwrap(), Swept::default());
}

async fn links_are_swept_after_seven_days(store: &dyn Store) {
    store.keep_link(ReplyLink { day: date(2026, 11, 1), ..link(10, 11) }).await.unwrap();
    store.keep_link(ReplyLink { day: date(2026, 11, 2), ..link(20, 21) }).await.unwrap();
    assert_eq!(store.sweep(date(2026, 11, 8)).await.unwrap(), Swept { links: 1, ..Swept::default() });
    assert_eq!((store.link(10).await.unwrap(), store.link(20).await.unwrap().is_some()), (None, true));
}

async fn counts_are_swept_in_time(store: &dyn Store) {
    for day in [date(2024, 11, 18), date(2026, 11, 16)] {
        store.keep_gap(gap("parking", day)).await.unwrap();
        store.keep_vote(vote("a", true, day)).await.unwrap();
    }
    assert_eq!(store.sweep(date(2026, 11, 21)).await.unwrap(), Swept { gaps: 1, votes: 1, ..Swept::default() });
    assert_eq!(store.gaps(date(2020, 1, 1)).await.unwrap().len(), 1);
    assert_eq!(store.votes(date(2020, 1, 1)..=day()).await.unwrap()[&EntryId::from("a")], Tally { helpful: 1, not_helpful: 0 });
}

async fn what_one_holds_no_other_gets_until_it_ends_or_is_given_back(store: &dyn Store) {
    let (short, long) = (Duration::from_millis(400), Duration::from_mins(1));
    assert!(store.lease("shard 0", LARGE, short).await.unwrap());
    assert!(!store.lease("shard 0", 2, long).await.unwrap());
    assert!(store.lease("shard 1", 2, long).await.unwrap(), "another name is another lease");
    assert!(store.lease("shard 0", LARGE, short).await.unwrap(), "who has it goes on having it");
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert!(store.lease("shard 0", 2, long).await.unwrap(), "it ended");
    store.end_lease("shard 0", LARGE).await.unwrap();
    assert!(!store.lease("shard 0", LARGE, long).await.unwrap(), "nobody gives back what another has");
    store.end_lease("shard 0", 2).await.unwrap();
    assert!(store.lease("shard 0", LARGE, long).await.unwrap());
}

async fn of_many_who_want_it_at_once_one_gets_it(store: &dyn Store) {
    let tries = (1..=16).map(|holder| store.lease("identify 0", holder, Duration::from_mins(1)));
    let got = futures_util::future::join_all(tries).await;
    assert_eq!(got.into_iter().filter(|got| *got.as_ref().unwrap()).count(), 1);
}

async fn an_empty_store_is_well(store: &dyn Store) {
    store.healthy().await.unwrap();
    assert!(store.own_answers(1).await.unwrap().is_empty() && store.gaps(Date::MIN).await.unwrap().is_empty());
    assert_eq!(store.sweep(day()).await.unwrap(), Swept::default());
}

/// Makes a test of each rule for a store that the given expression opens.
macro_rules! contract {
    ($name:ident, $open:expr) => {
        contract! { $name, $open;
            a_link_is_found_from_both_ends_until_it_is_dropped,
            a_new_answer_takes_the_place_of_the_old_one,
            many_links_are_kept_at_once_and_the_last_of_a_question_stands,
            votes_are_counted_by_entry_over_a_span_of_days,
            settings_belong_to_one_server_and_the_last_ones_hold,
            own_answers_belong_to_one_server_the_oldest_first,
            gaps_are_counted_by_week,
            each_application_has_a_hash_of_its_commands,
            a_server_is_forgotten_whole_and_alone,
            a_server_that_was_left_is_forgotten_after_thirty_days_unless_it_comes_back,
            links_are_swept_after_seven_days,
            counts_are_swept_in_time,
            what_one_holds_no_other_gets_until_it_ends_or_is_given_back,
            of_many_who_want_it_at_once_one_gets_it,
            an_empty_store_is_well,
        }
    };
    ($name:ident, $open:expr; $($rule:ident,)*) => {
        mod $name {
            $(#[tokio::test]
            async fn $rule() {
                let Some(store) = $open else { return };
                super::$rule(&*store).await;
                store.end().await;
            })*
        }
    };
}

/// A store in memory, opened and ended as the others are.
struct InMemory(Memory);

impl InMemory {
    #[expect(clippy::unused_async, reason = "the others take their time")]
    async fn end(self) {}
}

impl Deref for InMemory {
    type Target = Memory;

    fn deref(&self) -> &Memory {
        &self.0
    }
}

contract!(memory, Some(super::InMemory(super::Memory::new())));
contract!(file, Some(crate::backends::InFile::open().await));
contract!(server, crate::backends::OnServer::open().await);
