//! The set-up check: from what a person pasted to an address worth keeping, or the one thing that is wrong with it. It must
//! never show the key to another host than the one that was pasted, nor go from `https` to `http` by itself.

use secrecy::SecretString;
use url::Url;

use crate::account::Account;
use crate::base_url::BaseUrl;
use crate::client::{Client, Patience};
use crate::error::{Error, NotAPanel};
use crate::query::ServerQuery;
use crate::tls::Trust;

mod wrong;

pub use wrong::SetupError;
use wrong::{bad_key, named, unsafe_connection};

/// A panel that answers, and what was noticed on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The address to keep: where the panel answered in the end.
    pub base: BaseUrl,
    /// Who the key belongs to; `None` for a key that may not ask.
    pub account: Option<Account>,
    /// How many servers are the user's own or shared with the user.
    pub servers: u64,
    /// What a person should know although everything works.
    pub notices: Vec<Notice>,
}

/// Something worth saying about a panel that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Notice {
    /// The panel lives at another address of the same host than the one pasted; that one is kept.
    #[error("the panel sent on to another address on the same host, which is kept")]
    Moved,
    /// `http://` was pasted and `https://` works; that is kept.
    #[error("the panel is reached over https, which is kept")]
    Encrypted,
    /// Plain `http` into the open: key and all can be read on the way.
    #[error("everything, the key included, travels unencrypted")]
    PlainHttp,
    /// The key may list servers but not ask for its account.
    #[error("the key is restricted: it may not read its account")]
    RestrictedKey,
    /// Nothing to watch.
    #[error("the account owns no servers and none are shared with it")]
    NoServers,
    /// Nothing to watch, but an administrator may list everybody's servers.
    #[error("the account has no servers of its own, but may see everybody's")]
    OnlyOthersServers,
}

/// Whether the key may travel over plain `http` into the open, where everybody on the way can read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unencrypted {
    /// No: [`SetupError::Unencrypted`] says so, and the key is not sent.
    #[default]
    Refused,
    /// A person was told, and wants it.
    Allowed,
}

/// Tries out what a person `pasted` with `key`: asks for the account and one page of the list, follows the panel once to
/// another address on the same host, and names what is wrong.
///
/// The list is the proof: a restricted key may be refused its account. `tls` is for this panel alone.
///
/// # Errors
/// [`SetupError`], which never holds the key or the pasted text.
pub async fn check(
    pasted: &str,
    key: &SecretString,
    tls: &Trust,
    unencrypted: Unencrypted,
) -> Result<Found, SetupError> {
    let pasted = BaseUrl::parse(pasted)?;
    let check = Check {
        key,
        tls,
        patience: Patience::default(),
        cautious: pasted.is_plain_public(),
        unencrypted,
    };
    check.run(pasted).await
}

pub(crate) struct Check<'a> {
    pub(crate) key: &'a SecretString,
    pub(crate) tls: &'a Trust,
    pub(crate) patience: Patience,
    /// Look without the key first: it would travel in the open to a panel that sends on to `https`.
    pub(crate) cautious: bool,
    pub(crate) unencrypted: Unencrypted,
}

/// What the two calls gave.
struct Seen {
    account: Option<Account>,
    servers: u64,
}

