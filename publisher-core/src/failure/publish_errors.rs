//! The rows of what ends a publish before any broker has heard of it.

use super::produce_errors::of_kind;
use super::table::{ErrorRow, Resend};
use crate::error::PublishError;
use crate::registry::RegistryError;

/// An error that nothing but a change of the program, the schema or the settings mends.
const BEFORE: ErrorRow = ErrorRow {
    code: "",
    meaning: "",
    causes: &[],
    retriable: false,
    fatal: false,
    outage: false,
    resend: Resend::Never,
    publisher: "fails the call",
    user: "",
};

const TRANSLATION: ErrorRow = ErrorRow {
    code: "translation_failed",
    meaning: "the translator could not make an event of the domain value",
    user: "correct the value or the translator",
    ..BEFORE
};
const INVALID: ErrorRow = ErrorRow {
    code: "invalid_event",
    meaning: "the event breaks its own constraints",
    user: "correct the event; every violation is listed with its path",
    ..BEFORE
};
const SHARED_SUBJECT: ErrorRow = ErrorRow {
    code: "shared_subject",
    meaning: "another event type has the subject already",
    user: "choose another subject strategy, or a topic of its own",
    ..BEFORE
};
const BUFFER_FULL: ErrorRow = ErrorRow {
    code: "buffer_full",
    meaning: "the buffer had no place, for as long as the call may wait",
    retriable: true,
    publisher: "has waited for `block_timeout`; `try_enqueue` does not wait",
    user: "slow down, or raise `buffer_records`",
    ..BEFORE
};
const CIRCUIT_OPEN: ErrorRow = ErrorRow {
    code: "circuit_open",
    meaning: "the cluster is out of order and the circuit breaker is open",
    retriable: true,
    publisher: "fails new calls at once, keeps what it accepted before, and probes the cluster",
    user: "publish again when the circuit is closed; `CircuitBreaker::on_change` tells",
    ..BEFORE
};
const SHUT_DOWN: ErrorRow = ErrorRow {
    code: "shut_down",
    meaning: "the publisher was shut down before the call, or before the record was sent",
    publisher: "gives records that it had accepted back in the shutdown's report",
    user: "publish with the next publisher",
    ..BEFORE
};
const REGISTRY_UNREACHABLE: ErrorRow = ErrorRow {
    code: "registry_unreachable",
    meaning: "no schema id: the registry did not answer in time",
    retriable: true,
    publisher: "asks again with growing pauses until the record's time is over; types whose id is known are not concerned",
    user: "publish again; look at the registry, or keep ids with `disk_cache` or `schema_lock`",
    ..BEFORE
};
const REGISTRY_BAD_ANSWER: ErrorRow = ErrorRow {
    code: "registry_bad_answer",
    meaning: "no schema id: the registry's answer cannot be read",
    retriable: true,
    publisher: REGISTRY_UNREACHABLE.publisher,
    user: "look at what answers at the registry's address",
    ..BEFORE
};
const REGISTRY_UNAUTHORISED: ErrorRow = ErrorRow {
    code: "registry_unauthorised",
    meaning: "no schema id: the registry refused the credentials",
    user: "alert; check the credentials",
    ..BEFORE
};
const REGISTRY_READ_ONLY: ErrorRow = ErrorRow {
    code: "registry_read_only",
    meaning: "no schema id: the registry is in a mode that forbids the write",
    user: "look the schema up instead (`SchemaMode::LookUp`), or have the mode changed",
    ..BEFORE
};
const SCHEMA_INCOMPATIBLE: ErrorRow = ErrorRow {
    code: "schema_incompatible",
    meaning: "the subject's compatibility level forbids the schema",
    user: "change the event; `publisher check` says how",
    ..BEFORE
};
const SCHEMA_INVALID: ErrorRow = ErrorRow {
    code: "schema_invalid",
    meaning: "the registry does not accept the schema, the subject or the request",
    user: "act upon the registry's reason in the text",
    ..BEFORE
};
const SCHEMA_NOT_FOUND: ErrorRow = ErrorRow {
    code: "schema_not_found",
    meaning: "there is no such subject, version, id or content, or no registry at the address",
    user: "register the schema (`publisher register`), or check the address",
    ..BEFORE
};
const SCHEMA_UNWRITABLE: ErrorRow = ErrorRow {
    code: "schema_unwritable",
    meaning: "the event cannot be written with the schema that the registry named",
    user: "change the event or the registry's schema; every reason is in the text",
    ..BEFORE
};
const SCHEMA_REMAPPED: ErrorRow = ErrorRow {
    code: "schema_remapped",
    meaning: "an id that a cache or a lock file knew means another schema now",
    publisher: "sends nothing of the type any more",
    user: "alert; the registry was replaced or restored wrongly",
    ..BEFORE
};

/// All rows, in the order of the documentation.
#[cfg(test)]
pub(crate) const ALL: [ErrorRow; 15] = [
    TRANSLATION,
    INVALID,
    SHARED_SUBJECT,
    BUFFER_FULL,
    CIRCUIT_OPEN,
    SHUT_DOWN,
    REGISTRY_UNREACHABLE,
    REGISTRY_BAD_ANSWER,
    REGISTRY_UNAUTHORISED,
    REGISTRY_READ_ONLY,
    SCHEMA_INCOMPATIBLE,
    SCHEMA_INVALID,
    SCHEMA_NOT_FOUND,
    SCHEMA_UNWRITABLE,
    SCHEMA_REMAPPED,
];

/// What this error means.
pub(crate) fn of_publish(error: &PublishError) -> ErrorRow {
    match error {
        PublishError::Translation(_) => TRANSLATION,
        PublishError::Invalid(_) => INVALID,
        PublishError::SharedSubject(_) => SHARED_SUBJECT,
        PublishError::BufferFull { .. } => BUFFER_FULL,
        PublishError::CircuitOpen { .. } => CIRCUIT_OPEN,
        PublishError::ShutDown => SHUT_DOWN,
        PublishError::Registry { source, .. } => of_registry(source),
        PublishError::Failed { source, .. }
        | PublishError::Unknown { source, .. }
        | PublishError::DeadLettered { source, .. } => of_kind(source.kind()),
    }
}

fn of_registry(error: &RegistryError) -> ErrorRow {
    match error {
        RegistryError::Unreachable(_) => REGISTRY_UNREACHABLE,
        RegistryError::BadAnswer(_) => REGISTRY_BAD_ANSWER,
        RegistryError::Unauthorised(_) => REGISTRY_UNAUTHORISED,
        RegistryError::ReadOnly(_) => REGISTRY_READ_ONLY,
        RegistryError::Incompatible(_) => SCHEMA_INCOMPATIBLE,
        RegistryError::InvalidSchema(_) => SCHEMA_INVALID,
        RegistryError::NotFound(_) => SCHEMA_NOT_FOUND,
        RegistryError::Unwritable(_) => SCHEMA_UNWRITABLE,
        RegistryError::Remapped(_) => SCHEMA_REMAPPED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::RegistryFailure;

    #[test]
    fn a_registrys_error_is_as_retriable_as_its_row() {
        let kinds = [
            RegistryError::Unreachable,
            RegistryError::BadAnswer,
            RegistryError::Unauthorised,
            RegistryError::ReadOnly,
            RegistryError::Incompatible,
            RegistryError::InvalidSchema,
            RegistryError::NotFound,
            RegistryError::Unwritable,
            RegistryError::Remapped,
        ];
        for kind in kinds {
            let error = kind(RegistryFailure::new("http://registry", "on purpose"));
            assert_eq!(error.is_retriable(), of_registry(&error).retriable, "{error}");
        }
    }
}
