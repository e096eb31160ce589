//! `pterotray start|stop|restart|kill`: sends signals and, when asked to, waits for them to show.
//!
//! Sends no signal before every server named is found, and none twice.

use super::{
    exit::{self, Exit},
    print, select, status, table,
    view::{View, listed, server_settled, settled},
};
use pterotray_core::{
    Action, Condition, Outcome, Part, PowerSignal, Problem, ProblemKind, ServerId, ServerView,
    Snapshot, Texts,
};
use std::time::Duration;

/// A node kills a server that has not stopped after 10 minutes (API reference, 5.1).
const STOP_LONGEST: Duration = Duration::from_secs(10 * 60);
const START_LONGEST: Duration = Duration::from_secs(2 * 60);

/// What was asked for on the command line.
#[derive(Debug)]
pub(super) struct Wish<'a> {
    pub(super) signal: PowerSignal,
    pub(super) servers: &'a [String],
    pub(super) panel: Option<&'a str>,
    pub(super) wait: bool,
    /// No question is to be asked.
    pub(super) sure: bool,
}

/// Sends the signal to every server named; the code is that of the first that failed.
pub(super) async fn run(view: &mut View, texts: &Texts, wish: Wish<'_>) -> anyhow::Result<Exit> {
    let all_listed = |snapshot: &Snapshot| {
        snapshot
            .panels
            .iter()
            .all(|panel| panel.problem.is_some() || listed(panel))
    };
    let seen = view.until(status::LONGEST, all_listed).await?;
    let snapshot = match select::panel(&seen.snapshot, wish.panel) {
        Ok(snapshot) => snapshot,
        Err(names) => return Ok(select::no_such_panel(texts, wish.panel, &names)),
    };
    if snapshot.panels.is_empty() {
        print::error(&texts.say("cli-not-set-up"));
        return Ok(Exit::Failed);
    }
    let servers = match select::servers(&snapshot, wish.servers, texts) {
        Ok(servers) => servers,
        Err(said) => return Ok(not_found(&snapshot, &said, texts)),
    };
    let to_confirm = wish.signal == PowerSignal::Kill && !wish.sure;
    if to_confirm && let Err(exit) = confirm(&servers, texts) {
        return Ok(exit);
    }
    let mut exit = Exit::Done;
    for server in &servers {
        let ended = send(view, texts, wish.signal, server).await?;
        exit = if exit == Exit::Done { ended } else { exit };
    }
    if wish.wait && exit == Exit::Done {
        for server in &servers {
            let ended = wait(view, texts, wish.signal, &server.id).await?;
            exit = if exit == Exit::Done { ended } else { exit };
        }
    }
    Ok(exit)
}

/// Says what was not found. A panel that does not answer may be why; it is, when nothing is known.
fn not_found(snapshot: &Snapshot, said: &str, texts: &Texts) -> Exit {
    let mut why = None;
    for panel in &snapshot.panels {
        if let Some(problem) = &panel.problem {
            let reason = table::reason(problem, texts, "");
            print::error(&failed(&panel.name, &reason, texts));
            why.get_or_insert(exit::of(problem));
        }
    }
    match why {
        Some(exit) if snapshot.servers().next().is_none() => exit,
        Some(_) | None => {
            print::error(said);
            Exit::NoSuchServer
        }
    }
}

