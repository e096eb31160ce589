//! Orders in words, for a command line or somebody typing: what goes wrong, where, and until when. Never prints.

use std::fmt;
use std::time::Duration;

use crate::fault::{Conflict, Fault, NodeTrouble};
use crate::life::Signal;
use crate::node::Manners;
use crate::world::World;

/// What orders look like, for a help text.
pub const ORDERS: &str = "\
orders are WHERE=WHAT, and WHERE=none ends a fault

  SERVER=FAULT    a server by name, short id or UUID
  panel=FAULT     every request
    FAULT: unauthorized forbidden not-found conflict[:suspended|maintenance|installing|restoring|transferring]
           too-many too-many-bare error bad-gateway node-timeout node-answers:STATUS html empty huge:BYTES cut
           redirect:URL reset never slow:MILLISECONDS unknown-state no-description null-relations whole-cpu
           moving-pages
  SERVER=DEED     start stop restart kill crash[:EXIT] oom comes-back hang-start hang-stop fail-start drop-signals
                  well suspend status:WORD transfer line:TEXT event:NAME[:ARGUMENT] drop-sockets forget delete
  panel=DEED      maintenance[:SECONDS] up limit:REQUESTS forget-limits two-factor serv password:USER
  node:NAME=DEED  refuses unreachable hangs answers:STATUS none maintenance usable restart rekey
                  manners:1.11|1.12|1.13|rs origin:ORIGIN";

/// An order that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadOrder {
    /// There is no `=` in it.
    Shape,
    /// There is no such server or node.
    Where(String),
    /// Nobody knows what that is.
    What(String),
}

impl fmt::Display for BadOrder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape => write!(out, "an order is WHERE=WHAT"),
            Self::Where(name) => write!(out, "there is no {name:?}"),
            Self::What(word) => write!(out, "nobody knows what {word:?} is"),
        }
    }
}

impl std::error::Error for BadOrder {}

impl World {
    /// Carries out an order such as `Survival=crash:137`, `panel=slow:500` or `node:one=unreachable`; see `ORDERS`.
    ///
    /// # Errors
    /// When it is not understood; nothing has been done then.
    pub fn order(&mut self, text: &str) -> Result<(), BadOrder> {
        let (place, what) = text.trim().split_once('=').ok_or(BadOrder::Shape)?;
        let (place, what) = (place.trim(), what.trim());
        let (word, detail) = match what.split_once(':') {
            Some((word, detail)) => (word, Some(detail)),
            None => (what, None),
        };
        let unknown = || BadOrder::What(what.to_owned());
        let done = if let Some(node) = place.strip_prefix("node:") {
            if !self.nodes.iter().any(|one| one.name == node) {
                return Err(BadOrder::Where(place.to_owned()));
            }
            self.node_deed(node, word, detail)
        } else if place == "panel" {
            self.panel_deed(word, detail)
        } else if self.find_server(place).is_some() {
            self.server_deed(place, word, detail)
        } else {
            return Err(BadOrder::Where(place.to_owned()));
        };
        done.ok_or_else(unknown)
    }

    fn panel_deed(&mut self, word: &str, detail: Option<&str>) -> Option<()> {
        match (word, detail) {
            ("none", None) => self.panel_fault(None),
            ("maintenance", None) => self.maintenance(None),
            ("maintenance", Some(seconds)) => self.maintenance(Some(seconds_of(seconds)?)),
            ("up", None) => self.maintenance_over(),
            ("limit", Some(limit)) => self.rules.limit_per_minute = limit.parse().ok()?,
            ("forget-limits", None) => self.forget_rate_limits(),
            ("two-factor", None) => self.rules.require_two_factor = true,
            ("serv", None) => self.rules.serv_identifiers = true,
            ("password", Some(user)) => {
                self.users.iter().find(|one| one.name == user)?;
                self.change_password(user);
            }
            _ => self.panel_fault(Some(fault(word, detail)?)),
        }
        Some(())
    }

