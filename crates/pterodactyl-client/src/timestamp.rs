//! Points in time as panels write them (`2026-11-23T03:14:51+00:00`). It must never fail an answer over a date it does not
//! understand.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A point in time; null, absence and anything that is no RFC 3339 date are nothing.
pub(crate) fn moment<'de, D: Deserializer<'de>>(source: D) -> Result<Option<SystemTime>, D::Error> {
    let value = Option::<Value>::deserialize(source)?;
    Ok(value.as_ref().and_then(Value::as_str).and_then(read))
}

/// A point in time as HTTP headers write it (`Sun, 06 Nov 1994 08:49:37 GMT`); the two older forms are nothing.
pub(crate) fn http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, rest) = text.trim().split_once(", ")?;
    let [day, month, year, clock, "GMT"] = rest.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    read(&format!("{year}-{month}-{day}T{clock}Z"))
}

/// Reads `year-month-dayThour:minute:second`, perhaps a fraction, and `Z` or an offset; none means UTC.
fn read(text: &str) -> Option<SystemTime> {
    let (date, time) = text.trim().split_once(['T', 't', ' '])?;
    let [year, month, day] = numbers(date.split('-'))?;
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = time.split_at(at);
    let [hour, minute, second] = numbers(clock.split('.').next()?.split(':'))?;
    let fits = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !fits {
        return None;
    }
    let local = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    let seconds = u64::try_from(local - ahead(offset)?).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Seconds that a clock with this offset is ahead of UTC.
fn ahead(offset: &str) -> Option<i64> {
    let (sign, rest) = match offset.split_at_checked(1) {
        None | Some(("Z" | "z", "")) => return Some(0),
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        Some(_) => return None,
    };
    let [hours, minutes] = numbers(rest.split(':'))?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn numbers<'a, const N: usize>(parts: impl Iterator<Item = &'a str>) -> Option<[i64; N]> {
    let digits = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let found: Vec<i64> = parts
        .map(|part| part.parse().ok().filter(|_| digits(part)))
        .collect::<Option<_>>()?;
    found.try_into().ok()
}

/// Days from 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leaps = year / 4 - year / 100 + year / 400;
    365 * year + leaps + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<u64> {
        let since = read(text)?.duration_since(SystemTime::UNIX_EPOCH);
        Some(since.unwrap().as_secs())
    }

    #[test]
    fn a_moment_is_the_same_however_it_is_written() {
        for same in [
            "2026-11-23T03:14:51+00:00",
            "2026-11-23T03:14:51Z",
            "2026-11-23 03:14:51",
            "2026-11-23T03:14:51.123456Z",
            "2026-11-23T04:44:51+01:30",
            "2026-11-22T22:14:51-05:00",
        ] {
            assert_eq!(seconds(same), Some(1_795_403_691), "{same}");
        }
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2024-02-29T12:00:00Z"), Some(1_709_208_000));
    }

    #[test]
    fn a_header_writes_moments_in_its_own_way() {
        let at = |text: &str| {
            let since = http_date(text)?.duration_since(SystemTime::UNIX_EPOCH);
            Some(since.unwrap().as_secs())
        };
        assert_eq!(at("Mon, 23 Nov 2026 03:14:51 GMT"), Some(1_795_403_691));
        for odd in [
            "",
            "60",
            "Monday, 23-Nov-26 03:14:51 GMT",
            "Mon Nov 23 03:14:51 2026",
            "Mon, 23 Foo 2026 03:14:51 GMT",
            "Mon, 23 Nov 2026 03:14:51 CET",
            "Mon, 23 Nov 2026 3 GMT",
        ] {
            assert_eq!(at(odd), None, "{odd}");
        }
    }

    #[test]
    fn what_is_no_moment_is_nothing() {
        for odd in [
            "",
            "soon",
            "2026-11-23",
            "2026-13-01T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "-1-1-1T0:0:0Z",
            "1969-12-31T23:59:59Z",
            "2026-11-23T03:14:51+9999:0",
            "999999999999-01-01T00:00:00Z",
            "2026-11-23T03:14:51ä",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
