//! The files of a package as they will lie on a system: programs, entry of the menu, icons, documents.
//! Never says how they are packed.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::Kind;
use super::release::Release;
use crate::manual;
use crate::root;

/// The name of the menu entry and of its description for software centres.
pub(super) const ID: &str = "io.github.pterotray.Pterotray";
/// Sizes of the icon, in pixels.
const ICONS: [u16; 7] = [16, 24, 32, 48, 64, 128, 256];

/// A folder that looks like `/`.
pub(super) struct Tree {
    pub(super) top: PathBuf,
    /// Every file, from the top, in order of its name.
    pub(super) files: Vec<File>,
}

/// One file of it.
pub(super) struct File {
    /// Its place from the top, without a slash in front.
    pub(super) path: String,
    pub(super) role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Program,
    Document,
    Licence,
    Other,
}

impl Role {
    pub(super) fn mode(self) -> u16 {
        if self == Role::Program { 0o755 } else { 0o644 }
    }
}

/// Lays everything out below `top`, by the customs of the systems that take this kind.
pub(super) fn lay_out(top: &Path, kind: Kind, release: &Release) -> Result<Tree> {
    let mut tree = Tree {
        top: top.to_owned(),
        files: Vec::new(),
    };
    for program in ["pterotray", "pterotray-window"] {
        let built = fs::read(root().join("target/release").join(program))
            .with_context(|| format!("{program} is not built: leave out --no-build"))?;
        tree.add(&format!("usr/bin/{program}"), Role::Program, &built)?;
    }
    tree.add(
        "usr/share/pterotray/packaged",
        Role::Other,
        b"A package brought this Pterotray. Its system brings newer ones: Pterotray does not look for them.\n",
    )?;
    tree.add_for_desktops(release)?;
    tree.add_manual(kind)?;
    match kind {
        Kind::Deb => tree.add_papers_of_debian(release)?,
        Kind::Rpm => tree.add_papers_of_fedora()?,
    }
    tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(tree)
}

impl Tree {
    fn add_for_desktops(&mut self, release: &Release) -> Result<()> {
        self.add(
            &format!("usr/share/applications/{ID}.desktop"),
            Role::Other,
            include_bytes!("files/io.github.pterotray.Pterotray.desktop"),
        )?;
        self.add(
            &format!("usr/share/metainfo/{ID}.metainfo.xml"),
            Role::Other,
            release.metainfo().as_bytes(),
        )?;
        let icons = "usr/share/icons/hicolor";
        for size in ICONS {
            let icon = fs::read(root().join(format!("icons/generated/app-{size}.png")))?;
            let place = format!("{icons}/{size}x{size}/apps/pterotray.png");
            self.add(&place, Role::Other, &icon)?;
        }
        let icon = fs::read(root().join("icons/pterotray.svg"))?;
        let place = format!("{icons}/scalable/apps/pterotray.svg");
        self.add(&place, Role::Other, &icon)
    }

    fn add_manual(&mut self, kind: Kind) -> Result<()> {
        let mut files = manual::files(kind.zsh())?;
        let of_window = include_bytes!("files/pterotray-window.1").to_vec();
        files.push((PathBuf::from("man/man1/pterotray-window.1"), of_window));
        for (path, text) in files {
            let path = format!("usr/share/{}", path.display());
            if path.ends_with(".1") {
                self.add(&format!("{path}.gz"), Role::Document, &compressed(&text)?)?;
            } else {
                self.add(&path, Role::Other, &text)?;
            }
        }
        Ok(())
    }

    fn add_papers_of_debian(&mut self, release: &Release) -> Result<()> {
        let folder = "usr/share/doc/pterotray";
        let copyright = include_bytes!("files/copyright");
        self.add(&format!("{folder}/copyright"), Role::Licence, copyright)?;
        let changes = compressed(release.debian_changelog().as_bytes())?;
        self.add(&format!("{folder}/changelog.gz"), Role::Document, &changes)?;
        let ours = compressed(&fs::read(root().join("CHANGELOG.md"))?)?;
        self.add(&format!("{folder}/CHANGELOG.md.gz"), Role::Document, &ours)
    }

    fn add_papers_of_fedora(&mut self) -> Result<()> {
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let place = format!("usr/share/licenses/pterotray/{licence}");
            self.add(&place, Role::Licence, &fs::read(root().join(licence))?)?;
        }
        let changes = fs::read(root().join("CHANGELOG.md"))?;
        let place = "usr/share/doc/pterotray/CHANGELOG.md";
        self.add(place, Role::Document, &changes)
    }

    fn add(&mut self, path: &str, role: Role, bytes: &[u8]) -> Result<()> {
        let file = self.top.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mode = fs::Permissions::from_mode(role.mode().into());
        fs::write(&file, bytes)
            .and_then(|()| fs::set_permissions(&file, mode))
            .with_context(|| format!("cannot write {}", file.display()))?;
        self.files.push(File {
            path: path.to_owned(),
            role,
        });
        Ok(())
    }

    /// Where the programs lie.
    pub(super) fn programs(&self) -> impl Iterator<Item = PathBuf> {
        let programs = self.files.iter().filter(|file| file.role == Role::Program);
        programs.map(|file| self.top.join(&file.path))
    }

    /// What all files hold together, in bytes.
    pub(super) fn size(&self) -> Result<u64> {
        let sizes = self
            .files
            .iter()
            .map(|file| Ok(fs::metadata(self.top.join(&file.path))?.len()));
        sizes.sum()
    }
}

/// As gzip makes it, with no name and no time in it: the same text always gives the same bytes.
fn compressed(text: &[u8]) -> Result<Vec<u8>> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(text)?;
    let mut gzip = Command::new("gzip");
    let packed = gzip
        .args(["-9", "--no-name", "--stdout"])
        .arg(file.path())
        .output();
    let packed = packed.context("gzip could not be started")?;
    ensure!(packed.status.success(), "gzip failed: {}", packed.status);
    Ok(packed.stdout)
}
