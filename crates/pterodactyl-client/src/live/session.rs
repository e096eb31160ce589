//! One connection to a node's websocket as a value: what happened goes in, what to do comes out, and where it stands can
//! be seen at any time. It must never do anything itself: no socket, no clock, no chance of its own.
//!
//! Times are measured from a zero the caller chooses, with a clock that only goes forward. [`Session::wake`] says when to
//! come back at the latest.

mod dice;
mod exchange;
mod refresh;

use std::collections::VecDeque;
use std::time::Duration;

use self::dice::Dice;
pub use self::exchange::{Input, NotSent, Notice, Outgoing, Output, State, TokenRefusal};
use self::refresh::Auth;
use super::bucket::{Buckets, Kind};
use super::frame::{Ask, Event, FRAME_LIMIT, JwtError, TransferStatus, decode, encode};
use super::token::Token;
use super::why::{Advice, Circumstances, Why};

/// How often a ping goes out; nodes send none, and a stopped server is silent for minutes.
const PING_EVERY: Duration = Duration::from_secs(25);
/// How long its answer may take.
const PONG_WITHIN: Duration = Duration::from_secs(10);
/// What may wait to be sent.
const QUEUE: usize = 32;
/// How long it may wait; a command or power signal that comes much later does harm.
const PATIENCE: Duration = Duration::from_secs(15);
/// A connection that lived this long ends a row of failures.
const PROVEN: Duration = Duration::from_secs(30);

/// What a session begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The server's full uuid; a token of another server is not even sent. Blank accepts any.
    pub server_uuid: String,
    /// The token to authenticate with.
    pub token: Token,
    /// How many attempts in a row have failed before this one ([`Session::failures`] of the last).
    pub failures: u32,
    /// Where this session's chance begins; different for each.
    pub seed: u64,
}

/// One connection.
#[derive(Debug, Clone)]
pub struct Session {
    server_uuid: String,
    failures: u32,
    dice: Dice,
    phase: Phase,
    auth: Auth,
    /// The token the node goes by (or will, before the first `auth success`).
    token: Token,
    /// A newer one that it has not accepted yet.
    next: Option<Token>,
    renewal: Duration,
    /// The node goes by a token that has ended: it answers everything with an error, so nothing is sent.
    muted: bool,
    /// Refreshes in a row after which nothing got better.
    fruitless: u32,
    last_refresh: Option<Duration>,
    live_since: Option<Duration>,
    buckets: Buckets,
    queue: VecDeque<(Duration, Ask)>,
    ping_at: Duration,
    pong_by: Option<Duration>,
    moved: bool,
    deleted: bool,
    advice: Option<Advice>,
    outputs: Vec<Output>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Connecting,
    Authenticating,
    Live,
    Closed(Why),
}

