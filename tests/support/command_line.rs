//! A terminal: the program's command line with no desktop around it.

use crate::{desk::Desk, panel::Panel, program::Program, programs, wait::PATIENCE};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

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
    program: PathBuf,
    profile: PathBuf,
    environment: Vec<(String, String)>,
}

impl Desk {
    /// A terminal on this desk.
    pub fn terminal(&self) -> Terminal<'_> {
        Terminal {
            desk: self,
            program: programs::agent(),
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

    /// With this variable in the environment too.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With the program as people get it.
    #[must_use]
    pub fn released(mut self) -> Self {
        self.program = programs::release_agent();
        self
    }

    /// On a computer that speaks this language.
    #[must_use]
    pub fn in_language(self, tag: &str) -> Self {
        self.and("LC_ALL", tag)
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
        self.run_with(arguments, "").await
    }

    /// The same, with this on its standard input.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn run_with(&self, arguments: &[&str], input: &str) -> Ended {
        let profile = self.profile.to_str().expect("a plain path");
        self.run_at_home(&[arguments, &["--profile", profile]].concat(), input)
            .await
    }

    /// The same, with the profile of whoever owns the desk.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn run_at_home(&self, arguments: &[&str], input: &str) -> Ended {
        let mut command = self.command();
        command.args(arguments);
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("pterotray can be started");
        let mut stdin = child.stdin.take().expect("a pipe");
        // It may end without reading.
        let _ = stdin.write_all(input.as_bytes()).await;
        drop(stdin);
        // A server that never answers holds `status` up for the client's whole patience, and a keyring that never does
        // `panel add` for half a minute.
        let ended = timeout(PATIENCE * 3, child.wait_with_output()).await;
        let output = ended.unwrap_or_else(|_| panic!("pterotray {arguments:?} does not end"));
        Ended::of(&output.expect("pterotray can be waited for"))
    }

    /// Types `pterotray` with these arguments and reads what it prints, line by line. It ends with what
    /// is returned.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn follow(&self, arguments: &[&str]) -> Following {
        let mut command = self.command();
        command.args(arguments).arg("--profile").arg(&self.profile);
        command.args(["--shortest-poll-ms", "200"]);
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().expect("pterotray can be started");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        Following {
            _child: child,
            lines,
        }
    }

    pub(crate) fn profile(&self) -> &Path {
        &self.profile
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = self.desk.command(&self.program);
        command.env("PTEROTRAY_WINDOW", programs::window_if_built());
        command.envs(self.environment.iter().cloned());
        command
    }
}

/// A command that goes on printing.
pub struct Following {
    _child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Following {
    /// Its next line.
    ///
    /// # Panics
    /// When none comes.
    pub async fn line(&mut self) -> String {
        let line = timeout(PATIENCE, self.lines.next_line()).await;
        let line = line.expect("it prints a line").expect("a line of text");
        line.expect("it goes on")
    }

    /// Its next line, if one comes soon.
    ///
    /// # Panics
    /// When it ends.
    pub async fn line_soon(&mut self) -> Option<String> {
        let line = timeout(PATIENCE / 10, self.lines.next_line()).await.ok()?;
        Some(line.expect("a line of text").expect("it goes on"))
    }

    /// Its next lines as JSON, until one fits.
    ///
    /// # Panics
    /// When none does, or a line is no JSON.
    pub async fn json_until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.line().await;
            let value = serde_json::from_str(&line);
            let value = value.unwrap_or_else(|error| panic!("no JSON ({error}): {line}"));
            if fits(&value) {
                return value;
            }
        }
    }
}
