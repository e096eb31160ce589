//! Every icon stands out from the panels it is made for, and no two states can be mistaken for each other, not even
//! without colour.

use super::super::drawing::{CONDITIONS, ITEM_SIZE, STATES, Style, TRAY_SIZES, badge, item, tray};
use super::super::picture::Picture;
use super::super::sheet::{DARK_PANEL, LIGHT_PANEL};
use crate::root;

/// The panels of common themes and the strongest that can be.
const LIGHT_PANELS: [[u8; 3]; 2] = [LIGHT_PANEL, [0xff; 3]];
const DARK_PANELS: [[u8; 3]; 2] = [DARK_PANEL, [0; 3]];
const ALL_PANELS: [[u8; 3]; 4] = [LIGHT_PANEL, [0xff; 3], DARK_PANEL, [0; 3]];

/// What graphics that carry meaning need (WCAG 2.2, 1.4.11).
const MEANINGFUL: f32 = 3.0;
/// A difference in lightness (CIE L*, 0 black to 100 white) that is seen in a detail of single pixels. Neighbouring areas
/// are told apart from about 1, but the finer a detail the less of its contrast arrives: a fifth of the whole range leaves room.
const SEEN: f32 = 20.0;
/// How many pixels must differ that much. The smallest letter that normal sight reads has 5 minutes of arc, which is 0.9 mm
/// at 60 cm, a patch of 3.3 × 3.3 pixels of an ordinary screen (96 dpi). Twice that patch, for a glance is no eye test.
const PATCH: usize = 22;

fn panels(style: Style) -> &'static [[u8; 3]] {
    match style {
        Style::Colour => &ALL_PANELS,
        Style::Light => &DARK_PANELS,
        Style::Dark => &LIGHT_PANELS,
    }
}

const STYLES: [Style; 3] = [Style::Colour, Style::Light, Style::Dark];

