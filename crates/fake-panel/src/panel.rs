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
use crate::socket::Out;
use crate::talk;
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

pub(crate) struct Shared {
    desk: Mutex<Desk>,
    started: Instant,
    /// `Rules::clock` at the start.
    clock: f64,
    /// How often the world has been changed from outside.
    changed: watch::Sender<u64>,
    stopping: watch::Receiver<bool>,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
}

impl Shared {
    /// The desk, with the world brought up to the present.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let since_beginning = self.started.elapsed().mul_f64(self.clock) + desk.skipped;
        desk.world.advance(since_beginning);
        desk
    }

    /// Changes or asks the world, and wakes every socket for what comes of it.
    pub(crate) fn change<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        let mut desk = self.desk();
        let answer = look(&mut desk.world);
        desk.world.catch_up();
        drop(desk);
        self.changed
            .send_modify(|count| *count = count.wrapping_add(1));
        answer
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// What a socket has to send now, and how long until there may be more.
    pub(crate) fn for_socket(&self, id: u64) -> (Option<Vec<Out>>, Duration) {
        const LONGEST: Duration = Duration::from_secs(3_600);
        let mut desk = self.desk();
        let out = desk.world.outgoing(id);
        let wait = desk.world.next_in().unwrap_or(LONGEST).min(LONGEST);
        (out, self.outside(wait))
    }

    /// How long a stretch of the world's time takes outside.
    fn outside(&self, time: Duration) -> Duration {
        time.div_f64(self.clock)
    }

    pub(crate) async fn stopped(&self) {
        stopped(self.stopping.clone()).await;
    }
}

/// A panel serving on 127.0.0.1, and its nodes on one more port there. It stops when dropped, cutting requests still
/// waiting for an answer and every websocket.
pub struct FakePanel {
    shared: Arc<Shared>,
    address: SocketAddr,
    node_address: SocketAddr,
    accepted: Arc<AtomicU64>,
    node_accepted: Arc<AtomicU64>,
    stop: watch::Sender<bool>,
    serving: Vec<JoinHandle<()>>,
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
        let nodes = TcpListener::bind(("127.0.0.1", 0)).await?;
        let node_address = nodes.local_addr()?;
        let (stop, stopping) = watch::channel(false);
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        world.unix_at_beginning = now.saturating_sub(world.now()).as_secs();
        world.listens_at = format!("http://{address}");
        world.node_url = format!("http://{node_address}");
        world.sockets.clear();
        let shared = Arc::new(Shared {
            clock: world.rules.clock.clamp(1e-3, 1e6),
            desk: Mutex::new(Desk {
                skipped: world.now(),
                world,
                requests: VecDeque::new(),
            }),
            started: Instant::now(),
            changed: watch::channel(0).0,
            stopping,
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
        });
        let panel = Router::new().fallback(serve);
        let daemons = Router::new().fallback(talk::serve);
        let (accepted, serving) = listen(listener, panel, &shared);
        let (node_accepted, serving_nodes) = listen(nodes, daemons, &shared);
        Ok(Self {
            shared,
            address,
            node_address,
            accepted,
            node_accepted,
            stop,
            serving: vec![serving, serving_nodes],
        })
    }

    /// Where the panel is: `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the nodes are, all of them: `http://127.0.0.1:<another port>`.
    #[must_use]
    pub fn node_url(&self) -> String {
        format!("http://{}", self.node_address)
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Changes or asks the world, at its present time.
    pub fn with<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        self.shared.change(look)
    }

    /// Lets this much time pass at once: caches age, servers boot, limits start anew, tokens expire. Sockets hear of
    /// everything that falls into it.
    pub fn skip(&self, time: Duration) {
        self.shared.desk().skipped += time;
        self.shared.change(|_| ());
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

    /// TCP connections that the nodes accepted so far.
    #[must_use]
    pub fn node_connections(&self) -> u64 {
        self.node_accepted.load(Ordering::Relaxed)
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
        for serving in std::mem::take(&mut self.serving) {
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

/// Serves `routes` at a port, and counts its connections.
fn listen(
    listener: TcpListener,
    routes: Router<Arc<Shared>>,
    shared: &Arc<Shared>,
) -> (Arc<AtomicU64>, JoinHandle<()>) {
    let accepted = Arc::new(AtomicU64::new(0));
    let lines = Lines {
        listener,
        accepted: Arc::clone(&accepted),
    };
    let routes = routes
        .with_state(Arc::clone(shared))
        .into_make_service_with_connect_info::<Peer>();
    let stopping = shared.stopping.clone();
    let serving = tokio::spawn(async move {
        let ended = axum::serve(lines, routes).with_graceful_shutdown(stopped(stopping));
        // Accepting never fails for good, so there is nothing to report.
        let _ = ended.await;
    });
    (accepted, serving)
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
                    tokio::time::sleep(shared.outside(after)).await;
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
    let reply = shared.change(|world| face::reply(world, &ask));
    let mut desk = shared.desk();
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
