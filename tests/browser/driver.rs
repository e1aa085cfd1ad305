//! A headless browser on the page: found, started, driven, and held to what always holds when it is closed.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::few_colours::fewer_colours;
use crate::support::SOON;

pub const ENTER: &str = "\u{E007}";
pub const ESCAPE: &str = "\u{E00C}";
pub const TAB: &str = "\u{E004}";
pub const UP: &str = "\u{E013}";
pub const RIGHT: &str = "\u{E014}";
pub const DOWN: &str = "\u{E015}";

/// One browser at a time: the machines of tests are small.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// How the page is looked at.
#[derive(Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
}

pub const DARK: Look = Look { width: 1280, height: 800, dark: true };
pub const LIGHT: Look = Look { dark: false, ..DARK };
pub const PHONE: Look = Look { width: 360, height: 740, dark: false };

/// The driver's process; it ends with this.
struct Driver {
    child: Child,
    port: u16,
    /// What it goes on to say is not read, but a closed pipe would end it.
    _said: BufReader<ChildStdout>,
}

impl Driver {
    /// None where there is no driver.
    fn start() -> Option<Self> {
        // It takes a free port of one kind of address for the other kind too, and ends where somebody has that.
        const TRIES: usize = 5;
        for _ in 0..TRIES {
            let mut child = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
            let mut said = BufReader::new(child.stdout.take()?);
            if let Some(port) = port_named(&mut said) {
                return Some(Self { child, port, _said: said });
            }
            let _ = child.wait();
        }
        panic!("chromedriver ended {TRIES} times before it named its port");
    }
}

