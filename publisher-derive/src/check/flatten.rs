//! `flatten`: the fields of a field's record stand in its place, so that nothing can be said of the field itself.

use crate::ast;
use crate::diagnostics::Diagnostics;
use crate::symbol::Symbol;

/// Refuses the attributes beside `flatten`.
pub(super) fn check(field: &ast::Field<'_>, diagnostics: &mut Diagnostics) {
    if field.attributes.flatten.is_none() {
        return;
    }
    let attributes = &field.attributes;
    if let Some(key) = &attributes.key {
        diagnostics.error_with_help(
            &key.name,
            "the key is a flattened field",
            "the key is one value: move the entity's ID out of the flattened record",
        );
    }
    if let Some(time) = &attributes.time {
        diagnostics.error_with_help(
            &time.name,
            "the time is a flattened field",
            "the time is one value: move it out of the flattened record",
        );
    }
    let told = |symbol: &Symbol| matches!(symbol, Symbol::Flatten | Symbol::Key | Symbol::Time);
    for (_, name) in attributes.given.iter().filter(|(symbol, _)| !told(symbol)) {
        diagnostics.error_with_help(
            name,
            format_args!("`{name}` has no effect: the fields of the record stand in place of this one"),
            "write it on a field of the record",
        );
    }
}
