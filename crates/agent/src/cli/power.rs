//! `pterotray start|stop|restart|kill`: sends signals and, when asked to, waits for them to show.
//!
//! Sends no signal before every server named is found, and none twice.

use super::{
    exit::{self, Exit},
    failure, print,
    select::{self, failed},
    status, table,
    view::{View, server_settled, settled},
};
use pterotray_core::{
    Action, Condition, Part, PowerSignal, Problem, ProblemKind, ServerId, ServerView, Snapshot,
    Texts,
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
    let servers = match select::wanted(view, wish.servers, wish.panel, texts).await? {
        Ok(servers) => servers,
        Err(exit) => return Ok(exit),
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

fn confirm(servers: &[ServerView], texts: &Texts) -> Result<(), Exit> {
    let names: Vec<&str> = servers.iter().map(|server| server.name.as_str()).collect();
    let parts = [("names", Part::Text(&names.join(", ")))];
    let question = texts.say_with("cli-kill-ask", &parts);
    print::confirm(&question, &texts.say("cli-kill-needs-yes"), texts)
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
    let action = Action::Power {
        server: server.id.clone(),
        signal,
    };
    let Some(problem) = failure(view.ask(action).await?) else {
        let signal = texts.signal(signal);
        let parts = [
            ("name", Part::Text(&server.name)),
            ("signal", Part::Text(&signal)),
        ];
        print::out(&format!("{}\n", texts.say_with("cli-accepted", &parts)));
        return Ok(Exit::Done);
    };
    let not_now = problem.kind == ProblemKind::NotNow;
    let reason = if not_now && signal == PowerSignal::Kill && !allowed {
        texts.say("cli-kill-off")
    } else {
        table::reason(&problem, texts, "")
    };
    print::error(&failed(&server.name, &reason, texts));
    Ok(exit::of(&problem))
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
}
