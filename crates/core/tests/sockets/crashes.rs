//! A recorded crash over real sockets: a server that crashed twice within a minute, frame by frame as its node told it.

use super::{
    scene::Scene,
    stage::{PATIENCE, Stage},
};
use pterotray_core::{CrashReport, News, settings::LiveUpdates};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const RECORDED: &str =
    include_str!("../../../pterodactyl-client/tests/recordings/1.11/ws-crash.ws.txt");
const ONE: &str = "Survival";

/// A frame of the node, and when it came.
struct Frame {
    at: Duration,
    event: String,
    args: Vec<String>,
}

/// What the node said from the first crash on.
fn frames() -> Vec<Frame> {
    let frame = |line: &str| {
        let (at, frame) = line.split_once(" < ")?;
        let frame: serde_json::Value = serde_json::from_str(frame).ok()?;
        let args = frame["args"].as_array().into_iter().flatten();
        Some(Frame {
            at: Duration::from_secs_f64(at.trim().parse().ok()?),
            event: frame["event"].as_str()?.to_owned(),
            args: args
                .filter_map(|arg| arg.as_str().map(str::to_owned))
                .collect(),
        })
    };
    let all = RECORDED.lines().filter_map(frame);
    all.skip_while(|frame| frame.args != ["boom"]).collect()
}

/// The node itself says nothing meanwhile.
async fn live_and_silent() -> Stage {
    let mut scene = Scene::empty(LiveUpdates::Automatic).with(|world| {
        world.rules.stats_every = Duration::from_secs(3600);
    });
    scene.add(ONE, "one");
    let stage = scene.play().await;
    stage
        .until(PATIENCE, "it is live", |stage| stage.is_live(ONE))
        .await;
    stage
}

#[expect(
    clippy::disallowed_methods,
    reason = "the recorded frames are sent by the clock of the fake node"
)]
fn now() -> Instant {
    Instant::now()
}

#[tokio::test]
async fn the_recorded_crashes_are_two_alerts() {
    let stage = live_and_silent().await;
    let frames = frames();
    assert!(frames.len() > 20, "{}", frames.len());
    let (begun, first) = (now(), frames[0].at);
    for frame in &frames {
        // At the recorded pace: what is judged after two seconds depends on it.
        sleep_until(begun + (frame.at - first)).await;
        let args: Vec<&str> = frame.args.iter().map(String::as_str).collect();
        stage
            .panel
            .with(|world| world.server(ONE).send_event(&frame.event, &args));
    }
    stage
        .until(PATIENCE, "the second crash is told", |stage| {
            stage.alerts_about(ONE).len() >= 2
        })
        .await;
    let report = Some(CrashReport {
        exit_code: Some(3),
        out_of_memory: Some(false),
    });
    assert_eq!(
        stage.alerts_about(ONE),
        [
            News::CrashedRestarting { report, times: 1 },
            News::Crashed { report, times: 2 },
        ]
    );
}
