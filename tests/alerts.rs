//! Every row of what is told, with the real program, a real bus and a notification server on it.

use acceptance::{Desk, Note, Panel, Program, Room, until_at_last};
use fake_panel::PowerState;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

async fn watching<'a>(desk: &'a Desk, panel: &Panel) -> Program<'a> {
    desk.watching(panel, "until_quit").await
}

fn titles(agent: &Program<'_>) -> Vec<String> {
    agent.notes().into_iter().map(|note| note.title).collect()
}

/// The kept alerts, newest first.
async fn kept(agent: &Program<'_>) -> Vec<Value> {
    let snapshot = agent.snapshot().await;
    snapshot["alerts"].as_array().cloned().unwrap_or_default()
}

async fn change(agent: &Program<'_>, change: Value) {
    let wish = json!({"kind": "change_settings", "change": change});
    assert_eq!(agent.act(wish).await["kind"], "done");
}

/// What was told of the second server came after all that may be told of the first.
async fn nothing_else_was_told(panel: &Panel, agent: &Program<'_>) {
    panel.crash("Creative");
    agent.notified("Creative crashed").await;
    assert_eq!(titles(agent), ["Creative crashed"]);
}

#[tokio::test]
async fn a_crash_is_urgent_stays_and_says_why() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    assert_eq!(note.body, "Exit code 1.");
    assert_eq!(note.buttons(), ["Restart", "Console"]);
    assert_eq!((note.urgency, note.expires), (Some(2), 0));
    assert_eq!(note.category.as_deref(), Some("network.error"));
    assert!(!note.icon.is_empty());
    let kept = kept(&agent).await;
    assert_eq!(kept[0]["news"]["kind"], "crashed");
    assert_eq!(kept[0]["silent"], Value::Null);
    agent.click(&["1 new alert"]).await;
    agent
        .until_snapshot("read alerts", |seen| seen["unread_alerts"] == 0)
        .await;
}

#[tokio::test]
async fn a_crash_that_the_node_mends_is_one_alert() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.crash_and_restart("Survival");
    let note = agent.notified("Survival crashed and is restarting").await;
    assert_eq!(note.buttons(), ["Console"]);
    assert_eq!(note.urgency, Some(1));
    agent.until_all_run().await;
    assert_eq!(agent.notes().len(), 1, "{:#?}", agent.notes());
}

/// The first crash and all that its node said from then on, and when.
fn recorded_crashes() -> Vec<(Duration, String, Vec<String>)> {
    let recorded =
        include_str!("../crates/pterodactyl-client/tests/recordings/1.11/ws-crash.ws.txt");
    let frame = |line: &str| {
        let (at, frame) = line.split_once(" < ")?;
        let frame: Value = serde_json::from_str(frame).ok()?;
        let args = frame["args"].as_array().into_iter().flatten();
        let args = args.filter_map(Value::as_str).map(str::to_owned).collect();
        let at = Duration::from_secs_f64(at.trim().parse().ok()?);
        Some((at, frame["event"].as_str()?.to_owned(), args))
    };
    let all = recorded.lines().filter_map(frame);
    all.skip_while(|(_, _, args): &(_, _, Vec<String>)| args != &["boom"])
        .collect()
}

#[tokio::test]
async fn the_recorded_crashes_are_one_restarting_and_one_that_stays_down() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with_silent_node(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    let frames = recorded_crashes();
    let (begun, first) = (Instant::now(), frames[0].0);
    for (at, event, args) in &frames {
        // At the recorded pace: what is judged after two seconds depends on it.
        sleep_until(begun + (*at - first)).await;
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        panel.node_says("Survival", event, &args);
    }
    let down = agent.notified("Survival crashed").await;
    assert_eq!(down.body, "Exit code 3. Second time in 10 minutes.");
    let notes = agent.notes();
    let said: Vec<_> = notes
        .iter()
        .map(|note| (&*note.title, &*note.body))
        .collect();
    assert_eq!(
        said,
        [
            ("Survival crashed and is restarting", "Exit code 3."),
            ("Survival crashed", &*down.body),
        ]
    );
    assert_eq!(notes[0].id, down.id, "one in the place of the other");
}

#[tokio::test]
async fn a_stop_by_somebody_else_offers_a_start_and_says_who_once_that_is_known() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.somebody_stops("Survival", "alex");
    let note = agent.notified("Survival was stopped").await;
    assert_eq!(note.body, "Not from here.");
    assert_eq!(note.buttons(), ["Start"]);
    // A node hands in what was done in a browser up to a minute later.
    let known = until_at_last("who it was", async || {
        let mut notes = agent.notes().into_iter();
        notes.find(|note| note.body == "By alex, from the panel.")
    })
    .await;
    assert_eq!(known.id, note.id, "in the same place");
    let note = known;
    agent.press(&note, "Start").await;
    panel.until_state("Survival", PowerState::Running).await;
    let back = agent.notified("Survival is running again").await;
    assert_eq!(back.urgency, Some(0));
}

#[tokio::test]
async fn somebody_elses_restart_is_silent() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = watching(&desk, &panel).await;
    panel.somebody_restarts("Survival");
    agent.shows("Survival", "— stopping").await;
    panel.until_state("Survival", PowerState::Running).await;
    agent.shows("Survival", "%").await;
    nothing_else_was_told(&panel, &agent).await;
}

