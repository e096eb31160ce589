//! Start at login, with the entry that the real window makes and a session that reads it as desktops do.

use acceptance::{Desk, Driven, Program, until};
use serde_json::json;
use std::{fs, path::Path};

const SWITCH: &str = "//label[contains(., 'Start when I log in')]";

/// Presses the switch in the settings of the window that lies there.
async fn switches(agent: &Program<'_>, window: &Path, entry: &Path, on: bool) {
    let window = Driven::open_with(agent, window, &json!({"kind": "settings"})).await;
    window.clicks(SWITCH).await;
    until("the entry", async || (entry.exists() == on).then_some(())).await;
    window.closes().await;
}

/// Logs in, looks at what has come, and quits it.
async fn starts_hidden(desk: &Desk, entry: &Path) {
    // A new session has a new tray.
    desk.tray_host_dies().await;
    desk.tray_host_appears().await;
    assert!(desk.session_starts(entry).await);
    let hidden = async || {
        let all = desk.processes("pterotray");
        let [one] = &all[..] else { return None };
        one.started_with().0.contains("--hidden").then_some(())
    };
    until("the agent, told to show no window", hidden).await;
    until("its icon", async || desk.has_icon().then_some(())).await;
    assert!(desk.processes("pterotray-window").is_empty());
    let quits = async || {
        let quit = desk.terminal().run_at_home(&["quit"], "").await;
        (quit.code == 0).then_some(())
    };
    until("it quits", quits).await;
    let gone = async || desk.processes("pterotray").is_empty().then_some(());
    until("its end", gone).await;
}

#[tokio::test]
async fn the_entry_outlives_an_update_and_is_passed_over_when_the_program_is_gone() {
    let desk = Desk::whole().await;
    let place = desk.installs("My programs");
    let (window, entry) = (place.join("pterotray-window"), desk.login_entry());
    let agent = desk.agent().await;
    assert!(!entry.exists(), "off until chosen");
    switches(&agent, &window, &entry, true).await;
    agent.click(&["Quit"]).await;
    agent.ended().await;
    starts_hidden(&desk, &entry).await;
    desk.installs("My programs");
    starts_hidden(&desk, &entry).await;
    fs::remove_dir_all(&place).expect("the home can be written");
    assert!(!desk.session_starts(&entry).await);
    assert!(desk.product_processes().is_empty());
}

#[tokio::test]
async fn the_switch_takes_the_entry_away_again() {
    let desk = Desk::whole().await;
    let window = desk.installs("programs").join("pterotray-window");
    let entry = desk.login_entry();
    let agent = desk.agent().await;
    switches(&agent, &window, &entry, true).await;
    switches(&agent, &window, &entry, false).await;
}
