//! What can be wrong with what a person pasted, and what to do about it. It must never hold the key or the pasted text.

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

impl SetupError {
    /// What to do about it, in a sentence for people.
    #[must_use]
    pub const fn next_step(&self) -> &'static str {
        match self {
            Self::Address(_) => "Paste the address shown in the browser when the panel is open.",
            Self::BlankKey => "Paste a client key (account, API credentials).",
            Self::BrokenKey => "Copy the key again: one line of letters and digits.",
            Self::Unreachable(Unreachable::Dns) => {
                "Check the spelling of the address and the network."
            }
            Self::Unreachable(_) => "Check address and port, and whether the panel is up.",
            Self::Tls { fault, .. } => tls_step(*fault),
            Self::CaptivePortal => "Log in to the network in a browser, then try again.",
            Self::WebPage { .. } => {
                "Check host name and folder: open the panel in a browser and paste that address."
            }
            Self::LoginWall => {
                "Ask for the panel's API (/api) to be let through without that login."
            }
            Self::Challenge => {
                "Ask for the panel's API (/api) to be exempt from the browser check."
            }
            Self::Calagopus | Self::NotAPanel => {
                "A Pterodactyl or Pelican panel is needed; check the address."
            }
            Self::OtherHost { .. } => "If that is the panel, paste that address instead.",
            Self::Downgrade { .. } => "Ask whoever runs the panel to keep it on https.",
            Self::RedirectLoop => "Open the panel in a browser and paste the address shown there.",
            Self::KeyRejected => "Check the key, or make a new one (account, API credentials).",
            Self::ApplicationKey => "Make a client key (account, API credentials).",
            Self::IpNotAllowed { .. } => "Add this address to the key's allowed addresses.",
            Self::TwoFactorRequired => "Switch two-factor authentication on in the panel.",
            Self::Forbidden { .. } => "Use a key that may list servers.",
            Self::Maintenance | Self::RateLimited => "Try again in a few minutes.",
            Self::Broken(_) => "Try again later, or ask whoever runs the panel.",
        }
    }
}

const fn tls_step(fault: TlsFault) -> &'static str {
    match fault {
        TlsFault::SelfSigned | TlsFault::UnknownIssuer => {
            "Trust its authority for this panel, or pin this certificate after comparing it."
        }
        TlsFault::WrongName => "Use the host name the certificate is for.",
        TlsFault::Expired | TlsFault::NotYetValid => {
            "Check this computer's clock; otherwise the certificate must be renewed."
        }
        TlsFault::WrongPin => "If the certificate was changed on purpose, pin the new one.",
        TlsFault::NotTls => "Use http:// for this port, or the port that speaks https.",
        TlsFault::Unusable => "Choose a certificate file in PEM form.",
        TlsFault::Revoked | TlsFault::Rejected | TlsFault::Handshake => {
            "Ask whoever runs the panel to look at its certificate."
        }
    }
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