    fn node_deed(&mut self, name: &str, word: &str, detail: Option<&str>) -> Option<()> {
        let node = self.node(name);
        match (word, detail) {
            ("none", None) => node.down(None),
            ("refuses", None) => node.down(NodeTrouble::Refuses),
            ("unreachable", None) => node.down(NodeTrouble::Unreachable),
            ("hangs", None) => node.down(NodeTrouble::Hangs),
            ("answers", Some(status)) => node.down(NodeTrouble::Answers(status.parse().ok()?)),
            ("maintenance", None) => node.set_maintenance(true),
            ("usable", None) => node.set_maintenance(false),
            ("restart", None) => self.restart_node(name),
            ("rekey", None) => node.rekey(),
            ("origin", Some(origin)) => node.allow_origin(origin),
            ("manners", Some(which)) => node.set_manners(manners(which)?),
            _ => return None,
        }
        Some(())
    }

    fn server_deed(&mut self, name: &str, word: &str, detail: Option<&str>) -> Option<()> {
        match word {
            "drop-sockets" => {
                self.cut_sockets(name);
                return Some(());
            }
            "delete" => {
                let uuid = self.server(name).uuid.clone();
                self.remove_server(&uuid);
                return Some(());
            }
            _ => {}
        }
        let server = self.server(name);
        if let (Some(signal), None) = (Signal::read(word), detail) {
            server.signal(signal);
            return Some(());
        }
        match (word, detail) {
            ("none", None) => server.fault(None),
            ("crash", None) => server.crash(),
            ("crash", Some(code)) => server.crash_with(code.parse().ok()?, false),
            ("oom", None) => server.crash_with(137, true),
            ("comes-back", None) => server.crash_and_restart(),
            ("hang-start", None) => server.hang_on_start(true),
            ("hang-stop", None) => server.hang_on_stop(true),
            ("fail-start", None) => server.fail_on_start(true),
            ("drop-signals", None) => server.drop_signals(true),
            ("well", None) => {
                server.hang_on_start(false);
                server.hang_on_stop(false);
                server.fail_on_start(false);
                server.drop_signals(false);
                server.set_known_to_node(true);
                server.set_transferring(false);
                server.set_status(None);
            }
            ("suspend", None) => server.set_status(Some("suspended")),
            ("status", Some(status)) => server.set_status(Some(status)),
            ("transfer", None) => server.set_transferring(true),
            ("forget", None) => server.set_known_to_node(false),
            ("line", Some(line)) => server.print(line),
            ("event", Some(event)) => {
                let (name, argument) = event.split_once(':').unzip();
                let args: Vec<&str> = argument.into_iter().collect();
                server.send_event(name.unwrap_or(event), &args);
            }
            _ => server.fault(Some(fault(word, detail)?)),
        }
        Some(())
    }
}

