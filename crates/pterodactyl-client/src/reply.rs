//! An answer, judged apart from how it came: what may be believed and what the call gave. It must never send anything,
//! and never believe a body whose type or `object` is not the panel's.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::account::{Account, RawAccount};
use crate::activity::{ActivityEntry, RawActivity};
use crate::backup::{Backup, RawBackup};
use crate::call::Call;
use crate::credentials::{RawAnswer, WebsocketCredentials};
use crate::error::{Error, NotAPanel};
use crate::page::{Listing, Page, RawList, RawPage};
use crate::permissions::{KnownPermission, RawPermissions};
use crate::refusal::{self, html_page};
use crate::resources::{RawResources, Resources};
use crate::schedule::{RawSchedule, Schedule};
use crate::server::{NetworkAllocation, RawAllocation, RawMeta, RawServer, Server, ServerView};
use crate::startup::{RawStartup, Startup};

/// What was asked, as far as it helps to understand the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) call: Call,
    /// The key begins the way application keys do.
    pub(crate) application_key: bool,
    /// The panel's limit for everything, as far as it is known.
    pub(crate) general_limit: Option<u32>,
    /// The host that was asked is not in a network of one's own.
    pub(crate) in_the_open: bool,
}

impl Asked {
    /// `call`, with nothing else known.
    pub(crate) const fn just(call: Call) -> Self {
        Self {
            call,
            application_key: false,
            general_limit: None,
            in_the_open: false,
        }
    }
}

/// An answer as it came off the wire. It has no `Debug`: the body may hold a token.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) asked: Asked,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// `{"object": ..., "attributes": {...}, "meta": {...}}`
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct Item<T> {
    attributes: T,
    meta: Option<RawMeta>,
}

/// The top level of any answer, only to see whose it is.
#[derive(Deserialize)]
struct Shape {
    object: Option<serde_json::Value>,
    user: Option<IgnoredAny>,
    servers: Option<IgnoredAny>,
    server: Option<IgnoredAny>,
    resources: Option<IgnoredAny>,
    token: Option<IgnoredAny>,
    data: Option<IgnoredAny>,
}

impl Shape {
    fn is_calagopus(&self) -> bool {
        self.user.is_some()
            || self.servers.is_some()
            || self.server.is_some()
            || self.resources.is_some()
            || self.token.is_some()
    }
}

impl Reply {
    pub(crate) fn account(self) -> Result<Account, Error> {
        Ok(self.item::<RawAccount>("user")?.attributes.into())
    }

    pub(crate) fn page(self) -> Result<Page, Error> {
        self.object::<RawPage>("list")?
            .read()
            .ok_or(self.asked.call.unreadable())
    }

    pub(crate) fn server(self) -> Result<ServerView, Error> {
        let item = self.item::<RawServer>("server")?;
        let server = Server::read(item.attributes).ok_or(self.asked.call.unreadable())?;
        Ok(ServerView::new(server, item.meta.unwrap_or_default()))
    }

    pub(crate) fn resources(self) -> Result<Resources, Error> {
        Ok(self.item::<RawResources>("stats")?.attributes.into())
    }

    pub(crate) fn permissions(self) -> Result<Vec<KnownPermission>, Error> {
        let item = self.item::<RawPermissions>("system_permissions")?;
        Ok(item.attributes.read())
    }

    pub(crate) fn activity(self) -> Result<Listing<ActivityEntry>, Error> {
        let page = self.object::<RawPage<RawActivity>>("list")?;
        Ok(page.listing(|raw| Some(raw.into())))
    }

    pub(crate) fn backups(self) -> Result<Listing<Backup>, Error> {
        let page = self.object::<RawPage<RawBackup>>("list")?;
        Ok(page.listing(Backup::read))
    }

    pub(crate) fn backup(self) -> Result<Backup, Error> {
        let item = self.item::<RawBackup>("backup")?;
        Backup::read(item.attributes).ok_or(self.asked.call.unreadable())
    }

    pub(crate) fn schedules(self) -> Result<Vec<Schedule>, Error> {
        let list = self.object::<RawList<RawSchedule>>("list")?;
        Ok(list.entries(|raw| Some(raw.into())))
    }

    pub(crate) fn allocations(self) -> Result<Vec<NetworkAllocation>, Error> {
        let list = self.object::<RawList<RawAllocation>>("list")?;
        Ok(list.entries(NetworkAllocation::read))
    }

    pub(crate) fn startup(self) -> Result<Startup, Error> {
        Ok(self.object::<RawStartup>("list")?.into())
    }

