//! The walk of a pair of Avro schemas: which parts meet which, and which rule judges what meets.
//!
//! The rules decide and word; this finds the pairs, remembers those of named types and keeps within its bounds.
//!
//! Implements: Apache Avro 1.12 specification, "Schema Resolution", as Java's `SchemaCompatibility` reads it.

use std::collections::{HashMap, HashSet};

use super::{enum_symbols, field_ambiguous, field_default, fixed_size, name, type_mismatch, union_branch};
use crate::compatibility::compare::CompareError;
use crate::compatibility::document::SchemaDocument;
use crate::compatibility::finding::{Finding, Place};
use crate::compatibility::rule::Rule;
use crate::schema::avsc::{AvroSchema, Definition, Field, Form, Kind, Type, TypeId};

/// How many pairs are looked at before giving up; a branch that is passed over by its name is one.
const MAX_PAIRS: usize = 20_000_000;
/// A pair that is looked into costs as much as so many that are passed over.
const PAIR: usize = 4;
/// The same for a finding: it is remembered, and memory is scarcer than time.
const FINDING: usize = 100;
/// So many bytes of findings, handed on from part to whole, count as a branch that is passed over.
const BYTES: usize = 20;

/// One of the two schemas.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) document: &'a SchemaDocument,
    pub(super) schema: &'a AvroSchema,
}

/// A type where it stands: the pointer is of the text with this number.
#[derive(Clone, Copy)]
pub(super) struct At<'a, 'b> {
    pub(super) side: Side<'a>,
    pub(super) of: &'a Type,
    pub(super) path: &'b Path<'b>,
}

/// A pointer that is put together only for a finding.
#[derive(Clone, Copy)]
pub(super) enum Path<'b> {
    /// A place that a definition or a field knows.
    Known {
        reference: Option<usize>,
        pointer: &'b str,
        part: &'static str,
    },
    /// A part of another place.
    Part(&'b Path<'b>, &'static str),
    /// A branch of a union.
    Branch(&'b Path<'b>, usize),
}

impl Path<'_> {
    fn place(&self, document: &SchemaDocument) -> Place {
        match self {
            Self::Known {
                reference,
                pointer,
                part,
            } => Place {
                reference: document.reference(*reference),
                pointer: format!("{pointer}{part}"),
            },
            Self::Part(path, part) => {
                let mut place = path.place(document);
                place.pointer.push_str(part);
                place
            }
            Self::Branch(path, index) => {
                let mut place = path.place(document);
                place.pointer.push_str(&format!("/{index}"));
                place
            }
        }
    }
}

impl<'a> At<'a, '_> {
    /// What it is called in messages.
    pub(super) fn describe(&self) -> String {
        self.side.schema.describe(self.of)
    }

    pub(super) fn definition(&self) -> Option<&'a Definition> {
        match &self.of.form {
            Form::Named(id) => Some(self.side.schema.definition(*id)),
            _ => None,
        }
    }

    fn place(&self) -> Place {
        self.path.place(self.side.document)
    }
}

/// The place of a part of a definition.
pub(super) fn of_definition(document: &SchemaDocument, definition: &Definition, part: &str) -> Place {
    Place {
        reference: document.reference(definition.reference),
        pointer: format!("{}{part}", definition.pointer),
    }
}

/// The place of a field.
pub(super) fn of_field(document: &SchemaDocument, field: &Field) -> Place {
    Place {
        reference: document.reference(field.reference),
        pointer: field.pointer.clone(),
    }
}

/// A breach of a rule at two types.
pub(super) fn found(rule: &'static Rule, reader: At<'_, '_>, writer: At<'_, '_>, message: String) -> Finding {
    Finding {
        rule,
        reader: reader.place(),
        writer: writer.place(),
        message,
    }
}

type Judged = Result<Vec<Finding>, CompareError>;

/// What is known of a pair of named types.
enum Known {
    /// It is being looked at further up: compatible unless that finds otherwise.
    InProgress,
    Judged(Vec<Finding>),
}

