//! Recorded exchanges: what this client makes of an answer that somebody wrote down. It must never send anything, and never
//! judge an answer in another way than one that has just arrived.
//!
//! A recording is a text: lines that begin with `#` (the first is its name), the request with `> ` before each line, an
//! empty line, the answer as `curl -i` prints it, and perhaps a last line that begins with `# total`.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::account::Account;
use crate::activity::ActivityEntry;
use crate::backup::Backup;
use crate::budget::Budget;
use crate::call::Call;
use crate::credentials::WebsocketCredentials;
use crate::error::Error;
use crate::page::Listing;
use crate::permissions::KnownPermission;
use crate::power::PowerSignal;
use crate::reply::{Asked, Reply};
use crate::resources::Resources;
use crate::schedule::Schedule;
use crate::server::{ListedServer, NetworkAllocation, ServerView};
use crate::startup::Startup;

/// A request and its answer.
#[derive(Clone)]
pub struct Exchange {
    name: String,
    reply: Reply,
}

/// Without the body: it may hold a token.
impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("name", &self.name)
            .field("call", &self.call())
            .field("status", &self.reply.status.as_u16())
            .finish_non_exhaustive()
    }
}

/// A good answer, by call.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Answer {
    /// [`Call::Account`]
    Account(Account),
    /// [`Call::Permissions`]
    Permissions(Vec<KnownPermission>),
    /// [`Call::Servers`]: one page.
    Servers(Listing<ListedServer>),
    /// [`Call::Server`]
    Server(Box<ServerView>),
    /// [`Call::Resources`]
    Resources(Resources),
    /// [`Call::Power`], [`Call::Command`] and [`Call::RunSchedule`]: taken.
    Taken,
    /// [`Call::Websocket`]
    Websocket(WebsocketCredentials),
    /// [`Call::Activity`] and [`Call::AccountActivity`]: one page.
    Activity(Listing<ActivityEntry>),
    /// [`Call::Backups`]: one page.
    Backups(Listing<Backup>),
    /// [`Call::CreateBackup`]
    Backup(Backup),
    /// [`Call::Schedules`]
    Schedules(Vec<Schedule>),
    /// [`Call::Allocations`]
    Allocations(Vec<NetworkAllocation>),
    /// [`Call::Startup`]
    Startup(Startup),
    /// [`Call::Other`]: the panel's own success, whatever it says.
    Other,
}

/// A text that is no recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotARecording {
    /// No line begins with `> `.
    #[error("there is no request")]
    NoRequest,
    /// No status line follows the request.
    #[error("there is no answer")]
    NoAnswer,
    /// The status line or a header cannot be read.
    #[error("the answer's head cannot be read")]
    Head,
}

impl Exchange {
    /// Reads a recording.
    ///
    /// # Errors
    /// [`NotARecording`], which never repeats the text.
    pub fn read(text: &str) -> Result<Self, NotARecording> {
        let text = text.replace("\r\n", "\n");
        let (before, answer) = text.split_once("\nHTTP/").ok_or(NotARecording::NoAnswer)?;
        let request: Vec<&str> = before
            .lines()
            .filter_map(|line| line.strip_prefix('>'))
            .map(str::trim)
            .collect();
        let first = request.first().ok_or(NotARecording::NoRequest)?;
        let answer = answer.rfind("\n# total").map_or(answer, |at| &answer[..at]);
        let (head, body) = answer.split_once("\n\n").unwrap_or((answer, ""));
        let (status, headers) = head.split_once('\n').unwrap_or((head, ""));
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.and_then(|code| StatusCode::from_u16(code).ok());
        let name = before.lines().find_map(|line| line.strip_prefix("# "));
        Ok(Self {
            name: name.unwrap_or_default().to_owned(),
            reply: Reply {
                asked: Asked {
                    call: call_of(first, request.last().copied().unwrap_or_default()),
                    application_key: request.iter().any(|line| shows_application_key(line)),
                    general_limit: None,
                },
                status: status.ok_or(NotARecording::Head)?,
                headers: headers_of(headers).ok_or(NotARecording::Head)?,
                body: body.trim().into(),
            },
        })
    }

    /// The answer with this `status`, these headers (`Name: value` lines) and this body, as one to `call`.
    ///
    /// # Errors
    /// [`NotARecording::Head`]
    pub fn new(call: Call, status: u16, headers: &str, body: &[u8]) -> Result<Self, NotARecording> {
        Ok(Self {
            name: String::new(),
            reply: Reply {
                asked: Asked {
                    call,
                    application_key: false,
                    general_limit: None,
                },
                status: StatusCode::from_u16(status).map_err(|_| NotARecording::Head)?,
                headers: headers_of(headers).ok_or(NotARecording::Head)?,
                body: body.into(),
            },
        })
    }

    /// The name the recording gives itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What was asked.
    #[must_use]
    pub fn call(&self) -> Call {
        self.reply.asked.call
    }

    /// The counts the answer carried.
    #[must_use]
    pub fn budget(&self) -> Option<Budget> {
        Budget::read(&self.reply.headers)
    }

