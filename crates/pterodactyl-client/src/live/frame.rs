//! Frames of the websocket: what may be sent and what arrives. It must never fail on an event it does not know, and
//! never pass on text that was neither cleaned nor capped.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::number::count;
use crate::power::PowerState;
use crate::text::{DETAIL, NAME, clean};

mod ask;
mod jwt_error;
mod stats;

pub(crate) use ask::encode;
pub use ask::{Ask, FRAME_LIMIT};
pub use jwt_error::JwtError;
pub use stats::{Network, Stats};

/// The longest console line kept, in bytes.
const LINE: usize = 16 * 1024;

/// What a node tells.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The token was accepted. Old nodes also say so for a token of another server, and complain afterwards.
    AuthSuccess,
    /// The server's state, after the first authentication and at once on every change.
    Status(PowerState),
    /// What the server uses, about once a second while it runs and once when it stops.
    Stats(Stats),
    /// A console line as the node sent it, **with colours and whatever else the game writes**, at most 16 KiB. Lines of
    /// the node itself come this way too; see [`super::CrashReader`].
    Console(String),
    /// Text of the node, for instance while a backup is restored.
    DaemonMessage(String),
    /// The installation began.
    InstallStarted,
    /// A line of the installation; administrators only. As raw as [`Event::Console`].
    InstallOutput(String),
    /// The installation ended.
    InstallCompleted,
    /// A backup is done, well or badly.
    BackupCompleted(BackupResult),
    /// A backup has been restored.
    BackupRestoreCompleted,
    /// A line of a transfer to another node; administrators only. As raw as [`Event::Console`].
    TransferLogs(String),
    /// How far a transfer to another node is.
    TransferStatus(TransferStatus),
    /// The server is gone; the connection ends next.
    Deleted,
    /// The token ends within a minute.
    TokenExpiring,
    /// The token has ended (only one kind of node says so).
    TokenExpired,
    /// The node does not like the token.
    JwtError(JwtError),
    /// Something failed on the node. Without `admin.websocket.errors` it is one generic sentence for everything.
    DaemonError(String),
    /// A frame was dropped because too many came: the name of the event, or `global`.
    Throttled(String),
    /// An event this client does not know, by name, or one whose content made no sense.
    Unknown(String),
}

/// How a backup ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BackupResult {
    /// The backup's id, cleaned.
    #[serde(default, deserialize_with = "word")]
    pub uuid: String,
    /// True when it is complete and usable.
    #[serde(rename = "is_successful", default)]
    pub successful: bool,
    /// Its size in bytes.
    #[serde(rename = "file_size", default, deserialize_with = "count")]
    pub size_bytes: u64,
}

fn word<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    Ok(clean(&String::deserialize(source)?, NAME))
}

/// How far the move of a server to another node is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TransferStatus {
    /// Waiting.
    Pending,
    /// Under way.
    Processing,
    /// Being called off.
    Cancelling,
    /// Called off.
    Cancelled,
    /// Failed; the server stays where it was.
    Failed,
    /// Done: the server has moved, and so has the address of its websocket.
    Completed,
    /// A word this client does not know, cleaned for showing.
    Unknown(String),
}

impl TransferStatus {
    fn read(word: &str) -> Self {
        match word {
            "pending" => Self::Pending,
            "processing" => Self::Processing,
            "cancelling" => Self::Cancelling,
            "cancelled" => Self::Cancelled,
            "failed" | "failure" => Self::Failed,
            "completed" | "success" => Self::Completed,
            other => Self::Unknown(clean(other, NAME)),
        }
    }
}

/// A frame that is no object with an `event`. Nodes never send one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a frame of the node cannot be understood")]
pub struct Unreadable;

#[derive(Deserialize)]
struct RawFrame {
    event: String,
    #[serde(default)]
    args: Option<Vec<Value>>,
}

/// What a text frame says. `args` may be absent, null, or hold anything.
///
/// # Errors
/// [`Unreadable`] when it is not an object with an `event`.
pub fn decode(text: &str) -> Result<Event, Unreadable> {
    let raw: RawFrame = serde_json::from_str(text).map_err(|_| Unreadable)?;
    let args = raw.args.unwrap_or_default();
    let first = match args.into_iter().next() {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    };
    Ok(event(&raw.event, &first))
}

fn event(name: &str, first: &str) -> Event {
    match name {
        "auth success" => Event::AuthSuccess,
        "status" => Event::Status(PowerState::read(first)),
        "stats" => nested(name, first, Event::Stats),
        "console output" => Event::Console(line(first)),
        "daemon message" => Event::DaemonMessage(sentence(first)),
        "daemon error" => Event::DaemonError(sentence(first)),
        "jwt error" => Event::JwtError(JwtError::read(first)),
        "throttled" => Event::Throttled(clean(first, NAME)),
        "deleted" => Event::Deleted,
        other => slow_event(other, first),
    }
}

