//! One of ten servers is faulty for the panel or its node: the other nine are fresh within one period, and the faulty one
//! says so, is never called down, and is right again afterwards.

use super::{
    rows::rows_together,
    scene::{CREATIVE, FAULTY, Scene},
    stage::{A_PERIOD, PATIENCE, Stage, wall_ms},
};
use fake_panel::{Call, Conflict, Fault, NodeTrouble, World};
use pterotray_core::{Action, Condition, LiveView, ProblemKind, settings::LiveUpdates};
use tokio::join;

/// What goes wrong with the faulty server.
#[derive(Clone)]
pub(crate) enum Trouble {
    /// With what the panel is asked about it.
    Calls(Fault),
    /// With its node, where it is alone.
    Node(NodeTrouble),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Calls(fault)
    }
}

impl From<NodeTrouble> for Trouble {
    fn from(trouble: NodeTrouble) -> Trouble {
        Trouble::Node(trouble)
    }
}

impl Trouble {
    fn begin(&self, world: &mut World) {
        match self {
            Trouble::Calls(fault) => {
                let server = world.server(FAULTY);
                server.fault_on(Call::Resources, Some(fault.clone()));
                server.fault_on(Call::Websocket, Some(fault.clone()));
            }
            Trouble::Node(trouble) => world.node("two").down(*trouble),
        }
    }

    fn end(world: &mut World) {
        world.server(FAULTY).fault(None);
        world.server(FAULTY).fault_on(Call::Resources, None);
        world.server(FAULTY).fault_on(Call::Websocket, None);
        world.node("two").down(None);
    }
}

/// What the faulty server is to say.
#[derive(Clone, Copy)]
pub(crate) enum Says {
    Problem(ProblemKind),
    Word(Condition),
}

impl Says {
    fn is_said(self, stage: &Stage) -> bool {
        stage.find(FAULTY).is_some_and(|one| match self {
            Says::Problem(kind) => one.problem.is_some_and(|problem| problem.kind == kind),
            Says::Word(word) => one.condition == word,
        })
    }
}

/// All the ways in which it can meet the app.
async fn faulty(trouble: impl Into<Trouble>, says: Says) {
    let trouble = trouble.into();
    join!(
        polled_from_the_start(trouble.clone(), says),
        polled_midway(trouble.clone(), says),
        live_from_the_start(trouble.clone(), says),
        live_midway(trouble),
    );
}

pub(crate) async fn polled_from_the_start(trouble: Trouble, says: Says) {
    let scene = Scene::ten(LiveUpdates::Off).with(|world| trouble.begin(world));
    let since = wall_ms();
    let stage = scene.play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_fresh(since).await;
    stage
        .until(PATIENCE, "it says so", |stage| says.is_said(stage))
        .await;
    ends(&stage).await;
}

pub(crate) async fn polled_midway(trouble: Trouble, says: Says) {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    begins(&stage, &trouble).await;
    stage
        .until(PATIENCE, "it says so", |stage| says.is_said(stage))
        .await;
    ends(&stage).await;
}

async fn live_from_the_start(trouble: Trouble, says: Says) {
    let scene = Scene::ten(LiveUpdates::Automatic).with(|world| trouble.begin(world));
    let since = wall_ms();
    let stage = scene.play().await;
    stage.panel.with(|world| world.server(CREATIVE).start());
    stage.others_are_fresh(since).await;
    stage
        .until(PATIENCE, "it says so", |stage| says.is_said(stage))
        .await;
    assert_ne!(stage.server(FAULTY).live, LiveView::Live);
    stage.others_are_live().await;
    ends(&stage).await;
}

/// A healthy socket knows better than whatever the panel answers.
async fn live_midway(trouble: Trouble) {
    let Trouble::Calls(_) = &trouble else {
        return;
    };
    let stage = Scene::ten(LiveUpdates::Automatic).play().await;
    stage.settled().await;
    stage
        .until(PATIENCE, "it is live", |stage| stage.is_live(FAULTY))
        .await;
    let since = wall_ms();
    begins(&stage, &trouble).await;
    stage
        .until(A_PERIOD, "it is as fresh as the others", |stage| {
            stage.is_well(FAULTY, since) && stage.is_live(FAULTY)
        })
        .await;
    ends(&stage).await;
}

/// It begins while something else happens, which is seen all the same.
pub(crate) async fn begins(stage: &Stage, trouble: &Trouble) {
    let since = wall_ms();
    stage.panel.with(|world| {
        trouble.begin(world);
        world.server(CREATIVE).start();
    });
    stage.others_are_fresh(since).await;
}

async fn ends(stage: &Stage) {
    let since = wall_ms();
    stage.panel.with(Trouble::end);
    is_right_again(stage, since).await;
}

async fn is_right_again(stage: &Stage, since: i64) {
    stage
        .until(PATIENCE, "it is right again", |stage| {
            stage.is_well(FAULTY, since)
        })
        .await;
    stage.was_never_called_down(FAULTY).await;
}

