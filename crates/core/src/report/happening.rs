//! What `pterotray watch --json` prints, one value a line: a contract, only ever added to (design, section 10).
//!
//! Found by comparing snapshots. The first look at a panel or server is no event.

use crate::{
    alert::KeptAlert,
    condition::Condition,
    history::Cause,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    snapshot::{PanelView, ServerView, Snapshot, Source},
};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Happening {
    /// When it was seen: UTC, RFC 3339 with milliseconds.
    pub at: String,
    /// What kind of event it is.
    pub kind: HappeningKind,
    /// The panel's name.
    pub panel: String,
    /// The server's uuid; `None` when the event is about the panel.
    pub server: Option<String>,
    /// The server's name.
    pub name: Option<String>,
    /// The condition or the problem's kind before; `None` for no problem.
    pub from: Option<Word>,
    /// The condition or the problem's kind after; `None` for no problem.
    pub to: Option<Word>,
    /// Why it is down, where that is known.
    pub cause: Option<Cause>,
    /// Where the knowledge came from.
    pub source: Option<Source>,
    /// What there is to say about the problem beyond its kind.
    pub detail: Option<String>,
    /// The alert, where it is one: what a person was told, or would have been.
    pub alert: Option<Arc<KeptAlert>>,
}

/// A state by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Word {
    /// Of a server.
    Condition(Condition),
    /// What is wrong.
    Problem(ProblemKind),
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HappeningKind {
    /// A server's condition changed.
    Condition,
    /// A panel or a server has a problem, another one, or none any more.
    Problem,
    /// An alert. Those that were kept from before come first, when somebody begins to look.
    Alert,
}

/// Compares each snapshot with the one before.
#[derive(Debug, Default)]
pub struct Watcher {
    panels: BTreeMap<PanelId, Option<ProblemKind>>,
    servers: BTreeMap<ServerId, Known>,
    /// The number of the newest alert.
    alert: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    condition: Condition,
    problem: Option<ProblemKind>,
}

impl Watcher {
    /// What happened since the last look.
    pub fn look(&mut self, snapshot: &Snapshot) -> Vec<Happening> {
        let mut happened = Vec::new();
        for panel in &snapshot.panels {
            self.look_at_panel(panel, snapshot.at_ms, &mut happened);
            for server in &panel.servers {
                self.look_at_server(panel, server, snapshot.at_ms, &mut happened);
            }
        }
        self.servers.retain(|id, _| snapshot.server(id).is_some());
        self.look_at_alerts(snapshot, &mut happened);
        let there = |id: &PanelId| snapshot.panels.iter().any(|panel| panel.id == *id);
        self.panels.retain(|id, _| there(id));
        happened
    }

    fn look_at_alerts(&mut self, snapshot: &Snapshot, happened: &mut Vec<Happening>) {
        let newest = snapshot.alerts.iter().map(|kept| kept.number).max();
        for kept in snapshot.alerts.iter().rev() {
            if kept.number <= self.alert {
                continue;
            }
            let panel = kept.about.panel();
            let shown = |id: &PanelId| snapshot.panels.iter().find(|shown| shown.id == *id);
            let panel = match panel.map(shown) {
                // About another panel than the ones looked at.
                Some(None) => continue,
                Some(Some(panel)) => panel.name.clone(),
                None => String::new(),
            };
            happened.push(Happening {
                panel,
                server: kept.about.server().map(|id| id.uuid.clone()),
                name: Some(kept.name.clone()).filter(|name| !name.is_empty()),
                alert: Some(Arc::new(kept.clone())),
                ..empty(kept.at_ms, HappeningKind::Alert)
            });
        }
        self.alert = newest.unwrap_or_default().max(self.alert);
    }

    fn look_at_panel(&mut self, panel: &PanelView, at_ms: i64, happened: &mut Vec<Happening>) {
        if panel.connecting && panel.problem.is_none() {
            return;
        }
        let problem = panel.problem.as_ref().map(|problem| problem.kind);
        let known = self.panels.insert(panel.id.clone(), problem);
        // A panel that is out of reach from the start is worth a line, one that answers is not.
        let before = known.unwrap_or_default();
        if before != problem {
            happened.push(Happening {
                from: before.map(Word::Problem),
                to: problem.map(Word::Problem),
                detail: detail(panel.problem.as_ref()),
                ..of_panel(panel, at_ms, HappeningKind::Problem)
            });
        }
    }

    fn look_at_server(
        &mut self,
        panel: &PanelView,
        server: &ServerView,
        at_ms: i64,
        happened: &mut Vec<Happening>,
    ) {
        let now = Known {
            condition: server.condition,
            problem: server.problem.as_ref().map(|problem| problem.kind),
        };
        let nothing_yet = now.condition == Condition::Unknown && now.problem.is_none();
        if nothing_yet && !self.servers.contains_key(&server.id) {
            return;
        }
        let Some(before) = self.servers.insert(server.id.clone(), now) else {
            return;
        };
        let of_server = |kind| Happening {
            server: Some(server.id.uuid.clone()),
            name: Some(server.name.clone()),
            cause: server.cause,
            source: server.source,
            ..of_panel(panel, at_ms, kind)
        };
        if before.condition != now.condition {
            happened.push(Happening {
                from: Some(Word::Condition(before.condition)),
                to: Some(Word::Condition(now.condition)),
                ..of_server(HappeningKind::Condition)
            });
        }
        if before.problem != now.problem {
            happened.push(Happening {
                from: before.problem.map(Word::Problem),
                to: now.problem.map(Word::Problem),
                cause: None,
                detail: detail(server.problem.as_ref()),
                ..of_server(HappeningKind::Problem)
            });
        }
    }
}

fn detail(problem: Option<&Problem>) -> Option<String> {
    let words = problem.map(|problem| problem.detail.clone());
    words.filter(|words| !words.is_empty())
}

fn of_panel(panel: &PanelView, at_ms: i64, kind: HappeningKind) -> Happening {
    Happening {
        panel: panel.name.clone(),
        ..empty(at_ms, kind)
    }
}

fn empty(at_ms: i64, kind: HappeningKind) -> Happening {
    Happening {
        at: rfc3339(at_ms),
        kind,
        panel: String::new(),
        server: None,
        name: None,
        from: None,
        to: None,
        cause: None,
        source: None,
        detail: None,
        alert: None,
    }
}

const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970 as `2026-11-23T10:00:00.123Z`.
pub fn rfc3339(at_ms: i64) -> String {
    let (year, month, day) = date(at_ms.div_euclid(DAY_MS));
    let ms = at_ms.rem_euclid(DAY_MS);
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    let fraction = ms % 1000;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z")
}

/// Year, month and day of a day counted from 1970. Years start in March here, so that a leap day
/// is the last of its year; 400 of them always have the same 146 097 days.
fn date(days: i64) -> (i64, i64, i64) {
    let since = days + 719_468;
    let (cycle, day_of_cycle) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let leap_days = day_of_cycle / 1460 - day_of_cycle / 36_524 + day_of_cycle / 146_096;
    let year_of_cycle = (day_of_cycle - leap_days) / 365;
    let day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn moments_are_written_as_everybody_writes_them() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(rfc3339(1_735_689_599_999), "2024-12-31T23:59:59.999Z");
        assert_eq!(rfc3339(1_795_428_000_123), "2026-11-23T10:00:00.123Z");
        assert_eq!(rfc3339(-1), "1969-12-31T23:59:59.999Z");
    }
}
