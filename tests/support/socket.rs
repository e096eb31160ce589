//! A guest at the agent's socket that speaks its lines by hand, the wrong ones too.

use crate::wait::{LONG, PATIENCE, until};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};

/// The version of the protocol these tests were written for.
pub(crate) const PROTOCOL: u32 = 1;

/// A connection.
pub struct Guest {
    lines: BufReader<OwnedReadHalf>,
    out: OwnedWriteHalf,
    last_id: u64,
}

impl Guest {
    /// Connects and says nothing; `None` when nobody listens.
    pub async fn knock(socket: &Path) -> Option<Guest> {
        let (input, out) = UnixStream::connect(socket).await.ok()?.into_split();
        Some(Guest {
            lines: BufReader::new(input),
            out,
            last_id: 0,
        })
    }

    /// Connects and greets, as soon as somebody listens.
    ///
    /// # Panics
    /// When nobody does, or the answer is no greeting.
    pub async fn enter(socket: &Path) -> Guest {
        Guest::enter_as(socket, "command_line").await
    }

    /// The same as the window, which is told what to show.
    ///
    /// # Panics
    /// When nobody listens, or the answer is no greeting.
    pub async fn enter_as_window(socket: &Path) -> Guest {
        Guest::enter_as(socket, "window").await
    }

    async fn enter_as(socket: &Path, who: &str) -> Guest {
        let what = format!("an agent at {}", socket.display());
        let mut guest = until(&what, async || Guest::knock(socket).await).await;
        guest
            .say(&json!({"kind": "hello", "protocol": PROTOCOL, "guest": who}))
            .await;
        let answer = guest.hear().await.expect("the agent greets");
        assert_eq!(answer["kind"], "hello", "{answer}");
        assert_eq!(answer["protocol"], PROTOCOL, "{answer}");
        guest
    }

    /// Says one thing.
    pub async fn say(&mut self, value: &Value) {
        self.write(format!("{value}\n").as_bytes()).await;
    }

    /// Writes bytes as they are. The other side may have hung up: then nothing happens.
    pub async fn write(&mut self, bytes: &[u8]) {
        let _ = timeout(PATIENCE, self.out.write_all(bytes)).await;
    }

    /// The next thing said; `None` when the agent hung up.
    ///
    /// # Panics
    /// When nothing comes, or no JSON.
    pub async fn hear(&mut self) -> Option<Value> {
        self.hear_within(PATIENCE).await
    }

    async fn hear_within(&mut self, patience: Duration) -> Option<Value> {
        let mut line = Vec::new();
        let read = timeout(patience, self.lines.read_until(b'\n', &mut line));
        let read = read.await.expect("the agent says something or hangs up");
        match read {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(serde_json::from_slice(&line).expect("the agent says JSON, a line each")),
        }
    }

    /// Waits until the agent hangs up, and gives what it said before.
    ///
    /// # Panics
    /// When it does not hang up.
    pub async fn end_of_talk(&mut self) -> Vec<Value> {
        let mut said = Vec::new();
        while let Some(one) = self.hear().await {
            said.push(one);
        }
        said
    }

    /// Asks for something and waits for the outcome, past whatever else is said meanwhile.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn act(&mut self, action: Value) -> Value {
        self.act_within(PATIENCE, action).await
    }

    /// The same for what is answered only after half a minute or more.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn act_at_last(&mut self, action: Value) -> Value {
        self.act_within(LONG, action).await
    }

    async fn act_within(&mut self, patience: Duration, action: Value) -> Value {
        let id = self.ask(action).await;
        loop {
            let said = self.hear_within(patience).await;
            let said = said.expect("the agent answers");
            if said["kind"] == "reply" && said["id"] == id {
                return said["outcome"].clone();
            }
        }
    }

    /// Asks for something and does not wait; gives the number of the question.
    pub async fn ask(&mut self, action: Value) -> u64 {
        self.last_id += 1;
        self.say(&json!({"kind": "act", "id": self.last_id, "action": action}))
            .await;
        self.last_id
    }

    /// The next page that the window is to show.
    ///
    /// # Panics
    /// When there is none.
    pub async fn page(&mut self) -> Value {
        loop {
            let said = self.hear().await.expect("the agent says what to show");
            if said["kind"] == "show" {
                return said["page"].clone();
            }
        }
    }

    /// The next snapshot.
    ///
    /// # Panics
    /// When there is none.
    pub async fn snapshot(&mut self) -> Value {
        loop {
            let said = self.hear().await.expect("the agent sends snapshots");
            if said["kind"] == "snapshot" {
                return said["snapshot"].clone();
            }
        }
    }
    /// Asks for snapshots: the newest at once, and each that follows.
    pub async fn subscribe(&mut self) {
        self.say(&json!({"kind": "subscribe"})).await;
    }

    /// The next snapshot, however long nothing is new; `None` when the agent hung up.
    pub async fn next_snapshot(&mut self) -> Option<Value> {
        loop {
            let mut said = self.hear_within(Duration::MAX).await?;
            if said["kind"] == "snapshot" {
                return Some(said["snapshot"].take());
            }
        }
    }
}
