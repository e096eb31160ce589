//! The main job on a real desktop: watch, show, alert, restart.

use acceptance::{Desk, Panel, Room, until};
use fake_panel::PowerState;
use serde_json::json;

#[tokio::test]
async fn a_server_crashes_and_the_button_of_the_notification_brings_it_back() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = desk.watching(&panel, "keyring").await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    assert!(note.body.contains("Exit code 1"), "{note:?}");
    assert_eq!(note.urgency, Some(2));
    assert_eq!(note.buttons(), ["Restart", "Console"]);
    agent.shows("Survival", "— crashed").await;
    agent.press(&note, "Restart").await;
    panel.until_state("Survival", PowerState::Running).await;
    assert_eq!(panel.signals(), ["restart Survival"]);
    agent.shows("Survival", "%").await;
    let again = agent.notified("Survival is running again").await;
    assert!(again.buttons().is_empty(), "{again:?}");
    assert_eq!(agent.notes().len(), 2, "{:#?}", agent.notes());
}

#[tokio::test]
async fn good_news_replaces_the_alert_that_is_still_on_the_screen() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    panel.crash("Survival");
    let down = agent.notified("Survival crashed").await;
    agent.click(&["Survival", "Start"]).await;
    let again = agent.notified("Survival is running again").await;
    assert_eq!(
        again.id, down.id,
        "one about the same server, in the place of the first"
    );
}

#[tokio::test]
async fn stop_in_the_menu_stops_and_is_silent() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    agent.click(&["Survival", "Stop"]).await;
    panel.until_state("Survival", PowerState::Offline).await;
    agent.shows("Survival", "— offline").await;
    // Whatever is to be told about the first comes before what is told about the second.
    panel.crash("Creative");
    agent.notified("Creative crashed").await;
    assert_eq!(agent.notes().len(), 1, "{:#?}", agent.notes());
    assert_eq!(panel.signals(), ["stop Survival"]);
}

#[tokio::test]
async fn the_menu_offers_what_is_possible_and_nothing_else() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let enabled = |server: &acceptance::Entry, name: &str| {
        server.find(&[name]).is_some_and(|entry| entry.enabled)
    };
    let up = agent.shows("Survival", "%").await;
    assert!(!up.icon.is_empty(), "{up:#?}");
    assert!(
        enabled(&up, "Stop") && enabled(&up, "Restart") && enabled(&up, "Open in panel"),
        "{up:#?}"
    );
    assert!(
        !enabled(&up, "Start") && up.find(&["Force stop"]).is_none(),
        "{up:#?}"
    );
    panel.crash("Survival");
    let down = agent.shows("Survival", "— crashed").await;
    assert_ne!(up.icon, down.icon);
    assert!(
        enabled(&down, "Start") && !enabled(&down, "Stop"),
        "{down:#?}"
    );
    let change = json!({"kind": "change_settings", "change": {"allow_force_stop": true}});
    assert_eq!(agent.act(change).await["kind"], "done");
    agent.click(&["Survival", "Start"]).await;
    // It asks first, in the window; there is no display for one here.
    agent.click(&["Survival", "Force stop"]).await;
    agent.until_notice("window_missing").await;
    assert_eq!(panel.signals(), ["start Survival"]);
}

#[tokio::test]
async fn open_in_panel_opens_the_servers_page_and_nothing_else() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let page = agent.snapshot().await["panels"][0]["servers"][0]["panel_page"].clone();
    agent.click(&["Survival", "Open in panel"]).await;
    let opened = async || Some(desk.opened_pages()).filter(|pages| !pages.is_empty());
    assert_eq!(
        until("a page in the browser", opened).await,
        [page.as_str().unwrap_or_default()]
    );
    assert!(
        page.as_str()
            .is_some_and(|page| page.starts_with(&format!("{}/server/", panel.url())))
    );
}

