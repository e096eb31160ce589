//! `pterotray reset`: asks first, and leaves nothing behind.

use acceptance::{Desk, Panel, Room};
use std::{fs, path::PathBuf};

#[tokio::test]
async fn keys_settings_logs_and_the_agent_go() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    let agent = desk.watching(&panel, "keyring").await;
    let terminal = desk.terminal().of(&agent);
    let unsure = terminal.run(&["reset"]).await;
    assert_eq!(unsure.code, 2, "{unsure:#?}");
    assert_eq!(desk.secrets().await, [panel.key()]);
    let reset = terminal.run(&["reset", "--yes"]).await;
    assert_eq!(reset.code, 0, "{reset:#?}");
    assert!(agent.ended().await.success());
    assert_eq!(desk.secrets().await, Vec::<String>::new());
    assert!(!desk.profile().exists());
}

#[tokio::test]
async fn the_start_at_login_goes_with_the_users_own_profile() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let entry = desk.home().join(".config/autostart/Pterotray.desktop");
    fs::create_dir_all(entry.parent().expect("a folder")).expect("a home");
    fs::write(&entry, "[Desktop Entry]\n").expect("a home");
    let terminal = desk.terminal();
    let url = panel.url();
    let add = ["panel", "add", &url, "--keep-key", "file"];
    let added = terminal.run_at_home(&add, panel.key()).await;
    assert_eq!(added.code, 0, "{added:#?}");
    assert_eq!(desk.files_with(panel.key()).len(), 1);
    // That of another profile stays.
    assert_eq!(terminal.run(&["reset", "--yes"]).await.code, 0);
    assert!(entry.exists());
    let reset = terminal.run_at_home(&["reset", "--yes"], "").await;
    assert_eq!(reset.code, 0, "{reset:#?}");
    assert!(!entry.exists());
    assert_eq!(desk.files_with(panel.key()), Vec::<PathBuf>::new());
    assert_eq!(desk.files_with(&url), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn keys_that_broken_settings_no_longer_name_go_too() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    let terminal = desk.terminal();
    let url = panel.url();
    let add = ["panel", "add", &url];
    let added = terminal.run_at_home(&add, panel.key()).await;
    assert_eq!(added.code, 0, "{added:#?}");
    assert_eq!(desk.secrets().await, [panel.key()]);
    let files = desk.files_with(&url);
    let settings = files.first().expect("the settings name the panel");
    fs::write(settings, "{ half an edit").expect("a file of ours");
    let reset = terminal.run_at_home(&["reset", "--yes"], "").await;
    assert_eq!(reset.code, 0, "{reset:#?}");
    assert_eq!(desk.secrets().await, Vec::<String>::new());
    assert!(!settings.exists());
}
