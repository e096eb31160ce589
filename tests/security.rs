//! What must not get out, and what must not get in: the key on every way out of the program, text of a hostile panel on
//! every surface, other users and bad guests at the door.

use acceptance::{Desk, Guest, Panel, Process, Program, Room, until};
use rustix::process::geteuid;
use serde_json::{Value, json};
use std::{io::Write as _, path::PathBuf, process::Command};

/// Nothing that anybody could act on: markup, colours, a title for the terminal, right-to-left override, a line break, NUL.
const HOSTILE: &str = "<b>A</b><img src=x>\u{1b}[31m\u{1b}]0;owned\u{7}\u{202e}gpj.exe\r\n\0B";

/// What is left of it on every surface.
const REST: &str = "gpj.exe";

/// What a JSON token for the websocket begins with, in base64.
const TOKEN: &str = "eyJ";

fn everything_typed(desk: &Desk) -> String {
    let all = desk.product_processes();
    let typed: Vec<_> = all.iter().map(Process::started_with).collect();
    assert!(!typed.is_empty(), "nothing runs");
    format!("{typed:?}")
}

/// An evening of everything that says something: a crash, a button, a stop, a refused key, a look at the console.
async fn an_evening(panel: &Panel, agent: &Program<'_>) {
    panel.crash("Survival");
    let note = agent.notified("Survival crashed").await;
    agent.press(&note, "Restart").await;
    agent.notified("Survival is running again").await;
    agent.click(&["Survival", "Stop"]).await;
    agent.shows("Survival", "— offline").await;
    panel.order("panel/list=error");
    agent.act(json!({"kind": "refresh"})).await;
    panel.order("panel/list=none");
    panel.revoke_key();
    agent.act(json!({"kind": "refresh"})).await;
    agent.menu_shows(&["Enter a new key"]).await;
}

#[tokio::test]
async fn the_key_and_the_tokens_are_on_no_bus_in_no_file_and_in_no_command_line() {
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    let overheard = desk.overhear().await;
    let panel = Panel::with(&["Survival"]).await;
    let trace = [("PTEROTRAY_LOG", "trace")];
    let agent = desk.agent_in(&trace).await;
    assert_eq!(agent.add_panel(&panel, "keyring").await["kind"], "done");
    agent.until_all_run().await;
    let snapshot = agent.snapshot().await.to_string();
    assert!(!snapshot.contains(panel.key()) && !snapshot.contains(TOKEN));
    an_evening(&panel, &agent).await;
    let heard = async || overheard.holds("Survival crashed").then_some(());
    until("the notification on the bus", heard).await;
    for secret in [panel.key(), TOKEN] {
        assert!(!overheard.holds(secret), "{secret} on the bus");
        assert!(!everything_typed(&desk).contains(secret));
        let files = desk.files_with(secret);
        assert_eq!(files, Vec::<PathBuf>::new(), "{secret}");
    }
    assert_eq!(desk.too_open(), Vec::<PathBuf>::new());
    // Only now: the test itself asks the keyring for it in the open.
    assert_eq!(desk.secrets().await, [panel.key()]);
}

#[tokio::test]
async fn a_key_from_the_environment_is_in_no_file_and_not_handed_on() {
    let desk = Desk::with(Room::WHOLE).await;
    let panel = Panel::with(&["Survival"]).await;
    let overheard = desk.overhear().await;
    let url = panel.url();
    let environment = [
        ("PTEROTRAY_URL", url.as_str()),
        ("PTEROTRAY_API_KEY", panel.key()),
        ("PTEROTRAY_LOG", "trace"),
    ];
    acceptance::window();
    let agent = desk.agent_in(&environment).await;
    agent.until_all_run().await;
    agent.click(&["Open Pterotray"]).await;
    desk.window().await;
    agent.click(&["Survival", "Open in panel"]).await;
    let opened = async || (!desk.opened_pages().is_empty()).then_some(());
    until("the browser", opened).await;
    let others = desk.product_processes();
    let others = others.iter().filter(|one| one.program != "pterotray");
    for other in others {
        let (arguments, environment) = other.started_with();
        assert!(!arguments.contains(panel.key()), "{other:?}");
        assert!(!environment.contains(panel.key()), "{other:?}");
    }
    assert!(!overheard.holds(panel.key()));
    assert_eq!(desk.files_with(panel.key()), Vec::<PathBuf>::new());
    let page = desk.opened_pages().join("\n");
    assert!(page.starts_with(&url) && !page.contains(panel.key()));
}

/// What must not be in any text that somebody is shown.
fn harmless(text: &str, place: &str) {
    let bad = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!text.chars().any(bad), "{place}: {text:?}");
}

