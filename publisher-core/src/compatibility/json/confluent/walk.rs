//! The walk of a pair of JSON Schemas as Confluent's registry takes it: which parts meet, and which rule judges them.
//!
//! Pairs may lead back to themselves. One that is being looked at counts as compatible unless an earlier round has found
//! otherwise, and rounds are repeated until none finds more: so the answer does not depend on where the walk begins,
//! and each pair is looked at once a round, however many ways lead to it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::view::{Kind, View, lazy, view};
use super::{array, combined, object};
use crate::compatibility::compare::CompareError;
use crate::compatibility::document::SchemaDocument;
use crate::compatibility::finding::{Finding, Place};
use crate::compatibility::json::keyword::Keyword;
use crate::compatibility::json::{
    enumeration, exclusive_maximum, exclusive_minimum, max_length, maximum, min_length, minimum, multiple_of, negation,
    number_narrowed, pattern, type_changed,
};
use crate::compatibility::rule::Rule;
use crate::schema::json_document::{JsonDocument, Node};

/// How many pairs are looked at, in all rounds, before giving up.
const MAX_PAIRS: usize = 500_000;
/// How many pairs a finding counts as: it is remembered, and memory is scarcer than time.
const FINDING: usize = 10;
/// So many bytes of findings count as a pair.
const BYTES: usize = 500;
/// So many values of an enum do, too.
const VALUES: usize = 20;

/// How many pairs a pattern counts as.
const PATTERN: usize = 20;
/// How many bytes of a pattern, or of a name, count once more.
const LENGTH: usize = 64;
/// How many patterns one with a repetition counts as.
const REPEATED: usize = 10;

/// One of the two schemas.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) document: &'a SchemaDocument,
    pub(super) schema: &'a JsonDocument,
}

impl Side<'_> {
    /// The place of a keyword; of the schema itself where it lacks the keyword.
    pub(super) fn place(self, node: &Node<'_>, keyword: &str) -> Place {
        let pointer = match node.get(keyword) {
            Some(_) => format!("{}/{keyword}", node.pointer),
            None => node.pointer.clone(),
        };
        Place {
            reference: self.document.reference(node.reference),
            pointer,
        }
    }
}

pub(super) type Judged = Result<Vec<Finding>, CompareError>;

/// What is said of a pair that meets itself within.
const FURTHER_UP: &str = "is incompatible further up";

/// A part: the address of its JSON, and its kind where several stand at one.
type Part = (usize, u8);

