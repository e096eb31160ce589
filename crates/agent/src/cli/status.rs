//! `pterotray status`: how everything is, once, for people or for programs.
//!
//! Changes nothing.

use super::{
    exit::{self, Exit},
    print, select, table,
    view::{View, settled},
    waiting::Progress,
};
use pterotray_core::{Problem, ProblemKind, Snapshot, Texts, report};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long the panels may take to say everything.
pub(super) const LONGEST: Duration = Duration::from_secs(30);

/// Prints the report of all panels, or of one.
pub(super) async fn run(
    view: &mut View,
    texts: &Texts,
    json: bool,
    panel: Option<&str>,
) -> anyhow::Result<Exit> {
    let progress = Progress::default();
    let looking = view.until(LONGEST, |snapshot| {
        progress.saw(snapshot);
        settled(snapshot)
    });
    let seen = progress.of(texts, looking).await?;
    let mut snapshot = match select::panel(&seen.snapshot, panel, texts) {
        Ok(snapshot) => snapshot,
        Err(said) => return Ok(select::no_such_panel(&said)),
    };
    // A snapshot is as old as the last change; ages count from now.
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    snapshot.at_ms = i64::try_from(now.as_millis()).unwrap_or(snapshot.at_ms);
    if json {
        print::out(&format!(
            "{}\n",
            serde_json::to_string(&report::status(&snapshot))?
        ));
    } else if !snapshot.panels.is_empty() {
        print::out(&table::render(&snapshot, texts, print::coloured()));
    }
    note_circumstances(&snapshot, texts, seen.fits);
    let exit = exit::of_status(&snapshot);
    if json && exit != Exit::Done {
        note_problems(&snapshot, texts);
    }
    Ok(exit)
}

/// The table says what is wrong with a panel; who reads JSON by a program is told beside it.
fn note_problems(snapshot: &Snapshot, texts: &Texts) {
    for panel in &snapshot.panels {
        if let Some(problem) = &panel.problem {
            let why = table::reason(problem, texts, "");
            print::error(&format!("{}: {why}", panel.name));
        }
    }
}

/// Says, beside the report, what somebody should know about how it came to be.
fn note_circumstances(snapshot: &Snapshot, texts: &Texts, settled: bool) {
    for notice in snapshot
        .notices
        .iter()
        .filter(|notice| !is_of_a_desktop(notice))
    {
        print::error(&table::reason(notice, texts, ""));
    }
    if snapshot.panels.is_empty() {
        print::error(&texts.say("cli-not-set-up"));
    } else if !settled {
        print::error(&texts.say("cli-unfinished"));
    }
}

/// Whether a terminal can do without it.
fn is_of_a_desktop(notice: &Problem) -> bool {
    matches!(
        notice.kind,
        ProblemKind::NoTray
            | ProblemKind::NoSessionBus
            | ProblemKind::WindowMissing
            | ProblemKind::WindowCrashed
            | ProblemKind::NoNotifications
            | ProblemKind::NoClipboard
            | ProblemKind::NoBrowser
            | ProblemKind::NotSetUp
    )
}
