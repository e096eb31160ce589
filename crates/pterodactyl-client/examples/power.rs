//! Sends a power signal to a server and waits until the panel reports what was wanted.
//!
//! ```text
//! PANEL_URL=https://panel.example.com PANEL_KEY=ptlc_… cargo run -p pterodactyl-client --example power -- SERVER start|stop|restart|kill
//! ```
//!
//! SERVER is a uuid or what stands in the panel's address. A success means the signal was handed on, nothing more; the
//! panel's answers can be 20 seconds old. `SECONDS` in the environment sets how long to wait between two looks.

#![expect(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::time::Duration;

use pterodactyl_client::{BaseUrl, Call, Client, PowerSignal, PowerState};

/// A graceful stop may take ten minutes.
const LOOKS: u32 = 30;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = BaseUrl::parse(&std::env::var("PANEL_URL")?)?;
    let client = Client::new(base, std::env::var("PANEL_KEY")?.into())?;
    let mut arguments = std::env::args().skip(1);
    let server = arguments.next().ok_or("which server?")?;
    let (signal, wanted) = match arguments.next().as_deref() {
        Some("start") => (PowerSignal::Start, PowerState::Running),
        Some("stop") => (PowerSignal::Stop, PowerState::Offline),
        Some("restart") => (PowerSignal::Restart, PowerState::Running),
        Some("kill") => (PowerSignal::Kill, PowerState::Offline),
        _ => return Err("start, stop, restart or kill?".into()),
    };
    let seconds = std::env::var("SECONDS").map_or(Ok(21), |seconds| seconds.parse())?;

    if let Err(error) = client.power(&server, signal).await {
        if let Some(needed) = error.missing_permission(Call::Power(Some(signal))) {
            println!("the key lacks {needed}");
        }
        return Err(error.into());
    }
    println!("{} was handed on", signal.as_str());
    for _ in 0..LOOKS {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        let state = client.resources(&server).await?.state;
        println!("{state:?}");
        if state == wanted {
            return Ok(());
        }
    }
    Err("it did not get there in time".into())
}
