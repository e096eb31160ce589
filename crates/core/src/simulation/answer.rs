//! What the model panel answers, and when (API reference, 4, 5, 8 and 9).

use super::{
    fault::{Effect, Route, Wrong},
    machine::{Cause, Power},
    panel::Counted,
    server::Measured,
    world::{Due, World},
};
use crate::{
    Condition,
    event::{AskId, Logged},
    time::Now,
};
use pterodactyl_client::{
    Budget, ConflictState, Error, PowerSignal, PowerState, Server, ServerView, Unreachable,
};
use std::time::Duration;

/// The panel keeps a node's answer for so long.
const CACHED: Duration = Duration::from_secs(20);

/// A question on its way to a panel.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) panel: usize,
    /// Which watching of the panel it belongs to.
    pub(super) watching: u64,
    pub(super) route: Route,
    pub(super) server: Option<usize>,
    pub(super) asked: Now,
    pub(super) power: Option<(Option<AskId>, PowerSignal)>,
}

/// Its answer on the way back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) question: Question,
    pub(super) came: Result<Good, Error>,
    pub(super) budget: Option<Budget>,
}

/// What a good answer holds.
#[derive(Debug)]
pub(super) enum Good {
    List(Vec<Server>),
    Resources(Box<Measured>),
    /// Pelican's `missing`.
    Missing(Box<Measured>),
    View(Box<ServerView>),
    Log(Vec<Logged>),
    Done,
}

impl World {
    /// A question reaches the panel.
    pub(super) fn arrives(&mut self, question: Question) {
        let back = self.dice.millis(2, 250);
        let (route, server) = (question.route, question.server);
        let struck = self.strike(&question);
        let after_deed = struck
            .as_ref()
            .is_some_and(|(wrong, _)| wrong.after_the_deed());
        let headers = struck.as_ref().is_none_or(|(wrong, _)| wrong.has_headers());
        let pages = self.pages(&question);
        let counted = match headers {
            true => Some(self.panels[question.panel].count(self.at, pages)),
            false => None,
        };
        let budget = match counted {
            Some(Counted::Within(budget)) => Some(budget),
            Some(Counted::Over(_)) | None => None,
        };
        let (came, later) = match (counted, struck) {
            (Some(Counted::Over(wait)), _) => {
                let retry_after = Some(wait);
                (Err(Error::RateLimited { retry_after }), Duration::ZERO)
            }
            (_, Some((_, Effect::Fails(error, later)))) => {
                if route == Route::Power && after_deed && self.dice.percent(50) {
                    // What came of it is never told.
                    let _ = self.good(&question);
                    if let Some(server) = server {
                        self.servers[server].told.unclear = true;
                    }
                }
                (Err(error), later)
            }
            (_, Some((_, Effect::Late(later)))) => {
                let (came, more) = self.good(&question);
                (came, later + more)
            }
            (_, Some((_, Effect::Missing))) if route == Route::Resources => {
                (self.missing(server), Duration::from_secs(1))
            }
            (_, Some((_, Effect::Missing)) | None) => self.good(&question),
        };
        let budget = budget.filter(|_| route != Route::Token);
        let answer = Answer {
            question,
            came,
            budget,
        };
        self.queue.put(
            self.at + (back * pages) + later,
            Due::Answers(Box::new(answer)),
        );
    }

    fn pages(&self, question: &Question) -> u32 {
        if question.route != Route::List {
            return 1;
        }
        u32::try_from(self.pages_of(question.panel)).unwrap_or(1)
    }

    fn strike(&mut self, question: &Question) -> Option<(Wrong, Effect)> {
        let faults = &mut self.panels[question.panel].faults;
        let place = faults
            .iter()
            .position(|fault| fault.meets(question.route, question.server))?;
        let wrong = faults[place].wrong;
        if faults[place].once {
            faults.remove(place);
        }
        let effect = match wrong.strike(&mut self.dice) {
            // The client tells a stumble over one server from one over the whole panel.
            Effect::Fails(
                Error::Broken {
                    status: 500,
                    detail,
                },
                later,
            ) if question.server.is_some() => Effect::Fails(Error::ServerBroken { detail }, later),
            other @ (Effect::Fails(..) | Effect::Late(_) | Effect::Missing) => other,
        };
        Some((wrong, effect))
    }

    fn missing(&self, server: Option<usize>) -> Result<Good, Error> {
        let mut measured = self.measure(server.ok_or(Error::NotFound)?);
        measured.resources.state = PowerState::Missing;
        Ok(Good::Missing(Box::new(measured)))
    }

