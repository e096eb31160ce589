//! The keyring on macOS (Keychain) and Windows (Credential Manager).
//!
//! Only opens it and names its failures. Written to the documented interface; not run where it was written.

#[cfg(target_os = "macos")]
#[path = "macos.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;

use keyring_core::{CredentialStore, Error as KeyringError};
use pterotray_core::keys::KeyError;
use std::{collections::HashMap, error::Error, sync::Arc};

pub(super) fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(system::Store::new()?)
}

/// These systems name an entry themselves.
pub(super) fn modifiers(_label: &str) -> HashMap<&str, &str> {
    HashMap::new()
}

/// What is stored for an account, unless somebody had to be asked for a password or a permission.
pub(super) fn get_quietly(service: &str, account: &str) -> super::Stored {
    system::asking_nobody(|| {
        let store = open().map_err(|error| why_closed(&error))?;
        let entry = store.build(service, account, None);
        match entry.and_then(|entry| entry.get_secret()) {
            Ok(secret) => Ok(Some(secret)),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(super::why(&error)),
        }
    })
}

/// Nothing is stored: these systems know that of what is locked, too.
pub(super) fn nothing_found() -> Result<(), KeyError> {
    Ok(())
}

/// Why there is no store at all.
pub(super) fn why_closed(error: &keyring_core::Error) -> KeyError {
    KeyError::Missing(error.to_string())
}

/// The store answered but gave no access.
pub(super) fn why_denied(cause: &(dyn Error + Send + Sync + 'static)) -> KeyError {
    KeyError::Locked(cause.to_string())
}

/// The store failed.
pub(super) fn why_failed(cause: &(dyn Error + Send + Sync + 'static)) -> KeyError {
    if system::is_denial(cause) {
        return why_denied(cause);
    }
    KeyError::Failed(cause.to_string())
}
