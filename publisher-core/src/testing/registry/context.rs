//! Contexts: parts of a registry with ids of their own, named in front of a subject, as in `:.staging:orders-value`.
//!
//! Pure: names in, names out.
//!
//! Implements: Confluent Schema Registry, `utils/QualifiedSubject.java`, for one tenant.

/// The name of the context of subjects that name none.
pub(super) const DEFAULT: &str = ".";

/// Stands for all contexts where the start of a subject's name is asked for.
pub(super) const WILDCARD: &str = ":*:";

/// The context of a subject and its name in there, which is empty if only a context is named.
pub(super) fn split(subject: &str) -> (&str, &str) {
    match subject.strip_prefix(':') {
        Some(rest) if rest.starts_with('.') => rest.split_once(':').unwrap_or((rest, "")),
        _ => (DEFAULT, subject),
    }
}

/// The context of a subject.
pub(super) fn of(subject: &str) -> &str {
    split(subject).0
}

/// The one way to write a subject: without context in the default one.
pub(super) fn normal(subject: &str) -> String {
    let (context, name) = split(subject);
    qualified(context, name)
}

/// The subject of this name in this context.
pub(super) fn qualified(context: &str, name: &str) -> String {
    if context == DEFAULT {
        name.to_owned()
    } else {
        format!(":{context}:{name}")
    }
}

/// The subject of a reference: in the context of who refers to it, unless it names another one.
pub(super) fn within(context: &str, reference: &str) -> String {
    match split(reference) {
        (DEFAULT, name) => qualified(context, name),
        (own, name) => qualified(own, name),
    }
}

/// Whether a subject begins with this prefix, which may stand for all contexts.
pub(super) fn begins(subject: &str, prefix: &str) -> bool {
    match prefix.strip_prefix(WILDCARD) {
        Some(name) => split(subject).1.starts_with(name),
        None => subject.starts_with(normal(prefix).as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_a_context_and_a_name() {
        for (subject, parts, written) in [
            ("orders", (".", "orders"), "orders"),
            (":.:orders", (".", "orders"), "orders"),
            (":.a:orders", (".a", "orders"), ":.a:orders"),
            (":.a:b:c", (".a", "b:c"), ":.a:b:c"),
            (":.a:", (".a", ""), ":.a:"),
            (":.a", (".a", ""), ":.a:"),
            (":.:", (".", ""), ""),
            // No context begins thus.
            (":a:orders", (".", ":a:orders"), ":a:orders"),
            ("", (".", ""), ""),
        ] {
            assert_eq!(
                (split(subject), normal(subject).as_str()),
                (parts, written),
                "{subject}"
            );
        }
    }

    #[test]
    fn a_reference_stays_in_its_context() {
        assert_eq!(within(".a", "money"), ":.a:money");
        assert_eq!(within(".a", ":.b:money"), ":.b:money");
        assert_eq!(within(DEFAULT, "money"), "money");
    }

    #[test]
    fn a_prefix_may_stand_for_all_contexts() {
        for (subject, prefix, expected) in [
            ("orders", ":*:", true),
            (":.a:orders", ":*:", true),
            (":.a:orders", ":*:ord", true),
            (":.a:orders", ":*:x", false),
            (":.a:orders", ":.a:", true),
            (":.ab:orders", ":.a:", false),
            ("orders", ":.a:", false),
            ("orders", ":.:or", true),
            (":.a:orders", "or", false),
        ] {
            assert_eq!(begins(subject, prefix), expected, "{subject} {prefix}");
        }
    }
}
