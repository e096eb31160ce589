//! What bundles for other systems are made from is there, and its names are those that the programs know.
//! Making one is the release workflow's; it takes tools that only their systems have.
#![expect(
    clippy::unwrap_used,
    reason = "a configuration that cannot be read fails where it is read"
)]

use serde_json::Value;
use std::{fs, path::PathBuf};

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn json(file: &str) -> Value {
    serde_json::from_slice(&fs::read(here().join(file)).unwrap()).unwrap()
}

#[test]
fn every_file_that_a_bundle_takes_is_there() {
    let bundle = &json("tauri.bundle.json")["bundle"];
    let icons = json("tauri.conf.json")["bundle"]["icon"].clone();
    let mut files: Vec<_> = icons.as_array().unwrap().iter().collect();
    files.extend([
        &bundle["licenseFile"],
        &bundle["windows"]["nsis"]["installerHooks"],
    ]);
    for file in files {
        let file = file.as_str().unwrap();
        assert!(here().join(file).is_file(), "{file}");
    }
    for kind in ["icns", "ico"] {
        let ends = |icon: &Value| icon.as_str().unwrap().ends_with(kind);
        assert!(icons.as_array().unwrap().iter().any(ends), "no .{kind}");
    }
}

/// The window looks for the agent beside itself, and the uninstaller for an entry of the product's name.
#[test]
fn its_names_are_those_that_the_programs_know() {
    let config = json("tauri.bundle.json");
    let own = fs::read_to_string(here().join("src/window.rs")).unwrap();
    let name = config["productName"].as_str().unwrap();
    assert!(own.contains(&format!(".app_name(\"{name}\")")), "{name}");
    let agent = config["bundle"]["externalBin"][0].as_str().unwrap();
    let finds = fs::read_to_string(here().join("src/program.rs")).unwrap();
    let file = agent.rsplit('/').next().unwrap();
    assert!(
        finds.contains(&format!("\"{file}{{EXE_SUFFIX}}\"")),
        "{file}"
    );
    let workflow = fs::read_to_string(here().join("../.github/workflows/release.yml")).unwrap();
    let place = agent.strip_prefix("../").unwrap();
    assert!(workflow.contains(&format!("{place}-")), "{place}");
    assert_eq!(config["bundle"]["homepage"], env!("CARGO_PKG_REPOSITORY"));
}
