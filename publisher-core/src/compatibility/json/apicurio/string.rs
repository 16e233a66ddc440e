//! Strings: lengths, pattern, and the keywords that only this registry compares.

use serde_json::Value;

use super::node::Node;
use super::number::compare_limits;
use super::rules::{CONTENT_ENCODING, CONTENT_MEDIA_TYPE, FORMAT, MAX_LENGTH, MIN_LENGTH, PATTERN};
use super::walk::Walk;
use crate::compatibility::rule::Rule;

pub(super) fn compare(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) {
    compare_limits(walk, &MIN_LENGTH, ("minLength", true), reader, writer);
    compare_limits(walk, &MAX_LENGTH, ("maxLength", false), reader, writer);
    let pattern = |node: &Node<'_>| node.get("pattern").cloned();
    compare_text(
        walk,
        &PATTERN,
        "pattern",
        (reader, pattern(reader)),
        (writer, pattern(writer)),
    );
    let format = |node: &Node<'_>| {
        let name = node.get("format")?.as_str()?;
        node.draft().knows_format(name).then(|| Value::from(name))
    };
    compare_text(
        walk,
        &FORMAT,
        "format",
        (reader, format(reader)),
        (writer, format(writer)),
    );
    // The registry's reader of schemas does not know these keywords: they stay with the object as a whole, and are
    // lost where the string is one of several parts.
    for (rule, keyword) in [
        (&CONTENT_ENCODING, "contentEncoding"),
        (&CONTENT_MEDIA_TYPE, "contentMediaType"),
    ] {
        let content = |node: &Node<'_>| node.get(keyword).filter(|_| node.whole).cloned();
        compare_text(
            walk,
            rule,
            keyword,
            (reader, content(reader)),
            (writer, content(writer)),
        );
    }
}

/// A keyword may go, and may not come or change.
fn compare_text(
    walk: &mut Walk,
    rule: &'static Rule,
    keyword: &str,
    (reader, ours): (&Node<'_>, Option<Value>),
    (writer, theirs): (&Node<'_>, Option<Value>),
) {
    let Some(ours) = ours else { return };
    if theirs.as_ref() != Some(&ours) {
        walk.add(
            rule,
            reader.keyword_place(keyword),
            writer.keyword_place(keyword),
            || {
                let theirs = theirs.map_or_else(|| "none".to_owned(), |value| value.to_string());
                format!("reader asks for `{keyword}` {ours}, writer for {theirs}")
            },
        );
    }
}
