//! What is never sent, and what never comes out again.

use secrecy::SecretString;

use super::{ACCOUNT, KEY, client};
use crate::base_url::BaseUrl;
use crate::client::{Client, Scope};
use crate::error::Error;
use crate::loopback_tests::host::{Host, Say, answer, json};
use crate::power::PowerSignal;

#[tokio::test]
async fn what_cannot_be_a_server_is_not_asked_for() {
    let host = Host::start(vec![json(ACCOUNT)]).await;
    let client = client(&host);
    for odd in ["", ".", "..", "a/b", "a?b", "a%2fb", "ä"] {
        assert_eq!(client.server(odd).await, Err(Error::NotFound), "{odd}");
        assert_eq!(client.resources(odd).await, Err(Error::NotFound), "{odd}");
        assert_eq!(
            client.power(odd, PowerSignal::Stop).await,
            Err(Error::NotFound),
            "{odd}"
        );
    }
    assert_eq!(host.connections(), 0);
}

#[test]
fn a_key_is_trimmed_or_refused() {
    let base = || BaseUrl::parse("https://panel.example.com").unwrap();
    let made = |key: &str| Client::new(base(), SecretString::from(key)).map(drop);
    assert_eq!(made(&format!("  {KEY}\r\n")), Ok(()));
    for bad in [
        "",
        "  \t\n",
        "two\nlines",
        "two words",
        "null\0",
        "emoji 🎮",
    ] {
        assert_eq!(made(bad), Err(Error::BadKey), "{bad:?}");
    }
}

#[tokio::test]
async fn nothing_that_comes_out_repeats_the_key() {
    let bearer = format!("Bearer {KEY}");
    let refusal =
        format!(r#"{{"errors":[{{"code":"X","status":"400","detail":"sent: {bearer}"}}]}}"#);
    let account = ACCOUNT.replace("mira", KEY);
    let view = format!(
        r#"{{"object":"server","attributes":{{"uuid":"a","name":"{KEY}","description":"{KEY}","status":"{KEY}"}},
        "meta":{{"user_permissions":["{KEY}"]}}}}"#
    );
    let stats = format!(r#"{{"object":"stats","attributes":{{"current_state":"{KEY}"}}}}"#);
    let plain = "Content-Type: application/json";
    let page = format!("<title>{bearer}</title>");
    let host = Host::start(vec![
        json(&account),
        json(&view),
        json(&stats),
        Say::Bytes(answer("400 Bad Request", plain, &refusal)),
        Say::Bytes(answer("404 Not Found", "Content-Type: text/html", &page)),
    ])
    .await;
    let client = client(&host);
    let formatted = [
        format!("{:?}", client.account().await),
        format!("{:?}", client.server("a").await),
        format!("{:?}", client.resources("a").await),
        format!("{:?}", client.power("a", PowerSignal::Stop).await),
        format!("{:?}", client.servers(Scope::Mine).await),
        format!("{client:?} {:?} {:?}", client.base(), client.budget()),
        client.base().to_string(),
    ];
    assert_eq!(host.asked().len(), 5);
    for text in &formatted {
        assert!(!text.contains("MakeBelieve"), "{text}");
    }
    assert!(
        formatted[3].contains("sent: Bearer ***"),
        "{}",
        formatted[3]
    );
}

#[tokio::test]
async fn a_token_never_shows() {
    let secret = "eyJ0eXAi.c2VjcmV0.c2lnbg";
    let body = format!(r#"{{"data":{{"token":"{secret}","socket":"wss://n.example/ws"}}}}"#);
    let odd = format!(r#"{{"data":{{"token":"{secret}","socket":"ftp://n.example/ws"}}}}"#);
    let host = Host::start(vec![json(&body), json(&odd)]).await;
    let client = client(&host);
    for _ in 0..2 {
        let shown = format!("{:?} {client:?}", client.websocket("u").await);
        assert!(!shown.contains("c2VjcmV0"), "{shown}");
    }
}
