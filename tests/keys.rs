//! Where the key is, and where it is not: keyring, memory, a file of the owner's.

use acceptance::{Desk, Panel, Program, Room, keep_panel, mode, try_panel, until, until_at_last};
use serde_json::{Value, json};
use std::path::PathBuf;

#[tokio::test]
async fn the_key_is_in_the_keyring_and_nowhere_else_and_is_found_again() {
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "keyring").await;
    assert_eq!(desk.secrets().await, [panel.key()]);
    assert_eq!(desk.labels().await, ["Pterotray: 127.0.0.1"]);
    assert!(desk.profile().join("settings.json").is_file());
    assert_eq!(desk.files_with(panel.key()), Vec::<PathBuf>::new());
    agent.click(&["Quit"]).await;
    assert!(agent.ended().await.success());
    let agent = desk.agent().await;
    agent.shows("Survival", "%").await;
    let panel_id = agent.snapshot().await["panels"][0]["id"].clone();
    let removed = agent
        .act(json!({"kind": "remove_panel", "panel": panel_id}))
        .await;
    assert_eq!(removed["kind"], "done", "{removed}");
    agent.menu_shows(&["Set up a panel"]).await;
    let forgotten = async || desk.secrets().await.is_empty().then_some(());
    until("the key leaves the keyring", forgotten).await;
}

#[tokio::test]
async fn without_a_keyring_the_key_is_kept_until_quit_or_in_a_file_of_the_owners() {
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.agent().await;
    let panel = Panel::with(&["Survival"]).await;
    let mut guest = agent.guest().await;
    let found = guest.act(try_panel(&panel.url(), panel.key())).await;
    let refused = guest.act(keep_panel(&found["trial"], "keyring")).await;
    assert_eq!(refused["problem"]["kind"], "keyring_missing", "{refused}");
    assert!(desk.files_with(panel.key()).is_empty());
    // The same trial again, with another place: nothing has to be typed anew.
    assert_eq!(
        guest.act(keep_panel(&found["trial"], "until_quit")).await["kind"],
        "done"
    );
    agent.menu_shows(&["Survival"]).await;
    assert!(desk.files_with(panel.key()).is_empty());
    let second = Panel::with(&["Creative"]).await;
    assert_eq!(agent.add_panel(&second, "file").await["kind"], "done");
    agent.menu_shows(&["Creative"]).await;
    let file = desk.profile().join("keys.json");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(desk.files_with(second.key()), [file]);
}

#[tokio::test]
async fn a_key_in_the_file_is_found_again_and_one_kept_until_quit_is_asked_for() {
    let desk = Desk::with(Room::TRAY).await;
    let (first, second) = (
        Panel::with(&["Survival"]).await,
        Panel::with(&["Creative"]).await,
    );
    let agent = desk.agent().await;
    assert_eq!(agent.add_panel(&first, "file").await["kind"], "done");
    assert_eq!(agent.add_panel(&second, "until_quit").await["kind"], "done");
    agent.act(json!({"kind": "quit"})).await;
    agent.ended().await;
    let agent = desk.agent().await;
    agent.until_all_run().await;
    let asked = |seen: &Value| seen["panels"][1]["problem"]["kind"] == "key_missing";
    agent
        .until_snapshot("the second key asked for", asked)
        .await;
    agent.menu_shows(&["Enter a new key"]).await;
}

#[tokio::test]
async fn a_locked_keyring_is_told_apart_from_a_missing_one() {
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    desk.lock_keyring().await;
    let agent = desk.agent().await;
    let panel = Panel::with(&["Survival"]).await;
    let refused = agent.add_panel(&panel, "keyring").await;
    assert_eq!(refused["problem"]["kind"], "keyring_locked", "{refused}");
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    agent.menu_shows(&["Survival"]).await;
}

const WITH_KEYRING: Room = Room {
    keyring: true,
    ..Room::TRAY
};

/// Until the only panel has this problem, or none: a keyring may take half a minute.
async fn until_problem(agent: &Program<'_>, kind: Value) {
    let what = format!("the panel's problem {kind}");
    let look = async || {
        let snapshot = agent.snapshot().await;
        (snapshot["panels"][0]["problem"]["kind"] == kind).then_some(())
    };
    until_at_last(&what, look).await;
}

