//! What a person must be able to see: every icon stands out from light and dark panels, and no two
//! tray states can be mistaken for each other, not even without colour.

use super::*;

/// A light and a dark panel, as common desktop themes draw them.
const LIGHT: [u8; 3] = [0xf6, 0xf5, 0xf4];
const DARK: [u8; 3] = [0x2e, 0x34, 0x40];

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

/// The luminance of each pixel of an icon lying on a panel.
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

/// How many pixels of an icon stand out from the panel with at least this contrast.
fn standing_out(icon: &Picture, panel: [u8; 3], at_least: f32) -> usize {
    let bare = luminance(panel.map(f32::from));
    luminances(icon, panel)
        .into_iter()
        .filter(|pixel| contrast(*pixel, bare) >= at_least)
        .count()
}

fn rendered() -> BTreeMap<String, Picture> {
    render_all(&root().join("icons")).unwrap()
}

#[test]
fn tray_states_differ_without_colour() {
    let icons = rendered();
    for size in TRAY_SIZES {
        let needed = (size * size / 30) as usize;
        for (at, one) in STATES.iter().enumerate() {
            for other in &STATES[at + 1..] {
                for panel in [LIGHT, DARK] {
                    let [a, b] = [one, other].map(|state| {
                        luminances(&icons[&format!("tray/{state}-{size}.png")], panel)
                    });
                    let different = a
                        .iter()
                        .zip(&b)
                        .filter(|(a, b)| contrast(**a, **b) >= 2.0)
                        .count();
                    assert!(
                        different >= needed,
                        "{one} and {other} at {size} pixels on {panel:02x?}: only {different} of {needed} pixels differ"
                    );
                }
            }
        }
    }
}

#[test]
fn tray_icons_stand_out_on_every_panel() {
    let icons = rendered();
    for (name, icon) in icons.iter().filter(|(name, _)| name.starts_with("tray/")) {
        for panel in [LIGHT, DARK] {
            let seen = standing_out(icon, panel, 3.0);
            let needed = (icon.width * icon.height / 5) as usize;
            assert!(
                seen >= needed,
                "{name} on {panel:02x?}: {seen} of {needed} pixels"
            );
        }
    }
}

#[test]
fn badges_and_item_icons_stand_out_on_every_panel() {
    let sources = root().join("icons");
    let badges = STATES.map(|state| format!("state/{state}.svg"));
    let items = CONDITIONS.map(|condition| format!("item/{condition}.svg"));
    for name in badges.iter().chain(&items) {
        // Unknown is drawn faded on purpose: it says nothing that must be seen at once.
        let at_least = if name.ends_with("/unknown.svg") {
            2.0
        } else {
            2.8
        };
        let icon = Picture::from_svg(&sources.join(name), 22).unwrap();
        for panel in [LIGHT, DARK] {
            let seen = standing_out(&icon, panel, at_least);
            assert!(seen >= 14, "{name} on {panel:02x?}: only {seen} pixels");
        }
    }
}

#[test]
fn conditions_that_mean_different_things_look_different() {
    let icons = rendered();
    // One of each row of the table of conditions; shape alone must tell them apart, two pairs share theirs by design.
    let rows = [
        "running",
        "starting",
        "offline",
        "crashed",
        "suspended",
        "installing",
        "unknown",
    ];
    for (at, one) in rows.iter().enumerate() {
        for other in &rows[at + 1..] {
            let [a, b] = [one, other]
                .map(|condition| luminances(&icons[&format!("item/{condition}-16.png")], LIGHT));
            let different = a
                .iter()
                .zip(&b)
                .filter(|(a, b)| contrast(**a, **b) >= 1.8)
                .count();
            assert!(
                different >= 16,
                "{one} and {other}: only {different} pixels differ"
            );
        }
    }
}

#[test]
fn a_touched_file_is_named_and_a_fresh_one_passes() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = rendered();
    write(folder.path(), &fresh).unwrap();
    check(folder.path(), &fresh).unwrap();

    let other = fresh["tray/problem-22.png"].to_png().unwrap();
    fs::write(folder.path().join("tray/all_fine-22.png"), other).unwrap();
    fs::remove_file(folder.path().join("item/offline-16.png")).unwrap();
    let complaint = check(folder.path(), &fresh).unwrap_err().to_string();
    assert!(complaint.contains("tray/all_fine-22.png"), "{complaint}");
    assert!(complaint.contains("item/offline-16.png"), "{complaint}");
    assert!(!complaint.contains("app-32.png"), "{complaint}");
}

#[test]
fn a_container_of_other_pictures_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = rendered();
    write(folder.path(), &fresh).unwrap();
    fs::write(folder.path().join("icon.ico"), b"old").unwrap();
    let complaint = check(folder.path(), &fresh).unwrap_err().to_string();
    assert!(
        complaint.contains("icon.ico") && !complaint.contains("icon.icns"),
        "{complaint}"
    );
}
