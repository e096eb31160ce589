//! Refusals as panels, translations, proxies and other programs write them.

use super::*;

const JSON: &str = "Content-Type: application/json";
const HTML: &str = "Content-Type: text/html; charset=utf-8";

fn refused(call: Call, status: u16, code: &str, detail: &str) -> Error {
    let body = serde_json::json!({"errors": [{"code": code, "status": status.to_string(), "detail": detail}]});
    read(&Reply::canned(call, status, JSON, &body.to_string()))
}

fn page_of(status: u16, headers: &str, body: &str) -> Error {
    read(&Reply::canned(
        Call::Servers,
        status,
        &format!("{HTML}\n{headers}"),
        body,
    ))
}

#[test]
fn the_nodes_refusal_is_never_the_keys_or_the_servers() {
    for status in [401, 403, 404, 409, 417, 500, 502] {
        let error = refused(
            Call::Power(None),
            status,
            "DaemonConnectionException",
            "nope",
        );
        let detail = "nope".into();
        assert_eq!(error, Error::NodeError { status, detail });
    }
    let dead = refused(
        Call::Resources,
        504,
        "DaemonConnectionException",
        "недоступен",
    );
    assert!(matches!(dead, Error::NodeUnreachable { .. }), "{dead:?}");
    let answered = refused(
        Call::Resources,
        504,
        "DaemonConnectionException",
        "Fehler (code: 404) (x)",
    );
    assert!(
        matches!(answered, Error::NodeError { status: 404, .. }),
        "{answered:?}"
    );
}

#[test]
fn pelicans_dead_node_is_a_node_only_where_a_node_is_asked() {
    let power = refused(Call::Power(None), 500, "ConnectionException", "x");
    assert!(matches!(power, Error::NodeUnreachable { .. }), "{power:?}");
    let answered = refused(Call::Power(None), 500, "RequestException", "x");
    assert!(
        matches!(answered, Error::NodeError { status: 500, .. }),
        "{answered:?}"
    );
    let list = refused(Call::Servers, 500, "ConnectionException", "x");
    assert!(
        matches!(list, Error::Broken { status: 500, .. }),
        "{list:?}"
    );
}

#[test]
fn only_the_panels_own_401_is_about_the_key() {
    assert_eq!(
        refused(
            Call::Account,
            401,
            "AuthenticationException",
            "Неавторизован"
        ),
        Error::Unauthorized
    );
    let other = refused(Call::Account, 401, "SomethingElse", "x");
    assert!(!other.is_about_the_key(), "{other:?}");
    assert_eq!(
        page_of(401, "WWW-Authenticate: Basic", "<h1>401</h1>"),
        NotAPanel::LoginWall.into()
    );
}

#[test]
fn three_meanings_of_one_403() {
    let denied = |detail| refused(Call::Account, 403, "AccessDeniedHttpException", detail);
    let seen = |ip: &str| Error::IpNotAllowed {
        ip: Some(ip.into()),
    };
    assert_eq!(
        denied("This IP address (192.0.2.61) does not have permission."),
        seen("192.0.2.61")
    );
    assert_eq!(
        denied("Adresse 2001:db8::7 ist nicht erlaubt."),
        seen("2001:db8::7")
    );
    assert_eq!(
        denied("You are attempting to use an application API key"),
        Error::ApplicationKey
    );
    let detail = "This action is unauthorized.".to_owned();
    assert_eq!(denied(&detail), Error::Forbidden { detail });
}

#[test]
fn an_application_key_is_known_by_its_beginning_on_a_translated_panel() {
    let body = r#"{"errors":[{"code":"AccessDeniedHttpException","status":"403","detail":"Falscher Schlüssel."}]}"#;
    let mut reply = Reply::canned(Call::Account, 403, JSON, body);
    reply.asked.application_key = true;
    assert_eq!(read(&reply), Error::ApplicationKey);
}

#[test]
fn a_translated_conflict_is_still_a_conflict() {
    let error = refused(
        Call::Power(None),
        409,
        "ServerStateConflictException",
        "Der Server ist gesperrt.",
    );
    assert_eq!(
        error,
        Error::Conflict {
            state: None,
            detail: "Der Server ist gesperrt.".into()
        }
    );
}

