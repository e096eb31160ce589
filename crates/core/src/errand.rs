//! What a person asks a panel for about one server, beside power: one request, and what it brings back.
//!
//! Plain values: never kept in the state, never part of a snapshot, never repeated by themselves.

use pterodactyl_client::{ActivityEntry, Backup, BackupState, Schedule};
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

/// Entries of a list that are shown; what is older is on the panel.
const MOST: usize = 100;

/// One request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Errand {
    /// Send a line to the console; done when the node took it.
    Command {
        /// Without its end.
        line: String,
    },
    /// Which backups there are: [`Outcome::Backups`](crate::Outcome::Backups).
    Backups,
    /// Have a backup made; done when the panel took it, long before the backup is.
    MakeBackup {
        /// What to call it; the panel makes a name up for `None`.
        name: Option<String>,
    },
    /// Which schedules there are: [`Outcome::Schedules`](crate::Outcome::Schedules).
    Schedules,
    /// Run a schedule now; done when the panel took it.
    RunSchedule {
        /// [`ScheduleView::id`].
        schedule: u64,
    },
    /// What people did lately: [`Outcome::Activity`](crate::Outcome::Activity).
    Activity,
}

impl Errand {
    /// What a user needs for it (API reference, 6 and 10).
    pub fn permission(&self) -> &'static str {
        match self {
            Errand::Command { .. } => "control.console",
            Errand::Backups => "backup.read",
            Errand::MakeBackup { .. } => "backup.create",
            Errand::Schedules => "schedule.read",
            Errand::RunSchedule { .. } => "schedule.update",
            Errand::Activity => "activity.read",
        }
    }
}

/// Names the kind only: a command may hold a password.
impl std::fmt::Debug for Errand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.permission())
    }
}

/// One backup, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BackupView {
    /// What the panel knows it by.
    pub uuid: String,
    /// Its name, made safe to show.
    pub name: String,
    /// Bytes; 0 until it is done.
    pub bytes: u64,
    /// How far it is.
    pub progress: BackupProgress,
    /// Protected from being deleted.
    pub locked: bool,
    /// Milliseconds since 1970 when it was asked for.
    pub created_ms: Option<i64>,
}

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum BackupProgress {
    /// Being made.
    Running,
    /// Made.
    Done,
    /// Could not be made.
    Failed,
}

/// One schedule, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ScheduleView {
    /// What the panel knows it by.
    pub id: u64,
    /// Its name, made safe to show.
    pub name: String,
    /// When it runs, as in a crontab, by the panel's clock.
    pub cron: String,
    /// Switched on.
    pub active: bool,
    /// Running right now.
    pub running: bool,
    /// Milliseconds since 1970 when it last ran.
    pub last_run_ms: Option<i64>,
    /// Milliseconds since 1970 when it runs next; also set while it is switched off.
    pub next_run_ms: Option<i64>,
}

/// One entry of a server's activity log, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Deed {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// What happened, in the panel's names: `server:power.stop`.
    pub event: String,
    /// The login name of who did it; `None` for the panel itself or a deleted user.
    pub by: Option<String>,
    /// Done with an API key, not in a browser.
    pub by_key: bool,
}

/// The newest backups first.
pub(crate) fn backups(mut found: Vec<Backup>) -> Vec<BackupView> {
    found.sort_by_key(|backup| std::cmp::Reverse(backup.created));
    let view = |backup: Backup| BackupView {
        uuid: backup.uuid,
        name: backup.name,
        bytes: backup.bytes,
        progress: match backup.state {
            BackupState::Running => BackupProgress::Running,
            BackupState::Done => BackupProgress::Done,
            BackupState::Failed => BackupProgress::Failed,
        },
        locked: backup.locked,
        created_ms: backup.created.and_then(millis),
    };
    found.into_iter().take(MOST).map(view).collect()
}

/// The schedules in the panel's order.
pub(crate) fn schedules(found: Vec<Schedule>) -> Vec<ScheduleView> {
    let view = |schedule: Schedule| ScheduleView {
        id: schedule.id,
        name: schedule.name,
        cron: schedule.cron,
        active: schedule.active,
        running: schedule.processing,
        last_run_ms: schedule.last_run.and_then(millis),
        next_run_ms: schedule.next_run.and_then(millis),
    };
    found.into_iter().take(MOST).map(view).collect()
}

/// The newest deeds first; those without a time cannot be put anywhere.
pub(crate) fn deeds(found: Vec<ActivityEntry>) -> Vec<Deed> {
    let view = |entry: ActivityEntry| {
        Some(Deed {
            at_ms: entry.at.and_then(millis)?,
            event: entry.event,
            by: entry.actor.map(|actor| actor.username),
            by_key: entry.is_api,
        })
    };
    found.into_iter().take(MOST).filter_map(view).collect()
}

fn millis(at: SystemTime) -> Option<i64> {
    let since = at.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}
