//! What live sockets are for: changes at once without a poll, presses confirmed, restarts told as one story, and settings
//! that take effect at once.

use super::{
    lines::{all_live, never_more_than_one_socket},
    scene::{CREATIVE, FAULTY, OTHERS, Scene},
    stage::{A_BRIDGE, A_PERIOD, PATIENCE, Stage, wall_ms},
};
use fake_panel::{Call, Signal};
use pterotray_core::{
    Action, Cause, Changed, Condition, News, PowerSignal, Source,
    settings::{LiveUpdates, SettingsChange},
};

const ONE: &str = "Survival";

/// Every request from here on would be one too many.
async fn told_without_asking(stage: &Stage, condition: Condition) {
    stage
        .until(A_PERIOD, "its node's word is shown", |stage| {
            stage.is(ONE, condition)
        })
        .await;
    assert_eq!(stage.server(ONE).source, Some(Source::Live));
    assert_eq!(stage.panel.count_of(ONE, Call::Resources), 0);
}

async fn signal(stage: &Stage, signal: PowerSignal) {
    let server = stage.id(ONE);
    stage.ask(Action::Power { server, signal }).await;
}

async fn signal_is_done(stage: &Stage, condition: Condition) {
    stage
        .until(A_PERIOD, "it is confirmed", |stage| {
            let one = stage.server(ONE);
            one.condition == condition && one.pending.is_none()
        })
        .await;
}

/// The changes after the first `from`.
async fn changes(stage: &Stage, from: usize) -> Vec<Changed> {
    stage.history(ONE).await.changes.split_off(from)
}

#[tokio::test]
async fn a_change_on_the_node_is_shown_without_a_poll() {
    let stage = all_live().await;
    stage.panel.forget_requests();
    stage
        .panel
        .with(|world| world.server(ONE).crash_with(137, true));
    told_without_asking(&stage, Condition::Crashed).await;
    stage
        .until(A_PERIOD, "its cause is known", |stage| {
            let cause = Cause::Crashed {
                exit_code: Some(137),
                out_of_memory: Some(true),
            };
            stage.server(ONE).cause == Some(cause)
        })
        .await;
    stage
        .until(A_PERIOD, "a person is told", |stage| {
            matches!(
                stage.alerts_about(ONE)[..],
                [News::Crashed {
                    report: Some(_),
                    ..
                }]
            )
        })
        .await;
    stage.panel.with(|world| world.server(ONE).start());
    told_without_asking(&stage, Condition::Running).await;
    never_more_than_one_socket(&stage);
}

#[tokio::test]
async fn live_servers_are_not_polled() {
    let stage = all_live().await;
    stage.panel.forget_requests();
    let lists = stage.panel.count(Call::List);
    stage
        .until(PATIENCE, "one more list came", |stage| {
            stage.panel.count(Call::List) > lists
        })
        .await;
    stage.others_are_fresh(wall_ms()).await;
    assert_eq!(stage.panel.count(Call::Resources), 0);
    assert_eq!(stage.panel.count(Call::Websocket), 0);
    for name in OTHERS {
        let ever = stage.panel.with(|world| world.sockets_ever(name));
        assert_eq!(ever, 1, "{name}");
    }
}

#[tokio::test]
async fn a_press_is_confirmed_by_its_node() {
    let stage = all_live().await;
    stage.panel.forget_requests();
    signal(&stage, PowerSignal::Stop).await;
    signal_is_done(&stage, Condition::Offline).await;
    told_without_asking(&stage, Condition::Offline).await;
    signal(&stage, PowerSignal::Start).await;
    signal_is_done(&stage, Condition::Running).await;
    let sent = stage.panel.power_requests();
    let signals: Vec<Signal> = sent.iter().map(|one| one.signal).collect();
    assert_eq!(signals, [Signal::Stop, Signal::Start]);
    assert_eq!(stage.alerts(), []);
}

