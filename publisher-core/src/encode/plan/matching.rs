//! Which part of our schema stands where in theirs: a tree of what to do, or every difference.
//!
//! Compares schemas, sees no bytes. Only what keeps the value is allowed, and what is allowed never fails for a single
//! value: so a plan, once made, has no errors of its own.

use std::collections::{HashMap, HashSet};

use super::difference::Difference;
use super::leaf::{OTHER_TYPE, fits, leaf};
use super::names::{same_name, sources};
use crate::schema::avsc::{AvroSchema, Definition, Field, Form, FullName, Kind, Logical, Type, TypeId};

/// What to do with a value of ours.
#[derive(Debug)]
pub(super) enum Node {
    /// Take it as it is.
    Same,
    /// An `int` becomes a `double`.
    IntToDouble,
    /// A `float` becomes a `double`.
    FloatToDouble,
    /// A decimal in `bytes` becomes one in a `fixed` of this size.
    ToFixed(usize),
    /// Their numbers of our symbols.
    Enum(Vec<usize>),
    /// The items of an array.
    Array(Box<Node>),
    /// The values of a map.
    Map(Box<Node>),
    /// For each of our branches: the number of theirs, `None` if theirs is no union.
    Union(Vec<(Option<usize>, Node)>),
    /// Becomes this branch of a union.
    Wrap(usize, Box<Node>),
    /// The pair of records with this index.
    Record(usize),
}

/// One of our records and the one of theirs that it becomes.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    /// Our fields in order.
    pub(super) ours: &'a [Field],
    /// Their fields in order.
    pub(super) theirs: &'a [Field],
    /// Where each of theirs comes from.
    pub(super) slots: Vec<Slot>,
}

/// Where a field of theirs comes from.
#[derive(Debug)]
pub(super) enum Slot {
    /// Our field with this index.
    Ours(usize, Node),
    /// The encoding of its default.
    Default(Vec<u8>),
}

pub(super) struct Matching<'a> {
    pub(super) root: Node,
    pub(super) pairs: Vec<Pair<'a>>,
}

pub(super) fn matching<'a>(ours: &'a AvroSchema, theirs: &'a AvroSchema) -> Result<Matching<'a>, Vec<Difference>> {
    if let Some(name) = endless(ours) {
        let ours = Some(format!("record {name}"));
        let hint = "it holds itself without an end, so it has no value; make the field that holds it optional";
        return Err(vec![Difference::new(ours, None, hint)]);
    }
    let mut matcher = Matcher {
        ours,
        theirs,
        pairs: Vec::new(),
        found: HashMap::new(),
        failed: HashMap::new(),
    };
    let root = matcher.types(ours.root(), theirs.root())?;
    Ok(Matching {
        root,
        pairs: matcher.pairs,
    })
}

type Ids = (TypeId, TypeId);

struct Matcher<'a> {
    ours: &'a AvroSchema,
    theirs: &'a AvroSchema,
    pairs: Vec<Pair<'a>>,
    /// Pairs that fit, provided that those in progress do.
    found: HashMap<Ids, usize>,
    /// Pairs that do not fit, whatever becomes of those in progress.
    failed: HashMap<Ids, Vec<Difference>>,
}

type Matched = Result<Node, Vec<Difference>>;

/// How many differences a pair of records shows where it is used again.
const SHOWN_AGAIN: usize = 8;

impl<'a> Matcher<'a> {
    fn types(&mut self, ours: &'a Type, theirs: &'a Type) -> Matched {
        match (&ours.form, &theirs.form) {
            (Form::Union(branches), _) => self.arms(branches, ours, theirs),
            (_, Form::Union(branches)) => {
                let (index, node) = self.branch(ours, branches, theirs)?;
                Ok(Node::Wrap(index, Box::new(node)))
            }
            (Form::Array(own), Form::Array(other)) => {
                let items = self.types(own, other).map_err(|found| within(found, "[]"))?;
                Ok(Node::Array(Box::new(items)))
            }
            (Form::Map(own), Form::Map(other)) => {
                let values = self.types(own, other).map_err(|found| within(found, "{}"))?;
                Ok(Node::Map(Box::new(values)))
            }
            (Form::Named(own), Form::Named(other)) => self.named((*own, *other), ours, theirs),
            (Form::Bytes, Form::Named(other)) => {
                let definition = self.theirs.definition(*other);
                match (
                    &definition.kind,
                    fits(ours.logical.as_ref(), definition.logical.as_ref()),
                ) {
                    (Kind::Fixed { size }, Ok(())) if matches!(ours.logical, Some(Logical::Decimal { .. })) => {
                        Ok(Node::ToFixed(*size))
                    }
                    (Kind::Fixed { .. }, Err(hint)) => self.differ(ours, theirs, hint),
                    _ => self.differ(ours, theirs, OTHER_TYPE),
                }
            }
            _ => match leaf(ours, theirs) {
                Ok(node) => Ok(node),
                Err(hint) => self.differ(ours, theirs, hint),
            },
        }
    }

