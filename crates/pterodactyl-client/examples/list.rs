//! Lists the servers a key sees, with their addresses.
//!
//! ```text
//! PANEL_URL=https://panel.example.com PANEL_KEY=ptlc_… cargo run -p pterodactyl-client --example list [PART OF A NAME]
//! ```

#![expect(clippy::print_stdout, reason = "an example talks to a terminal")]

use pterodactyl_client::{Allocation, BaseUrl, Client, ServerQuery};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = BaseUrl::parse(&std::env::var("PANEL_URL")?)?;
    let client = Client::new(base, std::env::var("PANEL_KEY")?.into())?;
    let query = ServerQuery {
        name: std::env::args().nth(1),
        ..ServerQuery::default()
    };
    for listed in client.list(&query).await? {
        let server = listed.server;
        let address = server.allocation.as_ref().map(Allocation::address);
        println!(
            "{}  {}  {}  {:?}",
            server.identifier,
            server.name,
            address.as_deref().unwrap_or("-"),
            server.status
        );
    }
    if let Some(budget) = client.budget() {
        println!("{} of {} requests left", budget.remaining, budget.limit);
    }
    Ok(())
}
