//! A package installed by its system's own tool: the .deb on this system, the .rpm in a folder that looks like one.
//! Never replaces an installation that was there before.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use tempfile::TempDir;

use crate::command;
use crate::package::Kind;
use crate::package::tree::Tree;
use crate::setup;

/// An installed package. It is removed at the latest when dropped.
pub(super) struct Installed {
    kind: Kind,
    top: PathBuf,
    /// Where the .rpm's system lies.
    folder: Option<TempDir>,
    there: bool,
}

impl Installed {
    /// Installs a package with what it depends on, and nothing that it only recommends.
    pub(super) fn put(kind: Kind, file: &Path) -> Result<Self> {
        let folder = match kind {
            Kind::Deb => None,
            Kind::Rpm => Some(tempfile::tempdir()?),
        };
        let top = folder.as_ref().map_or(Path::new("/"), TempDir::path);
        let mut installed = Self {
            kind,
            top: top.to_owned(),
            folder,
            there: false,
        };
        ensure!(
            !installed.is_there(),
            "Pterotray is installed here already, and the check would remove it"
        );
        let line = match kind {
            // Images of systems leave out manuals and documents: here they are what is looked at.
            Kind::Deb => {
                "apt-get install --yes --no-install-recommends -o Dpkg::Options::=--path-include=/usr/share/*".to_owned()
            }
            Kind::Rpm => format!("rpm --root {} --nodeps --install", installed.top.display()),
        };
        installed.there = true;
        command::output(setup::with_rights(&line).arg(file))?;
        Ok(installed)
    }

    /// The folder that looks like `/`.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// Removes it and looks whether any of its files stayed.
    pub(super) fn remove(mut self, tree: &Tree) -> Result<()> {
        ensure!(
            self.is_there(),
            "the system does not know that it has Pterotray"
        );
        self.take_away()?;
        ensure!(
            !self.is_there(),
            "the system thinks that it still has Pterotray"
        );
        let stayed = tree
            .files
            .iter()
            .find(|file| self.top.join(&file.path).exists());
        ensure!(
            stayed.is_none(),
            "/{} stayed",
            stayed.map_or("", |file| &file.path)
        );
        for folder in ["doc/pterotray", "licenses/pterotray", "pterotray"] {
            let folder = self.top.join("usr/share").join(folder);
            ensure!(!folder.exists(), "{} stayed", folder.display());
        }
        Ok(())
    }

    fn take_away(&mut self) -> Result<()> {
        self.there = false;
        let line = match self.kind {
            Kind::Deb => "apt-get purge --yes pterotray".to_owned(),
            Kind::Rpm => format!("rpm --root {} --erase pterotray", self.top.display()),
        };
        command::output(&mut setup::with_rights(&line)).map(drop)
    }

    fn is_there(&self) -> bool {
        match self.kind {
            Kind::Deb => {
                let line = "dpkg-query --show --showformat ${db:Status-Status} pterotray";
                command::output(&mut command::words(line)).is_ok_and(|said| said == "installed")
            }
            Kind::Rpm => {
                let line = format!("rpm --root {} --query pterotray", self.top.display());
                command::output(&mut setup::with_rights(&line)).is_ok()
            }
        }
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        if self.there {
            // The failure that leads here is the one to be told.
            let _ = self.take_away();
        }
        if let Some(folder) = &self.folder {
            let line = format!("rm -rf {}", folder.path().display());
            let _ = command::output(&mut setup::with_rights(&line));
        }
    }
}
