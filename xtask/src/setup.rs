//! Makes sure that what the chores need is there: system packages, Node, the page's packages.
//! Never installs anything that is there already in another way, and never without having said what and why.

mod node;
mod packages;

use std::io::{IsTerminal, Write};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use packages::{Package, Purpose};

/// What the set-up is for; decides which packages are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Building the programs and their page.
    Build,
    /// Building, and a private desktop to run the demo and take pictures in.
    Pictures,
    /// Building, and what looks at finished packages, private desktop included.
    Packages,
    /// Everything the tests use.
    Tests,
    /// Building, a private desktop, and the trays that ours is measured beside.
    Figures,
}

impl Wanted {
    fn covers(self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Build => true,
            Purpose::Desktop | Purpose::Pictures => self != Self::Build,
            Purpose::Packages => matches!(self, Self::Packages | Self::Tests),
            Purpose::Pages => self == Self::Tests,
            Purpose::Peers => self == Self::Figures,
        }
    }
}

/// Installs or names what is missing, then brings the page's packages up to date.
pub(crate) fn run(wanted: Wanted) -> Result<()> {
    let mut needed: Vec<Package> = packages::ALL
        .iter()
        .filter(|package| wanted.covers(package.purpose))
        .copied()
        .collect();
    if node::is_missing()? {
        needed.extend(packages::NODE);
    }
    if std::env::var_os("CHROMIUM").is_some() || command::find("chromium").is_some() {
        needed.retain(|package| package.purpose != Purpose::Pages);
    }
    if std::env::consts::OS == "linux" && command::find("dpkg-query").is_some() {
        install_from_debian(&needed)?;
    } else {
        name_what_is_missing(&needed)?;
    }
    node::require()?;
    page_packages()
}

/// Runs `npm ci` when the lock file is newer than what is installed.
pub(crate) fn page_packages() -> Result<()> {
    let page = crate::root().join("ui");
    let changed = |file: &str| page.join(file).metadata().and_then(|data| data.modified());
    let lock = changed("package-lock.json").context("ui/package-lock.json is missing")?;
    // npm writes this file at the end of every installation.
    if changed("node_modules/.package-lock.json").is_ok_and(|installed| installed >= lock) {
        return Ok(());
    }
    println!("Installing the page's packages (npm ci)");
    command::run(command::words("npm ci --no-audit --no-fund").current_dir(page))
        .context("the page's packages could not be installed; is the network there?")
}

fn install_from_debian(needed: &[Package]) -> Result<()> {
    let missing = missing_on_debian(needed)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("These system packages are missing:");
    for package in &missing {
        println!("  {:<24} {}", package.name, package.reason);
    }
    let install = install_line(&missing, is_root());
    allow(&install)?;
    // A fresh machine has no package lists, or old ones that name versions long gone.
    command::run(Command::new("sh").args(["-c", &as_root("apt-get update", is_root())]))
        .context("the package lists could not be fetched; is the network there?")?;
    node::refuse_an_old_package(&missing)?;
    refuse_a_browser_in_a_snap(&missing)?;
    command::run(Command::new("sh").args(["-c", &install]))
        .with_context(|| format!("the packages could not be installed. By hand: {install}"))?;
    let still = missing_on_debian(needed)?;
    if !still.is_empty() {
        let names: Vec<_> = still.iter().map(|package| package.name).collect();
        bail!("still not installed: {}", names.join(" "));
    }
    Ok(())
}

/// Ubuntu's package only fetches a snap, which no test in a container or a throw-away home can run.
fn refuse_a_browser_in_a_snap(missing: &[Package]) -> Result<()> {
    let system = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let ubuntu = system.lines().any(|line| line == "ID=ubuntu");
    if ubuntu
        && missing
            .iter()
            .any(|package| package.purpose == Purpose::Pages)
    {
        bail!(
            "Ubuntu has no Chromium package but a snap. Install Chromium or Chrome another way and set CHROMIUM to its path."
        );
    }
    Ok(())
}

fn missing_on_debian(needed: &[Package]) -> Result<Vec<Package>> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Abbrev}\n"]);
    query.args(needed.iter().map(|package| package.name));
    // Its exit code is 1 as soon as one package is unknown: what it prints counts.
    let answer = query.output().context("dpkg-query could not be started")?;
    Ok(packages::missing(
        &String::from_utf8_lossy(&answer.stdout),
        needed,
    ))
}

/// On other systems nothing is installed: what is not there is named, with the names known here.
fn name_what_is_missing(needed: &[Package]) -> Result<()> {
    let missing: Vec<_> = needed
        .iter()
        .filter(|package| !package.probe.finds())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<_> = missing
        .iter()
        .map(|package| format!("  {} ({})", package.name, package.reason))
        .collect();
    bail!(
        "packages are installed by this command only on Debian and Ubuntu. Missing here, by their Debian names:\n{}\n{}",
        list.join("\n"),
        packages::ELSEWHERE
    );
}

fn install_line(missing: &[Package], root: bool) -> String {
    let names: Vec<_> = missing.iter().map(|package| package.name).collect();
    as_root(
        &format!(
            "DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends {}",
            names.join(" ")
        ),
        root,
    )
}

fn as_root(line: &str, root: bool) -> String {
    if root {
        line.to_owned()
    } else {
        format!("sudo {line}")
    }
}

fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Whether nobody has to be asked before the system is changed: root and CI.
pub(crate) fn may_administer() -> bool {
    is_root() || std::env::var("CI").is_ok_and(|ci| ci == "true")
}

/// A command with the rights to change the system, from words separated by spaces.
pub(crate) fn with_rights(line: &str) -> Command {
    command::words(&as_root(line, is_root()))
}

/// A person is asked; who cannot be gets the command to run.
fn allow(install: &str) -> Result<()> {
    if may_administer() {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        bail!("nobody to ask here. Run this first:\n  {install}");
    }
    print!("Run `{install}`? [Y/n] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if matches!(answer.trim(), "" | "y" | "Y" | "yes") {
        return Ok(());
    }
    bail!("nothing was installed. When you are ready:\n  {install}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wanted: Wanted) -> Vec<&'static str> {
        let covered = packages::ALL
            .iter()
            .filter(|package| wanted.covers(package.purpose));
        covered.map(|package| package.name).collect()
    }

    #[test]
    fn a_demo_on_a_real_display_asks_for_no_test_packages() {
        let names = names(Wanted::Build);
        assert!(names.contains(&"libwebkit2gtk-4.1-dev"));
        assert!(
            !names.contains(&"xvfb") && !names.contains(&"chromium"),
            "{names:?}"
        );
    }

    #[test]
    fn pictures_and_packages_need_a_panel_and_tests_need_a_browser() {
        for wanted in [Wanted::Pictures, Wanted::Packages] {
            assert!(names(wanted).contains(&"xfce4-panel"));
            assert!(!names(wanted).contains(&"chromium"));
        }
        assert!(names(Wanted::Packages).contains(&"lintian"));
        assert!(names(Wanted::Tests).contains(&"chromium"));
        assert!(names(Wanted::Tests).contains(&"xvfb"));
        assert!(!names(Wanted::Tests).contains(&"python3-gi"));
        assert!(names(Wanted::Figures).contains(&"python3-gi"));
    }

    #[test]
    fn only_people_without_rights_use_sudo() {
        let missing = [packages::ALL[0]];
        assert_eq!(
            install_line(&missing, true),
            "DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends build-essential"
        );
        assert!(install_line(&missing, false).starts_with("sudo DEBIAN_FRONTEND="));
    }
}
