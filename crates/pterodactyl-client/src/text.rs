//! Text from a panel, made safe to show. It must never let an escape sequence, a control character or an endless text
//! through.

/// The longest `detail` an error carries, in characters.
pub(crate) const DETAIL: usize = 300;
/// The longest name kept, in characters; panels allow 191.
pub(crate) const NAME: usize = 200;
/// The longest server description kept, in characters.
pub(crate) const DESCRIPTION: usize = 2000;

/// `text` on one line: terminal escapes gone, white space and control characters folded into single spaces, marks that
/// reorder text gone, at most `cap` characters.
pub(crate) fn clean(text: &str, cap: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    let mut gap = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if begins_escape(c) {
            skip_escape(c, &mut chars);
        } else if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
        } else if !reorders(c) {
            if length + usize::from(gap) >= cap {
                break;
            }
            if std::mem::take(&mut gap) {
                out.push(' ');
                length += 1;
            }
            out.push(c);
            length += 1;
        }
    }
    out
}

/// True for ESC and for the single characters that stand for ESC and a second one.
pub(crate) fn begins_escape(c: char) -> bool {
    matches!(
        c,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}'
    )
}

/// Steps over the rest of a terminal escape that began with `first`.
pub(crate) fn skip_escape(first: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let kind = match first {
        '\u{1b}' => chars.next(),
        '\u{9b}' => Some('['),
        _ => Some(']'),
    };
    if kind == Some('[') {
        // Parameters, then one final letter.
        while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
        chars.next_if(|c| matches!(c, '@'..='~'));
    } else if matches!(kind, Some(']' | 'P' | 'X' | '^' | '_')) {
        // A title, a link or a device's own text: up to BEL, or to the escape that ends it.
        while chars
            .next_if(|c| !matches!(c, '\u{7}' | '\u{1b}' | '\u{9c}'))
            .is_some()
        {}
        if chars.next() == Some('\u{1b}') {
            chars.next_if_eq(&'\\');
        }
    }
}

/// Marks that turn the reading direction around, with which one name can pose as another.
pub(crate) fn reorders(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_control_characters_do_not_survive() {
        assert_eq!(
            clean("\u{1b}[1;31mred\u{1b}[0m\tand\r\n\0plain ", 100),
            "red and plain"
        );
        assert_eq!(clean("\u{1b}]0;title\u{7}name", 100), "name");
        assert_eq!(clean("\u{1b}]8;;http://x\u{1b}\\link", 100), "link");
        assert_eq!(clean("\u{9b}2Jname", 100), "name");
        assert_eq!(clean("\u{1b}Pq#0;2;0\u{1b}\\name", 100), "name");
        assert_eq!(clean("\u{9d}0;title\u{9c}name", 100), "name");
    }

    #[test]
    fn reading_direction_cannot_be_turned_around() {
        assert_eq!(clean("safe\u{202e}exe.txt", 100), "safeexe.txt");
    }

    #[test]
    fn length_counts_characters_and_spares_other_scripts() {
        assert_eq!(clean("Übergrößenträger", 4), "Über");
        assert_eq!(clean("a   b", 2), "a");
        assert_eq!(clean("マインクラフト 🎮", 100), "マインクラフト 🎮");
    }
}
