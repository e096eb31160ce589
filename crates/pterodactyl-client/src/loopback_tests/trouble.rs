//! What becomes of answers that break off, never come or never end.

use std::time::Duration;

use super::{ACCOUNT, KEY, client, client_at};
use crate::base_url::BaseUrl;
use crate::client::{Client, ERROR_BODY, GOOD_BODY, Patience};
use crate::error::{Error, NotAPanel, TlsFault, Unreachable};
use crate::loopback_tests::host::{Host, Say, answer, json};
use crate::tls::Trust;

/// A client that gives up soon, for answers that never come.
fn hasty(host: &Host) -> Client {
    let patience = Patience {
        connect: Duration::from_secs(10),
        whole: Duration::from_millis(300),
    };
    Client::with_patience(
        BaseUrl::parse(&host.address).unwrap(),
        &KEY.into(),
        &Trust::default(),
        patience,
    )
    .unwrap()
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"object\":".to_vec();
    let host = Host::start(vec![Say::ThenClose(cut)]).await;
    assert_eq!(
        client(&host).account().await,
        Err(Unreachable::Interrupted.into())
    );
    let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"obj";
    let host = Host::start(vec![Say::ThenClose(chunked.to_vec())]).await;
    assert_eq!(
        client(&host).account().await,
        Err(Unreachable::Interrupted.into())
    );
}

#[tokio::test]
async fn an_answer_that_never_comes_or_never_ends_is_given_up() {
    let start =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
            .to_vec();
    for said in [Vec::new(), start] {
        let host = Host::start(vec![Say::ThenSilence(said)]).await;
        assert_eq!(
            hasty(&host).account().await,
            Err(Unreachable::TimedOut.into())
        );
    }
}

#[tokio::test]
async fn nobody_listening_is_a_refusal() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(
        client_at(&address).account().await,
        Err(Unreachable::Refused.into())
    );
}

#[tokio::test]
async fn a_port_without_tls_is_named_as_such() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
            drop(tokio::io::AsyncWriteExt::write_all(&mut stream, page).await);
            // The connection stays open until the client has read that.
            drop(tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await);
            drop(tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await);
        }
    });
    let error = client_at(&address).account().await.unwrap_err();
    let Error::Unreachable(why) = error else {
        panic!("{error:?}");
    };
    assert_eq!(why.tls_fault(), Some(TlsFault::NotTls), "{why:?}");
}

#[tokio::test]
async fn a_redirect_does_not_carry_the_key_elsewhere() {
    let elsewhere = Host::start(vec![json(ACCOUNT)]).await;
    let location = format!("Location: {}/api/client/account?x=1", elsewhere.address);
    let host = Host::start(vec![Say::Bytes(answer("302 Found", &location, ""))]).await;
    let to = format!("{}/api/client/account", elsewhere.address);
    assert_eq!(
        client(&host).account().await,
        Err(NotAPanel::Redirect { to: to.clone() }.into())
    );
    assert_eq!(elsewhere.connections(), 0);
    assert_eq!(BaseUrl::parse(&to).unwrap().as_str(), elsewhere.address);
}

#[tokio::test]
async fn a_good_answer_without_end_is_not_read_to_the_end() {
    let body = " ".repeat(GOOD_BODY + 1);
    let said = answer("200 OK", "Content-Type: application/json", &body);
    let said = String::from_utf8(said).unwrap();
    let said = said.replace(&format!("Content-Length: {}\r\n", body.len()), "");
    let host = Host::start(vec![Say::ThenSilence(said.into_bytes())]).await;
    assert_eq!(
        client(&host).account().await,
        Err(Error::Unreadable { what: "account" })
    );
}

#[tokio::test]
async fn a_good_answer_that_announces_too_much_is_not_read_at_all() {
    let said = answer("200 OK", "Content-Type: application/json", "");
    let said = String::from_utf8(said).unwrap();
    let said = said.replace("Content-Length: 0", "Content-Length: 99999999999");
    let host = Host::start(vec![Say::ThenSilence(said.into_bytes())]).await;
    assert_eq!(
        client(&host).account().await,
        Err(Error::Unreadable { what: "account" })
    );
}

#[tokio::test]
async fn of_a_long_error_page_the_beginning_is_enough() {
    let body = format!("<title>Oops</title>{}", "x".repeat(2 * ERROR_BODY));
    let page = String::from_utf8(answer("500 Oops", "Content-Type: text/html", &body)).unwrap();
    let page = page.replace(
        &format!("Content-Length: {}", body.len()),
        "Content-Length: 99999999999",
    );
    let host = Host::start(vec![Say::ThenSilence(page.into_bytes())]).await;
    let detail = "Oops".into();
    assert_eq!(
        client(&host).account().await,
        Err(Error::Broken {
            status: 500,
            detail
        })
    );
}
