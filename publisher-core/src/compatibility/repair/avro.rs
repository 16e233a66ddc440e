//! What may take a finding of an Avro rule away.
//!
//! Proposes by the rule and the two texts; whether it helps is tried elsewhere.

use serde_json::{Value, json};

use super::edit::Edit;
use super::{Broken, Proposal};
use crate::compatibility::level::Direction;

pub(super) fn proposals(broken: &Broken<'_>) -> Vec<Proposal> {
    match (broken.rule, broken.direction) {
        ("avro-field-without-default", Direction::Backward) => added_field(broken),
        ("avro-field-without-default", Direction::Forward) => removed_field(broken),
        ("avro-enum-symbols-missing", Direction::Backward) => removed_symbols(broken),
        ("avro-enum-symbols-missing", Direction::Forward) => added_symbols(broken),
        ("avro-name-mismatch", direction) => name(broken, direction),
        ("avro-union-branch-missing", Direction::Backward) => removed_branch(broken),
        ("avro-union-branch-missing", Direction::Forward) => added_branch(broken),
        ("avro-field-ambiguous", Direction::Backward) => vec![Proposal::new(
            "remove the field's aliases",
            Edit::remove(format!("{}/aliases", broken.at)),
        )],
        ("avro-field-ambiguous", Direction::Forward) => {
            vec![Proposal::new(
                "leave the field out: readers take it for another",
                Edit::remove(broken.at),
            )]
        }
        ("avro-fixed-size", _) => restored(broken, "keep the size of the fixed"),
        ("avro-type-mismatch", Direction::Backward) => {
            let mut proposals = optional_as_before(broken);
            proposals.extend(restored(broken, "keep the type"));
            proposals.extend(branches_removed(broken));
            proposals
        }
        ("avro-type-mismatch", Direction::Forward) => {
            let mut proposals = branches_removed(broken);
            proposals.extend(restored(broken, "keep the type"));
            proposals
        }
        _ => Vec::new(),
    }
}

/// A new field: the old one's name as an alias, a default, or an `Option`.
fn added_field(broken: &Broken<'_>) -> Vec<Proposal> {
    let (Some(Value::Object(field)), at) = (broken.now(), broken.at) else {
        return Vec::new();
    };
    let name = field.get("name").and_then(Value::as_str).unwrap_or_default();
    let Some(of) = field.get("type") else {
        return Vec::new();
    };
    let mut proposals = Vec::new();
    for old in renamed(broken, of) {
        let mut aliases = field
            .get("aliases")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        aliases.push(json!(old));
        proposals.push(
            Proposal::new(
                format!("if `{name}` is the renamed `{old}`, say so by an alias"),
                Edit::set(format!("{at}/aliases"), aliases),
            )
            .rust(format!("#[event(alias = \"{old}\")]")),
        );
    }
    if let Some(default) = simplest(of) {
        let shown = default.to_string();
        let mut proposal = Proposal::new(
            format!("give the field `{name}` the default {shown}"),
            Edit::set(format!("{at}/default"), default),
        );
        if !of.is_array() {
            proposal = proposal.rust(format!("#[event(default = {shown})]"));
        }
        proposals.push(proposal);
    }
    if !is_nullable(of) {
        let branches = match of {
            Value::Array(branches) => std::iter::once(json!("null")).chain(branches.iter().cloned()).collect(),
            one => vec![json!("null"), one.clone()],
        };
        proposals.push(
            Proposal::new(
                format!("make the field `{name}` optional, with the default null"),
                Edit::set(format!("{at}/type"), branches),
            )
            .and(Edit::set(format!("{at}/default"), Value::Null))
            .rust(format!("{name}: Option<…>")),
        );
    }
    proposals.push(Proposal::new(format!("leave the field `{name}` out"), Edit::remove(at)));
    proposals
}

/// The names of fields of this type that the older record has and the newer lacks.
fn renamed(broken: &Broken<'_>, of: &Value) -> Vec<String> {
    let named = |field: &Value| field.get("name").and_then(Value::as_str).map(str::to_owned);
    let siblings = broken
        .at
        .rsplit_once('/')
        .and_then(|(fields, _)| broken.newer.pointer(fields));
    let kept: Vec<String> = siblings
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(named)
        .collect();
    let fields = broken.before().and_then(Value::as_array).into_iter().flatten();
    fields
        .filter(|field| field.get("type") == Some(of))
        .filter_map(named)
        .filter(|name| !kept.contains(name))
        .collect()
}

