//! What is drawn on a desk's display, asked of the display itself. Tells colours apart, and reads nothing.

use crate::{desk::Desk, wait::until_or};
use std::collections::HashSet;
use x11rb::{
    connection::Connection as _,
    protocol::xproto::{AtomEnum, ConnectionExt as _, ImageFormat, MapState, Window},
    rust_connection::RustConnection,
};

/// The whole word in each pixel's value.
const ALL_PLANES: u32 = !0;

/// With so many colours in the lower half of the window, servers are drawn there: four of them reach that far.
const SERVERS: usize = 64;

/// A connection to the display.
pub struct Eye {
    display: RustConnection,
    root: Window,
}

impl Desk {
    /// Opens one.
    ///
    /// # Panics
    /// When the desk has no display.
    pub fn eye(&self) -> Eye {
        let (display, screen) = RustConnection::connect(Some(self.display_name()))
            .expect("the desk's display takes connections");
        let root = display.setup().roots[screen].root;
        Eye { display, root }
    }
}

impl Eye {
    /// Whether there is a window, and servers are drawn in it.
    pub fn sees_servers(&self) -> bool {
        self.colours().is_some_and(|count| count >= SERVERS)
    }

    /// Waits until servers are drawn in the window.
    ///
    /// # Panics
    /// When they are not.
    pub async fn until_servers(&self) {
        let seen = async || format!("colours in the lower half: {:?}", self.colours());
        let servers = async || self.sees_servers().then_some(());
        until_or("servers in the window", servers, seen).await;
    }

    /// How many colours the lower half of the program's window has: one while its page is empty, some with an empty
    /// list, many with servers in it. `None` while there is no window.
    pub fn colours(&self) -> Option<usize> {
        let window = self.window_below(self.root)?;
        let size = self.display.get_geometry(window).ok()?.reply().ok()?;
        let (height, top) = (size.height / 2, i16::try_from(size.height / 2).ok()?);
        let image = self.display.get_image(
            ImageFormat::Z_PIXMAP,
            window,
            0,
            top,
            size.width,
            height,
            ALL_PLANES,
        );
        let pixels = image.ok()?.reply().ok()?.data;
        let colours: HashSet<&[u8]> = pixels.chunks_exact(4).collect();
        Some(colours.len())
    }

    /// The visible window with the program's title.
    fn window_below(&self, parent: Window) -> Option<Window> {
        let children = self.display.query_tree(parent).ok()?.reply().ok()?.children;
        children.into_iter().find_map(|window| {
            let shown = self
                .display
                .get_window_attributes(window)
                .ok()?
                .reply()
                .ok()?;
            if shown.map_state != MapState::VIEWABLE {
                return None;
            }
            self.is_titled(window)
                .then_some(window)
                .or_else(|| self.window_below(window))
        })
    }

    fn is_titled(&self, window: Window) -> bool {
        let (name, text) = (AtomEnum::WM_NAME, AtomEnum::ANY);
        let title = self.display.get_property(false, window, name, text, 0, 64);
        let title = title.ok().and_then(|asked| asked.reply().ok());
        title.is_some_and(|title| title.value == crate::screen::TITLE.as_bytes())
    }
}
