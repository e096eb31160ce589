//! Which server gets a live socket when: one each, opened a little apart, with a token no older
//! than it has to be.
//!
//! Opens nothing, holds no token and reads no clock.

mod line;

use crate::effect::Plan;
use line::{At, Line};
use pterodactyl_client::live::{Advice, NextToken, Retry, TokenRefusal};
use std::{collections::BTreeMap, time::Duration};

/// Between two sockets being opened, so that neither panel nor node is stormed.
const STAGGER: Duration = Duration::from_millis(200);
/// After a token was not given, at least; longer after every further time.
const TOKEN_WAIT: Duration = Duration::from_secs(15);
/// Tokens asked for at a time.
const FETCHING: usize = 3;
/// Of these, tokens of servers on one node: what it swallows holds up no other node's.
const OF_A_NODE: usize = 2;
/// A token that takes longer holds up no other one: its server is faulty by itself.
const SLOW: Duration = Duration::from_secs(3);
/// A token that was refused for good so often in a row is not asked for again.
const REFUSALS: u32 = 2;

/// What is to be done about sockets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// Ask the panel for a token.
    Token(String),
    /// Open a socket with the token at hand.
    Open(String),
    /// Close a socket.
    Close(String),
    /// Ask the panel for the server's own page: it says why there is no socket.
    View(String),
}

/// The sockets of one panel's servers.
#[derive(Debug)]
pub(super) struct Sockets {
    lines: BTreeMap<String, Line>,
    /// Not before this time the next one is opened.
    gate: Duration,
    stagger: Duration,
    silent: Vec<String>,
    /// For spreading what many would do at once.
    dice: u64,
}

impl Sockets {
    /// None yet. `pace` is the shortest time between two looks at one server; `seed` begins the
    /// chance by which waits are spread.
    pub(super) fn new(pace: Duration, seed: u64) -> Sockets {
        Sockets {
            lines: BTreeMap::new(),
            gate: Duration::ZERO,
            stagger: STAGGER.min(pace / 10),
            silent: Vec::new(),
            dice: seed,
        }
    }

    /// Sockets that cost a token every few minutes.
    pub(super) fn count(&self) -> usize {
        self.lines.values().filter(|line| line.wanted).count()
    }

    /// Whether a server is to have one.
    pub(super) fn wants(&self, uuid: &str) -> bool {
        self.lines.get(uuid).is_some_and(|line| line.wanted)
    }

    /// Takes in who is to have one.
    pub(super) fn adopt(&mut self, plan: &Plan, now: Duration) {
        self.silent = plan.silent_nodes.iter().cloned().collect();
        let wants = |uuid: &str| plan.servers.get(uuid).and_then(|watched| watched.live);
        for (uuid, line) in &mut self.lines {
            line.wanted = wants(uuid).is_some();
        }
        self.lines
            .retain(|_, line| line.wanted || line.at.is_open());
        for (uuid, watched) in &plan.servers {
            if let Some(place) = watched.live {
                let line = self.lines.entry(uuid.clone());
                let line = line.or_insert_with(|| Line::new(now));
                line.place = place;
                line.node.clone_from(&watched.node);
            }
        }
    }

    /// The computer slept: no socket and no token is worth anything.
    pub(super) fn woke(&mut self, now: Duration) {
        for line in self.lines.values_mut() {
            line.woke(now);
        }
    }

    /// A person asks for everything anew: what was given up is tried again.
    pub(super) fn retry(&mut self, now: Duration) {
        for line in self.lines.values_mut() {
            line.retry(now);
        }
    }

    /// The same, for one server's.
    pub(super) fn retry_one(&mut self, now: Duration, uuid: &str) {
        if let Some(line) = self.lines.get_mut(uuid) {
            line.retry(now);
        }
    }

    /// A socket's session wants a newer token.
    pub(super) fn needs_token(&mut self, uuid: &str, now: Duration) {
        if let Some(line) = self.lines.get_mut(uuid) {
            line.renew_at = Some(now);
        }
    }

    /// The panel gave a token, or did not.
    pub(super) fn token_done(&mut self, now: Duration, uuid: &str, came: Result<(), TokenRefusal>) {
        let spread = self.chance();
        let Some(line) = self.lines.get_mut(uuid) else {
            return;
        };
        if !matches!(line.at, At::Fetching { .. }) {
            // It was for an open socket, whose session hears of it too and knows what to do.
            return;
        }
        line.at = match came {
            Ok(()) => {
                line.refusals = 0;
                At::Ready
            }
            Err(TokenRefusal::Later(wait)) => {
                line.refusals += 1;
                line.not_before = wait.map_or(Duration::ZERO, |wait| now + wait);
                let least = wait.unwrap_or(TOKEN_WAIT * line.refusals.min(8));
                At::Due {
                    at: now + least.mul_f64(1.0 + spread),
                    fresh: true,
                }
            }
            Err(TokenRefusal::Never) => {
                line.refusals += 1;
                if line.refusals < REFUSALS {
                    At::Doubtful { at: now }
                } else {
                    At::GivenUp
                }
            }
        };
    }

