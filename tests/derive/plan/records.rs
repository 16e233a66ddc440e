//! Fields in another order, dropped, added, known by an alias; defaults; records within records.

use serde_json::{Value as Json, json};

use super::datum::{Datum, plan, read, written};
use super::{check, decimal, fixed_decimal, one, record, refused_records, some, symbols, text};

const ABC: [&str; 3] = ["a", "b", "c"];

fn fields(names: &[&str]) -> String {
    let types = [("a", json!("string")), ("b", json!("int")), ("c", json!("double"))];
    let field = |name: &&str| match types.iter().find(|(known, _)| known == name) {
        Some((_, of)) => json!({"name": name, "type": of}),
        None => json!({"name": name, "type": "string", "default": "new"}),
    };
    record(names.iter().map(field).collect())
}

#[test]
fn fields_in_any_order_dropped_and_added() {
    let values = [text("x"), Datum::Long(-2), Datum::Double(0.5)];
    let orders: [&[&str]; 12] = [
        &["a", "b", "c"],
        &["c", "b", "a"],
        &["b", "c", "a"],
        &["c", "a", "b"],
        &["b", "a", "c"],
        &["d", "a", "c", "e", "b", "f"],
        &["a", "b", "c", "d"],
        &["d", "c"],
        &["a"],
        &["c", "a"],
        &["d", "e"],
        &["b"],
    ];
    for order in orders {
        let theirs = fields(order);
        let plan = plan(&fields(&ABC), &theirs).expect("a plan");
        let read = read(&theirs, &written(&plan, &Datum::Record(values.to_vec())));
        let value = |name: &&str| match ABC.iter().position(|known| known == name) {
            Some(index) => values[index].clone(),
            None => text("new"),
        };
        assert!(
            Datum::Record(order.iter().map(value).collect()).is(&read),
            "{order:?}: {read:?}"
        );
        assert_eq!(plan.is_identity(), order == ABC);
    }
    let added = record(json!([{"name": "a", "type": "int"}, {"name": "b", "type": "long"}]));
    refused_records(
        &one(json!("int")),
        &added,
        &["b: ours is nothing, theirs long: ours lacks the field and theirs has no default"],
    );
    let wrong = record(json!([{"name": "a", "type": "int"}, {"name": "b", "type": "long", "default": "x"}]));
    refused_records(
        &one(json!("int")),
        &wrong,
        &["the default of theirs does not fit its type"],
    );
}

#[test]
fn fields_without_counterpart_are_named() {
    let line = |fields: Json| json!({"type": "record", "name": "Line", "fields": fields});
    let array = |items: Json| json!({"type": "array", "items": items});
    let number = |name: &str| json!({"name": name, "type": "int"});
    let filled = |name: &str| json!({"name": name, "type": "int", "default": 0});
    let own = || line(json!([number("a"), number("b")]));
    let ours = record(json!([
        number("x"),
        {"name": "lines", "type": array(json!(["null", own()]))},
        {"name": "again", "type": {"type": "map", "values": "Line"}},
        number("y"),
    ]));
    let theirs = record(json!([
        filled("new"),
        {"name": "lines", "type": array(json!(["null", line(json!([number("b"), filled("c")]))]))},
        {"name": "again", "type": {"type": "map", "values": ["string", "Line"]}},
        number("y"),
    ]));
    let changed = plan(&ours, &theirs).expect("a plan");
    assert_eq!(changed.dropped(), ["x", "lines[].a"]);
    assert_eq!(changed.defaulted(), ["new", "lines[].c"]);
    let same = plan(&ours, &ours).expect("a plan");
    assert!(same.dropped().is_empty() && same.defaulted().is_empty());
    let named = |name: &str, field: Json| json!({"type": "record", "name": name, "fields": [number("n"), field]});
    let choice =
        |first: Json| record(json!([{"name": "pay", "type": [named("Card", first), named("Cash", number("m"))]}]));
    let changed = plan(&choice(number("a")), &choice(filled("b"))).expect("a plan");
    assert_eq!(
        (changed.dropped(), changed.defaulted()),
        (
            &["pay<com.acme.Card>.a".to_owned()][..],
            &["pay<com.acme.Card>.b".to_owned()][..]
        )
    );
}

