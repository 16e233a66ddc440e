//! Edits of a schema that take a finding away, each of them tried.
//!
//! `avro` and `json` propose, the checker decides: what is returned was read, compared with the whole history at the same
//! level, and left every other finding as it was or better.

mod avro;
mod edit;
mod json;

use serde_json::Value;

use self::edit::Edit;
use super::dialect::Dialect;
use super::document::SchemaDocument;
use super::finding::Finding;
use super::history::{Break, History};
use super::level::{Direction, Level};
use crate::registry::{SchemaText, SchemaType};

/// An edit of a schema, after which a finding is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What to do, in one clause: ``give the field `note` the default null``.
    pub title: String,
    /// Where in the candidate's text, as a JSON pointer (RFC 6901). What it names may have to be made.
    pub pointer: String,
    /// What stands there afterwards, as JSON; `None` where it is removed.
    pub value: Option<String>,
    /// The whole text afterwards, on one line.
    pub text: String,
    /// How to say it in Rust, where an attribute of the derives does: `#[event(alias = "remark")]`.
    pub rust: Option<String>,
}

/// How many proposals for one finding are tried.
const MAX_TRIED: usize = 20;
/// How many are told: whoever reads them chooses one.
const MAX_TOLD: usize = 3;

/// The edits of the candidate that take this finding away and bring no other, the one that keeps most of the change
/// first. Empty if there is none: then the change needs a subject of its own, or a level that allows it.
///
/// `broken` and `finding` are of the verdict that `history` gave on `candidate` at `level` in `dialect`. Only the
/// candidate's own text is edited, not what it refers to.
#[must_use]
pub fn repairs(
    history: &History,
    candidate: &SchemaDocument,
    (level, dialect): (Level, Dialect),
    broken: &Break,
    finding: &Finding,
) -> Vec<Repair> {
    let Some(earlier) = history.versions().get(broken.version) else {
        return Vec::new();
    };
    let (own, other) = match broken.direction {
        Direction::Backward => (&finding.reader, &finding.writer),
        Direction::Forward => (&finding.writer, &finding.reader),
    };
    let parsed = |document: &SchemaDocument| serde_json::from_str::<Value>(&document.text().text);
    let (Ok(newer), Ok(older)) = (parsed(candidate), parsed(&earlier.schema)) else {
        return Vec::new();
    };
    if own.reference.is_some() {
        return Vec::new();
    }
    let place = Broken {
        rule: finding.rule.id,
        direction: broken.direction,
        newer: &newer,
        at: &own.pointer,
        older: &older,
        was: if other.reference.is_none() {
            Some(&other.pointer)
        } else {
            None
        },
    };
    let proposals = match candidate.schema_type() {
        SchemaType::Avro => avro::proposals(&place),
        SchemaType::Json => json::proposals(&place),
    };
    let Some(before) = standing(history, candidate, level, dialect) else {
        return Vec::new();
    };
    let this = said(broken, finding);
    let mut repairs: Vec<Repair> = Vec::new();
    for proposal in proposals.into_iter().take(MAX_TRIED) {
        if repairs.len() == MAX_TOLD {
            break;
        }
        let Some(text) = proposal.edits.iter().try_fold(newer.clone(), edit::apply) else {
            continue;
        };
        let text = text.to_string();
        let schema =
            SchemaText::new(candidate.schema_type(), &*text).with_references(candidate.text().references.clone());
        let Ok(edited) = SchemaDocument::parse(&schema) else {
            continue;
        };
        // A registry takes a new schema only if its defaults are values of their types.
        if edited.avro().is_some_and(|schema| !schema.check_defaults().is_empty()) {
            continue;
        }
        let after = standing(history, &edited, level, dialect);
        let better =
            after.is_some_and(|after| !after.contains(&this) && after.iter().all(|said| before.contains(said)));
        if better && repairs.iter().all(|known| known.text != text) {
            let shown = proposal.edits.first();
            repairs.push(Repair {
                title: proposal.title,
                pointer: shown.map(|edit| edit.pointer.clone()).unwrap_or_default(),
                value: shown.and_then(|edit| edit.value.as_ref()).map(Value::to_string),
                text,
                rust: proposal.rust,
            });
        }
    }
    repairs
}

/// A finding as it is known again after an edit, which may move its place.
type Said = (usize, Direction, &'static str, String);

fn said(broken: &Break, finding: &Finding) -> Said {
    (
        broken.version,
        broken.direction,
        finding.rule.id,
        finding.message.clone(),
    )
}

/// What counts at the level; `None` if it cannot be judged.
fn standing(history: &History, candidate: &SchemaDocument, level: Level, dialect: Dialect) -> Option<Vec<Said>> {
    let verdict = history.judge(candidate, level, dialect).ok()?;
    let all = verdict
        .breaks()
        .flat_map(|broken| broken.findings.iter().map(|finding| said(broken, finding)));
    Some(all.collect())
}

/// A finding as the proposals see it.
struct Broken<'a> {
    rule: &'static str,
    direction: Direction,
    newer: &'a Value,
    /// The place in the newer text.
    at: &'a str,
    older: &'a Value,
    /// The place in the older text; `None` if it is in one that this refers to.
    was: Option<&'a str>,
}

impl<'a> Broken<'a> {
    /// What stands at the place of the newer text.
    fn now(&self) -> Option<&'a Value> {
        self.newer.pointer(self.at)
    }

    /// What stands at the place of the older text.
    fn before(&self) -> Option<&'a Value> {
        self.older.pointer(self.was?)
    }
}

/// An edit that may help.
struct Proposal {
    title: String,
    edits: Vec<Edit>,
    rust: Option<String>,
}

impl Proposal {
    fn new(title: impl Into<String>, edit: Edit) -> Self {
        Self {
            title: title.into(),
            edits: vec![edit],
            rust: None,
        }
    }

    fn rust(mut self, rust: impl Into<String>) -> Self {
        self.rust = Some(rust.into());
        self
    }

    fn and(mut self, edit: Edit) -> Self {
        self.edits.push(edit);
        self
    }
}
