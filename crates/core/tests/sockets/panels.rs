//! The panel itself: away and back, refusing the key, throttling, and a list that changes or does not come whole.

use super::{
    rows::rows_together,
    scene::{CREATIVE, FAULTY, OTHERS, Scene, add, home},
    stage::{A_PERIOD, PATIENCE, Stage, wall_ms},
};
use fake_panel::{Call, Fault, PowerState};
use pterotray_core::{
    Action, Aggregate, Condition, News, Outcome, ProblemKind, Subject, TypedKey,
    settings::{KeyPlace, LiveUpdates},
};
use secrecy::SecretString;
use std::time::Duration;

/// So many servers are not looked at all the time.
pub(crate) const SELDOM: Duration = Duration::from_secs(5);

async fn running(live: LiveUpdates) -> Stage {
    let stage = Scene::ten(live).play().await;
    stage.settled().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_fresh(wall_ms()).await;
    stage
}

async fn nobody_was_called_down(stage: &Stage) {
    for name in OTHERS.into_iter().filter(|name| *name != CREATIVE) {
        stage.was_never_called_down(name).await;
    }
    stage.was_never_called_down(FAULTY).await;
}

async fn comes_back(stage: &Stage, since: i64) {
    is_right_again(stage, since).await;
    assert_eq!(stage.alerts(), []);
}

async fn is_right_again(stage: &Stage, since: i64) {
    stage
        .until(PATIENCE, "everything is right again", |stage| {
            let mut all = OTHERS.into_iter().chain([FAULTY]);
            stage.home().problem.is_none() && all.all(|name| stage.is_well(name, since))
        })
        .await;
    nobody_was_called_down(stage).await;
}

/// Nothing is claimed of servers that nobody can look at.
pub(crate) async fn away_and_back(live: LiveUpdates) {
    let away = running(live).await.interrupted().await;
    away.noticed().await;
    let home = away.home();
    assert_eq!(home.problem.unwrap().kind, ProblemKind::Refused);
    assert_eq!(home.servers.len(), 10);
    for server in home.servers {
        assert_eq!(server.condition, Condition::Unknown, "{}", server.name);
    }
    let since = wall_ms();
    let stage = away.resumed().await;
    comes_back(&stage, since).await;
    if live == LiveUpdates::Automatic {
        // Its nodes were away too, and are somewhere else now.
        stage.others_are_live().await;
    }
}

/// The whole panel is faulty, polled from here.
pub(crate) async fn all_faulty(fault: Fault, kind: ProblemKind) {
    let (stage, since) = faulty_for_a_while(fault, kind).await;
    comes_back(&stage, since).await;
}

/// The same, where the panel refuses the key: that is told, and nothing else.
pub(crate) async fn all_refused(fault: Fault, kind: ProblemKind) {
    let (stage, since) = faulty_for_a_while(fault, kind).await;
    is_right_again(&stage, since).await;
    let told = stage.alerts();
    assert!(
        matches!(told[..], [(_, News::KeyRefused { .. })]),
        "{told:#?}"
    );
}

/// The same, where it takes the panel's whole patience to find out: the outage may be worth an alert by then.
pub(crate) async fn never_answers() {
    let (stage, since) = faulty_for_a_while(Fault::NeverAnswer, ProblemKind::TimedOut).await;
    is_right_again(&stage, since).await;
    let told = stage.alerts();
    let of_panel = |about: &Subject| matches!(about, Subject::Panel(_));
    assert!(told.iter().all(|(about, _)| of_panel(about)), "{told:#?}");
}

async fn faulty_for_a_while(fault: Fault, kind: ProblemKind) -> (Stage, i64) {
    let stage = running(LiveUpdates::Off).await;
    stage.panel.with(|world| world.panel_fault(Some(fault)));
    // Two lists may each hang for as long as a request may.
    stage
        .until(PATIENCE * 2, "the panel's trouble is said", |stage| {
            let problem = stage.home().problem;
            problem.is_some_and(|problem| problem.kind == kind)
        })
        .await;
    assert_eq!(stage.home().servers.len(), 10);
    let since = wall_ms();
    stage.panel.with(|world| world.panel_fault(None));
    stage.ask(Action::Refresh).await;
    (stage, since)
}

/// A list that fails where sockets tell of all servers is no panel that is away.
pub(crate) async fn lists_faulty_and_all_live() {
    let stage = super::lines::all_live().await;
    stage
        .panel
        .with(|world| world.fault_on(Call::List, Some(Fault::Error500)));
    stage
        .until(PATIENCE, "the list is said to be broken", |stage| {
            let problem = stage.home().problem;
            problem.is_some_and(|problem| problem.kind == ProblemKind::ListBroken)
        })
        .await;
    let before = stage.panel.count(Call::List);
    stage
        .until(PATIENCE, "two more lists failed", |stage| {
            stage.panel.count(Call::List) >= before + 2
        })
        .await;
    assert!(stage.home().answers());
    stage.others_are_fresh(wall_ms()).await;
    assert_eq!(stage.alerts(), []);
}

