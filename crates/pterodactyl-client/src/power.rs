//! Power states and the signals that change them. It must never claim to know a state the panel did not name.

use serde::{Deserialize, Serialize};

/// What a server's process is doing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PowerState {
    /// Not running.
    Offline,
    /// On its way up; stays so for good when the server's start-up pattern never matches.
    Starting,
    /// Up.
    Running,
    /// On its way down.
    Stopping,
    /// Pelican's word for "the node gave no answer": nothing is known, least of all that it is offline.
    Missing,
    /// A word this client does not know, cleaned for showing.
    Unknown(String),
}

impl PowerState {
    /// Reads `current_state`; `stopped` is the panel's own stand-in when a node's answer lacks the state.
    pub(crate) fn read(word: &str) -> Self {
        match word {
            "offline" | "stopped" => Self::Offline,
            "starting" => Self::Starting,
            "running" => Self::Running,
            "stopping" => Self::Stopping,
            "missing" => Self::Missing,
            other => Self::Unknown(crate::text::clean(other, crate::text::NAME)),
        }
    }
}

/// What a person can tell a server to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PowerSignal {
    /// Start; a running server ignores it.
    Start,
    /// Stop in the game's own way; the node kills it after ten minutes.
    Stop,
    /// Stop, then start; an offline server just starts.
    Restart,
    /// End the process at once, at the risk of losing data.
    Kill,
}

impl PowerSignal {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::Kill => "kill",
        }
    }

    /// The signal a word stands for.
    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Start, Self::Stop, Self::Restart, Self::Kill]
            .into_iter()
            .find(|signal| signal.as_str() == word)
    }

    /// The permission it needs; stop and kill share one.
    #[must_use]
    pub const fn permission(self) -> &'static str {
        match self {
            Self::Start => "control.start",
            Self::Stop | Self::Kill => "control.stop",
            Self::Restart => "control.restart",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_state_survives_and_is_not_taken_for_offline() {
        assert_eq!(
            PowerState::read("paused"),
            PowerState::Unknown("paused".into())
        );
        assert_eq!(PowerState::read(""), PowerState::Unknown(String::new()));
        assert_eq!(
            PowerState::read("\u{1b}[31mdead"),
            PowerState::Unknown("dead".into())
        );
        assert_eq!(PowerState::read("missing"), PowerState::Missing);
        assert_eq!(PowerState::read("stopped"), PowerState::Offline);
    }

    #[test]
    fn a_signal_is_written_as_it_is_sent() {
        for signal in [
            PowerSignal::Start,
            PowerSignal::Stop,
            PowerSignal::Restart,
            PowerSignal::Kill,
        ] {
            let json = serde_json::to_string(&signal).unwrap();
            assert_eq!(json, format!("\"{}\"", signal.as_str()));
            assert_eq!(serde_json::from_str::<PowerSignal>(&json).unwrap(), signal);
        }
    }
}