#[test]
fn aliases_of_either_side() {
    let field = |name: &str, aliases: &[&str]| record(json!([{"name": name, "aliases": aliases, "type": "int"}]));
    for (ours, theirs) in [
        (field("a", &[]), field("b", &["a"])),
        (field("a", &["b"]), field("b", &[])),
    ] {
        check(&ours, Datum::Long(7), &theirs, Datum::Long(7));
    }
    refused_records(&field("a", &[]), &field("b", &["c"]), &["b: ours is nothing"]);
    // A name counts before an alias; two aliases that fit are one too many.
    let two = record(json!([{"name": "a", "type": "int"}, {"name": "b", "type": "int"}]));
    let theirs = record(json!([{"name": "b", "aliases": ["a"], "type": "int"}]));
    let both = plan(&two, &theirs).expect("a plan");
    assert_eq!(
        written(&both, &Datum::Record(vec![Datum::Long(1), Datum::Long(2)])),
        [4]
    );
    let theirs = record(json!([{"name": "c", "aliases": ["a", "b"], "type": "int"}]));
    refused_records(
        &two,
        &theirs,
        &["ours is the fields a, b, theirs the field c: the aliases fit several fields"],
    );
    let named = |name: &str, aliases: &[&str]| {
        json!({"type": "record", "name": name, "aliases": aliases, "fields": [{"name": "a", "type": "int"}]})
            .to_string()
    };
    check(
        &named("x.Old", &[]),
        Datum::Long(7),
        &named("y.New", &["x.Old"]),
        Datum::Long(7),
    );
    check(
        &named("x.New", &["Old"]),
        Datum::Long(7),
        &named("x.Old", &[]),
        Datum::Long(7),
    );
    check(
        &named("x.Same", &[]),
        Datum::Long(7),
        &named("Same", &[]),
        Datum::Long(7),
    );
    refused_records(
        &named("x.Old", &[]),
        &named("y.New", &["Old"]),
        &["the event: ours is record x.Old, theirs record y.New: the names differ"],
    );
}

