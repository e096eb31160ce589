//! The nodes' websockets as a client meets them. Never waits for real where time can be skipped.

use fake_panel::{FakePanel, Manners, NodeTrouble, PowerState, Rules, ServerSpec, World};
use serde_json::Value;

use crate::ear::{Ear, Heard};
use crate::scene::{SECOND, live, panel, rules, running, token};
use crate::wire::{get, post};

const NO_TOKEN: &str = "jwt error: jwt: no jwt present";
const EXPIRED: &str = "jwt error: jwt: exp claim is invalid";

#[tokio::test]
async fn the_panel_s_credentials_open_a_socket() {
    let mut world = World::new(Rules::pterodactyl_1_14());
    let key = world.add_user("alice", false);
    let uuid = world.add_server(ServerSpec::new("Survival", "alice", "one"));
    let panel = FakePanel::start(world).await.unwrap();
    let path = format!("/api/client/servers/{uuid}/websocket");
    let given = get(&panel, &key, &path).await.json();
    let node = panel.node_url().replacen("http", "ws", 1);
    let socket = format!("{node}/api/servers/{uuid}/ws");
    assert_eq!(given["data"]["socket"], socket);
    let mut ear = Ear::of(&panel, "Survival").await;
    let token = given["data"]["token"].as_str().unwrap();
    ear.send("auth", &[token]).await;
    ear.wait_for(|heard| heard == "auth success").await;
    ear.wait_for(|heard| heard == "status: offline").await;
    ear.wait_for(|heard| heard == "stats asked for offline")
        .await;
}

#[tokio::test]
async fn the_origin_is_the_panel_s_to_the_letter() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let (own, node) = (panel.url(), panel.node_url());
    let slash = format!("{own}/");
    let name = own.replace("127.0.0.1", "localhost");
    for origin in [
        None,
        Some(&*node),
        Some(&*slash),
        Some(&*name),
        Some("null"),
    ] {
        let refused = Ear::open(&panel, &uuid, origin).await.err().unwrap();
        assert_eq!(refused.0, 403, "{origin:?}");
        assert!(
            refused.1.starts_with("Forbidden\n{\"error\":"),
            "{}",
            refused.1
        );
    }
    assert!(Ear::open(&panel, &uuid, Some(&own)).await.is_ok());
    panel.with(|world| world.rules.public_url = Some("https://panel.example.com".to_owned()));
    assert!(Ear::open(&panel, &uuid, Some(&own)).await.is_err());
    let public = "https://panel.example.com";
    assert!(Ear::open(&panel, &uuid, Some(public)).await.is_ok());
    panel.with(|world| world.node("one").allow_origin("*"));
    assert!(Ear::open(&panel, &uuid, Some("null")).await.is_ok());
}

#[tokio::test]
async fn handshakes_fail_in_their_own_ways() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let own = panel.url();
    let unknown = Ear::open(&panel, &uuid[..8], Some(&own))
        .await
        .err()
        .unwrap();
    let text = r#"{"error":"The requested resource does not exist on this instance."}"#;
    assert_eq!(unknown, (404, text.to_owned()));
    for (trouble, status) in [
        (NodeTrouble::Refuses, 0),
        (NodeTrouble::Unreachable, 0),
        (NodeTrouble::Answers(502), 502),
    ] {
        panel.with(|world| world.node("one").down(trouble));
        let refused = Ear::open(&panel, &uuid, Some(&own)).await.err().unwrap();
        assert_eq!(refused.0, status, "{trouble:?}");
    }
}

#[tokio::test]
async fn whoever_does_not_wait_for_auth_success_is_told_so() {
    let panel = panel(rules(Manners::Wings1_11)).await;
    panel.with(|world| world.rules.auth_takes = 5 * SECOND);
    let mut ear = Ear::of(&panel, "Survival").await;
    ear.send("auth", &[&token(&panel, "alice")]).await;
    ear.send("set state", &["start"]).await;
    assert_eq!(ear.heard().await, [NO_TOKEN]);
    panel.skip(5 * SECOND);
    let greeting = ["auth success", "status: offline", "stats asked for offline"];
    assert_eq!(ear.heard().await, greeting);
    let state = panel.with(|world| world.server("Survival").state());
    assert_eq!(state, PowerState::Offline, "the command was lost");
}

