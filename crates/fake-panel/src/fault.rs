//! What can go wrong, on purpose. Never decides when: tests and the demo do.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// A state in which a server refuses everything but the view (REFERENCE 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    Suspended,
    NodeMaintenance,
    Installing,
    Restoring,
    Transferring,
}

impl Conflict {
    /// Whether admins still get a token for the websocket (REFERENCE 3.1).
    pub(crate) fn lets_admins_watch(self) -> bool {
        matches!(
            self,
            Self::Installing | Self::Restoring | Self::Transferring
        )
    }

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Suspended => {
                "This server is currently suspended and the functionality requested is unavailable."
            }
            Self::NodeMaintenance => {
                "The node of this server is currently under maintenance and the functionality requested is unavailable."
            }
            Self::Installing => {
                "This server has not yet completed its installation process, please try again later."
            }
            Self::Restoring => {
                "This server is currently restoring from a backup, please try again later."
            }
            Self::Transferring => {
                "This server is currently being transferred to a new machine, please try again later."
            }
        }
    }
}

/// Why a node gives no good answer to the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeTrouble {
    /// The daemon has ended: 504 after `Rules::node_refuses_after`, handshakes are reset, open sockets end (1006).
    Refuses,
    /// Packets vanish: 504 after `Rules::node_connect_timeout`, handshakes are reset, open sockets go dead until it is over.
    Unreachable,
    /// It accepts and says nothing: 504 after `Rules::node_timeout`, handshakes stay unanswered, open sockets go dead.
    Hangs,
    /// It answers with this status: 504 for resources; 4xx and 5xx as they are for power and command.
    Answers(u16),
}

/// Something that goes wrong for one server, or for the whole panel.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 401 `AuthenticationException`.
    Unauthorized401,
    /// 403 `AccessDeniedHttpException`.
    Forbidden403,
    /// 404 `NotFoundHttpException`.
    NotFound404,
    /// 409 `ServerStateConflictException`.
    Conflict409(Conflict),
    /// 429, as by the panel (`headers`) or as by a proxy in front of it (without).
    TooMany429 { headers: bool },
    /// 500 JSON `QueryException`.
    Error500,
    /// 502 HTML of a web server whose PHP is gone: no header of the panel.
    BadGateway502,
    /// 503 `HttpException`, as in maintenance.
    Unavailable503,
    /// This status with the HTML page of a web server or proxy: no header of the panel.
    Proxy { status: u16 },
    /// 403 with the HTML page of a CDN that wants to see a browser.
    Challenge403,
    /// 404 with errors that are plain texts, as Calagopus writes them.
    OtherPanel404,
    /// 504 `DaemonConnectionException` at once.
    NodeTimeout504,
    /// The node answers the panel with this status.
    NodeAnswers { status: u16 },
    /// 200 with an HTML page: a login wall or captive portal.
    Html200,
    /// 200 with `{}`: JSON of something that is no panel.
    EmptyJson200,
    /// 200 with as many bytes of JSON: more than anybody should read.
    Huge200 { bytes: usize },
    /// The right status and type, but only the first half of the JSON.
    CutJson,
    /// The headers promise the whole body; after half of it the connection ends.
    CutConnection,
    /// 301 to this URL, the path and query appended.
    RedirectTo(String),
    /// The connection is reset without an answer.
    Reset,
    /// The connection stays open without an answer.
    NeverAnswer,
    /// The right answer, late.
    Slow(Duration),
    /// Another fault, late: a 504 after 15 seconds, say.
    Late { by: Duration, fault: Box<Self> },
    /// A `current_state` nobody knows; everything else is right.
    UnknownState,
    /// The `description` of servers is missing, as on some Pelican panels.
    NoDescription,
    /// `null_resource` instead of allocations and variables.
    NullRelations,
    /// `cpu_absolute` without a fraction.
    WholeCpu,
    /// Something moves while pages are read: every page after the first begins one server too late.
    MovingPages,
}

