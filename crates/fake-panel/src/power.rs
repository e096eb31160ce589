//! The words of power: what a server is doing and what may be asked of it. Never does it.

/// What the node says a server is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerState {
    Offline,
    Starting,
    Running,
    Stopping,
}

impl PowerState {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Stopping => "stopping",
        }
    }
}

/// What a person asks of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Start,
    Stop,
    Restart,
    Kill,
}

impl Signal {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::Kill => "kill",
        }
    }

    /// What a user needs for it (REFERENCE 1.7).
    pub(crate) fn permission(self) -> &'static str {
        match self {
            Self::Start => "control.start",
            Self::Restart => "control.restart",
            Self::Stop | Self::Kill => "control.stop",
        }
    }

    /// Reads the word on the wire.
    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Start, Self::Stop, Self::Restart, Self::Kill]
            .into_iter()
            .find(|signal| signal.as_str() == word)
    }
}
