//! Where the key is, and where it is not: keyring, memory, a file of the owner's.

use acceptance::{Desk, Panel, Room, keep_panel, mode, try_panel, until};
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
