//! The command line with no desktop anywhere: no display, no bus, no agent. Scripts depend on what it prints and on how
//! it ends.

#[path = "cli/console.rs"]
mod console;
#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/panels.rs"]
mod panels;
#[path = "cli/reset.rs"]
mod reset;
#[path = "cli/show.rs"]
mod show;
#[path = "cli/trust.rs"]
mod trust;
#[path = "cli/watch.rs"]
mod watch;

use acceptance::{Desk, Panel, Room, fits_schema};
use fake_panel::PowerState;
use std::fs;

#[tokio::test]
async fn the_json_is_as_its_schema_describes_it() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let status = desk
        .terminal()
        .at(&panel)
        .run(&["status", "--json"])
        .await
        .json();
    fits_schema(&status, "status.json");
    assert!(status["panels"][0]["servers"][0]["resources"].is_object());
    let terminal = desk.terminal().at(&panel);
    let listed = terminal.run(&["panel", "list", "--json"]);
    fits_schema(&listed.await.json(), "panels.json");
}

#[tokio::test]
async fn power_commands_arrive_at_the_panel() {
    let panel = Panel::with(&["Survival", "Creative"]).await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().at(&panel);
    assert_eq!(terminal.run(&["stop", "Survival"]).await.code, 0);
    panel.until_state("Survival", PowerState::Offline).await;
    assert_eq!(terminal.run(&["start", "survival"]).await.code, 0);
    panel.until_state("Survival", PowerState::Running).await;
    assert_eq!(terminal.run(&["restart", "Crea"]).await.code, 0);
    assert_eq!(
        panel.signals(),
        ["stop Survival", "start Survival", "restart Creative"]
    );
}

#[tokio::test]
async fn force_stop_works_only_where_the_settings_allow_it() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().at(&panel);
    let unsure = terminal.run(&["kill", "Survival"]).await;
    assert_eq!(unsure.code, 2, "{unsure:#?}");
    assert!(unsure.err.contains("--yes"), "{unsure:#?}");
    let off = terminal.run(&["kill", "--yes", "Survival"]).await;
    assert_eq!(off.code, 6, "{off:#?}");
    assert!(panel.signals().is_empty());
    desk.write_settings(r#"{"version": 1, "allow_force_stop": true}"#);
    let done = terminal.run(&["kill", "--yes", "Survival"]).await;
    assert_eq!(done.code, 0, "{done:#?}");
    assert_eq!(panel.signals(), ["kill Survival"]);
}

#[tokio::test]
async fn a_name_that_fits_several_lists_them_and_does_nothing() {
    let panel = Panel::with(&["Survival", "Survival hard", "Creative"]).await;
    let desk = Desk::with(Room::BARE).await;
    let ended = desk.terminal().at(&panel).run(&["stop", "surv"]).await;
    assert_eq!(ended.code, 3, "{ended:#?}");
    assert!(
        ended.err.contains("Survival (") && ended.err.contains("Survival hard ("),
        "{ended:#?}"
    );
    assert!(!ended.err.contains("Creative"), "{ended:#?}");
    assert!(panel.signals().is_empty());
}

#[tokio::test]
async fn a_panels_name_or_address_narrows_a_command_to_its_servers() {
    let (home, club) = (
        Panel::with(&["Survival", "Lobby"]).await,
        Panel::with(&["Survival"]).await,
    );
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal();
    for (name, panel) in [("Home", &home), ("Club", &club)] {
        let url = panel.url();
        let add = ["panel", "add", &url, "--name", name, "--keep-key", "file"];
        assert_eq!(terminal.run_with(&add, panel.key()).await.code, 0);
    }
    let status = terminal.run(&["status", "--json", "--panel", "club"]).await;
    let panels = status.json();
    assert_eq!(panels["panels"].as_array().map(Vec::len), Some(1));
    assert_eq!(panels["panels"][0]["name"], "Club");
    let both = terminal.run(&["restart", "Survival"]).await;
    assert_eq!(both.code, 3, "{both:#?}");
    let one = terminal
        .run(&["restart", "Survival", "--panel", "Club"])
        .await;
    assert_eq!(one.code, 0, "{one:#?}");
    assert_eq!(club.signals(), ["restart Survival"]);
    assert!(home.signals().is_empty());
}

#[tokio::test]
async fn a_name_that_fits_none_says_where_to_find_one() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let ended = desk.terminal().at(&panel).run(&["stop", "Nether"]).await;
    assert_eq!(ended.code, 3, "{ended:#?}");
    assert!(ended.err.contains("pterotray status"), "{ended:#?}");
    assert!(panel.signals().is_empty());
}

#[tokio::test]
async fn a_wrong_key_and_an_application_key_are_refused_each_in_its_own_words() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let unknown = "ptlc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    let wrong = desk
        .terminal()
        .with(&panel.url(), unknown)
        .run(&["status"])
        .await;
    assert_eq!(wrong.code, 5, "{wrong:#?}");
    assert!(
        format!("{}{}", wrong.out, wrong.err).contains("refuses the key"),
        "{wrong:#?}"
    );
    assert!(
        !format!("{}{}", wrong.out, wrong.err).contains(unknown),
        "{wrong:#?}"
    );
    let application = panel.application_key();
    let refused = desk
        .terminal()
        .with(&panel.url(), &application)
        .run(&["stop", "Survival"])
        .await;
    assert_eq!(refused.code, 5, "{refused:#?}");
    assert!(refused.err.contains("application key"), "{refused:#?}");
}