    fn arms(&mut self, branches: &'a [Type], ours: &'a Type, theirs: &'a Type) -> Matched {
        let mut arms = Vec::with_capacity(branches.len());
        let mut differences = Vec::new();
        let several = branches.iter().filter(|branch| !is_null(branch)).count() > 1;
        for branch in branches {
            let arm = match &theirs.form {
                Form::Union(others) => self
                    .branch(branch, others, theirs)
                    .map(|(index, node)| (Some(index), node)),
                _ if is_null(branch) && !is_null(theirs) => {
                    differences.push(Difference::new(
                        Some(self.ours.describe(ours)),
                        Some(self.theirs.describe(theirs)),
                        "ours may be null, theirs may not; make ours required, or theirs a union with null",
                    ));
                    continue;
                }
                _ => self.types(branch, theirs).map(|node| (None, node)),
            };
            match arm {
                Ok(arm) => arms.push(arm),
                Err(found) if several => {
                    differences.extend(within(found, &format!("<{}>", self.ours.name(branch))));
                }
                Err(found) => differences.extend(found),
            }
        }
        done(Node::Union(arms), differences)
    }

    /// The branch of theirs that takes ours: the one most like it.
    fn branch(
        &mut self,
        ours: &'a Type,
        branches: &'a [Type],
        theirs: &'a Type,
    ) -> Result<(usize, Node), Vec<Difference>> {
        let mut candidates: Vec<(u8, usize)> = branches
            .iter()
            .enumerate()
            .map(|(index, branch)| (self.distance(ours, branch), index))
            .collect();
        candidates.sort_unstable();
        let mut nearest = None;
        for (distance, index) in candidates {
            match self.types(ours, &branches[index]) {
                Ok(node) => return Ok((index, node)),
                // Where a branch is meant, its differences say more than that there is none.
                Err(found) if distance <= SAME_FORM => {
                    nearest.get_or_insert(found);
                }
                Err(_) => {}
            }
        }
        Err(nearest.unwrap_or_else(|| {
            let hint = if is_null(ours) {
                "ours may be null, theirs may not; make ours required, or add null to theirs"
            } else {
                "theirs has no branch for it; add one"
            };
            vec![Difference::new(
                Some(self.ours.describe(ours)),
                Some(self.theirs.describe(theirs)),
                hint,
            )]
        }))
    }

    /// How little a branch is like our type.
    fn distance(&self, ours: &Type, theirs: &Type) -> u8 {
        match (&ours.form, &theirs.form) {
            (Form::Named(own), Form::Named(other)) => {
                let (own, other) = (self.ours.definition(*own), self.theirs.definition(*other));
                match own.name == other.name {
                    true => 0,
                    false if same_name(own, other) => SAME_FORM,
                    false => SAME_FORM + 2,
                }
            }
            (own, other) if own.word() == other.word() => u8::from(ours.logical != theirs.logical),
            // A widened number: the narrowest that holds it.
            (_, Form::Long) => SAME_FORM + 1,
            _ => SAME_FORM + 2,
        }
    }

    fn named(&mut self, ids: Ids, ours: &'a Type, theirs: &'a Type) -> Matched {
        let (own, other) = (self.ours.definition(ids.0), self.theirs.definition(ids.1));
        if own.kind.word() != other.kind.word() && !(is_record(own) && is_record(other)) {
            return self.differ(ours, theirs, OTHER_TYPE);
        }
        if !same_name(own, other) {
            let hint = "the names differ; name ours as theirs, or add an alias to either";
            return self.differ(ours, theirs, hint);
        }
        match (&own.kind, &other.kind) {
            (Kind::Record { fields, .. }, Kind::Record { fields: others, .. }) => self.records(ids, fields, others),
            (Kind::Enum { symbols, .. }, Kind::Enum { symbols: others, .. }) => {
                let number = |symbol: &String| others.iter().position(|other| other == symbol);
                let missing: Vec<&str> = symbols
                    .iter()
                    .filter(|symbol| number(symbol).is_none())
                    .map(String::as_str)
                    .collect();
                if missing.is_empty() {
                    return Ok(Node::Enum(symbols.iter().filter_map(number).collect()));
                }
                self.differ(
                    ours,
                    theirs,
                    format!("theirs lacks the symbols {}; add them to theirs", missing.join(", ")),
                )
            }
            (Kind::Fixed { size }, Kind::Fixed { size: other_size }) if size != other_size => self.differ(
                ours,
                theirs,
                format!("ours has {size} bytes, theirs {other_size}; give both the same size"),
            ),
            _ => match fits(own.logical.as_ref(), other.logical.as_ref()) {
                Ok(()) => Ok(Node::Same),
                Err(hint) => self.differ(ours, theirs, hint),
            },
        }
    }

