//! The system's keyring as a store for keys.
//!
//! Never keeps, logs or shows a key. Everything here may block, and may ask the person to unlock.

#[cfg(not(target_os = "linux"))]
#[path = "keyring/other.rs"]
mod platform;
#[cfg(target_os = "linux")]
#[path = "keyring/linux.rs"]
mod platform;

use keyring_core::{CredentialStore, Entry, Error};
use pterotray_core::keys::{KeyError, KeyStore};
use secrecy::{ExposeSecret as _, SecretString, zeroize::Zeroizing};
use std::{collections::HashMap, sync::Arc};

/// What every entry's service is called.
const SERVICE: &str = "pterotray";

/// What is stored, if anything is.
type Stored = Result<Option<Vec<u8>>, KeyError>;

/// The keyring of this system.
pub(crate) fn system() -> Arc<dyn KeyStore> {
    Arc::new(Keyring {
        open: platform::open,
        modifiers: platform::modifiers,
        get_quietly: platform::get_quietly,
        nothing_found: platform::nothing_found,
    })
}

/// Forgets every key of this program, whichever panel's and profile's it is.
///
/// # Errors
/// When the keyring cannot be asked, or one is still there.
pub(crate) fn forget_all() -> Result<(), KeyError> {
    let store = platform::open().map_err(|error| platform::why_closed(&error))?;
    let ours = HashMap::from([("service", SERVICE)]);
    let found = store.search(&ours).map_err(|error| why(&error))?;
    for entry in found {
        entry.delete_credential().map_err(|error| why(&error))?;
    }
    Ok(())
}

/// Opens the store anew for each call: a keyring that was missing or was restarted is found again.
struct Keyring {
    open: fn() -> keyring_core::Result<Arc<CredentialStore>>,
    modifiers: for<'a> fn(&'a str) -> HashMap<&'a str, &'a str>,
    /// What is stored for an account of a service, unless somebody had to be asked for it.
    get_quietly: fn(&str, &str) -> Stored,
    /// Whether that means that nothing is there.
    nothing_found: fn() -> Result<(), KeyError>,
}

impl Keyring {
    fn entry(&self, account: &str, label: &str) -> Result<Entry, KeyError> {
        let store = (self.open)().map_err(|error| platform::why_closed(&error))?;
        let modifiers = (self.modifiers)(label);
        store
            .build(
                SERVICE,
                account,
                Some(&modifiers).filter(|given| !given.is_empty()),
            )
            .map_err(|error| why(&error))
    }
}

impl KeyStore for Keyring {
    fn get(&self, account: &str) -> Result<Option<SecretString>, KeyError> {
        match self.entry(account, account)?.get_secret() {
            Ok(bytes) => readable(bytes).map(Some),
            Err(Error::NoEntry) => (self.nothing_found)().map(|()| None),
            Err(error) => Err(why(&error)),
        }
    }

    fn get_quietly(&self, account: &str) -> Result<Option<SecretString>, KeyError> {
        let found = (self.get_quietly)(SERVICE, account)?;
        found.map(readable).transpose()
    }

    fn set(&self, account: &str, label: &str, key: &SecretString) -> Result<(), KeyError> {
        self.entry(account, &format!("Pterotray: {label}"))?
            .set_secret(key.expose_secret().as_bytes())
            .map_err(|error| why(&error))
    }

    fn forget(&self, account: &str) -> Result<(), KeyError> {
        match self.entry(account, account)?.delete_credential() {
            Ok(()) => Ok(()),
            Err(Error::NoEntry) => (self.nothing_found)(),
            Err(error) => Err(why(&error)),
        }
    }
}

fn readable(bytes: Vec<u8>) -> Result<SecretString, KeyError> {
    let bytes = Zeroizing::new(bytes);
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(SecretString::from(text)),
        Err(_) => Err(KeyError::Failed(
            "what is stored there is no text".to_owned(),
        )),
    }
}

