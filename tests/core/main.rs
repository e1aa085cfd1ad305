//! Tests of the pure core and of the command line: offline, without Discord.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod article_facts;
mod broken_knowledge;
mod by_name;
mod command_line;
mod comparisons;
mod editors_lists;
mod following;
mod forms;
mod gaps;
mod hostile;
mod import;
mod overhearing;
mod own_answers;
mod pictures;
mod places;
mod program;
mod properties;
mod question_sets;
mod questions;
mod reading;
mod schemas;
mod several_questions;
mod shipped_knowledge;
mod summaries;
mod support;
