//! What the window asks for besides power: hiding, order, parting from a panel, sparklines, reports.

use super::story::{Story, id, panel, resources};
use pterodactyl_client::{
    Allocation, Error,
    PowerState::{Offline, Running},
    Unreachable,
};
use pterotray_core::{
    Action, Aggregate, Desktop, Drive, Effect, Event, Item, Outcome, Problem, ProblemKind,
    ProjectPage::{Home, Problems},
    ServerId, Sparkline, Texts, menu,
};
use std::time::Duration;

fn hide(story: &mut Story, name: &str, hidden: bool) {
    let server = id(name);
    story.press(Action::Hide { server, hidden });
}

fn pin(story: &mut Story, name: &str) {
    let (server, pinned) = (id(name), true);
    story.press(Action::Pin { server, pinned });
}

fn ask(story: &mut Story, action: Action) -> Outcome {
    let ask = Some(7);
    story.happens(Event::Asked { ask, action });
    let mut replies = story.replies();
    let (to, outcome) = replies.pop().unwrap();
    assert_eq!((to, replies.len()), (7, 0), "the asker is answered once");
    outcome
}

fn pinned(story: &Story) -> Vec<ServerId> {
    story.snapshot().settings.pinned
}

#[test]
fn what_is_copied_or_opened_is_called_done_when_it_is() {
    let mut story = Story::listing(&["Skyblock"]);
    story.relists("Skyblock", |server| {
        server.allocation = Some(Allocation {
            ip: "203.0.113.7".into(),
            alias: None,
            port: 25_565,
        });
    });
    let server = id("Skyblock");
    let copy = Action::CopyAddress {
        server: server.clone(),
    };
    let open = Action::OpenInPanel { server };
    for (action, kind) in [
        (copy, ProblemKind::NoClipboard),
        (open, ProblemKind::NoBrowser),
    ] {
        let notices = |story: &Story| {
            let notices = story.snapshot().notices;
            notices.iter().map(|it| it.kind).collect::<Vec<_>>()
        };
        let mut ends = |ask: Option<u64>, done: bool| {
            let action = action.clone();
            story.happens(Event::Asked { ask, action });
            let asks = story.effects.iter().find_map(|effect| match effect {
                Effect::Desktop(Desktop::Copy { ask, text }) => Some((*ask, text.clone())),
                Effect::Desktop(Desktop::OpenUrl { ask, url }) => Some((*ask, url.clone())),
                _ => None,
            });
            let (asks, what) = asks.unwrap();
            assert!(!what.is_empty());
            assert_eq!(
                (asks, story.replies()),
                (ask, vec![]),
                "nothing is done yet"
            );
            story.happens(Event::DesktopDid { ask, kind, done });
            (story.replies(), notices(&story))
        };
        let failed = Outcome::Failed {
            problem: Problem::of(kind),
        };
        assert_eq!(ends(Some(7), true), (vec![(7, Outcome::Done)], vec![]));
        assert_eq!(ends(Some(8), false), (vec![(8, failed)], vec![]));
        // In the tray's menu nobody waits for an answer.
        assert_eq!(ends(None, false), (vec![], vec![kind]));
        assert_eq!(ends(None, true), (vec![], vec![]));
    }
}

#[test]
fn a_hidden_server_is_not_counted_not_in_the_menu_and_tells_nothing() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.reads("Skyblock", Running);
    story.reads("Creative", Running);
    hide(&mut story, "Creative", true);
    story.later(30).reads("Creative", Offline);
    story.later(30);
    assert_eq!(story.news(), []);
    let shown = story.snapshot();
    assert!(shown.server(&id("Creative")).unwrap().hidden);
    assert_eq!(shown.aggregate, Aggregate::AllFine);
    let texts = Texts::new(Some("en"));
    assert_eq!(menu::headline(&shown, &texts), "1 of 1 running");
    let rows = menu::build(&shown, &texts, &menu::Rows::of(&shown)).menu;
    let row = |item: &Item| matches!(item, Item::Server { .. });
    assert_eq!(rows.iter().filter(|item| row(item)).count(), 1);

    hide(&mut story, "Creative", false);
    assert_eq!(story.snapshot().aggregate, Aggregate::Problem);
}

#[test]
fn the_projects_pages_are_opened_by_name() {
    for (page, ends) in [(Home, "/pterotray"), (Problems, "/pterotray/issues")] {
        let mut story = Story::begun();
        story.happens(Event::Asked {
            ask: Some(7),
            action: Action::OpenProject { page },
        });
        let [Effect::Desktop(Desktop::OpenUrl { ask: Some(7), url })] = story.effects.as_slice()
        else {
            panic!("something else than one page: {:?}", story.effects)
        };
        assert!(url.starts_with("https://") && url.ends_with(ends), "{url}");
    }
}

#[test]
fn hidden_and_pinned_exclude_each_other() {
    let mut story = Story::listing(&["Skyblock"]);
    pin(&mut story, "Skyblock");
    hide(&mut story, "Skyblock", true);
    assert_eq!(pinned(&story), []);
    pin(&mut story, "Skyblock");
    let settings = story.snapshot().settings;
    assert_eq!(
        (settings.pinned, settings.hidden),
        (vec![id("Skyblock")], vec![])
    );
}