/// The port that the driver says it listens on; none if it ends without.
fn port_named(said: &mut impl BufRead) -> Option<u16> {
    let lines = said.lines().map_while(Result::ok);
    let mut ports = lines.filter_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
    ports.next()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser that shows the page.
pub struct Browser {
    client: Client,
    session: String,
    driver: Driver,
    web: reqwest::Client,
    base: String,
    _turn: tokio::sync::MutexGuard<'static, ()>,
}

impl Browser {
    /// Opens the page at that address and waits until it is ready. None, with a word on it, where no browser is to be had.
    pub async fn open(base: &str, look: Look) -> Option<Self> {
        let turn = TURN.lock().await;
        let Some(driver) = Driver::start() else {
            skipped("chromedriver was not found");
            return None;
        };
        let mut arguments =
            vec!["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1"];
        arguments.extend([
            "--no-sandbox",
            "--no-first-run",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]);
        let options = json!({"args": arguments});
        let capabilities = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
        let capabilities = capabilities.as_object().cloned().unwrap();
        let address = format!("http://127.0.0.1:{}", driver.port);
        let client = match ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await {
            Ok(client) => client,
            Err(error) => {
                skipped(&format!("no browser could be started: {error}"));
                return None;
            }
        };
        let session = client.session_id().await.unwrap().unwrap();
        let browser = Self { client, session, driver, web: reqwest::Client::new(), base: base.to_owned(), _turn: turn };
        browser.look(look).await;
        browser.client.goto(&format!("{}/", browser.base)).await.unwrap();
        browser.until("document.body.dataset.ready === 'yes'").await;
        Some(browser)
    }

    /// Sets size and colour scheme.
    pub async fn look(&self, look: Look) {
        let Look { width, height, dark } = look;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    async fn devtools(&self, command: &str, parameters: Value) {
        self.order("goog/cdp/execute", &json!({"cmd": command, "params": parameters})).await;
    }

    /// An order that the `WebDriver` standard does not know.
    async fn order(&self, name: &str, body: &Value) -> Value {
        let address = format!("http://127.0.0.1:{}/session/{}/{name}", self.driver.port, self.session);
        let answer: Value = self.web.post(address).json(body).send().await.unwrap().json().await.unwrap();
        answer["value"].clone()
    }

    /// The value of an expression in the page.
    pub async fn value(&self, expression: &str) -> Value {
        self.client.execute(&format!("return {expression};"), Vec::new()).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until an expression holds.
    pub async fn until(&self, expression: &str) {
        let begin = Instant::now();
        while self.value(&format!("Boolean({expression})")).await != true {
            if begin.elapsed() > SOON {
                let page = self.value("document.body.innerText").await;
                panic!("it never was so: {expression}\n{}", page.as_str().unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until a text stands in what a selector finds.
    pub async fn reads(&self, selector: &str, text: &str) {
        self.until(&format!("[...document.querySelectorAll({})].some((one) => one.innerText.includes({}))", json!(selector), json!(text)))
            .await;
    }

    /// Waits until nothing that a selector finds holds a text.
    pub async fn reads_no_more(&self, selector: &str, text: &str) {
        self.until(&format!("![...document.querySelectorAll({})].some((one) => one.innerText.includes({}))", json!(selector), json!(text)))
            .await;
    }

    /// Types into whatever has the focus.
    pub async fn keys(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Types a message into the box and sends it.
    pub async fn say(&self, text: &str) {
        self.client.find(Locator::Css("#message-box")).await.unwrap().send_keys(text).await.unwrap();
        self.keys(ENTER).await;
    }

    /// Presses what a selector finds, the first that holds the text.
    pub async fn press(&self, selector: &str, text: &str) {
        let found = format!(
            "[...document.querySelectorAll({})].find((one) => one.checkVisibility() && (one.innerText + (one.getAttribute('aria-label') ?? '')).includes({}))",
            json!(selector),
            json!(text)
        );
        // Found and pressed at once: the page may be drawn anew between two looks at it.
        let pressed = "one.scrollIntoView({block: 'nearest'}), one.focus(), one.click(), true";
        self.until(&format!("((one) => Boolean(one) && ({pressed}))({found})")).await;
    }

    /// Chooses in a select by what the option says.
    pub async fn choose(&self, selector: &str, option: &str) {
        self.until(&format!("document.querySelector({})", json!(selector))).await;
        let found = self.client.find(Locator::Css(selector)).await.unwrap();
        found.select_by_label(option).await.unwrap();
    }

    /// Gives a file of this computer to the field that a selector finds.
    pub async fn gives(&self, selector: &str, file: &Path) {
        self.until(&format!("document.querySelector({})", json!(selector))).await;
        let field = self.client.find(Locator::Css(selector)).await.unwrap();
        field.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// Writes a picture of the page beside what else is built, and anew into the folder that `MABEL_SCREENSHOTS` names, if it is there.
    pub async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let png = fewer_colours(&self.client.screenshot().await.unwrap());
        let file = format!("{name}.png");
        std::fs::write(folder.join(&file), &png).unwrap();
        let shown = std::env::var_os("MABEL_SCREENSHOTS").map(|folder| PathBuf::from(folder).join(file));
        if let Some(shown) = shown.filter(|shown| shown.exists()) {
            std::fs::write(shown, png).unwrap();
        }
    }

    /// Holds the page as it is now to the rules of accessibility.
    pub async fn audit(&self, place: &str) {
        let complaints = self.client.execute(include_str!("audit.js"), Vec::new()).await.unwrap();
        assert_eq!(complaints, json!([]), "{place}: {complaints:#}");
    }

    /// Closes it. Nothing was complained about on its console, and nothing was asked of any other computer.
    pub async fn close(self) {
        let asked = self.value("performance.getEntriesByType('resource').map((one) => one.name)").await;
        for address in asked.as_array().unwrap() {
            let address = address.as_str().unwrap();
            assert!(address.starts_with(&self.base) || address.starts_with("data:"), "{address} was asked for");
        }
        let log = self.order("se/log", &json!({"type": "browser"})).await;
        let bad: Vec<&Value> = log.as_array().unwrap().iter().filter(|line| line["level"] != "INFO" && line["level"] != "DEBUG").collect();
        assert!(bad.is_empty(), "{bad:#?}");
        self.client.clone().close().await.unwrap();
    }
}

fn skipped(why: &str) {
    assert!(std::env::var_os("MABEL_BROWSER").is_none_or(|value| value != "required"), "a browser is required here: {why}");
    // Not by a macro: what those write is kept from whoever runs the tests when they pass.
    let word = format!("SKIPPED, no browser: {why}. Debian's packages chromium and chromium-driver have what is needed.\n");
    std::io::stderr().write_all(word.as_bytes()).unwrap();
}
