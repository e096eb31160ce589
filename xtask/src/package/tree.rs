//! The files of a package as they will lie on a system: programs, entry of the menu, icons, documents.
//! Never says how they are packed.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::command::{self, words};
use crate::root;

/// The name of the menu entry and of its description for software centres.
pub(super) const ID: &str = "io.github.pterotray.Pterotray";
/// Sizes of the icon, in pixels.
const ICONS: [u16; 7] = [16, 24, 32, 48, 64, 128, 256];

/// Which release is packed.
pub(super) struct Release {
    pub(super) version: String,
    /// Day of the last commit, as 2026-01-31.
    pub(super) day: String,
    /// Its second since 1970: every file carries it, so that the same commit gives the same package.
    pub(super) second: u32,
}

impl Release {
    /// The workspace's version at its last commit.
    pub(super) fn of_today() -> Result<Self> {
        let line = command::output(&mut words("git log -1 --format=%cs,%ct"))?;
        let (day, second) = line
            .trim()
            .split_once(',')
            .context("git tells no date of the last commit")?;
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            day: day.to_owned(),
            second: second.parse()?,
        })
    }
}

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
    /// 0755 for programs, 0644 else.
    pub(super) mode: u32,
}

/// Lays everything out below `top`.
pub(super) fn lay_out(top: &Path, release: &Release) -> Result<Tree> {
    let mut tree = Tree {
        top: top.to_owned(),
        files: Vec::new(),
    };
    for program in ["pterotray", "pterotray-window"] {
        let built = fs::read(root().join("target/release").join(program))
            .with_context(|| format!("{program} is not built: leave out --no-build"))?;
        tree.add(&format!("usr/bin/{program}"), 0o755, &built)?;
    }
    let share = |rest: &str| format!("usr/share/{rest}");
    tree.add(
        &share(&format!("applications/{ID}.desktop")),
        0o644,
        include_bytes!("files/io.github.pterotray.Pterotray.desktop"),
    )?;
    tree.add(
        &share(&format!("metainfo/{ID}.metainfo.xml")),
        0o644,
        metainfo(release).as_bytes(),
    )?;
    for size in ICONS {
        let icon = fs::read(root().join(format!("icons/generated/app-{size}.png")))?;
        let place = share(&format!("icons/hicolor/{size}x{size}/apps/pterotray.png"));
        tree.add(&place, 0o644, &icon)?;
    }
    let icon = fs::read(root().join("icons/pterotray.svg"))?;
    tree.add(
        &share("icons/hicolor/scalable/apps/pterotray.svg"),
        0o644,
        &icon,
    )?;
    let copyright = include_bytes!("files/copyright");
    tree.add(&share("doc/pterotray/copyright"), 0o644, copyright)?;
    let changes = fs::read(root().join("CHANGELOG.md"))?;
    tree.add(&share("doc/pterotray/CHANGELOG.md"), 0o644, &changes)?;
    for (path, text) in crate::manual::files()? {
        let path = share(&path.display().to_string());
        match path.strip_suffix(".1") {
            Some(_) => tree.add(&format!("{path}.gz"), 0o644, &compressed(&text)?)?,
            None => tree.add(&path, 0o644, &text)?,
        }
    }
    tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(tree)
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

/// The description for software centres, with this release in it.
fn metainfo(release: &Release) -> String {
    include_str!("files/io.github.pterotray.Pterotray.metainfo.xml")
        .replace("0.0.0", &release.version)
        .replace("1970-01-01", &release.day)
}

impl Tree {
    fn add(&mut self, path: &str, mode: u32, bytes: &[u8]) -> Result<()> {
        let file = self.top.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, bytes)
            .and_then(|()| fs::set_permissions(&file, fs::Permissions::from_mode(mode)))
            .with_context(|| format!("cannot write {}", file.display()))?;
        self.files.push(File {
            path: path.to_owned(),
            mode,
        });
        Ok(())
    }

    /// Where the programs lie.
    pub(super) fn programs(&self) -> impl Iterator<Item = PathBuf> {
        let programs = self.files.iter().filter(|file| file.mode == 0o755);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_names_this_release() {
        let text = metainfo(&Release {
            version: "1.2.3".into(),
            day: "2026-01-31".into(),
            second: 0,
        });
        assert!(text.contains(r#"<release version="1.2.3" date="2026-01-31"/>"#));
    }
}
