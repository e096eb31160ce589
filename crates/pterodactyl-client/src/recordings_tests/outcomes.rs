//! The recordings whose expected outcome stands beside them, in `OUTCOMES.tsv`: name, call, what the client makes of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::recorded::{Answer, Exchange};
use crate::{ActivityEntry, Backup, Call, Error, Listing, NetworkAllocation};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings")
}

/// Recordings that the fake panel's own tests hold; they are read here as well.
pub(super) fn fake_panels() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fake-panel/tests/recordings/1.11")
}

/// The names of the HTTP recordings in `folder`.
pub(super) fn recordings(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".http").map(str::to_owned)
        })
        .collect()
}

fn rows(generation: &str) -> Vec<String> {
    let table = fs::read_to_string(root().join(generation).join("OUTCOMES.tsv")).unwrap();
    table.lines().map(str::to_owned).collect()
}

/// The names in a generation's table.
pub(super) fn named_in(generation: &str) -> Vec<String> {
    let first = |row: &String| row.split('\t').next().unwrap_or_default().to_owned();
    rows(generation).iter().map(first).collect()
}

fn row(name: &str, folders: &[PathBuf]) -> String {
    let file = folders
        .iter()
        .map(|folder| folder.join(format!("{name}.http")))
        .find(|file| file.exists());
    let file = file.unwrap_or_else(|| panic!("{name} is in the table but not in the folder"));
    let exchange = Exchange::read(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(
        exchange.name(),
        name,
        "the recording names itself otherwise"
    );
    let call = exchange.call();
    let told = match exchange.outcome() {
        Ok(answer) => told(&answer),
        Err(error) => refused(call, &error),
    };
    format!("{name}\t{}\t{told}", call.name())
}

fn refused(call: Call, error: &Error) -> String {
    let now = Instant::now();
    let about = error
        .about_for(call)
        .map(|about| format!(", about the {about}"));
    let needs = error
        .missing_permission(call)
        .map(|needs| format!(", needs {needs}"));
    let again = error.retry_at(now).map(|then| {
        let only = if error.is_this_action_only() {
            " this"
        } else {
            ""
        };
        format!(", again{only} in {} s", (then - now).as_secs())
    });
    let more: String = [about, needs, again].into_iter().flatten().collect();
    format!("{}{more}: {error}", error.kind())
}

fn told(answer: &Answer) -> String {
    match answer {
        Answer::Account(account) => {
            let admin = if account.admin { ", administrator" } else { "" };
            format!("{}{admin}", account.username)
        }
        Answer::Permissions(known) => {
            let first = &known[0];
            format!(
                "{} permissions, {}: {}",
                known.len(),
                first.name,
                first.description
            )
        }
        Answer::Servers(page) => {
            let names = |at: Option<&crate::ListedServer>| at.map(|l| l.server.name.clone());
            let ends = [names(page.entries.first()), names(page.entries.last())];
            let besides = page.entries.first().map(besides).unwrap_or_default();
            let ends: Vec<String> = ends.into_iter().flatten().collect();
            format!("{}: {}{besides}", count(page), ends.join(" ... "))
        }
        Answer::Server(view) => {
            format!("{}, {}", view.server.identifier, super::facts(view))
        }
        Answer::Resources(found) => {
            let (state, numbers) = super::stats(found);
            format!("{state}, {numbers:?}")
        }
        Answer::Taken => "taken".into(),
        Answer::Websocket(found) => found.socket.clone(),
        Answer::Activity(page) => {
            let ends = [page.entries.first(), page.entries.last()];
            let ends: Vec<String> = ends.into_iter().flatten().map(entry).collect();
            format!("{}: {}", count(page), ends.join(" ... "))
        }
        Answer::Backups(page) => {
            let all: Vec<String> = page.entries.iter().map(backup).collect();
            format!("{}: {}", count(page), all.join(", "))
        }
        Answer::Backup(made) => backup(made),
        Answer::Schedules(all) => {
            let names: Vec<&str> = all.iter().map(|schedule| schedule.name.as_str()).collect();
            format!("{}: {}", names.len(), names.join(", "))
        }
        Answer::Allocations(all) => {
            let all: Vec<String> = all.iter().map(allocation).collect();
            all.join(", ")
        }
        Answer::Startup(startup) => {
            let variables = startup.variables.iter().map(|variable| {
                format!("{}={:?} ({})", variable.env, variable.value, variable.rules)
            });
            let variables: Vec<String> = variables.collect();
            format!(
                "{} < {}, {:?}, {}",
                startup.command,
                startup.raw_command,
                startup.docker_images,
                variables.join(", ")
            )
        }
        Answer::Other => "fine".into(),
    }
}

fn count<T>(page: &Listing<T>) -> String {
    format!(
        "{} of {} on {} pages",
        page.entries.len(),
        page.total,
        page.pages
    )
}

fn besides(listed: &crate::ListedServer) -> String {
    let egg = listed.egg.as_ref().map(|egg| format!("; egg {}", egg.name));
    let users = listed.subusers.as_ref().map(|users| {
        let user = |user: &crate::Subuser| {
            let may: Vec<&str> = user.permissions.iter().collect();
            format!("{} may {}", user.username, may.join(" "))
        };
        let users: Vec<String> = users.iter().map(user).collect();
        format!("; {}", users.join(", "))
    });
    [egg, users].into_iter().flatten().collect()
}

fn entry(entry: &ActivityEntry) -> String {
    let who = entry
        .actor
        .as_ref()
        .map_or("nobody", |actor| &actor.username);
    let how = if entry.is_api { " with a key" } else { "" };
    let since = entry
        .at
        .unwrap()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let more = serde_json::Value::Object(entry.properties.clone());
    format!(
        "{} by {who}{how} at {} {more}",
        entry.event,
        since.as_secs()
    )
}

fn backup(backup: &Backup) -> String {
    let locked = if backup.locked { ", locked" } else { "" };
    format!(
        "{} {:?} {} bytes{locked}",
        backup.name, backup.state, backup.bytes
    )
}

fn allocation(network: &NetworkAllocation) -> String {
    let default = if network.default { " default" } else { "" };
    format!("{} {}{default}", network.id, network.allocation.address())
}

fn compare(generation: &str, folders: &[PathBuf]) {
    let expected = rows(generation);
    let found = named_in(generation)
        .into_iter()
        .map(|name| row(&name, folders));
    let other: Vec<String> = found
        .zip(&expected)
        .filter(|(found, expected)| found != *expected)
        .map(|(found, _)| found)
        .collect();
    let other = other.join("\n");
    assert!(
        other.is_empty(),
        "{generation} is read otherwise:\n{other}\n"
    );
}

#[test]
fn what_stands_in_the_tables_is_what_the_client_reads() {
    compare("1.11", &[root().join("1.11"), fake_panels()]);
    compare("1.14", &[root().join("1.14")]);
    compare("pelican", &[root().join("pelican")]);
}

#[test]
fn every_recording_of_the_newer_generations_has_one_row() {
    for generation in ["1.14", "pelican"] {
        let named = named_in(generation);
        let once: BTreeSet<String> = named.iter().cloned().collect();
        assert_eq!(named.len(), once.len(), "a recording has two rows");
        assert_eq!(recordings(&root().join(generation)), once, "{generation}");
    }
}

#[test]
fn tables_in_a_websocket_answer_do_not_show_its_token() {
    for generation in ["1.14", "pelican"] {
        for name in recordings(&root().join(generation)) {
            let file = root().join(generation).join(format!("{name}.http"));
            let exchange = Exchange::read(&fs::read_to_string(file).unwrap()).unwrap();
            let shown = format!("{:?}", exchange.outcome());
            assert!(!shown.contains("eyJ"), "{name}: {shown}");
        }
    }
}
