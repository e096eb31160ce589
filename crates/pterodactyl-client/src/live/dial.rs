//! Opening a websocket to a node. It must never send the token (that is the session's first frame), nor an `Origin` other
//! than the panel's.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::{CONTENT_TYPE, ORIGIN, USER_AGENT};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Error as SocketError};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use url::Url;

use super::handshake::{HandshakeError, origins};
use super::tunnel;
use crate::base_url::BaseUrl;
use crate::error::{TlsFault, Unreachable};
use crate::tls::{self, Fingerprint, Refused, Trust, fault_of};

/// How long TLS may take, and how long the answer to the request for a websocket.
const WITHIN: Duration = Duration::from_secs(10);
/// The largest message taken from a node; a console line or a reading is far smaller.
const LARGEST: usize = 1024 * 1024;
/// How much is read at once. The library writes zeros over as much before each reading, so its 128 KiB would be in memory for
/// every socket, and written twice a second, for readings of 300 bytes.
const AT_ONCE: usize = 8 * 1024;
/// How much may wait to be written.
const UNWRITTEN: usize = 256 * 1024;
/// How this client calls itself.
const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// A websocket, safe or not.
pub(super) type Socket = WebSocketStream<Box<dyn Stream>>;

/// What a websocket runs over.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// What it takes to reach the nodes of one panel: whom to trust, which proxy to use, as whose visitor to come. Make one for
/// each kind of trust and keep it; copies are cheap.
#[derive(Clone)]
pub struct Dial {
    panel: BaseUrl,
    tls: Arc<ClientConfig>,
    refused: Refused,
    proxies: Arc<Matcher>,
}

impl Dial {
    /// For the nodes of `panel`, trusting the system's authorities and `trust`. The proxy is the environment's or the
    /// system's.
    ///
    /// # Errors
    /// [`Unreachable::Tls`] when `trust` is unusable.
    pub fn new(panel: BaseUrl, trust: &Trust) -> Result<Self, Unreachable> {
        let refused = Refused::default();
        let mut config = tls::config(trust, refused.clone())?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            panel,
            tls: Arc::new(config),
            refused,
            proxies: Arc::new(Matcher::from_system()),
        })
    }

    /// The same, through this HTTP proxy only; `None` for none.
    #[must_use]
    pub fn with_proxy(mut self, proxy: Option<&str>) -> Self {
        let rules = Matcher::builder();
        let rules = match proxy {
            Some(proxy) => rules.all(proxy.to_owned()),
            None => rules,
        };
        self.proxies = Arc::new(rules.build());
        self
    }

    /// The certificate that was refused last, for a person to look at and perhaps to pin for this node.
    #[must_use]
    pub fn refused_certificate(&self) -> Option<Fingerprint> {
        self.refused.get()
    }

    /// Opens the websocket at `address`. When the node wants to be visited from another address of the panel, the one in
    /// the token (`issuer`) is tried once. Says under which `Origin` it succeeded.
    pub(super) async fn open(
        &self,
        address: &str,
        issuer: Option<&str>,
    ) -> Result<(Socket, String), HandshakeError> {
        let url = checked(address)?;
        let mut refusal = HandshakeError::OriginRefused;
        for origin in origins(&self.panel, issuer) {
            match self.open_as(&url, &origin).await {
                Ok(socket) => return Ok((socket, origin)),
                Err(HandshakeError::OriginRefused) => refusal = HandshakeError::OriginRefused,
                Err(error) => return Err(error),
            }
        }
        Err(refusal)
    }

    async fn open_as(&self, url: &Url, origin: &str) -> Result<Socket, HandshakeError> {
        let request = request(url, origin)?;
        let stream = self.stream(url).await?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST))
            .read_buffer_size(AT_ONCE)
            .max_write_buffer_size(UNWRITTEN);
        let asked = client_async_with_config(request, stream, Some(config));
        match timeout(WITHIN, asked).await {
            Ok(Ok((socket, _))) => Ok(socket),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(HandshakeError::Unreachable(Unreachable::TimedOut)),
        }
    }

    async fn stream(&self, url: &Url) -> Result<Box<dyn Stream>, HandshakeError> {
        let stream = tunnel::reach(url, &self.proxies).await?;
        if url.scheme() != "wss" {
            return Ok(Box::new(stream));
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| HandshakeError::BadAddress)?;
        let asked = TlsConnector::from(self.tls.clone()).connect(name, stream);
        match timeout(WITHIN, asked).await {
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) => Err(HandshakeError::Unreachable(unreachable(&error))),
            Err(_) => Err(HandshakeError::Unreachable(Unreachable::TimedOut)),
        }
    }
}

impl fmt::Debug for Dial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dial")
            .field("panel", &self.panel)
            .finish_non_exhaustive()
    }
}

/// The address of a websocket, without anything a node has no use for.
fn checked(address: &str) -> Result<Url, HandshakeError> {
    let mut url = Url::parse(address).map_err(|_| HandshakeError::BadAddress)?;
    let plain = url.username().is_empty() && url.password().is_none();
    if !matches!(url.scheme(), "ws" | "wss") || !url.has_host() || !plain {
        return Err(HandshakeError::BadAddress);
    }
    url.set_fragment(None);
    Ok(url)
}

fn request(url: &Url, origin: &str) -> Result<Request, HandshakeError> {
    let bad = |_| HandshakeError::BadAddress;
    let mut request = url.as_str().into_client_request().map_err(bad)?;
    let origin = HeaderValue::from_str(origin).map_err(|_| HandshakeError::BadAddress)?;
    request.headers_mut().insert(ORIGIN, origin);
    let name = HeaderValue::from_static(NAME);
    request.headers_mut().insert(USER_AGENT, name);
    Ok(request)
}

/// Why there is no websocket.
fn refusal(error: &SocketError) -> HandshakeError {
    if let SocketError::Http(response) = error {
        return answered(response);
    }
    if let SocketError::Io(error) = error {
        return HandshakeError::Unreachable(unreachable(error));
    }
    let cut = tungstenite::error::ProtocolError::HandshakeIncomplete;
    if matches!(error, SocketError::Protocol(found) if *found == cut)
        || matches!(error, SocketError::ConnectionClosed)
    {
        return HandshakeError::Unreachable(Unreachable::Interrupted);
    }
    HandshakeError::NotANode { status: None }
}

fn answered(response: &Response) -> HandshakeError {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    let body = response.body().as_deref().unwrap_or_default();
    let body = String::from_utf8_lossy(body);
    HandshakeError::read(response.status().as_u16(), kind, &body)
}

/// Why a connection failed, TLS included.
pub(super) fn unreachable(error: &io::Error) -> Unreachable {
    let inner = error
        .get_ref()
        .map(|inner| inner as &(dyn StdError + 'static));
    if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        let explained = fault_of(error);
        return Unreachable::tls(explained.fault, &explained.detail);
    }
    let kind = error.kind();
    if kind == io::ErrorKind::ConnectionRefused {
        Unreachable::Refused
    } else if kind == io::ErrorKind::TimedOut {
        Unreachable::TimedOut
    } else if kind == io::ErrorKind::InvalidData {
        Unreachable::tls(TlsFault::NotTls, "")
    } else if matches!(
        kind,
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof
    ) {
        Unreachable::Interrupted
    } else {
        Unreachable::Failed
    }
}
