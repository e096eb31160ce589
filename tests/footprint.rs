//! What the tray costs, measured on the release build.

use acceptance::{Desk, Panel, Process, Program, release_agent, until_or};

/// RSS of the tray alone with 5 servers, before and after the window was open (design, section 13).
const MOST_KIB: u64 = 14 * 1000 * 1000 / 1024;
const FIVE: [&str; 5] = ["Creative", "Event", "Lobby", "Skyblock", "Survival"];

/// The one process there is, light and without any toolkit.
async fn light(desk: &Desk) -> Process {
    let settled = async || {
        let all = desk.product_processes();
        let [process] = <[Process; 1]>::try_from(all).ok()?;
        (process.resident_kib() <= MOST_KIB).then_some(process)
    };
    let seen = async || {
        let all = desk.product_processes();
        let told = |one: &Process| format!("{}: {} KiB", one.program, one.resident_kib());
        all.iter().map(told).collect::<Vec<_>>().join("\n")
    };
    until_or("one process of at most 14 MB", settled, seen).await
}

async fn watching<'a>(desk: &'a Desk, panel: &Panel) -> Program<'a> {
    let agent = Program::start(desk, &release_agent(), &["--hidden"]).await;
    assert_eq!(agent.add_panel(panel, "keyring").await["kind"], "done");
    agent.until_all_run().await;
    agent.menu_shows(&["Quit"]).await;
    agent
}

#[tokio::test]
async fn tray_only_is_one_light_process_without_gtk_or_webkit() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&FIVE).await;
    let agent = watching(&desk, &panel).await;
    let process = light(&desk).await;
    let heavy = process.mapped_files().into_iter().filter(|file| {
        let name = file.to_string_lossy().to_lowercase();
        ["gtk", "gdk", "webkit", "javascriptcore"]
            .iter()
            .any(|part| name.contains(part))
    });
    assert_eq!(heavy.collect::<Vec<_>>(), Vec::<std::path::PathBuf>::new());
    agent.left_click().await;
    let window = desk.window().await;
    desk.close_window(&window).await;
    light(&desk).await;
}
