//! Systems whose machine is not looked at.

pub(crate) fn processor() -> String {
    std::env::consts::ARCH.to_owned()
}

pub(crate) fn memory() -> String {
    "memory not looked at".to_owned()
}

pub(crate) fn kernel() -> String {
    std::env::consts::OS.to_owned()
}

/// No day: there is no telling without a library.
pub(crate) fn day() -> String {
    String::new()
}
