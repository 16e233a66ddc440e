//! `pattern`: regular expressions that mean the same to our check and to the readers' validators.
//!
//! JSON Schema takes ECMA-262's syntax, which validators read with the flag `u`; our check is regex-lite. What only one
//! of them knows, or what each reads in its own way, is refused here with the portable spelling.
//!
//! Implements: ECMA-262 "Patterns" with `UnicodeMode`, without look-around and back references.

use std::iter::Peekable;
use std::str::Chars;

use regex_lite::Regex;

/// A regular expression, checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    /// As it was written; for the schema and for messages.
    pub(crate) text: String,
    /// The same for regex-lite, whose `.` matches more than that of ECMA-262.
    pub(crate) regex: String,
}

impl Pattern {
    /// Checks the expression; the error says what is wrong and what to write instead.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut scanner = Scanner {
            rest: text.chars().peekable(),
            before: Before::Nothing,
            regex: String::new(),
        };
        scanner.expression()?;
        let regex = scanner.regex;
        Regex::new(&regex).map_err(|error| format!("this is no regular expression: {error}"))?;
        Ok(Self {
            text: text.to_owned(),
            regex,
        })
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        Regex::new(&self.regex).is_ok_and(|regex| regex.is_match(text))
    }
}

/// What stands before a quantifier.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// The beginning of the expression, of a group or of an alternative.
    Nothing,
    /// `^`, `$`, `\b`, `\B`
    Assertion,
    Atom,
    Quantifier,
    /// A quantifier with `?` behind it.
    Lazy,
}

struct Scanner<'a> {
    rest: Peekable<Chars<'a>>,
    before: Before,
    /// The expression so far, for regex-lite.
    regex: String,
}

/// ECMA-262's `SyntaxCharacter`, and `/`: what a `\` makes literal.
const SYNTAX: &str = r"^$\.*+?()[]{}|/";

/// All but the line terminators of ECMA-262.
const DOT: &str = r"[^\n\r\u2028\u2029]";

