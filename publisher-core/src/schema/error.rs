//! What is wrong with a schema's text, and where.
//!
//! Of Avro and of JSON Schema. Knows no rule; the parsers and the defaults' check make these.

use std::fmt::{self, Write as _};

/// A schema that cannot be read, or a default that is no value of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    reference: Option<usize>,
    pointer: String,
    reason: String,
}

impl SchemaError {
    pub(in crate::schema) fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            reference: None,
            pointer: pointer.into(),
            reason: shortened(reason.into()),
        }
    }

    /// A text that is no JSON, or nests deeper than serde_json reads: its own words for that name no depth.
    pub(in crate::schema) fn no_json(error: &serde_json::Error) -> Self {
        let reason = error.to_string();
        match reason.strip_prefix("recursion limit exceeded") {
            Some(place) => Self::new("", format!("nests more than 128 levels deep{place}")),
            None => Self::new("", format!("is no JSON: {reason}")),
        }
    }

    pub(in crate::schema) fn in_reference(mut self, reference: Option<usize>) -> Self {
        self.reference = reference;
        self
    }

    /// Which of the referenced texts is meant, counted from 0; `None` for the schema itself.
    #[must_use]
    pub fn reference(&self) -> Option<usize> {
        self.reference
    }

    /// The place in the text as a JSON pointer (RFC 6901), such as `/fields/2/type`; empty for the text as a whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there and what is allowed.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reference) = self.reference {
            write!(f, "reference {reference}: ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for SchemaError {}

/// A reason quotes the schema, whose names may have any length.
fn shortened(reason: String) -> String {
    const MOST: usize = 1_000;
    const EACH_END: usize = 300;
    if reason.len() <= MOST {
        return reason;
    }
    // A character has four bytes at most.
    let boundary = |from: usize| (from..from + 4).find(|at| reason.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (boundary(EACH_END), boundary(reason.len() - EACH_END));
    format!("{} … {}", &reason[..start], &reason[end..])
}

/// The pointer to a member: `~` and `/` have an escape.
pub(crate) fn member(pointer: &str, name: impl fmt::Display) -> String {
    let mut whole = String::with_capacity(pointer.len() + 24);
    whole.push_str(pointer);
    whole.push('/');
    // A string takes everything.
    let _ = write!(Escaped(&mut whole), "{name}");
    whole
}

/// A pointer to which a part is written.
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        for piece in part.split_inclusive(['~', '/']) {
            let plain = piece.strip_suffix(['~', '/']).unwrap_or(piece);
            self.0.push_str(plain);
            match &piece[plain.len()..] {
                "~" => self.0.push_str("~0"),
                "/" => self.0.push_str("~1"),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::member;

    #[test]
    fn members_are_escaped() {
        assert_eq!(member("/a~1b", "c/d~e/~"), "/a~1b/c~1d~0e~1~0");
        assert_eq!(member("", 10), "/10");
        assert_eq!(member("/a", ""), "/a/");
    }
}