#[tokio::test]
async fn a_rule_from_the_menu_is_kept_to() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = watching(&desk, &panel).await;
    agent.click(&["Survival", "Alerts", "Nothing"]).await;
    agent
        .until_snapshot("the rule", |seen| {
            seen["settings"]["alerts"]["servers"][0]["rule"] == "nothing"
        })
        .await;
    panel.crash("Survival");
    agent.shows("Survival", "— crashed").await;
    nothing_else_was_told(&panel, &agent).await;
}

#[tokio::test]
async fn several_at_once_are_one() {
    let desk = Desk::with(Room::TRAY).await;
    let names = ["Creative", "Skyblock", "Survival", "Valheim"];
    let panel = Panel::with(&names).await;
    let agent = watching(&desk, &panel).await;
    for name in names {
        panel.crash(name);
    }
    let note = agent.notified("4 servers crashed").await;
    assert_eq!(note.body, "Creative, Skyblock, Survival, Valheim");
    assert_eq!(note.buttons(), ["Show"]);
    assert_eq!(kept(&agent).await.len(), 1);
}

#[tokio::test]
async fn a_pause_from_the_menu_ends_with_one_summary() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = watching(&desk, &panel).await;
    agent.click(&["Pause alerts", "Until I resume"]).await;
    agent
        .until_snapshot("the pause", |seen| {
            seen["settings"]["alerts"]["paused"] != Value::Null
        })
        .await;
    panel.crash("Survival");
    let held = |seen: &Value| seen["alerts"][0]["silent"] == "paused";
    agent.until_snapshot("a crash held back", held).await;
    assert_eq!(titles(&agent), [""; 0]);
    agent.click(&["Alerts are paused", "Resume"]).await;
    let note = agent.notified("While alerts were paused").await;
    assert_eq!(note.body, "Survival went down.");
    assert_eq!(note.buttons(), ["Show"]);
}

#[tokio::test]
async fn quiet_hours_hold_a_crash_back() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    let all_day = json!({"on": true, "from": 1, "to": 0});
    change(&agent, json!({"quiet_hours": all_day})).await;
    panel.crash("Survival");
    let held = |seen: &Value| seen["alerts"][0]["silent"] == "quiet_hours";
    agent.until_snapshot("a crash held back", held).await;
    assert_eq!(titles(&agent), [""; 0]);
    change(
        &agent,
        json!({"quiet_hours": {"on": false, "from": 1, "to": 0}}),
    )
    .await;
    let note = agent.notified("During the quiet hours").await;
    assert_eq!(note.body, "Survival went down.");
}

#[tokio::test]
async fn a_refused_key_leads_to_a_new_one() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.revoke_key();
    agent.act(json!({"kind": "refresh"})).await;
    let refused = |note: &Note| note.title.ends_with("refuses the key");
    let note = until_at_last("a refused key", async || {
        agent.notes().into_iter().find(refused)
    })
    .await;
    assert_eq!(note.buttons(), ["Enter a new key"]);
    assert_eq!(note.urgency, Some(2));
}

#[tokio::test]
async fn a_stop_that_hangs_offers_a_force_stop() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.stops_for_ever("Survival");
    agent.click(&["Survival", "Stop"]).await;
    let note = agent
        .notified_at_last("Survival is still stopping after 90 s")
        .await;
    assert_eq!(note.buttons(), ["Force stop…"]);
    assert_eq!(panel.signals(), ["stop Survival"]);
}

#[tokio::test]
async fn a_panel_that_is_away_is_one_alert_and_answers_again() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = watching(&desk, &panel).await;
    let gone = panel.shut_down().await;
    agent.act(json!({"kind": "refresh"})).await;
    let note = agent.notified_at_last("127.0.0.1 is unreachable").await;
    assert!(note.body.starts_with("2 servers unknown."), "{note:?}");
    let _panel = gone.come_back().await;
    agent.act(json!({"kind": "refresh"})).await;
    let back = agent.notified_at_last("127.0.0.1 answers again").await;
    assert_eq!(back.id, note.id);
    assert_eq!(agent.notes().len(), 2, "{:#?}", agent.notes());
}

#[tokio::test]
async fn a_node_that_is_away_is_one_alert_and_answers_again() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = watching(&desk, &panel).await;
    panel.node_is_down(true);
    let note = agent.notified_at_last("Node node-1 is unreachable").await;
    assert_eq!(note.body, "2 servers unknown.");
    panel.node_is_down(false);
    let back = agent.notified_at_last("Node node-1 answers again").await;
    assert_eq!(back.id, note.id);
    assert_eq!(agent.notes().len(), 2, "{:#?}", agent.notes());
}

#[tokio::test]
async fn too_much_for_too_long_is_told() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    let used = |what: &str| json!({"cpu_percent": null, "memory_percent": null, "disk_percent": null, what: 10, "minutes": 1});
    change(&agent, json!({"thresholds": used("memory_percent")})).await;
    let note = agent.notified_at_last("Survival uses much memory").await;
    assert!(note.body.ends_with("of its limit, for 1 min"), "{note:?}");
}