#[test]
fn defaults_of_every_type() {
    let nested = json!({"type": "record", "name": "Inner", "fields": [
        {"name": "x", "type": "int"}, {"name": "y", "type": "string", "default": "own"}]});
    let cases = [
        (json!("null"), json!(null), Datum::Null),
        (json!("boolean"), json!(true), Datum::Boolean(true)),
        (json!("int"), json!(-7), Datum::Long(-7)),
        (json!("long"), json!(i64::MIN), Datum::Long(i64::MIN)),
        (json!("float"), json!(0.1), Datum::Float(0.1)),
        (json!("double"), json!(3), Datum::Double(3.0)),
        (json!("double"), json!(1.7976931348623157e308), Datum::Double(f64::MAX)),
        (json!("string"), json!("é\u{1f980}"), text("é\u{1f980}")),
        (json!("bytes"), json!("\u{ff}\u{0}a"), Datum::Bytes(vec![255, 0, b'a'])),
        (decimal(6, 2), json!("\u{fb}."), Datum::Decimal(-1234)),
        (fixed_decimal(2, 4, 2), json!("\u{fb}."), Datum::Decimal(-1234)),
        (
            json!({"type": "fixed", "name": "F", "size": 2}),
            json!("\u{ff}a"),
            Datum::Fixed(vec![255, b'a']),
        ),
        (symbols(&["New", "Paid"]), json!("Paid"), Datum::Long(1)),
        (
            json!({"type": "array", "items": "int"}),
            json!([1, 2]),
            Datum::Array(vec![Datum::Long(1), Datum::Long(2)]),
        ),
        (
            json!({"type": "array", "items": "int"}),
            json!([]),
            Datum::Array(Vec::new()),
        ),
        (
            json!({"type": "map", "values": "int"}),
            json!({"k": 1}),
            Datum::Map(vec![("k".to_owned(), Datum::Long(1))]),
        ),
        (
            nested,
            json!({"x": 1}),
            Datum::Record(vec![Datum::Long(1), text("own")]),
        ),
        (json!(["null", "int"]), json!(null), some(0, Datum::Null)),
        (json!(["int", "null"]), json!(5), some(0, Datum::Long(5))),
    ];
    for (of, default, expected) in cases {
        let theirs = record(json!([{"name": "a", "type": "int"}, {"name": "b", "type": of, "default": default}]));
        let plan = plan(&one(json!("int")), &theirs).unwrap_or_else(|found| panic!("{found:?}"));
        let read = read(&theirs, &written(&plan, &Datum::Record(vec![Datum::Long(7)])));
        let expected = Datum::Record(vec![Datum::Long(7), expected]);
        assert!(expected.is(&read), "{expected:?} is not {read:?}");
    }
    // Since 1.12 of any branch, which apache-avro 0.22 refuses to parse.
    let theirs =
        record(json!([{"name": "b", "type": ["null", "string"], "default": "x"}, {"name": "a", "type": "int"}]));
    let plan = plan(&one(json!("int")), &theirs).expect("a plan");
    assert_eq!(written(&plan, &Datum::Record(vec![Datum::Long(7)])), b"\x02\x02x\x0e");
}

#[test]
fn every_difference_is_listed() {
    let line = |price: Json| {
        json!({"type": "array", "items": {"type": "record", "name": "Line", "fields": [
        {"name": "price", "type": price}, {"name": "title", "type": "string"}]}})
    };
    let ours = record(
        json!([{"name": "id", "type": "long"}, {"name": "lines", "type": line(decimal(18, 2))}, {"name": "note", "type": ["null", "string"]}]),
    );
    let theirs = record(
        json!([{"name": "note", "type": "string"}, {"name": "extra", "type": "int"}, {"name": "lines", "type": line(decimal(9, 2))}, {"name": "id", "type": "int"}]),
    );
    refused_records(
        &ours,
        &theirs,
        &[
            "note: ",
            "extra: ours is nothing",
            "lines[].price: ours is decimal(18, 2)",
            "id: ours is long",
        ],
    );
}

#[test]
fn records_that_hold_themselves() {
    let tree = |value: &str, extra: &[Json]| {
        let mut fields = vec![
            json!({"name": "children", "type": {"type": "array", "items": "Tree"}}),
            json!({"name": "value", "type": value}),
        ];
        fields.extend_from_slice(extra);
        json!({"type": "record", "name": "Tree", "fields": fields}).to_string()
    };
    fn datum(depth: i64, value: &impl Fn(i64) -> Vec<Datum>) -> Datum {
        let children = (0..depth).map(|child| datum(child, value)).collect();
        Datum::Record([vec![Datum::Array(children)], value(depth)].concat())
    }
    let ours = tree("int", &[]);
    let int = |depth| vec![Datum::Long(depth)];
    let same = plan(&ours, &tree("long", &[])).expect("a plan");
    assert!(same.is_identity());
    for (theirs, expected) in [
        (
            tree("double", &[]),
            datum(4, &|depth| vec![Datum::Double(depth as f64)]),
        ),
        (
            tree("int", &[json!({"name": "n", "type": "string", "default": "d"})]),
            datum(4, &|depth| vec![Datum::Long(depth), text("d")]),
        ),
    ] {
        let plan = plan(&ours, &theirs).expect("a plan");
        let read = read(&theirs, &written(&plan, &datum(4, &int)));
        assert!(expected.is(&read), "{read:?}");
    }
    refused_records(&tree("long", &[]), &ours, &["value: ours is long, theirs int"]);
    // Unchanged itself, but behind a change: it is stepped over.
    let behind = |of: &str| {
        record(
            json!([{"name": "t", "type": serde_json::from_str::<Json>(&ours).expect("JSON")}, {"name": "x", "type": of}]),
        )
    };
    let plan = plan(&behind("int"), &behind("double")).expect("a plan");
    let read = read(
        &behind("double"),
        &written(&plan, &Datum::Record(vec![datum(3, &int), Datum::Long(1)])),
    );
    assert!(Datum::Record(vec![datum(3, &int), Datum::Double(1.0)]).is(&read));
}

