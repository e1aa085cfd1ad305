//! Talking: commands, mentions, follow-ups, edits, buttons, other people; with the keyboard alone.

use serde_json::json;

use crate::driver::{Browser, DARK, DOWN, ENTER, ESCAPE, LIGHT, RIGHT, TAB, UP};
use crate::support::Bench;

#[tokio::test]
async fn a_command_is_used_with_the_keyboard_alone() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    assert_eq!(browser.value("document.activeElement.id").await, "message-box");
    browser.keys("/as").await;
    browser.reads(".listbox [role=option]", "/ask").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.closest('.command')").await;
    browser.keys("shots").await;
    browser.reads(".command .listbox[aria-busy=false] [role=option]:first-child", "Can a medical assistant give injections?").await;
    browser.keys(DOWN).await;
    browser.until("document.activeElement.getAttribute('aria-activedescendant')").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.value.startsWith('Can a medical assistant')").await;
    browser.keys(ENTER).await;
    browser.reads(".message .content", "Often, *if* a provider delegates it").await;
    browser.reads(".message .above", "used /ask").await;
    browser.reads("#panel-why .verdict", "scope.injections").await;
    browser.until("document.activeElement.id === 'message-box'").await;
    browser.keys(TAB).await;
    assert_eq!(browser.value("document.activeElement.getAttribute('aria-label')").await, "Send");
    browser.keys(TAB).await;
    assert_eq!(browser.value("document.activeElement.id").await, "tab-why");
    browser.keys(RIGHT).await;
    browser.until("document.activeElement.id === 'tab-knowledge' && document.querySelector('#panel-knowledge').checkVisibility()").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_mention_is_answered_followed_up_edited_and_deleted() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, LIGHT).await else { return };
    browser.say("@Mabel how much do MAs make in Ohio").await;
    browser.reads(".message .content", "$18.75").await;
    // From the box to the log, to its last message, into its menu: no mouse.
    browser.value("document.querySelector('#log .message:last-of-type').focus()").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.getAttribute('role') === 'menuitem' && document.activeElement.innerText === 'Reply'").await;
    browser.keys(ESCAPE).await;
    browser.until("document.activeElement.matches('.message:last-of-type')").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.innerText === 'Reply'").await;
    browser.keys(ENTER).await;
    browser.reads(".compose-bar", "Replying to Mabel").await;
    browser.say("and in Texas?").await;
    browser.reads(".message .content", "$19.25").await;
    browser.reads("#panel-why .why-outcome", "It follows up on pay.by-state").await;
    browser.keys(UP).await;
    browser.reads(".compose-bar", "Editing your message").await;
    browser.value("document.getElementById('message-box').select()").await;
    browser.keys("@Mabel can MAs give shots").await;
    browser.keys(ENTER).await;
    // The message still replies to an answer about Ohio, so what it asks now is asked of Ohio.
    browser.reads(".message .content", "no, for injections").await;
    browser.reads(".message .edited", "(edited)").await;
    browser.reads_no_more(".message .content", "$19.25").await;
    browser.value("document.querySelectorAll('#log .message')[2].focus()").await;
    browser.keys(ENTER).await;
    browser.press("[role=menuitem]", "Delete message").await;
    browser.reads_no_more(".message .content", "no, for injections").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn choices_are_pressed_and_private_notes_are_seen_by_one_alone() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    browser.say("@Mabel how much").await;
    browser.reads(".message .components button", "1.").await;
    browser.choose(".self select", "Ben").await;
    browser.press(".message .components button", "1.").await;
    browser.reads(".message[data-hidden=yes]", "Only you can see this").await;
    browser.choose(".self select", "Ada").await;
    browser.until("!document.querySelector('.message[data-hidden=yes]')").await;
    browser.press(".message .components button", "1.").await;
    browser.reads(".message .content", "$21.50").await;
    browser.choose(".self select", "Maud the moderator").await;
    browser.press(".message [aria-haspopup=menu]", "More").await;
    browser.press("[role=menuitem]", "Delete message").await;
    browser.until("document.querySelectorAll('#log .message').length === 0").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn commands_are_offered_to_whom_they_are_for_and_typing_goes_on_after_a_form() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    let offered = "[...document.querySelectorAll('.listbox [role=option]')].map((one) => one.innerText.split('\\n')[0])";
    browser.keys("/s").await;
    browser.reads(".listbox [role=option]", "/scope").await;
    assert!(!browser.value(offered).await.to_string().contains("/settings"));
    browser.choose(".self select", "Maud the moderator").await;
    browser.value("document.getElementById('message-box').focus()").await;
    browser.keys("/settings imp").await;
    browser.reads(".listbox [role=option]", "/settings import").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.innerText === 'Use'").await;
    browser.keys(ENTER).await;
    browser.until("document.querySelector('dialog')?.open && document.activeElement.closest('dialog')").await;
    browser.keys("plain_text = true").await;
    browser.press("dialog button", "Submit").await;
    browser.reads(".message .content", "Taken over").await;
    browser.keys("/own add").await;
    browser.reads(".listbox [role=option]", "/own add").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_button_keeps_the_focus_when_its_message_changes() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    browser.choose(".self select", "Maud the moderator").await;
    browser.value("document.getElementById('message-box').focus()").await;
    browser.keys("/settings show").await;
    browser.keys(ENTER).await;
    browser.press(".command button", "Use").await;
    browser.choose(".message .select", "Plain text").await;
    browser.press(".message button", "Back to all settings").await;
    browser.reads(".message .content", "What is set for this server").await;
    browser.until("document.activeElement.closest('.message')").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_link_to_a_message_leads_to_it_within_the_page() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    let places = bench.look("/sandbox").await["places"].clone();
    let first = bench.ask("post", &json!({"user": "ada", "channel": "general", "text": "the first"})).await["id"].clone();
    let link = |name: &str| places[name].as_str().unwrap().to_owned();
    let text = format!("see https://discord.com/channels/{}/{}/{}", link("guild"), link("general"), first.as_str().unwrap());
    bench.ask("post", &json!({"user": "ben", "channel": places["clinic_questions"], "text": text})).await;
    browser.press("button.place", "clinic-questions").await;
    browser.press(".message a", "#general › message").await;
    browser.until(&format!("document.activeElement.dataset.message === {first}")).await;
    browser.reads("#chat-head h2", "general").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn places_are_visited_and_a_post_is_opened() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    browser.press("button.place", "Mabel").await;
    browser.reads("#chat-head h2", "Mabel").await;
    browser.say("MA pay").await;
    browser.reads(".message .content", "$21.50").await;
    browser.press(".section-head button", "New post in ask-the-forum").await;
    browser.until("document.querySelector('dialog')?.open").await;
    browser.audit("a dialog").await;
    browser.keys("A question").await;
    browser.value("document.querySelector('dialog textarea').focus()").await;
    browser.keys("@Mabel can MAs give shots?").await;
    browser.press("dialog button", "Post").await;
    browser.reads("#chat-head h2", "A question").await;
    browser.reads(".message .content", "provider delegates").await;
    browser.reads("#panel-why .verdict", "scope.injections").await;
    browser.keys("typing goes on").await;
    browser.until("document.getElementById('message-box').value === 'typing goes on'").await;
    browser.value("location.reload()").await;
    browser.until("document.body.dataset.ready === 'yes'").await;
    browser.reads("#panel-why .verdict", "scope.injections").await;
    browser.close().await;
    bench.workbench.stop().await;
}