impl Session {
    /// A session whose websocket is about to be opened. It is closed at once when the token is another server's.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let mut dice = Dice::new(setup.seed);
        let renewal = setup.token.renewal(dice.roll());
        let came = setup.token.received();
        let belongs = belongs(&setup.token, &setup.server_uuid);
        let mut session = Self {
            server_uuid: setup.server_uuid,
            failures: setup.failures,
            dice,
            phase: Phase::Connecting,
            auth: Auth::Idle,
            token: setup.token,
            next: None,
            renewal,
            muted: false,
            fruitless: 0,
            last_refresh: None,
            live_since: None,
            buckets: Buckets::new(),
            queue: VecDeque::new(),
            ping_at: Duration::MAX,
            pong_by: None,
            moved: false,
            deleted: false,
            advice: None,
            outputs: Vec::new(),
        };
        if !belongs {
            session.close(came, Why::WrongServer, None);
            session.outputs.clear();
        }
        session
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        match &self.phase {
            Phase::Connecting => State::Connecting,
            Phase::Authenticating => State::Authenticating,
            Phase::Live if self.auth == Auth::Idle && !self.muted => State::Live,
            Phase::Live => State::Refreshing,
            Phase::Closed(why) => State::Closed(why.clone()),
        }
    }

    /// What to do next, once it is over.
    #[must_use]
    pub const fn advice(&self) -> Option<&Advice> {
        self.advice.as_ref()
    }

    /// The token to open the next connection with when the advice says so.
    #[must_use]
    pub const fn token(&self) -> &Token {
        &self.token
    }

    /// Attempts in a row that led to nothing, as of `now`; for the next session's [`Setup`].
    #[must_use]
    pub fn failures(&self, now: Duration) -> u32 {
        let proven = self
            .live_since
            .is_some_and(|since| now.saturating_sub(since) >= PROVEN);
        if proven {
            0
        } else {
            self.failures.saturating_add(1)
        }
    }

    /// Takes in what happened at `now` and says what to do, in order.
    pub fn handle(&mut self, now: Duration, input: Input) -> Vec<Output> {
        self.pass(now);
        if matches!(self.phase, Phase::Closed(_)) {
            if let Input::Ask(ask) = input {
                self.not_sent(ask, NotSent::NotLive);
            }
        } else {
            self.take(now, input);
            self.pass(now);
        }
        std::mem::take(&mut self.outputs)
    }

    /// When to come back with [`Input::Time`] at the latest; `None` when there is nothing to wait for.
    #[must_use]
    pub fn wake(&self) -> Option<Duration> {
        if matches!(self.phase, Phase::Closed(_) | Phase::Connecting) {
            return None;
        }
        let mut wakes = vec![self.ping_at];
        wakes.extend(self.pong_by);
        wakes.extend(self.auth_wake());
        if self.phase == Phase::Live {
            if self.auth == Auth::Idle {
                wakes.push(self.renewal);
            }
            if !self.muted {
                wakes.push(self.token.ends());
            }
            wakes.extend(self.queue.front().map(|(since, _)| *since + PATIENCE));
            if !self.muted {
                let ready = |(_, ask): &(Duration, Ask)| self.buckets.ready(Kind::of(ask));
                wakes.extend(self.queue.iter().map(ready).min());
            }
        }
        wakes.into_iter().min()
    }

    fn take(&mut self, now: Duration, input: Input) {
        match input {
            Input::Connected => self.connected(now),
            Input::Refused(error) => self.close(now, Why::Handshake(error), None),
            Input::Text(text) => {
                self.pong_by = None;
                if let Ok(event) = decode(&text) {
                    self.told(now, event);
                }
            }
            Input::Noise | Input::Pong => self.pong_by = None,
            Input::Closed { code, reason } => {
                let why = self.closed(code, &reason);
                self.close(now, why, None);
            }
            Input::Dropped => {
                let why = self.closed(1006, "");
                self.close(now, why, None);
            }
            Input::Token(token) => self.token_came(now, token),
            Input::NoToken(refusal) => self.token_refused(now, refusal),
            Input::Ask(ask) => self.ask(now, ask),
            Input::Leave => self.close(now, Why::Left, Some(1000)),
            Input::Time => {}
        }
    }

    fn connected(&mut self, now: Duration) {
        if self.phase == Phase::Connecting {
            self.phase = Phase::Authenticating;
            self.auth = Auth::Due { again: true };
            self.ping_at = now + PING_EVERY;
        }
    }

    /// What an end by the node means.
    fn closed(&self, code: u16, reason: &str) -> Why {
        match code {
            _ if self.deleted => Why::Deleted,
            1001 if reason.contains("deleted") => Why::Deleted,
            4409 | 4400 => Why::Blocked { code },
            _ if self.moved => Why::Moved,
            1000 if reason.contains("revoked") => Why::Revoked,
            1006 => Why::Dropped,
            1009 => Why::FrameTooBig,
            code => Why::ClosedByNode { code },
        }
    }

    /// Takes in what the node tells.
    fn told(&mut self, now: Duration, event: Event) {
        if self.phase == Phase::Connecting {
            return;
        }
        let mut worth_telling = true;
        let before = self.outputs.len();
        match &event {
            Event::AuthSuccess => self.accepted(now),
            Event::JwtError(error) => worth_telling = self.jwt_error(now, error.clone()),
            Event::DaemonError(detail) if self.phase == Phase::Authenticating => {
                self.login_failed(now, detail.clone());
            }
            Event::TokenExpiring => self.refresh(now),
            Event::TokenExpired => {
                self.mute();
                self.refresh(now);
            }
            Event::Throttled(what) => self.throttled(now, what),
            Event::Deleted => self.deleted = true,
            Event::TransferStatus(TransferStatus::Completed) => self.moved = true,
            Event::Status(_)
            | Event::Stats(_)
            | Event::Console(_)
            | Event::DaemonMessage(_)
            | Event::DaemonError(_)
            | Event::InstallStarted
            | Event::InstallOutput(_)
            | Event::InstallCompleted
            | Event::BackupCompleted(_)
            | Event::BackupRestoreCompleted
            | Event::TransferLogs(_)
            | Event::TransferStatus(_)
            | Event::Unknown(_) => self.healthy(),
        }
        if worth_telling {
            // First what was heard, then what follows from it.
            self.outputs
                .insert(before, Output::Tell(Notice::Event(event)));
        }
    }

    fn ask(&mut self, now: Duration, ask: Ask) {
        if self.phase != Phase::Live {
            self.not_sent(ask, NotSent::NotLive);
        } else if ask.encode().len() > FRAME_LIMIT {
            self.not_sent(ask, NotSent::TooLong);
        } else if self.queue.len() >= QUEUE {
            self.not_sent(ask, NotSent::TooMany);
        } else {
            self.queue.push_back((now, ask));
        }
    }

    /// Does everything whose time has come.
    fn pass(&mut self, now: Duration) {
        if matches!(self.phase, Phase::Closed(_) | Phase::Connecting) {
            return;
        }
        if self.pong_by.is_some_and(|by| by <= now) {
            return self.close(now, Why::Silent, Some(1000));
        }
        if self.ping_at <= now {
            self.outputs.push(Output::Ping);
            self.pong_by.get_or_insert(now + PONG_WITHIN);
            self.ping_at = now + PING_EVERY;
        }
        if self.phase == Phase::Live {
            if self.token.ends() <= now {
                self.mute();
            }
            if self.auth == Auth::Idle && self.renewal <= now {
                self.refresh(now);
            }
        }
        self.pass_auth(now);
        if self.phase == Phase::Live {
            self.drain(now);
        }
    }

    /// Sends what waits, as far as the node takes it.
    fn drain(&mut self, now: Duration) {
        while self
            .queue
            .front()
            .is_some_and(|(since, _)| *since + PATIENCE <= now)
        {
            if let Some((_, ask)) = self.queue.pop_front() {
                self.not_sent(ask, NotSent::Late);
            }
        }
        if self.muted {
            return;
        }
        let mut at = 0;
        let mut held: Vec<Kind> = Vec::new();
        while let Some((_, ask)) = self.queue.get(at) {
            let kind = Kind::of(ask);
            // What was wanted first is sent first, among its own kind.
            if held.contains(&kind) || self.buckets.ready(kind) > now {
                held.push(kind);
                at += 1;
            } else if let Some((_, ask)) = self.queue.remove(at) {
                self.buckets.take(kind, now);
                let (event, text) = (ask.event(), ask.encode());
                self.outputs.push(Output::Send(Outgoing { event, text }));
            }
        }
    }

    fn close(&mut self, now: Duration, why: Why, code: Option<u16>) {
        let circumstances = Circumstances {
            failures: self.failures(now),
            token_good: !self.muted && self.token.is_worth_reusing(now),
            chance: self.dice.roll(),
        };
        let advice = why.advice(circumstances);
        self.advice = Some(advice.clone());
        self.outputs.extend(code.map(Output::Close));
        while let Some((_, ask)) = self.queue.pop_front() {
            self.not_sent(ask, NotSent::NotLive);
        }
        self.phase = Phase::Closed(why.clone());
        self.outputs
            .push(Output::Tell(Notice::Closed { why, advice }));
    }

    fn not_sent(&mut self, ask: Ask, why: NotSent) {
        let notice = Notice::NotSent { ask, why };
        self.outputs.push(Output::Tell(notice));
    }
}

fn belongs(token: &Token, server_uuid: &str) -> bool {
    let named = token.claims().server_uuid.as_deref();
    server_uuid.is_empty() || named.is_none_or(|uuid| uuid.eq_ignore_ascii_case(server_uuid))
}

#[cfg(test)]
mod tests;
