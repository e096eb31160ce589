//! Keys, UUIDs and other identifiers, the same on every run. Never uses randomness or a clock.

/// FNV-1a: one text, one number, everywhere and always.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Splitmix64: a stream of well mixed numbers from one seed.
pub(crate) struct Stream(u64);

impl Stream {
    pub(crate) fn of(seed: &str) -> Self {
        Self(hash(seed))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 (inclusive) to 1 (exclusive).
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A key as the panel makes them: prefix and identifier fill 16 characters, 32 of secret follow.
pub(crate) fn key(prefix: &str, seed: &str) -> String {
    let mut stream = Stream::of(seed);
    let mut key = prefix.to_owned();
    while key.len() < 48 {
        let at = (stream.next() % 62) as usize;
        key.push(char::from(ALPHABET[at]));
    }
    key
}

/// So many hexadecimal digits.
pub(crate) fn hex(seed: &str, digits: usize) -> String {
    let mut stream = Stream::of(seed);
    let mut text = String::new();
    while text.len() < digits {
        text.push_str(&format!("{:016x}", stream.next()));
    }
    text.truncate(digits);
    text
}

/// A UUID of version 4's shape.
pub(crate) fn uuid(seed: &str) -> String {
    let mut stream = Stream::of(seed);
    let high = (stream.next() & 0xffff_ffff_ffff_0fff) | 0x4000;
    let low = (stream.next() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// The `serv_` identifier of newer panels.
pub(crate) fn serv(uuid: &str) -> String {
    format!("serv_{}", base32(uuid))
}

/// A UUID's bytes in lower-case base32 without padding.
pub(crate) fn base32(uuid: &str) -> String {
    let bits = u128::from_str_radix(&uuid.replace('-', ""), 16).unwrap_or_default();
    // 128 bits are 25 groups of five and three bits left over, filled up with two zeros.
    let groups = (0..25)
        .map(|group| bits >> (123 - 5 * group))
        .chain([bits << 2]);
    let letters = groups.map(|five| {
        let five = (five & 31) as u8;
        char::from(if five < 26 {
            b'a' + five
        } else {
            b'2' + five - 26
        })
    });
    letters.collect()
}

/// A time, in seconds since 1970, as the panel writes it.
pub(crate) fn stamp(unix: u64) -> String {
    let (days, seconds) = (unix / 86_400, unix % 86_400);
    // Years that begin in March, in cycles of 400 years: leap days come last.
    let day = days + 719_468;
    let (cycle, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = (cycle * 400 + year + month / 10, (month + 2) % 12 + 1);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_48_characters_and_the_same_every_time() {
        let key = key("ptlc_", "alice");
        assert_eq!(key.len(), 48);
        assert!(key.starts_with("ptlc_"));
        assert_eq!(key, super::key("ptlc_", "alice"));
        assert_ne!(key, super::key("ptlc_", "bob"));
    }

    #[test]
    fn times_are_written_as_the_panel_does_it() {
        assert_eq!(stamp(0), "1970-01-01T00:00:00+00:00");
        assert_eq!(stamp(951_782_400), "2000-02-29T00:00:00+00:00");
        assert_eq!(stamp(1_795_399_887), "2026-11-23T02:11:27+00:00");
        assert_eq!(stamp(1_735_689_599), "2024-12-31T23:59:59+00:00");
    }

    #[test]
    fn a_uuid_has_the_shape_of_version_4() {
        let uuid = uuid("Survival");
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]));
    }

    #[test]
    fn a_serv_identifier_is_the_uuid_in_base32() {
        assert_eq!(
            serv("00000000-0000-0000-0000-000000000000"),
            "serv_aaaaaaaaaaaaaaaaaaaaaaaaaa"
        );
        assert_eq!(
            serv("ffffffff-ffff-ffff-ffff-ffffffffffff"),
            "serv_7777777777777777777777777 4".replace(' ', "")
        );
    }
}