#[tokio::test]
async fn what_could_not_be_copied_is_said_to_whoever_asked_or_else_to_everybody() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    // There is no display here, and so no clipboard.
    let server = agent.snapshot().await["panels"][0]["servers"][0]["id"].clone();
    let copy = json!({"kind": "copy_address", "server": server});
    let outcome = agent.act(copy).await;
    assert_eq!(outcome["problem"]["kind"], "no_clipboard", "{outcome}");
    agent.click(&["Survival", "Copy address"]).await;
    agent.until_notice("no_clipboard").await;
}

#[tokio::test]
async fn icon_and_tooltip_differ_with_what_is_going_on() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let agent = desk.agent().await;
    let mut seen: Vec<(Vec<u8>, String)> = Vec::new();
    for aggregate in ["needs_you", "all_fine", "problem"] {
        match aggregate {
            "all_fine" => drop(agent.add_panel(&panel, "until_quit").await),
            "problem" => panel.crash("Survival"),
            _ => {}
        }
        agent
            .until_snapshot(aggregate, |now| now["aggregate"] == aggregate)
            .await;
        let differs = async || {
            let now = (agent.pixels().await?, agent.tooltip().await?);
            let fresh = seen.iter().all(|old| old.0 != now.0 && old.1 != now.1);
            (fresh && !now.0.is_empty() && !now.1.is_empty()).then_some(now)
        };
        let now = until("another icon and another tooltip", differs).await;
        seen.push(now);
    }
    assert!(seen[1].1.contains("2 of 2 running"), "{}", seen[1].1);
    assert!(seen[2].1.contains("Survival"), "{}", seen[2].1);
}

#[tokio::test]
async fn what_was_done_is_not_lost_by_quitting_at_once() {
    let desk = Desk::with(Room::BARE).await;
    let agent = desk.agent().await;
    let mut guest = agent.guest().await;
    for seconds in 100..200 {
        let change = json!({"kind": "change_settings", "change": {"poll_seconds": seconds}});
        assert_eq!(guest.act(change).await["kind"], "done");
    }
    guest.act(json!({"kind": "quit"})).await;
    agent.ended().await;
    let agent = desk.agent().await;
    assert_eq!(agent.snapshot().await["settings"]["poll_seconds"], 199);
}

#[tokio::test]
async fn an_action_the_panel_refuses_is_told_with_its_reason() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    let key = panel.friends_key("Survival");
    assert_eq!(
        agent.add_panel_as(&panel, &key, "until_quit").await["kind"],
        "done"
    );
    agent.shows("Survival", "%").await;
    panel.bind_friends_hands("Survival");
    agent.click(&["Survival", "Restart"]).await;
    let note = agent.notified("Survival did not restart").await;
    assert!(!note.body.is_empty(), "{note:?}");
    assert_eq!(note.buttons(), ["Try again"]);
}

#[tokio::test]
async fn a_stale_button_does_nothing_but_say_so() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    // Somebody else was quicker, and the boot takes its time: the alert is still there.
    panel.boots_for_ever("Survival");
    agent.shows("Survival", "— starting").await;
    agent.press(&note, "Restart").await;
    agent.notified("Survival is already up").await;
    assert!(panel.signals().is_empty());
}

#[tokio::test]
async fn quit_ends_the_agent_and_leaves_no_socket() {
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.agent().await;
    let socket = agent.socket();
    agent.click(&["Quit"]).await;
    assert!(agent.ended().await.success());
    assert!(!socket.exists());
    let ended = desk.terminal().run(&["quit"]).await;
    assert_ne!(ended.code, 2, "{ended:#?}");
}

#[tokio::test]
async fn the_command_line_quits_the_agent() {
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.agent().await;
    assert_eq!(desk.terminal().run(&["quit"]).await.code, 0);
    assert!(agent.ended().await.success());
}

#[tokio::test]
async fn after_a_sleep_the_panel_is_asked_at_once() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.unhurried_agent().await;
    agent.add_panel(&panel, "until_quit").await;
    agent.until_all_run().await;
    // The next list would come by itself minutes later.
    let before = panel.lists();
    until("a list after the sleep", async || {
        desk.wakes_up().await;
        (panel.lists() > before).then_some(())
    })
    .await;
    agent.until_all_run().await;
}
