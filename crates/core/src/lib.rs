//! Pterotray without a desktop: watch panels, decide what it means, and say what to do about it.
//!
//! One loop owns the state. Everything that happens becomes an [`Event`]; one pure function turns
//! (state, now, event) into (state, [`Effect`]s); everything shown is drawn from one [`Snapshot`].
//! Nothing here knows of Tauri, GTK, D-Bus or a keyring.
#![forbid(unsafe_code)]

mod action;
mod alert;
mod app;
mod clock;
mod condition;
mod console;
mod diagnosis;
mod effect;
mod errand;
mod event;
pub mod format;
mod history;
mod id;
pub mod keys;
pub mod login_entry;
pub mod menu;
mod monitor;
pub mod notification;
pub mod paths;
pub mod plain;
mod problem;
mod project;
pub mod report;
pub mod settings;
#[cfg(test)]
mod simulation;
mod snapshot;
mod store;
mod text;
mod time;
mod version;
mod whole_file;
pub mod wire;

pub use action::{Action, Found, Outcome, Page, TypedKey};
pub use alert::{
    Actor, Alert, CrashReport, Fall, KeptAlert, Measure, News, Silence, Subject, Usage,
};
pub use app::{App, Config, EnvironmentPanel, NEWEST_RELEASE};
pub use condition::{Block, Condition, Facts, Power, Standing, condition};
pub use console::{Console, ConsoleLine, ConsoleMark, ConsoleNews, ConsoleRun, ConsoleState};
pub use diagnosis::{
    BudgetLeft, DesktopFindings, Diagnosis, PanelDiagnosis, Surroundings, Tally, found,
    why_not_live,
};
pub use effect::{Desktop, Drive, Effect, Plan, Watched};
pub use errand::{BackupProgress, BackupView, Deed, Errand, ScheduleView};
pub use event::{AskId, Event, LiveNews, Logged};
pub use history::{Cause, Changed, History, Point, Sparkline, Sparklines};
pub use id::{PanelId, ServerId};
pub use menu::{Item, Tray};
pub use notification::{Button, Notification, Urgency};
pub use problem::{Problem, ProblemKind};
pub use project::ProjectPage;
pub use pterodactyl_client::PowerSignal;
pub use snapshot::{
    Aggregate, Can, KeyView, LeavingPanel, LimitsView, LiveView, May, PanelView, Pending, Phase,
    Places, ResourcesView, ServerView, Snapshot, Source,
};
pub use store::{Freshness, State};
pub use text::{Part, Texts};
pub use time::Now;
