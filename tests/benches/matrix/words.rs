//! Every way in which the fake panel goes wrong, as its orders call it. Decides nothing.

use fake_panel::ORDERS;

/// How a request is answered.
pub(crate) const ANSWERS: [&str; 34] = [
    "unauthorized",
    "forbidden",
    "not-found",
    "conflict:suspended",
    "conflict:maintenance",
    "conflict:installing",
    "conflict:restoring",
    "conflict:transferring",
    "too-many",
    "too-many-bare",
    "error",
    "bad-gateway",
    "unavailable",
    "proxy:520",
    "challenge",
    "other-panel",
    "node-timeout",
    "node-answers:500",
    "node-answers:404",
    "html",
    "empty",
    "huge:16000000",
    "cut",
    "cut-connection",
    "redirect:http://127.0.0.1:1",
    "reset",
    "never",
    "slow:3000",
    "late:3000:error",
    "unknown-state",
    "no-description",
    "null-relations",
    "whole-cpu",
    "moving-pages",
];

/// How a server's live socket fails.
pub(crate) const SOCKETS: [&str; 12] = [
    "refused",
    "never",
    "handshake:400",
    "handshake:403",
    "handshake:404",
    "handshake:500",
    "dropped",
    "closed:4409:suspended",
    "auth-unanswered",
    "auth-refused",
    "token-expired",
    "frozen",
];

/// Faults that the fake panel knows and that are not in the lists.
pub(crate) fn forgotten() -> Vec<String> {
    let lines = ORDERS.lines();
    let mut known: Vec<&str> = Vec::new();
    // What follows FAULT, as far as it is indented, and what may be said of a socket.
    let mut taking = false;
    for line in lines {
        taking = match line.get(..9) {
            Some(head) if head.starts_with("  FAULT") || line.starts_with("at SERVER/socket") => {
                true
            }
            Some(head) if head.trim().is_empty() => taking,
            _ => false,
        };
        if taking && !line.starts_with("at ") {
            known.extend(line[9..].split_whitespace());
        }
    }
    let head = |word: &str| word.split([':', '[']).next().unwrap_or_default().to_owned();
    let listed: Vec<String> = ANSWERS.into_iter().chain(SOCKETS).map(head).collect();
    let words = known.into_iter().map(head);
    words.filter(|word| !listed.contains(word)).collect()
}
