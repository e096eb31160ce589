//! What is wrong, as a person meets it: a kind that every surface has words and a next step for.
//!
//! Holds no sentence of its own (those are in `locales/`) and never a key, token or URL with one.

mod from_client;

use serde::{Deserialize, Serialize};

/// What is wrong. The names are a contract: `status --json` prints them as `kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ProblemKind {
    /// No address was given.
    NoAddress,
    /// The panel's address is not one.
    BadAddress,
    /// The address begins with another protocol than a web page's.
    WrongScheme,
    /// The address holds a user name or password.
    AddressWithPassword,
    /// The address is plain http into the open: the key would travel readable.
    Unencrypted,
    /// No key was given.
    NoKey,
    /// The key is broken.
    BadKey,
    /// The host name is not known.
    Dns,
    /// Nothing listens there.
    Refused,
    /// No answer in time.
    TimedOut,
    /// The certificate has run out, or its time has not begun.
    CertificateExpired,
    /// The certificate is self-made, or signed by an authority that this computer does not know.
    CertificateUnknown,
    /// The certificate is for another name.
    CertificateWrongName,
    /// The certificate is not the one that was trusted.
    CertificateChanged,
    /// What is to be trusted cannot be used.
    BadTrust,
    /// The port does not speak TLS.
    NotTls,
    /// No safe connection for another reason.
    Tls,
    /// The connection broke, or failed some other way.
    Connection,
    /// A web page instead of the API.
    WebPage,
    /// A log-in page in front of the API.
    LoginWall,
    /// A CDN wants to see a browser.
    Challenge,
    /// The network wants a log-in of its own first.
    CaptivePortal,
    /// A Calagopus panel, which speaks another API.
    Calagopus,
    /// JSON, but not a panel's.
    NotAPanel,
    /// The panel lives at another address.
    Redirect,
    /// The address sends on to one that is not encrypted.
    Downgrade,
    /// The address sends around in circles.
    RedirectLoop,
    /// The panel does not take the key (401).
    KeyRejected,
    /// An application key where an account key is needed.
    ApplicationKey,
    /// The key may not be used from this address.
    IpNotAllowed,
    /// The panel wants two-factor authentication switched on.
    TwoFactor,
    /// The key is good but may not list servers.
    KeyRestricted,
    /// Not permitted on this server.
    Forbidden,
    /// The panel does not know the server, or hides it.
    NotFound,
    /// The server is busy: installing, transferring, suspended.
    Conflict,
    /// The panel cannot reach the node.
    NodeUnreachable,
    /// The node answered the panel with an error.
    NodeError,
    /// Too many requests.
    RateLimited,
    /// The panel is in maintenance.
    PanelMaintenance,
    /// The panel refused the request for a reason of its own.
    PanelRefused,
    /// The panel failed (5xx).
    PanelBroken,
    /// An answer that cannot be read.
    Unreadable,
    /// The panel sent a state this version does not know.
    UnknownState,
    /// The server did not do what was asked, in time.
    NotObserved,
    /// The key is good but there are no servers.
    NoServers,
    /// The panel does not list the servers, but answers about each.
    ListBroken,
    /// No key is stored for the panel.
    KeyMissing,
    /// There is no keyring to keep the key in.
    KeyringMissing,
    /// The keyring is locked or denied access.
    KeyringLocked,
    /// The keyring failed.
    KeyringFailed,
    /// The keyring does not answer.
    KeyringSilent,
    /// The settings file could not be read and was put aside.
    SettingsBroken,
    /// The settings could not be saved.
    SettingsUnsaved,
    /// No system tray to show an icon in.
    NoTray,
    /// No session bus at all: neither tray nor notifications nor keyring.
    NoSessionBus,
    /// The window program could not be started.
    WindowMissing,
    /// The window was there and ended by itself, or was killed.
    WindowCrashed,
    /// Notifications cannot be shown.
    NoNotifications,
    /// The clipboard took nothing.
    NoClipboard,
    /// No browser opened the page.
    NoBrowser,
    /// There is a newer version of this program.
    NewVersion,
    /// Nobody has set up a panel.
    NotSetUp,
    /// No such server.
    NoSuchServer,
    /// Not possible in the server's present condition.
    NotNow,
}

