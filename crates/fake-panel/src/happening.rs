//! What happens at a server, told the way its node would tell it. Never sends anything: the sockets' side does.

use std::time::Duration;

use crate::console;
use crate::life::{Crash, End, Moment, Turn};
use crate::power::{PowerState, Signal};
use crate::server::Server;

/// A crash this soon after another one is not followed by a restart.
const TOO_SOON: Duration = Duration::from_secs(60);

/// Something that everybody connected hears of.
#[derive(Clone, Debug)]
pub(crate) enum Happening {
    State(PowerState),
    /// Statistics outside their rhythm: the empty ones of a server that starts, or of one that has just ended.
    Stats(PowerState),
    Line(String),
    Event {
        name: String,
        args: Vec<String>,
    },
    Suspended,
}

impl Server {
    /// Lets time pass, and notes what has happened on the way.
    pub(crate) fn bring_to(&mut self, now: Moment) {
        self.life.advance(now);
        self.tell(now);
        self.backups_until(now);
    }

    /// Something in here changes by itself then.
    pub(crate) fn due(&self) -> Option<Moment> {
        let backups = self.backups.iter().filter(|backup| !backup.told);
        let backup = backups.map(|backup| backup.done).min();
        let all = [self.life.due(), backup, self.restored];
        all.into_iter().flatten().min()
    }

    pub(crate) fn signal(&mut self, signal: Signal) {
        self.life.signal(signal);
        self.tell(self.life.now());
    }

    fn tell(&mut self, now: Moment) {
        for turn in self.life.take_turns() {
            match turn {
                Turn::Starting => self.tell_start(now),
                Turn::Running => {
                    let took = self.life.uptime().unwrap_or_default();
                    self.say(&console::done(took), now);
                    self.limit_known = true;
                    self.happen(Happening::State(PowerState::Running));
                }
                Turn::Stopping => {
                    self.happen(Happening::State(PowerState::Stopping));
                    self.say("stop", now);
                    self.say("Stopping the server", now);
                }
                Turn::Dying => self.happen(Happening::State(PowerState::Stopping)),
                Turn::Offline(end) => self.tell_end(end),
            }
        }
    }

    fn tell_start(&mut self, now: Moment) {
        for text in console::BEFORE_START {
            self.happen(Happening::Line(console::daemon(text)));
        }
        self.happen(Happening::State(PowerState::Starting));
        for text in console::PULLING {
            self.happen(Happening::Line(console::daemon(text)));
        }
        self.console.clear();
        self.happen(Happening::Stats(PowerState::Starting));
        for line in self.first_lines() {
            self.say(&line, now);
        }
    }

    fn first_lines(&self) -> [String; 2] {
        let spec = &self.spec;
        let port = spec.allocations.first().map_or(0, |first| first.port);
        let command = crate::bodies::invocation(self, true);
        console::first_lines(&command, &spec.name, port, spec.limits.memory)
    }

    fn tell_end(&mut self, end: End) {
        self.happen(Happening::State(PowerState::Offline));
        self.happen(Happening::Stats(PowerState::Offline));
        if let End::Crashed(crash) = end {
            self.last_crash = Some(self.life.now());
            for line in console::crash_banner(crash) {
                self.happen(Happening::Line(line));
            }
        }
    }

    /// A console as of a server that has been running.
    pub(crate) fn write_past_console(&mut self) {
        let now = self.life.now();
        self.console.clear();
        let first = self.first_lines();
        let done = console::done(self.life.habits.boot_takes);
        for line in first.iter().chain([&done]) {
            // Said before anybody listened.
            let _ = self.console.take(line, now);
        }
        self.limit_known = true;
    }

    /// The process ends by itself.
    pub(crate) fn die(&mut self, exit_code: i32, out_of_memory: bool, comes_back: bool) {
        self.life.crash(Crash {
            exit_code,
            out_of_memory,
            comes_back,
        });
        self.tell(self.life.now());
    }

