//! What is worth telling a person who looks elsewhere, before it is put into words.
//!
//! Plain values; the store decides on them, `notification` words them.

use crate::{
    id::{PanelId, ServerId},
    problem::Problem,
};
use pterodactyl_client::{PowerSignal, live::Crash};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its number among all alerts since the start; a button answers by it.
    pub number: u64,
    /// Alerts with the same subject replace each other.
    pub about: Subject,
    /// The subject's name, made safe to show.
    pub name: String,
    /// What happened.
    pub news: News,
    /// It goes on with what was told before, in its place, instead of adding to it.
    pub goes_on: bool,
}

/// An alert that is kept for whoever missed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KeptAlert {
    /// Its number among all alerts since the start; buttons answer by it.
    pub number: u64,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// What it is about.
    pub about: Subject,
    /// The subject's name, made safe to show; empty for several at once.
    pub name: String,
    /// What happened.
    pub news: News,
    /// Why no notification was shown; `None` when one was.
    pub silent: Option<Silence>,
    /// Nobody has looked at it, and somebody should.
    pub unread: bool,
}

/// What an alert is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Subject {
    /// A server.
    Server(ServerId),
    /// A panel.
    Panel(PanelId),
    /// A node.
    Node {
        /// The panel that it belongs to.
        panel: PanelId,
        /// Its name there.
        node: String,
    },
    /// How much a server uses.
    Use(ServerId),
    /// Several servers at once, by the number of the first alert about them.
    Several(u64),
    /// What changed while nobody could look.
    Away,
    /// What a pause or quiet hours held back.
    Held,
    /// The program itself.
    Program,
}

impl Subject {
    /// The panel it belongs to; `None` for what belongs to several or none.
    pub fn panel(&self) -> Option<&PanelId> {
        match self {
            Subject::Server(server) | Subject::Use(server) => Some(&server.panel),
            Subject::Panel(panel) | Subject::Node { panel, .. } => Some(panel),
            Subject::Several(_) | Subject::Away | Subject::Held | Subject::Program => None,
        }
    }

    /// The server it is, or is about.
    pub fn server(&self) -> Option<&ServerId> {
        match self {
            Subject::Server(server) | Subject::Use(server) => Some(server),
            Subject::Panel(_)
            | Subject::Node { .. }
            | Subject::Several(_)
            | Subject::Away
            | Subject::Held
            | Subject::Program => None,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum News {
    /// It crashed and stays down.
    Crashed {
        /// What its node reported of it, if it did.
        report: Option<CrashReport>,
        /// How often it went down unasked within ten minutes, this time included.
        times: u32,
    },
    /// It was up and is down; nothing tells why.
    WentDown {
        /// How often it went down unasked within ten minutes, this time included.
        times: u32,
    },
    /// It crashed and its node is restarting it.
    CrashedRestarting {
        /// What its node reported of it, if it did.
        report: Option<CrashReport>,
        /// How often it went down unasked within ten minutes, this time included.
        times: u32,
    },
    /// Somebody else stopped it.
    WasStopped {
        /// Who, if the panel's activity log says so.
        by: Option<Actor>,
    },
    /// It went up and down more often than anybody wants to hear.
    Unstable {
        /// How often it went down since that was told last.
        times: u32,
        /// It is up at the moment.
        up: bool,
    },
    /// Its stop takes too long.
    StopHangs {
        /// For so many seconds.
        seconds: u64,
    },
    /// It is up again after an alert, or because that was asked to be told.
    CameBack {
        /// How many seconds it was seen down; `None` when that is not known.
        down_seconds: Option<u64>,
    },
    /// Several servers of one or more panels at about the same time.
    Together {
        /// What happened to them.
        fall: Fall,
        /// Their names.
        names: Vec<String>,
    },
    /// All servers of an alert about several run again.
    TogetherBack {
        /// How many.
        servers: u32,
        /// How many seconds after they went down.
        down_seconds: u64,
    },
    /// A panel has not answered for a while.
    PanelAway {
        /// Why.
        problem: Problem,
        /// How many servers are unknown for it.
        servers: u32,
    },
    /// A node has not answered for a while.
    NodeAway {
        /// How many servers are unknown for it.
        servers: u32,
    },
    /// A panel or node answers again after an alert.
    AnswersAgain {
        /// How many seconds it was away.
        away_seconds: u64,
    },
    /// A server uses much for a while.
    Above {
        /// Of what, and how much.
        uses: Vec<Usage>,
        /// For so many minutes.
        minutes: u32,
    },
    /// What changed while nobody could look: asleep, or without a network.
    Meanwhile {
        /// Names of servers that went down.
        down: Vec<String>,
        /// Names of servers that came up.
        up: Vec<String>,
    },
    /// What a pause or quiet hours held back.
    HeldBack {
        /// Which of the two.
        why: Silence,
        /// Names of servers that went down and are down.
        down: Vec<String>,
        /// Names of servers that went down and are up again.
        back: Vec<String>,
        /// Names of panels and nodes that did not answer.
        away: Vec<String>,
        /// How many other alerts there were.
        others: u32,
    },
    /// A signal sent from here was refused.
    ActionFailed {
        /// Which signal.
        #[cfg_attr(test, ts(type = "'start' | 'stop' | 'restart' | 'kill'"))]
        signal: PowerSignal,
        /// What the panel says.
        problem: Problem,
    },
    /// A signal sent from here was taken but nothing came of it in time.
    ActionUnseen {
        /// Which signal.
        #[cfg_attr(test, ts(type = "'start' | 'stop' | 'restart' | 'kill'"))]
        signal: PowerSignal,
    },
    /// The panel stopped taking the key.
    KeyRefused {
        /// Why.
        problem: Problem,
    },
    /// An answer to a press: the server is up already. Never kept.
    AlreadyUp,
    /// An answer to a press: too much time has passed since. Never kept.
    TooOld,
    /// An answer to a press: the server is not as it was then. Never kept.
    MovedOn,
    /// An answer to a press: the server is not there any more. Never kept.
    Gone,
    /// Something of this computer's side is missing or broken. Never kept.
    Notice {
        /// What.
        problem: Problem,
    },
}

/// A crash, as far as the node reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CrashReport {
    /// What the process ended with; 137 is a kill.
    pub exit_code: Option<i64>,
    /// It used too much memory.
    pub out_of_memory: Option<bool>,
}

impl From<Crash> for CrashReport {
    fn from(crash: Crash) -> CrashReport {
        CrashReport {
            exit_code: crash.exit_code,
            out_of_memory: crash.out_of_memory,
        }
    }
}

/// Who did it, by the panel's activity log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Actor {
    /// The login name, made safe to show.
    pub name: String,
    /// With an API key, not in the browser.
    pub by_api: bool,
}

/// How servers of a group went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Fall {
    /// All of them crashed.
    Crashed,
    /// All of them crashed, and their nodes start them again.
    CrashedRestarting,
    /// Somebody stopped all of them.
    Stopped,
    /// They are down, some for other reasons than others.
    WentDown,
}

