//! Exit codes: a contract with scripts, only ever added to (design, section 10).

use pterotray_core::{PanelView, Problem, ProblemKind, Snapshot};
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    NoSuchServer = 3,
    PanelUnreachable = 4,
    KeyRefused = 5,
    Refused = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// The code for what went wrong.
pub(crate) fn of(problem: &Problem) -> Exit {
    use ProblemKind as K;
    match problem.kind {
        K::NotFound | K::NoSuchServer => Exit::NoSuchServer,
        K::NoAddress
        | K::BadAddress
        | K::WrongScheme
        | K::AddressWithPassword
        | K::Dns
        | K::Refused
        | K::TimedOut
        | K::CertificateExpired
        | K::CertificateUnknown
        | K::CertificateWrongName
        | K::CertificateChanged
        | K::BadTrust
        | K::NotTls
        | K::Tls
        | K::Connection
        | K::WebPage
        | K::LoginWall
        | K::Challenge
        | K::CaptivePortal
        | K::Calagopus
        | K::NotAPanel
        | K::Redirect
        | K::Downgrade
        | K::RedirectLoop
        | K::PanelMaintenance
        | K::PanelBroken
        | K::Unreadable => Exit::PanelUnreachable,
        K::NoKey
        | K::BadKey
        | K::KeyRestricted
        | K::KeyRejected
        | K::ApplicationKey
        | K::IpNotAllowed
        | K::TwoFactor
        | K::KeyMissing
        | K::KeyringMissing
        | K::KeyringLocked
        | K::KeyringFailed
        | K::KeyringSilent => Exit::KeyRefused,
        K::Forbidden | K::Conflict | K::RateLimited | K::PanelRefused | K::NotNow => Exit::Refused,
        K::Unencrypted => Exit::Usage,
        K::NodeUnreachable
        | K::NodeError
        | K::UnknownState
        | K::NotObserved
        | K::NoServers
        | K::ListBroken
        | K::SettingsBroken
        | K::SettingsUnsaved
        | K::NoTray
        | K::NoSessionBus
        | K::WindowMissing
        | K::WindowCrashed
        | K::NoNotifications
        | K::NoClipboard
        | K::NoBrowser
        | K::NewVersion
        | K::NotSetUp => Exit::Failed,
    }
}

/// The code of `status`: done as soon as one panel answers.
pub(crate) fn of_status(snapshot: &Snapshot) -> Exit {
    if snapshot.panels.is_empty() {
        return Exit::Failed;
    }
    if snapshot.panels.iter().any(PanelView::answers) {
        return Exit::Done;
    }
    let refused = |panel: &PanelView| panel.problem.as_ref().map(of) == Some(Exit::KeyRefused);
    if snapshot.panels.iter().any(refused) {
        Exit::KeyRefused
    } else {
        Exit::PanelUnreachable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    #[test]
    fn each_kind_of_failure_has_its_own_code() {
        let code = |kind| of(&Problem::of(kind)) as u8;
        assert_eq!(code(ProblemKind::NotObserved), 1);
        assert_eq!(code(ProblemKind::NoSuchServer), 3);
        assert_eq!(code(ProblemKind::Dns), 4);
        assert_eq!(code(ProblemKind::PanelMaintenance), 4);
        assert_eq!(code(ProblemKind::KeyRejected), 5);
        assert_eq!(code(ProblemKind::KeyringLocked), 5);
        assert_eq!(code(ProblemKind::Forbidden), 6);
        assert_eq!(code(ProblemKind::Conflict), 6);
    }

    #[test]
    fn status_fails_only_when_no_panel_answers() {
        let with = |problems: &[Option<ProblemKind>]| {
            let mut snapshot = samples::snapshot();
            let panel = snapshot.panels.remove(0);
            snapshot.panels.clear();
            for problem in problems {
                let mut panel = panel.clone();
                panel.problem = problem.map(Problem::of);
                snapshot.panels.push(panel);
            }
            of_status(&snapshot) as u8
        };
        assert_eq!(with(&[None]), 0);
        assert_eq!(with(&[None, Some(ProblemKind::Dns)]), 0);
        assert_eq!(with(&[Some(ProblemKind::NoServers)]), 0);
        assert_eq!(
            with(&[Some(ProblemKind::Dns), Some(ProblemKind::TimedOut)]),
            4
        );
        assert_eq!(
            with(&[Some(ProblemKind::Dns), Some(ProblemKind::KeyRejected)]),
            5
        );
        assert_eq!(with(&[]), 1);
    }
}
