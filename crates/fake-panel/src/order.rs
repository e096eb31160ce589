//! Orders in words, for a command line or somebody typing: what goes wrong, where, and until when. Never prints.

use std::fmt;

use crate::call::Call;
use crate::fault::NodeTrouble;
use crate::power::Signal;
use crate::words;
use crate::world::World;

/// What orders look like, for a help text.
pub const ORDERS: &str = "\
orders are WHERE=WHAT, and WHERE=none ends the faults there

WHERE    panel            every request
         panel/CALL       every request of one kind
         SERVER           every call about a server, by name, short id or UUID
         SERVER/CALL      one kind of call about it
         SERVER/socket    its websocket at the node
         node:NAME        a machine
CALL     list account permissions view resources power command websocket activity backups schedules
         startup allocations other

at panel, SERVER and their calls: FAULT, once:FAULT or times:N:FAULT
  FAULT  unauthorized forbidden not-found conflict[:suspended|maintenance|installing|restoring|transferring]
         too-many too-many-bare error bad-gateway unavailable proxy:STATUS challenge other-panel
         node-timeout node-answers:STATUS html empty huge:BYTES cut cut-connection redirect:URL reset never
         slow:MILLISECONDS late:MILLISECONDS:FAULT
         unknown-state no-description null-relations whole-cpu moving-pages
at SERVER/socket, for those who come from now on (frozen: for all)
         refused never handshake:STATUS dropped closed:CODE[:REASON] auth-unanswered auth-refused
         token-expired frozen
at SERVER
  power  start stop restart kill crash[:EXIT] oom comes-back hang-start hang-stop fail-start drop-signals
  state  suspend status:WORD transfer forget delete well
  node   line:TEXT event:NAME[:ARGUMENT] drop-sockets close-sockets:CODE[:REASON] tokens-expire[:SECONDS]
at panel
  state  maintenance[:SECONDS] up forget-limits password:USER keys:USER:good|revoked|denied|application
  rules  latency:MS cache:MS limit:REQUESTS window:SECONDS tokens:REQUESTS two-factor[:off] serv[:off]
         hide-descriptions[:off] public-url:URL token-lives:SECONDS token-check:SECONDS token-warns:SECONDS
         auth-deadline:SECONDS auth-takes:MS stats:MS sockets:NUMBER frame:BYTES
