//! One picture with every icon on light and on dark, to judge them by eye before committing.
//! Never part of what is generated or checked.

use std::collections::BTreeMap;

use super::picture::Picture;

const BACKGROUNDS: [[u8; 4]; 4] = [
    [0xff, 0xff, 0xff, 0xff],
    [0xe4, 0xe1, 0xde, 0xff],
    [0x2e, 0x34, 0x40, 0xff],
    [0x10, 0x10, 0x12, 0xff],
];

/// Rows: per background the icons at their own size, then the small ones four times enlarged.
pub(super) fn draw(icons: &BTreeMap<String, Picture>) -> Picture {
    let small: Vec<&Picture> = icons.values().filter(|icon| icon.width <= 48).collect();
    let width = 1400;
    let mut sheet = Picture::filled(width, 1560, [0x80, 0x80, 0x80, 0xff]);
    for (band, background) in BACKGROUNDS.iter().zip(0..) {
        let top = background * 390;
        sheet.stamp(&Picture::filled(width, 390, *band), 0, top, 1);
        place(&mut sheet, &small, top + 6, 48, 1);
        let tray: Vec<&Picture> = small
            .iter()
            .copied()
            .filter(|icon| icon.width == 22)
            .collect();
        place(&mut sheet, &tray, top + 104, 100, 4);
        let items: Vec<&Picture> = small
            .iter()
            .copied()
            .filter(|icon| icon.width == 16)
            .collect();
        place(&mut sheet, &items, top + 204, 72, 4);
        if let Some(app) = icons.get("app-256.png") {
            sheet.stamp(app, width - 270, top + 100, 1);
        }
    }
    sheet
}

fn place(sheet: &mut Picture, icons: &[&Picture], top: u32, step: u32, zoom: u32) {
    let a_row = (sheet.width - 300) / step;
    for (icon, at) in icons.iter().zip(0..) {
        sheet.stamp(icon, 8 + at % a_row * step, top + at / a_row * step, zoom);
    }
}
