//! One server in the menu: what it does at a glance, and below it everything that can be done.
//!
//! Every row has the same lines in the same places, whatever its server does, so that texts change in place.

use super::{Item, age, alerts};
use crate::{
    action::{Action, Page},
    condition::{Condition, Standing},
    format,
    settings::Sensor,
    snapshot::{ServerView, Snapshot},
    text::{Part, Texts},
};
use pterodactyl_client::PowerSignal;
use std::time::Duration;

/// The signals in the order of the menu.
const SIGNALS: [PowerSignal; 4] = [
    PowerSignal::Start,
    PowerSignal::Restart,
    PowerSignal::Stop,
    PowerSignal::Kill,
];

/// The row of a server.
pub(super) fn row(server: &ServerView, snapshot: &Snapshot, texts: &Texts) -> Item {
    let signals = SIGNALS.into_iter();
    let mut items: Vec<Item> = signals
        .map(|signal| power(server, signal, snapshot, texts))
        .collect();
    items.push(Item::Separator);
    let problem = server.problem.as_ref();
    let problem = problem.map(|problem| texts.problem(problem));
    items.push(Item::Label(problem.unwrap_or_default()));
    let sensors = snapshot.settings.sensors.iter();
    items.extend(sensors.map(|sensor| Item::Figure(reading(server, *sensor, texts))));
    items.push(Item::Separator);
    let id = || server.id.clone();
    items.push(Item::Entry {
        text: texts.say("menu-copy-address"),
        enabled: server.address.is_some(),
        visible: true,
        press: Action::CopyAddress { server: id() },
    });
    let open = Action::OpenInPanel { server: id() };
    items.push(Item::entry(texts.say("menu-open-in-panel"), open));
    let page = Page::Server { server: id() };
    items.push(Item::entry(texts.say("menu-show"), Action::Show { page }));
    let page = Page::Console { server: id() };
    items.push(Item::entry(
        texts.say("button-console"),
        Action::Show { page },
    ));
    items.push(alerts::rules(server, snapshot, texts));
    Item::Server {
        id: id(),
        text: label(server, snapshot, texts),
        figures: figures(server, texts),
        condition: server.condition,
        items,
    }
}

/// A signal to send. Blocked servers have none; force stop is not even seen unless it is possible.
fn power(server: &ServerView, signal: PowerSignal, snapshot: &Snapshot, texts: &Texts) -> Item {
    let blocked = server.condition.standing() == Standing::Blocked;
    let asks_first = signal == PowerSignal::Kill
        || (signal != PowerSignal::Start && snapshot.settings.confirm_power);
    let word = texts.signal(signal);
    let name = server.id.clone();
    let press = if asks_first {
        let page = Page::Confirm {
            server: name,
            signal,
        };
        Action::Show { page }
    } else {
        Action::Power {
            server: name,
            signal,
        }
    };
    Item::Entry {
        text: if asks_first {
            texts.say_with("menu-asks-first", &[("what", Part::Text(&word))])
        } else {
            word
        },
        enabled: server.can.allows(signal),
        visible: !blocked && (signal != PowerSignal::Kill || server.can.kill),
        press,
    }
}

/// Name and condition. Together with the figures it reads as a sentence.
fn label(server: &ServerView, snapshot: &Snapshot, texts: &Texts) -> String {
    let what = what(server, snapshot, texts);
    let mut parts = vec![
        ("name", Part::Text(&server.name)),
        ("what", Part::Text(&what)),
    ];
    let pending = server.pending.map(|pending| texts.pending(pending));
    match &pending {
        Some(pending) => {
            parts.push(("pending", Part::Text(pending)));
            texts.say_with("menu-server-pending", &parts)
        }
        None => texts.say_with("menu-server", &parts),
    }
}

/// The word, and why or since when where that is known.
fn what(server: &ServerView, snapshot: &Snapshot, texts: &Texts) -> String {
    let word = texts.condition_inside(server.condition);
    if let Some(read) = age::last_read(server) {
        let ago = texts.ago(age::of(snapshot, read));
        let parts = [("word", Part::Text(&word)), ("ago", Part::Text(&ago))];
        return texts.say_with("menu-unknown", &parts);
    }
    match server.cause.and_then(|cause| texts.cause(cause)) {
        Some(cause) => format!("{word}, {cause}"),
        None => word,
    }
}

/// What a running server uses.
fn figures(server: &ServerView, texts: &Texts) -> String {
    let (Some(used), Condition::Running) = (&server.resources, server.condition) else {
        return String::new();
    };
    let cpu = texts.percent(used.cpu_percent);
    let memory = texts.size_of(used.memory_bytes, server.limits.memory_mib);
    let parts = [("cpu", Part::Text(&cpu)), ("memory", Part::Text(&memory))];
    texts.say_with("menu-running-use", &parts)
}

/// One sensor with its name: `Memory 2.1 of 4 GiB`.
fn reading(server: &ServerView, sensor: Sensor, texts: &Texts) -> String {
    let limits = &server.limits;
    let used = server.resources.as_ref();
    let up = used.filter(|used| used.uptime_ms > 0);
    let of = |mib: i64| u64::try_from(mib).ok().filter(|mib| *mib > 0);
    let mib = |mib: i64| of(mib).map(|mib| texts.size(mib.saturating_mul(1024 * 1024)));
    let value = match sensor {
        Sensor::CpuUtilization => up.map(|used| texts.percent(used.cpu_percent)),
        Sensor::MemoryUsage => up.map(|used| texts.size_of(used.memory_bytes, limits.memory_mib)),
        Sensor::DiskUsage => used.map(|used| texts.size_of(used.disk_bytes, limits.disk_mib)),
        Sensor::Uptime => up.map(|used| format::duration(Duration::from_millis(used.uptime_ms))),
        Sensor::NetworkInbound => up.map(|used| texts.size(used.network_rx_bytes)),
        Sensor::NetworkOutbound => up.map(|used| texts.size(used.network_tx_bytes)),
        Sensor::CpuLimit => Some(if limits.cpu_percent > 0 {
            format!("{} %", limits.cpu_percent)
        } else {
            "∞".to_owned()
        }),
        Sensor::MemoryLimit => Some(mib(limits.memory_mib).unwrap_or_else(|| "∞".to_owned())),
        Sensor::DiskLimit => Some(mib(limits.disk_mib).unwrap_or_else(|| "∞".to_owned())),
    };
    let value = value.unwrap_or_else(|| "–".to_owned());
    let name = texts.sensor(sensor);
    let parts = [("sensor", Part::Text(&name)), ("value", Part::Text(&value))];
    texts.say_with("menu-sensor", &parts)
}
