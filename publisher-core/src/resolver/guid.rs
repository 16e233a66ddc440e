//! The GUID of a schema whose registry has answered without one.

use super::Answer;
use crate::registry::{RegistryError, RegistryFailure, SchemaRegistry};
use crate::wire::SchemaGuid;

/// The GUID that the answer has; else the one that follows from the registry's text, if the registry finds the schema by
/// it: records with a GUID that no reader can look up would be lost to them.
///
/// # Errors
/// [`RegistryError::InvalidSchema`] if the registry knows no GUIDs; else as its calls.
pub(super) async fn found(
    registry: &dyn SchemaRegistry,
    subject: &str,
    answer: &Answer,
) -> Result<SchemaGuid, RegistryError> {
    if let Some(guid) = answer.guid {
        return Ok(guid);
    }
    let unknown = |reason: String| {
        let failure = RegistryFailure::new(registry.address(), reason);
        RegistryError::InvalidSchema(
            failure.hint("frame by id (`Framing::Prefix`), or ask for the schema at a registry that has GUIDs"),
        )
    };
    let stored = match &answer.theirs {
        Some(theirs) => theirs.clone(),
        None => registry.schema_by_id_under(subject, answer.id).await?,
    };
    let Some(guid) = SchemaGuid::of(&stored.text, &stored.references, stored.metadata.as_deref()) else {
        return Err(unknown(format!(
            "the GUID of schema id {} cannot be computed: a reference has no version",
            answer.id
        )));
    };
    match registry.schema_by_guid(guid).await {
        Ok(_) => Ok(guid),
        Err(RegistryError::NotFound(failure)) => Err(unknown(format!(
            "the registry finds no schema by its GUID {guid}: {}",
            failure.reason()
        ))),
        Err(error) => Err(error),
    }
}