#[tokio::test]
async fn statistics_come_every_second_while_it_runs() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    running(&panel);
    let mut ear = live(&panel, "alice").await;
    ear.take();
    panel.skip(5 * SECOND);
    let heard = ear.heard().await;
    assert_eq!(heard, ["stats pushed running"; 5]);
    panel.with(|world| world.server("Survival").crash_with(137, true));
    let heard = ear.heard().await;
    assert_eq!(heard[..2], ["status: offline", "stats pushed offline"]);
    assert!(heard[3].contains("Exit code: 137"), "{heard:?}");
    assert!(heard[4].contains("Out of memory: true"), "{heard:?}");
    panel.skip(60 * SECOND);
    assert_eq!(ear.heard().await, [""; 0], "silence while offline");
}

#[tokio::test]
async fn statistics_are_json_in_a_string_and_agree_with_the_panel() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    running(&panel);
    let mut ear = live(&panel, "alice").await;
    ear.send("send stats", &[]).await;
    ear.settle().await;
    let heard = ear.take();
    let Some(Heard::Frame(frame)) = heard.last() else {
        panic!("{heard:?}");
    };
    let stats: Value = serde_json::from_str(frame["args"][0].as_str().unwrap()).unwrap();
    let key = panel.with(|world| world.add_key("alice", &[]));
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let path = format!("/api/client/servers/{uuid}/resources");
    let resources = get(&panel, &key, &path).await.json();
    let resources = &resources["attributes"]["resources"];
    assert_eq!(stats["disk_bytes"], resources["disk_bytes"]);
    let received = stats["network"]["rx_bytes"].as_u64().unwrap();
    assert!(received <= resources["network_rx_bytes"].as_u64().unwrap());
    assert_eq!(
        stats["memory_limit_bytes"],
        4_724_461_568_u64 / 4_096 * 4_096
    );
}

#[tokio::test]
async fn a_token_runs_out_without_the_socket_being_closed() {
    let panel = panel(rules(Manners::Wings1_11)).await;
    running(&panel);
    let mut ear = live(&panel, "alice").await;
    panel.skip(539 * SECOND);
    let not_stats = |heard: Vec<String>| -> Vec<String> {
        let rest = heard.into_iter().filter(|one| !one.starts_with("stats"));
        rest.collect()
    };
    assert_eq!(not_stats(ear.heard().await), [""; 0]);
    panel.skip(35 * SECOND);
    let expiring = ["token expiring"; 2];
    assert_eq!(not_stats(ear.heard().await), expiring);
    panel.skip(35 * SECOND);
    let errors = not_stats(ear.heard().await);
    assert!(
        errors.len() > 5 && errors.iter().all(|one| one == EXPIRED),
        "{errors:?}"
    );
    ear.send("set state", &["stop"]).await;
    assert_eq!(not_stats(ear.heard().await), [EXPIRED]);
    ear.send("auth", &[&token(&panel, "alice")]).await;
    ear.wait_for(|heard| heard == "auth success").await;
    ear.send("set state", &["stop"]).await;
    ear.wait_for(|heard| heard == "status: stopping").await;
}

#[tokio::test]
async fn a_restarted_node_drops_everybody_and_knows_no_old_token() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let old = token(&panel, "alice");
    let mut ear = live(&panel, "alice").await;
    panel.skip(SECOND);
    panel.with(|world| world.restart_node("one"));
    assert_eq!(ear.heard().await, ["closed 1006"]);
    let mut ear = Ear::of(&panel, "Survival").await;
    ear.send("auth", &[&old]).await;
    let denied = "jwt error: [..] jwt: created too far in past (denylist)";
    ear.wait_for(|heard| heard == denied).await;
    ear.send("auth", &[&token(&panel, "alice")]).await;
    ear.wait_for(|heard| heard == "auth success").await;
    panel.with(|world| world.node("one").rekey());
    // The bucket of tries has to fill again.
    panel.skip(6 * SECOND);
    ear.send("auth", &[&old]).await;
    let generic =
        "daemon error: [..] an unexpected error was encountered while handling this request";
    ear.wait_for(|heard| heard == generic).await;
}