fn seconds_of(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

/// A daemon by its short name: `1.11`, `1.12`, `1.13` or `rs`.
#[must_use]
pub fn manners(word: &str) -> Option<Manners> {
    Some(match word {
        "1.11" => Manners::Wings1_11,
        "1.12" => Manners::Wings1_12,
        "1.13" => Manners::Wings1_13,
        "rs" => Manners::WingsRs,
        _ => return None,
    })
}

fn fault(word: &str, detail: Option<&str>) -> Option<Fault> {
    Some(match (word, detail) {
        ("unauthorized", None) => Fault::Unauthorized401,
        ("forbidden", None) => Fault::Forbidden403,
        ("not-found", None) => Fault::NotFound404,
        ("conflict", which) => Fault::Conflict409(conflict(which.unwrap_or("suspended"))?),
        ("too-many", None) => Fault::TooMany429 { headers: true },
        ("too-many-bare", None) => Fault::TooMany429 { headers: false },
        ("error", None) => Fault::Error500,
        ("bad-gateway", None) => Fault::BadGateway502,
        ("node-timeout", None) => Fault::NodeTimeout504,
        ("node-answers", Some(status)) => Fault::NodeAnswers {
            status: status.parse().ok()?,
        },
        ("html", None) => Fault::Html200,
        ("empty", None) => Fault::EmptyJson200,
        ("huge", Some(bytes)) => Fault::Huge200 {
            bytes: bytes.parse().ok()?,
        },
        ("cut", None) => Fault::CutJson,
        ("redirect", Some(url)) => Fault::RedirectTo(url.to_owned()),
        ("reset", None) => Fault::Reset,
        ("never", None) => Fault::NeverAnswer,
        ("slow", Some(millis)) => Fault::Slow(Duration::from_millis(millis.parse().ok()?)),
        ("unknown-state", None) => Fault::UnknownState,
        ("no-description", None) => Fault::NoDescription,
        ("null-relations", None) => Fault::NullRelations,
        ("whole-cpu", None) => Fault::WholeCpu,
        ("moving-pages", None) => Fault::MovingPages,
        _ => return None,
    })
}

fn conflict(word: &str) -> Option<Conflict> {
    Some(match word {
        "suspended" => Conflict::Suspended,
        "maintenance" => Conflict::NodeMaintenance,
        "installing" => Conflict::Installing,
        "restoring" => Conflict::Restoring,
        "transferring" => Conflict::Transferring,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PowerState, Rules, ServerSpec};

    fn world() -> World {
        let mut world = World::new(Rules::default());
        world.add_user("alice", false);
        world.add_server(ServerSpec::new("My Game", "alice", "one"));
        world
    }

    #[test]
    fn every_order_in_the_help_is_understood() {
        let mut understood = 0;
        let words = ORDERS.lines().skip(2).flat_map(|line| {
            let line = line.replace("FAULT:", "");
            let line = line.split_once('=').map_or(line.clone(), |(_, rest)| {
                rest.trim_start_matches(|one: char| !one.is_whitespace())
                    .to_owned()
            });
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        for word in words.filter(|word| word.chars().all(|one| one.is_lowercase() || one == '-')) {
            let tries = ["My Game", "panel", "node:one"].map(|place| {
                let order = format!("{place}={word}");
                world().order(&order).is_ok()
            });
            // Words of explaining sentences are no orders; every order has a place where it works.
            understood += usize::from(tries.contains(&true));
        }
        assert!(understood > 40, "{understood}");
    }

    #[test]
    fn orders_do_what_they_say() {
        let mut world = world();
        world.order("My Game=start").unwrap();
        world.advance(Duration::from_secs(60));
        assert_eq!(world.server("My Game").state(), PowerState::Running);
        world.order(" My Game = oom ").unwrap();
        assert_eq!(world.server("My Game").state(), PowerState::Offline);
        world.order("My Game=slow:250").unwrap();
        let fault = world.server("My Game").fault.clone();
        assert_eq!(fault, Some(Fault::Slow(Duration::from_millis(250))));
        world.order("My Game=none").unwrap();
        assert_eq!(world.server("My Game").fault, None);
        world.order("node:one=manners:rs").unwrap();
        assert_eq!(world.manners_of(0), Manners::WingsRs);
        world
            .order("panel=redirect:https://panel.example.com:8443")
            .unwrap();
        let to = "https://panel.example.com:8443".to_owned();
        assert_eq!(world.panel_fault, Some(Fault::RedirectTo(to)));
    }

    #[test]
    fn what_is_not_understood_changes_nothing() {
        let mut world = world();
        assert_eq!(world.order("crash"), Err(BadOrder::Shape));
        let nobody = BadOrder::Where("Nobody".to_owned());
        assert_eq!(world.order("Nobody=crash"), Err(nobody));
        for order in [
            "My Game=explode",
            "My Game=slow:soon",
            "node:one=crash",
            "panel=oom",
        ] {
            assert!(
                matches!(world.order(order), Err(BadOrder::What(_))),
                "{order}"
            );
        }
        assert_eq!(world.server("My Game").fault, None);
    }
}
