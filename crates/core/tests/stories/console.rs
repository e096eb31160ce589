//! Whose console is read gets a socket, for as long as that lasts; and what a person asks a panel for beside power.

use super::story::{Story, id, panel, server};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running},
    Server, ServerStatus,
    live::Why,
};
use pterotray_core::{
    Action, ConsoleState, Drive, Errand, Event, LiveNews, Outcome, ProblemKind,
    settings::{LiveUpdates, SettingsChange},
};

fn reads(story: &mut Story, name: &str) {
    let server = id(name);
    story.happens(Event::ConsoleOpened { server });
}

fn leaves(story: &mut Story, name: &str) {
    let server = id(name);
    story.happens(Event::ConsoleClosed { server });
}

fn choose(story: &mut Story, live: LiveUpdates) {
    let change = SettingsChange {
        live_updates: Some(live),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
}

/// The place that the last plan gave it.
fn place(story: &Story, name: &str) -> Option<u16> {
    story.plan().unwrap().servers[&id(name).uuid].live
}

fn state(story: &Story, name: &str) -> ConsoleState {
    story.state.console(&id(name))
}

fn is_none(story: &Story, name: &str, kind: ProblemKind) -> bool {
    matches!(state(story, name), ConsoleState::None { problem } if problem.kind == kind)
}

#[test]
fn a_server_that_is_down_and_polled_gets_the_first_place_while_its_console_is_read() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.reads("Skyblock", Running).reads("Creative", Offline);
    reads(&mut story, "Creative");
    assert_eq!(place(&story, "Creative"), Some(0));
    assert!(
        place(&story, "Skyblock").is_some(),
        "nobody else loses theirs"
    );
    assert!(story.orders().contains(&Drive::Console(id("Creative"))));
    reads(&mut story, "Creative");
    leaves(&mut story, "Creative");
    assert_eq!(story.plan(), None, "somebody still reads");
    leaves(&mut story, "Creative");
    assert_eq!(place(&story, "Creative"), None);
}

#[test]
fn one_that_had_a_place_or_came_up_meanwhile_keeps_it() {
    let mut story = Story::with("Skyblock", Running);
    reads(&mut story, "Skyblock");
    story.tells("Skyblock", Offline);
    leaves(&mut story, "Skyblock");
    assert_eq!(story.plan(), None, "it was live before");

    let mut story = Story::with("Creative", Offline);
    reads(&mut story, "Creative");
    story.opens("Creative").tells("Creative", Running);
    leaves(&mut story, "Creative");
    assert_eq!(story.plan(), None);
}

#[test]
fn it_is_read_even_with_live_updates_off_and_beyond_the_twenty_five() {
    let names: Vec<String> = (10..40).map(|n| format!("S{n}")).collect();
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut story = Story::listing(&borrowed);
    for name in &borrowed {
        story.reads(name, Running);
    }
    reads(&mut story, "S39");
    assert_eq!(place(&story, "S39"), Some(0));
    let live = |story: &Story| {
        let plan = story.plan().unwrap();
        plan.servers
            .values()
            .filter(|one| one.live.is_some())
            .count()
    };
    assert_eq!(live(&story), 25);
    choose(&mut story, LiveUpdates::Off);
    assert_eq!((live(&story), place(&story, "S39")), (1, Some(0)));
    leaves(&mut story, "S39");
    assert_eq!(live(&story), 0);
}

#[test]
fn a_reader_is_told_whether_anything_can_come() {
    let mut story = Story::with("Skyblock", Running);
    assert_eq!(state(&story, "Skyblock"), ConsoleState::Connecting);
    story.opens("Skyblock");
    assert_eq!(state(&story, "Skyblock"), ConsoleState::Live);
    story.closes("Skyblock", true);
    assert_eq!(state(&story, "Skyblock"), ConsoleState::Connecting);
    story.closes("Skyblock", false);
    assert!(matches!(
        state(&story, "Skyblock"),
        ConsoleState::Failed { .. }
    ));
    assert!(is_none(&story, "Nowhere", ProblemKind::NoSuchServer));
    story.relists("Skyblock", |server| server.status = ServerStatus::Suspended);
    assert!(is_none(&story, "Skyblock", ProblemKind::Conflict));
}

#[test]
fn without_the_permission_there_is_no_console() {
    let mut story = Story::begun();
    story.listed = vec![Server {
        owner: false,
        ..server("Skyblock")
    }];
    story.list();
    assert!(
        story.shown("Skyblock").may.console,
        "not known to be forbidden"
    );
    story.views("Skyblock", &["control.console", "backup.read"]);
    reads(&mut story, "Skyblock");
    assert!(is_none(&story, "Skyblock", ProblemKind::Forbidden));
    let may = story.shown("Skyblock").may;
    assert!(!may.console && may.command && may.backups);
    assert!(!may.make_backup && !may.schedules && !may.run_schedule && !may.activity);
    story.live(
        "Skyblock",
        LiveNews::Closed {
            why: Why::MissingConnect,
            brief: false,
        },
    );
    assert!(is_none(&story, "Skyblock", ProblemKind::Forbidden));
}

fn asks(story: &mut Story, errand: Errand) {
    let server = id("Skyblock");
    let action = Action::Errand { server, errand };
    let ask = Some(7);
    story.happens(Event::Asked { ask, action });
}

#[test]
fn an_errand_is_sent_once_and_its_answer_goes_to_whoever_asked() {
    let mut story = Story::with("Skyblock", Running);
    let errand = Errand::Command {
        line: "say hi".into(),
    };
    asks(&mut story, errand.clone());
    let (ask, server) = (Some(7), id("Skyblock"));
    let expected = Drive::Errand {
        ask,
        server: server.clone(),
        errand,
    };
    assert_eq!(story.orders(), [expected]);
    assert_eq!(story.replies(), []);
    let came = Ok(Outcome::Done);
    story.happens(Event::ErrandDone { ask, server, came });
    assert_eq!(story.replies(), [(7, Outcome::Done)]);
}

#[test]
fn what_is_forbidden_is_not_asked_and_a_refusal_is_looked_into() {
    let mut story = Story::begun();
    story.listed = vec![Server {
        owner: false,
        ..server("Skyblock")
    }];
    story.list();
    story.views("Skyblock", &["backup.read"]);
    asks(&mut story, Errand::MakeBackup { name: None });
    let refused = |story: &Story, kind| matches!(&story.replies()[..], [(7, Outcome::Failed { problem })] if problem.kind == kind);
    assert!(refused(&story, ProblemKind::Forbidden));
    assert_eq!(story.orders(), []);

    let detail = String::new();
    story.happens(Event::ErrandDone {
        ask: Some(7),
        server: id("Skyblock"),
        came: Err(Error::Forbidden { detail }),
    });
    assert!(refused(&story, ProblemKind::Forbidden));
    assert_eq!(story.orders(), [Drive::View(id("Skyblock"))]);

    let action = Action::RemovePanel { panel: panel() };
    story.press(action);
    asks(&mut story, Errand::Backups);
    assert!(refused(&story, ProblemKind::NoSuchServer));
}
