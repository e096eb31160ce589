use super::*;
use interprocess::local_socket::{
    ListenerOptions, tokio::Listener as Socket, traits::tokio::Listener as _,
};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};

/// Long enough for a loaded machine; nothing waits for it unless something is wrong.
const PATIENCE: Duration = Duration::from_secs(20);

/// The agent's side of a visit.
struct Host {
    lines: tokio::io::Lines<BufReader<tokio::io::ReadHalf<Stream>>>,
    write: tokio::io::WriteHalf<Stream>,
}

impl Host {
    async fn accept(socket: &Socket) -> Host {
        let stream = time::timeout(PATIENCE, socket.accept())
            .await
            .unwrap()
            .unwrap();
        let (read, write) = tokio::io::split(stream);
        Host {
            lines: BufReader::new(read).lines(),
            write,
        }
    }

    async fn hears(&mut self) -> Value {
        let line = time::timeout(PATIENCE, self.lines.next_line())
            .await
            .unwrap();
        serde_json::from_str(&line.unwrap().unwrap()).unwrap()
    }

    async fn says(&mut self, value: Value) {
        self.write
            .write_all(format!("{value}\n").as_bytes())
            .await
            .unwrap();
    }

    async fn greets(&mut self, protocol: u32) {
        assert_eq!(
            self.hears().await,
            json!({"kind": "hello", "protocol": PROTOCOL, "guest": "window"})
        );
        self.says(json!({"kind": "hello", "protocol": protocol, "version": "0"}))
            .await;
    }
}

