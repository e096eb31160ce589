//! Live sockets as the model node keeps them, and the driver's part of them (API reference, 7).
//!
//! Decides nothing about when to open or close: that is the watch's business.

use super::{
    server::Measured,
    shut::{Shut, advise},
    world::{Due, World},
};
use crate::event::{Event, LiveNews};
use pterodactyl_client::{
    Unreachable,
    live::{Crash, CrashLine, HandshakeError, NotRestarted, TokenRefusal, Why},
};
use std::time::Duration;

/// How long a token lives.
pub(super) const TOKEN_LIFE: Duration = Duration::from_secs(600);
/// A connection that lived so long ends a row of failures.
const PROVEN: Duration = Duration::from_secs(30);

/// How far a socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The node has not let us in yet.
    Dialing,
    /// The node tells everything.
    Live,
    /// Nothing comes any more, which our side may not know yet.
    Dead,
}

/// One socket.
#[derive(Debug)]
pub(super) struct Socket {
    pub(super) serial: u64,
    pub(super) stage: Stage,
    pub(super) opened_at: Duration,
    /// When the token ends that the node goes by.
    token_ends: Duration,
    /// How long a frame takes.
    lag: Duration,
    wants_token: bool,
}

impl Socket {
    pub(super) fn tells(&self) -> bool {
        self.stage == Stage::Live
    }
}

/// What reaches our side of a socket, or is due there.
#[derive(Debug)]
pub(super) enum Line {
    Dialed,
    Told(Box<LiveNews>, Option<Box<Measured>>),
    /// The next statistics.
    Tick,
    /// The session wants a newer token.
    Renews,
    TokenEnds(Duration),
    Over(Box<Why>),
}

impl World {
    fn line(&mut self, server: usize, serial: u64, after: Duration, line: Line) {
        let due = Due::Line {
            server,
            serial,
            line,
        };
        self.queue.put(self.at + after, due);
    }

    /// The watch says: open it, with the token at hand.
    pub(super) fn open_socket(&mut self, server: usize) {
        if self.servers[server].live.socket.is_some() {
            return self.fail(server, "a second socket is opened");
        }
        let Some(token_ends) = self.servers[server].live.token else {
            return self.fail(server, "a socket is opened without a token");
        };
        self.serials += 1;
        let serial = self.serials;
        self.tell(server, || "a socket is dialled".to_owned());
        let socket = Socket {
            serial,
            stage: Stage::Dialing,
            opened_at: self.at,
            token_ends,
            lag: self.dice.millis(2, 300),
            wants_token: false,
        };
        self.servers[server].live.socket = Some(socket);
        let takes = if self.shut(server) == Some(Shut::Mute) {
            Duration::from_secs(10)
        } else {
            self.dice.millis(20, 400)
        };
        self.line(server, serial, takes, Line::Dialed);
    }

    fn shut(&self, server: usize) -> Option<Shut> {
        self.nodes[self.servers[server].node].shut
    }

    /// The watch says: close it. The node knows at once, we hear of it a moment later.
    pub(super) fn close_socket(&mut self, server: usize) {
        if let Some(socket) = &self.servers[server].live.socket {
            let serial = socket.serial;
            self.tell(server, || "its socket is left".to_owned());
            self.die(server);
            let over = Line::Over(Box::new(Why::Left));
            self.line(server, serial, Duration::from_millis(5), over);
        }
    }

    fn die(&mut self, server: usize) {
        let at = self.at;
        let live = &mut self.servers[server].live;
        if let Some(socket) = &mut live.socket {
            socket.stage = Stage::Dead;
            live.silent_since = at;
        }
    }

    /// A socket breaks; our side knows after a while.
    pub(super) fn break_socket(&mut self, server: usize, why: Why, known_after: Duration) {
        let Some(socket) = &self.servers[server].live.socket else {
            return;
        };
        let serial = socket.serial;
        self.die(server);
        if known_after > Duration::from_secs(1) {
            let calm = &mut self.servers[server].calm;
            calm.ripple(self.at + known_after, Duration::from_secs(60));
        }
        self.line(server, serial, known_after, Line::Over(Box::new(why)));
    }

