//! The keyring of a desk: locked, hung and read.
//!
//! Puts nothing in: the programs do.

use super::Desk;
use crate::{keyring::Keyring, vault::Vault};

impl Desk {
    /// A locked keyring comes up that does not know what is in it.
    ///
    /// # Panics
    /// When there is no bus, or a keyring on it.
    pub async fn vault_appears(&self) -> Vault {
        Vault::appear(self.bus()).await
    }

    /// Locks the keyring.
    ///
    /// # Panics
    /// When there is none.
    pub async fn lock_keyring(&self) {
        Keyring::lock(self.bus())
            .await
            .expect("the keyring can be locked");
    }

    /// Unlocks the keyring, as a person does in its own program.
    ///
    /// # Panics
    /// When there is none.
    pub async fn unlock_keyring(&self) {
        Keyring::unlock(self.bus())
            .await
            .expect("the keyring can be unlocked");
    }

    /// The keyring answers nobody, until it goes on.
    ///
    /// # Panics
    /// When there is none.
    pub fn hang_keyring(&self) {
        let keyring = self.keyring.as_ref();
        keyring.expect("this desk has a keyring").hang();
    }

    /// The keyring answers what it was asked meanwhile.
    ///
    /// # Panics
    /// When there is none.
    pub fn go_on_keyring(&self) {
        let keyring = self.keyring.as_ref();
        keyring.expect("this desk has a keyring").go_on();
    }

    /// What the entries of the keyring are called.
    ///
    /// # Panics
    /// When there is no keyring.
    pub async fn labels(&self) -> Vec<String> {
        Keyring::labels(self.bus())
            .await
            .expect("the keyring can be read")
    }

    /// Every secret in the keyring.
    ///
    /// # Panics
    /// When there is no keyring.
    pub async fn secrets(&self) -> Vec<String> {
        Keyring::secrets(self.bus())
            .await
            .expect("the keyring can be read")
    }
}
