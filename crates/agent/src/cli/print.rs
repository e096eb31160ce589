//! The one place that writes to the terminal. A reader that went away (`| head`) is no error.

use super::Exit;
use pterotray_core::Texts;
use secrecy::{SecretString, zeroize::Zeroizing};
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

/// The longest first line that is read for a key, in bytes.
const LONGEST_KEY: u64 = 4096;

/// Writes what was asked for; nothing is added.
pub(crate) fn out(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a line at once; `false` when its reader went away.
pub(crate) fn line(text: &str) -> bool {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{text}").and_then(|()| out.flush());
    written.is_ok()
}

/// Writes a line about what is going on, beside what was asked for.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes a line about what is going on, for somebody who sits and waits; programs do not get it.
pub(crate) fn progress(line: &str) {
    if io::stderr().is_terminal() {
        note(line);
    }
}

/// Writes a line that the next one takes the place of, for somebody who sits and waits; an empty one
/// takes it away.
pub(crate) fn passing(line: &str) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        let _ = write!(err, "\r\u{1b}[K{line}").and_then(|()| err.flush());
    }
}

/// Whether somebody sits at the standard input.
pub(crate) fn somebody_types() -> bool {
    io::stdin().is_terminal()
}

/// Asks for a secret without showing what is typed; reads it from the first line of the standard
/// input when that is asked for, or is no terminal.
///
/// # Errors
/// When there is no input.
pub(crate) fn secret(question: &str, from_stdin: bool) -> io::Result<SecretString> {
    if !from_stdin && io::stdin().is_terminal() {
        let typed = Zeroizing::new(rpassword::prompt_password(format!("{question} "))?);
        return Ok(SecretString::from(typed.trim()));
    }
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().take(LONGEST_KEY).read_line(&mut line)?;
    Ok(SecretString::from(line.trim()))
}

/// Writes a line about what went wrong.
pub(crate) fn error(line: &str) {
    note(&format!("pterotray: {line}"));
}

/// Whether what was asked for may be coloured.
pub(crate) fn coloured() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
}

/// Asks whether it is meant; anything but a yes is a no. Where there is nobody to ask, says so.
///
/// # Errors
/// How the command ends, when it is not to go on.
pub(crate) fn confirm(question: &str, nobody: &str, texts: &Texts) -> Result<(), Exit> {
    let Some(answer) = ask(question) else {
        error(nobody);
        return Err(Exit::Usage);
    };
    let answer = answer.to_lowercase();
    let meant = texts.say("cli-yes");
    // The English ones are good in every language: fingers know them.
    if ["y", "yes"].contains(&answer.as_str()) || meant.split(' ').any(|yes| yes == answer) {
        return Ok(());
    }
    error(&texts.say("cli-nothing-done"));
    Err(Exit::Failed)
}

/// Asks a question on the terminal; `None` when there is nobody to ask.
pub(crate) fn ask(question: &str) -> Option<String> {
    if !io::stdin().is_terminal() {
        return None;
    }
    let mut err = io::stderr().lock();
    write!(err, "{question} ").and_then(|()| err.flush()).ok()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    Some(answer.trim().to_owned())
}