/// A field that old readers need.
fn removed_field(broken: &Broken<'_>) -> Vec<Proposal> {
    let Some(field) = broken.before() else {
        return Vec::new();
    };
    let name = field.get("name").and_then(Value::as_str).unwrap_or_default();
    vec![Proposal::new(
        format!("keep the field `{name}`; remove it once it has had a default for as long as its readers live"),
        Edit::set(format!("{}/-", broken.at), field.clone()),
    )]
}

fn removed_symbols(broken: &Broken<'_>) -> Vec<Proposal> {
    let (Some(Value::Array(now)), Some(Value::Array(before))) = (broken.now(), broken.before()) else {
        return Vec::new();
    };
    let mut proposals = Vec::new();
    let missing: Vec<Value> = before.iter().filter(|symbol| !now.contains(symbol)).cloned().collect();
    let names: Vec<&str> = missing.iter().filter_map(Value::as_str).collect();
    proposals.push(Proposal::new(
        format!("keep the symbols {}", names.join(", ")),
        Edit::set(broken.at, [now.as_slice(), missing.as_slice()].concat()),
    ));
    if let (Some(first), Some(holder)) = (now.first(), broken.at.strip_suffix("/symbols")) {
        let shown = first.as_str().unwrap_or_default();
        proposals.push(
            Proposal::new(
                format!("let readers take {shown} for what they do not know: the default of the enum"),
                Edit::set(format!("{holder}/default"), first.clone()),
            )
            .rust("#[event(default)] on the variant"),
        );
    }
    proposals
}

fn added_symbols(broken: &Broken<'_>) -> Vec<Proposal> {
    let (Some(Value::Array(now)), Some(Value::Array(before))) = (broken.now(), broken.before()) else {
        return Vec::new();
    };
    let (known, new): (Vec<Value>, Vec<Value>) = now.iter().cloned().partition(|symbol| before.contains(symbol));
    let names: Vec<&str> = new.iter().filter_map(Value::as_str).collect();
    vec![Proposal::new(
        format!(
            "leave the symbols {} out until every reader has an enum with a default",
            names.join(", ")
        ),
        Edit::set(broken.at, known),
    )]
}

/// The name's place is that of the member `name` in both texts.
fn name(broken: &Broken<'_>, direction: Direction) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let holder = |text: &Value, at: &str| text.pointer(at.strip_suffix("/name").unwrap_or(at)).cloned();
    let old = broken.was.and_then(|was| holder(broken.older, was)).unwrap_or_default();
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
    if let (Direction::Backward, Some(old_name), Some(at)) =
        (direction, text(&old, "name"), broken.at.strip_suffix("/name"))
    {
        let full = match text(&old, "namespace") {
            Some(namespace) if !old_name.contains('.') => format!("{namespace}.{old_name}"),
            _ => old_name,
        };
        let now = holder(broken.newer, broken.at).unwrap_or_default();
        let mut aliases = now
            .get("aliases")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        aliases.push(json!(full));
        proposals.push(
            Proposal::new(
                format!("say by an alias that it is the renamed {full}"),
                Edit::set(format!("{at}/aliases"), aliases),
            )
            .rust(format!("#[event(alias = \"{full}\")]")),
        );
    }
    if let Some(Value::String(name)) = broken.before() {
        let simple = name.rsplit('.').next().unwrap_or_default();
        let kept = match broken
            .now()
            .and_then(Value::as_str)
            .and_then(|now| now.rsplit_once('.'))
        {
            Some((namespace, _)) => format!("{namespace}.{simple}"),
            None => simple.to_owned(),
        };
        proposals.push(
            Proposal::new(format!("keep the name {simple}"), Edit::set(broken.at, kept))
                .rust(format!("#[event(name = \"{simple}\")]")),
        );
    }
    proposals
}

fn removed_branch(broken: &Broken<'_>) -> Vec<Proposal> {
    let Some(branch) = broken.before() else {
        return Vec::new();
    };
    vec![Proposal::new(
        format!("keep the branch {}", shown(branch)),
        Edit::set(format!("{}/-", broken.at), branch.clone()),
    )]
}

