//! The client's errors as problems: which of its reasons a person meets under which name.
//!
//! Words nothing: what the panel itself says goes along as the detail.

use super::{Problem, ProblemKind};
use pterodactyl_client::{
    BaseUrlError, Error, NotAPanel, TlsFault, Unreachable, setup::SetupError,
};

impl From<&Error> for Problem {
    fn from(error: &Error) -> Problem {
        use ProblemKind as K;
        match error {
            Error::BadKey => Problem::of(K::BadKey),
            Error::Unreachable(why) => unreachable_problem(why),
            Error::NotAPanel(what) => foreign_problem(what),
            Error::CaptivePortal => Problem::of(K::CaptivePortal),
            Error::ServerOffline { detail } => Problem::with(K::NotNow, detail),
            Error::ActionLimited { retry_after } => seconds(K::RateLimited, *retry_after),
            Error::Unauthorized => Problem::of(K::KeyRejected),
            Error::ApplicationKey => Problem::of(K::ApplicationKey),
            Error::IpNotAllowed { ip } => {
                Problem::with(K::IpNotAllowed, ip.as_deref().unwrap_or_default())
            }
            Error::TwoFactorRequired => Problem::of(K::TwoFactor),
            Error::Forbidden { detail } => Problem::with(K::Forbidden, detail),
            Error::NotFound => Problem::of(K::NotFound),
            Error::Conflict { detail, .. } => Problem::with(K::Conflict, detail),
            Error::NodeUnreachable { detail } => Problem::with(K::NodeUnreachable, detail),
            Error::NodeError { detail, .. } => Problem::with(K::NodeError, detail),
            Error::RateLimited { retry_after } => seconds(K::RateLimited, *retry_after),
            Error::Maintenance { retry_after } => seconds(K::PanelMaintenance, *retry_after),
            Error::Validation { detail } => Problem::with(K::PanelRefused, detail),
            Error::Broken { status, detail } => answered(K::PanelBroken, *status, detail),
            Error::ServerBroken { detail } => answered(K::PanelBroken, 500, detail),
            Error::Refused { status, detail, .. } => answered(K::PanelRefused, *status, detail),
            Error::Unreadable { what } => Problem::with(K::Unreadable, what),
            // What a later client adds is told in its own words.
            other => Problem::with(K::Connection, &other.to_string()),
        }
    }
}

impl From<&SetupError> for Problem {
    fn from(error: &SetupError) -> Problem {
        use ProblemKind as K;
        match error {
            SetupError::Address(why) => Problem::from(why),
            SetupError::BlankKey => Problem::of(K::NoKey),
            SetupError::BrokenKey => Problem::of(K::BadKey),
            SetupError::Unreachable(why) => unreachable_problem(why),
            SetupError::Tls { fault, reason, .. } => tls_problem(*fault, reason),
            SetupError::Unencrypted => Problem::of(K::Unencrypted),
            SetupError::CaptivePortal => Problem::of(K::CaptivePortal),
            SetupError::WebPage { title } => {
                Problem::with(K::WebPage, title.as_deref().unwrap_or_default())
            }
            SetupError::LoginWall => Problem::of(K::LoginWall),
            SetupError::Challenge => Problem::of(K::Challenge),
            SetupError::Calagopus => Problem::of(K::Calagopus),
            SetupError::NotAPanel => Problem::of(K::NotAPanel),
            SetupError::RedirectLoop => Problem::of(K::RedirectLoop),
            SetupError::OtherHost { to } => Problem::with(K::Redirect, to),
            SetupError::Downgrade { to } => Problem::with(K::Downgrade, to),
            SetupError::KeyRejected => Problem::of(K::KeyRejected),
            SetupError::ApplicationKey => Problem::of(K::ApplicationKey),
            SetupError::IpNotAllowed { ip } => {
                Problem::with(K::IpNotAllowed, ip.as_deref().unwrap_or_default())
            }
            SetupError::TwoFactorRequired => Problem::of(K::TwoFactor),
            SetupError::Forbidden { detail } => Problem::with(K::KeyRestricted, detail),
            SetupError::Maintenance => Problem::of(K::PanelMaintenance),
            SetupError::RateLimited => Problem::of(K::RateLimited),
            SetupError::Broken(error) => Problem::from(error),
            other => Problem::with(K::Connection, &other.to_string()),
        }
    }
}

impl From<&BaseUrlError> for Problem {
    fn from(error: &BaseUrlError) -> Problem {
        use ProblemKind as K;
        match error {
            BaseUrlError::Empty => Problem::of(K::NoAddress),
            BaseUrlError::NotHttp { scheme } => Problem::with(K::WrongScheme, scheme),
            BaseUrlError::HasPassword => Problem::of(K::AddressWithPassword),
            // What a later client adds is no address either.
            BaseUrlError::NoHost | BaseUrlError::Unreadable | _ => Problem::of(K::BadAddress),
        }
    }
}

/// The certificate's fault as a person meets it. The library's words go along only where ours do
/// not tell the fault.
fn tls_problem(fault: TlsFault, reason: &str) -> Problem {
    use {ProblemKind as K, TlsFault as F};
    match fault {
        F::Expired | F::NotYetValid => Problem::of(K::CertificateExpired),
        F::SelfSigned | F::UnknownIssuer => Problem::of(K::CertificateUnknown),
        F::WrongName => Problem::of(K::CertificateWrongName),
        F::WrongPin => Problem::of(K::CertificateChanged),
        F::Unusable => Problem::of(K::BadTrust),
        F::NotTls => Problem::of(K::NotTls),
        F::Revoked | F::Rejected | F::Handshake | _ => Problem::with(K::Tls, reason),
    }
}

fn unreachable_problem(why: &Unreachable) -> Problem {
    match why {
        Unreachable::Dns => Problem::of(ProblemKind::Dns),
        Unreachable::Refused => Problem::of(ProblemKind::Refused),
        Unreachable::TimedOut => Problem::of(ProblemKind::TimedOut),
        Unreachable::Tls { reason } => {
            tls_problem(why.tls_fault().unwrap_or(TlsFault::Handshake), reason)
        }
        Unreachable::Interrupted | Unreachable::Failed => Problem::of(ProblemKind::Connection),
    }
}

fn foreign_problem(what: &NotAPanel) -> Problem {
    match what {
        NotAPanel::Html { title } => {
            Problem::with(ProblemKind::WebPage, title.as_deref().unwrap_or_default())
        }
        NotAPanel::LoginWall => Problem::of(ProblemKind::LoginWall),
        NotAPanel::Challenge => Problem::of(ProblemKind::Challenge),
        NotAPanel::Calagopus => Problem::of(ProblemKind::Calagopus),
        NotAPanel::Foreign => Problem::of(ProblemKind::NotAPanel),
        NotAPanel::Redirect { to } => Problem::with(ProblemKind::Redirect, to),
    }
}

/// A status with the words that came with it; a page's title often names it too.
fn answered(kind: ProblemKind, status: u16, detail: &str) -> Problem {
    let status = status.to_string();
    if detail.starts_with(&status) {
        Problem::with(kind, detail)
    } else {
        Problem::with(kind, &format!("{status} {detail}"))
    }
}

fn seconds(kind: ProblemKind, wait: Option<std::time::Duration>) -> Problem {
    match wait {
        Some(wait) => Problem::with(kind, &format!("{} s", wait.as_secs().max(1))),
        None => Problem::of(kind),
    }
}
