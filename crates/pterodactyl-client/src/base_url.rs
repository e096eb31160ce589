//! The address a panel lives at. It must never hold a password, a query or a trailing slash, and never repeat a text it
//! refused: people paste keys into the wrong field.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, ParseError, Url};

/// Where a panel lives: `http` or `https`, a host, perhaps a port and a folder.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(Url);

/// Why a text is no panel address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Nothing was given.
    #[error("the address is empty")]
    Empty,
    /// Another protocol than `http` and `https`.
    #[error("a panel's address starts with https://, not with {scheme}://")]
    NotHttp {
        /// The protocol found, cleaned.
        scheme: String,
    },
    /// No host name.
    #[error("the address has no host name")]
    NoHost,
    /// A user name or password stands before the host.
    #[error("the address contains a user name or password")]
    HasPassword,
    /// Anything else.
    #[error("this is not an address")]
    Unreadable,
}

/// Where the panel's own pages begin; everything from there on is not part of its address.
const PAGES: [&str; 5] = ["server", "account", "auth", "admin", "login"];

impl BaseUrl {
    /// Reads what a person typed or pasted: spaces around it, a missing `https://`, an address copied from one of the
    /// panel's own pages (`/server/…`, `/account…`, `/auth…`, `/admin…`, `/api/client…`), query and fragment are all
    /// fine and fall away.
    ///
    /// # Errors
    /// [`BaseUrlError`], which never repeats the text.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BaseUrlError::Empty);
        }
        let with_scheme = match scheme_of(text) {
            Some(scheme) if matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") => {
                text.to_owned()
            }
            Some(scheme) => {
                let scheme = crate::text::clean(scheme, 20);
                return Err(BaseUrlError::NotHttp { scheme });
            }
            None => format!("https://{}", text.trim_start_matches('/')),
        };
        let mut url = Url::parse(&with_scheme).map_err(|error| {
            if error == ParseError::EmptyHost {
                BaseUrlError::NoHost
            } else {
                BaseUrlError::Unreadable
            }
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::HasPassword);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(BaseUrlError::NoHost);
        }
        let folder = folder_of(&url);
        url.set_path(&folder);
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// True when everything sent there, the key included, could be read on the way: plain `http` to a host that is
    /// neither this computer nor recognisably on a private network.
    #[must_use]
    pub fn is_plain_public(&self) -> bool {
        self.0.scheme() == "http" && !self.host_is(is_near_name, is_near_v4, is_near_v6)
    }

    /// True when the host is neither this computer nor, as far as its name or number tells, in a network of one's own.
    pub(crate) fn is_in_the_open(&self) -> bool {
        let own = |domain: &str| {
            let ends = [".lan", ".home", ".internal", ".home.arpa"];
            is_near_name(domain)
                || !domain.contains('.')
                || ends.iter().any(|end| domain.ends_with(end))
        };
        !self.host_is(own, is_near_v4, is_near_v6)
    }

    /// The address of a server's page in the panel, for the browser. `identifier` is taken as it was delivered.
    #[must_use]
    pub fn open_server(&self, identifier: &str) -> String {
        self.join(&["server", identifier]).into()
    }

    /// The address below this one made of `segments`, each percent-encoded; `.` and `..` are dropped, so nothing leads
    /// out of it.
    pub(crate) fn join(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// True when the host is this very computer.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host_is(
            is_loopback_name,
            |ip| ip.is_loopback(),
            |ip| ip.is_loopback(),
        )
    }

    fn host_is(
        &self,
        name: fn(&str) -> bool,
        v4: fn(Ipv4Addr) -> bool,
        v6: fn(Ipv6Addr) -> bool,
    ) -> bool {
        match self.0.host() {
            None => false,
            Some(Host::Domain(domain)) => name(domain.trim_end_matches('.')),
            Some(Host::Ipv4(ip)) => v4(ip),
            Some(Host::Ipv6(ip)) => match ip.to_canonical() {
                IpAddr::V4(ip) => v4(ip),
                IpAddr::V6(ip) => v6(ip),
            },
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({})", self.as_str())
    }
}

/// What stands before `://`, unless that comes later, in a path or a query.
fn scheme_of(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once("://")?;
    (!scheme.contains(['/', '?', '#'])).then_some(scheme)
}

/// The folder the panel lives in: the path up to the first page or API call of its own.
fn folder_of(url: &Url) -> String {
    let segments: Vec<&str> = url
        .path_segments()
        .map(|segments| segments.filter(|s| !s.is_empty()).collect())
        .unwrap_or_default();
    let mut end = (0..segments.len())
        .find(|&at| {
            let next = segments.get(at + 1).copied();
            PAGES.contains(&segments[at])
                || (segments[at] == "api" && matches!(next, None | Some("client" | "application")))
        })
        .unwrap_or(segments.len());
    // What is left must not read as something else when it is parsed again.
    while end > 0 && segments[end - 1] == "api" {
        end -= 1;
    }
    segments[..end].join("/")
}

