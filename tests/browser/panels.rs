//! The panels: why and what if, the knowledge as it is edited, the wire and its faults.

use serde_json::json;

use crate::driver::{Browser, DARK, ESCAPE, LIGHT, PHONE};
use crate::support::{Bench, change, copy_of, small_knowledge};

#[tokio::test]
async fn the_ranking_moves_as_one_types() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    browser.press("#panel-why textarea", "").await;
    browser.keys("can MAs give shots").await;
    browser.reads("#panel-why .candidate:first-child .candidate-head", "scope.injections").await;
    browser.reads("#panel-why .guard", "None spoke").await;
    browser.value("document.getElementById('what-if').select()").await;
    browser.keys("MA pay in Ohio").await;
    browser.reads("#panel-why .candidate:first-child .candidate-head", "pay.by-state").await;
    browser.reads("#panel-why .chips", "Ohio").await;
    browser.value("document.getElementById('what-if').select()").await;
    browser.keys("my chest hurts").await;
    browser.reads("#panel-why .guard", "emergency").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_saved_file_changes_the_answer_and_a_fault_is_shown_with_its_place() {
    let folder = copy_of(&small_knowledge());
    let bench = Bench::start_in(folder.path().to_owned()).await;
    let Some(browser) = Browser::open(&bench.base, LIGHT).await else { return };
    browser.press("[role=tab]", "Knowledge").await;
    browser.press("#panel-knowledge summary", "Pay").await;
    browser.press(".entry", "pay.national").await;
    browser.reads("#panel-knowledge .card .content", "$21.50").await;
    change(folder.path(), "entries/all.toml", "The median is $21.50", "The median is $22.22");
    browser.reads("#panel-knowledge .card .content", "$22.22").await;
    browser.say("@Mabel MA pay").await;
    browser.reads("#log .content", "$22.22").await;
    change(folder.path(), "entries/all.toml", "The median is $22.22 an hour.\"", "The median is $23.33 an hour.");
    browser.reads("#panel-knowledge .banner", "cannot be used").await;
    browser.reads("#panel-knowledge .banner .place", "entries/all.toml:").await;
    browser.reads("#panel-knowledge .banner .mend", "Mend:").await;
    browser.reads("#tab-knowledge .badge", "fault").await;
    browser.say("@Mabel MA pay").await;
    browser.until("document.querySelectorAll('#log .message').length === 4").await;
    browser.reads_no_more("#log .content", "$23.33").await;
    change(folder.path(), "entries/all.toml", "The median is $23.33 an hour.", "The median is $23.33 an hour.\"");
    browser.reads_no_more("#panel-knowledge .banner", "cannot be used").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn entries_are_found_by_their_wordings() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    browser.press("[role=tab]", "Knowledge").await;
    browser.press("#search", "").await;
    browser.keys("shot").await;
    browser.reads(".knowledge-body", "1 of 4 entries").await;
    browser.press(".entry", "scope.injections").await;
    browser.press(".entry-head button", "Ask this in the chat").await;
    browser.until("document.getElementById('message-box').value === '@Mabel Can a medical assistant give injections?'").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn the_wire_shows_what_passes_and_a_cut_line_comes_back() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    browser.say("@Mabel can MAs give shots").await;
    browser.reads(".message .content", "provider delegates").await;
    browser.press("[role=tab]", "Wire").await;
    browser.press(".wire summary", "POST /channels/{channel_id}/messages").await;
    browser.reads(".wire .meters", "of 2000").await;
    browser.reads(".wire .code", "allowed_mentions").await;
    // What is new stands above and takes the focus from nothing.
    browser.value("document.querySelectorAll('.wire summary')[1].focus()").await;
    bench.ask("post", &json!({"user": "ben", "channel": "general", "text": "hello"})).await;
    browser.until("[...document.querySelectorAll('.wire summary')].indexOf(document.activeElement) > 1").await;
    browser.press(".faults summary", "Break something").await;
    browser.press(".faults button", "Cut the connection").await;
    browser.reads(".wire .wire-name", "RESUMED").await;
    browser.until("document.querySelector('.connection').dataset.connected === 'yes'").await;
    browser.press(".faults button", "429, wait 2 s").await;
    browser.reads(".faults", "1 fault waits").await;
    browser.say("@Mabel MA pay").await;
    browser.reads(".wire .status.bad", "429").await;
    browser.reads(".message .content", "$21.50").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn on_a_phone_what_lies_over_the_chat_makes_way_for_it() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, PHONE).await else { return };
    let hidden = |part: &str| format!("!document.querySelector('{part}').checkVisibility({{visibilityProperty: true}})");
    browser.press("#chat-head button", "Channels").await;
    browser.until("document.activeElement.matches('#sidebar [aria-current]')").await;
    browser.keys(ESCAPE).await;
    browser.until(&format!("{} && document.activeElement.ariaLabel === 'Channels'", hidden("#sidebar"))).await;
    browser.press("#chat-head button", "Inside").await;
    browser.press("[role=tab]", "Knowledge").await;
    browser.press("#panel-knowledge summary", "Pay").await;
    browser.press(".entry", "pay.national").await;
    browser.press(".entry-head button", "Ask this in the chat").await;
    browser.until(&format!("{} && document.activeElement.id === 'message-box'", hidden("#dock"))).await;
    browser.close().await;
    bench.workbench.stop().await;
}
