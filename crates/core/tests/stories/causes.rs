//! Why a server went down: by the node, by the activity log, or not known.

use super::story::{Story, resources};
use pterodactyl_client::PowerState::{Offline, Running, Starting, Stopping};
use pterotray_core::{
    Actor, Cause, Condition, Drive, Logged, News, PowerSignal, Silence, Texts, notification,
    settings::AlertRule,
};
use std::time::Duration;

fn alex(story: &Story, signal: PowerSignal, by_api: bool) -> Vec<Logged> {
    vec![Logged {
        at_ms: story.now.wall_ms,
        signal,
        actor: Some(Actor {
            name: "alex".to_owned(),
            by_api,
        }),
    }]
}

#[test]
fn a_stop_names_who_did_it_and_by_which_way() {
    for (by_api, words) in [
        (false, "Skyblock was stopped · By alex, from the panel."),
        (true, "Skyblock was stopped · By alex, with an API key."),
    ] {
        let mut story = Story::live_with("Skyblock", Running);
        story.later(60);
        story.log = Some(alex(&story, PowerSignal::Stop, by_api));
        story.is_stopped("Skyblock").later(3);
        assert_eq!(story.told_words(), [words]);
    }
}

#[test]
fn when_only_polling_the_log_tells_a_stop_from_a_crash() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30);
    story.log = Some(alex(&story, PowerSignal::Kill, false));
    story.reads("Skyblock", Offline);
    assert_eq!(
        story.told_words(),
        ["Skyblock was stopped · By alex, from the panel."]
    );
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    assert_eq!(story.shown("Skyblock").cause, Some(Cause::Stopped));
}

#[test]
fn a_crash_soon_after_somebodys_restart_is_told_as_soon_and_as_fully_as_any_other() {
    for report_comes_first in [false, true] {
        let mut story = Story::live_with("Skyblock", Running);
        story.later(60);
        story.log = Some(alex(&story, PowerSignal::Restart, false));
        story.later(30);
        if report_comes_first {
            story.reports_a_crash("Skyblock").tells("Skyblock", Offline);
        } else {
            story.crashes("Skyblock");
        }
        story.later(2);
        assert_eq!(
            story.told_words(),
            ["Skyblock crashed · Exit code 137, out of memory."]
        );
    }
}

#[test]
fn a_log_that_does_not_answer_holds_the_alert_up_for_four_seconds_only() {
    let mut story = Story::with("Skyblock", Running);
    story.log = None;
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);
    story.later(3);
    assert_eq!(story.news(), []);
    story.later(1);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
}

#[test]
fn the_log_is_read_once_for_a_stop_and_once_more_only_while_nobody_is_named() {
    let asks = |story: &Story| {
        let orders = story.orders();
        orders
            .iter()
            .filter(|order| matches!(order, Drive::Log(_)))
            .count()
    };
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60);
    story.log = Some(alex(&story, PowerSignal::Stop, false));
    story
        .tells("Skyblock", Stopping)
        .soon()
        .tells("Skyblock", Offline);
    assert_eq!(asks(&story), 1);
    story.later(600);
    assert_eq!(asks(&story), 0, "it said who");

    let mut story = Story::live_with("Skyblock", Running);
    story
        .later(60)
        .tells("Skyblock", Stopping)
        .soon()
        .tells("Skyblock", Offline);
    assert_eq!(asks(&story), 1);
    story.later(600);
    assert_eq!(
        asks(&story),
        1,
        "a browser's stop is in the log a minute later"
    );

    let mut story = Story::live_with("Skyblock", Running);
    story.views("Skyblock", &["control.start", "websocket.connect"]);
    story.is_stopped("Skyblock");
    assert_eq!(asks(&story), 0, "not permitted");
}