/// How much a server uses of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Usage {
    /// Of what.
    pub of: Measure,
    /// Percent of its limit; of one core where the processor has none.
    pub percent: u32,
    /// It has a limit.
    pub limited: bool,
}

/// What a threshold measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Measure {
    /// Processor.
    Cpu,
    /// Memory.
    Memory,
    /// Disk.
    Disk,
}

/// Why something was not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Silence {
    /// It was asked for here.
    Own,
    /// It was restarted.
    Restarted,
    /// The server's rule says so.
    Rule,
    /// It came back, and nobody was told that it was away.
    NotMissed,
    /// It was over before it could be told.
    Over,
    /// Alerts are paused; a summary comes.
    Paused,
    /// Quiet hours; a summary comes.
    QuietHours,
    /// It goes up and down too often; one alert says so.
    Flapping,
    /// It happened while nobody could look; one summary tells it.
    Away,
    /// It is part of an alert about several.
    Together,
}

impl Silence {
    /// The name used in JSON and, with dashes, in translation keys.
    pub fn name(self) -> &'static str {
        match self {
            Silence::Own => "own",
            Silence::Restarted => "restarted",
            Silence::Rule => "rule",
            Silence::NotMissed => "not_missed",
            Silence::Over => "over",
            Silence::Paused => "paused",
            Silence::QuietHours => "quiet_hours",
            Silence::Flapping => "flapping",
            Silence::Away => "away",
            Silence::Together => "together",
        }
    }
}

impl Measure {
    /// The name used in JSON and in translation keys.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Cpu => "cpu",
            Measure::Memory => "memory",
            Measure::Disk => "disk",
        }
    }
}

impl News {
    /// It is worth keeping for whoever missed it.
    pub fn is_kept(&self) -> bool {
        !self.is_answer() && !matches!(self, News::Notice { .. })
    }

    /// It may wait for the end of a pause or of quiet hours. What answers somebody's own press may
    /// not, and neither may what tells of this program itself.
    pub fn may_wait(&self) -> bool {
        !self.is_answer()
            && !matches!(
                self,
                News::Notice { .. }
                    | News::ActionFailed { .. }
                    | News::ActionUnseen { .. }
                    | News::HeldBack { .. }
            )
    }

    /// It only says why a press did nothing.
    pub fn is_answer(&self) -> bool {
        matches!(
            self,
            News::AlreadyUp | News::TooOld | News::MovedOn | News::Gone
        )
    }

    /// A server that is up again after so long.
    pub fn came_back(after: Duration) -> News {
        News::CameBack {
            down_seconds: Some(after.as_secs()),
        }
    }
}