#[tokio::test]
async fn a_keyring_that_was_locked_at_the_start_is_asked_again_when_it_is_unlocked() {
    let desk = Desk::with(WITH_KEYRING).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "keyring").await;
    agent.act(json!({"kind": "quit"})).await;
    agent.ended().await;
    desk.lock_keyring().await;
    let agent = desk.agent().await;
    until_problem(&agent, "keyring_locked".into()).await;
    desk.unlock_keyring().await;
    until_problem(&agent, Value::Null).await;
    agent.shows("Survival", "%").await;
}

#[tokio::test]
async fn what_a_locked_keyring_does_not_find_is_neither_missing_nor_forgotten() {
    let desk = Desk::with(Room::TRAY).await;
    let vault = desk.vault_appears().await;
    desk.write_settings(
        r#"{"version": 2, "panels": [{"id": "p1", "name": "Home", "url": "https://panel.example",
            "key_place": "keyring", "show_others": false}]}"#,
    );
    let agent = desk.agent().await;
    until_problem(&agent, "keyring_locked".into()).await;
    vault.unlock();
    let look = json!({"kind": "show", "page": {"kind": "servers"}});
    agent.act(look).await;
    until_problem(&agent, "key_missing".into()).await;
    vault.lock();
    let forget = json!({"kind": "forget_key", "panel": "p1"});
    let refused = agent.act(forget).await;
    assert_eq!(refused["problem"]["kind"], "keyring_locked", "{refused}");
}

#[tokio::test]
async fn a_keyring_that_hangs_at_the_start_is_told_and_its_late_answer_taken() {
    let desk = Desk::with(WITH_KEYRING).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "keyring").await;
    agent.act(json!({"kind": "quit"})).await;
    agent.ended().await;
    desk.hang_keyring();
    let agent = desk.agent().await;
    until_problem(&agent, "keyring_silent".into()).await;
    desk.go_on_keyring();
    until_problem(&agent, Value::Null).await;
    agent.shows("Survival", "%").await;
}

#[tokio::test]
async fn a_key_that_a_hanging_keyring_does_not_take_can_be_kept_elsewhere_and_is_in_no_second_place()
 {
    let desk = Desk::with(WITH_KEYRING).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    let mut guest = agent.guest().await;
    let found = guest.act(try_panel(&panel.url(), panel.key())).await;
    let heard = desk.overhear().await;
    desk.hang_keyring();
    let refused = guest
        .act_at_last(keep_panel(&found["trial"], "keyring"))
        .await;
    assert_eq!(refused["problem"]["kind"], "keyring_silent", "{refused}");
    let again = guest.act(keep_panel(&found["trial"], "keyring")).await;
    assert_eq!(again["problem"]["kind"], "keyring_silent", "{again}");
    let kept = guest.act(keep_panel(&found["trial"], "file")).await;
    assert_eq!(kept["kind"], "done", "{kept}");
    desk.go_on_keyring();
    agent.shows("Survival", "%").await;
    // What the keyring was asked before, it does now; then it is asked to forget it.
    let gone = async || heard.holds("ItemDeleted").then_some(());
    until("the key to come and go", gone).await;
    assert!(desk.secrets().await.is_empty());
    assert_eq!(
        agent.snapshot().await["panels"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn a_key_that_is_taken_back_is_told_once_with_a_way_to_enter_a_new_one() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    agent.shows("Survival", "%").await;
    panel.revoke_key();
    agent.act(json!({"kind": "refresh"})).await;
    agent.menu_shows(&["Enter a new key"]).await;
    let refused = |seen: &Value| seen["panels"][0]["problem"]["kind"] == "key_rejected";
    agent.until_snapshot("the key refused", refused).await;
    let about_key = |title: &str| title.ends_with("refuses the key");
    let look = async || {
        agent
            .notes()
            .into_iter()
            .find(|note| about_key(&note.title))
    };
    let note = until("the notification", look).await;
    assert_eq!(note.buttons(), ["Enter a new key"]);
}
