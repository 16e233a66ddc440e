//! What to say where a look-up by content finds nothing: cosmetic differences are seen at a glance, and what to run.

use crate::differences::changes;
use crate::dispatch::Resolution;
use crate::registry::{RegistryError, RegistryFailure, SchemaRegistry};

/// So many differences are told.
const MOST: usize = 8;

/// The registry's answer with the difference to the latest version, if there is one, and the command that registers ours.
pub(super) async fn explained(
    registry: &dyn SchemaRegistry,
    resolution: &Resolution,
    failure: RegistryFailure,
) -> RegistryError {
    // A failure of a reference, or no registry's own answer.
    if failure
        .subject_name()
        .is_some_and(|subject| subject != resolution.subject())
        || !failure.is_of_registry()
    {
        return RegistryError::NotFound(failure);
    }
    let difference = match registry.latest(resolution.subject()).await {
        Ok(latest) => {
            let found = changes(&latest.schema, resolution.schema());
            let told: Vec<_> = found
                .iter()
                .take(MOST)
                .map(|change| format!("{} {}", change.sign(), change.words()))
                .collect();
            let rest = match found.len().saturating_sub(MOST) {
                0 => String::new(),
                rest => format!(", and {rest} more"),
            };
            let told = if told.is_empty() {
                "nothing but layout".to_owned()
            } else {
                told.join(", ")
            };
            format!(
                "against its latest version {} (id {}) the event has: {told}{rest}",
                latest.version, latest.id
            )
        }
        Err(RegistryError::NotFound(_)) => "the subject has no version".to_owned(),
        Err(error) => format!("its latest version cannot be told: {error}"),
    };
    let address = registry.address();
    let reason = format!(
        "{}; {difference}; to register what is committed: publisher register --registry {address} --yes",
        failure.reason()
    );
    RegistryError::NotFound(failure.with_reason(reason))
}