/// Relative luminance of WCAG 2.2, 0 to 1.
fn luminance(colour: [f32; 3]) -> f32 {
    let linear = colour.map(|channel| {
        let value = channel / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    linear[0] * 0.2126 + linear[1] * 0.7152 + linear[2] * 0.0722
}

/// CIE L* of a luminance: equal steps look equally large.
fn lightness(luminance: f32) -> f32 {
    if luminance <= 0.008_856 {
        luminance * 903.3
    } else {
        116.0 * luminance.cbrt() - 16.0
    }
}

/// The luminance of each pixel of an icon lying on a panel: its greyscale rendering.
fn luminances(icon: &Picture, panel: [u8; 3]) -> Vec<f32> {
    let mut all = Vec::new();
    for y in 0..icon.height {
        for x in 0..icon.width {
            let pixel = icon.pixel(x, y);
            let alpha = f32::from(pixel[3]) / 255.0;
            let mix =
                |at: usize| f32::from(pixel[at]) * alpha + f32::from(panel[at]) * (1.0 - alpha);
            all.push(luminance([mix(0), mix(1), mix(2)]));
        }
    }
    all
}

fn contrast(a: f32, b: f32) -> f32 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How many pixels look different without colour.
fn different(one: &Picture, other: &Picture, panel: [u8; 3]) -> usize {
    let [one, other] = [one, other].map(|icon| luminances(icon, panel));
    one.iter()
        .zip(&other)
        .filter(|(a, b)| (lightness(**a) - lightness(**b)).abs() >= SEEN)
        .count()
}

/// The patch in pixels of an icon: the larger ones are for screens of double density.
fn patch(size: u32) -> usize {
    if size < 32 { PATCH } else { 4 * PATCH }
}

/// Asserts that whatever of `part` covers its pixels wholly has the contrast in `icon`, and that this is enough to be seen.
fn assert_stands_out(what: &str, icon: &Picture, part: &Picture, panel: [u8; 3]) {
    let bare = luminance(panel.map(f32::from));
    let seen = luminances(icon, panel);
    let mut solid = 0;
    for (at, luminance) in (0..).zip(seen) {
        if part.pixel(at % part.width, at / part.width)[3] < 0xfa {
            continue;
        }
        solid += 1;
        let contrast = contrast(luminance, bare);
        assert!(
            contrast >= MEANINGFUL,
            "{what} on {panel:02x?}: a contrast of {contrast:.2} only"
        );
    }
    assert!(solid >= PATCH / 2, "{what}: only {solid} solid pixels");
}

#[test]
fn what_tells_the_state_stands_out_on_the_panels_of_its_style() {
    let sources = root().join("icons");
    for size in TRAY_SIZES {
        for state in STATES {
            let badge = badge(&sources, state, size).unwrap();
            for style in STYLES {
                let icon = tray(&sources, state, style, size).unwrap();
                for panel in panels(style) {
                    let what = format!("{state} ({style:?}, {size} pixels)");
                    assert_stands_out(&what, &icon, &badge, *panel);
                }
            }
        }
    }
}

#[test]
fn the_mark_stands_out_on_the_panels_of_its_style() {
    let sources = root().join("icons");
    for style in STYLES {
        for size in TRAY_SIZES {
            // No badge reaches the upper half: the mark's own pixels are there.
            let icon = tray(&sources, "all_fine", style, size).unwrap();
            for panel in panels(style) {
                let bare = luminance(panel.map(f32::from));
                let upper = icon.width * (icon.height * 4 / 10);
                let seen = luminances(&icon, *panel)
                    .into_iter()
                    .take(upper as usize)
                    .filter(|pixel| contrast(*pixel, bare) >= MEANINGFUL)
                    .count();
                assert!(
                    seen >= upper as usize / 6,
                    "{style:?} on {panel:02x?}: {seen} of {upper} pixels"
                );
            }
        }
    }
}

#[test]
fn tray_states_differ_without_colour() {
    let sources = root().join("icons");
    for style in STYLES {
        for size in TRAY_SIZES {
            let icons = STATES.map(|state| (state, tray(&sources, state, style, size).unwrap()));
            for (at, (one, first)) in icons.iter().enumerate() {
                for (other, second) in &icons[at + 1..] {
                    for panel in panels(style) {
                        let pixels = different(first, second, *panel);
                        assert!(
                            pixels >= patch(size),
                            "{one} and {other} ({style:?}, {size} pixels) on {panel:02x?}: only {pixels} pixels differ"
                        );
                    }
                }
            }
        }
    }
}

/// The conditions that share a shape because the design's table gives them one. Within a group the greyscale may be equal
/// (crashed, still stopping and install failed differ by colour at most); the words in the same line tell them apart.
const SHARED_SHAPES: [&[&str]; 5] = [
    &["starting", "stopping"],
    &["crashed", "still_stopping", "install_failed"],
    &["suspended", "maintenance"],
    &["installing", "restoring", "transferring"],
    &["node_unreachable", "unknown"],
];

#[test]
fn conditions_of_different_shapes_differ_without_colour() {
    let sources = root().join("icons");
    let shared = |one: &str, other: &str| {
        SHARED_SHAPES
            .iter()
            .any(|shape| shape.contains(&one) && shape.contains(&other))
    };
    let icons = CONDITIONS.map(|condition| (condition, item(&sources, condition).unwrap()));
    for (at, (one, first)) in icons.iter().enumerate() {
        for (other, second) in &icons[at + 1..] {
            if shared(one, other) {
                continue;
            }
            for panel in ALL_PANELS {
                let pixels = different(first, second, panel);
                assert!(
                    pixels >= patch(ITEM_SIZE),
                    "{one} and {other} on {panel:02x?}: only {pixels} pixels differ"
                );
            }
        }
    }
}

#[test]
fn item_icons_stand_out_on_every_panel() {
    let sources = root().join("icons");
    for condition in CONDITIONS {
        let icon = item(&sources, condition).unwrap();
        for panel in ALL_PANELS {
            assert_stands_out(condition, &icon, &icon, panel);
        }
    }
}