#[tokio::test]
async fn a_restart_from_here_is_one_story() {
    let stage = all_live().await;
    let before = stage.history(ONE).await.changes.len();
    signal(&stage, PowerSignal::Restart).await;
    signal_is_done(&stage, Condition::Running).await;
    let own = Cause::Own {
        signal: PowerSignal::Restart,
    };
    let changes = changes(&stage, before).await;
    assert!(!changes.is_empty());
    let told = |change: &Changed| change.cause == own;
    assert!(changes.iter().all(told), "{changes:#?}");
    assert_eq!(stage.panel.power_requests().len(), 1);
    assert_eq!(stage.alerts(), []);
}

/// A restart by somebody else is told nobody.
pub(crate) async fn restarted_by_somebody_else() {
    let stage = all_live().await;
    let before = stage.history(ONE).await.changes.len();
    stage.panel.with(|world| world.server(ONE).restart());
    let waiting = async {
        loop {
            let changes = changes(&stage, before).await;
            if changes
                .iter()
                .any(|change| change.cause == Cause::Restarted)
            {
                return changes;
            }
            tokio::task::yield_now().await;
        }
    };
    let changes = tokio::time::timeout(A_PERIOD, waiting).await.unwrap();
    assert!(!changes.iter().any(|change| change.to == Condition::Crashed));
    // Whoever was to be told would have been by then.
    let judged = wall_ms() + 4_000;
    stage
        .until(PATIENCE, "it runs on", |stage| stage.is_well(ONE, judged))
        .await;
    assert_eq!(stage.alerts_about(ONE), []);
}

pub(crate) async fn set(stage: &Stage, live: LiveUpdates) {
    let change = SettingsChange {
        live_updates: Some(live),
        ..SettingsChange::default()
    };
    stage.ask(Action::ChangeSettings { change }).await;
}

/// Switched off, the sockets close at once and polling goes on.
pub(crate) async fn switched_off() {
    let stage = all_live().await;
    set(&stage, LiveUpdates::Off).await;
    stage
        .until(A_PERIOD, "all sockets are closed", |stage| {
            stage.panel.with(|world| world.open_sockets()) == 0
        })
        .await;
    let since = wall_ms();
    stage
        .until(A_BRIDGE, "all are polled", |stage| {
            let polled = |name: &str| stage.server(name).source == Some(Source::Poll);
            let mut all = OTHERS.into_iter().chain([FAULTY]);
            all.all(|name| polled(name) && stage.is_well(name, since))
        })
        .await;
    set(&stage, LiveUpdates::Automatic).await;
    stage.others_are_live().await;
    never_more_than_one_socket(&stage);
    for name in OTHERS.into_iter().filter(|name| *name != CREATIVE) {
        stage.was_never_called_down(name).await;
    }
}

#[tokio::test]
async fn all_means_those_that_are_off_too() {
    let stage = Scene::ten(LiveUpdates::All).play().await;
    stage
        .until(A_PERIOD, "ten sockets are open", |stage| {
            stage.panel.with(|world| world.open_sockets()) == 10
        })
        .await;
    stage
        .until(A_PERIOD, "its node said that it is off", |stage| {
            stage.is_live(CREATIVE) && stage.is(CREATIVE, Condition::Offline)
        })
        .await;
    never_more_than_one_socket(&stage);
}

#[tokio::test]
async fn a_pinned_server_gets_a_socket_where_there_are_not_enough() {
    let stage = Scene::many(30, LiveUpdates::Automatic).play().await;
    let live = |stage: &Stage| {
        let shown = stage.shown();
        let live = shown.servers().filter(|one| stage.is_live(&one.name));
        live.map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    stage
        .until(PATIENCE, "25 are live", |stage| live(stage).len() == 25)
        .await;
    let shown = stage.shown();
    let all_live = live(&stage);
    let left = shown.servers().find(|one| !all_live.contains(&one.name));
    let left = left.unwrap().clone();
    let pin = Action::Pin {
        server: left.id,
        pinned: true,
    };
    stage.ask(pin).await;
    stage
        .until(PATIENCE, "the pinned one is live", |stage| {
            stage.is_live(&left.name)
        })
        .await;
    stage
        .until(PATIENCE, "25 are live, and no more", |stage| {
            live(stage).len() == 25 && stage.panel.with(|world| world.open_sockets()) == 25
        })
        .await;
    for one in shown.servers() {
        let most = stage.panel.with(|world| world.most_sockets(&one.name));
        assert!(most <= 1, "{}", one.name);
    }
}
