//! Records and enums that hold themselves or each other, and generic records in several instances.
//!
//! Knows no event and no other group. No map of itself: Apicurio Registry 3.0.9 overflows its stack when it normalizes one.

use std::collections::BTreeMap;

use publisher_core::EventData;
use serde_json::{Value, json};

use super::Expected;

/// An enum with data is a record, and holds itself as one.
#[derive(EventData)]
#[event(tag = "kind")]
pub enum Rule {
    #[event(default)]
    Always,
    Not(Box<Rule>),
    All {
        rules: Vec<Self>,
        name: Option<&'static str>,
    },
}

/// Two records that hold each other; one of the two fields says so.
#[derive(EventData)]
pub struct Department {
    title: &'static str,
    members: Vec<Employee>,
}

#[derive(EventData)]
pub struct Employee {
    name: &'static str,
    #[event(recursive = Department)]
    leads: Option<Box<Department>>,
}

#[derive(EventData)]
pub struct Item {
    id: i64,
}

#[derive(EventData)]
#[event(name = "{T}Parcel")]
pub struct Parcel<T> {
    content: T,
}

#[derive(EventData)]
#[event(name = "{T}Tree")]
pub struct Tree<T> {
    value: T,
    children: Vec<Tree<T>>,
}

#[derive(EventData)]
#[event(name = "Page{SIZE}Of{T}{LAST}")]
pub struct Page<T, const SIZE: usize, const LAST: bool> {
    #[event(max_items = 7, default = [])]
    items: Option<Vec<T>>,
    fixed: [T; SIZE],
}

/// Records of each kind.
#[derive(EventData)]
pub struct Recursion {
    rule: Rule,
    option_rule: Option<Rule>,
    department: Department,
    int: Parcel<i32>,
    list: Parcel<Option<Vec<Item>>>,
    map: Parcel<BTreeMap<&'static str, Item>>,
    within: Parcel<Parcel<Item>>,
    rules: Parcel<Rule>,
    tree: Tree<Item>,
    texts: Tree<&'static str>,
    page: Page<Item, 2, true>,
}

/// As [`super::samples`] has them.
pub fn samples() -> [Expected<Recursion>; 4] {
    [ordinary(), greatest(), least(), empty()]
}

fn rule(kind: &str, not: Value, all: Value) -> Value {
    json!({ "kind": kind, "not": not, "all": all })
}

fn always() -> Value {
    rule("Always", Value::Null, Value::Null)
}

fn all(rules: Value, name: Value) -> Value {
    rule("All", Value::Null, json!({ "rules": rules, "name": name }))
}

fn tree<T>(value: T, children: Vec<Tree<T>>) -> Tree<T> {
    Tree { value, children }
}

fn ordinary() -> Expected<Recursion> {
    let item = |id| Item { id };
    Expected {
        value: Recursion {
            rule: Rule::All {
                rules: vec![Rule::Always, Rule::Not(Box::new(Rule::Always))],
                name: Some("both"),
            },
            option_rule: Some(Rule::Not(Box::new(Rule::Always))),
            department: Department {
                title: "all",
                members: vec![
                    Employee {
                        name: "Ann",
                        leads: Some(Box::new(Department {
                            title: "some",
                            members: vec![],
                        })),
                    },
                    Employee {
                        name: "Bob",
                        leads: None,
                    },
                ],
            },
            int: Parcel { content: -1 },
            list: Parcel {
                content: Some(vec![item(1), item(2)]),
            },
            map: Parcel {
                content: BTreeMap::from([("a", item(3))]),
            },
            within: Parcel {
                content: Parcel { content: item(4) },
            },
            rules: Parcel { content: Rule::Always },
            tree: tree(item(5), vec![tree(item(6), vec![])]),
            texts: tree("a", vec![tree("b", vec![]), tree("c", vec![])]),
            page: Page {
                items: Some(vec![item(7)]),
                fixed: [item(8), item(9)],
            },
        },
        expected: json!({
            "rule": all(json!([always(), rule("Not", always(), Value::Null)]), json!("both")),
            "option_rule": rule("Not", always(), Value::Null),
            "department": {
                "title": "all",
                "members": [
                    { "name": "Ann", "leads": { "title": "some", "members": [] } },
                    { "name": "Bob", "leads": null },
                ],
            },
            "int": { "content": -1 },
            "list": { "content": [{ "id": 1 }, { "id": 2 }] },
            "map": { "content": { "a": { "id": 3 } } },
            "within": { "content": { "content": { "id": 4 } } },
            "rules": { "content": always() },
            "tree": { "value": { "id": 5 }, "children": [{ "value": { "id": 6 }, "children": [] }] },
            "texts": {
                "value": "a",
                "children": [{ "value": "b", "children": [] }, { "value": "c", "children": [] }],
            },
            "page": { "items": [{ "id": 7 }], "fixed": [{ "id": 8 }, { "id": 9 }] },
        }),
    }
}

