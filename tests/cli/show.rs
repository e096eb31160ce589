//! `pterotray show`: at the running Pterotray, and where none runs yet.

use acceptance::{Desk, Guest, Panel, Room, until};

#[tokio::test]
async fn a_server_by_the_beginning_of_its_name_is_shown_in_the_open_window() {
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let snapshot = agent.snapshot().await;
    let servers = snapshot["panels"][0]["servers"].as_array();
    let mut servers = servers.into_iter().flatten();
    let wanted = servers.find(|server| server["name"] == "Survival");
    let mut window = Guest::enter_as_window(&agent.socket()).await;
    let shown = desk.terminal().of(&agent).run(&["show", "surv"]).await;
    assert_eq!(shown.code, 0, "{shown:#?}");
    let said = loop {
        let said = window.hear().await.expect("the agent says something");
        if said["kind"] == "show" {
            break said;
        }
    };
    assert_eq!(said["page"]["kind"], "server", "{said}");
    assert_eq!(Some(&said["page"]["server"]), wanted.map(|it| &it["id"]));
}

#[tokio::test]
async fn where_none_runs_and_nobody_could_see_it_that_is_said() {
    let desk = Desk::with(Room::BARE).await;
    let ended = desk.terminal().run(&["show", "--page", "settings"]).await;
    assert_eq!(ended.code, 1, "{ended:#?}");
    assert!(ended.err.contains("Start it with: pterotray"), "{ended:#?}");
    assert!(desk.processes("pterotray").is_empty());
}

#[tokio::test]
async fn where_there_is_a_display_it_is_started_and_opens_its_window() {
    let desk = Desk::with(Room::WHOLE).await;
    let ended = desk.terminal().run(&["show", "--page", "settings"]).await;
    assert_eq!(ended.code, 0, "{ended:#?}");
    let look = async || (!desk.processes("pterotray-window").is_empty()).then_some(());
    until("the window", look).await;
    let again = desk.terminal().run(&["show"]).await;
    assert_eq!(again.code, 0, "{again:#?}");
    assert_eq!(desk.processes("pterotray").len(), 1);
    let quit = desk.terminal().run(&["quit"]).await;
    assert_eq!(quit.code, 0, "{quit:#?}");
    assert!(desk.processes("pterotray").is_empty());
}
