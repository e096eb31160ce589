//! Looks at the finished packages as a person's computer would: unpacks, asks the validators, starts what is in there.
//! Never installs anything, and leaves nothing behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::tree::ID;
use crate::command::{self, words};
use crate::demo::Theme;
use crate::desktop::PrivateDesktop;

/// What all files may hold together, in bytes. What the programs need of the system is not in it.
const MOST_BYTES: u64 = 20_000_000;
/// No toolkit belongs into the agent.
const HEAVY: [&str; 4] = ["gtk", "gdk", "webkit", "javascriptcore"];
/// What has to be there beside the programs, below `usr/share`.
const EXPECTED: [&str; 7] = [
    "man/man1/pterotray.1.gz",
    "man/man1/pterotray-console.1.gz",
    "bash-completion/completions/pterotray",
    "zsh/vendor-completions/_pterotray",
    "fish/vendor_completions.d/pterotray.fish",
    "icons/hicolor/scalable/apps/pterotray.svg",
    "doc/pterotray/copyright",
];

/// Checks a .deb.
pub(super) fn deb(file: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut unpack = words("dpkg-deb --extract");
    command::run(unpack.arg(file).arg(folder.path()))?;
    let system = folder.path();
    has_all(system)?;
    validates(system)?;
    is_light(&system.join("usr/bin/pterotray"))?;
    starts(&system.join("usr/bin"))?;
    println!("{} holds together, and starts", file.display());
    Ok(())
}

fn has_all(system: &Path) -> Result<()> {
    for path in EXPECTED {
        let there = system.join("usr/share").join(path).is_file();
        ensure!(there, "usr/share/{path} is missing in the package");
    }
    let bytes = size(system)?;
    ensure!(
        bytes <= MOST_BYTES,
        "{bytes} bytes are installed, more than {MOST_BYTES}"
    );
    println!("installed: {:.1} MB", bytes as f64 / 1e6);
    Ok(())
}

fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let data = entry.metadata()?;
        bytes += if data.is_dir() {
            size(&entry.path())?
        } else {
            data.len()
        };
    }
    Ok(bytes)
}

/// By the tools of the desktop, where they are installed.
fn validates(system: &Path) -> Result<()> {
    let share = system.join("usr/share");
    let entry = share.join(format!("applications/{ID}.desktop"));
    let about = share.join(format!("metainfo/{ID}.metainfo.xml"));
    for (tool, arguments, file) in [
        ("desktop-file-validate", "", entry),
        ("appstreamcli", "validate --no-net", about),
    ] {
        if command::find(tool).is_none() {
            println!(
                "{tool} is not installed: {} is not validated",
                file.display()
            );
            continue;
        }
        command::output(words(&format!("{tool} {arguments}")).arg(file))?;
    }
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

/// The demo out of the package shows its tray icon and opens its window on a private desktop.
fn starts(programs: &Path) -> Result<()> {
    let agent: PathBuf = programs.join("pterotray");
    let mut desktop = PrivateDesktop::start(Theme::Dark)?;
    let profile = desktop.folder().join("profile");
    let mut demo = Command::new(&agent);
    demo.args(["--hidden", "demo", "--profile"]).arg(&profile);
    desktop.spawn("pterotray", &mut demo)?;
    desktop.wait_until("a tray icon", "pterotray", |desktop| {
        Ok(desktop.tray_icons() > 0)
    })?;
    let agent = agent.to_str().context("a plain path")?;
    let profile = profile.to_str().context("a plain path")?;
    desktop.run(agent, &["show", "--profile", profile])?;
    desktop.wait_until("the window", "pterotray", |desktop| {
        Ok(!desktop.windows("pterotray-window").is_empty())
    })?;
    desktop
        .run(agent, &["quit", "--profile", profile])
        .map(drop)
}
