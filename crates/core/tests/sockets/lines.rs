//! One of ten live sockets is faulty: its server is polled meanwhile, the others stay live, and it is live again afterwards.

use super::{
    scene::{CREATIVE, FAULTY, OTHERS, Scene},
    stage::{A_PERIOD, PATIENCE, Stage, wall_ms},
};
use fake_panel::{Call, SocketFault};
use pterotray_core::{Action, Condition, LiveView, Source, settings::LiveUpdates};
use std::time::Duration;

/// Ten servers of which the faulty one never had a healthy socket: it is polled, twice at least.
async fn polled_instead(fault: SocketFault) -> Stage {
    let scene = Scene::ten(LiveUpdates::Automatic)
        .with(|world| world.server(FAULTY).socket_fault(Some(fault)));
    let stage = scene.play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_live().await;
    stage
        .until(A_PERIOD, "its socket was tried", |stage| {
            stage.panel.with(|world| world.handshakes(FAULTY)) > 0
        })
        .await;
    for _ in 0..2 {
        let since = wall_ms();
        stage
            .until(A_PERIOD, "it is polled", |stage| {
                stage.is_well(FAULTY, since) && stage.server(FAULTY).source == Some(Source::Poll)
            })
            .await;
    }
    assert_ne!(stage.server(FAULTY).live, LiveView::Live);
    stage.others_are_fresh(wall_ms()).await;
    stage
}

/// All ten are live.
pub(crate) async fn all_live() -> Stage {
    let stage = Scene::ten(LiveUpdates::Automatic).play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_live().await;
    stage
        .until(A_PERIOD, "the tenth is live", |stage| {
            stage.is_live(FAULTY)
        })
        .await;
    stage
}

async fn is_live_again(stage: &Stage) {
    stage
        .panel
        .with(|world| world.server(FAULTY).socket_fault(None));
    let since = wall_ms();
    stage
        .until(PATIENCE, "it is live again", |stage| {
            stage.is_live(FAULTY) && stage.is_well(FAULTY, since)
        })
        .await;
    never_more_than_one_socket(stage);
    stage.others_are_fresh(since).await;
    stage.was_never_called_down(FAULTY).await;
}

pub(crate) fn never_more_than_one_socket(stage: &Stage) {
    for name in OTHERS.iter().chain([&FAULTY]) {
        let most = stage.panel.with(|world| world.most_sockets(name));
        assert!(most <= 1, "{name} had {most} sockets at a time");
    }
}

