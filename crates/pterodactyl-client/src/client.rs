//! The client: an address, a key, and one private `send` every request goes through. It must never retry, follow a
//! redirect, keep a cookie, or let the key out of the one header it belongs in.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, Response, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::account::Account;
use crate::base_url::BaseUrl;
use crate::budget::Budget;
use crate::error::{Error, Unreachable};
use crate::page::{Collected, PER_PAGE, Progress};
use crate::power::PowerSignal;
use crate::reply::{Asked, Call, Reply};
use crate::resources::Resources;
use crate::server::{Server, ServerView, is_identifier};
use crate::text::{DETAIL, clean};
use crate::transport::unreachable;

/// The most read of a good answer; a page of 100 servers with all their variables is well below.
pub(crate) const GOOD_BODY: usize = 8 * 1024 * 1024;
/// The most read of any other answer.
pub(crate) const ERROR_BODY: usize = 64 * 1024;
/// The shortest key struck out of answers. Real ones have 48 characters; a shorter text may stand anywhere by chance.
const SHORTEST_SECRET: usize = 16;
/// How often a list that changes while it is read is begun.
const LIST_READS: usize = 2;

/// How application keys begin. Only ever a hint: old keys have no prefix.
const APPLICATION_KEYS: [&str; 3] = ["ptla_", "papp_", "peli_"];

/// A panel as one key sees it. Cloning is cheap and shares connections and [`Budget`].
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    base: BaseUrl,
    http: reqwest::Client,
    key: SecretString,
    authorization: HeaderValue,
    budget: Mutex<Option<Budget>>,
}

/// Which servers to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Those the user owns or is a subuser of.
    #[default]
    Mine,
    /// Every server of the panel; an empty list for anybody but an administrator.
    All,
}

/// How long to wait for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    pub(crate) connect: Duration,
    pub(crate) whole: Duration,
}

impl Default for Patience {
    /// A dead node holds the panel's answer up for 15 s, so a request needs more than that.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(25),
        }
    }
}

impl Client {
    /// A client for the panel at `base`. Nothing is sent yet. White space around the key falls away.
    ///
    /// # Errors
    /// [`Error::BadKey`] when the key is blank or holds anything but plain visible characters; [`Unreachable::Tls`] when the system's
    /// certificates cannot be used.
    pub fn new(base: BaseUrl, key: SecretString) -> Result<Self, Error> {
        Self::with_patience(base, &key, Patience::default())
    }

