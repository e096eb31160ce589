//! One game server as panel and node know it. Never speaks HTTP and never reads a clock.

use std::time::Duration;

use serde_json::Value;

use crate::backup::Backup;
use crate::call::Call;
use crate::console::Console;
use crate::fault::Fault;
use crate::gauges::{self, Gauges};
use crate::happening::Happening;
use crate::life::{Life, Moment};
use crate::placed::Faults;
use crate::power::{PowerState, Signal};
use crate::schedule::Schedule;
use crate::socket_fault::SocketFault;

/// What a server may use. 0 is unlimited, except `swap`, where 0 is none and -1 unlimited.
#[derive(Clone, Debug)]
pub struct Limits {
    /// MiB.
    pub memory: u32,
    /// MiB.
    pub swap: i32,
    /// MiB.
    pub disk: u32,
    /// Relative weight, 10 to 1000.
    pub io: u32,
    /// Percent, 100 is one core.
    pub cpu: u32,
    /// CPU pinning such as `0-3,6`.
    pub threads: Option<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 4096,
            swap: 0,
            disk: 20_480,
            io: 500,
            cpu: 200,
            threads: None,
        }
    }
}

/// An address of a server. The first of a server is its default one.
#[derive(Clone, Debug)]
pub struct Allocation {
    pub id: u32,
    pub ip: String,
    pub alias: Option<String>,
    pub port: u16,
    pub notes: Option<String>,
}

/// A start-up variable of a server.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub env_variable: String,
    pub default_value: String,
    pub server_value: Option<String>,
}

/// All that an admin fills in to create a server. `new` fills in believable values.
#[derive(Clone, Debug)]
pub struct ServerSpec {
    pub name: String,
    /// User name of the owner.
    pub owner: String,
    /// Name of the node.
    pub node: String,
    /// Made from the name when `None`.
    pub uuid: Option<String>,
    /// The next free one when `None`.
    pub internal_id: Option<u32>,
    pub external_id: Option<String>,
    pub description: String,
    pub limits: Limits,
    /// Made from `internal_id` when empty.
    pub allocations: Vec<Allocation>,
    /// Start command; `{{NAME}}` stands for a variable.
    pub startup: String,
    pub docker_image: String,
    pub variables: Vec<Variable>,
    /// UUID and name of the egg.
    pub egg: (String, String),
    pub egg_features: Vec<String>,
    /// How many databases, allocations and backups it may have; the first two can be without a limit.
    pub feature_limits: (Option<u32>, Option<u32>, u32),
    /// Without any address at all: not possible in Pterodactyl, deadly for subusers in Pelican (REFERENCE 17.2).
    pub no_allocation: bool,
    /// `None`: as in `Rules`.
    pub boot_takes: Option<Duration>,
    /// `None`: as in `Rules`.
    pub stop_takes: Option<Duration>,
}

impl ServerSpec {
    #[must_use]
    pub fn new(name: &str, owner: &str, node: &str) -> Self {
        Self {
            name: name.to_owned(),
            owner: owner.to_owned(),
            node: node.to_owned(),
            uuid: None,
            internal_id: None,
            external_id: None,
            description: String::new(),
            limits: Limits::default(),
            allocations: Vec::new(),
            startup: "java -Xmx{{MEMORY}}M -jar server.jar nogui".to_owned(),
            docker_image: "ghcr.io/example/java:21".to_owned(),
            variables: vec![Variable {
                name: "Heap".to_owned(),
                env_variable: "MEMORY".to_owned(),
                default_value: "2048".to_owned(),
                server_value: Some("3072".to_owned()),
            }],
            egg: (
                "5da37ef6-58da-4169-90a6-e683e1721247".to_owned(),
                "Paper".to_owned(),
            ),
            egg_features: vec!["eula".to_owned(), "java_version".to_owned()],
            feature_limits: (Some(1), Some(2), 1),
            no_allocation: false,
            boot_takes: None,
            stop_takes: None,
        }
    }
}

/// Somebody who may use a server without owning it.
#[derive(Clone, Debug)]
pub(crate) struct Subuser {
    pub(crate) user: String,
    pub(crate) permissions: Vec<String>,
}

/// How often somebody came to a server's websocket.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SocketCount {
    /// Handshakes, refused ones too.
    pub(crate) knocks: u64,
    /// Handshakes that were taken.
    pub(crate) opened: u64,
    /// The most that were open at the same time.
    pub(crate) most: usize,
}

/// A server in the world. Its methods act at the world's present time.
#[derive(Clone, Debug)]
pub struct Server {
    pub(crate) id: u32,
    pub(crate) uuid: String,
    pub(crate) spec: ServerSpec,
    pub(crate) status: Option<String>,
    pub(crate) transferring: bool,
    pub(crate) known_to_node: bool,
    pub(crate) faults: Faults,
    pub(crate) socket_fault: Option<SocketFault>,
    pub(crate) sockets: SocketCount,
    pub(crate) subusers: Vec<Subuser>,
    pub(crate) life: Life,
    /// The panel's copy of the node's last good answer, with the time it was taken.
    pub(crate) kept: Option<(Moment, Value)>,
    pub(crate) console: Console,
    /// Not yet told to anybody.
    pub(crate) happened: Vec<Happening>,
    pub(crate) last_crash: Option<Moment>,
    /// The node knows Docker's limit since the first run.
    pub(crate) limit_known: bool,
    /// The latest statistics in their rhythm.
    pub(crate) stats_told: Moment,
    pub(crate) backups: Vec<Backup>,
    /// A restore ends then.
    pub(crate) restored: Option<Moment>,
    pub(crate) schedules: Vec<Schedule>,
}

