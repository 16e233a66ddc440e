//! Schemas that stand for others: `if`, `then`, `else`, and `not`.

use super::node::Node;
use super::rules::{CONDITION_CHANGED, NOT_CHANGED, THEN_CHANGED};
use super::walk::Walk;
use crate::compatibility::compare::CompareError;

/// `if` must stay as it is in both directions; `then` and `else` may only open.
pub(super) fn compare(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    for keyword in ["if", "then", "else"] {
        let Some(ours) = reader.child(keyword) else { continue };
        let kept = match writer.child(keyword) {
            Some(theirs) => walk.compatible(&ours, &theirs)? && (keyword != "if" || walk.compatible(&theirs, &ours)?),
            None => false,
        };
        if !kept {
            let rule = if keyword == "if" {
                &CONDITION_CHANGED
            } else {
                &THEN_CHANGED
            };
            walk.add(rule, ours.place(), writer.keyword_place(keyword), || {
                format!("reader's `{keyword}` is not the writer's and not wider")
            });
        }
    }
    Ok(())
}

/// What a `not` excludes may only become less.
pub(super) fn compare_not(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    let (Some(ours), Some(theirs)) = (reader.child("not"), writer.child("not")) else {
        return Ok(());
    };
    if !walk.compatible(&theirs, &ours)? {
        walk.add(&NOT_CHANGED, ours.place(), theirs.place(), || {
            "reader's `not` excludes what the writer's does not".to_owned()
        });
    }
    Ok(())
}
