//! The tray at a host that people have, pressed with the pointer.

use acceptance::{Desk, Panel, Room, Xfce, until};
use serde_json::json;

const WITHOUT_HOST: Room = Room {
    tray: false,
    keyring: false,
    ..Room::WHOLE
};

#[tokio::test]
async fn a_server_is_started_with_the_pointer_and_again_at_a_panel_that_was_killed_meanwhile() {
    let desk = Desk::with(WITHOUT_HOST).await;
    let mut host = Xfce::start(&desk).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    panel.stop("Survival");
    agent.until_is("Survival", "offline").await;
    host.press_first_below_first().await;
    agent.until_is("Survival", "running").await;
    assert_eq!(panel.signals(), ["start Survival"]);

    host.dies().await;
    panel.stop("Survival");
    agent.until_is("Survival", "offline").await;
    host.comes_back().await;
    host.press_first_below_first().await;
    let started = async || (panel.signals().len() == 2).then_some(());
    until("a second start", started).await;
    assert_eq!(panel.signals(), ["start Survival", "start Survival"]);
    assert_eq!(
        agent.snapshot().await["notices"],
        json!([]),
        "it was back in time"
    );
}
