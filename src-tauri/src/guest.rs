//! A visit at the agent: connects to its socket, comes back when it was away, carries lines both ways.
//!
//! Knows of no action or snapshot more than its `kind`, keeps no line, and writes none to a log.

mod line;
#[cfg(unix)]
#[path = "guest/name/unix.rs"]
mod name;
#[cfg(windows)]
#[path = "guest/name/windows.rs"]
mod name;

use crate::arguments::Arguments;
use interprocess::local_socket::{tokio::Stream, traits::tokio::Stream as _};
use line::Lines;
use pterotray_core::wire::{self, Ask, Guest as Kind, PROTOCOL};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    future::Future,
    io,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{
    io::AsyncWriteExt as _,
    sync::{mpsc, oneshot},
    time,
};

/// Between two looks for an agent that is away: from the first to the last of these.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LAST_PAUSE: Duration = Duration::from_secs(3);

/// Something that is not an agent may hold the socket and say nothing.
const GREETED_WITHIN: Duration = Duration::from_secs(5);

/// The server that is open on the page.
#[derive(Default, PartialEq)]
struct Opened {
    /// Null when none is.
    server: Value,
    /// Its console is wanted too.
    lines: bool,
}

type Listener = Box<dyn Fn(Value) + Send>;

/// What the page wants of the visit.
enum Wish {
    Listen(Listener),
    Watch(bool),
    Open(Opened),
    Act {
        action: Value,
        reply: oneshot::Sender<Value>,
    },
    LookAgain,
}

/// The page's end.
pub(crate) struct Guest {
    wishes: mpsc::UnboundedSender<Wish>,
    socket: PathBuf,
}

impl Guest {
    /// Everything heard from now on goes to `listener`; first how the connection is.
    pub(crate) fn listen(&self, listener: impl Fn(Value) + Send + 'static) {
        self.wish(Wish::Listen(Box::new(listener)));
    }

    /// Asks for snapshots, or for none.
    pub(crate) fn watch(&self, visible: bool) {
        self.wish(Wish::Watch(visible));
    }

    /// Asks for one server's past, and with `lines` for its console; for neither when `server` is null.
    pub(crate) fn open(&self, server: Value, lines: bool) {
        self.wish(Wish::Open(Opened { server, lines }));
    }

    /// Where the agent is looked for.
    pub(crate) fn socket(&self) -> &Path {
        &self.socket
    }

    /// Looks for the agent now.
    pub(crate) fn look_again(&self) {
        self.wish(Wish::LookAgain);
    }

    /// Passes an action on. `None` when there is no agent, or it went away before it answered.
    pub(crate) async fn act(&self, action: Value) -> Option<Value> {
        let (reply, answer) = oneshot::channel();
        self.wish(Wish::Act { action, reply });
        answer.await.ok()
    }

    fn wish(&self, wish: Wish) {
        // The visit ends only with the process.
        let _ = self.wishes.send(wish);
    }
}

/// A guest, and its visit, which is to be run. `come_forward` is called when the agent wants the window seen.
pub(crate) fn visit(
    arguments: Arguments,
    come_forward: impl Fn() + Send + 'static,
) -> (Guest, impl Future<Output = ()> + Send) {
    let (wish, wishes) = mpsc::unbounded_channel();
    let guest = Guest {
        wishes: wish,
        socket: arguments.socket.clone(),
    };
    let visit = Visit {
        socket: arguments.socket,
        wishes,
        come_forward: Box::new(come_forward),
        page: arguments.page,
        listener: None,
        watching: false,
        opened: Opened::default(),
        waiting: HashMap::new(),
        last_id: 0,
        link: json!({"kind": "link", "state": "connecting"}),
    };
    (guest, visit.run())
}

struct Visit {
    socket: PathBuf,
    wishes: mpsc::UnboundedReceiver<Wish>,
    come_forward: Box<dyn Fn() + Send>,
    /// A page to show that nobody has heard of yet.
    page: Option<Value>,
    listener: Option<Listener>,
    watching: bool,
    opened: Opened,
    waiting: HashMap<u64, oneshot::Sender<Value>>,
    last_id: u64,
    link: Value,
}

/// Why a stay is over.
enum Over {
    /// The connection is gone, or never was.
    Away,
    /// The page is gone.
    Done,
}

impl Visit {
    async fn run(mut self) {
        let mut pause = FIRST_PAUSE;
        loop {
            let stay = match connect(&self.socket).await {
                Ok(stream) => self.stay(stream, &mut pause).await,
                Err(_) => Ok(Over::Away),
            };
            self.waiting.clear();
            if matches!(stay, Ok(Over::Done)) {
                return;
            }
            if self.link["state"] != "mismatch" {
                self.linked(json!({"kind": "link", "state": "away"}));
            }
            if matches!(self.wait(&mut pause).await, Over::Done) {
                return;
            }
        }
    }

    /// Waits before the next look; what the page wants meanwhile is remembered or refused.
    async fn wait(&mut self, pause: &mut Duration) -> Over {
        let until = time::Instant::now() + *pause;
        *pause = (*pause * 2).min(LAST_PAUSE);
        loop {
            let wish = match time::timeout_at(until, self.wishes.recv()).await {
                Err(_) => return Over::Away,
                Ok(None) => return Over::Done,
                Ok(Some(wish)) => wish,
            };
            match wish {
                Wish::Listen(listener) => self.listened(listener),
                Wish::Watch(visible) => self.watching = visible,
                Wish::Open(opened) => self.opened = opened,
                Wish::Act { reply, .. } => drop(reply),
                Wish::LookAgain => {
                    *pause = FIRST_PAUSE;
                    return Over::Away;
                }
            }
        }
    }

