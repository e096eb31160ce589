//! The window is a guest: it comes when asked for, and the agent does not notice when it goes.

use acceptance::{Desk, Driven, Panel, Process, Program, Room, until};
use fake_panel::PowerState;
use serde_json::json;

const WINDOW: &str = "pterotray-window";

async fn opened<'a>(desk: &'a Desk) -> (Program<'a>, String) {
    acceptance::window();
    let agent = desk.agent().await;
    agent.menu_shows(&["Open Pterotray"]).await;
    agent.left_click().await;
    let window = desk.window().await;
    let one = async || (desk.processes(WINDOW).len() == 1).then_some(());
    until("one process of the window", one).await;
    (agent, window)
}

async fn no_window_process(desk: &Desk) {
    let gone = async || desk.processes(WINDOW).is_empty().then_some(());
    until("the window's process ends", gone).await;
}

#[tokio::test]
async fn a_left_click_opens_the_window_and_closing_it_ends_only_the_window() {
    let desk = Desk::whole().await;
    let (mut agent, window) = opened(&desk).await;
    desk.close_window(&window).await;
    no_window_process(&desk).await;
    assert!(agent.runs());
    agent.click(&["Open Pterotray"]).await;
    desk.window().await;
    agent.click(&["Quit"]).await;
    assert!(agent.ended().await.success());
}

#[tokio::test]
async fn the_first_start_by_hand_opens_the_window_and_one_at_login_does_not() {
    acceptance::window();
    let desk = Desk::whole().await;
    let agent = desk.agent().await;
    agent.menu_shows(&["Set up a panel"]).await;
    assert!(desk.windows().await.is_empty() && desk.processes(WINDOW).is_empty());
    agent.click(&["Quit"]).await;
    agent.ended().await;
    let _agent = desk.agent_by_hand().await;
    desk.window().await;
}

#[tokio::test]
async fn a_second_start_brings_the_window_forward_instead_of_opening_another() {
    let desk = Desk::whole().await;
    let (mut agent, window) = opened(&desk).await;
    desk.minimize(&window).await;
    // Within the first milliseconds the window does not know yet that it was put away.
    let second_start = async || {
        assert_eq!(desk.terminal().run(&[]).await.code, 0);
        (desk.windows().await == [window.clone()]).then_some(())
    };
    until("the same window again", second_start).await;
    assert_eq!(desk.terminal().run(&["show"]).await.code, 0);
    assert_eq!(desk.windows().await, [window]);
    assert_eq!(desk.processes(WINDOW).len(), 1);
    assert_eq!(desk.processes("pterotray").len(), 1);
    assert!(agent.runs());
}

#[tokio::test]
async fn a_window_that_is_killed_leaves_the_agent_alone() {
    let desk = Desk::whole().await;
    let (mut agent, _) = opened(&desk).await;
    desk.processes(WINDOW).iter().for_each(Process::kill);
    no_window_process(&desk).await;
    assert_eq!(agent.act(json!({"kind": "refresh"})).await["kind"], "done");
    assert!(agent.runs());
    agent.left_click().await;
    desk.window().await;
}

#[tokio::test]
async fn a_click_while_the_window_is_still_going_opens_it_again() {
    let desk = Desk::whole().await;
    let (agent, window) = opened(&desk).await;
    desk.close_window(&window).await;
    // Its process may take a moment longer to end than its picture on the screen.
    agent.left_click().await;
    desk.window().await;
}

#[tokio::test]
async fn a_click_on_an_alert_opens_the_window() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    agent.until_all_run().await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    agent.press(&note, "default").await;
    desk.window().await;
    assert!(panel.signals().is_empty());
}

#[tokio::test]
async fn without_a_tray_host_the_window_opens_once() {
    acceptance::window();
    let desk = Desk::with(Room {
        tray: false,
        ..Room::WHOLE
    })
    .await;
    let agent = desk.agent().await;
    agent.until_notice("no_tray").await;
    let window = desk.window().await;
    desk.close_window(&window).await;
    no_window_process(&desk).await;
    // A host that comes and goes again changes nothing about that.
    desk.tray_host_appears().await;
    agent.until_no_notice("no_tray").await;
    agent.menu_shows(&["Open Pterotray"]).await;
    assert!(desk.windows().await.is_empty());
}

#[tokio::test]
async fn a_force_stop_from_the_menu_is_asked_about_in_the_window_and_sent_once() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let change = json!({"kind": "change_settings", "change": {"allow_force_stop": true}});
    assert_eq!(agent.act(change).await["kind"], "done");
    let window = Driven::open(&agent, &json!({"kind": "servers"})).await;
    window.reads("Survival").await;
    agent.click(&["Survival", "Force stop…"]).await;
    window.reads("The server is cut off at once").await;
    assert!(
        panel.signals().is_empty(),
        "nothing is sent before the answer"
    );
    window
        .clicks("//dialog[@open]//button[normalize-space()='Force stop']")
        .await;
    let killed = async || (!panel.signals().is_empty()).then_some(());
    until("the panel gets the signal", killed).await;
    panel.until_state("Survival", PowerState::Offline).await;
    assert_eq!(panel.signals(), ["kill Survival"]);
}
