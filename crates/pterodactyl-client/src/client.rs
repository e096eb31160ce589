//! The client: an address, a key, and one private `send` every request goes through. It must never retry, follow a
//! redirect, keep a cookie, or let the key out of the one header it belongs in.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::account::Account;
use crate::activity::ActivityEntry;
use crate::base_url::BaseUrl;
use crate::budget::{Allowance, Budget, MaySend};
use crate::call::Call;
use crate::error::{Error, TlsFault, Unreachable};
use crate::page::{Collected, Listing, Progress};
use crate::permissions::KnownPermission;
use crate::query::{ActivityQuery, ServerQuery};
use crate::refusal;
use crate::reply::{Asked, Reply};
use crate::server::{ListedServer, Server};
use crate::tls::{self, Fingerprint, Refused, Trust};
use crate::transport::unreachable;

mod body;
mod server_calls;

#[cfg(test)]
pub(crate) use body::{ERROR_BODY, GOOD_BODY};

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
    allowance: Mutex<Allowance>,
    refused: Refused,
}

/// Which servers to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Those the user owns or is a subuser of.
    #[default]
    Mine,
    /// Every server of the panel; an empty list for anybody but an administrator.
    All,
    /// Those the user owns.
    Owned,
    /// Those of others the user is not a subuser of either; an empty list for anybody but an administrator.
    Others,
}

impl Scope {
    /// The panel's word for it; none for what it lists by itself.
    pub(crate) const fn as_type(self) -> Option<&'static str> {
        match self {
            Self::Mine => None,
            Self::All => Some("admin-all"),
            Self::Owned => Some("owner"),
            Self::Others => Some("admin"),
        }
    }
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
    /// [`Error::BadKey`] when the key is blank or holds anything but plain visible characters; [`Unreachable::Tls`] when TLS
    /// cannot be set up.
    pub fn new(base: BaseUrl, key: SecretString) -> Result<Self, Error> {
        Self::trusting(base, key, &Trust::default())
    }

    /// Like [`Client::new`], for a panel whose certificate the system does not trust by itself.
    ///
    /// # Errors
    /// As [`Client::new`]; [`Unreachable::Tls`] also when `trust` holds no usable certificate.
    pub fn trusting(base: BaseUrl, key: SecretString, trust: &Trust) -> Result<Self, Error> {
        Self::with_patience(base, &key, trust, Patience::default())
    }

    pub(crate) fn with_patience(
        base: BaseUrl,
        key: &SecretString,
        trust: &Trust,
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
        let refused = Refused::default();
        Ok(Self(Arc::new(Inner {
            http: http(&base, patience, trust, refused.clone())?,
            base,
            key,
            authorization,
            allowance: Mutex::default(),
            refused,
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

    /// One page of what was done with the account itself, newest first.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn account_activity(
        &self,
        query: &ActivityQuery,
    ) -> Result<Listing<ActivityEntry>, Error> {
        let url = query.on(self.url(&["account", "activity"]));
        self.get(Call::AccountActivity, url).await?.activity()
    }

    /// The permissions this panel knows, with what they mean in its words.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn permissions(&self) -> Result<Vec<KnownPermission>, Error> {
        let url = self.url(&["permissions"]);
        self.get(Call::Permissions, url).await?.permissions()
    }

    /// All servers in `scope`, from all pages, each once; never a part of them. This is the panel's most expensive call.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn servers(&self, scope: Scope) -> Result<Vec<Server>, Error> {
        let query = ServerQuery {
            scope,
            ..ServerQuery::default()
        };
        let listed = self.list(&query).await?;
        Ok(listed.into_iter().map(|listed| listed.server).collect())
    }

    /// Like [`Client::servers`], for those that `query` finds and with what it wants told besides.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn list(&self, query: &ServerQuery) -> Result<Vec<ListedServer>, Error> {
        self.list_counting(query, &mut 0).await
    }

    /// Like [`Client::list`]. The requests it takes are added to `requests`, whatever comes of them.
    ///
    /// # Errors
    /// As [`Client::list`].
    pub async fn list_counting(
        &self,
        query: &ServerQuery,
        requests: &mut usize,
    ) -> Result<Vec<ListedServer>, Error> {
        for _ in 0..LIST_READS {
            let mut list = Collected::default();
            loop {
                let url = query.on(self.url(&[]), list.next_page());
                *requests += 1;
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

    /// How many servers `query` finds, at the price of one small page.
    ///
    /// # Errors
    /// Any [`Error`] but those about a server or its node.
    pub async fn count(&self, query: &ServerQuery) -> Result<u64, Error> {
        let url = query.first_of(self.url(&[]));
        Ok(self.get(Call::Servers, url).await?.page()?.total)
    }

    /// How many requests the panel still grants, by the newest answer that told.
    #[must_use]
    pub fn budget(&self) -> Option<Budget> {
        self.allowance().budget()
    }

    /// What the answers so far say about what may be sent.
    #[must_use]
    pub fn allowance(&self) -> Allowance {
        *self
            .0
            .allowance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the panel would take another request `now`.
    #[must_use]
    pub fn may_send(&self, now: Instant) -> MaySend {
        self.allowance().may_send(now)
    }

    /// The certificate that was refused last, for a person to compare and perhaps to [pin](Trust::pinned_sha256).
    #[must_use]
    pub fn refused_certificate(&self) -> Option<Fingerprint> {
        self.0.refused.get()
    }

    fn url(&self, segments: &[&str]) -> Url {
        self.0.base.join(&[&["api", "client"], segments].concat())
    }

    async fn get(&self, call: Call, url: Url) -> Result<Reply, Error> {
        self.send(call, Request::new(Method::GET, url)).await
    }

    async fn post(&self, call: Call, url: Url, body: &serde_json::Value) -> Result<Reply, Error> {
        let mut request = Request::new(Method::POST, url);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        *request.body_mut() = Some(body.to_string().into());
        self.send(call, request).await
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
        let key = self.0.key.expose_secret();
        let told = Budget::read(response.headers());
        let reply = Reply {
            asked: Asked {
                call,
                application_key: is_application_key(key),
                general_limit: self.budget().map(|budget| budget.limit),
                in_the_open: self.0.base.is_in_the_open(),
            },
            status: response.status(),
            headers: response.headers().clone(),
            body: body::without(body::read(call, response).await?, key.as_bytes()),
        };
        let error = (reply.status == StatusCode::TOO_MANY_REQUESTS).then(|| refusal::read(&reply));
        self.0
            .allowance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .learn(Instant::now(), call, told, error.as_ref());
        Ok(reply)
    }
}

/// True when `key` begins the way application keys do.
pub(crate) fn is_application_key(key: &str) -> bool {
    APPLICATION_KEYS
        .iter()
        .any(|prefix| key.starts_with(prefix))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.0.base)
            .field("budget", &self.budget())
            .finish_non_exhaustive()
    }
}

fn http(
    base: &BaseUrl,
    patience: Patience,
    trust: &Trust,
    refused: Refused,
) -> Result<reqwest::Client, Error> {
    let mut tls = tls::config(trust, refused)?;
    // Four requests in flight need no multiplexing: see docs/decisions/0011-http-1-1.md.
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
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
        let why = error.without_url().to_string();
        Unreachable::tls(TlsFault::Unusable, &why).into()
    })
}
