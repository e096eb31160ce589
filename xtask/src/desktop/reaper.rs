//! Ends process groups and removes a folder, even when this process is killed: a small shell waits for the
//! end of a pipe whose other end only this process holds.
//! Never ends a process it was not told about.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// Reads one group id a line; at the end of input asks all groups to end, gives them 3 seconds, then insists.
const SCRIPT: &str = r#"
groups=
while read -r group; do groups="$group $groups"; done
send() { for group in $groups; do kill -s "$1" -- "-$group" 2>/dev/null && left=yes; done; }
send TERM
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  left=; send 0; [ -z "$left" ] && break; sleep 0.2
done
send KILL
rm -rf -- "$1"
"#;

pub(super) struct Reaper {
    shell: Child,
}

impl Reaper {
    /// `folder` is removed at the end, with all that is in it.
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SCRIPT, "sh"])
            .arg(folder)
            .stdin(Stdio::piped());
        own_group(&mut shell);
        let shell = shell.spawn().context("sh could not be started")?;
        Ok(Self { shell })
    }

    /// The group this child leads is ended with the others. The child must have been started by [`own_group`].
    pub(super) fn takes(&mut self, child: &Child) -> Result<()> {
        let pipe = self
            .shell
            .stdin
            .as_mut()
            .context("the desktop is already ending")?;
        writeln!(pipe, "{}", child.id()).context("the shell that tidies up is gone")
    }

    /// Begins the end; returns at once.
    pub(super) fn end(&mut self) {
        drop(self.shell.stdin.take());
    }

    /// Waits until everything has ended. The children taken must have been waited for meanwhile.
    pub(super) fn wait(&mut self) {
        // Only fails when it was waited for already.
        let _ = self.shell.wait();
    }
}

/// Makes a program lead a process group, so that a Ctrl-C in the terminal does not reach it before its time.
pub(super) fn own_group(program: &mut Command) {
    program.process_group(0);
}
