//! The keyring on Linux: the Secret Service (GNOME Keyring, KWallet, KeePassXC) on the session bus.
//!
//! Only opens it and names its failures.

use keyring_core::CredentialStore;
use pterotray_core::keys::KeyError;
use secret_service::{
    EncryptionType, Error as Refusal,
    blocking::{Collection, SecretService},
};
use std::{collections::HashMap, error::Error, sync::Arc};
use zbus_secret_service_keyring_store::Store;

pub(super) fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// What a new entry is called where people look at their keyring.
pub(super) fn modifiers(label: &str) -> HashMap<&str, &str> {
    HashMap::from([("label", label)])
}

/// What is stored for an account, unless it is locked: the store itself would ask for a password.
pub(super) fn get_quietly(service: &str, account: &str) -> super::Stored {
    let bus = SecretService::connect(EncryptionType::Dh);
    let bus = bus.map_err(|error| KeyError::Missing(error.to_string()))?;
    let wanted = HashMap::from([("service", service), ("username", account)]);
    let found = bus
        .search_items(wanted)
        .map_err(|error| why_failed(&error))?;
    let secret = found.unlocked.first().map(|item| item.get_secret());
    match secret.transpose().map_err(|error| why_failed(&error))? {
        None if found.locked.is_empty() => unless_locked(&bus).map(|()| None),
        None => Err(locked()),
        some => Ok(some),
    }
}

/// Nothing is stored, unless a keyring is locked: KeePassXC knows nothing of what is in it then.
pub(super) fn nothing_found() -> Result<(), KeyError> {
    let bus = SecretService::connect(EncryptionType::Plain);
    unless_locked(&bus.map_err(|error| KeyError::Missing(error.to_string()))?)
}

/// Where a key would be kept is open. One that does not say is taken at its word that nothing is there.
fn unless_locked(bus: &SecretService<'_>) -> Result<(), KeyError> {
    let is_locked = |one: &Collection<'_>| one.is_locked().unwrap_or(false);
    let closed = match bus.get_default_collection() {
        Ok(collection) => is_locked(&collection),
        Err(Refusal::NoResult) => {
            let all = bus.get_all_collections().unwrap_or_default();
            all.iter().any(is_locked)
        }
        Err(_) => false,
    };
    if closed { Err(locked()) } else { Ok(()) }
}

fn locked() -> KeyError {
    KeyError::Locked(Refusal::Locked.to_string())
}

/// Why there is no store at all: no session bus, or nothing on it that keeps secrets.
pub(super) fn why_closed(error: &keyring_core::Error) -> KeyError {
    KeyError::Missing(error.to_string())
}

/// The store answered but gave no access.
pub(super) fn why_denied(cause: &(dyn Error + Send + Sync + 'static)) -> KeyError {
    match cause.downcast_ref::<Refusal>() {
        // There is a service but no collection to put a key in, and none was made.
        Some(Refusal::NoResult) => KeyError::Missing("there is no default keyring".to_owned()),
        _ => KeyError::Locked(cause.to_string()),
    }
}

/// The store failed.
pub(super) fn why_failed(cause: &(dyn Error + Send + Sync + 'static)) -> KeyError {
    match cause.downcast_ref::<Refusal>() {
        Some(Refusal::Unavailable) => KeyError::Missing(cause.to_string()),
        Some(Refusal::Locked | Refusal::Prompt | Refusal::PromptDisconnected) => {
            KeyError::Locked(cause.to_string())
        }
        _ => KeyError::Failed(cause.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyError, Refusal, why_closed, why_denied, why_failed};
    use keyring_core::Error;

    #[test]
    fn nothing_to_open_is_a_missing_keyring() {
        let nobody = Error::PlatformFailure(Box::new(Refusal::Unavailable));
        assert!(matches!(why_closed(&nobody), KeyError::Missing(_)));
        assert!(matches!(
            why_failed(&Refusal::Unavailable),
            KeyError::Missing(_)
        ));
    }

    #[test]
    fn no_default_collection_is_a_missing_keyring() {
        assert!(matches!(
            why_denied(&Refusal::NoResult),
            KeyError::Missing(_)
        ));
    }

    #[test]
    fn a_dismissed_or_impossible_prompt_is_a_locked_keyring() {
        for refusal in [Refusal::Prompt, Refusal::Locked] {
            assert!(
                matches!(why_denied(&refusal), KeyError::Locked(_)),
                "{refusal:?}"
            );
            assert!(
                matches!(why_failed(&refusal), KeyError::Locked(_)),
                "{refusal:?}"
            );
        }
        assert!(matches!(
            why_failed(&Refusal::PromptDisconnected),
            KeyError::Locked(_)
        ));
    }

    #[test]
    fn anything_else_is_a_failure() {
        assert!(matches!(
            why_failed(&Refusal::Crypto("bad padding")),
            KeyError::Failed(_)
        ));
    }
}
