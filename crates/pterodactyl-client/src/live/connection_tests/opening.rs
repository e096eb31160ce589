//! Opening a websocket: under which name, past which certificates and proxies, and what is told when it cannot be done.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

use super::*;
use crate::error::{TlsFault, Unreachable};

/// Answers an upgrade request with `answer`, letter by letter.
async fn refuse(mut stream: TcpStream, answer: &str) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
}

/// Lets in who comes from `origin` and notes every other.
async fn strict(origin: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = seen.clone();
    let address = node(move |stream| {
        let notes = notes.clone();
        async move {
            #[expect(clippy::result_large_err, reason = "the library's own signature")]
            let check = |request: &Request, response: Response| {
                let found = request.headers()["origin"].to_str().unwrap().to_owned();
                let good = found == origin;
                notes.lock().unwrap().push(found);
                if good {
                    return Ok(response);
                }
                let mut refusal = ErrorResponse::new(Some("Forbidden\n".to_owned()));
                *refusal.status_mut() = 403.try_into().unwrap();
                let kind = "text/plain; charset=utf-8".parse().unwrap();
                refusal.headers_mut().insert("content-type", kind);
                Err(refusal)
            };
            if let Ok(mut socket) = accept_hdr_async(stream, check).await {
                let _ = socket.next().await;
                say(&mut socket, r#"{"event":"auth success"}"#).await;
            }
        }
    })
    .await;
    (address, seen)
}

/// `{"iss":"https://main.example"}`
const ISSUED: &str = "a.eyJpc3MiOiJodHRwczovL21haW4uZXhhbXBsZSJ9.b";

#[tokio::test]
async fn a_node_that_wants_the_panels_other_name_gets_it_once() {
    let (address, seen) = strict("https://main.example").await;
    let mut live = Live::open(&dial(), &address, setup(ISSUED), Instant::now()).await;
    assert_eq!(event(&mut live).await, Event::AuthSuccess);
    assert_eq!(live.origin(), Some("https://main.example"));
    assert_eq!(*seen.lock().unwrap(), [PANEL, "https://main.example"]);
}

#[tokio::test]
async fn a_node_that_wants_neither_name_is_not_tried_again() {
    let (address, seen) = strict("https://third.example").await;
    let mut live = Live::open(&dial(), &address, setup(ISSUED), Instant::now()).await;
    let why = Why::Handshake(HandshakeError::OriginRefused);
    assert_eq!(closed(&mut live).await, why);
    assert_eq!(live.session().advice().unwrap().retry, Retry::Never);
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (answer, expected) in [
        (
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n{\"error\":\"gone\"}",
            HandshakeError::UnknownServer,
        ),
        (
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{\"error\":\"Too many open websocket connections.\"}",
            HandshakeError::Full,
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html></html>",
            HandshakeError::NotANode { status: Some(502) },
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}",
            HandshakeError::NotANode { status: Some(200) },
        ),
        (
            "220 mail.example ESMTP\r\n\r\n",
            HandshakeError::NotANode { status: None },
        ),
        ("", HandshakeError::Unreachable(Unreachable::Interrupted)),
    ] {
        let address = node(move |stream| refuse(stream, answer)).await;
        let why = closed(&mut open(&address).await).await;
        assert_eq!(why, Why::Handshake(expected), "{answer}");
    }
}

#[tokio::test]
async fn a_node_nobody_can_reach_is_named_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let address = format!("wss://127.0.0.1:{port}/ws");
    let why = closed(&mut open(&address).await).await;
    let refused = HandshakeError::Unreachable(Unreachable::Refused);
    assert_eq!(why, Why::Handshake(refused));
    for bad in [
        "",
        "https://node.example",
        "ws://",
        "wss://me:pw@node.example",
    ] {
        let why = closed(&mut open(bad).await).await;
        assert_eq!(why, Why::Handshake(HandshakeError::BadAddress), "{bad}");
    }
}

/// A node with a certificate nobody signed, and the certificate's fingerprint by way of a first refused visit.
async fn safe_node() -> String {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = made.signing_key.serialize_der();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(
            vec![made.cert.der().clone()],
            rustls::pki_types::PrivatePkcs8KeyDer::from(key).into(),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let address = node(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                let mut socket = accept_async(stream).await.unwrap();
                let _ = socket.next().await;
                let success = Message::text(r#"{"event":"auth success"}"#);
                socket.send(success).await.unwrap();
            }
        }
    })
    .await;
    address.replace("ws://", "wss://")
}

#[tokio::test]
async fn an_unsigned_certificate_is_refused_until_it_is_pinned() {
    let address = safe_node().await;
    let dial = dial();
    let mut live = Live::open(&dial, &address, setup("the-token"), Instant::now()).await;
    let Why::Handshake(HandshakeError::Unreachable(error)) = closed(&mut live).await else {
        panic!("{live:?}");
    };
    assert_eq!(error.tls_fault(), Some(TlsFault::SelfSigned));
    let trust = Trust {
        pinned_sha256: dial.refused_certificate(),
        ..Trust::default()
    };
    let pinned = Dial::new(BaseUrl::parse(PANEL).unwrap(), &trust).unwrap();
    let mut live = Live::open(&pinned, &address, setup("the-token"), Instant::now()).await;
    assert_eq!(event(&mut live).await, Event::AuthSuccess);
}

#[tokio::test]
async fn a_node_without_tls_is_told_from_one_with_a_bad_certificate() {
    let address = node(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = stream.shutdown().await;
    })
    .await;
    let address = address.replace("ws://", "wss://");
    let why = closed(&mut open(&address).await).await;
    let Why::Handshake(HandshakeError::Unreachable(error)) = why else {
        panic!("{why:?}");
    };
    assert_eq!(error.tls_fault(), Some(TlsFault::NotTls));
}

/// An HTTP proxy that sends everybody to `target`, or answers with `refusal`.
async fn proxy(target: Option<String>, refusal: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let Some(target) = target else {
            return refuse(stream, refusal).await;
        };
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        assert!(
            head.starts_with("CONNECT node.example:8080 HTTP/1.1\r\n"),
            "{head}"
        );
        assert!(
            head.contains("Proxy-Authorization: Basic bWU6cHc="),
            "{head}"
        );
        assert!(!head.contains("the-token"));
        stream
            .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .await
            .unwrap();
        let mut onward = TcpStream::connect(target).await.unwrap();
        let _ = copy_bidirectional(&mut stream, &mut onward).await;
    });
    format!("http://me:pw@{address}")
}

const FAR: &str = "ws://node.example:8080/api/servers/x/ws";

#[tokio::test]
async fn the_networks_proxy_is_used_and_its_refusal_told() {
    let address = node(|stream| async { drop(accept(stream).await) }).await;
    let target = address["ws://".len()..].split('/').next().unwrap();
    let through = proxy(Some(target.to_owned()), "").await;
    let dial = dial().with_proxy(Some(&through));
    let mut live = Live::open(&dial, FAR, setup("the-token"), Instant::now()).await;
    assert_eq!(event(&mut live).await, Event::AuthSuccess);

    let locked = proxy(None, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await;
    let dial = dial.with_proxy(Some(&locked));
    let mut live = Live::open(&dial, FAR, setup("the-token"), Instant::now()).await;
    let refused = HandshakeError::Proxy { status: Some(407) };
    assert_eq!(closed(&mut live).await, Why::Handshake(refused));
}
