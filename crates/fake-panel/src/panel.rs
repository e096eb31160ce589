//! The panel as a running HTTP server on loopback, and what may be asked of it. Judges no request itself.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::call::Call;
use crate::desk::{Desk, Request, Shared};
use crate::line::{Lines, Peer, Traffic};
use crate::serve::serve;
use crate::talk;
use crate::world::{PowerRequest, World};

/// A panel serving on 127.0.0.1, and its nodes on one more port there. It stops when dropped, cutting requests still
/// waiting for an answer and every websocket.
pub struct FakePanel {
    shared: Arc<Shared>,
    address: SocketAddr,
    node_address: SocketAddr,
    traffic: Traffic,
    node_traffic: Traffic,
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
                counted: HashMap::new(),
            }),
            started: Instant::now(),
            changed: watch::channel(0).0,
            stopping,
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
        });
        let panel = Router::new().fallback(serve);
        let daemons = Router::new().fallback(talk::serve);
        let (traffic, serving) = listen(listener, panel, &shared);
        let (node_traffic, serving_nodes) = listen(nodes, daemons, &shared);
        let ticking = tokio::spawn(tick(Arc::clone(&shared)));
        Ok(Self {
            shared,
            address,
            node_address,
            traffic,
            node_traffic,
            stop,
            serving: vec![serving, serving_nodes, ticking],
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

    /// Requests of one kind since the start or the last `forget_requests`, answered or not.
    #[must_use]
    pub fn count(&self, call: Call) -> u64 {
        let desk = self.shared.desk();
        let counted = desk.counted.iter();
        let of_it = counted.filter(|((one, _), _)| *one == call);
        of_it.map(|(_, count)| count).sum()
    }

    /// As `count`, but only those about one server, by UUID, short id or name; 0 where there is none.
    #[must_use]
    pub fn count_of(&self, server: &str, call: Call) -> u64 {
        let mut desk = self.shared.desk();
        let uuid = desk.world.find_server(server).map(|one| one.uuid.clone());
        let counted = uuid.and_then(|uuid| desk.counted.get(&(call, Some(uuid))));
        counted.copied().unwrap_or_default()
    }

    /// Empties the log of requests and its counters, for counting from here on.
    pub fn forget_requests(&self) {
        let mut desk = self.shared.desk();
        desk.requests.clear();
        desk.counted.clear();
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
        self.traffic.accepted.load(Ordering::Relaxed)
    }

    /// Bytes that went over the panel's connections so far, both ways, headers and all.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.traffic.bytes.load(Ordering::Relaxed)
    }

    /// TCP connections that the nodes accepted so far.
    #[must_use]
    pub fn node_connections(&self) -> u64 {
        self.node_traffic.accepted.load(Ordering::Relaxed)
    }

    /// Requests that wait for an answer at this moment.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.shared.in_flight.load(Ordering::Relaxed)
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

/// Serves `routes` at a port, and counts what reaches it.
fn listen(
    listener: TcpListener,
    routes: Router<Arc<Shared>>,
    shared: &Arc<Shared>,
) -> (Traffic, JoinHandle<()>) {
    let traffic = Traffic::default();
    let lines = Lines {
        listener,
        traffic: traffic.clone(),
    };
    let routes = routes
        .with_state(Arc::clone(shared))
        .into_make_service_with_connect_info::<Peer>();
    let shared = Arc::clone(shared);
    let serving = tokio::spawn(async move {
        let stopped = async move { shared.stopped().await };
        let ended = axum::serve(lines, routes).with_graceful_shutdown(stopped);
        // Accepting never fails for good, so there is nothing to report.
        let _ = ended.await;
    });
    (traffic, serving)
}

/// Lets time pass for the sockets: sleeps until the next thing is due, whoever it is for.
async fn tick(shared: Arc<Shared>) {
    let mut changes = shared.changed.subscribe();
    loop {
        changes.mark_unchanged();
        let wait = shared.next_in();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            // The sender lives as long as the panel, and so does this.
            _ = changes.changed() => {}
            () = shared.stopped() => return,
        }
    }
}
