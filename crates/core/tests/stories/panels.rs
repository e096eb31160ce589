//! Panels that answer, fail, refuse and come back; servers that come and go.

use super::story::{Story, id, panel, server};
use pterodactyl_client::{Error, NotAPanel, PowerState::Running, Unreachable};
use pterotray_core::{
    Action, Aggregate, Condition, Desktop, Drive, Effect, Errand, Event, Outcome, Page,
    PowerSignal, ProblemKind, Subject,
    settings::{KeyPlace, Settings, SettingsChange},
};

fn stumbles() -> Error {
    Error::Broken {
        status: 500,
        detail: String::new(),
    }
}

#[test]
fn nothing_is_claimed_before_the_first_answer() {
    let story = Story::begun();
    assert_eq!(story.snapshot().aggregate, Aggregate::Connecting);
    assert!(story.snapshot().panels[0].connecting);
    let listed = Story::listing(&["Skyblock"]);
    assert_eq!(listed.snapshot().aggregate, Aggregate::Connecting);
}

#[test]
fn without_a_panel_somebody_is_needed() {
    let mut story = Story::begun();
    story.press(Action::RemovePanel { panel: panel() });
    assert_eq!(story.snapshot().aggregate, Aggregate::NeedsYou);
}

#[test]
fn one_hiccup_of_the_list_is_nothing_the_second_is_believed() {
    let mut story = Story::with("Skyblock", Running);
    story.list_fails(Error::Unreachable(Unreachable::Refused));
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    story
        .later(5)
        .list_fails(Error::Unreachable(Unreachable::Refused));
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
    assert_eq!(story.snapshot().aggregate, Aggregate::Unreachable);
    assert_eq!(
        story.snapshot().panels[0].servers.len(),
        1,
        "nothing is lost"
    );

    story.later(5).list();
    story.reads("Skyblock", Running);
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.snapshot().panels[0].problem, None);
}

#[test]
fn a_web_page_in_place_of_the_panel_wipes_nothing() {
    let mut story = Story::with("Skyblock", Running);
    for _ in 0..2 {
        let page = NotAPanel::Html {
            title: Some("Just a moment…".into()),
        };
        story.later(5).list_fails(Error::NotAPanel(page));
    }
    assert_eq!(story.snapshot().servers().count(), 1);
    assert_eq!(
        story.snapshot().panels[0].problem.as_ref().unwrap().kind,
        ProblemKind::WebPage
    );
}

#[test]
fn a_rate_limit_is_noted_and_the_last_values_stay() {
    let mut story = Story::with("Skyblock", Running);
    let retry_after = Some(std::time::Duration::from_secs(40));
    story.list_fails(Error::RateLimited { retry_after });
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    let note = story.snapshot().panels[0].problem.clone().unwrap();
    assert_eq!(
        (note.kind, note.detail.as_str()),
        (ProblemKind::RateLimited, "40 s")
    );
    assert_eq!(story.snapshot().aggregate, Aggregate::AllFine);
}

#[test]
fn a_panel_that_cannot_list_but_answers_about_each_server_is_no_panel_that_is_down() {
    let mut story = Story::with("Skyblock", Running);
    story.later(60).list_fails(stumbles());
    story.later(10).reads("Skyblock", Running);
    story.later(5).list_fails(stumbles());
    story.later(10).reads("Skyblock", Running);
    story.later(60).list_fails(stumbles());
    let panel = &story.snapshot().panels[0];
    assert_eq!(
        panel.problem.as_ref().unwrap().kind,
        ProblemKind::ListBroken
    );
    assert!(panel.answers());
    assert_eq!(story.snapshot().aggregate, Aggregate::AllFine);
    story.later(5).list();
    assert_eq!(story.snapshot().panels[0].problem, None);
}

#[test]
fn a_panel_that_answers_nothing_but_500_is_down() {
    let mut story = Story::with("Skyblock", Running);
    for _ in 0..6 {
        story.later(10).list_fails(stumbles());
    }
    let problem = story.snapshot().panels[0].problem.clone().unwrap();
    assert_eq!(problem.kind, ProblemKind::PanelBroken);
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
}

#[test]
fn a_panel_that_answered_once_and_then_nothing_but_500_is_down() {
    let mut story = Story::with("Skyblock", Running);
    story.later(60).list_fails(stumbles());
    story.later(3).reads("Skyblock", Running);
    for _ in 0..6 {
        let error = Error::ServerBroken {
            detail: String::new(),
        };
        story.later(30).fails("Skyblock", error);
        story.list_fails(stumbles());
    }
    assert!(!story.snapshot().panels[0].answers());
    let told = story.told_words().join("\n");
    assert!(told.starts_with("Home is unreachable"), "{told}");
    // Its servers can be read again, its list cannot.
    story.later(5).reads("Skyblock", Running);
    story.later(5).list_fails(stumbles());
    assert!(story.snapshot().panels[0].answers());
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    let told = story.told_words().join("\n");
    assert!(told.contains("Home answers again"), "{told}");
}

