//! What a node tells over its live socket, and how it goes together with what the panel answers.

use super::story::{Story, id, resources};
use pterodactyl_client::{
    Error,
    PowerState::{self, Offline, Running, Starting, Stopping},
    Unreachable,
    live::Why,
};
use pterotray_core::{
    Action, Aggregate, Cause, Condition, Drive, LiveNews, LiveView, News, PowerSignal, ProblemKind,
    Source,
    settings::{LiveUpdates, SettingsChange},
};
use std::time::Duration;

fn up(seconds: u64) -> pterodactyl_client::Resources {
    resources(Running, Duration::from_secs(seconds))
}

#[test]
fn a_healthy_socket_is_believed_however_long_it_has_nothing_to_tell() {
    let mut story = Story::live_with("Skyblock", Offline);
    story.later(3600);
    let shown = story.shown("Skyblock");
    assert_eq!(shown.condition, Condition::Offline);
    assert_eq!(
        (shown.source, shown.live),
        (Some(Source::Live), LiveView::Live)
    );
}

#[test]
fn while_the_socket_is_healthy_what_the_panel_answers_changes_nothing() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60).reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.news(), []);
    for _ in 0..3 {
        let detail = String::new();
        story
            .later(30)
            .fails("Skyblock", Error::NodeUnreachable { detail });
    }
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.shown("Skyblock").problem, None);
}

#[test]
fn a_state_without_figures_keeps_those_that_still_hold() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .tells_stats("Skyblock", up(600))
        .soon()
        .tells("Skyblock", Stopping);
    let stopping = story.shown("Skyblock").resources.unwrap();
    assert!(stopping.memory_bytes > 0);
    story.soon().tells("Skyblock", Offline);
    let down = story.shown("Skyblock").resources.unwrap();
    assert_eq!((down.memory_bytes, down.uptime_ms), (0, 0));
    assert!(down.cpu_percent.abs() < f64::EPSILON);
    assert_eq!(down.disk_bytes, stopping.disk_bytes);
}

#[test]
fn the_first_state_shows_before_any_figures_are_known() {
    let mut story = Story::listing(&["Skyblock"]);
    story.opens("Skyblock").tells("Skyblock", Running);
    let shown = story.shown("Skyblock");
    assert_eq!(
        (shown.condition, shown.resources),
        (Condition::Running, None)
    );
    assert_eq!(story.news(), []);
}

#[test]
fn a_short_break_doubts_nothing_and_a_long_one_ages() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(600).closes("Skyblock", true);
    assert_eq!(story.shown("Skyblock").live, LiveView::Connecting);
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    story.later(3).opens("Skyblock").tells("Skyblock", Running);
    assert_eq!(story.shown("Skyblock").live, LiveView::Live);

    story.later(600).closes("Skyblock", false);
    assert!(matches!(
        story.shown("Skyblock").live,
        LiveView::Failed { .. }
    ));
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    story.later(300);
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
}

#[test]
fn why_there_is_no_socket_is_said_in_clean_words() {
    let mut story = Story::with("Skyblock", Running);
    assert_eq!(story.shown("Skyblock").live, LiveView::Connecting);
    let why = Why::LoginFailed {
        detail: "\u{1b}[31mno\n".into(),
    };
    story.live("Skyblock", LiveNews::Closed { why, brief: false });
    let LiveView::Failed { why } = story.shown("Skyblock").live else {
        panic!("{:?}", story.shown("Skyblock").live);
    };
    assert!(why.ends_with(": no"), "{why}");
    let change = SettingsChange {
        live_updates: Some(LiveUpdates::Off),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    assert_eq!(story.shown("Skyblock").live, LiveView::Off);
}

#[test]
fn an_installation_that_begins_or_ends_asks_for_the_list() {
    let mut story = Story::live_with("Skyblock", Running);
    story.live("Skyblock", LiveNews::Unsettled);
    assert!(
        story
            .orders()
            .contains(&Drive::Relist(super::story::panel()))
    );
}

#[test]
fn an_answer_from_the_panels_cache_does_not_undo_what_the_node_told() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .later(60)
        .tells("Skyblock", Stopping)
        .soon()
        .tells("Skyblock", Offline);
    story.later(5).closes("Skyblock", true);
    story.later(5).reads_with("Skyblock", up(660));
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    assert_eq!(story.news(), []);
    assert_eq!(story.orders(), [Drive::Follow(id("Skyblock"))]);
    story.later(2).reads_with("Skyblock", up(660));
    assert_eq!(story.orders(), [], "one more look is enough");
    story.later(20).reads_with("Skyblock", up(12));
    assert_eq!(story.condition("Skyblock"), Condition::Running);
}

#[test]
fn an_uptime_that_went_on_proves_that_the_answer_is_the_newer_one() {
    let mut story = Story::live_with("Skyblock", Offline);
    story.later(60).tells("Skyblock", Starting);
    story.tells_stats("Skyblock", resources(Starting, Duration::from_secs(1)));
    story.closes("Skyblock", false);
    story.later(10).reads_with("Skyblock", up(10));
    assert_eq!(story.condition("Skyblock"), Condition::Running);
}