    /// A socket is over.
    pub(super) fn closed(&mut self, now: Duration, uuid: &str, advice: &Advice) {
        let Some(line) = self.lines.get_mut(uuid) else {
            return;
        };
        line.renew_at = None;
        if !line.wanted {
            self.lines.remove(uuid);
            return;
        }
        // Closed from here and wanted again meanwhile: what its end says is about the old wish.
        let anew = std::mem::take(&mut line.reopen) || line.at == At::Closing;
        line.at = match advice.retry {
            _ if anew => At::Due {
                at: now,
                fresh: true,
            },
            Retry::Never => At::GivenUp,
            Retry::After(wait) => At::Due {
                at: now + wait,
                fresh: advice.token == NextToken::Fresh,
            },
            Retry::AskPanel(wait) => At::Doubtful { at: now + wait },
        };
    }

    /// A server's own page came, or did not.
    pub(super) fn viewed(&mut self, now: Duration, uuid: &str, good: bool) {
        let spread = self.chance();
        let Some(line) = self.lines.get_mut(uuid) else {
            return;
        };
        if line.at == At::Asking {
            line.at = if good {
                At::Due {
                    at: now,
                    fresh: true,
                }
            } else {
                At::Doubtful {
                    at: now + (TOKEN_WAIT * 2).mul_f64(1.0 + spread),
                }
            };
        }
    }

    /// What to do now that costs the panel nothing.
    pub(super) fn free_turn(&mut self, now: Duration) -> Option<Turn> {
        let close = self.lines.iter_mut().find(|(_, line)| line.must_close());
        if let Some((uuid, line)) = close {
            line.at = At::Closing;
            return Some(Turn::Close(uuid.clone()));
        }
        if now < self.gate {
            return None;
        }
        let (silent, stagger) = (&self.silent, self.stagger);
        let ready = self.lines.iter_mut().filter(|(_, line)| {
            let due = matches!(line.at, At::Due { at, fresh: false } if at <= now);
            line.at == At::Ready || (due && !silent.contains(&line.node))
        });
        let (uuid, line) = ready.min_by_key(|(_, line)| line.place)?;
        line.at = At::Open;
        self.gate = now + stagger;
        Some(Turn::Open(uuid.clone()))
    }

    /// What to ask the panel now. No token is asked for of a `crowded` node.
    pub(super) fn costly_turn(&mut self, now: Duration, crowded: Option<&str>) -> Option<Turn> {
        let renew =
            |line: &Line| line.renew_at.is_some_and(|at| at <= now) && crowded != Some(&line.node);
        if let Some((uuid, line)) = self.lines.iter_mut().find(|(_, line)| renew(line)) {
            line.renew_at = None;
            return Some(Turn::Token(uuid.clone()));
        }
        let doubtful = |line: &Line| matches!(line.at, At::Doubtful { at } if at <= now);
        if let Some((uuid, line)) = self.lines.iter_mut().find(|(_, line)| doubtful(line)) {
            line.at = At::Asking;
            return Some(Turn::View(uuid.clone()));
        }
        if now < self.gate || !self.may_fetch(now) {
            return None;
        }
        let silent = &self.silent;
        let fetching = |line: &&Line| matches!(line.at, At::Fetching { .. });
        let fetching = self.lines.values().filter(fetching);
        let asked: Vec<String> = fetching.map(|line| line.node.clone()).collect();
        let waits = |node: &String| asked.iter().filter(|it| *it == node).count() >= OF_A_NODE;
        let due = self.lines.iter_mut().filter(|(_, line)| {
            matches!(line.at, At::Due { at, fresh: true } if at <= now)
                && !silent.contains(&line.node)
                && !waits(&line.node)
                && crowded != Some(&line.node)
        });
        // Who was refused before waits for the others.
        let (uuid, line) = due.min_by_key(|(_, line)| (line.refusals, line.place))?;
        line.at = At::Fetching { since: now };
        Some(Turn::Token(uuid.clone()))
    }

    /// One token after the other; one that is slow stands in nobody's way.
    fn may_fetch(&self, now: Duration) -> bool {
        let since = |line: &Line| match line.at {
            At::Fetching { since } => Some(since),
            At::Due { .. }
            | At::Ready
            | At::Open
            | At::Closing
            | At::Doubtful { .. }
            | At::Asking
            | At::GivenUp => None,
        };
        let fetching: Vec<Duration> = self.lines.values().filter_map(since).collect();
        fetching.len() < FETCHING && fetching.iter().all(|since| *since + SLOW <= now)
    }

    /// When, after `now`, there may be something to do that no answer brings about.
    pub(super) fn wake(&self, now: Duration) -> Option<Duration> {
        let due = |line: &Line| match line.at {
            At::Due { .. } if self.silent.contains(&line.node) => line.renew_at,
            At::Due { at, .. } => Some(at.max(self.gate)),
            At::Ready => Some(self.gate),
            At::Doubtful { at } => Some(at),
            At::Fetching { since } => Some(since + SLOW),
            At::Open | At::Closing | At::Asking | At::GivenUp => line.renew_at,
        };
        let due = self.lines.values().filter_map(due);
        due.filter(|at| *at > now).min()
    }

    /// Requests broke down without an answer.
    pub(super) fn lost(&mut self, now: Duration) {
        for line in self.lines.values_mut() {
            if matches!(line.at, At::Fetching { .. } | At::Asking) {
                line.at = At::Due {
                    at: now + TOKEN_WAIT,
                    fresh: true,
                };
            }
        }
    }

    /// From 0 to 1, differently each time (SplitMix64).
    pub(super) fn chance(&mut self) -> f64 {
        self.dice = self.dice.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let top = u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(u32::MAX);
        f64::from(top) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
