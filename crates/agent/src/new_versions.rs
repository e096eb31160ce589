//! Whether this installation may look for newer versions of itself, and where.
//!
//! Never looks: the core does, when a person wants it.

use pterotray_core::NEWEST_RELEASE;
use std::env;

/// Packages lay this file there, seen from the programs' folder: their system brings new versions.
const PACKAGED: &str = "../share/pterotray/packaged";

/// Where to ask; nowhere for what a package installed, or who does not know where it lies.
pub(crate) fn address() -> Option<String> {
    let own = env::current_exe().ok()?;
    let packaged = own.parent()?.join(PACKAGED).exists();
    (!packaged).then(|| NEWEST_RELEASE.to_owned())
}
