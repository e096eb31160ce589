//! What a node has against a token. It must never be told by a whole sentence: nodes prefix and reword them.

use super::sentence;

/// What a node has against a token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtError {
    /// It has ended; a new one heals the connection.
    Expired,
    /// The node restarted or the user's rights changed since it was made; a new one heals the connection.
    Denylisted,
    /// It lacks `websocket.connect`, **or** the panel is too old (before 1.12.3) for this node (1.12.2 or newer), which
    /// wants to be named in it. The node says the same for both.
    MissingConnect,
    /// It belongs to another server.
    ServerMismatch,
    /// A frame arrived before any token.
    NotPresent,
    /// Anything else, cleaned for showing.
    Other(String),
}

impl JwtError {
    pub(super) fn read(text: &str) -> Self {
        let lower = text.to_ascii_lowercase();
        let table = [
            ("exp claim is invalid", Self::Expired),
            // In the words of wings-rs.
            ("jwt expired", Self::Expired),
            ("created too far in past (denylist)", Self::Denylisted),
            ("missing connect permission", Self::MissingConnect),
            ("server uuid mismatch", Self::ServerMismatch),
            ("no jwt present", Self::NotPresent),
        ];
        table
            .into_iter()
            .find(|(part, _)| lower.contains(part))
            .map_or_else(|| Self::Other(sentence(text)), |(_, found)| found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jwt_errors_are_recognised_with_and_without_their_reference() {
        let error = |text: &str| JwtError::read(text);
        assert_eq!(error("jwt: exp claim is invalid"), JwtError::Expired);
        assert_eq!(error("JWT expired"), JwtError::Expired);
        assert_eq!(
            error("Error Event [c5b27f72]: jwt: created too far in past (denylist)"),
            JwtError::Denylisted
        );
        assert_eq!(
            error("JWT: Missing connect permission"),
            JwtError::MissingConnect
        );
        assert_eq!(
            error("Error Event [x]: \u{1b}[31modd"),
            JwtError::Other("odd".into())
        );
    }
}
