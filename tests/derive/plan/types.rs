//! What each change of a type does to a value, and the near-misses that are refused.

use serde_json::{Value as Json, json};

use super::datum::{Datum, plan, read, written};
use super::{becomes, decimal, fixed_decimal, logical, one, refused, some, stays, symbols, text};

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
