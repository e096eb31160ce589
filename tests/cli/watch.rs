//! `pterotray watch`: through the running agent, and by itself.

use acceptance::{Desk, Following, Panel, Room, fits_schema};
use fake_panel::PowerState;
use serde_json::Value;

fn is_crash(line: &Value) -> bool {
    line["kind"] == "condition" && line["name"] == "Survival" && line["to"] == "crashed"
}

/// Crashes the server until somebody who may just be arriving sees it: what was before is no event.
async fn crash_seen_by(watch: &mut Following, panel: &Panel) -> String {
    loop {
        panel.crash("Survival");
        while let Some(line) = watch.line_soon().await {
            if line.contains("\"to\":\"crashed\"") || line.contains(" → Crashed") {
                return line;
            }
        }
        panel.start("Survival");
        panel.until_state("Survival", PowerState::Running).await;
    }
}

#[tokio::test]
async fn a_crash_is_one_line_of_json_as_its_schema_describes_it() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let mut watch = desk.terminal().of(&agent).follow(&["watch", "--json"]);
    let line = crash_seen_by(&mut watch, &panel).await;
    let line = serde_json::from_str(&line).expect("JSON");
    assert!(is_crash(&line), "{line}");
    fits_schema(&line, "watch.json");
    assert_eq!(line["source"], "live");
    assert_eq!(line["cause"]["kind"], "crashed");
    let at = line["at"].as_str().expect("a moment");
    assert!(at.ends_with('Z') && at.len() == 24, "{at}");
}

#[tokio::test]
async fn an_alert_comes_whole_and_comes_again_to_whoever_begins_to_look_later() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let mut watch = desk.terminal().of(&agent).follow(&["watch", "--json"]);
    panel.crash("Survival");
    let is_alert = |line: &Value| line["kind"] == "alert";
    let alert = watch.json_until(is_alert).await;
    fits_schema(&alert, "watch.json");
    assert_eq!(alert["name"], "Survival");
    assert_eq!(alert["alert"]["news"]["kind"], "crashed");
    let mut later = desk.terminal().of(&agent).follow(&["watch", "--json"]);
    let line = later.json_until(|_| true).await;
    assert_eq!(line, alert);
}

#[tokio::test]
async fn without_an_agent_it_watches_by_itself() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let mut watch = desk.terminal().at(&panel).follow(&["watch"]);
    panel.until_live("Survival").await;
    let line = crash_seen_by(&mut watch, &panel).await;
    assert!(
        line.contains("  Survival: ") && line.contains(" → Crashed"),
        "{line}"
    );
}

#[tokio::test]
async fn a_panel_that_goes_away_is_a_line_without_a_server() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let mut watch = desk.terminal().at(&panel).follow(&["watch", "--json"]);
    let _down = panel.shut_down().await;
    let of_panel = |line: &Value| line["kind"] == "problem" && line["server"].is_null();
    let line = watch.json_until(of_panel).await;
    fits_schema(&line, "watch.json");
    assert!(line["from"].is_null() && line["to"].is_string(), "{line}");
}

#[tokio::test]
async fn with_nothing_to_watch_it_says_so_and_ends() {
    let desk = Desk::with(Room::BARE).await;
    let ended = desk.terminal().run(&["watch"]).await;
    assert_eq!(ended.code, 1, "{ended:#?}");
    assert!(ended.err.contains("No panel is set up"), "{ended:#?}");
    let panel = Panel::with(&["Survival"]).await;
    let terminal = desk.terminal().at(&panel);
    let ended = terminal.run(&["watch", "--panel", "Nowhere"]).await;
    assert_eq!(ended.code, 3, "{ended:#?}");
}
