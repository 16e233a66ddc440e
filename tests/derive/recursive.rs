//! Records that hold themselves: in lists, options and maps, by way of others, and at any depth.

use std::collections::{BTreeMap, HashMap};

use apache_avro::types::Value;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use publisher_core::{Event, EventData};

use crate::reading::{avro, field, json};

#[derive(Clone, Debug, EventData)]
struct Node {
    name: String,
    #[event(default = [])]
    children: Vec<Node>,
    parent: Option<Box<Self>>,
    by_name: BTreeMap<String, Node>,
}

#[derive(Event)]
#[event(topic = "trees", namespace = "com.acme", unkeyed)]
struct TreeAsAvro<'a> {
    root: &'a Node,
    other: Option<&'a Node>,
}

#[derive(Event)]
#[event(topic = "trees", namespace = "com.acme", unkeyed, encoding = json)]
struct TreeAsJson<'a> {
    root: &'a Node,
    other: Option<&'a Node>,
}

// An event may hold itself too.
#[derive(Event)]
#[event(topic = "comments", namespace = "com.acme")]
struct Comment<'a> {
    #[event(key)]
    id: i64,
    text: &'a str,
    replies: &'a [Comment<'a>],
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = "[a-c]{0,2}".prop_map(|name| Node {
        name,
        children: Vec::new(),
        parent: None,
        by_name: BTreeMap::new(),
    });
    leaf.prop_recursive(5, 40, 3, |inner| {
        let parent = option::of(inner.clone().prop_map(Box::new));
        let by_name = btree_map("[a-c]{0,2}", inner.clone(), 0..3);
        ("[a-c]{0,2}", vec(inner, 0..3), parent, by_name).prop_map(|(name, children, parent, by_name)| Node {
            name,
            children,
            parent,
            by_name,
        })
    })
}

fn value(node: &Node) -> Value {
    let parent = match &node.parent {
        Some(parent) => Value::Union(1, Box::new(value(parent))),
        None => Value::Union(0, Box::new(Value::Null)),
    };
    let by_name: HashMap<_, _> = node
        .by_name
        .iter()
        .map(|(name, node)| (name.clone(), value(node)))
        .collect();
    Value::Record(vec![
        ("name".to_owned(), Value::String(node.name.clone())),
        (
            "children".to_owned(),
            Value::Array(node.children.iter().map(value).collect()),
        ),
        ("parent".to_owned(), parent),
        ("by_name".to_owned(), Value::Map(by_name)),
    ])
}

fn said(node: &Node) -> serde_json::Value {
    let by_name: serde_json::Map<_, _> = node
        .by_name
        .iter()
        .map(|(name, node)| (name.clone(), said(node)))
        .collect();
    serde_json::json!({
        "name": node.name,
        "children": node.children.iter().map(said).collect::<Vec<_>>(),
        "parent": node.parent.as_deref().map(said),
        "by_name": by_name,
    })
}

proptest! {
    #[test]
    fn apache_avro_reads_random_trees(node in node()) {
        let read = avro(&TreeAsAvro { root: &node, other: Some(&node) });
        prop_assert_eq!(field(&read, "root"), value(&node));
        prop_assert_eq!(field(&read, "other"), Value::Union(1, Box::new(value(&node))));
    }

    #[test]
    fn the_json_schema_accepts_random_trees(node in node()) {
        let text = json(&TreeAsJson { root: &node, other: None });
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(&read["root"], &said(&node));
    }
}

fn leaf() -> Node {
    Node {
        name: "leaf".to_owned(),
        children: Vec::new(),
        parent: None,
        by_name: BTreeMap::new(),
    }
}

/// A chain of so many records, the ways to the next one alternating.
fn chain(records: usize) -> Node {
    let mut node = leaf();
    for level in 1..records {
        let mut around = leaf();
        match level % 3 {
            0 => around.children.push(node),
            1 => around.parent = Some(Box::new(node)),
            _ => drop(around.by_name.insert("next".to_owned(), node)),
        }
        node = around;
    }
    node
}

