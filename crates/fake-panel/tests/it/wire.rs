//! The smallest HTTP client that sends exactly what it is told. Never adds a header but `Host` and `Connection`.

use std::io;
use std::time::Duration;

use fake_panel::FakePanel;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Long enough for any machine; never waited for when all is well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// An answer, with header names in lower case.
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// Reads a head (status line and headers) and takes the body as it is.
    pub(crate) fn read(head: &str, body: &str) -> Self {
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let headers = lines.filter_map(|line| line.split_once(':'));
        Self {
            status: status.unwrap().parse().unwrap(),
            headers: headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name)?;
        Some(&found.1)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    pub(crate) fn code(&self) -> String {
        let body = self.json();
        body["errors"][0]["code"].as_str().unwrap().to_owned()
    }
}

/// Sends one request; an error is a connection that ended without an answer.
pub(crate) async fn send(
    panel: &FakePanel,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Reply> {
    send_to(panel.port(), method, target, headers, body).await
}

/// As `send`, to whatever listens at a port here.
pub(crate) async fn send_to(
    port: u16,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let length = body.len();
    request.push_str(&format!(
        "Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    ));
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    let read = stream.read_to_string(&mut answer);
    tokio::time::timeout(PATIENCE, read).await??;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Reply::read(head, body))
}

/// A GET the way the client does it.
pub(crate) async fn get(panel: &FakePanel, key: &str, target: &str) -> Reply {
    let bearer = format!("Bearer {key}");
    let headers = [("Accept", "application/json"), ("Authorization", &bearer)];
    send(panel, "GET", target, &headers, "").await.unwrap()
}

/// A POST the way the client does it.
pub(crate) async fn post(panel: &FakePanel, key: &str, target: &str, body: &str) -> Reply {
    let bearer = format!("Bearer {key}");
    let headers = [
        ("Accept", "application/json"),
        ("Authorization", &bearer),
        ("Content-Type", "application/json"),
    ];
    send(panel, "POST", target, &headers, body).await.unwrap()
}
