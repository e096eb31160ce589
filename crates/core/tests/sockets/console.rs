//! Reading along at a console over the one live socket, and what a person has a panel do beside power.

use super::{
    lines::{all_live, never_more_than_one_socket},
    scene::{CREATIVE, OTHERS, Scene},
    stage::{PATIENCE, Stage},
};
use fake_panel::{Call, Signal};
use pterotray_core::{
    Action, BackupProgress, Console, ConsoleState, Errand, Outcome, ProblemKind,
    settings::LiveUpdates,
};
use tokio::time::timeout;

const ONE: &str = "Survival";

/// What a reader has on the screen.
struct Screen {
    console: Console,
    lines: Vec<String>,
    state: Option<ConsoleState>,
}

impl Screen {
    fn of(stage: &Stage, name: &str) -> Screen {
        Screen {
            console: stage.app.console(stage.id(name)),
            lines: Vec::new(),
            state: None,
        }
    }

    async fn read(&mut self) {
        let news = timeout(PATIENCE, self.console.next()).await;
        let news = news.unwrap_or_else(|_| panic!("nothing more came: {:?}", self.lines));
        if news.fresh {
            self.lines.clear();
        }
        self.state = Some(news.state);
        let texts = news.lines.iter().map(|line| {
            let text = |run: &pterotray_core::ConsoleRun| run.text.clone();
            line.runs.iter().map(text).collect::<String>()
        });
        self.lines.extend(texts);
    }

    async fn until(&mut self, so: impl Fn(&Screen) -> bool) {
        while !so(self) {
            self.read().await;
        }
    }

    fn has(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.contains(text))
    }
}

async fn errand(stage: &Stage, name: &str, errand: Errand) -> Outcome {
    let server = stage.id(name);
    stage.app.ask(Action::Errand { server, errand }).await
}

fn print(stage: &Stage, name: &str, line: &str) {
    stage.panel.with(|world| world.server(name).print(line));
}

#[tokio::test]
async fn the_last_lines_come_at_once_then_every_new_one_and_commands_are_answered() {
    let stage = all_live().await;
    print(&stage, ONE, "before anybody read");
    let mut screen = Screen::of(&stage, ONE);
    screen
        .until(|screen| screen.has("before anybody read"))
        .await;
    assert_eq!(screen.state, Some(ConsoleState::Live));
    print(&stage, ONE, "\u{1b}[31mlater\u{202e}\u{1b}[0m <b>");
    screen.until(|screen| screen.has("later <b>")).await;
    let line = "help".to_owned();
    let outcome = errand(&stage, ONE, Errand::Command { line }).await;
    assert_eq!(outcome, Outcome::Done);
    screen
        .until(|screen| screen.has("commands: stop crash"))
        .await;
    never_more_than_one_socket(&stage);
    assert_eq!(stage.panel.with(|world| world.sockets_ever(ONE)), 1);
}

#[tokio::test]
async fn a_server_without_a_socket_gets_one_while_its_console_is_read() {
    let scene = Scene::ten(LiveUpdates::Off);
    let stage = scene.play().await;
    stage.settled().await;
    assert_eq!(stage.panel.with(|world| world.open_sockets()), 0);
    print(&stage, OTHERS[0], "only those who read see this");
    let mut screen = Screen::of(&stage, OTHERS[0]);
    screen
        .until(|screen| screen.has("only those who read"))
        .await;
    assert_eq!(stage.panel.with(|world| world.open_sockets()), 1);
    drop(screen);
    stage
        .until(PATIENCE, "the socket goes with the reader", |stage| {
            stage.panel.with(|world| world.open_sockets()) == 0
        })
        .await;
}

#[tokio::test]
async fn a_socket_that_breaks_comes_back_with_the_lines_that_were_missed() {
    let stage = all_live().await;
    let mut screen = Screen::of(&stage, ONE);
    print(&stage, ONE, "one");
    screen.until(|screen| screen.has("one")).await;
    stage.panel.with(|world| world.cut_sockets(ONE));
    screen
        .until(|screen| screen.state == Some(ConsoleState::Connecting))
        .await;
    assert!(screen.has("one"), "what was read stays meanwhile");
    print(&stage, ONE, "two");
    screen.until(|screen| screen.has("two")).await;
    let ones = screen.lines.iter().filter(|line| *line == "one");
    assert_eq!(ones.count(), 1, "and nothing stands there twice");
}

#[tokio::test]
async fn whoever_may_not_connect_is_told_so() {
    let scene = Scene::ten(LiveUpdates::Automatic).with(|world| {
        world.add_user("bob", false);
        world.add_subuser(ONE, "bob", &["control.start"]);
    });
    let stage = scene.seen_by("bob").play().await;
    stage
        .until(PATIENCE, "the permissions are known", |stage| {
            stage.find(ONE).is_some_and(|one| !one.may.console)
        })
        .await;
    let mut screen = Screen::of(&stage, ONE);
    screen.read().await;
    assert!(matches!(
        screen.state,
        Some(ConsoleState::None { problem }) if problem.kind == ProblemKind::Forbidden
    ));
    assert_eq!(stage.panel.with(|world| world.sockets_ever(ONE)), 0);
}

#[tokio::test]
async fn a_command_to_a_server_that_is_off_says_so() {
    let stage = Scene::ten(LiveUpdates::Off).play().await;
    stage.settled().await;
    let line = "help".to_owned();
    let outcome = errand(&stage, CREATIVE, Errand::Command { line }).await;
    let Outcome::Failed { problem } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(problem.kind, ProblemKind::NotNow, "{problem:?}");
    assert_eq!(
        stage.panel.count_of(CREATIVE, Call::Command),
        1,
        "sent once"
    );
}

#[tokio::test]
async fn backups_and_schedules_are_listed_made_and_run() {
    let scene = Scene::ten(LiveUpdates::Off).with(|world| {
        world.server(ONE).set_backup_limit(5);
        world.add_backup(ONE, "old");
        world.add_schedule(ONE, "Nightly restart", Signal::Restart);
    });
    let stage = scene.play().await;
    stage.settled().await;
    let name = Some("before the update".to_owned());
    let made = errand(&stage, ONE, Errand::MakeBackup { name }).await;
    assert_eq!(made, Outcome::Done);
    let Outcome::Backups { backups } = errand(&stage, ONE, Errand::Backups).await else {
        panic!("no backups");
    };
    let named = |name: &str| backups.iter().find(|one| one.name == name).unwrap();
    assert_eq!(named("old").progress, BackupProgress::Done);
    assert_ne!(named("before the update").progress, BackupProgress::Failed);

    let Outcome::Schedules { schedules } = errand(&stage, ONE, Errand::Schedules).await else {
        panic!("no schedules");
    };
    assert_eq!(schedules[0].name, "Nightly restart");
    let schedule = schedules[0].id;
    let ran = errand(&stage, ONE, Errand::RunSchedule { schedule }).await;
    assert_eq!(ran, Outcome::Done);
    let nothing = errand(&stage, ONE, Errand::RunSchedule { schedule: 999 }).await;
    assert!(matches!(nothing, Outcome::Failed { .. }));

    let Outcome::Activity { deeds } = errand(&stage, ONE, Errand::Activity).await else {
        panic!("no activity");
    };
    let made = deeds
        .iter()
        .find(|deed| deed.event.starts_with("server:backup"));
    let by = made.map(|deed| (deed.by.as_deref(), deed.by_key));
    assert_eq!(by, Some((Some("alice"), true)), "{deeds:?}");
}
