//! Tray and window in one process, as most would build it. No window has been opened yet. A peer for measuring.

use tauri::RunEvent;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;

fn main() -> tauri::Result<()> {
    let app = tauri::Builder::default()
        .setup(|app| {
            let item = |text| MenuItem::new(app, text, true, None::<&str>);
            let (state, open, quit) = (item("Nothing runs")?, item("Open")?, item("Quit")?);
            let menu = Menu::with_items(app, &[&state, &open, &quit])?;
            let mut tray = TrayIconBuilder::new().menu(&menu);
            if let Some(icon) = app.default_window_icon() {
                tray = tray.icon(icon.clone());
            }
            tray.build(app)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|_, event| {
        if let RunEvent::ExitRequested { api, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
}
