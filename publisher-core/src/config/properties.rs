//! The text of a `.properties` file, taken apart as Java does.
//!
//! Pure, and knows no key: what a key means is not decided here.
//!
//! Implements: `java.util.Properties.load(Reader)` of OpenJDK.

use std::iter::Peekable;
use std::str::Chars;

/// One key with its value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) key: String,
    pub(super) value: String,
    /// The line where the key begins, counted from 1.
    pub(super) line: usize,
}

/// A line that Java would refuse, or that holds what no Rust text can.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The line, counted from 1.
    pub(super) line: usize,
    pub(super) reason: String,
}

/// The keys and values in the order of the text, duplicates included; or everything that is wrong with it.
pub(super) fn read(text: &str) -> Result<Vec<Property>, Vec<Malformed>> {
    let (mut properties, mut malformed) = (Vec::new(), Vec::new());
    for line in Lines::new(text) {
        let (key, value) = split(&line.chars);
        match (unescaped(key), unescaped(value)) {
            (Ok(key), Ok(value)) => properties.push(Property {
                key,
                value,
                line: line.begins,
            }),
            (key, value) => malformed.extend([key.err(), value.err()].into_iter().flatten()),
        }
    }
    if malformed.is_empty() {
        Ok(properties)
    } else {
        Err(malformed)
    }
}

/// A character and the line it stands on: a logical line can be spread over several.
type Placed = (char, usize);

/// A logical line: continuations joined, leading white space dropped.
struct LogicalLine {
    chars: Vec<Placed>,
    begins: usize,
}

/// The logical lines that are neither blank nor comments.
struct Lines<'a> {
    rest: Peekable<Chars<'a>>,
    number: usize,
    /// Whether the end of a line that was read last was `\r\n`.
    pair: bool,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        // Java would take a byte order mark for the first character of the first key; editors write it unasked.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            rest: text.chars().peekable(),
            number: 1,
            pair: false,
        }
    }

    /// The next character, with `\r\n` and `\r` as one `\n`.
    fn read(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        if next == '\r' {
            self.pair = self.rest.next_if_eq(&'\n').is_some();
            return Some('\n');
        }
        self.pair = false;
        Some(next)
    }

    fn skip_comment(&mut self) {
        while let Some(next) = self.read() {
            if next == '\n' {
                self.number += 1;
                return;
            }
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = LogicalLine;

    fn next(&mut self) -> Option<LogicalLine> {
        let mut line = LogicalLine {
            chars: Vec::new(),
            begins: self.number,
        };
        // Whether an odd number of backslashes stands right before.
        let mut escaped = false;
        let mut leading = true;
        // A blank line after a continuation ends the logical line; elsewhere it is skipped.
        let mut continued = false;
        while let Some(next) = self.read() {
            if leading {
                if is_white(next) {
                    continue;
                }
                if !continued && next == '\n' {
                    self.number += 1;
                    continue;
                }
                (leading, continued) = (false, false);
            }
            if line.chars.is_empty() {
                if matches!(next, '#' | '!') {
                    self.skip_comment();
                    leading = true;
                    continue;
                }
                line.begins = self.number;
            }
            if next != '\n' {
                line.chars.push((next, self.number));
                escaped = next == '\\' && !escaped;
                continue;
            }
            self.number += 1;
            if line.chars.is_empty() {
                leading = true;
            } else if escaped && (self.pair || self.rest.peek().is_some()) {
                // At the end of the text nothing is continued, and a lone backslash is an empty key there; Java looks
                // one character ahead, so that `\r\n` is not yet the end.
                line.chars.pop();
                (escaped, leading, continued) = (false, true, true);
            } else {
                if escaped {
                    line.chars.pop();
                }
                return Some(line);
            }
        }
        if line.chars.is_empty() {
            return None;
        }
        if escaped {
            line.chars.pop();
        }
        Some(line)
    }
}

/// The white space of this format; a vertical tab or a non-breaking space is none.
fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\x0c')
}

/// Key and value of a logical line, still with their escapes.
fn split(line: &[Placed]) -> (&[Placed], &[Placed]) {
    let mut escaped = false;
    let key = line.iter().position(|&(c, _)| {
        let ends = !escaped && (is_white(c) || matches!(c, '=' | ':'));
        escaped = c == '\\' && !escaped;
        ends
    });
    let Some(key) = key else {
        return (line, &[]);
    };
    let mut separated = false;
    let gap = line[key..].iter().position(|&(c, _)| {
        if is_white(c) {
            return false;
        }
        let separator = !separated && matches!(c, '=' | ':');
        separated |= separator;
        !separator
    });
    (&line[..key], gap.map_or(&[], |gap| &line[key + gap..]))
}

fn unescaped(text: &[Placed]) -> Result<String, Malformed> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some((c, line)) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some(('u', _)) => out.push(unicode(&mut rest, line)?),
            Some(('t', _)) => out.push('\t'),
            Some(('r', _)) => out.push('\r'),
            Some(('n', _)) => out.push('\n'),
            Some(('f', _)) => out.push('\x0c'),
            // Any other character stands for itself; a backslash at the very end is no part of the line.
            other => out.extend(other.map(|(c, _)| c)),
        }
    }
    Ok(out)
}