impl Fault {
    /// Whether the call is still carried out, so that its answer can be bent.
    pub(crate) fn lets_work_happen(&self) -> bool {
        match self {
            Self::Late { fault, .. } => fault.lets_work_happen(),
            Self::CutJson | Self::CutConnection | Self::Slow(_) | Self::UnknownState => true,
            Self::NoDescription | Self::NullRelations | Self::WholeCpu | Self::MovingPages => true,
            Self::Unauthorized401
            | Self::Forbidden403
            | Self::NotFound404
            | Self::Conflict409(_)
            | Self::TooMany429 { .. }
            | Self::Error500
            | Self::BadGateway502
            | Self::Unavailable503
            | Self::Proxy { .. }
            | Self::Challenge403
            | Self::OtherPanel404
            | Self::NodeTimeout504
            | Self::NodeAnswers { .. }
            | Self::Html200
            | Self::EmptyJson200
            | Self::Huge200 { .. }
            | Self::RedirectTo(_)
            | Self::Reset
            | Self::NeverAnswer => false,
        }
    }

    /// Whether it only shows in calls that reach the node.
    pub(crate) fn is_of_node(&self) -> bool {
        if let Self::Late { fault, .. } = self {
            return fault.is_of_node();
        }
        matches!(
            self,
            Self::NodeTimeout504 | Self::NodeAnswers { .. } | Self::UnknownState
        )
    }

    /// The answer of a fault that needs no work done.
    pub(crate) fn reply(&self, ask: &Ask) -> Reply {
        let at_once = Reply::at_once;
        let refused = |refusal: Refusal| Reply::at_once(refusal.render(ask));
        match self {
            Self::Unauthorized401 => refused(Refusal::unauthenticated()),
            Self::Forbidden403 => refused(Refusal::unauthorized()),
            Self::NotFound404 => refused(Refusal::unknown_server()),
            Self::Conflict409(conflict) => refused(Refusal::conflict(*conflict)),
            Self::TooMany429 { headers: true } => refused(Refusal::too_many()),
            Self::TooMany429 { headers: false } => at_once(proxy_page(429)),
            Self::Error500 => refused(Refusal::broken("QueryException")),
            Self::BadGateway502 => at_once(proxy_page(502)),
            Self::Unavailable503 => refused(Refusal::maintenance(None)),
            Self::Proxy { status } => at_once(proxy_page(*status)),
            Self::Challenge403 => at_once(Answer::challenge()),
            Self::OtherPanel404 => at_once(Answer::of_other_panel()),
            Self::NodeTimeout504 => refused(Refusal::no_connection()),
            Self::NodeAnswers { status } => {
                refused(Refusal::node_answered(*status, ask.is_post(), ask))
            }
            Self::Html200 => at_once(Answer::wall()),
            Self::Huge200 { bytes } => at_once(Answer::huge(*bytes)),
            Self::RedirectTo(base) => at_once(Answer::moved(base, ask)),
            Self::Reset => Reply::Reset {
                after: Duration::ZERO,
            },
            Self::NeverAnswer => Reply::Never,
            Self::Late { by, fault } => fault.reply(ask).later(*by),
            // All but the first let the work happen, so nobody asks for their answer here.
            Self::EmptyJson200
            | Self::CutJson
            | Self::CutConnection
            | Self::Slow(_)
            | Self::UnknownState
            | Self::NoDescription
            | Self::NullRelations
            | Self::WholeCpu
            | Self::MovingPages => at_once(Answer::json(&json!({}))),
        }
    }

    /// What a fault makes of a good reply.
    pub(crate) fn bend(&self, mut reply: Reply) -> Reply {
        if let Self::Slow(by) = self {
            return reply.later(*by);
        }
        if let Self::Late { by, fault } = self {
            return fault.bend(reply).later(*by);
        }
        if let Reply::Answer { answer, .. } = &mut reply {
            if *self == Self::CutJson {
                answer.cut();
            } else if *self == Self::CutConnection {
                answer.torn = true;
            } else {
                answer.edit(|body| self.twist(body));
            }
        }
        reply
    }
}

/// The page of a web server or proxy.
fn proxy_page(status: u16) -> Answer {
    let known = StatusCode::from_u16(status).ok();
    let title = known.and_then(|status| status.canonical_reason());
    Answer::proxy_page(status, title.unwrap_or("Web Server Error"))
}
