//! Console lines: terminal colours to runs of styled text. It must never let through a control character, a mark that turns
//! the reading direction around, or a line without end.

/// The longest line shown, in characters.
pub const LONGEST_LINE: usize = 4096;
/// The most runs a line is divided into; what follows keeps the last style.
pub const MOST_RUNS: usize = 256;

/// A part of a line with one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Run {
    /// What to show.
    pub text: String,
    /// How to show it.
    pub style: Style,
}

/// How text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// Colour of the text; `None` is the surface's own.
    pub foreground: Option<Colour>,
    /// Colour behind the text; `None` is the surface's own.
    pub background: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Fainter than usual.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Foreground and background change places.
    pub inverse: bool,
}

/// A colour as terminals know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// One of a terminal's 256: 0 to 7 black, red, green, yellow, blue, magenta, cyan and white, 8 to 15 the same
    /// brighter (all 16 best taken from a theme), then a 6 × 6 × 6 cube and 24 greys.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// `line` as runs, with the default style at its beginning.
#[must_use]
pub fn runs(line: &str) -> Vec<Run> {
    let mut style = Style::default();
    continued(line, &mut style)
}

/// Like [`runs`], for programs whose colours reach over the end of a line: begins with `style` and leaves there the one the
/// line ends with.
pub fn continued(line: &str, style: &mut Style) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut length = 0;
    let mut chars = line.chars().peekable();
    while length < LONGEST_LINE
        && let Some(c) = chars.next()
    {
        if crate::text::begins_escape(c) {
            escape(c, &mut chars, style);
            continue;
        }
        let shown = match c {
            '\t' => ' ',
            _ if c.is_control() || crate::text::reorders(c) => continue,
            other => other,
        };
        length += 1;
        let full = runs.len() == MOST_RUNS;
        match runs.last_mut() {
            Some(run) if run.style == *style || full => run.text.push(shown),
            _ => runs.push(Run {
                text: shown.into(),
                style: *style,
            }),
        }
    }
    runs
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Steps over an escape that began with `first`; one that sets the style does so.
fn escape(first: char, chars: &mut Chars<'_>, style: &mut Style) {
    let sequence = first == '\u{9b}' || (first == '\u{1b}' && chars.next_if_eq(&'[').is_some());
    if !sequence {
        crate::text::skip_escape(first, chars);
        return;
    }
    let mut parameters = String::new();
    while let Some(c) = chars.next_if(|c| matches!(c, ' '..='?')) {
        // No real one is this long.
        if parameters.len() < 64 {
            parameters.push(c);
        }
    }
    if chars.next_if(|c| matches!(c, '@'..='~')) == Some('m') {
        set(style, &parameters);
    }
}

/// Takes over the parameters of a "select graphic rendition".
fn set(style: &mut Style, parameters: &str) {
    let mut numbers = parameters.split([';', ':']).map(|number| {
        if number.is_empty() {
            Some(0)
        } else {
            number.parse().ok()
        }
    });
    while let Some(number) = numbers.next() {
        let Some(number) = number else { continue };
        match number {
            0 => *style = Style::default(),
            1 => style.bold = true,
            2 => style.dim = true,
            3 => style.italic = true,
            4 => style.underline = true,
            7 => style.inverse = true,
            9 => style.strike = true,
            21 | 22 => (style.bold, style.dim) = (false, false),
            23 => style.italic = false,
            24 => style.underline = false,
            27 => style.inverse = false,
            29 => style.strike = false,
            30..=37 => style.foreground = Some(Colour::Indexed(number - 30)),
            40..=47 => style.background = Some(Colour::Indexed(number - 40)),
            90..=97 => style.foreground = Some(Colour::Indexed(number - 90 + 8)),
            100..=107 => style.background = Some(Colour::Indexed(number - 100 + 8)),
            38 => style.foreground = colour(&mut numbers).or(style.foreground),
            48 => style.background = colour(&mut numbers).or(style.background),
            39 => style.foreground = None,
            49 => style.background = None,
            _ => {}
        }
    }
}

