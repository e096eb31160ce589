//! One request over the network: read, judged, answered as late and as badly as it is meant to be. Never judges itself.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request as HttpRequest, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt, stream};

use crate::answer::{Answer, Reply};
use crate::ask::{Ask, pairs};
use crate::call::Call;
use crate::desk::{Request, Shared};
use crate::face;
use crate::line::Peer;

const LARGEST_BODY: usize = 1024 * 1024;

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

/// Answers at the panel's port.
pub(crate) async fn serve(
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
            Reply::Reset { after } => {
                tokio::time::sleep(shared.outside(after)).await;
                None
            }
            Reply::Never => std::future::pending().await,
        }
    };
    let answer = tokio::select! {
        answer = waited => answer,
        () = shared.stopped() => None,
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
    let mut path = ask.path.clone();
    if !ask.raw_query.is_empty() {
        path = format!("{path}?{}", ask.raw_query);
    }
    let mut desk = shared.desk();
    let (call, id) = Call::of(&ask);
    let server = id.and_then(|id| face::look_up(&desk.world, id).ok());
    let server = server.map(|index| desk.world.servers[index].uuid.clone());
    let entry = Request {
        call,
        server,
        at: desk.world.now(),
        method: ask.method.to_string(),
        path,
        user_agent: ask.header("user-agent").map(str::to_owned),
        status: reply.status(),
    };
    desk.log(entry);
    reply
}

fn rendered(mut answer: Answer) -> Response {
    let length = answer.body.len();
    let body = if answer.torn {
        answer.cut();
        torn(answer.body)
    } else {
        Body::from(answer.body)
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert("server", HeaderValue::from_static("nginx"));
    if answer.torn {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    response
}

/// The first half of a body, and then the end of the connection.
fn torn(half: String) -> Body {
    let half = stream::iter([Ok(half)]);
    let end = stream::once(async {
        // So that the half is on its way before.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Body::from_stream(half.chain(end))
}
