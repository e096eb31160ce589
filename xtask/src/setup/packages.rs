//! The system packages by their Debian names, each with the reason it is there.
//! Never lists a package that something else here brings along.

use crate::command;

/// What a package is needed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    Build,
    /// A private desktop: the tests and the pictures.
    Desktop,
    /// Real notifications: the pictures, and what packages hold.
    Pictures,
    /// Looking at finished packages.
    Packages,
    /// The tests of the page in a browser.
    Pages,
    /// Other trays to measure ours beside.
    Peers,
}

/// How to tell that something is there where dpkg cannot be asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Probe {
    Program(&'static str),
    Library(&'static str),
    /// Cannot be told; its absence shows in a picture, not in a failure.
    Assumed,
}

impl Probe {
    pub(super) fn finds(self) -> bool {
        match self {
            Self::Program(name) => command::find(name).is_some(),
            // Only Linux links the window to a library of the system.
            Self::Library(name) => {
                std::env::consts::OS != "linux"
                    || command::output(&mut command::words(&format!("pkg-config --exists {name}")))
                        .is_ok()
            }
            Self::Assumed => true,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Package {
    pub(super) name: &'static str,
    pub(super) purpose: Purpose,
    pub(super) reason: &'static str,
    pub(super) probe: Probe,
}

const fn package(
    name: &'static str,
    purpose: Purpose,
    probe: Probe,
    reason: &'static str,
) -> Package {
    Package {
        name,
        purpose,
        reason,
        probe,
    }
}

/// In the order they are told to a person.
pub(super) const ALL: [Package; 24] = [
    package(
        "build-essential",
        Purpose::Build,
        Probe::Assumed,
        "C compiler and linker for Rust",
    ),
    package(
        "pkg-config",
        Purpose::Build,
        Probe::Library("gtk+-3.0"),
        "finds the libraries to link",
    ),
    package(
        "libwebkit2gtk-4.1-dev",
        Purpose::Build,
        Probe::Library("webkit2gtk-4.1"),
        "the window's web view",
    ),
    package(
        "xvfb",
        Purpose::Desktop,
        Probe::Program("Xvfb"),
        "a display nobody sees",
    ),
    package(
        "xdotool",
        Purpose::Desktop,
        Probe::Program("xdotool"),
        "moves the pointer, presses keys, finds windows",
    ),
    package(
        "openbox",
        Purpose::Desktop,
        Probe::Program("openbox"),
        "a window manager",
    ),
    package(
        "dbus",
        Purpose::Desktop,
        Probe::Program("dbus-daemon"),
        "a session bus of one's own",
    ),
    package(
        "gnome-keyring",
        Purpose::Desktop,
        Probe::Program("gnome-keyring-daemon"),
        "keeps the panel's key, in a throw-away home",
    ),
    package(
        "webkit2gtk-driver",
        Purpose::Desktop,
        Probe::Program("WebKitWebDriver"),
        "types and clicks in the window's page",
    ),
    package(
        "fonts-dejavu-core",
        Purpose::Desktop,
        Probe::Assumed,
        "letters",
    ),
    package(
        "xfce4-panel",
        Purpose::Desktop,
        Probe::Program("xfce4-panel"),
        "a panel that shows the tray icon",
    ),
    package(
        "xfce4-notifyd",
        Purpose::Pictures,
        Probe::Assumed,
        "shows notifications with buttons",
    ),
    package(
        "dunst",
        Purpose::Pictures,
        Probe::Program("dunst"),
        "shows notifications in its own way",
    ),
    package(
        "imagemagick",
        Purpose::Pictures,
        Probe::Program("import"),
        "takes the pictures",
    ),
    package(
        "x11-xserver-utils",
        Purpose::Pictures,
        Probe::Program("xsetroot"),
        "a quiet colour behind the pictures",
    ),
    package(
        "librsvg2-common",
        Purpose::Pictures,
        Probe::Assumed,
        "draws the icons of panel and menus",
    ),
    package(
        "lintian",
        Purpose::Packages,
        Probe::Program("lintian"),
        "knows what a .deb must be",
    ),
    package(
        "rpm",
        Purpose::Packages,
        Probe::Program("rpm"),
        "installs the .rpm into a folder",
    ),
    package(
        "desktop-file-utils",
        Purpose::Packages,
        Probe::Program("desktop-file-validate"),
        "reads the menu entry as desktops do",
    ),
    package(
        "appstream",
        Purpose::Packages,
        Probe::Program("appstreamcli"),
        "reads the description as software centres do",
    ),
    package(
        "man-db",
        Purpose::Packages,
        Probe::Program("man"),
        "shows the manual",
    ),
    package(
        "chromium",
        Purpose::Pages,
        Probe::Program("chromium"),
        "tests the page in a browser; or set CHROMIUM to the path of another",
    ),
    package(
        "python3-gi",
        Purpose::Peers,
        Probe::Assumed,
        "a tray in Python, to be measured beside ours",
    ),
    package(
        "gir1.2-ayatanaappindicator3-0.1",
        Purpose::Peers,
        Probe::Assumed,
        "the same tray's icon, and that of a tray by Tauri",
    ),
];

/// Asked for only when there is no Node that is new enough.
pub(super) const NODE: [Package; 2] = [
    package(
        "nodejs",
        Purpose::Build,
        Probe::Program("node"),
        "builds the window's page",
    ),
    package(
        "npm",
        Purpose::Build,
        Probe::Program("npm"),
        "fetches what builds the page",
    ),
];

/// For people on other systems.
pub(super) const ELSEWHERE: &str = "\
Fedora:  sudo dnf install gcc pkgconf-pkg-config webkit2gtk4.1-devel nodejs npm
Arch:    sudo pacman -S --needed base-devel webkit2gtk-4.1 nodejs npm
macOS:   xcode-select --install, and Node from https://nodejs.org
Windows: the Visual Studio build tools with C++, and Node from https://nodejs.org
The desktop tests and pictures run on Linux only; `--only` leaves steps of the tests out.";

/// The wanted packages that are not fully installed, given lines of `name status` as dpkg-query prints them
/// (status: two letters, `ii` is installed).
pub(super) fn missing(answer: &str, wanted: &[Package]) -> Vec<Package> {
    let installed: Vec<&str> = answer
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, status)| status.starts_with("ii"))
        .map(|(name, _)| name)
        .collect();
    wanted
        .iter()
        .filter(|package| !installed.contains(&package.name))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(packages: &[Package]) -> Vec<&'static str> {
        packages.iter().map(|package| package.name).collect()
    }

    #[test]
    fn nothing_is_missing_when_all_are_installed() {
        let answer: String = ALL
            .iter()
            .map(|package| format!("{} ii \n", package.name))
            .collect();
        assert!(missing(&answer, &ALL).is_empty());
    }

    #[test]
    fn unknown_removed_and_half_installed_packages_are_missing() {
        // xdotool was removed but for its settings, openbox is unpacked only, dbus is not known at all.
        let answer = "xvfb ii \nxdotool rc \nopenbox iU \n";
        assert_eq!(
            names(&missing(answer, &ALL[3..7])),
            ["xdotool", "openbox", "dbus"]
        );
    }

    #[test]
    fn an_empty_answer_means_all_are_missing() {
        assert_eq!(missing("", &NODE).len(), 2);
    }

    #[test]
    fn every_reason_is_given_once() {
        let mut names = names(&ALL);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|package| !package.reason.is_empty()));
    }
}