#[tokio::test]
async fn text_is_laid_out_as_discord_does_and_never_taken_for_markup() {
    let bench = Bench::start().await;
    let Some(browser) = Browser::open(&bench.base, DARK).await else { return };
    let text = "**bold** *lean* `co*de` ~~gone~~ snake_case_word [b](https://example.org/x)\n- one\n  - two\n- three\n> quoted\n-# small\n\
                ## Heading\n<t:0:R> \\*plain\\* <img src=x onerror=alert(1)> <https://example.org/y>\n```\nraw **code**\n```";
    bench.ask("post", &json!({"user": "ada", "channel": "general", "text": text})).await;
    browser.reads(".message .content", "bold").await;
    let inner = "((one) => (selector) => [...one.querySelectorAll(selector)].map((found) => found.textContent))(document.querySelector('.message .content'))";
    let found = |selector: &str| format!("{inner}({})", json!(selector));
    for (selector, texts) in [
        ("strong", json!(["bold"])),
        ("em", json!(["lean"])),
        (":not(pre) > code", json!(["co*de"])),
        ("s", json!(["gone"])),
        ("ul ul li", json!(["two"])),
        ("blockquote", json!(["quoted"])),
        (".subtext", json!(["small"])),
        (".heading.level-2", json!(["Heading"])),
        ("pre", json!(["raw **code**"])),
        ("a[href]", json!(["b", "https://example.org/y"])),
        ("img, script", json!([])),
    ] {
        assert_eq!(browser.value(&found(selector)).await, texts, "{selector}");
    }
    let shown = browser.value("document.querySelector('.message .content').innerText").await;
    for kept in ["snake_case_word", "*plain*", "<img src=x onerror=alert(1)>", "years ago"] {
        assert!(shown.as_str().unwrap().contains(kept), "{kept} is not in {shown}");
    }
    browser.close().await;
    bench.workbench.stop().await;
}
