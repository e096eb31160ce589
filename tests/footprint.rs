//! What the tray costs, measured on the release build, and that it costs no more after the window was there.

use acceptance::{Desk, Memory, Panel, Process, Program, release_agent, until, until_or};
use tokio::sync::Mutex;

/// One agent at a time: a proportional share of memory depends on who else runs the same program.
static ALONE: Mutex<()> = Mutex::const_new(());

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
    let _alone = ALONE.lock().await;
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

/// How often the window is opened and closed.
const TIMES: usize = 50;
/// How much more memory the agent may have afterwards than before the first.
const MORE_KIB: u64 = 1000 * 1000 / 1024;

/// Closes the window and waits for the end of its last process.
async fn close(desk: &Desk) {
    desk.close_window(&desk.window().await).await;
    let alone = async || (desk.product_processes().len() == 1).then_some(());
    until("the window's processes end", alone).await;
}

#[tokio::test]
async fn fifty_windows_show_their_servers_and_leave_nothing_behind() {
    let _alone = ALONE.lock().await;
    acceptance::window();
    let desk = Desk::whole().await;
    let panel = Panel::with(&FIVE).await;
    let agent = watching(&desk, &panel).await;
    let eye = desk.eye();
    let process = light(&desk).await;
    let before = Memory::of(std::slice::from_ref(&process));
    for _ in 0..TIMES {
        agent.left_click().await;
        eye.until_servers().await;
        close(&desk).await;
    }
    let now = || Memory::of(std::slice::from_ref(&process));
    let same = async || {
        let now = now();
        let near = |now: u64, before: u64| now <= before + MORE_KIB;
        let same = near(now.resident, before.resident)
            && near(now.proportional, before.proportional)
            && near(now.private_dirty, before.private_dirty);
        same.then_some(())
    };
    let seen = async || format!("before: {before:?}, after: {:?}", now());
    until_or("the memory of before", same, seen).await;
}