#[test]
fn a_panel_that_cannot_list_is_asked_about_a_server_where_sockets_cover_all() {
    let mut story = Story::live_running(&["Skyblock", "Creative"]);
    for _ in 0..8 {
        story.later(40).list_fails(stumbles());
        assert!(story.orders().contains(&Drive::View(id("Creative"))));
        story.later(1).views("Creative", &["websocket.connect"]);
    }
    let panel = &story.snapshot().panels[0];
    assert!(panel.answers());
    let problem = panel.problem.clone().unwrap();
    assert_eq!(problem.kind, ProblemKind::ListBroken);
    assert_eq!(story.told_words(), [""; 0]);
}

#[test]
fn servers_come_are_renamed_and_go_with_complete_lists_only() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.relists("Creative", |server| server.name = "Build".into());
    assert_eq!(story.shown("Creative").name, "Build");
    story.list_fails(Error::Unreadable { what: "the list" });
    assert_eq!(story.snapshot().servers().count(), 2);
    story.listed = vec![server("Skyblock"), server("Valheim")];
    story.list();
    let names: Vec<String> = story.snapshot().servers().map(|s| s.name.clone()).collect();
    assert_eq!(names, ["Skyblock", "Valheim"]);
    let gone = Effect::Desktop(Desktop::Withdraw(Subject::Server(id("Creative"))));
    assert!(story.effects.contains(&gone));
}

#[test]
fn permissions_of_a_subuser_are_asked_for_once_and_an_owners_never() {
    let mut story = Story::begun();
    story.listed = vec![
        server("Skyblock"),
        pterodactyl_client::Server {
            owner: false,
            ..server("Creative")
        },
    ];
    story.list();
    let view = Drive::View(id("Creative"));
    let views = |story: &Story| {
        story
            .orders()
            .into_iter()
            .filter(|o| matches!(o, Drive::View(_)))
            .collect::<Vec<_>>()
    };
    assert_eq!(views(&story), [view]);
    story.list();
    assert_eq!(views(&story), []);
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
fn a_panel_whose_watch_broke_down_is_watched_anew_with_its_key() {
    let mut story = Story::with("Skyblock", Running);
    let broke = Event::WatchBroke { panel: panel() };
    story.happens(broke.clone());
    let quietly = |order: &Drive| matches!(order, Drive::LoadKey { panel: of, quietly: true, .. } if of.id == panel());
    assert!(story.orders().iter().any(quietly), "{:?}", story.orders());
    // Its key is on its way: that is enough.
    story.happens(broke);
    assert_eq!(story.orders(), []);
    story.happens(Event::KeyLoaded {
        panel: panel(),
        tail: "abcd".into(),
    });
    assert!(story.plan().is_some());
    assert_eq!(story.news(), []);
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
fn removing_a_panel_takes_its_key_settings_and_servers_along() {
    let mut story = Story::with("Skyblock", Running);
    story.happens(Event::Asked {
        ask: Some(7),
        action: Action::RemovePanel { panel: panel() },
    });
    assert!(story.snapshot().panels.is_empty());
    let saved = Drive::Save(Box::<Settings>::default());
    assert!(story.orders().contains(&saved), "{:?}", story.orders());
    let place = KeyPlace::Keyring;
    assert!(story.orders().contains(&Drive::ForgetKey {
        ask: Some(7),
        panel: panel(),
        place
    }));
    // "Done" is said when the key is gone, not before.
    assert!(story.replies().is_empty());
    story.happens(Event::KeyForgotten {
        ask: Some(7),
        problem: None,
    });
    assert_eq!(story.replies(), [(7, Outcome::Done)]);
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

#[test]
fn no_servers_is_explained_and_no_outage() {
    let mut story = Story::begun();
    story.list();
    let shown = story.snapshot();
    assert_eq!(
        shown.panels[0].problem.as_ref().unwrap().kind,
        ProblemKind::NoServers
    );
    assert!(shown.panels[0].answers());
    assert_eq!(shown.aggregate, Aggregate::NothingRunning);
}

#[test]
fn a_shorter_period_is_watched_at_once() {
    let mut story = Story::listing(&["Skyblock"]);
    let change = SettingsChange {
        poll_seconds: Some(60),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    let period = |order: &Drive| match order {
        Drive::Watch { plan, .. } => Some(plan.every.as_secs()),
        _ => None,
    };
    assert_eq!(
        story.orders().iter().filter_map(period).collect::<Vec<_>>(),
        [60]
    );
}

#[test]
fn a_notice_is_said_once_and_goes_when_it_is_mended() {
    let mut story = Story::begun();
    let missing = pterotray_core::Problem::of(ProblemKind::NoTray);
    story.happens(Event::Noticed(missing.clone()));
    assert_eq!(story.news().len(), 1);
    story.happens(Event::Noticed(missing));
    assert_eq!(story.news(), []);
    assert_eq!(story.snapshot().notices.len(), 1);
    story.happens(Event::Mended(ProblemKind::NoTray));
    assert!(story.snapshot().notices.is_empty());
}
