//! The set-up check: from what a person pasted to an address worth keeping, or the one thing that is wrong with it. It must
//! never show the key to another host than the one that was pasted, nor go from `https` to `http` by itself.

use url::Url;

use crate::account::Account;
use crate::base_url::{BaseUrl, BaseUrlError};
use crate::client::{Client, Patience};
use crate::error::{Error, NotAPanel, TlsFault, Unreachable};
use crate::query::ServerQuery;
use crate::tls::{Fingerprint, Trust};
use secrecy::SecretString;

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

/// The one thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The text is no address.
    #[error("{0}")]
    Address(#[from] BaseUrlError),
    /// Nothing was given for a key.
    #[error("the key is empty")]
    BlankKey,
    /// The key holds characters no key has; often a part of it, or several lines, were copied.
    #[error("the key contains characters that cannot be part of a key")]
    BrokenKey,
    /// The host is not there or does not answer.
    #[error("the panel cannot be reached: {0}")]
    Unreachable(Unreachable),
    /// No safe connection.
    #[error("no safe connection is possible: {reason}")]
    Tls {
        /// What is wrong.
        fault: TlsFault,
        /// The same with all that is known, for showing.
        reason: String,
        /// The certificate that was shown, to compare and perhaps to pin for this panel.
        certificate: Option<Fingerprint>,
    },
    /// The network wants a login first.
    #[error("the network asks for a login first; the panel was not reached")]
    CaptivePortal,
    /// A web page: mostly the panel is in another folder or on another host name.
    #[error("there is a website here, but no panel{}", .title.as_deref().map(|t| format!(" (\"{t}\")")).unwrap_or_default())]
    WebPage {
        /// The page's title.
        title: Option<String>,
    },
    /// A login stands before the panel.
    #[error("a login page stands in front of the panel")]
    LoginWall,
    /// A protection service wants to see a browser.
    #[error("a protection service in front of the panel lets only browsers through")]
    Challenge,
    /// Another panel that is not compatible.
    #[error("this is a Calagopus panel, which is not supported")]
    Calagopus,
    /// Something else answers.
    #[error("something answers, but it is no panel")]
    NotAPanel,
    /// It sends on to another host. The key was not sent there.
    #[error("this address sends visitors on to {to}")]
    OtherHost {
        /// The address to paste instead, if it is the right one.
        to: String,
    },
    /// It sends from `https` on to `http`. The key was not sent there.
    #[error("this address sends visitors on to an unencrypted one ({to})")]
    Downgrade {
        /// Where to.
        to: String,
    },
    /// It sends on again and again.
    #[error("this address sends visitors around in circles")]
    RedirectLoop,
    /// The panel does not know the key.
    #[error("the panel does not know this key")]
    KeyRejected,
    /// The wrong kind of key.
    #[error("this is an application key; a client key is needed (account, API credentials)")]
    ApplicationKey,
    /// The key is good, but not from here.
    #[error("the key may not be used from this address{}", .ip.as_deref().map(|ip| format!(" ({ip})")).unwrap_or_default())]
    IpNotAllowed {
        /// The caller's address as the panel sees it.
        ip: Option<String>,
    },
    /// The panel demands two-factor authentication of this account.
    #[error("the panel requires two-factor authentication for this account")]
    TwoFactorRequired,
    /// The key is good but may not list servers.
    #[error("the key may not list servers: {detail}")]
    Forbidden {
        /// The panel's sentence.
        detail: String,
    },
    /// The panel is in maintenance mode.
    #[error("the panel is in maintenance mode")]
    Maintenance,
    /// Too many requests.
    #[error("the panel asks for fewer requests")]
    RateLimited,
    /// The panel failed, or its answer cannot be understood.
    #[error("{0}")]
    Broken(Error),
}

impl SetupError {
    /// What to do about it, in a sentence for people.
    #[must_use]
    pub const fn next_step(&self) -> &'static str {
        match self {
            Self::Address(_) => "Paste the address shown in the browser when the panel is open.",
            Self::BlankKey => "Paste a client key (account, API credentials).",
            Self::BrokenKey => "Copy the key again: one line of letters and digits.",
            Self::Unreachable(Unreachable::Dns) => {
                "Check the spelling of the address and the network."
            }
            Self::Unreachable(_) => "Check address and port, and whether the panel is up.",
            Self::Tls { fault, .. } => tls_step(*fault),
            Self::CaptivePortal => "Log in to the network in a browser, then try again.",
            Self::WebPage { .. } => {
                "Check host name and folder: open the panel in a browser and paste that address."
            }
            Self::LoginWall => {
                "Ask for the panel's API (/api) to be let through without that login."
            }
            Self::Challenge => {
                "Ask for the panel's API (/api) to be exempt from the browser check."
            }
            Self::Calagopus | Self::NotAPanel => {
                "A Pterodactyl or Pelican panel is needed; check the address."
            }
            Self::OtherHost { .. } => "If that is the panel, paste that address instead.",
            Self::Downgrade { .. } => "Ask whoever runs the panel to keep it on https.",
            Self::RedirectLoop => "Open the panel in a browser and paste the address shown there.",
            Self::KeyRejected => "Check the key, or make a new one (account, API credentials).",
            Self::ApplicationKey => "Make a client key (account, API credentials).",
            Self::IpNotAllowed { .. } => "Add this address to the key's allowed addresses.",
            Self::TwoFactorRequired => "Switch two-factor authentication on in the panel.",
            Self::Forbidden { .. } => "Use a key that may list servers.",
            Self::Maintenance | Self::RateLimited => "Try again in a few minutes.",
            Self::Broken(_) => "Try again later, or ask whoever runs the panel.",
        }
    }
}

