//! What really goes over the wire.

use std::time::Duration;

use crate::backup::{BackupState, NewBackup};
use crate::base_url::BaseUrl;
use crate::budget::{Budget, MaySend};
use crate::client::{Client, Scope};
use crate::error::{Error, Unreachable};
use crate::power::PowerSignal;
use crate::query::{ActivityQuery, ServerQuery};

pub(crate) mod host;
mod secrets;
mod trouble;

use host::{Host, Say, answer, json};

const KEY: &str = "ptlc_MakeBelieve0000000000000000000000000000KeyA";

const UUID: &str = "9fa9acaa-78a0-4015-b8ed-2573f0b89b6e";

const ACCOUNT: &str =
    r#"{"object":"user","attributes":{"username":"mira","email":"m@example.org","admin":false}}"#;

fn client(host: &Host) -> Client {
    client_at(&host.address)
}

fn client_at(address: &str) -> Client {
    Client::new(BaseUrl::parse(address).unwrap(), KEY.into()).unwrap()
}

fn list(uuids: &[&str], total: usize, pages: usize) -> Say {
    let entries: Vec<String> = uuids
        .iter()
        .map(|uuid| format!(r#"{{"object":"server","attributes":{{"uuid":"{uuid}"}}}}"#))
        .collect();
    json(&format!(
        r#"{{"object":"list","data":[{}],"meta":{{"pagination":{{"total":{total},"total_pages":{pages}}}}}}}"#,
        entries.join(",")
    ))
}

/// The lines of a request's head, in order of the alphabet, without the host's port.
fn head(request: &str) -> Vec<String> {
    let head = request.split_once("\r\n\r\n").unwrap().0;
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    lines.retain(|line| !line.starts_with("host:"));
    lines.sort();
    lines
}

#[tokio::test]
async fn a_request_carries_what_it_must_and_nothing_else() {
    let cookie = "Content-Type: application/json\nSet-Cookie: pterodactyl_session=1; path=/";
    let host = Host::start(vec![Say::Bytes(answer("200 OK", cookie, ACCOUNT))]).await;
    let client = client(&host);
    client.account().await.unwrap();
    client.account().await.unwrap();
    let expected = [
        "GET /api/client/account HTTP/1.1".to_owned(),
        "accept: application/json".to_owned(),
        format!("authorization: Bearer {KEY}"),
        format!("user-agent: pterotray/{}", env!("CARGO_PKG_VERSION")),
    ];
    for request in host.asked() {
        assert_eq!(head(&request), expected);
    }
    assert_eq!(host.asked().len(), 2);
    assert_eq!(host.connections(), 1, "the connection is kept");
}

#[tokio::test]
async fn a_power_signal_is_posted_once_as_json() {
    let host = Host::start(vec![Say::Bytes(
        b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
    )])
    .await;
    client(&host)
        .power(UUID, PowerSignal::Restart)
        .await
        .unwrap();
    let asked = host.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with(&format!(
        "POST /api/client/servers/{UUID}/power HTTP/1.1\r\n"
    )));
    assert!(asked[0].contains("\r\ncontent-type: application/json\r\n"));
    assert!(asked[0].ends_with("\r\n\r\n{\"signal\":\"restart\"}"));
    assert!(
        !asked[0].contains("origin:") && !asked[0].contains("referer:"),
        "{}",
        asked[0]
    );
}

#[tokio::test]
async fn a_signal_is_not_sent_twice_when_its_answer_is_lost() {
    let host = Host::start(vec![Say::ThenClose(Vec::new())]).await;
    let lost = client(&host).power(UUID, PowerSignal::Kill).await;
    assert_eq!(lost, Err(Unreachable::Interrupted.into()));
    assert_eq!(host.asked().len(), 1);
}

#[tokio::test]
async fn all_pages_are_read_from_addresses_of_ones_own() {
    let host = Host::start(vec![list(&["a", "b"], 3, 2), list(&["b", "c"], 3, 2)]).await;
    let base = format!("{}/games", host.address);
    let servers = client_at(&base).servers(Scope::All).await.unwrap();
    let uuids: Vec<&str> = servers.iter().map(|server| server.uuid.as_str()).collect();
    assert_eq!(uuids, ["a", "b", "c"]);
    let lines: Vec<String> = host
        .asked()
        .iter()
        .map(|r| r.lines().next().unwrap().to_owned())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /games/api/client?per_page=100&page=1&type=admin-all HTTP/1.1",
            "GET /games/api/client?per_page=100&page=2&type=admin-all HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn a_page_that_fails_fails_the_whole_list() {
    let broken = Say::Bytes(answer(
        "502 Bad Gateway",
        "Content-Type: text/html",
        "<title>502</title>",
    ));
    let host = Host::start(vec![list(&["a"], 2, 2), broken]).await;
    let error = client(&host).servers(Scope::Mine).await.unwrap_err();
    assert!(
        matches!(error, Error::Broken { status: 502, .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_list_that_changed_meanwhile_is_read_again_from_the_start() {
    let pages = vec![
        list(&["a", "b"], 3, 2),
        list(&["c"], 2, 2),
        list(&["b", "c"], 2, 1),
    ];
    let host = Host::start(pages).await;
    let mut requests = 1;
    let (client, all) = (client(&host), ServerQuery::default());
    let listed = client.list_counting(&all, &mut requests).await;
    let servers = listed.unwrap();
    let uuids: Vec<&str> = servers
        .iter()
        .map(|listed| listed.server.uuid.as_str())
        .collect();
    assert_eq!(uuids, ["b", "c"]);
    assert_eq!(requests, 1 + 3, "each page counts, those read in vain too");
}

#[tokio::test]
async fn the_newest_budget_is_kept() {
    let counted = |remaining: u32| {
        let headers = format!(
            "Content-Type: application/json\nX-RateLimit-Limit: 256\nX-RateLimit-Remaining: {remaining}"
        );
        Say::Bytes(answer("200 OK", &headers, ACCOUNT))
    };
    let host = Host::start(vec![counted(9), counted(7), json(ACCOUNT)]).await;
    let client = client(&host);
    assert_eq!(client.budget(), None);
    let mut counted = Vec::new();
    for remaining in [9, 7, 7] {
        client.clone().account().await.unwrap();
        counted.extend(client.allowance().counted().map(|(_, at)| at));
        assert_eq!(
            client.budget(),
            Some(Budget {
                limit: 256,
                remaining
            })
        );
    }
    assert!(counted[0] < counted[1]);
    assert_eq!(
        counted[1], counted[2],
        "an answer without counts tells none"
    );
}

/// The first line and the body of each request.
fn lines(host: &Host) -> Vec<String> {
    let line = |request: &String| {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let first = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1");
        format!("{first} {body}").trim_end().to_owned()
    };
    host.asked().iter().map(line).collect()
}

#[tokio::test]
async fn every_call_is_asked_for_as_the_panel_expects_it() {
    let empty =
        || json(r#"{"object":"list","data":[],"meta":{"pagination":{"total":0,"total_pages":1}}}"#);
    let done = |status: &str, body: &str| {
        Say::Bytes(answer(status, "Content-Type: application/json", body))
    };
    let nothing = Say::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec());
    let host = Host::start(vec![
        nothing,
        json(r#"{"data":{"token":"a.b.c","socket":"wss://n.example:8080/api/servers/u/ws"}}"#),
        empty(),
        empty(),
        empty(),
        json(r#"{"object":"backup","attributes":{"uuid":"b"}}"#),
        empty(),
        done("202 Accepted", "[]"),
        empty(),
        empty(),
        json(r#"{"object":"system_permissions","attributes":{"permissions":[]}}"#),
    ])
    .await;
    let client = client(&host);
    client.command("u", "say \"hi\"").await.unwrap();
    client.websocket("u").await.unwrap();
    let query = ActivityQuery::default();
    client.activity("u", &query).await.unwrap();
    client.account_activity(&query).await.unwrap();
    client.backups("u").await.unwrap();
    let made = client.create_backup("u", &NewBackup::default()).await;
    assert_eq!(made.unwrap().state, BackupState::Running);
    client.schedules("u").await.unwrap();
    client.run_schedule("u", 7).await.unwrap();
    client.allocations("u").await.unwrap();
    client.startup("u").await.unwrap();
    client.permissions().await.unwrap();
    assert_eq!(
        lines(&host),
        [
            r#"POST /api/client/servers/u/command {"command":"say \"hi\""}"#,
            "GET /api/client/servers/u/websocket",
            "GET /api/client/servers/u/activity?sort=-timestamp&include=actor",
            "GET /api/client/account/activity?sort=-timestamp&include=actor",
            "GET /api/client/servers/u/backups?per_page=50&page=1",
            r#"POST /api/client/servers/u/backups {"is_locked":false}"#,
            "GET /api/client/servers/u/schedules",
            "POST /api/client/servers/u/schedules/7/execute {}",
            "GET /api/client/servers/u/network/allocations",
            "GET /api/client/servers/u/startup",
            "GET /api/client/permissions",
        ]
    );
}

#[tokio::test]
async fn a_throttled_token_stops_nothing_else() {
    let counted = |status: &str, limit: u32, left: u32, body: &str| {
        let headers = format!(
            "Content-Type: application/json\nX-RateLimit-Limit: {limit}\nX-RateLimit-Remaining: {left}\nRetry-After: 60"
        );
        Say::Bytes(answer(status, &headers, body))
    };
    let host = Host::start(vec![
        counted("200 OK", 256, 200, ACCOUNT),
        counted("429 Too Many Requests", 5, 0, "{}"),
        counted("429 Too Many Requests", 256, 0, "{}"),
    ])
    .await;
    let client = client(&host);
    client.account().await.unwrap();
    let retry_after = Some(Duration::from_secs(60));
    let throttled = client.websocket("u").await;
    assert_eq!(throttled.unwrap_err(), Error::ActionLimited { retry_after });
    let remaining = Some(200);
    let now = std::time::Instant::now();
    assert_eq!(client.may_send(now), MaySend::Now { remaining });
    let refused = client.account().await;
    assert_eq!(refused, Err(Error::RateLimited { retry_after }));
    let MaySend::NotBefore(then) = client.may_send(now) else {
        panic!("it may not send");
    };
    assert!(then >= now + Duration::from_secs(59));
}
