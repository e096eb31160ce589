//! A session of the desk's owner: programs installed in their home, and what is started when they log in.

use crate::{desk::Desk, programs};
use std::{
    fs,
    path::{Path, PathBuf},
};

impl Desk {
    /// Puts both programs into a folder of the home, or a newer version in their place, as packages do: each
    /// is a new file.
    ///
    /// # Panics
    /// When they are not built or the home cannot be written.
    pub fn installs(&self, folder: &str) -> PathBuf {
        let place = self.home().join(folder);
        fs::create_dir_all(&place).expect("the home can be written");
        for program in [programs::agent(), programs::window()] {
            let installed = place.join(program.file_name().expect("a program has a name"));
            // There is none the first time.
            let _ = fs::remove_file(&installed);
            let linked = fs::hard_link(&program, &installed);
            let put = linked.or_else(|_| fs::copy(&program, &installed).map(drop));
            put.expect("the home can be written");
        }
        place
    }

    /// Where the desk's sessions look for the entry.
    pub fn login_entry(&self) -> PathBuf {
        self.home().join(".config/autostart/Pterotray.desktop")
    }

    /// Starts what an entry says, read by GLib as GNOME's session does; false when it is passed over.
    ///
    /// # Panics
    /// When there is no `gio`.
    pub async fn session_starts(&self, entry: &Path) -> bool {
        let mut launch = self.command("gio");
        let ended = launch.arg("launch").arg(entry).status().await;
        ended.expect("gio runs (package libglib2.0-bin)").success()
    }
}