#[tokio::test]
async fn only_what_is_permitted_is_done_or_heard() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let mut bob = live(&panel, "bob").await;
    let mut root = live(&panel, "root").await;
    panel.with(|world| {
        let server = world.server("Survival");
        server.send_event("install output", &["step 1"]);
        server.send_event("something new", &["<b>", "2"]);
    });
    assert_eq!(bob.heard().await, ["something new: <b>"]);
    let both = ["install output: step 1", "something new: <b>"];
    assert_eq!(root.heard().await, both);
    running(&panel);
    bob.send("set state", &["stop"]).await;
    bob.send("send command", &["stop"]).await;
    assert_eq!(bob.heard().await, [""; 0]);
    bob.send("set state", &["start"]).await;
    root.send("set state", &["start"]).await;
    let generic =
        "daemon error: [..] an unexpected error was encountered while handling this request";
    assert_eq!(bob.heard().await, [generic]);
    let real = "daemon error: [..] server is already running";
    assert_eq!(root.heard().await, [real]);
}

#[tokio::test]
async fn who_did_it_is_known_at_once_or_later() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let key = panel.with(|world| world.add_key("alice", &[]));
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let mut bob = live(&panel, "bob").await;
    bob.send("set state", &["start"]).await;
    bob.settle().await;
    let power = format!("/api/client/servers/{uuid}/power");
    post(&panel, &key, &power, r#"{"signal":"kill"}"#).await;
    let path = format!("/api/client/servers/{uuid}/activity?sort=-timestamp&include=actor");
    let events = async || {
        let log = get(&panel, &key, &path).await.json();
        let entries = log["data"].as_array().unwrap().clone();
        let entry = |one: &Value| {
            let one = &one["attributes"];
            let who = &one["relationships"]["actor"]["attributes"]["username"];
            format!("{} {who} {}", one["event"], one["is_api"])
        };
        entries.iter().map(entry).collect::<Vec<_>>()
    };
    let kill = r#""server:power.kill" "alice" true"#;
    let start = r#""server:power.start" "bob" false"#;
    assert_eq!(events().await, [kill]);
    panel.skip(60 * SECOND);
    assert_eq!(events().await, [kill, start]);
}

#[tokio::test]
async fn a_backup_is_told_when_it_is_done_and_so_is_its_restore() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let key = panel.with(|world| world.add_key("alice", &[]));
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let mut alice = live(&panel, "alice").await;
    let path = format!("/api/client/servers/{uuid}/backups");
    let made = post(&panel, &key, &path, r#"{"name":"before"}"#)
        .await
        .json();
    assert_eq!(made["attributes"]["completed_at"], Value::Null);
    assert_eq!(alice.heard().await, [""; 0]);
    panel.skip(3 * SECOND);
    let told = alice.heard().await.join("\n");
    let backup = made["attributes"]["uuid"].as_str().unwrap();
    assert!(
        told.starts_with("backup completed: ") && told.contains(backup),
        "{told}"
    );
    let restore = format!("{path}/{backup}/restore");
    assert_eq!(post(&panel, &key, &restore, "{}").await.status, 204);
    assert_eq!(
        alice.heard().await,
        ["daemon message: (restoring): hello.txt"]
    );
    let mut second = Ear::of(&panel, "Survival").await;
    second
        .wait_for(|heard| heard == "closed 4409 server is suspended")
        .await;
    panel.skip(3 * SECOND);
    let done = "daemon message: Completed server restoration from local backup.";
    assert_eq!(alice.heard().await, [done, "backup restore completed: "]);
}

#[tokio::test]
async fn time_may_run_faster() {
    let panel = panel(Rules {
        clock: 100.0,
        ..rules(Manners::Wings1_13)
    })
    .await;
    let mut alice = live(&panel, "alice").await;
    alice.send("set state", &["start"]).await;
    // Twelve seconds in there, without any help.
    alice.wait_for(|heard| heard == "status: running").await;
}
