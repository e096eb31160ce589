//! The folder of a desk: what is in it, and commands that see nothing beyond it. Starts nothing by itself.

use crate::processes::MARK;
use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::Stdio,
};
use tempfile::TempDir;
use tokio::process::Command;

/// The folder. Goes with everything in it when dropped.
pub(crate) struct Ground(TempDir);

impl Ground {
    pub(crate) fn new() -> Ground {
        // Short, because the path of a socket may have no more than 108 bytes.
        let folder = tempfile::Builder::new().prefix("desk.").tempdir();
        let ground = Ground(folder.expect("a temporary folder can be made"));
        for name in ["home", "run", "tmp"] {
            let made = fs::DirBuilder::new().mode(0o700).create(ground.path(name));
            made.expect("the desk's folder can be written");
        }
        ground.write_script("browser", "echo \"$1\" >> \"$TMPDIR/../opened\"");
        ground
    }

    fn write_script(&self, name: &str, line: &str) {
        let path = self.path(name);
        let written = fs::write(&path, format!("#!/bin/sh\n{line}\n"));
        let allowed =
            written.and_then(|()| fs::set_permissions(&path, Permissions::from_mode(0o700)));
        allowed.expect("the desk's folder can be written");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn mark(&self) -> String {
        self.0.path().display().to_string()
    }

    pub(crate) fn lets_everybody_through(&self) {
        let allowed = fs::set_permissions(self.0.path(), Permissions::from_mode(0o755));
        allowed.expect("the desk's folder is ours");
    }

    /// The files in which this text stands as it is.
    pub(crate) fn files_with(&self, text: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        search(self.0.path(), text.as_bytes(), &mut found);
        found
    }

    /// A program with the desk's folders and nothing of the real environment but the search path.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path("home"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("TMPDIR", self.path("tmp"))
            .env("LANG", "C.UTF-8")
            .env("BROWSER", self.path("browser"))
            .env(MARK, self.mark())
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

fn search(folder: &Path, text: &[u8], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, kind) = (entry.path(), entry.file_type());
        match kind {
            Ok(kind) if kind.is_dir() => search(&path, text, found),
            Ok(kind) if kind.is_file() => {
                let content = fs::read(&path).unwrap_or_default();
                if content.windows(text.len()).any(|part| part == text) {
                    found.push(path);
                }
            }
            _ => {}
        }
    }
}

/// The permission bits of a file or folder.
///
/// # Panics
/// When it is not there.
pub fn mode(path: &Path) -> u32 {
    let metadata = fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    metadata.permissions().mode() & 0o777
}