#[tokio::test]
async fn a_panel_that_is_down_is_code_4_and_the_json_says_so() {
    let down = Panel::with(&["Survival"]).await.shut_down().await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().with(&down.url(), down.key());
    let status = terminal.run(&["status", "--json"]).await;
    assert_eq!(status.code, 4, "{status:#?}");
    fits_schema(&status.json(), "status.json");
    assert_eq!(status.json()["panels"][0]["problem"]["kind"], "refused");
    let stop = terminal.run(&["stop", "Survival"]).await;
    assert_eq!(stop.code, 4, "{stop:#?}");
}

#[tokio::test]
async fn somebody_without_the_permission_is_told_so() {
    let panel = Panel::with(&["Survival"]).await;
    let key = panel.onlookers_key("Survival");
    let desk = Desk::with(Room::BARE).await;
    let ended = desk
        .terminal()
        .with(&panel.url(), &key)
        .run(&["restart", "Survival"])
        .await;
    assert_eq!(ended.code, 6, "{ended:#?}");
    assert!(ended.err.contains("not permitted"), "{ended:#?}");
    assert!(panel.signals().is_empty());
}

#[tokio::test]
async fn the_language_is_the_systems_or_the_one_that_was_chosen() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let german = || desk.terminal().at(&panel).in_language("de_AT.UTF-8");
    let status = german().run(&["status"]).await;
    assert!(status.out.contains("Läuft"), "{status:#?}");
    let json = german().run(&["status", "--json"]).await.json();
    assert_eq!(json["panels"][0]["servers"][0]["condition"], "running");
    desk.write_settings(r#"{"version": 2, "language": "en"}"#);
    let status = german().run(&["status"]).await;
    assert!(status.out.contains("Running"), "{status:#?}");
}

#[tokio::test]
async fn help_and_wrong_usage_are_in_the_same_language() {
    let desk = Desk::with(Room::BARE).await;
    let german = || desk.terminal().in_language("de_DE.UTF-8");
    for asked in [
        &["--help"][..],
        &["status", "--help"],
        &["panel", "add", "-h"],
    ] {
        let help = german().run(asked).await;
        assert_eq!((help.code, help.err.as_str()), (0, ""), "{help:#?}");
        assert!(help.out.contains("\nVerwendung: pterotray"), "{help:#?}");
        assert!(!help.out.contains("Usage"), "{help:#?}");
    }
    let wrong = german().run(&["status", "--jsn"]).await;
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{wrong:#?}");
    assert!(wrong.err.contains("gibt es hier nicht"), "{wrong:#?}");
    assert!(wrong.err.contains("gemeint: --json?"), "{wrong:#?}");
    let incomplete = german().run(&["panel"]).await;
    assert_eq!(incomplete.code, 2, "{incomplete:#?}");
    assert!(
        incomplete.err.contains("Möglich: add, list"),
        "{incomplete:#?}"
    );
    desk.write_settings(r#"{"version": 2, "language": "en"}"#);
    let help = german().run(&["--help"]).await;
    assert!(help.out.contains("Show how all servers are"), "{help:#?}");
}

#[tokio::test]
async fn wrong_usage_is_code_2() {
    let desk = Desk::with(Room::BARE).await;
    for arguments in [&["dance"][..], &["stop"], &["status", "--wrong"]] {
        let ended = desk.terminal().run(arguments).await;
        assert_eq!(ended.code, 2, "{arguments:?} {ended:#?}");
        assert!(ended.err.contains("Usage"), "{arguments:?} {ended:#?}");
    }
}

#[tokio::test]
async fn with_nothing_set_up_the_next_step_is_said() {
    let desk = Desk::with(Room::BARE).await;
    let ended = desk.terminal().run(&["status"]).await;
    assert_eq!(ended.code, 1, "{ended:#?}");
    assert!(ended.err.contains("No panel is set up"), "{ended:#?}");
    assert!(ended.err.contains("PTEROTRAY_API_KEY"), "{ended:#?}");
}

#[tokio::test]
async fn a_broken_settings_file_is_told_left_alone_and_the_answer_still_comes() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    desk.write_settings("{ \"panels\": [");
    let ended = desk.terminal().at(&panel).run(&["status"]).await;
    assert_eq!(ended.code, 0, "{ended:#?}");
    assert!(ended.out.contains("Survival"), "{ended:#?}");
    assert!(ended.err.contains("settings.json"), "{ended:#?}");
    // Who only looks changes nothing: the agent puts it aside, and says so.
    let kept = fs::read_to_string(desk.profile().join("settings.json"));
    assert_eq!(kept.expect("the broken file is kept"), "{ \"panels\": [");
}