#[test]
fn several_failed_rules_are_all_told() {
    let body = r#"{"errors":[{"code":"ValidationException","detail":"One."},{"code":"ValidationException","detail":"Two."}]}"#;
    let detail = "One. Two.".into();
    assert_eq!(
        read(&Reply::canned(Call::Power(None), 422, JSON, body)),
        Error::Validation { detail }
    );
}

#[test]
fn a_wait_is_taken_over_but_never_for_longer_than_an_hour() {
    let wait = |value: &str| {
        let headers = format!("{JSON}\nRetry-After: {value}");
        read(&Reply::canned(Call::Servers, 429, &headers, "{}")).retry_after()
    };
    assert_eq!(wait("17"), Some(Duration::from_secs(17)));
    assert_eq!(wait("18446744073709551615"), Some(LONGEST_WAIT));
    assert_eq!(wait("soon"), None);
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
fn another_programs_json_is_not_a_panels() {
    let other = |status| {
        read(&Reply::canned(
            Call::Account,
            status,
            JSON,
            r#"{"message":"no"}"#,
        ))
    };
    assert_eq!(other(404), NotAPanel::Foreign.into());
    assert!(matches!(other(502), Error::Broken { status: 502, .. }));
    let empty = read(&Reply::canned(Call::Account, 400, JSON, r#"{"errors":[]}"#));
    assert_eq!(empty, NotAPanel::Foreign.into());
}

#[test]
fn a_missing_account_route_is_not_a_missing_server() {
    assert!(matches!(
        refused(Call::Account, 404, "NotFoundHttpException", "x"),
        Error::Refused { status: 404, .. }
    ));
    assert_eq!(
        refused(Call::Server, 404, "NotFoundHttpException", "x"),
        Error::NotFound
    );
}

#[test]
fn a_command_to_an_offline_server_is_neither_the_panels_nor_the_nodes_trouble() {
    for (status, code) in [
        (502, "HttpException"),
        (502, "DaemonConnectionException"),
        (417, "DaemonConnectionException"),
        (500, "DaemonConnectionException"),
        (500, "RequestException"),
    ] {
        let detail = "x".to_owned();
        let error = refused(Call::Command, status, code, &detail);
        assert_eq!(error, Error::ServerOffline { detail }, "{status} {code}");
        assert!(error.is_about_the_server() && !error.is_about_the_node());
    }
    // The same status means something else elsewhere, or without the panel's own form.
    let power = refused(Call::Power(None), 502, "HttpException", "x");
    assert!(
        matches!(power, Error::Broken { status: 502, .. }),
        "{power:?}"
    );
    let proxy = Reply::canned(Call::Command, 502, HTML, "<title>502 Bad Gateway</title>");
    assert!(matches!(read(&proxy), Error::Broken { status: 502, .. }));
    let dead = refused(Call::Command, 504, "DaemonConnectionException", "x");
    assert!(dead.is_about_the_node(), "{dead:?}");
}

#[test]
fn a_limit_of_one_action_is_told_from_the_limit_of_everything() {
    let limited = |call, general, headers: &str| {
        let mut reply = Reply::canned(call, 429, &format!("{JSON}\n{headers}"), "{}");
        reply.asked.general_limit = general;
        read(&reply)
    };
    let counts = |limit, left| {
        format!("X-RateLimit-Limit: {limit}\nX-RateLimit-Remaining: {left}\nRetry-After: 9")
    };
    let retry_after = Some(Duration::from_secs(9));
    let action = Error::ActionLimited { retry_after };
    let all = Error::RateLimited { retry_after };
    assert_eq!(limited(Call::CreateBackup, None, &counts(256, 240)), action);
    assert_eq!(limited(Call::Websocket, None, &counts(5, 0)), action);
    assert_eq!(limited(Call::Websocket, Some(256), &counts(60, 0)), action);
    // The general limit can run out on that route as well, and an operator may have set a small one.
    assert_eq!(limited(Call::Websocket, Some(256), &counts(256, 0)), all);
    assert_eq!(limited(Call::Websocket, Some(5), &counts(5, 0)), all);
    assert_eq!(limited(Call::Account, None, &counts(3, 0)), all);
    let unsaid = limited(Call::Resources, None, "");
    assert_eq!(unsaid, Error::RateLimited { retry_after: None });
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
