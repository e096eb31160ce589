//! What must not cost others anything: one bad server, one bad list, one changed setting; and a person who asks anew.

use super::{
    lines::{all_live, polled_instead},
    live::set,
    panels::SELDOM,
    scene::{CREATIVE, FAULTY, OTHERS, Scene},
    stage::{PATIENCE, Stage},
};
use fake_panel::{Call, Fault, SocketFault, World};
use pterotray_core::{Action, LiveView, Source, settings::LiveUpdates};
use std::time::Duration;

const ONE: &str = "Survival";

/// With room for a busy machine, and less than any wait that is meant.
const AT_ONCE: Duration = Duration::from_secs(4);

#[tokio::test]
async fn a_list_whose_pages_moved_removes_nobody() {
    let scene = Scene::many(120, LiveUpdates::Off).every(SELDOM);
    let stage = scene.play().await;
    stage.settled().await;
    let moving = Fault::MovingPages;
    stage
        .panel
        .with(|world| world.fault_on(Call::List, Some(moving)));
    for _ in 0..2 {
        let before = stage.panel.count(Call::List);
        stage.ask(Action::Refresh).await;
        stage
            .until(PATIENCE, "a list came that is not whole", |stage| {
                stage.panel.count(Call::List) > before + 1 && stage.panel.in_flight() == 0
            })
            .await;
    }
    assert_eq!(stage.shown().servers().count(), 120);
}

#[tokio::test]
async fn a_token_that_does_not_come_holds_up_no_other_socket() {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    stage.panel.with(|world| {
        world.server(CREATIVE).start();
        let server = world.server(FAULTY);
        server.fault_on(Call::Websocket, Some(Fault::NeverAnswer));
    });
    let server = stage.id(FAULTY);
    stage
        .ask(Action::Pin {
            server,
            pinned: true,
        })
        .await;
    set(&stage, LiveUpdates::Automatic).await;
    stage
        .until(AT_ONCE, "the nine others are live", |stage| {
            OTHERS.iter().all(|name| stage.is_live(name))
        })
        .await;
}

#[tokio::test]
async fn sockets_that_are_switched_off_are_polled_from_then_on() {
    let stage = all_live().await;
    set(&stage, LiveUpdates::Off).await;
    stage
        .until(AT_ONCE, "all are polled", |stage| {
            let polled = |name: &str| stage.server(name).source == Some(Source::Poll);
            OTHERS.into_iter().chain([FAULTY]).all(polled)
        })
        .await;
}

#[tokio::test]
async fn somebody_who_asks_gets_a_socket_that_waits_long_tried_again() {
    let stage = polled_instead(SocketFault::TokenExpired).await;
    let failed = |stage: &Stage| matches!(stage.server(FAULTY).live, LiveView::Failed { .. });
    stage
        .until(PATIENCE, "the socket is said to have failed", failed)
        .await;
    stage
        .panel
        .with(|world| world.server(FAULTY).socket_fault(None));
    stage.ask(Action::Refresh).await;
    stage
        .until(AT_ONCE, "it is live again", |stage| stage.is_live(FAULTY))
        .await;
}

#[tokio::test]
async fn somebody_who_asks_while_a_list_fails_gets_another_one() {
    let scene = Scene::many(120, LiveUpdates::Off).every(SELDOM);
    let stage = scene.play().await;
    stage.settled().await;
    let gone = stage.id("007");
    let slow = Duration::from_millis(500);
    stage.panel.with(|world| {
        let fault = Box::new(Fault::BadGateway502);
        let late = Fault::Late { by: slow, fault };
        world.fault_times(1, Call::List, late);
        world.remove_server("007");
    });
    let before = stage.panel.count(Call::List);
    stage
        .until(PATIENCE, "a list is on its way", |stage| {
            stage.panel.count(Call::List) > before
        })
        .await;
    stage.ask(Action::Refresh).await;
    stage
        .until(AT_ONCE, "the list is followed", |stage| {
            stage.shown().server(&gone).is_none()
        })
        .await;
}

#[tokio::test]
async fn what_a_sub_user_is_granted_is_told_by_the_next_token() {
    let may = |world: &mut World, all: &[&str]| world.add_subuser(ONE, "bob", all);
    let scene = Scene::ten(LiveUpdates::Automatic).with(|world| {
        world.add_user("bob", false);
        may(world, &["websocket.connect"]);
    });
    let stage = scene.seen_by("bob").play().await;
    let stops = |stage: &Stage| stage.find(ONE).map(|one| one.can.stop);
    stage
        .until(PATIENCE, "it is live, and may not be stopped", |stage| {
            stage.is_live(ONE) && stops(stage) == Some(false)
        })
        .await;
    let views = stage.panel.count(Call::View);
    let granted = &["websocket.connect", "control.stop"];
    stage.panel.with(|world| may(world, granted));
    stage
        .until(PATIENCE, "it may be stopped", |stage| {
            stops(stage) == Some(true)
        })
        .await;
    assert_eq!(stage.panel.count(Call::View), views, "nobody asked");
}
