//! Numbers: whole or not, bounds with their edges, multiples; and every other limit that is a number.

use std::cmp::Ordering;

use serde_json::Value;

use super::node::Node;
use super::part::Part;
use super::rules::{INTEGER, MAXIMUM, MINIMUM, MULTIPLE_OF};
use super::walk::Walk;
use crate::compatibility::rule::Rule;

pub(super) fn compare(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) {
    let whole = |node: &Node<'_>| node.part == Part::Number { integer: true };
    let only_whole = whole(writer) || number(writer, "multipleOf").is_some_and(|multiple| multiple == 1);
    if whole(reader) && !only_whole {
        walk.add(
            &INTEGER,
            reader.keyword_place("type"),
            writer.keyword_place("type"),
            || "reader takes whole numbers, writer has others too".to_owned(),
        );
    }
    compare_bounds(
        walk,
        &MINIMUM,
        ["minimum", "exclusiveMinimum"],
        Ordering::Greater,
        reader,
        writer,
    );
    compare_bounds(
        walk,
        &MAXIMUM,
        ["maximum", "exclusiveMaximum"],
        Ordering::Less,
        reader,
        writer,
    );
    let Some(ours) = number(reader, "multipleOf") else {
        return;
    };
    let theirs = number(writer, "multipleOf");
    if !theirs.as_ref().is_some_and(|theirs| divides(&ours, theirs)) {
        walk.add(
            &MULTIPLE_OF,
            reader.keyword_place("multipleOf"),
            writer.keyword_place("multipleOf"),
            || {
                format!(
                    "reader takes multiples of {ours}, writer has {}",
                    or_any(theirs.as_ref())
                )
            },
        );
    }
}

/// A limit may go or widen; `lowest` says which way that is.
pub(super) fn compare_limits(
    walk: &mut Walk,
    rule: &'static Rule,
    (keyword, lowest): (&str, bool),
    reader: &Node<'_>,
    writer: &Node<'_>,
) {
    let Some(ours) = number(reader, keyword) else { return };
    let theirs = number(writer, keyword);
    let narrower = if lowest { Ordering::Greater } else { Ordering::Less };
    if theirs.as_ref().is_none_or(|theirs| order(&ours, theirs) == narrower) {
        walk.add(
            rule,
            reader.keyword_place(keyword),
            writer.keyword_place(keyword),
            || format!("reader has `{keyword}` {ours}, writer has {}", or_any(theirs.as_ref())),
        );
    }
}

/// A bound and whether it is excluded itself; the keyword that says so.
fn bound<'k>(node: &Node<'_>, [inclusive, exclusive]: [&'k str; 2]) -> Option<(Value, bool, &'k str)> {
    if let Some(limit) = number(node, exclusive) {
        return Some((limit, true, exclusive));
    }
    let excluded = node.get(exclusive) == Some(&Value::Bool(true));
    Some((number(node, inclusive)?, excluded, inclusive))
}

fn compare_bounds(
    walk: &mut Walk,
    rule: &'static Rule,
    keywords: [&str; 2],
    narrower: Ordering,
    reader: &Node<'_>,
    writer: &Node<'_>,
) {
    let Some((ours, ours_excluded, keyword)) = bound(reader, keywords) else {
        return;
    };
    let theirs = bound(writer, keywords);
    let narrowed = match &theirs {
        None => true,
        Some((theirs, theirs_excluded, _)) => {
            let order = order(&ours, theirs);
            order == narrower || order == Ordering::Equal && ours_excluded && !theirs_excluded
        }
    };
    if narrowed {
        let place = theirs.as_ref().map_or(keyword, |(_, _, keyword)| keyword);
        walk.add(rule, reader.keyword_place(keyword), writer.keyword_place(place), || {
            let theirs = theirs.map_or_else(
                || "none".to_owned(),
                |(limit, _, keyword)| format!("`{keyword}` {limit}"),
            );
            format!("reader has `{keyword}` {ours}, writer has {theirs}")
        });
    }
}

fn number(node: &Node<'_>, keyword: &str) -> Option<Value> {
    node.get(keyword).filter(|value| value.is_number()).cloned()
}

fn or_any(value: Option<&Value>) -> String {
    value.map_or_else(|| "none".to_owned(), Value::to_string)
}

/// A number as its digits and a power of ten; `None` for one of too many digits.
fn decimal(value: &Value) -> Option<(i128, i32)> {
    let text = value.to_string();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
        None => (text.as_str(), 0_i32),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let scale = i32::try_from(fraction.len()).ok()?;
    Some((format!("{whole}{fraction}").parse().ok()?, exponent.checked_sub(scale)?))
}

/// Both numbers as multiples of the same power of ten.
fn aligned(left: &Value, right: &Value) -> Option<(i128, i128)> {
    let ((left, ours), (right, theirs)) = (decimal(left)?, decimal(right)?);
    let least = ours.min(theirs);
    let raised = |digits: i128, exponent: i32| {
        let power = u32::try_from(exponent.checked_sub(least)?).ok()?;
        digits.checked_mul(10_i128.checked_pow(power)?)
    };
    Some((raised(left, ours)?, raised(right, theirs)?))
}

fn order(left: &Value, right: &Value) -> Ordering {
    match aligned(left, right) {
        Some((left, right)) => left.cmp(&right),
        None => {
            let (left, right) = (left.as_f64().unwrap_or(0.0), right.as_f64().unwrap_or(0.0));
            left.total_cmp(&right)
        }
    }
}

/// Whether every multiple of the one is a multiple of the other.
fn divides(divisor: &Value, number: &Value) -> bool {
    match aligned(divisor, number) {
        Some((divisor, number)) => divisor != 0 && number % divisor == 0,
        None => {
            let (divisor, number) = (divisor.as_f64().unwrap_or(0.0), number.as_f64().unwrap_or(0.0));
            number % divisor == 0.0
        }
    }
}