/// Sockets do not care for the panel.
pub(crate) async fn all_faulty_but_the_nodes(fault: Fault) {
    let stage = running(LiveUpdates::Automatic).await;
    stage.others_are_live().await;
    stage.panel.with(|world| world.panel_fault(Some(fault)));
    stage
        .until(PATIENCE, "the panel's trouble is said", |stage| {
            stage.home().problem.is_some()
        })
        .await;
    stage.others_are_fresh(wall_ms()).await;
    let since = wall_ms();
    stage.panel.with(|world| world.panel_fault(None));
    stage.ask(Action::Refresh).await;
    comes_back(&stage, since).await;
}

/// A refused key is said once, and a new one puts everything right.
pub(crate) async fn key_refused_and_renewed() {
    let stage = running(LiveUpdates::Automatic).await;
    let old = stage.key().to_owned();
    stage.panel.with(|world| world.remove_key(&old));
    stage
        .until(PATIENCE, "the key is said to be refused", |stage| {
            let problem = stage.home().problem;
            problem.is_some_and(|problem| problem.kind == ProblemKind::KeyRejected)
        })
        .await;
    assert_eq!(stage.shown().aggregate, Aggregate::NeedsYou);
    let new = stage.panel.with(|world| world.add_key("alice", &[]));
    let trial = Action::TryPanel {
        url: stage.panel.url(),
        key: TypedKey(SecretString::from(new)),
        trust: None,
        unencrypted: false,
    };
    let Outcome::Found { trial, .. } = stage.app.ask(trial).await else {
        panic!("the new key is good");
    };
    let since = wall_ms();
    let keep = Action::KeepPanel {
        trial,
        name: String::new(),
        place: KeyPlace::Keyring,
        replaces: Some(home()),
        show_others: None,
    };
    stage.ask(keep).await;
    stage
        .until(PATIENCE, "everything is right again", |stage| {
            let mut all = OTHERS.into_iter().chain([FAULTY]);
            stage.home().problem.is_none() && all.all(|name| stage.is_well(name, since))
        })
        .await;
    stage.others_are_live().await;
    nobody_was_called_down(&stage).await;
    let told = stage.alerts();
    assert!(
        matches!(told[..], [(_, News::KeyRefused { .. })]),
        "{told:#?}"
    );
}

async fn the_list_is_followed(live: LiveUpdates) {
    let stage = running(live).await;
    let renamed = stage.id("Lobby");
    let gone = stage.id("Parkour");
    stage.panel.with(|world| {
        add(world, "Arena", "three");
        world.server("Lobby").set_name("Hub");
        world.remove_server("Parkour");
    });
    stage
        .until(A_PERIOD, "the list is followed", |stage| {
            let shown = stage.shown();
            let named = shown.server(&renamed).map(|one| one.name.clone());
            shown.server(&gone).is_none()
                && named.as_deref() == Some("Hub")
                && stage.is("Arena", Condition::Running)
        })
        .await;
    assert_eq!(stage.shown().servers().count(), 10);
    assert_eq!(stage.alerts(), []);
}

rows_together! {
    servers_that_come_go_or_change_their_name_do_so_within_one_list:
    polled: the_list_is_followed(LiveUpdates::Off);
    live: the_list_is_followed(LiveUpdates::Automatic);
}

/// A suspended server is blocked, and comes back.
pub(crate) async fn suspended(live: LiveUpdates) {
    let stage = running(live).await;
    stage
        .panel
        .with(|world| world.server(FAULTY).set_status(Some("suspended")));
    stage
        .until(PATIENCE, "it is suspended", |stage| {
            let state = stage.panel.with(|world| world.server(FAULTY).state());
            stage.is(FAULTY, Condition::Suspended) && state == PowerState::Offline
        })
        .await;
    stage.panel.with(|world| {
        world.server(FAULTY).set_status(None);
        world.server(FAULTY).start();
    });
    stage
        .until(PATIENCE, "it runs", |stage| {
            stage.is(FAULTY, Condition::Running)
        })
        .await;
}

/// Asks anew whenever nothing is on its way.
fn insist(stage: &Stage) {
    if stage.panel.in_flight() == 0 {
        stage.app.act(Action::Refresh);
    }
}

/// Nobody is removed by a list that is not whole; a whole one removes.
async fn not_removed_by(fault: Fault) {
    let scene = Scene::many(120, LiveUpdates::Off).every(SELDOM);
    let stage = scene.play().await;
    stage.settled().await;
    let gone = stage.id("007");
    stage.panel.with(|world| {
        world.fault_on(Call::List, Some(fault));
        world.remove_server("007");
    });
    let before = stage.panel.count(Call::List);
    stage
        .until(PATIENCE, "lists came that are not whole", |stage| {
            insist(stage);
            stage.panel.count(Call::List) > before + 2
        })
        .await;
    assert_eq!(stage.shown().servers().count(), 120);
    stage.panel.with(|world| world.fault_on(Call::List, None));
    stage
        .until(PATIENCE, "it is gone", |stage| {
            insist(stage);
            stage.shown().server(&gone).is_none()
        })
        .await;
    assert_eq!(stage.shown().servers().count(), 119);
}

rows_together! {
    only_a_whole_list_removes_a_server:
    panel_error: not_removed_by(Fault::Error500);
    cut_json: not_removed_by(Fault::CutJson);
    bad_gateway: not_removed_by(Fault::BadGateway502);
}
