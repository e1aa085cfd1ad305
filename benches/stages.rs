//! What each stage of loading and of answering costs, in time and in memory taken.
//!
//!     cargo bench --no-default-features --bench stages
//!
//! The questions are the tuning set of the tests; one iteration of a question stage reads all of them, so that the figure
//! beside it, items a second, is questions a second.

use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};
use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::guard::Guards;
use mabel::knowledge::{Knowledge, files, load};
use mabel::matching::Index;
use mabel::matching::kept::Keeper;
use mabel::understand::{Query, Understanding};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(knowledge);
static UNDERSTANDING: LazyLock<Understanding> = LazyLock::new(|| Understanding::new(&KNOWLEDGE));
static ENGINE: LazyLock<Engine> = LazyLock::new(|| engine(knowledge()));
static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let lines = include_str!("../tests/questions/tuning.jsonl").lines();
    let rows = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    rows.filter_map(|row| row.get("question").and_then(|question| question.as_str()).map(Question::new)).collect()
});
static QUERIES: LazyLock<Vec<Query>> = LazyLock::new(|| QUESTIONS.iter().map(|question| UNDERSTANDING.read(question)).collect());

fn main() {
    divan::main();
}

#[expect(clippy::expect_used, reason = "without knowledge there is nothing to measure")]
fn knowledge() -> Knowledge {
    load::load(&files::shipped()).expect("the shipped knowledge loads").0
}

#[expect(clippy::expect_used, reason = "without knowledge there is nothing to measure")]
fn engine(knowledge: Knowledge) -> Engine {
    Engine::new(knowledge).expect("the shipped knowledge compiles")
}

fn index() -> Index {
    Index::new(&KNOWLEDGE, &UNDERSTANDING, None)
}

fn view() -> View {
    View::on(jiff::civil::date(2026, 11, 21))
}

/// Once, when the program starts or the knowledge changes.
mod starting {
    use std::cell::RefCell;

    use super::{Bencher, Engine, Guards, Index, KNOWLEDGE, Keeper, Knowledge, Understanding, engine, index, knowledge};

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn read_files() -> Knowledge {
        knowledge()
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn learn_words() -> Understanding {
        Understanding::new(&KNOWLEDGE)
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn compile_guards() -> Option<Guards> {
        Guards::new(&KNOWLEDGE).ok()
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn train() -> Index {
        index()
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn all_of_it(bencher: Bencher) {
        bencher.with_inputs(knowledge).bench_values(engine);
    }

    /// The second start with the same knowledge.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn all_of_it_but_training(bencher: Bencher) {
        let kept = InMemory::default();
        let again = |knowledge| Engine::with_models(knowledge, Some(&kept)).is_ok();
        again(knowledge());
        bencher.with_inputs(knowledge).bench_local_values(again);
    }

    /// Keeps the latest model.
    #[derive(Default)]
    struct InMemory(RefCell<Vec<u8>>);

    impl Keeper for InMemory {
        fn fetch(&self, _: u64) -> Option<Vec<u8>> {
            Some(self.0.borrow().clone())
        }

        fn keep(&self, _: u64, bytes: &[u8]) {
            self.0.replace(bytes.to_vec());
        }
    }
}

/// For every question.
mod answering {
    use super::{Bencher, ENGINE, Guards, ItemsCount, KNOWLEDGE, QUERIES, QUESTIONS, UNDERSTANDING, black_box, index, view};

    #[divan::bench]
    fn read(bencher: Bencher) {
        bencher.counter(ItemsCount::new(QUESTIONS.len())).bench(|| {
            for question in QUESTIONS.iter() {
                black_box(UNDERSTANDING.read(question));
            }
        });
    }

    #[divan::bench]
    fn guard(bencher: Bencher) {
        let guards = Guards::new(&KNOWLEDGE).ok();
        bencher.counter(ItemsCount::new(QUERIES.len())).bench(|| {
            for query in QUERIES.iter() {
                black_box(guards.as_ref().and_then(|guards| guards.check(&query.text.folded, || false).stop));
            }
        });
    }

    #[divan::bench]
    fn decide(bencher: Bencher) {
        let index = index();
        bencher.counter(ItemsCount::new(QUERIES.len())).bench(|| {
            for query in QUERIES.iter() {
                black_box(index.decide(query, &KNOWLEDGE, &UNDERSTANDING));
            }
        });
    }

    #[divan::bench]
    fn whole_answer(bencher: Bencher) {
        let view = view();
        bencher.counter(ItemsCount::new(QUESTIONS.len())).bench(|| {
            for question in QUESTIONS.iter() {
                black_box(ENGINE.answer(question, &view));
            }
        });
    }
}
