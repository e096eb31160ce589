//! The person's browser, for pages of a panel.
//!
//! Opens nothing but web pages, and hands no key on to what it starts.

#[cfg(target_os = "linux")]
#[path = "browser/linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "browser/other.rs"]
mod platform;

use std::time::Duration;
use tokio::{task::spawn_blocking, time::timeout};

/// What starts the browser may be the browser itself, which stays: after so long it is open.
const STARTING: Duration = Duration::from_secs(3);

/// Opens a web page in the browser. Gives whether it is open.
pub(crate) async fn open(url: String) -> bool {
    if !is_web(&url) {
        tracing::warn!("an address that is no web page is not opened");
        return false;
    }
    let opening = spawn_blocking(move || platform::open(&url));
    let opened = match timeout(STARTING, opening).await {
        Ok(opened) => opened.map_err(anyhow::Error::from).flatten(),
        Err(_) => Ok(()),
    };
    if let Err(error) = &opened {
        tracing::warn!(error = format!("{error:#}"), "the browser did not open");
    }
    opened.is_ok()
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_web_pages_are_opened() {
        for page in [
            "https://panel.example.com/server/1a2b3c4d",
            "HTTP://localhost:8080",
        ] {
            assert!(is_web(page), "{page}");
        }
        for other in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "panel.example.com",
            "",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }
}