/// The character of `\uXXXX`, of which `\u` was read; of two of them for one beyond U+FFFF, as Java writes it.
fn unicode(rest: &mut (impl Iterator<Item = Placed> + Clone), line: usize) -> Result<char, Malformed> {
    let first = unit(rest, line)?;
    if let Some(c) = char::from_u32(first) {
        return Ok(c);
    }
    let mut ahead = rest.clone();
    if ahead.next().is_some_and(|(c, _)| c == '\\')
        && ahead.next().is_some_and(|(c, _)| c == 'u')
        && let Some(c) = unit(&mut ahead, line)
            .ok()
            .and_then(|second| char::decode_utf16([first as u16, second as u16]).next()?.ok())
    {
        *rest = ahead;
        return Ok(c);
    }
    Err(Malformed {
        line,
        reason: format!("\\u{first:04X} is half a character; write both halves, or the character itself"),
    })
}

/// The number of four hexadecimal digits.
fn unit(rest: &mut impl Iterator<Item = Placed>, line: usize) -> Result<u32, Malformed> {
    let digits = (0..4).try_fold(0, |number, _| {
        let digit = rest.next().and_then(|(c, _)| c.to_digit(16))?;
        Some(number << 4 | digit)
    });
    digits.ok_or_else(|| Malformed {
        line,
        reason: "\\u is not followed by four hexadecimal digits; write a backslash as \\\\".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `key=value@line` for each property, escaped as Rust does; or what is malformed.
    fn check(text: &str, expected: &[&str]) {
        let actual: Vec<String> = match read(text) {
            Ok(properties) => properties
                .iter()
                .map(|p| format!("{}={}@{}", p.key.escape_debug(), p.value.escape_debug(), p.line))
                .collect(),
            Err(malformed) => malformed.iter().map(|m| format!("{}: {}", m.line, m.reason)).collect(),
        };
        assert_eq!(actual, expected, "{text:?}");
    }

    #[test]
    fn separators_and_white_space() {
        check(
            "a=1\nb:2\nc 3\nd\t4\ne\x0c5",
            &["a=1@1", "b=2@2", "c=3@3", "d=4@4", "e=5@5"],
        );
        check("  a  =  1  \n\tb : 2", &["a=1  @1", "b=2@2"]);
        check(
            "a==1\nb=:2\nc : = 3\nd\\=e\\:f\\ g=4",
            &["a==1@1", "b=:2@2", "c== 3@3", "d=e:f g=4@4"],
        );
        check("a\nb=\n=c\n:", &["a=@1", "b=@2", "=c@3", "=@4"]);
        check("a\u{b}b\u{a0}c=1", &["a\\u{b}b\\u{a0}c=1@1"]);
    }

    #[test]
    fn comments_and_blank_lines() {
        check("# a=1\n ! b=2\n\n \t\nc=3 # no comment\n#", &["c=3 # no comment@5"]);
        check("# no continuation \\\na=1", &["a=1@2"]);
        check("", &[]);
        check("\r\r\n\n", &[]);
        check("\u{feff}a=1", &["a=1@1"]);
    }

    #[test]
    fn continuations() {
        check("a=1,\\\n   2,\\\r\n\t3\nb=4", &["a=1,2,3@1", "b=4@4"]);
        check("a\\\n  b\\\n = 1", &["ab=1@1"]);
        check("a=1\\\\\nb=2", &["a=1\\\\@1", "b=2@2"]);
        check("a=1\\\n\nb=2", &["a=1@1", "b=2@3"]);
        check("a=1\\\n# b\nc=2", &["a=1# b@1", "c=2@3"]);
        check("a=1\\", &["a=1@1"]);
        check("a=1\\\r", &["a=1@1"]);
        check("\\\n# comment\na=1", &["a=1@3"]);
        check("\\\n\n\na=1", &["a=1@4"]);
        check("\\\n", &["=@1"]);
        check("\\\r\n", &[]);
    }

    #[test]
    fn escapes() {
        check(r"a=\t\n\r\f\\\q\u0041\u00e9", &["a=\\t\\n\\r\\u{c}\\\\qAé@1"]);
        check(r"\u0061\u003d=1", &["a==1@1"]);
        check(r"a=\ud83d\ude00", &["a=😀@1"]);
        check("a=\\\u{1f600}ß", &["a=😀ß@1"]);
    }

    #[test]
    fn what_is_malformed_is_told_with_its_line() {
        let digits = "\\u is not followed by four hexadecimal digits; write a backslash as \\\\";
        check(
            "a=1\nb=C:\\users\\\n c\\u12\nd=\\u12g4",
            &[&format!("2: {digits}"), &format!("4: {digits}")],
        );
        check("a\\u=\\u", &[&format!("1: {digits}"), &format!("1: {digits}")]);
        check(
            "a=\\ud83d\\u0041",
            &["1: \\uD83D is half a character; write both halves, or the character itself"],
        );
        check(
            "a=1\\\n\\ude00",
            &["2: \\uDE00 is half a character; write both halves, or the character itself"],
        );
    }

    #[test]
    fn duplicates_stay_in_order() {
        check("a=1\nb=2\na=3", &["a=1@1", "b=2@2", "a=3@3"]);
    }
}
