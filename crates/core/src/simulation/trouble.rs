//! What goes wrong for a while: at a panel, a node, with sockets, the network or the computer itself.
//!
//! Every trouble begins, ends, and says how long it may be felt after its end.

use super::{
    evening::Flavour,
    fault::{Fault, Route, WRONGS, Wrong},
    shut::{SHUTS, Shut},
    world::{Due, World},
};
use crate::event::Event;
use pterodactyl_client::live::Why;
use std::time::Duration;

/// A trouble, and how long it lasts.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) what: What,
    pub(super) lasts: Duration,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub(super) enum What {
    Panel(usize, Fault),
    NodeDown {
        node: usize,
        slowly: bool,
    },
    Maintenance {
        node: usize,
    },
    Shut {
        node: usize,
        shut: Shut,
    },
    /// A node drops all sockets, once.
    Drops {
        node: usize,
    },
    Network,
    Sleep,
    /// Somebody sets the computer's clock, forwards or back.
    ClockSet,
    /// The person's browser uses up what the panel grants.
    Browser(usize),
    /// Other people fetch the tokens of a server.
    TokensTaken(usize),
}

impl World {
    /// Draws an evening's troubles. None in its last part, so that everything can settle.
    pub(super) fn draw_troubles(&mut self) {
        let until = self
            .evening
            .length
            .saturating_sub(Duration::from_secs(14 * 60));
        let mut at = self.dice.seconds(60, 300);
        while at < until {
            if let Some(what) = self.draw() {
                let most = u64::min(900, (until - at).as_secs().max(6));
                let lasts = match self.dice.below(3) {
                    0 => self.dice.seconds(5, 60.min(most)),
                    1 => self.dice.seconds(5, 240.min(most)),
                    _ => self.dice.seconds(5, most),
                };
                self.queue.put(at, Due::Begins(Trouble { what, lasts }));
            }
            at += self.dice.seconds(30, 600);
        }
    }

    fn draw(&mut self) -> Option<What> {
        let mut flavour = self.evening.flavour;
        if flavour == Flavour::Everything {
            flavour = self.dice.pick(&Flavour::SINGLE);
        }
        match flavour {
            Flavour::Quiet | Flavour::Everything | Flavour::Night => None,
            Flavour::Servers => {
                let server = self.dice.below(self.servers.len());
                if self.dice.percent(15) {
                    return Some(What::TokensTaken(server));
                }
                let only = [Route::Resources, Route::Token, Route::Power, Route::View];
                let route = (!self.dice.percent(40)).then(|| self.dice.pick(&only));
                Some(self.fault(self.servers[server].panel, Some(server), route))
            }
            Flavour::Panels => {
                let panel = self.dice.below(self.panels.len());
                let all = [
                    Route::List,
                    Route::Resources,
                    Route::Token,
                    Route::Power,
                    Route::View,
                ];
                let route = self.dice.percent(40).then(|| self.dice.pick(&all));
                if self.dice.percent(10) {
                    return Some(What::Browser(panel));
                }
                Some(self.fault(panel, None, route))
            }
            Flavour::Nodes => {
                let node = self.dice.below(self.nodes.len());
                Some(match self.dice.below(8) {
                    0 | 1 => What::NodeDown {
                        node,
                        slowly: self.dice.percent(50),
                    },
                    2 => What::Maintenance { node },
                    3 | 4 => What::Drops { node },
                    _ => What::Shut {
                        node,
                        shut: self.dice.pick(&SHUTS),
                    },
                })
            }
            Flavour::Computer => Some(match self.dice.below(7) {
                0..3 => What::Sleep,
                3..6 => What::Network,
                _ => What::ClockSet,
            }),
        }
    }

    fn fault(&mut self, panel: usize, server: Option<usize>, route: Option<Route>) -> What {
        let wrong = self.dice.pick(&WRONGS);
        self.serials += 1;
        let fault = Fault {
            id: self.serials,
            route,
            server,
            wrong,
            once: self.dice.percent(20),
        };
        What::Panel(panel, fault)
    }

    pub(super) fn begins(&mut self, trouble: Trouble) {
        self.story.tell(self.at, || {
            format!("begins: {:?} for {:?}", trouble.what, trouble.lasts)
        });
        self.disturb(&trouble.what, true);
        match trouble.what.clone() {
            What::Panel(panel, fault) => {
                self.refuse_another(panel, &fault, trouble.lasts);
                if fault.is_away() {
                    self.panels[panel].away_since.get_or_insert(self.at);
                }
                // What is away cannot go wrong in any other way.
                let place = if fault.is_away() {
                    0
                } else {
                    self.panels[panel].faults.len()
                };
                self.panels[panel].faults.insert(place, fault);
            }
            What::NodeDown { node, slowly } => {
                self.nodes[node].down += 1;
                self.nodes[node].slowly = slowly;
                self.drop_sockets(|server| server.node == node, slowly);
            }
            What::Maintenance { node } => self.maintain(node, true),
            What::Shut { node, shut } => self.nodes[node].shut = Some(shut),
            What::Drops { node } => self.drop_sockets(|server| server.node == node, false),
            What::Network => {
                self.offline += 1;
                self.drop_sockets(|_| true, true);
            }
            What::Sleep => self.sleeps(trouble.lasts),
            What::ClockSet => {
                let hours = self.dice.pick(&[-26, -1, 1, 5]);
                self.clock_ahead_ms += hours * 3_600_000 + 40_000;
            }
            What::Browser(panel) => self.browse(panel),
            What::TokensTaken(server) => {
                let panel = self.servers[server].panel;
                for _ in 0..5 {
                    self.panels[panel].token(self.at, server);
                }
            }
        }
        self.queue.put(self.at + trouble.lasts, Due::Ends(trouble));
    }

