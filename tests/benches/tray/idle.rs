//! What the tray costs while nothing happens: memory, processor, and how often it wakes up.

use super::scene::{SETTLED, add, desk, live_updates, names, process, started, until_known};
use acceptance::{
    Memory, Meter, Panel, Spent,
    figure::{OURS, remark, say, say_memory},
};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const SERVERS: usize = 5;
/// Three whole periods of polling.
const WATCHED: Duration = Duration::from_secs(63);
const LOOKS: Duration = Duration::from_millis(250);
/// What belongs to a request, what is drawn after it too, is over by then.
const AFTERMATH: Duration = Duration::from_secs(1);

/// Without any panel; its memory is what others are compared with.
pub(crate) async fn empty() -> Memory {
    let desk = desk().await;
    let _agent = started(&desk).await;
    sleep(SETTLED).await;
    let memory = Memory::of(&[process(&desk)]);
    say_memory(OURS, "tray-0", memory);
    memory
}

pub(crate) async fn five() {
    let desk = desk().await;
    let panel = Panel::as_found(&names(SERVERS)).await;
    let agent = started(&desk).await;
    add(&agent, &panel).await;
    agent.until_all_run().await;
    sleep(SETTLED).await;
    say_memory(OURS, "tray-5", Memory::of(&[process(&desk)]));
}

/// Without any panel, for a minute.
pub(crate) async fn nothing_to_do() {
    let desk = desk().await;
    let _agent = started(&desk).await;
    sleep(SETTLED).await;
    let spent = Spent::over(WATCHED, vec![process(&desk)]).await;
    say("tray-wakes-nothing", spent.wakes);
    say("tray-processor-nothing", spent.processor);
}

/// Five servers, polled: how often it wakes up for a poll, and how often without one.
pub(crate) async fn polled() {
    let desk = desk().await;
    let panel = Panel::as_found(&names(SERVERS)).await;
    let agent = started(&desk).await;
    live_updates(&agent, "off").await;
    add(&agent, &panel).await;
    until_known(&agent, SERVERS, &["poll"]).await;
    sleep(SETTLED).await;
    let mut meter = Meter::begin(vec![process(&desk)]);
    let (begun, requests) = (Instant::now(), panel.requests());
    let (mut all, mut alone, mut quiet) = (0, 0, Duration::ZERO);
    let (mut seen, mut busy_at, mut looked_at) = (requests, begun, begun);
    while begun.elapsed() < WATCHED {
        sleep(LOOKS).await;
        let (wakes, requested, now) = (meter.wake_ups(), panel.requests(), Instant::now());
        all += wakes;
        if requested != seen || panel.answers() {
            busy_at = now;
        } else if looked_at.duration_since(busy_at) >= AFTERMATH {
            alone += wakes;
            quiet += now.duration_since(looked_at);
        }
        (seen, looked_at) = (requested, now);
    }
    let polls = (seen - requests) as f64;
    say("tray-wakes-poll", all as f64 / polls);
    say("tray-wakes-between", alone as f64 / quiet.as_secs_f64());
    let processor = meter.processor_time().as_secs_f64() / begun.elapsed().as_secs_f64();
    say("tray-processor-polled", processor * 100.0);
    remark(&format!(
        "5 servers polled: {polls} requests and {all} wake-ups in {} s, {alone} of them in the {:.0} s away from any request.",
        WATCHED.as_secs(),
        quiet.as_secs_f64(),
    ));
}
