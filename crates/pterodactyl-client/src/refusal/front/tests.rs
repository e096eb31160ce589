//! Answers that never came from a panel.

use std::time::Duration;

use super::*;
use crate::call::Call;
use crate::refusal::read;

const HTML: &str = "Content-Type: text/html; charset=utf-8";

fn page_of(status: u16, headers: &str, body: &str) -> Error {
    read(&Reply::canned(
        Call::Servers,
        status,
        &format!("{HTML}\n{headers}"),
        body,
    ))
}

#[test]
fn pages_from_in_front_of_the_panel() {
    let title = |title: &str| format!("<html><head><title>{title}</title></head></html>");
    let broken = |status, detail: &str| Error::Broken {
        status,
        detail: detail.into(),
    };
    assert_eq!(
        page_of(502, "", &title("502 Bad Gateway")),
        broken(502, "502 Bad Gateway")
    );
    assert_eq!(
        page_of(522, "", &title("Connection timed out")),
        broken(522, "Connection timed out")
    );
    assert_eq!(
        page_of(503, "", &title("503 Busy")),
        broken(503, "503 Busy")
    );
    let challenge = Error::from(NotAPanel::Challenge);
    assert_eq!(page_of(403, "cf-mitigated: challenge", ""), challenge);
    assert_eq!(
        page_of(503, "CF-RAY: 8f-FRA", &title("Just a moment...")),
        challenge
    );
    let no_tls = "400 The plain HTTP request was sent to HTTPS port";
    let page = NotAPanel::Html {
        title: Some(no_tls.into()),
    };
    assert_eq!(page_of(400, "", &title(no_tls)), page.into());
    assert_eq!(
        page_of(404, "", "<p>"),
        NotAPanel::Html { title: None }.into()
    );
    let patience = Some(Duration::from_secs(30));
    assert_eq!(
        page_of(503, "Retry-After: 30", &title("Back soon")),
        Error::Maintenance {
            retry_after: patience
        }
    );
}

#[test]
fn a_pages_title_is_cleaned_and_short() {
    let long = format!(
        "<TITLE lang=en>\n A\u{1b}[31m&amp;{}</TITLE>",
        "b".repeat(9000)
    );
    let Error::NotAPanel(NotAPanel::Html { title: Some(title) }) = page_of(404, "", &long) else {
        panic!("no title");
    };
    assert!(title.starts_with("A&amp;bbb"), "{title}");
    assert_eq!(title.chars().count(), DETAIL);
}

#[test]
fn a_redirect_says_where_to_without_secrets() {
    let to = |location: &str| {
        let error = page_of(301, &format!("Location: {location}"), "");
        let Error::NotAPanel(NotAPanel::Redirect { to }) = error else {
            panic!("{error:?}");
        };
        to
    };
    assert_eq!(
        to("https://p.example/api/client?page=1#x"),
        "https://p.example/api/client"
    );
    assert_eq!(to("https://me:secret@p.example/"), "https://p.example/");
    assert_eq!(to("/panel/api/client?t=1"), "/panel/api/client");
    for login in [
        "https://p.example/auth/login",
        "/login?rd=%2Fapi",
        "https://team.example/cdn-cgi/access/login/p",
    ] {
        let error = page_of(302, &format!("Location: {login}"), "");
        assert_eq!(error, NotAPanel::LoginWall.into(), "{login}");
    }
    assert_eq!(
        page_of(302, "", ""),
        NotAPanel::Redirect { to: String::new() }.into()
    );
}

#[test]
fn a_networks_own_login_page_is_told_where_it_says_so() {
    let wispr =
        "<HTML><!-- <WISPAccessGatewayParam><Redirect/></WISPAccessGatewayParam> --></HTML>";
    for (status, headers, body) in [
        (511, "", ""),
        (200, "", wispr),
        (302, "Location: http://10.0.0.1/captiveportal?u=x", ""),
        (200, "", "<title>Guest Wi-Fi Login</title>"),
    ] {
        let headers = format!("{HTML}\n{headers}");
        let reply = Reply::canned(Call::Account, status, &headers, body);
        let error = reply.account().unwrap_err();
        assert_eq!(error, Error::CaptivePortal, "{status} {body}");
    }
    // A panel may have an odd name, and a query may repeat anything.
    let named = page_of(404, "", "<title>Hotspot Gaming</title>");
    assert!(
        matches!(named, Error::NotAPanel(NotAPanel::Html { .. })),
        "{named:?}"
    );
    let asked = page_of(302, "Location: https://p.example/x?next=captive", "");
    assert!(
        matches!(asked, Error::NotAPanel(NotAPanel::Redirect { .. })),
        "{asked:?}"
    );
}

