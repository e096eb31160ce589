//! How a session authenticates, first and again. It must never ask the panel in a hurry: the panel grants five tokens a
//! minute and server, to all users together.

use std::time::Duration;

use super::{
    Ask, JwtError, Kind, Notice, Outgoing, Output, Phase, Session, Token, TokenRefusal, Why,
    belongs, encode,
};

/// How long a node may take to accept a token.
const LOGIN_WITHIN: Duration = Duration::from_secs(10);
/// How long after a dropped `auth` it is sent once more.
const THROTTLED_FOR: Duration = Duration::from_secs(5);
/// How long the panel may take to give a token, the caller's own time-outs included.
const TOKEN_WITHIN: Duration = Duration::from_secs(40);
/// The least time between two refreshes.
const GUARD: Duration = Duration::from_secs(10);
/// After so many tokens that changed nothing the session gives up.
const FRUITLESS: u32 = 3;
/// The longest wait the panel can impose on a refresh.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// What is under way about the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Auth {
    /// Nothing.
    Idle,
    /// The panel was asked.
    Awaiting { by: Duration },
    /// The panel will be asked.
    Later { at: Duration },
    /// `auth` goes out as soon as the buckets allow; `again` if it may be repeated once after being dropped.
    Due { again: bool },
    /// `auth` was sent.
    Sent { by: Duration, again: bool },
    /// `auth` was dropped and is sent once more.
    Repeat { at: Duration },
}

impl Session {
    pub(super) fn auth_wake(&self) -> Option<Duration> {
        match self.auth {
            Auth::Idle => None,
            Auth::Awaiting { by } | Auth::Sent { by, .. } => Some(by),
            Auth::Later { at } => Some(at),
            Auth::Due { .. } => Some(self.buckets.ready(Kind::Auth)),
            Auth::Repeat { at } => Some(at.max(self.buckets.ready(Kind::Auth))),
        }
    }

    /// Does what is due about the token.
    pub(super) fn pass_auth(&mut self, now: Duration) {
        let over = matches!(self.phase, Phase::Closed(_));
        if over || self.auth_wake().is_none_or(|at| at > now) {
            return;
        }
        match self.auth {
            Auth::Idle => {}
            Auth::Awaiting { .. } => self.token_refused(now, TokenRefusal::Later(None)),
            Auth::Later { .. } => self.ask_panel(now),
            Auth::Due { again } => self.send_auth(now, again),
            Auth::Repeat { .. } => self.send_auth(now, false),
            Auth::Sent { .. } if self.phase == Phase::Authenticating => {
                self.close(now, Why::LoginSilent, Some(1000));
            }
            Auth::Sent { .. } => self.refresh_failed(now, None),
        }
    }

    fn send_auth(&mut self, now: Duration, again: bool) {
        let token = self.next.as_ref().unwrap_or(&self.token);
        let outgoing = Outgoing {
            event: "auth",
            text: encode("auth", &[token.secret()]),
        };
        self.outputs.push(Output::Send(outgoing));
        self.buckets.take(Kind::Auth, now);
        let by = now + LOGIN_WITHIN;
        self.auth = Auth::Sent { by, again };
    }

    fn ask_panel(&mut self, now: Duration) {
        self.last_refresh = Some(now);
        let by = now + TOKEN_WITHIN;
        self.auth = Auth::Awaiting { by };
        self.outputs.push(Output::Tell(Notice::NeedToken));
    }

    /// Begins to replace the token, unless that is under way or has only just been done.
    pub(super) fn refresh(&mut self, now: Duration) {
        if self.phase != Phase::Live || self.auth != Auth::Idle {
            return;
        }
        match self.last_refresh.map(|last| last + GUARD) {
            Some(at) if at > now => self.refresh_failed(now, Some(at)),
            Some(_) | None => self.ask_panel(now),
        }
    }

    /// A refresh led to nothing; the next one comes at `at`, or after a growing wait.
    fn refresh_failed(&mut self, now: Duration, at: Option<Duration>) {
        self.fruitless += 1;
        self.next = None;
        if self.fruitless >= FRUITLESS {
            return self.close(now, Why::TokensUseless, Some(1000));
        }
        let wait = GUARD.mul_f64(f64::from(self.fruitless) + self.dice.roll());
        let at = at.unwrap_or(now + wait);
        self.auth = Auth::Later { at };
    }

