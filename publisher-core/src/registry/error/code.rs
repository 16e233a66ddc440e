//! The codes that a registry writes into its errors: [`RegistryErrorCode`].
//!
//! A table, no judgement: what a failed call means for the caller says [`RegistryError`](super::RegistryError), by the HTTP
//! status first.

/// A registry's own code for what went wrong (`error_code` of its answer).
///
/// Registries of other makers use these codes too, but not all of them, and some repeat the HTTP status (`409`): that is
/// [`Other`](Self::Other).
///
/// Implements: Confluent Schema Registry REST API v1, error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegistryErrorCode {
    /// 40401: there is no such subject.
    SubjectNotFound,
    /// 40402: the subject has no such version.
    VersionNotFound,
    /// 40403: there is no such schema.
    SchemaNotFound,
    /// 40404: the subject is deleted already, if not for good.
    SubjectSoftDeleted,
    /// 40405: the subject must be deleted before it is deleted for good.
    SubjectNotSoftDeleted,
    /// 40406: the version is deleted already, if not for good.
    VersionSoftDeleted,
    /// 40407: the version must be deleted before it is deleted for good.
    VersionNotSoftDeleted,
    /// 40408: the subject has no compatibility level of its own.
    SubjectLevelNotConfigured,
    /// 40409: the subject has no mode of its own.
    SubjectModeNotConfigured,
    /// 40410: there is no such association of a topic with a subject.
    AssociationNotFound,
    /// 40901: the schema is incompatible with earlier versions.
    IncompatibleSchema,
    /// 40902: there are as many associations as there may be.
    TooManyAssociations,
    /// 40903: the topic has such an association already.
    AssociationForResourceExists,
    /// 40904: the subject has an association already.
    AssociationForSubjectExists,
    /// 40905: the subject has a strong association already.
    StrongAssociationForSubjectExists,
    /// 40907: the subject has no version that stands.
    NoActiveSubjectVersion,
    /// 40908: the association is frozen.
    AssociationFrozen,
    /// 42201: the text is no schema.
    InvalidSchema,
    /// 42202: the version is neither a positive number nor latest.
    InvalidVersion,
    /// 42203: the compatibility level is none that there is.
    InvalidCompatibilityLevel,
    /// 42204: the mode is none that there is.
    InvalidMode,
    /// 42205: the mode of the registry or of the subject forbids the operation.
    OperationNotPermitted,
    /// 42206: another schema refers to this one.
    ReferenceExists,
    /// 42207: the schema stands under another id.
    IdMismatch,
    /// 42208: the subject's name is not allowed.
    InvalidSubject,
    /// 42209: the schema is larger than the registry allows.
    SchemaTooLarge,
    /// 42210: the rules are not valid.
    InvalidRuleSet,
    /// 42211: the context still has subjects.
    ContextNotEmpty,
    /// 42212: the association is not valid.
    InvalidAssociation,
    /// 50001: the registry cannot read or write its store.
    StoreError,
    /// 50002: the registry did not finish in time.
    OperationTimeout,
    /// 50003: the registry could not hand the request to its leader.
    ForwardingFailed,
    /// 50004: the registry has no leader at the moment.
    UnknownLeader,
    /// Another number: a code of a security plugin (`40301`), of another maker, or of a later time.
    Other(u32),
}

