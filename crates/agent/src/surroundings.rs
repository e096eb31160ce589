//! What is around this program, for the report: tray host, notification server, keyring, start at login, log.
//!
//! Shows nothing, stores nothing, and names nobody; folders outside the home folder only where they were asked for.

#[cfg(target_os = "linux")]
#[path = "surroundings/linux.rs"]
mod desktop;
#[cfg(not(target_os = "linux"))]
#[path = "surroundings/other.rs"]
mod desktop;

use crate::{autostart, environment, keyring, logging};
use pterotray_core::{
    DesktopFindings, Outcome, Surroundings, Texts, found, keys::KeyError, paths::Paths,
};
use std::{path::Path, time::Duration};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// How long keyring and session bus may take to answer.
const ANSWERING: Duration = Duration::from_secs(5);
/// An account of the keyring that no panel has.
const NOBODY: &str = "doctor";

/// Completes a report with what only this program can tell, and puts it into words. Any other outcome stays as it is.
pub(crate) async fn complete(
    outcome: Outcome,
    paths: &Paths,
    log_level: Option<&str>,
    texts: &Texts,
) -> Outcome {
    let Outcome::Report { mut diagnosis, .. } = outcome else {
        return outcome;
    };
    diagnosis.surroundings = Some(look(paths, log_level).await);
    let text = diagnosis.in_words(texts);
    Outcome::Report { text, diagnosis }
}

/// Looks around.
pub(crate) async fn look(paths: &Paths, log_level: Option<&str>) -> Surroundings {
    let (tray, notifications, keyring) =
        tokio::join!(desktop::tray(), desktop::notifications(), keyring_state());
    let or_silent = |answer: Option<String>| answer.unwrap_or_else(|| found::SILENT.to_owned());
    Surroundings {
        desktop: DesktopFindings {
            tray: or_silent(tray),
            notifications: or_silent(notifications),
            keyring: or_silent(keyring),
        },
        start_at_login: autostart::is_on(),
        environment: environment::is_set(),
        logs: log_folder(paths),
        log_level: logging::level_asked_for(log_level).to_string(),
    }
}

/// A keyring that hangs holds one thread, however often somebody wants to know.
static LOOK: Semaphore = Semaphore::const_new(1);

/// Whether the keyring can be asked. Nothing is stored, so nothing has to be unlocked.
async fn keyring_state() -> Option<String> {
    let answer = async {
        let only = LOOK.acquire().await.ok()?;
        let asking = spawn_blocking(move || {
            let answer = keyring::system().get(NOBODY);
            drop(only);
            answer
        });
        asking.await.ok()
    };
    let answer = timeout(ANSWERING, answer).await.ok()??;
    // The kind alone: what a keyring says of itself may name anything.
    let state = match answer {
        Ok(_) => found::ANSWERS,
        Err(KeyError::Missing(_)) => found::NONE,
        Err(KeyError::Locked(_)) => found::LOCKED,
        Err(KeyError::Failed(_)) => found::FAILS,
    };
    Some(state.to_owned())
}

/// A folder below the home folder names nobody; another one might.
fn log_folder(paths: &Paths) -> String {
    let folder = paths.logs();
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    let below = home.and_then(|home| {
        let below = folder.strip_prefix(Path::new(&home)).ok()?;
        Some(Path::new("~").join(below).display().to_string())
    });
    below.unwrap_or_else(|| found::ELSEWHERE.to_owned())
}
