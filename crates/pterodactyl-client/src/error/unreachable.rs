//! Why no answer came at all. It must never carry an address: the caller knows it, and its query is nobody else's business.

use crate::text::{DETAIL, clean};

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// The host name has no address, or names cannot be looked up at the moment.
    #[error("its name cannot be found")]
    Dns,
    /// Nothing listens there.
    #[error("the connection was refused")]
    Refused,
    /// No connection within 10 s or no complete answer within 25 s.
    #[error("it did not answer in time")]
    TimedOut,
    /// No safe connection: a wrong certificate, or the port does not speak TLS.
    #[error("no safe connection is possible ({reason})")]
    Tls {
        /// What the TLS library says.
        reason: String,
    },
    /// The connection ended before the answer did.
    #[error("the connection broke off")]
    Interrupted,
    /// Anything else below HTTP, such as no network.
    #[error("the connection failed")]
    Failed,
}

impl Unreachable {
    pub(crate) fn tls(fault: TlsFault, detail: &str) -> Self {
        let detail = clean(detail, DETAIL);
        let reason = if detail.is_empty() {
            fault.to_string()
        } else {
            format!("{fault}: {detail}")
        };
        Self::Tls { reason }
    }

    /// What is wrong with the certificate or the TLS connection.
    #[must_use]
    pub fn tls_fault(&self) -> Option<TlsFault> {
        let Self::Tls { reason } = self else {
            return None;
        };
        let named = |fault: &TlsFault| reason.starts_with(&fault.to_string());
        TlsFault::ALL.into_iter().find(named)
    }

    /// A short, stable word for it, for logs and tables.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Dns => "unreachable.dns",
            Self::Refused => "unreachable.refused",
            Self::TimedOut => "unreachable.timed_out",
            Self::Tls { .. } => "unreachable.tls",
            Self::Interrupted => "unreachable.interrupted",
            Self::Failed => "unreachable.failed",
        }
    }
}

/// Why there is no safe connection. The sentence of each begins the `reason` of [`Unreachable::Tls`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TlsFault {
    /// The certificate's time is over (or this computer's clock is wrong).
    #[error("its certificate has expired")]
    Expired,
    /// The certificate's time has not begun (or this computer's clock is wrong).
    #[error("its certificate is not valid yet")]
    NotYetValid,
    /// It vouches for itself; pinning it is the way to trust it.
    #[error("its certificate is self-signed")]
    SelfSigned,
    /// An authority this computer does not know; its certificate can be trusted with [`crate::Trust`].
    #[error("its certificate comes from an unknown authority")]
    UnknownIssuer,
    /// The certificate belongs to another host name.
    #[error("its certificate is for another name")]
    WrongName,
    /// Another certificate than the pinned one.
    #[error("its certificate is not the pinned one")]
    WrongPin,
    /// The authority took it back.
    #[error("its certificate was revoked")]
    Revoked,
    /// Anything else wrong with the certificate.
    #[error("its certificate is not accepted")]
    Rejected,
    /// The port does not speak TLS.
    #[error("the port does not speak TLS")]
    NotTls,
    /// The two sides found no common way.
    #[error("the TLS handshake failed")]
    Handshake,
    /// The system's or the extra certificates cannot be used; nothing was sent.
    #[error("the trusted certificates cannot be used")]
    Unusable,
}

impl TlsFault {
    const ALL: [Self; 11] = [
        Self::Expired,
        Self::NotYetValid,
        Self::SelfSigned,
        Self::UnknownIssuer,
        Self::WrongName,
        Self::WrongPin,
        Self::Revoked,
        Self::Rejected,
        Self::NotTls,
        Self::Handshake,
        Self::Unusable,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tls_fault_is_found_again_in_its_reason() {
        for fault in TlsFault::ALL {
            let error = Unreachable::tls(fault, "more of it");
            assert_eq!(error.tls_fault(), Some(fault), "{error}");
        }
        assert_eq!(Unreachable::Dns.tls_fault(), None);
    }
}
