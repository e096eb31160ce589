//! `fake-panel`: the panel for playing by hand. Prints where it is and the key; never holds real ones.

use std::io::BufRead;
use std::process::ExitCode;
use std::time::Duration;

use fake_panel::{Call, FakePanel, ORDERS, Rules, ServerSpec, World, evening, manners};
use tokio::sync::mpsc;

const USAGE: &str = "\
A panel and its nodes on 127.0.0.1, for playing by hand. Prints its address and a key, and runs until it is interrupted.

usage: fake-panel [OPTION]...

  --port N              listen on 127.0.0.1:N instead of a free port
  --scenario evening    ten servers and what happens to them (so it is without --servers)
  --servers N           N quiet running servers on five nodes instead
  --speed X             the evening X times as fast
  --panel VERSION       which panel to be: 1.11 (the usual), 1.14, pelican
  --node VERSION        which daemon its nodes run: 1.11, 1.12, 1.13, rs (the usual is what goes with the panel)
  --clock X             X seconds pass in there for each one out here: tokens age, servers boot
  --fault ORDER         something that goes wrong from the beginning; more than once for more
  --control             take more from standard input, one a line: an order as below, skip=SECONDS, or counts
  --help                this text

for example
  fake-panel --servers 300 --panel 1.14 --fault 'Server 0001/resources=late:15000:node-timeout'
  fake-panel --fault panel/list=once:unauthorized --fault Survival/socket=closed:4409 --fault node:helsinki-2=refuses";

/// A month: everything that is due on the way happens one after the other.
const LONGEST_SKIP: Duration = Duration::from_secs(30 * 86_400);

struct Wishes {
    port: u16,
    servers: Option<u32>,
    speed: f64,
    rules: Rules,
    faults: Vec<String>,
    control: bool,
}

enum Asked {
    Run(Box<Wishes>),
    Help,
}

/// What the command line asks for; `None` when it is not understood.
fn asked(mut arguments: impl Iterator<Item = String>) -> Option<Asked> {
    let mut wishes = Wishes {
        port: 0,
        servers: None,
        speed: 1.0,
        rules: Rules::default(),
        faults: Vec::new(),
        control: false,
    };
    let (mut node, mut clock) = (None, 1.0);
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--help" | "-h" => return Some(Asked::Help),
            "--control" => {
                wishes.control = true;
                continue;
            }
            _ => {}
        }
        let value = arguments.next()?;
        match name.as_str() {
            "--port" => wishes.port = value.parse().ok()?,
            "--servers" => wishes.servers = Some(value.parse().ok()?),
            "--speed" => wishes.speed = value.parse().ok()?,
            "--scenario" if value == "evening" => {}
            "--panel" => wishes.rules = panel(&value)?,
            "--node" => node = Some(manners(&value)?),
            "--clock" => clock = value.parse().ok()?,
            "--fault" => wishes.faults.push(value),
            _ => return None,
        }
    }
    wishes.rules.manners = node.unwrap_or(wishes.rules.manners);
    wishes.rules.clock = clock;
    Some(Asked::Run(Box::new(wishes)))
}

fn panel(version: &str) -> Option<Rules> {
    Some(match version {
        "1.11" => Rules::default(),
        "1.14" => Rules::pterodactyl_1_14(),
        "pelican" => Rules::pelican(),
        _ => return None,
    })
}

fn quiet(servers: u32, rules: Rules) -> (World, String) {
    let mut world = World::new(rules);
    let key = world.add_user(evening::OWNER, false);
    for number in 1..=servers {
        let node = format!("node-{}", number % 5 + 1);
        let name = format!("Server {number:04}");
        let uuid = world.add_server(ServerSpec::new(&name, evening::OWNER, &node));
        let uptime = Duration::from_secs(u64::from(number) * 777);
        world.server(&uuid).been_running_for(uptime);
    }
    (world, key)
}

fn world(wishes: &Wishes) -> (World, String) {
    let rules = wishes.rules.clone();
    match wishes.servers {
        Some(servers) => quiet(servers, rules),
        None => evening::world_at(rules),
    }
}

/// Carries out a line of somebody typing; what there is to say about it.
fn obey(panel: &FakePanel, line: &str) -> String {
    if line.trim() == "counts" {
        return counts(panel);
    }
    let skip = line.trim().strip_prefix("skip=");
    if let Some(time) = skip.and_then(|text| text.parse().ok())
        && let Ok(time) = Duration::try_from_secs_f64(time)
        && time <= LONGEST_SKIP
    {
        panel.skip(time);
        return "ok".to_owned();
    }
    match panel.with(|world| world.order(line)) {
        Ok(()) => "ok".to_owned(),
        Err(problem) => problem.to_string(),
    }
}

/// What has arrived so far, in one line.
fn counts(panel: &FakePanel) -> String {
    let mut parts: Vec<String> = Call::ALL
        .into_iter()
        .map(|call| format!("{} {}", call.as_str(), panel.count(call)))
        .filter(|part| !part.ends_with(" 0"))
        .collect();
    let sockets = panel.with(|world| world.open_sockets());
    parts.push(format!("connections {}", panel.connections()));
    parts.push(format!("most-in-flight {}", panel.most_in_flight()));
    parts.push(format!("open-sockets {sockets}"));
    parts.push(format!("node-connections {}", panel.node_connections()));
    parts.join(", ")
}

/// Orders from standard input; never one without `--control`, so that the program can run in the background.
fn orders(control: bool) -> mpsc::UnboundedReceiver<String> {
    let (send, orders) = mpsc::unbounded_channel();
    if control {
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
    }
    orders
}

#[tokio::main(flavor = "current_thread")]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]
async fn main() -> ExitCode {
    let wishes = match asked(std::env::args().skip(1)) {
        Some(Asked::Run(wishes)) => wishes,
        Some(Asked::Help) => {
            println!("{USAGE}\n\n{ORDERS}");
            return ExitCode::SUCCESS;
        }
        None => {
            eprintln!("{USAGE}\n\n{ORDERS}");
            return ExitCode::from(2);
        }
    };
    let (mut world, key) = world(&wishes);
    for fault in &wishes.faults {
        if let Err(problem) = world.order(fault) {
            eprintln!("--fault {fault}: {problem}\n\n{ORDERS}");
            return ExitCode::from(2);
        }
    }
    let panel = match FakePanel::start_on(world, wishes.port).await {
        Ok(panel) => panel,
        Err(problem) => {
            eprintln!("cannot listen on 127.0.0.1:{}: {problem}", wishes.port);
            return ExitCode::FAILURE;
        }
    };
    println!("{}\n{key}", panel.url());
    let lived = async {
        match wishes.servers {
            Some(_) => std::future::pending().await,
            None => evening::play(&panel, wishes.speed).await,
        }
    };
    let mut orders = orders(wishes.control);
    let obeyed = async {
        while let Some(order) = orders.recv().await {
            println!("{}", obey(&panel, &order));
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = lived => ExitCode::SUCCESS,
        () = obeyed => ExitCode::SUCCESS,
        _ = tokio::signal::ctrl_c() => ExitCode::SUCCESS,
    }
}
