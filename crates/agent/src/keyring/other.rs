//! The keyring on macOS (Keychain) and Windows (Credential Manager).
//!
//! Only opens it and names its failures. Written to the documented interface; not run where it was written.

use keyring_core::CredentialStore;
use pterotray_core::keys::KeyError;
use std::{collections::HashMap, error::Error, sync::Arc};

#[cfg(target_os = "macos")]
mod store {
    pub(super) use apple_native_keyring_store::keychain::Store;
}

#[cfg(windows)]
mod store {
    pub(super) use windows_native_keyring_store::Store;
}

pub(super) fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(store::Store::new()?)
}

/// These systems name an entry themselves.
pub(super) fn modifiers(_label: &str) -> HashMap<&str, &str> {
    HashMap::new()
}

/// These systems say only by asking whether they would have to ask; so they are not asked.
pub(super) fn get_quietly(_service: &str, _account: &str) -> super::Stored {
    Err(KeyError::Locked("it may ask for a password".to_owned()))
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
    KeyError::Failed(cause.to_string())
}