impl Scanner<'_> {
    fn expression(&mut self) -> Result<(), String> {
        while let Some(char) = self.next() {
            match char {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                '|' => self.before = Before::Nothing,
                '^' | '$' => self.before = Before::Assertion,
                '*' | '+' | '?' => self.quantifier(char)?,
                '{' => self.counted()?,
                '}' | ']' => return Err(format!("a `{char}` by itself is not portable\nhelp: write `\\{char}`")),
                '.' => {
                    self.regex.pop();
                    self.regex.push_str(DOT);
                    self.before = Before::Atom;
                }
                _ => self.before = Before::Atom,
            }
        }
        Ok(())
    }

    /// Takes a character over.
    fn next(&mut self) -> Option<char> {
        let char = self.rest.next()?;
        self.regex.push(char);
        Some(char)
    }

    fn next_is(&mut self, accept: impl Fn(char) -> bool) -> bool {
        self.rest.peek().is_some_and(|char| accept(*char))
    }

    fn escape(&mut self) -> Result<(), String> {
        let char = self.escaped()?;
        self.before = Before::Atom;
        match char {
            'b' | 'B' if self.next_is(|char| char == '{') => Err(format!(
                "`\\{char}{{…}}` is not portable\nhelp: write `\\b`, or the characters that may stand there"
            )),
            'b' | 'B' => {
                self.before = Before::Assertion;
                Ok(())
            }
            'd' | 'D' | 'w' | 'W' => Ok(()),
            'A' => Err("`\\A` is not portable\nhelp: write `^`".to_owned()),
            'z' | 'Z' => Err(format!("`\\{char}` is not portable\nhelp: write `$`")),
            'k' | '0'..='9' => Err(format!(
                "`\\{char}` refers back to a group, which our check cannot\nhelp: spell it out"
            )),
            char => self.character_escape(char, SYNTAX),
        }
    }

    /// The character behind a backslash.
    fn escaped(&mut self) -> Result<char, String> {
        self.next()
            .ok_or_else(|| "the pattern ends in a `\\`\nhelp: a backslash is written `\\\\`".to_owned())
    }

    /// An escape that means one character, in a class or outside.
    fn character_escape(&mut self, char: char, literal: &str) -> Result<(), String> {
        match char {
            'f' | 'n' | 'r' | 't' | 'v' => Ok(()),
            'x' if self.hex(2) => Ok(()),
            'x' => Err("`\\x` takes two hexadecimal digits\nhelp: write `\\x41`, or `\\u00E9` for more".to_owned()),
            // Python's `re` knows four digits only, and beyond them no escape that ECMA-262 knows too.
            'u' if self.next_is(|char| char == '{') => Err(
                "`\\u{…}` is not portable\nhelp: write the character itself, or `\\u00E9` with four digits".to_owned(),
            ),
            'u' if self.hex(4) => Ok(()),
            'u' => {
                Err("`\\u` takes four hexadecimal digits\nhelp: write `\\u00E9`, or the character itself".to_owned())
            }
            's' | 'S' => Err(format!(
                "readers differ in what `\\{char}` takes for a space\nhelp: name the characters: `[ \\t\\r\\n]`, or `[^ \\t\\r\\n]`"
            )),
            'p' | 'P' => Err(format!(
                "`\\{char}`: our check knows no Unicode classes\nhelp: name the ranges: `[A-Za-z\\u00C0-\\u024F]`"
            )),
            char if literal.contains(char) => Ok(()),
            char if char.is_ascii_alphanumeric() => Err(format!(
                "`\\{char}` is not portable\nhelp: there is no such escape in ECMA-262"
            )),
            char => Err(format!(
                "`\\{char}` is not portable\nhelp: `{char}` is literal without the backslash"
            )),
        }
    }

    fn hex(&mut self, digits: usize) -> bool {
        (0..digits).all(|_| self.next_is(|char| char.is_ascii_hexdigit()) && self.next().is_some())
    }

    fn group(&mut self) -> Result<(), String> {
        self.before = Before::Nothing;
        if !self.next_is(|char| char == '?') {
            return Ok(());
        }
        let _ = self.next();
        match self.next() {
            Some(':') => Ok(()),
            Some('=' | '!') => Err(LOOK_AROUND.to_owned()),
            Some('<') if self.next_is(|char| matches!(char, '=' | '!')) => Err(LOOK_AROUND.to_owned()),
            Some('<' | 'P') => {
                Err("the name of a group is not portable\nhelp: write `(?:…)`, a check needs no names".to_owned())
            }
            _ => Err("flags such as `(?i)` are not portable\nhelp: spell it out: `[Aa]`".to_owned()),
        }
    }

    fn quantifier(&mut self, char: char) -> Result<(), String> {
        self.before = match self.before {
            Before::Atom => Before::Quantifier,
            Before::Quantifier if char == '?' => Before::Lazy,
            Before::Nothing => {
                return Err(format!(
                    "there is nothing before `{char}` to repeat\nhelp: a literal is written `\\{char}`"
                ));
            }
            Before::Assertion => {
                return Err(format!(
                    "`{char}` repeats an assertion, which is not portable\nhelp: remove it"
                ));
            }
            Before::Quantifier | Before::Lazy => {
                return Err(format!(
                    "`{char}` repeats a repetition, which is not portable\nhelp: put the first into `(?:…)`"
                ));
            }
        };
        Ok(())
    }

    /// `{n}`, `{n,}` or `{n,m}`, the brace taken.
    fn counted(&mut self) -> Result<(), String> {
        let mut inner = String::new();
        while self.next_is(|char| char.is_ascii_digit() || char == ',') {
            inner.extend(self.next());
        }
        let digits = inner.split(',').collect::<Vec<_>>();
        let counted = matches!(digits[..], [least] | [least, _] if !least.is_empty());
        if !counted || self.next() != Some('}') {
            return Err(
                "a `{` that begins no repetition is not portable\nhelp: write `\\{`, or `{2}`, `{2,}`, `{2,3}`"
                    .to_owned(),
            );
        }
        self.quantifier('{')
    }

    /// A class, its bracket taken.
    fn class(&mut self) -> Result<(), String> {
        self.before = Before::Atom;
        if self.next_is(|char| char == '^') {
            let _ = self.next();
        }
        if self.next_is(|char| char == ']') {
            return Err("a class that begins with `]` is not portable\nhelp: write `\\]`".to_owned());
        }
        let mut range = Range::Start;
        while let Some(char) = self.next() {
            let doubled = |text: &str| text.contains(char);
            match char {
                ']' => return Ok(()),
                '[' if self.next_is(|char| char == ':') => {
                    return Err("`[[:…:]]` is not portable\nhelp: name the ranges: `[A-Za-z]`".to_owned());
                }
                '[' => return Err("a `[` in a class is not portable\nhelp: write `\\[`".to_owned()),
                _ if doubled("&-~") && self.next_is(|next| next == char) => {
                    return Err(format!(
                        "`{char}{char}` in a class is not portable\nhelp: write `{char}` once, or `\\-` for a literal `-`"
                    ));
                }
                '-' if range == Range::Start
                    && !self.next_is(|char| char == ']')
                    && !self.regex.ends_with("[-")
                    && !self.regex.ends_with("[^-") =>
                {
                    return Err(HYPHEN.to_owned());
                }
                '-' if self.next_is(|char| char == ']') || range == Range::Start => range = Range::Start,
                '-' if range == Range::One => range = Range::Open,
                '-' => return Err(HYPHEN.to_owned()),
                '\\' => {
                    let escaped = self.escaped()?;
                    if matches!(escaped, 'd' | 'D' | 'w' | 'W') {
                        if range == Range::Open {
                            return Err(HYPHEN.to_owned());
                        }
                        range = Range::Class;
                    } else {
                        self.character_escape(escaped, r"^$\.*+?()[]{}|/-")?;
                        range = range.one();
                    }
                }
                _ => range = range.one(),
            }
        }
        Err("the class has no end\nhelp: a literal `[` is written `\\[`".to_owned())
    }
}

