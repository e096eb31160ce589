//! Numbers as people read them: binary sizes, percent, durations.
//!
//! Pure; knows no sentence but unit signs.

use std::time::Duration;

const STEP: f64 = 1024.0;
const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];

/// A size in binary units: `2.1 GiB`, `512 MiB`, `6 B`.
pub fn size(bytes: u64) -> String {
    let (value, unit) = scaled(bytes);
    format!("{} {unit}", short(value))
}

/// What is used, and what is allowed where there is a limit: `2.1` and `4 GiB`, or `512 MiB` and `4 GiB`.
pub fn size_of(bytes: u64, limit_mib: i64) -> (String, Option<String>) {
    let Some(limit) = u64::try_from(limit_mib).ok().filter(|mib| *mib > 0) else {
        return (size(bytes), None);
    };
    let limit = limit.saturating_mul(1024 * 1024);
    let (value, used_unit) = scaled(bytes);
    let (_, unit) = scaled(limit);
    let used = if used_unit == unit {
        short(value)
    } else {
        size(bytes)
    };
    (used, Some(size(limit)))
}

/// Percent of one core: `23 %`, `0.4 %`.
pub fn percent(value: f64) -> String {
    if value > 0.0 && value < 1.0 {
        format!("{value:.1} %")
    } else {
        format!("{value:.0} %")
    }
}

/// A duration in its two largest units: `3 d 4 h`, `6 min`, `12 s`.
pub fn duration(length: Duration) -> String {
    let seconds = length.as_secs();
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{rest} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, _, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}

/// How long ago, in one unit and never in seconds: `2 min`, `1 h`, `3 d`; `None` below a minute.
pub fn age(length: Duration) -> Option<String> {
    let minutes = length.as_secs() / 60;
    match (minutes, minutes / 60) {
        (0, _) => None,
        (_, 0) => Some(format!("{minutes} min")),
        (_, hours @ 1..48) => Some(format!("{hours} h")),
        (_, hours) => Some(format!("{} d", hours / 24)),
    }
}

fn scaled(bytes: u64) -> (f64, &'static str) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "shown with at most three digits"
    )]
    let mut value = bytes as f64;
    let mut unit = 0;
    // What rounds up to 1024 belongs to the next unit.
    while value >= STEP - 0.5 && unit < UNITS.len() - 1 {
        value /= STEP;
        unit += 1;
    }
    (value, UNITS[unit])
}

/// One decimal below ten, none above, and no `.0`.
fn short(value: f64) -> String {
    let text = if value < 9.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    };
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_like_sizes() {
        let mib = 1024 * 1024;
        assert_eq!(size(0), "0 B");
        assert_eq!(size(6), "6 B");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1024 * 1024 - 1), "1 MiB");
        assert_eq!(size(512 * mib), "512 MiB");
        assert_eq!(size(3_328_599_654), "3.1 GiB");
        assert_eq!(size(u64::MAX), "16777216 TiB");
    }

    #[test]
    fn use_and_limit_share_a_unit_when_they_can() {
        let gib = 1024 * 1024 * 1024;
        let of = |bytes, limit| {
            let (used, limit) = size_of(bytes, limit);
            limit.map_or(used.clone(), |limit| format!("{used} of {limit}"))
        };
        assert_eq!(of(2_254_857_830, 4096), "2.1 of 4 GiB");
        assert_eq!(of(gib / 2, 4096), "512 MiB of 4 GiB");
        assert_eq!(of(gib, 0), "1 GiB");
        assert_eq!(of(gib, -1), "1 GiB");
    }

    #[test]
    fn a_little_is_not_nothing() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.4), "0.4 %");
        assert_eq!(percent(23.1), "23 %");
        assert_eq!(percent(812.4), "812 %");
    }

    #[test]
    fn an_age_is_coarse() {
        let of = |seconds| age(Duration::from_secs(seconds));
        assert_eq!(of(59), None);
        assert_eq!(of(119).as_deref(), Some("1 min"));
        assert_eq!(of(3599).as_deref(), Some("59 min"));
        assert_eq!(of(2 * 3600 - 1).as_deref(), Some("1 h"));
        assert_eq!(of(3 * 86_400 + 3600).as_deref(), Some("3 d"));
    }

    #[test]
    fn durations_use_the_two_largest_units() {
        let of = |seconds| duration(Duration::from_secs(seconds));
        assert_eq!(of(12), "12 s");
        assert_eq!(of(6 * 60 + 40), "6 min");
        assert_eq!(of(2 * 3600 + 5 * 60), "2 h 5 min");
        assert_eq!(of(3 * 86_400 + 4 * 3600), "3 d 4 h");
    }
}
