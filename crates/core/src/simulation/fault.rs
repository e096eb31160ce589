//! What can go wrong between a question and its answer, and the answer that comes of it.
//!
//! Throws nothing itself: which fault there is, and when, is `trouble`'s business.

use super::dice::Dice;
use pterodactyl_client::{ConflictState, Error, NotAPanel, Unreachable};
use std::time::Duration;

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    List,
    Resources,
    View,
    Log,
    Token,
    Power,
}

/// Something wrong with a panel's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict(Option<ConflictState>),
    TooMany {
        says_when: bool,
    },
    Broken(u16),
    Maintenance,
    NodeSilent {
        slowly: bool,
    },
    NodeError,
    Html,
    CutBody,
    Reset,
    Hangs,
    /// A good answer that takes seconds.
    Slow,
    /// Pelican's word for a node that gave no answer.
    Missing,
    /// Nothing listens.
    Down,
}

/// Every way to go wrong.
pub(super) const WRONGS: [Wrong; 26] = [
    Wrong::Unauthorized,
    Wrong::Forbidden,
    Wrong::NotFound,
    Wrong::Conflict(None),
    Wrong::Conflict(Some(ConflictState::Suspended)),
    Wrong::Conflict(Some(ConflictState::Maintenance)),
    Wrong::Conflict(Some(ConflictState::Installing)),
    Wrong::Conflict(Some(ConflictState::RestoringBackup)),
    Wrong::Conflict(Some(ConflictState::Transferring)),
    Wrong::TooMany { says_when: true },
    Wrong::TooMany { says_when: false },
    Wrong::Broken(500),
    Wrong::Broken(502),
    Wrong::Broken(504),
    Wrong::Maintenance,
    Wrong::NodeSilent { slowly: false },
    Wrong::NodeSilent { slowly: true },
    Wrong::NodeError,
    Wrong::Html,
    Wrong::CutBody,
    Wrong::Reset,
    Wrong::Hangs,
    Wrong::Slow,
    Wrong::Missing,
    Wrong::Down,
    Wrong::Unauthorized,
];

/// What a fault makes of an answer.
#[derive(Debug)]
pub(super) enum Effect {
    /// It comes as it would have, later.
    Late(Duration),
    /// It says that the state is missing.
    Missing,
    /// It is this error, after this time.
    Fails(Error, Duration),
}

impl Wrong {
    /// What it makes of one answer.
    pub(super) fn strike(self, dice: &mut Dice) -> Effect {
        let soon = dice.millis(1, 400);
        match self {
            Wrong::Slow => Effect::Late(dice.seconds(2, 12)),
            Wrong::Missing => Effect::Missing,
            Wrong::Hangs => {
                let error = Error::Unreachable(Unreachable::TimedOut);
                Effect::Fails(error, dice.seconds(25, 30))
            }
            Wrong::NodeSilent { slowly: true } => {
                let error = Error::NodeUnreachable {
                    detail: String::new(),
                };
                Effect::Fails(error, Duration::from_secs(15))
            }
            Wrong::Unauthorized
            | Wrong::Forbidden
            | Wrong::NotFound
            | Wrong::Conflict(_)
            | Wrong::TooMany { .. }
            | Wrong::Broken(_)
            | Wrong::Maintenance
            | Wrong::NodeSilent { slowly: false }
            | Wrong::NodeError
            | Wrong::Html
            | Wrong::CutBody
            | Wrong::Reset
            | Wrong::Down => Effect::Fails(self.error(dice), soon),
        }
    }

    fn error(self, dice: &mut Dice) -> Error {
        let detail = String::new();
        match self {
            Wrong::Unauthorized => Error::Unauthorized,
            Wrong::Forbidden => Error::Forbidden { detail },
            Wrong::NotFound => Error::NotFound,
            Wrong::Conflict(state) => Error::Conflict { state, detail },
            Wrong::TooMany { says_when } => Error::RateLimited {
                retry_after: says_when.then(|| dice.seconds(1, 60)),
            },
            Wrong::Broken(status) => Error::Broken { status, detail },
            Wrong::Maintenance => Error::Maintenance { retry_after: None },
            Wrong::NodeSilent { .. } => Error::NodeUnreachable { detail },
            Wrong::NodeError => Error::NodeError {
                status: 500,
                detail,
            },
            Wrong::Html => Error::NotAPanel(NotAPanel::Html { title: None }),
            Wrong::CutBody => Error::Unreachable(Unreachable::Interrupted),
            Wrong::Reset | Wrong::Slow | Wrong::Missing => Error::Unreachable(Unreachable::Failed),
            Wrong::Hangs => Error::Unreachable(Unreachable::TimedOut),
            Wrong::Down => Error::Unreachable(Unreachable::Refused),
        }
    }

    /// The server may have done what was asked although the answer says otherwise.
    pub(super) fn after_the_deed(self) -> bool {
        matches!(
            self,
            Wrong::CutBody | Wrong::Reset | Wrong::Hangs | Wrong::Broken(_) | Wrong::Slow
        )
    }

    /// The panel counts such an answer and says so in its headers.
    pub(super) fn has_headers(self) -> bool {
        matches!(
            self,
            Wrong::Forbidden
                | Wrong::Conflict(_)
                | Wrong::NodeSilent { .. }
                | Wrong::NodeError
                | Wrong::Broken(500)
                | Wrong::Missing
                | Wrong::Slow
        )
    }
}

/// A fault, for a while.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) id: u64,
    /// Only on this route.
    pub(super) route: Option<Route>,
    /// Only for this server.
    pub(super) server: Option<usize>,
    pub(super) wrong: Wrong,
    /// Gone after the first time.
    pub(super) once: bool,
}

impl Fault {
    /// The whole panel is gone.
    pub(super) fn is_away(&self) -> bool {
        self.wrong == Wrong::Down && self.route.is_none() && self.server.is_none() && !self.once
    }

    pub(super) fn meets(&self, route: Route, server: Option<usize>) -> bool {
        self.route.is_none_or(|only| only == route)
            && self.server.is_none_or(|only| server == Some(only))
    }
}
