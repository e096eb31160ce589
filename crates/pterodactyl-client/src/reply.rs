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
        self.check()
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
            asked: Asked {
                call,
                application_key: false,
                general_limit: None,
            },
            status: StatusCode::from_u16(status).unwrap(),
            headers: map,
            body: body.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::PowerState;

    const JSON: &str = "Content-Type: application/json";

    fn account(status: u16, headers: &str, body: &str) -> Result<Account, Error> {
        Reply::canned(Call::Account, status, headers, body).account()
    }

    #[test]
    fn pelicans_account_is_an_account() {
        let body = r#"{"object":"user","attributes":{"uuid":"u","username":"mira","email":"m@example.org","language":"en","root_admin":true}}"#;
        let account = account(200, JSON, body).unwrap();
        assert_eq!((account.username.as_str(), account.admin), ("mira", true));
    }

    #[test]
    fn json_that_does_not_say_it_is_json_is_not_believed() {
        let body = r#"{"object":"user","attributes":{"username":"mira"}}"#;
        assert!(account(200, JSON, body).is_ok());
        assert!(
            account(
                200,
                "Content-Type: application/vnd.api+json; charset=utf-8",
                body
            )
            .is_ok()
        );
        assert_eq!(
            account(200, "Content-Type: text/plain", body),
            Err(NotAPanel::Foreign.into())
        );
        assert_eq!(account(200, "", body), Err(NotAPanel::Foreign.into()));
    }

    #[test]
    fn only_the_asked_for_object_is_believed() {
        let list = r#"{"object":"list","data":[],"meta":{}}"#;
        assert_eq!(
            account(200, JSON, list),
            Err(Error::Unreadable { what: "account" })
        );
        assert_eq!(
            account(200, JSON, r#"{"id":7}"#),
            Err(NotAPanel::Foreign.into())
        );
        assert_eq!(account(200, JSON, "[1,2]"), Err(NotAPanel::Foreign.into()));
        assert_eq!(
            account(200, JSON, r#"{"object":"us"#),
            Err(Error::Unreadable { what: "account" })
        );
        assert_eq!(
            account(200, JSON, r#"{"object":"user","attributes":null}"#),
            Err(Error::Unreadable { what: "account" })
        );
    }

    #[test]
    fn calagopus_is_named() {
        let calagopus = Err(NotAPanel::Calagopus.into());
        assert_eq!(account(200, JSON, r#"{"user":{"uuid":"u"}}"#), calagopus);
        assert_eq!(
            account(401, JSON, r#"{"errors":["missing authorization"]}"#),
            calagopus
        );
        let list = Reply::canned(
            Call::Servers,
            200,
            JSON,
            r#"{"servers":{"total":0,"data":[]}}"#,
        )
        .page();
        assert_eq!(list.err(), Some(NotAPanel::Calagopus.into()));
    }

    #[test]
    fn a_power_signal_was_taken_only_when_the_panel_says_so() {
        let power =
            |status, headers, body| Reply::canned(Call::Power(None), status, headers, body).taken();
        assert_eq!(power(204, "Content-Type: text/html", ""), Ok(()));
        let page = NotAPanel::Html {
            title: Some("Welcome".into()),
        };
        assert_eq!(
            power(200, "Content-Type: text/html", "<title>Welcome</title>"),
            Err(page.into())
        );
        assert_eq!(power(200, JSON, "{}"), Err(NotAPanel::Foreign.into()));
    }

    #[test]
    fn a_silent_node_is_missing_and_not_offline() {
        let body = r#"{"object":"stats","attributes":{"current_state":"missing","is_suspended":false,"resources":
            {"memory_bytes":0,"cpu_absolute":0,"disk_bytes":0,"network_rx_bytes":0,"network_tx_bytes":0,"uptime":0}}}"#;
        let resources = Reply::canned(Call::Resources, 200, JSON, body)
            .resources()
            .unwrap();
        assert_eq!(resources.state, PowerState::Missing);
    }

    #[test]
    fn odd_numbers_are_read_all_the_same() {
        let body = r#"{"object":"stats","attributes":{"current_state":"hibernating","resources":
            {"memory_bytes":1.5e9,"cpu_absolute":812,"network_rx_bytes":-4,"uptime":null}}}"#;
        let resources = Reply::canned(Call::Resources, 200, JSON, body)
            .resources()
            .unwrap();
        assert_eq!(resources.state, PowerState::Unknown("hibernating".into()));
        assert_eq!(
            (resources.memory_bytes, resources.network_rx_bytes),
            (1_500_000_000, 0)
        );
        assert_eq!((resources.cpu_percent, resources.uptime_ms), (812.0, 0));
    }

    #[test]
    fn a_list_that_hides_how_long_it_is_is_not_passed_off_as_whole() {
        let list = |body| Reply::canned(Call::Servers, 200, JSON, body).page().err();
        let unreadable = Some(Error::Unreadable {
            what: "server list",
        });
        assert_eq!(list(r#"{"object":"list","data":[]}"#), unreadable);
        let odd_uuid = r#"{"object":"list","data":[{"object":"server","attributes":{"uuid":"../../admin"}}],
            "meta":{"pagination":{"total":1,"total_pages":1}}}"#;
        assert_eq!(list(odd_uuid), unreadable);
    }
}
