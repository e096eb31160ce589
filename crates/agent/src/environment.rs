//! What the environment says: a panel for use without any set-up, the profile, the log level.
//!
//! Never prints or logs a value.

use pterotray_core::EnvironmentPanel;
use secrecy::SecretString;
use std::env::VarError;

/// Address of a panel.
pub(crate) const URL: &str = "PTEROTRAY_URL";
/// The key for [`URL`]. Programs started from here must not inherit it.
pub(crate) const API_KEY: &str = "PTEROTRAY_API_KEY";

/// Why the environment's panel cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EnvironmentError {
    /// An address alone.
    #[error("{URL} is set but {API_KEY} is not; set both or neither")]
    NoKey,
    /// A key alone.
    #[error("{API_KEY} is set but {URL} is not; set both or neither")]
    NoUrl,
    /// Bytes that are no text.
    #[error("{0} is not valid UTF-8")]
    NotText(&'static str),
}

/// The panel that the environment gives, if it does. An empty variable counts as not set.
///
/// # Errors
/// When only half of it is there.
pub(crate) fn panel() -> Result<Option<EnvironmentPanel>, EnvironmentError> {
    panel_from(std::env::var::<&str>)
}

/// Whether the environment gives any part of a panel.
pub(crate) fn is_set() -> bool {
    [URL, API_KEY]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn panel_from(
    read: impl Fn(&'static str) -> Result<String, VarError>,
) -> Result<Option<EnvironmentPanel>, EnvironmentError> {
    let text = |name| match read(name) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(EnvironmentError::NotText(name)),
    };
    match (text(URL)?, text(API_KEY)?) {
        (Some(url), Some(key)) => {
            let name = host(&url).to_owned();
            Ok(Some(EnvironmentPanel {
                name,
                url,
                key: SecretString::from(key),
            }))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err(EnvironmentError::NoKey),
        (None, Some(_)) => Err(EnvironmentError::NoUrl),
    }
}

/// What to call the panel: its address without scheme and path.
fn host(url: &str) -> &str {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(url: &str, key: &str) -> Result<Option<EnvironmentPanel>, EnvironmentError> {
        panel_from(|name| Ok(if name == URL { url } else { key }.to_owned()))
    }

    #[test]
    fn both_make_a_panel_and_neither_makes_none() {
        let panel = with("https://a.example/", "ptlc_x").unwrap().unwrap();
        assert_eq!(
            (panel.name.as_str(), panel.url.as_str()),
            ("a.example", "https://a.example/")
        );
        assert!(with("", " ").unwrap().is_none());
        assert!(panel_from(|_| Err(VarError::NotPresent)).unwrap().is_none());
    }

    #[test]
    fn half_of_it_is_an_error_that_names_the_other_half_and_shows_no_key() {
        let no_key = with("https://a.example", "").unwrap_err();
        assert!(no_key.to_string().contains("PTEROTRAY_API_KEY is not"));
        let no_url = with("", "ptlc_secret").unwrap_err();
        assert!(no_url.to_string().contains("PTEROTRAY_URL is not"));
        assert!(!no_url.to_string().contains("secret"));
    }
}
