//! Answers of what stands in front of a panel or in its place: web pages, login walls, protection services, redirects. It
//! must never pass on an address with its query or a user's name.

use reqwest::header::{LOCATION, WWW_AUTHENTICATE};
use url::Url;

use super::captive;
use super::wait::{maintenance, rate_limited, retry_after};
use crate::error::{Error, NotAPanel};
use crate::reply::Reply;
use crate::text::{DETAIL, clean};

/// A good answer that is no JSON.
pub(crate) fn html_page(reply: &Reply) -> Error {
    if captive::is_portal(reply) {
        Error::CaptivePortal
    } else if is_challenge(reply) {
        NotAPanel::Challenge.into()
    } else if is_html(reply) && is_login(reply) {
        NotAPanel::LoginWall.into()
    } else if is_html(reply) {
        NotAPanel::Html {
            title: title(reply),
        }
        .into()
    } else {
        NotAPanel::Foreign.into()
    }
}

/// A web page or a bare text instead of JSON: nearly always from something in front of the panel.
pub(super) fn page(reply: &Reply) -> Error {
    if is_challenge(reply) {
        return NotAPanel::Challenge.into();
    }
    match reply.status.as_u16() {
        401 | 407 => NotAPanel::LoginWall.into(),
        429 => rate_limited(reply, false),
        // A web server that found this one request wrong, not one that knows of no panel.
        status @ (405 | 413 | 414 | 431) => Error::Refused {
            status,
            code: "web server".into(),
            detail: title(reply).unwrap_or_default(),
        },
        // A rendered maintenance page; other servers title theirs differently.
        503 if retry_after(reply).is_some()
            || title(reply).as_deref() == Some("Service Unavailable") =>
        {
            maintenance(reply)
        }
        status @ 500.. => Error::Broken {
            status,
            detail: title(reply).unwrap_or_default(),
        },
        _ => html_page(reply),
    }
}

pub(super) fn redirect(reply: &Reply) -> Error {
    let location = reply.header(LOCATION.as_str()).unwrap_or_default();
    if leads_to_a_login(location) {
        return NotAPanel::LoginWall.into();
    }
    let to = match Url::parse(location) {
        Ok(mut url) => {
            // A query can hold tokens, and a name before the host could pose as the host.
            url.set_query(None);
            url.set_fragment(None);
            let plain = url
                .set_username("")
                .and_then(|()| url.set_password(None))
                .is_ok();
            if plain {
                url.to_string()
            } else {
                String::new()
            }
        }
        Err(_) => location
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    NotAPanel::Redirect {
        to: clean(&to, DETAIL),
    }
    .into()
}

/// True when the way leads to somebody's log-in: the panel's own (for a key it does not see), or a single sign-on.
fn leads_to_a_login(location: &str) -> bool {
    const ENDS: [&str; 5] = ["/login", "/signin", "/sign-in", "/sso", "/authorize"];
    const PARTS: [&str; 4] = [
        "/cdn-cgi/access/",
        "/oauth2/",
        "/saml",
        "/outpost.goauthentik.io/",
    ];
    // What single sign-ons call the place to come back to.
    const NAMES: [&str; 4] = ["rd", "redirect_uri", "SAMLRequest", "RelayState"];
    let Some(apart) = captive::apart(location) else {
        return false;
    };
    let path = apart.path().trim_end_matches('/').to_ascii_lowercase();
    ENDS.iter().any(|end| path.ends_with(end))
        || PARTS.iter().any(|part| path.contains(part))
        || apart
            .query_pairs()
            .any(|(name, _)| NAMES.contains(&name.as_ref()))
}

/// True when whoever answers says in HTTP's own way that it wants a name and a password. Panels never do.
pub(super) fn wants_a_login(reply: &Reply) -> bool {
    reply.headers.contains_key(WWW_AUTHENTICATE)
}

/// True for a page that asks for a password or calls itself a log-in. A panel's own page does neither: a script draws it.
fn is_login(reply: &Reply) -> bool {
    const FIRST: [&str; 5] = ["login", "log in", "sign in", "sign-in", "signin"];
    let page = String::from_utf8_lossy(&reply.body).to_ascii_lowercase();
    let field = ["type=\"password\"", "type='password'", "type=password"]
        .iter()
        .any(|field| page.contains(field));
    let named = || {
        let title = title(reply).unwrap_or_default().to_ascii_lowercase();
        FIRST.iter().any(|word| title.starts_with(word))
    };
    field || named()
}

fn is_challenge(reply: &Reply) -> bool {
    let asks = reply
        .header("cf-mitigated")
        .is_some_and(|v| v.eq_ignore_ascii_case("challenge"));
    let page = || {
        title(reply)
            .is_some_and(|t| t.starts_with("Just a moment") || t.starts_with("Attention Required"))
    };
    asks || (reply.headers.contains_key("cf-ray") && page())
}

pub(super) fn is_html(reply: &Reply) -> bool {
    let named = reply
        .header("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    named || reply.body.trim_ascii_start().starts_with(b"<")
}

/// The page's `<title>`.
pub(super) fn title(reply: &Reply) -> Option<String> {
    let text = String::from_utf8_lossy(&reply.body);
    let lower = text.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = clean(&text[start..end], DETAIL);
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests;
