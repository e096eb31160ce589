//! The live sockets of one panel's servers: each a task that tells what its node says.
//!
//! Decides nothing: when to open, close or fetch a token is timing's business.

use super::Panel;
use crate::{
    app::Inbox,
    clock::Clock,
    console::Readers,
    event::{Event as StoreEvent, LiveNews},
    id::{PanelId, ServerId},
};
use pterodactyl_client::{
    Permissions, Resources, WebsocketCredentials,
    live::{
        Advice, Ask, CrashReader, Dial, Event, Live, NextToken, Notice, Retry, Setup, Stats, Token,
        TokenRefusal, Why,
    },
};
use std::{collections::BTreeMap, time::Duration};
use tokio::{sync::mpsc, task::AbortHandle};

/// After a task broke down, for what broke it may be said again.
const BROKE_DOWN: Duration = Duration::from_secs(60);

/// What a socket's task tells its panel's. What the node says goes to the store directly.
#[derive(Debug)]
pub(super) enum Told {
    /// The node let us in and told the server's state.
    Tells,
    /// The session wants a newer token.
    NeedToken,
    /// It is over.
    Closed {
        /// What to do next.
        advice: Advice,
        /// The token may serve again.
        held: Box<Held>,
    },
}

/// A token, where it is good for, and how the attempts with it went.
#[derive(Debug, Clone)]
pub(super) struct Held {
    token: Token,
    address: String,
    failures: u32,
}

impl Held {
    /// Fresh from the panel.
    pub(super) fn new(given: WebsocketCredentials, now: Duration) -> Held {
        Held {
            token: Token::read(given.token, now),
            address: given.socket,
            failures: 0,
        }
    }

    /// What it says of itself that it permits.
    pub(super) fn permits(&self) -> Option<Permissions> {
        let permissions = self.token.claims().permissions.as_ref();
        permissions.map(|all| all.iter().map(String::as_str).collect())
    }
}

/// What a socket's task is told.
#[derive(Debug)]
enum Order {
    Token(Token),
    NoToken(TokenRefusal),
    /// The last lines of its console.
    Logs,
    Leave,
}

/// All of them.
pub(super) struct Lines {
    panel: PanelId,
    dial: Option<Dial>,
    clock: Clock,
    events: Inbox,
    seed: u64,
    readers: Readers,
    held: BTreeMap<String, Held>,
    open: BTreeMap<String, Line>,
    tell: mpsc::UnboundedSender<(String, Told)>,
}

struct Line {
    orders: mpsc::UnboundedSender<Order>,
    task: AbortHandle,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Lines {
    /// None yet, and where they will tell.
    pub(super) fn new(panel: &Panel) -> (Lines, mpsc::UnboundedReceiver<(String, Told)>) {
        let (tell, told) = mpsc::unbounded_channel();
        let lines = Lines {
            panel: panel.id.clone(),
            dial: panel.dial.clone(),
            clock: panel.clock,
            events: panel.events.clone(),
            seed: panel.seed,
            readers: panel.readers.clone(),
            held: BTreeMap::new(),
            open: BTreeMap::new(),
            tell,
        };
        (lines, told)
    }

    /// Forgets the tokens of servers that are no longer watched.
    pub(super) fn keep(&mut self, watched: impl Fn(&str) -> bool) {
        self.held.retain(|uuid, _| watched(uuid));
    }

    /// A token came or did not. An open socket's session is told; `true` when there is one.
    pub(super) fn token(&mut self, uuid: &str, came: Result<Held, TokenRefusal>) -> bool {
        let open = self.open.get(uuid);
        let order = match came {
            Ok(mut held) => {
                held.failures = self.held.get(uuid).map_or(0, |before| before.failures);
                let token = held.token.clone();
                self.held.insert(uuid.to_owned(), held);
                Order::Token(token)
            }
            Err(refusal) => Order::NoToken(refusal),
        };
        match open {
            // A task that just ended has told so, and that is heard next.
            Some(line) => line.orders.send(order).is_ok(),
            None => false,
        }
    }

    /// Opens a socket with the token at hand.
    pub(super) fn open(&mut self, uuid: String) {
        let (Some(dial), Some(held)) = (self.dial.clone(), self.held.get(&uuid).cloned()) else {
            return;
        };
        self.seed = self.seed.wrapping_add(1);
        let setup = Setup {
            server_uuid: uuid.clone(),
            token: held.token.clone(),
            failures: held.failures,
            seed: self.seed,
        };
        let (orders, inbox) = mpsc::unbounded_channel();
        let task = Task {
            server: ServerId {
                panel: self.panel.clone(),
                uuid: uuid.clone(),
            },
            held,
            clock: self.clock,
            events: self.events.clone(),
            tell: self.tell.clone(),
            readers: self.readers.clone(),
            opened: false,
            tells: false,
            over: false,
            crashes: CrashReader::default(),
        };
        let task = tokio::spawn(task.run(dial, setup, inbox)).abort_handle();
        self.open.insert(uuid, Line { orders, task });
    }

    /// Somebody wants the last lines of its console, now or as soon as it is open.
    pub(super) fn read_along(&self, uuid: &str) {
        if let Some(line) = self.open.get(uuid) {
            // A task that just ended has told so, and the next one asks by itself.
            let _ = line.orders.send(Order::Logs);
        }
    }

    /// Ends a socket; [`Told::Closed`] follows.
    pub(super) fn close(&self, uuid: &str) {
        if let Some(line) = self.open.get(uuid) {
            // A task that just ended has told so.
            let _ = line.orders.send(Order::Leave);
        }
    }

    /// A socket is over.
    pub(super) fn ended(&mut self, uuid: &str, held: Held) {
        self.open.remove(uuid);
        if self.held.contains_key(uuid) {
            self.held.insert(uuid.to_owned(), held);
        }
    }
}

/// One open socket.
struct Task {
    server: ServerId,
    held: Held,
    clock: Clock,
    events: Inbox,
    tell: mpsc::UnboundedSender<(String, Told)>,
    readers: Readers,
    opened: bool,
    /// A state came: from now on nothing has to be asked.
    tells: bool,
    /// Its end is told.
    over: bool,
    crashes: CrashReader,
}

/// A task that breaks down leaves its server to be polled, and to be connected to later.
impl Drop for Task {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let advice = Advice {
            retry: Retry::After(BROKE_DOWN),
            token: NextToken::Fresh,
            poll: true,
        };
        self.end(Why::Dropped, advice);
    }
}