const fn tls_step(fault: TlsFault) -> &'static str {
    match fault {
        TlsFault::SelfSigned | TlsFault::UnknownIssuer => {
            "Trust its authority for this panel, or pin this certificate after comparing it."
        }
        TlsFault::WrongName => "Use the host name the certificate is for.",
        TlsFault::Expired | TlsFault::NotYetValid => {
            "Check this computer's clock; otherwise the certificate must be renewed."
        }
        TlsFault::WrongPin => "If the certificate was changed on purpose, pin the new one.",
        TlsFault::NotTls => "Use http:// for this port, or the port that speaks https.",
        TlsFault::Unusable => "Choose a certificate file in PEM form.",
        TlsFault::Revoked | TlsFault::Rejected | TlsFault::Handshake => {
            "Ask whoever runs the panel to look at its certificate."
        }
    }
}

/// Tries out what a person `pasted` with `key`: asks for the account and one page of the list, follows the panel once to
/// another address on the same host, and names what is wrong.
///
/// The list is the proof: a restricted key may be refused its account. `tls` is for this panel alone.
///
/// # Errors
/// [`SetupError`], which never holds the key or the pasted text.
pub async fn check(pasted: &str, key: &SecretString, tls: &Trust) -> Result<Found, SetupError> {
    let pasted = BaseUrl::parse(pasted)?;
    let check = Check {
        key,
        tls,
        patience: Patience::default(),
        cautious: pasted.is_plain_public(),
    };
    check.run(pasted).await
}

pub(crate) struct Check<'a> {
    pub(crate) key: &'a SecretString,
    pub(crate) tls: &'a Trust,
    pub(crate) patience: Patience,
    /// Look without the key first: it would travel in the open to a panel that sends on to `https`.
    pub(crate) cautious: bool,
}

/// What the two calls gave.
struct Seen {
    account: Option<Account>,
    servers: u64,
}

impl Check<'_> {
    pub(crate) async fn run(&self, pasted: BaseUrl) -> Result<Found, SetupError> {
        let start = if self.cautious {
            self.sent_on_unasked(&pasted).await?
        } else {
            None
        };
        let start = start.unwrap_or_else(|| pasted.clone());
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

    /// Where the panel sends somebody who has no key.
    async fn sent_on_unasked(&self, pasted: &BaseUrl) -> Result<Option<BaseUrl>, SetupError> {
        let nobody = SecretString::from("nobody");
        let client = Client::with_patience(pasted.clone(), &nobody, self.tls, self.patience);
        let Ok(client) = client else {
            return Ok(None);
        };
        match client.account().await {
            Err(error @ Error::NotAPanel(_)) => moved(pasted, &error),
            // Whatever else is wrong shows again with the key.
            Ok(_) | Err(_) => Ok(None),
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

fn bad_key(key: &SecretString) -> SetupError {
    use secrecy::ExposeSecret;
    if key.expose_secret().trim().is_empty() {
        SetupError::BlankKey
    } else {
        SetupError::BrokenKey
    }
}

fn unsafe_connection(why: &Unreachable, certificate: Option<Fingerprint>) -> SetupError {
    let Unreachable::Tls { reason } = why else {
        return SetupError::Unreachable(why.clone());
    };
    SetupError::Tls {
        fault: why.tls_fault().unwrap_or(TlsFault::Handshake),
        reason: reason.clone(),
        certificate,
    }
}

fn named(error: Error) -> SetupError {
    match error {
        Error::BadKey => SetupError::BrokenKey,
        Error::Unreachable(why) => unsafe_connection(&why, None),
        Error::NotAPanel(what) => foreign(what),
        Error::CaptivePortal => SetupError::CaptivePortal,
        Error::Unauthorized => SetupError::KeyRejected,
        Error::ApplicationKey => SetupError::ApplicationKey,
        Error::IpNotAllowed { ip } => SetupError::IpNotAllowed { ip },
        Error::TwoFactorRequired => SetupError::TwoFactorRequired,
        Error::Forbidden { detail } => SetupError::Forbidden { detail },
        // Routes every panel has are missing: JSON, in the panel's own form, of another program.
        Error::Refused { status: 404, .. } => SetupError::NotAPanel,
        Error::Maintenance { .. } => SetupError::Maintenance,
        Error::RateLimited { .. } | Error::ActionLimited { .. } => SetupError::RateLimited,
        other @ (Error::NotFound
        | Error::Conflict { .. }
        | Error::NodeUnreachable { .. }
        | Error::NodeError { .. }
        | Error::ServerOffline { .. }
        | Error::Validation { .. }
        | Error::Broken { .. }
        | Error::Refused { .. }
        | Error::Unreadable { .. }) => SetupError::Broken(other),
    }
}

fn foreign(what: NotAPanel) -> SetupError {
    match what {
        NotAPanel::Html { title } => SetupError::WebPage { title },
        NotAPanel::LoginWall => SetupError::LoginWall,
        NotAPanel::Challenge => SetupError::Challenge,
        NotAPanel::Calagopus => SetupError::Calagopus,
        NotAPanel::Foreign => SetupError::NotAPanel,
        NotAPanel::Redirect { to } => SetupError::OtherHost { to },
    }
}
