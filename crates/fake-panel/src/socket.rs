//! One websocket as its node sees it: who it is, what it may hear, what waits to be sent. Never touches the network.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::bucket::Buckets;
use crate::frames;
use crate::life::Moment;
use crate::node::Manners;
use crate::token::Grant;

/// What the network side has to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Out {
    Text(String),
    Ping,
    Close(u16, Cow<'static, str>),
    /// End the connection without a word (1006).
    Drop,
}

#[derive(Clone)]
pub(crate) struct Socket {
    pub(crate) id: u64,
    /// UUID of the server in its path.
    pub(crate) server: String,
    pub(crate) manners: Manners,
    /// The latest token that was taken.
    pub(crate) grant: Option<Grant>,
    /// Has authenticated once, so events go to it.
    pub(crate) listens: bool,
    /// Tokens being worked on, and until when.
    pub(crate) auths: VecDeque<(Moment, String)>,
    /// The next look at the token.
    pub(crate) check: Moment,
    pub(crate) ping: Option<Moment>,
    /// Must have authenticated by then.
    pub(crate) deadline: Option<Moment>,
    pub(crate) buckets: Buckets,
    pub(crate) out: VecDeque<Out>,
    /// Closed or dropped; nothing comes any more.
    pub(crate) ended: bool,
    /// `token expired` has been said (wings-rs).
    pub(crate) said_expired: bool,
    /// Its line is dead for now: nothing goes out and nothing comes in.
    pub(crate) frozen: bool,
    /// Rung when there is something for the network side to do.
    pub(crate) bell: Arc<Notify>,
}

/// Frames that a dead line holds before it breaks.
const HELD: usize = 1_000;

impl Socket {
    /// When something happens here by itself.
    pub(crate) fn due(&self) -> Option<Moment> {
        if self.ended {
            return None;
        }
        let auth = self.auths.front().map(|(at, _)| *at);
        let all = [Some(self.check), auth, self.ping, self.deadline];
        all.into_iter().flatten().min()
    }

    /// Sends an event, whatever the token says.
    pub(crate) fn send(&mut self, name: &str, args: &[&str]) {
        if self.ended {
            return;
        }
        let text = if self.manners.is_rs() {
            frames::plain_event(name, args)
        } else {
            frames::event(name, args)
        };
        self.out.push_back(Out::Text(text));
    }

    /// Closes it with a code and a reason.
    pub(crate) fn close(&mut self, code: u16, reason: impl Into<Cow<'static, str>>) {
        self.end(Out::Close(code, reason.into()));
    }

    /// The line dies, or comes back to life.
    pub(crate) fn freeze(&mut self, frozen: bool) {
        if self.frozen != frozen {
            self.frozen = frozen;
            self.bell.notify_one();
        }
        if frozen && self.out.len() > HELD {
            self.out.clear();
            self.end(Out::Drop);
        }
    }

    /// Tells the network side when something waits for it.
    pub(crate) fn ring(&self) {
        if !self.out.is_empty() && !self.frozen {
            self.bell.notify_one();
        }
    }

    pub(crate) fn end(&mut self, with: Out) {
        if !self.ended {
            self.out.push_back(with);
            self.ended = true;
        }
    }
}

/// Permission needed to hear of an event (REFERENCE 7.5).
pub(crate) fn permission_to_hear(event: &str) -> Option<&'static str> {
    match event {
        "install output" => Some("admin.websocket.install"),
        "transfer logs" => Some("admin.websocket.transfer"),
        event if event.starts_with("backup completed") => Some("backup.read"),
        _ => None,
    }
}
