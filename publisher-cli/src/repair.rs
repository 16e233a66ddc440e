//! What to change so that a break is none, in words. One place for all verbs.

use publisher_core::compatibility::{Break, Finding, History, Repair, SchemaDocument, repairs};

use crate::judgement::Asked;

/// Each edit is tried against all versions; of a schema with more findings than this, the first ones show the way.
const MOST_FINDINGS: usize = 20;

/// How many findings all tries together may lead to, since that is what a try costs: wide schemas would look like a hang.
const MOST_TRIED: usize = 8_000;

/// For how many of the first findings repairs are looked for: at least for one.
pub(crate) fn repaired(findings: usize) -> usize {
    (MOST_TRIED / findings.max(1)).clamp(1, MOST_FINDINGS)
}

/// The edits that take a finding away, each tried by the checker and in one sentence; where there is none, what is left.
pub(crate) fn repairs_of(
    history: &History,
    candidate: &SchemaDocument,
    asked: Asked,
    broken: &Break,
    finding: &Finding,
) -> Vec<String> {
    let found = repairs(history, candidate, (asked.level, asked.dialect), broken, finding);
    if found.is_empty() {
        return vec![format!(
            "no edit that was tried keeps this change and holds {}: undo it, publish it under a subject of its own, or let \
             somebody answer for it in acknowledged.toml",
            asked.level
        )];
    }
    found.iter().map(words).collect()
}

/// ``give the field `note` the default null (/fields/1/default: null); in Rust: #[event(default)]``.
fn words(repair: &Repair) -> String {
    let mut text = repair.title.clone();
    let shown = repair.value.as_ref().filter(|value| value.len() <= 200);
    match (&repair.value, shown) {
        (Some(_), Some(value)) => text.push_str(&format!(" ({}: {value})", repair.pointer)),
        (None, _) if !repair.pointer.is_empty() => text.push_str(&format!(" (without {})", repair.pointer)),
        _ => {}
    }
    if let Some(rust) = &repair.rust {
        text.push_str(&format!("; in Rust: {rust}"));
    }
    text
}
