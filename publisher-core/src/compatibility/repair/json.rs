//! What may take a finding of a JSON Schema rule away.
//!
//! A keyword's finding is repaired by the older keyword, a property's by the older property, whatever the rule: this
//! looks at the two places alone. Whether it helps is tried elsewhere.

use serde_json::{Value, json};

use super::edit::Edit;
use super::{Broken, Proposal};
use crate::compatibility::level::Direction;

pub(super) fn proposals(broken: &Broken<'_>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let (name, holder) = last(broken.at);
    if name == "required" {
        proposals.extend(required(broken, holder));
    } else if let Some(parent) = holder.strip_suffix("/required") {
        proposals.extend(required(broken, parent));
    } else if let Some(parent) = holder.strip_suffix("/properties") {
        proposals.extend(with_default(broken, parent, name));
    }
    // The keyword as it was.
    if let (Some(was), true) = (broken.before(), last(broken.was.unwrap_or_default()).0 == name) {
        proposals.push(Proposal::new(
            format!("keep what was there: {}", shown(name, was)),
            Edit::set(broken.at, was.clone()),
        ));
    }
    // A part that only one of the two has: the other's place is what should hold it.
    if let Some(was) = broken.was {
        let (missing, _) = last(was);
        if let (Some(value), true) = (broken.before(), missing != name) {
            let place: Vec<String> = match missing.bytes().all(|byte| byte.is_ascii_digit()) {
                true => ["/items/-", "/prefixItems/-", "/oneOf/-", "/anyOf/-"]
                    .map(str::to_owned)
                    .into(),
                false => ["", "/properties", "/patternProperties"]
                    .map(|holder| format!("{holder}/{missing}"))
                    .into(),
            };
            for place in place {
                proposals.push(Proposal::new(
                    format!("keep {}", shown(missing, value)),
                    Edit::set(format!("{}{place}", broken.at), value.clone()),
                ));
            }
        }
    }
    proposals.extend(as_it_was(broken));
    if broken.now().is_some() && !broken.at.is_empty() {
        proposals.push(Proposal::new(
            format!("leave `{}` out", name.replace("~1", "/").replace("~0", "~")),
            Edit::remove(broken.at),
        ));
    }
    proposals
}

/// The nearest part of the older schema that holds the place, whole.
fn as_it_was(broken: &Broken<'_>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let mut part = broken.was.unwrap_or_default();
    for _ in 0..MOST_PARTS {
        let Some(was) = broken.older.pointer(part).filter(|_| !part.is_empty()) else {
            break;
        };
        let title = format!("keep {} as it was", part.replace("~1", "/").replace("~0", "~"));
        let keep = Proposal::new(&*title, Edit::set(part, was.clone()));
        // Another keyword may have taken its place.
        if broken.at != part && !broken.at.is_empty() {
            let instead = Proposal::new(&*title, Edit::set(part, was.clone()));
            proposals.push(instead.and(Edit::remove(broken.at)));
        }
        proposals.push(keep);
        let holder = last(part).1;
        // A property comes back with its being required.
        if let Some(object) = holder.strip_suffix("/properties") {
            let required = format!("{object}/required");
            if let Some(list) = broken.older.pointer(&required) {
                let both = Proposal::new(&*title, Edit::set(part, was.clone()));
                proposals.push(both.and(Edit::set(required, list.clone())));
            }
        }
        part = holder;
    }
    proposals
}

/// How far up the older schema is looked at: beyond that the repair is to undo the change.
const MOST_PARTS: usize = 3;

/// What is required need not be.
fn required(broken: &Broken<'_>, holder: &str) -> Vec<Proposal> {
    let list = |text: &Value, at: &str| {
        text.pointer(&format!("{at}/required"))
            .and_then(Value::as_array)
            .cloned()
    };
    let now = list(broken.newer, holder).unwrap_or_default();
    let before = broken
        .was
        .map(|was| was.trim_end_matches("/required"))
        .and_then(|was| list(broken.older, was))
        .unwrap_or_default();
    let kept: Vec<Value> = match broken.direction {
        Direction::Backward => now.iter().filter(|name| before.contains(name)).cloned().collect(),
        Direction::Forward => before,
    };
    vec![Proposal::new(
        format!("let `required` be {}", json!(kept)),
        Edit::set(format!("{holder}/required"), kept),
    )]
}

/// A new required property: a default, or not required.
fn with_default(broken: &Broken<'_>, holder: &str, name: &str) -> Vec<Proposal> {
    let plain = name.replace("~1", "/").replace("~0", "~");
    let list = broken
        .newer
        .pointer(&format!("{holder}/required"))
        .and_then(Value::as_array);
    let Some(list) = list.filter(|list| list.iter().any(|required| required == &plain)) else {
        return Vec::new();
    };
    let rest: Vec<Value> = list.iter().filter(|required| *required != &plain).cloned().collect();
    let mut proposals = vec![
        Proposal::new(
            format!("do not require `{plain}`"),
            Edit::set(format!("{holder}/required"), rest),
        )
        .rust(format!("{plain}: Option<…>")),
    ];
    let default = match broken
        .now()
        .and_then(|property| property.get("type"))
        .and_then(Value::as_str)
    {
        Some("string") => Some(json!("")),
        Some("integer" | "number") => Some(json!(0)),
        Some("boolean") => Some(json!(false)),
        Some("array") => Some(json!([])),
        _ => None,
    };
    if let Some(default) = default {
        proposals.push(
            Proposal::new(
                format!("give `{plain}` the default {default}"),
                Edit::set(format!("{}/default", broken.at), default.clone()),
            )
            .rust(format!("#[event(default = {default})]")),
        );
    }
    proposals
}

/// The last part of a pointer, and what holds it.
fn last(pointer: &str) -> (&str, &str) {
    pointer
        .rsplit_once('/')
        .map_or(("", ""), |(holder, name)| (name, holder))
}

fn shown(name: &str, value: &Value) -> String {
    let text = value.to_string();
    match text.chars().count() {
        0..=80 => format!("\"{name}\": {text}"),
        _ => format!("\"{name}\""),
    }
}
