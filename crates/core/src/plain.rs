//! Text from outside, made safe to show: one line, no control characters, no ANSI, no bidi tricks, bounded.
//!
//! Never judges what a text means.

/// One clean line of at most `most` characters (an ellipsis marks what was cut).
pub fn line(text: &str, most: usize) -> String {
    let mut clean = String::with_capacity(text.len().min(most * 4));
    let mut chars = text.chars();
    let mut length = 0;
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            skip_escape(&mut chars);
            continue;
        }
        let c = if c.is_whitespace() { ' ' } else { c };
        if is_hostile(c) || (c == ' ' && (clean.is_empty() || clean.ends_with(' '))) {
            continue;
        }
        if length == most {
            clean.pop();
            clean.push('…');
            break;
        }
        clean.push(c);
        length += 1;
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Drops the rest of an ANSI escape sequence.
fn skip_escape(chars: &mut std::str::Chars<'_>) {
    match chars.next() {
        Some('[') => {
            // A control sequence ends with a byte from @ to ~.
            for c in chars.by_ref() {
                if ('@'..='~').contains(&c) {
                    break;
                }
            }
        }
        Some(']') => {
            // An operating system command ends with BEL, or with an escape we drop as well.
            for c in chars.by_ref() {
                if c == '\u{7}' || c == '\u{1b}' {
                    break;
                }
            }
        }
        Some(_) | None => {}
    }
}

fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::line;
    use proptest::prelude::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        assert_eq!(
            line("Überleben – Küche №1 🦖", 60),
            "Überleben – Küche №1 🦖"
        );
    }

    #[test]
    fn colours_line_breaks_and_bidi_overrides_are_gone() {
        assert_eq!(
            line("\u{1b}[31mred\u{1b}[0m\nalert\u{202e}gnp", 60),
            "red alertgnp"
        );
        assert_eq!(line("\u{1b}]0;title\u{7}name", 60), "name");
    }

    #[test]
    fn long_texts_are_cut_with_a_mark() {
        assert_eq!(line("abcdef", 4), "abc…");
        assert_eq!(line("abcd", 4), "abcd");
    }

    proptest! {
        #[test]
        fn anything_becomes_one_bounded_harmless_line(text in any::<String>(), most in 1_usize..80) {
            let clean = line(&text, most);
            prop_assert!(clean.chars().count() <= most);
            let hostile = clean.chars().any(super::is_hostile);
            prop_assert!(!hostile);
        }
    }
}
