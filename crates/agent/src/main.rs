//! `pterotray`: the process that is always there, and its command line.
//!
//! Only puts the parts together. Whatever is missing here (tray, display, bus, keyring) is said in
//! the snapshot and keeps nothing else from working.

mod activation;
mod autostart;
mod browser;
mod cli;
mod clipboard;
mod demo;
mod desktop;
mod detached;
#[cfg(unix)]
#[path = "ending/unix.rs"]
mod ending;
#[cfg(not(unix))]
#[path = "ending/other.rs"]
mod ending;
mod environment;
mod keyring;
mod logging;
mod new_versions;
mod notify;
mod own_file;
mod seat;
mod socket;
mod surroundings;
mod tray;
mod troubles;
mod wake;
mod window;

use clap::Parser as _;
use cli::{Arguments, Command, Exit, print};
use pterotray_core::{
    Action, App, Config, Page, Part, Texts, keys::KeyStore, paths::Paths, settings,
};
use seat::Place;
use socket::Guests;
use std::{process::ExitCode, sync::Arc, time::Duration};
use tokio::time::timeout;

/// How long settings and keys may take to reach their place when the program ends.
const FINISHING: Duration = Duration::from_secs(3);

fn main() -> ExitCode {
    let texts = Arc::new(Texts::new(sys_locale::get_locale().as_deref()));
    logging::note_panics(texts.say("cli-internal-error"));
    let exit = match Arguments::try_parse() {
        Ok(arguments) => run(arguments, texts).unwrap_or_else(|error| {
            print::error(&format!("{error:#}"));
            Exit::Failed
        }),
        Err(_) => cli::usage::answer(std::env::args_os().collect(), &texts),
    };
    exit.into()
}

fn run(arguments: Arguments, texts: Arc<Texts>) -> anyhow::Result<Exit> {
    let shortest_poll = arguments.shortest_poll();
    let profile = cli::profile(arguments.profile.clone());
    if let Some(Command::Demo { hidden }) = arguments.command {
        let hidden = hidden || arguments.hidden;
        // Only a profile named for the demo itself: never the one a person lives in.
        let profile = arguments.profile;
        return tray::run_main(move || demo::run(profile, shortest_poll, hidden, texts))?;
    }
    let paths = cli::paths(profile.clone(), &texts)?;
    let chosen = settings::load(&paths.settings(), false).settings.language;
    texts.speak(chosen.as_deref());
    match arguments.command {
        Some(command) => {
            let place = cli::Place {
                paths,
                profile,
                shortest_poll,
            };
            on_terminal(cli::run(command, place, &texts))
        }
        None => {
            let config = match config(paths, shortest_poll) {
                Ok(config) => config,
                Err(error) => return cli::explained(error, &texts),
            };
            let hidden = arguments.hidden;
            let keys = keyring::system();
            let start = Start {
                config,
                keys,
                hidden,
                greeting: None,
                texts: Arc::clone(&texts),
            };
            let ended = tray::run_main(move || agent(start))?;
            ended.or_else(|error| cli::explained(error, &texts))
        }
    }
}

fn config(paths: Paths, shortest_poll: Option<Duration>) -> anyhow::Result<Config> {
    let mut config = Config::new(paths);
    config.environment = environment::panel()?;
    config.newest_release = new_versions::address();
    config.shortest_poll = shortest_poll.unwrap_or(config.shortest_poll);
    Ok(config)
}

/// Runs a command that shows nothing on a desktop.
fn on_terminal(command: impl Future<Output = anyhow::Result<Exit>>) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let exit = runtime.block_on(command);
    // A keyring that waits for somebody must not keep the command from ending.
    runtime.shutdown_background();
    exit
}

/// How an agent is to start.
struct Start {
    config: Config,
    keys: Arc<dyn KeyStore>,
    /// Show no window by itself.
    hidden: bool,
    /// A line for the terminal, once it runs.
    greeting: Option<String>,
    texts: Arc<Texts>,
}

/// The agent, from taking its place to its end; when another one runs, that one shows its window.
async fn agent(start: Start) -> anyhow::Result<Exit> {
    let Start {
        config,
        keys,
        hidden,
        greeting,
        texts,
    } = start;
    let paths = config.paths.clone();
    let seat = match seat::take(&paths, &texts).await? {
        Place::Free(seat) => seat,
        Place::Taken(first) => return seat::hand_over(first, hidden, &texts).await,
    };
    let level = settings::load(&paths.settings(), false).settings.log_level;
    let log = logging::start(&paths, level.as_deref())
        .inspect_err(|error| {
            let reason = format!("{error:#}");
            print::error(&texts.say_with("cli-no-log", &[("reason", Part::Text(&reason))]));
        })
        .ok();
    if let Some(greeting) = greeting {
        print::out(&format!("{greeting}\n"));
    }
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        demo = config.demo,
        "started"
    );
    // The start at login is the user's own Pterotray, not that of a profile elsewhere.
    if !config.demo
        && Paths::of_user().as_ref() == Some(&paths)
        && let Err(error) = autostart::mend()
    {
        tracing::warn!(%error, "the start at login names a program that is gone");
    }
    let (app, effects) = App::start(config, keys);
    let guests = Guests::new();
    let behind = socket::behind::Profile {
        app: app.clone(),
        paths: paths.clone(),
        texts: Arc::clone(&texts),
    };
    let woken = tokio::spawn(wake::listen(app.clone()));
    if !hidden {
        show_if_needed(&app);
    }
    tokio::select! {
        () = desktop::run(app.clone(), effects, &paths, texts, log, &guests) => {}
        () = socket::server::serve(&seat, behind, guests.clone()) => {}
        () = ending::asked_for() => {}
    }
    woken.abort();
    if timeout(FINISHING, app.finished()).await.is_err() {
        tracing::warn!("ended before everything was kept: the keyring did not answer");
    }
    tracing::info!("ended");
    Ok(Exit::Done)
}

/// Who has nothing set up, or wants to see the demo, needs the window first; and who chose so.
fn show_if_needed(app: &App) {
    let snapshot = app.snapshots().borrow().clone();
    if snapshot.demo {
        app.act(Action::Show {
            page: Page::Servers,
        });
    } else if snapshot.panels.is_empty() {
        app.act(Action::Show {
            page: Page::Welcome { panel: None },
        });
    } else if !snapshot.settings.start_hidden {
        app.act(Action::Show {
            page: Page::Servers,
        });
    }
}