    pub(super) fn token_came(&mut self, now: Duration, token: Token) {
        if !belongs(&token, &self.server_uuid) {
            return self.close(now, Why::WrongServer, Some(1000));
        }
        if self.phase == Phase::Connecting {
            self.renewal = token.renewal(self.dice.roll());
            self.token = token;
        } else {
            self.last_refresh = Some(now);
            self.next = Some(token);
            self.auth = Auth::Due { again: true };
        }
    }

    pub(super) fn token_refused(&mut self, now: Duration, refusal: TokenRefusal) {
        if !matches!(self.auth, Auth::Awaiting { .. }) {
            return;
        }
        self.fruitless += 1;
        // While the old token lasts there is time; without one the connection is worth nothing.
        let hopeless = self.muted || self.phase == Phase::Authenticating;
        let TokenRefusal::Later(wait) = refusal else {
            return self.close(now, Why::NoToken(refusal), Some(1000));
        };
        if hopeless && self.fruitless >= FRUITLESS {
            return self.close(now, Why::NoToken(refusal), Some(1000));
        }
        let least = GUARD.mul_f64(1.0 + self.dice.roll());
        let wait = wait.unwrap_or_default().clamp(least, LONGEST_WAIT);
        self.auth = Auth::Later { at: now + wait };
    }

    /// The node said `auth success`.
    pub(super) fn accepted(&mut self, now: Duration) {
        if !matches!(self.auth, Auth::Sent { .. } | Auth::Repeat { .. }) {
            return;
        }
        if let Some(token) = self.next.take() {
            self.renewal = token.renewal(self.dice.roll());
            self.token = token;
        }
        if self.phase == Phase::Authenticating {
            self.phase = Phase::Live;
            self.live_since = Some(now);
        } else if self.muted {
            // No state follows a second `auth`, and what happened meanwhile was swallowed.
            self.queue.push_front((now, Ask::Stats));
        }
        self.muted = false;
        self.auth = Auth::Idle;
    }

    /// Something came that only comes with a token the node likes.
    pub(super) fn healthy(&mut self) {
        if self.auth == Auth::Idle && self.phase == Phase::Live {
            self.fruitless = 0;
        }
    }

    pub(super) fn mute(&mut self) {
        if self.phase == Phase::Live {
            self.muted = true;
        }
    }

    /// The node said `throttled`.
    pub(super) fn throttled(&mut self, now: Duration, what: &str) {
        let Auth::Sent { again, .. } = self.auth else {
            return;
        };
        if what != "auth" && what != "global" {
            return;
        }
        if again {
            self.auth = Auth::Repeat {
                at: now + THROTTLED_FOR,
            };
        } else if self.phase == Phase::Authenticating {
            self.close(now, Why::LoginThrottled, Some(1000));
        } else {
            self.refresh_failed(now, None);
        }
    }

    /// The node has something against the token. True when it is worth telling: the first of its kind.
    pub(super) fn jwt_error(&mut self, now: Duration, error: JwtError) -> bool {
        match error {
            JwtError::MissingConnect => self.close(now, Why::MissingConnect, Some(1000)),
            JwtError::ServerMismatch => self.close(now, Why::WrongServer, Some(1000)),
            JwtError::Expired | JwtError::Denylisted => return self.outdated(now),
            JwtError::NotPresent => self.login_failed(now, "it saw no token".to_owned()),
            JwtError::Other(detail) => self.login_failed(now, detail),
        }
        true
    }

    /// The node answered the first `auth` with an error. Later ones leave the old token in force.
    pub(super) fn login_failed(&mut self, now: Duration, detail: String) {
        if self.phase == Phase::Authenticating {
            self.close(now, Why::LoginFailed { detail }, Some(1000));
        }
    }

    /// A token that only a new one can replace.
    fn outdated(&mut self, now: Duration) -> bool {
        if self.phase == Phase::Live {
            let first = !self.muted;
            self.mute();
            self.refresh(now);
            return first;
        }
        if !matches!(self.auth, Auth::Sent { .. } | Auth::Repeat { .. }) {
            return false;
        }
        self.fruitless += 1;
        if self.fruitless > 1 {
            self.close(now, Why::TokensUseless, Some(1000));
        } else {
            self.ask_panel(now);
        }
        true
    }
}
