//! What cannot be hurried, because the app gives panels and nodes their time: these rows wait together.

use super::{
    faults::{Says, Trouble, begins, one_refused_list, polled_from_the_start, polled_midway},
    lines::{all_live, cut_and_refused},
    live::{restarted_by_somebody_else, switched_off},
    panels::{
        all_faulty, all_faulty_but_the_nodes, all_refused, away_and_back, key_refused_and_renewed,
        lists_faulty_and_all_live, never_answers, suspended,
    },
    rows::rows_together,
    scene::{CREATIVE, FAULTY, OTHERS, Scene},
    stage::{PATIENCE, wall_ms},
};
use fake_panel::{Call, Fault, SocketFault};
use pterotray_core::{
    Action, Condition, LiveView, PowerSignal, ProblemKind, settings::LiveUpdates,
};
use std::time::Duration;

fn late(seconds: u64, fault: Fault) -> Trouble {
    Trouble::Calls(Fault::Late {
        by: Duration::from_secs(seconds),
        fault: Box::new(fault),
    })
}

/// The panel, or a proxy in front of it, says that a user asks too much.
async fn told_to_wait_a_minute(headers: bool) {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let throttled = Fault::TooMany429 { headers };
    stage.panel.with(|world| world.panel_fault(Some(throttled)));
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
        .until(PATIENCE, "it is read", |stage| stage.is_well(FAULTY, since))
        .await;
    stage.was_never_called_down(FAULTY).await;
}

/// Every answer takes three seconds: less often, but right.
async fn seconds_late() {
    let slow = Duration::from_secs(3);
    let scene = Scene::ten(LiveUpdates::Off).with(|world| world.rules.latency = slow);
    let stage = scene.play().await;
    for _ in 0..2 {
        let since = wall_ms();
        stage
            .until(PATIENCE, "everything is fresh and right", |stage| {
                let mut running = OTHERS.into_iter().filter(|name| *name != CREATIVE);
                running.all(|name| stage.is_well(name, since)) && stage.is_well(FAULTY, since)
            })
            .await;
    }
    let most = stage.panel.most_in_flight();
    assert!(most <= 4, "{most} in flight");
    stage.was_never_called_down(FAULTY).await;
    assert_eq!(stage.alerts(), []);
}

/// A signal that gets no good answer holds up nobody, is sent once, and says so.
async fn power_fails(fault: Fault) {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    stage.panel.with(|world| {
        world.server(FAULTY).fault_on(Call::Power, Some(fault));
        world.server(CREATIVE).start();
    });
    let since = wall_ms();
    let server = stage.id(FAULTY);
    let signal = PowerSignal::Stop;
    stage.app.act(Action::Power { server, signal });
    stage.others_are_fresh(since).await;
    stage
        .until(PATIENCE, "the failure is told", |stage| {
            stage.alerts_about(FAULTY).len() == 1
        })
        .await;
    assert_eq!(stage.panel.count(Call::Power), 1);
    assert!(stage.is(FAULTY, Condition::Running));
}

/// What only explains holds up nobody, and a stop is told without it.
async fn stopped_while(call: Call, fault: Fault) {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let since = wall_ms();
    stage.panel.with(|world| {
        world.server(FAULTY).fault_on(call, Some(fault));
        world.server(FAULTY).kill();
        world.server(CREATIVE).start();
    });
    stage.others_are_fresh(since).await;
    stage
        .until(PATIENCE, "it is told", |stage| {
            stage.alerts_about(FAULTY).len() == 1
        })
        .await;
}

const UNREACHABLE: Says = Says::Word(Condition::NodeUnreachable);
const TIMED_OUT: Says = Says::Problem(ProblemKind::TimedOut);

rows_together! {
    what_takes_long_holds_up_nobody:
    told_to_wait_a_minute: told_to_wait_a_minute(true);
    told_to_wait_by_a_proxy: told_to_wait_a_minute(false);
    late_504_from_the_start: polled_from_the_start(late(15, Fault::NodeTimeout504), UNREACHABLE);
    late_504: polled_midway(late(15, Fault::NodeTimeout504), UNREACHABLE);
    no_answer_from_the_start: polled_from_the_start(Trouble::Calls(Fault::NeverAnswer), TIMED_OUT);
    no_answer: polled_midway(Trouble::Calls(Fault::NeverAnswer), TIMED_OUT);
    late_but_right: late_but_right();
    dead_line: dead_line();
    silent_handshake: silent_socket(SocketFault::NeverAnswers);
    silent_login: silent_socket(SocketFault::AuthUnanswered);
    socket_cut_and_refused: cut_and_refused();
    sockets_switched_off: switched_off();
    restarted_by_somebody_else: restarted_by_somebody_else();
    suspended: suspended(LiveUpdates::Off);
    suspended_live: suspended(LiveUpdates::Automatic);
    one_refused_list: one_refused_list();
    panel_away: away_and_back(LiveUpdates::Off);
    panel_away_but_for_sockets: away_and_back(LiveUpdates::Automatic);
    server_error: all_faulty(Fault::Error500, ProblemKind::PanelBroken);
    bad_gateway: all_faulty(Fault::BadGateway502, ProblemKind::PanelBroken);
    gateway_timeout: all_faulty(Fault::Proxy { status: 504 }, ProblemKind::PanelBroken);
    no_answer_at_all: never_answers();
    key_refused: all_refused(Fault::Unauthorized401, ProblemKind::KeyRejected);
    maintenance: all_faulty(Fault::Unavailable503, ProblemKind::PanelMaintenance);
    login_wall: all_faulty(Fault::Html200, ProblemKind::LoginWall);
    cut_json: all_faulty(Fault::CutJson, ProblemKind::Unreadable);
    reset: all_faulty(Fault::Reset, ProblemKind::Connection);
    foreign_json: all_faulty(Fault::EmptyJson200, ProblemKind::NotAPanel);
    bad_gateway_but_for_sockets: all_faulty_but_the_nodes(Fault::BadGateway502);
    list_broken_but_for_sockets: lists_faulty_and_all_live();
    seconds_late: seconds_late();
    power_unanswered: power_fails(Fault::NeverAnswer);
    power_error: power_fails(Fault::Error500);
    own_page_unanswered: stopped_while(Call::View, Fault::NeverAnswer);
    own_page_error: stopped_while(Call::View, Fault::Error500);
    log_unanswered: stopped_while(Call::Activity, Fault::NeverAnswer);
    log_error: stopped_while(Call::Activity, Fault::Error500);
    log_forbidden: stopped_while(Call::Activity, Fault::Forbidden403);
    key_refused_and_renewed: key_refused_and_renewed();
}
