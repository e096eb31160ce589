//! A websocket client that sends what it is told and writes down what it hears. Never answers for itself, but pings.

use std::sync::{Arc, Mutex};

use fake_panel::FakePanel;
use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::wire::PATIENCE;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What was heard: frames, and at the end how it ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Heard {
    Frame(Value),
    /// 1006 is an end without a close frame.
    Closed(u16, String),
}

#[derive(Default)]
struct Notes {
    heard: Vec<Heard>,
    pings: usize,
}

pub(crate) struct Ear {
    sink: SplitSink<Socket, Message>,
    notes: Arc<Mutex<Notes>>,
    changed: watch::Receiver<usize>,
    pongs: watch::Receiver<usize>,
    pinged: usize,
    listening: JoinHandle<()>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        // It holds the other half of the socket.
        self.listening.abort();
    }
}

/// A refused handshake: status and body.
pub(crate) type Refused = (u16, String);

impl Ear {
    /// Opens the socket of a server at the nodes' port.
    pub(crate) async fn open(
        panel: &FakePanel,
        uuid: &str,
        origin: Option<&str>,
    ) -> Result<Self, Refused> {
        let headers: Vec<_> = origin
            .map(|origin| ("origin", origin))
            .into_iter()
            .collect();
        Self::open_with(panel, uuid, &headers).await
    }

    /// As `open`, with headers of all kinds.
    pub(crate) async fn open_with(
        panel: &FakePanel,
        uuid: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Refused> {
        let url = panel.node_url().replacen("http", "ws", 1);
        let url = format!("{url}/api/servers/{uuid}/ws");
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async_with_config(request, None, true).await {
            Ok((socket, _)) => Ok(Self::listen(socket)),
            Err(Error::Http(answer)) => {
                let body = answer.body().clone().unwrap_or_default();
                let body = String::from_utf8_lossy(&body).into_owned();
                Err((answer.status().as_u16(), body))
            }
            Err(_) => Err((0, String::new())),
        }
    }

    /// The way a client does it.
    pub(crate) async fn of(panel: &FakePanel, name: &str) -> Self {
        let uuid = panel.with(|world| world.server(name).uuid().to_owned());
        let opened = Self::open(panel, &uuid, Some(&panel.url())).await;
        opened.unwrap_or_else(|refused| panic!("refused: {refused:?}"))
    }

    fn listen(socket: Socket) -> Self {
        let (sink, mut stream) = socket.split();
        let notes = Arc::new(Mutex::new(Notes::default()));
        let (change, changed) = watch::channel(0);
        let (pong, pongs) = watch::channel(0);
        let written = Arc::clone(&notes);
        let listening = tokio::spawn(async move {
            let mut ended = Heard::Closed(1006, String::new());
            while let Some(Ok(message)) = stream.next().await {
                match message {
                    Message::Text(text) => {
                        let frame = serde_json::from_str(&text).unwrap();
                        written.lock().unwrap().heard.push(Heard::Frame(frame));
                        change.send_modify(|count| *count += 1);
                    }
                    Message::Pong(_) => pong.send_modify(|count| *count += 1),
                    Message::Ping(_) => written.lock().unwrap().pings += 1,
                    Message::Close(frame) => {
                        let frame = frame.map(|one| (u16::from(one.code), one.reason.to_string()));
                        let (code, reason) = frame.unwrap_or((1005, String::new()));
                        ended = Heard::Closed(code, reason);
                    }
                    Message::Binary(_) | Message::Frame(_) => {}
                }
            }
            written.lock().unwrap().heard.push(ended);
            change.send_modify(|count| *count += 1);
        });
        Self {
            sink,
            notes,
            changed,
            pongs,
            pinged: 0,
            listening,
        }
    }

    /// Sends a text frame as it is; whether the socket was still there.
    pub(crate) async fn send_text(&mut self, text: &str) -> bool {
        self.sink.send(Message::text(text)).await.is_ok()
    }

    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) -> bool {
        self.sink
            .send(Message::binary(bytes.to_vec()))
            .await
            .is_ok()
    }

