//! `pterotray panel`: added with a key that no argument shows, listed, removed; with an agent and without.

use acceptance::{Desk, Panel, Room, fits_schema, mode};
use serde_json::json;
use std::{fs, path::PathBuf};

#[tokio::test]
async fn a_panel_is_added_tried_kept_listed_and_removed_without_an_agent() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal();
    let url = panel.url();
    let add = ["panel", "add", &url, "--name", "Home", "--keep-key", "file"];
    let added = terminal.run_with(&add, &format!("{}\n", panel.key())).await;
    assert_eq!(added.code, 0, "{added:#?}");
    assert!(added.out.contains("1 server"), "{added:#?}");
    assert!(!format!("{added:?}").contains(panel.key()), "{added:#?}");
    let file = desk.profile().join("keys.json");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(desk.files_with(panel.key()), [file]);
    let listed = terminal.run(&["panel", "list", "--json"]).await.json();
    let one = &listed["panels"][0];
    fits_schema(&listed, "panels.json");
    assert_eq!((&one["name"], &one["url"]), (&json!("Home"), &json!(url)));
    let status = terminal.run(&["status"]).await;
    assert!(status.out.contains("Survival"), "{status:#?}");
    let unsure = terminal.run(&["panel", "remove", "home"]).await;
    assert_eq!(unsure.code, 2, "{unsure:#?}");
    let removed = terminal.run(&["panel", "remove", "home", "--yes"]).await;
    assert_eq!(removed.code, 0, "{removed:#?}");
    assert_eq!(desk.files_with(panel.key()), Vec::<PathBuf>::new());
    let listed = terminal.run(&["panel", "list", "--json"]).await.json();
    assert_eq!(listed, json!({"panels": []}));
}

#[tokio::test]
async fn a_running_agent_takes_the_panel_in_at_once() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.agent().await;
    let url = panel.url();
    let add = [
        "panel",
        "add",
        &url,
        "--keep-key",
        "until-quit",
        "--key-stdin",
    ];
    let added = desk.terminal().run_with(&add, panel.key()).await;
    assert_eq!(added.code, 0, "{added:#?}");
    agent.menu_shows(&["Survival"]).await;
    assert!(desk.files_with(panel.key()).is_empty());
}

#[tokio::test]
async fn what_does_not_work_is_not_kept() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal();
    let url = panel.url();
    let wrong = "ptlc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    let add = ["panel", "add", &url, "--keep-key", "file"];
    let refused = terminal.run_with(&add, wrong).await;
    assert_eq!(refused.code, 5, "{refused:#?}");
    assert!(!refused.err.contains(wrong), "{refused:#?}");
    // No bus, no keyring: the other places are named.
    let no_keyring = terminal.run_with(&add[..3], panel.key()).await;
    assert_eq!(no_keyring.code, 5, "{no_keyring:#?}");
    assert!(
        no_keyring.err.contains("--keep-key file"),
        "{no_keyring:#?}"
    );
    let until_quit = ["panel", "add", &url, "--keep-key", "until-quit"];
    let no_agent = terminal.run_with(&until_quit, panel.key()).await;
    assert_eq!(no_agent.code, 2, "{no_agent:#?}");
    let listed = terminal.run(&["panel", "list", "--json"]).await.json();
    assert_eq!(listed, json!({"panels": []}));
    assert!(desk.files_with(panel.key()).is_empty());
}

#[tokio::test]
async fn a_keyring_that_is_locked_or_silent_is_told_and_the_key_is_nowhere() {
    let panel = Panel::with(&["Survival"]).await;
    let room = Room {
        keyring: true,
        ..Room::TRAY
    };
    let url = panel.url();
    let locked = Desk::with(room).await;
    locked.lock_keyring().await;
    let silent = Desk::with(room).await;
    silent.hang_keyring();
    for (desk, words) in [
        (&locked, "The keyring is locked or denied access."),
        (&silent, "The keyring does not answer."),
    ] {
        let terminal = desk.terminal();
        let add = ["panel", "add", &url];
        let refused = terminal.run_with(&add, panel.key()).await;
        assert_eq!(refused.code, 5, "{refused:#?}");
        assert_eq!(refused.err.matches(words).count(), 1, "{refused:#?}");
        assert!(refused.err.contains("--keep-key file"), "{refused:#?}");
        assert!(!format!("{refused:?}").contains(panel.key()));
        let listed = terminal.run(&["panel", "list", "--json"]).await.json();
        assert_eq!(listed, json!({"panels": []}));
        assert!(desk.files_with(panel.key()).is_empty());
        let kept = [&add[..], &["--keep-key", "file"]].concat();
        let kept = terminal.run_with(&kept, panel.key()).await;
        assert_eq!(kept.code, 0, "{kept:#?}");
    }
    silent.go_on_keyring();
    assert!(silent.secrets().await.is_empty());
    locked.unlock_keyring().await;
    assert!(locked.secrets().await.is_empty());
}

