//! SPDX licence expressions, as far as crates use them.
//!
//! Says whether a list of licences satisfies one; does not know which are acceptable.

use anyhow::{Result, bail};

/// Whether what `allowed` holds is enough to use something under `expression`.
pub(super) fn is_allowed(expression: &str, allowed: &[String]) -> Result<bool> {
    // Before SPDX, crates wrote `MIT/Apache-2.0` for a choice.
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { words: &words, allowed };
    let result = parser.any();
    match (result, parser.words) {
        (Some(result), []) => Ok(result),
        _ => bail!("`{expression}` is not a licence expression"),
    }
}

struct Parser<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl Parser<'_> {
    /// A choice; `AND` binds closer than `OR`.
    fn any(&mut self) -> Option<bool> {
        let mut result = self.all()?;
        while self.take("OR") {
            result |= self.all()?;
        }
        Some(result)
    }

    fn all(&mut self) -> Option<bool> {
        let mut result = self.one()?;
        while self.take("AND") {
            result &= self.one()?;
        }
        Some(result)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let result = self.any()?;
            return self.take(")").then_some(result);
        }
        let mut name = self.name()?.to_owned();
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.name()?);
        }
        Some(self.allowed.contains(&name))
    }

    fn name(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        if ["OR", "AND", "WITH", "(", ")"].contains(first) {
            return None;
        }
        self.words = rest;
        Some(first)
    }

    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expected: Option<bool>) {
        let allowed = [
            "MIT",
            "Apache-2.0",
            "Unicode-3.0",
            "GPL-2.0 WITH Classpath-exception-2.0",
        ]
        .map(str::to_owned);
        assert_eq!(is_allowed(expression, &allowed).ok(), expected, "{expression}");
    }

    #[test]
    fn reads_expressions() {
        check("MIT", Some(true));
        check("GPL-3.0", Some(false));
        check("MIT OR GPL-3.0", Some(true));
        check("GPL-3.0/MIT", Some(true));
        check("MIT AND GPL-3.0", Some(false));
        check("(MIT OR GPL-3.0) AND Unicode-3.0", Some(true));
        check("MIT OR GPL-3.0 AND GPL-2.0", Some(true));
        check("GPL-2.0 WITH Classpath-exception-2.0", Some(true));
        check("Apache-2.0 WITH LLVM-exception", Some(false));
    }

    #[test]
    fn refuses_what_is_no_expression() {
        for text in ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "AND", "MIT WITH"] {
            check(text, None);
        }
    }
}
