//! The processes of one desk, known by a mark in their environment that is handed on to whatever they start.
//!
//! Never looks at, and never ends, a process without the mark.

use rustix::process::{Pid, Signal, kill_process};
use std::{fs, path::PathBuf};

/// The environment variable whose value is the desk's folder.
pub(crate) const MARK: &str = "PTEROTRAY_TEST_DESK";

/// A running process.
#[derive(Debug, Clone)]
pub struct Process {
    pid: i32,
    /// File name of its program.
    pub program: String,
}

impl Process {
    /// Those that carry the mark with this value, zombies left out.
    pub(crate) fn marked(value: &str) -> Vec<Process> {
        let wanted = format!("{MARK}={value}");
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        let numbers = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let marked = |pid: &i32| {
            let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environment
                .split(|&byte| byte == 0)
                .any(|one| one == wanted.as_bytes())
        };
        numbers.filter(marked).filter_map(Process::with).collect()
    }

    pub(crate) fn with(pid: i32) -> Option<Process> {
        let path = fs::read_link(format!("/proc/{pid}/exe")).ok()?;
        let program = path.file_name()?.to_string_lossy().into_owned();
        Some(Process { pid, program })
    }

    /// Ends it without asking.
    pub fn kill(&self) {
        if let Some(pid) = Pid::from_raw(self.pid) {
            // It may have ended by itself meanwhile.
            let _ = kill_process(pid, Signal::KILL);
        }
    }

    /// The files mapped into its memory.
    ///
    /// # Panics
    /// When it is gone.
    pub fn mapped_files(&self) -> Vec<PathBuf> {
        let maps = self.proc_file("maps");
        let mut files: Vec<_> = maps
            .lines()
            .filter_map(|line| Some(PathBuf::from(&line[line.find('/')?..])))
            .collect();
        files.dedup();
        files
    }

    /// Memory in use, in KiB (`VmRSS`).
    ///
    /// # Panics
    /// When it is gone.
    pub fn resident_kib(&self) -> u64 {
        let status = self.proc_file("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        number.expect("a running process has VmRSS")
    }

    /// This file of every thread that is there, with the thread's number.
    pub(crate) fn tasks(&self, name: &str) -> Vec<(u32, String)> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid));
        let tasks = tasks.unwrap_or_else(|error| panic!("{}: {error}", self.program));
        let read = |task: fs::DirEntry| {
            let number = task.file_name().to_str()?.parse().ok()?;
            let text = fs::read_to_string(task.path().join(name)).ok()?;
            Some((number, text))
        };
        tasks.flatten().filter_map(read).collect()
    }

    pub(crate) fn pid(&self) -> i32 {
        self.pid
    }

    /// How many threads it has.
    ///
    /// # Panics
    /// When it is gone.
    pub fn threads(&self) -> usize {
        self.tasks("comm").len()
    }

    /// How many files and sockets it has open.
    ///
    /// # Panics
    /// When it is gone.
    pub fn open_files(&self) -> usize {
        let open = fs::read_dir(format!("/proc/{}/fd", self.pid));
        let open = open.unwrap_or_else(|error| panic!("{}: {error}", self.program));
        open.count()
    }

    /// It and everything that it started and that still runs, by who started whom.
    pub fn tree(&self) -> Vec<Process> {
        let mut tree = vec![self.clone()];
        let mut next = 0;
        while let Some(parent) = tree.get(next).map(Process::pid) {
            tree.extend(Process::started_by(parent));
            next += 1;
        }
        tree
    }

    fn started_by(parent: i32) -> Vec<Process> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let child = |pid: &i32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            // State and parent follow the name in its brackets.
            let after = stat.rsplit_once(')').map(|(_, after)| after);
            let mut fields = after.unwrap_or_default().split_whitespace().skip(1);
            fields.next().and_then(|field| field.parse().ok()) == Some(parent)
        };
        numbers.filter(child).filter_map(Process::with).collect()
    }

    /// What it was started with: its arguments, and its environment.
    pub fn started_with(&self) -> (String, String) {
        let read = |name: &str| {
            let path = format!("/proc/{}/{name}", self.pid);
            let bytes = fs::read(path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).replace('\0', "\n")
        };
        (read("cmdline"), read("environ"))
    }

    pub(crate) fn proc_file(&self, name: &str) -> String {
        let path = self.proc_path(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn proc_path(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.pid)
    }
}
