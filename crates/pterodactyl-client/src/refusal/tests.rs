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
        let error = refused(Call::Power, status, "DaemonConnectionException", "nope");
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
    let power = refused(Call::Power, 500, "ConnectionException", "x");
    assert!(matches!(power, Error::NodeUnreachable { .. }), "{power:?}");
    let answered = refused(Call::Power, 500, "RequestException", "x");
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
        Call::Power,
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
        read(&Reply::canned(Call::Power, 422, JSON, body)),
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
