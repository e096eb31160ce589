//! The window: a program of its own, started when somebody wants to see it.
//!
//! Never keeps it running, never talks to it (it comes to the socket), never starts two at once.

use crate::{
    activation::{self, Activation},
    detached::detached,
    environment, own_file,
};
use anyhow::{Context as _, anyhow};
use pterotray_core::{App, Page, Problem, ProblemKind, paths::Paths};
use std::{
    env,
    ffi::OsString,
    fs::File,
    io,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    process::{Child, Command},
    time::timeout,
};

/// The environment variable that names the window's program.
const PROGRAM: &str = "PTEROTRAY_WINDOW";
/// The window's program, beside this one or in the search path.
const NAME: &str = "pterotray-window";

/// How often the size of its log is looked at.
const LOG_LOOK: Duration = Duration::from_secs(60);
/// When its log is full, in bytes.
const LOG_FULL: u64 = 1024 * 1024;

/// The window, open or not.
#[derive(Debug)]
pub(crate) struct Window {
    app: App,
    paths: Paths,
    activation: Activation,
    alive: Arc<AtomicBool>,
}

impl Window {
    /// Nothing is started yet.
    pub(crate) fn new(app: App, paths: Paths, activation: Activation) -> Window {
        Window {
            app,
            paths,
            activation,
            alive: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Starts the window at a page. False when it is on its way already and must be told later.
    pub(crate) fn open(&self, page: &Page) -> bool {
        if self.alive.load(Ordering::Relaxed) {
            return false;
        }
        let log = self.log().ok();
        match self.start(page, log.as_ref()) {
            Ok(child) => {
                self.alive.store(true, Ordering::Relaxed);
                self.app.mended(ProblemKind::WindowMissing);
                self.app.mended(ProblemKind::WindowCrashed);
                tokio::spawn(reap(child, log, self.app.clone(), Arc::clone(&self.alive)));
            }
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the window did not start");
                self.failed(&format!("{error:#}"));
            }
        }
        true
    }

    /// Says that there is no window to be seen.
    pub(crate) fn failed(&self, why: &str) {
        self.app
            .notice(Problem::with(ProblemKind::WindowMissing, why));
    }

    fn start(&self, page: &Page, log: Option<&File>) -> anyhow::Result<Child> {
        let program = find(
            env::var_os(PROGRAM),
            env::current_exe().ok().as_deref().and_then(Path::parent),
            env::var_os("PATH"),
        )
        .with_context(|| format!("there is no {NAME}"))?;
        let page = serde_json::to_string(page)?;
        let log = log.map(File::try_clone).transpose()?;
        let mut command = Command::new(&program);
        let token = self.activation.take();
        for name in activation::VARIABLES {
            match &token {
                Some(token) => command.env(name, token),
                // What this program was started with is long used up.
                None => command.env_remove(name),
            };
        }
        detached(&mut command)
            // The window's process never holds a key, not even one it was never meant to read.
            .env_remove(environment::API_KEY)
            .env_remove(environment::URL)
            .arg("--socket")
            .arg(self.paths.socket())
            .arg("--page")
            .arg(page)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.map_or_else(Stdio::null, Stdio::from))
            .spawn()
            .map_err(|error| anyhow!("{}: {error}", program.display()))
    }

    /// What the window's program complains about, of its last run only.
    fn log(&self) -> io::Result<File> {
        let folder = self.paths.logs();
        pterotray_core::paths::private_folder(&folder)?;
        let log = own_file::longer(&folder.join("window.log"))?;
        log.set_len(0)?;
        Ok(log)
    }
}

/// Waits for the end of the window, which is nobody's business unless it never got anywhere.
async fn reap(mut child: Child, log: Option<File>, app: App, alive: Arc<AtomicBool>) {
    let ended = loop {
        match timeout(LOG_LOOK, child.wait()).await {
            Ok(ended) => break ended,
            Err(_) => log.iter().for_each(keep_small),
        }
    };
    alive.store(false, Ordering::Relaxed);
    match ended {
        Ok(status) if status.success() => {}
        Ok(status) => {
            tracing::warn!(%status, "the window ended badly");
            app.notice(Problem::with(trouble(status.code()), &status.to_string()));
        }
        Err(error) => tracing::warn!(%error, "the window cannot be waited for"),
    }
}

/// What is said of an end that was not a person's wish. The program itself ends with a code when it
/// cannot open its window; without one it was ended from outside, or fell.
fn trouble(code: Option<i32>) -> ProblemKind {
    match code {
        Some(_) => ProblemKind::WindowMissing,
        None => ProblemKind::WindowCrashed,
    }
}

/// A web engine that complains all evening begins its log anew.
fn keep_small(log: &File) {
    if log.metadata().is_ok_and(|now| now.len() > LOG_FULL) {
        // A log that cannot be cut goes on: nobody needs it to be short that much.
        let _ = log.set_len(0);
    }
}

/// The window's program: what the environment names, else beside this one, else in the search path.
fn find(
    named: Option<OsString>,
    beside: Option<&Path>,
    search: Option<OsString>,
) -> Option<PathBuf> {
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let name = format!("{NAME}{}", env::consts::EXE_SUFFIX);
    let search = search.unwrap_or_default();
    beside
        .map(Path::to_owned)
        .into_iter()
        .chain(env::split_paths(&search).filter(|folder| folder.is_absolute()))
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::{LOG_FULL, NAME, find, keep_small, trouble};
    use pterotray_core::ProblemKind;
    use std::{env, ffi::OsString, fs, io::Write as _, path::PathBuf};

    fn folder_with_window() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder
            .path()
            .join(format!("{NAME}{}", env::consts::EXE_SUFFIX));
        fs::write(&program, "").unwrap();
        (folder, program)
    }

    #[test]
    fn the_environment_comes_first_then_the_neighbour_then_the_path() {
        let (beside, neighbour) = folder_with_window();
        let (somewhere, installed) = folder_with_window();
        let empty = tempfile::tempdir().unwrap();
        let path = env::join_paths([empty.path(), somewhere.path()]).unwrap();
        let named = OsString::from("/opt/window");
        let find = |named, beside| find(named, beside, Some(path.clone()));
        assert_eq!(
            find(Some(named.clone()), Some(beside.path())),
            Some(named.into())
        );
        assert_eq!(
            find(Some(OsString::new()), Some(beside.path())),
            Some(neighbour)
        );
        assert_eq!(find(None, Some(empty.path())), Some(installed));
    }

    #[test]
    fn a_window_that_was_killed_is_not_called_missing() {
        assert_eq!(trouble(Some(1)), ProblemKind::WindowMissing);
        assert_eq!(trouble(None), ProblemKind::WindowCrashed);
    }

    #[test]
    fn a_log_that_has_grown_long_begins_anew_where_the_next_line_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("window.log");
        let ours = crate::own_file::longer(&path).unwrap();
        let mut windows = ours.try_clone().unwrap();
        let length = || usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
        windows.write_all(&[b'x'; 1000]).unwrap();
        keep_small(&ours);
        assert_eq!(length(), 1000);
        windows
            .write_all(&vec![b'x'; usize::try_from(LOG_FULL).unwrap()])
            .unwrap();
        keep_small(&ours);
        windows.write_all(b"next").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "next");
    }

    #[test]
    fn no_window_is_no_window() {
        let empty = tempfile::tempdir().unwrap();
        let nothing = Some(OsString::from(empty.path()));
        assert_eq!(find(None, Some(empty.path()), nothing), None);
        assert_eq!(find(None, None, None), None);
        assert_eq!(find(None, None, Some(OsString::from("."))), None);
    }
}
