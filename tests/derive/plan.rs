//! Plans by hand: what each change does to a value, and the near-misses that are refused. apache-avro reads the result
//! with their schema.

use serde_json::{Value as Json, json};

use crate::datum::{Datum, plan, read, written};

/// A record with these fields.
fn record(fields: Json) -> String {
    json!({"type": "record", "name": "Order", "namespace": "com.acme", "fields": fields}).to_string()
}

fn one(of: Json) -> String {
    record(json!([{"name": "a", "type": of}]))
}

fn text(value: &str) -> Datum {
    Datum::String(value.to_owned())
}

fn some(branch: usize, value: Datum) -> Datum {
    Datum::Union(branch, Box::new(value))
}

fn check(ours: &str, value: Datum, theirs: &str, expected: Datum) {
    let plan = plan(ours, theirs).unwrap_or_else(|found| panic!("{found:?}\n{ours}\n{theirs}"));
    let value = Datum::Record(vec![value]);
    let read = read(theirs, &written(&plan, &value));
    let expected = Datum::Record(vec![expected]);
    assert!(expected.is(&read), "{expected:?} is not {read:?}\n{ours}\n{theirs}");
    assert!(value == expected || !plan.is_identity(), "{ours}\n{theirs}");
}

/// The type of the only field changes.
fn becomes(ours: Json, value: Datum, theirs: Json, expected: Datum) {
    check(&one(ours), value, &one(theirs), expected);
}

/// The type of the only field changes; the bytes stay.
fn stays(ours: Json, value: Datum, theirs: Json) {
    let plan = plan(&one(ours), &one(theirs.clone())).expect("a plan");
    assert!(plan.is_identity());
    let _ = read(&one(theirs), &written(&plan, &Datum::Record(vec![value])));
}

fn refused(ours: Json, theirs: Json, expected: &[&str]) {
    refused_records(&one(ours), &one(theirs), expected);
}

fn refused_records(ours: &str, theirs: &str, expected: &[&str]) {
    let found = plan(ours, theirs).err().unwrap_or_default();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found} lacks {expected}");
    }
}

