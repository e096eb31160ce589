//! The driver over real sockets, against small nodes made for the occasion.

use std::future::Future;
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{WebSocketStream, accept_async, accept_hdr_async};

use super::*;
use crate::base_url::BaseUrl;
use crate::error::{TlsFault, Unreachable};
use crate::power::{PowerSignal, PowerState};
use crate::tls::Trust;

const SERVER: &str = "9fa9acaa-78a0-4015-b8ed-2573f0b89b6e";
const PANEL: &str = "http://panel.example:8081";

fn dial() -> Dial {
    let panel = BaseUrl::parse(PANEL).unwrap();
    Dial::new(panel, &Trust::default())
        .unwrap()
        .with_proxy(None)
}

fn setup(token: &str) -> Setup {
    Setup {
        server_uuid: SERVER.into(),
        token: Token::read(token.to_owned().into(), std::time::Duration::ZERO),
        failures: 0,
        seed: 1,
    }
}

/// A node that serves each connection with `serve`, one after the other, and its address.
async fn node<F, R>(serve: F) -> String
where
    F: Fn(TcpStream) -> R + Send + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serve(stream).await;
        }
    });
    format!("ws://{address}/api/servers/{SERVER}/ws")
}

async fn open(address: &str) -> Live {
    Live::open(&dial(), address, setup("the-token"), Instant::now()).await
}

/// A node that lets everybody in and accepts any token.
async fn accept(stream: TcpStream) -> WebSocketStream<TcpStream> {
    let mut socket = accept_async(stream).await.unwrap();
    let auth = socket.next().await.unwrap().unwrap();
    assert_eq!(
        auth.to_text().unwrap(),
        r#"{"event":"auth","args":["the-token"]}"#
    );
    say(&mut socket, r#"{"event":"auth success"}"#).await;
    socket
}

async fn say(socket: &mut WebSocketStream<TcpStream>, text: &str) {
    socket.send(Message::text(text)).await.unwrap();
}

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

async fn event(live: &mut Live) -> Event {
    match live.next().await {
        Some(Notice::Event(event)) => event,
        other => panic!("{other:?}"),
    }
}

async fn closed(live: &mut Live) -> Why {
    loop {
        if let Notice::Closed { why, .. } = live.next().await.expect("an end is told") {
            assert_eq!(live.next().await, None);
            return why;
        }
    }
}

#[tokio::test]
async fn a_life_from_token_to_suspension() {
    let address = node(|stream| async {
        let mut socket = accept(stream).await;
        say(&mut socket, r#"{"event":"status","args":["running"]}"#).await;
        let asked = socket.next().await.unwrap().unwrap();
        let stop = r#"{"event":"set state","args":["stop"]}"#;
        assert_eq!(asked.to_text().unwrap(), stop);
        say(&mut socket, r#"{"event":"status","args":["stopping"]}"#).await;
        let frame = CloseFrame {
            code: 4409.into(),
            reason: "server is suspended".into(),
        };
        socket.close(Some(frame)).await.unwrap();
    })
    .await;
    let mut live = open(&address).await;
    assert_eq!(live.origin(), Some(PANEL));
    assert_eq!(event(&mut live).await, Event::AuthSuccess);
    assert_eq!(event(&mut live).await, Event::Status(PowerState::Running));
    live.ask(Ask::Power(PowerSignal::Stop));
    assert_eq!(event(&mut live).await, Event::Status(PowerState::Stopping));
    assert_eq!(closed(&mut live).await, Why::Blocked { code: 4409 });
}

#[tokio::test]
async fn a_broken_connection_is_told_and_no_other_word_lost() {
    let address = node(|stream| async {
        let mut socket = accept(stream).await;
        for n in 0..500 {
            let line = format!(r#"{{"event":"console output","args":["line {n}"]}}"#);
            say(&mut socket, &line).await;
        }
    })
    .await;
    let mut live = open(&address).await;
    assert_eq!(event(&mut live).await, Event::AuthSuccess);
    for n in 0..500 {
        // Given up and called again, over and over: what `select!` does to it.
        let next = loop {
            tokio::select! {
                biased;
                next = live.next() => break next,
                () = tokio::task::yield_now() => {}
            }
        };
        let line = Event::Console(format!("line {n}"));
        assert_eq!(next, Some(Notice::Event(line)));
    }
    assert_eq!(closed(&mut live).await, Why::Dropped);
}

#[tokio::test]
async fn the_nodes_pings_are_answered_and_oddities_ignored() {
    let address = node(|stream| async {
        let mut socket = accept(stream).await;
        socket
            .send(Message::Ping(Bytes::from_static(b"x")))
            .await
            .unwrap();
        let pong = socket.next().await.unwrap().unwrap();
        assert_eq!(pong, Message::Pong(Bytes::from_static(b"x")));
        socket.send(Message::binary(vec![0_u8, 1])).await.unwrap();
        say(&mut socket, "no JSON").await;
        say(&mut socket, r#"{"event":"from the future"}"#).await;
        let left = socket.next().await.unwrap().unwrap();
        assert!(left.is_close());
    })
    .await;
    let mut live = open(&address).await;
    assert_eq!(event(&mut live).await, Event::AuthSuccess);
    let unknown = Event::Unknown("from the future".into());
    assert_eq!(event(&mut live).await, unknown);
    live.leave();
    assert_eq!(closed(&mut live).await, Why::Left);
}

#[tokio::test]
async fn a_message_beyond_all_measure_ends_the_connection() {
    let address = node(|stream| async {
        let mut socket = accept(stream).await;
        let _ = socket
            .send(Message::text("x".repeat(2 * 1024 * 1024)))
            .await;
    })
    .await;
    let mut live = open(&address).await;
    assert_eq!(closed(&mut live).await, Why::Dropped);
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

#[tokio::test]
async fn another_servers_token_is_not_even_sent() {
    // {"server_uuid":"another"}
    let setup = setup("a.eyJzZXJ2ZXJfdXVpZCI6ImFub3RoZXIifQ.c");
    let mut live = Live::open(&dial(), "ws://127.0.0.1:1/ws", setup, Instant::now()).await;
    assert_eq!(closed(&mut live).await, Why::WrongServer);
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

#[tokio::test]
async fn the_token_shows_nowhere() {
    let address = node(|stream| async { drop(accept(stream).await) }).await;
    let mut live = open(&address).await;
    let _ = live.next().await;
    assert!(!format!("{live:?} {:?}", dial()).contains("the-token"));
}
