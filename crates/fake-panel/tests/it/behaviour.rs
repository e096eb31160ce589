//! What a client notices over time: the cache, the limit, power, the log. Never waits for real: time is skipped.

use std::time::Duration;

use fake_panel::{
    FakePanel, Fault, Flavour, NodeTrouble, PowerState, Rules, ServerSpec, Signal, World, evening,
};

use crate::wire::{get, post, send};

const SECOND: Duration = Duration::from_secs(1);

/// A real panel's rules, alice with Survival and Skyblock, bob as a subuser of Survival who may only start it.
async fn panel(rules: Rules) -> (FakePanel, String, String) {
    let mut world = World::new(rules);
    let alice = world.add_user("alice", false);
    let bob = world.add_user("bob", false);
    world.add_server(ServerSpec::new("Survival", "alice", "one"));
    world.add_server(ServerSpec::new("Skyblock", "alice", "two"));
    world.add_subuser("Survival", "bob", &["control.start"]);
    (FakePanel::start(world).await.unwrap(), alice, bob)
}

fn path(panel: &FakePanel, name: &str, call: &str) -> String {
    let uuid = panel.with(|world| world.server(name).uuid().to_owned());
    format!("/api/client/servers/{uuid}{call}")
}

async fn state(panel: &FakePanel, key: &str, name: &str) -> String {
    let body = get(panel, key, &path(panel, name, "/resources")).await;
    let body = body.json();
    body["attributes"]["current_state"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn resources_are_twenty_seconds_old_for_everybody() {
    let (panel, alice, bob) = panel(Rules::default()).await;
    assert_eq!(state(&panel, &alice, "Survival").await, "offline");
    panel.with(|world| world.server("Survival").been_running_for(SECOND));
    panel.skip(18 * SECOND);
    assert_eq!(state(&panel, &bob, "Survival").await, "offline");
    panel.skip(2 * SECOND);
    assert_eq!(state(&panel, &bob, "Survival").await, "running");
}

#[tokio::test]
async fn errors_of_the_node_are_not_kept() {
    let (panel, alice, _) = panel(Rules::default()).await;
    panel.with(|world| world.node("one").down(NodeTrouble::Answers(500)));
    let resources = path(&panel, "Survival", "/resources");
    assert_eq!(get(&panel, &alice, &resources).await.status, 504);
    assert_eq!(state(&panel, &alice, "Skyblock").await, "offline");
    panel.with(|world| world.node("one").down(None));
    assert_eq!(get(&panel, &alice, &resources).await.status, 200);
}

#[tokio::test]
async fn the_limit_is_one_window_for_all_keys_of_a_user() {
    let rules = Rules {
        limit_per_minute: 2,
        ..Rules::default()
    };
    let (panel, alice, bob) = panel(rules).await;
    let second_key = panel.with(|world| world.add_key("alice", &[]));
    let account = "/api/client/account";
    let left = get(&panel, &alice, account).await;
    assert_eq!(left.header("x-ratelimit-remaining"), Some("1"));
    panel.skip(30 * SECOND);
    get(&panel, &second_key, account).await;
    let refused = get(&panel, &alice, account).await;
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    assert_eq!(get(&panel, &bob, account).await.status, 200);
    panel.skip(30 * SECOND);
    assert_eq!(get(&panel, &alice, account).await.status, 200);
}

#[tokio::test]
async fn power_is_taken_logged_and_carried_out_in_time() {
    let (panel, alice, _) = panel(Rules::default()).await;
    let power = path(&panel, "Survival", "/power");
    let taken = post(&panel, &alice, &power, r#"{"signal":" start "}"#).await;
    assert_eq!((taken.status, taken.body.as_str()), (204, ""));
    let is = |panel: &FakePanel| panel.with(|world| world.server("Survival").state());
    assert_eq!(is(&panel), PowerState::Starting);
    panel.skip(12 * SECOND);
    assert_eq!(is(&panel), PowerState::Running);
    let log = panel.power_requests();
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].name.as_str(), log[0].signal, log[0].user.as_str()),
        ("Survival", Signal::Start, "alice")
    );
}

