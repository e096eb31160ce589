//! Every fault does over a real socket what its name says, and only where it was put. Never through a client that would
//! hide it.

use std::time::{Duration, Instant};

use fake_panel::{Conflict, FakePanel, Fault, NodeTrouble, Rules, ServerSpec, World};

use crate::wire::{get, post, send};

async fn panel() -> (FakePanel, String, String) {
    let mut world = World::new(Rules::quick());
    let key = world.add_user("alice", false);
    let uuid = world.add_server(ServerSpec::new("Broken", "alice", "one"));
    world.add_server(ServerSpec::new("Sound", "alice", "two"));
    let panel = FakePanel::start(world).await.unwrap();
    (panel, key, format!("/api/client/servers/{uuid}"))
}

fn put(panel: &FakePanel, fault: Fault) {
    panel.with(|world| world.server("Broken").fault(Some(fault)));
}

#[tokio::test]
async fn faults_with_a_json_error_carry_its_status_and_code() {
    let (panel, key, server) = panel().await;
    let resources = format!("{server}/resources");
    for (fault, status, code) in [
        (Fault::Unauthorized401, 401, "AuthenticationException"),
        (Fault::Forbidden403, 403, "AccessDeniedHttpException"),
        (Fault::NotFound404, 404, "NotFoundHttpException"),
        (
            Fault::Conflict409(Conflict::Transferring),
            409,
            "ServerStateConflictException",
        ),
        (
            Fault::TooMany429 { headers: true },
            429,
            "ThrottleRequestsException",
        ),
        (Fault::Error500, 500, "QueryException"),
        (Fault::NodeTimeout504, 504, "DaemonConnectionException"),
        (
            Fault::NodeAnswers { status: 404 },
            504,
            "DaemonConnectionException",
        ),
    ] {
        put(&panel, fault.clone());
        let got = get(&panel, &key, &resources).await;
        assert_eq!(
            (got.status, got.code().as_str()),
            (status, code),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn faults_of_things_in_front_of_the_panel_are_html_without_its_headers() {
    let (panel, key, server) = panel().await;
    let resources = format!("{server}/resources");
    for (fault, status) in [
        (Fault::TooMany429 { headers: false }, 429),
        (Fault::BadGateway502, 502),
        (Fault::Html200, 200),
    ] {
        panel.with(|world| world.panel_fault(Some(fault)));
        let got = get(&panel, &key, &resources).await;
        assert_eq!(got.status, status);
        assert_eq!(got.header("content-type"), Some("text/html"));
        assert_eq!(got.header("x-ratelimit-limit"), None);
        assert_eq!(got.header("retry-after"), None);
        assert!(got.body.starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn bodies_can_be_cut_empty_huge_or_strange() {
    let (panel, key, server) = panel().await;
    let resources = format!("{server}/resources");
    put(&panel, Fault::CutJson);
    let cut = get(&panel, &key, &resources).await;
    assert_eq!(cut.header("content-type"), Some("application/json"));
    assert!(cut.body.starts_with(r#"{"attributes""#));
    assert!(serde_json::from_str::<serde_json::Value>(&cut.body).is_err());
    put(&panel, Fault::EmptyJson200);
    assert_eq!(get(&panel, &key, &resources).await.body, "{}");
    let bytes = 9 * 1024 * 1024;
    put(&panel, Fault::Huge200 { bytes });
    assert_eq!(get(&panel, &key, &resources).await.body.len(), bytes);
    put(&panel, Fault::UnknownState);
    let strange = get(&panel, &key, &resources).await.json();
    assert_eq!(strange["attributes"]["current_state"], "hibernating");
}

#[tokio::test]
async fn connections_can_be_reset_and_answers_late() {
    let (panel, key, server) = panel().await;
    let bearer = format!("Bearer {key}");
    let headers = [
        ("Accept", "application/json"),
        ("Authorization", bearer.as_str()),
    ];
    put(&panel, Fault::Reset);
    let reset = send(&panel, "GET", &server, &headers, "").await;
    let kind = reset.err().map(|problem| problem.kind());
    assert_eq!(kind, Some(std::io::ErrorKind::ConnectionReset));
    put(&panel, Fault::Slow(Duration::from_millis(80)));
    let asked = Instant::now();
    assert_eq!(get(&panel, &key, &server).await.status, 200);
    assert!(asked.elapsed() >= Duration::from_millis(80));
    put(&panel, Fault::NeverAnswer);
    let never = send(&panel, "GET", &server, &headers, "");
    let waited = tokio::time::timeout(Duration::from_millis(100), never).await;
    assert!(waited.is_err(), "still waiting");
    assert_eq!(panel.requests().last().unwrap().status, None);
}

#[tokio::test]
async fn a_redirect_keeps_path_and_query() {
    let (panel, key, _) = panel().await;
    let elsewhere = Fault::RedirectTo("https://panel.example.com/".to_owned());
    panel.with(|world| world.panel_fault(Some(elsewhere)));
    let moved = get(&panel, &key, "/api/client?page=2").await;
    let to = "https://panel.example.com/api/client?page=2";
    assert_eq!((moved.status, moved.header("location")), (301, Some(to)));
}

#[tokio::test]
async fn a_fault_of_one_server_leaves_the_others_alone() {
    let (panel, key, server) = panel().await;
    let sound = panel.with(|world| world.server("Sound").uuid().to_owned());
    for fault in [Fault::Error500, Fault::NeverAnswer, Fault::NotFound404] {
        put(&panel, fault);
        let resources = format!("/api/client/servers/{sound}/resources");
        assert_eq!(get(&panel, &key, &resources).await.status, 200);
        assert_eq!(get(&panel, &key, "/api/client").await.status, 200);
    }
    assert_eq!(get(&panel, &key, &server).await.status, 404);
}

#[tokio::test]
async fn a_node_in_trouble_answers_power_and_resources_differently() {
    let (panel, key, server) = panel().await;
    let start = r#"{"signal":"start"}"#;
    for (trouble, resources, power) in [
        (NodeTrouble::Refuses, 504, 504),
        (NodeTrouble::Unreachable, 504, 504),
        (NodeTrouble::Hangs, 504, 504),
        (NodeTrouble::Answers(404), 504, 404),
        (NodeTrouble::Answers(400), 504, 400),
        (NodeTrouble::Answers(500), 504, 500),
    ] {
        panel.with(|world| world.node("one").down(trouble));
        let seen = get(&panel, &key, &format!("{server}/resources")).await;
        let asked = post(&panel, &key, &format!("{server}/power"), start).await;
        assert_eq!(
            (seen.status, asked.status),
            (resources, power),
            "{trouble:?}"
        );
        assert_eq!(asked.code(), "DaemonConnectionException");
        assert_eq!(
            get(&panel, &key, &server).await.status,
            200,
            "the view works"
        );
    }
    assert!(panel.power_requests().is_empty());
}

#[tokio::test]
async fn bodies_can_lack_what_old_and_other_panels_lack() {
    let (panel, key, server) = panel().await;
    let up = Duration::from_secs(9);
    panel.with(|world| world.server("Broken").been_running_for(up));
    let description = "/attributes/description";
    let view = get(&panel, &key, &server).await.json();
    assert!(view.pointer(description).is_some());
    put(&panel, Fault::NoDescription);
    let view = get(&panel, &key, &server).await.json();
    assert_eq!(view.pointer(description), None);
    put(&panel, Fault::NullRelations);
    let view = get(&panel, &key, &server).await.json();
    let variables = &view["attributes"]["relationships"]["variables"];
    assert_eq!(variables["object"], "null_resource");
    put(&panel, Fault::WholeCpu);
    let resources = format!("{server}/resources");
    let numbers = get(&panel, &key, &resources).await.json();
    let cpu = &numbers["attributes"]["resources"]["cpu_absolute"];
    assert!(cpu.is_u64(), "{cpu}");
}

#[tokio::test]
async fn a_server_can_move_between_two_pages() {
    let (panel, key, _) = panel().await;
    panel.with(|world| {
        world.add_server(ServerSpec::new("Third", "alice", "two"));
        world.panel_fault(Some(Fault::MovingPages));
    });
    let mut seen = Vec::new();
    for page in 1..=2 {
        let path = format!("/api/client?per_page=2&page={page}");
        let body = get(&panel, &key, &path).await.json();
        assert_eq!(body["meta"]["pagination"]["total"], 3);
        for server in body["data"].as_array().unwrap() {
            seen.push(server["attributes"]["name"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(seen, ["Broken", "Sound"], "the third was never shown");
}
