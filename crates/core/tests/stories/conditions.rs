//! The word for a server, from what is known of it.

use super::story::{Story, server};
use pterodactyl_client::{
    ConflictState, Error,
    PowerState::{self, Offline, Running, Starting, Stopping},
    ServerStatus,
};
use pterotray_core::{Aggregate, Condition, ProblemKind};

#[test]
fn a_power_state_has_its_word() {
    for (state, word) in [
        (Running, Condition::Running),
        (Starting, Condition::Starting),
        (Stopping, Condition::Stopping),
        (Offline, Condition::Offline),
    ] {
        assert_eq!(Story::with("Skyblock", state).condition("Skyblock"), word);
    }
}

#[test]
fn what_the_list_blocks_is_blocked_whatever_was_read_before() {
    for (status, word) in [
        (ServerStatus::Suspended, Condition::Suspended),
        (ServerStatus::Installing, Condition::Installing),
        (ServerStatus::InstallFailed, Condition::InstallFailed),
        (ServerStatus::RestoringBackup, Condition::Restoring),
        (
            ServerStatus::Unknown("hibernating".into()),
            Condition::Unknown,
        ),
    ] {
        let mut story = Story::with("Skyblock", Running);
        story.relists("Skyblock", |server| server.status = status);
        assert_eq!(story.condition("Skyblock"), word);
        let can = story.shown("Skyblock").can;
        assert!(
            !(can.start || can.stop || can.restart || can.kill),
            "{word:?}"
        );
    }
    let mut story = Story::with("Skyblock", Running);
    story.relists("Skyblock", |server| server.node_maintenance = true);
    assert_eq!(story.condition("Skyblock"), Condition::Maintenance);
    story.relists("Skyblock", |server| server.node_maintenance = false);
    story.relists("Skyblock", |server| server.transferring = true);
    assert_eq!(story.condition("Skyblock"), Condition::Transferring);
}

#[test]
fn a_failed_reinstall_leaves_the_server_usable() {
    let mut story = Story::with("Skyblock", Running);
    story.relists("Skyblock", |server| {
        server.status = ServerStatus::ReinstallFailed;
    });
    assert_eq!(story.condition("Skyblock"), Condition::Running);
}

#[test]
fn blocked_servers_are_not_asked_for_resources() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.relists("Creative", |server| server.status = ServerStatus::Suspended);
    let watched = |order: &pterotray_core::Drive| match order {
        pterotray_core::Drive::Watch { plan, .. } => Some(plan.servers.keys().cloned().collect()),
        _ => None,
    };
    let plans: Vec<Vec<String>> = story.orders().iter().filter_map(watched).collect();
    assert_eq!(plans, [vec!["uuid-of-skyblock".to_owned()]]);
}

#[test]
fn a_409_is_blocked_and_not_offline() {
    let mut story = Story::with("Skyblock", Running);
    let state = Some(ConflictState::RestoringBackup);
    story.later(30).fails(
        "Skyblock",
        Error::Conflict {
            state,
            detail: "Restoring.".into(),
        },
    );
    assert_eq!(story.condition("Skyblock"), Condition::Restoring);
    assert_eq!(story.news(), []);
    story.later(30).reads("Skyblock", Running);
    assert_eq!(story.condition("Skyblock"), Condition::Running);
}

#[test]
fn one_failure_of_a_node_changes_nothing_the_second_is_believed() {
    let gone = || Error::NodeUnreachable {
        detail: "no connection".into(),
    };
    let mut story = Story::with("Skyblock", Running);
    story.later(30).fails("Skyblock", gone());
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    story.later(30).fails("Skyblock", gone());
    assert_eq!(story.condition("Skyblock"), Condition::NodeUnreachable);

    let mut fresh = Story::listing(&["Skyblock"]);
    fresh.fails("Skyblock", gone());
    assert_eq!(fresh.condition("Skyblock"), Condition::Unknown);
    assert_eq!(
        fresh.shown("Skyblock").problem.unwrap().kind,
        ProblemKind::NodeUnreachable
    );
    fresh.later(5).fails("Skyblock", gone());
    assert_eq!(fresh.condition("Skyblock"), Condition::NodeUnreachable);
}

#[test]
fn an_old_reading_is_not_believed_but_stays_visible() {
    let mut story = Story::with("Skyblock", Running);
    let read_at = story.shown("Skyblock").read_at_ms;
    story.later(300);
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
    assert_eq!(story.shown("Skyblock").read_at_ms, read_at);
    assert!(story.shown("Skyblock").resources.is_some());
}

#[test]
fn a_stop_that_lasts_hangs_and_may_then_be_forced() {
    let mut story = Story::with("Skyblock", Stopping);
    assert!(!story.shown("Skyblock").can.kill);
    for _ in 0..4 {
        story.later(30).reads("Skyblock", Stopping);
    }
    assert_eq!(story.condition("Skyblock"), Condition::StillStopping);
    assert!(story.shown("Skyblock").can.kill);
    assert_eq!(story.snapshot().aggregate, Aggregate::Problem);
}

#[test]
fn a_state_nobody_knows_is_said_and_not_guessed() {
    let mut story = Story::listing(&["Skyblock"]);
    story.reads("Skyblock", PowerState::Unknown("paused".into()));
    let shown = story.shown("Skyblock");
    assert_eq!(shown.condition, Condition::Unknown);
    let problem = shown.problem.unwrap();
    assert_eq!(
        (problem.kind, problem.detail.as_str()),
        (ProblemKind::UnknownState, "paused")
    );
}

#[test]
fn one_faulty_server_leaves_the_others_as_they_are() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.reads("Creative", Running);
    for error in [
        Error::NotFound,
        Error::Unauthorized,
        Error::Broken {
            status: 500,
            detail: String::new(),
        },
    ] {
        story.fails("Skyblock", error);
        assert_eq!(story.condition("Creative"), Condition::Running);
        assert_eq!(story.snapshot().panels[0].problem, None);
    }
}

#[test]
fn hostile_names_are_harmless_before_anything_shows_them() {
    let mut story = Story::begun();
    let mut evil = server("Skyblock");
    evil.name = format!("\u{1b}[31mred\u{202e}\n{}", "x".repeat(500));
    story.listed = vec![evil];
    story.list();
    let name = story.shown("Skyblock").name;
    assert!(name.starts_with("red xxx"), "{name}");
    assert_eq!(name.chars().count(), 60);
}
