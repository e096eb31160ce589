//! One of ten live sockets is faulty: its server is polled meanwhile, the others stay live, and it is live again afterwards.

use super::{
    rows::rows_together,
    scene::{CREATIVE, FAULTY, OTHERS, Scene},
    stage::{A_PERIOD, PATIENCE, Stage, wall_ms},
};
use fake_panel::{Call, SocketFault};
use pterotray_core::{Action, Condition, LiveView, Source, settings::LiveUpdates};
use std::time::Duration;

/// Ten servers of which the faulty one never had a healthy socket: it is polled, twice at least.
pub(crate) async fn polled_instead(fault: SocketFault) -> Stage {
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
        .until(PATIENCE, "the tenth is live", |stage| stage.is_live(FAULTY))
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

async fn does_not_come_about(fault: SocketFault) {
    is_live_again(&polled_instead(fault).await).await;
}

rows_together! {
    a_server_whose_socket_does_not_come_about_is_polled:
    refused: does_not_come_about(SocketFault::Refused);
    broken: does_not_come_about(SocketFault::Handshake(500));
    dropped: does_not_come_about(SocketFault::Dropped);
    login_refused: does_not_come_about(SocketFault::AuthRefused);
    blocked: does_not_come_about(SocketFault::Closed(4409, "server is suspended".to_owned()));
    tokens_expired: every_token_expired();
    other_origin: other_origin();
    not_permitted: not_permitted();
}

rows_together! {
    a_socket_that_ends_is_opened_again:
    cut: cut();
    token_expired: token_expired();
    closed: closed(4409, "server is suspended");
    left_off: closed(4400, "bad request");
    node_restarted: node_restarted();
    all_at_once: all_at_once();
}

/// A node whose clock is wrong finds every token expired: it is given time.
async fn every_token_expired() {
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

/// A node that wants another origin is left alone until somebody asks.
async fn other_origin() {
    let stage = polled_instead(SocketFault::Handshake(403)).await;
    let live = stage.server(FAULTY).live;
    assert!(matches!(live, LiveView::Failed { .. }), "{live:?}");
    let knocked = stage.panel.with(|world| world.handshakes(FAULTY));
    stage.others_keep_well().await;
    assert_eq!(stage.panel.with(|world| world.handshakes(FAULTY)), knocked);
    stage
        .panel
        .with(|world| world.server(FAULTY).socket_fault(None));
    stage.ask(Action::Refresh).await;
    is_live_again(&stage).await;
}

/// An account that may not connect does not even knock.
async fn not_permitted() {
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

/// One that is cut comes back with the token it has.
async fn cut() {
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

/// One whose token expires gets another, and stays open.
async fn token_expired() {
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

/// One that is closed like this comes back when the panel names no obstacle.
async fn closed(code: u16, reason: &'static str) {
    let stage = all_live().await;
    stage
        .panel
        .with(|world| world.close_sockets(FAULTY, code, reason));
    stage
        .until(A_PERIOD, "its end is noticed", |stage| {
            !stage.is_live(FAULTY)
        })
        .await;
    is_live_again(&stage).await;
}

/// One that is cut and then refused is polled until it comes back.
pub(crate) async fn cut_and_refused() {
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

/// A node that restarts is not taken for its servers going down.
async fn node_restarted() {
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

/// All of them together, with a person who asks all the time.
async fn all_at_once() {
    let stage = all_live().await;
    for name in OTHERS {
        stage.panel.with(|world| world.cut_sockets(name));
        stage.app.act(Action::Refresh);
    }
    stage.panel.with(|world| world.restart_node("two"));
    stage
        .until(PATIENCE, "all are live again", |stage| {
            let mut all = OTHERS.into_iter().chain([FAULTY]);
            all.all(|name| {
                stage.is_live(name) && stage.panel.with(|world| world.sockets_ever(name)) > 1
            })
        })
        .await;
    never_more_than_one_socket(&stage);
}