#[tokio::test]
async fn a_key_is_replaced_under_the_same_name() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal();
    let url = panel.url();
    let add = ["panel", "add", &url, "--name", "Home", "--keep-key", "file"];
    assert_eq!(terminal.run_with(&add, panel.key()).await.code, 0);
    let friend = panel.friends_key("Survival");
    // It is kept where the old one was, unless something else is said.
    let replace = ["panel", "add", &url, "--replace", "home"];
    let replaced = terminal.run_with(&replace, &friend).await;
    assert_eq!(replaced.code, 0, "{replaced:#?}");
    assert!(desk.files_with(panel.key()).is_empty());
    let file = desk.profile().join("keys.json");
    assert_eq!(desk.files_with(&friend), [file]);
    let listed = terminal.run(&["panel", "list", "--json"]).await.json();
    assert_eq!(listed["panels"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["panels"][0]["key_place"], "file");
}

#[tokio::test]
async fn panels_of_one_name_are_told_apart_and_the_wrong_one_is_never_touched() {
    let (first, second) = (
        Panel::with(&["Survival"]).await,
        Panel::with(&["Creative"]).await,
    );
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal();
    for panel in [&first, &second] {
        let url = panel.url();
        let add = ["panel", "add", &url, "--name", "Home", "--keep-key", "file"];
        assert_eq!(terminal.run_with(&add, panel.key()).await.code, 0);
    }
    let listed = terminal.run(&["panel", "list", "--json"]).await.json();
    assert_eq!(listed["panels"][1]["name"], "Home 2");
    // A file from before, or edited by hand, may still have one name twice.
    let file = desk.profile().join("settings.json");
    let text = fs::read_to_string(&file).expect("settings");
    desk.write_settings(&text.replace("Home 2", "Home"));
    for arguments in [
        &["panel", "remove", "home", "--yes"][..],
        &["status", "--panel", "home"],
        &["stop", "Survival", "--panel", "home"],
    ] {
        let ended = terminal.run(arguments).await;
        assert_eq!(ended.code, 3, "{ended:#?}");
        let both = ended.err.contains(&first.url()) && ended.err.contains(&second.url());
        assert!(both, "{ended:#?}");
    }
    let url = second.url();
    let status = terminal.run(&["status", "--panel", &url]).await;
    assert!(status.out.contains("Creative"), "{status:#?}");
    assert!(!status.out.contains("Survival"), "{status:#?}");
    let removed = terminal.run(&["panel", "remove", &url, "--yes"]).await;
    assert_eq!(removed.code, 0, "{removed:#?}");
    let listed = terminal.run(&["panel", "list", "--json"]).await.json();
    assert_eq!(listed["panels"][0]["url"], first.url());
    assert!(first.signals().is_empty());
}

#[tokio::test]
async fn a_key_is_sent_readable_only_when_that_is_said() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal();
    // This computer, by an address that does not look like it.
    let url = panel.url().replace("127.0.0.1", "0.0.0.0");
    let add = ["panel", "add", &url, "--keep-key", "file"];
    let refused = terminal.run_with(&add, panel.key()).await;
    assert_eq!(refused.code, 2, "{refused:#?}");
    assert!(refused.err.contains("--unencrypted"), "{refused:#?}");
    assert!(desk.files_with(panel.key()).is_empty());
    let meant = [&add[..], &["--unencrypted"]].concat();
    let added = terminal.run_with(&meant, panel.key()).await;
    assert_eq!(added.code, 0, "{added:#?}");
}

#[tokio::test]
async fn two_at_once_lose_nothing() {
    let (first, second) = (
        Panel::with(&["Survival"]).await,
        Panel::with(&["Creative"]).await,
    );
    let desk = Desk::with(Room::BARE).await;
    let (one, other) = (desk.terminal(), desk.terminal());
    let (url, other_url) = (first.url(), second.url());
    let add = |url| ["panel", "add", url, "--keep-key", "file"];
    let (a, b) = (add(&url), add(&other_url));
    let (a, b) = tokio::join!(
        one.run_with(&a, first.key()),
        other.run_with(&b, second.key())
    );
    assert_eq!((a.code, b.code), (0, 0), "{a:#?} {b:#?}");
    let listed = one.run(&["panel", "list", "--json"]).await.json();
    assert_eq!(listed["panels"].as_array().map(Vec::len), Some(2));
    let status = one.run(&["status"]).await;
    assert!(
        status.out.contains("Survival") && status.out.contains("Creative"),
        "{status:#?}"
    );
}
