//! Which Node is there and whether it is new enough to build the page.
//! Never replaces a Node that a person chose: an old one is reported, not upgraded behind their back.

use std::process::Command;

use anyhow::{Result, bail};

use super::packages::Package;
use crate::command;

/// Major and minor version; the page's build tools run on nothing older.
const OLDEST: (u32, u32) = (20, 19);

/// Whether there is no Node at all that would do.
pub(super) fn is_missing() -> Result<bool> {
    match installed() {
        Some(version) => Ok(version < OLDEST || command::find("npm").is_none()),
        None => Ok(true),
    }
}

/// Fails with what to do unless Node is there and new enough.
pub(super) fn require() -> Result<()> {
    match installed() {
        Some(version) if version >= OLDEST && command::find("npm").is_some() => Ok(()),
        Some(version) if version >= OLDEST => bail!("Node is there but npm is not; install npm"),
        Some((major, minor)) => bail!(
            "{}",
            advice(&format!("the Node in PATH is {major}.{minor}"))
        ),
        None => bail!("{}", advice("there is no Node in PATH")),
    }
}

/// Stops before apt installs a Node that would be too old anyway.
pub(super) fn refuse_an_old_package(missing: &[Package]) -> Result<()> {
    if !missing.iter().any(|package| package.name == "nodejs") {
        return Ok(());
    }
    let policy = command::output(
        Command::new("apt-cache")
            .args(["policy", "nodejs"])
            .env("LC_ALL", "C"),
    )?;
    match candidate(&policy) {
        Some(version) if version < OLDEST => {
            bail!(
                "{}",
                advice(&format!(
                    "this system's package is Node {}.{}",
                    version.0, version.1
                ))
            )
        }
        Some(_) | None => Ok(()),
    }
}

fn installed() -> Option<(u32, u32)> {
    version(&command::output(Command::new("node").arg("--version")).ok()?)
}

/// The version apt would install, from what `apt-cache policy` prints.
fn candidate(policy: &str) -> Option<(u32, u32)> {
    let line = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate:"))?;
    // An epoch may stand before a colon.
    version(line.rsplit(':').next()?)
}

/// Reads `v20.19.2`, `20.19.2+dfsg-1` and the like.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .trim()
        .trim_start_matches('v')
        .split(|letter: char| !letter.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn advice(found: &str) -> String {
    let (major, minor) = OLDEST;
    format!(
        "Node {major}.{minor} or newer is needed to build the window's page, but {found}.\n\
         Get a current one from https://nodejs.org/en/download (or with a version switcher: `nvm install 22`),\n\
         see that `node --version` shows it, and run this command again."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_node_and_debian_write_them() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version(" 18.20.4+dfsg-1~deb12u1"), Some((18, 20)));
        assert_eq!(version("(none)"), None);
    }

    #[test]
    fn the_candidate_decides() {
        let policy =
            "nodejs:\n  Installed: (none)\n  Candidate: 1:18.20.4+dfsg-1\n  Version table:\n";
        assert_eq!(candidate(policy), Some((18, 20)));
        assert_eq!(candidate("nodejs:\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }

    #[test]
    fn the_advice_names_both_versions() {
        let advice = advice("this system's package is Node 18.20");
        assert!(
            advice.contains("Node 20.19 or newer") && advice.contains("18.20"),
            "{advice}"
        );
    }

    #[test]
    fn twenty_point_nine_is_older_than_twenty_point_nineteen() {
        assert!(version("v20.9.0") < Some(OLDEST));
        assert!(version("v22.0.0") > Some(OLDEST));
    }
}
