//! `cargo xtask manual`: manual pages and completions for shells, from the one description of the command line.
//! The program itself carries neither.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use pterotray_command_line::Arguments;

use crate::root;

/// Where zsh itself looks for completions, below `/usr/share`. Debian gives packages a folder of their own.
pub(crate) const ZSH: &str = "zsh/site-functions";

/// Writes all of it below target/manual, as it lies below `/usr/share`.
pub(crate) fn run() -> Result<()> {
    let folder = root().join("target/manual");
    for (path, text) in files(ZSH)? {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("{}", file.display());
    }
    Ok(())
}

/// Every file, by its path below `/usr/share`; `zsh` is where that shell's completions go.
/// Packages compress the pages themselves.
pub(crate) fn files(zsh: &str) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut command = Arguments::command();
    command.build();
    let mut files = Vec::new();
    pages(&command, &mut files)?;
    for (shell, folder, file) in [
        (Shell::Bash, "bash-completion/completions", "pterotray"),
        (Shell::Zsh, zsh, "_pterotray"),
        (Shell::Fish, "fish/vendor_completions.d", "pterotray.fish"),
    ] {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut Arguments::command(), "pterotray", &mut text);
        files.push((Path::new(folder).join(file), text));
    }
    Ok(files)
}

/// A page for a command, and one for each below it.
fn pages(command: &Command, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    files.push((Path::new("man/man1").join(format!("{name}.1")), text));
    let below = command.get_subcommands();
    for inner in below.filter(|inner| inner.get_name() != "help" && !inner.is_hide_set()) {
        pages(inner, files)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ZSH, files};

    #[test]
    fn every_command_has_a_page_and_every_shell_its_completions() {
        let files = files(ZSH).unwrap();
        let text = |path: &str| {
            let found = files.iter().find(|(known, _)| known.ends_with(path));
            String::from_utf8(found.unwrap_or_else(|| panic!("no {path}")).1.clone()).unwrap()
        };
        let page = text("pterotray.1");
        assert!(
            page.contains("Exit codes") && page.contains("PTEROTRAY_API_KEY"),
            "{page}"
        );
        assert!(!page.contains("shortest"), "{page}");
        assert!(text("pterotray-watch.1").contains("json"));
        assert!(text("pterotray-panel-add.1").contains("fingerprint"));
        for path in ["completions/pterotray", "_pterotray", "pterotray.fish"] {
            assert!(text(path).contains("restart"), "{path}");
        }
    }
}
