//! What the app asks of a panel: never more than four requests at a time, over kept connections, at most half of what the
//! panel grants, and with hundreds of servers no more than one look at each.

use super::{
    lines::{all_live, never_more_than_one_socket},
    rows::rows_together,
    scene::{CREATIVE, FAULTY, Scene},
    stage::{A_PERIOD, PATIENCE, Stage, wall_ms},
};
use fake_panel::{Call, NodeTrouble};
use pterotray_core::{Action, Condition, Item, PowerSignal, Texts, menu, settings::LiveUpdates};
use std::time::Duration;

/// Long enough for 300 servers.
const LONG: Duration = Duration::from_secs(2);
/// So long that hardly a second look falls into the first round.
const VERY_LONG: Duration = Duration::from_secs(300);

#[tokio::test]
async fn polling_keeps_its_connections_and_asks_four_things_at_a_time() {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let connections = stage.panel.connections();
    assert!(connections <= 4, "{connections} connections");
    stage.panel.forget_requests();
    stage
        .until(PATIENCE, "five more rounds", |stage| {
            stage.panel.count(Call::Resources) >= 50
        })
        .await;
    assert_eq!(stage.panel.connections(), connections);
    assert!(stage.panel.most_in_flight() <= 4);
}

#[tokio::test]
async fn live_servers_keep_their_sockets_and_the_panel_its_connections() {
    let stage = all_live().await;
    let (panel, nodes) = (stage.panel.connections(), stage.panel.node_connections());
    let lists = stage.panel.count(Call::List);
    stage
        .until(PATIENCE, "one more list", |stage| {
            stage.panel.count(Call::List) > lists
        })
        .await;
    assert_eq!(stage.panel.connections(), panel);
    assert_eq!(stage.panel.node_connections(), nodes);
    never_more_than_one_socket(&stage);
}

rows_together! {
    a_slow_panel_is_asked_four_things_at_a_time_and_read_all_the_same:
    polled: slow_panel(LiveUpdates::Off);
    live: slow_panel(LiveUpdates::Automatic);
}

async fn slow_panel(live: LiveUpdates) {
    let slow = Duration::from_millis(400);
    let scene = Scene::ten(live).with(|world| world.rules.latency = slow);
    let stage = scene.play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    for _ in 0..2 {
        let since = wall_ms();
        stage.others_are_fresh(since).await;
    }
    let most = stage.panel.most_in_flight();
    assert!(most <= 4, "{most} in flight");
    stage.was_never_called_down(FAULTY).await;
}

#[tokio::test]
async fn half_of_the_limit_is_used_and_a_press_goes_first() {
    const LIMIT: u32 = 60;
    let scene = Scene::ten(LiveUpdates::Off).with(|world| world.rules.limit_per_minute = LIMIT);
    let stage = scene.play().await;
    stage.settled().await;
    let asked = |stage: &Stage| {
        Call::ALL
            .into_iter()
            .map(|call| stage.panel.count(call))
            .sum::<u64>()
    };
    let half = u64::from(LIMIT / 2);
    stage
        .until(PATIENCE, "half of the limit is used", |stage| {
            stage.app.act(Action::Refresh);
            asked(stage) >= half
        })
        .await;
    for _ in 0..10 {
        stage.ask(Action::Refresh).await;
    }
    let server = stage.id(FAULTY);
    let stop = Action::Power {
        server,
        signal: PowerSignal::Stop,
    };
    stage.ask(stop).await;
    assert_eq!(stage.panel.count(Call::Power), 1);
    assert_eq!(asked(&stage), half + 1);
    let answered = stage.panel.requests();
    assert!(answered.iter().all(|one| one.status != Some(429)));
}

#[tokio::test]
async fn with_300_servers_a_refresh_asks_for_each_once() {
    let scene = Scene::many(300, LiveUpdates::Off).every(VERY_LONG);
    let stage = scene.play().await;
    stage
        .until(PATIENCE, "all 300 run", |stage| {
            let shown = stage.shown();
            let mut all = shown.servers();
            shown.servers().count() == 300
                && all.all(|one| one.condition == Condition::Running && one.resources.is_some())
        })
        .await;
    assert_eq!(stage.panel.count(Call::List), 3);
    let looks = stage.panel.count(Call::Resources);
    assert!((300..=315).contains(&looks), "{looks} looks");
    assert!(stage.panel.most_in_flight() <= 4);
    assert!(stage.panel.connections() <= 4);
    let shown = stage.shown();
    let tray = menu::build(&shown, &Texts::new(Some("en")), &menu::Rows::of(&shown));
    let rows = tray.menu.iter();
    let rows = rows.filter(|item| matches!(item, Item::Server { .. }));
    assert_eq!(rows.count(), 20);
    assert!(tray.tooltip.contains("300"), "{}", tray.tooltip);
}

/// A hundred of them are on a node that swallows what it is asked.
#[tokio::test]
async fn with_300_servers_a_node_that_hangs_leaves_200_fresh() {
    let scene = Scene::many(300, LiveUpdates::Off).every(LONG);
    let stage = scene
        .with(|world| world.node("two").down(NodeTrouble::Hangs))
        .play()
        .await;
    let fresh = |stage: &Stage, since: i64| {
        let shown = stage.shown();
        let others = shown.servers().filter(|one| one.node != "two");
        let fresh = others
            .filter(|one| one.condition == Condition::Running && one.read_at_ms > Some(since));
        fresh.count() == 200
    };
    for _ in 0..2 {
        let since = wall_ms();
        stage
            .until(LONG + A_PERIOD, "200 are fresh", |stage| {
                fresh(stage, since)
            })
            .await;
    }
    assert!(stage.panel.most_in_flight() <= 4);
}

#[tokio::test]
async fn with_300_servers_25_are_live_and_the_rest_is_polled() {
    let stage = Scene::many(300, LiveUpdates::Automatic)
        .every(LONG)
        .play()
        .await;
    let live = |stage: &Stage| stage.panel.with(|world| world.open_sockets());
    stage
        .until(PATIENCE, "25 are live", |stage| live(stage) == 25)
        .await;
    let since = wall_ms();
    stage
        .until(LONG + A_PERIOD, "all 300 are fresh", |stage| {
            let shown = stage.shown();
            shown.servers().count() == 300
                && shown
                    .servers()
                    .all(|one| one.condition == Condition::Running && one.read_at_ms > Some(since))
        })
        .await;
    assert_eq!(live(&stage), 25);
    assert!(stage.panel.most_in_flight() <= 4);
    for one in stage.shown().servers() {
        let most = stage.panel.with(|world| world.most_sockets(&one.name));
        assert!(most <= 1, "{}", one.name);
    }
}
