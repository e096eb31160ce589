//! A program of somebody else's on the desk, for comparing. Knows nothing of what it does.

use crate::{desk::Desk, processes::Process};
use std::{ffi::OsStr, path::Path};
use tokio::process::Child;

/// The running program; it ends when dropped.
pub struct Stranger {
    child: Child,
}

impl Desk {
    /// Starts it with the desk's bus and display.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn stranger(
        &self,
        program: &Path,
        arguments: &[impl AsRef<OsStr>],
    ) -> std::io::Result<Stranger> {
        let mut command = self.command(program);
        // Desktops have a bus for assistive programs already; one that GTK starts for itself is not the stranger's.
        command.args(arguments).env("NO_AT_BRIDGE", "1");
        let child = command.spawn()?;
        Ok(Stranger { child })
    }
}

impl Stranger {
    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// It and everything that it started; nothing when it has ended.
    pub fn processes(&self) -> Vec<Process> {
        let number = self.child.id().and_then(|id| i32::try_from(id).ok());
        let process = number.and_then(Process::with);
        process.map(|process| process.tree()).unwrap_or_default()
    }
}
