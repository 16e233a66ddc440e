//! Full names and their rules.
//!
//! Knows no table of types.

use std::fmt;

/// The full name of a record, enum or fixed: namespace, point, name.
///
/// Implements: Apache Avro 1.12 specification, "Names".
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FullName {
    full: String,
    /// Where the name without namespace begins.
    simple: usize,
}

impl FullName {
    /// The name as it stands in a schema, in this namespace (empty for none). A name with a point is full already.
    ///
    /// # Errors
    /// The part that is no name.
    pub(super) fn new(name: &str, namespace: &str) -> Result<Self, String> {
        let (namespace, simple) = name.rsplit_once('.').unwrap_or((namespace, name));
        if let Some(wrong) = namespace
            .split('.')
            .find(|part| !namespace.is_empty() && !is_name(part))
        {
            return Err(format!("`{wrong}` in `{namespace}` is no name: {RULE}"));
        }
        if !is_name(simple) {
            return Err(format!("`{simple}` is no name: {RULE}"));
        }
        Ok(Self::join(namespace, simple))
    }

    fn join(namespace: &str, simple: &str) -> Self {
        if namespace.is_empty() {
            return Self {
                full: simple.to_owned(),
                simple: 0,
            };
        }
        Self {
            full: format!("{namespace}.{simple}"),
            simple: namespace.len() + 1,
        }
    }

    /// The whole name, such as `com.acme.orders.OrderPlaced`.
    #[must_use]
    pub fn full(&self) -> &str {
        &self.full
    }

    /// The last part, such as `OrderPlaced`.
    #[must_use]
    pub fn simple(&self) -> &str {
        &self.full[self.simple..]
    }

    /// What stands before the last point; empty if there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.full[..self.simple.saturating_sub(1)]
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

pub(super) const RULE: &str = "letters, digits and `_`, no digit first";

/// Whether the text is a name of Avro: of a field, a symbol, a part of a full name.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
