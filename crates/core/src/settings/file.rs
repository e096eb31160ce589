//! The settings file: read whole, written whole, and put aside when it cannot be read.
//!
//! Never overwrites a file it could not read.

use super::{Settings, VERSION};
use crate::{
    problem::{Problem, ProblemKind},
    whole_file,
};
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
/// whoever reads will not write: then it is only told.
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
        Err(error) => return defaults(Some(set_aside(&error.to_string()))),
    };
    match read(&text) {
        Ok(settings) if settings.version > VERSION => {
            let why = format!("version {} is newer than this program", settings.version);
            defaults(Some(set_aside(&why)))
        }
        Ok(mut settings) => {
            settings.version = VERSION;
            settings.keep_limits();
            Loaded {
                settings,
                problem: None,
            }
        }
        Err(error) => defaults(Some(set_aside(&error.to_string()))),
    }
}

/// An object, not whatever else serde would take for one: `[]` would read as all defaults.
fn read(text: &str) -> Result<Settings, serde_json::Error> {
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)?;
    serde_json::from_value(serde_json::Value::Object(fields))
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

/// Writes the file whole or not at all, readable by its owner only.
///
/// # Errors
/// Whatever the file system says.
pub fn save(path: &Path, settings: &Settings) -> io::Result<()> {
    whole_file::write(path, settings)
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
            }],
            allow_force_stop: true,
            ..Settings::default()
        }
    }

    #[test]
    fn what_is_saved_is_loaded_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper").join("settings.json");
        save(&path, &sample()).unwrap();
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
}
