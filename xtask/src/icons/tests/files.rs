//! The check names what is missing or different, and nothing else.

use std::fs;
use std::sync::LazyLock;

use super::super::drawing::{TRAY_SIZES, render_all};
use super::super::*;

static RENDERED: LazyLock<BTreeMap<String, Picture>> =
    LazyLock::new(|| render_all(&root().join("icons")).unwrap());

/// What `write` makes of them, kept because packing takes seconds.
static WRITTEN: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &RENDERED).unwrap();
    let containers = ["icon.ico", "icon.icns"].map(generated);
    let names = RENDERED.keys().cloned().chain(containers);
    names
        .map(|name| {
            let bytes = fs::read(folder.path().join(&name)).unwrap();
            (name, bytes)
        })
        .collect()
});

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &*WRITTEN {
        write_file(&folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn a_touched_file_is_named_and_a_fresh_one_passes() {
    let (folder, fresh) = (written(), &*RENDERED);
    check(folder.path(), fresh).unwrap();

    let tray = |state: &str| generated(&format!("tray/colour/{state}.png"));
    let other = fresh[&tray("problem")].to_png().unwrap();
    fs::write(folder.path().join(tray("all_fine")), other).unwrap();
    fs::remove_file(folder.path().join(generated("item/offline-16.png"))).unwrap();
    let sheet = folder.path().join("docs/pictures/icons.png");
    fs::copy(folder.path().join(generated("app-16.png")), &sheet).unwrap();
    let complaint = check(folder.path(), fresh).unwrap_err().to_string();
    for named in [
        "tray/colour/all_fine.png",
        "item/offline-16.png",
        "docs/pictures/icons.png",
    ] {
        assert!(complaint.contains(named), "{complaint}");
    }
    for kept in ["app-32.png", "template", "problem"] {
        assert!(!complaint.contains(kept), "{complaint}");
    }
}

#[test]
fn a_container_of_other_pictures_is_named() {
    let (folder, fresh) = (written(), &*RENDERED);
    fs::write(folder.path().join(generated("icon.ico")), b"old").unwrap();
    let complaint = check(folder.path(), fresh).unwrap_err().to_string();
    assert!(
        complaint.contains("icon.ico") && !complaint.contains("icon.icns"),
        "{complaint}"
    );
}

#[test]
fn the_sizes_of_a_tray_icon_lie_side_by_side() {
    for (name, icon) in &*RENDERED {
        if !name.contains("/tray/") {
            continue;
        }
        assert_eq!(icon.width, TRAY_SIZES.iter().sum::<u32>(), "{name}");
        let mut left = 0;
        for size in TRAY_SIZES {
            let drawn = |y: u32| (left..left + size).any(|x| icon.pixel(x, y)[3] > 0);
            assert!((0..size).any(drawn), "{name} is empty at {size} pixels");
            assert!(
                !(size..icon.height).any(drawn),
                "{name} has something below its {size} pixels"
            );
            left += size;
        }
    }
}

#[test]
fn templates_are_black_and_alpha_only() {
    for (name, icon) in &*RENDERED {
        if !name.contains("/template/") {
            continue;
        }
        let mut alphas = Vec::new();
        for y in 0..icon.height {
            for x in 0..icon.width {
                let [red, green, blue, alpha] = icon.pixel(x, y);
                assert_eq!([red, green, blue], [0; 3], "{name} at {x}, {y}");
                alphas.push(alpha);
            }
        }
        assert!(alphas.contains(&0) && alphas.contains(&0xff), "{name}");
    }
}
