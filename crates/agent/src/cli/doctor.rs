//! `pterotray doctor`: what works here and what does not, for people, and to be given to whoever helps.
//!
//! Has no place for a key, a token or a server's name; hosts and folders only where they were asked for.

#[cfg(target_os = "linux")]
#[path = "doctor/linux.rs"]
mod desktop;
#[cfg(not(target_os = "linux"))]
#[path = "doctor/other.rs"]
mod desktop;

use super::{
    Place,
    exit::{self, Exit},
    print,
    view::{View, settled},
};
use crate::{autostart, environment, keyring, logging};
use anyhow::bail;
use pterotray_core::{Action, Diagnosis, Outcome, Snapshot, Texts, paths::Paths};
use serde::Serialize;
use std::{
    fmt::{self, Display, Formatter},
    path::Path,
    time::Duration,
};
use tokio::{task::spawn_blocking, time::timeout};

/// How long the panels may take to say everything.
const SETTLING: Duration = Duration::from_secs(15);
/// How long keyring and session bus may take to answer.
const ANSWERING: Duration = Duration::from_secs(5);
/// An account of the keyring that no panel has.
const NOBODY: &str = "doctor";

/// What `doctor --json` prints: a contract, only ever added to.
#[derive(Debug, Serialize)]
struct Findings {
    /// A running Pterotray told how the panels fare; otherwise this command looked itself.
    agent_running: bool,
    #[serde(flatten)]
    diagnosis: Diagnosis,
    /// What this terminal sees of the desktop; the agent may see more.
    desktop: Desktop,
    /// It starts at login.
    start_at_login: bool,
    /// The folder of the log files, with `~` for the home folder.
    logs: String,
    /// The level of the log.
    log_level: String,
    /// Names and addresses of the panels, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<Address>,
}

/// What there is of a desktop, in words; they are not part of the contract.
#[derive(Debug, Serialize)]
struct Desktop {
    tray: String,
    notifications: String,
    keyring: String,
}

#[derive(Debug, Serialize)]
struct Address {
    name: String,
    url: String,
}

/// Looks, and prints what it found. Code 0 when every panel answers, else that of the first that does not.
pub(super) async fn run(
    place: Place,
    json: bool,
    addresses: bool,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    let paths = place.paths.clone();
    print::progress(&texts.say("cli-looking"));
    let mut view = View::open_live(place.config()?, keyring::system()).await?;
    let seen = view.until(SETTLING, settled).await?;
    let Outcome::Report { diagnosis, .. } = view.ask(Action::Diagnose).await? else {
        bail!("there is no report");
    };
    let findings = Findings {
        agent_running: matches!(view, View::Agent(_)),
        diagnosis: *diagnosis,
        desktop: desktop().await,
        start_at_login: autostart::is_on(),
        logs: log_folder(&paths, addresses),
        log_level: logging::level_asked_for(seen.snapshot.settings.log_level.as_deref())
            .to_string(),
        addresses: if addresses {
            addresses_of(&seen.snapshot)
        } else {
            Vec::new()
        },
    };
    if json {
        print::line(&serde_json::to_string(&findings)?);
    } else {
        print::out(&findings.to_string());
    }
    let mut problems = seen.snapshot.panels.iter().filter_map(|panel| {
        let problem = panel.problem.as_ref().filter(|_| !panel.answers());
        problem.map(exit::of)
    });
    Ok(problems.next().unwrap_or(Exit::Done))
}

fn addresses_of(snapshot: &Snapshot) -> Vec<Address> {
    let address = |panel: &pterotray_core::PanelView| Address {
        name: panel.name.clone(),
        url: panel.url.clone(),
    };
    snapshot.panels.iter().map(address).collect()
}

async fn desktop() -> Desktop {
    Desktop {
        tray: or_silent(desktop::tray().await),
        notifications: or_silent(desktop::notifications().await),
        keyring: keyring_state().await,
    }
}

fn or_silent(found: Option<String>) -> String {
    found.unwrap_or_else(|| "does not answer".to_owned())
}

/// Whether the keyring can be asked. Nothing is stored, so nothing has to be unlocked.
async fn keyring_state() -> String {
    let asking = spawn_blocking(|| keyring::system().get(NOBODY));
    match timeout(ANSWERING, asking).await {
        Ok(Ok(Ok(_))) => "answers".to_owned(),
        Ok(Ok(Err(error))) => kind_of(&error).to_owned(),
        Ok(Err(_)) | Err(_) => "does not answer".to_owned(),
    }
}

/// The kind alone: what a keyring says of itself may name anything.
fn kind_of(error: &pterotray_core::keys::KeyError) -> &'static str {
    use pterotray_core::keys::KeyError as E;
    match error {
        E::Missing(_) => "there is none",
        E::Locked(_) => "locked",
        E::Failed(_) => "fails",
    }
}

/// A folder below the home folder names nobody; another one might.
fn log_folder(paths: &Paths, addresses: bool) -> String {
    let folder = paths.logs();
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    let below = home.and_then(|home| {
        let below = folder.strip_prefix(Path::new(&home)).ok()?;
        Some(Path::new("~").join(below).display().to_string())
    });
    match below {
        Some(below) => below,
        None if addresses => folder.display().to_string(),
        None => "in the profile that was named".to_owned(),
    }
}

impl Display for Findings {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.diagnosis)?;
        for (address, number) in self.addresses.iter().zip(1..) {
            writeln!(f, "Panel {number} is {} at {}", address.name, address.url)?;
        }
        let running = if self.agent_running {
            "running"
        } else {
            "not running; looked without it"
        };
        writeln!(f, "\nAgent: {running}")?;
        writeln!(f, "Tray: {}", self.desktop.tray)?;
        writeln!(f, "Notifications: {}", self.desktop.notifications)?;
        writeln!(f, "Keyring: {}", self.desktop.keyring)?;
        let login = if self.start_at_login { "yes" } else { "no" };
        writeln!(f, "Starts at login: {login}")?;
        let environment = if environment::is_set() { "yes" } else { "no" };
        writeln!(f, "Panel in the environment: {environment}")?;
        writeln!(f, "Log: {} (level {})", self.logs, self.log_level)
    }
}
