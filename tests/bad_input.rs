//! What goes wrong on a person's side: each time there is a message with a next step, nothing is lost, and the program
//! goes on.

use acceptance::{Desk, Panel, Program, Room, keep_panel, try_panel, until};
use serde_json::{Value, json};
use std::fs;

const UNKNOWN_KEY: &str = "ptlc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

async fn tried(agent: &Program<'_>, url: &str, key: &str) -> Value {
    agent.act(try_panel(url, key)).await
}

#[tokio::test]
async fn each_wrong_address_is_told_apart() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let panel = Panel::with(&["Survival"]).await;
    let down = Panel::with(&[]).await.shut_down().await;
    let cases = [
        ("", "no_address"),
        ("not an address", "bad_address"),
        ("ftp://panel.example.com", "wrong_scheme"),
        (
            "https://me:secret@panel.example.com",
            "address_with_password",
        ),
        ("https://no-such-host.invalid", "dns"),
        (&down.url(), "refused"),
        (&panel.url().replace("http:", "https:"), "not_tls"),
    ];
    for (url, kind) in cases {
        let outcome = tried(&agent, url, panel.key()).await;
        assert_eq!(outcome["problem"]["kind"], kind, "{url:?}: {outcome}");
    }
    // What the browser's address line gives is understood.
    let pasted = format!("{}/server/1a2b3c4d/console?x#y", panel.url());
    let outcome = tried(&agent, &pasted, panel.key()).await;
    assert_eq!(outcome["found"]["url"], json!(panel.url()), "{outcome}");
}

#[tokio::test]
async fn each_wrong_key_is_told_apart() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let panel = Panel::with(&["Survival"]).await;
    let cases = [
        ("", "no_key"),
        ("two words", "bad_key"),
        (UNKNOWN_KEY, "key_rejected"),
        (&panel.application_key(), "application_key"),
    ];
    for (key, kind) in cases {
        let outcome = tried(&agent, &panel.url(), key).await;
        assert_eq!(outcome["problem"]["kind"], kind, "{key:?}: {outcome}");
    }
    let spaces_around = format!("  {}\n", panel.key());
    assert_eq!(
        tried(&agent, &panel.url(), &spaces_around).await["kind"],
        "found"
    );
    assert_eq!(agent.snapshot().await["panels"], json!([]));
}

#[tokio::test]
async fn a_good_key_without_servers_is_found_and_explained() {
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.agent().await;
    let panel = Panel::with(&["Survival"]).await;
    let mut guest = agent.guest().await;
    let found = guest
        .act(try_panel(&panel.url(), &panel.strangers_key()))
        .await;
    assert_eq!(found["found"]["server_count"], 0, "{found}");
    assert_eq!(
        guest.act(keep_panel(&found["trial"], "until_quit")).await["kind"],
        "done"
    );
    agent.menu_shows(&["? The key is good"]).await;
    let status = desk.terminal().run(&["status"]).await;
    assert_eq!(status.code, 0, "{status:#?}");
    assert!(
        status.out.contains("Check that you used the right account"),
        "{status:#?}"
    );
}

#[tokio::test]
async fn a_broken_settings_file_is_kept_and_told_about() {
    let desk = Desk::with(Room::TRAY).await;
    desk.write_settings("{ broken");
    let agent = desk.agent().await;
    agent.until_notice("settings_broken").await;
    let kept = fs::read_to_string(desk.profile().join("settings.json.broken"));
    assert_eq!(kept.expect("the broken file is kept"), "{ broken");
    agent.menu_shows(&["Set up a panel"]).await;
    let dismissed = agent
        .act(json!({"kind": "dismiss_notice", "notice": "settings_broken"}))
        .await;
    assert_eq!(dismissed["kind"], "done");
    agent.until_no_notice("settings_broken").await;
}

#[tokio::test]
async fn without_a_tray_host_the_agent_says_so_and_shows_up_as_soon_as_there_is_one() {
    let desk = Desk::with(Room {
        tray: false,
        ..Room::TRAY
    })
    .await;
    let agent = desk.agent().await;
    agent.until_notice("no_tray").await;
    let panel = Panel::with(&["Survival"]).await;
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    agent.until_all_run().await;
    desk.tray_host_appears().await;
    agent.menu_shows(&["Survival"]).await;
    agent.until_no_notice("no_tray").await;
}

