//! The states in which recordings were made, where it is not the usual one. Never leaves one out without a reason.

use std::time::Duration;

use fake_panel::{Fault, World};

use crate::recorded_world::{OFFLINE, RUNNING};
use crate::recording::Generation;

/// How one recording comes about.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    /// The state it was recorded in.
    pub(crate) set_up: fn(&mut World),
    /// How often the same request had been sent before.
    pub(crate) repeat: usize,
    /// By whom; the same user when empty.
    pub(crate) by: &'static str,
    /// What happened after that.
    pub(crate) then: fn(&mut World),
}

const USUAL: Case = Case {
    set_up: nothing,
    repeat: 0,
    by: "",
    then: nothing,
};

const fn state(set_up: fn(&mut World)) -> Case {
    Case { set_up, ..USUAL }
}

const fn again(repeat: usize, set_up: fn(&mut World)) -> Case {
    Case {
        set_up,
        repeat,
        ..USUAL
    }
}

fn nothing(_: &mut World) {}

fn running(world: &mut World) {
    world
        .server(RUNNING)
        .been_running_for(Duration::from_secs(20));
}

fn starting(world: &mut World) {
    world.server(RUNNING).start();
}

fn restarting(world: &mut World) {
    running(world);
    world.server(RUNNING).restart();
}

fn killed(world: &mut World) {
    world.server(RUNNING).kill();
}

fn two_factor(world: &mut World) {
    world.rules.require_two_factor = true;
}

fn down(world: &mut World) {
    world.maintenance(None);
}

fn down_for_a_minute(world: &mut World) {
    world.maintenance(Some(Duration::from_secs(60)));
}

fn three_a_minute(world: &mut World) {
    world.rules.limit_per_minute = 3;
}

fn installing(world: &mut World) {
    let mut spec = fake_panel::ServerSpec::new("Bad Image", "alice", "node-live");
    spec.uuid = Some("4c79e86e-2a4f-4ee5-ab00-f379c2975e67".to_owned());
    spec.egg_features.clear();
    world.add_server(spec);
    world.server("Bad Image").set_status(Some("installing"));
}

/// Two servers that were made later; one of them without variables.
fn two_more(world: &mut World) {
    installing(world);
    world.server("Bad Image").set_status(None);
    let mut spec = fake_panel::ServerSpec::new("Slow Install", "alice", "node-live");
    spec.variables.clear();
    spec.egg_features.clear();
    world.add_server(spec);
}

fn to_https(world: &mut World) {
    let to = format!("https://127.0.0.1:{}", 8443);
    world.panel_fault(Some(Fault::RedirectTo(to)));
}

fn to_https_of_1_14(world: &mut World) {
    let to = format!("https://127.0.0.1:{}", 8543);
    world.panel_fault(Some(Fault::RedirectTo(to)));
}

fn identifiers(world: &mut World) {
    world.rules.serv_identifiers = true;
}

fn nine_backups(world: &mut World) {
    world.server(OFFLINE).set_backup_limit(9);
}

fn quick_restores(world: &mut World) {
    world.rules.backup_takes = Duration::ZERO;
}

fn one_backup(world: &mut World) {
    world.add_backup(RUNNING, "first");
}

fn restoring(world: &mut World) {
    world.server(OFFLINE).set_status(Some("restoring_backup"));
}

fn power_was_used(world: &mut World) {
    for event in ["start", "kill", "stop", "stop"] {
        let event = format!("server:power.{event}");
        world.log_activity(RUNNING, "alice", &event, true, None);
    }
}

fn commands_were_typed(world: &mut World) {
    let event = "server:console.command";
    world.log_activity(RUNNING, "alice", event, false, Some(("command", "help")));
}

fn pelican_was_used(world: &mut World) {
    world.log_activity(RUNNING, "alice", "server:power.kill", true, None);
    commands_were_typed(world);
}

fn bob_sees_the_one_without_address(world: &mut World) {
    world.add_subuser("No Allocation", "bob", &["websocket.connect"]);
}

/// Recordings that are not compared, and why.
pub(crate) const NOT_COMPARED: [(&str, &str); 1] = [(
    "auth-accountkey-admin-at-application",
    "the application API has no face here beyond its refusals",
)];

