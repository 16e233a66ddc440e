//! Counts of what was compared, and the differences.
//!
//! A value of an approved pair that cannot be read must be foretold by a lint. What else is understood is in `known`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::known::{self, Known};
use super::pair::{Pair, Verdict};

/// So many differences are printed in full.
const MOST_SHOWN: usize = 40;

pub(crate) struct Report {
    seed: u64,
    pairs: usize,
    compatible: usize,
    unparsable: usize,
    throws: usize,
    forms: usize,
    read: usize,
    read_by_fastavro: usize,
    /// Approved pairs whose values Java, or fastavro, could not read, by the lint that said so.
    foretold: BTreeMap<String, usize>,
    /// Differences of a written-down class, by its name.
    known: BTreeMap<&'static str, (usize, &'static str)>,
    differences: Vec<String>,
}

impl Report {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            pairs: 0,
            compatible: 0,
            unparsable: 0,
            throws: 0,
            forms: 0,
            read: 0,
            read_by_fastavro: 0,
            foretold: BTreeMap::new(),
            known: BTreeMap::new(),
            differences: Vec::new(),
        }
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.differences.is_empty()
    }

    /// Compares what Java says with what we say.
    pub(crate) fn judged(&mut self, pair: &Pair, answer: &Value) {
        self.pairs += 1;
        let unparsable = answer.get("unparsable");
        let ours = match (&pair.ours, unparsable) {
            (Err(_), Some(_)) => {
                self.unparsable += 1;
                return;
            }
            (Err(error), None) => return self.differs(pair, &format!("we: {error}; Java parses both")),
            (Ok(ours), Some(error)) => {
                let error = error.to_string();
                let classes = known::REFUSED_BY_JAVA;
                return self.unless_known(classes, pair, ours, &error, || format!("Java: {error}; we parse both"));
            }
            (Ok(ours), None) => ours,
        };
        let compatible = answer["compatible"] == true;
        self.compatible += usize::from(compatible);
        self.throws += usize::from(answer.get("throws").is_some());
        if compatible != ours.findings.is_empty() {
            let theirs = answer.get("throws").unwrap_or(&answer["incompatibilities"]);
            self.unless_known(known::VERDICTS, pair, ours, &theirs.to_string(), || {
                format!("Java: compatible {compatible} {theirs}; we: {:?}", ours.findings)
            });
        }
        for (index, side) in ["reader", "writer"].into_iter().enumerate() {
            self.forms += 1;
            let (form, fingerprint) = &ours.canonical[index];
            let (theirs, hash) = (&answer["canonical"][side], &answer["fingerprint"][side]);
            if theirs != form.as_str() || hash != fingerprint.as_str() {
                self.differs(
                    pair,
                    &format!("canonical {side}: Java {theirs} {hash}; we {form} {fingerprint}"),
                );
            }
            let invalid = answer["invalid_default"].get(side);
            if invalid.is_some() != ours.invalid_default[index] {
                let said = invalid.map(ToString::to_string).unwrap_or_default();
                self.unless_known(known::DEFAULTS, pair, ours, &said, || {
                    format!("default in the {side}: Java {said:?}; we {:?}", ours.default_errors)
                });
            }
        }
        self.read += self.rows("Java", known::UNREAD_BY_JAVA, pair, answer);
    }

    /// Looks at what fastavro could read.
    pub(crate) fn read_by_fastavro(&mut self, pair: &Pair, answer: &Value) {
        if let Some(error) = answer.get("unparsable") {
            let Ok(ours) = &pair.ours else { return };
            let error = error.to_string();
            let differs = || format!("fastavro does not parse: {error}");
            return self.unless_known(known::FASTAVRO, pair, ours, &error, differs);
        }
        self.read_by_fastavro += self.rows("fastavro", known::FASTAVRO, pair, answer);
    }

    /// How many values were tried; those that could not be read must have a lint.
    fn rows(&mut self, reader: &str, classes: &'static [Known], pair: &Pair, answer: &Value) -> usize {
        let rows = answer["rows"].as_array().map_or(&[][..], Vec::as_slice);
        let error = rows.iter().find(|row| !row.is_null());
        if let (Some(error), Ok(ours)) = (error, &pair.ours) {
            match ours.lints.iter().find(|id| id.starts_with("undecodable-")) {
                Some(id) => *self.foretold.entry(format!("{reader}, {id}")).or_default() += 1,
                None => {
                    let differs = || format!("{reader} cannot read: {error}; lints: {:?}", ours.lints);
                    self.unless_known(classes, pair, ours, &error.to_string(), differs);
                }
            }
        }
        rows.len()
    }

    fn unless_known(
        &mut self,
        classes: &'static [Known],
        pair: &Pair,
        ours: &Verdict,
        said: &str,
        what: impl Fn() -> String,
    ) {
        match known::class(classes, pair, ours, said) {
            Some(known) => self.known.entry(known.name).or_insert((0, known.reason)).0 += 1,
            None => self.differs(pair, &what()),
        }
    }

    fn differs(&mut self, pair: &Pair, what: &str) {
        self.differences.push(format!(
            "seed {}, pair {}: {what}\n  reader {}\n  writer {}",
            self.seed, pair.number, pair.reader, pair.writer
        ));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in self.differences.iter().take(MOST_SHOWN) {
            writeln!(f, "{difference}")?;
        }
        for (lint, count) in &self.foretold {
            writeln!(f, "approved and not read, as a lint says: {lint}: {count} pairs")?;
        }
        for (name, (count, reason)) in &self.known {
            writeln!(f, "understood, {count} times: {name}: {reason}")?;
        }
        writeln!(
            f,
            "seed {}: {} pairs, {} compatible ({} %), {} refused by both parsers, {} on which Java throws, {} canonical forms, \
             {} values read by Java, {} by fastavro",
            self.seed,
            self.pairs,
            self.compatible,
            self.compatible * 100 / self.pairs.max(1),
            self.unparsable,
            self.throws,
            self.forms,
            self.read,
            self.read_by_fastavro
        )?;
        writeln!(f, "{} differences", self.differences.len())
    }
}