/// A test for each way to be faulty, with what is said of it.
macro_rules! one_faulty_server_hides_no_other {
    ($($name:ident: $trouble:expr => $says:ident($what:expr);)*) => {
        mod one_faulty_server_hides_no_other {
            use super::*;
            $(#[tokio::test] async fn $name() { faulty($trouble, Says::$says($what)).await; })*
        }
    };
}

one_faulty_server_hides_no_other! {
    key_refused: Fault::Unauthorized401 => Problem(ProblemKind::KeyRejected);
    forbidden: Fault::Forbidden403 => Problem(ProblemKind::Forbidden);
    browser_check: Fault::Challenge403 => Problem(ProblemKind::Challenge);
    not_found: Fault::NotFound404 => Problem(ProblemKind::NotFound);
    suspended: Fault::Conflict409(Conflict::Suspended) => Word(Condition::Suspended);
    node_maintenance: Fault::Conflict409(Conflict::NodeMaintenance) => Word(Condition::Maintenance);
    installing: Fault::Conflict409(Conflict::Installing) => Word(Condition::Installing);
    restoring: Fault::Conflict409(Conflict::Restoring) => Word(Condition::Restoring);
    transferring: Fault::Conflict409(Conflict::Transferring) => Word(Condition::Transferring);
    panel_error: Fault::Error500 => Problem(ProblemKind::PanelBroken);
    bad_gateway: Fault::BadGateway502 => Problem(ProblemKind::PanelBroken);
    maintenance: Fault::Unavailable503 => Problem(ProblemKind::PanelMaintenance);
    gateway_timeout: Fault::Proxy { status: 504 } => Problem(ProblemKind::PanelBroken);
    login_wall: Fault::Html200 => Problem(ProblemKind::LoginWall);
    foreign_json: Fault::EmptyJson200 => Problem(ProblemKind::NotAPanel);
    cut_json: Fault::CutJson => Problem(ProblemKind::Unreadable);
    cut_connection: Fault::CutConnection => Problem(ProblemKind::Connection);
    reset: Fault::Reset => Problem(ProblemKind::Connection);
    unknown_state: Fault::UnknownState => Problem(ProblemKind::UnknownState);
}

const UNREACHABLE: Says = Says::Word(Condition::NodeUnreachable);

rows_together! {
    a_node_in_trouble_hides_no_other:
    refuses: faulty(NodeTrouble::Refuses, UNREACHABLE);
    out_of_reach: faulty(NodeTrouble::Unreachable, UNREACHABLE);
    hangs: faulty(NodeTrouble::Hangs, UNREACHABLE);
    broken: faulty(NodeTrouble::Answers(500), UNREACHABLE);
    no_way_to_it: faulty(Fault::NodeTimeout504, UNREACHABLE);
}

rows_together! {
    one_bad_answer_is_not_worth_a_word:
    key_refused: one_bad_answer(Fault::Unauthorized401);
    panel_error: one_bad_answer(Fault::Error500);
    reset: one_bad_answer(Fault::Reset);
}

async fn one_bad_answer(fault: Fault) {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let since = wall_ms();
    stage.panel.with(|world| {
        let server = world.server(FAULTY);
        server.fault_times(1, Call::Resources, fault);
    });
    is_right_again(&stage, since).await;
    let changes = stage.history(FAULTY).await.changes;
    assert_eq!(changes.len(), 1, "{changes:#?}");
}

pub(crate) async fn one_refused_list() {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    stage
        .panel
        .with(|world| world.fault_times(1, Call::List, Fault::Unauthorized401));
    let before = stage.panel.count(Call::List);
    stage
        .until(PATIENCE, "a later list came", |stage| {
            stage.panel.count(Call::List) > before + 1
        })
        .await;
    stage.others_keep_well().await;
    assert_eq!(stage.alerts(), []);
}

/// 429 for one server: it waits as it was told to, the others go on.
macro_rules! asked_to_wait {
    ($($name:ident: $fault:expr;)*) => {
        mod asked_to_wait {
            use super::*;
            $(#[tokio::test] async fn $name() { join!(waits_from_the_start($fault), waits_midway($fault)); })*
        }
    };
}

asked_to_wait! {
    by_the_panel: Fault::TooMany429 { headers: true };
    by_a_proxy: Fault::TooMany429 { headers: false };
}

async fn waits_from_the_start(fault: Fault) {
    let trouble = Trouble::Calls(fault);
    for live in [LiveUpdates::Off, LiveUpdates::Automatic] {
        let scene = Scene::ten(live).with(|world| trouble.begin(world));
        let since = wall_ms();
        let stage = scene.play().await;
        stage.panel.with(|world| world.server(CREATIVE).start());
        let says = Says::Problem(ProblemKind::RateLimited);
        stage
            .until(A_PERIOD, "it says so", |stage| says.is_said(stage))
            .await;
        stage.others_are_fresh(since).await;
        asked_anew(&stage).await;
    }
}

async fn waits_midway(fault: Fault) {
    let trouble = Trouble::Calls(fault);
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    begins(&stage, &trouble).await;
    stage
        .until(A_PERIOD, "it was asked to wait", |stage| {
            let asked = stage.panel.requests();
            asked.iter().any(|one| one.status == Some(429))
        })
        .await;
    stage.others_are_fresh(wall_ms()).await;
    assert!(stage.is(FAULTY, Condition::Running), "its last value stays");
    asked_anew(&stage).await;
}

/// It would wait for a minute, were it not for a person.
async fn asked_anew(stage: &Stage) {
    let since = wall_ms();
    stage.panel.with(Trouble::end);
    stage.ask(Action::Refresh).await;
    is_right_again(stage, since).await;
}
