//! How it looks and whether everybody can use it: each panel in dark, in light and on a phone, held to the rules of accessibility,
//! with the knowledge that is shipped. The pictures are those of the README.

use std::path::PathBuf;

use crate::driver::{Browser, DARK, DOWN, ENTER, LIGHT, Look, PHONE};
use crate::support::Bench;

async fn shipped() -> Bench {
    // Seen from the package's folder, where tests are run: the page shows the path.
    Bench::start_in(PathBuf::from("knowledge")).await
}

/// Goes through everything; `name` begins the names of its pictures.
async fn walk(look: Look, name: &str) {
    let bench = shipped().await;
    let Some(browser) = Browser::open(&bench.base, look).await else { return };
    let narrow = look.width < 720;
    let step = async |place: &str| {
        browser.audit(&format!("{name}, {place}")).await;
        browser.picture(&format!("{name}-{place}")).await;
    };
    browser.until("document.querySelector('.example')").await;
    step("welcome").await;
    browser.keys("/ask").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.closest('.command')").await;
    browser.keys("injections in").await;
    browser.until("document.querySelector('.command .listbox[aria-busy=false] [role=option]')?.innerText.includes('injections')").await;
    browser.keys(DOWN).await;
    step("command").await;
    browser.press("[aria-label='Give up the command']", "").await;
    browser.say("@Mabel can an MA give injections in California?").await;
    browser.reads(".message .content", "California").await;
    // On a phone the panel is there but out of sight, so its text is not what is to be read on the page.
    browser.until("document.querySelector('#panel-why .verdict')?.textContent.includes('Answers')").await;
    step("chat").await;
    let go = async |place: &str| {
        if narrow {
            browser.press("#chat-head button", "Channels").await;
        }
        browser.press("button.place", place).await;
    };
    go("Mabel").await;
    browser.say("which states pay medical assistants the most?").await;
    browser.until("document.querySelector('.embed img')?.naturalWidth === 800").await;
    step("picture").await;
    go("general").await;
    if !narrow {
        browser.choose(".self select", "Maud the moderator").await;
        browser.value("document.getElementById('message-box').focus()").await;
        browser.keys("/settings show").await;
        browser.reads(".listbox [role=option]", "/settings show").await;
        browser.keys(ENTER).await;
        browser.press(".command button", "Use").await;
        browser.reads(".message .content", "What is set for this server").await;
        step("settings").await;
        browser.choose(".self select", "Ada").await;
        browser.value("document.getElementById('message-box').focus()").await;
    }
    browser.say("@Mabel how much?").await;
    browser.until("document.querySelectorAll('.message .components').length > 1").await;
    step("choices").await;
    if narrow {
        browser.press("#chat-head button", "Channels").await;
        step("channels").await;
        browser.press("button.place", "general").await;
        browser.press("#chat-head button", "Inside").await;
    }
    browser.value("(document.getElementById('what-if').value = 'can an MA give injections in California?', document.getElementById('what-if').dispatchEvent(new Event('input')))").await;
    browser.reads("#panel-why .verdict", "Answers").await;
    step("why").await;
    browser.press("[role=tab]", "Knowledge").await;
    browser.until("document.querySelector('.topic')").await;
    browser.press(".topic summary", "").await;
    step("knowledge").await;
    browser.until("[...document.querySelectorAll('.entry')].some((one) => one.checkVisibility())").await;
    browser.press(".entry", "").await;
    browser.until("document.querySelector('.card .message')").await;
    step("entry").await;
    browser.press("[data-view=coverage]", "").await;
    browser.until("document.querySelector('.matrix td')").await;
    if !narrow {
        browser.press(".dock-head button", "Wide panel").await;
    }
    browser.value("document.querySelector('.matrix td:not(.none)').focus()").await;
    browser.until("document.querySelector('.cell-told dl')").await;
    step("coverage").await;
    browser.press("[data-view=review]", "").await;
    browser.reads("#panel-knowledge h3", "0 errors").await;
    step("review").await;
    if !narrow {
        browser.press(".dock-head button", "Wide panel").await;
    }
    browser.press("[role=tab]", "Wire").await;
    browser.press(".wire summary", "POST /channels/{channel_id}/messages").await;
    browser.press(".faults summary", "Break something").await;
    step("wire").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn in_the_dark() {
    walk(DARK, "dark").await;
}

#[tokio::test]
async fn in_the_light() {
    walk(LIGHT, "light").await;
}

#[tokio::test]
async fn on_a_phone() {
    walk(PHONE, "phone").await;
}

#[tokio::test]
async fn the_look_is_switched_and_remembered() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, LIGHT).await else { return };
    let ground = "getComputedStyle(document.body).backgroundColor";
    let light = browser.value(ground).await;
    browser.press(".self button", "Dark look").await;
    assert_ne!(browser.value(ground).await, light);
    browser.value("location.reload()").await;
    browser.until("document.body.dataset.ready === 'yes'").await;
    assert_ne!(browser.value(ground).await, light);
    browser.close().await;
    bench.workbench.stop().await;
}
