//! People and programs of the evening: the person with the tray, others on the panel, the administrator, and crashes.
//!
//! They know nothing of the store; the person presses what a person might.

use super::{
    dice::Dice,
    machine::{Cause, Power},
    world::{Due, World},
};
use crate::{
    action::Action,
    event::{Event, LiveNews},
    settings::{AlertRule, LiveUpdates, PauseLength, QuietHours, SettingsChange, Thresholds},
};
use pterodactyl_client::{PowerSignal, ServerStatus, live::Why};
use std::time::Duration;

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The person whose tray this is.
    Person,
    /// Somebody else with the same servers.
    Neighbour,
    Admin,
    /// A program dies.
    Crash,
    /// The same program dies once more.
    CrashAgain(usize),
    /// Somebody else's browser shows a server, and so fills the panel's cache.
    Browser,
    /// The person wants to hear everything again.
    Resumes,
    /// A program dies at this moment.
    Dies(usize),
    /// A polled server dies, and its node does not restart it.
    DiesForGood,
    /// Somebody's script restarts a server.
    Restarts(usize),
}

const SIGNALS: [PowerSignal; 4] = [
    PowerSignal::Start,
    PowerSignal::Stop,
    PowerSignal::Restart,
    PowerSignal::Kill,
];

impl World {
    /// The first time for everybody; each says when it comes back.
    pub(super) fn invite(&mut self) {
        for who in [
            Who::Person,
            Who::Neighbour,
            Who::Admin,
            Who::Crash,
            Who::Browser,
        ] {
            self.again(who);
        }
    }

    fn again(&mut self, who: Who) {
        let gap = match who {
            Who::Person => self.dice.seconds(30, 400),
            Who::Neighbour => self.dice.seconds(30, 300),
            Who::Admin => self.dice.seconds(90, 900),
            Who::Crash => self.dice.seconds(60, 500),
            Who::Browser => self.dice.seconds(3, 15),
            Who::CrashAgain(_)
            | Who::Resumes
            | Who::Dies(_)
            | Who::DiesForGood
            | Who::Restarts(_) => return,
        };
        self.queue.put(self.at + gap, Due::People(who));
    }

    pub(super) fn people(&mut self, who: Who) {
        match who {
            Who::Person => self.person(),
            Who::Neighbour => {
                let server = self.dice.below(self.servers.len());
                let signal = self.dice.pick(&SIGNALS);
                if self.is_free(server) {
                    self.tell(server, || format!("somebody else sends {signal:?}"));
                    self.order(server, signal, Cause::Other);
                }
            }
            Who::Admin => self.administer(),
            Who::Crash => self.crash_any(),
            Who::CrashAgain(server) | Who::Dies(server) => self.crash(server),
            Who::Resumes => self.apply(Event::Asked {
                ask: None,
                action: Action::ResumeAlerts,
            }),
            Who::DiesForGood => self.polled_one_dies(),
            Who::Restarts(server) => self.order(server, PowerSignal::Restart, Cause::Other),
            Who::Browser => {
                let server = self.dice.below(self.servers.len());
                if !self.is_blocked(server) {
                    self.browse_server(server);
                }
            }
        }
        self.again(who);
    }

    fn is_free(&self, server: usize) -> bool {
        let known = &self.servers[server];
        known.gone.is_none() && known.status == ServerStatus::Normal && !known.transferring
    }

    fn person(&mut self) {
        let action = match self.dice.below(12) {
            11 => self.wish_of_alerts(),
            0 => Action::Refresh,
            1 | 2 => Action::ChangeSettings {
                change: self.wish(),
            },
            3 if self.dice.percent(30) => return self.renew_key(),
            3 => {
                let server = self.dice.below(self.servers.len());
                let server = self.servers[server].id.clone();
                Action::BringBack { server }
            }
            _ => {
                let server = self.dice.below(self.servers.len());
                let signal = self.dice.pick(&SIGNALS);
                self.tell(server, || format!("the person presses {signal:?}"));
                let server = self.servers[server].id.clone();
                Action::Power { server, signal }
            }
        };
        self.apply(Event::Asked { ask: None, action });
    }

    /// Another key of the same account takes the place of a panel's.
    fn renew_key(&mut self) {
        let panel = self.dice.below(self.panels.len());
        let settings = self.state.snapshot(self.now()).settings;
        let Some(settings) = settings.panels.into_iter().nth(panel) else {
            return;
        };
        self.story
            .tell(self.at, || format!("panel {panel} gets another key"));
        // All is asked anew, and what the old watch had in hand is lost.
        let felt = Duration::from_secs(120);
        self.panels[panel].calm.ripple(self.at, felt);
        self.apply(Event::KeyKept {
            ask: None,
            panel: settings,
        });
    }

    fn wish(&mut self) -> SettingsChange {
        let live = [LiveUpdates::Automatic, LiveUpdates::All, LiveUpdates::Off];
        let change = SettingsChange {
            live_updates: self.dice.percent(60).then(|| self.dice.pick(&live)),
            poll_seconds: self.dice.percent(30).then(|| self.dice.pick(&[21, 30, 45])),
            allow_force_stop: self.dice.percent(40).then(|| self.dice.percent(50)),
            ..SettingsChange::default()
        };
        self.story
            .tell(self.at, || format!("the person wants {change:?}"));
        change
    }