    /// The one good answer without `object`.
    pub(crate) fn websocket(self) -> Result<WebsocketCredentials, Error> {
        self.check()?;
        let unreadable = self.asked.call.unreadable();
        let shape: Shape =
            serde_json::from_slice(&self.body).map_err(|error| self.odd_json(&error))?;
        if shape.data.is_none() {
            return Err(self.stranger());
        }
        serde_json::from_slice::<RawAnswer>(&self.body)
            .ok()
            .and_then(WebsocketCredentials::read)
            .ok_or(unreadable)
    }

    /// Any success of the panel's own: 204, JSON, or (a file's content) a plain text.
    pub(crate) fn success(self) -> Result<(), Error> {
        if self.status == StatusCode::NO_CONTENT || self.is_plain_text() {
            return Ok(());
        }
        self.check()?;
        match serde_json::from_slice::<Shape>(&self.body) {
            Ok(shape) if shape.object.is_none() && shape.is_calagopus() => {
                Err(NotAPanel::Calagopus.into())
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// A schedule was started when the panel says 202 (with an empty list) or 204.
    pub(crate) fn accepted(self) -> Result<(), Error> {
        if self.status == StatusCode::ACCEPTED && self.is_json() {
            return Ok(());
        }
        self.taken()
    }

    /// A power signal or command was taken when the panel says 204 and nothing else: other programs say 200 to everything.
    pub(crate) fn taken(self) -> Result<(), Error> {
        if self.status == StatusCode::NO_CONTENT {
            return Ok(());
        }
        self.check()?;
        Err(self.stranger())
    }

    fn item<T: DeserializeOwned>(&self, kind: &str) -> Result<Item<T>, Error> {
        self.object(kind)
    }

    /// The body as `T`, if this is a good answer whose `object` is `kind`.
    fn object<T: DeserializeOwned>(&self, kind: &str) -> Result<T, Error> {
        self.check()?;
        let shape: Shape =
            serde_json::from_slice(&self.body).map_err(|error| self.odd_json(&error))?;
        match shape.object {
            Some(object) if object == kind => {
                serde_json::from_slice(&self.body).map_err(|_| self.asked.call.unreadable())
            }
            Some(_) => Err(self.asked.call.unreadable()),
            None if shape.is_calagopus() => Err(NotAPanel::Calagopus.into()),
            None => Err(NotAPanel::Foreign.into()),
        }
    }

    /// Fails for everything that is not a success with a JSON body.
    fn check(&self) -> Result<(), Error> {
        if !self.status.is_success() {
            Err(refusal::read(self))
        } else if self.status == StatusCode::NO_CONTENT {
            Err(self.asked.call.unreadable())
        } else if self.is_json() {
            Ok(())
        } else {
            Err(html_page(self))
        }
    }

    /// Valid JSON of another shape is another program's; broken JSON may well be a panel's.
    fn odd_json(&self, error: &serde_json::Error) -> Error {
        match error.classify() {
            Category::Data => NotAPanel::Foreign.into(),
            Category::Io | Category::Syntax | Category::Eof => self.asked.call.unreadable(),
        }
    }

    /// Whose answer a good JSON answer is, when the panel would never give one.
    fn stranger(&self) -> Error {
        match serde_json::from_slice::<Shape>(&self.body) {
            Ok(shape) if shape.object.is_some() => self.asked.call.unreadable(),
            Ok(shape) if shape.is_calagopus() => NotAPanel::Calagopus.into(),
            Ok(_) => NotAPanel::Foreign.into(),
            Err(error) => self.odd_json(&error),
        }
    }

    /// True when the content type names JSON; what the body looks like does not count.
    pub(crate) fn is_json(&self) -> bool {
        let kind = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let kind = kind
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        kind.ends_with("/json") || kind.ends_with("+json")
    }

    fn is_plain_text(&self) -> bool {
        let kind = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        self.status.is_success() && kind.starts_with("text/plain")
    }

    /// The first header of that name, if it is plain text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

#[cfg(test)]
impl Reply {
    /// An answer as a test writes it down: headers as `Name: value` lines.
    pub(crate) fn canned(call: Call, status: u16, headers: &str, body: &str) -> Self {
        let map = crate::recorded::headers_of(headers).unwrap();
        Self {
            asked: Asked::just(call),
            status: StatusCode::from_u16(status).unwrap(),
            headers: map,
            body: body.into(),
        }
    }
}

#[cfg(test)]
mod tests;
