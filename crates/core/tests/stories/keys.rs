//! Keys: missing, locked, moved, late; and a typed one on its way through the loop, named nowhere.

use super::story::{Story, id, panel};
use pterodactyl_client::PowerState::Running;
use pterotray_core::{
    Action, Aggregate, Drive, Effect, Errand, Event, Outcome, Page, PowerSignal, ProblemKind,
    TypedKey, settings::KeyPlace,
};
use std::fmt::Debug;

const KEY: &str = "ptlc_0123456789abcdefghijklmnopqrstuvwxyz";

#[test]
fn a_typed_key_stands_in_no_print_of_action_event_order_or_state() {
    let mut story = Story::begun();
    let action = Action::TryPanel {
        url: "https://panel.example.com".into(),
        key: TypedKey(KEY.into()),
        trust: None,
        unencrypted: false,
    };
    let event = Event::Asked {
        ask: Some(1),
        action: action.clone(),
    };
    let prints = |what: &dyn Debug| format!("{what:?} {what:#?}");
    let mut printed = vec![prints(&action), prints(&event)];
    story.happens(event);
    let order = story.effects.iter().find_map(|effect| match effect {
        Effect::Drive(order @ Drive::Try { .. }) => Some(order),
        _ => None,
    });
    printed.extend([prints(&order.unwrap()), prints(&story.effects)]);
    printed.extend([prints(&story.state), prints(&story.snapshot())]);
    for print in printed {
        assert!(!print.contains(KEY), "{print}");
    }
}

#[test]
fn a_missing_key_needs_somebody_and_stops_the_watch() {
    let mut story = Story::with("Skyblock", Running);
    story.press(Action::ForgetKey { panel: panel() });
    assert!(story.orders().contains(&Drive::Unwatch(panel())));
    let shown = story.snapshot();
    assert_eq!(shown.aggregate, Aggregate::NeedsYou);
    assert!(!shown.panels[0].key.set);
    assert_eq!(
        shown.panels[0].servers[0].can,
        pterotray_core::Can::default()
    );
    assert_eq!(
        shown.panels[0].problem.as_ref().unwrap().kind,
        ProblemKind::KeyMissing
    );
}

#[test]
fn what_is_asked_of_a_panel_without_its_key_is_refused_with_what_became_of_the_key() {
    let without = |lost: &dyn Fn(&mut Story)| {
        let mut story = Story::with("Skyblock", Running);
        lost(&mut story);
        let server = id("Skyblock");
        let signal = PowerSignal::Restart;
        let errand = Errand::Backups;
        let wishes = [
            Action::Power {
                server: server.clone(),
                signal,
            },
            Action::Errand { server, errand },
        ];
        wishes.map(|action| {
            story.happens(Event::Asked {
                ask: Some(7),
                action,
            });
            assert_eq!(story.orders(), [], "nothing is sent");
            match story.replies().as_slice() {
                [(7, Outcome::Failed { problem })] => problem.kind,
                others => panic!("{others:?}"),
            }
        })
    };
    let forget = |story: &mut Story| {
        story.press(Action::ForgetKey { panel: panel() });
    };
    assert_eq!(without(&forget), [ProblemKind::KeyMissing; 2]);
    // It moved to a keyring that says nothing yet, and then that it is locked.
    let ask_keyring = |story: &mut Story| {
        let panel = story.snapshot().settings.panels[0].clone();
        story.happens(Event::KeyKept { ask: None, panel });
    };
    assert_eq!(without(&ask_keyring), [ProblemKind::KeyringSilent; 2]);
    let find_it_locked = |story: &mut Story| {
        ask_keyring(story);
        let attempt = story.orders().iter().find_map(|order| match order {
            Drive::LoadKey { attempt, .. } => Some(*attempt),
            _ => None,
        });
        story.happens(Event::KeyMissing {
            panel: panel(),
            attempt: attempt.unwrap(),
            problem: pterotray_core::Problem::of(ProblemKind::KeyringLocked),
        });
    };
    assert_eq!(without(&find_it_locked), [ProblemKind::KeyringLocked; 2]);
}

#[test]
fn a_key_that_moves_leaves_nothing_behind_in_its_old_place() {
    let mut story = Story::with("Skyblock", Running);
    let mut kept = story.snapshot().settings.panels[0].clone();
    kept.key_place = KeyPlace::File;
    story.happens(Event::KeyKept {
        ask: None,
        panel: kept,
    });
    let place = KeyPlace::Keyring;
    assert!(story.orders().contains(&Drive::ForgetKey {
        ask: None,
        panel: panel(),
        place
    }));
}

