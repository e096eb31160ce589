//! Every recorded answer of a real panel and what it must be read as. A recording without a row, or a row without a
//! recording, fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::budget::Budget;
use crate::call::Call;
use crate::error::{ConflictState, Error, NotAPanel};
use crate::reply::Reply;

mod outcomes;
mod table;

/// What a recording must be read as.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    /// Account: user name, administrator.
    User(&'static str, bool),
    /// List: servers on this page, in all, pages, first name, last name.
    List(usize, u64, u64, &'static str, &'static str),
    /// View: the server's facts in the words of [`facts`].
    View(&'static str),
    /// Resources: state, then memory, cpu, disk, received, sent, uptime.
    Stats(&'static str, [f64; 6]),
    /// A power signal that was taken.
    Taken,
    Fails(Error),
}

/// A recording, taken apart: `#` and `>` lines, then the answer, then a `# total` line.
fn replay(name: &str, call: Call) -> Reply {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let answer = &text[text.find("\nHTTP/").unwrap() + 1..text.rfind("\n# total").unwrap()];
    let (head, body) = answer.split_once("\n\n").unwrap();
    let (status, headers) = head.split_once('\n').unwrap();
    let status = status.split(' ').nth(1).unwrap().parse().unwrap();
    Reply::canned(call, status, headers, body.trim())
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/1.11")
}

/// Compares what a recording is read as with its row; the message names the recording.
fn check(name: &str, call: Call, expected: &Outcome) {
    let reply = replay(name, call);
    let error = match (call, expected) {
        (Call::Account, Outcome::User(username, admin)) => reply.account().map(|account| {
            let found = (account.username.as_str(), account.admin);
            assert_eq!(found, (*username, *admin), "{name}");
        }),
        (Call::Servers, Outcome::List(here, total, pages, first, last)) => {
            reply.page().map(|page| {
                let name_of = |listed: Option<&crate::ListedServer>| {
                    listed.map(|l| l.server.name.clone()).unwrap_or_default()
                };
                let names = (name_of(page.servers.first()), name_of(page.servers.last()));
                let counts = (page.servers.len(), page.total, page.total_pages);
                assert_eq!(counts, (*here, *total, *pages), "{name}");
                assert_eq!(names, ((*first).into(), (*last).into()), "{name}");
            })
        }
        (Call::Server, Outcome::View(expected)) => reply
            .server()
            .map(|view| assert_eq!(facts(&view), *expected, "{name}")),
        (Call::Resources, Outcome::Stats(state, numbers)) => reply
            .resources()
            .map(|found| assert_eq!(stats(&found), ((*state).to_owned(), *numbers), "{name}")),
        (Call::Power(_), Outcome::Taken) => reply.taken(),
        (call, Outcome::Fails(expected)) => {
            assert_eq!(read_any(reply, call).as_ref(), Err(expected), "{name}");
            Ok(())
        }
        (call, expected) => panic!("{name}: {expected:?} cannot come of {call:?}"),
    };
    assert_eq!(error, Ok(()), "{name}");
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other calls have tables of their own"
)]
fn read_any(reply: Reply, call: Call) -> Result<(), Error> {
    match call {
        Call::Account => reply.account().map(drop),
        Call::Servers => reply.page().map(drop),
        Call::Server => reply.server().map(drop),
        Call::Resources => reply.resources().map(drop),
        Call::Power(_) => reply.taken(),
        other => panic!("no row has {other:?}"),
    }
}

/// `name, node, status[, flags], limits, address, what the user may do`.
fn facts(view: &crate::ServerView) -> String {
    let server = &view.server;
    let mut words = vec![
        server.name.clone(),
        server.node.clone(),
        format!("{:?}", server.status),
    ];
    let flags = [
        (server.transferring, "transferring"),
        (server.node_maintenance, "maintenance"),
        (view.owner, "owner"),
    ];
    words.extend(
        flags
            .iter()
            .filter(|flag| flag.0)
            .map(|flag| flag.1.to_owned()),
    );
    let limits = server.limits;
    words.push(format!(
        "{}+{} MiB, {} MiB, {} %",
        limits.memory_mib, limits.swap_mib, limits.disk_mib, limits.cpu_percent
    ));
    words.extend(server.allocation.as_ref().map(crate::Allocation::address));
    let asked = ["control.start", "control.stop", "admin.websocket.errors"];
    let may = asked
        .iter()
        .filter(|permission| view.permissions.may(permission));
    words.extend(may.map(|permission| format!("+{permission}")));
    words.join(", ")
}

fn stats(found: &crate::Resources) -> (String, [f64; 6]) {
    let whole = |number: u64| u32::try_from(number).map(f64::from).unwrap();
    let numbers = [
        whole(found.memory_bytes),
        found.cpu_percent,
        whole(found.disk_bytes),
        whole(found.network_rx_bytes),
        whole(found.network_tx_bytes),
        whole(found.uptime_ms),
    ];
    (format!("{:?}", found.state), numbers)
}

#[test]
fn every_recorded_answer_is_read_as_its_row_says() {
    for (name, call, expected) in table::table() {
        check(&format!("{name}.http"), call, &expected);
    }
}

#[test]
fn no_recording_goes_unread() {
    let mut read = outcomes::named_in("1.11");
    read.extend(table::table().iter().map(|row| row.0.to_owned()));
    let once: BTreeSet<String> = read.iter().cloned().collect();
    assert_eq!(read.len(), once.len(), "a recording has two rows");
    let mut on_disk = outcomes::recordings(&folder());
    on_disk.extend(outcomes::recordings(&outcomes::fake_panels()));
    assert_eq!(on_disk, once);
}

#[test]
fn the_budget_is_told_by_counted_answers_only() {
    let told = |name: &str| Budget::read(&replay(&format!("{name}.http"), Call::Account).headers);
    let budget = |limit, remaining| Some(Budget { limit, remaining });
    assert_eq!(told("resources-running"), budget(720, 705));
    assert_eq!(told("ratelimit-1"), budget(3, 2));
    assert_eq!(told("ratelimit-4"), budget(3, 0));
    for uncounted in [
        "auth-wrong",
        "auth-ip-denied",
        "2fa-required-list",
        "maintenance",
        "list-post",
    ] {
        assert_eq!(told(uncounted), None, "{uncounted}");
    }
}