at node:NAME
         refuses unreachable hangs answers:STATUS maintenance usable restart rekey
         manners:1.11|1.12|1.13|rs origin:ORIGIN address:URL";

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
        let unknown = || BadOrder::What(what.to_owned());
        let nowhere = || BadOrder::Where(place.to_owned());
        let done = if let Some(node) = place.strip_prefix("node:") {
            if !self.nodes.iter().any(|one| one.name == node) {
                return Err(nowhere());
            }
            self.node_deed(node, what)
        } else if place == "panel" {
            self.panel_deed(what)
        } else if self.find_server(place).is_some() {
            self.server_deed(place, what)
        } else {
            let (place, part) = place.rsplit_once('/').ok_or_else(nowhere)?;
            if place != "panel" && self.find_server(place).is_none() {
                return Err(nowhere());
            }
            self.part_deed(place, part, what).ok_or_else(nowhere)?
        };
        done.ok_or_else(unknown)
    }

    /// A fault of one kind of call, or of a websocket; `None` where there is no such part.
    fn part_deed(&mut self, place: &str, part: &str, what: &str) -> Option<Option<()>> {
        if part == "socket" && place != "panel" {
            let fault = words::socket_fault(what);
            let known = fault.is_some() || what == "none";
            if known {
                self.server(place).socket_fault(fault);
            }
            return Some(known.then_some(()));
        }
        let call = Call::read(part)?;
        let faults = if place == "panel" {
            &mut self.faults
        } else {
            &mut self.server(place).faults
        };
        if what == "none" {
            faults.lift(Some(call));
            return Some(Some(()));
        }
        let fault = words::fault_and_times(what);
        Some(fault.map(|(fault, times)| faults.put(Some(call), fault, times)))
    }

    fn panel_deed(&mut self, what: &str) -> Option<()> {
        let (word, detail) = words::split(what);
        match (word, detail) {
            ("none", None) => self.panel_fault(None),
            ("maintenance", None) => self.maintenance(None),
            ("maintenance", Some(seconds)) => self.maintenance(Some(words::seconds(seconds)?)),
            ("up", None) => self.maintenance_over(),
            ("forget-limits", None) => self.forget_rate_limits(),
            ("password", Some(user)) => {
                self.users.iter().find(|one| one.name == user)?;
                self.change_password(user);
            }
            ("keys", Some(whose)) => {
                let (user, what) = whose.split_once(':')?;
                self.turn_keys(user, what)?;
            }
            _ if self.rules.order(word, detail).is_some() => {}
            _ => {
                let (fault, times) = words::fault_and_times(what)?;
                self.faults.put(None, fault, times);
            }
        }
        Some(())
    }

    fn node_deed(&mut self, name: &str, what: &str) -> Option<()> {
        let node = self.node(name);
        match words::split(what) {
            ("none", None) => node.down(None),
            ("refuses", None) => node.down(NodeTrouble::Refuses),
            ("unreachable", None) => node.down(NodeTrouble::Unreachable),
            ("hangs", None) => node.down(NodeTrouble::Hangs),
            ("answers", Some(status)) => node.down(NodeTrouble::Answers(status.parse().ok()?)),
            ("maintenance", None) => node.set_maintenance(true),
            ("usable", None) => node.set_maintenance(false),
            ("restart", None) => self.restart_node(name),
            ("rekey", None) => node.rekey(),
            ("address", Some("none")) => node.set_address(None),
            ("address", Some(url)) => node.set_address(Some(url)),
            ("origin", Some(origin)) => node.allow_origin(origin),
            ("manners", Some(which)) => node.set_manners(words::manners(which)?),
            _ => return None,
        }
        Some(())
    }

    fn server_deed(&mut self, name: &str, what: &str) -> Option<()> {
        let (word, detail) = words::split(what);
        match (word, detail) {
            ("drop-sockets", None) => {
                self.cut_sockets(name);
                return Some(());
            }
            ("close-sockets", Some(how)) => {
                let (code, reason) = words::closing(how)?;
                self.close_sockets(name, code, &reason);
                return Some(());
            }
            ("tokens-expire", left) => {
                self.tokens_expire_in(name, words::seconds(left.unwrap_or("0"))?);
                return Some(());
            }
            ("delete", None) => {
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
            _ => {
                let (fault, times) = words::fault_and_times(what)?;
                server.faults.put(None, fault, times);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Fault, Manners, PowerState, Rules, ServerSpec, SocketFault};

    fn world() -> World {
        let mut world = World::new(Rules::default());
        world.add_user("alice", false);
        world.add_server(ServerSpec::new("My Game", "alice", "one"));
        world
    }

    /// Every word of the help that is typed as it stands, with something for what is left to fill in.
    fn words_of_the_help() -> Vec<String> {
        let filled = [
            ("MILLISECONDS", "1"),
            ("FAULT", "error"),
            ("STATUS", "502"),
            ("BYTES", "9"),
            ("SECONDS", "2.5"),
            ("MS", "5"),
            ("REQUESTS", "5"),
            ("NUMBER", "5"),
            ("CODE", "4409"),
            ("REASON", "why not"),
            ("USER", "alice"),
            ("URL", "https://example.com"),
            ("EXIT", "137"),
        ];
        let mut all = Vec::new();
        for line in ORDERS
            .lines()
            .skip_while(|line| !line.starts_with("  FAULT"))
        {
            // Headings are not indented as far.
            let Some(words) = line.get(9..).filter(|_| !line.starts_with("at ")) else {
                continue;
            };
            for word in words.split_whitespace() {
                let mut whole = word.to_owned();
                for (from, to) in filled {
                    whole = whole.replace(from, to);
                }
                // With what may be left out, and without.
                let optional = whole.split_once('[').map(|(word, _)| word.to_owned());
                let whole = whole.replace(['[', ']'], "");
                let choices = whole
                    .rsplit_once(':')
                    .map_or((None, &*whole), |(one, rest)| (Some(one), rest));
                for choice in choices.1.split('|') {
                    all.push(
                        choices
                            .0
                            .map_or(choice.to_owned(), |one| format!("{one}:{choice}")),
                    );
                }
                all.extend(optional);
            }
        }
        all
    }

    #[test]
    fn every_order_in_the_help_is_understood() {
        let all = words_of_the_help();
        assert!(all.len() > 100, "{}", all.len());
        for word in all {
            let places = [
                "My Game",
                "panel",
                "node:one",
                "My Game/socket",
                "My Game/power",
            ];
            let understood = places.map(|place| world().order(&format!("{place}={word}")).is_ok());
            assert!(understood.contains(&true), "{word}");
        }
        for call in Call::ALL {
            assert!(ORDERS.contains(call.as_str()), "{call:?}");
            for place in ["panel", "My Game"] {
                let order = format!("{place}/{}=times:2:late:5:error", call.as_str());
                assert_eq!(world().order(&order), Ok(()), "{order}");
            }
        }
    }

    #[test]
    fn orders_do_what_they_say() {
        let mut world = world();
        world.order("My Game=start").unwrap();
        world.advance(Duration::from_secs(60));
        assert_eq!(world.server("My Game").state(), PowerState::Running);
        world.order(" My Game = oom ").unwrap();
        assert_eq!(world.server("My Game").state(), PowerState::Offline);
        let met = |world: &mut World, call| world.server("My Game").faults.meet(call);
        world.order("My Game=slow:250").unwrap();
        let slow = Fault::Slow(Duration::from_millis(250));
        assert_eq!(met(&mut world, Call::View), Some(slow));
        world.order("My Game=none").unwrap();
        assert_eq!(met(&mut world, Call::View), None);
        world.order("My Game/power=once:reset").unwrap();
        assert_eq!(met(&mut world, Call::View), None);
        assert_eq!(met(&mut world, Call::Power), Some(Fault::Reset));
        assert_eq!(met(&mut world, Call::Power), None);
        world.order("My Game/socket=closed:4409:why").unwrap();
        let closed = SocketFault::Closed(4409, "why".to_owned());
        assert_eq!(world.server("My Game").socket_fault, Some(closed));
        world.order("My Game/socket=none").unwrap();
        assert_eq!(world.server("My Game").socket_fault, None);
        world.order("node:one=manners:rs").unwrap();
        assert_eq!(world.manners_of(0), Manners::WingsRs);
        world.order("panel=cache:0").unwrap();
        assert_eq!(world.rules.cache_for, Duration::ZERO);
        let to = "https://panel.example.com:8443";
        world.order(&format!("panel=redirect:{to}")).unwrap();
        let moved = Fault::RedirectTo(to.to_owned());
        assert_eq!(world.faults.meet(Call::List), Some(moved));
    }

    #[test]
    fn what_is_not_understood_changes_nothing() {
        let mut world = world();
        assert_eq!(world.order("crash"), Err(BadOrder::Shape));
        for nowhere in ["Nobody", "Nobody/power", "My Game/nothing", "panel/socket"] {
            let order = format!("{nowhere}=error");
            let bad = BadOrder::Where(nowhere.to_owned());
            assert_eq!(world.order(&order), Err(bad));
        }
        for order in [
            "My Game=explode",
            "My Game=slow:soon",
            "My Game/socket=slow:5",
            "My Game/power=oom",
            "My Game=late:5:explode",
            "My Game=proxy:99",
            "node:one=crash",
            "panel=oom",
            "panel=serv:perhaps",
        ] {
            assert!(
                matches!(world.order(order), Err(BadOrder::What(_))),
                "{order}"
            );
        }
        assert_eq!(world.server("My Game").faults.meet(Call::Power), None);
    }
}