#[test]
fn a_record_without_end_has_no_plan() {
    let endless = json!({"type": "record", "name": "A", "fields": [{"name": "a", "type": "A"}]}).to_string();
    refused_records(
        &endless,
        &endless,
        &["the event: ours is record A, theirs nothing: it holds itself without an end"],
    );
    let list = json!({"type": "record", "name": "A", "fields": [{"name": "a", "type": ["A", "null"]}]}).to_string();
    assert!(plan(&list, &list).expect("a plan").is_identity());
}

/// A name used again and again: the plan stays small, the bytes are right at each use.
#[test]
fn types_that_are_used_many_times() {
    let schema = |leaf: &str| {
        let mut of = json!({"type": "record", "name": "R0", "fields": [{"name": "x", "type": leaf}]});
        for level in 1..=24 {
            let again = format!("R{}", level - 1);
            let twice = json!(["null", again]);
            of = json!({"type": "record", "name": format!("R{level}"), "fields": [
                {"name": "l", "type": of}, {"name": "r", "type": twice}, {"name": "s", "type": ["null", again]}]});
        }
        of.to_string()
    };
    fn value(level: u32, x: &Datum) -> Datum {
        if level == 0 {
            return Datum::Record(vec![x.clone()]);
        }
        let deep = if level < 4 {
            some(1, value(level - 1, x))
        } else {
            some(0, Datum::Null)
        };
        Datum::Record(vec![value(level - 1, x), deep, some(0, Datum::Null)])
    }
    let plan = plan(&schema("int"), &schema("double")).expect("a plan");
    let read = read(&schema("double"), &written(&plan, &value(24, &Datum::Long(3))));
    assert!(value(24, &Datum::Double(3.0)).is(&read));
}

/// A branch is tried and given up; what fitted within it only as long as it did must not count later.
#[test]
fn a_branch_that_was_given_up_leaves_no_trace() {
    let a = |space: &str, x: &str| {
        json!({"type": "record", "name": "A", "namespace": space, "fields": [
            {"name": "b", "type": {"type": "record", "name": "B", "fields": [{"name": "a", "type": ["null", "A"]}]}},
            {"name": "x", "type": x}]})
    };
    let theirs =
        |b: &str| record(json!([{"name": "u", "type": [a("p", "int"), a("q", "long")]}, {"name": "b", "type": b}]));
    let ours = record(json!([{"name": "u", "type": a("o", "long")}, {"name": "b", "type": "o.B"}]));
    let a = |b: Datum| Datum::Record(vec![b, Datum::Long(5)]);
    let b = |a: Datum| Datum::Record(vec![a]);
    let none = || b(some(0, Datum::Null));
    let value = |branch: &dyn Fn(Datum) -> Datum| {
        let inner = a(b(some(1, a(none()))));
        Datum::Record(vec![branch(inner), b(some(1, a(none())))])
    };
    let plan = plan(&ours, &theirs("q.B")).expect("a plan");
    let read = read(&theirs("q.B"), &written(&plan, &value(&|value| value)));
    assert!(value(&|value| some(1, value)).is(&read), "{read:?}");
    refused_records(&ours, &theirs("p.B"), &["b.a.x: ours is long, theirs int"]);
}