    pub(super) fn listed(&self, panel: usize) -> impl Iterator<Item = usize> + '_ {
        let there = move |server: &usize| {
            let known = &self.servers[*server];
            known.panel == panel && known.gone.is_none()
        };
        (0..self.servers.len()).filter(there)
    }

    /// The answer when nothing is wrong with the panel, and how much later it comes.
    fn good(&mut self, question: &Question) -> (Result<Good, Error>, Duration) {
        let at_once = |came| (came, Duration::ZERO);
        let Some(server) = question.server else {
            let all = self.listed(question.panel);
            let listed = all.map(|server| self.entry(server)).collect();
            return at_once(Ok(Good::List(listed)));
        };
        if self.servers[server].gone.is_some() {
            return at_once(Err(Error::NotFound));
        }
        if question.route == Route::View {
            let known = &self.servers[server];
            let maintenance = self.nodes[known.node].maintenance;
            return at_once(Ok(Good::View(Box::new(known.view(maintenance)))));
        }
        if question.route == Route::Log {
            return at_once(Ok(Good::Log(self.log(server))));
        }
        if let Some(error) = self.conflict(server) {
            return at_once(Err(error));
        }
        match question.route {
            Route::Resources => self.resources(server),
            Route::Token => at_once(self.token(question.panel, server)),
            Route::Power => self.signal(server, question),
            Route::List | Route::View | Route::Log => at_once(Ok(Good::Done)),
        }
    }

    /// Who stopped it, newest first. What was done over a socket comes a minute late.
    fn log(&self, server: usize) -> Vec<Logged> {
        let machine = &self.servers[server].machine;
        let downs = machine.downs.iter().rev();
        let by_people = downs.filter(|(_, cause)| matches!(cause, Cause::Own | Cause::Other));
        let logged = by_people.map(|(at, _)| Logged {
            at_ms: self.wall_ms(*at),
            signal: if machine.restarts.contains(at) {
                PowerSignal::Restart
            } else {
                PowerSignal::Stop
            },
            actor: None,
        });
        logged.take(10).collect()
    }

    fn entry(&self, server: usize) -> Server {
        let known = &self.servers[server];
        known.listed(self.nodes[known.node].maintenance)
    }

    /// A server that is blocked answers nothing but its view.
    fn conflict(&mut self, server: usize) -> Option<Error> {
        let known = &self.servers[server];
        let block = known.block(self.nodes[known.node].maintenance)?;
        let states = [
            (Condition::Suspended, ConflictState::Suspended),
            (Condition::Maintenance, ConflictState::Maintenance),
            (Condition::Transferring, ConflictState::Transferring),
            (Condition::Restoring, ConflictState::RestoringBackup),
        ];
        let state = states.iter().find(|(word, _)| *word == block);
        let state = state.map_or(ConflictState::Installing, |(_, state)| *state);
        // A translated panel does not say which.
        let state = (!self.dice.percent(10)).then_some(state);
        let detail = String::new();
        Some(Error::Conflict { state, detail })
    }

    fn node_silent(&mut self, server: usize) -> Option<(Error, Duration)> {
        let node = &self.nodes[self.servers[server].node];
        (node.down > 0).then(|| {
            let takes = if node.slowly { 15 } else { 0 };
            let detail = String::new();
            (
                Error::NodeUnreachable { detail },
                Duration::from_secs(takes),
            )
        })
    }

    fn resources(&mut self, server: usize) -> (Result<Good, Error>, Duration) {
        let at = self.at;
        let cached = self.servers[server].cache.clone();
        if let Some(cached) = cached.filter(|cached| cached.at + CACHED > at) {
            return (Ok(Good::Resources(Box::new(cached))), Duration::ZERO);
        }
        if let Some((error, takes)) = self.node_silent(server) {
            return (Err(error), takes);
        }
        let fresh = self.measure(server);
        self.servers[server].cache = Some(fresh.clone());
        (Ok(Good::Resources(Box::new(fresh))), Duration::ZERO)
    }

    /// Somebody else asks the panel for a server's resources.
    pub(super) fn browse_server(&mut self, server: usize) {
        // What they see is their business; what stays is the panel's copy.
        let _ = self.resources(server);
    }

    fn token(&mut self, panel: usize, server: usize) -> Result<Good, Error> {
        let known = &self.servers[server];
        if !known.permissions.may("websocket.connect") {
            let detail = String::new();
            return Err(Error::Forbidden { detail });
        }
        if self.panels[panel].token(self.at, server) {
            Ok(Good::Done)
        } else {
            let retry_after = Some(Duration::from_secs(60));
            Err(Error::ActionLimited { retry_after })
        }
    }

    fn signal(&mut self, server: usize, question: &Question) -> (Result<Good, Error>, Duration) {
        let Some((_, signal)) = question.power else {
            return (Ok(Good::Done), Duration::ZERO);
        };
        if !self.servers[server].permissions.may(signal.permission()) {
            let detail = String::new();
            return (Err(Error::Forbidden { detail }), Duration::ZERO);
        }
        if let Some((error, takes)) = self.node_silent(server) {
            return (Err(error), takes);
        }
        self.tell(server, || format!("the panel takes our {signal:?}"));
        self.order(server, signal, Cause::Own);
        (Ok(Good::Done), Duration::ZERO)
    }

    /// What its node would say of a server at this moment.
    pub(super) fn measure(&self, server: usize) -> Measured {
        let machine = &self.servers[server].machine;
        Measured {
            at: self.at,
            power: machine.power,
            resources: machine.resources(self.at),
        }
    }

    /// The question never reached the panel, or its answer never reached us.
    pub(super) fn lost(question: Question) -> Answer {
        Answer {
            question,
            came: Err(Error::Unreachable(Unreachable::Failed)),
            budget: None,
        }
    }

    /// A change of a server's power, told to whoever listens and looked after.
    pub(super) fn order(&mut self, server: usize, signal: PowerSignal, cause: Cause) {
        let at = self.at;
        let known = &mut self.servers[server];
        let before: Power = known.machine.power;
        let coming = known.machine.order(at, signal, cause, &mut self.dice);
        if known.machine.power != before {
            self.changed_power(server);
        }
        self.comes(server, coming);
    }
}
