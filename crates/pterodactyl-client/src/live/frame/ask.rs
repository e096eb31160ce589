//! What can be asked of a node. It must never write a frame without `args`: one kind of node ignores those.

use serde::Serialize;

use crate::power::PowerSignal;

/// The largest frame a node takes, in bytes; a larger one ends the connection with code 1009 (Wings 1.12 and newer).
pub const FRAME_LIMIT: usize = 4096;

/// What can be asked of a node once it has accepted the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// One [`super::Event::Stats`] now, also while the server is offline.
    Stats,
    /// Up to 150 recent lines as [`super::Event::Console`]; nothing while the server is offline.
    Logs,
    /// A line for the server's console; needs `control.console`. Silently ignored when not permitted or offline.
    Command(String),
    /// A power signal. Silently ignored when not permitted; [`super::Event::DaemonError`] when it is impossible right now.
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

#[cfg(test)]
mod tests {
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
}