    /// Rules, silences and thresholds: what is told from now on has to keep to them.
    fn wish_of_alerts(&mut self) -> Action {
        let server = self.dice.below(self.servers.len());
        let server = self.servers[server].id.clone();
        let action = match self.dice.below(6) {
            0 | 1 => Action::SetAlertRule {
                server,
                rule: self
                    .dice
                    .percent(70)
                    .then(|| self.dice.pick(&AlertRule::ALL)),
            },
            2 => Action::Hide {
                server,
                hidden: self.dice.percent(40),
            },
            3 => Action::PauseAlerts {
                length: PauseLength::UntilResumed,
            },
            4 => Action::ResumeAlerts,
            _ => {
                let change = self.change_of_alerts();
                Action::ChangeSettings { change }
            }
        };
        // What waits for the log or for its minute may be silent now.
        self.story
            .tell(self.at, || format!("the person wants {action:?}"));
        if let Action::PauseAlerts { .. } = action {
            let after = self.dice.seconds(30, 300);
            self.queue.put(self.at + after, Due::People(Who::Resumes));
        }
        action
    }

    fn change_of_alerts(&mut self) -> SettingsChange {
        let minute = self.now().minute_of_day();
        let quiet = QuietHours {
            on: self.dice.percent(50),
            from: minute,
            to: (minute + 10) % (24 * 60),
        };
        let percent = |dice: &mut Dice| dice.percent(60).then_some(10);
        let thresholds = Thresholds {
            cpu_percent: percent(&mut self.dice),
            memory_percent: percent(&mut self.dice),
            disk_percent: None,
            minutes: 1,
        };
        let loud = [AlertRule::EveryStop, AlertRule::AlsoBack];
        SettingsChange {
            alert_rule: self.dice.percent(30).then(|| self.dice.pick(&loud)),
            quiet_hours: self.dice.percent(30).then_some(quiet),
            thresholds: self.dice.percent(50).then_some(thresholds),
            ..SettingsChange::default()
        }
    }

    fn crash_any(&mut self) {
        let server = self.dice.below(self.servers.len());
        self.crash(server);
        if self.dice.percent(30) {
            let after = self.dice.seconds(25, 55);
            self.queue
                .put(self.at + after, Due::People(Who::CrashAgain(server)));
        }
    }

    pub(super) fn crash(&mut self, server: usize) {
        let at = self.at;
        let known = &mut self.servers[server];
        let Some(coming) = known.machine.crash(at, &mut self.dice) else {
            return;
        };
        self.tell(server, || "crashes".to_owned());
        self.changed_power(server);
        self.announce_crash(server, coming.is_some());
        self.comes(server, coming);
    }

    fn administer(&mut self) {
        let server = self.dice.below(self.servers.len());
        if !self.is_free(server) {
            return;
        }
        match self.dice.below(10) {
            0 | 1 => self.block(server, ServerStatus::Suspended),
            2 => self.block(server, ServerStatus::Installing),
            3 => self.block(server, ServerStatus::InstallFailed),
            4 => self.block(server, ServerStatus::RestoringBackup),
            5 => {
                self.servers[server].transferring = true;
                self.block(server, ServerStatus::Normal);
            }
            6 => {
                self.servers[server].name.push('\'');
                self.servers[server].listed_since = self.at;
            }
            7 => self.remove(server),
            8 => self.revoke(server),
            _ => self.add(),
        }
    }

    fn block(&mut self, server: usize, status: ServerStatus) {
        self.tell(server, || format!("is blocked: {status:?}"));
        let suspended = status == ServerStatus::Suspended;
        self.servers[server].status = status;
        self.servers[server].listed_since = self.at;
        if self.servers[server].machine.power != Power::Offline {
            self.order(server, PowerSignal::Kill, Cause::Admin);
        }
        if suspended {
            let known_after = self.dice.millis(1, 300);
            self.break_socket(server, Why::Dropped, known_after);
        } else {
            self.broadcast(server, LiveNews::Unsettled, None);
        }
        let lasts = self.dice.seconds(20, 900);
        self.queue.put(self.at + lasts, Due::Freed(server));
    }

    /// What blocked it is over. A transfer ends on another node.
    pub(super) fn freed(&mut self, server: usize) {
        self.tell(server, || "is free again".to_owned());
        let panel = self.servers[server].panel;
        if std::mem::take(&mut self.servers[server].transferring) {
            let nodes = self.nodes.iter().enumerate();
            let here: Vec<usize> = nodes
                .filter(|(_, node)| node.panel == panel)
                .map(|(number, _)| number)
                .collect();
            self.servers[server].node = self.dice.pick(&here);
            self.servers[server].cache = None;
            let known_after = self.dice.millis(1, 300);
            self.break_socket(server, Why::Moved, known_after);
        }
        let known = &mut self.servers[server];
        known.status = ServerStatus::Normal;
        known.listed_since = self.at;
        self.broadcast(server, LiveNews::Unsettled, None);
    }

    /// Somebody who was let in may only look and press from now on.
    fn revoke(&mut self, server: usize) {
        if self.servers[server].owner {
            return;
        }
        self.tell(server, || "its console is no longer ours".to_owned());
        let left = ["control.start", "control.stop"];
        self.servers[server].permissions = left.into_iter().collect();
        let known_after = self.dice.millis(1, 300);
        self.break_socket(server, Why::Revoked, known_after);
    }

    fn remove(&mut self, server: usize) {
        let panel = self.servers[server].panel;
        let left = self
            .servers
            .iter()
            .filter(|known| known.panel == panel && known.gone.is_none());
        if left.count() < 3 {
            return;
        }
        self.tell(server, || "is deleted".to_owned());
        self.servers[server].gone = Some(self.at);
        let known_after = self.dice.millis(1, 300);
        self.break_socket(server, Why::Dropped, known_after);
    }

    fn add(&mut self) {
        let panel = self.dice.below(self.panels.len());
        if self
            .servers
            .iter()
            .filter(|known| known.panel == panel)
            .count()
            < 40
        {
            let server = self.add_server(panel);
            self.tell(server, || "is added".to_owned());
        }
    }
}
