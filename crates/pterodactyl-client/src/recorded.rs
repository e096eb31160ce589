//! Recorded exchanges: what this client makes of an answer that somebody wrote down. It must never send anything, and never
//! judge an answer in another way than one that has just arrived.
//!
//! A recording is a text: lines that begin with `#` (the first is its name), the request with `> ` before each line, an
//! empty line, the answer as `curl -i` prints it, and perhaps a last line that begins with `# total`. Only the request and
//! the answer's first line must be there; lines may end in either way, and several exchanges may follow each other.

use std::fmt;

use reqwest::StatusCode;

use crate::account::Account;
use crate::activity::ActivityEntry;
use crate::backup::Backup;
use crate::budget::Budget;
use crate::call::Call;
use crate::credentials::WebsocketCredentials;
use crate::error::Error;
use crate::page::Listing;
use crate::permissions::KnownPermission;
use crate::reply::{Asked, Reply};
use crate::resources::Resources;
use crate::schedule::Schedule;
use crate::server::{ListedServer, NetworkAllocation, ServerView};
use crate::startup::Startup;

mod text;

pub(crate) use text::headers_of;

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
    /// No line begins with `>`, or none that a request begins with.
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
    /// Reads a recording; of several exchanges the first.
    ///
    /// # Errors
    /// [`NotARecording`], which never repeats the text.
    pub fn read(text: &str) -> Result<Self, NotARecording> {
        let first = Self::read_all(text).into_iter().next();
        first.unwrap_or(Err(NotARecording::NoAnswer))
    }

    /// Reads all exchanges of a recording, in order; at least one result comes back.
    #[must_use]
    pub fn read_all(text: &str) -> Vec<Result<Self, NotARecording>> {
        text::exchanges(text)
    }

    /// The answer with this `status`, these headers (`Name: value` lines) and this body, as one to `call`.
    ///
    /// # Errors
    /// [`NotARecording::Head`]
    pub fn new(call: Call, status: u16, headers: &str, body: &[u8]) -> Result<Self, NotARecording> {
        Ok(Self {
            name: String::new(),
            reply: Reply {
                asked: Asked::just(call),
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

#[cfg(test)]
mod tests;
