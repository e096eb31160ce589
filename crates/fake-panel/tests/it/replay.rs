//! Sends every recorded request to a fake panel in the recorded state and compares the answers. Never compares values
//! that differ from installation to installation (times, names, numbers): shape, status, code, text and headers only.

use fake_panel::{FakePanel, Signal, World};

use crate::compare::compare;
use crate::recorded_world::{self, Keys};
use crate::recording::{self, Generation, Recording};
use crate::replay_cases::{Case, FIRST_ENTRY_ONLY, NOT_COMPARED, case};
use crate::wire;

#[tokio::test]
async fn every_recorded_request_gets_the_recorded_answer() {
    let mut wrong = Vec::new();
    for generation in Generation::ALL {
        let recordings = recording::all(generation);
        let rules = recorded_world::rules(generation);
        let (world, keys) = recorded_world::build(generation, &recordings, rules);
        let mut same = 0;
        for (name, recording) in &recordings {
            let (folder, prefix) = generation.folder();
            let shown = format!("{folder}/{prefix}{name}");
            let (status, target) = (recording.reply.status, &recording.target);
            let asked = format!("{status} {:6} {target}", recording.method);
            if let Some((_, reason)) = NOT_COMPARED.iter().find(|(one, _)| one == name) {
                println!("{shown:48} {asked:80} NOT COMPARED: {reason}");
                continue;
            }
            let played = play(world.clone(), &keys, name, recording);
            let differences = played.await.unwrap_or_else(|problem| vec![problem]);
            let verdict = match differences.first() {
                None if name.starts_with(FIRST_ENTRY_ONLY.0) => FIRST_ENTRY_ONLY.1,
                None => "same",
                Some(_) => "DIFFERENT",
            };
            println!("{shown:48} {asked:80} {verdict}");
            same += usize::from(differences.is_empty());
            wrong.extend(differences.iter().map(|one| format!("{shown}: {one}")));
        }
        println!("{generation:?}: {same} of {} same", recordings.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

struct Scene<'a> {
    panel: FakePanel,
    keys: &'a Keys,
    name: &'a str,
}

async fn play(
    mut world: World,
    keys: &Keys,
    name: &str,
    recording: &Recording,
) -> Result<Vec<String>, String> {
    let generation = keys.generation;
    let Case {
        set_up,
        repeat,
        by,
        then,
    } = case(generation, name);
    let target = with_things_of_path(&mut world, &recording.target);
    recorded_world::remove_later_ones(&mut world, recording);
    set_up(&mut world);
    let scene = Scene {
        panel: FakePanel::start(world).await.map_err(|e| e.to_string())?,
        keys,
        name,
    };
    for _ in 0..repeat {
        let by = if by.is_empty() { &recording.by } else { by };
        scene.ask(recording, &target, by).await?;
    }
    scene.panel.with(then);
    let got = scene.ask(recording, &target, &recording.by).await?;
    let own = scene.panel.url();
    let theirs = generation.url();
    let first_only = name.starts_with(FIRST_ENTRY_ONLY.0);
    Ok(compare((theirs, &own), &recording.reply, &got, first_only))
}

/// Makes the backup, schedule or key that a path names, and returns the path with the names of this world.
fn with_things_of_path(world: &mut World, target: &str) -> String {
    let mut parts: Vec<String> = target.split('/').map(str::to_owned).collect();
    let words: Vec<&str> = target.split('/').collect();
    match words[..] {
        ["", "api", "client", "servers", server, "backups", uuid, ..]
            if !uuid.starts_with("0000") =>
        {
            let made = world.add_backup(server, "first");
            world.name_backup(server, &made, uuid);
        }
        ["", "api", "client", "servers", server, "schedules", _, ..] => {
            world.add_schedule(server, "Nightly restart", Signal::Restart);
        }
        ["", "api", "client", "account", "api-keys", _] => {
            let key = world.add_key("dave", &[]);
            key[..16].clone_into(&mut parts[5]);
        }
        _ => {}
    }
    parts.join("/")
}

impl Scene<'_> {
    async fn ask(
        &self,
        recording: &Recording,
        target: &str,
        by: &str,
    ) -> Result<wire::Reply, String> {
        let own = self.panel.url();
        let key = key_of(self.keys, by);
        let mut headers = Vec::new();
        for (name, value) in &recording.headers {
            let value = value.replace(self.keys.generation.url(), &own);
            let value = match name.as_str() {
                "Authorization" => credentials(self.keys, self.name, key, &value),
                _ => value,
            };
            headers.push((name.as_str(), value));
        }
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let method = &recording.method;
        let got = wire::send(&self.panel, method, target, &headers, &recording.body).await;
        got.map_err(|problem| format!("no answer: {problem}"))
    }
}

fn key_of<'a>(keys: &'a Keys, by: &str) -> Option<&'a str> {
    Some(match by {
        "key_admin" => &keys.admin,
        "key_alice" => &keys.alice,
        "key_alice_ipdenied" => &keys.alice_ipdenied,
        "key_alice_ipok" => &keys.alice_ipok,
        "key_bob" => &keys.bob,
        "key_dave" => &keys.dave,
        "key_app" => &keys.app,
        "none" | "bad" => return None,
        other => panic!("nobody is called {other}"),
    })
}

/// The header with the shortened key of the file replaced by one that means the same here.
fn credentials(keys: &Keys, name: &str, key: Option<&str>, recorded: &str) -> String {
    let alice = &keys.alice;
    match (name, key) {
        (_, Some(key)) => format!("Bearer {key}"),
        ("auth-key-with-space", None) => format!("Bearer {alice}   "),
        ("auth-lowercase-bearer", None) => format!("bearer {alice}"),
        ("auth-uppercase-bearer", None) => format!("BEARER {alice}"),
        ("auth-wrong-secret", None) => format!("Bearer {}{}", &alice[..16], "x".repeat(32)),
        ("auth-wrong", None) => format!("Bearer ptlc_{}", "0".repeat(43)),
        (_, None) => recorded.to_owned(),
    }
}

#[test]
fn exceptions_are_about_recordings_that_are_there() {
    let (mut names, mut activities) = (Vec::new(), 0);
    for generation in Generation::ALL {
        names.extend(recording::all(generation).into_keys());
    }
    for name in &names {
        activities += usize::from(name.starts_with(FIRST_ENTRY_ONLY.0));
    }
    assert!(activities > 0);
    for (name, reason) in NOT_COMPARED {
        assert!(names.iter().any(|one| one == name), "{name}");
        assert!(!reason.is_empty());
    }
}
