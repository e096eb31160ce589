//! Reads the recorded websocket transcripts. Never repairs one.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use crate::ear::{Heard, short};

/// One line of a transcript.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) at: Duration,
    /// Which socket, where there are several.
    pub(crate) who: String,
    pub(crate) what: What,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Connects(String),
    Sends(String),
    Hears(Heard),
    /// Closed by the node, or by the network.
    Ends(Heard),
    /// Closed by the client.
    Closes,
    /// Something done elsewhere.
    Done(String),
}

pub(crate) fn read(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = text.lines().filter_map(line).collect();
    name_sockets(&mut lines);
    lines
}

fn line(text: &str) -> Option<Line> {
    let (at, rest) = text.trim_start().split_once(' ')?;
    let at = Duration::from_secs_f64(at.parse().ok()?);
    let line = |who: &str, what| {
        let who = who.to_owned();
        Some(Line { at, who, what })
    };
    if let Some(rest) = rest.strip_prefix("== ") {
        return of_comment(at, rest);
    }
    let (mark, frame) = rest.split_once(' ')?;
    if let Some(who) = mark.strip_suffix('>') {
        return line(who, What::Sends(frame.to_owned()));
    }
    let who = mark.strip_suffix('<')?;
    let frame: Value = serde_json::from_str(frame).ok()?;
    line(who, What::Hears(Heard::Frame(frame)))
}

fn of_comment(at: Duration, text: &str) -> Option<Line> {
    let line = |who: &str, what| {
        let who = who.to_owned();
        Some(Line { at, who, what })
    };
    if let Some(rest) = text.strip_prefix("connect ws://") {
        let uuid = rest.split('/').nth(3)?;
        return line("", What::Connects(uuid.to_owned()));
    }
    let Some((who, how)) = text.split_once("closed ") else {
        return line("", What::Done(text.to_owned()));
    };
    if how.starts_with("by us") {
        return None;
    }
    if how.starts_with("code=1000") {
        return line(who, What::Closes);
    }
    let closed = |code, reason: &str| What::Ends(Heard::Closed(code, reason.to_owned()));
    let ended = how.split_once("code=").map(|(_, rest)| {
        let code: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let reason = rest.split('\'').nth(1).unwrap_or_default();
        closed(code.parse().unwrap(), reason)
    });
    line(who, ended.unwrap_or(closed(1006, "")))
}

/// Lines about connecting do not say which socket it is: the next one to speak that is not open.
fn name_sockets(lines: &mut [Line]) {
    let mut open: Vec<String> = Vec::new();
    for at in 0..lines.len() {
        match &lines[at].what {
            What::Connects(_) => {
                let new = |line: &&Line| {
                    let speaks = matches!(line.what, What::Sends(_) | What::Ends(_));
                    speaks && !open.contains(&line.who)
                };
                let who = lines[at..].iter().find(new).map(|line| line.who.clone());
                let who = who.unwrap_or_default();
                open.push(who.clone());
                lines[at].who = who;
            }
            What::Closes | What::Ends(_) => {
                let who = lines[at].who.clone();
                open.retain(|one| *one != who);
            }
            What::Sends(_) | What::Hears(_) | What::Done(_) => {}
        }
    }
}

/// Exchanges two signals that were sent one right after the other.
pub(crate) fn swap(lines: &mut [Line], first: &str, second: &str) {
    let is = |line: &Line, word: &str| {
        let quoted = format!("\"{word}\"");
        matches!(&line.what, What::Sends(frame) if frame.contains(&quoted))
    };
    let at = (1..lines.len()).find(|&at| is(&lines[at - 1], first) && is(&lines[at], second));
    let at = at.unwrap_or_else(|| panic!("no {first} before {second}"));
    lines.swap(at - 1, at);
}

/// What every socket hears, as far as it is no accident of the moment.
pub(crate) fn heard(lines: &[Line]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        if let What::Hears(heard) | What::Ends(heard) = &line.what {
            let own = all.entry(line.who.clone()).or_default();
            own.extend(essence(heard));
        }
    }
    all.into_iter()
        .map(|(who, heard)| (who, tidy(heard)))
        .filter(|(_, heard)| !heard.is_empty())
        .collect()
}

/// What of one event is the same every time.
pub(crate) fn essence(heard: &Heard) -> Option<String> {
    // The recorded game talks by itself, and its script changed between the recordings.
    const GAME: [&str; 5] = ["[tick", "Unknown command", "commands:", "line ", "40 MiB"];
    let text = short(heard);
    if let Some(line) = text.strip_prefix("console output: ") {
        if GAME.iter().any(|one| line.starts_with(one)) {
            return None;
        }
        if line.starts_with("Starting ") {
            return Some("the game starts".to_owned());
        }
        if line.starts_with("Done (") {
            return Some("the game is done".to_owned());
        }
    }
    if text.starts_with("backup completed") {
        return Some("backup completed".to_owned());
    }
    // Pushed in the container's rhythm, which no two runs share.
    let rhythm = text.starts_with("stats pushed") && text != "stats pushed offline";
    (!rhythm).then_some(text)
}

/// Orders what the daemon itself does not order, and counts the errors of an expired token as one.
pub(crate) fn tidy(mut heard: Vec<String>) -> Vec<String> {
    heard.dedup_by(|next, before| next == before && next.starts_with("jwt error: jwt:"));
    let pulls = |line: &String| line.contains("ulling Docker");
    for at in 1..heard.len() {
        if pulls(&heard[at]) && pulls(&heard[at - 1]) && heard[at] < heard[at - 1] {
            heard.swap(at, at - 1);
        }
    }
    heard
}
