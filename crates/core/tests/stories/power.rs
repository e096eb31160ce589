//! Power signals: asked, taken, seen; or refused, overdue, given up. One press, one request.

use super::story::{Story, id};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running, Starting, Stopping},
};
use pterotray_core::{
    Action, Condition, Drive, Effect, Event, News, Outcome, Phase, PowerSignal, ProblemKind,
    settings::SettingsChange,
};

pub(super) fn phase(story: &Story) -> Option<Phase> {
    story.shown("Skyblock").pending.map(|pending| pending.phase)
}

#[test]
fn a_start_is_asked_taken_and_seen() {
    let mut story = Story::with("Skyblock", Offline);
    story.power("Skyblock", PowerSignal::Start);
    assert_eq!(story.sent(), [PowerSignal::Start]);
    assert_eq!(phase(&story), Some(Phase::Asked));
    story.taken("Skyblock", PowerSignal::Start);
    assert_eq!(phase(&story), Some(Phase::Accepted));
    assert!(story.orders().contains(&Drive::Follow(id("Skyblock"))));
    story.later(3).reads("Skyblock", Offline);
    assert_eq!(
        phase(&story),
        Some(Phase::Accepted),
        "the panel's cache may lag 20 s"
    );
    story.later(3).reads("Skyblock", Starting);
    assert_eq!(phase(&story), None);
}

#[test]
fn pressing_twice_sends_once() {
    let mut story = Story::with("Skyblock", Offline);
    story
        .power("Skyblock", PowerSignal::Start)
        .power("Skyblock", PowerSignal::Start);
    assert_eq!(story.sent(), []);
    story
        .taken("Skyblock", PowerSignal::Start)
        .power("Skyblock", PowerSignal::Start);
    assert_eq!(story.sent(), []);
}

#[test]
fn what_does_not_show_in_time_is_said_once_and_given_up_in_the_end() {
    let mut story = Story::with("Skyblock", Offline);
    story
        .power("Skyblock", PowerSignal::Start)
        .taken("Skyblock", PowerSignal::Start);
    story.later(120);
    assert_eq!(
        story.news(),
        [News::ActionUnseen {
            signal: PowerSignal::Start
        }]
    );
    assert_eq!(phase(&story), Some(Phase::Overdue));
    story.reads("Skyblock", Offline);
    assert!(
        story.shown("Skyblock").can.start,
        "another press is possible"
    );
    story.later(900);
    assert_eq!(story.news(), []);
    assert_eq!(phase(&story), None);
}

#[test]
fn a_slow_graceful_stop_is_not_called_unseen() {
    let mut story = Story::with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    for _ in 0..8 {
        story.later(30).reads("Skyblock", Stopping);
        assert_eq!(story.news(), []);
    }
    assert_eq!(story.condition("Skyblock"), Condition::StillStopping);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.news(), [], "it was asked for here");
}

#[test]
fn who_asked_is_answered_and_no_bubble_repeats_it() {
    let mut story = Story::with("Skyblock", Offline);
    let action = Action::Power {
        server: id("Skyblock"),
        signal: PowerSignal::Start,
    };
    story.happens(Event::Asked {
        ask: Some(3),
        action,
    });
    let (server, signal) = (id("Skyblock"), PowerSignal::Start);
    let error = Error::NodeUnreachable {
        detail: "no connection".into(),
    };
    story.happens(Event::PowerRefused {
        ask: Some(3),
        server,
        signal,
        error,
    });
    let answered = |effect: &Effect| {
        matches!(effect, Effect::Reply { ask: 3, outcome: Outcome::Failed { problem } }
            if problem.kind == ProblemKind::NodeUnreachable)
    };
    assert!(story.effects.iter().any(answered));
    assert_eq!(story.news(), []);
}

#[test]
fn a_subuser_is_offered_only_what_the_owner_granted() {
    let mut story = Story::begun();
    story.listed = vec![pterodactyl_client::Server {
        owner: false,
        ..super::story::server("Skyblock")
    }];
    story.list();
    story
        .reads("Skyblock", Running)
        .views("Skyblock", &["control.start", "control.stop"]);
    story.reads("Skyblock", Running);
    let can = story.shown("Skyblock").can;
    assert!(can.stop && !can.restart);
    story.power("Skyblock", PowerSignal::Restart);
    assert_eq!(story.sent(), []);
}

#[test]
fn a_refusal_for_lack_of_permission_reads_the_permissions_again() {
    let mut story = Story::with("Skyblock", Running);
    story.power("Skyblock", PowerSignal::Stop);
    let (server, signal) = (id("Skyblock"), PowerSignal::Stop);
    let error = Error::Forbidden {
        detail: "This action is unauthorized.".into(),
    };
    story.happens(Event::PowerRefused {
        ask: None,
        server,
        signal,
        error,
    });
    assert!(story.orders().contains(&Drive::View(id("Skyblock"))));
}