    fn records(&mut self, ids: Ids, ours: &'a [Field], theirs: &'a [Field]) -> Matched {
        if let Some(index) = self.found.get(&ids) {
            return Ok(Node::Record(*index));
        }
        if let Some(found) = self.failed.get(&ids) {
            return Err(found.iter().take(SHOWN_AGAIN).cloned().collect());
        }
        // Stands in the table before its fields are compared, because they may hold it.
        let index = self.pairs.len();
        self.pairs.push(Pair {
            ours,
            theirs,
            slots: Vec::new(),
        });
        self.found.insert(ids, index);
        match self.slots(ours, theirs) {
            Ok(slots) => {
                self.pairs[index].slots = slots;
                Ok(Node::Record(index))
            }
            Err(differences) => {
                // What was found since may have relied on this pair.
                self.found.retain(|_, found| *found < index);
                self.pairs.truncate(index);
                self.failed.insert(ids, differences.clone());
                Err(differences)
            }
        }
    }

    fn slots(&mut self, ours: &'a [Field], theirs: &'a [Field]) -> Result<Vec<Slot>, Vec<Difference>> {
        let sources = match sources(ours, theirs) {
            Ok(sources) => sources,
            Err(difference) => return Err(vec![difference]),
        };
        let mut slots = Vec::with_capacity(theirs.len());
        let mut differences = Vec::new();
        for (field, source) in theirs.iter().zip(sources) {
            let slot = match source {
                Some(index) => self
                    .types(&ours[index].field_type, &field.field_type)
                    .map(|node| Slot::Ours(index, node)),
                None => self.default(field).map_err(|difference| vec![difference]),
            };
            match slot {
                Ok(slot) => slots.push(slot),
                // Ours is what the reader of the message can edit; where it has no such field, theirs has the name.
                Err(found) => {
                    let name = source.map_or(&field.name, |index| &ours[index].name);
                    differences.extend(within(found, name));
                }
            }
        }
        if differences.is_empty() {
            Ok(slots)
        } else {
            Err(differences)
        }
    }

    fn default(&self, field: &Field) -> Result<Slot, Difference> {
        let differ = |hint| Difference::new(None, Some(self.theirs.describe(&field.field_type)), hint);
        let Some(default) = &field.default else {
            return Err(differ(
                "ours lacks the field and theirs has no default; add the field to ours, or a default to theirs"
                    .to_owned(),
            ));
        };
        let mut bytes = Vec::new();
        match self.theirs.encode_default(&field.field_type, default, &mut bytes) {
            Ok(()) => Ok(Slot::Default(bytes)),
            Err(error) => Err(differ(format!(
                "ours lacks the field and the default of theirs does not fit its type ({error}); add the field to ours, or correct the default"
            ))),
        }
    }

    fn differ(&self, ours: &Type, theirs: &Type, hint: impl Into<String>) -> Matched {
        let (ours, theirs) = (self.ours.describe(ours), self.theirs.describe(theirs));
        Err(vec![Difference::new(Some(ours), Some(theirs), hint)])
    }
}

/// At most this far is a branch that is meant.
const SAME_FORM: u8 = 1;

/// A record that has no value, because it holds itself in a field that is always there.
fn endless(schema: &AvroSchema) -> Option<&FullName> {
    fn ends(of: &Type, known: &HashSet<&FullName>, schema: &AvroSchema) -> bool {
        match &of.form {
            Form::Named(id) => known.contains(&schema.definition(*id).name),
            Form::Union(branches) => branches.iter().any(|branch| ends(branch, known, schema)),
            _ => true,
        }
    }
    let mut known = HashSet::new();
    loop {
        let before = known.len();
        for definition in schema.definitions() {
            let ended = match &definition.kind {
                Kind::Record { fields, .. } => fields.iter().all(|field| ends(&field.field_type, &known, schema)),
                _ => true,
            };
            if ended {
                known.insert(&definition.name);
            }
        }
        if known.len() == before {
            let names = schema.definitions().iter().map(|definition| &definition.name);
            return names.into_iter().find(|name| !known.contains(*name));
        }
    }
}

fn is_record(definition: &Definition) -> bool {
    matches!(definition.kind, Kind::Record { .. })
}

fn is_null(of: &Type) -> bool {
    matches!(of.form, Form::Null)
}

fn within(differences: Vec<Difference>, part: &str) -> Vec<Difference> {
    differences
        .into_iter()
        .map(|difference| difference.within(part))
        .collect()
}

fn done(node: Node, differences: Vec<Difference>) -> Matched {
    if differences.is_empty() {
        Ok(node)
    } else {
        Err(differences)
    }
}