#[test]
fn a_cached_answer_of_the_same_run_is_no_restart() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .later(60)
        .tells_stats("Skyblock", up(660))
        .closes("Skyblock", false);
    story.later(5).reads_with("Skyblock", up(646));
    let restarted = |story: &Story| {
        let changes = story.state.history(&id("Skyblock")).unwrap().changes;
        changes
            .iter()
            .any(|change| change.cause == pterotray_core::Cause::Restarted)
    };
    assert!(!restarted(&story));
    story.later(30).reads_with("Skyblock", up(20));
    assert!(restarted(&story));
    assert_eq!(story.news(), []);
}

#[test]
fn of_two_answers_the_one_asked_for_later_counts() {
    let mut story = Story::with("Skyblock", Running);
    story.later(60).reads("Skyblock", Running);
    story.reads_asked("Skyblock", 25, resources(Offline, Duration::ZERO));
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.news(), []);
}

#[test]
fn what_a_node_tells_counts_while_the_panel_is_silent() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story
        .reads("Creative", Running)
        .opens("Skyblock")
        .tells("Skyblock", Running);
    for _ in 0..2 {
        story
            .later(5)
            .list_fails(Error::Unreachable(Unreachable::TimedOut));
    }
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.condition("Creative"), Condition::Unknown);
    assert_eq!(story.snapshot().aggregate, Aggregate::Unreachable);
    story.later(5).tells("Skyblock", Offline).later(3);
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);
    assert_eq!(
        story.news(),
        [News::Crashed {
            report: None,
            times: 1
        }]
    );
}

#[test]
fn a_signal_is_confirmed_by_the_node_at_once_even_before_the_panel_answers() {
    let mut story = Story::live_with("Skyblock", Running);
    story.power("Skyblock", PowerSignal::Stop);
    story
        .soon()
        .tells("Skyblock", Stopping)
        .soon()
        .tells("Skyblock", Offline);
    assert!(
        story.shown("Skyblock").pending.is_some(),
        "not answered yet"
    );
    story.soon().taken("Skyblock", PowerSignal::Stop);
    assert_eq!(story.shown("Skyblock").pending, None);
    story.later(10);
    assert_eq!(story.news(), []);

    story
        .power("Skyblock", PowerSignal::Start)
        .taken("Skyblock", PowerSignal::Start);
    story.soon().tells("Skyblock", Starting);
    assert_eq!(story.shown("Skyblock").pending, None);
}

#[test]
fn our_own_restart_is_one_story() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart);
    let mut told = Vec::new();
    for state in [Stopping, Offline] {
        story.later(4).tells("Skyblock", state);
        told.extend(story.news());
        assert!(story.shown("Skyblock").pending.is_some());
        assert_ne!(story.condition("Skyblock"), Condition::Crashed);
    }
    for state in [Starting, Running] {
        story.later(4).tells("Skyblock", state);
        told.extend(story.news());
        assert_eq!(story.shown("Skyblock").pending, None);
    }
    story.later(10);
    told.extend(story.news());
    assert_eq!(told, []);
    let own = Cause::Own {
        signal: PowerSignal::Restart,
    };
    let changes = story.state.history(&id("Skyblock")).unwrap().changes;
    let steps: Vec<_> = changes.iter().skip(1).map(|step| step.cause).collect();
    assert_eq!(steps, [own; 4], "to the last step");
    // What comes afterwards is another story.
    story.tells("Skyblock", Starting).tells("Skyblock", Running);
    let changes = story.state.history(&id("Skyblock")).unwrap().changes;
    assert_ne!(changes.last().map(|step| step.cause), Some(own));
}

#[test]
fn a_stop_that_hangs_is_seen_though_the_node_tells_it_only_once() {
    let mut story = Story::live_with("Skyblock", Running);
    story.tells("Skyblock", Stopping).later(89);
    assert_eq!(story.condition("Skyblock"), Condition::Stopping);
    story.later(2);
    assert_eq!(story.condition("Skyblock"), Condition::StillStopping);
}

#[test]
fn a_state_nobody_knows_is_said_at_once_and_not_guessed() {
    let mut story = Story::live_with("Skyblock", Running);
    story.tells("Skyblock", PowerState::Unknown("paused".into()));
    let shown = story.shown("Skyblock");
    assert_eq!(shown.condition, Condition::Unknown);
    assert_eq!(shown.problem.unwrap().kind, ProblemKind::UnknownState);
    story.soon().tells("Skyblock", Running);
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.news(), []);
}

#[test]
fn a_suspension_is_what_the_list_says_whatever_the_socket_tells() {
    let mut story = Story::live_with("Skyblock", Running);
    story.relists("Skyblock", |server| {
        server.status = pterodactyl_client::ServerStatus::Suspended;
    });
    story
        .soon()
        .tells("Skyblock", Stopping)
        .soon()
        .tells("Skyblock", Offline)
        .later(5);
    assert_eq!(story.condition("Skyblock"), Condition::Suspended);
    assert_eq!(story.news(), []);
    story.relists("Skyblock", |server| {
        server.status = pterodactyl_client::ServerStatus::Normal;
    });
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    assert_eq!(story.news(), []);
}

#[test]
fn without_a_key_no_socket_counts() {
    let mut story = Story::live_with("Skyblock", Running);
    story.press(Action::ForgetKey {
        panel: super::story::panel(),
    });
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
    assert_eq!(story.snapshot().aggregate, Aggregate::NeedsYou);
}
