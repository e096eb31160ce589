//! Answers that take as long as the client's patience: the only rows that cannot be hurried, so they wait together.

use super::{
    faults::{Says, Trouble, begins, polled_from_the_start, polled_midway},
    lines::all_live,
    scene::{CREATIVE, FAULTY, OTHERS, Scene},
    stage::{PATIENCE, wall_ms},
};
use fake_panel::{Call, Fault, SocketFault};
use pterotray_core::{Condition, LiveView, ProblemKind, settings::LiveUpdates};
use std::time::Duration;
use tokio::join;

fn late(seconds: u64, fault: Fault) -> Trouble {
    Trouble::Calls(Fault::Late {
        by: Duration::from_secs(seconds),
        fault: Box::new(fault),
    })
}

/// The panel says that it counts a user's requests, and that there are none left.
async fn told_to_wait_a_minute() {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let throttled = Fault::TooMany429 { headers: true };
    stage
        .panel
        .with(|world| world.panel_fault(Some(throttled)));
    let asked = || stage.panel.count(Call::Resources) + stage.panel.count(Call::List);
    stage.panel.forget_requests();
    stage
        .until(PATIENCE, "it was told to wait", |_| asked() > 0)
        .await;
    let since = wall_ms();
    stage.panel.with(|world| world.panel_fault(None));
    stage
        .until(PATIENCE, "everything is fresh", |stage| {
            let mut running = OTHERS.into_iter().filter(|name| *name != CREATIVE);
            running.all(|name| stage.is_well(name, since))
        })
        .await;
    stage.was_never_called_down(FAULTY).await;
    assert_eq!(stage.alerts(), []);
}

/// Its node's line is dead, which nobody can know at once; what happens meanwhile is seen in the end.
async fn dead_line() {
    let stage = all_live().await;
    stage.panel.with(|world| {
        world.server(FAULTY).socket_fault(Some(SocketFault::Frozen));
        world.server(FAULTY).stop();
    });
    stage
        .until(PATIENCE, "it is seen to be down", |stage| {
            stage.is(FAULTY, Condition::Offline) || stage.is(FAULTY, Condition::Crashed)
        })
        .await;
    assert_ne!(stage.server(FAULTY).live, LiveView::Live);
    stage.others_are_live().await;
}

/// Its socket gets no answer at all.
async fn silent_socket(fault: SocketFault) {
    let scene = Scene::ten(LiveUpdates::Automatic)
        .with(|world| world.server(FAULTY).socket_fault(Some(fault)));
    let stage = scene.play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_live().await;
    let since = wall_ms();
    stage.others_are_fresh(since).await;
    assert!(stage.is(FAULTY, Condition::Running));
    stage
        .panel
        .with(|world| world.server(FAULTY).socket_fault(None));
    stage
        .until(PATIENCE, "it is live", |stage| stage.is_live(FAULTY))
        .await;
    stage.was_never_called_down(FAULTY).await;
}

/// A server that answers late, but rightly, is only late.
async fn late_but_right() {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let trouble = Trouble::Calls(Fault::Slow(Duration::from_secs(6)));
    begins(&stage, &trouble).await;
    let since = wall_ms();
    stage
        .until(PATIENCE, "it is read", |stage| {
            stage.is_well(FAULTY, since)
        })
        .await;
    stage.was_never_called_down(FAULTY).await;
}

#[tokio::test]
async fn an_answer_that_takes_long_holds_up_nobody() {
    let unreachable = Says::Word(Condition::NodeUnreachable);
    let timed_out = Says::Problem(ProblemKind::TimedOut);
    join!(
        told_to_wait_a_minute(),
        polled_from_the_start(late(15, Fault::NodeTimeout504), unreachable),
        polled_midway(late(15, Fault::NodeTimeout504), unreachable),
        polled_from_the_start(Trouble::Calls(Fault::NeverAnswer), timed_out),
        polled_midway(Trouble::Calls(Fault::NeverAnswer), timed_out),
        dead_line(),
        silent_socket(SocketFault::NeverAnswers),
        silent_socket(SocketFault::AuthUnanswered),
        late_but_right(),
    );
}