impl ProblemKind {
    /// Every kind.
    pub const ALL: [ProblemKind; 64] = [
        ProblemKind::NoAddress,
        ProblemKind::BadAddress,
        ProblemKind::WrongScheme,
        ProblemKind::AddressWithPassword,
        ProblemKind::Unencrypted,
        ProblemKind::NoKey,
        ProblemKind::BadKey,
        ProblemKind::Dns,
        ProblemKind::Refused,
        ProblemKind::TimedOut,
        ProblemKind::CertificateExpired,
        ProblemKind::CertificateUnknown,
        ProblemKind::CertificateWrongName,
        ProblemKind::CertificateChanged,
        ProblemKind::BadTrust,
        ProblemKind::NotTls,
        ProblemKind::Tls,
        ProblemKind::Connection,
        ProblemKind::WebPage,
        ProblemKind::LoginWall,
        ProblemKind::Challenge,
        ProblemKind::CaptivePortal,
        ProblemKind::Calagopus,
        ProblemKind::NotAPanel,
        ProblemKind::Redirect,
        ProblemKind::Downgrade,
        ProblemKind::RedirectLoop,
        ProblemKind::KeyRejected,
        ProblemKind::ApplicationKey,
        ProblemKind::IpNotAllowed,
        ProblemKind::TwoFactor,
        ProblemKind::KeyRestricted,
        ProblemKind::Forbidden,
        ProblemKind::NotFound,
        ProblemKind::Conflict,
        ProblemKind::NodeUnreachable,
        ProblemKind::NodeError,
        ProblemKind::RateLimited,
        ProblemKind::PanelMaintenance,
        ProblemKind::PanelRefused,
        ProblemKind::PanelBroken,
        ProblemKind::Unreadable,
        ProblemKind::UnknownState,
        ProblemKind::NotObserved,
        ProblemKind::NoServers,
        ProblemKind::ListBroken,
        ProblemKind::KeyMissing,
        ProblemKind::KeyringMissing,
        ProblemKind::KeyringLocked,
        ProblemKind::KeyringFailed,
        ProblemKind::KeyringSilent,
        ProblemKind::SettingsBroken,
        ProblemKind::SettingsUnsaved,
        ProblemKind::NoTray,
        ProblemKind::NoSessionBus,
        ProblemKind::WindowMissing,
        ProblemKind::WindowCrashed,
        ProblemKind::NoNotifications,
        ProblemKind::NoClipboard,
        ProblemKind::NoBrowser,
        ProblemKind::NewVersion,
        ProblemKind::NotSetUp,
        ProblemKind::NoSuchServer,
        ProblemKind::NotNow,
    ];

    /// The name used in JSON and translation keys.
    pub fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(_) | Err(_) => String::new(),
        }
    }

    /// The person has to do something about the key before anything works again.
    pub fn needs_a_key(self) -> bool {
        matches!(
            self,
            ProblemKind::KeyRejected
                | ProblemKind::ApplicationKey
                | ProblemKind::IpNotAllowed
                | ProblemKind::TwoFactor
                | ProblemKind::KeyMissing
                | ProblemKind::KeyringMissing
                | ProblemKind::KeyringLocked
                | ProblemKind::KeyringFailed
                | ProblemKind::KeyringSilent
                | ProblemKind::NoKey
                | ProblemKind::BadKey
                | ProblemKind::NoAddress
                | ProblemKind::BadAddress
                | ProblemKind::WrongScheme
                | ProblemKind::AddressWithPassword
        )
    }
}

/// Something wrong, with the part that only this case knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The panel's or system's own words, cleaned and short; empty when there are none.
    pub detail: String,
}

impl Problem {
    /// A problem that needs no further words.
    pub fn of(kind: ProblemKind) -> Problem {
        Problem {
            kind,
            detail: String::new(),
        }
    }

    /// A problem with somebody else's words, cleaned for showing.
    pub fn with(kind: ProblemKind, detail: &str) -> Problem {
        Problem {
            kind,
            detail: crate::plain::line(detail, 300),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::Condition;
    use serde_json::Value;

    fn names_in(schema: &Value, list: &str) -> Vec<String> {
        serde_json::from_value(schema["$defs"][list]["enum"].clone()).unwrap()
    }

    #[test]
    fn every_name_that_programs_meet_stands_in_the_schema_and_on_the_page() {
        let schema = include_str!("../../../docs/schema/kinds.json");
        let schema: Value = serde_json::from_str(schema).unwrap();
        let kinds = ProblemKind::ALL.map(ProblemKind::name);
        assert_eq!(names_in(&schema, "problem_kind"), kinds);
        let conditions = Condition::ALL.map(|it| it.name().to_owned());
        let mut listed = names_in(&schema, "condition");
        listed.sort();
        let mut sorted = conditions.to_vec();
        sorted.sort();
        assert_eq!(listed, sorted);
        let page = include_str!("../../../docs/command-line.md");
        for name in kinds.iter().chain(&conditions) {
            assert!(page.contains(&format!("`{name}`")), "{name}");
        }
    }
}
