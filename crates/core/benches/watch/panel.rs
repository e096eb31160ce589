//! The other process: fake panels that take orders on standard input and count what reaches them.
//!
//! Never measures time for us except the moment at which an order was carried out.

use super::{
    clock::wall_ms,
    stage::{Ask, Count, Place, Tell, WorldSpec},
};
use anyhow::{Context as _, Result, bail};
use fake_panel::{FakePanel, Request, Rules, ServerSpec, World};
use std::{collections::VecDeque, time::Duration};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin};

/// Reads which worlds to make from the first line, says where they are, and obeys until its input ends.
pub(crate) async fn run() -> Result<()> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let first = lines.next_line().await?.context("no world was asked for")?;
    let specs: Vec<WorldSpec> = serde_json::from_str(&first)?;
    let mut panels = Vec::new();
    let mut places = Vec::new();
    for spec in specs {
        let (world, key) = world(&spec);
        let panel = FakePanel::start(world).await?;
        let url = panel.url();
        places.push(Place { url, key });
        panels.push(panel);
    }
    println!("{}", serde_json::to_string(&places)?);
    obey(&panels, &mut lines).await
}

async fn obey(panels: &[FakePanel], lines: &mut Lines<BufReader<Stdin>>) -> Result<()> {
    while let Some(line) = lines.next_line().await? {
        let Ask { panel, order } = serde_json::from_str(&line)?;
        let panel = panels.get(panel).context("no such panel")?;
        let told = match order {
            Some(order) => {
                let at_ms = panel.with(|world| world.order(&order).map(|()| wall_ms()));
                let Ok(at_ms) = at_ms else {
                    bail!("the fake panel does not take {order:?}");
                };
                Tell::Done { at_ms }
            }
            None => {
                let count = count(panel);
                panel.forget_requests();
                Tell::Counted(count)
            }
        };
        println!("{}", serde_json::to_string(&told)?);
    }
    Ok(())
}

fn world(spec: &WorldSpec) -> (World, String) {
    let mut world = World::new(Rules {
        latency: Duration::from_millis(spec.latency_ms),
        limit_per_minute: spec.limit_per_minute,
        boot_takes: Duration::from_millis(200),
        ..Rules::default()
    });
    let key = world.add_user("alice", false);
    for number in 1..=spec.servers {
        let node = format!("node-{}", number % 5 + 1);
        let uuid = world.add_server(ServerSpec::new(&spec.name(number), "alice", &node));
        // Their statistics come when they will, not all at the same moment of a second.
        let uptime = Duration::from_millis(u64::from(number) * 777_037);
        world.server(&uuid).been_running_for(uptime);
    }
    (world, key)
}

fn count(panel: &FakePanel) -> Count {
    let requests = panel.requests();
    Count {
        requests: requests.len(),
        refused: requests
            .iter()
            .filter(|one| one.status == Some(429))
            .count(),
        busiest_minute: busiest_minute(&requests),
        connections: panel.connections(),
        bytes: panel.bytes(),
        sockets: panel.node_connections(),
        most_in_flight: panel.most_in_flight(),
    }
}

/// The most requests in any 60 s, wherever they begin.
fn busiest_minute(requests: &[Request]) -> usize {
    let mut minute = VecDeque::new();
    let mut most = 0;
    for request in requests {
        minute.push_back(request.at);
        while minute
            .front()
            .is_some_and(|first| request.at.saturating_sub(*first) >= Duration::from_secs(60))
        {
            minute.pop_front();
        }
        most = most.max(minute.len());
    }
    most
}
