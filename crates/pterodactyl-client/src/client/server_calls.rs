//! The calls about one server. They must never put anything but a server's own name into an address.

use serde_json::json;
use url::Url;

use super::Client;
use crate::activity::ActivityEntry;
use crate::backup::{Backup, NewBackup};
use crate::call::Call;
use crate::credentials::WebsocketCredentials;
use crate::error::Error;
use crate::page::{Listing, MOST_PAGES};
use crate::power::PowerSignal;
use crate::query::ActivityQuery;
use crate::resources::Resources;
use crate::schedule::Schedule;
use crate::server::{NetworkAllocation, ServerView, is_identifier};
use crate::startup::Startup;

/// The most backups a panel puts on one page.
const MOST_BACKUPS: &str = "50";

impl Client {
    /// One server and what the key may do with it. Works in every state the server can be in.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node; [`Error::NotFound`] without asking when `uuid` cannot be one.
    pub async fn server(&self, uuid: &str) -> Result<ServerView, Error> {
        let url = self.server_url(uuid, &[])?;
        self.get(Call::Server, url).await?.server()
    }

    /// What one server uses. The panel's answer is up to 20 s old.
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::Conflict`] means the server is suspended, being installed and the like.
    pub async fn resources(&self, uuid: &str) -> Result<Resources, Error> {
        let url = self.server_url(uuid, &["resources"])?;
        self.get(Call::Resources, url).await?.resources()
    }

    /// Sends a power signal. Success means the panel handed it to the node, not that anything happened.
    ///
    /// # Errors
    /// Any [`Error`]. After [`Error::Unreachable`] the signal may or may not have arrived.
    pub async fn power(&self, uuid: &str, signal: PowerSignal) -> Result<(), Error> {
        let url = self.server_url(uuid, &["power"])?;
        let body = json!({ "signal": signal.as_str() });
        let call = Call::Power(Some(signal));
        self.post(call, url, &body).await?.taken()
    }

    /// Sends a line to the server's console; needs `control.console`. Nothing of what it prints comes back here. Success
    /// proves nothing on Pelican, which never looks whether the server is running.
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::ServerOffline`] when it is not running. After [`Error::Unreachable`] the command may or may
    /// not have arrived.
    pub async fn command(&self, uuid: &str, line: &str) -> Result<(), Error> {
        let url = self.server_url(uuid, &["command"])?;
        let body = json!({ "command": line });
        self.post(Call::Command, url, &body).await?.taken()
    }

    /// What the server's websocket is opened with; needs `websocket.connect`. Never ask again after a 403, and never for
    /// more than are needed: see [`WebsocketCredentials`].
    ///
    /// # Errors
    /// Any [`Error`] but those about a node; [`Error::ActionLimited`] when all users together asked too often.
    pub async fn websocket(&self, uuid: &str) -> Result<WebsocketCredentials, Error> {
        let url = self.server_url(uuid, &["websocket"])?;
        self.get(Call::Websocket, url).await?.websocket()
    }

    /// One page of what was done to a server, newest first; needs `activity.read`.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node.
    pub async fn activity(
        &self,
        uuid: &str,
        query: &ActivityQuery,
    ) -> Result<Listing<ActivityEntry>, Error> {
        let url = query.on(self.server_url(uuid, &["activity"])?);
        self.get(Call::Activity, url).await?.activity()
    }

    /// All backups of a server; needs `backup.read`.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node.
    pub async fn backups(&self, uuid: &str) -> Result<Vec<Backup>, Error> {
        let mut found: Vec<Backup> = Vec::new();
        for page in 1..=MOST_PAGES {
            let mut url = self.server_url(uuid, &["backups"])?;
            url.query_pairs_mut()
                .append_pair("per_page", MOST_BACKUPS)
                .append_pair("page", &page.to_string());
            let listing = self.get(Call::Backups, url).await?.backups()?;
            for backup in listing.entries {
                if found.iter().all(|known| known.uuid != backup.uuid) {
                    found.push(backup);
                }
            }
            if page >= listing.pages {
                return Ok(found);
            }
        }
        let what = "list of backups with more pages than any real one";
        Err(Error::Unreadable { what })
    }

    /// Has a backup made; needs `backup.create`. It comes back [running](crate::BackupState::Running).
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::ActionLimited`] after too many in a short time (two in ten minutes, unless configured
    /// otherwise), [`Error::Refused`] with status 400 when the server may not have more.
    pub async fn create_backup(&self, uuid: &str, new: &NewBackup) -> Result<Backup, Error> {
        let url = self.server_url(uuid, &["backups"])?;
        let reply = self.post(Call::CreateBackup, url, &new.json()).await?;
        reply.backup()
    }

    /// The server's schedules; needs `schedule.read`.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node.
    pub async fn schedules(&self, uuid: &str) -> Result<Vec<Schedule>, Error> {
        let url = self.server_url(uuid, &["schedules"])?;
        self.get(Call::Schedules, url).await?.schedules()
    }

    /// Runs a schedule now; needs `schedule.update`. Success means it was queued.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node.
    pub async fn run_schedule(&self, uuid: &str, schedule: u64) -> Result<(), Error> {
        let number = schedule.to_string();
        let url = self.server_url(uuid, &["schedules", &number, "execute"])?;
        let reply = self.post(Call::RunSchedule, url, &json!({})).await?;
        reply.accepted()
    }

    /// All addresses of a server; needs `allocation.read`.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node.
    pub async fn allocations(&self, uuid: &str) -> Result<Vec<NetworkAllocation>, Error> {
        let url = self.server_url(uuid, &["network", "allocations"])?;
        self.get(Call::Allocations, url).await?.allocations()
    }

    /// How a server starts; needs `startup.read`.
    ///
    /// # Errors
    /// Any [`Error`] but those about a node.
    pub async fn startup(&self, uuid: &str) -> Result<Startup, Error> {
        let url = self.server_url(uuid, &["startup"])?;
        self.get(Call::Startup, url).await?.startup()
    }

    fn server_url(&self, uuid: &str, segments: &[&str]) -> Result<Url, Error> {
        if is_identifier(uuid) {
            Ok(self.url(&[&["servers", uuid], segments].concat()))
        } else {
            Err(Error::NotFound)
        }
    }
}
