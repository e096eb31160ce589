//! Panels that answer, fail, refuse and come back; servers that come and go.

use super::story::{Story, id, panel, server};
use pterodactyl_client::{Error, NotAPanel, PowerState::Running, Unreachable};
use pterotray_core::{
    Action, Aggregate, Condition, Desktop, Drive, Effect, Event, Outcome, ProblemKind, Subject,
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