pub(super) struct Walk<'a> {
    /// The older and the newer schema; exchanged within a `not`.
    pub(super) older: Side<'a>,
    pub(super) newer: Side<'a>,
    pub(super) lenient: bool,
    known: HashMap<(Part, Part), Option<Vec<Finding>>>,
    /// What a schema turned out to be, by the address of its JSON: a pair met again is then not read again.
    parts: HashMap<usize, Part>,
    incompatible: HashSet<(Part, Part)>,
    /// Whether a pair met itself in this round.
    recursive: bool,
    pairs: usize,
    depth: usize,
    deepest: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(older: Side<'a>, newer: Side<'a>, lenient: bool, deepest: usize) -> Self {
        Self {
            older,
            newer,
            lenient,
            known: HashMap::new(),
            parts: HashMap::new(),
            incompatible: HashSet::new(),
            recursive: false,
            pairs: 0,
            depth: 0,
            deepest,
        }
    }

    pub(super) fn findings(mut self) -> Judged {
        let (older, newer) = (self.older.schema.root_node(), self.newer.schema.root_node());
        loop {
            self.recursive = false;
            let findings = self.nodes(&older, &newer)?;
            let known = self.incompatible.len();
            let found = self
                .known
                .drain()
                .filter(|(_, findings)| findings.as_ref().is_some_and(|all| !all.is_empty()));
            self.incompatible.extend(found.map(|(pair, _)| pair));
            if !self.recursive || self.incompatible.len() == known {
                return Ok(told_once(distinct(findings)));
            }
        }
    }

    /// Everything for which what the older schema accepts is not what the newer one accepts.
    pub(super) fn nodes(&mut self, older: &Node<'a>, newer: &Node<'a>) -> Judged {
        self.views(&lazy(older), &lazy(newer))
    }

    pub(super) fn views(&mut self, older: &View<'a>, newer: &View<'a>) -> Judged {
        self.spend(1)?;
        if self.depth >= self.deepest {
            return Err(CompareError::TooDeep { limit: self.deepest });
        }
        let pair = (self.part(older, self.older), self.part(newer, self.newer));
        match self.known.get(&pair) {
            Some(Some(findings)) => {
                let findings = findings.clone();
                self.spend(bytes(&findings) / BYTES)?;
                return Ok(findings);
            }
            Some(None) => {
                self.recursive = true;
                return Ok(match self.incompatible.contains(&pair) {
                    // What is wrong with it is told where it was met first.
                    true => vec![self.found(&type_changed::RULE, &older.node, &newer.node, "", FURTHER_UP)],
                    false => Vec::new(),
                });
            }
            None => {}
        }
        let (older, newer) = (read(older, self.older), read(newer, self.newer));
        self.known.insert(pair, None);
        self.depth += 1;
        let judged = self.kinds(&older, &newer).map(distinct);
        self.depth -= 1;
        let findings = judged?;
        self.spend(findings.len() * FINDING + bytes(&findings) / BYTES)?;
        self.known.insert(pair, Some(findings.clone()));
        Ok(findings)
    }

    /// Counts work against what is done before giving up.
    fn spend(&mut self, pairs: usize) -> Result<(), CompareError> {
        self.pairs = self.pairs.saturating_add(pairs);
        match self.pairs > MAX_PAIRS {
            true => Err(CompareError::TooManyPairs { limit: MAX_PAIRS }),
            false => Ok(()),
        }
    }

    /// Counts the patterns of an object, each of which is read and tried with a name: by the length of both, and more
    /// where a pattern repeats, which makes it longer than its text.
    pub(super) fn patterns(&mut self, object: &Node<'_>, name: &str) -> Result<(), CompareError> {
        let Some(patterns) = object.get("patternProperties").and_then(Value::as_object) else {
            return Ok(());
        };
        let lengths = patterns.keys().map(|pattern| match pattern.contains('{') {
            true => REPEATED + pattern.len() / LENGTH,
            false => 1 + pattern.len() / LENGTH,
        });
        self.spend(
            lengths
                .sum::<usize>()
                .saturating_mul(PATTERN * (1 + name.len() / LENGTH)),
        )
    }

    fn part(&mut self, of: &View<'a>, side: Side<'a>) -> Part {
        match of.kind {
            Kind::Unread => *self
                .parts
                .entry(address(of))
                .or_insert_with(|| part(&view(side.schema, &of.node))),
            _ => part(of),
        }
    }

    fn kinds(&mut self, older: &View<'a>, newer: &View<'a>) -> Judged {
        match (&older.kind, &newer.kind) {
            (Kind::False, _) | (_, Kind::Empty) => Ok(Vec::new()),
            (Kind::Combined { .. }, _) | (_, Kind::Combined { .. }) => combined::compare(self, older, newer),
            (Kind::Null, Kind::Null) | (Kind::Boolean, Kind::Boolean) => Ok(Vec::new()),
            (Kind::String, Kind::String) => Ok(self.keywords(&OF_STRING, &older.node, &newer.node)),
            (Kind::Number { integer: was }, Kind::Number { integer: is }) => {
                let mut findings = self.keywords(&OF_NUMBER, &older.node, &newer.node);
                if *is && !*was {
                    let message = "writer has number, reader has integer";
                    findings.push(self.found(&number_narrowed::RULE, &older.node, &newer.node, "type", message));
                }
                Ok(findings)
            }
            (Kind::Enum, Kind::Enum) => self.values("enum", older, newer),
            (Kind::Const, Kind::Const) => self.values("const", older, newer),
            (Kind::Array, Kind::Array) => array::compare(self, &older.node, &newer.node),
            (Kind::Object, Kind::Object) => object::compare(self, &older.node, &newer.node),
            (Kind::Not, Kind::Not) => self.negations(&older.node, &newer.node),
            _ if is_bytes(&older.node) && is_bytes(&newer.node) => Ok(Vec::new()),
            _ => Ok(vec![self.type_changed(older, newer)]),
        }
    }

    pub(super) fn type_changed(&self, older: &View<'a>, newer: &View<'a>) -> Finding {
        let message = format!("writer has {}, reader has {}", older.kind.word(), newer.kind.word());
        self.found(&type_changed::RULE, &older.node, &newer.node, "type", &message)
    }

    /// A breach of a rule at a keyword of two schemas.
    pub(super) fn found(
        &self,
        rule: &'static Rule,
        older: &Node<'_>,
        newer: &Node<'_>,
        keyword: &str,
        message: &str,
    ) -> Finding {
        Finding {
            rule,
            reader: self.newer.place(newer, keyword),
            writer: self.older.place(older, keyword),
            message: message.to_owned(),
        }
    }

    /// Rules of single keywords.
    pub(super) fn keywords(&self, keywords: &[&Keyword], older: &Node<'_>, newer: &Node<'_>) -> Vec<Finding> {
        let judged = keywords.iter().filter_map(|keyword| {
            let message = (keyword.check)(older.get(keyword.name), newer.get(keyword.name))?;
            Some(self.found(keyword.rule, older, newer, keyword.name, &message))
        });
        judged.collect()
    }

    /// Values that are listed, or the one that is.
    fn values(&mut self, keyword: &'static str, older: &View<'a>, newer: &View<'a>) -> Judged {
        let list = |view: &View<'a>| match view.node.get(keyword) {
            Some(Value::Array(list)) if keyword == "enum" => list.iter().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        self.spend((list(older).len() + list(newer).len()) / VALUES)?;
        let known: HashSet<&Value> = list(newer).into_iter().collect();
        let lost: Vec<String> = list(older)
            .into_iter()
            .filter(|value| !known.contains(value))
            .map(Value::to_string)
            .collect();
        if lost.is_empty() {
            return Ok(Vec::new());
        }
        let message = format!("reader lacks the writer's {}", lost.join(", "));
        Ok(vec![self.found(
            &enumeration::RULE,
            &older.node,
            &newer.node,
            keyword,
            &message,
        )])
    }

    /// What is excluded may only become less.
    fn negations(&mut self, older: &Node<'a>, newer: &Node<'a>) -> Judged {
        let (Some(was), Some(is)) = (older.child("not"), newer.child("not")) else {
            return Ok(Vec::new());
        };
        std::mem::swap(&mut self.older, &mut self.newer);
        let within = self.nodes(&is, &was);
        std::mem::swap(&mut self.older, &mut self.newer);
        Ok(object::uncovered(&within?).map_or(Vec::new(), |why| {
            let message = format!("reader excludes what writer does not (the other way round, {why})");
            vec![self.found(&negation::RULE, older, newer, "not", &message)]
        }))
    }
}

