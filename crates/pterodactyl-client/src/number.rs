//! Numbers as panels send them: whole or with a fraction, sometimes null. It must never fail on a number, however odd.

use serde::{Deserialize, Deserializer};
use serde_json::Number;

/// A signed count; null and absence are 0, fractions are cut, giants are clamped.
pub(crate) fn signed<'de, D: Deserializer<'de>>(source: D) -> Result<i64, D::Error> {
    let Some(number) = Option::<Number>::deserialize(source)? else {
        return Ok(0);
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast saturates, which is the clamp wanted here"
    )]
    Ok(number
        .as_i64()
        .unwrap_or_else(|| number.as_f64().unwrap_or_default() as i64))
}

/// A count that cannot be below nothing; null, absence and negative values are 0.
pub(crate) fn count<'de, D: Deserializer<'de>>(source: D) -> Result<u64, D::Error> {
    let Some(number) = Option::<Number>::deserialize(source)? else {
        return Ok(0);
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, which is the clamp wanted here"
    )]
    Ok(number
        .as_u64()
        .unwrap_or_else(|| number.as_f64().unwrap_or_default() as u64))
}

/// A share or percentage; null, absence and negative values are 0.
pub(crate) fn share<'de, D: Deserializer<'de>>(source: D) -> Result<f64, D::Error> {
    let number = Option::<Number>::deserialize(source)?;
    Ok(number.and_then(|n| n.as_f64()).unwrap_or_default().max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Probe {
        #[serde(default, deserialize_with = "signed")]
        signed: i64,
        #[serde(default, deserialize_with = "count")]
        count: u64,
        #[serde(default, deserialize_with = "share")]
        share: f64,
    }

    fn probe(json: &str) -> (i64, u64, f64) {
        let probe: Probe = serde_json::from_str(json).unwrap();
        (probe.signed, probe.count, probe.share)
    }

    #[test]
    fn whole_and_fractional_numbers_are_both_read() {
        assert_eq!(probe(r#"{"signed":-1,"count":7,"share":3}"#), (-1, 7, 3.0));
        assert_eq!(
            probe(r#"{"signed":2.9,"count":1e3,"share":0.009}"#),
            (2, 1000, 0.009)
        );
    }

    #[test]
    fn nothing_and_less_than_nothing_are_nothing() {
        assert_eq!(probe("{}"), (0, 0, 0.0));
        assert_eq!(
            probe(r#"{"signed":null,"count":null,"share":null}"#),
            (0, 0, 0.0)
        );
        assert_eq!(probe(r#"{"count":-5,"share":-0.5}"#), (0, 0, 0.0));
    }

    #[test]
    fn giants_are_clamped() {
        assert_eq!(
            probe(r#"{"signed":1e300,"count":1e300}"#),
            (i64::MAX, u64::MAX, 0.0)
        );
    }
}
