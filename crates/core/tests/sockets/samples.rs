//! A console, backups and schedules, written down for the page's tests: what they show is what an agent tells.

use super::{
    scene::Scene,
    stage::{PATIENCE, Stage},
};
use fake_panel::Signal;
use pterotray_core::{Action, ConsoleNews, Errand, Outcome, settings::LiveUpdates};
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

/// The same at every run.
fn still(mut value: Value) -> Value {
    let times = ["at_ms", "created_ms", "last_run_ms", "next_run_ms"];
    match &mut value {
        Value::Object(map) => {
            for (name, inside) in map {
                if times.contains(&name.as_str()) && inside.is_i64() {
                    *inside = json!(THEN);
                }
                *inside = still(inside.take());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| *one = still(one.take())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
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
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/server/samples/told.json");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    // Like the bindings: a difference shows in the working copy.
    fs::write(
        place,
        serde_json::to_string_pretty(&samples).unwrap() + "\n",
    )
    .unwrap();
}