/// The colour after 38 or 48: `5;index` or `2;red;green;blue`.
fn colour(numbers: &mut impl Iterator<Item = Option<u8>>) -> Option<Colour> {
    let mut next = || numbers.next().flatten();
    match next()? {
        5 => next().map(Colour::Indexed),
        2 => Some(Colour::Rgb(next()?, next()?, next()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(line: &str) -> Vec<(String, Style)> {
        runs(line)
            .into_iter()
            .map(|run| (run.text, run.style))
            .collect()
    }

    fn plain() -> Style {
        Style::default()
    }

    fn in_colour(index: u8) -> Style {
        Style {
            foreground: Some(Colour::Indexed(index)),
            ..plain()
        }
    }

    #[test]
    fn the_nodes_own_lines_are_yellow_and_bold() {
        let bold = Style {
            bold: true,
            ..in_colour(3)
        };
        assert_eq!(
            shown("\u{1b}[33m\u{1b}[1m[Daemon]:\u{1b}[39m Checking\u{1b}[0m files"),
            [
                ("[Daemon]:".into(), bold),
                (
                    " Checking".into(),
                    Style {
                        foreground: None,
                        ..bold
                    }
                ),
                (" files".into(), plain()),
            ]
        );
    }

    #[test]
    fn all_kinds_of_colours_are_known() {
        let rgb = Style {
            foreground: Some(Colour::Rgb(1, 2, 3)),
            background: Some(Colour::Indexed(200)),
            ..plain()
        };
        assert_eq!(shown("\u{1b}[38;2;1;2;3;48;5;200mx"), [("x".into(), rgb)]);
        assert_eq!(shown("\u{1b}[91mx"), [("x".into(), in_colour(9))]);
        assert_eq!(shown("\u{9b}32mx"), [("x".into(), in_colour(2))]);
        assert_eq!(shown("\u{1b}[31;mx"), [("x".into(), plain())]);
        // What is not understood changes nothing.
        for odd in [
            "\u{1b}[38;2;1m",
            "\u{1b}[38;9;1m",
            "\u{1b}[999m",
            "\u{1b}[?31m",
        ] {
            assert_eq!(shown(&format!("{odd}x")).last().unwrap().0, "x", "{odd:?}");
        }
    }

    #[test]
    fn everything_that_moves_or_hides_is_gone() {
        let text = |line: &str| shown(line).into_iter().map(|run| run.0).collect::<String>();
        assert_eq!(text("\u{1b}[2J\u{1b}[1;1Hx\r\u{8}\u{7}\u{0}y"), "xy");
        assert_eq!(
            text("\u{1b}]0;title\u{7}a\u{1b}]8;;http://x\u{1b}\\b"),
            "ab"
        );
        assert_eq!(text("a\u{202e}b\u{2066}c"), "abc");
        assert_eq!(text("a\u{1b}[31"), "a");
        assert_eq!(text("a\tb"), "a b");
        assert_eq!(text("> \u{1b}[K prompt"), ">  prompt");
    }

    #[test]
    fn a_line_has_an_end_and_not_too_many_parts() {
        assert_eq!(runs(&"x".repeat(1_000_000))[0].text.len(), LONGEST_LINE);
        let rainbow: String = (0..10_000)
            .map(|i| format!("\u{1b}[3{}mx", i % 8))
            .collect();
        let parts = runs(&rainbow);
        assert_eq!(parts.len(), MOST_RUNS);
        let length: usize = parts.iter().map(|run| run.text.len()).sum();
        assert_eq!(length, LONGEST_LINE);
    }

    #[test]
    fn a_style_can_reach_over_the_end_of_a_line() {
        let mut style = Style::default();
        continued("\u{1b}[31mfirst", &mut style);
        assert_eq!(continued("second", &mut style)[0].style, in_colour(1));
    }

    proptest! {
        #[test]
        fn nothing_dangerous_survives(line in "(\\PC|\u{1b}|\u{9b}|[\\[\\];0-9m]|\u{202e}|\n){0,200}") {
            for run in runs(&line) {
                prop_assert!(!run.text.is_empty());
                prop_assert!(!run.text.chars().any(|c| c.is_control() || crate::text::reorders(c)));
            }
        }
    }
}
