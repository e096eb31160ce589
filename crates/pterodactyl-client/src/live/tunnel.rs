//! The way through the network's proxy, if it has one. It must never tell the proxy more than the node's host and port.

use std::time::Duration;

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::http::Uri;
use url::{Host, Url};

use super::handshake::HandshakeError;
use crate::error::Unreachable;

/// For each address of a host while more are left, so that one dead address does not use up all the time.
const ADDRESS_WITHIN: Duration = Duration::from_secs(3);
/// For the last address.
const LAST_WITHIN: Duration = Duration::from_secs(10);
/// The longest answer of a proxy.
const ANSWER: usize = 8 * 1024;

/// A connection to the host of `url`, directly or through the proxy that the environment or the system names for it.
pub(super) async fn reach(url: &Url, proxies: &Matcher) -> Result<TcpStream, HandshakeError> {
    let host = url.host_str().ok_or(HandshakeError::BadAddress)?;
    let port = url.port_or_known_default();
    let port = port.ok_or(HandshakeError::BadAddress)?;
    if let Some(proxy) = proxy_for(url, port, proxies) {
        return through(&proxy, host, port).await;
    }
    connect(host.trim_matches(['[', ']']), port)
        .await
        .map_err(HandshakeError::Unreachable)
}

/// No proxy leads back to this very computer.
fn proxy_for(url: &Url, port: u16, proxies: &Matcher) -> Option<Intercept> {
    let near = match url.host()? {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let scheme = if url.scheme() == "wss" {
        "https"
    } else {
        "http"
    };
    let target = format!("{scheme}://{}:{port}/", url.host_str()?);
    let target: Uri = target.parse().ok()?;
    (!near).then(|| proxies.intercept(&target)).flatten()
}

async fn connect(host: &str, port: u16) -> Result<TcpStream, Unreachable> {
    let found = timeout(LAST_WITHIN, lookup_host((host, port)));
    let addresses = found.await.map_err(|_| Unreachable::TimedOut)?;
    let mut addresses = addresses.map_err(|_| Unreachable::Dns)?.peekable();
    let mut failure = Unreachable::Dns;
    while let Some(address) = addresses.next() {
        let within = if addresses.peek().is_some() {
            ADDRESS_WITHIN
        } else {
            LAST_WITHIN
        };
        match timeout(within, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Frames are small and seldom; none should wait for a second one.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => failure = super::dial::unreachable(&error),
            Err(_) => failure = Unreachable::TimedOut,
        }
    }
    Err(failure)
}

/// Asks an HTTP proxy for a tunnel.
async fn through(proxy: &Intercept, host: &str, port: u16) -> Result<TcpStream, HandshakeError> {
    const LOST: HandshakeError = HandshakeError::Proxy { status: None };
    if proxy.uri().scheme_str() != Some("http") {
        return Err(LOST);
    }
    let proxy_host = proxy.uri().host().ok_or(LOST)?;
    let proxy_port = proxy.uri().port_u16().unwrap_or(80);
    let stream = connect(proxy_host.trim_matches(['[', ']']), proxy_port).await;
    let mut stream = stream.map_err(|_| LOST)?;
    let login = proxy.basic_auth().and_then(|login| login.to_str().ok());
    let login = login.map(|login| format!("Proxy-Authorization: {login}\r\n"));
    let ask = format!(
        "CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{}\r\n",
        login.unwrap_or_default()
    );
    let answered = timeout(LAST_WITHIN, async {
        stream.write_all(ask.as_bytes()).await.ok()?;
        let mut head = Vec::new();
        // Byte by byte, for what follows the head belongs to the node.
        while !head.ends_with(b"\r\n\r\n") && head.len() < ANSWER {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8_lossy(&head);
        head.split(' ').nth(1)?.parse::<u16>().ok()
    });
    match answered.await.ok().flatten() {
        Some(200..=299) => Ok(stream),
        status => Err(HandshakeError::Proxy { status }),
    }
}
