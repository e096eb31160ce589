//! Replays recorded websockets: `cargo run -p pterodactyl-client --example replay -- FILE.ws.txt…` prints, for each
//! connection, the session's states, what it sends and what it tells, then one line with the sum of it. Given several
//! files it prints the sums only.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::fs;

#[path = "../tests/transcripts/replay.rs"]
mod replay;
#[path = "../tests/transcripts/script.rs"]
mod script;

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        return Err("name one or more transcripts (*.ws.txt)".into());
    }
    for file in &files {
        println!("{file}");
        for story in replay::replay(&script::read(&fs::read_to_string(file)?)) {
            if files.len() == 1 {
                story.steps.iter().for_each(|step| println!("  {step}"));
            }
            println!("  {}", story.summary);
        }
    }
    Ok(())
}
