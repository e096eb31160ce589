//! Which pictures there are, and how each is made of the SVG sources.
//! Never reads or writes what is generated, and never draws: a change of looks is a change of an SVG file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::picture::Picture;
use super::sheet;

/// Aggregate states of the tray icon, worst first; each has `icons/state/<name>.svg`.
pub(super) const STATES: [&str; 7] = [
    "needs_you",
    "problem",
    "unreachable",
    "transition",
    "all_fine",
    "nothing_running",
    "connecting",
];

/// Conditions of one server, as `status --json` names them; each has `icons/item/<name>.svg`.
pub(super) const CONDITIONS: [&str; 14] = [
    "running",
    "starting",
    "stopping",
    "offline",
    "crashed",
    "still_stopping",
    "suspended",
    "maintenance",
    "installing",
    "install_failed",
    "restoring",
    "transferring",
    "node_unreachable",
    "unknown",
];

/// Edge lengths of the tray icon in pixels, all side by side in one file a state.
///
/// 16: GNOME's extension, Windows. 22: Xfce, MATE, Plasma. 24: Cinnamon, Plasma 6. 32: 16 twice as dense, Windows at
/// 200 %. 36: the menu bar of macOS, whose 18 points it halves to exactly; 24 at 150 %. 48: 24 twice as dense; 44 is
/// left to the desktop, which makes smaller what it has but seldom larger. The agent cuts the files at these places.
pub(super) const TRAY_SIZES: [u32; 6] = [16, 22, 24, 32, 36, 48];
pub(super) const ITEM_SIZE: u32 = 16;
/// 20 and 24 are the small icons of Windows at 125 and 150 %, 64 is 32 twice as dense on macOS.
pub(super) const APP_SIZES: [u32; 9] = [16, 20, 24, 32, 48, 64, 128, 256, 512];

/// The sheet of all icons for the documentation, from the repository's top folder.
pub(super) const SHEET: &str = "docs/pictures/icons.png";

/// How the tray icon is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As in the sources; readable on light and on dark panels.
    Colour,
    /// White, for dark panels.
    Light,
    /// Black, for light panels, and the template from which macOS makes either.
    Dark,
}

/// How opaque the mark is where it has the badge's colour: the badge is what must be seen first.
const MARK_BEHIND: f32 = 0.6;

/// The tray icon of a state.
pub(super) fn tray(sources: &Path, state: &str, style: Style, size: u32) -> Result<Picture> {
    let mark = Picture::from_svg(&sources.join("tray.svg"), size)?;
    let badge = badge(sources, state, size)?;
    // A gap of transparent pixels round the badge keeps it apart from the mark on any panel.
    let gap = (size as f32 / 22.0).max(1.0);
    let ink = match style {
        Style::Colour => return Ok(mark.under(&badge, gap)),
        Style::Light => [0xff; 3],
        Style::Dark => [0; 3],
    };
    let both = mark.faded(MARK_BEHIND).under(&badge, gap);
    Ok(both.painted(ink))
}

/// What tells the state, alone. On the smallest icons, and those on screens of double density that are no larger to the
/// eye, it takes more of the room, or nobody could tell its shape.
pub(super) fn badge(sources: &Path, state: &str, size: u32) -> Result<Picture> {
    let enlarged = match size {
        16 | 32 | 36 => 1.25,
        _ => 1.0,
    };
    Picture::from_svg_at_corner(&sources.join(format!("state/{state}.svg")), size, enlarged)
}

/// The small picture beside a server.
pub(super) fn item(sources: &Path, condition: &str) -> Result<Picture> {
    Picture::from_svg(&sources.join(format!("item/{condition}.svg")), ITEM_SIZE)
}

/// Every picture that is kept, by its path from the repository's top folder.
///
/// Light and dark tray icons are one file, the template: the agent turns black into white.
pub(super) fn render_all(sources: &Path) -> Result<BTreeMap<String, Picture>> {
    let mut pictures = BTreeMap::new();
    for state in STATES {
        for (folder, style) in [("colour", Style::Colour), ("template", Style::Dark)] {
            let sizes: Vec<Picture> = TRAY_SIZES
                .into_iter()
                .map(|size| tray(sources, state, style, size))
                .collect::<Result<_>>()?;
            pictures.insert(
                generated(&format!("tray/{folder}/{state}.png")),
                Picture::side_by_side(&sizes),
            );
        }
    }
    for condition in CONDITIONS {
        pictures.insert(
            generated(&format!("item/{condition}-{ITEM_SIZE}.png")),
            item(sources, condition)?,
        );
    }
    for size in APP_SIZES {
        pictures.insert(
            generated(&format!("app-{size}.png")),
            Picture::from_svg(&sources.join("pterotray.svg"), size)?,
        );
    }
    pictures.insert(SHEET.to_owned(), sheet::draw(sources)?);
    Ok(pictures)
}

/// The path of a generated file.
pub(super) fn generated(name: &str) -> String {
    format!("icons/generated/{name}")
}