#[test]
fn what_is_hidden_is_forgotten_with_its_server() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    hide(&mut story, "Creative", true);
    story.listed.truncate(1);
    story.list();
    assert_eq!(story.snapshot().settings.hidden, []);
}

#[test]
fn pinned_servers_change_places_and_the_outer_ones_stay() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    pin(&mut story, "Skyblock");
    pin(&mut story, "Creative");
    let moves = |up, name: &str| Action::MovePin {
        server: id(name),
        up,
    };
    story.press(moves(true, "Creative"));
    assert_eq!(pinned(&story), [id("Creative"), id("Skyblock")]);
    story.press(moves(true, "Creative"));
    assert_eq!(pinned(&story), [id("Creative"), id("Skyblock")]);
    assert_eq!(story.orders(), [], "nothing to save");
    story.press(moves(false, "Creative"));
    assert_eq!(pinned(&story), [id("Skyblock"), id("Creative")]);
    let nowhere = ask(&mut story, moves(true, "Valheim"));
    assert!(matches!(nowhere, Outcome::Failed { .. }));
}

#[test]
fn a_panel_that_is_parted_with_goes_after_five_seconds_with_its_key() {
    let mut story = Story::with("Skyblock", Running);
    let part = Action::PartWithPanel { panel: panel() };
    assert_eq!(ask(&mut story, part), Outcome::Done);
    assert_eq!(story.snapshot().panels, []);
    assert_eq!(story.snapshot().leaving[0].name, "Home");
    let forgets = |order: &Drive| matches!(order, Drive::ForgetKey { .. });
    story.later(4);
    assert!(!story.orders().iter().any(forgets));
    story.later(1);
    assert!(story.orders().iter().any(forgets));
    let shown = story.snapshot();
    assert!(shown.leaving.is_empty() && shown.settings.panels.is_empty());
    let late = ask(&mut story, Action::TakeBackPanel { panel: panel() });
    assert!(matches!(late, Outcome::Failed { problem } if problem.kind == ProblemKind::NotNow));
}

#[test]
fn a_panel_that_is_taken_back_is_as_it_was() {
    let mut story = Story::with("Skyblock", Running);
    let before = story.snapshot();
    story.press(Action::PartWithPanel { panel: panel() });
    story.later(3);
    let back = Action::TakeBackPanel { panel: panel() };
    assert_eq!(ask(&mut story, back), Outcome::Done);
    story.later(10);
    assert_eq!(story.orders(), []);
    assert_eq!(story.snapshot().panels, before.panels);
}

#[test]
fn quitting_does_not_bring_a_removed_panel_back() {
    let mut story = Story::with("Skyblock", Running);
    story.press(Action::PartWithPanel { panel: panel() });
    story.press(Action::Quit);
    let forgets = |order: &Drive| matches!(order, Drive::ForgetKey { .. });
    assert!(story.orders().iter().any(forgets));
}

#[test]
fn a_sparkline_holds_the_last_half_hour_as_shares_of_the_limit() {
    let mut story = Story::listing(&["Skyblock"]);
    let read = |story: &mut Story, cpu: f64| {
        let mut used = resources(Running, Duration::from_secs(600));
        used.cpu_percent = cpu;
        used.memory_bytes = 1024 * 1024 * 1024;
        story.reads_with("Skyblock", used);
    };
    read(&mut story, 50.0);
    story.later(60);
    read(&mut story, 100.0);
    let Outcome::Sparklines { sparklines } = ask(&mut story, Action::Sparklines) else {
        unreachable!("asked for sparklines")
    };
    let [
        Sparkline {
            server,
            cpu,
            memory,
        },
    ] = &sparklines.servers[..]
    else {
        unreachable!("one server")
    };
    assert_eq!((server, cpu.len(), memory.len()), (&id("Skyblock"), 60, 60));
    assert_eq!(cpu[57..], [Some(25), None, Some(50)]);
    assert_eq!(memory[57..], [Some(25), None, Some(25)]);
    assert!(cpu[..57].iter().all(Option::is_none));
    story.later(3600);
    let Outcome::Sparklines { sparklines } = ask(&mut story, Action::Sparklines) else {
        unreachable!("asked for sparklines")
    };
    assert!(sparklines.servers[0].cpu.iter().all(Option::is_none));
}

/// The text of a report, once every panel was asked.
fn report(story: &mut Story) -> String {
    story.happens(Event::Asked {
        ask: Some(7),
        action: Action::Diagnose,
    });
    let ordered = story.orders().into_iter().find_map(|order| match order {
        Drive::Diagnose { ask, diagnosis, .. } => Some(Event::Diagnosed { ask, diagnosis }),
        _ => None,
    });
    story.happens(ordered.unwrap());
    match story.replies().pop() {
        Some((7, Outcome::Report { diagnosis, .. })) => diagnosis.in_words(&Texts::new(None)),
        other => panic!("asked for a report, got {other:?}"),
    }
}

#[test]
fn a_report_tells_how_things_stand_and_names_nobody() {
    let mut story = Story::with("Skyblock", Running);
    story.list_fails(Error::Unreachable(Unreachable::Refused));
    story
        .later(5)
        .list_fails(Error::Unreachable(Unreachable::Refused));
    let text = report(&mut story);
    for part in ["Panel 1: https", "refused", "servers: 1", "1 unknown"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for private in ["Skyblock", "Home", "example.com", "abcd", "node-1"] {
        assert!(!text.contains(private), "{private}\n{text}");
    }
}
