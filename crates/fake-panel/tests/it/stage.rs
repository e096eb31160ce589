//! Where a transcript is played: its people, their sockets, and what somebody does elsewhere meanwhile. Never compares.

use std::collections::BTreeMap;
use std::time::Duration;

use fake_panel::{FakePanel, Flavour, Manners, Rules, TokenSpec, World};

use crate::ear::{Ear, Heard};
use crate::recorded_world::{self, Keys};
use crate::recording::Generation;
use crate::script::{self, Line, What};
use crate::wire;

/// What everybody has heard, by socket.
pub(crate) type All = BTreeMap<String, Vec<String>>;

struct Stage {
    panel: FakePanel,
    key: String,
    user: String,
    ears: BTreeMap<String, Ear>,
    heard: All,
    /// The first token of each, by user and server.
    tokens: BTreeMap<(String, String), String>,
    servers: BTreeMap<String, String>,
    backup: String,
    old: bool,
}

/// Plays the client's side of a transcript; what is heard.
pub(crate) async fn play(mut world: World, keys: Keys, text: &str, lines: &[Line]) -> All {
    add_missing(&mut world, lines);
    begin(&mut world, lines);
    let user = text
        .lines()
        .find_map(|line| line.strip_prefix("# as: key_"));
    let user = user.and_then(|rest| rest.split([' ', ',']).next());
    let mut stage = Stage {
        panel: FakePanel::start(world).await.unwrap(),
        key: keys.alice,
        user: user.unwrap_or("alice").to_owned(),
        ears: BTreeMap::new(),
        heard: BTreeMap::new(),
        tokens: BTreeMap::new(),
        servers: BTreeMap::new(),
        backup: String::new(),
        old: keys.generation == Generation::Old,
    };
    for line in lines {
        let now = stage.panel.with(|world| world.now());
        stage.panel.skip(line.at.saturating_sub(now));
        stage.act(line).await;
        stage.settle().await;
    }
    let heard = stage.heard.into_iter();
    heard
        .map(|(who, heard)| (who, script::tidy(heard)))
        .filter(|(_, heard)| !heard.is_empty())
        .collect()
}

/// The recorded machine's speed, in a world whose time moves by being skipped only, or as good as.
pub(crate) fn rules(generation: Generation, name: &str) -> Rules {
    let mut rules = Rules {
        clock: 0.001,
        boot_takes: Duration::from_millis(2_550),
        stop_takes: Duration::from_millis(1_060),
        crash_restart_after: Duration::from_millis(440),
        backup_takes: Duration::from_millis(40),
        ..recorded_world::rules(generation)
    };
    rules.manners = match name {
        name if name.starts_with("w111-") => Manners::Wings1_11,
        name if name.starts_with("w112-") => Manners::Wings1_12,
        _ if generation == Generation::Old => Manners::Wings1_11,
        _ => Manners::Wings1_13,
    };
    if name.starts_with("p111-") {
        // The old panel's servers have other numbers, which are of no importance here.
        rules.flavour = Flavour::Pterodactyl1_11;
    }
    rules
}

/// Servers that were made for one transcript only.
fn add_missing(world: &mut World, lines: &[Line]) {
    for line in lines {
        let What::Connects(uuid) = &line.what else {
            continue;
        };
        if world.find_server(uuid).is_none() {
            let mut spec = fake_panel::ServerSpec::new(uuid, "alice", "node-live");
            spec.uuid = Some(uuid.clone());
            world.add_server(spec);
        }
    }
}

/// The first state that is heard is the one it begins in.
fn begin(world: &mut World, lines: &[Line]) {
    let mut uuid = "";
    let mut status = None;
    for line in lines {
        match &line.what {
            What::Done(what) if what == "detail status: installing" => status = Some("installing"),
            What::Connects(to) => {
                uuid = to;
                if status.is_some() {
                    world.server(uuid).set_status(status);
                }
            }
            What::Hears(heard) if crate::ear::short(heard) == "status: running" => {
                world.server(uuid).been_running_for(Duration::from_secs(9));
                return;
            }
            What::Hears(heard) if crate::ear::short(heard).starts_with("status") => return,
            What::Hears(_) | What::Sends(_) | What::Ends(_) | What::Closes | What::Done(_) => {}
        }
    }
}

impl Stage {
    async fn settle(&mut self) {
        // Working on an `auth` takes its time.
        self.panel.skip(Duration::from_micros(1_100));
        for (who, ear) in &mut self.ears {
            ear.settle().await;
            let heard = ear.take();
            let own = self.heard.entry(who.clone()).or_default();
            own.extend(heard.iter().filter_map(script::essence));
        }
        self.ears.retain(|_, ear| !ear.has_ended());
    }

    async fn act(&mut self, line: &Line) {
        match &line.what {
            What::Connects(uuid) => {
                let own = self.panel.url();
                let opened = Ear::open(&self.panel, uuid, Some(&own)).await;
                self.servers.insert(line.who.clone(), uuid.clone());
                if let Ok(ear) = opened {
                    self.ears.insert(line.who.clone(), ear);
                }
            }
            What::Sends(frame) => {
                let text = self.frame(&line.who, frame);
                if let Some(ear) = self.ears.get_mut(&line.who) {
                    ear.send_text(&text).await;
                }
            }
            What::Closes => {
                self.settle().await;
                self.ears.remove(&line.who);
            }
            What::Done(what) => self.elsewhere(what).await,
            What::Hears(heard) => self.install(&line.who, heard),
            What::Ends(_) => {}
        }
    }

