//! What answers mean to watch and store, told to both exactly as the real driver does.
//!
//! Only what was true when an answer was made goes further: to the judge, who alone may know it.

use super::{
    answer::{Answer, Good, Question},
    fault::Route,
    server::Measured,
    world::World,
};
use crate::{event::Event, id::ServerId, monitor::watch::Came};
use pterodactyl_client::{Error, Server, live::TokenRefusal};
use std::time::Duration;

impl World {
    /// An answer reaches us.
    pub(super) fn hear(&mut self, answer: Answer) {
        let Answer {
            question,
            came,
            budget,
        } = answer;
        if question.route == Route::Power {
            return self.hear_power(&question, came);
        }
        let watching = &mut self.watching[question.panel];
        if question.watching != watching.number {
            return;
        }
        watching.in_flight -= 1;
        let now = self.now().mono;
        self.watch(question.panel, |watch| watch.learn(now, budget));
        if let Err(error) = &came {
            let (panel, route) = (question.panel, question.route);
            let whose = question.server.map_or_else(
                || format!("panel {panel}"),
                |server| self.servers[server].name.clone(),
            );
            self.story
                .tell(self.at, || format!("{whose}: {route:?} fails: {error}"));
        }
        match (question.route, question.server) {
            (Route::Resources, Some(server)) => self.hear_resources(&question, server, came),
            (Route::View, Some(server)) => self.hear_view(server, came),
            (Route::Log, Some(server)) => self.hear_log(server, came),
            (Route::Token, Some(server)) => {
                let came = came.map(|_| ()).map_err(|error| TokenRefusal::from(&error));
                self.token_came(server, came);
            }
            _ => self.hear_list(question.panel, came),
        }
    }

    fn hear_log(&mut self, server: usize, came: Result<Good, Error>) {
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        let result = came.as_ref().err().map_or(Came::Good, Came::of_server);
        self.watch(panel, |watch| watch.log_done(now, &uuid, result));
        let entries = match came {
            Ok(Good::Log(entries)) => entries,
            Ok(_) | Err(_) => Vec::new(),
        };
        let server = self.servers[server].id.clone();
        self.apply(Event::Logged { server, entries });
    }

    /// Whether the list says anything.
    fn list_done(&mut self, panel: usize, came: Came) -> bool {
        let now = self.now().mono;
        if let Came::TooMany(wait) = came {
            let until = now + wait.unwrap_or(Duration::from_secs(60));
            self.watching[panel].hushed_until = until;
        }
        let pages = self.pages_of(panel);
        let mut counts = false;
        self.watch(panel, |watch| counts = watch.list_done(now, came, pages));
        counts
    }

    fn hear_list(&mut self, number: usize, came: Result<Good, Error>) {
        let panel = self.panels[number].id.clone();
        match came {
            Ok(good) => {
                let servers: Vec<Server> = match good {
                    Good::List(servers) => servers,
                    Good::Resources(_)
                    | Good::Missing(_)
                    | Good::View(_)
                    | Good::Log(_)
                    | Good::Done => Vec::new(),
                };
                if self.list_done(number, Came::Good) {
                    self.apply(Event::Listed { panel, servers });
                }
            }
            Err(error) => {
                if self.list_done(number, Came::of_list(&error)) {
                    self.apply(Event::ListFailed { panel, error });
                }
            }
        }
    }

    fn hear_resources(&mut self, question: &Question, server: usize, came: Result<Good, Error>) {
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        let id: ServerId = self.servers[server].id.clone();
        let read: Result<Box<Measured>, Error> = match came {
            Ok(Good::Resources(measured)) => {
                self.tell(server, || format!("reads {:?}", measured.power));
                self.believe(server, (*measured).clone());
                Ok(measured)
            }
            Ok(Good::Missing(measured)) => Ok(measured),
            Ok(Good::List(_) | Good::View(_) | Good::Log(_) | Good::Done) => return,
            Err(error) => Err(error),
        };
        let restarted = read.as_ref().is_ok_and(|read| self.restarted(server, read));
        let event = match read {
            Ok(measured) => {
                let came = Came::of_resources(&measured.resources);
                self.watch(panel, |watch| watch.resources_done(now, &uuid, came));
                Event::ResourcesRead {
                    server: id,
                    asked: question.asked,
                    resources: measured.resources,
                }
            }
            Err(error) => {
                let came = Came::of_server(&error);
                self.watch(panel, |watch| watch.resources_done(now, &uuid, came));
                Event::ResourcesFailed { server: id, error }
            }
        };
        self.apply(event);
        if restarted {
            self.judge_restart(server);
        }
    }

    fn hear_view(&mut self, server: usize, came: Result<Good, Error>) {
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        let id = self.servers[server].id.clone();
        let (came, event) = match came {
            Ok(Good::View(view)) => (Came::Good, Event::Viewed { server: id, view }),
            Ok(_) => return,
            Err(error) => (Came::of_server(&error), Event::NotViewed { server: id }),
        };
        self.watch(panel, |watch| watch.view_done(now, &uuid, came));
        self.apply(event);
    }

    fn hear_power(&mut self, question: &Question, came: Result<Good, Error>) {
        let (Some(server), Some((ask, signal))) = (question.server, question.power) else {
            return;
        };
        let id = self.servers[server].id.clone();
        self.apply(match came {
            Ok(_) => Event::PowerTaken {
                ask,
                server: id,
                signal,
            },
            Err(error) => Event::PowerRefused {
                ask,
                server: id,
                signal,
                error,
            },
        });
    }
}