fn added_branch(broken: &Broken<'_>) -> Vec<Proposal> {
    let Some(branch) = broken.now() else {
        return Vec::new();
    };
    let mut proposals = vec![Proposal::new(
        format!("leave the branch {} out", shown(branch)),
        Edit::remove(broken.at),
    )];
    proposals.extend(restored(broken, "keep the type"));
    proposals
}

/// What was optional stays so.
fn optional_as_before(broken: &Broken<'_>) -> Vec<Proposal> {
    // The writer's branch that is not read is null: `…/type/0`.
    let is_null = broken.before().is_some_and(|branch| branch == "null");
    let (true, Some(now)) = (is_null, broken.now()) else {
        return Vec::new();
    };
    let branches = match now {
        Value::Array(branches) => std::iter::once(json!("null")).chain(branches.iter().cloned()).collect(),
        one => vec![json!("null"), one.clone()],
    };
    vec![Proposal::new("keep it optional", Edit::set(broken.at, branches)).rust("Option<…>")]
}

/// A newer union whose branches the older type cannot read: the union, or its branch, goes.
fn branches_removed(broken: &Broken<'_>) -> Vec<Proposal> {
    let Some((union, _)) = broken.at.rsplit_once('/') else {
        return Vec::new();
    };
    match (broken.newer.pointer(union), broken.now()) {
        (Some(Value::Array(branches)), Some(branch)) if branches.len() == 2 => {
            let other = branches
                .iter()
                .find(|other| *other != branch)
                .cloned()
                .unwrap_or_default();
            vec![Proposal::new(
                format!("leave the branch {} out", shown(branch)),
                Edit::set(union, other),
            )]
        }
        (Some(Value::Array(_)), Some(branch)) => vec![Proposal::new(
            format!("leave the branch {} out", shown(branch)),
            Edit::remove(broken.at),
        )],
        _ => Vec::new(),
    }
}

/// What stood there before.
fn restored(broken: &Broken<'_>, title: &str) -> Vec<Proposal> {
    let Some(before) = broken.before() else {
        return Vec::new();
    };
    let mut proposals = vec![Proposal::new(
        format!("{title} {}", shown(before)),
        Edit::set(broken.at, before.clone()),
    )];
    // The place may be a branch of a union that the other side has not.
    for (at, was) in [
        (Some(broken.at), broken.was.and_then(parent)),
        (parent(broken.at), broken.was),
    ] {
        if let (Some(at), Some(Some(before))) = (at, was.map(|was| broken.older.pointer(was))) {
            proposals.push(Proposal::new(
                format!("{title} {}", shown(before)),
                Edit::set(at, before.clone()),
            ));
        }
    }
    proposals
}

fn parent(pointer: &str) -> Option<&str> {
    let (parent, last) = pointer.rsplit_once('/')?;
    last.bytes().all(|byte| byte.is_ascii_digit()).then_some(parent)
}

fn is_nullable(of: &Value) -> bool {
    of == "null"
        || of
            .as_array()
            .is_some_and(|branches| branches.iter().any(|branch| branch == "null"))
}

/// The default that says least; `None` where none does.
fn simplest(of: &Value) -> Option<Value> {
    match of {
        Value::Array(branches) if branches.first().is_some_and(|first| first == "null") => Some(Value::Null),
        Value::Array(branches) => simplest(branches.first()?),
        Value::String(name) => Some(match name.as_str() {
            "string" | "bytes" => json!(""),
            "int" | "long" => json!(0),
            "float" | "double" => json!(0.0),
            "boolean" => json!(false),
            "null" => Value::Null,
            _ => return None,
        }),
        Value::Object(members) => match members.get("type")?.as_str()? {
            "array" => Some(json!([])),
            "map" => Some(json!({})),
            // A logical type gives zero a meaning that nobody asked for: 1970, an empty uuid.
            _ if members.contains_key("logicalType") => None,
            "enum" => members.get("default").cloned(),
            primitive => simplest(&json!(primitive)),
        },
        _ => None,
    }
}

/// A type in a title: its name, not its whole definition.
fn shown(of: &Value) -> String {
    match of {
        Value::String(name) => name.clone(),
        Value::Object(members) => match members
            .get("name")
            .or(members.get("logicalType"))
            .or(members.get("type"))
        {
            Some(Value::String(name)) => name.clone(),
            _ => of.to_string(),
        },
        Value::Array(branches) => {
            let branches: Vec<String> = branches.iter().map(shown).collect();
            format!("[{}]", branches.join(", "))
        }
        other => other.to_string(),
    }
}