#[test]
fn a_late_answer_of_the_keyring_about_an_older_key_is_nothing() {
    let mut story = Story::with("Skyblock", Running);
    let problem = pterotray_core::Problem::of(ProblemKind::KeyringLocked);
    story.happens(Event::KeyMissing {
        panel: panel(),
        attempt: 0,
        problem,
    });
    assert_eq!(story.orders(), []);
    assert!(story.snapshot().panels[0].key.set);
}

/// How the key is asked for by the last step: quietly or not, each time.
fn key_asked_for(story: &Story) -> Vec<bool> {
    let quietly = |order: Drive| match order {
        Drive::LoadKey { quietly, .. } => Some(quietly),
        _ => None,
    };
    story.orders().into_iter().filter_map(quietly).collect()
}

fn shown_problem(story: &Story) -> Option<ProblemKind> {
    let panel = &story.snapshot().panels[0];
    panel.problem.as_ref().map(|problem| problem.kind)
}

#[test]
fn a_keyring_is_asked_again_by_itself_and_a_locked_one_asks_for_no_password_then() {
    for (kind, quietly) in [
        (ProblemKind::KeyringMissing, false),
        (ProblemKind::KeyringLocked, true),
        (ProblemKind::KeyringFailed, true),
    ] {
        let mut story = Story::waiting_for_its_key();
        assert_eq!(
            key_asked_for(&story),
            [false],
            "at the start a person is there"
        );
        for attempt in [1, 2] {
            let problem = pterotray_core::Problem::of(kind);
            story.happens(Event::KeyMissing {
                panel: panel(),
                attempt,
                problem,
            });
            story.later(31);
            assert_eq!(key_asked_for(&story), [quietly], "{kind:?}");
            assert_eq!(
                shown_problem(&story),
                Some(kind),
                "asking again shows nothing new"
            );
        }
    }
}

#[test]
fn a_locked_keyring_is_asked_again_quietly_when_somebody_looks_or_the_computer_wakes_up() {
    let look = Event::Asked {
        ask: None,
        action: Action::Show {
            page: Page::Servers,
        },
    };
    for event in [look, Event::Woke] {
        let mut story = Story::waiting_for_its_key();
        let problem = pterotray_core::Problem::of(ProblemKind::KeyringLocked);
        story.happens(Event::KeyMissing {
            panel: panel(),
            attempt: 1,
            problem,
        });
        story.later(5);
        story.happens(event.clone());
        assert_eq!(key_asked_for(&story), [true]);
        story.happens(event);
        assert!(key_asked_for(&story).is_empty(), "it is being asked");
    }
}

#[test]
fn a_person_who_asks_again_is_asked_for_the_password_and_a_missing_key_stays_missing() {
    let mut story = Story::waiting_for_its_key();
    for (attempt, kind) in [
        (1, ProblemKind::KeyringLocked),
        (2, ProblemKind::KeyMissing),
    ] {
        let problem = pterotray_core::Problem::of(kind);
        story.happens(Event::KeyMissing {
            panel: panel(),
            attempt,
            problem,
        });
        story.press(Action::Refresh);
        assert_eq!(key_asked_for(&story), [false], "{kind:?}");
    }
    story.happens(Event::KeyMissing {
        panel: panel(),
        attempt: 3,
        problem: pterotray_core::Problem::of(ProblemKind::KeyMissing),
    });
    story.later(100);
    assert!(key_asked_for(&story).is_empty());
}

#[test]
fn a_keyring_that_does_not_answer_is_told_and_its_late_answer_still_taken() {
    let mut story = Story::waiting_for_its_key();
    let silent = |attempt| Event::KeySilent {
        panel: panel(),
        attempt,
    };
    story.happens(silent(1));
    assert_eq!(shown_problem(&story), Some(ProblemKind::KeyringSilent));
    assert_eq!(story.snapshot().aggregate, Aggregate::NeedsYou);
    story.press(Action::Refresh);
    assert!(key_asked_for(&story).is_empty(), "one question is enough");
    story.happens(Event::KeyMissing {
        panel: panel(),
        attempt: 1,
        problem: pterotray_core::Problem::of(ProblemKind::KeyringLocked),
    });
    assert_eq!(shown_problem(&story), Some(ProblemKind::KeyringLocked));
    story.later(31).happens(silent(2));
    assert_eq!(shown_problem(&story), Some(ProblemKind::KeyringSilent));
    story.happens(Event::KeyLoaded {
        panel: panel(),
        tail: "abcd".into(),
    });
    assert_eq!(shown_problem(&story), None);
    story.happens(silent(2));
    assert_eq!(shown_problem(&story), None, "it has answered");
}

#[test]
fn a_list_that_was_on_its_way_when_the_key_went_says_nothing_any_more() {
    let mut story = Story::with("Skyblock", Running);
    story.press(Action::ForgetKey { panel: panel() });
    story.list();
    assert_eq!(story.snapshot().aggregate, Aggregate::NeedsYou);
}