    pub(crate) async fn send(&mut self, event: &str, args: &[&str]) {
        let frame = json!({"event": event, "args": args});
        self.send_text(&frame.to_string()).await;
    }

    /// Waits until everything sent has been dealt with and its answers are here; or the socket has ended.
    pub(crate) async fn settle(&mut self) {
        // The first answer may overtake what had just been put into the outbox.
        for _ in 0..2 {
            if self.has_ended() {
                return;
            }
            self.pinged += 1;
            let wanted = self.pinged;
            if self
                .sink
                .send(Message::Ping(Vec::new().into()))
                .await
                .is_err()
            {
                break;
            }
            let mut pongs = self.pongs.clone();
            let answered = pongs.wait_for(|count| *count >= wanted);
            // An error is the end of the listener, and with it of the socket.
            let _ = tokio::time::timeout(PATIENCE, answered).await.unwrap();
        }
    }

    /// Sends a ping and does not wait for its answer.
    pub(crate) async fn ping(&mut self) {
        self.pinged += 1;
        // A socket that has ended answers nothing, and that is seen elsewhere.
        let _ = self.sink.send(Message::Ping(Vec::new().into())).await;
    }

    /// Answered pings so far.
    pub(crate) fn pongs(&self) -> usize {
        *self.pongs.borrow()
    }

    pub(crate) fn has_ended(&self) -> bool {
        let notes = self.notes.lock().unwrap();
        matches!(notes.heard.last(), Some(Heard::Closed(..)))
    }

    /// Everything heard since the last call.
    pub(crate) fn take(&mut self) -> Vec<Heard> {
        std::mem::take(&mut self.notes.lock().unwrap().heard)
    }

    /// What was heard since the last call, in short: the event and its first argument.
    pub(crate) async fn heard(&mut self) -> Vec<String> {
        self.settle().await;
        self.take().iter().map(short).collect()
    }

    /// Waits for something that is heard, and forgets what came before it.
    pub(crate) async fn wait_for(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        let found = async {
            loop {
                let mut changed = self.changed.clone();
                changed.mark_unchanged();
                if let Some(text) = self.take_until(&wanted) {
                    return text;
                }
                changed.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, found).await.unwrap()
    }

    fn take_until(&mut self, wanted: &impl Fn(&str) -> bool) -> Option<String> {
        let heard = &mut self.notes.lock().unwrap().heard;
        let texts: Vec<String> = heard.iter().map(short).collect();
        let at = texts.iter().position(|text| wanted(text))?;
        heard.drain(..=at);
        texts.into_iter().nth(at)
    }

    pub(crate) fn pings(&self) -> usize {
        self.notes.lock().unwrap().pings
    }
}

/// An event and its first argument; numbers of errors and statistics are left out.
pub(crate) fn short(heard: &Heard) -> String {
    let frame = match heard {
        Heard::Closed(code, reason) => return format!("closed {code} {reason}").trim().to_owned(),
        Heard::Frame(frame) => frame,
    };
    let event = frame["event"].as_str().unwrap();
    let Some(argument) = frame["args"][0].as_str() else {
        return event.to_owned();
    };
    if event == "stats" {
        let stats: Value = serde_json::from_str(argument).unwrap();
        // Requested ones are in the order of a struct.
        let why = if argument.starts_with("{\"memory_bytes\"") {
            "asked for"
        } else {
            "pushed"
        };
        return format!("stats {why} {}", stats["state"].as_str().unwrap());
    }
    if let Some(rest) = argument.strip_prefix("Error Event [") {
        let (number, text) = rest.split_once("]: ").unwrap();
        assert_eq!(number.len(), 36, "a UUID");
        return format!("{event}: [..] {text}");
    }
    format!("{event}: {argument}")
}
