//! The token of a websocket, read but never verified: only the node has the key. It must never show the token itself, and
//! never compare its times with this computer's clock, which may be wrong.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::text::{NAME, clean};

/// How long a token lives when it does not say so itself; panels give ten minutes.
const USUAL_LIFE: Duration = Duration::from_secs(600);
/// Lives outside these bounds are taken for mistakes.
const SHORTEST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// A token must live at least this long to be worth another connection.
const WORTH_REUSING: Duration = Duration::from_secs(60);

/// A token with what it says about itself and when it came. Times are measured from the caller's own zero, with a clock
/// that only goes forward.
#[derive(Clone)]
pub struct Token {
    secret: SecretString,
    claims: Claims,
    received: Duration,
}

/// What a token says about itself. Nothing of it is proven.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// The panel's address as the panel knows it (`iss`), cleaned.
    pub issuer: Option<String>,
    /// The server it is for.
    pub server_uuid: Option<String>,
    /// What may be done with it; `*` is everything. `None` when the token does not say.
    pub permissions: Option<Vec<String>>,
    /// What kind of use it is for; panels before 1.12.3 leave it out, which nodes from 1.12.2 on refuse.
    pub scopes: Option<Vec<String>>,
    /// From issue to end (`exp - iat`).
    pub life: Option<Duration>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawClaims {
    iss: Value,
    server_uuid: Value,
    permissions: Value,
    scope: Value,
    iat: Value,
    exp: Value,
}

impl Token {
    /// Takes a token that came at `received`. One that cannot be read has no claims and is sent all the same.
    #[must_use]
    pub fn read(secret: SecretString, received: Duration) -> Self {
        let claims = Claims::read(secret.expose_secret()).unwrap_or_default();
        Self {
            secret,
            claims,
            received,
        }
    }

    /// What it says about itself.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// When it ends, on the clock it was received by. Panels hand out fresh tokens, so its life begins on arrival.
    #[must_use]
    pub fn ends(&self) -> Duration {
        self.received + self.life()
    }

    /// True while it is worth opening a connection with: more than a minute is left.
    #[must_use]
    pub fn is_worth_reusing(&self, now: Duration) -> bool {
        self.ends() > now + WORTH_REUSING
    }

    /// When to replace it: after 70 to 80 % of its life, depending on `jitter` from 0 to 1.
    #[must_use]
    pub fn renewal(&self, jitter: f64) -> Duration {
        self.received + self.life().mul_f64(0.7 + 0.1 * jitter.clamp(0.0, 1.0))
    }

    pub(super) const fn received(&self) -> Duration {
        self.received
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    fn life(&self) -> Duration {
        self.claims.life.unwrap_or(USUAL_LIFE)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("claims", &self.claims)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

impl Claims {
    /// Reads the middle part of `header.claims.signature`.
    fn read(token: &str) -> Option<Self> {
        let json = base64url(token.split('.').nth(1)?)?;
        let raw: RawClaims = serde_json::from_slice(&json).ok()?;
        let text = |value: &Value| value.as_str().map(|text| clean(text, NAME));
        Some(Self {
            issuer: text(&raw.iss),
            server_uuid: text(&raw.server_uuid),
            permissions: raw
                .permissions
                .as_array()
                .map(|list| list.iter().filter_map(text).collect()),
            scopes: raw.scope.as_str().map(|scopes| {
                let words = scopes.split_whitespace();
                words.map(|word| clean(word, NAME)).collect()
            }),
            life: life(&raw.iat, &raw.exp),
        })
    }
}

/// `exp - iat`; both may carry a fraction.
fn life(iat: &Value, exp: &Value) -> Option<Duration> {
    let seconds = exp.as_f64()? - iat.as_f64()?;
    let life = Duration::try_from_secs_f64(seconds).ok()?;
    (SHORTEST..=LONGEST).contains(&life).then_some(life)
}

/// Decodes base64 in its URL form, padded or not.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"iss":"https://panel.example","iat":1000,"exp":1600,"server_uuid":"9fa9acaa",
    /// "permissions":["websocket.connect"],"scope":"file-upload websocket"}`
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL3BhbmVsLmV4YW1wbGUiLCJpYXQiOjEwMDAsImV4cCI6MTYwMCwic2VydmVyX3V1aWQiOiI5ZmE5YWNhYSIsInBlcm1pc3Npb25zIjpbIndlYnNvY2tldC5jb25uZWN0Il0sInNjb3BlIjoiZmlsZS11cGxvYWQgd2Vic29ja2V0In0.c2lnbmF0dXJl";

    fn token(text: &str) -> Token {
        Token::read(text.to_owned().into(), Duration::from_secs(50))
    }

    #[test]
    fn a_token_says_for_whom_how_long_and_what_for() {
        let claims = token(TOKEN).claims;
        assert_eq!(claims.issuer.as_deref(), Some("https://panel.example"));
        assert_eq!(claims.server_uuid.as_deref(), Some("9fa9acaa"));
        assert_eq!(claims.permissions, Some(vec!["websocket.connect".into()]));
        assert_eq!(
            claims.scopes,
            Some(vec!["file-upload".into(), "websocket".into()])
        );
        assert_eq!(claims.life, Some(Duration::from_secs(600)));
    }

    #[test]
    fn renewal_falls_between_seventy_and_eighty_percent_of_its_life() {
        let token = token(TOKEN);
        assert_eq!(token.renewal(0.0), Duration::from_secs(50 + 420));
        assert_eq!(token.renewal(1.0), Duration::from_secs(50 + 480));
        assert_eq!(token.renewal(99.0), token.renewal(1.0));
        assert!(token.is_worth_reusing(Duration::from_secs(50 + 539)));
        assert!(!token.is_worth_reusing(Duration::from_secs(50 + 540)));
    }

    #[test]
    fn what_cannot_be_read_lives_ten_minutes() {
        for text in ["", "x", "a.b.c", "a.!!.c", "..", "a.bnVsbA.c", "a.W10.c"] {
            let token = token(text);
            assert_eq!(token.claims, Claims::default(), "{text}");
            assert_eq!(token.ends(), Duration::from_secs(650));
        }
    }

    #[test]
    fn absurd_lives_are_not_believed() {
        let number = |n: i64| Value::from(n);
        assert_eq!(life(&number(1600), &number(1000)), None);
        assert_eq!(life(&number(0), &number(i64::MAX)), None);
        assert_eq!(life(&number(1000), &number(1001)), None);
        assert_eq!(life(&Value::Null, &number(5)), None);
    }

    #[test]
    fn a_token_never_shows_itself() {
        let shown = format!("{:?}", token(TOKEN));
        assert!(shown.contains("9fa9acaa"));
        for part in TOKEN.split('.') {
            assert!(!shown.contains(part));
        }
    }
}
