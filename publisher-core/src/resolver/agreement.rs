//! Our schema and one that the registry holds: whether events can be written with it, and how.
//!
//! Pure: asks nobody.

use super::Answer;
use crate::compatibility::{Dialect, SchemaDocument, compare};
use crate::differences::{Fields, same};
use crate::dispatch::Resolution;
use crate::encode::plan::{Plan, PlanError};
use crate::record::RecordPart;
use crate::registry::{RegistryError, RegistryFailure, SchemaText, SchemaType};

/// The plan for writing our events with their schema; `None` if the bytes are right as they are.
///
/// # Errors
/// [`RegistryError::Unwritable`] with every reason: readers with their schema could not read our events, or a value has no
/// place in it.
pub(super) fn plan(
    address: &str,
    resolution: &Resolution,
    answer: &Answer,
    theirs: &SchemaText,
) -> Result<Option<Plan>, RegistryError> {
    let ours = resolution.schema();
    if same(ours, theirs) {
        return Ok(None);
    }
    let which = match answer.version {
        Some(version) => format!("version {version} (id {})", answer.id),
        None => format!("schema id {}", answer.id),
    };
    let unwritable = |reason: String| {
        let reason = format!(
            "{which} of the registry does not go with {}: {reason}",
            resolution.event_type().name()
        );
        let failure = RegistryFailure::new(address, reason).subject(resolution.subject());
        RegistryError::Unwritable(failure.hint("change the event, or register its schema as a newer version"))
    };
    if ours.schema_type != theirs.schema_type {
        return Err(unwritable(format!(
            "it is {}, the event's is {}",
            theirs.schema_type, ours.schema_type
        )));
    }
    // Ours is printed by this crate and read as anybody's.
    let document = |schema: &SchemaText| SchemaDocument::parse(schema).map_err(|error| unwritable(error.to_string()));
    let (ours, theirs) = (document(ours)?, document(theirs)?);
    let findings = compare(&theirs, &ours, Dialect::Confluent).map_err(|error| unwritable(error.to_string()))?;
    if !findings.is_empty() {
        let fields = Fields::of(ours.text());
        let reasons = findings.iter().map(|finding| {
            let place = match fields.path_of(&finding.writer) {
                "" => String::new(),
                path => format!("{path}: "),
            };
            format!("{place}{} [{}]", finding.message, finding.rule.id)
        });
        return Err(unwritable(reasons.collect::<Vec<_>>().join("; ")));
    }
    let (Some(ours), Some(theirs)) = (ours.avro(), theirs.avro()) else {
        // A document is the same text under either schema, and readers of theirs take it.
        return Ok(None);
    };
    let plan = Plan::new(ours, theirs).map_err(|error| match error {
        PlanError::Different(differences) => unwritable(differences.to_string()),
        error => unwritable(error.to_string()),
    })?;
    if plan.is_identity() {
        return Ok(None);
    }
    if resolution.part() == RecordPart::Key {
        return Err(unwritable(
            "the keys would be other bytes, and an entity would move to another partition".to_owned(),
        ));
    }
    if !plan.dropped().is_empty() {
        tracing::warn!(
            subject = resolution.subject(),
            schema = which,
            fields = plan.dropped().join(", "),
            "the registry's schema lacks fields of {}: they are not written",
            resolution.event_type().name()
        );
    }
    Ok(Some(plan))
}

/// Whether bytes of our schema are bytes of theirs, value by value.
pub(super) fn same_encoding(ours: &SchemaText, theirs: &SchemaText) -> bool {
    if same(ours, theirs) {
        return true;
    }
    if (ours.schema_type, theirs.schema_type) != (SchemaType::Avro, SchemaType::Avro) {
        return false;
    }
    let (Ok(ours), Ok(theirs)) = (SchemaDocument::parse(ours), SchemaDocument::parse(theirs)) else {
        return false;
    };
    match (ours.avro(), theirs.avro()) {
        (Some(ours), Some(theirs)) => Plan::new(ours, theirs).is_ok_and(|plan| plan.is_identity()),
        _ => false,
    }
}