impl Task {
    async fn run(mut self, dial: Dial, setup: Setup, mut orders: mpsc::UnboundedReceiver<Order>) {
        let zero = self.clock.zero();
        let mut live = Live::open(&dial, &self.held.address, setup, zero).await;
        loop {
            tokio::select! {
                notice = live.next() => match notice {
                    Some(notice) => self.hear(notice, &mut live),
                    None => return,
                },
                order = orders.recv() => match order {
                    Some(Order::Token(token)) => live.token(token),
                    Some(Order::NoToken(refusal)) => live.no_token(refusal),
                    Some(Order::Logs) if self.opened => self.logs(&mut live),
                    // Asked for when it opens.
                    Some(Order::Logs) => {}
                    Some(Order::Leave) | None => live.leave(),
                },
            }
        }
    }

    /// Asks for the last lines, when anybody reads.
    fn logs(&self, live: &mut Live) {
        if self.readers.any(&self.server) {
            self.readers.begin(&self.server);
            live.ask(Ask::Logs);
        }
    }

    fn hear(&mut self, notice: Notice, live: &mut Live) {
        match notice {
            Notice::Event(event) => {
                if event == Event::AuthSuccess {
                    // Some nodes say nothing of a server that is down, and none after a gap.
                    live.ask(Ask::Stats);
                    if !self.opened {
                        self.logs(live);
                    }
                }
                if let Some(news) = self.news(event) {
                    let state = matches!(news, LiveNews::State(_) | LiveNews::Stats(_));
                    if state && self.opened && !std::mem::replace(&mut self.tells, true) {
                        self.say(Told::Tells);
                    }
                    self.news_for_store(news);
                }
            }
            Notice::NeedToken => self.say(Told::NeedToken),
            Notice::NotSent { ask, why } => {
                tracing::debug!(server = %self.server.uuid, ?ask, %why, "not sent to the node");
            }
            Notice::Closed { why, advice } => {
                let now = self.clock.now().mono;
                self.held.failures = live.session().failures(now);
                self.held.token = live.session().token().clone();
                tracing::debug!(server = %self.server.uuid, %why, "the live socket ended");
                self.end(why, advice);
            }
        }
    }

    fn end(&mut self, why: Why, advice: Advice) {
        self.over = true;
        let (held, brief) = (Box::new(self.held.clone()), !advice.poll);
        self.say(Told::Closed { advice, held });
        self.news_for_store(LiveNews::Closed { why, brief });
    }

    /// What of it the store has use for.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "texts, matters of the session, and what a later client adds"
    )]
    fn news(&mut self, event: Event) -> Option<LiveNews> {
        match event {
            Event::AuthSuccess if !self.opened => {
                self.opened = true;
                Some(LiveNews::Opened)
            }
            Event::Status(state) => Some(LiveNews::State(state)),
            Event::Stats(stats) => Some(LiveNews::Stats(resources(stats))),
            Event::Console(line) => {
                self.readers.line(&self.server, &line);
                self.crashes.read(&line).map(LiveNews::Crash)
            }
            Event::InstallOutput(line) | Event::TransferLogs(line) | Event::DaemonMessage(line) => {
                self.readers.line(&self.server, &line);
                None
            }
            Event::InstallStarted
            | Event::InstallCompleted
            | Event::BackupRestoreCompleted
            | Event::TransferStatus(_)
            | Event::Deleted => Some(LiveNews::Unsettled),
            _ => None,
        }
    }

    fn news_for_store(&self, news: LiveNews) {
        let server = self.server.clone();
        self.events.say(StoreEvent::Live { server, news });
    }

    fn say(&self, told: Told) {
        // A panel's task that is gone needs to know nothing.
        let _ = self.tell.send((self.server.uuid.clone(), told));
    }
}

fn resources(stats: Stats) -> Resources {
    Resources {
        state: stats.state,
        suspended: false,
        memory_bytes: stats.memory_bytes,
        cpu_percent: stats.cpu_percent,
        disk_bytes: stats.disk_bytes,
        network_rx_bytes: stats.network.rx_bytes,
        network_tx_bytes: stats.network.tx_bytes,
        uptime_ms: stats.uptime_ms,
    }
}

#[cfg(test)]
mod tests;