    /// A line of the container.
    pub(crate) fn say(&mut self, line: &str, now: Moment) {
        if let Some(line) = self.console.take(line, now) {
            self.happen(Happening::Line(line));
        }
    }

    /// Types a command into the console of a server that is not offline.
    pub(crate) fn type_in(&mut self, command: &str) {
        if command == "stop" {
            self.signal(Signal::Stop);
            return;
        }
        let now = self.life.now();
        self.say(command, now);
        for line in console::answer(command) {
            self.say(&line, now);
        }
        let comes_back = self.last_crash.is_none_or(|last| last + TOO_SOON <= now);
        match command {
            "crash" => self.die(3, false, comes_back),
            "oom" => self.die(137, true, comes_back),
            _ => {}
        }
    }

    pub(crate) fn happen(&mut self, happening: Happening) {
        self.happened.push(happening);
    }

    pub(crate) fn event(&mut self, name: &str, args: &[&str]) {
        let args = args.iter().map(|&arg| arg.to_owned()).collect();
        let name = name.to_owned();
        self.happen(Happening::Event { name, args });
    }

    /// Docker's limit with the daemon's overhead, which newer ones count in MiB (REFERENCE 16.23).
    pub(crate) fn memory_limit_bytes(&self, newer: bool) -> u64 {
        const OF_THE_HOST: u64 = 25_276_510_208;
        let unit = if newer { 1_048_576.0 } else { 1_000_000.0 };
        let overhead = match self.spec.limits.memory {
            0 => return OF_THE_HOST,
            1..=2_048 => 1.15,
            2_049..=4_096 => 1.10,
            _ => 1.05,
        };
        if !self.limit_known {
            return 0;
        }
        // The kernel counts whole pages.
        (f64::from(self.spec.limits.memory) * unit * overhead) as u64 / 4_096 * 4_096
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rules, ServerSpec, World};

    fn world() -> World {
        let mut world = World::new(Rules::default());
        world.add_user("alice", false);
        let mut spec = ServerSpec::new("Survival", "alice", "one");
        spec.limits.memory = 256;
        world.add_server(spec);
        world
    }

    fn told(world: &mut World) -> Vec<String> {
        let happened = std::mem::take(&mut world.server("Survival").happened);
        let short = |happening| match happening {
            Happening::State(state) => state.as_str().to_owned(),
            Happening::Stats(_) => "stats".to_owned(),
            Happening::Line(line) => line
                .chars()
                .filter(|one| *one != '\u{1b}')
                .take(60)
                .collect(),
            Happening::Event { name, .. } => name,
            Happening::Suspended => "suspended".to_owned(),
        };
        happened.into_iter().map(short).collect()
    }

    #[test]
    fn a_crash_names_exit_code_and_memory_and_gives_up_the_second_time() {
        let mut world = world();
        world.server("Survival").been_running_for(Duration::ZERO);
        world.server("Survival").type_in("oom");
        let first = told(&mut world).join("\n");
        assert!(first.contains("offline\nstats\n"), "{first}");
        assert!(first.contains("Exit code: 137") && first.contains("Out of memory: true"));
        assert!(!first.contains("Aborting"));
        world.advance(Duration::from_secs(20));
        assert_eq!(world.server("Survival").state(), PowerState::Running);
        told(&mut world);
        world.server("Survival").type_in("crash");
        let second = told(&mut world).join("\n");
        assert!(second.contains("Exit code: 3") && second.contains("Aborting"));
    }

    #[test]
    fn the_memory_limit_is_docker_s_and_zero_before_the_first_run() {
        let mut world = world();
        let server = world.server("Survival");
        assert_eq!(server.memory_limit_bytes(true), 0);
        server.been_running_for(Duration::ZERO);
        assert_eq!(server.memory_limit_bytes(false), 294_400_000);
        assert_eq!(server.memory_limit_bytes(true), 308_699_136);
    }
}