    /// Something of a socket is due.
    pub(super) fn on_line(&mut self, server: usize, serial: u64, line: Line) {
        let current = self.servers[server].live.socket.as_ref();
        let Some(stage) = current.filter(|s| s.serial == serial).map(|s| s.stage) else {
            return;
        };
        match line {
            Line::Over(why) => self.over(server, *why),
            Line::Dialed if stage == Stage::Dialing => self.dialed(server, serial),
            Line::Told(news, measured) if stage == Stage::Live => {
                self.deliver(server, *news, measured.map(|measured| *measured));
            }
            Line::Tick if stage == Stage::Live => self.tick(server, serial),
            Line::Renews if stage == Stage::Live => self.renew(server),
            Line::TokenEnds(which) if stage == Stage::Live => self.token_ended(server, which),
            Line::Dialed | Line::Told(..) | Line::Tick | Line::Renews | Line::TokenEnds(_) => {}
        }
    }

    fn dialed(&mut self, server: usize, serial: u64) {
        let known = &self.servers[server];
        let node = &self.nodes[known.node];
        let token_ended = known.live.token.is_none_or(|ends| ends <= self.at);
        let blocked = known.block(false);
        let why = if self.offline > 0 {
            Some(HandshakeError::Unreachable(Unreachable::Failed).into())
        } else if node.down > 0 {
            Some(HandshakeError::Unreachable(Unreachable::TimedOut).into())
        } else if let Some(shut) = node.shut {
            Some(shut.why())
        } else if known.gone.is_some() {
            Some(HandshakeError::UnknownServer.into())
        } else if token_ended {
            let detail = "jwt: exp claim is invalid".to_owned();
            Some(Why::LoginFailed { detail })
        } else if matches!(
            blocked,
            Some(crate::Condition::Suspended | crate::Condition::Restoring)
        ) {
            Some(Why::Blocked { code: 4409 })
        } else {
            None
        };
        match why {
            Some(why) => self.over(server, why),
            None => self.let_in(server, serial),
        }
    }

    fn let_in(&mut self, server: usize, serial: u64) {
        let at = self.at;
        let live = &mut self.servers[server].live;
        let Some(socket) = &mut live.socket else {
            return;
        };
        socket.stage = Stage::Live;
        socket.opened_at = at;
        let ends = socket.token_ends;
        self.token_times(server, serial, ends);
        self.tell(server, || "its node lets us in".to_owned());
        self.deliver(server, LiveNews::Opened, None);
        let measured = self.measure(server);
        let state = LiveNews::State(measured.resources.state.clone());
        self.deliver(server, state, Some(measured));
        self.line(server, serial, Duration::from_millis(900), Line::Tick);
    }

    fn token_times(&mut self, server: usize, serial: u64, ends: Duration) {
        let left = ends.saturating_sub(self.at);
        let renew = left.saturating_sub(self.dice.seconds(120, 180));
        self.line(server, serial, renew, Line::Renews);
        self.line(server, serial, left, Line::TokenEnds(ends));
    }

    /// Statistics come about once a second; in most evenings the ones between are left out.
    fn tick(&mut self, server: usize, serial: u64) {
        let measured = self.measure(server);
        if measured.power.is_up() {
            let stats = LiveNews::Stats(measured.resources.clone());
            self.broadcast(server, stats, Some(measured));
        }
        self.line(server, serial, self.evening.stats_every, Line::Tick);
    }

    fn renew(&mut self, server: usize) {
        if let Some(socket) = &mut self.servers[server].live.socket {
            socket.wants_token = true;
        }
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        self.watch(panel, |watch| watch.needs_token(now, &uuid));
    }

