//! The entry that starts Pterotray at login on a free desktop: where it lies, and what stands in it.
//!
//! Must not make one that nobody asked for. Other systems have no such file.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// As the window's plug-in names it.
const FILE: &str = "Pterotray.desktop";
/// What desktops do not take as it is in a command (Desktop Entry Specification, "The Exec key").
const RESERVED: &str = " \t\n\"'\\><~|&;$*?#()`";

/// Whether there is one.
pub fn is_there() -> bool {
    places().iter().any(|file| file.exists())
}

/// Writes the entry for this program to where sessions look, and nowhere else.
///
/// # Errors
/// Whatever the file system says, or that the program's path is no text.
pub fn write(program: &Path) -> io::Result<()> {
    let places = places();
    let no_home = || io::Error::other("there is no home folder");
    let (file, others) = places.split_first().ok_or_else(no_home)?;
    let entry =
        text(program).ok_or_else(|| io::Error::other("the program's path is not valid UTF-8"))?;
    fs::create_dir_all(file.parent().unwrap_or(file))?;
    fs::write(file, entry)?;
    remove_all(others)
}

/// Removes it. None is no error.
///
/// # Errors
/// Whatever the file system says.
pub fn remove() -> io::Result<()> {
    remove_all(&places())
}

/// An entry whose program is gone gets this one: an AppImage has another name with every version, and
/// people move programs.
///
/// # Errors
/// Whatever the file system says.
pub fn mend(program: &Path) -> io::Result<()> {
    let Some(file) = places().into_iter().find(|file| file.exists()) else {
        return Ok(());
    };
    if names_what_is_gone(&fs::read_to_string(file)?) {
        write(program)?;
    }
    Ok(())
}

/// A name without a folder is looked for by the session, along a path that may not be ours.
fn names_what_is_gone(entry: &str) -> bool {
    named_in(entry).is_some_and(|known| known.is_absolute() && !known.exists())
}

fn remove_all(files: &[PathBuf]) -> io::Result<()> {
    for file in files {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// Where it may lie, first where sessions look. The window's plug-in knows the second place only, which is
/// another one when `XDG_CONFIG_HOME` is set.
fn places() -> Vec<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    let set = |name| set(name).map(PathBuf::from);
    places_in(set("XDG_CONFIG_HOME"), set("HOME"))
}

fn places_in(named: Option<PathBuf>, home: Option<PathBuf>) -> Vec<PathBuf> {
    let named = named.filter(|folder| folder.is_absolute());
    let home = home.map(|home| home.join(".config"));
    let folders = named.into_iter().chain(home);
    let mut places: Vec<_> = folders
        .map(|folder| folder.join("autostart").join(FILE))
        .collect();
    places.dedup();
    places
}

/// The entry for this program. A session passes over it when the program is gone. `None` when the program's
/// path is no text.
fn text(program: &Path) -> Option<String> {
    let path = program.to_str()?;
    Some(format!(
        "[Desktop Entry]\n\
        Type=Application\n\
        Name=Pterotray\n\
        Icon=pterotray\n\
        TryExec={}\n\
        Exec={} --login\n\
        Terminal=false\n\
        StartupNotify=false\n",
        escaped(path),
        escaped(&quoted(path)),
    ))
}

/// The program that an entry starts, if the entry says which.
fn named_in(entry: &str) -> Option<PathBuf> {
    let path = entry
        .lines()
        .find_map(|line| line.strip_prefix("TryExec="))?;
    let mut plain = String::new();
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next()? {
                's' => ' ',
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            },
            other => other,
        });
    }
    Some(plain.into())
}

/// A word of a command: `%` begins a field code, and what is reserved stands in quotes.
fn quoted(word: &str) -> String {
    let word = word.replace('%', "%%");
    if !word.contains(|letter| RESERVED.contains(letter)) {
        return word;
    }
    let mut quoted = String::from('"');
    for letter in word.chars() {
        if "\"`$\\".contains(letter) {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

/// A value of a key.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    fn line<'a>(entry: &'a str, key: &str) -> &'a str {
        let found = entry.lines().find_map(|line| line.strip_prefix(key));
        found.unwrap_or_else(|| panic!("no {key} in {entry}"))
    }

    #[test]
    fn sessions_look_where_the_environment_says_and_else_below_the_home() {
        let path = |text: &str| Some(PathBuf::from(text));
        let below = |folder: &str| PathBuf::from(folder).join("autostart/Pterotray.desktop");
        let usual = below("/home/a/.config");
        assert_eq!(places_in(None, path("/home/a")), slice::from_ref(&usual));
        assert_eq!(
            places_in(path("x"), path("/home/a")),
            slice::from_ref(&usual)
        );
        assert_eq!(
            places_in(path("/home/a/.config"), path("/home/a")),
            slice::from_ref(&usual)
        );
        assert_eq!(
            places_in(path("/etc/a"), path("/home/a")),
            [below("/etc/a"), usual]
        );
    }

    #[test]
    fn a_plain_path_stands_as_it_is() {
        let entry = text(Path::new("/usr/bin/pterotray-window")).unwrap();
        assert_eq!(line(&entry, "Exec="), "/usr/bin/pterotray-window --login");
        assert_eq!(line(&entry, "TryExec="), "/usr/bin/pterotray-window");
    }

    #[test]
    fn a_path_with_spaces_and_worse_is_quoted() {
        let entry = text(Path::new("/home/a b/50% \"$x\"\\w")).unwrap();
        let expected = r#""/home/a b/50%% \\"\\$x\\"\\\\w" --login"#;
        assert_eq!(line(&entry, "Exec="), expected);
        assert_eq!(line(&entry, "TryExec="), r#"/home/a b/50% "$x"\\w"#);
    }

    #[test]
    fn only_an_entry_whose_program_is_surely_gone_names_what_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("pterotray-window");
        let entry = text(&program).unwrap();
        assert!(names_what_is_gone(&entry));
        fs::write(&program, "").unwrap();
        assert!(!names_what_is_gone(&entry));
        let by_name = "[Desktop Entry]\nTryExec=pterotray-window-somewhere\n";
        assert!(!names_what_is_gone(by_name));
    }

    #[test]
    fn the_program_of_an_entry_is_read_back() {
        for path in ["/usr/bin/window", "/a b/c\\d", "/a\nb", "/ü/%f"] {
            let entry = text(Path::new(path)).unwrap();
            assert_eq!(named_in(&entry).unwrap(), Path::new(path));
        }
        assert_eq!(named_in("[Desktop Entry]\nExec=/usr/bin/window\n"), None);
    }
}
