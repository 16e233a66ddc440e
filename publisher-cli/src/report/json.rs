//! A check for programs: one JSON object in one line, whose `version` changes when a member changes its meaning.
//!
//! | member | what it is |
//! |---|---|
//! | `version` | 1 |
//! | `baseline` | what was compared with |
//! | `clean` | whether there is no finding |
//! | `schemas` | each committed schema under each subject: `name`, `subject`, `file`, `state` (unchanged, changed, new), `level`, `dialect`, `strongest` (levels that hold, of a changed one), `registry` (`compatible`, `messages`, of a registry's check) |
//! | `findings` | see below |
//! | `waived` | findings that somebody answers for, with `reason`, `owner`, `expires` |
//! | `notes` | texts |
//!
//! A finding has `rule`, `severity` (error, warning), `name`, `subject`, `message`, `explanation`, `specification`, `schema` and `earlier` (each with
//! `file`, `line`, `pointer`), `rust` (`file`, `line`), `field`, `direction` (backward: the reader is the newer schema),
//! `versions`, `breaks`, `deploy`, `repairs`, `details`. What is unknown is null.

use serde_json::{Value, json};

use crate::judgement::{Found, Judged, Spot};
use crate::origin::registered::RegistryVerdict;
use crate::report::Report;

/// Of the form; higher when a member changes its meaning or goes.
const VERSION: u32 = 1;

/// The whole check.
pub(crate) fn report(report: &Report) -> String {
    let waived: Vec<Value> = report
        .waived
        .iter()
        .map(|(found, entry)| {
            let mut value = finding(found);
            value["reason"] = entry.reason.clone().into();
            value["owner"] = entry.owner.clone().into();
            value["expires"] = entry.expires().to_string().into();
            value
        })
        .collect();
    let value = json!({
        "version": VERSION,
        "baseline": report.baseline,
        "clean": report.findings().next().is_none(),
        "schemas": report.judged.iter().map(judged).collect::<Vec<_>>(),
        "findings": report.findings().map(finding).collect::<Vec<_>>(),
        "waived": waived,
        "notes": report.notes,
    });
    format!("{value}\n")
}

fn judged(judged: &Judged) -> Value {
    let registry = judged.registry.as_ref().map(|verdict| match verdict {
        RegistryVerdict::Compatible => json!({ "compatible": true, "messages": [] }),
        RegistryVerdict::Incompatible(messages) => json!({ "compatible": false, "messages": messages }),
        RegistryVerdict::NotAsked(reason) => json!({ "compatible": null, "messages": [reason] }),
    });
    let strongest: Vec<&str> = judged.strongest.iter().map(|level| level.name()).collect();
    json!({
        "name": judged.name,
        "subject": judged.subject,
        "file": judged.file,
        "state": judged.state.name(),
        "level": judged.level.name(),
        "dialect": judged.dialect.name(),
        "strongest": strongest,
        "registry": registry,
    })
}

pub(crate) fn finding(found: &Found) -> Value {
    let spot = |spot: &Option<Spot>| {
        let spot = spot.as_ref()?;
        Some(json!({ "file": spot.file, "line": spot.line, "pointer": spot.pointer }))
    };
    let rust = found
        .rust
        .as_ref()
        .map(|(file, line)| json!({ "file": file, "line": line }));
    json!({
        "rule": found.rule,
        "severity": if found.warning { "warning" } else { "error" },
        "name": found.name,
        "subject": found.subject,
        "message": found.message,
        "explanation": found.explanation,
        "specification": found.specification,
        "schema": spot(&found.here),
        "earlier": spot(&found.there),
        "rust": rust,
        "field": found.field,
        "direction": found.direction.map(|direction| direction.name()),
        "versions": found.versions,
        "breaks": found.breaks,
        "deploy": found.deploy,
        "repairs": found.repairs,
        "details": found.details,
    })
}
