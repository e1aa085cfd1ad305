//! The page and its assets: under a strict policy, for this computer alone, and followed along by events.

use reqwest::header::CONTENT_SECURITY_POLICY;
use serde_json::{Value, json};

use crate::support::{Bench, SOON};

/// The next events of a stream, until one is as wanted.
async fn news(stream: &mut reqwest::Response, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut bytes = Vec::new();
    let search = async {
        loop {
            while let Some(end) = bytes.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = bytes.drain(..end + 2).collect();
                let data: Option<Value> = event.strip_prefix(b"data: ").map(|data| serde_json::from_slice(data).unwrap());
                if let Some(data) = data.filter(&wanted) {
                    return data;
                }
            }
            bytes.extend_from_slice(&stream.chunk().await.unwrap().unwrap());
        }
    };
    tokio::time::timeout(SOON, search).await.unwrap()
}

#[tokio::test]
async fn the_page_and_all_it_names_is_served_under_a_policy_that_lets_nothing_else_in() {
    let bench = Bench::start().await;
    let index = bench.get("/").await;
    let policy = index.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';") && !policy.contains("unsafe"), "{policy}");
    let mut open = vec![("/".to_owned(), index.text().await.unwrap())];
    let mut seen = Vec::new();
    while let Some((file, text)) = open.pop() {
        assert!(!text.contains(" style=") && !text.contains("innerHTML"), "{file}");
        for named in text.split(['"', '\'']).filter(|word| word.starts_with("/page/") || word.starts_with("./")) {
            let path = named.replacen("./", "/page/", 1);
            if !seen.contains(&path) {
                let answer = bench.get(&path).await;
                assert_eq!(answer.status(), 200, "{path}, named in {file}");
                open.push((path.clone(), answer.text().await.unwrap()));
                seen.push(path);
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
    assert_eq!(bench.get("/page/nothing.js").await.status(), 404);
    bench.workbench.stop().await;
}

#[tokio::test]
async fn a_page_from_elsewhere_gets_nothing() {
    let bench = Bench::start().await;
    for path in ["/", "/page/app.js", "/sandbox/knowledge", "/sandbox/stream"] {
        let strange = bench.web.get(format!("{}{path}", bench.base)).header("host", "evil.example").send().await.unwrap();
        assert!(strange.status().is_client_error(), "{path}: {}", strange.status());
    }
    bench.workbench.stop().await;
}

#[tokio::test]
async fn the_stream_tells_everything_once_and_then_what_is_new() {
    let bench = Bench::start().await;
    let mut stream = bench.get("/sandbox/stream").await;
    let first = news(&mut stream, |news| news["first"] == true).await;
    assert_eq!(first["users"]["changed"].as_array().unwrap().len(), 5);
    assert!(first["commands"]["changed"].as_array().unwrap().iter().any(|command| command["name"] == "ask"));
    assert_eq!((&first["gateway"]["connected"], &first["announced"]["bot"]["ended"]), (&json!(true), &Value::Null));
    let posted = bench.ask("post", &json!({"user": "ada", "channel": "general", "text": "hello"})).await;
    let news_of = news(&mut stream, |news| news["messages"].is_object()).await;
    assert_eq!((&news_of["messages"]["changed"][0]["content"], &news_of["users"]), (&json!("hello"), &Value::Null));
    bench.ask("delete", &json!({"user": "ada", "message": posted["id"]})).await;
    let gone = news(&mut stream, |news| news["messages"]["gone"] != json!([]) && news["messages"].is_object()).await;
    assert_eq!(gone["messages"]["gone"], json!([posted["id"]]));
    bench.workbench.stop().await;
}

#[tokio::test]
async fn an_uploaded_file_is_shown_only_if_it_is_a_picture() {
    let bench = Bench::start().await;
    let remote = bench.workbench.remote();
    let file = |number: usize, name: &str, kind: &str| {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"files[{number}]\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n<p>bytes\r\n"
        )
    };
    let body = format!("{}{}--b--\r\n", file(0, "a.png", "image/png"), file(1, "b.html", "text/html"));
    let address = format!("{}/api/v10/channels/{}/messages", bench.base, remote.places().general);
    let request = bench.web.post(address).header("authorization", format!("Bot {}", remote.token())).body(body);
    let message: Value = request.header("content-type", "multipart/form-data; boundary=b").send().await.unwrap().json().await.unwrap();
    for (attachment, shown) in message["attachments"].as_array().unwrap().iter().zip(["image/png", "application/octet-stream"]) {
        let path = attachment["url"].as_str().unwrap().strip_prefix(&bench.base).unwrap();
        let answer = bench.get(path).await;
        assert_eq!(
            (answer.headers()["content-type"].to_str().unwrap(), &answer.headers()["x-content-type-options"].to_str().unwrap()),
            (shown, &"nosniff")
        );
        assert_eq!(answer.text().await.unwrap(), "<p>bytes");
    }
    assert_eq!(bench.get("/attachments/1/2/c.png").await.status(), 404);
    bench.workbench.stop().await;
}
