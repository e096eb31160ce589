//! A terminal: the program's command line with no desktop around it.

use crate::{desk::Desk, panel::Panel, program::Program, programs, wait::PATIENCE};
use serde_json::Value;
use std::{path::PathBuf, process::Output};
use tokio::{process::Command, time::timeout};

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it complained.
    pub err: String,
}

impl Ended {
    /// What it printed, as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {self:#?}"))
    }

    fn of(output: &Output) -> Ended {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("it ends by itself");
        Ended {
            code,
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}

/// Somewhere to type commands.
pub struct Terminal<'a> {
    desk: &'a Desk,
    profile: PathBuf,
    environment: Vec<(String, String)>,
}

impl Desk {
    /// A terminal on this desk.
    pub fn terminal(&self) -> Terminal<'_> {
        Terminal {
            desk: self,
            profile: self.profile(),
            environment: Vec::new(),
        }
    }
}

impl Terminal<'_> {
    /// With a panel in the environment.
    #[must_use]
    pub fn at(self, panel: &Panel) -> Self {
        self.with(&panel.url(), panel.key())
    }

    /// With this address and key in the environment.
    #[must_use]
    pub fn with(mut self, url: &str, key: &str) -> Self {
        self.environment = vec![
            ("PTEROTRAY_URL".to_owned(), url.to_owned()),
            ("PTEROTRAY_API_KEY".to_owned(), key.to_owned()),
        ];
        self
    }

    /// With another profile than the desk's.
    #[must_use]
    pub fn of(mut self, program: &Program<'_>) -> Self {
        program.profile().clone_into(&mut self.profile);
        self
    }

    /// Types `pterotray` with these arguments and waits for its end.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = self.command(programs::agent());
        command.args(arguments).arg("--profile").arg(&self.profile);
        command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        // A server that never answers holds `status` up for the client's whole patience.
        let ended = timeout(PATIENCE * 2, command.output()).await;
        let output = ended.unwrap_or_else(|_| panic!("pterotray {arguments:?} does not end"));
        Ended::of(&output.expect("pterotray can be started"))
    }

    fn command(&self, program: PathBuf) -> Command {
        let mut command = self.desk.command(program);
        command.envs(self.environment.iter().cloned());
        command
    }
}