fn decimal(precision: u32, scale: u32) -> Json {
    json!({"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale})
}

fn fixed_decimal(size: u32, precision: u32, scale: u32) -> Json {
    json!({"type": "fixed", "name": "Money", "size": size, "logicalType": "decimal", "precision": precision, "scale": scale})
}

fn logical(form: &str, logical: &str) -> Json {
    json!({"type": form, "logicalType": logical})
}

fn symbols(symbols: &[&str]) -> Json {
    json!({"type": "enum", "name": "Status", "symbols": symbols})
}

#[test]
fn numbers_widen_without_loss() {
    for number in [0, -1, 63, 64, i64::from(i32::MAX), i64::from(i32::MIN)] {
        stays(json!("int"), Datum::Long(number), json!("long"));
        becomes(
            json!("int"),
            Datum::Long(number),
            json!("double"),
            Datum::Double(number as f64),
        );
    }
    for float in [0.0, -0.0, f32::MIN, 0.1, f32::MIN_POSITIVE, f32::INFINITY] {
        becomes(
            json!("float"),
            Datum::Float(float),
            json!("double"),
            Datum::Double(f64::from(float)),
        );
    }
    refused(
        json!("int"),
        json!("float"),
        &["a: ours is int, theirs float: it would be rounded"],
    );
    refused(json!("long"), json!("double"), &["rounded"]);
    refused(json!("long"), json!("float"), &["rounded"]);
    refused(json!("long"), json!("int"), &["theirs is narrower"]);
    refused(json!("double"), json!("float"), &["theirs is narrower"]);
    refused(json!("int"), json!("string"), &["no value of ours is one of theirs"]);
    refused(json!("boolean"), json!("int"), &["no value of ours is one of theirs"]);
}

#[test]
fn text_becomes_bytes_and_not_back() {
    let uuid = "01234567-89ab-cdef-0123-456789abcdef";
    stays(json!("string"), text("héllo"), json!("bytes"));
    stays(logical("string", "uuid"), text(uuid), json!("string"));
    stays(logical("string", "uuid"), text(uuid), json!("bytes"));
    stays(json!("string"), text("x"), logical("string", "of-nobody"));
    stays(logical("string", "of-nobody"), text("x"), json!("string"));
    // A logical type that does not apply is ignored, so it is not in the way.
    stays(json!("string"), text("x"), logical("string", "timestamp-millis"));
    refused(json!("bytes"), json!("string"), &["bytes need not be UTF-8"]);
    refused(
        json!("string"),
        logical("string", "uuid"),
        &["ours is string, theirs uuid (string): ours does not say"],
    );
    refused(json!("string"), decimal(4, 2), &["mean different things"]);
}

#[test]
fn times_keep_their_meaning() {
    let millis = || logical("long", "timestamp-millis");
    stays(millis(), Datum::Long(-1), millis());
    for other in ["timestamp-micros", "local-timestamp-millis", "time-micros"] {
        refused(millis(), logical("long", other), &["they mean different things"]);
    }
    refused(millis(), json!("long"), &["theirs does not say what the value means"]);
    refused(json!("long"), millis(), &["ours does not say what the value means"]);
    refused(logical("int", "date"), json!("long"), &["mean different things"]);
    refused(json!("int"), millis(), &["mean different things"]);
}

#[test]
fn decimals_gain_digits_and_a_fixed_size() {
    for value in [0, 1, -1, 127, 128, -128, -129, 200, 9999, -9999] {
        let value = || Datum::Decimal(value);
        stays(decimal(4, 2), value(), decimal(4, 2));
        stays(decimal(4, 2), value(), decimal(18, 2));
        for size in [2, 3, 16] {
            let (ours, theirs) = (one(decimal(4, 2)), one(fixed_decimal(size, 4, 2)));
            let plan = plan(&ours, &theirs).expect("a plan");
            let bytes = written(&plan, &Datum::Record(vec![value()]));
            assert_eq!(bytes.len(), size as usize, "a fixed has no length");
            assert!(Datum::Record(vec![value()]).is(&read(&theirs, &bytes)));
        }
    }
    refused(
        decimal(4, 2),
        decimal(3, 2),
        &["ours is decimal(4, 2) (bytes), theirs decimal(3, 2) (bytes): theirs has fewer digits"],
    );
    refused(decimal(4, 2), decimal(18, 3), &["the scales differ"]);
    refused(decimal(4, 2), decimal(18, 1), &["the scales differ"]);
    refused(decimal(4, 2), json!("bytes"), &["theirs does not say"]);
    refused(json!("bytes"), decimal(4, 2), &["ours does not say"]);
    refused(decimal(4, 2), fixed_decimal(8, 3, 2), &["theirs has fewer digits"]);
    refused(decimal(4, 2), fixed_decimal(8, 8, 3), &["the scales differ"]);
    // Two bytes hold four digits: with five the logical type does not apply.
    refused(decimal(4, 2), fixed_decimal(2, 5, 2), &["theirs does not say"]);
    refused(
        json!("bytes"),
        json!({"type": "fixed", "name": "F", "size": 3}),
        &["give both the same type"],
    );
}

#[test]
fn fixed_and_enums_by_name() {
    let fixed = |name: &str, size: u32| json!({"type": "fixed", "name": name, "size": size});
    stays(fixed("F", 3), Datum::Fixed(vec![1, 2, 3]), fixed("org.other.F", 3));
    refused(fixed("F", 3), fixed("G", 3), &["the names differ"]);
    refused(fixed("F", 3), fixed("F", 4), &["ours has 3 bytes, theirs 4"]);
    let own = || symbols(&["New", "Paid"]);
    stays(own(), Datum::Long(1), symbols(&["New", "Paid", "Sent"]));
    for (number, other) in [(0, 2), (1, 0)] {
        becomes(
            own(),
            Datum::Long(number),
            symbols(&["Paid", "Sent", "New"]),
            Datum::Long(other),
        );
    }
    refused(own(), symbols(&["New"]), &["theirs lacks the symbols Paid"]);
    let with_default = json!({"type": "enum", "name": "Status", "symbols": ["Other"], "default": "Other"});
    refused(own(), with_default, &["theirs lacks the symbols New, Paid"]);
    refused(own(), json!("string"), &["give both the same type"]);
    let renamed = json!({"type": "enum", "name": "State", "aliases": ["Status"], "symbols": ["New", "Paid"]});
    stays(own(), Datum::Long(0), renamed.clone());
    stays(renamed, Datum::Long(0), own());
    refused(
        own(),
        json!({"type": "enum", "name": "State", "symbols": ["New", "Paid"]}),
        &["the names differ"],
    );
}

#[test]
fn unions_are_numbered_as_theirs() {
    let (null_first, null_last) = (json!(["null", "int"]), json!(["int", "null"]));
    becomes(
        null_first.clone(),
        some(0, Datum::Null),
        null_last.clone(),
        some(1, Datum::Null),
    );
    becomes(
        null_first.clone(),
        some(1, Datum::Long(7)),
        null_last.clone(),
        some(0, Datum::Long(7)),
    );
    becomes(
        json!("int"),
        Datum::Long(7),
        null_first.clone(),
        some(1, Datum::Long(7)),
    );
    becomes(json!("null"), Datum::Null, null_last, some(1, Datum::Null));
    becomes(
        null_first.clone(),
        some(1, Datum::Long(7)),
        json!(["string", "double", "null"]),
        some(1, Datum::Double(7.0)),
    );
    becomes(json!(["int"]), some(0, Datum::Long(7)), json!("int"), Datum::Long(7));
    // The branch that is the same comes before one that would do.
    becomes(
        json!("int"),
        Datum::Long(7),
        json!(["double", "long", "int"]),
        some(2, Datum::Long(7)),
    );
    becomes(
        json!("int"),
        Datum::Long(7),
        json!(["double", "long"]),
        some(1, Datum::Long(7)),
    );
    becomes(
        json!("string"),
        text("x"),
        json!(["bytes", "string"]),
        some(1, text("x")),
    );
    refused(null_first.clone(), json!("int"), &["ours may be null, theirs may not"]);
    refused(
        null_first.clone(),
        json!(["int", "string"]),
        &["ours may be null, theirs may not"],
    );
    refused(
        null_first,
        json!(["null", "string"]),
        &["ours is int, theirs union of null, string: theirs has no branch"],
    );
    refused(
        json!(["null", "long"]),
        json!("int"),
        &["ours may be null", "theirs is narrower"],
    );
    // The difference within the branch that is meant, not that there is none.
    let branch = |fields: Json| json!(["null", {"type": "record", "name": "Line", "fields": fields}]);
    refused(
        branch(json!([{"name": "count", "type": "long"}])),
        branch(json!([{"name": "count", "type": "int"}])),
        &["a.count: ours is long, theirs int"],
    );
}

#[test]
fn branches_of_records_by_name() {
    let named = |name: &str, field: Json| json!({"type": "record", "name": name, "fields": [field]});
    let (number, mail) = (
        json!({"name": "number", "type": "int"}),
        json!({"name": "mail", "type": "string"}),
    );
    let ours = json!([named("Card", number.clone()), named("Paypal", mail.clone())]);
    let theirs = json!([named("Paypal", mail), "null", named("Card", number)]);
    let card = || Datum::Record(vec![Datum::Long(42)]);
    let paypal = || Datum::Record(vec![text("a@b.c")]);
    becomes(ours.clone(), some(0, card()), theirs.clone(), some(2, card()));
    becomes(ours.clone(), some(1, paypal()), theirs, some(0, paypal()));
    let longer = json!({"name": "number", "type": "string"});
    refused(
        ours.clone(),
        json!([named("Card", longer)]),
        &[
            "a<com.acme.Card>.number: ours is int, theirs string",
            "a<com.acme.Paypal>: ours is record com.acme.Paypal, theirs union of record com.acme.Card: theirs has no branch",
        ],
    );
    // Two records of one name in two namespaces: the full name decides.
    let spaced = |space: &str| json!({"type": "record", "name": "Card", "namespace": space, "fields": [{"name": "n", "type": "int"}]});
    becomes(spaced("b"), card(), json!([spaced("a"), spaced("b")]), some(1, card()));
}

#[test]
fn containers_change_what_they_hold() {
    let array = |items: Json| json!({"type": "array", "items": items});
    let map = |values: Json| json!({"type": "map", "values": values});
    for count in [0, 1, 3, 100] {
        let numbers = || (0..count).map(Datum::Long).collect();
        let doubles = || (0..count).map(|number| Datum::Double(number as f64)).collect();
        becomes(
            array(json!("int")),
            Datum::Array(numbers()),
            array(json!("double")),
            Datum::Array(doubles()),
        );
        stays(array(json!("int")), Datum::Array(numbers()), array(json!("long")));
        let keyed = |values: Vec<Datum>| {
            Datum::Map(
                values
                    .into_iter()
                    .enumerate()
                    .map(|(key, value)| (key.to_string(), value))
                    .collect(),
            )
        };
        becomes(
            map(json!("int")),
            keyed(numbers()),
            map(json!("double")),
            keyed(doubles()),
        );
        let nested = |inner: Vec<Datum>| Datum::Array(vec![Datum::Array(inner), Datum::Array(Vec::new())]);
        becomes(
            array(array(json!("int"))),
            nested(numbers()),
            array(array(json!("double"))),
            nested(doubles()),
        );
    }
    refused(
        array(json!("long")),
        array(json!("int")),
        &["a[]: ours is long, theirs int"],
    );
    refused(
        map(array(json!("long"))),
        map(array(json!("int"))),
        &["a{}[]: ours is long, theirs int"],
    );
    refused(
        array(json!("int")),
        map(json!("int")),
        &["a: ours is array of int, theirs map of int"],
    );
}

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