    /// From the greeting to the end of one connection.
    async fn stay(&mut self, stream: Stream, pause: &mut Duration) -> io::Result<Over> {
        let mut lines = Lines::new(&stream);
        let mut write = &stream;
        let hello = Ask::Hello {
            protocol: PROTOCOL,
            guest: Kind::Window,
        };
        write
            .write_all(&wire::encode(&hello).map_err(io::Error::other)?)
            .await?;
        let greeting = time::timeout(GREETED_WITHIN, lines.next()).await??;
        if !self.greeted(&greeting) {
            return Ok(Over::Away);
        }
        *pause = FIRST_PAUSE;
        if self.watching {
            let lines = self.watch_lines().map_err(io::Error::other)?;
            write.write_all(&lines).await?;
        }
        loop {
            tokio::select! {
                said = lines.next() => self.heard(said?),
                wish = self.wishes.recv() => match wish {
                    None => return Ok(Over::Done),
                    Some(wish) => if let Some(line) = self.line_for(wish) {
                        write.write_all(&line).await?;
                    },
                },
            }
        }
    }

    /// Whether both sides speak the same version.
    fn greeted(&mut self, said: &Value) -> bool {
        let theirs = said["protocol"].as_u64().unwrap_or_default();
        let link = match theirs.cmp(&u64::from(PROTOCOL)) {
            _ if said["kind"] != "hello" => json!({"kind": "link", "state": "away"}),
            std::cmp::Ordering::Equal => json!({"kind": "link", "state": "there"}),
            std::cmp::Ordering::Less => {
                json!({"kind": "link", "state": "mismatch", "older": "agent"})
            }
            std::cmp::Ordering::Greater => {
                json!({"kind": "link", "state": "mismatch", "older": "window"})
            }
        };
        let same = link["state"] == "there";
        self.linked(link);
        same
    }

    fn heard(&mut self, said: Value) {
        match said["kind"].as_str() {
            Some("reply") => {
                let Some(reply) = said["id"].as_u64().and_then(|id| self.waiting.remove(&id))
                else {
                    return;
                };
                // Whoever asked may have gone.
                let _ = reply.send(said["outcome"].clone());
            }
            Some("show") => {
                (self.come_forward)();
                self.tell(said);
            }
            // What is added to the contract later passes by.
            Some(_) | None => self.tell(said),
        }
    }

    /// What has to be sent for a wish.
    fn line_for(&mut self, wish: Wish) -> Option<Vec<u8>> {
        match wish {
            Wish::Listen(listener) => {
                self.listened(listener);
                None
            }
            Wish::LookAgain => None,
            Wish::Watch(visible) if visible == self.watching => None,
            Wish::Open(opened) if opened == self.opened => None,
            Wish::Open(opened) => {
                self.opened = opened;
                self.watching.then(|| self.open_lines().ok()).flatten()
            }
            Wish::Watch(visible) => {
                self.watching = visible;
                self.watch_lines().ok()
            }
            Wish::Act { action, reply } => {
                let id = self.last_id + 1;
                let line =
                    wire::encode(&json!({"kind": "act", "id": id, "action": action})).ok()?;
                if line.len() > wire::LONGEST_ASK {
                    return None;
                }
                self.last_id = id;
                self.waiting.insert(id, reply);
                Some(line)
            }
        }
    }

    /// What has to be sent when the page comes into sight, or goes out of it: nothing is told to nobody.
    fn watch_lines(&self) -> Result<Vec<u8>, wire::WireError> {
        let watch = if self.watching {
            Ask::Subscribe
        } else {
            Ask::Unsubscribe
        };
        let mut lines = wire::encode(&watch)?;
        if !self.opened.server.is_null() {
            lines.extend(self.open_lines()?);
        }
        Ok(lines)
    }

    /// What has to be sent for the server that is open.
    fn open_lines(&self) -> Result<Vec<u8>, wire::WireError> {
        let Opened { server, lines } = &self.opened;
        let past = if self.watching { server } else { &Value::Null };
        let console = if *lines { past } else { &Value::Null };
        let mut asks = wire::encode(&json!({"kind": "history", "server": past}))?;
        asks.extend(wire::encode(
            &json!({"kind": "console", "server": console}),
        )?);
        Ok(asks)
    }

    fn listened(&mut self, listener: Listener) {
        self.listener = Some(listener);
        self.tell(self.link.clone());
        if let Some(page) = self.page.take() {
            self.tell(json!({"kind": "show", "page": page}));
        }
    }

    fn linked(&mut self, link: Value) {
        if link != self.link {
            self.link = link.clone();
            self.tell(link);
        }
    }

    fn tell(&self, said: Value) {
        if let Some(listener) = &self.listener {
            listener(said);
        }
    }
}

async fn connect(socket: &Path) -> io::Result<Stream> {
    Stream::connect(name::of(socket)?).await
}

#[cfg(test)]
mod tests;
