//! The windows on a desk's display, seen, moved about and closed as a person would.

use crate::{
    desk::Desk,
    wait::{until, until_or},
};
use std::path::Path;

pub(crate) const TITLE: &str = "Pterotray";

impl Desk {
    /// The numbers of the program's visible windows.
    ///
    /// # Panics
    /// When xdotool is missing.
    pub async fn windows(&self) -> Vec<String> {
        let arguments = ["search", "--onlyvisible", "--name", TITLE];
        let mut command = self.command("xdotool");
        command.args(arguments).stdout(std::process::Stdio::piped());
        let found = command
            .output()
            .await
            .expect("xdotool runs (package xdotool)");
        String::from_utf8_lossy(&found.stdout)
            .lines()
            .map(str::to_owned)
            .collect()
    }

    /// Waits until exactly one is on the screen, and gives its number.
    pub async fn window(&self) -> String {
        let look = async || <[String; 1]>::try_from(self.windows().await).ok();
        let explain = async || {
            let running: Vec<_> = self.product_processes();
            format!(
                "windows: {:?}\nrunning: {running:?}\n{}",
                self.windows().await,
                self.logs()
            )
        };
        let [window] = until_or("one window on the screen", look, explain).await;
        window
    }

    /// Presses Alt+F4 with the window in front, until it goes.
    pub async fn close_window(&self, window: &str) {
        let look = async || {
            self.xdotool(&["windowactivate", window]).await;
            self.xdotool(&["key", "--window", "0", "alt+F4"]).await;
            self.windows().await.is_empty().then_some(())
        };
        until("the window closes", look).await;
    }

    /// Puts a window away without closing it.
    pub async fn minimize(&self, window: &str) {
        let look = async || {
            self.xdotool(&["windowminimize", window]).await;
            self.windows().await.is_empty().then_some(())
        };
        until("the window is put away", look).await;
    }

    /// Gives a window this size, without its frame.
    pub async fn resize(&self, window: &str, (width, height): (u32, u32)) {
        let (width, height) = (width.to_string(), height.to_string());
        self.xdotool(&["windowsize", "--sync", window, &width, &height])
            .await;
    }

    /// Saves a picture of a window with its frame.
    ///
    /// # Panics
    /// When ImageMagick is missing, or cannot write there.
    pub async fn picture(&self, window: &str, file: &Path) {
        let mut command = self.command("import");
        command.args(["-silent", "-window", window, "-frame", "-strip"]);
        let taken = command.arg(file).status().await;
        let taken = taken.expect("import runs (package imagemagick)");
        assert!(taken.success(), "no picture {}", file.display());
    }

    async fn xdotool(&self, arguments: &[&str]) {
        // Whether it worked shows on the screen.
        let _ = self.command("xdotool").args(arguments).status().await;
    }
}
