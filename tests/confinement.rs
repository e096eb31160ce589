//! What a window can know and reach: never a stored key, and nothing but its agent. Tried from inside its page, looked for
//! in its traffic, its processes' memory, and what they were started with.

use acceptance::{Desk, Driven, Panel, Process, Relay, until};
use serde_json::{Value, json};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Looks into every corner of a page where a text can be.
const CORNERS: &str = include_str!("confinement/corners.js");
/// Tries the ways out of a page.
const WAYS_OUT: &str = include_str!("confinement/ways_out.js");

/// Commands that other programs of this kind allow their page, whether or not this one has them built in.
const FOREIGN: [&str; 16] = [
    "plugin:fs|read_text_file",
    "plugin:fs|write_text_file",
    "plugin:shell|execute",
    "plugin:shell|open",
    "plugin:http|fetch",
    "plugin:opener|open_url",
    "plugin:clipboard-manager|read_text",
    "plugin:process|exit",
    "plugin:event|listen",
    "plugin:event|emit",
    "plugin:window|close",
    "plugin:webview|create_webview_window",
    "plugin:app|version",
    "plugin:path|resolve_directory",
    "plugin:menu|new",
    "plugin:tray|new",
];

fn servers() -> Value {
    json!({"kind": "servers"})
}

async fn corners(window: &Driven<'_>) -> String {
    let seen = window.runs(CORNERS, &[]).await;
    let seen = seen.as_str().unwrap_or_else(|| panic!("{seen}"));
    assert!(seen.contains("<main"), "{seen}");
    seen.to_owned()
}

#[tokio::test]
async fn a_window_opened_after_set_up_is_never_told_the_key() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.agent().await;
    let first = Relay::to(&agent, "first.sock");
    let window = Driven::open_at(&desk, first.socket(), &servers()).await;
    window.types("Your panel’s address", &panel.url()).await;
    window.types("Your API key", panel.key()).await;
    // Where it has to be, it is found.
    assert!(corners(&window).await.contains(panel.key()));
    window.presses("Test").await;
    window.presses("Save").await;
    window.reads("Running").await;
    assert!(first.holds(panel.key()), "what passes is not heard");
    assert!(!corners(&window).await.contains(panel.key()));
    window.closes().await;

    let second = Relay::to(&agent, "second.sock");
    let window = Driven::open_at(&desk, second.socket(), &servers()).await;
    window.reads("Survival").await;
    for button in ["Alerts", "Settings", "Replace key"] {
        window.presses(button).await;
        window.sees("//main//h1").await;
        let seen = corners(&window).await;
        assert!(!seen.contains(panel.key()), "{button}: {seen}");
    }
    window.reads("New key for").await;
    assert!(second.told().len() > 1 && !second.holds(panel.key()));
    window.closes().await;
}

#[tokio::test]
async fn a_window_opened_after_set_up_never_has_the_key_in_its_memory() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Creative", "Lobby", "Skyblock", "Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let overheard = desk.overhear().await;
    acceptance::window();
    agent.left_click().await;
    desk.eye().until_servers().await;
    let (agents, windows): (Vec<Process>, Vec<Process>) = desk
        .product_processes()
        .into_iter()
        .partition(|one| one.program == "pterotray");
    // The window itself, and what its web engine starts.
    assert!(windows.len() > 1, "{windows:?}");
    for process in &windows {
        assert!(!process.holds(panel.key()), "{process:?}");
        let (arguments, environment) = process.started_with();
        assert!(!(arguments + &environment).contains(panel.key()));
    }
    assert!(!overheard.holds(panel.key()));
    // The search finds what is there.
    assert!(agents.iter().all(|one| one.holds(panel.key())));
    assert!(windows.iter().any(|one| one.holds("Survival")));
}

/// Counts who comes, and answers nobody.
struct Outside {
    at: SocketAddr,
    address: String,
    came: Arc<AtomicUsize>,
    listening: JoinHandle<()>,
}

impl Outside {
    async fn listen() -> Outside {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("a port on loopback");
        let at = listener.local_addr().expect("a bound port");
        let came = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&came);
        let listening = tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Outside {
            at,
            address: format!("http://{at}/"),
            came,
            listening,
        }
    }

    fn came(&self) -> usize {
        self.came.load(Ordering::Relaxed)
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

#[tokio::test]
async fn from_inside_the_page_there_is_no_way_out() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let window = Driven::open(&agent, &servers()).await;
    let outside = Outside::listen().await;
    let own = window.address().await;
    let ways = window.runs(WAYS_OUT, &[]).await;
    for (kind, way) in each(&ways) {
        let end = window
            .runs(WAYS_OUT, &[way.clone(), json!(outside.address)])
            .await;
        let end = end.to_string();
        let refused = end.contains("refused by");
        assert!(refused || kind == "unruled", "{way}: {end}");
        assert!(!end.contains("read"), "{way}: {end}");
        let now = window.address().await;
        assert_eq!(now.trim_end_matches('#'), own, "{way} led away");
        assert_eq!(outside.came(), 0, "{way} got out: {end}");
    }
    // Nobody was still on the way.
    window.closes().await;
    assert_eq!(outside.came(), 0);
    assert!(TcpStream::connect(outside.at).await.is_ok());
    until("whoever comes is counted", async || {
        (outside.came() == 1).then_some(())
    })
    .await;
}

/// Every way with its kind.
fn each(ways: &Value) -> Vec<(&str, &Value)> {
    let kinds = ["ruled", "unruled"].into_iter();
    let all = kinds.flat_map(|kind| {
        let names = ways[kind].as_array();
        let names = names.unwrap_or_else(|| panic!("{ways}"));
        names.iter().map(move |name| (kind, name))
    });
    all.collect()
}

#[tokio::test]
async fn the_page_may_ask_its_process_for_what_is_listed_and_for_nothing_else() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let window = Driven::open(&agent, &servers()).await;
    let asks = async |command: &str| {
        let ask = "return __TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
            .then((answer) => `allowed: ${answer}`, (error) => `refused: ${error}`)";
        let told = window
            .runs(
                ask,
                &[
                    json!(command),
                    json!({"visible": true, "server": null, "lines": false}),
                ],
            )
            .await;
        told.to_string()
    };
    for command in FOREIGN {
        let told = asks(command).await;
        assert!(
            told.contains("refused") && told.contains("not allowed"),
            "{command}: {told}"
        );
    }
    let told = asks("watch").await;
    assert!(told.contains("allowed:"), "{told}");
    window.closes().await;
}
