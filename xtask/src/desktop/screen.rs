//! What is on the private desktop's screen: windows, the pointer, pictures.
//! Never reads anything but what a person in front of it could see.

use std::path::Path;

use anyhow::{Context, Result};

use super::PrivateDesktop;

impl PrivateDesktop {
    /// The ids of the visible windows of a class.
    pub(crate) fn windows(&self, class: &str) -> Vec<String> {
        // xdotool fails when there are none.
        self.run("xdotool", &["search", "--onlyvisible", "--class", class])
            .map(|ids| ids.lines().map(str::to_owned).collect())
            .unwrap_or_default()
    }

    /// Presses a mouse button (1 left, 2 middle, 3 right) at a place.
    pub(crate) fn click(&self, (x, y): (u32, u32), button: u32) -> Result<()> {
        let [x, y, button] = [x, y, button].map(|number| number.to_string());
        self.run("xdotool", &["mousemove", &x, &y, "click", &button])
            .map(drop)
    }

    /// Moves the pointer without pressing anything.
    pub(crate) fn point(&self, (x, y): (u32, u32)) -> Result<()> {
        self.run("xdotool", &["mousemove", &x.to_string(), &y.to_string()])
            .map(drop)
    }

    /// Presses keys one after the other, by their X names.
    pub(crate) fn keys(&self, keys: &[&str]) -> Result<()> {
        let mut arguments = vec!["key", "--clearmodifiers", "--delay", "60"];
        arguments.extend(keys);
        self.run("xdotool", &arguments).map(drop)
    }

    /// How many colours a part of the screen shows: where nothing is painted yet there is one.
    pub(crate) fn colours(&self, part: &str) -> Result<u32> {
        let file = self.folder().join("colours.png");
        self.picture(part, &file)?;
        self.count_colours(&file)
    }

    /// A picture of a part of the screen, given as ImageMagick writes it (`600x400+10+20`).
    pub(crate) fn picture(&self, part: &str, file: &Path) -> Result<()> {
        let file = file.display().to_string();
        let arguments = [
            "-silent", "-window", "root", "-crop", part, "+repage", "-strip", &file,
        ];
        self.run("import", &arguments).map(drop)
    }

    /// A picture of a window with its frame.
    pub(crate) fn picture_of_window(&self, window: &str, file: &Path) -> Result<()> {
        let file = file.display().to_string();
        let arguments = ["-silent", "-window", window, "-frame", "-strip", &file];
        self.run("import", &arguments).map(drop)
    }

    fn count_colours(&self, file: &Path) -> Result<u32> {
        let count = self.run("identify", &["-format", "%k", &file.display().to_string()])?;
        count.trim().parse().context("ImageMagick counts colours")
    }
}
