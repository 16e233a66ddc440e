//! A place in one of the two documents, seen as one of its parts.
//!
//! Knows how to go down and where a reference leads; knows no rule.

use serde_json::{Map, Value};

use super::part::{Draft, Part, listed_types, part_of, parts};
use crate::compatibility::document::SchemaDocument;
use crate::compatibility::finding::Place;
use crate::schema::json_document::{JsonDocument, Node as Spot};

/// A schema or a part of it.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    document: &'a SchemaDocument,
    json: &'a JsonDocument,
    spot: Spot<'a>,
    draft: Draft,
    pub(super) value: &'a Value,
    pub(super) part: Part,
    /// Whether this is the whole schema object, so that keywords which belong to no part are its own.
    pub(super) whole: bool,
}

impl<'a> Node<'a> {
    /// The whole schema; `None` where the registry cannot compare its draft.
    pub(super) fn root(document: &'a SchemaDocument, json: &'a JsonDocument) -> Option<Self> {
        let spot = json.root_node();
        let draft = Draft::of(spot.value)?;
        Some(Self {
            document,
            json,
            draft,
            value: spot.value,
            part: part_of(spot.value, draft),
            whole: true,
            spot,
        })
    }

    pub(super) fn place(&self) -> Place {
        Place {
            reference: self.document.reference(self.spot.reference),
            pointer: self.spot.pointer.clone(),
        }
    }

    /// The place of a keyword, or of this if it is missing: what a place names exists.
    pub(super) fn keyword_place(&self, keyword: &str) -> Place {
        let mut place = self.place();
        if self.get(keyword).is_some() {
            place.pointer = format!("{}/{}", place.pointer, escape(keyword));
        }
        place
    }

    /// The place of a member of a keyword, or the nearest place above it that exists.
    pub(super) fn member_place(&self, keyword: &str, member: &str) -> Place {
        let mut place = self.keyword_place(keyword);
        let below = format!("/{}", escape(member));
        if self.get(keyword).is_some_and(|value| value.pointer(&below).is_some()) {
            place.pointer += &below;
        }
        place
    }

    /// Where this is, regardless of the document: the registry counts references by it.
    pub(super) fn location(&self) -> (Option<usize>, String) {
        (self.spot.reference, self.spot.pointer.clone())
    }

    /// What tells this from every other node of both documents.
    pub(super) fn key(&self) -> (usize, Part) {
        (std::ptr::from_ref(self.value).addr(), self.part)
    }

    pub(super) fn draft(&self) -> Draft {
        self.draft
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&'a Value> {
        self.value.get(keyword)
    }

    pub(super) fn object(&self, keyword: &str) -> Option<&'a Map<String, Value>> {
        self.get(keyword)?.as_object()
    }

    pub(super) fn list(&self, keyword: &str) -> &'a [Value] {
        self.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The schema that a keyword holds.
    pub(super) fn child(&self, keyword: &str) -> Option<Self> {
        Some(self.at(self.spot.child(keyword)?))
    }

    /// The schema that a member of a keyword holds.
    pub(super) fn member(&self, keyword: &str, member: &str) -> Option<Self> {
        Some(self.at(self.spot.child(keyword)?.child(member)?))
    }

    /// The schemas in a keyword's list.
    pub(super) fn elements(&self, keyword: &str) -> Vec<Self> {
        self.spot.list(keyword).into_iter().map(|spot| self.at(spot)).collect()
    }

    /// The members of a combination.
    pub(super) fn members(&self) -> Vec<Self> {
        let as_part = |part| Self {
            part,
            whole: false,
            ..self.clone()
        };
        match (self.part, self.value) {
            (Part::Combined(criterion), _) => self.elements(criterion.keyword()),
            (Part::Several, Value::Object(members)) => parts(members, self.draft).into_iter().map(as_part).collect(),
            (Part::Types, Value::Object(members)) => listed_types(members).into_iter().map(as_part).collect(),
            (Part::Wrapped, _) => vec![as_part(Part::String)],
            _ => Vec::new(),
        }
    }

    /// A string with an `anyOf` around it.
    pub(super) fn wrapped(self) -> Self {
        Self {
            part: Part::Wrapped,
            ..self
        }
    }

    /// What a reference leads to in one step; a schema for anything where it leads nowhere, which a document that was read
    /// does not have.
    pub(super) fn target(&self) -> Self {
        match self.json.target(&self.spot) {
            Some(spot) => self.at(spot),
            None => Self {
                part: Part::Empty,
                whole: false,
                ..self.clone()
            },
        }
    }

    /// Itself, or what it leads to if it is a reference.
    pub(super) fn followed(self) -> Self {
        if self.part == Part::Reference {
            self.target()
        } else {
            self
        }
    }

    fn at(&self, spot: Spot<'a>) -> Self {
        Self {
            document: self.document,
            json: self.json,
            draft: self.draft,
            value: spot.value,
            part: part_of(spot.value, self.draft),
            whole: true,
            spot,
        }
    }
}

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
