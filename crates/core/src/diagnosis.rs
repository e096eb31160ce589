//! The report about this program that a person may give to whoever helps: versions, and how
//! everything stands, in figures.
//!
//! Names no server, no panel, no host, no person and no key; never part of a log.

use crate::{
    problem::Problem,
    snapshot::{LiveView, PanelView, ServerView, Snapshot, Source},
};
use std::{collections::BTreeMap, fmt::Write as _};

/// The report, in English: it is read by developers.
pub(crate) fn text(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = write(snapshot, &mut text);
    text
}

fn write(snapshot: &Snapshot, text: &mut String) -> std::fmt::Result {
    let demo = if snapshot.demo { ", demo" } else { "" };
    writeln!(text, "Pterotray {}{demo}", snapshot.version)?;
    writeln!(
        text,
        "System: {} {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )?;
    writeln!(text, "State: {}", snapshot.aggregate.name())?;
    let settings = &snapshot.settings;
    writeln!(
        text,
        "Settings: a look every {} s, live updates {:?}, {} pinned, {} hidden",
        settings.poll_seconds,
        settings.live_updates,
        settings.pinned.len(),
        settings.hidden.len()
    )?;
    for notice in &snapshot.notices {
        writeln!(text, "Notice: {}", kind(notice))?;
    }
    for (panel, number) in snapshot.panels.iter().zip(1..) {
        of_panel(panel, number, snapshot.at_ms, text)?;
    }
    Ok(())
}

fn of_panel(panel: &PanelView, number: u32, now_ms: i64, text: &mut String) -> std::fmt::Result {
    let scheme = if panel.url.starts_with("https:") {
        "https"
    } else {
        "http"
    };
    let key = if panel.key.set { "set" } else { "not set" };
    writeln!(
        text,
        "\nPanel {number}: {scheme}, key {key} ({:?}), {}",
        panel.key.place,
        if panel.answers() {
            "answers"
        } else {
            "does not answer"
        }
    )?;
    if let Some(problem) = &panel.problem {
        writeln!(text, "  problem: {}", kind(problem))?;
    }
    let servers = &panel.servers;
    writeln!(text, "  servers: {}", servers.len())?;
    tally(text, "conditions", servers, |server| {
        Some(server.condition.name().to_owned())
    })?;
    tally(text, "problems", servers, |server| {
        server.problem.as_ref().map(kind)
    })?;
    tally(text, "read by", servers, |server| {
        server.source.map(|source| {
            match source {
                Source::Live => "live socket",
                Source::Poll => "poll",
                Source::List => "list",
            }
            .to_owned()
        })
    })?;
    tally(text, "live sockets", servers, |server| {
        let state = match &server.live {
            LiveView::Off => return None,
            LiveView::Connecting => "connecting",
            LiveView::Live => "open",
            LiveView::Failed { .. } => "failed",
        };
        Some(state.to_owned())
    })?;
    let ages = servers.iter().filter_map(|server| server.read_at_ms);
    if let Some(oldest) = ages.min() {
        let seconds = (now_ms - oldest).max(0) / 1000;
        writeln!(text, "  oldest reading: {seconds} s")?;
    }
    Ok(())
}

/// How many servers have what in common.
fn tally(
    text: &mut String,
    what: &str,
    servers: &[ServerView],
    of: impl Fn(&ServerView) -> Option<String>,
) -> std::fmt::Result {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in servers.iter().filter_map(of) {
        *counts.entry(one).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(());
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(one, count)| format!("{count} {one}"))
        .collect();
    writeln!(text, "  {what}: {}", parts.join(", "))
}

/// The kind alone: details may name hosts.
fn kind(problem: &Problem) -> String {
    problem.kind.name()
}
