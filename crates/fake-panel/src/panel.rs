//! The panel as a running HTTP server on loopback. The only place that reads a clock; judges no request itself.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::answer::{Answer, Reply};
use crate::ask::{Ask, pairs};
use crate::face;
use crate::line::{Lines, Peer};
use crate::world::{PowerRequest, World};

const REQUEST_LOG: usize = 10_000;
const LARGEST_BODY: usize = 1024 * 1024;

/// One request that arrived. Holds no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Since the world began.
    pub at: Duration,
    pub method: String,
    /// As sent, with its query.
    pub path: String,
    pub user_agent: Option<String>,
    /// `None` where there is no answer (`Fault::Reset`, `Fault::NeverAnswer`).
    pub status: Option<u16>,
}

struct Desk {
    world: World,
    requests: VecDeque<Request>,
    /// Added to the real time passed.
    skipped: Duration,
}

struct Shared {
    desk: Mutex<Desk>,
    started: Instant,
    stopping: watch::Receiver<bool>,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
}

impl Shared {
    /// The desk, with the world brought up to the present.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let since_beginning = self.started.elapsed() + desk.skipped;
        desk.world.advance(since_beginning);
        desk
    }
}

/// A panel serving on 127.0.0.1. It stops when dropped, cutting requests still waiting for an answer.
pub struct FakePanel {
    shared: Arc<Shared>,
    address: SocketAddr,
    accepted: Arc<AtomicU64>,
    stop: watch::Sender<bool>,
    serving: Option<JoinHandle<()>>,
}

impl FakePanel {
    /// Serves `world` on a free port, inside the present tokio runtime.
    ///
    /// # Errors
    /// When no port can be listened on.
    pub async fn start(world: World) -> io::Result<Self> {
        Self::start_on(world, 0).await
    }

    /// Serves `world` on this port, for a panel that comes back where it was.
    ///
    /// # Errors
    /// When the port cannot be listened on.
    pub async fn start_on(mut world: World, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let accepted = Arc::new(AtomicU64::new(0));
        let (stop, stopping) = watch::channel(false);
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        world.unix_at_beginning = now.saturating_sub(world.now()).as_secs();
        let shared = Arc::new(Shared {
            desk: Mutex::new(Desk {
                skipped: world.now(),
                world,
                requests: VecDeque::new(),
            }),
            started: Instant::now(),
            stopping: stopping.clone(),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
        });
        let lines = Lines {
            listener,
            accepted: Arc::clone(&accepted),
        };
        let routes = Router::new()
            .fallback(serve)
            .with_state(Arc::clone(&shared))
            .into_make_service_with_connect_info::<Peer>();
        let serving = tokio::spawn(async move {
            let ended = axum::serve(lines, routes).with_graceful_shutdown(stopped(stopping));
            // Accepting never fails for good, so there is nothing to report.
            let _ = ended.await;
        });
        Ok(Self {
            shared,
            address,
            accepted,
            stop,
            serving: Some(serving),
        })
    }

    /// Where the panel is: `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Changes or asks the world, at its present time.
    pub fn with<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        look(&mut self.shared.desk().world)
    }

    /// Lets this much time pass at once: caches age, servers boot, limits start anew.
    pub fn skip(&self, time: Duration) {
        self.shared.desk().skipped += time;
    }

    /// The latest requests, oldest first; at most 10,000.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared.desk().requests.iter().cloned().collect()
    }

    /// Empties the log of requests, for counting from here on.
    pub fn forget_requests(&self) {
        self.shared.desk().requests.clear();
        self.shared.most_in_flight.store(0, Ordering::Relaxed);
    }

    /// The latest power signals that the panel took, oldest first; at most 1,000.
    #[must_use]
    pub fn power_requests(&self) -> Vec<PowerRequest> {
        self.with(|world| world.power.iter().cloned().collect())
    }

    /// TCP connections accepted so far.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    /// The most requests that ever waited for an answer at the same time.
    #[must_use]
    pub fn most_in_flight(&self) -> usize {
        self.shared.most_in_flight.load(Ordering::Relaxed)
    }

    /// Stops listening and cuts what still waits for an answer; the world can still be asked.
    pub fn stop_serving(&self) {
        self.stop.send_replace(true);
    }

    /// Stops serving, waits until the port is free, and gives the world back.
    pub async fn stop(mut self) -> World {
        self.stop_serving();
        if let Some(serving) = self.serving.take() {
            // A panic in there would have shown in the answers already.
            let _ = serving.await;
        }
        self.with(|world| world.clone())
    }
}

impl Drop for FakePanel {
    fn drop(&mut self) {
        self.stop_serving();
    }
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error means the panel is gone, which is the same.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Counts a request while it waits for its answer.
struct InFlight<'a>(&'a Shared);

impl<'a> InFlight<'a> {
    fn begin(shared: &'a Shared) -> Self {
        let now = shared.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        shared.most_in_flight.fetch_max(now, Ordering::Relaxed);
        Self(shared)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: HttpRequest,
) -> Response {
    let _counted = InFlight::begin(&shared);
    let reply = judge(&shared, &peer, request).await;
    let waited = async {
        match reply {
            Reply::Answer { after, answer } => {
                if !after.is_zero() {
                    tokio::time::sleep(after).await;
                }
                Some(answer)
            }
            Reply::Reset => None,
            Reply::Never => std::future::pending().await,
        }
    };
    let answer = tokio::select! {
        answer = waited => answer,
        () = stopped(shared.stopping.clone()) => None,
    };
    if let Some(answer) = answer {
        return rendered(answer);
    }
    peer.cut();
    Response::new(Body::empty())
}

/// Reads the request, has it judged and writes it into the log.
async fn judge(shared: &Shared, peer: &Peer, request: HttpRequest) -> Reply {
    let (head, body) = request.into_parts();
    let raw_query = head.uri.query().unwrap_or_default().to_owned();
    let ask = Ask {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: pairs(&raw_query),
        raw_query,
        headers: head.headers,
        body: to_bytes(body, LARGEST_BODY)
            .await
            .unwrap_or_default()
            .to_vec(),
        peer: peer.address.ip(),
    };
    let mut desk = shared.desk();
    let reply = face::reply(&mut desk.world, &ask);
    if desk.requests.len() == REQUEST_LOG {
        desk.requests.pop_front();
    }
    let mut path = ask.path.clone();
    if !ask.raw_query.is_empty() {
        path = format!("{path}?{}", ask.raw_query);
    }
    let entry = Request {
        at: desk.world.now(),
        method: ask.method.to_string(),
        path,
        user_agent: ask.header("user-agent").map(str::to_owned),
        status: reply.status(),
    };
    desk.requests.push_back(entry);
    reply
}

fn rendered(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert("server", HeaderValue::from_static("nginx"));
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    response
}
