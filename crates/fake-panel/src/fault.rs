//! What can go wrong, on purpose. Never decides when: tests and the demo do.

use std::time::Duration;

use serde_json::{Value, json};

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
    /// Nothing listens: 504 after `Rules::node_refuses_after`.
    Refuses,
    /// Packets vanish: 504 after `Rules::node_connect_timeout`.
    Unreachable,
    /// It accepts and says nothing: 504 after `Rules::node_timeout`.
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
    /// 301 to this URL, the path and query appended.
    RedirectTo(String),
    /// The connection is reset without an answer.
    Reset,
    /// The connection stays open without an answer.
    NeverAnswer,
    /// The right answer, late.
    Slow(Duration),
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
            Self::CutJson | Self::Slow(_) | Self::UnknownState => true,
            Self::NoDescription | Self::NullRelations | Self::WholeCpu | Self::MovingPages => true,
            Self::Unauthorized401
            | Self::Forbidden403
            | Self::NotFound404
            | Self::Conflict409(_)
            | Self::TooMany429 { .. }
            | Self::Error500
            | Self::BadGateway502
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
        matches!(
            self,
            Self::NodeTimeout504 | Self::NodeAnswers { .. } | Self::UnknownState
        )
    }

    /// The answer of a fault that needs no work done.
    pub(crate) fn reply(&self, ask: &Ask) -> Reply {
        let refusal = match self {
            Self::Unauthorized401 => Refusal::unauthenticated(),
            Self::Forbidden403 => Refusal::unauthorized(),
            Self::NotFound404 => Refusal::unknown_server(),
            Self::Conflict409(conflict) => Refusal::conflict(*conflict),
            Self::TooMany429 { headers: true } => Refusal::too_many(),
            Self::TooMany429 { headers: false } => {
                return Reply::at_once(Answer::proxy_page(429, "Too Many Requests"));
            }
            Self::Error500 => Refusal::broken("QueryException"),
            Self::BadGateway502 => return Reply::at_once(Answer::proxy_page(502, "Bad Gateway")),
            Self::NodeTimeout504 => Refusal::no_connection(),
            Self::NodeAnswers { status } => Refusal::node_answered(*status, ask.is_post(), ask),
            Self::Html200 => return Reply::at_once(Answer::wall()),
            Self::Huge200 { bytes } => return Reply::at_once(Answer::huge(*bytes)),
            Self::RedirectTo(base) => return Reply::at_once(Answer::moved(base, ask)),
            Self::Reset => return Reply::Reset,
            Self::NeverAnswer => return Reply::Never,
            // The last ones let the work happen, so nobody asks for their answer here.
            Self::EmptyJson200
            | Self::CutJson
            | Self::Slow(_)
            | Self::UnknownState
            | Self::NoDescription
            | Self::NullRelations
            | Self::WholeCpu
            | Self::MovingPages => {
                return Reply::at_once(Answer::json(&serde_json::json!({})));
            }
        };
        Reply::at_once(refusal.render(ask))
    }

    /// What a fault makes of a good reply.
    pub(crate) fn bend(&self, reply: Reply) -> Reply {
        match (self, reply) {
            (Self::CutJson, Reply::Answer { after, answer }) => Reply::Answer {
                after,
                answer: answer.cut(),
            },
            (Self::Slow(by), Reply::Answer { after, answer }) => Reply::Answer {
                after: after + *by,
                answer,
            },
            (
                Self::NoDescription | Self::NullRelations | Self::WholeCpu | Self::MovingPages,
                Reply::Answer { after, mut answer },
            ) => {
                answer.edit(|body| self.twist(body));
                Reply::Answer { after, answer }
            }
            (_, reply) => reply,
        }
    }

    /// What a fault makes of a good body.
    fn twist(&self, body: &mut Value) {
        let cpu = "/attributes/resources/cpu_absolute";
        if *self == Self::WholeCpu
            && let Some(cpu) = body.pointer_mut(cpu)
        {
            *cpu = json!(cpu.as_f64().unwrap_or_default() as u64);
        }
        if *self == Self::MovingPages {
            move_pages(body);
        }
        if let Some(entries) = body.get_mut("data").and_then(Value::as_array_mut) {
            entries
                .iter_mut()
                .for_each(|entry| self.twist_server(entry));
        } else {
            self.twist_server(body);
        }
    }

    fn twist_server(&self, server: &mut Value) {
        if server["object"] != "server" {
            return;
        }
        let Some(attributes) = server.get_mut("attributes").and_then(Value::as_object_mut) else {
            return;
        };
        if *self == Self::NullRelations {
            let missing = json!({"object": "null_resource", "attributes": null});
            let both = json!({"allocations": missing, "variables": missing});
            attributes.insert("relationships".to_owned(), both);
        }
        if *self == Self::NoDescription {
            attributes.remove("description");
        }
    }
}

/// The first entry of a later page is gone: it has moved to a page that was read before.
fn move_pages(body: &mut Value) {
    let page = body.pointer("/meta/pagination/current_page");
    let later = page.and_then(Value::as_u64).unwrap_or(1) > 1;
    if let Some(entries) = body.get_mut("data").and_then(Value::as_array_mut)
        && later
        && !entries.is_empty()
    {
        entries.remove(0);
    }
}
