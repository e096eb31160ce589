//! How a live socket fares, without a word that could name anybody.
//!
//! A reason's own text never gets out of here: it may quote a host or a panel. Only sentences known
//! beforehand do.

use crate::{snapshot::LiveView, text::Texts};

/// How the client's reasons begin, as far as they always do.
pub(super) const REASONS: [&str; 17] = [
    "live updates were switched off",
    "the panel's token belongs to another server",
    "the node does not accept the panel's token",
    "the node does not answer the panel's token",
    "the node asks for fewer attempts",
    "the panel gives no token for live updates",
    "the panel gives no usable address for live updates",
    "the node refuses one token of the panel after the other",
    "the node closed the connection",
    "access to the server has ended or changed",
    "the connection to the node broke off",
    "the node has fallen silent",
    "the server's node cannot be reached from here",
    "the network's proxy does not connect to the server's node",
    "the server's node only accepts visitors of the panel's main address",
    "the server's node does not know the server",
    "the server's node refused the connection",
];

/// The name of a socket's state; `None` where none is wanted.
pub(super) fn state(live: &LiveView) -> Option<String> {
    match live {
        LiveView::Off => None,
        LiveView::Connecting => Some("connecting".to_owned()),
        LiveView::Live => Some("open".to_owned()),
        LiveView::Failed { why } => {
            let known = REASONS.iter().find(|reason| why.starts_with(*reason));
            Some(format!("failed: {}", known.unwrap_or(&"another reason")))
        }
    }
}

/// The word for a socket's state.
pub(super) fn word(state: &str, texts: &Texts) -> String {
    let word = |value| super::words::word(value, texts);
    match state.split_once(": ") {
        Some((failed, reason)) => format!("{}: {}", word(failed), word(reason)),
        None => word(state),
    }
}

/// Why there are no live updates, in the language of `texts` as far as the client always says it alike.
pub fn why_not_live(why: &str, texts: &Texts) -> String {
    let known = REASONS.iter().find_map(|reason| {
        let rest = why.strip_prefix(*reason)?;
        Some(super::words::word(reason, texts) + rest)
    });
    known.unwrap_or_else(|| why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_at_a_terminal_is_in_its_language_with_what_it_quotes() {
        let german = Texts::new(Some("de"));
        let told = why_not_live("the node closed the connection: going away", &german);
        assert_eq!(told, "der Node hat die Verbindung geschlossen: going away");
        assert_eq!(why_not_live("nobody knows", &german), "nobody knows");
    }

    #[test]
    fn a_reason_is_told_without_what_it_quotes() {
        let failed = |why: &str| {
            state(&LiveView::Failed {
                why: why.to_owned(),
            })
        };
        let told = failed("the node does not accept the panel's token: jwt of node.example.com");
        assert_eq!(
            told.as_deref(),
            Some("failed: the node does not accept the panel's token")
        );
        let told = failed("node.example.com says no");
        assert_eq!(told.as_deref(), Some("failed: another reason"));
    }
}
