//! A web server of a few lines that says exactly the bytes it was given and remembers exactly the bytes it was sent.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What to say to one request.
#[derive(Clone)]
pub(crate) enum Say {
    /// These bytes; the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes, then the connection is closed.
    ThenClose(Vec<u8>),
    /// These bytes, then nothing for ever.
    ThenSilence(Vec<u8>),
}

#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Host {
    /// Listens on a free loopback port and gives `answers` in turn, the last one again and again.
    pub(crate) async fn start(answers: Vec<Say>) -> Self {
        Self::start_on("127.0.0.1:0", answers).await
    }

    /// The same on another address.
    pub(crate) async fn start_on(address: &str, answers: Vec<Say>) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let host = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            asked: Arc::default(),
            connections: Arc::default(),
        };
        let seen = host.clone();
        tokio::spawn(async move {
            let answers = Arc::new(answers);
            while let Ok((stream, _)) = listener.accept().await {
                seen.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(seen.clone().talk(stream, answers.clone()));
            }
        });
        host
    }

    /// The requests so far, header names in lower case as they came.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    async fn talk(self, mut stream: TcpStream, answers: Arc<Vec<Say>>) {
        while let Some(request) = read_request(&mut stream).await {
            let turn = {
                let mut asked = self.asked.lock().unwrap();
                asked.push(request);
                asked.len() - 1
            };
            // A client may hang up in the middle of a long answer.
            match answers[turn.min(answers.len() - 1)].clone() {
                Say::Bytes(bytes) => drop(stream.write_all(&bytes).await),
                Say::ThenClose(bytes) => {
                    drop(stream.write_all(&bytes).await);
                    return;
                }
                Say::ThenSilence(bytes) => {
                    drop(stream.write_all(&bytes).await);
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

/// One request: its head and as much body as it announces.
pub(crate) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_ascii_lowercase()
                        .strip_prefix("content-length:")?
                        .trim()
                        .parse()
                        .ok()
                })
                .unwrap_or(0);
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
        let mut chunk = [0; 4096];
        let length = stream
            .read(&mut chunk)
            .await
            .ok()
            .filter(|length| *length > 0)?;
        bytes.extend_from_slice(&chunk[..length]);
    }
}

/// An answer with a length; `headers` are `Name: value` lines.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let headers: String = headers
        .lines()
        .map(|line| format!("{}\r\n", line.trim()))
        .collect();
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// A good JSON answer.
pub(crate) fn json(body: &str) -> Say {
    Say::Bytes(answer("200 OK", "Content-Type: application/json", body))
}
