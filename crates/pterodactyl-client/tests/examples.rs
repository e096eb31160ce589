//! The examples as a person runs them, against the fake panel.

#![expect(clippy::unwrap_used, reason = "what cannot be started ends its test")]

use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use fake_panel::{FakePanel, Rules, ServerSpec, World};

fn world() -> (World, String) {
    let mut world = World::new(Rules::quick());
    let key = world.add_user("mira", false);
    for name in ["Survival", "Creative"] {
        world.add_server(ServerSpec::new(name, "mira", "node-1"));
    }
    let survival = world.server("Survival");
    survival.been_running_for(Duration::from_secs(3600));
    (world, key)
}

/// Where cargo puts an example. `cargo test` builds them before it runs any test; with `--test` it leaves them out.
fn program(name: &str) -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push("examples");
    path.push(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.exists() {
        let built = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--package",
                "pterodactyl-client",
                "--example",
                name,
            ])
            .status()
            .unwrap();
        assert!(built.success() && path.exists(), "{}", path.display());
    }
    path
}

/// Runs an example; nothing is looped back into the test's own runtime meanwhile.
async fn run(name: &str, panel: &FakePanel, key: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program(name));
    command
        .args(arguments)
        .env("PANEL_URL", panel.url())
        .env("PANEL_KEY", key)
        .env("SECONDS", "0");
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

fn said(output: &Output) -> String {
    let shown = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}\n{errors}");
    shown.into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn list_names_the_servers_of_the_key() {
    let (world, key) = world();
    let panel = FakePanel::start(world).await.unwrap();
    let all = said(&run("list", &panel, &key, &[]).await);
    assert!(
        all.contains("Survival") && all.contains("Creative"),
        "{all}"
    );
    assert!(all.contains("requests left"), "{all}");
    let some = said(&run("list", &panel, &key, &["Crea"]).await);
    assert!(
        !some.contains("Survival") && some.contains("Creative"),
        "{some}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn watch_tells_what_each_server_does() {
    let (world, key) = world();
    let panel = FakePanel::start(world).await.unwrap();
    let told = said(&run("watch", &panel, &key, &["2"]).await);
    assert!(told.contains("Survival: Running"), "{told}");
    assert!(told.contains("Creative: Offline"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_reaches_the_server() {
    let (world, key) = world();
    let panel = FakePanel::start(world).await.unwrap();
    let survival = panel.with(|world| world.server("Survival").uuid().to_owned());
    let told = said(&run("power", &panel, &key, &[&survival, "kill"]).await);
    assert!(
        told.contains("kill was handed on") && told.contains("Offline"),
        "{told}"
    );
    assert_eq!(panel.power_requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_key_is_named_and_does_not_show() {
    let (world, _) = world();
    let panel = FakePanel::start(world).await.unwrap();
    let key = "ptlc_MakeBelieve0000000000000000000000000000KeyA";
    for name in ["list", "watch"] {
        let output = run(name, &panel, key, &[]).await;
        let shown = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success());
        assert!(shown.contains("Unauthorized"), "{shown}");
        assert!(!shown.contains("MakeBelieve"), "{shown}");
    }
}

#[test]
fn classify_prints_one_line_for_each_recording() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    let files = [
        "1.11/auth-wrong",
        "1.14/p114-backups-throttle-3",
        "pelican/pelican-server-owner",
    ];
    let output = Command::new(program("classify"))
        .args(files.map(|file| folder.join(format!("{file}.http"))))
        .output()
        .unwrap();
    let told = said(&output);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "auth-wrong\tservers\tunauthorized\tkey\t-",
            "p114-backups-throttle-3\tcreate_backup\taction_limited\tserver\tin 599 s, this action only",
            "pelican-server-owner\tserver\tok\t-\t-",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_told_all_the_same() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/1.11");
    for (name, good, told) in [
        (
            "classify",
            "auth-wrong.http",
            "auth-wrong\tservers\tunauthorized",
        ),
        ("replay", "ws-token-reuse.ws.txt", "; sent "),
    ] {
        let output = Command::new(program(name))
            .arg(folder.join("README.md"))
            .arg(folder.join("nowhere"))
            .arg(&folder)
            .arg(folder.join(good))
            .output()
            .unwrap();
        assert!(!output.status.success());
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(shown.contains(told), "{shown}");
        let errors = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> = errors.lines().collect();
        assert_eq!(lines.len(), 3, "{errors}");
        assert!(lines[0].contains("README.md: is no "), "{errors}");
        assert!(lines[1].contains("nowhere: cannot be read: "), "{errors}");
        assert!(lines[2].contains("1.11: cannot be read: "), "{errors}");
    }
}