impl Check<'_> {
    pub(crate) async fn run(&self, pasted: BaseUrl) -> Result<Found, SetupError> {
        let start = if self.cautious {
            self.start_in_the_open(&pasted).await?
        } else {
            pasted.clone()
        };
        let (seen, base) = match self.look(&start).await? {
            Ok(seen) => (seen, start),
            Err(error) => {
                let moved = moved(&start, &error)?.ok_or_else(|| named(error))?;
                match self.look(&moved).await? {
                    Ok(seen) => (seen, moved),
                    Err(Error::NotAPanel(NotAPanel::Redirect { .. })) => {
                        return Err(SetupError::RedirectLoop);
                    }
                    Err(error) => return Err(named(error)),
                }
            }
        };
        Ok(Found {
            notices: notices(&pasted, &base, &seen),
            account: seen.account,
            servers: seen.servers,
            base,
        })
    }

    /// Where to show the key: where the panel sends somebody who has none, or here when that is allowed.
    async fn start_in_the_open(&self, pasted: &BaseUrl) -> Result<BaseUrl, SetupError> {
        let nobody = SecretString::from("nobody");
        let asked = match Client::with_patience(pasted.clone(), &nobody, self.tls, self.patience) {
            Ok(client) => client.account().await,
            Err(error) => Err(error),
        };
        let allowed = self.unencrypted == Unencrypted::Allowed;
        if let Err(error @ Error::NotAPanel(_)) = &asked
            && let Some(moved) = moved(pasted, error)?
            && (allowed || !moved.is_plain_public())
        {
            return Ok(moved);
        }
        match (self.unencrypted, asked) {
            // Whatever else is wrong shows again with the key.
            (Unencrypted::Allowed, _) => Ok(pasted.clone()),
            (_, Err(Error::NotAPanel(NotAPanel::Redirect { .. }))) => Err(SetupError::Unencrypted),
            (_, Err(error @ (Error::NotAPanel(_) | Error::Unreachable(_)))) => Err(named(error)),
            (Unencrypted::Refused, _) => Err(SetupError::Unencrypted),
        }
    }

    /// Asks both questions at `base`. The outer error is final, the inner one may be a redirect.
    async fn look(&self, base: &BaseUrl) -> Result<Result<Seen, Error>, SetupError> {
        let client = Client::with_patience(base.clone(), self.key, self.tls, self.patience);
        let client = match client {
            Ok(client) => client,
            Err(Error::BadKey) => return Err(bad_key(self.key)),
            Err(error) => return Ok(Err(error)),
        };
        match self.ask(&client).await {
            Err(Error::Unreachable(why)) if why.tls_fault().is_some() => {
                Err(unsafe_connection(&why, client.refused_certificate()))
            }
            other => Ok(other),
        }
    }

    async fn ask(&self, client: &Client) -> Result<Seen, Error> {
        let account = match client.account().await {
            Ok(account) => Some(account),
            // Neither the wrong kind of key nor the wrong caller: the key lacks this one call.
            Err(Error::Forbidden { .. }) => None,
            Err(error) => return Err(error),
        };
        let servers = client.count(&ServerQuery::default()).await?;
        Ok(Seen { account, servers })
    }
}

/// Where the panel is to be found instead, when `error` says so and the key may be shown there.
pub(crate) fn moved(from: &BaseUrl, error: &Error) -> Result<Option<BaseUrl>, SetupError> {
    let Error::NotAPanel(what) = error else {
        return Ok(None);
    };
    let to = if let NotAPanel::Redirect { to } = what {
        to.clone()
    } else if is_https_port(what) {
        from.as_str().replacen("http://", "https://", 1)
    } else {
        return Ok(None);
    };
    let start = from.join(&["api", "client", "account"]);
    let target = start.join(&to).ok().filter(Url::has_host);
    let base = target
        .as_ref()
        .and_then(|url| BaseUrl::parse(url.as_str()).ok());
    let (Some(target), Some(base)) = (target, base) else {
        return Err(SetupError::RedirectLoop);
    };
    if target.host_str() != start.host_str() {
        let to = base.as_str().to_owned();
        return Err(SetupError::OtherHost { to });
    }
    if start.scheme() == "https" && target.scheme() != "https" {
        let to = base.as_str().to_owned();
        return Err(SetupError::Downgrade { to });
    }
    if base == *from {
        return Err(SetupError::RedirectLoop);
    }
    Ok(Some(base))
}

/// True for the page of a web server that was asked in plain words on its https port.
fn is_https_port(what: &NotAPanel) -> bool {
    let NotAPanel::Html { title: Some(title) } = what else {
        return false;
    };
    title.contains("plain HTTP request was sent to HTTPS port")
}

fn notices(pasted: &BaseUrl, base: &BaseUrl, seen: &Seen) -> Vec<Notice> {
    let https = |base: &BaseUrl| base.as_str().starts_with("https:");
    let upgraded = !https(pasted) && https(base);
    let admin = seen.account.as_ref().is_some_and(|account| account.admin);
    [
        (upgraded, Notice::Encrypted),
        (pasted != base && !upgraded, Notice::Moved),
        (base.is_plain_public(), Notice::PlainHttp),
        (seen.account.is_none(), Notice::RestrictedKey),
        (seen.servers == 0 && !admin, Notice::NoServers),
        (seen.servers == 0 && admin, Notice::OnlyOthersServers),
    ]
    .into_iter()
    .filter_map(|(it_is, notice)| it_is.then_some(notice))
    .collect()
}
