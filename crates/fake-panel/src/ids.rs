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

/// The `serv_` identifier of newer panels: the UUID's bytes in lower-case base32 without padding.
pub(crate) fn serv(uuid: &str) -> String {
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
    format!("serv_{}", letters.collect::<String>())
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
