//! A command at a real terminal (a pseudo one): typed to, looked at, interrupted.

use crate::{command_line::Terminal, wait::until};
use rustix::{
    io::dup,
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};
use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    process::Stdio,
    sync::{Arc, Mutex},
    thread,
};
use tokio::{process::Child, time::timeout};

/// A running command with its keyboard and its screen.
pub struct Typing {
    child: Child,
    keyboard: File,
    screen: Arc<Mutex<Vec<u8>>>,
}

impl Terminal<'_> {
    /// Types `pterotray` with these arguments where somebody sits. It ends with what is returned.
    ///
    /// # Panics
    /// When there is no pseudo terminal to be had, or the program cannot be started.
    pub fn sit_at(&self, arguments: &[&str]) -> Typing {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo terminal");
        grantpt(&ours)
            .and_then(|()| unlockpt(&ours))
            .expect("a pseudo terminal");
        let name = ptsname(&ours, Vec::new()).expect("the terminal has a name");
        let name = name.to_str().expect("a plain name").to_owned();
        let theirs = OpenOptions::new()
            .read(true)
            .write(true)
            .open(name)
            .expect("its other end");
        let copy = || Stdio::from(theirs.try_clone().expect("another handle"));
        let mut command = self.command();
        command.args(arguments).arg("--profile").arg(self.profile());
        command
            .args(["--shortest-poll-ms", "200"])
            .env("TERM", "xterm")
            .env_remove("NO_COLOR");
        command
            .stdin(copy())
            .stdout(copy())
            .stderr(copy())
            .kill_on_drop(true);
        let child = command.spawn().expect("pterotray can be started");
        let keyboard = File::from(dup(&ours).expect("another handle"));
        let screen = Arc::new(Mutex::new(Vec::new()));
        let shown = Arc::clone(&screen);
        // Ends with the last handle of the other end.
        thread::spawn(move || {
            let (mut ours, mut bytes) = (File::from(ours), [0; 4096]);
            while let Ok(count @ 1..) = ours.read(&mut bytes) {
                shown
                    .lock()
                    .expect("nobody panics here")
                    .extend_from_slice(&bytes[..count]);
            }
        });
        Typing {
            child,
            keyboard,
            screen,
        }
    }
}

impl Typing {
    /// Types a line and presses Enter.
    ///
    /// # Panics
    /// When the terminal is gone.
    pub fn enter(&mut self, line: &str) {
        writeln!(self.keyboard, "{line}").expect("the terminal takes it");
    }

    /// Everything on the screen so far.
    ///
    /// # Panics
    /// Never, in practice.
    pub fn screen(&self) -> String {
        let bytes = self.screen.lock().expect("nobody panics here");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Waits until the screen shows something.
    ///
    /// # Panics
    /// When it does not.
    pub async fn until_shown(&self, what: &str) {
        let look = async || self.screen().contains(what).then_some(());
        until(&format!("{what:?} on the terminal"), look).await;
    }

    /// Sends what Ctrl-C sends, and waits for the end: its exit code.
    ///
    /// # Panics
    /// When it does not end by itself.
    pub async fn interrupt(mut self) -> i32 {
        let pid = self.child.id().and_then(|id| i32::try_from(id).ok());
        let pid = pid.and_then(Pid::from_raw).expect("it runs");
        kill_process(pid, Signal::INT).expect("it can be told");
        let ended = timeout(crate::wait::PATIENCE, self.child.wait()).await;
        let status = ended.expect("it ends").expect("it can be waited for");
        status.code().expect("it ends by itself")
    }
}