const OF_STRING: [&Keyword; 3] = [&max_length::KEYWORD, &min_length::KEYWORD, &pattern::KEYWORD];
const OF_NUMBER: [&Keyword; 5] = [
    &maximum::KEYWORD,
    &minimum::KEYWORD,
    &exclusive_maximum::KEYWORD,
    &exclusive_minimum::KEYWORD,
    &multiple_of::KEYWORD,
];

fn part(of: &View<'_>) -> Part {
    (address(of), of.kind.number())
}

fn address(of: &View<'_>) -> usize {
    std::ptr::from_ref(of.node.value) as usize
}

fn read<'v, 'a>(part: &'v View<'a>, side: Side<'a>) -> Cow<'v, View<'a>> {
    match part.kind {
        Kind::Unread => Cow::Owned(view(side.schema, &part.node)),
        _ => Cow::Borrowed(part),
    }
}

/// Connect's mark of bytes, whatever the type is that carries them.
fn is_bytes(node: &Node<'_>) -> bool {
    node.get("connect.type").is_some_and(|value| value == "bytes")
}

/// The findings without those that only repeat what is told of the pair further up.
fn told_once(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.iter().any(|finding| finding.message != FURTHER_UP) {
        findings.retain(|finding| finding.message != FURTHER_UP);
    }
    findings
}

fn bytes(findings: &[Finding]) -> usize {
    findings.iter().map(Finding::bytes).sum()
}

/// The findings in their order, each once.
fn distinct(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > 1 {
        let mut seen = HashSet::new();
        findings.retain(|finding| {
            seen.insert((
                finding.rule.id,
                finding.reader.clone(),
                finding.writer.clone(),
                finding.message.clone(),
            ))
        });
    }
    findings
}
