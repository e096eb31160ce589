//! A console line as it is shown: runs of text, each in one of the sixteen colours that every theme has.
//!
//! Never holds a control character, a mark that turns the reading direction around, or markup.

use pterodactyl_client::console::{self, Colour, Style};
use serde::{Deserialize, Serialize};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConsoleLine {
    /// From left to right; none for an empty line.
    pub runs: Vec<ConsoleRun>,
}

/// A part of a line with one style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConsoleRun {
    /// What to show.
    pub text: String,
    /// Colour of the text, 0 to 15: black, red, green, yellow, blue, magenta, cyan, white, then the same brighter.
    /// None is the surface's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub colour: Option<u8>,
    /// Colour behind the text, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub behind: Option<u8>,
    /// How it is set: any of `bold`, `dim`, `italic`, `underline`, `strike`, `inverse`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<ConsoleMark>>"))]
    pub marks: Vec<ConsoleMark>,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ConsoleMark {
    /// Bold.
    Bold,
    /// Fainter than usual.
    Dim,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Struck through.
    Strike,
    /// The colours before and behind change places.
    Inverse,
}

/// A line as a node sent it.
pub(super) fn read(line: &str) -> ConsoleLine {
    let shown = |run: console::Run| ConsoleRun {
        text: run.text,
        colour: run.style.foreground.map(nearest),
        behind: run.style.background.map(nearest),
        marks: marks(run.style),
    };
    ConsoleLine {
        runs: console::runs(line).into_iter().map(shown).collect(),
    }
}

fn marks(style: Style) -> Vec<ConsoleMark> {
    let all = [
        (style.bold, ConsoleMark::Bold),
        (style.dim, ConsoleMark::Dim),
        (style.italic, ConsoleMark::Italic),
        (style.underline, ConsoleMark::Underline),
        (style.strike, ConsoleMark::Strike),
        (style.inverse, ConsoleMark::Inverse),
    ];
    let set = all.into_iter().filter(|(set, _)| *set);
    set.map(|(_, mark)| mark).collect()
}

/// The one of the sixteen that looks most like it: those are readable on every theme.
fn nearest(colour: Colour) -> u8 {
    match colour {
        Colour::Indexed(index @ 0..=15) => index,
        Colour::Indexed(index @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = index - 16;
            of_rgb([level(cube / 36), level(cube / 6 % 6), level(cube % 6)])
        }
        Colour::Indexed(index @ 232..) => of_rgb([8 + 10 * (index - 232); 3]),
        Colour::Rgb(red, green, blue) => of_rgb([red, green, blue]),
    }
}

/// By hue where it has one, else by how light it is.
fn of_rgb(rgb: [u8; 3]) -> u8 {
    let most = rgb.into_iter().max().unwrap_or_default();
    let least = rgb.into_iter().min().unwrap_or_default();
    if most - least < 48 {
        return match most {
            0..=63 => 0,
            64..=143 => 8,
            144..=223 => 7,
            224.. => 15,
        };
    }
    let middle = least + (most - least) / 2;
    let [red, green, blue] = rgb.map(|part| u8::from(part > middle));
    let hue = red + 2 * green + 4 * blue;
    if most > 200 { hue + 8 } else { hue }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(line: &str) -> Vec<(Option<u8>, Option<u8>)> {
        let runs = read(line).runs;
        runs.iter().map(|run| (run.colour, run.behind)).collect()
    }

    #[test]
    fn every_colour_becomes_one_of_the_sixteen() {
        assert_eq!(colours("\u{1b}[31mx"), [(Some(1), None)]);
        assert_eq!(colours("\u{1b}[93;44mx"), [(Some(11), Some(4))]);
        for (sgr, expected) in [
            ("38;5;208", 11),
            ("38;5;46", 10),
            ("38;5;21", 12),
            ("38;5;232", 0),
            ("38;5;255", 15),
            ("38;2;128;0;0", 1),
            ("38;2;250;250;250", 15),
            ("38;2;120;120;120", 8),
            ("38;2;0;200;200", 6),
        ] {
            assert_eq!(
                colours(&format!("\u{1b}[{sgr}mx"))[0].0,
                Some(expected),
                "{sgr}"
            );
        }
    }

    #[test]
    fn markup_stays_text_and_marks_are_named() {
        let line = read("\u{1b}[1;4m<b onclick=x>\u{1b}[0m&amp;\u{202e}");
        assert_eq!(line.runs[0].text, "<b onclick=x>");
        assert_eq!(
            line.runs[0].marks,
            [ConsoleMark::Bold, ConsoleMark::Underline]
        );
        assert_eq!(line.runs[1].text, "&amp;");
        assert_eq!(read("").runs, []);
        let json = serde_json::to_string(&read("plain")).unwrap();
        assert_eq!(json, r#"{"runs":[{"text":"plain"}]}"#);
    }
}
