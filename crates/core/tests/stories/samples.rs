//! An hour of one server, written down for the page's tests: what they show is what the store remembers.

use super::story::{Story, id, resources};
use pterodactyl_client::{
    PowerState::{self, Offline, Running, Starting, Stopping},
    Resources,
};
use pterotray_core::PowerSignal;
use std::{fs, path::Path, time::Duration};

const ONE: &str = "Survival";
const GIB: f64 = 1_073_741_824.0;

/// What it uses after so many steps of ten seconds.
fn used(step: u32, since: u32) -> Resources {
    let wave = (f64::from(step) / 23.0).sin() + (f64::from(step) / 5.0).sin() / 3.0;
    let up = Duration::from_secs(u64::from(step - since) * 10 + 5);
    let bytes = |per_second: f64| rounded(per_second * up.as_secs_f64());
    Resources {
        cpu_percent: ((62.0 + 31.0 * wave) * 10.0).round() / 10.0,
        memory_bytes: rounded(2.1 * GIB + 0.5 * GIB * wave),
        disk_bytes: rounded(6.3 * GIB) + u64::from(step) * 40_000,
        network_rx_bytes: bytes(48_000.0),
        network_tx_bytes: bytes(310_000.0),
        ..resources(Running, up)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes of a few GiB"
)]
fn rounded(bytes: f64) -> u64 {
    bytes.round() as u64
}

fn goes(story: &mut Story, states: &[(u64, PowerState)]) {
    for (seconds, state) in states {
        story.later(*seconds).tells(ONE, state.clone());
    }
}

fn an_hour() -> Story {
    let mut story = Story::live_with(ONE, Running);
    let mut since = 0;
    for step in 1..360 {
        story.later(10).tells_stats(ONE, used(step, since));
        if step == 120 {
            story.tells(ONE, Offline).reports_a_crash(ONE);
            goes(&mut story, &[(2, Starting), (8, Running)]);
            since = step;
        }
        if step == 200 {
            goes(&mut story, &[(1, Stopping), (4, Offline)]);
            story.later(300);
            story.power(ONE, PowerSignal::Start);
            story.taken(ONE, PowerSignal::Start);
            goes(&mut story, &[(1, Starting), (9, Running)]);
            since = step;
        }
    }
    story
}

#[test]
fn the_pages_tests_show_an_hour_as_the_store_remembers_it() {
    let story = an_hour();
    let history = story.state.history(&id(ONE)).unwrap();
    assert!(history.points.len() > 250, "{}", history.points.len());
    assert!(history.changes.len() >= 7, "{:#?}", history.changes);
    let fresh = serde_json::to_string_pretty(&history).unwrap() + "\n";
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/server/samples/past.json");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    // Like the bindings: a difference shows in the working copy.
    fs::write(place, fresh).unwrap();
}