#[test]
fn what_the_log_learns_a_minute_later_mends_what_was_said() {
    // What was called a possible crash was a stop: said again, in place of the first.
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);
    let log = alex(&story, PowerSignal::Stop, false);
    story.later(30).log = Some(log.clone());
    story.later(60);
    assert_eq!(
        story.told_words()[1],
        "Skyblock was stopped · By alex, from the panel."
    );
    assert!(story.told[1].1.goes_on);
    story.reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);

    // A name alone is no reason to disturb anybody again; it is kept, and put where the alert still stands.
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60).is_stopped("Skyblock").later(30);
    story.log = Some(log);
    story.later(60);
    assert_eq!(story.told.len(), 1);
    let amended = story.amended.last().unwrap();
    assert_eq!(amended.number, story.told[0].1.number);
    let texts = Texts::new(Some("en"));
    assert_eq!(
        notification::word(amended, &texts).body,
        "By alex, from the panel."
    );
    let kept = &story.snapshot().alerts[0].news;
    assert!(matches!(kept, News::WasStopped { by: Some(_) }), "{kept:?}");
}

#[test]
fn whoever_wants_to_hear_of_crashes_only_is_not_disturbed_to_hear_that_it_was_a_stop() {
    let mut story = Story::with("Skyblock", Running);
    story.rule("Skyblock", AlertRule::Crashes);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
    story.log = Some(alex(&story, PowerSignal::Stop, false));
    story.later(90);
    assert_eq!(story.told.len(), 1);
    let amended = &story.amended.last().unwrap().news;
    assert!(matches!(amended, News::WasStopped { .. }), "{amended:?}");
    story.reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn entries_about_earlier_things_and_our_own_signals_explain_nothing() {
    let mut story = Story::with("Skyblock", Running);
    let old = alex(&story, PowerSignal::Stop, false);
    story.later(600).reads("Skyblock", Running);
    story.log = Some(old);
    story.later(20).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);

    let mut story = Story::with("Skyblock", Running);
    let signal = PowerSignal::Restart;
    story.power("Skyblock", signal).taken("Skyblock", signal);
    story.log = Some(alex(&story, PowerSignal::Stop, true));
    let up = |seconds| resources(Running, Duration::from_secs(seconds));
    story.later(25).reads_with("Skyblock", up(9));
    story
        .later(25)
        .reads_with("Skyblock", resources(Offline, Duration::ZERO));
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
}

#[test]
fn our_own_stop_a_while_after_a_fall_does_not_explain_it() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
    // Its node restarted it, which nobody here saw, and it is stopped from here.
    let signal = PowerSignal::Stop;
    story
        .later(20)
        .power("Skyblock", signal)
        .taken("Skyblock", signal);
    story.log = Some(alex(&story, signal, true));
    story.later(2).reads("Skyblock", Stopping);
    story.later(5).reads("Skyblock", Offline).later(120);
    assert_eq!(story.told.len(), 1);
}

#[test]
fn a_restart_between_two_polls_is_noticed_in_its_first_moment() {
    let mut story = Story::with("Skyblock", Running);
    story
        .later(30)
        .reads_with("Skyblock", resources(Starting, Duration::ZERO));
    assert_eq!(story.reasons("Skyblock"), [Silence::Restarted]);
    let up = resources(Running, Duration::from_secs(30));
    story.later(30).reads_with("Skyblock", up);
    assert_eq!(story.reasons("Skyblock"), [Silence::Restarted], "once");
    assert_eq!(story.told_words(), [""; 0]);
}

#[test]
fn somebody_elses_restart_is_silent_even_where_it_is_seen_down_by_polling() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30);
    story.log = Some(alex(&story, PowerSignal::Restart, false));
    story
        .reads("Skyblock", Offline)
        .later(25)
        .reads("Skyblock", Starting);
    story.later(25).reads("Skyblock", Running);
    assert_eq!(story.told_words(), [""; 0]);
    assert_eq!(story.reasons("Skyblock"), [Silence::Restarted]);

    // One that never comes up again is told after all.
    let mut story = Story::with("Skyblock", Running);
    story.later(30);
    story.log = Some(alex(&story, PowerSignal::Restart, false));
    story
        .reads("Skyblock", Offline)
        .later(30)
        .reads("Skyblock", Offline)
        .later(31);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
}

#[test]
fn names_in_the_log_cannot_draw() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60);
    // The monitor cleans what the panel tells; what is left is plain text.
    let mut log = alex(&story, PowerSignal::Stop, false);
    log[0].actor = None;
    story.log = Some(log);
    story.is_stopped("Skyblock").later(3);
    assert_eq!(
        story.told_words(),
        ["Skyblock was stopped · Not from here."]
    );
}