#[test]
fn force_stop_needs_the_setting() {
    let mut story = Story::with("Skyblock", Running);
    assert!(!story.shown("Skyblock").can.kill);
    story.power("Skyblock", PowerSignal::Kill);
    assert_eq!(story.sent(), []);
    let change = SettingsChange {
        allow_force_stop: Some(true),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    assert!(story.shown("Skyblock").can.kill);
    story.power("Skyblock", PowerSignal::Kill);
    assert_eq!(story.sent(), [PowerSignal::Kill]);
}

#[test]
fn who_asked_is_answered_even_when_the_server_shows_it_first_or_is_gone() {
    let stop = || Action::Power {
        server: id("Skyblock"),
        signal: PowerSignal::Stop,
    };
    let taken = || Event::PowerTaken {
        ask: Some(3),
        server: id("Skyblock"),
        signal: PowerSignal::Stop,
    };
    let mut early = Story::with("Skyblock", Running);
    early.happens(Event::Asked {
        ask: Some(3),
        action: stop(),
    });
    early.reads("Skyblock", Offline).happens(taken());
    assert_eq!(early.replies(), [(3, Outcome::Done)]);
    early.later(3).reads("Skyblock", Offline);
    assert_eq!(phase(&early), None);

    let mut gone = Story::with("Skyblock", Running);
    gone.happens(Event::Asked {
        ask: Some(3),
        action: stop(),
    });
    gone.listed.clear();
    gone.list();
    gone.happens(taken());
    assert_eq!(gone.replies(), [(3, Outcome::Done)]);
}

#[test]
fn a_stop_whose_answer_was_lost_is_not_taken_for_somebody_elses() {
    let mut story = Story::with("Skyblock", Running);
    story.power("Skyblock", PowerSignal::Stop);
    let (server, signal) = (id("Skyblock"), PowerSignal::Stop);
    let error = Error::Unreachable(pterodactyl_client::Unreachable::TimedOut);
    story.happens(Event::PowerRefused {
        ask: None,
        server,
        signal,
        error,
    });
    assert_eq!(story.news().len(), 1, "it is said that no answer came");
    story
        .later(5)
        .reads("Skyblock", Stopping)
        .later(5)
        .reads("Skyblock", Offline);
    assert_eq!(story.news(), []);
}

#[test]
fn a_refused_force_stop_leaves_the_stop_under_way_as_it_was() {
    let mut story = Story::with("Skyblock", Running);
    let change = SettingsChange {
        allow_force_stop: Some(true),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story
        .later(5)
        .reads("Skyblock", Stopping)
        .power("Skyblock", PowerSignal::Kill);
    let (server, signal) = (id("Skyblock"), PowerSignal::Kill);
    let error = Error::NodeUnreachable {
        detail: String::new(),
    };
    story.happens(Event::PowerRefused {
        ask: None,
        server,
        signal,
        error,
    });
    let pending = story.shown("Skyblock").pending.unwrap();
    assert_eq!(
        (pending.signal, pending.phase),
        (PowerSignal::Stop, Phase::Accepted)
    );
}

#[test]
fn the_panels_old_copy_confirms_no_stop_of_what_somebody_else_has_just_started() {
    let mut story = Story::with("Skyblock", Offline);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story.later(2).reads("Skyblock", Offline);
    assert!(story.shown("Skyblock").pending.is_some());
    story.later(25).reads("Skyblock", Stopping);
    story.later(25).reads("Skyblock", Offline);
    assert_eq!(story.news(), []);
    assert_eq!(story.shown("Skyblock").pending, None);
}

#[test]
fn a_stop_of_ours_is_no_crash_although_it_had_crashed_before() {
    let mut story = Story::with("Skyblock", Running);
    story.later(25).reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story.later(25).reads("Skyblock", Stopping);
    story.later(25).reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn a_start_pressed_during_our_own_stop_does_not_make_it_somebody_elses() {
    let mut story = Story::with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story.later(25).reads("Skyblock", Stopping);
    story
        .power("Skyblock", PowerSignal::Start)
        .taken("Skyblock", PowerSignal::Start);
    story.later(25).reads("Skyblock", Offline);
    assert_eq!(story.news(), []);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn our_own_stop_that_outlasts_a_maintenance_is_still_ours() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story.later(1).tells("Skyblock", Stopping);
    story
        .later(40)
        .relists("Skyblock", |server| server.node_maintenance = true);
    assert_eq!(story.shown("Skyblock").pending, None);
    story
        .later(400)
        .relists("Skyblock", |server| server.node_maintenance = false);
    story.later(1).tells("Skyblock", Stopping);
    let mut told = story.news();
    for _ in 0..2 {
        story.later(30).tells("Skyblock", Offline);
        told.extend(story.news());
    }
    assert_eq!(told, []);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    // That was it: the next time it is somebody else's doing.
    story.later(60).tells("Skyblock", Running);
    story.later(60).tells("Skyblock", Stopping);
    story.later(5).tells("Skyblock", Offline).later(5);
    assert_eq!(story.news(), [News::WasStopped { by: None }]);
}