fn is_loopback_name(domain: &str) -> bool {
    domain == "localhost" || domain.ends_with(".localhost")
}

fn is_near_name(domain: &str) -> bool {
    is_loopback_name(domain) || domain.ends_with(".local")
}

fn is_near_v4(ip: Ipv4Addr) -> bool {
    // 100.64.0.0/10 is what mesh networks and carriers hand out (RFC 6598).
    let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
    ip.is_loopback() || ip.is_private() || ip.is_link_local() || shared
}

fn is_near_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        BaseUrl::parse(text).unwrap().to_string()
    }

    #[test]
    fn what_people_paste_becomes_the_panels_address() {
        for (pasted, expected) in [
            ("panel.example.com", "https://panel.example.com"),
            (
                "  https://Panel.Example.com/  ",
                "https://panel.example.com",
            ),
            ("//panel.example.com/", "https://panel.example.com"),
            ("HTTP://panel.example.com", "http://panel.example.com"),
            (
                "panel.example.com:8443/panel/",
                "https://panel.example.com:8443/panel",
            ),
            ("https://panel.example.com:443", "https://panel.example.com"),
            (
                "https://p.example/server/1a2b3c4d/console",
                "https://p.example",
            ),
            ("https://p.example/account/api", "https://p.example"),
            ("https://p.example/auth/login", "https://p.example"),
            ("https://p.example/login", "https://p.example"),
            ("https://p.example/admin/nodes/view/1", "https://p.example"),
            (
                "https://p.example/games/api/client?page=2",
                "https://p.example/games",
            ),
            ("https://p.example/api", "https://p.example"),
            (
                "https://p.example/games/api/api/",
                "https://p.example/games",
            ),
            ("https://p.example/?token=abc#top", "https://p.example"),
            ("https://p.example//games///", "https://p.example/games"),
            ("p.example?next=https://other.example", "https://p.example"),
            ("localhost:8000", "https://localhost:8000"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(parsed(pasted), expected, "pasted: {pasted}");
        }
    }

    #[test]
    fn an_address_is_its_own_address() {
        for text in ["https://p.example", "http://p.example:8080/games"] {
            assert_eq!(parsed(&parsed(text)), text);
        }
    }

    #[test]
    fn what_is_no_address_is_named_without_repeating_it() {
        let refused = |text: &str| BaseUrl::parse(text).unwrap_err();
        assert_eq!(refused("  "), BaseUrlError::Empty);
        assert_eq!(
            refused("ftp://p.example"),
            BaseUrlError::NotHttp {
                scheme: "ftp".into()
            }
        );
        assert_eq!(refused("https://"), BaseUrlError::NoHost);
        assert_eq!(refused("https://?x"), BaseUrlError::NoHost);
        assert_eq!(
            refused("https://me:secret@p.example"),
            BaseUrlError::HasPassword
        );
        assert_eq!(refused("me@p.example"), BaseUrlError::HasPassword);
        assert_eq!(refused("two words"), BaseUrlError::Unreadable);
        assert_eq!(refused("javascript:alert(1)"), BaseUrlError::Unreadable);
        assert_eq!(refused("https://p.example:99999"), BaseUrlError::Unreadable);
    }

    #[test]
    fn only_plain_http_into_the_open_is_worth_a_warning() {
        let warned = |text: &str| BaseUrl::parse(text).unwrap().is_plain_public();
        for open in [
            "http://panel.example.com",
            "http://203.0.113.5",
            "http://[2001:db8::1]",
            "http://localhost.example.com",
            "http://172.32.0.1",
        ] {
            assert!(warned(open), "{open}");
        }
        for near in [
            "https://panel.example.com",
            "http://localhost:8000",
            "http://panel.local",
            "http://127.0.0.9",
            "http://192.168.1.5",
            "http://10.0.0.1",
            "http://169.254.1.1",
            "http://100.101.102.103",
            "http://[::1]",
            "http://[fe80::1]",
            "http://[fd00::1]",
            "http://[::ffff:10.0.0.1]",
        ] {
            assert!(!warned(near), "{near}");
        }
    }

    #[test]
    fn a_server_opens_below_the_panels_folder() {
        let base = BaseUrl::parse("https://p.example/games").unwrap();
        assert_eq!(
            base.open_server("1a2b3c4d"),
            "https://p.example/games/server/1a2b3c4d"
        );
        assert_eq!(
            base.open_server("a/b?c#d"),
            "https://p.example/games/server/a%2Fb%3Fc%23d"
        );
        assert_eq!(base.open_server(".."), "https://p.example/games/server");
        let root = BaseUrl::parse("https://p.example").unwrap();
        assert_eq!(
            root.open_server("serv_abc"),
            "https://p.example/server/serv_abc"
        );
    }
}
