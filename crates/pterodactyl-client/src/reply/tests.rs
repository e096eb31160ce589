//! Good answers and such as only look good.

use super::*;
use crate::power::PowerState;

const JSON: &str = "Content-Type: application/json";

fn account(status: u16, headers: &str, body: &str) -> Result<Account, Error> {
    Reply::canned(Call::Account, status, headers, body).account()
}

#[test]
fn pelicans_account_is_an_account() {
    let body = r#"{"object":"user","attributes":{"uuid":"u","username":"mira","email":"m@example.org","language":"en","root_admin":true}}"#;
    let account = account(200, JSON, body).unwrap();
    assert_eq!((account.username.as_str(), account.admin), ("mira", true));
}

#[test]
fn json_that_does_not_say_it_is_json_is_not_believed() {
    let body = r#"{"object":"user","attributes":{"username":"mira"}}"#;
    assert!(account(200, JSON, body).is_ok());
    assert!(
        account(
            200,
            "Content-Type: application/vnd.api+json; charset=utf-8",
            body
        )
        .is_ok()
    );
    assert_eq!(
        account(200, "Content-Type: text/plain", body),
        Err(NotAPanel::Foreign.into())
    );
    assert_eq!(account(200, "", body), Err(NotAPanel::Foreign.into()));
}

#[test]
fn only_the_asked_for_object_is_believed() {
    let list = r#"{"object":"list","data":[],"meta":{}}"#;
    assert_eq!(
        account(200, JSON, list),
        Err(Error::Unreadable { what: "account" })
    );
    assert_eq!(
        account(200, JSON, r#"{"id":7}"#),
        Err(NotAPanel::Foreign.into())
    );
    assert_eq!(account(200, JSON, "[1,2]"), Err(NotAPanel::Foreign.into()));
    assert_eq!(
        account(200, JSON, r#"{"object":"us"#),
        Err(Error::Unreadable { what: "account" })
    );
    assert_eq!(
        account(200, JSON, r#"{"object":"user","attributes":null}"#),
        Err(Error::Unreadable { what: "account" })
    );
}

#[test]
fn calagopus_is_named() {
    let calagopus = Err(NotAPanel::Calagopus.into());
    assert_eq!(account(200, JSON, r#"{"user":{"uuid":"u"}}"#), calagopus);
    assert_eq!(
        account(401, JSON, r#"{"errors":["missing authorization"]}"#),
        calagopus
    );
    let list = Reply::canned(
        Call::Servers,
        200,
        JSON,
        r#"{"servers":{"total":0,"data":[]}}"#,
    )
    .page();
    assert_eq!(list.err(), Some(NotAPanel::Calagopus.into()));
}

#[test]
fn a_power_signal_was_taken_only_when_the_panel_says_so() {
    let power =
        |status, headers, body| Reply::canned(Call::Power(None), status, headers, body).taken();
    assert_eq!(power(204, "Content-Type: text/html", ""), Ok(()));
    let page = NotAPanel::Html {
        title: Some("Welcome".into()),
    };
    assert_eq!(
        power(200, "Content-Type: text/html", "<title>Welcome</title>"),
        Err(page.into())
    );
    assert_eq!(power(200, JSON, "{}"), Err(NotAPanel::Foreign.into()));
}

#[test]
fn a_silent_node_is_missing_and_not_offline() {
    let body = r#"{"object":"stats","attributes":{"current_state":"missing","is_suspended":false,"resources":
        {"memory_bytes":0,"cpu_absolute":0,"disk_bytes":0,"network_rx_bytes":0,"network_tx_bytes":0,"uptime":0}}}"#;
    let resources = Reply::canned(Call::Resources, 200, JSON, body)
        .resources()
        .unwrap();
    assert_eq!(resources.state, PowerState::Missing);
}

#[test]
fn odd_numbers_are_read_all_the_same() {
    let body = r#"{"object":"stats","attributes":{"current_state":"hibernating","resources":
        {"memory_bytes":1.5e9,"cpu_absolute":812,"network_rx_bytes":-4,"uptime":null}}}"#;
    let resources = Reply::canned(Call::Resources, 200, JSON, body)
        .resources()
        .unwrap();
    assert_eq!(resources.state, PowerState::Unknown("hibernating".into()));
    assert_eq!(
        (resources.memory_bytes, resources.network_rx_bytes),
        (1_500_000_000, 0)
    );
    assert_eq!((resources.cpu_percent, resources.uptime_ms), (812.0, 0));
}

#[test]
fn a_list_that_hides_how_long_it_is_is_not_passed_off_as_whole() {
    let list = |body| Reply::canned(Call::Servers, 200, JSON, body).page().err();
    let unreadable = Some(Error::Unreadable {
        what: "server list",
    });
    assert_eq!(list(r#"{"object":"list","data":[]}"#), unreadable);
    let odd_uuid = r#"{"object":"list","data":[{"object":"server","attributes":{"uuid":"../../admin"}}],
        "meta":{"pagination":{"total":1,"total_pages":1}}}"#;
    assert_eq!(list(odd_uuid), unreadable);
}
