//! The person's browser, for pages of a panel.
//!
//! Opens nothing but web pages, and hands no key on to what it starts.

#[cfg(target_os = "linux")]
#[path = "browser/linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "browser/other.rs"]
mod platform;

/// Opens a web page in the browser. May take its time: not for the loop.
pub(crate) fn open(url: &str) {
    if !is_web(url) {
        tracing::warn!("an address that is no web page is not opened");
        return;
    }
    if let Err(error) = platform::open(url) {
        tracing::warn!(error = format!("{error:#}"), "the browser did not open");
    }
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
