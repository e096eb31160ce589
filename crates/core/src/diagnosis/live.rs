//! How a live socket fares, without a word that could name anybody.
//!
//! A reason's own text never gets out of here: it may quote a host or a panel. Only sentences known
//! beforehand do.

use crate::snapshot::LiveView;

/// How the client's reasons begin, as far as they always do.
const REASONS: [&str; 17] = [
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

#[cfg(test)]
mod tests {
    use super::*;

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