/// The same of every text in it. Not of its JSON: there all of that is escaped and harmless by itself.
fn harmless_within(value: &Value, place: &str) {
    match value {
        Value::String(text) => harmless(text, place),
        Value::Array(all) => all.iter().for_each(|one| harmless_within(one, place)),
        Value::Object(all) => all.iter().for_each(|(key, one)| {
            harmless(key, place);
            harmless_within(one, place);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

#[tokio::test]
async fn hostile_names_are_harmless_in_tray_notification_and_terminal() {
    let desk = Desk::with(Room::TRAY).await;
    let endless = "x".repeat(1_000_000);
    let panel = Panel::with(&[HOSTILE, &endless]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let menu = agent.menu().await.expect("a menu");
    for line in menu.labels() {
        harmless(line, "menu");
        assert!(line.chars().count() < 400, "{} characters", line.len());
    }
    let tooltip = agent.tooltip().await.unwrap_or_default();
    harmless(&tooltip, "tooltip");
    panel.crash(HOSTILE);
    let look = async || agent.notes().into_iter().next();
    let note = until("a notification", look).await;
    assert!(note.title.contains(REST), "{:?}", note.title);
    for text in [&note.title, &note.body] {
        harmless(text, "notification");
    }
    harmless_within(&agent.snapshot().await, "snapshot");
    for arguments in [&["status"][..], &["status", "--json"], &["doctor"]] {
        let ended = desk.terminal().run(arguments).await;
        harmless(&ended.out, &format!("{arguments:?}"));
        harmless(&ended.err, &format!("{arguments:?}"));
        assert!(ended.out.len() < 20_000, "{arguments:?}");
        let named = arguments.contains(&"status");
        assert_eq!(ended.out.contains(REST), named, "{arguments:?}");
        if arguments.contains(&"--json") {
            harmless_within(&ended.json(), "status --json");
        }
    }
}

#[tokio::test]
async fn hostile_console_lines_are_harmless_and_bounded() {
    let desk = Desk::with(Room::BARE).await;
    let panel = Panel::with(&["Survival"]).await;
    let mut agent = desk.watching(&panel, "until_quit").await;
    let server = agent.snapshot().await["panels"][0]["servers"][0]["id"].clone();
    let mut guest = agent.guest().await;
    let console = json!({"kind": "console", "server": server});
    guest.say(&console).await;
    for _ in 0..5 {
        panel.prints("Survival", HOSTILE);
        panel.prints("Survival", &"y".repeat(1_000_000));
    }
    panel.prints("Survival", "the end");
    let mut said = 0;
    loop {
        let news = guest.hear().await.expect("the console goes on");
        harmless_within(&news, "console");
        let news = news.to_string();
        said += news.len();
        assert!(said < 1_000_000, "{said} bytes handed on");
        if news.contains("the end") {
            break;
        }
    }
    assert!(agent.runs());
}

#[tokio::test]
async fn another_user_of_the_computer_does_not_reach_the_agent() {
    if !geteuid().is_root() {
        // Past what a passing test keeps to itself: who reads the result has to know what was not tried.
        let _ = writeln!(
            std::io::stderr(),
            "skipped, another user at the socket: only root may become somebody else; the modes were tested"
        );
        return;
    }
    let desk = Desk::with(Room::BARE).await;
    desk.lets_everybody_through();
    let mut agent = desk.agent().await;
    let socket = agent.socket();
    // Perl is on every Debian.
    let knock =
        "socket(S, AF_UNIX, SOCK_STREAM, 0) && connect(S, sockaddr_un($ARGV[0])) or die qq($!)";
    let mut other_user = Command::new("setpriv");
    other_user.args(["--reuid=65534", "--regid=65534", "--clear-groups", "perl"]);
    let mut owner = Command::new("perl");
    let tries = |one: &mut Command| {
        let tried = one.args(["-MSocket", "-e", knock]).arg(&socket).output();
        tried.expect("setpriv and perl start (packages util-linux and perl-base)")
    };
    let tried = tries(&mut other_user);
    let complaint = String::from_utf8_lossy(&tried.stderr);
    assert!(complaint.contains("Permission denied"), "{complaint}");
    // The same program may, for the owner: it is the user that makes the difference.
    assert!(tries(&mut owner).status.success());
    assert!(agent.runs());
}

#[tokio::test]
async fn guests_that_dawdle_or_ask_too_much_hold_up_nobody() {
    let desk = Desk::with(Room::BARE).await;
    let panel = Panel::with(&["Survival"]).await;
    let mut agent = desk.watching(&panel, "until_quit").await;
    let mut slow = Vec::new();
    for _ in 0..8 {
        let mut guest = Guest::knock(&agent.socket()).await.expect("an open door");
        guest.write(b"{\"kind\":\"hel").await;
        slow.push(guest);
    }
    let mut deaf = agent.guest().await;
    deaf.say(&json!({"kind": "subscribe"})).await;
    for _ in 0..200 {
        deaf.ask(json!({"kind": "dismiss_notice", "notice": "no_tray"}))
            .await;
    }
    let mut good = agent.guest().await;
    good.say(&json!({"kind": "subscribe"})).await;
    assert_eq!(good.snapshot().await["panels"][0]["problem"], Value::Null);
    assert_eq!(good.act(json!({"kind": "refresh"})).await["kind"], "done");
    panel.crash("Survival");
    while good.snapshot().await["panels"][0]["servers"][0]["condition"] != "crashed" {}
    for mut guest in slow {
        guest.end_of_talk().await;
    }
    assert!(agent.runs());
}

#[tokio::test]
async fn nobody_is_asked_where_a_panel_redirects_to() {
    let desk = Desk::with(Room::BARE).await;
    let (panel, elsewhere) = (Panel::with(&["Survival"]).await, Panel::with(&[]).await);
    let agent = desk.watching(&panel, "until_quit").await;
    panel.order(&format!("panel=redirect:{}", elsewhere.url()));
    agent.act(json!({"kind": "refresh"})).await;
    let told = |seen: &Value| !seen["panels"][0]["problem"].is_null();
    agent.until_snapshot("the panel's problem", told).await;
    assert_eq!(elsewhere.requests(), 0);
}
