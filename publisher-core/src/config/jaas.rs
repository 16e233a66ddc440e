//! The value of `sasl.jaas.config`: a login module and its options.
//!
//! Pure. No error shows any of the text, for a part of it is a password.
//!
//! Implements: the syntax of Apache Kafka's `JaasConfig`, `<module> <flag> (<name>=<value>)*;`.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// A login module with its options.
#[derive(PartialEq, Eq)]
pub(super) struct Login {
    /// The class without its package.
    pub(super) module: String,
    pub(super) options: BTreeMap<String, String>,
}

/// The one login module of the text; or what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Login, &'static str> {
    let mut words = Words {
        rest: text.chars().peekable(),
    };
    let module = words.word("names no login module; write `<module> required <name>=\"<value>\" …;`")?;
    let flag = words.word("has no `required` after the login module")?;
    if !["required", "requisite", "sufficient", "optional"].contains(&flag.to_ascii_lowercase().as_str()) {
        return Err("has no `required` after the login module");
    }
    let mut options = BTreeMap::new();
    loop {
        let name = match words.next() {
            None => return Err("does not end in a semicolon"),
            Some(Word::Semicolon) => break,
            Some(Word::Equals) => return Err("has `=` without a name before it"),
            Some(Word::Text(name)) => name,
        };
        let (Some(Word::Equals), Some(Word::Text(value))) = (words.next(), words.next()) else {
            return Err("has a name without `=` and value; put a value with other than letters and digits in quotes");
        };
        options.insert(name, value);
    }
    if words.next().is_some() {
        return Err("has more than one login module; keep one");
    }
    let class = module.rsplit('.').next().unwrap_or_default();
    Ok(Login {
        module: class.to_owned(),
        options,
    })
}

enum Word {
    Text(String),
    Equals,
    Semicolon,
}

struct Words<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Words<'_> {
    fn word(&mut self, missing: &'static str) -> Result<String, &'static str> {
        match self.next() {
            Some(Word::Text(text)) => Ok(text),
            _ => Err(missing),
        }
    }

    /// A slash begins a comment, as in Java, where it is the reason for quotes around a password.
    fn skip_comment(&mut self) {
        if self.rest.next_if_eq(&'*').is_none() {
            while self.rest.next_if(|c| !matches!(c, '\n' | '\r')).is_some() {}
            return;
        }
        let mut star = false;
        for c in self.rest.by_ref() {
            if star && c == '/' {
                return;
            }
            star = c == '*';
        }
    }

    /// The text up to this quote or the end of the line.
    fn quoted(&mut self, quote: char) -> String {
        let mut text = String::new();
        while let Some(c) = self.rest.next_if(|c| !matches!(c, '\n' | '\r')) {
            match c {
                '\\' => text.extend(self.escaped()),
                c if c == quote => break,
                c => text.push(c),
            }
        }
        text
    }

    fn escaped(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        let Some(first) = c.to_digit(8) else {
            return Some(match c {
                'a' => '\x07',
                'b' => '\x08',
                'f' => '\x0c',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\x0b',
                other => other,
            });
        };
        // Up to three octal digits, and only two where three would be beyond a byte.
        let mut code = first;
        for _ in 0..if first <= 3 { 2 } else { 1 } {
            let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(8)) else {
                break;
            };
            self.rest.next();
            code = code * 8 + digit;
        }
        char::from_u32(code)
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            match self.rest.next()? {
                c if c <= ' ' => {}
                '/' => self.skip_comment(),
                '=' => return Some(Word::Equals),
                ';' => return Some(Word::Semicolon),
                quote @ ('"' | '\'') => return Some(Word::Text(self.quoted(quote))),
                first => {
                    let mut text = String::from(first);
                    while let Some(c) = self
                        .rest
                        .next_if(|c| *c > ' ' && !matches!(c, '/' | '=' | ';' | '"' | '\''))
                    {
                        text.push(c);
                    }
                    return Some(Word::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let actual = match parse(text) {
            Ok(login) => format!("{} {:?}", login.module, login.options),
            Err(reason) => reason.to_owned(),
        };
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn modules_and_options_are_read() {
        let plain = r#"PlainLoginModule {"password": "s;e=c/r\"e't", "username": "alice"}"#;
        check(
            r#"org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="s;e=c/r\"e't";"#,
            plain,
        );
        check(
            "PlainLoginModule\n REQUIRED // comment\n username = alice /* another; */ password='s;e=c/r\"e\\'t' ; ",
            plain,
        );
        check("M optional;", "M {}");
        check(r#"M required a="\101\60\7774\t";"#, r#"M {"a": "A0?74\t"}"#);
    }

    #[test]
    fn what_is_wrong_is_told_without_the_text() {
        check(
            "",
            "names no login module; write `<module> required <name>=\"<value>\" …;`",
        );
        check(
            "= required;",
            "names no login module; write `<module> required <name>=\"<value>\" …;`",
        );
        check("M", "has no `required` after the login module");
        check("M canary;", "has no `required` after the login module");
        check("M required a=canary", "does not end in a semicolon");
        check("M required a=\"canary", "does not end in a semicolon");
        check("M required =canary;", "has `=` without a name before it");
        let unquoted = "has a name without `=` and value; put a value with other than letters and digits in quotes";
        check("M required a=can=ary;", "has `=` without a name before it");
        check("M required a canary;", unquoted);
        check("M required a=;", unquoted);
        check("M required a=/canary;", unquoted);
        check(
            "M required a=b; N required;",
            "has more than one login module; keep one",
        );
        check("M required /*", "does not end in a semicolon");
    }
}
