//! Backups: making, restoring, deleting, and what the panel says about them (REFERENCE 10). Never writes a file.

use std::time::Duration;

use serde_json::{Value, json};

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::ids;
use crate::life::Moment;
use crate::list;
use crate::people::User;
use crate::refusal::Refusal;
use crate::server::Server;
use crate::throttle::Action;
use crate::world::World;

#[derive(Clone, Debug)]
pub(crate) struct Backup {
    uuid: String,
    name: String,
    ignored: Vec<String>,
    locked: bool,
    made: Moment,
    pub(crate) done: Moment,
    /// Deleted ones still count for the creation rule.
    deleted: bool,
    /// Its end has been told to everybody connected.
    pub(crate) told: bool,
}

const BYTES: u64 = 412_316_860;

impl Backup {
    fn checksum(&self) -> String {
        ids::hex(&format!("backup {}", self.uuid), 40)
    }

    fn body(&self, world: &World) -> Value {
        let done = self.done <= world.now;
        json!({"object": "backup", "attributes": {
            "uuid": self.uuid,
            "is_successful": done,
            "is_locked": self.locked,
            "name": self.name,
            "ignored_files": self.ignored,
            "checksum": done.then(|| format!("sha1:{}", self.checksum())),
            "bytes": if done { BYTES } else { 0 },
            "created_at": world.stamp(self.made),
            "completed_at": done.then(|| world.stamp(self.done)),
        }})
    }
}

impl Server {
    /// Tells of backups that are done by now.
    pub(crate) fn backups_until(&mut self, now: Moment) {
        let mut backups = std::mem::take(&mut self.backups);
        for backup in backups
            .iter_mut()
            .filter(|one| !one.told && one.done <= now)
        {
            backup.told = true;
            let text = format!(
                "{{\"checksum\":\"{}\",\"checksum_type\":\"sha1\",\"file_size\":{BYTES},\"is_successful\":true,\"uuid\":\"{}\"}}",
                backup.checksum(),
                backup.uuid
            );
            self.event("backup completed", &[&text]);
        }
        self.backups = backups;
        if self.restored.is_some_and(|ends| ends <= now) {
            self.restored = None;
            self.status = None;
            let done = "Completed server restoration from local backup.";
            self.event("daemon message", &[done]);
            self.event("backup restore completed", &[""]);
        }
    }

    fn restore_until(&mut self, ends: Moment) {
        self.status = Some("restoring_backup".to_owned());
        self.restored = Some(ends);
        self.event("daemon message", &["(restoring): hello.txt"]);
    }
}

