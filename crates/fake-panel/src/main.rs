//! `fake-panel`: the panel for playing by hand. Prints where it is and the key; never holds real ones.

use std::io::BufRead;
use std::process::ExitCode;
use std::time::Duration;

use fake_panel::{FakePanel, ORDERS, Rules, ServerSpec, World, evening, manners};
use tokio::sync::mpsc;

const USAGE: &str = "usage: fake-panel [--port N] [--scenario evening] [--servers N] [--speed X] [--panel 1.11|1.14|pelican]
                  [--node 1.11|1.12|1.13|rs] [--clock X] [--fault ORDER]... [--control]

  --port N              listen on 127.0.0.1:N instead of a free port
  --scenario evening    the demo's evening (what happens without --servers)
  --servers N           N quiet running servers instead
  --speed X             the evening X times as fast
  --panel VERSION       which panel to be, with --servers
  --node VERSION        which daemon its nodes run
  --clock X             X seconds pass in there for each one out here: tokens age, servers boot
  --fault ORDER         something that goes wrong from the beginning
  --control             take more orders from standard input, one a line";

struct Wishes {
    port: u16,
    servers: Option<u32>,
    speed: f64,
    rules: Rules,
    faults: Vec<String>,
    control: bool,
}

fn wishes(mut arguments: impl Iterator<Item = String>) -> Option<Wishes> {
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
        if name == "--control" {
            wishes.control = true;
            continue;
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
    Some(wishes)
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
    if let Some(servers) = wishes.servers {
        return quiet(servers, wishes.rules.clone());
    }
    let (mut world, key) = evening::world();
    world.rules.manners = wishes.rules.manners;
    world.rules.clock = wishes.rules.clock;
    (world, key)
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
    let Some(wishes) = wishes(std::env::args().skip(1)) else {
        eprintln!("{USAGE}\n\n{ORDERS}");
        return ExitCode::from(2);
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
            match panel.with(|world| world.order(&order)) {
                Ok(()) => println!("ok"),
                Err(problem) => println!("{problem}"),
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = lived => ExitCode::SUCCESS,
        () = obeyed => ExitCode::SUCCESS,
        _ = tokio::signal::ctrl_c() => ExitCode::SUCCESS,
    }
}