impl Server {
    #[must_use]
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.spec.name
    }

    #[must_use]
    pub fn state(&self) -> PowerState {
        self.life.state()
    }

    /// Time since the container started; `None` while offline.
    #[must_use]
    pub fn uptime(&self) -> Option<Duration> {
        self.life.uptime()
    }

    pub fn start(&mut self) {
        self.signal(Signal::Start);
    }

    pub fn stop(&mut self) {
        self.signal(Signal::Stop);
    }

    pub fn restart(&mut self) {
        self.signal(Signal::Restart);
    }

    pub fn kill(&mut self) {
        self.signal(Signal::Kill);
    }

    /// The process dies and stays down: `running` to `offline` with no `stopping`.
    pub fn crash(&mut self) {
        self.die(1, false, false);
    }

    /// The process dies and the node starts it again after `Rules::crash_restart_after`.
    pub fn crash_and_restart(&mut self) {
        self.die(1, false, true);
    }

    /// As `crash`, with what the node will find out about it.
    pub fn crash_with(&mut self, exit_code: i32, out_of_memory: bool) {
        self.die(exit_code, out_of_memory, false);
    }

    /// The game writes a line to its console.
    pub fn print(&mut self, line: &str) {
        self.say(line, self.life.now());
    }

    /// The node sends this event to everybody connected who may see it; any name and any arguments.
    pub fn send_event(&mut self, name: &str, args: &[&str]) {
        self.event(name, args);
    }

    /// Running since `uptime` ago, without having booted: for setting up a world.
    pub fn been_running_for(&mut self, uptime: Duration) {
        self.life.been_running_for(uptime);
        self.stats_told = self.life.now();
        self.write_past_console();
    }

    /// Stops do not end before the node kills the server (`Rules::stop_gives_up_after`).
    pub fn hang_on_stop(&mut self, hangs: bool) {
        self.life.habits.hang_on_stop = hangs;
    }

    /// Starts stay `starting` for ever.
    pub fn hang_on_start(&mut self, hangs: bool) {
        self.life.habits.hang_on_start = hangs;
    }

    /// Starts end in `offline` instead of `running`.
    pub fn fail_on_start(&mut self, fails: bool) {
        self.life.habits.fail_on_start = fails;
    }

    /// The node ignores signals without a word; the panel still answers 204.
    pub fn drop_signals(&mut self, drops: bool) {
        self.life.habits.drop_signals = drops;
    }

    /// The panel's `status`: `installing`, `install_failed`, `reinstall_failed`, `suspended`, `restoring_backup`,
    /// a word of your own, or none. Suspending stops a running server, as on a real node.
    pub fn set_status(&mut self, status: Option<&str>) {
        self.status = status.map(str::to_owned);
        if status == Some("suspended") {
            self.happen(Happening::Suspended);
            self.stop();
        }
    }

    pub fn set_transferring(&mut self, transferring: bool) {
        self.transferring = transferring;
    }

    /// How many backups it may have.
    pub fn set_backup_limit(&mut self, backups: u32) {
        self.spec.feature_limits.2 = backups;
    }

    pub fn set_name(&mut self, name: &str) {
        self.spec.name = name.to_owned();
    }

    /// Whether the node has heard of the server; when not, resources are 504 and power is 404 by the node.
    pub fn set_known_to_node(&mut self, known: bool) {
        self.known_to_node = known;
    }

    /// What goes wrong with every call about this server; `None` ends every fault of its calls. A node's trouble does not
    /// show in the view: `fault_on` puts it there all the same.
    pub fn fault(&mut self, fault: Option<Fault>) {
        self.faults.only(fault);
    }

    /// What goes wrong with one kind of call about this server; `None` ends that. It goes before the fault of all calls.
    pub fn fault_on(&mut self, call: Call, fault: Option<Fault>) {
        self.faults.on(call, fault);
    }

    /// What goes wrong with the next `times` calls about this server, of one kind or of any.
    pub fn fault_times(&mut self, times: u32, call: impl Into<Option<Call>>, fault: Fault) {
        self.faults.put(call.into(), fault, Some(times));
    }

    /// What goes wrong with its websocket at the node from now on; of those that are open only `SocketFault::Frozen` is
    /// felt. See `World::cut_sockets`, `World::close_sockets` and `World::tokens_expire_in` for the others.
    pub fn socket_fault(&mut self, fault: Option<SocketFault>) {
        self.socket_fault = fault;
    }

    pub(crate) fn gauges(&self) -> Gauges {
        let (limits, up) = (&self.spec.limits, self.life.uptime());
        gauges::read(&self.uuid, limits, self.state(), up)
    }

    /// The present ones, or the empty ones of a server that has just started or ended.
    pub(crate) fn gauges_in(&self, of: Option<PowerState>) -> Gauges {
        match of {
            None => self.gauges(),
            Some(state) => gauges::read(&self.uuid, &self.spec.limits, state, None),
        }
    }

    /// The first 8 characters of the UUID.
    pub(crate) fn short(&self) -> &str {
        &self.uuid[..8]
    }
}