/// Dropped one by one: dropping the whole would take a stack as deep as the chain.
fn dismantle(node: Node) {
    let mut next = Some(node);
    while let Some(mut node) = next {
        next = node
            .children
            .pop()
            .or_else(|| node.parent.take().map(|parent| *parent))
            .or_else(|| node.by_name.pop_first().map(|(_, node)| node));
    }
}

#[test]
fn sixty_levels_are_published_and_no_more() {
    // The readers that stand for others take more stack than a test has.
    let readers = std::thread::Builder::new().stack_size(1 << 26).spawn(|| {
        let root = chain(60);
        avro(&TreeAsAvro {
            root: &root,
            other: None,
        });
        json(&TreeAsJson {
            root: &root,
            other: None,
        });
    });
    readers.expect("a thread").join().expect("sixty levels");

    let root = chain(61);
    let violations = TreeAsAvro {
        root: &root,
        other: None,
    }
    .write(&mut Vec::new())
    .expect_err("a level too many");
    let [violation] = violations.list() else {
        panic!("{violations}")
    };
    assert_eq!(
        violation.message(),
        "is nested more than 60 levels deep, where readers give up"
    );
    assert!(
        violation
            .path()
            .starts_with("root.children[0].by_name{0}.parent.children[0]"),
        "{}",
        violation.path()
    );
}

#[test]
fn a_value_of_any_depth_is_a_violation_and_no_overflow() {
    let root = chain(100_000);
    for (event, name) in [
        (
            &TreeAsAvro {
                root: &root,
                other: None,
            } as &dyn Event,
            "avro",
        ),
        (
            &TreeAsJson {
                root: &root,
                other: None,
            },
            "json",
        ),
    ] {
        let violations = event.write(&mut Vec::new()).expect_err("too deep");
        assert_eq!(violations.list().len(), 1, "{name}");
    }
    dismantle(root);
}

#[test]
fn an_event_holds_events_of_its_own_type() {
    let replies = [Comment {
        id: 2,
        text: "no",
        replies: &[],
    }];
    let event = Comment {
        id: 1,
        text: "yes",
        replies: &replies,
    };
    assert_eq!(
        &*event.event_type().schema().text,
        concat!(
            r#"{"type":"record","name":"Comment","namespace":"com.acme","fields":[{"name":"id","type":"long"},"#,
            r#"{"name":"text","type":"string"},"#,
            r#"{"name":"replies","type":{"type":"array","items":"com.acme.Comment"}}]}"#,
        )
    );
    let Value::Array(read) = field(&avro(&event), "replies") else {
        panic!("no array")
    };
    assert_eq!(field(&read[0], "text"), Value::String("no".to_owned()));
}

#[derive(EventData)]
struct Department {
    title: String,
    members: Vec<Employee>,
}

#[derive(EventData)]
struct Employee {
    name: String,
    #[event(recursive = Department)]
    leads: Option<Box<Department>>,
    others: Departments,
}

/// The way back may lead through a newtype.
#[derive(EventData)]
#[event(recursive = "Department")]
struct Departments(Vec<Department>);

macro_rules! mutual {
    ($($name:ident: $ty:ident $encoding:ident)*) => {$(
        #[derive(Event)]
        #[event(topic = "org", namespace = "com.acme", unkeyed, encoding = $encoding)]
        struct $name {
            it: $ty,
        }
    )*};
}
mutual! {
    DepartmentAsAvro: Department avro
    DepartmentAsJson: Department json
    EmployeeAsAvro: Employee avro
    EmployeeAsJson: Employee json
}

fn department(title: &str, members: Vec<Employee>) -> Department {
    Department {
        title: title.to_owned(),
        members,
    }
}

fn employee(name: &str) -> Employee {
    Employee {
        name: name.to_owned(),
        leads: Some(Box::new(department("inner", Vec::new()))),
        others: Departments(vec![department("other", Vec::new())]),
    }
}