#[tokio::test]
async fn a_refused_signal_is_neither_logged_nor_carried_out() {
    let (panel, _, bob) = panel(Rules::default()).await;
    panel.with(|world| world.server("Survival").been_running_for(SECOND));
    let power = path(&panel, "Survival", "/power");
    for signal in ["stop", "restart", "kill", "explode"] {
        let body = format!(r#"{{"signal":"{signal}"}}"#);
        assert_eq!(post(&panel, &bob, &power, &body).await.status, 403);
    }
    assert!(panel.power_requests().is_empty());
    let state = panel.with(|world| world.server("Survival").state());
    assert_eq!(state, PowerState::Running);
}

#[tokio::test]
async fn dropped_signals_are_still_204() {
    let (panel, alice, _) = panel(Rules::default()).await;
    panel.with(|world| world.server("Survival").drop_signals(true));
    let power = path(&panel, "Survival", "/power");
    let taken = post(&panel, &alice, &power, r#"{"signal":"start"}"#).await;
    assert_eq!(taken.status, 204);
    panel.skip(60 * SECOND);
    assert_eq!(state(&panel, &alice, "Survival").await, "offline");
}

#[tokio::test]
async fn what_an_admin_changes_shows_in_the_list() {
    let (panel, alice, bob) = panel(Rules::default()).await;
    panel.with(|world| {
        world
            .server("Survival")
            .set_status(Some("restoring_backup"));
        world.remove_server("Skyblock");
    });
    let list = get(&panel, &alice, "/api/client").await.json();
    assert_eq!(list["meta"]["pagination"]["total"], 1);
    assert_eq!(list["data"][0]["attributes"]["status"], "restoring_backup");
    assert_eq!(
        get(&panel, &bob, "/api/client").await.json()["data"][0]["attributes"]["server_owner"],
        false
    );
    panel.with(|world| world.remove_key(&alice));
    assert_eq!(get(&panel, &alice, "/api/client").await.status, 401);
}

#[tokio::test]
async fn a_thousand_servers_come_in_ten_pages_each_once() {
    let mut world = World::new(Rules::default());
    let key = world.add_user("alice", false);
    for number in 0..1_000 {
        world.add_server(ServerSpec::new(&format!("{number}"), "alice", "one"));
    }
    let panel = FakePanel::start(world).await.unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for page in 1..=10 {
        let path = format!("/api/client?per_page=100&page={page}");
        let body = get(&panel, &key, &path).await.json();
        for server in body["data"].as_array().unwrap() {
            seen.insert(server["attributes"]["uuid"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(seen.len(), 1_000);
    let past = get(&panel, &key, "/api/client?per_page=100&page=11").await;
    assert_eq!(past.json()["data"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn newer_panels_differ_where_they_do() {
    let rules = Rules {
        flavour: Flavour::Pterodactyl1_14,
        limit_per_minute: 256,
        serv_identifiers: true,
        ..Rules::default()
    };
    let (panel, alice, _) = panel(rules).await;
    let unknown = get(&panel, &alice, "/api/client/servers/deadbeef").await;
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.header("x-ratelimit-limit"), None);
    let list = get(&panel, &alice, "/api/client").await.json();
    let server = &list["data"][0]["attributes"];
    let identifier = server["identifier"].as_str().unwrap();
    assert_eq!(identifier, server["server_identifier"]);
    let view = format!("/api/client/servers/{identifier}");
    let lower_case = format!("bearer {alice}");
    let headers = [
        ("Accept", "application/json"),
        ("Authorization", &*lower_case),
    ];
    let view = send(&panel, "GET", &view, &headers, "").await.unwrap();
    assert_eq!(view.json()["attributes"]["uuid"], server["uuid"]);
}

#[tokio::test]
async fn the_log_names_requests_and_no_key() {
    let (panel, alice, _) = panel(Rules::default()).await;
    let bearer = format!("Bearer {alice}");
    let headers = [
        ("Accept", "application/json"),
        ("Authorization", &*bearer),
        ("User-Agent", "tray/1"),
    ];
    let asked = send(&panel, "GET", "/api/client?page=3", &headers, "").await;
    assert_eq!(asked.unwrap().status, 200);
    let log = panel.requests();
    assert_eq!(log.len(), 1);
    let (path, agent) = (log[0].path.as_str(), log[0].user_agent.as_deref());
    assert_eq!((path, agent), ("/api/client?page=3", Some("tray/1")));
    assert_eq!(log[0].status, Some(200));
    assert!(!format!("{log:?}").contains(&alice[16..]));
    panel.forget_requests();
    assert!(panel.requests().is_empty());
}

#[tokio::test]
async fn a_panel_stops_in_the_middle_of_a_request_and_comes_back_where_it_was() {
    let (panel, alice, _) = panel(Rules::default()).await;
    let panel = std::sync::Arc::new(panel);
    panel.with(|world| world.panel_fault(Some(Fault::NeverAnswer)));
    let (waiting, key) = (std::sync::Arc::clone(&panel), alice.clone());
    let bearer = format!("Bearer {key}");
    let asked = tokio::spawn(async move {
        let headers = [("Authorization", bearer.as_str())];
        let answer = send(&waiting, "GET", "/api/client", &headers, "").await;
        drop(waiting);
        answer.is_err()
    });
    while panel.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let port = panel.port();
    panel.stop_serving();
    assert!(asked.await.unwrap(), "cut without an answer");
    let panel = std::sync::Arc::into_inner(panel).unwrap();
    let mut world = panel.stop().await;
    world.panel_fault(None);
    let back = FakePanel::start_on(world, port).await.unwrap();
    assert_eq!(get(&back, &alice, "/api/client").await.status, 200);
}

#[tokio::test]
async fn the_evening_shows_something_of_everything() {
    let (world, key) = evening::world();
    let panel = FakePanel::start(world).await.unwrap();
    let list = get(&panel, &key, "/api/client").await.json();
    assert_eq!(list["meta"]["pagination"]["total"], 10);
    let mut seen = Vec::new();
    for server in list["data"].as_array().unwrap() {
        let uuid = server["attributes"]["uuid"].as_str().unwrap();
        let resources = format!("/api/client/servers/{uuid}/resources");
        seen.push(get(&panel, &key, &resources).await.status);
    }
    seen.sort_unstable();
    assert_eq!(seen, [200, 200, 200, 200, 200, 200, 200, 409, 409, 504]);
}

#[tokio::test]
async fn the_evening_crashes_survival_and_the_button_brings_it_back() {
    let (world, key) = evening::world();
    let panel = FakePanel::start(world).await.unwrap();
    let crashed = async {
        while panel.with(|world| world.server("Survival").state()) != PowerState::Offline {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        () = evening::play(&panel, 50.0) => {}
        crashed = tokio::time::timeout(crate::wire::PATIENCE, crashed) => crashed.unwrap(),
    }
    let power = path(&panel, "Survival", "/power");
    post(&panel, &key, &power, r#"{"signal":"restart"}"#).await;
    panel.skip(4 * SECOND);
    assert_eq!(state(&panel, &key, "Survival").await, "running");
}