/// Recordings, by how their names begin, of which only the first entry of the list is compared, and why.
pub(crate) const FIRST_ENTRY_ONLY: (&str, &str) = (
    "activity",
    "how much had happened before is no matter of shape",
);

/// What came before a recording.
pub(crate) fn case(generation: Generation, name: &str) -> Case {
    let cached = Case { repeat: 1, ..USUAL };
    match (generation, name) {
        (_, "2fa-required-account" | "2fa-required-list" | "2fa-required-server") => {
            state(two_factor)
        }
        (_, "command-ok" | "power-kill" | "power-restart" | "power-start-running") => {
            state(running)
        }
        (_, "power-stop" | "resources-running") => state(running),
        (_, "resources-running-admin" | "resources-running-subuser") => state(running),
        (_, "power-restart-again") => state(restarting),
        (Generation::Old, "list-perpage-101") => state(two_more),
        (_, "maintenance" | "maintenance-no-accept" | "maintenance-noauth") => state(down),
        (_, "maintenance-retry") => state(down_for_a_minute),
        (_, "ratelimit-1" | "ratelimit-other-user") => state(three_a_minute),
        (_, "ratelimit-2") => again(1, three_a_minute),
        (_, "ratelimit-3") => again(2, three_a_minute),
        (_, "ratelimit-4" | "ratelimit-5" | "ratelimit-no-accept" | "ratelimit-noauth") => {
            again(3, three_a_minute)
        }
        (_, "ratelimit-other-endpoint" | "ratelimit-post") => again(3, three_a_minute),
        (_, "ratelimit256-255") => again(254, nothing),
        (_, "ratelimit256-256") => again(255, nothing),
        (_, "ratelimit256-257" | "ratelimit256-list" | "ratelimit256-no-access") => {
            again(256, nothing)
        }
        (Generation::Pelican, "websocket-noperm") => again(5, nothing),
        (Generation::Old, "redirect-http-to-https") => state(to_https),
        (Generation::New, "redirect-http-to-https") => state(to_https_of_1_14),
        (_, "resources-after-kill-cached") => Case {
            set_up: running,
            then: killed,
            ..cached
        },
        (_, "resources-starting-cached") => Case {
            then: starting,
            ..cached
        },
        (_, "resources-real-installing" | "server-state-real-installing") => state(installing),
        _ => newer_case(name),
    }
}

/// What only newer panels were asked.
fn newer_case(name: &str) -> Case {
    match name {
        name if name.starts_with("ids-on-") => state(identifiers),
        "activity" => state(pelican_was_used),
        "activity-account" => Case {
            repeat: 1,
            by: "key_alice_ipdenied",
            ..USUAL
        },
        "activity-console" => state(commands_were_typed),
        "activity-admin" | "activity-filter-power" | "activity-include" | "activity-power-ws" => {
            state(power_was_used)
        }
        "backups-create-limit" | "backups-list" | "backups-running" => state(one_backup),
        "backups-throttle-1" => state(nine_backups),
        "backups-throttle-2" => again(1, nine_backups),
        "backups-throttle-3" => again(2, nine_backups),
        "backups-restore-2" => again(1, quick_restores),
        "backups-restore-3" => again(2, quick_restores),
        "backups-restore-4" => again(3, quick_restores),
        "backups-restoring-server" => state(restoring),
        "schedules-throttle-2" | "websocket-throttle-2" => again(1, nothing),
        "schedules-throttle-3" | "websocket-throttle-3" | "websocket-throttle-403-3" => {
            again(2, nothing)
        }
        "websocket-throttle-4" | "websocket-throttle-403-4" => again(3, nothing),
        "websocket-throttle-5" | "websocket-throttle-403-5" => again(4, nothing),
        "websocket-throttle-6" | "websocket-throttle-by-uuid" | "websocket-throttle-stranger" => {
            again(5, nothing)
        }
        "websocket-throttle-other-user" | "websocket-throttle-no-accept" => again(5, nothing),
        "websocket-throttle-403-owner" => Case {
            repeat: 5,
            by: "key_bob",
            ..USUAL
        },
        "server-no-allocation-subuser" => state(bob_sees_the_one_without_address),
        _ => USUAL,
    }
}
