//! The rules that are this command's own: about files, acknowledgements and registries, not about pairs of schemas.

/// A finding that is no breach of a compatibility rule.
#[derive(Debug)]
pub(crate) struct OwnRule {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) explanation: &'static str,
}

pub(crate) const DRIFT: OwnRule = OwnRule {
    id: "schema-drift",
    title: "a type has changed since its schema was committed",
    explanation: "What is published follows the type, so the committed schema no longer says what readers get, and the \
                  check judges a schema that nobody uses.",
};

pub(crate) const REGISTRY_REFUSES: OwnRule = OwnRule {
    id: "registry-refuses",
    title: "the registry itself says that the schema is incompatible",
    explanation: "Whatever is found here, the registry will not take the schema at the subject's level, so publishers with \
                  it cannot register.",
};

pub(crate) const REGISTRY_DISAGREES: OwnRule = OwnRule {
    id: "registry-disagrees",
    title: "the registry's verdict and the dialect's are not the same",
    explanation: "Registries part on JSON Schema, and their versions differ. The dialect that is set is not the one of this \
                  registry, or one of the two has a mistake; both verdicts are shown.",
};

pub(crate) const NOT_REGISTERED: OwnRule = OwnRule {
    id: "schema-not-registered",
    title: "the registry does not hold a committed schema",
    explanation: "Nobody but the registry can say the id of a schema, and without its id no event of the type can be \
                  published.",
};

pub(crate) const LOCK_OUTDATED: OwnRule = OwnRule {
    id: "lock-outdated",
    title: "schemas.lock is not what the committed schemas and the registry make of it",
    explanation: "A schema that the lock lacks keeps a service from starting while the registry is down; a wrong id \
                  would be written into every record.",
};

pub(crate) const ACKNOWLEDGEMENT_EXPIRED: OwnRule = OwnRule {
    id: "acknowledgement-expired",
    title: "an acknowledged break has passed its day",
    explanation: "Somebody answered for the break until a day that is over; it counts again.",
};

pub(crate) const ACKNOWLEDGEMENT_UNUSED: OwnRule = OwnRule {
    id: "acknowledgement-unused",
    title: "an acknowledged break is not there",
    explanation: "An entry that nothing needs would hide the next break of the same kind.",
};

/// All of them.
pub(crate) const ALL: [&OwnRule; 7] = [
    &DRIFT,
    &REGISTRY_REFUSES,
    &REGISTRY_DISAGREES,
    &NOT_REGISTERED,
    &LOCK_OUTDATED,
    &ACKNOWLEDGEMENT_EXPIRED,
    &ACKNOWLEDGEMENT_UNUSED,
];
