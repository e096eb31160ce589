//! Where keys are kept: the keyring behind a trait, memory, or a file only its owner may read.
//!
//! Never logs, and never gives a key to anything but the driver. Everything here may block.

use crate::{
    id::PanelId,
    problem::{Problem, ProblemKind},
    settings::KeyPlace,
    whole_file,
};
use secrecy::{ExposeSecret as _, SecretString};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The system's keyring. An account is a panel's id.
pub trait KeyStore: Send + Sync + 'static {
    /// The key of an account; `None` when there is none.
    ///
    /// # Errors
    /// When the keyring cannot be asked.
    fn get(&self, account: &str) -> Result<Option<SecretString>, KeyError>;
    /// The same, asking nobody for a password: what is locked stays locked.
    ///
    /// # Errors
    /// When the keyring cannot be asked, or would have to ask somebody.
    fn get_quietly(&self, account: &str) -> Result<Option<SecretString>, KeyError>;
    /// Keeps a key, replacing an older one. The label is for people who look at their keyring.
    ///
    /// # Errors
    /// When the keyring does not take it.
    fn set(&self, account: &str, label: &str, key: &SecretString) -> Result<(), KeyError>;
    /// Forgets a key; one that is not there is no error.
    ///
    /// # Errors
    /// When the keyring cannot be asked.
    fn forget(&self, account: &str) -> Result<(), KeyError>;
}

/// Why the keyring did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no keyring, or nothing to reach one by.
    #[error("there is no keyring: {0}")]
    Missing(String),
    /// It is locked, or access was denied.
    #[error("the keyring is locked: {0}")]
    Locked(String),
    /// It failed, or gave back something else than was stored.
    #[error("the keyring failed: {0}")]
    Failed(String),
}

impl From<&KeyError> for Problem {
    fn from(error: &KeyError) -> Problem {
        match error {
            KeyError::Missing(why) => Problem::with(ProblemKind::KeyringMissing, why),
            KeyError::Locked(why) => Problem::with(ProblemKind::KeyringLocked, why),
            KeyError::Failed(why) => Problem::with(ProblemKind::KeyringFailed, why),
        }
    }
}

/// A keyring in memory: for the demo and for tests.
#[derive(Default)]
pub struct Memory(Mutex<BTreeMap<String, SecretString>>);

impl Memory {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyStore for Memory {
    fn get(&self, account: &str) -> Result<Option<SecretString>, KeyError> {
        Ok(self.lock().get(account).cloned())
    }

    fn get_quietly(&self, account: &str) -> Result<Option<SecretString>, KeyError> {
        self.get(account)
    }

    fn set(&self, account: &str, _label: &str, key: &SecretString) -> Result<(), KeyError> {
        self.lock().insert(account.to_owned(), key.clone());
        Ok(())
    }

    fn forget(&self, account: &str) -> Result<(), KeyError> {
        self.lock().remove(account);
        Ok(())
    }
}

/// Every place a key can be.
pub(crate) struct Keys {
    /// The file is read, changed and written as one step.
    file_turn: Mutex<()>,
    keyring: Arc<dyn KeyStore>,
    memory: Memory,
    file: PathBuf,
}

impl Keys {
    pub(crate) fn new(keyring: Arc<dyn KeyStore>, file: PathBuf) -> Keys {
        Keys {
            file_turn: Mutex::default(),
            keyring,
            memory: Memory::default(),
            file,
        }
    }

    pub(crate) fn get(
        &self,
        place: KeyPlace,
        panel: &PanelId,
        quietly: bool,
    ) -> Result<Option<SecretString>, KeyError> {
        match place {
            KeyPlace::Keyring if quietly => self.keyring.get_quietly(&panel.0),
            KeyPlace::Keyring => self.keyring.get(&panel.0),
            KeyPlace::UntilQuit | KeyPlace::Environment => self.memory.get(&panel.0),
            KeyPlace::File => Ok(read_file(&self.file)?
                .remove(&panel.0)
                .map(SecretString::from)),
        }
    }

