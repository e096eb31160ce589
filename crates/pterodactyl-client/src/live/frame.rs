//! Frames of the websocket: what may be sent and what arrives. It must never fail on an event it does not know, and
//! never pass on text that was neither cleaned nor capped.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::number::{count, share};
use crate::power::{PowerSignal, PowerState};
use crate::text::{DETAIL, NAME, clean};

/// The largest frame a node takes, in bytes; a larger one ends the connection with code 1009 (Wings 1.12 and newer).
pub const FRAME_LIMIT: usize = 4096;
/// The longest console line kept, in bytes.
const LINE: usize = 16 * 1024;

/// What can be asked of a node once it has accepted the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// One [`Event::Stats`] now, also while the server is offline.
    Stats,
    /// Up to 150 recent lines as [`Event::Console`]; nothing while the server is offline.
    Logs,
    /// A line for the server's console; needs `control.console`. Silently ignored when not permitted or offline.
    Command(String),
    /// A power signal. Silently ignored when not permitted; [`Event::DaemonError`] when it is impossible right now.
    Power(PowerSignal),
}

impl Ask {
    /// The event's name on the wire.
    #[must_use]
    pub const fn event(&self) -> &'static str {
        match self {
            Self::Stats => "send stats",
            Self::Logs => "send logs",
            Self::Command(_) => "send command",
            Self::Power(_) => "set state",
        }
    }

    /// The frame's text, at most [`FRAME_LIMIT`] bytes unless a command is too long. `args` is always there: one kind of
    /// node ignores frames without it.
    #[must_use]
    pub fn encode(&self) -> String {
        match self {
            Self::Stats | Self::Logs => encode(self.event(), &[]),
            Self::Command(line) => encode(self.event(), &[line]),
            Self::Power(signal) => encode(self.event(), &[signal.as_str()]),
        }
    }
}

/// A frame's text.
pub(crate) fn encode(event: &str, args: &[&str]) -> String {
    #[derive(Serialize)]
    struct Frame<'a> {
        event: &'a str,
        args: &'a [&'a str],
    }
    // Text alone cannot fail to become JSON.
    serde_json::to_string(&Frame { event, args }).unwrap_or_default()
}

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

/// What a server uses, as its node counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Stats {
    /// What the process is doing.
    #[serde(deserialize_with = "state")]
    pub state: PowerState,
    /// Memory in bytes.
    #[serde(default, deserialize_with = "count")]
    pub memory_bytes: u64,
    /// Memory granted by Docker in bytes, the node's overhead included; 0 in the first reading after a start, all of
    /// the machine's when unlimited.
    #[serde(default, deserialize_with = "count")]
    pub memory_limit_bytes: u64,
    /// Percent of one core: 100 is one core. Not relative to the limit.
    #[serde(rename = "cpu_absolute", default, deserialize_with = "share")]
    pub cpu_percent: f64,
    /// Disk use in bytes; 0 until the node has measured.
    #[serde(default, deserialize_with = "count")]
    pub disk_bytes: u64,
    /// What went over the network since the process started.
    #[serde(default, deserialize_with = "network")]
    pub network: Network,
    /// Milliseconds since the process started; 0 while offline.
    #[serde(rename = "uptime", default, deserialize_with = "count")]
    pub uptime_ms: u64,
}

/// Bytes over the network since the process started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub struct Network {
    /// Bytes received.
    #[serde(default, deserialize_with = "count")]
    pub rx_bytes: u64,
    /// Bytes sent.
    #[serde(default, deserialize_with = "count")]
    pub tx_bytes: u64,
}

fn state<'de, D: Deserializer<'de>>(source: D) -> Result<PowerState, D::Error> {
    Ok(PowerState::read(&String::deserialize(source)?))
}

fn network<'de, D: Deserializer<'de>>(source: D) -> Result<Network, D::Error> {
    Ok(Option::deserialize(source)?.unwrap_or_default())
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

/// What a node has against a token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtError {
    /// It has ended; a new one heals the connection.
    Expired,
    /// The node restarted or the user's rights changed since it was made; a new one heals the connection.
    Denylisted,
    /// It lacks `websocket.connect`, **or** the panel is too old (before 1.12.3) for this node (1.12.2 or newer), which
    /// wants to be named in it. The node says the same for both.
    MissingConnect,
    /// It belongs to another server.
    ServerMismatch,
    /// A frame arrived before any token.
    NotPresent,
    /// Anything else, cleaned for showing.
    Other(String),
}

impl JwtError {
    fn read(text: &str) -> Self {
        let lower = text.to_ascii_lowercase();
        let table = [
            ("exp claim is invalid", Self::Expired),
            // In the words of wings-rs.
            ("jwt expired", Self::Expired),
            ("created too far in past (denylist)", Self::Denylisted),
            ("missing connect permission", Self::MissingConnect),
            ("server uuid mismatch", Self::ServerMismatch),
            ("no jwt present", Self::NotPresent),
        ];
        table
            .into_iter()
            .find(|(part, _)| lower.contains(part))
            .map_or_else(|| Self::Other(sentence(text)), |(_, found)| found)
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
    fn what_is_sent_always_has_its_args() {
        assert_eq!(Ask::Stats.encode(), r#"{"event":"send stats","args":[]}"#);
        assert_eq!(
            Ask::Power(PowerSignal::Kill).encode(),
            r#"{"event":"set state","args":["kill"]}"#
        );
        assert_eq!(
            Ask::Command("say \"hi\"\n".into()).encode(),
            r#"{"event":"send command","args":["say \"hi\"\n"]}"#
        );
    }

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
    fn jwt_errors_are_recognised_with_and_without_their_reference() {
        let error = |text: &str| JwtError::read(text);
        assert_eq!(error("jwt: exp claim is invalid"), JwtError::Expired);
        assert_eq!(error("JWT expired"), JwtError::Expired);
        assert_eq!(
            error("Error Event [c5b27f72]: jwt: created too far in past (denylist)"),
            JwtError::Denylisted
        );
        assert_eq!(
            error("JWT: Missing connect permission"),
            JwtError::MissingConnect
        );
        assert_eq!(
            error("Error Event [x]: \u{1b}[31modd"),
            JwtError::Other("odd".into())
        );
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
