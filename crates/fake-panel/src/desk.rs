//! What the tasks of a running panel share: the world, the log of requests, and the only clock that is read.
//! Never answers a request.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::call::Call;
use crate::socket::Out;
use crate::world::World;

const REQUEST_LOG: usize = 10_000;

/// One request that arrived. Holds no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Since the world began.
    pub at: Duration,
    pub method: String,
    /// As sent, with its query.
    pub path: String,
    pub user_agent: Option<String>,
    pub call: Call,
    /// UUID of the server it is about, if there is such a server.
    pub server: Option<String>,
    /// `None` where there is no answer (`Fault::Reset`, `Fault::NeverAnswer`).
    pub status: Option<u16>,
}

pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) requests: VecDeque<Request>,
    /// By kind of call and the UUID of the server it was about.
    pub(crate) counted: HashMap<(Call, Option<String>), u64>,
    /// Added to the real time passed.
    pub(crate) skipped: Duration,
}

impl Desk {
    /// Writes a request into the log and counts it.
    pub(crate) fn log(&mut self, request: Request) {
        let what = (request.call, request.server.clone());
        *self.counted.entry(what).or_default() += 1;
        if self.requests.len() == REQUEST_LOG {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }
}

pub(crate) struct Shared {
    pub(crate) desk: Mutex<Desk>,
    pub(crate) started: Instant,
    /// `Rules::clock` at the start.
    pub(crate) clock: f64,
    /// How often the world has been changed from outside.
    pub(crate) changed: watch::Sender<u64>,
    pub(crate) stopping: watch::Receiver<bool>,
    pub(crate) in_flight: AtomicUsize,
    pub(crate) most_in_flight: AtomicUsize,
}

impl Shared {
    /// The desk, with the world brought up to the present.
    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let since_beginning = self.started.elapsed().mul_f64(self.clock) + desk.skipped;
        desk.world.advance(since_beginning);
        desk.world.ring();
        desk
    }

    /// Changes or asks the world, and wakes the sockets for what comes of it.
    pub(crate) fn change<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        let mut desk = self.desk();
        let answer = look(&mut desk.world);
        desk.world.catch_up();
        desk.world.ring();
        drop(desk);
        self.changed
            .send_modify(|count| *count = count.wrapping_add(1));
        answer
    }

    /// What a socket has to send now, and whether its line is dead.
    pub(crate) fn for_socket(&self, id: u64) -> Option<(Vec<Out>, bool)> {
        self.desk().world.outgoing(id)
    }

    /// How long until something happens in there by itself that a socket would notice.
    pub(crate) fn next_in(&self) -> Duration {
        const LONGEST: Duration = Duration::from_secs(3_600);
        let wait = self.desk().world.next_in().unwrap_or(LONGEST);
        self.outside(wait.min(LONGEST))
    }

    /// How long a stretch of the world's time takes outside.
    pub(crate) fn outside(&self, time: Duration) -> Duration {
        time.div_f64(self.clock)
    }

    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error means the panel is gone, which is the same.
        let _ = stopping.wait_for(|stop| *stop).await;
    }
}
