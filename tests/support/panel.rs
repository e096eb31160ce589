//! The fake panel with the world of these stories: one owner, one node, some servers.

use crate::wait::until;
use fake_panel::{FakePanel, Fault, NodeTrouble, PowerState, Rules, ServerSpec, World};
use std::time::Duration;

const OWNER: &str = "robin";

/// A running panel.
pub struct Panel {
    fake: FakePanel,
    key: String,
}

impl Panel {
    /// One with these servers, each running for an hour.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn with(servers: &[&str]) -> Panel {
        let rules = Rules {
            // As late as a real node hands it in.
            activity_takes: Duration::from_secs(60),
            ..Rules::quick()
        };
        Panel::of(World::new(rules), servers).await
    }

    /// One whose node says only what it is made to say.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn with_silent_node(servers: &[&str]) -> Panel {
        let rules = Rules {
            stats_every: Duration::from_secs(3600),
            ..Rules::quick()
        };
        Panel::of(World::new(rules), servers).await
    }

    /// One as the world has them, with the cache and the times of a real one.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn as_found(servers: &[String]) -> Panel {
        let names: Vec<&str> = servers.iter().map(String::as_str).collect();
        Panel::of(World::new(Rules::default()), &names).await
    }

    async fn of(mut world: World, servers: &[&str]) -> Panel {
        let key = world.add_user(OWNER, false);
        for name in servers {
            world.add_server(ServerSpec::new(name, OWNER, "node-1"));
            world
                .server(name)
                .been_running_for(Duration::from_secs(3600));
        }
        let fake = FakePanel::start(world).await.expect("a free port");
        Panel { fake, key }
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.fake.url()
    }

    /// How often the list was asked for.
    pub fn lists(&self) -> u64 {
        self.fake.count(fake_panel::Call::List)
    }

    /// How many requests of any kind arrived.
    pub fn requests(&self) -> usize {
        self.fake.requests().len()
    }

    /// How many requests for a signal to this server arrived, answered or not.
    pub fn power_requests_for(&self, server: &str) -> u64 {
        self.fake.count_of(server, fake_panel::Call::Power)
    }

    /// Whether a request waits for its answer at this moment.
    pub fn answers(&self) -> bool {
        self.fake.in_flight() > 0
    }

    /// The owner's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A key of the kind that is for admin tools.
    pub fn application_key(&self) -> String {
        self.fake.with(|world| world.application_key(OWNER))
    }

    /// The key of somebody who may look at this server and do nothing else.
    pub fn onlookers_key(&self, server: &str) -> String {
        self.fake.with(|world| {
            let key = world.add_user("onlooker", false);
            world.add_subuser(server, "onlooker", &["websocket.connect"]);
            key
        })
    }

    /// The key of somebody who sees this server and may not even connect to it.
    pub fn blind_key(&self, server: &str) -> String {
        self.fake.with(|world| {
            let key = world.add_user("guest", false);
            world.add_subuser(server, "guest", &["activity.read"]);
            key
        })
    }

    /// The server writes a line to its console.
    pub fn print(&self, server: &str, line: &str) {
        self.fake.with(|world| world.server(server).print(line));
    }

    /// The key of somebody who may start, stop and restart this server of the owner's.
    pub fn friends_key(&self, server: &str) -> String {
        let may = [
            "websocket.connect",
            "control.start",
            "control.stop",
            "control.restart",
        ];
        self.fake.with(|world| {
            let key = world.add_user("friend", false);
            world.add_subuser(server, "friend", &may);
            key
        })
    }

    /// The owner takes the friend's permissions away, but not the sight of the server.
    pub fn bind_friends_hands(&self, server: &str) {
        self.fake
            .with(|world| world.add_subuser(server, "friend", &["websocket.connect"]));
    }

    /// The key of somebody without any server.
    pub fn strangers_key(&self) -> String {
        self.fake.with(|world| world.add_user("stranger", false))
    }

    /// The owner takes the key back.
    pub fn revoke_key(&self) {
        self.fake.with(|world| world.remove_key(&self.key));
    }

    /// The server prints this on its console.
    pub fn prints(&self, server: &str, line: &str) {
        self.fake.with(|world| world.server(server).print(line));
    }

    /// Carries out an order of the fake panel (`fake_panel::ORDERS`).
    ///
    /// # Panics
    /// When it is not understood.
    pub fn order(&self, order: &str) {
        let done = self.fake.with(|world| world.order(order));
        done.unwrap_or_else(|problem| panic!("{order}: {problem}"));
    }

    /// The node says this to everybody who listens to the server.
    pub fn node_says(&self, server: &str, event: &str, args: &[&str]) {
        self.fake
            .with(|world| world.server(server).send_event(event, args));
    }

    /// The server's process dies.
    pub fn crash(&self, server: &str) {
        self.fake.with(|world| world.server(server).crash());
    }

    /// Somebody starts the server elsewhere.
    pub fn start(&self, server: &str) {
        self.fake.with(|world| world.server(server).start());
    }

    /// The server's process dies, and its node starts it again.
    pub fn crash_and_restart(&self, server: &str) {
        self.fake
            .with(|world| world.server(server).crash_and_restart());
    }

    /// Somebody stops the server in the browser, and the panel's log says who, a minute later.
    pub fn somebody_stops(&self, server: &str, who: &str) {
        self.fake.with(|world| {
            world.add_user(who, false);
            world.log_from_browser(server, who, "server:power.stop");
            world.server(server).stop();
        });
    }

    /// Somebody restarts the server elsewhere.
    pub fn somebody_restarts(&self, server: &str) {
        self.fake.with(|world| world.server(server).restart());
    }

    /// Stops of the server take for ever.
    pub fn stops_for_ever(&self, server: &str) {
        self.fake.with(|world| {
            let server = world.server(server);
            server.hang_on_stop(true);
        });
    }

    /// The only node goes down, or comes back.
    pub fn node_is_down(&self, down: bool) {
        let trouble = down.then_some(NodeTrouble::Refuses);
        self.fake.with(|world| world.node("node-1").down(trouble));
    }

    /// Somebody starts the server elsewhere, and it never gets beyond starting.
    pub fn boots_for_ever(&self, server: &str) {
        self.fake.with(|world| {
            let server = world.server(server);
            server.hang_on_start(true);
            server.start();
        });
    }

    /// The time on the panel's clock.
    pub fn now(&self) -> Duration {
        self.fake.with(|world| world.now())
    }

    /// Nobody gets an answer to a power signal for this long.
    pub fn thinks_about_signals_for(&self, server: &str, length: Duration) {
        self.fake.with(|world| {
            world
                .server(server)
                .fault_on(fake_panel::Call::Power, Some(Fault::Slow(length)));
        });
    }

    /// The panel takes no power signal for it.
    pub fn refuses_signals(&self, server: &str) {
        self.fake.with(|world| {
            world
                .server(server)
                .fault_on(fake_panel::Call::Power, Some(Fault::Forbidden403));
        });
    }

    /// Nobody ever gets an answer to a command for it.
    pub fn swallows_commands(&self, server: &str) {
        self.fake.with(|world| {
            world
                .server(server)
                .fault_on(fake_panel::Call::Command, Some(Fault::NeverAnswer));
        });
    }

    /// How many commands have come for one of its servers.
    pub fn commands_for(&self, server: &str) -> u64 {
        self.fake.count_of(server, fake_panel::Call::Command)
    }

    /// The panel takes power signals for it again.
    pub fn takes_signals(&self, server: &str) {
        self.fake
            .with(|world| world.server(server).fault_on(fake_panel::Call::Power, None));
    }

    /// Somebody stops the server elsewhere.
    pub fn stop(&self, server: &str) {
        self.fake.with(|world| world.server(server).stop());
    }

    /// The names of its servers.
    pub fn servers(&self) -> Vec<String> {
        self.fake.with(|world| {
            let all = world.servers();
            all.iter()
                .map(|uuid| world.server(uuid).name().to_owned())
                .collect()
        })
    }

    /// Something goes wrong with one server.
    pub fn fault(&self, server: &str, fault: Fault) {
        self.fake
            .with(|world| world.server(server).fault(Some(fault)));
    }

    /// What the node says of a server.
    pub fn state(&self, server: &str) -> PowerState {
        self.fake.with(|world| world.server(server).state())
    }

    /// The power signals taken so far, as "signal server".
    pub fn signals(&self) -> Vec<String> {
        let taken = self.fake.power_requests();
        taken
            .iter()
            .map(|one| format!("{} {}", one.signal.as_str(), one.name))
            .collect()
    }

    /// Waits until a server is in a state.
    ///
    /// # Panics
    /// When it does not get there.
    pub async fn until_state(&self, server: &str, state: PowerState) {
        let what = format!("{server} {}", state.as_str());
        until(&what, async || (self.state(server) == state).then_some(())).await;
    }

    /// Waits until somebody has a live socket to a server.
    ///
    /// # Panics
    /// When nobody does.
    pub async fn until_live(&self, server: &str) {
        let look = async || {
            let open = self.fake.with(|world| world.sockets_of(server));
            (open > 0).then_some(())
        };
        until("a live socket", look).await;
    }

    /// The panel's web server ends; nothing listens any more.
    pub async fn shut_down(self) -> ShutDown {
        let port = self.fake.port();
        ShutDown {
            world: self.fake.stop().await,
            port,
            key: self.key,
        }
    }
}

/// A panel that is down, and can come back where it was.
pub struct ShutDown {
    world: World,
    port: u16,
    key: String,
}

impl ShutDown {
    /// The owner's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Where it was.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The panel comes back.
    ///
    /// # Panics
    /// When somebody took its port meanwhile.
    pub async fn come_back(self) -> Panel {
        let fake = FakePanel::start_on(self.world, self.port).await;
        Panel {
            fake: fake.expect("its port is still free"),
            key: self.key,
        }
    }
}
