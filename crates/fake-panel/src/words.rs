//! The words of orders: faults, daemons, seconds. Never carries one out.

use std::time::Duration;

use crate::fault::{Conflict, Fault};
use crate::node::Manners;
use crate::socket_fault::SocketFault;

/// A time in seconds, a year at most.
pub(crate) fn seconds(text: &str) -> Option<Duration> {
    const LONGEST: Duration = Duration::from_secs(365 * 86_400);
    let time = Duration::try_from_secs_f64(text.parse().ok()?).ok();
    time.filter(|time| *time <= LONGEST)
}

/// A time in whole milliseconds, 49 days at most.
pub(crate) fn millis(text: &str) -> Option<Duration> {
    let millis: u32 = text.parse().ok()?;
    Some(Duration::from_millis(millis.into()))
}

/// A word and what follows it after a colon.
pub(crate) fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once(':') {
        Some((word, detail)) => (word, Some(detail)),
        None => (text, None),
    }
}

/// A daemon by its short name: `1.11`, `1.12`, `1.13` or `rs`.
#[must_use]
pub fn manners(word: &str) -> Option<Manners> {
    Some(match word {
        "1.11" => Manners::Wings1_11,
        "1.12" => Manners::Wings1_12,
        "1.13" => Manners::Wings1_13,
        "rs" => Manners::WingsRs,
        _ => return None,
    })
}

/// A fault, and for how many requests: `once:error`, `times:3:reset`, `html`.
pub(crate) fn fault_and_times(text: &str) -> Option<(Fault, Option<u32>)> {
    match split(text) {
        ("once", Some(rest)) => Some((fault(rest)?, Some(1))),
        ("times", Some(rest)) => {
            let (times, rest) = rest.split_once(':')?;
            Some((fault(rest)?, Some(times.parse().ok()?)))
        }
        _ => Some((fault(text)?, None)),
    }
}

fn fault(text: &str) -> Option<Fault> {
    Some(match split(text) {
        ("unauthorized", None) => Fault::Unauthorized401,
        ("forbidden", None) => Fault::Forbidden403,
        ("not-found", None) => Fault::NotFound404,
        ("conflict", which) => Fault::Conflict409(conflict(which.unwrap_or("suspended"))?),
        ("too-many", None) => Fault::TooMany429 { headers: true },
        ("too-many-bare", None) => Fault::TooMany429 { headers: false },
        ("error", None) => Fault::Error500,
        ("bad-gateway", None) => Fault::BadGateway502,
        ("unavailable", None) => Fault::Unavailable503,
        ("proxy", Some(status)) => Fault::Proxy {
            status: self::status(status)?,
        },
        ("challenge", None) => Fault::Challenge403,
        ("other-panel", None) => Fault::OtherPanel404,
        ("node-timeout", None) => Fault::NodeTimeout504,
        ("node-answers", Some(status)) => Fault::NodeAnswers {
            status: self::status(status)?,
        },
        ("html", None) => Fault::Html200,
        ("empty", None) => Fault::EmptyJson200,
        ("huge", Some(bytes)) => Fault::Huge200 {
            bytes: bytes.parse().ok()?,
        },
        ("redirect", Some(url)) => Fault::RedirectTo(url.to_owned()),
        ("reset", None) => Fault::Reset,
        ("never", None) => Fault::NeverAnswer,
        ("late", Some(rest)) => {
            let (by, late) = rest.split_once(':')?;
            let fault = Box::new(fault(late)?);
            let by = millis(by)?;
            Fault::Late { by, fault }
        }
        (word, detail) => return bending(word, detail),
    })
}

/// Faults that bend a good answer.
fn bending(word: &str, detail: Option<&str>) -> Option<Fault> {
    Some(match (word, detail) {
        ("slow", Some(by)) => Fault::Slow(millis(by)?),
        ("cut", None) => Fault::CutJson,
        ("cut-connection", None) => Fault::CutConnection,
        ("unknown-state", None) => Fault::UnknownState,
        ("no-description", None) => Fault::NoDescription,
        ("null-relations", None) => Fault::NullRelations,
        ("whole-cpu", None) => Fault::WholeCpu,
        ("moving-pages", None) => Fault::MovingPages,
        _ => return None,
    })
}

/// A fault of a websocket.
pub(crate) fn socket_fault(text: &str) -> Option<SocketFault> {
    Some(match split(text) {
        ("refused", None) => SocketFault::Refused,
        ("never", None) => SocketFault::NeverAnswers,
        ("handshake", Some(status)) => SocketFault::Handshake(self::status(status)?),
        ("dropped", None) => SocketFault::Dropped,
        ("closed", Some(how)) => {
            let (code, reason) = closing(how)?;
            SocketFault::Closed(code, reason)
        }
        ("auth-unanswered", None) => SocketFault::AuthUnanswered,
        ("auth-refused", None) => SocketFault::AuthRefused,
        ("token-expired", None) => SocketFault::TokenExpired,
        ("frozen", None) => SocketFault::Frozen,
        _ => return None,
    })
}

/// Code and reason of a close frame: `4409`, or `4409:server is suspended`. A reason is as long as a frame holds.
pub(crate) fn closing(text: &str) -> Option<(u16, String)> {
    const LONGEST: usize = 123;
    let (code, reason) = split(text);
    let code = code.parse().ok().filter(|code| *code >= 1_000)?;
    let reason = reason.unwrap_or_default();
    (reason.len() <= LONGEST).then(|| (code, reason.to_owned()))
}

/// A status that an answer can have.
fn status(text: &str) -> Option<u16> {
    let status = text.parse().ok()?;
    (200..=599).contains(&status).then_some(status)
}

fn conflict(word: &str) -> Option<Conflict> {
    Some(match word {
        "suspended" => Conflict::Suspended,
        "maintenance" => Conflict::NodeMaintenance,
        "installing" => Conflict::Installing,
        "restoring" => Conflict::Restoring,
        "transferring" => Conflict::Transferring,
        _ => return None,
    })
}
