//! Backups of a server. It must never call a backup done before the panel says when it was.

use std::time::SystemTime;

use serde::Deserialize;

use crate::number::count;
use crate::server::is_identifier;
use crate::text::{DETAIL, NAME, clean};
use crate::timestamp::moment;

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// What to know it by.
    pub uuid: String,
    /// The name people or the panel gave it.
    pub name: String,
    /// Its size in bytes; 0 until it is done.
    pub bytes: u64,
    /// How far it is.
    pub state: BackupState,
    /// Protected from being deleted.
    pub locked: bool,
    /// The archive's checksum with its method in front (`sha1:...`).
    pub checksum: Option<String>,
    /// When it was asked for.
    pub created: Option<SystemTime>,
    /// When it was done or had failed.
    pub completed: Option<SystemTime>,
}

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackupState {
    /// Being made.
    Running,
    /// Made.
    Done,
    /// Could not be made.
    Failed,
}

/// What a new backup shall be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewBackup {
    /// Its name, at most 191 characters; the panel makes one up for `None`.
    pub name: Option<String>,
    /// Files to leave out, one pattern a line as in `.gitignore`; the server's own list for `None`.
    pub ignored: Option<String>,
    /// Protect it from being deleted; quietly ignored without the permission to delete.
    pub locked: bool,
}

/// `attributes` of a `backup`.
#[derive(Deserialize)]
pub(crate) struct RawBackup {
    uuid: String,
    name: Option<String>,
    is_successful: Option<bool>,
    is_locked: Option<bool>,
    checksum: Option<String>,
    #[serde(default, deserialize_with = "count")]
    bytes: u64,
    #[serde(default, deserialize_with = "moment")]
    created_at: Option<SystemTime>,
    completed_at: Option<String>,
}

impl Backup {
    /// The backup, or nothing when its uuid cannot be one.
    pub(crate) fn read(raw: RawBackup) -> Option<Self> {
        let state = match (&raw.completed_at, raw.is_successful) {
            (None, _) => BackupState::Running,
            (Some(_), Some(false)) => BackupState::Failed,
            (Some(_), _) => BackupState::Done,
        };
        let completed = raw.completed_at.map(serde_json::Value::String);
        is_identifier(&raw.uuid).then_some(Self {
            uuid: raw.uuid,
            name: clean(&raw.name.unwrap_or_default(), NAME),
            bytes: raw.bytes,
            state,
            locked: raw.is_locked.unwrap_or_default(),
            checksum: raw.checksum.map(|checksum| clean(&checksum, DETAIL)),
            created: raw.created_at,
            completed: completed.and_then(|text| moment(text).ok().flatten()),
        })
    }
}

impl NewBackup {
    /// The body of the request.
    pub(crate) fn json(&self) -> serde_json::Value {
        let mut body = serde_json::json!({"is_locked": self.locked});
        for (key, value) in [("name", &self.name), ("ignored", &self.ignored)] {
            if let Some(value) = value {
                body[key] = value.as_str().into();
            }
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Backup {
        let json = format!(r#"{{"uuid":"a"{rest}}}"#);
        Backup::read(serde_json::from_str(&json).unwrap()).unwrap()
    }

    #[test]
    fn a_backup_is_running_done_or_failed() {
        let made = r#""completed_at":"2026-11-23T03:14:52+00:00","bytes":117"#;
        assert_eq!(
            read(r#","completed_at":null,"is_successful":true"#).state,
            BackupState::Running
        );
        let done = read(&format!(r#",{made},"is_successful":true"#));
        assert_eq!((done.state, done.bytes), (BackupState::Done, 117));
        assert!(done.completed.is_some());
        let failed = read(&format!(r#",{made},"is_successful":false"#));
        assert_eq!(failed.state, BackupState::Failed);
        assert_eq!(read("").state, BackupState::Running);
    }

    #[test]
    fn a_new_backup_says_only_what_it_must() {
        assert_eq!(
            NewBackup::default().json().to_string(),
            r#"{"is_locked":false}"#
        );
        let named = NewBackup {
            name: Some("before the update".into()),
            ignored: Some("*.log".into()),
            locked: true,
        };
        assert_eq!(
            named.json().to_string(),
            r#"{"ignored":"*.log","is_locked":true,"name":"before the update"}"#
        );
    }
}
