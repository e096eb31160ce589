//! The settings file: read whole, written whole, and put aside when it cannot be read.
//!
//! Never overwrites a file it could not read, nor what somebody else wrote there.

mod merge;
mod migrate;

use super::{Settings, VERSION};
use crate::{
    problem::{Problem, ProblemKind},
    whole_file,
};
use serde_json::{Map, Value};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What reading the settings file gave.
#[derive(Debug)]
pub struct Loaded {
    /// The settings; defaults when there was no readable file.
    pub settings: Settings,
    /// What was wrong with the file, with the place where it was put.
    pub problem: Option<Problem>,
}

/// Reads the file. A missing one means defaults; a broken one is put aside under a new name, unless
/// whoever reads will not write: then it is only told. So it is when the file system does not give it
/// out: that may pass.
pub fn load(path: &Path, will_write: bool) -> Loaded {
    let defaults = |problem| Loaded {
        settings: Settings::default(),
        problem,
    };
    let set_aside = |why: &str| {
        if will_write {
            put_aside(path, why)
        } else {
            broken(&path.display().to_string(), why)
        }
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return defaults(None),
        Err(error) if is_no_text(&error) => return defaults(Some(set_aside(&error.to_string()))),
        Err(error) => {
            let place = path.display().to_string();
            return defaults(Some(broken(&place, &error.to_string())));
        }
    };
    match understood(&text) {
        Ok(settings) => Loaded {
            settings,
            problem: None,
        },
        Err(why) => defaults(Some(set_aside(&why))),
    }
}

/// What stands in the file is the trouble, and not that it cannot be reached.
fn is_no_text(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}

/// The settings in a file's text, whichever version of this program wrote it.
fn understood(text: &str) -> Result<Settings, String> {
    let mut settings = read(fields(text)?).map_err(|error| error.to_string())?;
    settings.keep_limits();
    Ok(settings)
}

/// A file's fields as this version writes them, and whatever else stands there.
fn fields(text: &str) -> Result<Map<String, Value>, String> {
    // An object, not whatever else serde would take for one: `[]` would read as all defaults.
    let mut fields: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    // A file without a version was written by hand, today.
    let version = match fields.get("version") {
        None => u64::from(VERSION),
        Some(version) => version.as_u64().ok_or("version is no number")?,
    };
    if version > u64::from(VERSION) {
        return Err(format!("version {version} is newer than this program"));
    }
    migrate::migrate(&mut fields, version);
    fields.insert("version".to_owned(), VERSION.into());
    Ok(fields)
}

fn read(fields: Map<String, Value>) -> Result<Settings, serde_json::Error> {
    serde_json::from_value(Value::Object(fields))
}

fn put_aside(path: &Path, why: &str) -> Problem {
    let aside = free_name(path);
    match fs::rename(path, &aside) {
        Ok(()) => broken(&aside.display().to_string(), why),
        Err(error) => broken(&path.display().to_string(), &format!("{why}; {error}")),
    }
}

fn broken(place: &str, why: &str) -> Problem {
    Problem::with(ProblemKind::SettingsBroken, &format!("{place} ({why})"))
}

/// `settings.json.broken`, or with the first free number.
fn free_name(path: &Path) -> PathBuf {
    let named = |tail: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(tail);
        PathBuf::from(name)
    };
    let first = named(".broken".to_owned());
    if !first.exists() {
        return first;
    }
    (2..1000)
        .map(|n| named(format!(".broken-{n}")))
        .find(|p| !p.exists())
        .unwrap_or(first)
}