    /// A token came or did not come. An open socket takes it.
    pub(super) fn token_came(&mut self, server: usize, came: Result<(), TokenRefusal>) {
        let at = self.at;
        let live = &mut self.servers[server].live;
        if came.is_ok() {
            live.token = Some(at + TOKEN_LIFE);
        }
        let open = live.socket.as_mut().map(|socket| {
            let wanted = std::mem::take(&mut socket.wants_token);
            if came.is_ok() {
                socket.token_ends = at + TOKEN_LIFE;
            }
            (socket.serial, wanted)
        });
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        self.watch(panel, |watch| watch.token_done(now, &uuid, came));
        match (open, came) {
            (Some((serial, _)), Ok(())) => self.token_times(server, serial, at + TOKEN_LIFE),
            (Some((serial, true)), Err(TokenRefusal::Later(wait))) => {
                let again = wait.unwrap_or_default().max(self.dice.seconds(10, 20));
                self.line(server, serial, again, Line::Renews);
            }
            (Some((_, true)), Err(TokenRefusal::Never)) => {
                self.over(server, Why::NoToken(TokenRefusal::Never));
            }
            (None, Err(refusal)) => {
                let why = Why::NoToken(refusal);
                self.deliver(server, LiveNews::Closed { why, brief: false }, None);
            }
            (Some((_, false)), Err(_)) | (None, Ok(())) => {}
        }
    }

    fn token_ended(&mut self, server: usize, which: Duration) {
        let socket = self.servers[server].live.socket.as_ref();
        if socket.is_some_and(|socket| socket.token_ends == which) {
            self.over(server, Why::NoToken(TokenRefusal::Later(None)));
        }
    }

    /// A socket is over: the watch learns what to do next, the store why.
    fn over(&mut self, server: usize, why: Why) {
        let at = self.at;
        let live = &mut self.servers[server].live;
        let Some(socket) = live.socket.take() else {
            return;
        };
        live.silent_since = at;
        let lived = socket.stage != Stage::Dialing && at >= socket.opened_at + PROVEN;
        live.failures = if lived || why == Why::Left {
            0
        } else {
            live.failures + 1
        };
        let token_good = live
            .token
            .is_some_and(|ends| ends > at + Duration::from_secs(60));
        let failures = live.failures;
        let advice = advise(&why, failures, token_good, &mut self.dice);
        self.tell(server, || format!("its socket is over: {why}"));
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        self.watch(panel, |watch| watch.closed(now, &uuid, &advice));
        let brief = !advice.poll;
        self.deliver(server, LiveNews::Closed { why, brief }, None);
    }

    /// The node tells a change of power to whoever listens.
    pub(super) fn announce(&mut self, server: usize) {
        let measured = self.measure(server);
        let state = LiveNews::State(measured.resources.state.clone());
        self.broadcast(server, state, Some(measured));
    }

    /// The node tells of a crash, after the state.
    pub(super) fn announce_crash(&mut self, server: usize, restarts: bool) {
        let crash = Crash {
            exit_code: Some(137),
            out_of_memory: Some(true),
        };
        let told = LiveNews::Crash(CrashLine::Crashed(crash));
        self.broadcast(server, told, None);
        if !restarts {
            let left = LiveNews::Crash(CrashLine::NotRestarted(NotRestarted::TooSoon));
            self.broadcast(server, left, None);
        }
    }

    pub(super) fn broadcast(&mut self, server: usize, news: LiveNews, measured: Option<Measured>) {
        let socket = self.servers[server].live.socket.as_ref();
        let Some((serial, lag)) = socket.filter(|s| s.tells()).map(|s| (s.serial, s.lag)) else {
            return;
        };
        let told = Line::Told(Box::new(news), measured.map(Box::new));
        self.line(server, serial, lag, told);
    }

    /// Something a socket told reaches the store.
    fn deliver(&mut self, server: usize, news: LiveNews, measured: Option<Measured>) {
        if let Some(measured) = measured {
            self.believe(server, measured);
        }
        if matches!(news, LiveNews::State(_) | LiveNews::Stats(_)) {
            let (panel, uuid) = self.address(server);
            self.watch(panel, |watch| watch.tells(&uuid));
        }
        let event = Event::Live {
            server: self.servers[server].id.clone(),
            news,
        };
        self.apply(event);
    }
}
