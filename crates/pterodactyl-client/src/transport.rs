//! Failures below HTTP, sorted by cause. It must never pass on reqwest's own text: it holds the address.

use std::error::Error as StdError;
use std::io;

use crate::error::Unreachable;
use crate::tls::fault_of;

/// How a connection's early end reads when it has no io kind of its own.
const CUT: [&str; 3] = [
    "connection closed before message completed",
    "end of file before message length reached",
    "unexpected EOF during chunk",
];

/// Why `error` left no answer.
pub(crate) fn unreachable(error: &reqwest::Error) -> Unreachable {
    if error.is_timeout() {
        return Unreachable::TimedOut;
    }
    let mut found = None;
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(cause) = next {
        // The innermost cause that is understood says most.
        found = judge(cause).or(found);
        // An io error's `source` skips the error it wraps.
        let wrapped = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = wrapped
            .map(|inner| inner as &(dyn StdError + 'static))
            .or_else(|| cause.source());
    }
    found.unwrap_or(Unreachable::Failed)
}

fn judge(cause: &(dyn StdError + 'static)) -> Option<Unreachable> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        let explained = fault_of(error);
        return Some(Unreachable::tls(explained.fault, &explained.detail));
    }
    let text = cause.to_string();
    if text.starts_with("dns error") || text.contains("failed to lookup address") {
        return Some(Unreachable::Dns);
    }
    if CUT.iter().any(|part| text.contains(part)) {
        return Some(Unreachable::Interrupted);
    }
    let kind = cause.downcast_ref::<io::Error>()?.kind();
    if kind == io::ErrorKind::ConnectionRefused {
        Some(Unreachable::Refused)
    } else if kind == io::ErrorKind::TimedOut {
        Some(Unreachable::TimedOut)
    } else if matches!(
        kind,
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof
    ) {
        Some(Unreachable::Interrupted)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::TlsFault;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Told(&'static str);

    /// Causes that need a name server or a certificate to come about for real.
    #[test]
    fn what_a_cause_says_names_it() {
        assert_eq!(judge(&Told("dns error")), Some(Unreachable::Dns));
        let lookup =
            io::Error::other("failed to lookup address information: Name or service not known");
        assert_eq!(judge(&lookup), Some(Unreachable::Dns));
        let error = rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType);
        let fault = judge(&error).and_then(|found| found.tls_fault());
        assert_eq!(fault, Some(TlsFault::NotTls));
        let reset = io::Error::from(io::ErrorKind::ConnectionReset);
        assert_eq!(judge(&reset), Some(Unreachable::Interrupted));
        assert_eq!(
            judge(&io::Error::from(io::ErrorKind::NetworkUnreachable)),
            None
        );
    }
}