/// The events of minutes and hours.
fn slow_event(name: &str, first: &str) -> Event {
    match name {
        "token expiring" => Event::TokenExpiring,
        "token expired" => Event::TokenExpired,
        "install started" => Event::InstallStarted,
        "install output" => Event::InstallOutput(line(first)),
        "install completed" => Event::InstallCompleted,
        "backup restore completed" => Event::BackupRestoreCompleted,
        "transfer logs" => Event::TransferLogs(line(first)),
        "transfer status" => Event::TransferStatus(TransferStatus::read(first)),
        // Very old nodes append a colon and the backup's id to the name.
        "backup completed" => nested(name, first, Event::BackupCompleted),
        other if other.starts_with("backup completed:") => {
            nested("backup completed", first, Event::BackupCompleted)
        }
        other => Event::Unknown(clean(other, NAME)),
    }
}

/// Content that is JSON inside a string.
fn nested<T: for<'de> Deserialize<'de>>(
    name: &str,
    text: &str,
    make: impl FnOnce(T) -> Event,
) -> Event {
    serde_json::from_str(text).map_or_else(|_| Event::Unknown(name.to_owned()), make)
}

/// A sentence of the node without the reference (`Error Event [uuid]: `) before it.
fn sentence(text: &str) -> String {
    let told = text
        .strip_prefix("Error Event [")
        .and_then(|rest| rest.split_once("]: "))
        .map_or(text, |(_, told)| told);
    clean(told, DETAIL)
}

/// A raw line of bounded length.
fn line(text: &str) -> String {
    let mut ends = (0..=text.len().min(LINE)).rev();
    let end = ends.find(|at| text.is_char_boundary(*at));
    text[..end.unwrap_or_default()].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn args_may_be_absent_null_or_anything() {
        for text in [
            r#"{"event":"auth success"}"#,
            r#"{"event":"auth success","args":null}"#,
            r#"{"event":"auth success","args":[null]}"#,
            r#"{"event":"auth success","args":["*","control.start"]}"#,
            r#"{"event":"auth success","args":[{"a":[1]}],"more":1}"#,
        ] {
            assert_eq!(decode(text), Ok(Event::AuthSuccess), "{text}");
        }
        assert_eq!(
            decode(r#"{"event":"console output","args":[7]}"#),
            Ok(Event::Console("7".into()))
        );
    }

    #[test]
    fn unknown_events_survive_and_what_is_no_frame_is_told_apart() {
        let unknown = |name: &str| Ok(Event::Unknown(name.into()));
        assert_eq!(
            decode(r#"{"event":"feature match"}"#),
            unknown("feature match")
        );
        assert_eq!(
            decode(r#"{"event":"stats","args":["{"]}"#),
            unknown("stats")
        );
        for text in [
            "",
            "[]",
            "7",
            "{}",
            r#"{"event":7}"#,
            r#"{"event":"a","args":"b"}"#,
        ] {
            assert_eq!(decode(text), Err(Unreadable), "{text}");
        }
    }

    #[test]
    fn stats_are_read_in_either_key_order_and_with_odd_numbers() {
        let stats = |json: &str| {
            let frame = json!({ "event": "stats", "args": [json] }).to_string();
            let Ok(Event::Stats(stats)) = decode(&frame) else {
                panic!("{frame}");
            };
            stats
        };
        let full = stats(
            r#"{"memory_bytes":5000000000,"memory_limit_bytes":294400000,"cpu_absolute":0.5,
            "network":{"rx_bytes":1166,"tx_bytes":736},"uptime":25087,"state":"running","disk_bytes":6,"disk_io":{}}"#,
        );
        assert_eq!(full.state, PowerState::Running);
        assert_eq!((full.memory_bytes, full.uptime_ms), (5_000_000_000, 25087));
        assert_eq!(
            full.network,
            Network {
                rx_bytes: 1166,
                tx_bytes: 736
            }
        );
        let thin = stats(r#"{"state":"paused","network":null,"cpu_absolute":3,"uptime":-1}"#);
        assert_eq!(thin.state, PowerState::Unknown("paused".into()));
        assert_eq!((thin.cpu_percent, thin.uptime_ms), (3.0, 0));
    }

    #[test]
    fn a_backup_is_told_also_by_nodes_that_append_its_id() {
        let done = |event: &str| {
            json!({ "event": event, "args": [r#"{"uuid":"172c","is_successful":true,"file_size":117}"#] })
                .to_string()
        };
        let expected = Event::BackupCompleted(BackupResult {
            uuid: "172c".into(),
            successful: true,
            size_bytes: 117,
        });
        assert_eq!(decode(&done("backup completed")), Ok(expected.clone()));
        assert_eq!(decode(&done("backup completed:172c")), Ok(expected));
    }

    #[test]
    fn an_endless_line_is_cut_between_characters() {
        let frame = json!({ "event": "console output", "args": ["ř".repeat(LINE)] }).to_string();
        assert_eq!(decode(&frame), Ok(Event::Console("ř".repeat(LINE / 2))));
    }
}