    pub(crate) fn with_patience(
        base: BaseUrl,
        key: &SecretString,
        patience: Patience,
    ) -> Result<Self, Error> {
        let key = SecretString::from(key.expose_secret().trim());
        let text = key.expose_secret();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::BadKey);
        }
        let bearer = SecretString::from(format!("Bearer {}", key.expose_secret()));
        let mut authorization =
            HeaderValue::from_str(bearer.expose_secret()).map_err(|_| Error::BadKey)?;
        authorization.set_sensitive(true);
        Ok(Self(Arc::new(Inner {
            http: http(&base, patience)?,
            base,
            key,
            authorization,
            budget: Mutex::new(None),
        })))
    }

    /// The panel's address.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.0.base
    }

    /// Who the key belongs to.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn account(&self) -> Result<Account, Error> {
        let url = self.url(&["account"]);
        self.get(Call::Account, url).await?.account()
    }

    /// All servers in `scope`, from all pages, each once; never a part of them. This is the panel's most expensive call.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn servers(&self, scope: Scope) -> Result<Vec<Server>, Error> {
        for _ in 0..LIST_READS {
            let mut list = Collected::default();
            loop {
                let url = self.page_url(scope, list.next_page());
                match list.add(self.get(Call::Servers, url).await?.page()?) {
                    Progress::More => {}
                    Progress::Complete => return Ok(list.into_servers()),
                    Progress::Changed => break,
                    Progress::TooLong => {
                        let what = "server list with more pages than any real one";
                        return Err(Error::Unreadable { what });
                    }
                }
            }
        }
        let what = "server list that keeps changing while it is read";
        Err(Error::Unreadable { what })
    }

    /// One server and what the key may do with it. Works in every state the server can be in.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node; [`Error::NotFound`] without asking when `uuid` cannot be one.
    pub async fn server(&self, uuid: &str) -> Result<ServerView, Error> {
        let url = self.server_url(uuid, &[])?;
        self.get(Call::Server, url).await?.server()
    }

    /// What one server uses. The panel's answer is up to 20 s old.
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::Conflict`] means the server is suspended, being installed and the like.
    pub async fn resources(&self, uuid: &str) -> Result<Resources, Error> {
        let url = self.server_url(uuid, &["resources"])?;
        self.get(Call::Resources, url).await?.resources()
    }

    /// Sends a power signal. Success means the panel handed it to the node, not that anything happened.
    ///
    /// # Errors
    /// Any [`Error`]. After [`Error::Unreachable`] the signal may or may not have arrived.
    pub async fn power(&self, uuid: &str, signal: PowerSignal) -> Result<(), Error> {
        let mut request = Request::new(Method::POST, self.server_url(uuid, &["power"])?);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        *request.body_mut() = Some(format!(r#"{{"signal":"{}"}}"#, signal.as_str()).into());
        self.send(Call::Power, request).await?.power()
    }

    /// How many requests the panel still grants, by the newest answer that told.
    #[must_use]
    pub fn budget(&self) -> Option<Budget> {
        *self.0.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn url(&self, segments: &[&str]) -> Url {
        self.0.base.join(&[&["api", "client"], segments].concat())
    }

    fn server_url(&self, uuid: &str, segments: &[&str]) -> Result<Url, Error> {
        if is_identifier(uuid) {
            Ok(self.url(&[&["servers", uuid], segments].concat()))
        } else {
            Err(Error::NotFound)
        }
    }

    fn page_url(&self, scope: Scope, page: u64) -> Url {
        let mut url = self.url(&[]);
        let mut query = url.query_pairs_mut();
        query.append_pair("per_page", PER_PAGE);
        query.append_pair("page", &page.to_string());
        if scope == Scope::All {
            query.append_pair("type", "admin-all");
        }
        drop(query);
        url
    }

    async fn get(&self, call: Call, url: Url) -> Result<Reply, Error> {
        self.send(call, Request::new(Method::GET, url)).await
    }

    /// The one way out: adds the headers, learns the budget, reads no more than is sensible.
    async fn send(&self, call: Call, mut request: Request) -> Result<Reply, Error> {
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(AUTHORIZATION, self.0.authorization.clone());
        let response = self
            .0
            .http
            .execute(request)
            .await
            .map_err(|e| unreachable(&e))?;
        if let Some(budget) = Budget::read(response.headers()) {
            *self.0.budget.lock().unwrap_or_else(PoisonError::into_inner) = Some(budget);
        }
        let key = self.0.key.expose_secret();
        Ok(Reply {
            asked: Asked {
                call,
                application_key: APPLICATION_KEYS
                    .iter()
                    .any(|prefix| key.starts_with(prefix)),
            },
            status: response.status(),
            headers: response.headers().clone(),
            body: without(read_body(call, response).await?, key.as_bytes()),
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.0.base)
            .field("budget", &self.budget())
            .finish_non_exhaustive()
    }
}

fn http(base: &BaseUrl, patience: Patience) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("pterotray/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(patience.connect)
        .timeout(patience.whole)
        // Below the 60 to 75 s after which common web servers close an idle connection themselves.
        .pool_idle_timeout(Duration::from_secs(50));
    if base.is_loopback() {
        // No proxy can reach this computer's own loopback.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| {
        let reason = clean(&error.without_url().to_string(), DETAIL);
        Unreachable::Tls { reason }.into()
    })
}

/// The body, up to what is sensible: more makes a good answer unreadable and is left away from any other.
async fn read_body(call: Call, mut response: Response) -> Result<Vec<u8>, Error> {
    let status = response.status();
    let mut body = Vec::new();
    if status == StatusCode::NO_CONTENT {
        return Ok(body);
    }
    let cap = if status.is_success() {
        GOOD_BODY
    } else {
        ERROR_BODY
    };
    while let Some(chunk) = response.chunk().await.map_err(|e| unreachable(&e))? {
        body.extend_from_slice(&chunk);
        if body.len() > cap {
            if status.is_success() {
                return Err(call.unreadable());
            }
            body.truncate(cap);
            break;
        }
    }
    Ok(body)
}

/// `body` with the key struck out, should the panel repeat it (debug pages do).
fn without(body: Vec<u8>, key: &[u8]) -> Vec<u8> {
    if key.len() < SHORTEST_SECRET {
        return body;
    }
    let mut clean = Vec::new();
    let mut rest = body.as_slice();
    while let Some(at) = rest.windows(key.len()).position(|window| window == key) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(b"***");
        rest = &rest[at + key.len()..];
    }
    if clean.is_empty() {
        return body;
    }
    clean.extend_from_slice(rest);
    clean
}
