//! `cargo xtask test`: everything that must hold before a change is taken, one step after the other.
//! Never goes on after a failure, and never changes a file that git knows.

use std::env::consts::EXE_SUFFIX;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::command::{self, words};
use crate::setup::{self, Wanted};
use crate::{icons, package, root};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Take it as given that all packages are installed
    #[arg(long)]
    no_setup: bool,
    /// Run only these steps, in their usual order
    #[arg(long, value_name = "STEP", value_delimiter = ',',
        value_parser = clap::builder::PossibleValuesParser::new(STEPS.map(|step| step.name)))]
    only: Vec<String>,
}

struct Step {
    name: &'static str,
    headline: &'static str,
    run: fn() -> Result<()>,
    /// What a person does when it fails.
    advice: &'static str,
}

const STEPS: [Step; 13] = [
    Step {
        name: "format",
        headline: "Rust code is formatted",
        run: || command::run(&mut words("cargo fmt --all --check")),
        advice: "run `cargo fmt --all`",
    },
    Step {
        name: "page",
        headline: "the page: lints, types, unit tests, bundle",
        run: page,
        advice: "in ui/: `npm run format` corrects the format; `npm test` runs its unit tests",
    },
    Step {
        name: "lints",
        headline: "Rust lints",
        run: || {
            command::run(&mut words(
                "cargo clippy --workspace --all-targets -- -D warnings",
            ))
        },
        advice: "run `cargo clippy --workspace --all-targets`",
    },
    Step {
        name: "licences",
        headline: "licences, sources and duplicates of the dependencies, where cargo-deny is installed",
        run: licences,
        advice: "deny.toml says what may be there; `cargo deny check` tells more",
    },
    Step {
        name: "unused",
        headline: "no dependency that nothing uses, where cargo-machete is installed",
        run: unused,
        advice: "remove it from the Cargo.toml that `cargo machete` names",
    },
    Step {
        name: "unit",
        headline: "unit tests",
        run: || command::run(&mut words("cargo test --workspace --exclude acceptance")),
        advice: "run `cargo test -p PACKAGE NAME` for the test that failed",
    },
    Step {
        name: "bindings",
        headline: "the page's types and samples are those of the program",
        run: bindings,
        advice: "the unit tests have just written them anew: commit what changed below ui/src",
    },
    Step {
        name: "browser",
        headline: "the page in a browser",
        run: || command::run(words("npm run test:pages").current_dir(root().join("ui"))),
        advice: "in ui/: `npm run test:pages`; set CHROMIUM when the browser is not at /usr/bin/chromium",
    },
    Step {
        name: "icons",
        headline: "icons are what their sources give",
        run: icons::compare,
        advice: "run `cargo xtask icons` and commit icons/generated and docs/pictures/icons.png",
    },
    Step {
        name: "build",
        headline: "build both programs",
        run: || command::run(&mut words("cargo build -p pterotray -p pterotray-window")),
        advice: "run the same command to see its errors again",
    },
    Step {
        name: "release",
        headline: "build both programs as released, for footprint and packages",
        run: || {
            command::run(&mut words(
                "cargo build --release -p pterotray -p pterotray-window",
            ))
        },
        advice: "run the same command to see its errors again",
    },
    Step {
        name: "acceptance",
        headline: "the programs from outside, on a desktop of their own",
        run: acceptance,
        advice: "run `cargo test -p acceptance --test FILE NAME` for the test that failed; it uses what target/ holds",
    },
    Step {
        name: "packages",
        headline: "packages, installed and started",
        run: package::check,
        advice: "run `cargo xtask package --check`; --no-build takes the programs that lie in target/release",
    },
];

fn licences() -> Result<()> {
    where_installed(
        "cargo-deny",
        "cargo deny --log-level error check bans licenses sources",
    )
}

fn unused() -> Result<()> {
    where_installed("cargo-machete", "cargo machete")
}

/// Runs a line whose program is not asked of everybody.
fn where_installed(program: &str, line: &str) -> Result<()> {
    if command::find(program).is_none() {
        println!("{program} is not installed: left out");
        return Ok(());
    }
    command::run(&mut words(line))
}

/// Sets up, runs the steps and stops at the first that fails.
pub(crate) fn run(options: &Options) -> Result<()> {
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| options.only.is_empty() || options.only.iter().any(|name| name == step.name))
        .collect();
    if !options.no_setup {
        setup::run(Wanted::Tests)?;
    }
    let begin = Instant::now();
    for (step, number) in chosen.iter().zip(1..) {
        println!(
            "\n── {number}/{} {}: {}",
            chosen.len(),
            step.name,
            step.headline
        );
        let started = Instant::now();
        if let Err(error) = (step.run)() {
            bail!("step {}: {error:#}\nWhat to do: {}", step.name, step.advice);
        }
        println!(
            "── {} passed in {:.1} s",
            step.name,
            started.elapsed().as_secs_f32()
        );
    }
    let names: Vec<_> = chosen.iter().map(|step| step.name).collect();
    println!(
        "\nPassed in {:.0} s: {}",
        begin.elapsed().as_secs_f32(),
        names.join(", ")
    );
    Ok(())
}

fn page() -> Result<()> {
    setup::page_packages()?;
    for script in ["npm run check", "npm test", "npm run build"] {
        command::run(words(script).current_dir(root().join("ui")))?;
    }
    Ok(())
}

fn bindings() -> Result<()> {
    const WRITTEN: &str = "ui/src/bindings ui/src/samples ui/src/server/samples";
    let changed = command::output(&mut words(&format!("git diff --name-only -- {WRITTEN}")))?;
    let new = command::output(&mut words(&format!(
        "git ls-files --others --exclude-standard -- {WRITTEN}"
    )))?;
    if changed.is_empty() && new.is_empty() {
        return Ok(());
    }
    bail!("changed or new:\n{changed}{new}");
}

fn acceptance() -> Result<()> {
    let built = |name: &str| root().join("target").join(format!("{name}{EXE_SUFFIX}"));
    command::run(
        words("cargo test -p acceptance")
            .env("PTEROTRAY_BIN", built("debug/pterotray"))
            .env("PTEROTRAY_WINDOW", built("debug/pterotray-window"))
            .env("PTEROTRAY_RELEASE_BIN", built("release/pterotray")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    #[test]
    fn only_takes_known_steps() {
        let line = Line::try_parse_from(["test", "--only", "format,icons"]).unwrap();
        assert_eq!(line.options.only, ["format", "icons"]);
        assert!(Line::try_parse_from(["test", "--only", "formt"]).is_err());
    }

    #[test]
    fn nothing_is_tested_before_it_is_built() {
        let place = |name: &str| STEPS.iter().position(|step| step.name == name).unwrap();
        assert!(place("build") < place("acceptance") && place("release") < place("acceptance"));
        assert!(place("release") < place("packages"));
        assert!(place("unit") < place("bindings"));
        assert!(
            place("page") < place("lints"),
            "the window embeds the built page"
        );
    }
}