/// A test for each way in which a socket does not come about.
macro_rules! a_socket_that_does_not_come_about {
    ($($name:ident: $fault:expr;)*) => {
        mod a_socket_that_does_not_come_about {
            use super::*;
            $(#[tokio::test] async fn $name() { is_live_again(&polled_instead($fault).await).await; })*
        }
    };
}

a_socket_that_does_not_come_about! {
    refused: SocketFault::Refused;
    broken: SocketFault::Handshake(500);
    dropped: SocketFault::Dropped;
    login_refused: SocketFault::AuthRefused;
    blocked: SocketFault::Closed(4409, "server is suspended".to_owned());
}

#[tokio::test]
async fn a_node_that_finds_every_token_expired_is_given_time() {
    let stage = polled_instead(SocketFault::TokenExpired).await;
    stage
        .until(PATIENCE, "the socket is said to have failed", |stage| {
            matches!(stage.server(FAULTY).live, LiveView::Failed { .. })
        })
        .await;
    let knocked = stage.panel.with(|world| world.handshakes(FAULTY));
    let since = wall_ms();
    stage
        .until(A_PERIOD, "it is polled", |stage| {
            stage.is_well(FAULTY, since)
        })
        .await;
    stage.others_keep_well().await;
    let knocks = stage.panel.with(|world| world.handshakes(FAULTY));
    assert_eq!(knocks, knocked, "it is left alone");
    stage.was_never_called_down(FAULTY).await;
}

#[tokio::test]
async fn a_node_that_wants_another_origin_is_left_alone_until_somebody_asks() {
    let stage = polled_instead(SocketFault::Handshake(403)).await;
    let live = stage.server(FAULTY).live;
    assert!(matches!(live, LiveView::Failed { .. }), "{live:?}");
    let knocked = stage.panel.with(|world| world.handshakes(FAULTY));
    stage.others_keep_well().await;
    assert_eq!(
        stage.panel.with(|world| world.handshakes(FAULTY)),
        knocked
    );
    stage
        .panel
        .with(|world| world.server(FAULTY).socket_fault(None));
    stage.ask(Action::Refresh).await;
    is_live_again(&stage).await;
}

#[tokio::test]
async fn an_account_that_may_not_connect_is_polled() {
    let scene = Scene::ten(LiveUpdates::Automatic).with(|world| {
        world.add_user("bob", false);
        for uuid in world.servers() {
            world.add_subuser(&uuid, "bob", &["websocket.connect", "control.start"]);
        }
        world.add_subuser(FAULTY, "bob", &["control.start"]);
    });
    let stage = scene.seen_by("bob").play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_live().await;
    let since = wall_ms();
    stage
        .until(A_PERIOD, "it is polled", |stage| {
            stage.is_well(FAULTY, since)
        })
        .await;
    assert_eq!(stage.server(FAULTY).live, LiveView::Off);
    assert_eq!(stage.panel.with(|world| world.handshakes(FAULTY)), 0);
}

#[tokio::test]
async fn one_that_is_cut_comes_back_with_the_token_it_has() {
    let stage = all_live().await;
    stage.panel.forget_requests();
    stage.panel.with(|world| world.cut_sockets(FAULTY));
    stage
        .until(A_PERIOD, "its end is noticed", |stage| {
            !stage.is_live(FAULTY)
        })
        .await;
    is_live_again(&stage).await;
    assert_eq!(stage.panel.count(Call::Websocket), 0);
    assert_eq!(stage.panel.with(|world| world.sockets_ever(FAULTY)), 2);
}

#[tokio::test]
async fn one_whose_token_expires_gets_another() {
    let stage = all_live().await;
    stage.panel.forget_requests();
    stage
        .panel
        .with(|world| world.tokens_expire_in(FAULTY, Duration::ZERO));
    stage
        .until(PATIENCE, "a token was fetched", |stage| {
            stage.panel.count_of(FAULTY, Call::Websocket) > 0
        })
        .await;
    is_live_again(&stage).await;
    assert_eq!(stage.panel.with(|world| world.sockets_ever(FAULTY)), 1);
}

#[tokio::test]
async fn one_that_is_closed_with_4409_comes_back_when_the_panel_names_no_obstacle() {
    let stage = all_live().await;
    stage
        .panel
        .with(|world| world.close_sockets(FAULTY, 4409, "server is suspended"));
    stage
        .until(A_PERIOD, "its end is noticed", |stage| {
            !stage.is_live(FAULTY)
        })
        .await;
    is_live_again(&stage).await;
}

#[tokio::test]
async fn one_that_is_cut_and_refused_is_polled_until_it_comes_back() {
    let stage = all_live().await;
    let since = wall_ms();
    stage.panel.with(|world| {
        world
            .server(FAULTY)
            .socket_fault(Some(SocketFault::Refused));
        world.cut_sockets(FAULTY);
    });
    stage
        .until(PATIENCE, "it is polled", |stage| {
            stage.is_well(FAULTY, since) && stage.server(FAULTY).source == Some(Source::Poll)
        })
        .await;
    is_live_again(&stage).await;
}

#[tokio::test]
async fn a_node_that_restarts_is_not_taken_for_its_servers_going_down() {
    let stage = all_live().await;
    let since = wall_ms();
    stage.panel.with(|world| world.restart_node("one"));
    stage.others_are_fresh(since).await;
    stage.others_are_live().await;
    never_more_than_one_socket(&stage);
    for name in OTHERS.into_iter().filter(|name| *name != CREATIVE) {
        stage.was_never_called_down(name).await;
    }
    assert!(stage.is(FAULTY, Condition::Running));
}
