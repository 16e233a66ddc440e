//! A schema where it stands: its JSON, its text, its pointer.
//!
//! Knows no keyword but `$schema`.

use serde_json::{Map, Value};

use crate::schema::error::member;

/// The draft of JSON Schema that a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Draft {
    /// Draft-04, whose `exclusiveMinimum` is a boolean.
    Draft4,
    /// Draft-06.
    Draft6,
    /// Draft-07; also where nothing or something unknown is said.
    Draft7,
    /// 2019-09.
    Draft2019,
    /// 2020-12, whose tuples are `prefixItems`.
    Draft2020,
}

impl Draft {
    pub(super) fn of(root: &Value) -> Self {
        let schema = root.get("$schema").and_then(Value::as_str).unwrap_or_default();
        let drafts = [
            ("draft-04", Self::Draft4),
            ("draft-06", Self::Draft6),
            ("draft/2019-09", Self::Draft2019),
            ("draft/2020-12", Self::Draft2020),
        ];
        let found = drafts.into_iter().find(|(word, _)| schema.contains(word));
        found.map_or(Self::Draft7, |(_, draft)| draft)
    }

    /// Whether keywords beside `$ref` count.
    #[must_use]
    pub fn reads_beside_ref(self) -> bool {
        self >= Self::Draft2019
    }
}

/// A schema within a document.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Its JSON, an object or a boolean.
    pub value: &'a Value,
    /// Which of the referenced texts it stands in, counted from 0; `None` for the schema itself.
    pub reference: Option<usize>,
    /// Where it stands in the text, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The draft of the text.
    pub draft: Draft,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Value, reference: Option<usize>, draft: Draft) -> Self {
        Self {
            value,
            reference,
            pointer: String::new(),
            draft,
        }
    }

    /// Its members; `None` for a boolean.
    #[must_use]
    pub fn members(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    /// A keyword's value.
    #[must_use]
    pub fn get(&self, keyword: &str) -> Option<&'a Value> {
        self.value.get(keyword)
    }

    /// The schema under a keyword.
    #[must_use]
    pub fn child(&self, keyword: &str) -> Option<Node<'a>> {
        Some(self.at(self.get(keyword)?, member(&self.pointer, keyword)))
    }

    /// The schemas of a list under a keyword; none if there is no list.
    pub fn list(&self, keyword: &str) -> Vec<Node<'a>> {
        let at = member(&self.pointer, keyword);
        let items = self.get(keyword).and_then(Value::as_array).into_iter().flatten();
        items
            .enumerate()
            .map(|(index, item)| self.at(item, member(&at, index)))
            .collect()
    }

    /// The schemas by name under a keyword, in the order of their names.
    pub fn named(&self, keyword: &str) -> Vec<(&'a str, Node<'a>)> {
        let at = member(&self.pointer, keyword);
        let entries = self.get(keyword).and_then(Value::as_object).into_iter().flatten();
        entries
            .map(|(name, value)| (name.as_str(), self.at(value, member(&at, name))))
            .collect()
    }

    /// A schema of the same text.
    pub(crate) fn at(&self, value: &'a Value, pointer: String) -> Node<'a> {
        Node {
            value,
            pointer,
            ..*self
        }
    }
}
