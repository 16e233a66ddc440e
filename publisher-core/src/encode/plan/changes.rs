//! Which fields of a plan have no counterpart, by path: what is worth a line in a log before the first event.
//!
//! Sees a matching, no bytes.

use super::matching::{Matching, Node, Slot};
use crate::schema::avsc::{AvroSchema, Form, Type};

/// The paths of fields without counterpart. A record that stands in several places is named at the first.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Ours that are left out.
    pub(super) dropped: Vec<String>,
    /// Theirs that take their default.
    pub(super) defaulted: Vec<String>,
}

pub(super) fn changes(ours: &AvroSchema, matching: &Matching<'_>) -> Changes {
    let mut finder = Finder {
        ours,
        matching,
        seen: vec![false; matching.pairs.len()],
        changes: Changes::default(),
    };
    finder.node(&matching.root, ours.root(), "");
    finder.changes
}

struct Finder<'a> {
    ours: &'a AvroSchema,
    matching: &'a Matching<'a>,
    seen: Vec<bool>,
    changes: Changes,
}

impl Finder<'_> {
    fn node(&mut self, node: &Node, of: &Type, path: &str) {
        match (node, &of.form) {
            (Node::Wrap(_, node), _) => self.node(node, of, path),
            (Node::Array(node), Form::Array(items)) => self.node(node, items, &format!("{path}[]")),
            (Node::Map(node), Form::Map(values)) => self.node(node, values, &format!("{path}{{}}")),
            (Node::Union(arms), Form::Union(branches)) => {
                let several = branches
                    .iter()
                    .filter(|branch| !matches!(branch.form, Form::Null))
                    .count()
                    > 1;
                for ((_, node), branch) in arms.iter().zip(branches) {
                    match several {
                        true => self.node(node, branch, &format!("{path}<{}>", self.ours.name(branch))),
                        false => self.node(node, branch, path),
                    }
                }
            }
            (Node::Record(pair), _) => self.record(*pair, path),
            _ => {}
        }
    }

    fn record(&mut self, index: usize, path: &str) {
        if std::mem::replace(&mut self.seen[index], true) {
            return;
        }
        let matching = self.matching;
        let pair = &matching.pairs[index];
        let within = |name: &str| match path {
            "" => name.to_owned(),
            _ => format!("{path}.{name}"),
        };
        let used = |own: usize| {
            pair.slots
                .iter()
                .any(|slot| matches!(slot, Slot::Ours(index, _) if *index == own))
        };
        let dropped = pair.ours.iter().enumerate().filter(|(index, _)| !used(*index));
        self.changes
            .dropped
            .extend(dropped.map(|(_, field)| within(&field.name)));
        for (slot, theirs) in pair.slots.iter().zip(pair.theirs) {
            match slot {
                Slot::Ours(own, node) => {
                    let field = &pair.ours[*own];
                    self.node(node, &field.field_type, &within(&field.name));
                }
                Slot::Default(_) => self.changes.defaulted.push(within(&theirs.name)),
            }
        }
    }
}
