//! What the program is started with.
//!
//! Never fails on a page that this version does not know: the window then opens on its first page.

use anyhow::{Context as _, bail};
use pterotray_core::paths::{PROFILE, Paths};
use serde_json::Value;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

/// How to start.
#[derive(Debug, PartialEq)]
pub(crate) enum Start {
    /// Hand over to the agent, which alone puts an icon into the tray.
    Agent {
        /// The system logged the person in: show nothing.
        hidden: bool,
    },
    /// Open the window.
    Window(Arguments),
}

/// Where the agent is, and what to show.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    /// The agent's socket.
    pub(crate) socket: PathBuf,
    /// A page, as JSON of [`pterotray_core::Page`].
    pub(crate) page: Option<Value>,
}

impl Arguments {
    /// Reads the arguments, without the program's name.
    ///
    /// # Errors
    /// When one is not known or lacks its value, or there is no place for a socket.
    pub(crate) fn parse(given: impl Iterator<Item = OsString>) -> anyhow::Result<Start> {
        let mut given = given.peekable();
        // A person started it, where this program is the one that menus show: the agent opens the
        // window when that is wanted.
        if given.peek().is_none() {
            return Ok(Start::Agent { hidden: false });
        }
        let (mut socket, mut page) = (None, None);
        while let Some(argument) = given.next() {
            match argument.to_str() {
                Some("--login") => return Ok(Start::Agent { hidden: true }),
                Some("--socket") => {
                    socket = Some(PathBuf::from(
                        given.next().context("--socket needs a path")?,
                    ));
                }
                Some("--page") => {
                    let text = given.next().context("--page needs a page")?;
                    page = serde_json::from_str(&text.to_string_lossy()).ok();
                }
                Some(_) | None => bail!("not known: {}", argument.to_string_lossy()),
            }
        }
        let socket = socket
            .or_else(usual_socket)
            .context("there is no home folder")?;
        Ok(Start::Window(Arguments { socket, page }))
    }
}

fn usual_socket() -> Option<PathBuf> {
    let paths = match std::env::var_os(PROFILE) {
        Some(profile) => Paths::within(Path::new(&profile)),
        None => Paths::of_user()?,
    };
    Some(paths.socket())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(given: &[&str]) -> anyhow::Result<Start> {
        Arguments::parse(given.iter().map(OsString::from))
    }

    #[test]
    fn the_agent_names_socket_and_page() {
        let start = parse(&[
            "--socket",
            "/run/a.sock",
            "--page",
            r#"{"kind":"settings"}"#,
        ]);
        let page = Some(json!({"kind": "settings"}));
        assert_eq!(
            start.unwrap(),
            Start::Window(Arguments {
                socket: "/run/a.sock".into(),
                page
            })
        );
    }

    #[test]
    fn a_page_that_cannot_be_read_still_opens_the_window() {
        let start = parse(&["--socket", "/s", "--page", "{"]).unwrap();
        assert_eq!(
            start,
            Start::Window(Arguments {
                socket: "/s".into(),
                page: None
            })
        );
    }

    #[test]
    fn a_login_hands_over_and_what_is_not_known_is_said() {
        assert_eq!(parse(&["--login"]).unwrap(), Start::Agent { hidden: true });
        assert_eq!(parse(&[]).unwrap(), Start::Agent { hidden: false });
        assert_eq!(
            parse(&["--colour"]).unwrap_err().to_string(),
            "not known: --colour"
        );
        assert!(parse(&["--socket"]).is_err());
    }
}
