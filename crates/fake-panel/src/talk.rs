//! The nodes' websocket over the network: one task a socket, which sends what the world has for it. Never judges a frame.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::daemon::{Knock, Welcome};
use crate::desk::Shared;
use crate::ids;
use crate::line::Peer;
use crate::socket::Out;

/// How long the other side has for answering a close frame.
const FAREWELL: Duration = Duration::from_secs(2);

/// Answers at the nodes' port.
pub(crate) async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
) -> Response {
    let (mut head, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut head, &()).await;
    let origin = head.headers.get(header::ORIGIN);
    let knock = Knock {
        path: head.uri.path(),
        origin: origin.and_then(|origin| origin.to_str().ok()),
        upgrades: upgrade.is_ok(),
    };
    let welcome = shared.change(|world| world.welcome(&knock));
    match (welcome, upgrade) {
        (Welcome::Comes(id), Ok(upgrade)) => {
            return upgrade.on_upgrade(move |socket| talk(shared, socket, id));
        }
        (Welcome::Reset, _) => peer.cut(),
        (Welcome::Never, _) => {
            shared.stopped().await;
            peer.cut();
        }
        (welcome, _) => return refused(welcome, knock.path),
    }
    Response::new(Body::empty())
}

fn refused(welcome: Welcome, path: &str) -> Response {
    const JSON: &str = "application/json; charset=utf-8";
    const TEXT: &str = "text/plain; charset=utf-8";
    let request = ids::uuid(path);
    let unexpected = format!(
        "{{\"error\":\"An unexpected error was encountered while processing this request\",\"request_id\":\"{request}\"}}"
    );
    let (status, kind, body) = match welcome {
        Welcome::UnknownServer => {
            let text = "The requested resource does not exist on this instance.";
            (404, JSON, format!("{{\"error\":\"{text}\"}}"))
        }
        Welcome::Full => {
            let text = "Too many open websocket connections.";
            (400, JSON, format!("{{\"error\":\"{text}\"}}"))
        }
        Welcome::WrongOrigin => (403, TEXT, format!("Forbidden\n{unexpected}")),
        Welcome::Broken(status) => (status, JSON, unexpected),
        Welcome::NoUpgrade | Welcome::Comes(_) | Welcome::Reset | Welcome::Never => {
            (400, TEXT, format!("Bad Request\n{unexpected}"))
        }
    };
    let mut response = Response::new(Body::from(body));
    let bad = StatusCode::INTERNAL_SERVER_ERROR;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(bad);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if kind == TEXT {
        let version = HeaderValue::from_static("13");
        headers.insert(header::SEC_WEBSOCKET_VERSION, version);
    }
    response
}

/// Leaves the world together with the task, however that ends.
struct Seat {
    shared: Arc<Shared>,
    id: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.shared.change(|world| world.leave(self.id));
    }
}

async fn talk(shared: Arc<Shared>, mut socket: WebSocket, id: u64) {
    let seat = Seat { shared, id };
    let shared = &seat.shared;
    let Some(bell) = shared.change(|world| world.bell(id)) else {
        return;
    };
    loop {
        let Some((out, frozen)) = shared.for_socket(id) else {
            return;
        };
        for one in out {
            if !send(&mut socket, one).await {
                return;
            }
        }
        tokio::select! {
            // Whatever comes over a dead line waits in there, pings too.
            message = socket.recv(), if !frozen => match message {
                Some(Ok(Message::Text(text))) => shared.change(|world| world.hear(id, &text)),
                Some(Ok(Message::Binary(bytes))) => {
                    shared.change(|world| world.hear_bytes(id, &bytes));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            },
            () = bell.notified() => {}
            () = shared.stopped() => return,
        }
    }
}

/// Sends one thing; whether the conversation goes on.
async fn send(socket: &mut WebSocket, out: Out) -> bool {
    match out {
        Out::Text(text) => socket.send(Message::Text(text.into())).await.is_ok(),
        Out::Ping => socket.send(Message::Ping(Vec::new().into())).await.is_ok(),
        Out::Drop => false,
        Out::Close(code, reason) => {
            let reason = reason.into_owned().into();
            let frame = CloseFrame { code, reason };
            if socket.send(Message::Close(Some(frame))).await.is_ok() {
                let answered = async { while let Some(Ok(_)) = socket.recv().await {} };
                // Without an answer the connection ends all the same.
                let _ = tokio::time::timeout(FAREWELL, answered).await;
            }
            false
        }
    }
}
