//! One picture with every icon on a light and on a dark panel, for the documentation and to judge them by eye.
//! Never a place for an icon of its own: it shows what the others draw.

use std::path::Path;

use anyhow::Result;

use super::drawing::{CONDITIONS, ITEM_SIZE, STATES, Style, item, tray};
use super::picture::Picture;

/// A light and a dark panel, as common desktop themes draw them.
pub(super) const LIGHT_PANEL: [u8; 3] = [0xf6, 0xf5, 0xf4];
pub(super) const DARK_PANEL: [u8; 3] = [0x2e, 0x34, 0x40];

const SIZES: [u32; 3] = [48, 22, 16];
const MARGIN: u32 = 12;
const CELL: u32 = 48 + 22 + 16 + 4 * MARGIN;
const ROW: u32 = 48 + MARGIN;
const ITEMS: u32 = ITEM_SIZE + 2 * MARGIN;
const PANEL: u32 = MARGIN + 2 * ROW + ITEMS;

/// On either panel: the states, worst first, in colour and in the style made for that panel; below them the conditions.
pub(super) fn draw(sources: &Path) -> Result<Picture> {
    let width = CELL * STATES.len() as u32;
    let mut sheet = Picture::filled(width, 2 * PANEL, LIGHT_PANEL);
    for (panel, plain, top) in [
        (LIGHT_PANEL, Style::Dark, 0),
        (DARK_PANEL, Style::Light, PANEL),
    ] {
        sheet.stamp(&Picture::filled(width, PANEL, panel), 0, top);
        for (style, row) in [Style::Colour, plain].into_iter().zip(0..) {
            for (state, column) in STATES.iter().zip(0..) {
                let mut left = column * CELL + MARGIN;
                for size in SIZES {
                    let icon = tray(sources, state, style, size)?;
                    let centred = top + MARGIN + row * ROW + (48 - size) / 2;
                    sheet.stamp(&icon, left, centred);
                    left += size + MARGIN;
                }
            }
        }
        for (condition, column) in CONDITIONS.iter().zip(0..) {
            let left = column * CELL / 2 + MARGIN;
            sheet.stamp(
                &item(sources, condition)?,
                left,
                top + PANEL - ITEMS + MARGIN / 2,
            );
        }
    }
    Ok(sheet)
}