const CODES: [(u32, RegistryErrorCode, &str); 33] = [
    (40_401, RegistryErrorCode::SubjectNotFound, "there is no such subject"),
    (
        40_402,
        RegistryErrorCode::VersionNotFound,
        "the subject has no such version",
    ),
    (40_403, RegistryErrorCode::SchemaNotFound, "there is no such schema"),
    (
        40_404,
        RegistryErrorCode::SubjectSoftDeleted,
        "the subject is deleted already, if not for good",
    ),
    (
        40_405,
        RegistryErrorCode::SubjectNotSoftDeleted,
        "the subject must be deleted before it is deleted for good",
    ),
    (
        40_406,
        RegistryErrorCode::VersionSoftDeleted,
        "the version is deleted already, if not for good",
    ),
    (
        40_407,
        RegistryErrorCode::VersionNotSoftDeleted,
        "the version must be deleted before it is deleted for good",
    ),
    (
        40_408,
        RegistryErrorCode::SubjectLevelNotConfigured,
        "the subject has no compatibility level of its own",
    ),
    (
        40_409,
        RegistryErrorCode::SubjectModeNotConfigured,
        "the subject has no mode of its own",
    ),
    (
        40_410,
        RegistryErrorCode::AssociationNotFound,
        "there is no such association of a topic with a subject",
    ),
    (
        40_901,
        RegistryErrorCode::IncompatibleSchema,
        "the schema is incompatible with earlier versions",
    ),
    (
        40_902,
        RegistryErrorCode::TooManyAssociations,
        "there are as many associations as there may be",
    ),
    (
        40_903,
        RegistryErrorCode::AssociationForResourceExists,
        "the topic has such an association already",
    ),
    (
        40_904,
        RegistryErrorCode::AssociationForSubjectExists,
        "the subject has an association already",
    ),
    (
        40_905,
        RegistryErrorCode::StrongAssociationForSubjectExists,
        "the subject has a strong association already",
    ),
    (
        40_907,
        RegistryErrorCode::NoActiveSubjectVersion,
        "the subject has no version that stands",
    ),
    (
        40_908,
        RegistryErrorCode::AssociationFrozen,
        "the association is frozen",
    ),
    (42_201, RegistryErrorCode::InvalidSchema, "the text is no schema"),
    (
        42_202,
        RegistryErrorCode::InvalidVersion,
        "the version is neither a positive number nor latest",
    ),
    (
        42_203,
        RegistryErrorCode::InvalidCompatibilityLevel,
        "the compatibility level is none that there is",
    ),
    (42_204, RegistryErrorCode::InvalidMode, "the mode is none that there is"),
    (
        42_205,
        RegistryErrorCode::OperationNotPermitted,
        "the mode of the registry or of the subject forbids the operation",
    ),
    (
        42_206,
        RegistryErrorCode::ReferenceExists,
        "another schema refers to this one",
    ),
    (
        42_207,
        RegistryErrorCode::IdMismatch,
        "the schema stands under another id",
    ),
    (
        42_208,
        RegistryErrorCode::InvalidSubject,
        "the subject's name is not allowed",
    ),
    (
        42_209,
        RegistryErrorCode::SchemaTooLarge,
        "the schema is larger than the registry allows",
    ),
    (42_210, RegistryErrorCode::InvalidRuleSet, "the rules are not valid"),
    (
        42_211,
        RegistryErrorCode::ContextNotEmpty,
        "the context still has subjects",
    ),
    (
        42_212,
        RegistryErrorCode::InvalidAssociation,
        "the association is not valid",
    ),
    (
        50_001,
        RegistryErrorCode::StoreError,
        "the registry cannot read or write its store",
    ),
    (
        50_002,
        RegistryErrorCode::OperationTimeout,
        "the registry did not finish in time",
    ),
    (
        50_003,
        RegistryErrorCode::ForwardingFailed,
        "the registry could not hand the request to its leader",
    ),
    (
        50_004,
        RegistryErrorCode::UnknownLeader,
        "the registry has no leader at the moment",
    ),
];

impl RegistryErrorCode {
    /// The number on the wire.
    #[must_use]
    pub fn number(self) -> u32 {
        match (self, self.row()) {
            (Self::Other(number), _) => number,
            (_, Some(row)) => row.0,
            // Not reached: every case but `Other` is in the table, as the test below holds.
            (_, None) => 0,
        }
    }

    /// What it says, as one clause without a final stop.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.row().map_or("a code that this client does not know", |row| row.2)
    }

    fn row(self) -> Option<&'static (u32, Self, &'static str)> {
        CODES.iter().find(|row| row.1 == self)
    }
}

impl From<u32> for RegistryErrorCode {
    fn from(number: u32) -> Self {
        let known = CODES.iter().find(|row| row.0 == number);
        known.map_or(Self::Other(number), |row| row.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: u32, expected: RegistryErrorCode, meaning: &str) {
        let code = RegistryErrorCode::from(number);
        assert_eq!((code, code.number(), code.meaning()), (expected, number, meaning));
    }

    #[test]
    fn numbers_have_names() {
        check(40_403, RegistryErrorCode::SchemaNotFound, "there is no such schema");
        check(
            42_205,
            RegistryErrorCode::OperationNotPermitted,
            "the mode of the registry or of the subject forbids the operation",
        );
        for unknown in [0, 409, 40_301, 40_906, u32::MAX] {
            check(
                unknown,
                RegistryErrorCode::Other(unknown),
                "a code that this client does not know",
            );
        }
    }

    #[test]
    fn the_table_is_sorted_and_goes_both_ways() {
        assert!(CODES.is_sorted_by(|one, next| one.0 < next.0));
        for (number, code, meaning) in CODES {
            check(number, code, meaning);
        }
    }
}
