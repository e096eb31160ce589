//! Snapshots, a console, backups and schedules, written down for the page's tests: what they show is what an agent tells.

use super::{
    scene::Scene,
    stage::{PATIENCE, Stage},
};
use fake_panel::{Fault, Signal};
use pterotray_core::{
    Action, Condition, ConsoleNews, Errand, Outcome, ServerView, settings::LiveUpdates,
};
use serde_json::{Value, json};
use std::{fs, path::Path};
use tokio::time::timeout;

const ONE: &str = "Survival";
/// Times would differ with every run.
const THEN: i64 = 1_795_000_000_000;

const LINES: [&str; 9] = [
    "[18:02:11] [Server thread/INFO]: Preparing level \"world\"",
    "[18:02:14] [Server thread/INFO]: \u{1b}[32mDone (3.204s)!\u{1b}[0m For help, type \"help\"",
    "[18:04:40] [Server thread/WARN]: \u{1b}[33mCan't keep up! Is the server overloaded?\u{1b}[0m",
    "[18:05:02] [User Authenticator/INFO]: UUID of player sasha is 0e2f",
    "[18:05:02] [Server thread/INFO]: \u{1b}[1;36msasha\u{1b}[0m joined the game",
    "[18:05:31] [Server thread/INFO]: <sasha> <b onclick=alert(1)>hi</b> \u{202e}&amp;",
    "[18:07:20] [Server thread/ERROR]: \u{1b}[31mCould not pass event PlayerMoveEvent\u{1b}[0m",
    "\u{1b}[41;97m FATAL \u{1b}[0m \u{1b}[38;5;208mof 256\u{1b}[0m \u{1b}[38;2;90;160;250mtrue colour\u{1b}[0m \u{1b}[7mturned\u{1b}[0m \u{1b}[3;4mset\u{1b}[0m",
    "[18:09:00] [Server thread/INFO]: žluťoučký kůň 🐎 日本語 שרת",
];

async fn told(stage: &Stage, errand: Errand) -> Value {
    let server = stage.id(ONE);
    let outcome = stage.app.ask(Action::Errand { server, errand }).await;
    assert!(!matches!(outcome, Outcome::Failed { .. }), "{outcome:?}");
    serde_json::to_value(outcome).unwrap()
}

/// The last lines, as the first reader gets them.
async fn console(stage: &Stage) -> ConsoleNews {
    let mut console = stage.app.console(stage.id(ONE));
    let all = async {
        let mut all = console.next().await;
        while all.lines.len() < LINES.len() {
            let news = console.next().await;
            all.fresh |= news.fresh;
            all.state = news.state;
            all.lines.extend(news.lines);
        }
        all
    };
    timeout(PATIENCE, all).await.unwrap()
}

/// The same at every run: times, and what a moving server uses.
fn still(mut value: Value) -> Value {
    let times = [
        "at_ms",
        "created_ms",
        "last_run_ms",
        "next_run_ms",
        "read_at_ms",
        "since_ms",
    ];
    let used = [
        ("cpu_percent", json!(23.1)),
        ("memory_bytes", json!(2_254_857_830_u64)),
        ("uptime_ms", json!(8_040_000)),
        ("network_rx_bytes", json!(1_200_000)),
        ("network_tx_bytes", json!(34_000_000)),
    ];
    match &mut value {
        Value::Object(map) => {
            // A limit has the same name as what is used of it, but only the latter has a time.
            let moves = map.contains_key("uptime_ms");
            for (name, inside) in map {
                if times.contains(&name.as_str()) && inside.is_i64() {
                    *inside = json!(THEN);
                }
                let same = used.iter().find(|(moving, _)| moving == name);
                if let Some((_, same)) = same.filter(|_| moves && *inside != json!(0)) {
                    *inside = same.clone();
                }
                *inside = still(inside.take());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| *one = still(one.take())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
}

/// What is shown at this moment, wherever panel and profile happen to be.
fn picture(stage: &Stage) -> Value {
    let text = serde_json::to_string(&*stage.shown()).unwrap();
    let text = text.replace(&stage.panel.url(), "https://panel.example.com");
    let mut picture = still(serde_json::from_str(&text).unwrap());
    picture["places"] = json!({
        "settings": "/home/robin/.config/pterotray/settings.json",
        "logs": "/home/robin/.local/state/pterotray/logs",
    });
    picture
}

/// Like the bindings: a difference shows in the working copy.
fn write_down(samples: &Value, place: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../ui/src")
        .join(place);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, serde_json::to_string_pretty(samples).unwrap() + "\n").unwrap();
}

#[tokio::test]
async fn the_pages_tests_show_pictures_that_an_agent_made() {
    let stage = Scene::evening().play().await;
    stage
        .until(PATIENCE, "the whole evening is known", |stage| {
            let home = stage.home();
            let known = |one: &ServerView| one.condition != Condition::Unknown;
            home.answers() && home.servers.iter().all(known)
        })
        .await;
    let evening = picture(&stage);
    stage.panel.with(|world| world.server("Lobby").kill());
    stage
        .until(PATIENCE, "the fall is kept", |stage| {
            !stage.shown().alerts.is_empty() && !stage.is("Lobby", Condition::Running)
        })
        .await;
    let alerts = picture(&stage);
    stage
        .panel
        .with(|world| world.panel_fault(Some(Fault::BadGateway502)));
    stage.ask(Action::Refresh).await;
    stage
        .until(PATIENCE, "the panel's trouble is said", |stage| {
            stage.home().problem.is_some()
        })
        .await;
    let trouble = picture(&stage);
    let stage = Scene::empty(LiveUpdates::Off).play().await;
    stage
        .until(PATIENCE, "no servers is said", |stage| {
            stage.home().problem.is_some()
        })
        .await;
    let samples = json!({
        "evening": evening,
        "alerts": alerts,
        "trouble": trouble,
        "empty": picture(&stage),
    });
    assert!(!samples.to_string().contains("127.0.0.1"), "{samples}");
    write_down(&samples, "samples/snapshots.json");
}

#[tokio::test]
async fn the_pages_tests_show_what_an_agent_tells() {
    let scene = Scene::ten(LiveUpdates::Off).with(|world| {
        world.server(ONE).set_backup_limit(5);
        world.add_backup(ONE, "Before the update");
        world.add_backup(ONE, "Weekly");
        world.add_schedule(ONE, "Nightly restart", Signal::Restart);
        world.add_schedule(ONE, "<i>Evening</i> stop", Signal::Stop);
        for line in LINES {
            world.server(ONE).print(line);
        }
    });
    let stage = scene.play().await;
    stage.settled().await;
    let samples = still(json!({
        "console": console(&stage).await,
        "backups": told(&stage, Errand::Backups).await["backups"],
        "schedules": told(&stage, Errand::Schedules).await["schedules"],
        "deeds": told(&stage, Errand::Activity).await["deeds"],
    }));
    let text = samples.to_string();
    assert!(text.contains("sasha") && text.contains("Nightly restart"));
    assert!(
        !text.contains('\u{1b}') && !text.contains('\u{202e}'),
        "{text}"
    );
    write_down(&samples, "server/samples/told.json");
}
