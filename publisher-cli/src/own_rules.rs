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
pub(crate) const ALL: [&OwnRule; 5] = [
    &DRIFT,
    &REGISTRY_REFUSES,
    &REGISTRY_DISAGREES,
    &ACKNOWLEDGEMENT_EXPIRED,
    &ACKNOWLEDGEMENT_UNUSED,
];