/// What is asked about backups, by the rest of the path and the method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BackupCall<'a> {
    List,
    Create,
    View(&'a str),
    Delete(&'a str),
    Download(&'a str),
    Restore(&'a str),
}

impl<'a> BackupCall<'a> {
    pub(crate) fn permission(self) -> &'static str {
        match self {
            Self::List | Self::View(_) => "backup.read",
            Self::Create => "backup.create",
            Self::Delete(_) => "backup.delete",
            Self::Download(_) => "backup.download",
            Self::Restore(_) => "backup.restore",
        }
    }

    /// The backup it is about.
    pub(crate) fn uuid(self) -> Option<&'a str> {
        match self {
            Self::List | Self::Create => None,
            Self::View(uuid) | Self::Delete(uuid) | Self::Download(uuid) | Self::Restore(uuid) => {
                Some(uuid)
            }
        }
    }

    pub(crate) fn throttled(self) -> Option<Action> {
        matches!(self, Self::Restore(_)).then_some(Action::Restore)
    }
}

/// Where among its server's backups one is.
pub(crate) fn position(server: &Server, uuid: &str) -> Option<usize> {
    let mut all = server.backups.iter();
    all.position(|one| one.uuid == uuid && !one.deleted)
}

pub(crate) fn answer(
    world: &mut World,
    ask: &Ask,
    call: BackupCall<'_>,
    user: &User,
    index: usize,
) -> Result<Reply, Refusal> {
    let server = &world.servers[index];
    let at = match call.uuid() {
        Some(uuid) => position(server, uuid).ok_or_else(Refusal::unknown_server)?,
        None => 0,
    };
    let name = server.backups.get(at).map(|one| one.name.clone());
    let body = match call {
        BackupCall::List => list_of(world, ask, index)?,
        BackupCall::Create => return create(world, ask, user, index),
        BackupCall::View(_) => server.backups[at].body(world),
        BackupCall::Delete(_) => {
            world.servers[index].backups[at].deleted = true;
            return Ok(Reply::at_once(Answer::no_content()));
        }
        BackupCall::Download(uuid) => json!({"object": "signed_url", "attributes": {
            "url": format!("{}/download/backup?token={}", world.node_url, ids::hex(uuid, 40)),
        }}),
        BackupCall::Restore(_) => {
            let ends = world.now + world.rules.backup_takes;
            world.servers[index].restore_until(ends);
            let properties = json!({"name": name, "truncate": ask.flag("truncate")});
            world.note(Some(index), user, "server:backup.restore", true, properties);
            return Ok(Reply::at_once(Answer::no_content()));
        }
    };
    Ok(Reply::at_once(Answer::json(&body)))
}

fn list_of(world: &World, ask: &Ask, index: usize) -> Result<Value, Refusal> {
    let all = world.servers[index].backups.iter();
    let bodies: Vec<Value> = all
        .filter(|one| !one.deleted)
        .map(|one| one.body(world))
        .collect();
    let count = bodies.len();
    let mut body = list::paged(ask, bodies, (20, 50))?;
    body["meta"]["backup_count"] = count.into();
    Ok(body)
}

fn create(world: &mut World, ask: &Ask, user: &User, index: usize) -> Result<Reply, Refusal> {
    let (now, rules) = (world.now, &world.rules);
    let server = &world.servers[index];
    let recent = server
        .backups
        .iter()
        .filter(|one| one.made + rules.backup_window > now);
    let made: Vec<Moment> = recent.map(|one| one.made).collect();
    let (most, limit) = (rules.backups_per_window, server.spec.feature_limits.2);
    if u32::try_from(made.len()).is_ok_and(|made| made >= most) {
        let wait = made[0] + rules.backup_window - now;
        return Err(Refusal::too_many_backups(most, rules.backup_window, wait));
    }
    let there = server.backups.iter().filter(|one| !one.deleted).count();
    if u32::try_from(there).is_ok_and(|there| there >= limit) {
        return Err(Refusal::backup_limit(limit));
    }
    let nth = server.backups.len();
    let backup = Backup {
        uuid: ids::uuid(&format!("backup {nth} of {}", server.uuid)),
        name: ask.field("name").unwrap_or_else(|| format!("Backup {nth}")),
        ignored: ask
            .field("ignored")
            .map(|text| text.lines().map(str::to_owned).collect())
            .unwrap_or_default(),
        locked: ask.flag("is_locked"),
        made: now,
        done: now + rules.backup_takes,
        deleted: false,
        told: false,
    };
    let body = backup.body(world);
    let properties = json!({"name": backup.name, "truncate": false});
    world.servers[index].backups.push(backup);
    world.note(Some(index), user, "server:backup.start", true, properties);
    Ok(Reply::at_once(Answer::json(&body)))
}

impl World {
    /// A backup that was finished long ago, and its UUID.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn add_backup(&mut self, server: &str, name: &str) -> String {
        let ago = self.rules.backup_window + Duration::from_secs(3_600);
        let made = self.now.saturating_sub(ago);
        let server = self.server(server);
        let nth = server.backups.len();
        let uuid = ids::uuid(&format!("backup {nth} of {}", server.uuid));
        server.backups.push(Backup {
            uuid: uuid.clone(),
            name: name.to_owned(),
            ignored: Vec::new(),
            locked: false,
            made,
            done: made,
            deleted: false,
            told: true,
        });
        uuid
    }

    /// Gives a backup another UUID, for playing a recorded request.
    ///
    /// # Panics
    /// When there is no such server or backup.
    pub fn name_backup(&mut self, server: &str, uuid: &str, new: &str) {
        let server = self.server(server);
        let at = position(server, uuid).unwrap_or_else(|| panic!("no backup {uuid:?}"));
        new.clone_into(&mut server.backups[at].uuid);
    }
}
