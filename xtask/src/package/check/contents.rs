//! What is in a package, where it lies now: complete, valid, light.
//! Never starts the programs.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::command::{self, words};
use crate::package::tree::{ID, Tree};

/// No toolkit belongs into the agent.
const HEAVY: [&str; 4] = ["gtk", "gdk", "webkit", "javascriptcore"];

/// Checks the files of a tree below `system`, a folder that looks like `/`.
pub(super) fn all_in_place(tree: &Tree, system: &Path) -> Result<()> {
    for file in &tree.files {
        let there = system.join(&file.path).is_file();
        ensure!(there, "/{} is not installed", file.path);
    }
    is_valid(system)?;
    is_light(&system.join("usr/bin/pterotray"))
}

/// By the tools of the desktop and the shell.
fn is_valid(system: &Path) -> Result<()> {
    let share = system.join("usr/share");
    for (tool, file) in [
        (
            "desktop-file-validate",
            format!("applications/{ID}.desktop"),
        ),
        (
            "appstreamcli validate --no-net",
            format!("metainfo/{ID}.metainfo.xml"),
        ),
        (
            "bash --norc -n",
            "bash-completion/completions/pterotray".to_owned(),
        ),
    ] {
        command::output(words(tool).arg(share.join(file)))?;
    }
    let mut man = words("man --warnings --local-file");
    let page = command::output(man.arg(share.join("man/man1/pterotray.1.gz")))?;
    ensure!(
        page.contains("PTEROTRAY_API_KEY"),
        "the manual says:\n{page}"
    );
    Ok(())
}

fn is_light(agent: &Path) -> Result<()> {
    let libraries = command::output(Command::new("ldd").arg(agent))?.to_lowercase();
    let heavy = HEAVY.into_iter().find(|name| libraries.contains(name));
    ensure!(
        heavy.is_none(),
        "the agent links to {heavy:?}:\n{libraries}"
    );
    Ok(())
}
