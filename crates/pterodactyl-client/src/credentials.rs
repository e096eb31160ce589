//! What a websocket to a node is opened with. It must never show the token: whoever has it can run commands on the server
//! for ten minutes.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

/// Where a server's websocket is and the token that opens it (`GET /api/client/servers/{id}/websocket`).
///
/// The token lives for ten minutes and may be used again until then. Fetch no more of them than needed: since 1.12 a panel
/// grants five a minute for each server, to all its users together.
#[derive(Clone)]
pub struct WebsocketCredentials {
    /// The token, a JWT of the node; it cannot be checked here.
    pub token: SecretString,
    /// The socket's address: `wss://` (or `ws://`, where the token can be read on the way), the node's host and port.
    pub socket: String,
}

/// Without the token.
impl fmt::Debug for WebsocketCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebsocketCredentials")
            .field("socket", &self.socket)
            .finish_non_exhaustive()
    }
}

/// The whole answer; it has no `object`.
#[derive(Deserialize)]
pub(crate) struct RawAnswer {
    data: RawCredentials,
}

#[derive(Deserialize)]
struct RawCredentials {
    token: String,
    socket: String,
}

impl WebsocketCredentials {
    /// The credentials, or nothing when the address is no websocket's or the token could not be sent.
    pub(crate) fn read(raw: RawAnswer) -> Option<Self> {
        let url = Url::parse(&raw.data.socket).ok()?;
        let good_address = matches!(url.scheme(), "ws" | "wss")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none();
        let token = raw.data.token;
        let good_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        (good_address && good_token).then(|| Self {
            token: token.into(),
            socket: url.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read(token: &str, socket: &str) -> Option<WebsocketCredentials> {
        let json = serde_json::json!({"data": {"token": token, "socket": socket}});
        WebsocketCredentials::read(serde_json::from_value(json).unwrap())
    }

    #[test]
    fn the_token_is_there_but_does_not_show() {
        let found = read("aaa.bbb.ccc", "wss://node.example:8080/api/servers/u/ws").unwrap();
        assert_eq!(found.token.expose_secret(), "aaa.bbb.ccc");
        assert_eq!(found.socket, "wss://node.example:8080/api/servers/u/ws");
        assert!(!format!("{found:?}").contains("bbb"));
    }

    #[test]
    fn what_cannot_be_a_websocket_is_not_opened() {
        for socket in [
            "",
            "https://node.example/ws",
            "file:///etc/passwd",
            "wss://me:secret@node.example/ws",
        ] {
            assert!(read("a.b.c", socket).is_none(), "{socket}");
        }
        assert!(read("", "wss://node.example/ws").is_none());
        assert!(read("a\r\nb", "wss://node.example/ws").is_none());
    }
}
