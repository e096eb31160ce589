//! The state in which each recording was made. Never leaves one out without a reason.

use std::time::Duration;

use fake_panel::{Fault, World};

use crate::recorded_world::{self, RUNNING};

/// How one recording comes about.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// The state it was recorded in.
    pub(crate) set_up: fn(&mut World),
    /// Paths that the same user has asked before.
    pub(crate) before: &'static [&'static str],
    /// What happened after that.
    pub(crate) then: fn(&mut World),
}

const fn plain(name: &'static str) -> Case {
    in_state(name, nothing)
}

const fn in_state(name: &'static str, set_up: fn(&mut World)) -> Case {
    Case {
        name,
        set_up,
        before: &[],
        then: nothing,
    }
}

const fn after(
    name: &'static str,
    set_up: fn(&mut World),
    before: &'static [&'static str],
) -> Case {
    Case {
        name,
        set_up,
        before,
        then: nothing,
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

fn later(world: &mut World) {
    recorded_world::add_later_ones(world);
}

fn installing(world: &mut World) {
    later(world);
    world.server("Bad Image").set_status(Some("installing"));
}

fn to_https(world: &mut World) {
    world.panel_fault(Some(Fault::RedirectTo("https://127.0.0.1:8443".to_owned())));
}

const ACCOUNT: &str = "/api/client/account";
const OWN: &str = "/api/client/servers/9fa9acaa/resources";

/// Files that are not replayed, and why.
pub(crate) const NOT_REPLAYED: [(&str, &str); 1] = [(
    "auth-accountkey-admin-at-application",
    "the application API has no face here beyond its refusals",
)];

pub(crate) const REPLAYED: [Case; 196] = [
    in_state("2fa-required-account", two_factor),
    in_state("2fa-required-list", two_factor),
    in_state("2fa-required-server", two_factor),
    plain("accept-json-second"),
    plain("accept-star-xhr"),
    plain("account-api-keys"),
    plain("auth-accountkey-at-application"),
    plain("auth-appkey-at-client"),
    plain("auth-appkey-at-client-account"),
    plain("auth-appkey-at-client-resources"),
    plain("auth-appkey-at-client-server"),
    plain("auth-appkey-unknown-server"),
    plain("auth-basic"),
    plain("auth-empty-bearer"),
    plain("auth-garbage"),
    plain("auth-ip-denied"),
    plain("auth-ip-ok"),
    plain("auth-key-with-space"),
    plain("auth-lowercase-bearer"),
    plain("auth-none"),
    plain("auth-none-accept-star"),
    plain("auth-none-accept-vnd"),
    plain("auth-none-no-accept"),
    plain("auth-ok-account"),
    plain("auth-ok-account-admin"),
    plain("auth-wrong"),
    plain("auth-wrong-secret"),
    plain("command-blackhole"),
    plain("command-empty"),
    plain("command-install_failed"),
    plain("command-installing"),
    plain("command-missing"),
    plain("command-node_down"),
    plain("command-node_down_susp"),
    plain("command-node_maint"),
    plain("command-noperm"),
    plain("command-offline"),
    in_state("command-ok", running),
    plain("command-reinstall_failed"),
    plain("command-restoring"),
    plain("command-susp"),
    plain("command-transferring"),
    plain("csrf-cookie"),
    plain("csrf-origin-devserver"),
    plain("csrf-origin-foreign"),
    plain("csrf-origin-localhost"),
    plain("csrf-origin-localhost-1420"),
    plain("csrf-origin-null"),
    plain("csrf-origin-panel"),
    plain("csrf-origin-panel-get"),
    plain("csrf-origin-tauri"),
    plain("csrf-origin-tauri-https"),
    plain("csrf-referer-panel"),
    plain("list-accept-html"),
    plain("list-accept-vnd"),
    plain("list-admin-default"),
    plain("list-cors-origin"),
    plain("list-default"),
    plain("list-empty-user"),
    plain("list-filter-addr"),
    plain("list-filter-name"),
    plain("list-filter-star"),
    plain("list-head"),
    plain("list-include-bogus"),
    plain("list-include-egg"),
    plain("list-include-egg-subusers"),
    plain("list-no-accept"),
    plain("list-options"),
    plain("list-page-negative"),
    plain("list-page-text"),
    plain("list-page0"),
    plain("list-page2"),
    plain("list-perpage-0"),
    plain("list-perpage-100"),
    plain("list-perpage-1000"),
    in_state("list-perpage-101", later),
    plain("list-perpage-2"),
    plain("list-perpage-minus1"),
    plain("list-perpage-text"),
    plain("list-post"),
    plain("list-sort-bogus"),
    plain("list-subuser"),
    plain("list-type-admin-admin"),
    plain("list-type-admin-nonadmin"),
    plain("list-type-adminall-admin"),
    plain("list-type-adminall-nonadmin"),
    plain("list-type-bogus"),
    plain("list-type-owner"),
    plain("list-type-owner-sub"),
    in_state("maintenance", down),
    plain("maintenance-after"),
    in_state("maintenance-no-accept", down),
    in_state("maintenance-noauth", down),
    in_state("maintenance-retry", down_for_a_minute),
    plain("path-404-api"),
    plain("path-404-api-no-accept"),
    plain("path-404-api-noauth"),
    plain("path-404-html"),
    plain("path-404-html-admin-prefix"),
    plain("path-404-json"),
    plain("path-404-server-sub"),
    plain("path-405"),
    plain("path-auth-login"),
    plain("path-double-slash"),
    plain("path-root"),
    plain("path-root-json"),
    plain("path-sanctum"),
    plain("path-trailing-slash"),
    plain("permissions"),
    plain("power-bad-json"),
    plain("power-empty-body"),
    plain("power-form"),
    plain("power-get"),
    plain("power-invalid-signal"),
    in_state("power-kill", running),
    plain("power-kill-offline"),
    plain("power-missing-signal"),
    plain("power-noperm-kill"),
    plain("power-noperm-restart"),
    plain("power-noperm-stop"),
    in_state("power-restart", running),
    in_state("power-restart-again", restarting),
    plain("power-start"),
    plain("power-start-blackhole"),
    plain("power-start-install_failed"),
    plain("power-start-installing"),
    plain("power-start-node_down"),
    plain("power-start-node_down_susp"),
    plain("power-start-node_maint"),
    plain("power-start-reinstall_failed"),
    plain("power-start-restoring"),
    in_state("power-start-running", running),
    plain("power-start-subuser"),
    plain("power-start-susp"),
    plain("power-start-transferring"),
    in_state("power-stop", running),
    plain("power-stop-offline"),
    plain("power-stranger"),
    in_state("ratelimit-1", three_a_minute),
    after("ratelimit-2", three_a_minute, &[ACCOUNT]),
    after("ratelimit-3", three_a_minute, &[ACCOUNT, ACCOUNT]),
    after("ratelimit-4", three_a_minute, &[ACCOUNT, ACCOUNT, ACCOUNT]),
    after(
        "ratelimit-5",
        three_a_minute,
        &[ACCOUNT, ACCOUNT, ACCOUNT, ACCOUNT],
    ),
    after(
        "ratelimit-no-accept",
        three_a_minute,
        &[ACCOUNT, ACCOUNT, ACCOUNT],
    ),
    after(
        "ratelimit-noauth",
        three_a_minute,
        &[ACCOUNT, ACCOUNT, ACCOUNT],
    ),
    after(
        "ratelimit-other-endpoint",
        three_a_minute,
        &[ACCOUNT, ACCOUNT, ACCOUNT],
    ),
    in_state("ratelimit-other-user", three_a_minute),
    after(
        "ratelimit-post",
        three_a_minute,
        &[ACCOUNT, ACCOUNT, ACCOUNT],
    ),
    in_state("redirect-http-to-https", to_https),
    Case {
        name: "resources-after-kill-cached",
        set_up: running,
        before: &[OWN],
        then: killed,
    },
    plain("resources-blackhole"),
    plain("resources-install_failed"),
    plain("resources-installing"),
    plain("resources-installing-admin"),
    plain("resources-node_down"),
    plain("resources-node_down_susp"),
    plain("resources-node_maint"),
    plain("resources-offline"),
    plain("resources-offline-2"),
    plain("resources-ok-after-restart"),
    in_state("resources-real-installing", installing),
    plain("resources-reinstall_failed"),
    plain("resources-restoring"),
    in_state("resources-running", running),
    in_state("resources-running-admin", running),
    in_state("resources-running-subuser", running),
    Case {
        name: "resources-starting-cached",
        set_up: nothing,
        before: &[OWN],
        then: starting,
    },
    plain("resources-stranger"),
    plain("resources-susp"),
    plain("resources-suspended-admin"),
    plain("resources-suspended-subuser"),
    plain("resources-transferring"),
    plain("resources-unknown"),
    plain("server-admin-not-owner"),
    plain("server-admin-only"),
    plain("server-include"),
    plain("server-include-subuser"),
    plain("server-numeric-id"),
    plain("server-owner"),
    plain("server-owner-uuid"),
    plain("server-state-db_install_failed"),
    plain("server-state-db_installing"),
    plain("server-state-db_reinstall_failed"),
    plain("server-state-db_restoring"),
    plain("server-state-db_transferring"),
    plain("server-state-ghost"),
    plain("server-state-node_down"),
    plain("server-state-node_down_susp"),
    plain("server-state-node_maint"),
    in_state("server-state-real-installing", installing),
    plain("server-state-susp"),
    plain("server-stranger"),
    plain("server-subuser"),
    plain("server-unknown"),
    plain("server-unknown-no-accept"),
    plain("server-unlimited"),
];
