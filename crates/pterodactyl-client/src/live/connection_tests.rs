//! The driver over real sockets, against small nodes made for the occasion.

use std::future::Future;

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::*;
use crate::base_url::BaseUrl;
use crate::power::{PowerSignal, PowerState};
use crate::tls::Trust;

mod opening;

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

#[tokio::test]
async fn another_servers_token_is_not_even_sent() {
    // {"server_uuid":"another"}
    let setup = setup("a.eyJzZXJ2ZXJfdXVpZCI6ImFub3RoZXIifQ.c");
    let mut live = Live::open(&dial(), "ws://127.0.0.1:1/ws", setup, Instant::now()).await;
    assert_eq!(closed(&mut live).await, Why::WrongServer);
}

#[tokio::test]
async fn the_token_shows_nowhere() {
    let address = node(|stream| async { drop(accept(stream).await) }).await;
    let mut live = open(&address).await;
    let _ = live.next().await;
    assert!(!format!("{live:?} {:?}", dial()).contains("the-token"));
}
