//! What can be seen on a desk from outside: its processes, its files, and what was said.
//!
//! Changes nothing.

use super::Desk;
use crate::{ground::mode, processes::Process};
use std::{
    fs,
    path::{Path, PathBuf},
};

impl Desk {
    /// The desk's running processes of this program.
    pub fn processes(&self, program: &str) -> Vec<Process> {
        let mut all = Process::marked(&self.ground.mark());
        all.retain(|process| process.program == program);
        all
    }

    /// The running processes of the product, its web engine's included.
    pub fn product_processes(&self) -> Vec<Process> {
        let mut all = Process::marked(&self.ground.mark());
        let ours = |name: &str| name.starts_with("pterotray") || name.starts_with("WebKit");
        all.retain(|process| ours(&process.program));
        all
    }

    /// The files on the desk, logs and all, in which this text stands readable.
    pub fn files_with(&self, text: &str) -> Vec<PathBuf> {
        self.ground.files_with(text)
    }

    /// Everything in the profile that somebody else may read or write: folders are for their owner only, and so are files.
    pub fn too_open(&self) -> Vec<PathBuf> {
        let mut open = Vec::new();
        look_for_open(&self.profile(), &mut open);
        open
    }

    /// The addresses that the browser was asked to open.
    pub fn opened_pages(&self) -> Vec<String> {
        let opened = fs::read_to_string(self.ground.path("opened")).unwrap_or_default();
        opened.lines().map(str::to_owned).collect()
    }

    /// What the programs logged, for the message of a test that failed.
    pub(crate) fn logs(&self) -> String {
        let entries = fs::read_dir(self.profile().join("logs"))
            .into_iter()
            .flatten()
            .flatten();
        let log = |path: &Path| fs::read_to_string(path).unwrap_or_default();
        entries
            .map(|entry| format!("{:?}:\n{}", entry.file_name(), log(&entry.path())))
            .collect()
    }

    /// What the programs said of their own mistakes.
    pub fn panics(&self) -> Vec<String> {
        let said = fs::read_to_string(self.ground.path("agent.out")).unwrap_or_default();
        let lines = said.lines().map(str::to_owned);
        let logged: Vec<String> = self.logs().lines().map(str::to_owned).collect();
        lines
            .chain(logged)
            .filter(|line| line.contains("panicked"))
            .collect()
    }

    /// What lies in the folder for temporary things.
    pub fn temporary_files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.ground.path("tmp")).into_iter().flatten();
        entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect()
    }
}

fn look_for_open(path: &Path, found: &mut Vec<PathBuf>) {
    if mode(path) & 0o077 != 0 {
        found.push(path.to_owned());
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        look_for_open(&entry.path(), found);
    }
}
