//! Running other programs with error texts that say what was run and what came of it.
//! Decides nothing about which programs are needed: `setup` does.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, anyhow, bail};

/// A command in the repository's top folder, from words separated by spaces.
pub(crate) fn words(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(crate::root());
    command
}

/// Runs with the terminal as its own; fails when the program does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs quietly and returns what it printed; fails with what it complained about.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}): {}",
            line(command),
            output.status,
            complaint.trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program lies in PATH, or `None`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// The command as one would type it, without its environment.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        anyhow!(
            "`{program}` is not installed (wanted for `{}`)",
            line(command)
        )
    } else {
        anyhow!("`{}` could not be started: {error}", line(command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let complaint = run(&mut words("no-such-program --now"))
            .unwrap_err()
            .to_string();
        assert_eq!(
            complaint,
            "`no-such-program` is not installed (wanted for `no-such-program --now`)"
        );
    }

    #[test]
    fn a_failure_tells_the_command_and_its_complaint() {
        let mut command = Command::new("cargo");
        command.arg("no-such-chore");
        let complaint = output(&mut command).unwrap_err().to_string();
        assert!(
            complaint.starts_with("`cargo no-such-chore` failed"),
            "{complaint}"
        );
        assert!(complaint.contains("no such command"), "{complaint}");
    }
}
