//! `pterotray reset`: removes everything that Pterotray keeps on this computer.
//!
//! Touches no panel, and no file that is not Pterotray's: a folder goes only when it is empty.

use super::{Place, exit::Exit, print, show, view};
use crate::{
    autostart, keyring,
    socket::client::{Client, ClientError},
};
use pterotray_core::{
    Part, Problem, ProblemKind, Texts,
    keys::KeyError,
    paths::Paths,
    settings::{self, KeyPlace, PanelSettings},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{task::spawn_blocking, time::timeout};

/// How long the keyring may take to forget one key; it may ask to be unlocked.
const FORGETTING: Duration = Duration::from_secs(60);

/// Asks, ends the agent, and removes keys, files and the start at login, in this order: without the
/// settings nobody would know which keys there are.
pub(super) async fn run(place: &Place, yes: bool, texts: &Texts) -> anyhow::Result<Exit> {
    let paths = &place.paths;
    if !yes
        && let Err(exit) = print::confirm(
            &texts.say("cli-reset-ask"),
            &texts.say("cli-reset-needs-yes"),
            texts,
        )
    {
        return Ok(exit);
    }
    match Client::connect_to_end(paths).await {
        Ok(client) => {
            let ended = show::end(client, texts).await?;
            if ended != Exit::Done {
                return Ok(ended);
            }
        }
        Err(ClientError::NotRunning) => {}
        Err(error) => return Err(error.into()),
    }
    // No agent may start while its files go.
    let _hold = view::hold(paths).await?;
    let loaded = settings::load(&paths.settings(), false);
    for panel in loaded.settings.panels {
        let name = panel.name.clone();
        if let Err(why) = forget(panel, texts).await {
            let parts = [("name", Part::Text(&name)), ("reason", Part::Text(&why))];
            print::error(&texts.say_with("cli-reset-key-left", &parts));
            return Ok(Exit::Failed);
        }
    }
    let own = Paths::of_user().as_ref() == Some(paths);
    if !every_panel_known(paths, loaded.problem.is_some()) {
        if !own {
            print::error(&texts.say("cli-reset-keys-unknown"));
        } else if let Err(why) = forget_all(texts).await {
            let parts = [("reason", Part::Text(why.as_str()))];
            print::error(&texts.say_with("cli-reset-keys-left", &parts));
            return Ok(Exit::Failed);
        }
    }
    // The start at login is the user's own Pterotray, not that of a profile elsewhere.
    if own {
        autostart::remove()?;
    }
    remove_files(paths)?;
    print::line(&texts.say("cli-reset-done"));
    Ok(Exit::Done)
}

async fn forget(panel: PanelSettings, texts: &Texts) -> Result<(), String> {
    if panel.key_place != KeyPlace::Keyring {
        // Memory ended with the agent, and the file goes as a whole.
        return Ok(());
    }
    done_in_time(move || keyring::system().forget(&panel.id.0), texts).await
}

/// Everything that a Pterotray of this user keeps in the keyring: the settings that named it are broken.
async fn forget_all(texts: &Texts) -> Result<(), String> {
    done_in_time(keyring::forget_all, texts).await
}

async fn done_in_time(
    work: impl FnOnce() -> Result<(), KeyError> + Send + 'static,
    texts: &Texts,
) -> Result<(), String> {
    let said = |problem: &Problem| texts.problem(problem);
    match timeout(FORGETTING, spawn_blocking(work)).await {
        Ok(Ok(done)) => done.map_err(|error| said(&Problem::from(&error))),
        Ok(Err(_)) | Err(_) => Err(said(&Problem::of(ProblemKind::KeyringSilent))),
    }
}

/// Whether the settings name every panel there was: a file that could not be read, or was put aside,
/// may have named others.
fn every_panel_known(paths: &Paths, broken: bool) -> bool {
    let beginning = "settings.json.broken";
    let aside = ours(&folder_of(&paths.settings()), beginning).unwrap_or_default();
    !broken && aside.is_empty()
}

fn remove_files(paths: &Paths) -> io::Result<()> {
    let logs = paths.logs();
    let config = folder_of(&paths.settings());
    let state = folder_of(&logs);
    let runtime = paths.runtime().to_owned();
    for file in ours(&config, "settings.json")? {
        fs::remove_file(file)?;
    }
    for beginning in ["pterotray", "window.log"] {
        for file in ours(&logs, beginning)? {
            fs::remove_file(file)?;
        }
    }
    let others = [
        paths.keys(),
        runtime.join("pterotray.png"),
        paths.socket(),
        runtime.join("agent.lock"),
    ];
    for file in others {
        unless_missing(fs::remove_file(file))?;
    }
    for folder in [logs, config, state, runtime] {
        // Somebody else's files may be in it.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// The files of a folder whose names begin so.
fn ours(folder: &Path, beginning: &str) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let named = entry.file_name().to_string_lossy().starts_with(beginning);
        if named && entry.file_type()?.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_stays_and_keeps_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("profile");
        let paths = Paths::within(&profile);
        fs::create_dir_all(paths.logs()).unwrap();
        for name in [
            "settings.json",
            "settings.json.broken-2",
            "keys.json",
            "notes.txt",
        ] {
            fs::write(profile.join(name), "x").unwrap();
        }
        for name in ["pterotray.log", "pterotray.1.log", "window.log"] {
            fs::write(paths.logs().join(name), "x").unwrap();
        }
        remove_files(&paths).unwrap();
        let left: Vec<_> = fs::read_dir(&profile)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["notes.txt"]);
        fs::remove_file(profile.join("notes.txt")).unwrap();
        remove_files(&paths).unwrap();
        assert!(!profile.exists());
    }
}