/// So many within each other.
const DEPTH: usize = 20;

fn greatest() -> Expected<Recursion> {
    let Expected { value, mut expected } = empty();
    let value = Recursion {
        rule: (0..DEPTH).fold(Rule::Always, |rule, _| Rule::Not(Box::new(rule))),
        option_rule: Some((0..DEPTH).fold(Rule::Always, |rule, _| Rule::All {
            rules: vec![rule],
            name: None,
        })),
        department: (0..DEPTH).fold(value.department, |department, _| Department {
            title: "~",
            members: vec![Employee {
                name: "~",
                leads: Some(Box::new(department)),
            }],
        }),
        int: Parcel { content: i32::MAX },
        texts: (0..DEPTH).fold(value.texts, |child, _| tree("~", vec![child])),
        ..value
    };
    for (name, changed) in [
        ("rule", (0..DEPTH).fold(always(), |it, _| rule("Not", it, Value::Null))),
        (
            "option_rule",
            (0..DEPTH).fold(always(), |it, _| all(json!([it]), Value::Null)),
        ),
        (
            "department",
            (0..DEPTH).fold(
                expected["department"].take(),
                |it, _| json!({ "title": "~", "members": [{ "name": "~", "leads": it }] }),
            ),
        ),
        ("int", json!({ "content": 2_147_483_647 })),
        (
            "texts",
            (0..DEPTH).fold(
                expected["texts"].take(),
                |it, _| json!({ "value": "~", "children": [it] }),
            ),
        ),
    ] {
        expected[name] = changed;
    }
    Expected { value, expected }
}

fn least() -> Expected<Recursion> {
    let Expected { value, mut expected } = empty();
    let value = Recursion {
        option_rule: Some(Rule::Always),
        int: Parcel { content: i32::MIN },
        list: Parcel {
            content: Some(Vec::new()),
        },
        page: Page {
            items: Some(Vec::new()),
            ..value.page
        },
        ..value
    };
    for (name, changed) in [
        ("option_rule", always()),
        ("int", json!({ "content": -2_147_483_648_i64 })),
        ("list", json!({ "content": [] })),
        ("page", json!({ "items": [], "fixed": [{ "id": 0 }, { "id": 0 }] })),
    ] {
        expected[name] = changed;
    }
    Expected { value, expected }
}

fn empty() -> Expected<Recursion> {
    let item = || Item { id: 0 };
    Expected {
        value: Recursion {
            rule: Rule::Always,
            option_rule: None,
            department: Department {
                title: "",
                members: vec![],
            },
            int: Parcel { content: 0 },
            list: Parcel { content: None },
            map: Parcel {
                content: BTreeMap::new(),
            },
            within: Parcel {
                content: Parcel { content: item() },
            },
            rules: Parcel { content: Rule::Always },
            tree: tree(item(), vec![]),
            texts: tree("", vec![]),
            page: Page {
                items: None,
                fixed: [item(), item()],
            },
        },
        expected: json!({
            "rule": always(),
            "option_rule": null,
            "department": { "title": "", "members": [] },
            "int": { "content": 0 },
            "list": { "content": null },
            "map": { "content": {} },
            "within": { "content": { "content": { "id": 0 } } },
            "rules": { "content": always() },
            "tree": { "value": { "id": 0 }, "children": [] },
            "texts": { "value": "", "children": [] },
            "page": { "items": null, "fixed": [{ "id": 0 }, { "id": 0 }] },
        }),
    }
}
