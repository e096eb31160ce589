//! The authorities that the system trusts: read when the first connection needs them, and one copy for every panel and node.
//! Never adds one of its own, and never keeps what it said of a certificate.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::Error as TlsError;
use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::Verifier;

/// On Linux a verifier reads more than a hundred certificates from files, and holds them.
static READ: Mutex<Option<Arc<Verifier>>> = Mutex::new(None);

/// The system's authorities as they were when somebody last had to read them.
///
/// # Errors
/// When the system has none, or does not tell.
pub(super) fn authorities(provider: &Arc<CryptoProvider>) -> Result<Arc<Verifier>, TlsError> {
    let mut read = read();
    if let Some(verifier) = &*read {
        return Ok(verifier.clone());
    }
    let verifier = Arc::new(Verifier::new(provider.clone())?);
    *read = Some(verifier.clone());
    Ok(verifier)
}

/// The next connection reads them anew: whoever adds an authority to the system need not start the program again.
pub(super) fn forget(old: &Arc<Verifier>) {
    read().take_if(|kept| Arc::ptr_eq(kept, old));
}

fn read() -> MutexGuard<'static, Option<Arc<Verifier>>> {
    READ.lock().unwrap_or_else(PoisonError::into_inner)
}