fn confirm(servers: &[ServerView], texts: &Texts) -> Result<(), Exit> {
    let names: Vec<&str> = servers.iter().map(|server| server.name.as_str()).collect();
    let parts = [("names", Part::Text(&names.join(", ")))];
    let Some(answer) = print::ask(&texts.say_with("cli-kill-ask", &parts)) else {
        print::error(&texts.say("cli-kill-needs-yes"));
        return Err(Exit::Usage);
    };
    if matches!(answer.to_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    print::error(&texts.say("cli-kill-stopped"));
    Err(Exit::Failed)
}

async fn send(
    view: &mut View,
    texts: &Texts,
    signal: PowerSignal,
    server: &ServerView,
) -> anyhow::Result<Exit> {
    // What it does now has to be known, or its change could not be seen afterwards.
    let known = |snapshot: &Snapshot| {
        settled(snapshot) || snapshot.server(&server.id).is_none_or(server_settled)
    };
    let allowed = view
        .until(status::LONGEST, known)
        .await?
        .snapshot
        .settings
        .allow_force_stop;
    match view
        .ask(Action::Power {
            server: server.id.clone(),
            signal,
        })
        .await?
    {
        Outcome::Done
        | Outcome::Found { .. }
        | Outcome::Backups { .. }
        | Outcome::Schedules { .. }
        | Outcome::Activity { .. }
        | Outcome::Sparklines { .. }
        | Outcome::Report { .. } => {
            let signal = texts.signal(signal);
            let parts = [
                ("name", Part::Text(&server.name)),
                ("signal", Part::Text(&signal)),
            ];
            print::out(&format!("{}\n", texts.say_with("cli-accepted", &parts)));
            Ok(Exit::Done)
        }
        Outcome::Failed { problem } | Outcome::Untrusted { problem, .. } => {
            let not_now = problem.kind == ProblemKind::NotNow;
            let reason = if not_now && signal == PowerSignal::Kill && !allowed {
                texts.say("cli-kill-off")
            } else {
                table::reason(&problem, texts, "")
            };
            print::error(&failed(&server.name, &reason, texts));
            Ok(exit::of(&problem))
        }
    }
}

fn failed(name: &str, reason: &str, texts: &Texts) -> String {
    texts.say_with(
        "cli-failed",
        &[("name", Part::Text(name)), ("reason", Part::Text(reason))],
    )
}

/// How far a signal has come.
#[derive(Debug, PartialEq, Eq)]
enum Progress {
    Waiting(Condition),
    Reached(Condition),
    /// It will not come any more.
    Lost(Problem),
}

fn progress(signal: PowerSignal, snapshot: &Snapshot, id: &ServerId) -> Progress {
    let Some(server) = snapshot.server(id) else {
        return Progress::Lost(Problem::of(ProblemKind::NoSuchServer));
    };
    let wanted: &[Condition] = match signal {
        PowerSignal::Start | PowerSignal::Restart => &[Condition::Running],
        PowerSignal::Stop | PowerSignal::Kill => &[Condition::Offline, Condition::Crashed],
    };
    match &server.problem {
        Some(problem) if problem.kind == ProblemKind::NotObserved => {
            Progress::Lost(problem.clone())
        }
        // Before a restart a server runs as well as after it: the signal must be through.
        _ if server.pending.is_none() && wanted.contains(&server.condition) => {
            Progress::Reached(server.condition)
        }
        _ => Progress::Waiting(server.condition),
    }
}

async fn wait(
    view: &mut View,
    texts: &Texts,
    signal: PowerSignal,
    id: &ServerId,
) -> anyhow::Result<Exit> {
    let longest = match signal {
        PowerSignal::Start | PowerSignal::Restart | PowerSignal::Kill => START_LONGEST,
        PowerSignal::Stop => STOP_LONGEST,
    };
    let mut told = None;
    let seen = view
        .until(longest, |snapshot| {
            let now = progress(signal, snapshot, id);
            if let Progress::Waiting(condition) = now {
                if told.replace(condition) != Some(condition) {
                    print::note(&reached(snapshot, id, condition, texts));
                }
                return false;
            }
            true
        })
        .await?;
    match progress(signal, &seen.snapshot, id) {
        Progress::Reached(condition) => {
            print::out(&format!(
                "{}\n",
                reached(&seen.snapshot, id, condition, texts)
            ));
            Ok(Exit::Done)
        }
        Progress::Lost(problem) => {
            let name = name_of(&seen.snapshot, id);
            print::error(&failed(name, &table::reason(&problem, texts, ""), texts));
            Ok(exit::of(&problem))
        }
        Progress::Waiting(condition) => {
            print::error(&not_reached(&seen.snapshot, id, condition, longest, texts));
            Ok(Exit::Failed)
        }
    }
}

fn name_of<'a>(snapshot: &'a Snapshot, id: &'a ServerId) -> &'a str {
    snapshot
        .server(id)
        .map_or(id.uuid.as_str(), |server| server.name.as_str())
}

fn reached(snapshot: &Snapshot, id: &ServerId, condition: Condition, texts: &Texts) -> String {
    let word = texts.condition(condition);
    let parts = [
        ("name", Part::Text(name_of(snapshot, id))),
        ("condition", Part::Text(&word)),
    ];
    texts.say_with("cli-reached", &parts)
}

fn not_reached(
    snapshot: &Snapshot,
    id: &ServerId,
    condition: Condition,
    longest: Duration,
    texts: &Texts,
) -> String {
    let word = texts.condition(condition);
    let minutes = (longest.as_secs() / 60).to_string();
    let parts = [
        ("name", Part::Text(name_of(snapshot, id))),
        ("condition", Part::Text(&word)),
        ("minutes", Part::Text(&minutes)),
    ];
    texts.say_with("cli-not-reached", &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use pterotray_core::{Pending, Phase};

    fn now(signal: PowerSignal, change: impl FnOnce(&mut ServerView)) -> Progress {
        let mut snapshot = samples::snapshot();
        let id = snapshot.panels[0].servers[0].id.clone();
        change(&mut snapshot.panels[0].servers[0]);
        progress(signal, &snapshot, &id)
    }

    #[test]
    fn a_restart_is_not_done_while_the_old_run_still_shows() {
        let under_way = |server: &mut ServerView| {
            let pending = Pending {
                signal: PowerSignal::Restart,
                phase: Phase::Accepted,
            };
            server.pending = Some(pending);
        };
        assert_eq!(
            now(PowerSignal::Restart, under_way),
            Progress::Waiting(Condition::Running)
        );
        assert_eq!(
            now(PowerSignal::Restart, |_| {}),
            Progress::Reached(Condition::Running)
        );
    }

    #[test]
    fn a_stop_is_done_when_the_server_is_offline() {
        assert_eq!(
            now(PowerSignal::Stop, |_| {}),
            Progress::Waiting(Condition::Running)
        );
        let stopping = |server: &mut ServerView| server.condition = Condition::Stopping;
        assert_eq!(
            now(PowerSignal::Stop, stopping),
            Progress::Waiting(Condition::Stopping)
        );
        let offline = |server: &mut ServerView| server.condition = Condition::Offline;
        assert_eq!(
            now(PowerSignal::Stop, offline),
            Progress::Reached(Condition::Offline)
        );
    }

    #[test]
    fn waiting_ends_when_the_server_did_not_follow() {
        let problem = Problem::of(ProblemKind::NotObserved);
        let lost = now(PowerSignal::Start, |server| {
            server.condition = Condition::Offline;
            server.problem = Some(Problem::of(ProblemKind::NotObserved));
        });
        assert_eq!(lost, Progress::Lost(problem));
    }

    #[test]
    fn nothing_is_found_because_the_panel_does_not_answer() {
        let texts = Texts::new(None);
        let mut snapshot = samples::snapshot();
        assert_eq!(not_found(&snapshot, "no x", &texts), Exit::NoSuchServer);
        snapshot.panels[0].problem = Some(Problem::of(ProblemKind::TimedOut));
        assert_eq!(not_found(&snapshot, "no x", &texts), Exit::NoSuchServer);
        snapshot.panels[0].servers.clear();
        assert_eq!(not_found(&snapshot, "no x", &texts), Exit::PanelUnreachable);
    }
}