#[test]
fn two_records_hold_each_other_from_either_side() {
    let read = avro(&DepartmentAsAvro {
        it: department("outer", vec![employee("a")]),
    });
    let Value::Array(members) = field(&field(&read, "it"), "members") else {
        panic!("no array")
    };
    assert_eq!(field(&members[0], "name"), Value::String("a".to_owned()));
    let Value::Union(1, leads) = field(&members[0], "leads") else {
        panic!("no department")
    };
    assert_eq!(field(&leads, "title"), Value::String("inner".to_owned()));

    let read = avro(&EmployeeAsAvro { it: employee("b") });
    let Value::Array(others) = field(&field(&read, "it"), "others") else {
        panic!("no array")
    };
    assert_eq!(field(&others[0], "title"), Value::String("other".to_owned()));

    json(&DepartmentAsJson {
        it: department("outer", vec![employee("a")]),
    });
    json(&EmployeeAsJson { it: employee("b") });
}

#[test]
fn two_records_that_hold_each_other_have_an_end_too() {
    let mut it = department("0", Vec::new());
    for _ in 0..60 {
        let mut member = employee("a");
        member.leads = Some(Box::new(it));
        it = department("next", vec![member]);
    }
    let violations = DepartmentAsAvro { it }.write(&mut Vec::new()).expect_err("too deep");
    // A level is a department and an employee: its readers have more to nest than those of a tree.
    for violation in violations.list() {
        assert_eq!(
            violation.message(),
            "lies within more than 120 records and lists, where readers give up"
        );
        assert!(
            violation
                .path()
                .starts_with(&format!("it{}", ".members[0].leads".repeat(39)))
        );
    }
}

/// Inside itself a record stands by its name, outside in full: it is one type all the same.
#[test]
fn a_generic_record_within_the_record_that_it_holds() {
    #[derive(EventData)]
    #[event(name = "{T}Link")]
    struct Link<T> {
        label: String,
        to: T,
    }
    #[derive(EventData)]
    struct Place {
        links: Vec<Link<Place>>,
    }
    #[derive(Event)]
    #[event(topic = "places", namespace = "com.acme", unkeyed)]
    struct Linked {
        first: Link<Place>,
        place: Place,
    }
    let link = |label: &str| Link {
        label: label.to_owned(),
        to: Place { links: Vec::new() },
    };
    let read = avro(&Linked {
        first: link("a"),
        place: Place { links: vec![link("b")] },
    });
    let Value::Array(links) = field(&field(&read, "place"), "links") else {
        panic!("no array")
    };
    assert_eq!(field(&links[0], "label"), Value::String("b".to_owned()));
}

/// An enum with data is a record, and can hold itself as one; a variant without itself ends it.
#[derive(EventData)]
enum Rule {
    Always,
    Not(Box<Rule>),
    All { rules: Vec<Self>, name: Option<Box<Rule>> },
}

#[derive(Event)]
#[event(topic = "rules", namespace = "com.acme", unkeyed)]
struct RuleAsAvro {
    rule: Rule,
}

#[derive(Event)]
#[event(topic = "rules", namespace = "com.acme", unkeyed, encoding = json)]
struct RuleAsJson {
    rule: Rule,
}

#[test]
fn an_enum_with_data_holds_itself() {
    let rule = || {
        Rule::Not(Box::new(Rule::All {
            rules: vec![Rule::Always, Rule::Always],
            name: None,
        }))
    };
    let always = r#"{"type":"Always","not":null,"all":null}"#;
    let all = format!(r#"{{"type":"All","not":null,"all":{{"rules":[{always},{always}],"name":null}}}}"#);
    let expected = format!(r#"{{"rule":{{"type":"Not","not":{all},"all":null}}}}"#);
    assert_eq!(json(&RuleAsJson { rule: rule() }), expected);
    let read = format!("{:?}", avro(&RuleAsAvro { rule: rule() }));
    assert_eq!(read.matches("Enum(0, \"Always\")").count(), 2, "{read}");
    let mut deep = Rule::Always;
    for _ in 0..70 {
        deep = Rule::Not(Box::new(deep));
    }
    let refused = RuleAsJson { rule: deep }
        .write(&mut Vec::new())
        .expect_err("levels without end");
    assert!(refused.to_string().contains("levels deep"), "{refused}");
}
