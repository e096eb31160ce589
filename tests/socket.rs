//! The agent's door: who comes in, what wrong guests get, and that they bother nobody else.

use acceptance::{Desk, Guest, Panel, Room, mode, until};
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn the_socket_and_its_folder_are_for_the_owner_only() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    assert_eq!(mode(&agent.socket()), 0o600);
    assert_eq!(mode(&desk.profile()), 0o700);
}

#[tokio::test]
async fn a_guest_is_told_where_settings_and_log_are() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let places = agent.snapshot().await["places"].clone();
    let is = |name: &str, path: &str| places[name].as_str() == desk.profile().join(path).to_str();
    assert!(is("settings", "settings.json"), "{places}");
    assert!(is("logs", "logs"), "{places}");
}

#[tokio::test]
async fn garbage_ends_one_connection_and_no_other() {
    let desk = Desk::with(Room::BARE).await;
    let mut agent = desk.agent().await;
    let mut neighbour = agent.guest().await;
    for garbage in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"\0\xff\xfe\n",
        b"[[[[\n",
        b"{\"kind\":\"dance\"}\n",
    ] {
        let mut guest = Guest::knock(&agent.socket())
            .await
            .expect("somebody listens");
        guest.write(garbage).await;
        guest.end_of_talk().await;
    }
    assert_eq!(
        neighbour.act(json!({"kind": "refresh"})).await["kind"],
        "done"
    );
    assert!(agent.runs());
}

#[tokio::test]
async fn a_line_without_end_is_cut_off() {
    let desk = Desk::with(Room::BARE).await;
    let mut agent = desk.agent().await;
    let mut guest = agent.guest().await;
    guest.write(&[b'x'; 256 * 1024]).await;
    guest.end_of_talk().await;
    agent.guest().await;
    assert!(agent.runs());
}

#[tokio::test]
async fn nothing_is_told_to_a_guest_who_does_not_greet() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let mut guest = Guest::knock(&agent.socket())
        .await
        .expect("somebody listens");
    guest.say(&json!({"kind": "subscribe"})).await;
    for said in guest.end_of_talk().await {
        assert_eq!(said["kind"], "hello", "{said}");
    }
}

#[tokio::test]
async fn a_guest_of_another_version_may_end_the_program_and_do_nothing_else() {
    let desk = Desk::with(Room::BARE).await;
    let mut agent = desk.agent().await;
    let hello = json!({"kind": "hello", "protocol": 99, "guest": "command_line"});
    let mut guest = Guest::knock(&agent.socket())
        .await
        .expect("somebody listens");
    guest.say(&hello).await;
    guest.ask(json!({"kind": "refresh"})).await;
    assert_eq!(guest.end_of_talk().await.len(), 1, "the greeting alone");
    assert!(agent.runs());
    let mut guest = Guest::knock(&agent.socket())
        .await
        .expect("somebody listens");
    guest.say(&hello).await;
    assert_eq!(guest.act(json!({"kind": "quit"})).await["kind"], "done");
    assert!(agent.ended().await.success());
}

#[tokio::test]
async fn another_protocol_gets_the_version_and_nothing_more() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let mut guest = Guest::knock(&agent.socket())
        .await
        .expect("somebody listens");
    guest
        .say(&json!({"kind": "hello", "protocol": 99, "guest": "window"}))
        .await;
    guest.say(&json!({"kind": "subscribe"})).await;
    let said = guest.end_of_talk().await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0]["kind"], "hello");
    assert_eq!(said[0]["protocol"], 1);
}

#[tokio::test]
async fn a_thousand_changes_make_at_most_four_snapshots_a_second() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let (mut watcher, mut busy) = (agent.guest().await, agent.guest().await);
    watcher.say(&json!({"kind": "subscribe"})).await;
    let begun = Instant::now();
    let changing = async {
        for step in 0..1000 {
            let change = json!({"poll_seconds": 30 + step % 500, "allow_force_stop": step == 999});
            let outcome = busy
                .act(json!({"kind": "change_settings", "change": change}))
                .await;
            assert_eq!(outcome["kind"], "done", "{outcome}");
        }
    };
    let watching = async {
        let mut count = 0;
        loop {
            count += 1;
            if watcher.snapshot().await["settings"]["allow_force_stop"] == true {
                return count;
            }
        }
    };
    let (count, ()) = tokio::join!(watching, changing);
    // One at once, then one each 250 ms at the most.
    let most = 2 + begun.elapsed().as_millis() / Duration::from_millis(250).as_millis();
    assert!(count <= most, "{count} snapshots in {:?}", begun.elapsed());
}

#[tokio::test]
async fn no_snapshot_ever_holds_the_key() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let snapshot = agent.snapshot().await;
    let (_, tail) = panel.key().split_at(panel.key().len() - 4);
    assert_eq!(
        snapshot["panels"][0]["key"],
        json!({"set": true, "ends_in": tail, "place": "until_quit"})
    );
    assert!(!snapshot.to_string().contains(panel.key()));
    assert_eq!(snapshot["demo"], false);
}

#[tokio::test]
async fn who_unsubscribes_is_told_nothing_more() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let mut guest = agent.guest().await;
    guest.say(&json!({"kind": "subscribe"})).await;
    guest.snapshot().await;
    guest.say(&json!({"kind": "unsubscribe"})).await;
    assert_eq!(guest.act(json!({"kind": "refresh"})).await["kind"], "done");
    let change = json!({"kind": "change_settings", "change": {"poll_seconds": 77}});
    let id = guest.ask(change).await;
    let said = guest.hear().await.expect("an answer");
    assert_eq!(
        (&said["kind"], &said["id"]),
        (&json!("reply"), &json!(id)),
        "{said}"
    );
}

#[tokio::test]
async fn the_command_line_uses_the_running_agents_panels() {
    let desk = Desk::with(Room::BARE).await;
    let panel = Panel::with(&["Survival"]).await;
    let _agent = desk.watching(&panel, "until_quit").await;
    let ended = desk.terminal().run(&["status", "--json"]).await;
    assert_eq!(ended.json()["panels"][0]["servers"][0]["name"], "Survival");
    assert_eq!(desk.terminal().run(&["restart", "Survival"]).await.code, 0);
    assert_eq!(panel.signals(), ["restart Survival"]);
}

#[tokio::test]
async fn an_agent_that_crashed_leaves_nothing_in_the_way_of_the_next() {
    let desk = Desk::with(Room::BARE).await;
    let crashed = desk.agent().await;
    for process in desk.processes("pterotray") {
        process.kill();
    }
    assert!(!crashed.ended().await.success());
    let mut next = desk.agent().await;
    next.guest().await;
    assert!(next.runs());
    let gone = next.act(json!({"kind": "quit"})).await;
    assert_eq!(gone["kind"], "done");
    assert!(next.ended().await.success());
    until("the socket is gone", async || {
        (!desk.profile().join("agent.sock").exists()).then_some(())
    })
    .await;
}