pub(super) struct Walk<'a> {
    reader: Side<'a>,
    writer: Side<'a>,
    known: HashMap<(TypeId, TypeId), Known>,
    /// Whether a field of the reader has an alias, without which none is ambiguous.
    aliased: bool,
    /// Where Java's judge would have given up; it does so also in a branch that is not taken.
    ambiguous: Vec<Finding>,
    pairs: usize,
    depth: usize,
    deepest: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        (reader, reader_schema): (&'a SchemaDocument, &'a AvroSchema),
        (writer, writer_schema): (&'a SchemaDocument, &'a AvroSchema),
        deepest: usize,
    ) -> Self {
        let side = |document, schema| Side { document, schema };
        Self {
            reader: side(reader, reader_schema),
            writer: side(writer, writer_schema),
            known: HashMap::new(),
            aliased: reader_schema
                .definitions()
                .iter()
                .any(|definition| match &definition.kind {
                    Kind::Record { fields, .. } => fields.iter().any(|field| !field.aliases.is_empty()),
                    _ => false,
                }),
            ambiguous: Vec::new(),
            pairs: 0,
            depth: 0,
            deepest,
        }
    }

    pub(super) fn findings(mut self) -> Judged {
        let root = Path::Known {
            reference: None,
            pointer: "",
            part: "",
        };
        let at = |side: Side<'a>| At {
            side,
            of: side.schema.root(),
            path: &root,
        };
        let (reader, writer) = (at(self.reader), at(self.writer));
        let mut findings = self.types(reader, writer)?;
        findings.append(&mut self.ambiguous);
        Ok(distinct(findings))
    }

    /// Everything for which a reader of the one type cannot read the other.
    fn types(&mut self, reader: At<'a, '_>, writer: At<'a, '_>) -> Judged {
        self.count(PAIR)?;
        if self.depth >= self.deepest {
            return Err(CompareError::TooDeep { limit: self.deepest });
        }
        self.depth += 1;
        let judged = self.forms(reader, writer);
        self.depth -= 1;
        let findings = judged?;
        self.count(findings.iter().map(Finding::bytes).sum::<usize>() / BYTES)?;
        Ok(findings)
    }

    fn count(&mut self, pairs: usize) -> Result<(), CompareError> {
        self.pairs += pairs;
        if self.pairs > MAX_PAIRS {
            return Err(CompareError::TooManyPairs { limit: MAX_PAIRS });
        }
        Ok(())
    }

    fn forms(&mut self, reader: At<'a, '_>, writer: At<'a, '_>) -> Judged {
        match (&reader.of.form, &writer.of.form) {
            (_, Form::Union(branches)) => {
                let mut findings = Vec::new();
                for (index, branch) in branches.iter().enumerate() {
                    let path = Path::Branch(writer.path, index);
                    findings.extend(self.types(
                        reader,
                        At {
                            of: branch,
                            path: &path,
                            ..writer
                        },
                    )?);
                }
                Ok(findings)
            }
            (Form::Union(branches), _) => self.any_branch(reader, branches, writer),
            (Form::Array(items), Form::Array(written)) => self.parts(reader, items, writer, written, "/items"),
            (Form::Map(values), Form::Map(written)) => self.parts(reader, values, writer, written, "/values"),
            (Form::Named(own), Form::Named(other)) => self.named(*own, *other, reader, writer),
            (own, other) if type_mismatch::reads(own, other) => Ok(Vec::new()),
            _ => Ok(vec![type_mismatch::finding(reader, writer)]),
        }
    }

    fn parts(
        &mut self,
        reader: At<'a, '_>,
        part: &'a Type,
        writer: At<'a, '_>,
        written: &'a Type,
        name: &'static str,
    ) -> Judged {
        let (own, other) = (Path::Part(reader.path, name), Path::Part(writer.path, name));
        self.types(
            At {
                of: part,
                path: &own,
                ..reader
            },
            At {
                of: written,
                path: &other,
                ..writer
            },
        )
    }

    /// A union reads what any of its branches reads. Where one is meant, its findings say more than that there is none.
    fn any_branch(&mut self, reader: At<'a, '_>, branches: &'a [Type], writer: At<'a, '_>) -> Judged {
        let mut meant = None;
        for (index, branch) in branches.iter().enumerate() {
            let path = Path::Branch(reader.path, index);
            let at = At {
                of: branch,
                path: &path,
                ..reader
            };
            // What another name has within cannot help; in a union of hundreds of records it would be most of the work.
            if union_branch::is_another(at, writer) && !self.aliased {
                self.count(1)?;
                continue;
            }
            let findings = self.types(at, writer)?;
            if findings.is_empty() {
                return Ok(findings);
            }
            if meant.is_none() && union_branch::is_meant(at, writer) {
                meant = Some(findings);
            }
        }
        Ok(meant.unwrap_or_else(|| vec![union_branch::finding(reader, writer)]))
    }

    fn named(&mut self, own: TypeId, other: TypeId, reader: At<'a, '_>, writer: At<'a, '_>) -> Judged {
        let (definition, written) = (self.reader.schema.definition(own), self.writer.schema.definition(other));
        if std::mem::discriminant(&definition.kind) != std::mem::discriminant(&written.kind) {
            return Ok(vec![type_mismatch::finding(reader, writer)]);
        }
        match self.known.get(&(own, other)) {
            Some(Known::InProgress) => return Ok(Vec::new()),
            Some(Known::Judged(findings)) => return Ok(findings.clone()),
            None => {}
        }
        self.known.insert((own, other), Known::InProgress);
        let mut findings = Vec::new();
        findings.extend(name::check(self.reader, definition, self.writer, written));
        match (&definition.kind, &written.kind) {
            (Kind::Record { fields, .. }, Kind::Record { fields: others, .. }) => {
                findings.extend(self.fields(fields, written, others)?);
            }
            (
                Kind::Enum { symbols, default },
                Kind::Enum {
                    symbols: others,
                    default: _,
                },
            ) if default.is_none() => {
                self.count((symbols.len() + others.len()) * PAIR)?;
                findings.extend(enum_symbols::check(
                    (self.reader, definition, symbols),
                    (self.writer, written, others),
                ));
            }
            (Kind::Fixed { size }, Kind::Fixed { size: other }) => {
                findings.extend(fixed_size::check(
                    (self.reader, definition, *size),
                    (self.writer, written, *other),
                ));
            }
            _ => {}
        }
        // What several fields share is told once; without this a chain of types with two fields each would double the
        // findings at each of its links.
        let findings = distinct(findings);
        self.count(findings.len() * FINDING)?;
        self.known.insert((own, other), Known::Judged(findings.clone()));
        Ok(findings)
    }

    fn fields(&mut self, fields: &'a [Field], written: &'a Definition, others: &'a [Field]) -> Judged {
        let by_name: HashMap<&str, &'a Field> = others.iter().map(|field| (field.name.as_str(), field)).collect();
        let mut findings = Vec::new();
        for field in fields {
            let mut sources = by_name.get(field.name.as_str()).into_iter().collect::<Vec<_>>();
            let mut seen = HashSet::new();
            sources.extend(
                field
                    .aliases
                    .iter()
                    .filter(|alias| seen.insert(alias.as_str()))
                    .filter_map(|alias| by_name.get(alias.as_str())),
            );
            match sources[..] {
                [] => findings.extend(field_default::check(self.reader, field, self.writer, written)),
                [source] => {
                    let (own, other) = (of_type(field), of_type(source));
                    let reader = At {
                        side: self.reader,
                        of: &field.field_type,
                        path: &own,
                    };
                    let writer = At {
                        side: self.writer,
                        of: &source.field_type,
                        path: &other,
                    };
                    findings.extend(self.types(reader, writer)?);
                }
                [first, second, ..] => {
                    let finding = field_ambiguous::finding(self.reader, field, self.writer, [first, second]);
                    self.ambiguous.push(finding.clone());
                    findings.push(finding);
                }
            }
        }
        Ok(findings)
    }
}

fn of_type(field: &Field) -> Path<'_> {
    Path::Known {
        reference: field.reference,
        pointer: &field.pointer,
        part: "/type",
    }
}

/// The findings in their order, each once.
fn distinct(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > 1 {
        let mut seen = HashSet::new();
        findings.retain(|finding| seen.insert((finding.rule.id, finding.reader.clone(), finding.writer.clone())));
    }
    findings
}