/// Where in a range of a class we stand.
#[derive(Clone, Copy, PartialEq)]
enum Range {
    /// No character that could begin a range stands before.
    Start,
    /// One does.
    One,
    /// One and a hyphen do.
    Open,
    /// `\d` or `\w` does, which begins none.
    Class,
}

impl Range {
    fn one(self) -> Self {
        if self == Self::Open { Self::Start } else { Self::One }
    }
}

const HYPHEN: &str = "a `-` between two ranges is not portable\nhelp: write `\\-`, or put it last";
const LOOK_AROUND: &str = "our check knows no look-ahead or look-behind\nhelp: write the whole of what is allowed";

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(patterns: &[&str]) {
        for pattern in patterns {
            assert_eq!(Pattern::parse(pattern).err(), None, "{pattern}");
        }
    }

    fn refused(patterns: &[&str], word: &str) {
        for pattern in patterns {
            let error = Pattern::parse(pattern).map(|_| ()).expect_err(pattern);
            assert!(error.contains(word), "{pattern}: {error}");
        }
    }

    #[test]
    fn portable_patterns_pass() {
        accepted(&[
            "",
            "^[A-Z]{2}-[0-9]{3,5}$",
            r"^\d+\.\d{2,}$",
            r"^(?:a|b)*?c$",
            r"^(a|b|)$",
            r"^[a-z\-_]+$",
            r"^[-a]$",
            r"^[^-a]$",
            r"^[a-c-]$",
            r"^[\w.-]+@[\w]+$",
            r"^\/\{\}\[\]\(\)\^\$\|\\$",
            r"^[\]\[\\]$",
            r"^\u00e9😀\x41[\u0000-\u001F😀-😎]$",
            r"\bword\b",
            "é",
            "a-b",
        ]);
    }

    #[test]
    fn what_only_one_side_knows_is_refused() {
        refused(&["(?i)a", "(?s:a)", "(?-u)a"], "flags");
        refused(&[r"\Aa", r"a\z", r"a\Z"], "not portable");
        refused(&["(?P<n>a)", "(?<n>a)"], "name of a group");
        refused(&["(?=a)", "(?!a)", "(?<=a)", "(?<!a)"], "look-ahead");
        refused(&["[[:alpha:]]", "[^[:alpha:]]"], "A-Za-z");
        refused(&["[a&&b]", "[a--b]", "[a~~b]"], "in a class");
        refused(&[r"\pL", r"\p{L}", r"[\p{L}]", r"\PL"], "Unicode classes");
        refused(
            &[r"a\-b", r"\_", r"\@", r"\ ", r"[\_]", r"\<", r"\é"],
            "literal without",
        );
        refused(&[r"\a", r"\U00000041", r"\h", r"\c"], "no such escape");
        refused(&[r"\s", r"\S", r"[^\s]"], "space");
        refused(&[r"\x{41}", r"\x4"], r"\x");
        refused(&[r"\u12"], r"\u");
        refused(&[r"\u{1F600}", r"[\u{E9}]", r"\u{"], "the character itself");
        refused(&[r"(a)\1", r"\0", r"\k"], "refers back");
        refused(&["a}", "a]", "a{", "a{,3}", "a{ 1}", "{2}b{x}"], "help: ");
        refused(&["[]a]", "[^]a]"], "begins with `]`");
        refused(&["[a[b]]"], "a `[` in a class");
        refused(&[r"[\d-x]", r"[a-\d]", "[a-c-e]", "[a-c-e-f]"], "`-`");
        refused(&["*a", "(+)", "a|?", "{2}"], "nothing before");
        refused(&["^*", "$+", r"\b?", "^{2}"], "assertion");
        refused(&["a**", "a+*", "a??*", "a{2}{3}", "a*+"], "repeats a repetition");
        refused(&[r"\b{start}"], r"\b");
        refused(&["(a", "a)", "[b-a]", r"\uD800"], "no regular expression");
        refused(&["[a", "a\\", "[a\\"], "help: ");
    }

    #[test]
    fn a_point_is_that_of_ecma() {
        let pattern = Pattern::parse(r"^.[.]\.$").expect("portable");
        assert_eq!(pattern.regex, r"^[^\n\r\u2028\u2029][.]\.$");
        assert_eq!(pattern.text, r"^.[.]\.$");
        for (text, expected) in [("a..", true), ("\r..", false), ("\u{2028}..", false), ("é..", true)] {
            assert_eq!(pattern.matches(text), expected, "{text:?}");
        }
    }
}