    /// Keeps a key, and reads it back before it is called kept.
    pub(crate) fn set(
        &self,
        place: KeyPlace,
        panel: &PanelId,
        name: &str,
        key: &SecretString,
    ) -> Result<(), KeyError> {
        match place {
            KeyPlace::Keyring => self.keyring.set(&panel.0, name, key)?,
            KeyPlace::UntilQuit | KeyPlace::Environment => self.memory.set(&panel.0, name, key)?,
            KeyPlace::File => {
                let _turn = self
                    .file_turn
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                let mut kept = read_file(&self.file)?;
                kept.insert(panel.0.clone(), key.expose_secret().to_owned());
                write_file(&self.file, &kept)?;
            }
        }
        let kept = self.get(place, panel, false)?;
        if kept.is_some_and(|kept| kept.expose_secret() == key.expose_secret()) {
            return Ok(());
        }
        Err(KeyError::Failed(
            "what was stored did not come back".to_owned(),
        ))
    }

    pub(crate) fn forget(&self, place: KeyPlace, panel: &PanelId) -> Result<(), KeyError> {
        match place {
            KeyPlace::Keyring => self.keyring.forget(&panel.0),
            KeyPlace::UntilQuit | KeyPlace::Environment => self.memory.forget(&panel.0),
            KeyPlace::File => {
                let _turn = self
                    .file_turn
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                let mut kept = read_file(&self.file)?;
                if kept.remove(&panel.0).is_none() {
                    return Ok(());
                }
                write_file(&self.file, &kept)
            }
        }
    }
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>, KeyError> {
    match fs::read_to_string(path) {
        // What is wrong with the text is not told: it is made of keys.
        Ok(text) => serde_json::from_str(&text)
            .map_err(|_| KeyError::Failed(format!("{} cannot be read", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(KeyError::Failed(format!("{}: {error}", path.display()))),
    }
}

fn write_file(path: &Path, keys: &BTreeMap<String, String>) -> Result<(), KeyError> {
    whole_file::write(path, keys)
        .map_err(|error| KeyError::Failed(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Forgetful;

    impl KeyStore for Forgetful {
        fn get(&self, _account: &str) -> Result<Option<SecretString>, KeyError> {
            Ok(None)
        }
        fn get_quietly(&self, _account: &str) -> Result<Option<SecretString>, KeyError> {
            Ok(None)
        }
        fn set(&self, _account: &str, _label: &str, _key: &SecretString) -> Result<(), KeyError> {
            Ok(())
        }
        fn forget(&self, _account: &str) -> Result<(), KeyError> {
            Ok(())
        }
    }

    #[test]
    fn a_keyring_that_gives_nothing_back_is_not_called_kept() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(Arc::new(Forgetful), folder.path().join("keys.json"));
        let kept = keys.set(
            KeyPlace::Keyring,
            &PanelId("p1".into()),
            "",
            &"secret".into(),
        );
        assert!(matches!(kept, Err(KeyError::Failed(_))));
    }

    #[test]
    fn the_file_keeps_several_keys_and_only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("keys.json");
        let keys = Keys::new(Arc::new(Memory::default()), path.clone());
        let (one, two) = (PanelId("p1".into()), PanelId("p2".into()));
        keys.set(KeyPlace::File, &one, "", &"first".into()).unwrap();
        keys.set(KeyPlace::File, &two, "", &"second".into())
            .unwrap();
        keys.forget(KeyPlace::File, &one).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert!(keys.get(KeyPlace::File, &one, false).unwrap().is_none());
        let second = keys.get(KeyPlace::File, &two, false).unwrap().unwrap();
        assert_eq!(second.expose_secret(), "second");
    }

    #[test]
    fn a_broken_file_is_reported_without_a_word_of_it_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        fs::write(&path, r#"{"p1": ptlc_secret"#).unwrap();
        let keys = Keys::new(Arc::new(Memory::default()), path.clone());
        let error = keys
            .set(KeyPlace::File, &PanelId("p2".into()), "", &"x".into())
            .unwrap_err();
        assert!(!error.to_string().contains("ptlc_secret"));
        assert!(fs::read_to_string(&path).unwrap().contains("ptlc_secret"));
    }
}
