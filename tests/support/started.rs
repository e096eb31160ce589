//! A program in the window's place that writes down what it was started with, and ends.

use crate::{desk::Desk, wait::until};
use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

const SCRIPT: &str = "#!/bin/sh\nenv > \"$0.new\" && mv \"$0.new\" \"$0.env\"\n";

/// The program.
pub struct Started {
    program: PathBuf,
}

impl Desk {
    /// One on this desk, not yet started.
    ///
    /// # Panics
    /// When the desk's home cannot be written.
    pub fn window_that_tells(&self) -> Started {
        let program = self.home().join("window");
        fs::write(&program, SCRIPT).expect("the home can be written");
        let may_run = fs::Permissions::from_mode(0o700);
        fs::set_permissions(&program, may_run).expect("a file of ours");
        Started { program }
    }
}

impl Started {
    /// Where it is.
    ///
    /// # Panics
    /// When the path is no text.
    pub fn path(&self) -> &str {
        self.program.to_str().expect("a plain path")
    }

    /// Waits for its start; gives what this variable was then.
    ///
    /// # Panics
    /// When it is not started.
    pub async fn environment(&self, name: &str) -> Option<String> {
        let told = self.program.with_extension("env");
        let look = async || fs::read_to_string(&told).ok();
        let told_text = until("the window's start", look).await;
        fs::remove_file(&told).expect("a file of ours");
        let beginning = format!("{name}=");
        let mut lines = told_text.lines();
        lines.find_map(|line| line.strip_prefix(&beginning).map(str::to_owned))
    }
}
