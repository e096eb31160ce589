//! The running agent, as its desktop meets it: icon, menu, notifications, socket.

use crate::{
    desk::Desk,
    menu::Entry,
    notes::Note,
    panel::Panel,
    programs,
    socket::Guest,
    wait::{LONG, until_or, until_within},
};
use serde_json::{Value, json};
use std::{
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
    process::ExitStatus,
};
use tokio::process::{Child, Command};

/// What tells the agent where the window's program is.
const WINDOW: &str = "PTEROTRAY_WINDOW";

/// The agent.
pub struct Program<'a> {
    pub(crate) desk: &'a Desk,
    child: Child,
    profile: PathBuf,
}

impl<'a> Program<'a> {
    /// Starts it with the desk's profile and quick polls, and waits until it can be spoken to.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn start(desk: &'a Desk, binary: &Path, arguments: &[&str]) -> Self {
        let quick = ["--shortest-poll-ms", "200"];
        Program::start_as_told(desk, binary, &[&quick[..], arguments].concat()).await
    }

    /// Starts it with the desk's profile and polls as a person has them.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn start_as_told(desk: &'a Desk, binary: &Path, arguments: &[&str]) -> Self {
        let mut command = command(desk, binary);
        command.args(arguments);
        Program::spawned(desk, command).await
    }

    /// Starts agent and window as people get them, with polls as a person has them.
    ///
    /// # Panics
    /// When it cannot be spoken to.
    pub async fn released(desk: &'a Desk) -> Self {
        let mut command = command(desk, &programs::release_agent());
        command
            .env(WINDOW, programs::release_window())
            .arg("--hidden");
        Program::spawned(desk, command).await
    }

    pub(crate) async fn start_in(desk: &'a Desk, environment: &[(&str, &str)]) -> Self {
        let mut command = command(desk, &programs::agent());
        command.envs(environment.iter().copied());
        command.args(["--shortest-poll-ms", "200", "--hidden"]);
        Program::spawned(desk, command).await
    }

    async fn spawned(desk: &'a Desk, mut command: Command) -> Self {
        let child = spawn(desk, command.arg("--profile").arg(desk.profile()));
        let program = Program {
            desk,
            child,
            profile: desk.profile(),
        };
        program
            .until("its socket", async || Guest::knock(&program.socket()).await)
            .await;
        program
    }

    /// Starts the demo, whose profile is its own, and waits until it can be spoken to.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn demo(desk: &'a Desk) -> Self {
        let mut command = command(desk, &programs::agent());
        let child = spawn(desk, command.args(["demo", "--hidden"]));
        let mut program = Program {
            desk,
            child,
            profile: desk.profile(),
        };
        let look = async || {
            let listening = |folder: &PathBuf| folder.join("agent.sock").exists();
            desk.temporary_files().into_iter().find(listening)
        };
        program.profile = program.until("the demo's socket", look).await;
        program
    }

    /// The folder it keeps everything in.
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Where guests come in.
    pub fn socket(&self) -> PathBuf {
        self.profile.join("agent.sock")
    }

    /// A new guest.
    pub async fn guest(&self) -> Guest {
        Guest::enter(&self.socket()).await
    }

    /// The newest snapshot, as a new guest gets it.
    pub async fn snapshot(&self) -> Value {
        let mut guest = self.guest().await;
        guest.say(&json!({"kind": "subscribe"})).await;
        guest.snapshot().await
    }

    /// Waits for a snapshot that fits.
    pub async fn until_snapshot(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut guest = self.guest().await;
        guest.say(&json!({"kind": "subscribe"})).await;
        let look = async || {
            let snapshot = guest.snapshot().await;
            fits(&snapshot).then_some(snapshot)
        };
        until_or(what, look, async || self.story().await).await
    }

    /// Adds a panel as the window does, its key kept in `place`; gives what became of it.
    pub async fn add_panel(&self, panel: &Panel, place: &str) -> Value {
        self.add_panel_as(panel, panel.key(), place).await
    }

    /// The same with somebody else's key.
    pub async fn add_panel_as(&self, panel: &Panel, key: &str, place: &str) -> Value {
        let mut guest = self.guest().await;
        let found = guest.act(try_panel(&panel.url(), key)).await;
        assert_eq!(found["kind"], "found", "{found}");
        guest.act(keep_panel(&found["trial"], place)).await
    }

    /// Waits until the server with this name is known to be so.
    pub async fn until_is(&self, server: &str, condition: &str) -> Value {
        let is = |seen: &Value| {
            let panels = seen["panels"].as_array().into_iter().flatten();
            let servers = panels.filter_map(|panel| panel["servers"].as_array());
            let mut named = servers.flatten().filter(|one| one["name"] == server);
            named.any(|one| one["condition"] == condition)
        };
        self.until_snapshot(&format!("{server} {condition}"), is)
            .await
    }

    /// Waits until this computer's side has this trouble.
    pub async fn until_notice(&self, kind: &str) -> Value {
        self.until_snapshot(kind, |seen| has_notice(seen, kind))
            .await
    }

    /// Waits until it has it no more.
    pub async fn until_no_notice(&self, kind: &str) -> Value {
        let what = format!("no {kind} any more");
        self.until_snapshot(&what, |seen| !has_notice(seen, kind))
            .await
    }

    /// Waits until every server is known to run, by its live socket.
    pub async fn until_all_run(&self) -> Value {
        let all_run =
            |seen: &Value| {
                let panels = seen["panels"].as_array().into_iter().flatten();
                let mut servers = panels
                    .filter_map(|panel| panel["servers"].as_array())
                    .flatten();
                let first = servers.next();
                first.into_iter().chain(servers).all(|server| {
                    server["condition"] == "running" && server["live"]["state"] == "live"
                }) && first.is_some()
            };
        self.until_snapshot("every server running", all_run).await
    }

    /// Asks for something; gives what became of it.
    pub async fn act(&self, action: Value) -> Value {
        self.guest().await.act(action).await
    }

    /// Every notification so far.
    pub fn notes(&self) -> Vec<Note> {
        self.desk.notes.all()
    }

    /// Waits until the program took this notification back.
    pub async fn takes_back(&self, note: &Note) {
        let what = format!("the end of {:?}", note.title);
        let look = async || self.desk.notes.closed().contains(&note.id).then_some(());
        self.until(&what, look).await;
    }

    /// Waits for a notification with this title.
    pub async fn notified(&self, title: &str) -> Note {
        let what = format!("a notification {title:?}");
        let look = async || self.newest_note(title);
        self.until(&what, look).await
    }

    /// The same for what is told only after a minute or more.
    pub async fn notified_at_last(&self, title: &str) -> Note {
        let what = format!("a notification {title:?}");
        let look = async || self.newest_note(title);
        until_within(LONG, &what, look, async || self.story().await).await
    }

    fn newest_note(&self, title: &str) -> Option<Note> {
        let mut notes = self.notes().into_iter().rev();
        notes.find(|note| note.title == title)
    }

    /// Presses a button of a notification, or its body (`default`).
    pub async fn press(&self, note: &Note, button: &str) {
        let key = if button == "default" {
            button
        } else {
            note.key_of(button).unwrap_or_default()
        };
        assert!(!key.is_empty(), "no {button:?} on {note:?}");
        let pressed = self.desk.notes.press(note.id, key).await;
        pressed.expect("the bus takes the press");
    }

    /// The same on a desktop that lets what the press opens come to the front.
    ///
    /// # Panics
    /// When there is no such button.
    pub async fn press_with_token(&self, note: &Note, button: &str, token: &str) {
        let key = note.key_of(button).expect("a button of the note");
        let notes = &self.desk.notes;
        let pressed = notes.press_with_token(note.id, key, token).await;
        pressed.expect("the bus takes the press");
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> ExitStatus {
        let child = &mut self.child;
        let look = async || child.try_wait().ok().flatten();
        crate::wait::until("the agent's end", look).await
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    pub(crate) async fn until<T>(&self, what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
        until_or(what, look, async || self.story().await).await
    }

    /// What it said and showed, for the message of a test that failed.
    async fn story(&self) -> String {
        let said = fs::read_to_string(said(self.desk)).unwrap_or_default();
        let menu = if self.desk.bus.is_some() {
            self.menu().await
        } else {
            None
        };
        let labels = menu.as_ref().map(Entry::labels);
        let notes: Vec<_> = self
            .notes()
            .into_iter()
            .map(|note| (note.title, note.body))
            .collect();
        format!(
            "menu: {labels:#?}\nnotifications: {notes:#?}\nit said:\n{said}\n{}",
            self.desk.logs()
        )
    }
}

fn command(desk: &Desk, binary: &Path) -> Command {
    let mut command = desk.command(binary);
    command.env(WINDOW, programs::window_if_built());
    command
}

fn spawn(desk: &Desk, command: &mut Command) -> Child {
    let said = OpenOptions::new()
        .create(true)
        .append(true)
        .open(said(desk));
    let said = said.expect("the desk's folder can be written");
    command
        .stdout(said.try_clone().expect("a file can be opened twice"))
        .stderr(said)
        .spawn()
        .expect("the agent can be started")
}

fn said(desk: &Desk) -> PathBuf {
    desk.ground.path("agent.out")
}

fn has_notice(snapshot: &Value, kind: &str) -> bool {
    let notices = snapshot["notices"].as_array();
    notices.is_some_and(|all| all.iter().any(|one| one["kind"] == kind))
}

/// The wish to try an address and key.
pub fn try_panel(url: &str, key: &str) -> Value {
    json!({"kind": "try_panel", "url": url, "key": key})
}

/// The wish to keep what was tried, as a new panel named by its host.
pub fn keep_panel(trial: &Value, place: &str) -> Value {
    json!({"kind": "keep_panel", "trial": trial, "name": "", "place": place, "replaces": null})
}
