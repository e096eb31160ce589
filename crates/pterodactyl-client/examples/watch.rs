//! Polls what the servers of a key do and prints every change, until it is interrupted or ROUNDS are over.
//!
//! ```text
//! PANEL_URL=https://panel.example.com PANEL_KEY=ptlc_… cargo run -p pterodactyl-client --example watch [ROUNDS]
//! ```
//!
//! One bad server never hides the others, and an error is never taken for "offline". `SECONDS` in the environment sets the
//! pause between two rounds; the panel's own answers are up to 20 seconds old, so less than 21 gains nothing.

#![expect(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use pterodactyl_client::{BaseUrl, Client, MaySend, Scope, Server};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = BaseUrl::parse(&std::env::var("PANEL_URL")?)?;
    let client = Client::new(base, std::env::var("PANEL_KEY")?.into())?;
    let rounds: u64 = std::env::args()
        .nth(1)
        .map_or(Ok(u64::MAX), |n| n.parse())?;
    let seconds = std::env::var("SECONDS").map_or(Ok(21), |seconds| seconds.parse())?;

    let servers = client.servers(Scope::Mine).await?;
    let mut known = HashMap::new();
    for round in 0..rounds {
        if round > 0 {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
        }
        for server in &servers {
            let seen = look(&client, server).await;
            if known.get(&server.uuid) != Some(&seen) {
                println!("{}: {seen}", server.name);
                known.insert(server.uuid.clone(), seen);
            }
        }
    }
    Ok(())
}

/// What a server does, or why that is not known.
async fn look(client: &Client, server: &Server) -> String {
    if let MaySend::NotBefore(then) = client.may_send(Instant::now()) {
        tokio::time::sleep(then - Instant::now()).await;
    }
    match client.resources(&server.uuid).await {
        Ok(resources) => format!("{:?}", resources.state),
        Err(error) => format!("unknown, {error}"),
    }
}