#[test]
fn a_networks_own_login_page_is_told_by_where_it_sends_its_visitors() {
    let from = |in_the_open: bool, status: u16, location: &str| {
        let headers = format!("{HTML}\nLocation: {location}");
        let mut reply = Reply::canned(Call::Account, status, &headers, "");
        reply.asked.in_the_open = in_the_open;
        read(&reply)
    };
    for location in [
        "http://10.1.0.1/login?dst=x",
        "https://192.168.44.1:8443/portal",
        "http://[fe80::1]/",
    ] {
        assert_eq!(from(true, 302, location), Error::CaptivePortal);
        // A panel on a network of one's own may well send on within it, and a panel's owner may move it for good.
        assert_ne!(from(false, 302, location), Error::CaptivePortal);
        assert_ne!(from(true, 301, location), Error::CaptivePortal);
    }
    for location in [
        "http://login.example.net/?uamip=10.1.0.1&uamport=3990",
        "https://splash.example.net/a?client_mac=00:11&ap_mac=00:22",
        "http://wifi.hotel.example/welcome",
    ] {
        assert_eq!(from(false, 302, location), Error::CaptivePortal);
    }
    let page = |body: &str| {
        let mut reply = Reply::canned(Call::Account, 200, HTML, body);
        reply.asked.in_the_open = true;
        html_page(&reply)
    };
    for body in [
        r#"<html><head><meta http-equiv="refresh" content="0; url=http://10.1.0.1/"></head></html>"#,
        r#"<html><script>window.location="http://10.0.0.1:1000/fgtauth?0a";</script></html>"#,
        "<title>Free WLAN - Sign in</title>",
    ] {
        assert_eq!(page(body), Error::CaptivePortal, "{body}");
    }
    for body in [
        "<title>WiFi Router Login</title>",
        "<title>MineNetwork</title><script>var location_of_all = 7; var name = \"wifi\";</script>",
    ] {
        assert_ne!(page(body), Error::CaptivePortal, "{body}");
    }
}

#[test]
fn a_login_in_front_of_a_panel_is_told_from_other_pages() {
    let page = |body: &str| html_page(&Reply::canned(Call::Account, 200, HTML, body));
    let wall = Error::from(NotAPanel::LoginWall);
    assert_eq!(page("<form><INPUT type=\"password\"></form>"), wall);
    assert_eq!(page("<title>Sign in - Cloudflare Access</title>"), wall);
    for body in ["<title>Pterodactyl</title>", "<p>type your password</p>"] {
        assert_ne!(page(body), wall, "{body}");
    }
    for location in [
        "https://sso.example/oauth2/start?rd=https%3A%2F%2Fp.example",
        "https://auth.example/?rd=https://p.example/api/client&rm=GET",
        "https://id.example/realms/x/protocol/openid-connect/auth?redirect_uri=x",
    ] {
        assert_eq!(page_of(302, &format!("Location: {location}"), ""), wall);
    }
}

#[test]
fn an_answer_from_nobodys_cache_is_no_answer() {
    let error = page_of(304, "", "");
    assert_eq!(
        error,
        Error::Unreadable {
            what: "server list"
        }
    );
}

#[test]
fn a_web_server_that_refuses_one_request_is_not_taken_for_another_site() {
    let page = "<html><head><title>413 Request Entity Too Large</title></head></html>";
    let error = read(&Reply::canned(Call::Command, 413, HTML, page));
    assert!(
        matches!(error, Error::Refused { status: 413, .. }),
        "{error:?}"
    );
    assert_eq!(error.about_for(Call::Command), None);
}