    pub(super) fn ends(&mut self, trouble: &Trouble) {
        self.story
            .tell(self.at, || format!("ends: {:?}", trouble.what));
        match &trouble.what {
            What::Panel(panel, fault) => {
                let panel = &mut self.panels[*panel];
                panel.faults.retain(|known| known.id != fault.id);
                if !panel.faults.iter().any(Fault::is_away) {
                    panel.away_since = None;
                }
            }
            What::NodeDown { node, .. } => self.nodes[*node].down -= 1,
            What::Maintenance { node } => self.maintain(*node, false),
            What::Shut { node, .. } => self.nodes[*node].shut = None,
            What::Network => {
                self.offline -= 1;
                self.online_since = self.at;
            }
            What::Sleep
            | What::ClockSet
            | What::Drops { .. }
            | What::Browser(_)
            | What::TokensTaken(_) => {}
        }
        self.disturb(&trouble.what, false);
    }

    /// What is disturbed is not late.
    fn disturb(&mut self, what: &What, begins: bool) {
        let at = self.at;
        let (calm, felt) = match what {
            What::Panel(_, fault) if is_aside(fault) => return,
            What::Panel(panel, fault) => {
                let refused = fault.wrong == Wrong::Unauthorized;
                let felt = if refused { 420 } else { 300 };
                let calm = match fault.server {
                    Some(server) => &mut self.servers[server].calm,
                    None => &mut self.panels[*panel].calm,
                };
                (calm, felt)
            }
            What::NodeDown { node, .. } => (&mut self.nodes[*node].calm, 240),
            What::Network => (&mut self.computer, 300),
            // Awake again everything is asked anew at once.
            What::Sleep | What::ClockSet => (&mut self.computer, 45),
            What::Browser(panel) => (&mut self.panels[*panel].calm, 180),
            What::Maintenance { .. }
            | What::Shut { .. }
            | What::Drops { .. }
            | What::TokensTaken(_) => return,
        };
        if begins {
            calm.disturb();
        } else {
            calm.relent(at, Duration::from_secs(felt));
        }
    }

    /// A second server is refused with 429, for as long as both are: that speaks for the account, and the panel is left
    /// alone.
    fn refuse_another(&mut self, panel: usize, fault: &Fault, lasts: Duration) {
        let refuses = |fault: &Fault| matches!(fault.wrong, Wrong::TooMany { .. });
        let panel = &mut self.panels[panel];
        let other = |known: &Fault| {
            refuses(known) && known.server.is_some_and(|it| fault.server != Some(it))
        };
        if refuses(fault) && fault.server.is_some() && panel.faults.iter().any(other) {
            panel.calm.ripple(self.at + lasts, Duration::from_secs(300));
        }
    }

    /// Sockets break; where nobody says so, our side only knows by their silence.
    fn drop_sockets(&mut self, which: impl Fn(&super::server::Server) -> bool, silently: bool) {
        for server in 0..self.servers.len() {
            if which(&self.servers[server]) && self.servers[server].is_live() {
                let (why, known_after) = if silently {
                    (Why::Silent, self.dice.seconds(10, 35))
                } else {
                    (Why::Dropped, self.dice.millis(1, 300))
                };
                self.break_socket(server, why, known_after);
            }
        }
    }

    fn maintain(&mut self, node: usize, maintenance: bool) {
        self.nodes[node].maintenance = maintenance;
        let at = self.at;
        for server in self.servers.iter_mut().filter(|server| server.node == node) {
            server.listed_since = at;
        }
    }

    fn sleeps(&mut self, lasts: Duration) {
        if self.asleep.is_some() {
            return;
        }
        self.asleep = Some(self.at + lasts);
        self.fell_asleep = self.at;
        if lasts > Duration::from_secs(30) {
            self.drop_sockets(|_| true, true);
        }
        self.queue.put(self.at + lasts, Due::Wakes);
    }

    pub(super) fn wakes(&mut self) {
        if self.asleep.take().is_some() {
            self.slept += self.at.saturating_sub(self.fell_asleep);
            self.drowsy = true;
            if !self.evening.clock_runs_on && self.clock_ahead_ms < self.clock_heard_ms {
                // One clock stood still and the other was set back. Only the system could tell, and it need not.
                self.woke_unseen = self.at;
            }
            self.story.tell(self.at, || "the computer wakes".to_owned());
            if self.dice.percent(50) {
                // The system says so, before anybody looked at a clock or after.
                self.apply(Event::Woke);
            }
        }
    }

    fn browse(&mut self, panel: usize) {
        let at = self.at;
        let panel = &mut self.panels[panel];
        let most = panel.limit;
        // As many as the window still grants.
        for many in [most / 2, most / 4, most / 8, most / 16] {
            panel.count(at, many);
        }
    }
}

/// It holds up nobody's looks. Pages that are refused with 429 do: of several servers they speak for the account, and
/// that is left alone for as long as the panel wants.
fn is_aside(fault: &Fault) -> bool {
    let too_many = matches!(fault.wrong, Wrong::TooMany { .. }) && fault.server.is_none();
    match fault.route {
        Some(Route::Token | Route::Power) => true,
        Some(Route::View) => !too_many,
        Some(Route::List | Route::Resources | Route::Log) | None => false,
    }
}
