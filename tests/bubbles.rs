//! Notifications as notification servers treat them: every button pressed, servers that can less, and servers that go.

use acceptance::{Desk, Guest, Panel, Program, Room};
use fake_panel::PowerState;
use serde_json::{Value, json};

async fn watching<'a>(desk: &'a Desk, panel: &Panel) -> Program<'a> {
    desk.watching(panel, "until_quit").await
}

/// Presses a button; gives the page that the window is to show.
async fn leads_to(agent: &Program<'_>, title: &str, button: &str) -> Value {
    let mut window = Guest::enter_as_window(&agent.socket()).await;
    let note = agent.notified_at_last(title).await;
    agent.press(&note, button).await;
    window.page().await
}

async fn server_of(agent: &Program<'_>) -> Value {
    agent.snapshot().await["panels"][0]["servers"][0]["id"].clone()
}

#[tokio::test]
async fn the_body_leads_to_the_server_and_console_to_its_console_and_either_marks_it_read() {
    for (button, page) in [("default", "server"), ("Console", "console")] {
        let desk = Desk::with(Room::TRAY).await;
        let panel = Panel::with(&["Survival"]).await;
        let agent = watching(&desk, &panel).await;
        panel.crash("Survival");
        let shown = leads_to(&agent, "Survival crashed", button).await;
        let server = server_of(&agent).await;
        assert_eq!(shown, json!({"kind": page, "server": server}));
        agent
            .until_snapshot("a read alert", |seen| seen["unread_alerts"] == 0)
            .await;
        assert_eq!(panel.signals(), [""; 0]);
    }
}

#[tokio::test]
async fn try_again_sends_the_signal_again() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.refuses_signals("Survival");
    agent.click(&["Survival", "Stop"]).await;
    let note = agent.notified("Survival did not stop").await;
    assert_eq!(note.buttons(), ["Try again"]);
    panel.takes_signals("Survival");
    agent.press(&note, "Try again").await;
    panel.until_state("Survival", PowerState::Offline).await;
    assert_eq!(panel.signals(), ["stop Survival"]);
}

#[tokio::test]
async fn what_failed_and_what_is_deleted_is_taken_off_the_screen() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Creative", "Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.refuses_signals("Survival");
    agent.click(&["Survival", "Stop"]).await;
    let failed = agent.notified("Survival did not stop").await;
    panel.stop("Survival");
    agent.takes_back(&failed).await;
    panel.crash("Creative");
    let crashed = agent.notified("Creative crashed").await;
    panel.order("Creative=delete");
    agent.act(json!({"kind": "refresh"})).await;
    agent.takes_back(&crashed).await;
}

#[tokio::test]
async fn several_lead_to_the_list_of_servers() {
    let desk = Desk::with(Room::TRAY).await;
    let names = ["Creative", "Skyblock", "Survival"];
    let panel = Panel::with(&names).await;
    let agent = watching(&desk, &panel).await;
    for name in names {
        panel.crash(name);
    }
    let shown = leads_to(&agent, "3 servers crashed", "Show").await;
    assert_eq!(shown, json!({"kind": "servers"}));
}

#[tokio::test]
async fn a_refused_key_leads_to_where_a_new_one_is_entered() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.revoke_key();
    agent.act(json!({"kind": "refresh"})).await;
    let shown = leads_to(&agent, "127.0.0.1 refuses the key", "Enter a new key").await;
    let id = agent.snapshot().await["panels"][0]["id"].clone();
    assert_eq!(shown, json!({"kind": "welcome", "panel": id}));
}

#[tokio::test]
async fn force_stop_asks_first_and_sends_nothing_by_itself() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.stops_for_ever("Survival");
    agent.click(&["Survival", "Stop"]).await;
    let title = "Survival is still stopping after 90 s";
    let shown = leads_to(&agent, title, "Force stop…").await;
    let server = server_of(&agent).await;
    let question = json!({"kind": "confirm", "server": server, "signal": "kill"});
    assert_eq!(shown, question);
    assert_eq!(panel.signals(), ["stop Survival"]);
}

#[tokio::test]
async fn a_press_that_is_faster_than_the_servers_answer_is_not_lost() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let _agent = watching(&desk, &panel).await;
    desk.presses_at_once("Restart");
    panel.crash("Survival");
    panel.until_state("Survival", PowerState::Running).await;
    assert_eq!(panel.signals(), ["restart Survival"]);
}

#[tokio::test]
async fn a_server_without_buttons_is_given_none_and_the_text_says_where_to_act() {
    let desk = Desk::with(Room::TRAY).await;
    desk.notifications_can(&["body"]);
    let panel = Panel::with(&["Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    assert_eq!(note.actions, []);
    assert_eq!(note.body, "Exit code 1. Use the tray menu to act.");
}

#[tokio::test]
async fn where_texts_are_markup_names_draw_nothing() {
    let desk = Desk::with(Room::TRAY).await;
    desk.notifications_can(&["actions", "body", "body-markup"]);
    let names = ["<b>A</b>", "B & C", "<img src=x>"];
    let panel = Panel::with(&names).await;
    let agent = watching(&desk, &panel).await;
    for name in names {
        panel.crash(name);
    }
    let note = agent.notified("3 servers crashed").await;
    assert_eq!(
        note.body,
        "&lt;b&gt;A&lt;/b&gt;, &lt;img src=x&gt;, B &amp; C"
    );
}

#[tokio::test]
async fn another_notification_server_is_heard_and_its_numbers_are_its_own() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Creative", "Survival"]).await;
    let agent = watching(&desk, &panel).await;
    panel.crash("Creative");
    let gone = agent.notified("Creative crashed").await;
    desk.restarts_notifications().await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    assert_eq!(note.id, gone.id, "it counts anew");
    // News of the first are not put in the place of the second, which has its number now.
    panel.start("Creative");
    let back = agent.notified("Creative is running again").await;
    assert_ne!(back.id, note.id);
    agent.press(&note, "Restart").await;
    panel.until_state("Survival", PowerState::Running).await;
    assert_eq!(panel.signals(), ["restart Survival"]);
}

const TOKEN: &str = "XDG_ACTIVATION_TOKEN";

#[tokio::test]
async fn the_window_that_a_notification_opens_may_come_to_the_front() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let window = desk.window_that_tells();
    let agent = desk.agent_in(&[("PTEROTRAY_WINDOW", window.path())]).await;
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    agent.until_all_run().await;
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    agent
        .press_with_token(&note, "Console", "from-the-note")
        .await;
    let token = window.environment(TOKEN).await;
    assert_eq!(token.as_deref(), Some("from-the-note"));
}
