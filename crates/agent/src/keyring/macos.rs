//! The Keychain, and how to ask it for nothing but what it gives by itself.
//!
//! Written to the documented interface; not run where it was written.

use super::super::Stored;
pub(super) use apple_native_keyring_store::keychain::Store;
use pterotray_core::keys::KeyError;
use security_framework::{base::Error as Refusal, os::macos::keychain::SecKeychain};
use std::error::Error;

/// `errSecInteractionNotAllowed`, `errSecAuthFailed` and `userCanceledErr`: somebody would have to be asked, or was
/// asked and said no.
const DENIALS: [i32; 3] = [-25308, -25293, -128];

/// Does it while the Keychain may ask nobody. Who keeps a key at that very moment may be told that it is locked.
pub(super) fn asking_nobody(work: impl FnOnce() -> Stored) -> Stored {
    let _quiet = SecKeychain::disable_user_interaction()
        .map_err(|error| KeyError::Locked(error.to_string()))?;
    work()
}

/// What the store calls a failure, and is none.
pub(super) fn is_denial(cause: &(dyn Error + Send + Sync + 'static)) -> bool {
    let refusal = cause.downcast_ref::<Refusal>();
    refusal.is_some_and(|refusal| DENIALS.contains(&refusal.code()))
}
