//! The rows: recording, the call it answers (or stands for), what it must be read as. Recordings of requests this client
//! never sends (other `Accept`, HEAD, form bodies) are here all the same: proxies and add-ons can cause their answers.

use std::time::Duration;

use super::{Call, ConflictState, Error, NotAPanel, Outcome};
use Call::{Account, Power, Resources, Server, Servers};
use Outcome::{Fails, List, Stats, Taken, User, View};

type Row = (&'static str, Call, Outcome);

const GONE: &str =
    "Could not establish a connection to the machine running this server. Please try again.";
const NODE_404: &str = "There was an error while communicating with the machine running this server. This error has been logged, please try again. (code: 404) (request_id: ffef58c5-d9a4-4a17-ad86-4f9e68f7bb24)";
const REMOTE_404: &str = "An error occurred on the remote host: The requested resource does not exist on this instance.. (request id: 7b73c2de-2790-4780-bf12-271a7cb7835c)";
const EMPTY: &str = "";

/// Every recording's row.
pub(super) fn table() -> Vec<Row> {
    [
        accounts(),
        keys(),
        lists(),
        views(),
        resources(),
        power(),
        fronts(),
    ]
    .concat()
}

fn conflict(state: ConflictState) -> Outcome {
    let detail = match state {
        ConflictState::Suspended => {
            "This server is currently suspended and the functionality requested is unavailable."
        }
        ConflictState::Maintenance => {
            "The node of this server is currently under maintenance and the functionality requested is unavailable."
        }
        ConflictState::Installing => {
            "This server has not yet completed its installation process, please try again later."
        }
        ConflictState::RestoringBackup => {
            "This server is currently restoring from a backup, please try again later."
        }
        ConflictState::Transferring => {
            "This server is currently being transferred to a new machine, please try again later."
        }
    };
    Fails(Error::Conflict {
        state: Some(state),
        detail: detail.into(),
    })
}

fn refused(status: u16, code: &str, detail: &str) -> Outcome {
    Fails(Error::Refused {
        status,
        code: code.into(),
        detail: detail.into(),
    })
}

fn invalid(detail: &str) -> Outcome {
    Fails(Error::Validation {
        detail: detail.into(),
    })
}

fn unauthorized() -> Outcome {
    Fails(Error::Unauthorized)
}

fn forbidden(detail: &str) -> Outcome {
    Fails(Error::Forbidden {
        detail: detail.into(),
    })
}

fn limited() -> Outcome {
    let retry_after = Some(Duration::from_secs(60));
    Fails(Error::RateLimited { retry_after })
}

fn page(title: &str) -> Outcome {
    let title = Some(title.into());
    Fails(NotAPanel::Html { title }.into())
}

fn login() -> Outcome {
    Fails(NotAPanel::LoginWall.into())
}

fn csrf() -> Outcome {
    refused(419, "HttpException", "CSRF token mismatch.")
}

fn node_gone() -> Outcome {
    Fails(Error::NodeUnreachable {
        detail: GONE.into(),
    })
}

fn accounts() -> Vec<Row> {
    vec![
        ("2fa-required-account", Account, User("alice", false)),
        ("auth-ip-ok", Account, User("alice", false)),
        ("auth-key-with-space", Account, User("alice", false)),
        ("auth-ok-account", Account, User("alice", false)),
        ("auth-ok-account-admin", Account, User("admin", true)),
        ("maintenance-after", Account, User("alice", false)),
        ("ratelimit-1", Account, User("dave", false)),
        ("ratelimit-2", Account, User("dave", false)),
        ("ratelimit-3", Account, User("dave", false)),
        ("ratelimit-other-user", Account, User("bob", false)),
    ]
}

fn keys() -> Vec<Row> {
    let application = || Fails(Error::ApplicationKey);
    let two_factor = || Fails(Error::TwoFactorRequired);
    let ip = Some("127.0.0.1".into());
    vec![
        ("2fa-required-list", Servers, two_factor()),
        ("2fa-required-server", Resources, two_factor()),
        ("accept-json-second", Servers, login()),
        ("accept-star-xhr", Servers, unauthorized()),
        // Not the client API: a node's id stands where the client API has its name.
        (
            "auth-accountkey-admin-at-application",
            Servers,
            Fails(Error::Unreadable {
                what: "server list",
            }),
        ),
        (
            "auth-accountkey-at-application",
            Servers,
            forbidden("This account does not have permission to access the API."),
        ),
        ("auth-appkey-at-client", Servers, application()),
        ("auth-appkey-at-client-account", Account, application()),
        ("auth-appkey-at-client-resources", Resources, application()),
        ("auth-appkey-at-client-server", Server, application()),
        ("auth-appkey-unknown-server", Server, Fails(Error::NotFound)),
        ("auth-basic", Servers, unauthorized()),
        ("auth-empty-bearer", Servers, unauthorized()),
        ("auth-garbage", Servers, unauthorized()),
        ("auth-ip-denied", Servers, Fails(Error::IpNotAllowed { ip })),
        ("auth-lowercase-bearer", Account, unauthorized()),
        ("auth-none", Servers, unauthorized()),
        ("auth-none-accept-star", Servers, login()),
        ("auth-none-accept-vnd", Servers, unauthorized()),
        ("auth-none-no-accept", Servers, login()),
        ("auth-wrong", Servers, unauthorized()),
        ("auth-wrong-secret", Servers, unauthorized()),
        ("ratelimit-noauth", Account, unauthorized()),
        ("path-sanctum", Servers, unauthorized()),
    ]
}

fn lists() -> Vec<Row> {
    const FIRST: &str = "Live Running";
    let one = || List(1, 76, 76, FIRST, FIRST);
    let found = || List(1, 1, 1, FIRST, FIRST);
    let two = || List(2, 76, 38, FIRST, "Live Offline");
    let none = || List(0, 0, 1, EMPTY, EMPTY);
    let all = || List(76, 76, 1, FIRST, "Filler 62 🎮");
    vec![
        ("list-accept-html", Servers, one()),
        ("list-accept-vnd", Servers, one()),
        ("list-admin-default", Servers, List(1, 1, 1, "Admin Only", "Admin Only")),
        ("list-cors-origin", Servers, one()),
        ("list-default", Servers, List(50, 76, 2, FIRST, "Filler 36 żółw")),
        ("list-empty-user", Servers, none()),
        ("list-filter-addr", Servers, found()),
        ("list-filter-name", Servers, List(2, 4, 2, FIRST, "Live Offline")),
        ("list-filter-star", Servers, found()),
        ("list-head", Servers, Fails(Error::Unreadable { what: "server list" })),
        ("list-include-bogus", Servers, one()),
        ("list-include-egg", Servers, one()),
        ("list-include-egg-subusers", Servers, one()),
        ("list-no-accept", Servers, one()),
        ("list-options", Servers, Fails(Error::Unreadable { what: "server list" })),
        ("list-page-negative", Servers, two()),
        ("list-page-text", Servers, two()),
        ("list-page0", Servers, two()),
        ("list-page2", Servers, List(26, 76, 2, "Filler 37 日本語サーバ", "Filler 62 🎮")),
        ("list-perpage-0", Servers, List(15, 76, 6, FIRST, "Filler 01 日本語サーバ")),
        ("list-perpage-100", Servers, all()),
        ("list-perpage-1000", Servers, all()),
        ("list-perpage-101", Servers, List(78, 78, 1, FIRST, "Slow Install")),
        ("list-perpage-2", Servers, List(2, 76, 38, "Live Suspended", "Live Unlimited")),
        (
            "list-perpage-minus1",
            Servers,
            Fails(Error::Broken {
                status: 500,
                detail: "An unexpected error was encountered while processing this request, please try again.".into(),
            }),
        ),
        ("list-perpage-text", Servers, all()),
        (
            "list-post",
            Servers,
            refused(
                405,
                "MethodNotAllowedHttpException",
                "The POST method is not supported for route api/client. Supported methods: GET, HEAD.",
            ),
        ),
        ("list-sort-bogus", Servers, one()),
        ("list-subuser", Servers, List(5, 5, 1, FIRST, "Node Down")),
        ("list-type-admin-admin", Servers, two()),
        ("list-type-admin-nonadmin", Servers, none()),
        ("list-type-adminall-admin", Servers, List(2, 77, 39, FIRST, "Live Offline")),
        ("list-type-adminall-nonadmin", Servers, none()),
        ("list-type-bogus", Servers, one()),
        ("list-type-owner", Servers, one()),
        ("list-type-owner-sub", Servers, none()),
        ("path-trailing-slash", Servers, one()),
    ]
}

fn views() -> Vec<Row> {
    const OWNED: &str = "Live Running, node-live, Normal, owner, 256+0 MiB, 512 MiB, 50 %, play.example.com:25600, +control.start, +control.stop";
    const AS_SUBUSER: &str = "Live Running, node-live, Normal, 256+0 MiB, 512 MiB, 50 %, play.example.com:25600, +control.start";
    const AS_ADMIN: &str = "Live Running, node-live, Normal, 256+0 MiB, 512 MiB, 50 %, play.example.com:25600, +control.start, +control.stop, +admin.websocket.errors";
    let gone = || Fails(Error::NotFound);
    vec![
        ("server-admin-not-owner", Server, View(AS_ADMIN)),
        ("server-admin-only", Server, gone()),
        ("server-include", Server, View(OWNED)),
        ("server-include-subuser", Server, View(AS_SUBUSER)),
        ("server-numeric-id", Server, gone()),
        ("server-owner", Server, View(OWNED)),
        ("server-owner-uuid", Server, View(OWNED)),
        (
            "server-state-db_install_failed",
            Server,
            View(
                "State Install Failed, node-live, InstallFailed, owner, 256+0 MiB, 512 MiB, 50 %, 127.0.0.1:25607, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-db_installing",
            Server,
            View(
                "State Installing, node-live, Installing, owner, 256+0 MiB, 512 MiB, 50 %, play.example.com:25606, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-db_reinstall_failed",
            Server,
            View(
                "State Reinstall Failed, node-live, ReinstallFailed, owner, 256+0 MiB, 512 MiB, 50 %, 127.0.0.1:25608, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-db_restoring",
            Server,
            View(
                "State Restoring Backup, node-live, RestoringBackup, owner, 256+0 MiB, 512 MiB, 50 %, play.example.com:25609, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-db_transferring",
            Server,
            View(
                "State Transferring, node-live, Normal, transferring, owner, 256+0 MiB, 512 MiB, 50 %, 127.0.0.1:25610, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-ghost",
            Server,
            View(
                "Not On Daemon, node-live, Normal, owner, 256+0 MiB, 512 MiB, 50 %, 127.0.0.1:25611, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-node_down",
            Server,
            View(
                "Node Down, node-down, Normal, owner, 256+0 MiB, 512 MiB, 50 %, play.example.com:25700, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-node_down_susp",
            Server,
            View(
                "Node Down Suspended, node-down, Suspended, owner, 256+0 MiB, 512 MiB, 50 %, 127.0.0.1:25701, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-node_maint",
            Server,
            View(
                "Node Maintenance, node-maint, Normal, maintenance, owner, 256+0 MiB, 512 MiB, 50 %, play.example.com:25900, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-real-installing",
            Server,
            View(
                "Bad Image, node-live, Installing, owner, 256+0 MiB, 512 MiB, 50 %, 127.0.0.1:25619, +control.start, +control.stop",
            ),
        ),
        (
            "server-state-susp",
            Server,
            View(
                "Live Suspended, node-live, Suspended, owner, 256+0 MiB, 512 MiB, 50 %, play.example.com:25603, +control.start, +control.stop",
            ),
        ),
        ("server-stranger", Server, gone()),
        ("server-subuser", Server, View(AS_SUBUSER)),
        ("server-unknown", Server, gone()),
        ("server-unknown-no-accept", Server, page("Not Found")),
        (
            "server-unlimited",
            Server,
            View(
                "Live Unlimited, node-live, Normal, owner, 0+-1 MiB, 0 MiB, 0 %, 127.0.0.1:25604, +control.start, +control.stop",
            ),
        ),
    ]
}

fn resources() -> Vec<Row> {
    let running = || Stats("Running", [1_982_464.0, 0.009, 6.0, 1166.0, 736.0, 20124.0]);
    let offline = |disk| Stats("Offline", [0.0, 0.0, disk, 0.0, 0.0, 0.0]);
    let failed = || conflict(ConflictState::Installing);
    let suspended = || conflict(ConflictState::Suspended);
    let node_404 = Fails(Error::NodeError {
        status: 404,
        detail: NODE_404.into(),
    });
    vec![
        ("csrf-origin-panel-get", Resources, offline(6.0)),
        ("resources-after-kill-cached", Resources, running()),
        ("resources-blackhole", Resources, node_gone()),
        ("resources-install_failed", Resources, failed()),
        ("resources-installing", Resources, failed()),
        ("resources-installing-admin", Resources, failed()),
        ("resources-node_down", Resources, node_gone()),
        ("resources-node_down_susp", Resources, suspended()),
        (
            "resources-node_maint",
            Resources,
            conflict(ConflictState::Maintenance),
        ),
        ("resources-offline", Resources, offline(0.0)),
        ("resources-offline-2", Resources, offline(0.0)),
        ("resources-ok-after-restart", Resources, offline(6.0)),
        ("resources-real-installing", Resources, failed()),
        ("resources-reinstall_failed", Resources, node_404),
        (
            "resources-restoring",
            Resources,
            conflict(ConflictState::RestoringBackup),
        ),
        ("resources-running", Resources, running()),
        ("resources-running-admin", Resources, running()),
        ("resources-running-subuser", Resources, running()),
        ("resources-starting-cached", Resources, offline(0.0)),
        ("resources-stranger", Resources, Fails(Error::NotFound)),
        ("resources-susp", Resources, suspended()),
        ("resources-suspended-admin", Resources, suspended()),
        ("resources-suspended-subuser", Resources, suspended()),
        (
            "resources-transferring",
            Resources,
            conflict(ConflictState::Transferring),
        ),
        ("resources-unknown", Resources, Fails(Error::NotFound)),
    ]
}

fn power() -> Vec<Row> {
    const NOT_ALLOWED: &str = "This action is unauthorized.";
    let node_404 = Fails(Error::NodeError {
        status: 404,
        detail: REMOTE_404.into(),
    });
    let method = |method: &str, path: &str, other: &str| {
        let detail = format!(
            "The {method} method is not supported for route {path}. Supported methods: {other}."
        );
        refused(405, "MethodNotAllowedHttpException", &detail)
    };
    vec![
        ("csrf-cookie", Power(None), csrf()),
        ("csrf-origin-devserver", Power(None), Taken),
        ("csrf-origin-foreign", Power(None), Taken),
        ("csrf-origin-localhost", Power(None), csrf()),
        ("csrf-origin-localhost-1420", Power(None), Taken),
        ("csrf-origin-null", Power(None), Taken),
        ("csrf-origin-panel", Power(None), csrf()),
        ("csrf-origin-tauri", Power(None), Taken),
        ("csrf-origin-tauri-https", Power(None), Taken),
        ("csrf-referer-panel", Power(None), csrf()),
        (
            "path-405",
            Server,
            method("DELETE", "api/client/servers/9fa9acaa", "GET, HEAD"),
        ),
        (
            "power-bad-json",
            Power(None),
            refused(
                400,
                "BadRequestHttpException",
                "The JSON data passed in the request appears to be malformed: Syntax error",
            ),
        ),
        (
            "power-empty-body",
            Power(None),
            invalid("The signal field is required."),
        ),
        (
            "power-form",
            Power(None),
            invalid("The selected signal is invalid."),
        ),
        (
            "power-get",
            Power(None),
            method("GET", "api/client/servers/457e03bd/power", "POST"),
        ),
        (
            "power-invalid-signal",
            Power(None),
            invalid("The selected signal is invalid."),
        ),
        ("power-kill", Power(None), Taken),
        ("power-kill-offline", Power(None), Taken),
        (
            "power-missing-signal",
            Power(None),
            invalid("The signal field is required."),
        ),
        ("power-noperm-kill", Power(None), forbidden(NOT_ALLOWED)),
        ("power-noperm-restart", Power(None), forbidden(NOT_ALLOWED)),
        ("power-noperm-stop", Power(None), forbidden(NOT_ALLOWED)),
        ("power-restart", Power(None), Taken),
        ("power-restart-again", Power(None), Taken),
        ("power-start", Power(None), Taken),
        ("power-start-blackhole", Power(None), node_gone()),
        (
            "power-start-install_failed",
            Power(None),
            conflict(ConflictState::Installing),
        ),
        (
            "power-start-installing",
            Power(None),
            conflict(ConflictState::Installing),
        ),
        ("power-start-node_down", Power(None), node_gone()),
        (
            "power-start-node_down_susp",
            Power(None),
            conflict(ConflictState::Suspended),
        ),
        (
            "power-start-node_maint",
            Power(None),
            conflict(ConflictState::Maintenance),
        ),
        ("power-start-reinstall_failed", Power(None), node_404),
        (
            "power-start-restoring",
            Power(None),
            conflict(ConflictState::RestoringBackup),
        ),
        ("power-start-running", Power(None), Taken),
        ("power-start-subuser", Power(None), Taken),
        (
            "power-start-susp",
            Power(None),
            conflict(ConflictState::Suspended),
        ),
        (
            "power-start-transferring",
            Power(None),
            conflict(ConflictState::Transferring),
        ),
        ("power-stop", Power(None), Taken),
        ("power-stop-offline", Power(None), Taken),
        ("power-stranger", Power(None), Fails(Error::NotFound)),
    ]
}

/// Wrong addresses, maintenance, limits, redirects.
fn fronts() -> Vec<Row> {
    let down = |seconds: Option<u64>| {
        let retry_after = seconds.map(Duration::from_secs);
        Fails(Error::Maintenance { retry_after })
    };
    let no_route = |path: &str| {
        let detail = format!("The route {path} could not be found.");
        refused(404, "NotFoundHttpException", &detail)
    };
    let to = "https://127.0.0.1:8443/api/client".into();
    vec![
        ("maintenance", Servers, down(None)),
        ("maintenance-no-accept", Servers, down(None)),
        ("maintenance-noauth", Servers, down(None)),
        ("maintenance-retry", Servers, down(Some(60))),
        ("path-404-api", Account, no_route("api/client/nope")),
        ("path-404-api-no-accept", Account, page("Not Found")),
        ("path-404-api-noauth", Account, no_route("api/client/nope")),
        ("path-404-html", Account, page("Pterodactyl")),
        ("path-404-html-admin-prefix", Account, page("Not Found")),
        ("path-404-json", Account, page("Pterodactyl")),
        (
            "path-404-server-sub",
            Resources,
            no_route("api/client/servers/9fa9acaa/nope"),
        ),
        ("path-auth-login", Account, page("Pterodactyl")),
        ("path-double-slash", Servers, no_route("api/client")),
        ("path-root", Account, page("Pterodactyl")),
        ("path-root-json", Power(None), page("Pterodactyl")),
        ("ratelimit-4", Account, limited()),
        ("ratelimit-5", Account, limited()),
        ("ratelimit-no-accept", Account, limited()),
        ("ratelimit-other-endpoint", Servers, limited()),
        ("ratelimit-post", Power(None), limited()),
        (
            "redirect-http-to-https",
            Servers,
            Fails(NotAPanel::Redirect { to }.into()),
        ),
    ]
}
