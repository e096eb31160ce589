//! `$BROWSER`, else `xdg-open`; started without the environment's key, which opener would hand on.

use crate::environment::{API_KEY, URL};
use std::{
    env,
    ffi::OsString,
    io,
    os::unix::process::CommandExt as _,
    process::{Command, Stdio},
};

pub(super) fn open(url: &str) -> anyhow::Result<()> {
    let named = env::var_os("BROWSER").filter(|name| !name.is_empty());
    let program = named.unwrap_or_else(|| OsString::from("xdg-open"));
    let started = Command::new(program)
        .arg(url)
        .env_remove(API_KEY)
        .env_remove(URL)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    match started {
        Ok(mut child) => {
            let ended = child.wait()?;
            anyhow::ensure!(ended.success(), "{ended}");
            Ok(())
        }
        // No xdg-open: opener brings one along. It hands the environment on, so never with a key.
        Err(error) if error.kind() == io::ErrorKind::NotFound && env::var_os(API_KEY).is_none() => {
            Ok(opener::open_browser(url)?)
        }
        Err(error) => Err(error.into()),
    }
}
