//! Whether a pattern of a schema is found in a name.
//!
//! Bounded, because both come from texts of others.

use regex_lite::RegexBuilder;

/// How large a pattern may get with its repetitions written out.
const MAX_PATTERN_BYTES: usize = 128 * 1024;

/// Whether a pattern is found in a name. One that this engine does not know (it has no look-around), or that is too large,
/// is found in none.
pub(crate) fn finds(pattern: &str, name: &str) -> bool {
    RegexBuilder::new(pattern)
        .size_limit(MAX_PATTERN_BYTES)
        .build()
        .is_ok_and(|pattern| pattern.is_match(name))
}