    /// A frame as sent: the recording shows tokens in words.
    fn frame(&mut self, who: &str, recorded: &str) -> String {
        let token = match recorded.strip_prefix("auth ") {
            Some(words) => words.trim_matches(['<', '>']).to_owned(),
            None if recorded.contains("\"<jwt>\"") => "jwt".to_owned(),
            None => return recorded.to_owned(),
        };
        let token = self.token(who, &token);
        serde_json::json!({"event": "auth", "args": [token]}).to_string()
    }

    fn token(&mut self, who: &str, words: &str) -> String {
        let user = match who.split('/').next() {
            Some(name @ ("bob" | "alice" | "admin")) => name.to_owned(),
            // The owner, on another server of the node.
            Some("other-server") => "alice".to_owned(),
            _ => self.user.clone(),
        };
        let user = if user == "various" {
            "alice".to_owned()
        } else {
            user
        };
        let uuid = self.servers[who].clone();
        let mint = |server: &str, change: &dyn Fn(&mut TokenSpec)| {
            self.panel.with(|world| world.mint(server, &user, change))
        };
        let known = (user.clone(), uuid.clone());
        match words {
            "garbage" => "garbage".to_owned(),
            "\"\"" => String::new(),
            "jwt bad signature" => format!("{}x", mint(&uuid, &|_| {})),
            // Made in a way that this node could not read at all; `w111-ws-tokens` has a good one.
            "jwt nbf in 10 min" => "garbage".to_owned(),
            "jwt expired 5 s ago" if self.old => "garbage".to_owned(),
            "jwt expired 5 s ago" => mint(&uuid, &|spec| spec.issued_ago = spec.lives + five()),
            "jwt without websocket.connect" => mint(&uuid, &|spec| {
                spec.permissions = vec!["control.start".to_owned()];
            }),
            "jwt without scope" => mint(&uuid, &|spec| spec.scope = None),
            "jwt scope file-upload" => {
                mint(&uuid, &|spec| spec.scope = Some("file-upload".to_owned()))
            }
            "jwt scope \"file-upload websocket\"" => mint(&uuid, &|spec| {
                spec.scope = Some("file-upload websocket".to_owned());
            }),
            "jwt of another server" => mint("Live Unlimited", &|_| {}),
            "old jwt" | "same jwt" => self.tokens[&known].clone(),
            "new jwt" | "fresh jwt" => mint(&uuid, &|_| {}),
            words if words.starts_with("jwt that expires in ") => {
                let seconds = words.split(' ').nth(4).unwrap().parse().unwrap();
                mint(&uuid, &|spec| spec.lives = Duration::from_secs(seconds))
            }
            "jwt" | "jwt of admin" => {
                let token = mint(&uuid, &|_| {});
                self.tokens.entry(known).or_insert(token).clone()
            }
            other => panic!("no token is called {other:?}"),
        }
    }

    /// There is no installation script here: what it said is said again. Who hears it is up to the node.
    fn install(&self, who: &str, heard: &Heard) {
        let Heard::Frame(frame) = heard else { return };
        let event = frame["event"].as_str().unwrap_or_default();
        let text = frame["args"][0].as_str().unwrap_or_default();
        if event == "install output" || text.starts_with("Starting installation") {
            let uuid = &self.servers[who];
            let with = |world: &mut World| world.server(uuid).send_event(event, &[text]);
            self.panel.with(with);
        }
    }

    /// What somebody else did meanwhile.
    async fn elsewhere(&mut self, what: &str) {
        let server = self.servers.values().next().cloned().unwrap_or_default();
        let with = |change: &dyn Fn(&mut World)| self.panel.with(|world| change(world));
        match what {
            _ if what.starts_with("panel power start") || what.starts_with("REST power start") => {
                with(&|world| world.server(&server).start());
            }
            _ if what.starts_with("REST power kill") => with(&|world| world.server(&server).kill()),
            _ if what.starts_with("suspend (") => {
                with(&|world| world.server(&server).set_status(Some("suspended")));
            }
            _ if what.starts_with("unsuspend (") => {
                with(&|world| world.server(&server).set_status(None));
            }
            "delete (204, None)" if self.backup.is_empty() => {
                with(&|world| world.remove_server(&server));
            }
            _ if what.starts_with("owner widens") => with(&|world| {
                let may = ["websocket.connect", "control.start", "control.stop"];
                world.add_subuser(&server, "bob", &may);
            }),
            _ if what.starts_with("only control.start left") => {
                with(&|world| world.add_subuser(&server, "bob", &["control.start"]));
            }
            _ if what.starts_with("owner removes") => {
                with(&|world| world.remove_subuser(&server, "bob"));
            }
            _ if what.starts_with("dave changes") => with(&|world| world.change_password("dave")),
            _ if what.starts_with("alice changes") => with(&|world| world.change_password("alice")),
            _ if what.starts_with("create backup") => {
                let path = format!("/api/client/servers/{server}/backups");
                let made = wire::post(&self.panel, &self.key, &path, r#"{"name":"x"}"#).await;
                let made = made.json();
                self.backup = made["attributes"]["uuid"].as_str().unwrap().to_owned();
            }
            _ if what.starts_with("restore (") => {
                let backup = &self.backup;
                let path = format!("/api/client/servers/{server}/backups/{backup}/restore");
                let begun = wire::post(&self.panel, &self.key, &path, "{}").await;
                assert_eq!(begun.status, 204);
            }
            _ => {}
        }
    }
}

fn five() -> Duration {
    Duration::from_secs(5)
}
