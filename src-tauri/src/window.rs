//! The one window: its size, its page, and what makes it come forward.
//!
//! Shows nothing from outside this program: any other address is refused.

use crate::{arguments::Arguments, bridge, guest};
use anyhow::Context as _;
use tauri::{App, AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder, webview};

/// The window's name, for the capability file.
const LABEL: &str = "main";

/// A proxy where nobody listens: the page has no business on a network, and its policy does not cover all of it
/// (`<link rel="preconnect">` is not asked about).
const NOWHERE: &str = "http://127.0.0.1:9";

/// Opens the window; returns when it is closed.
///
/// # Errors
/// When there is no display, or no web view.
pub(crate) fn open(arguments: Arguments) -> anyhow::Result<()> {
    let autostart = tauri_plugin_autostart::Builder::new()
        .args(["--login"])
        // What people find in their list of programs started at login.
        .app_name("Pterotray")
        .build();
    tauri::Builder::default()
        .plugin(autostart)
        .invoke_handler(tauri::generate_handler![
            bridge::subscribe,
            bridge::watch,
            bridge::dispatch,
            bridge::start,
            bridge::starts_at_login,
            bridge::start_at_login
        ])
        .setup(move |app| {
            let handle = app.handle().clone();
            let (guest, visit) = guest::visit(arguments, move || come_forward(&handle));
            app.manage(guest);
            tauri::async_runtime::spawn(visit);
            build(app)?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .context("the window could not be opened")
}

fn build(app: &App) -> anyhow::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Pterotray")
        .inner_size(420.0, 640.0)
        .min_inner_size(320.0, 400.0)
        .proxy_url(NOWHERE.parse()?)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| webview::NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

fn is_own_page(url: &Url) -> bool {
    // Windows has no schemes of one's own: the page lives on a host name of this program there.
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

fn come_forward(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    // A window manager may refuse each of these; the page changes all the same.
    let _ = window.show();
    let _ = window.unminimize();
    let _ = window.set_focus();
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn only_the_page_inside_the_program_is_shown() {
        let own = |text: &str| is_own_page(&text.parse().unwrap());
        assert!(own("tauri://localhost/index.html"));
        assert!(own("http://tauri.localhost/"));
        assert!(!own("https://panel.example.com/"));
        assert!(!own("file:///etc/passwd"));
        assert!(!own("https://tauri.localhost.example.com/"));
    }
}
