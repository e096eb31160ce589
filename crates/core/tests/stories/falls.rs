//! Going down, as the node tells it: crashed, restarted, stopped by others.

use super::story::{Story, id, out_of_memory, resources};
use pterodactyl_client::PowerState::{Offline, Running, Starting, Stopping};
use pterotray_core::{Cause, Condition, News, PowerSignal, Urgency};
use std::time::Duration;

const OUT_OF_MEMORY: Cause = Cause::Crashed {
    exit_code: Some(137),
    out_of_memory: Some(true),
};

#[test]
fn a_crash_shows_at_once_and_is_told_with_its_cause_two_seconds_later() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60).tells("Skyblock", Offline);
    assert_eq!(story.news(), []);
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);
    story.soon().reports_a_crash("Skyblock");
    assert_eq!(story.shown("Skyblock").cause, Some(OUT_OF_MEMORY));
    story.later(2);
    let report = Some(out_of_memory().into());
    assert_eq!(story.news(), [News::Crashed { report, times: 1 }]);
    let told = story.notification();
    assert_eq!(told.title, "Skyblock crashed");
    assert_eq!(told.body, "Exit code 137, out of memory.");
    assert_eq!(told.urgency, Urgency::Critical);
    assert_eq!(told.buttons[0].text, "Restart");
    story.later(60);
    assert_eq!(story.news(), []);
    story
        .tells("Skyblock", Starting)
        .later(10)
        .tells("Skyblock", Running);
    assert!(matches!(story.news()[..], [News::CameBack { .. }]));
}

#[test]
fn a_crash_is_told_in_time_although_something_else_comes_just_when_it_is_due() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60).crashes("Skyblock");
    // Nobody has told the store of the time yet.
    story.now = story.now.plus(Duration::from_secs(2));
    story.list();
    story.later(1);
    let report = Some(out_of_memory().into());
    assert_eq!(story.news(), [News::Crashed { report, times: 1 }]);
}

#[test]
fn a_report_before_the_server_is_down_counts_and_an_old_one_does_not() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .reports_a_crash("Skyblock")
        .soon()
        .tells("Skyblock", Offline)
        .later(2);
    let report = Some(out_of_memory().into());
    assert_eq!(story.news(), [News::Crashed { report, times: 1 }]);

    let mut story = Story::live_with("Skyblock", Running);
    story.reports_a_crash("Skyblock").later(60);
    story.tells("Skyblock", Offline).later(2);
    assert_eq!(
        story.news(),
        [News::Crashed {
            report: None,
            times: 1
        }]
    );
}

#[test]
fn a_crash_that_the_node_mends_is_one_alert() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60).tells("Skyblock", Offline);
    story
        .soon()
        .reports_a_crash("Skyblock")
        .soon()
        .tells("Skyblock", Starting);
    assert_eq!(story.news(), []);
    assert_eq!(story.condition("Skyblock"), Condition::Starting);
    story.later(2);
    let report = Some(out_of_memory().into());
    assert_eq!(story.news(), [News::CrashedRestarting { report, times: 1 }]);
    assert_eq!(
        story.notification().title,
        "Skyblock crashed and is restarting"
    );
    story.later(20).tells("Skyblock", Running);
    assert_eq!(story.news(), []);
}

#[test]
fn a_crash_again_within_the_wait_is_still_one_alert() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .tells("Skyblock", Offline)
        .soon()
        .tells("Skyblock", Starting);
    story.later(1).tells("Skyblock", Offline).later(1);
    assert_eq!(story.news(), []);
    story.later(10);
    assert_eq!(
        story.news(),
        [News::Crashed {
            report: None,
            times: 1
        }]
    );
}

#[test]
fn somebody_elses_restart_is_silent_and_their_stop_is_told() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .tells("Skyblock", Stopping)
        .later(5)
        .tells("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    story.soon().tells("Skyblock", Starting).later(30);
    assert_eq!(story.news(), []);
    story.tells("Skyblock", Running);
    assert_eq!(story.news(), []);

    story
        .tells("Skyblock", Stopping)
        .later(5)
        .tells("Skyblock", Offline)
        .later(2);
    assert_eq!(story.news(), [News::WasStopped { by: None }]);
    assert_eq!(story.shown("Skyblock").cause, Some(Cause::Stopped));
}

#[test]
fn a_socket_that_breaks_during_the_wait_does_not_swallow_the_alert() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .tells("Skyblock", Offline)
        .soon()
        .closes("Skyblock", false)
        .later(2);
    assert_eq!(
        story.news(),
        [News::Crashed {
            report: None,
            times: 1
        }]
    );
}

#[test]
fn a_late_clock_still_judges_without_what_came_after() {
    let mut story = Story::live_with("Skyblock", Running);
    story.tells("Skyblock", Offline);
    story.now = story.now.plus(Duration::from_secs(5));
    story.tells("Skyblock", Starting);
    assert_eq!(
        story.news(),
        [News::Crashed {
            report: None,
            times: 1
        }]
    );
    story.later(5).tells("Skyblock", Running);
    assert!(matches!(story.news()[..], [News::CameBack { .. }]));
}

#[test]
fn what_is_stopped_from_here_is_silent_and_says_so() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story
        .soon()
        .tells("Skyblock", Stopping)
        .soon()
        .tells("Skyblock", Offline)
        .later(10);
    assert_eq!(story.news(), []);
    let signal = PowerSignal::Stop;
    assert_eq!(story.shown("Skyblock").cause, Some(Cause::Own { signal }));
}

#[test]
fn a_restart_between_two_looks_is_written_down_and_not_told() {
    let mut story = Story::listing(&["Skyblock"]);
    let up = |seconds| resources(Running, Duration::from_secs(seconds));
    story.reads_with("Skyblock", up(5000));
    story.later(30).reads_with("Skyblock", up(5027));
    story.later(30).reads_with("Skyblock", up(11));
    assert_eq!(story.news(), []);
    let changes = story.state.history(&id("Skyblock")).unwrap().changes;
    let last = changes.last().unwrap();
    assert_eq!(
        (last.from, last.to),
        (Condition::Running, Condition::Running)
    );
    assert_eq!(last.cause, Cause::Restarted);
    assert_eq!(changes.len(), 2);
}