#[tokio::test]
async fn without_bus_and_display_the_agent_still_watches() {
    let desk = Desk::with(Room::BARE).await;
    let mut agent = desk.agent().await;
    agent.until_notice("no_session_bus").await;
    let panel = Panel::with(&["Survival"]).await;
    assert_eq!(agent.add_panel(&panel, "file").await["kind"], "done");
    agent.until_all_run().await;
    let shown = agent
        .act(json!({"kind": "show", "page": {"kind": "servers"}}))
        .await;
    assert!(
        ["done", "failed"].contains(&shown["kind"].as_str().unwrap_or_default()),
        "{shown}"
    );
    agent.until_notice("window_missing").await;
    assert!(agent.runs());
}

#[tokio::test]
async fn a_panel_that_is_down_at_the_start_is_watched_as_soon_as_it_is_up() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    assert_eq!(agent.add_panel(&panel, "file").await["kind"], "done");
    agent.act(json!({"kind": "quit"})).await;
    agent.ended().await;
    let down = panel.shut_down().await;
    let agent = desk.agent().await;
    let told = |seen: &Value| seen["panels"][0]["problem"]["kind"] == "refused";
    agent.until_snapshot("the panel's problem", told).await;
    let _panel = down.come_back().await;
    agent.act(json!({"kind": "refresh"})).await;
    agent.shows("Survival", "%").await;
    agent
        .until_snapshot("no problem", |seen| seen["panels"][0]["problem"].is_null())
        .await;
}

#[tokio::test]
async fn an_edit_of_the_settings_file_outlives_what_the_window_changes_meanwhile() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let change = |change: Value| json!({"kind": "change_settings", "change": change});
    let file = desk.profile().join("settings.json");
    let read = || -> Value {
        let text = fs::read_to_string(&file).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    };
    agent.act(change(json!({"allow_force_stop": true}))).await;
    until("the settings file", async || {
        (read()["allow_force_stop"] == true).then_some(())
    })
    .await;
    let mut by_hand = read();
    by_hand["poll_seconds"] = 60.into();
    by_hand["note to myself"] = "ask alex".into();
    fs::write(&file, by_hand.to_string()).expect("a file of ours");
    for theme in ["dark", "light", "dark"] {
        agent.act(change(json!({"theme": theme}))).await;
        until("the theme in the file", async || {
            (read()["theme"] == theme).then_some(())
        })
        .await;
    }
    let kept = read();
    assert_eq!(kept["poll_seconds"], 60, "{kept}");
    assert_eq!(kept["note to myself"], "ask alex", "{kept}");
    assert_eq!(kept["allow_force_stop"], true, "{kept}");
}

#[tokio::test]
async fn the_logs_level_takes_effect_at_once() {
    let desk = Desk::with(Room::BARE).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    let log = || fs::read_to_string(desk.profile().join("logs/pterotray.log")).unwrap_or_default();
    let level = |level: &str| json!({"kind": "change_settings", "change": {"log_level": level}});
    assert_eq!(agent.act(level("debug")).await["kind"], "done");
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    let seen = agent.until_all_run().await;
    let server = &seen["panels"][0]["servers"][0]["id"];
    let stop = json!({"kind": "power", "server": server, "signal": "stop"});
    assert_eq!(agent.act(stop).await["kind"], "done");
    // What was asked for here is told to nobody but a log of that level.
    let detailed = async || log().contains("not told").then_some(());
    until("details in the log", detailed).await;
    assert_eq!(agent.act(level("")).await["kind"], "done");
    let changed = async || log().matches("level was changed").nth(1).map(drop);
    until("the usual level", changed).await;
}

#[tokio::test]
async fn what_fails_again_and_again_is_one_line_in_the_log() {
    let room = Room {
        notifications: false,
        ..Room::TRAY
    };
    let desk = Desk::with(room).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let newest = |seen: &Value| seen["alerts"][0]["news"]["kind"].clone();
    panel.crash("Survival");
    let crashed = agent
        .until_snapshot("the crash", |seen| newest(seen) == "crashed")
        .await;
    let server = &crashed["panels"][0]["servers"][0]["id"];
    let start = json!({"kind": "power", "server": server, "signal": "start"});
    assert_eq!(agent.act(start).await["kind"], "done");
    agent
        .until_snapshot("that it is back", |seen| newest(seen) == "came_back")
        .await;
    let log = fs::read_to_string(desk.profile().join("logs/pterotray.log"));
    let log = log.expect("a log");
    assert_eq!(log.matches("could not be shown").count(), 1, "{log}");
}
