//! What can be wrong with what a person pasted. It must never hold the key or the pasted text.

use secrecy::{ExposeSecret, SecretString};

use crate::base_url::BaseUrlError;
use crate::error::{Error, NotAPanel, TlsFault, Unreachable};
use crate::tls::Fingerprint;

/// The one thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The text is no address.
    #[error("{0}")]
    Address(#[from] BaseUrlError),
    /// Nothing was given for a key.
    #[error("the key is empty")]
    BlankKey,
    /// The key holds characters no key has; often a part of it, or several lines, were copied.
    #[error("the key contains characters that cannot be part of a key")]
    BrokenKey,
    /// The host is not there or does not answer.
    #[error("the panel cannot be reached: {0}")]
    Unreachable(Unreachable),
    /// No safe connection.
    #[error("no safe connection is possible: {reason}")]
    Tls {
        /// What is wrong.
        fault: TlsFault,
        /// The same with all that is known, for showing.
        reason: String,
        /// The certificate that was shown, to compare and perhaps to pin for this panel.
        certificate: Option<Fingerprint>,
    },
    /// Plain `http` into the open, and nobody allowed that. The key was not sent.
    #[error("the address is not encrypted: the key could be read on the way")]
    Unencrypted,
    /// The network wants a login first.
    #[error("the network asks for a login first; the panel was not reached")]
    CaptivePortal,
    /// A web page: mostly the panel is in another folder or on another host name.
    #[error("there is a website here, but no panel{}", .title.as_deref().map(|t| format!(" (\"{t}\")")).unwrap_or_default())]
    WebPage {
        /// The page's title.
        title: Option<String>,
    },
    /// A login stands before the panel.
    #[error("a login page stands in front of the panel")]
    LoginWall,
    /// A protection service wants to see a browser.
    #[error("a protection service in front of the panel lets only browsers through")]
    Challenge,
    /// Another panel that is not compatible.
    #[error("this is a Calagopus panel, which is not supported")]
    Calagopus,
    /// Something else answers.
    #[error("something answers, but it is no panel")]
    NotAPanel,
    /// It sends on to another host. The key was not sent there.
    #[error("this address sends visitors on to {to}")]
    OtherHost {
        /// The address to paste instead, if it is the right one.
        to: String,
    },
    /// It sends from `https` on to `http`. The key was not sent there.
    #[error("this address sends visitors on to an unencrypted one ({to})")]
    Downgrade {
        /// Where to.
        to: String,
    },
    /// It sends on again and again.
    #[error("this address sends visitors around in circles")]
    RedirectLoop,
    /// The panel does not know the key.
    #[error("the panel does not know this key")]
    KeyRejected,
    /// The wrong kind of key.
    #[error("this is an application key; a client key is needed (account, API credentials)")]
    ApplicationKey,
    /// The key is good, but not from here.
    #[error("the key may not be used from this address{}", .ip.as_deref().map(|ip| format!(" ({ip})")).unwrap_or_default())]
    IpNotAllowed {
        /// The caller's address as the panel sees it.
        ip: Option<String>,
    },
    /// The panel demands two-factor authentication of this account.
    #[error("the panel requires two-factor authentication for this account")]
    TwoFactorRequired,
    /// The key is good but may not list servers.
    #[error("the key may not list servers: {detail}")]
    Forbidden {
        /// The panel's sentence.
        detail: String,
    },
    /// The panel is in maintenance mode.
    #[error("the panel is in maintenance mode")]
    Maintenance,
    /// Too many requests.
    #[error("the panel asks for fewer requests")]
    RateLimited,
    /// The panel failed, or its answer cannot be understood.
    #[error("{0}")]
    Broken(Error),
}

pub(super) fn bad_key(key: &SecretString) -> SetupError {
    if key.expose_secret().trim().is_empty() {
        SetupError::BlankKey
    } else {
        SetupError::BrokenKey
    }
}

pub(super) fn unsafe_connection(why: &Unreachable, certificate: Option<Fingerprint>) -> SetupError {
    let Unreachable::Tls { reason } = why else {
        return SetupError::Unreachable(why.clone());
    };
    SetupError::Tls {
        fault: why.tls_fault().unwrap_or(TlsFault::Handshake),
        reason: reason.clone(),
        certificate,
    }
}

pub(super) fn named(error: Error) -> SetupError {
    match error {
        Error::BadKey => SetupError::BrokenKey,
        Error::Unreachable(why) => unsafe_connection(&why, None),
        Error::NotAPanel(what) => foreign(what),
        Error::CaptivePortal => SetupError::CaptivePortal,
        Error::Unauthorized => SetupError::KeyRejected,
        Error::ApplicationKey => SetupError::ApplicationKey,
        Error::IpNotAllowed { ip } => SetupError::IpNotAllowed { ip },
        Error::TwoFactorRequired => SetupError::TwoFactorRequired,
        Error::Forbidden { detail } => SetupError::Forbidden { detail },
        // Routes every panel has are missing: JSON, in the panel's own form, of another program.
        Error::Refused { status: 404, .. } => SetupError::NotAPanel,
        Error::Maintenance { .. } => SetupError::Maintenance,
        Error::RateLimited { .. } | Error::ActionLimited { .. } => SetupError::RateLimited,
        other @ (Error::NotFound
        | Error::Conflict { .. }
        | Error::NodeUnreachable { .. }
        | Error::NodeError { .. }
        | Error::ServerOffline { .. }
        | Error::Validation { .. }
        | Error::Broken { .. }
        | Error::ServerBroken { .. }
        | Error::Refused { .. }
        | Error::Unreadable { .. }) => SetupError::Broken(other),
    }
}

fn foreign(what: NotAPanel) -> SetupError {
    match what {
        NotAPanel::Html { title } => SetupError::WebPage { title },
        NotAPanel::LoginWall => SetupError::LoginWall,
        NotAPanel::Challenge => SetupError::Challenge,
        NotAPanel::Calagopus => SetupError::Calagopus,
        NotAPanel::Foreign => SetupError::NotAPanel,
        NotAPanel::Redirect { to } => SetupError::OtherHost { to },
    }
}
