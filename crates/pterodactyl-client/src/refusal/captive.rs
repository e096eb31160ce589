//! The log-in page of a network (hotel, train, airport) that answers in a panel's place. It must never be seen in a panel's
//! own page or redirect, whatever the panel is called.

use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::StatusCode;
use reqwest::header::LOCATION;
use url::{Host, Url};

use super::front::{is_html, title};
use crate::reply::Reply;

/// Pages that only send on are short.
const SHORT: usize = 8 * 1024;

/// True when a network's log-in page shows itself: by status 511 (RFC 6585), by the document that Wi-Fi log-in programs look
/// for, by its name, or by where it sends its visitors.
pub(super) fn is_portal(reply: &Reply) -> bool {
    if reply.status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
        return true;
    }
    let open = reply.asked.in_the_open;
    if reply.status.is_redirection() {
        let location = reply.header(LOCATION.as_str()).unwrap_or_default();
        // What moves for good is moved by its owner.
        let brief = matches!(reply.status.as_u16(), 302 | 303 | 307);
        return leads_to_a_portal(location, open && brief);
    }
    let page = !reply.is_json() && is_html(reply);
    page && (has_document(reply)
        || title(reply).is_some_and(|title| names_a_portal(&title))
        || (reply.status.is_success()
            && sent_on(&reply.body).is_some_and(|location| leads_to_a_portal(&location, open))))
}

fn has_document(reply: &Reply) -> bool {
    let document = b"WISPAccessGatewayParam";
    reply
        .body
        .windows(document.len())
        .any(|part| part == document)
}

/// True for "Wi-Fi Login" and the like. A panel may be called "Hotspot", and a router's own page has "Wi-Fi" in its name.
fn names_a_portal(title: &str) -> bool {
    const WHOLE: [&str; 6] = [
        "captive portal",
        "network authentication",
        "network login required",
        "sign in to network",
        "log in to network",
        "internet access login",
    ];
    const WHAT: [&str; 5] = ["wi-fi", "wifi", "wlan", "hotspot", "guest network"];
    const DOES: [&str; 8] = [
        "login", "log in", "log-in", "sign in", "sign-in", "signin", "access", "portal",
    ];
    let title = title.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    has(&WHOLE) || (has(&WHAT) && has(&DOES) && !title.contains("router"))
}

/// True when an address is that of a network's log-in page. `far` when a host in the open was asked for something, so that a
/// private address cannot be its own.
fn leads_to_a_portal(location: &str, far: bool) -> bool {
    const PLACES: [&str; 4] = ["captive", "hotspot/login", "guestportal", "fgtauth"];
    const HOSTS: [&str; 4] = ["wifi", "wlan", "hotspot", "captive"];
    // What gateways tell their log-in page of the visitor. Only names count: a value may repeat anything.
    const NAMES: [&str; 12] = [
        "uamip",
        "uamport",
        "client_mac",
        "clientmac",
        "ap_mac",
        "apmac",
        "gw_address",
        "gw_id",
        "nasid",
        "wlanuserip",
        "wlanacname",
        "switch_url",
    ];
    let place = location.split(['?', '#']).next().unwrap_or_default();
    let place = place.to_ascii_lowercase();
    let Some(apart) = apart(location) else {
        return false;
    };
    PLACES.iter().any(|word| place.contains(word))
        || apart
            .query_pairs()
            .any(|(name, _)| NAMES.contains(&name.to_ascii_lowercase().as_str()))
        || match apart.host() {
            Some(Host::Domain(name)) => {
                let first = name.split('.').next().unwrap_or_default();
                HOSTS.contains(&first)
            }
            Some(Host::Ipv4(ip)) => far && is_private(ip),
            Some(Host::Ipv6(ip)) => far && is_private_v6(ip),
            None => false,
        }
}

/// An address, absolute or not, taken apart.
pub(super) fn apart(location: &str) -> Option<Url> {
    let base = Url::parse("http://relative.invalid").ok()?;
    base.join(location).ok()
}

fn is_private(ip: Ipv4Addr) -> bool {
    ip.is_private() || ip.is_link_local() || ip == Ipv4Addr::new(1, 1, 1, 1)
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    ip.is_unique_local() || ip.is_unicast_link_local()
}

/// Where a short page sends its visitors by itself: `<meta http-equiv="refresh" content="0; url=…">` or `location = "…"`.
fn sent_on(body: &[u8]) -> Option<String> {
    if body.len() > SHORT {
        return None;
    }
    let page = String::from_utf8_lossy(body).into_owned();
    let lower = page.to_ascii_lowercase();
    let refresh = lower.find("http-equiv").and_then(|at| {
        let rest = lower[at..].find("refresh").map(|more| at + more)?;
        lower[rest..].find("url=").map(|more| rest + more + 4)
    });
    let script = || {
        let at = lower.find("location")?;
        let quote = lower[at..].find(['"', '\''])?;
        // Something else may be quoted further on.
        (quote < 24).then_some(at + quote)
    };
    let rest = &page[refresh.or_else(script)?..];
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(['"', '\'', '>', ' ', '<']).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}
