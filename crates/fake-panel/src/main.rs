//! `fake-panel`: the panel for playing by hand. Prints where it is and the key; never holds real ones.

use std::process::ExitCode;
use std::time::Duration;

use fake_panel::{FakePanel, Rules, ServerSpec, World, evening};

const USAGE: &str = "usage: fake-panel [--port N] [--scenario evening] [--servers N] [--speed X]

  --port N              listen on 127.0.0.1:N instead of a free port
  --scenario evening    the demo's evening (what happens without --servers)
  --servers N           N quiet running servers instead
  --speed X             the evening X times as fast";

struct Wishes {
    port: u16,
    servers: Option<u32>,
    speed: f64,
}

fn wishes(mut arguments: impl Iterator<Item = String>) -> Option<Wishes> {
    let mut wishes = Wishes {
        port: 0,
        servers: None,
        speed: 1.0,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        match name.as_str() {
            "--port" => wishes.port = value.parse().ok()?,
            "--servers" => wishes.servers = Some(value.parse().ok()?),
            "--speed" => wishes.speed = value.parse().ok()?,
            "--scenario" if value == "evening" => {}
            _ => return None,
        }
    }
    Some(wishes)
}

fn quiet(servers: u32) -> (World, String) {
    let mut world = World::new(Rules::default());
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

#[tokio::main(flavor = "current_thread")]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]
async fn main() -> ExitCode {
    let Some(wishes) = wishes(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let (world, key) = match wishes.servers {
        Some(servers) => quiet(servers),
        None => evening::world(),
    };
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
    tokio::select! {
        () = lived => ExitCode::SUCCESS,
        _ = tokio::signal::ctrl_c() => ExitCode::SUCCESS,
    }
}
