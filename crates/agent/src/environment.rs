//! What the environment says: a panel for use without any set-up, the profile, the log level.
//!
//! Never prints or logs a value.

use pterotray_core::{EnvironmentPanel, settings::PanelTrust};
use secrecy::SecretString;
use std::{env::VarError, fs, io};

/// Address of a panel.
pub(crate) const URL: &str = "PTEROTRAY_URL";
/// The key for [`URL`]. Programs started from here must not inherit it.
pub(crate) const API_KEY: &str = "PTEROTRAY_API_KEY";

/// The file of an authority that counts for the panel at [`URL`] only, as PEM.
const CA: &str = "PTEROTRAY_CA";
/// The SHA-256 of the one certificate that counts for the panel at [`URL`].
const FINGERPRINT: &str = "PTEROTRAY_FINGERPRINT";

/// Why the environment's panel cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnvironmentError {
    /// An address alone.
    #[error("{URL} is set but {API_KEY} is not; set both or neither")]
    NoKey,
    /// A key alone.
    #[error("{API_KEY} is set but {URL} is not; set both or neither")]
    NoUrl,
    /// An authority and a fingerprint.
    #[error("{CA} and {FINGERPRINT} are both set; set one of them")]
    TwoTrusts,
    /// The authority's file.
    #[error("{0} ({CA}) cannot be read")]
    Unreadable(String, #[source] io::Error),
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
                trust: trust(text(CA)?, text(FINGERPRINT)?)?,
            }))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err(EnvironmentError::NoKey),
        (None, Some(_)) => Err(EnvironmentError::NoUrl),
    }
}

/// Whom to trust besides the system's authorities, for this panel only.
fn trust(
    ca: Option<String>,
    fingerprint: Option<String>,
) -> Result<Option<PanelTrust>, EnvironmentError> {
    match (ca, fingerprint) {
        (Some(_), Some(_)) => Err(EnvironmentError::TwoTrusts),
        (Some(file), None) => match fs::read_to_string(&file) {
            Ok(pem) => Ok(Some(PanelTrust::Authority { pem })),
            Err(error) => Err(EnvironmentError::Unreadable(file, error)),
        },
        (None, Some(sha256)) => Ok(Some(PanelTrust::Certificate { sha256 })),
        (None, None) => Ok(None),
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
        panel_from(|name| match name {
            URL => Ok(url.to_owned()),
            API_KEY => Ok(key.to_owned()),
            _ => Err(VarError::NotPresent),
        })
    }

    fn trusting(ca: &str, fingerprint: &str) -> Result<Option<PanelTrust>, EnvironmentError> {
        let panel = panel_from(|name| match name {
            URL => Ok("https://a.example".to_owned()),
            CA => Ok(ca.to_owned()),
            FINGERPRINT => Ok(fingerprint.to_owned()),
            _ => Ok("ptlc_x".to_owned()),
        });
        Ok(panel?.unwrap().trust)
    }

    #[test]
    fn an_authority_or_one_certificate_may_be_trusted_and_a_missing_file_is_said() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(&file, "-----BEGIN CERTIFICATE-----").unwrap();
        let path = file.path().to_str().unwrap();
        let pem = "-----BEGIN CERTIFICATE-----".to_owned();
        assert_eq!(
            trusting(path, "").unwrap(),
            Some(PanelTrust::Authority { pem })
        );
        let sha256 = "ab:cd".to_owned();
        let pinned = Some(PanelTrust::Certificate { sha256 });
        assert_eq!(trusting("", "ab:cd").unwrap(), pinned);
        assert_eq!(trusting("", " ").unwrap(), None);
        let both = trusting(path, "ab:cd").unwrap_err();
        assert!(matches!(both, EnvironmentError::TwoTrusts));
        let missing = trusting("/no/such.pem", "").unwrap_err();
        assert!(missing.to_string().contains("/no/such.pem"), "{missing}");
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