    /// What the client makes of the answer.
    ///
    /// # Errors
    /// Any [`Error`] but [`Error::Unreachable`] and [`Error::BadKey`].
    pub fn outcome(&self) -> Result<Answer, Error> {
        let reply = self.reply.clone();
        match reply.asked.call {
            Call::Account => reply.account().map(Answer::Account),
            Call::Permissions => reply.permissions().map(Answer::Permissions),
            Call::Servers => reply.page().map(|page| {
                Answer::Servers(Listing {
                    entries: page.servers,
                    total: page.total,
                    pages: page.total_pages,
                })
            }),
            Call::Server => reply.server().map(|view| Answer::Server(Box::new(view))),
            Call::Resources => reply.resources().map(Answer::Resources),
            Call::Power(_) | Call::Command => reply.taken().map(|()| Answer::Taken),
            Call::RunSchedule => reply.accepted().map(|()| Answer::Taken),
            Call::Websocket => reply.websocket().map(Answer::Websocket),
            Call::Activity | Call::AccountActivity => reply.activity().map(Answer::Activity),
            Call::Backups => reply.backups().map(Answer::Backups),
            Call::CreateBackup => reply.backup().map(Answer::Backup),
            Call::Schedules => reply.schedules().map(Answer::Schedules),
            Call::Allocations => reply.allocations().map(Answer::Allocations),
            Call::Startup => reply.startup().map(Answer::Startup),
            Call::Other => reply.success().map(|()| Answer::Other),
        }
    }
}

/// Which call a request line stands for; `body` tells the power signal.
fn call_of(line: &str, body: &str) -> Call {
    let mut words = line.split(' ');
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let path = target.split('?').next().unwrap_or_default();
    let Some(rest) = path.strip_prefix("/api/client") else {
        return Call::Other;
    };
    let segments: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    match (method, segments.as_slice()) {
        ("GET", []) => Call::Servers,
        ("GET", ["account"]) => Call::Account,
        ("GET", ["account", "activity"]) => Call::AccountActivity,
        ("GET", ["permissions"]) => Call::Permissions,
        ("GET", ["servers", _]) => Call::Server,
        ("GET", ["servers", _, "resources"]) => Call::Resources,
        ("GET", ["servers", _, "websocket"]) => Call::Websocket,
        ("GET", ["servers", _, "activity"]) => Call::Activity,
        ("GET", ["servers", _, "backups"]) => Call::Backups,
        ("GET", ["servers", _, "schedules"]) => Call::Schedules,
        ("GET", ["servers", _, "network", "allocations"]) => Call::Allocations,
        ("GET", ["servers", _, "startup"]) => Call::Startup,
        ("POST", ["servers", _, "power"]) => Call::Power(signal_of(body)),
        ("POST", ["servers", _, "command"]) => Call::Command,
        ("POST", ["servers", _, "backups"]) => Call::CreateBackup,
        ("POST", ["servers", _, "schedules", _, "execute"]) => Call::RunSchedule,
        _ => Call::Other,
    }
}

fn signal_of(body: &str) -> Option<PowerSignal> {
    let body: Value = serde_json::from_str(body).ok()?;
    PowerSignal::read(body["signal"].as_str()?)
}

/// Recordings shorten keys but keep their beginning.
fn shows_application_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        name.eq_ignore_ascii_case("authorization")
            && value.split(' ').any(crate::client::is_application_key)
    })
}

/// Headers written as `Name: value` lines; other lines do not count.
pub(crate) fn headers_of(lines: &str) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(':')) {
        let name: HeaderName = name.trim().parse().ok()?;
        map.append(name, HeaderValue::from_bytes(value.trim().as_bytes()).ok()?);
    }
    Some(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# power-kill\n# as: key_alice\n> POST /api/client/servers/1a2b3c4d/power\n> Accept: application/json\n>\n> {\"signal\": \"kill\"}\n\nHTTP/1.1 204 No Content\nServer: nginx\n\n\n\n# total 0.03s\n";

    #[test]
    fn a_recording_is_taken_apart() {
        let exchange = Exchange::read(TEXT).unwrap();
        assert_eq!(exchange.name(), "power-kill");
        assert_eq!(exchange.call(), Call::Power(Some(PowerSignal::Kill)));
        assert!(matches!(exchange.outcome(), Ok(Answer::Taken)));
        let with_returns = TEXT.replace('\n', "\r\n");
        assert!(Exchange::read(&with_returns).unwrap().outcome().is_ok());
    }

    #[test]
    fn what_is_no_recording_is_named() {
        let read = |text: &str| Exchange::read(text).err();
        assert_eq!(read(""), Some(NotARecording::NoAnswer));
        assert_eq!(read("\nHTTP/1.1 200 OK\n"), Some(NotARecording::NoRequest));
        let odd = |head: &str| read(&format!("> GET /\n\nHTTP/1.1 {head}\n"));
        assert_eq!(odd("fine"), Some(NotARecording::Head));
        assert_eq!(odd("200 OK\nbad name: x"), Some(NotARecording::Head));
    }

    #[test]
    fn a_shortened_application_key_is_still_one() {
        let text = TEXT.replace(
            "> Accept: application/json",
            "> Authorization: Bearer ptla_…",
        );
        assert!(Exchange::read(&text).unwrap().reply.asked.application_key);
        let text = TEXT.replace(
            "> Accept: application/json",
            "> Authorization: Bearer <app ptla_…>",
        );
        assert!(Exchange::read(&text).unwrap().reply.asked.application_key);
        assert!(!Exchange::read(TEXT).unwrap().reply.asked.application_key);
    }
}