/// Why a call failed. Never repeats what is stored: some errors carry it.
fn why(error: &Error) -> KeyError {
    match error {
        Error::NoStorageAccess(cause) => platform::why_denied(cause.as_ref()),
        Error::PlatformFailure(cause) => platform::why_failed(cause.as_ref()),
        Error::NoDefaultStore => KeyError::Missing("no store".to_owned()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyError::Failed("what is stored there is no key".to_owned())
        }
        Error::Ambiguous(entries) => {
            KeyError::Failed(format!("{} entries for the same panel", entries.len()))
        }
        Error::NoEntry => KeyError::Failed("no such entry".to_owned()),
        Error::TooLong(..) => KeyError::Failed("the key is too long for it".to_owned()),
        Error::Invalid(..) | Error::BadStoreFormat(_) | Error::NotSupportedByStore(_) | _ => {
            KeyError::Failed("it cannot do this".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CredentialStore, Error, KeyError, KeyStore as _, Keyring, readable, why};
    use secrecy::{ExposeSecret as _, SecretString};
    use std::{
        collections::HashMap,
        sync::{Arc, LazyLock},
    };

    static STORE: LazyLock<Arc<keyring_core::mock::Store>> =
        LazyLock::new(|| keyring_core::mock::Store::new().unwrap());

    fn open() -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(STORE.clone())
    }

    fn broken() -> keyring_core::Result<Arc<CredentialStore>> {
        Err(Error::NoDefaultStore)
    }

    #[test]
    fn a_key_comes_back_and_goes_for_good() {
        let keyring = Keyring {
            open,
            modifiers: |_| HashMap::new(),
            get_quietly: |_, _| Ok(None),
            nothing_found: || Ok(()),
        };
        assert!(keyring.get("home").unwrap().is_none());
        keyring
            .set("home", "Home", &SecretString::from("ptlc_one"))
            .unwrap();
        keyring
            .set("home", "Home", &SecretString::from("ptlc_two"))
            .unwrap();
        assert_eq!(
            keyring.get("home").unwrap().unwrap().expose_secret(),
            "ptlc_two"
        );
        assert!(keyring.get("other").unwrap().is_none());
        keyring.forget("home").unwrap();
        keyring.forget("home").unwrap();
        assert!(keyring.get("home").unwrap().is_none());
    }

    #[test]
    fn without_a_store_every_call_says_so() {
        let keyring = Keyring {
            open: broken,
            modifiers: |_| HashMap::new(),
            get_quietly: |_, _| Ok(None),
            nothing_found: || Ok(()),
        };
        assert!(matches!(keyring.get("home"), Err(KeyError::Missing(_))));
        let set = keyring.set("home", "Home", &SecretString::from("ptlc_one"));
        assert!(matches!(set, Err(KeyError::Missing(_))));
        assert!(matches!(keyring.forget("home"), Err(KeyError::Missing(_))));
    }

    #[test]
    fn what_a_locked_keyring_does_not_find_is_neither_missing_nor_forgotten() {
        let keyring = Keyring {
            open,
            modifiers: |_| HashMap::new(),
            get_quietly: |_, _| Ok(None),
            nothing_found: || Err(KeyError::Locked(String::new())),
        };
        assert!(matches!(keyring.get("nobody"), Err(KeyError::Locked(_))));
        assert!(matches!(keyring.forget("nobody"), Err(KeyError::Locked(_))));
    }

    #[test]
    fn an_error_never_repeats_what_is_stored() {
        let secret = || b"ptlc_secret".to_vec();
        let cause = || Box::new(std::fmt::Error);
        for error in [
            Error::BadEncoding(secret()),
            Error::BadDataFormat(secret(), cause()),
        ] {
            let said = why(&error).to_string();
            assert!(said.contains("no key") && !said.contains("112"), "{said}");
        }
        let said = readable(vec![b'p', 0xff]).unwrap_err().to_string();
        assert!(!said.contains("112"), "{said}");
    }
}
