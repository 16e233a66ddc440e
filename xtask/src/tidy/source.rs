//! Rust text with everything blanked that is not code, so that a rule about a name is not set off by a comment on it.
//!
//! A lexer for comments and literals only; knows no grammar and no rule.

/// The same text, line for line and column for column, with comments and the insides of literals as spaces.
pub(super) fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => line_end(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => block_end(&chars, at),
            '"' => quoted_end(&chars, at, '"'),
            'r' if !continues_name(&chars, at) => raw_end(&chars, at).unwrap_or(at),
            '\'' => char_end(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Whether `name` stands in `code` as a whole name: `rdkafka` does not stand in `librdkafka`.
pub(super) fn names(code: &str, name: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

fn line_end(chars: &[char], at: usize) -> usize {
    chars[at..]
        .iter()
        .position(|&c| c == '\n')
        .map_or(chars.len(), |length| at + length)
}

fn block_end(chars: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut next = at;
    while next < chars.len() {
        match chars[next..] {
            ['/', '*', ..] => {
                depth += 1;
                next += 2;
            }
            ['*', '/', ..] => {
                depth -= 1;
                next += 2;
                if depth == 0 {
                    return next;
                }
            }
            _ => next += 1,
        }
    }
    chars.len()
}

fn quoted_end(chars: &[char], at: usize, quote: char) -> usize {
    let mut next = at + 1;
    while next < chars.len() {
        match chars[next] {
            '\\' => next += 2,
            c if c == quote => return next + 1,
            _ => next += 1,
        }
    }
    chars.len()
}

/// `r"…"`, `r#"…"#`; `br` and `cr` too, whose first letter stays. Not `r#name`.
fn raw_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|&&c| c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let is_close = |&next: &usize| {
        chars[next] == '"' && chars[next + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes
    };
    Some(
        (open + 1..chars.len())
            .find(is_close)
            .map_or(chars.len(), |next| next + 1 + hashes),
    )
}

/// `'x'` and `'\n'`; `None` for a lifetime.
fn char_end(chars: &[char], at: usize) -> Option<usize> {
    match chars[at + 1..] {
        ['\\', ..] => Some(quoted_end(chars, at, '\'')),
        [_, '\'', ..] => Some(at + 3),
        _ => None,
    }
}

/// Whether the letter at `at` is the end of a longer name (and not the `r` of `br"…"`).
fn continues_name(chars: &[char], at: usize) -> bool {
    let is_name = |index: usize| chars[index].is_alphanumeric() || chars[index] == '_';
    match at.checked_sub(1) {
        None => false,
        Some(before) if matches!(chars[before], 'b' | 'c') => before.checked_sub(1).is_some_and(is_name),
        Some(before) => is_name(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(code(text), expected, "{text}");
        assert_eq!(code(text).chars().count(), text.chars().count());
    }

    #[test]
    fn blanks_comments() {
        check("a // b\nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e");
        check("//! x", "     ");
        check("a / b", "a / b");
    }

    #[test]
    fn blanks_literals() {
        check(r#"f("a\"b")+1"#, "f(      )+1");
        check(r##"r#"a"b"# + x"##, "         + x");
        check(r#"br"\" + x"#, "b     + x");
        check("r#type r", "r#type r");
        check("'x' '\\'' '\\n' 'é'", &" ".repeat(17));
        check(
            "fn f<'a>(x: &'a str, for r in r\"\")",
            "fn f<'a>(x: &'a str, for r in    )",
        );
        check("\"un\nclosed", "   \n      ");
    }

    #[test]
    fn finds_whole_names() {
        assert!(names("use rdkafka::config;", "rdkafka"));
        assert!(names("std::fs::read", "std::fs"));
        assert!(!names("librdkafka rdkafka_sys", "rdkafka"));
        assert!(!names("unsafe_code", "unsafe"));
    }
}