/// Writes the file whole or not at all, readable by its owner only. What somebody else changed in it
/// since it held `base` stays, as does a field of a newer program; a file that somebody broke is put
/// aside first.
///
/// # Errors
/// Whatever the file system says.
pub fn save(path: &Path, base: &Settings, settings: &Settings) -> io::Result<()> {
    let mut new = serde_json::to_value(settings)?;
    let put_aside = |why: &str| {
        let put = put_aside(path, why);
        tracing::warn!(detail = put.detail, "the settings file was broken");
    };
    match fs::read_to_string(path) {
        Ok(text) => match understood(&text).and_then(|_| fields(&text)) {
            Ok(theirs) => {
                new = merge::merge(&serde_json::to_value(base)?, &Value::Object(theirs), new);
            }
            Err(why) => put_aside(&why),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if is_no_text(&error) => put_aside(&error.to_string()),
        Err(error) => return Err(error),
    }
    whole_file::write(path, &new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::PanelId,
        settings::{KeyPlace, PanelSettings},
    };

    fn sample() -> Settings {
        Settings {
            panels: vec![PanelSettings {
                id: PanelId("p1".into()),
                name: "Home".into(),
                url: "https://panel.example.com".into(),
                key_place: KeyPlace::Keyring,
                show_others: false,
                trust: None,
                admin: false,
            }],
            allow_force_stop: true,
            ..Settings::default()
        }
    }

    #[test]
    fn what_is_saved_is_loaded_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper").join("settings.json");
        save(&path, &Settings::default(), &sample()).unwrap();
        let loaded = load(&path, true);
        assert_eq!(loaded.settings, sample());
        assert_eq!(loaded.problem, None);
    }

    #[test]
    fn who_only_looks_leaves_a_broken_file_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, "{ not json").unwrap();
        let loaded = load(&path, false);
        assert_eq!(loaded.problem.unwrap().kind, ProblemKind::SettingsBroken);
        assert_eq!(fs::read_to_string(&path).unwrap(), "{ not json");
    }

    #[test]
    fn a_missing_file_means_defaults_and_is_no_problem() {
        let folder = tempfile::tempdir().unwrap();
        let loaded = load(&folder.path().join("settings.json"), true);
        assert_eq!(loaded.settings, Settings::default());
        assert_eq!(loaded.problem, None);
    }

    #[test]
    fn broken_files_are_kept_aside_each_under_its_own_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        for text in ["{ not json", "[]", r#"{"version":99}"#] {
            fs::write(&path, text).unwrap();
            let loaded = load(&path, true);
            assert_eq!(loaded.settings, Settings::default());
            assert_eq!(loaded.problem.unwrap().kind, ProblemKind::SettingsBroken);
            assert!(!path.exists());
        }
        let kept = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(kept("settings.json.broken"), "{ not json");
        assert_eq!(kept("settings.json.broken-2"), "[]");
        assert_eq!(kept("settings.json.broken-3"), r#"{"version":99}"#);
    }

    #[test]
    fn a_file_that_cannot_be_reached_now_stays_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        // No user is kept from reading in every place where tests run; nobody reads a folder.
        fs::create_dir(&path).unwrap();
        let problem = load(&path, true).problem.unwrap();
        assert_eq!(problem.kind, ProblemKind::SettingsBroken);
        assert!(problem.detail.contains("settings.json"), "{problem:?}");
        assert!(path.is_dir());
        save(&path, &Settings::default(), &sample()).unwrap_err();
        let names = fs::read_dir(folder.path()).unwrap();
        let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["settings.json"]);
    }

    #[test]
    fn a_file_that_is_no_text_is_kept_aside_when_it_is_read_and_when_it_is_saved_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let no_text = [0xff, 0xfe, b'{', 0];
        fs::write(&path, no_text).unwrap();
        assert!(load(&path, true).problem.is_some());
        fs::write(&path, no_text).unwrap();
        save(&path, &Settings::default(), &sample()).unwrap();
        assert_eq!(load(&path, true).settings, sample());
        for name in ["settings.json.broken", "settings.json.broken-2"] {
            assert_eq!(fs::read(folder.path().join(name)).unwrap(), no_text);
        }
    }

    #[test]
    fn a_newer_programs_fields_survive_a_save_by_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let mut file = serde_json::to_value(sample()).unwrap();
        file["favourite"] = "blue".into();
        file["panels"][0]["colour"] = "red".into();
        file["panels"][0]["trust"] = serde_json::json!({"kind": "certificate", "sha256": "00"});
        fs::write(&path, file.to_string()).unwrap();
        let base = load(&path, true).settings;
        let mut settings = base.clone();
        settings.allow_force_stop = false;
        settings.panels[0].trust = None;
        let second = PanelSettings {
            id: PanelId("p2".into()),
            ..settings.panels[0].clone()
        };
        settings.panels.insert(0, second);
        save(&path, &base, &settings).unwrap();
        let saved: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(saved["favourite"], "blue");
        assert_eq!(saved["allow_force_stop"], false);
        assert_eq!(saved["panels"][1]["colour"], "red");
        // Of the panel that has moved, not of the one in its place; and what is known can be removed.
        assert_eq!(saved["panels"][0].get("colour"), None);
        assert_eq!(saved["panels"][1].get("trust"), None);
    }

    #[test]
    fn a_file_broken_since_it_was_read_is_kept_aside_when_it_is_saved_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        save(&path, &Settings::default(), &sample()).unwrap();
        fs::write(&path, "{ half an edit").unwrap();
        save(&path, &sample(), &sample()).unwrap();
        let aside = folder.path().join("settings.json.broken");
        assert_eq!(fs::read_to_string(aside).unwrap(), "{ half an edit");
        assert_eq!(load(&path, true).settings, sample());
    }

    #[test]
    fn a_file_of_version_1_becomes_one_of_this_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let file = r#"{"version": 1, "poll_seconds": 30, "theme": "dark", "colour": "red"}"#;
        fs::write(&path, file).unwrap();
        let loaded = load(&path, true);
        assert_eq!(loaded.problem, None);
        assert_eq!(loaded.settings.version, VERSION);
        assert_eq!(
            loaded.settings.poll_seconds,
            Settings::default().poll_seconds
        );
        let chosen = Settings {
            allow_force_stop: true,
            ..loaded.settings.clone()
        };
        save(&path, &loaded.settings, &chosen).unwrap();
        let saved: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(
            saved,
            serde_json::json!({
                "version": VERSION, "theme": "dark", "colour": "red", "allow_force_stop": true,
            })
        );
    }

    #[test]
    fn a_file_that_version_1_wrote_keeps_everything_that_was_chosen_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let recorded = include_str!("file/recorded/version-1.json");
        fs::write(&path, recorded).unwrap();
        let loaded = load(&path, true);
        assert_eq!(loaded.problem, None);
        let mut expected: Value = serde_json::from_str(recorded).unwrap();
        expected["version"] = VERSION.into();
        // Nobody had chosen it: it was the usual one then.
        expected["poll_seconds"] = Settings::default().poll_seconds.into();
        for panel in expected["panels"].as_array_mut().unwrap() {
            // Nobody had asked for it.
            panel["admin"] = false.into();
        }
        let mut read = serde_json::to_value(&loaded.settings).unwrap();
        let fields = read.as_object_mut().unwrap();
        fields.retain(|name, _| expected.get(name).is_some());
        assert_eq!(read, expected);
    }

    #[test]
    fn an_edit_by_hand_while_the_program_runs_outlives_what_it_saves() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        save(&path, &Settings::default(), &sample()).unwrap();
        let mut by_hand = sample();
        by_hand.log_level = Some("debug".into());
        by_hand.panels[0].show_others = true;
        fs::write(&path, serde_json::to_string(&by_hand).unwrap()).unwrap();
        let mut base = sample();
        for name in ["House", "Hut"] {
            let mut ours = base.clone();
            ours.panels[0].name = name.into();
            save(&path, &base, &ours).unwrap();
            base = ours;
        }
        by_hand.panels[0].name = "Hut".into();
        assert_eq!(load(&path, true).settings, by_hand);
    }
}
