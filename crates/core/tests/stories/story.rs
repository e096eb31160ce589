//! A small evening told step by step: what happens, what is shown, what is ordered.
//!
//! Judges nothing, and time passes only when it is told to.

mod lines;
mod looks;

use pterodactyl_client::{
    Error, Limits, Permissions, PowerState, Resources, Server, ServerStatus, ServerView as View,
    live::Crash,
};
use pterotray_core::{
    Action, Alert, Desktop, Drive, Effect, Event, Logged, Now, PanelId, PowerSignal, ServerId,
    Silence, State, Subject,
    settings::{AlertRule, KeyPlace, PanelSettings, Settings, SettingsChange},
};
use std::time::Duration;

pub(crate) struct Story {
    pub(crate) state: State,
    pub(crate) now: Now,
    pub(crate) effects: Vec<Effect>,
    pub(crate) listed: Vec<Server>,
    /// What the activity log answers, at once; `None` never answers.
    pub(crate) log: Option<Vec<Logged>>,
    /// Everything that was told so far, and when.
    pub(crate) told: Vec<(Now, Alert)>,
    /// Everything that was taken back so far.
    pub(crate) taken_back: Vec<Subject>,
    /// Everything of which more became known so far.
    pub(crate) amended: Vec<Alert>,
    /// Everything that was not told so far, and why.
    pub(crate) hushed: Vec<(Subject, Silence)>,
}

pub(crate) fn panel() -> PanelId {
    PanelId("home".into())
}

pub(crate) fn id(name: &str) -> ServerId {
    ServerId {
        panel: panel(),
        uuid: format!("uuid-of-{}", name.to_lowercase()),
    }
}

pub(crate) fn server(name: &str) -> Server {
    Server {
        uuid: id(name).uuid,
        identifier: format!("{:0<8}", name.to_lowercase())
            .chars()
            .take(8)
            .collect(),
        name: name.into(),
        node: "node-1".into(),
        node_maintenance: false,
        description: String::new(),
        limits: Limits {
            memory_mib: 4096,
            swap_mib: 0,
            disk_mib: 10_240,
            cpu_percent: 200,
        },
        status: ServerStatus::Normal,
        transferring: false,
        owner: true,
        allocation: None,
    }
}

pub(crate) fn resources(state: PowerState, uptime: Duration) -> Resources {
    Resources {
        state,
        suspended: false,
        memory_bytes: 2_254_857_830,
        cpu_percent: 23.1,
        disk_bytes: 3_328_599_654,
        network_rx_bytes: 1,
        network_tx_bytes: 1,
        uptime_ms: u64::try_from(uptime.as_millis()).unwrap(),
    }
}

/// What a node reports of a server that was killed for want of memory.
pub(crate) fn out_of_memory() -> Crash {
    Crash {
        exit_code: Some(137),
        out_of_memory: Some(true),
    }
}

impl Story {
    /// A panel in the settings whose key is being fetched.
    pub(crate) fn waiting_for_its_key() -> Story {
        let settings = Settings {
            panels: vec![PanelSettings {
                id: panel(),
                name: "Home".into(),
                url: "https://panel.example.com".into(),
                key_place: KeyPlace::Keyring,
                show_others: false,
                trust: None,
                admin: false,
            }],
            ..Settings::default()
        };
        let mut story = Story {
            state: State::new(false),
            now: Now {
                mono: Duration::ZERO,
                wall_ms: 1_795_000_000_000,
                utc_offset: 0,
            },
            effects: Vec::new(),
            listed: Vec::new(),
            log: Some(Vec::new()),
            told: Vec::new(),
            taken_back: Vec::new(),
            amended: Vec::new(),
            hushed: Vec::new(),
        };
        story.happens(Event::Started {
            settings: Box::new(settings),
            environment: None,
            problems: Vec::new(),
        });
        story
    }

    /// A panel in the settings whose key is at hand; nothing has answered yet.
    pub(crate) fn begun() -> Story {
        let mut story = Story::waiting_for_its_key();
        story.happens(Event::KeyLoaded {
            panel: panel(),
            tail: "abcd".into(),
        });
        story
    }

    /// The same, with these servers listed and not yet read.
    pub(crate) fn listing(names: &[&str]) -> Story {
        let mut story = Story::begun();
        story.listed = names.iter().map(|name| server(name)).collect();
        story.list();
        story
    }

    /// One server, read once in this state.
    pub(crate) fn with(name: &str, state: PowerState) -> Story {
        let mut story = Story::listing(&[name]);
        story.reads(name, state);
        story
    }

    /// Something happens; its effects replace those of the step before.
    pub(crate) fn happens(&mut self, event: Event) -> &mut Story {
        self.effects = self.apply(event);
        self
    }

