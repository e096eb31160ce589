//! Versions of this program, and which is newer.
//!
//! Never takes anything but three numbers for one: what a web server says is not trusted.

/// The version that runs.
pub(crate) const OWN: &str = env!("CARGO_PKG_VERSION");

/// Whether a version comes after another. What is no version does not.
pub(crate) fn is_newer(version: &str, than: &str) -> bool {
    match (numbers(version), numbers(than)) {
        (Some(version), Some(than)) => version > than,
        _ => false,
    }
}

fn numbers(version: &str) -> Option<[u32; 3]> {
    let numbers: Result<Vec<u32>, _> = version.split('.').map(str::parse).collect();
    numbers.ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{OWN, is_newer};

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert!(is_newer("1.10.0", "1.9.9") && is_newer("2.0.0", "1.99.99"));
        assert!(!is_newer("1.9.9", "1.9.9") && !is_newer("1.9.8", "1.9.9"));
    }

    #[test]
    fn what_is_no_version_is_not_newer() {
        for nonsense in ["", "9", "9.9", "9.9.9.9", "9.9.9-rc1", "v9.9.9", "9.9.<b>"] {
            assert!(!is_newer(nonsense, "0.0.1"), "{nonsense}");
        }
        assert!(is_newer("999.0.0", OWN), "the own version is one");
    }
}