/// The page's side.
struct Page {
    guest: Guest,
    heard: mpsc::UnboundedReceiver<Value>,
    forward: mpsc::UnboundedReceiver<()>,
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Page {
    async fn hears(&mut self) -> Value {
        time::timeout(PATIENCE, self.heard.recv())
            .await
            .unwrap()
            .unwrap()
    }

    /// Skips until a page is to be shown.
    async fn hears_show(&mut self) -> Value {
        loop {
            let said = self.hears().await;
            if said["kind"] == "show" {
                return said["page"].clone();
            }
        }
    }

    /// Skips until the connection is as named.
    async fn hears_link(&mut self, state: &str) -> Value {
        loop {
            let said = self.hears().await;
            if said["state"] == state {
                return said;
            }
        }
    }
}

fn page() -> Page {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agent.sock");
    let arguments = Arguments {
        socket: path.clone(),
        page: Some(json!({"kind": "settings"})),
    };
    let (came, forward) = mpsc::unbounded_channel();
    let (guest, visit) = visit(arguments, move || came.send(()).unwrap());
    tokio::spawn(visit);
    let (tell, heard) = mpsc::unbounded_channel();
    guest.listen(move |said| drop(tell.send(said)));
    guest.watch(true);
    Page {
        guest,
        heard,
        forward,
        _folder: folder,
        path,
    }
}

fn socket(path: &std::path::Path) -> Socket {
    let name = name::of(path).unwrap();
    ListenerOptions::new().name(name).create_tokio().unwrap()
}

#[tokio::test]
async fn actions_go_in_and_each_gets_its_own_answer() {
    let mut page = page();
    let socket = socket(&page.path);
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    page.hears_link("there").await;
    assert_eq!(host.hears().await, json!({"kind": "subscribe"}));

    let asked = async {
        tokio::join!(
            page.guest.act(json!({"kind": "refresh"})),
            page.guest.act(json!({"kind": "quit"}))
        )
    };
    let answered = async {
        let (first, second) = (host.hears().await, host.hears().await);
        assert_eq!(first["action"], json!({"kind": "refresh"}));
        // In the other order, so that only the numbers can tell them apart.
        host.says(json!({"kind": "reply", "id": second["id"], "outcome": {"kind": "second"}}))
            .await;
        host.says(json!({"kind": "reply", "id": first["id"], "outcome": {"kind": "first"}}))
            .await;
    };
    let ((first, second), ()) = tokio::join!(asked, answered);
    assert_eq!(first.unwrap()["kind"], "first");
    assert_eq!(second.unwrap()["kind"], "second");
}

#[tokio::test]
async fn a_hidden_page_asks_for_no_snapshots() {
    let mut page = page();
    let socket = socket(&page.path);
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    page.hears_link("there").await;
    assert_eq!(host.hears().await["kind"], "subscribe");
    page.guest.watch(false);
    assert_eq!(host.hears().await["kind"], "unsubscribe");
    page.guest.watch(true);
    assert_eq!(host.hears().await["kind"], "subscribe");
}

#[tokio::test]
async fn an_open_server_is_followed_while_the_page_is_seen_and_again_after_the_agent_was_away() {
    let one = json!({"panel": "home", "uuid": "one"});
    let follows = async |host: &mut Host, past: &Value, console: &Value| {
        let asked = host.hears().await;
        assert_eq!(asked, json!({"kind": "history", "server": past}));
        let asked = host.hears().await;
        assert_eq!(asked, json!({"kind": "console", "server": console}));
    };
    let mut page = page();
    let socket = socket(&page.path);
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    page.hears_link("there").await;
    assert_eq!(host.hears().await["kind"], "subscribe");
    page.guest.open(one.clone(), false);
    follows(&mut host, &one, &Value::Null).await;
    page.guest.open(one.clone(), true);
    follows(&mut host, &one, &one).await;
    page.guest.watch(false);
    assert_eq!(host.hears().await["kind"], "unsubscribe");
    follows(&mut host, &Value::Null, &Value::Null).await;
    page.guest.watch(true);
    assert_eq!(host.hears().await["kind"], "subscribe");
    follows(&mut host, &one, &one).await;
    drop(host);
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    assert_eq!(host.hears().await["kind"], "subscribe");
    follows(&mut host, &one, &one).await;
    page.guest.open(Value::Null, false);
    follows(&mut host, &Value::Null, &Value::Null).await;
}

#[tokio::test]
async fn the_page_named_at_the_start_and_by_the_agent_is_shown() {
    let mut page = page();
    let socket = socket(&page.path);
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    assert_eq!(page.hears_show().await, json!({"kind": "settings"}));
    host.says(json!({"kind": "show", "page": {"kind": "servers"}}))
        .await;
    assert_eq!(page.hears_show().await, json!({"kind": "servers"}));
    time::timeout(PATIENCE, page.forward.recv())
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn an_agent_that_went_away_is_found_again_and_the_unanswered_are_told() {
    let mut page = page();
    let socket = socket(&page.path);
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    page.hears_link("there").await;
    let (outcome, ()) = tokio::join!(page.guest.act(json!({"kind": "refresh"})), async {
        while host.hears().await["kind"] != "act" {}
        drop(host);
    });
    assert_eq!(outcome, None);
    page.hears_link("away").await;
    let mut host = Host::accept(&socket).await;
    host.greets(PROTOCOL).await;
    page.hears_link("there").await;
    assert_eq!(host.hears().await["kind"], "subscribe");
}

#[tokio::test]
async fn without_an_agent_an_action_fails_at_once() {
    let mut page = page();
    page.hears_link("away").await;
    let outcome = time::timeout(PATIENCE, page.guest.act(json!({"kind": "refresh"}))).await;
    assert_eq!(outcome.unwrap(), None);
}

#[tokio::test]
async fn another_protocol_is_said_with_the_side_that_is_older() {
    for (theirs, older) in [(PROTOCOL - 1, "agent"), (PROTOCOL + 1, "window")] {
        let mut page = page();
        let socket = socket(&page.path);
        let mut host = Host::accept(&socket).await;
        host.greets(theirs).await;
        assert_eq!(page.hears_link("mismatch").await["older"], older);
    }
}
