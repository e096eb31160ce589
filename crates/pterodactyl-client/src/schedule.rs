//! Schedules: what a server does by the clock. It must never work out when one runs next; the panel says so.

use std::time::SystemTime;

use serde::Deserialize;

use crate::number::{count, signed};
use crate::text::{DESCRIPTION, NAME, clean};
use crate::timestamp::moment;

/// One schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What calls take.
    pub id: u64,
    /// The name people gave it.
    pub name: String,
    /// When it runs: minute, hour, day of month, month, day of week, as in a crontab, in the panel's time zone.
    pub cron: String,
    /// Switched on.
    pub active: bool,
    /// Running right now.
    pub processing: bool,
    /// Skipped while the server is offline.
    pub only_when_online: bool,
    /// When it last ran.
    pub last_run: Option<SystemTime>,
    /// When it runs next; also set while it is switched off.
    pub next_run: Option<SystemTime>,
    /// What it does, in order.
    pub tasks: Vec<Task>,
}

/// One step of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// `command`, `power` or `backup`; perhaps others on newer panels.
    pub action: String,
    /// The command, the power signal, or the files to leave out.
    pub payload: String,
    /// Seconds to wait after the step before.
    pub delay_seconds: u64,
    /// The next step follows even when this one fails.
    pub continue_on_failure: bool,
}

/// `attributes` of a `server_schedule`.
#[derive(Deserialize)]
pub(crate) struct RawSchedule {
    #[serde(deserialize_with = "count")]
    id: u64,
    name: Option<String>,
    cron: Option<RawCron>,
    is_active: Option<bool>,
    is_processing: Option<bool>,
    only_when_online: Option<bool>,
    #[serde(default, deserialize_with = "moment")]
    last_run_at: Option<SystemTime>,
    #[serde(default, deserialize_with = "moment")]
    next_run_at: Option<SystemTime>,
    relationships: Option<RawRelationships>,
}

#[derive(Deserialize)]
struct RawCron {
    minute: Option<String>,
    hour: Option<String>,
    day_of_month: Option<String>,
    month: Option<String>,
    day_of_week: Option<String>,
}

#[derive(Deserialize)]
struct RawRelationships {
    tasks: Option<RawTasks>,
}

#[derive(Deserialize)]
struct RawTasks {
    data: Option<Vec<RawTaskItem>>,
}

#[derive(Deserialize)]
struct RawTaskItem {
    attributes: RawTask,
}

#[derive(Deserialize)]
struct RawTask {
    #[serde(default, deserialize_with = "signed")]
    sequence_id: i64,
    action: Option<String>,
    payload: Option<String>,
    #[serde(default, deserialize_with = "count")]
    time_offset: u64,
    continue_on_failure: Option<bool>,
}

impl From<RawSchedule> for Schedule {
    fn from(raw: RawSchedule) -> Self {
        let mut tasks: Vec<RawTask> = raw
            .relationships
            .and_then(|relationships| relationships.tasks?.data)
            .into_iter()
            .flatten()
            .map(|item| item.attributes)
            .collect();
        tasks.sort_by_key(|task| task.sequence_id);
        Self {
            id: raw.id,
            name: clean(&raw.name.unwrap_or_default(), NAME),
            cron: raw.cron.map(RawCron::line).unwrap_or_default(),
            active: raw.is_active.unwrap_or_default(),
            processing: raw.is_processing.unwrap_or_default(),
            only_when_online: raw.only_when_online.unwrap_or_default(),
            last_run: raw.last_run_at,
            next_run: raw.next_run_at,
            tasks: tasks.into_iter().map(Task::from).collect(),
        }
    }
}

impl RawCron {
    fn line(self) -> String {
        let parts = [
            self.minute,
            self.hour,
            self.day_of_month,
            self.month,
            self.day_of_week,
        ];
        let parts = parts.map(|part| clean(part.as_deref().unwrap_or("*"), NAME));
        parts.join(" ")
    }
}

impl From<RawTask> for Task {
    fn from(raw: RawTask) -> Self {
        Self {
            action: clean(&raw.action.unwrap_or_default(), NAME),
            payload: clean(&raw.payload.unwrap_or_default(), DESCRIPTION),
            delay_seconds: raw.time_offset,
            continue_on_failure: raw.continue_on_failure.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_come_in_the_order_they_are_taken() {
        let schedule: Schedule = serde_json::from_str::<RawSchedule>(
            r#"{"id":9,"name":"Nightly","cron":{"minute":"0","hour":"4","day_of_week":"*"},"is_active":true,
                "next_run_at":"2026-01-02T04:00:00+00:00","relationships":{"tasks":{"object":"list","data":[
                {"object":"schedule_task","attributes":{"sequence_id":2,"action":"power","payload":"restart","time_offset":60}},
                {"object":"schedule_task","attributes":{"sequence_id":1,"action":"command","payload":"say soon"}}]}}}"#,
        )
        .unwrap()
        .into();
        assert_eq!(schedule.cron, "0 4 * * *");
        let steps: Vec<(&str, u64)> = schedule
            .tasks
            .iter()
            .map(|task| (task.payload.as_str(), task.delay_seconds))
            .collect();
        assert_eq!(steps, [("say soon", 0), ("restart", 60)]);
        assert!(schedule.next_run.is_some() && schedule.last_run.is_none());
    }
}
