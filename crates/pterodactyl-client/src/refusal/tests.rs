//! Refusals as panels, translations, proxies and other programs write them.

use std::time::Duration;

use super::wait::LONGEST_WAIT;
use super::*;

const JSON: &str = "Content-Type: application/json";
const HTML: &str = "Content-Type: text/html; charset=utf-8";

fn refused(call: Call, status: u16, code: &str, detail: &str) -> Error {
    let body = serde_json::json!({"errors": [{"code": code, "status": status.to_string(), "detail": detail}]});
    read(&Reply::canned(call, status, JSON, &body.to_string()))
}

/// The same from a panel that counted the request.
fn counted(call: Call, status: u16, code: &str) -> Error {
    let headers = format!("{JSON}\nX-RateLimit-Limit: 120\nX-RateLimit-Remaining: 78");
    let body = format!(r#"{{"errors":[{{"code":"{code}","detail":"x"}}]}}"#);
    read(&Reply::canned(call, status, &headers, &body))
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
    for call in [Call::Power(None), Call::Command] {
        let dead = counted(call, 500, "ConnectionException");
        assert!(matches!(dead, Error::NodeUnreachable { .. }), "{dead:?}");
        // Nothing says that the server is offline: the node answered an error of any kind.
        let answered = counted(call, 500, "RequestException");
        assert!(
            matches!(answered, Error::NodeError { status: 500, .. }),
            "{answered:?}"
        );
    }
    let list = counted(Call::Servers, 500, "ConnectionException");
    assert!(
        matches!(list, Error::Broken { status: 500, .. }),
        "{list:?}"
    );
}

#[test]
fn a_panel_without_its_database_or_cache_is_the_trouble_whatever_was_asked() {
    for call in [
        Call::Servers,
        Call::Server,
        Call::Resources,
        Call::Power(None),
        Call::Command,
    ] {
        for code in ["ConnectionException", "QueryException", "RedisException"] {
            let error = refused(call, 500, code, "x");
            assert!(error.is_about_the_panel(), "{call:?} {code}: {error:?}");
        }
    }
}

#[test]
fn a_panel_that_stumbles_over_one_server_is_not_down() {
    let view = counted(Call::Server, 500, "Error");
    assert_eq!(view, Error::ServerBroken { detail: "x".into() });
    assert!(view.is_about_the_server() && !view.is_about_the_panel());
    assert!(view.is_this_answer_only());
    let list = counted(Call::Servers, 500, "Error");
    assert!(list.is_about_the_panel() && list.is_this_answer_only());
    // Anything but 500, and what is not in the panel's own form, comes from in front of it.
    let gateway = counted(Call::Server, 502, "HttpException");
    assert!(gateway.is_about_the_panel() && !gateway.is_this_answer_only());
    let page = Reply::canned(Call::Server, 500, HTML, "<title>Oops</title>");
    assert!(read(&page).is_about_the_panel());
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
    let wall = Reply::canned(Call::Account, 401, HTML, "<h1>401</h1>");
    assert_eq!(read(&wall), NotAPanel::LoginWall.into());
    let asks = format!("{JSON}\nWWW-Authenticate: Basic realm=\"x\"");
    let wall = Reply::canned(Call::Account, 401, &asks, r#"{"message":"no"}"#);
    assert_eq!(read(&wall), NotAPanel::LoginWall.into());
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
    let wait = |more: &str| {
        let headers = format!("{JSON}\nDate: Mon, 23 Nov 2026 03:14:51 GMT\n{more}");
        read(&Reply::canned(Call::Servers, 429, &headers, "{}")).retry_after()
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(wait("Retry-After: 17"), seconds(17));
    assert_eq!(
        wait("Retry-After: 18446744073709551615"),
        Some(LONGEST_WAIT)
    );
    assert_eq!(wait("Retry-After: soon"), None);
    // A proxy may write a date, or the header a second time.
    assert_eq!(
        wait("Retry-After: Mon, 23 Nov 2026 03:15:21 GMT"),
        seconds(30)
    );
    assert_eq!(
        wait("Retry-After: Mon, 23 Nov 2026 03:00:00 GMT"),
        seconds(0)
    );
    assert_eq!(
        wait("Retry-After: Tue, 24 Nov 2026 03:00:00 GMT"),
        Some(LONGEST_WAIT)
    );
    assert_eq!(wait("Retry-After: 9, 9"), seconds(9));
    assert_eq!(wait("Retry-After: 9\nRetry-After: 60"), seconds(9));
    // The end of the panel's minute does as well: 1795403691 is the date above.
    assert_eq!(wait("X-RateLimit-Reset: 1795403731"), seconds(40));
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
    // A daemon's own form: somebody gave the node's address for the panel's.
    let node = r#"{"error":"The requested resource does not exist.","request_id":"1"}"#;
    let node = read(&Reply::canned(Call::Account, 404, JSON, node));
    assert_eq!(node, NotAPanel::Foreign.into());
    let empty = read(&Reply::canned(Call::Account, 400, JSON, r#"{"errors":[]}"#));
    assert_eq!(empty, NotAPanel::Foreign.into());
}

#[test]
fn a_missing_route_is_not_a_missing_server() {
    let older = "The route api/client/servers/1a2b3c4d/activity could not be found.";
    let error = refused(Call::Activity, 404, "NotFoundHttpException", older);
    assert!(
        matches!(error, Error::Refused { status: 404, .. }),
        "{error:?}"
    );
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
    assert_eq!(limited(Call::Account, None, &counts(256, 1)), action);
    // The first of two is the panel's; a proxy's own numbers come without a wait.
    let twice = format!("{}\nX-RateLimit-Remaining: 99", counts(256, 0));
    assert_eq!(limited(Call::Servers, None, &twice), all);
    let proxys = "X-RateLimit-Limit: 1000\nX-RateLimit-Remaining: 3";
    let all = Error::RateLimited { retry_after: None };
    assert_eq!(limited(Call::Servers, None, proxys), all);
    let unsaid = limited(Call::Resources, None, "");
    assert_eq!(unsaid, Error::RateLimited { retry_after: None });
}

#[test]
fn a_refusal_that_was_cut_is_nobodys_but_a_panels() {
    let cut = r#"{"errors":[{"code":"AuthenticationExc"#;
    let read = |status, body| read(&Reply::canned(Call::Account, status, JSON, body));
    assert_eq!(read(401, cut), Error::Unreadable { what: "account" });
    assert!(matches!(read(500, cut), Error::Broken { status: 500, .. }));
    assert_eq!(read(429, cut), Error::RateLimited { retry_after: None });
    assert_eq!(read(401, ""), NotAPanel::Foreign.into());
}

#[test]
fn refusals_of_a_wrong_request_are_nobodys_trouble() {
    for (status, code) in [
        (400, "BadRequestHttpException"),
        (400, "DisplayException"),
        (400, "TooManyBackupsException"),
        (405, "MethodNotAllowedHttpException"),
        (413, "PostTooLargeException"),
        (419, "HttpException"),
        (422, "ValidationException"),
    ] {
        let error = refused(Call::CreateBackup, status, code, "x");
        assert_eq!(error.about_for(Call::CreateBackup), None, "{error:?}");
    }
}