    /// The same, with what the activity log answers.
    fn apply(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = self.state.apply(self.now, event);
        let asked = |effect: &Effect| match effect {
            Effect::Drive(Drive::Log(server)) => Some(server.clone()),
            _ => None,
        };
        let asked: Vec<ServerId> = effects.iter().filter_map(asked).collect();
        if let Some(entries) = self.log.clone() {
            for server in asked {
                let entries = entries.clone();
                let answer = Event::Logged { server, entries };
                effects.extend(self.state.apply(self.now, answer));
            }
        }
        for effect in &effects {
            match effect {
                Effect::Desktop(Desktop::Alert(alert)) => self.told.push((self.now, alert.clone())),
                Effect::Desktop(Desktop::Amend(alert)) => self.amended.push(alert.clone()),
                Effect::Desktop(Desktop::Withdraw(about)) => self.taken_back.push(about.clone()),
                Effect::Hushed { about, why } => self.hushed.push((about.clone(), *why)),
                _ => {}
            }
        }
        effects
    }

    /// Another key takes the place of the panel's, and is at hand.
    pub(crate) fn gets_another_key(&mut self) -> &mut Story {
        let settings = self.snapshot().settings.panels[0].clone();
        self.happens(Event::KeyKept {
            ask: None,
            panel: settings,
        });
        self.happens(Event::KeyLoaded {
            panel: panel(),
            tail: "wxyz".into(),
        })
    }

    /// A person changes a setting.
    pub(crate) fn chooses(&mut self, change: SettingsChange) -> &mut Story {
        self.press(Action::ChangeSettings { change })
    }

    pub(crate) fn rule(&mut self, name: &str, rule: AlertRule) -> &mut Story {
        self.press(Action::SetAlertRule {
            server: id(name),
            rule: Some(rule),
        })
    }

    pub(crate) fn list(&mut self) -> &mut Story {
        let servers = self.listed.clone();
        self.happens(Event::Listed {
            panel: panel(),
            servers,
        })
    }

    /// The list says something else of a server.
    pub(crate) fn relists(&mut self, name: &str, change: impl FnOnce(&mut Server)) -> &mut Story {
        let uuid = id(name).uuid;
        change(
            self.listed
                .iter_mut()
                .find(|server| server.uuid == uuid)
                .unwrap(),
        );
        self.list()
    }

    /// Time passes. Deadlines on the way come true one by one.
    pub(crate) fn later(&mut self, seconds: u64) -> &mut Story {
        let end = self.now.plus(Duration::from_secs(seconds));
        let mut effects = Vec::new();
        while let Some(at) = self
            .state
            .next_deadline(self.now)
            .filter(|at| *at <= end.mono)
        {
            self.now = self.now.plus(at.saturating_sub(self.now.mono));
            effects.extend(self.apply(Event::TimeReached));
        }
        self.now = end;
        self.effects = effects;
        self
    }

    /// A part of a second passes.
    pub(crate) fn soon(&mut self) -> &mut Story {
        self.now = self.now.plus(Duration::from_millis(20));
        self
    }

    /// An answer that was asked for so many seconds ago.
    pub(crate) fn reads_asked(
        &mut self,
        name: &str,
        seconds_ago: u64,
        resources: Resources,
    ) -> &mut Story {
        let ago = Duration::from_secs(seconds_ago);
        let asked = Now {
            mono: self.now.mono.saturating_sub(ago),
            wall_ms: self.now.wall_ms - i64::try_from(seconds_ago).unwrap() * 1000,
            ..self.now
        };
        self.happens(Event::ResourcesRead {
            server: id(name),
            asked,
            resources,
        })
    }

    pub(crate) fn reads(&mut self, name: &str, state: PowerState) -> &mut Story {
        let up = matches!(state, PowerState::Running | PowerState::Starting);
        let uptime = if up {
            self.now.mono + Duration::from_secs(600)
        } else {
            Duration::ZERO
        };
        self.reads_with(name, resources(state, uptime))
    }

    pub(crate) fn reads_with(&mut self, name: &str, resources: Resources) -> &mut Story {
        self.happens(Event::ResourcesRead {
            server: id(name),
            asked: self.now,
            resources,
        })
    }

    pub(crate) fn fails(&mut self, name: &str, error: Error) -> &mut Story {
        self.happens(Event::ResourcesFailed {
            server: id(name),
            error,
        })
    }

    pub(crate) fn list_fails(&mut self, error: Error) -> &mut Story {
        self.happens(Event::ListFailed {
            panel: panel(),
            error,
        })
    }

    pub(crate) fn views(&mut self, name: &str, permissions: &[&str]) -> &mut Story {
        let view = Box::new(View {
            server: Server {
                owner: false,
                ..server(name)
            },
            owner: false,
            permissions: permissions.iter().copied().collect::<Permissions>(),
        });
        self.happens(Event::Viewed {
            server: id(name),
            view,
        })
    }

    /// A person presses something in tray or notification.
    pub(crate) fn press(&mut self, action: Action) -> &mut Story {
        self.happens(Event::Asked { ask: None, action })
    }

    pub(crate) fn power(&mut self, name: &str, signal: PowerSignal) -> &mut Story {
        self.press(Action::Power {
            server: id(name),
            signal,
        })
    }

    /// The panel takes the signal that was sent.
    pub(crate) fn taken(&mut self, name: &str, signal: PowerSignal) -> &mut Story {
        self.happens(Event::PowerTaken {
            ask: None,
            server: id(name),
            signal,
        })
    }

    /// The computer sleeps: only the wall clock goes on.
    pub(crate) fn sleeps(&mut self, seconds: u32) -> &mut Story {
        self.now.wall_ms += i64::from(seconds) * 1000;
        self
    }
}
