//! What is read, what is refused and where, what defaults are worth.

use super::*;

fn parse(text: &str) -> AvroSchema {
    AvroSchema::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn refused(text: &str, pointer: &str, reason: &str) {
    let error = AvroSchema::parse(text).expect_err(text);
    assert_eq!(error.pointer(), pointer, "{error}: {text}");
    assert!(error.reason().contains(reason), "{error}: {text}");
}

fn fields(schema: &AvroSchema, name: &str) -> Vec<Field> {
    let id = schema.find(name).unwrap_or_else(|| panic!("there is no {name}"));
    match &schema.definition(id).kind {
        Kind::Record { fields, .. } => fields.clone(),
        other => panic!("{other:?} is no record"),
    }
}

/// A record `R` with these fields.
fn record(fields: &str) -> String {
    format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#)
}

#[test]
fn everything_that_a_schema_says_is_kept() {
    let schema = parse(
        r#"{"type":"record","name":"Order","namespace":"com.acme","doc":"d","aliases":["Old","org.b.Older"],"owner":"team",
        "fields":[
            {"name":"id","type":"long","doc":"fd","order":"ignore","aliases":["nr"],"default":-1,"pii":true},
            {"name":"at","type":{"type":"long","logicalType":"timestamp-millis","connect.name":"t"},"order":"descending"},
            {"name":"status","type":{"type":"enum","name":"Status","symbols":["A","B"],"default":"B","x":1}},
            {"name":"hash","type":{"type":"fixed","name":"org.c.Hash","size":16,"logicalType":"uuid"}},
            {"name":"next","type":["null","Order"],"default":null},
            {"name":"tags","type":{"type":"array","items":"string","java-class":"L"}},
            {"name":"sums","type":{"type":"map","values":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}}]}"#,
    );
    let names: Vec<&str> = schema.definitions().iter().map(|one| one.name.full()).collect();
    assert_eq!(names, ["com.acme.Order", "com.acme.Status", "org.c.Hash"]);
    let order = &schema.definitions()[0];
    assert_eq!((order.doc.as_deref(), order.reference), (Some("d"), None));
    let aliases: Vec<&str> = order.aliases.iter().map(FullName::full).collect();
    assert_eq!(aliases, ["com.acme.Old", "org.b.Older"]);
    assert_eq!(order.properties["owner"].to_string(), "\"team\"");
    assert_eq!(order.properties.len(), 1);

    let fields = fields(&schema, "com.acme.Order");
    let (id, at) = (&fields[0], &fields[1]);
    assert_eq!(
        (id.order, at.order, fields[2].order),
        (Order::Ignore, Order::Descending, Order::Ascending)
    );
    assert_eq!(
        (id.aliases.as_slice(), id.doc.as_deref()),
        (&["nr".to_owned()][..], Some("fd"))
    );
    assert_eq!(id.default.as_ref().map(ToString::to_string).as_deref(), Some("-1"));
    assert_eq!(id.properties.keys().collect::<Vec<_>>(), ["pii"]);
    assert_eq!(at.field_type.logical, Some(Logical::TimestampMillis));
    assert_eq!(at.field_type.properties.keys().collect::<Vec<_>>(), ["connect.name"]);
    assert_eq!(fields[4].default, Some(Json(serde_json::Value::Null)));
    assert!(at.default.is_none());
    assert_eq!(
        fields[5].field_type.properties.keys().collect::<Vec<_>>(),
        ["java-class"]
    );
    let described: Vec<String> = fields.iter().map(|field| schema.describe(&field.field_type)).collect();
    assert_eq!(
        described,
        [
            "long",
            "timestamp-millis (long)",
            "enum com.acme.Status",
            "uuid (fixed org.c.Hash)",
            "union of null, record com.acme.Order",
            "array of string",
            "map of decimal(9, 2) (bytes)",
        ]
    );
    match &schema.definitions()[1].kind {
        Kind::Enum { symbols, default } => {
            assert_eq!((symbols.join(" "), default.as_deref()), ("A B".to_owned(), Some("B")))
        }
        other => panic!("{other:?}"),
    }
    assert!(schema.check_defaults().is_empty());
}

#[test]
fn namespaces_are_inherited_from_around() {
    let nested = |inner: &str| {
        format!(r#"{{"type":"record","name":"a.b.R","namespace":"ignored","fields":[{{"name":"f","type":{inner}}}]}}"#)
    };
    for (inner, expected) in [
        (r#"{"type":"fixed","name":"F","size":1}"#, "a.b.F"),
        (r#"{"type":"fixed","name":"F","namespace":"c","size":1}"#, "c.F"),
        (r#"{"type":"fixed","name":"d.F","namespace":"c","size":1}"#, "d.F"),
        (r#"{"type":"fixed","name":"F","namespace":"","size":1}"#, "F"),
    ] {
        let schema = parse(&nested(inner));
        assert_eq!(schema.definitions()[1].name.full(), expected);
        assert_eq!(schema.definitions()[0].name.namespace(), "a.b");
    }
    // A name that the namespace lacks is looked up without one, as in Java.
    let without =
        record(r#"{"name":"a","type":{"type":"record","name":"x.Y","fields":[{"name":"r","type":["null","R"]}]}}"#);
    assert!(parse(&without).find("R").is_some());
    refused(&nested(r#""F""#), "/fields/0/type", "`a.b.F` is not known here");
}

#[test]
fn references_are_known() {
    let money = r#"{"type":"fixed","name":"com.acme.Money","size":8}"#;
    let line = r#"{"type":"record","name":"Line","namespace":"com.acme","fields":[{"name":"price","type":"Money"}]}"#;
    let order = r#"{"type":"array","items":"com.acme.Line"}"#;
    let schema = AvroSchema::parse_with(order, &[money, line]).expect("a schema");
    let of: Vec<(&str, bool)> = schema
        .definitions()
        .iter()
        .map(|one| (one.name.simple(), one.reference.is_some()))
        .collect();
    assert_eq!(of, [("Money", true), ("Line", true)]);
    assert_eq!(schema.describe(schema.root()), "array of record com.acme.Line");
    let error = AvroSchema::parse_with(order, &[line, money]).expect_err("Money comes too late");
    assert_eq!((error.reference(), error.pointer()), (Some(0), "/fields/0/type"));
    assert!(
        error
            .to_string()
            .starts_with("reference 0: /fields/0/type: `com.acme.Money`"),
        "{error}"
    );
    let again = AvroSchema::parse_with(money, &[money]).expect_err("defined twice");
    assert_eq!((again.reference(), again.pointer()), (None, "/name"));
    let wrong = record(r#"{"name":"a","type":"int","default":"x"}"#);
    let schema = AvroSchema::parse_with("\"R\"", &[&wrong]).expect("a schema");
    let errors = schema.check_defaults();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].to_string(), "reference 0: /fields/0/default: is no int");
}

#[test]
fn what_is_no_schema_is_refused_where_it_stands() {
    let enumeration = |rest: &str| format!(r#"{{"type":"enum","name":"E",{rest}}}"#);
    let cases = [
        ("", "", "is no JSON"),
        ("{", "", "is no JSON"),
        ("int", "", "is no JSON"),
        ("7", "", "is no schema"),
        ("{}", "", "has no `type`"),
        ("\"text\"", "", "`text` is not known here"),
        (r#"{"type":["null"]}"#, "/type", "is no type's name"),
        (r#"{"type":"array"}"#, "", "has no `items`"),
        (
            r#"{"type":"map","values":{"type":"list"}}"#,
            "/values/type",
            "`list` is not known here",
        ),
        (r#"["int",["null"]]"#, "/1", "union within a union"),
        (
            r#"["int",{"type":"int","logicalType":"date"}]"#,
            "/1",
            "second branch `int`",
        ),
        (r#"{"type":"record","fields":[]}"#, "", "has no `name`"),
        (r#"{"type":"record","name":"R"}"#, "", "has no `fields`"),
        (r#"{"type":"record","name":"R","fields":{}}"#, "/fields", "no array"),
        (
            r#"{"type":"record","name":"1R","fields":[]}"#,
            "/name",
            "`1R` is no name",
        ),
        (
            r#"{"type":"record","name":"a-b.R","fields":[]}"#,
            "/name",
            "`a-b` in `a-b` is no name",
        ),
        (
            r#"{"type":"record","name":"R","namespace":"a..b","fields":[]}"#,
            "/name",
            "is no name",
        ),
        (r#"{"type":"record","name":7,"fields":[]}"#, "/name", "is no string"),
        (
            r#"{"type":"record","name":"int","fields":[]}"#,
            "/name",
            "name of a primitive type",
        ),
        (
            r#"{"type":"record","name":"R","aliases":["a","-"],"fields":[]}"#,
            "/aliases/1",
            "is no name",
        ),
        (
            r#"{"type":"record","name":"R","aliases":"a","fields":[]}"#,
            "/aliases",
            "is no array of strings",
        ),
        (r#"{"type":"fixed","name":"F"}"#, "", "has no `size`"),
        (
            r#"{"type":"fixed","name":"F","size":-1}"#,
            "/size",
            "is no number of bytes",
        ),
        (
            r#"{"type":"fixed","name":"F","size":"4"}"#,
            "/size",
            "is no number of bytes",
        ),
    ];
    for (text, pointer, reason) in cases {
        refused(text, pointer, reason);
    }
    for (rest, pointer, reason) in [
        (r#""doc":"""#, "", "has no `symbols`"),
        (r#""symbols":["A","A"]"#, "/symbols/1", "stands twice"),
        (r#""symbols":["A-B"]"#, "/symbols/0", "is no name"),
        (r#""symbols":["A"],"default":"B""#, "/default", "none of the symbols"),
    ] {
        refused(&enumeration(rest), pointer, reason);
    }
    for (fields, pointer, reason) in [
        ("7", "/fields/0", "is no object"),
        (r#"{"type":"int"}"#, "/fields/0", "has no `name`"),
        (r#"{"name":"a"}"#, "/fields/0", "has no `type`"),
        (r#"{"name":"a.b","type":"int"}"#, "/fields/0/name", "is no name"),
        (
            r#"{"name":"a","type":"int"},{"name":"a","type":"int"}"#,
            "/fields/1/name",
            "earlier field",
        ),
        (
            r#"{"name":"a","type":"int","order":"up"}"#,
            "/fields/0/order",
            "is no order",
        ),
        (
            r#"{"name":"a","type":"int","aliases":[""]}"#,
            "/fields/0/aliases/0",
            "is no name",
        ),
        (
            r#"{"name":"a","type":{"type":"fixed","name":"R","size":1}}"#,
            "/fields/0/type/name",
            "a second time",
        ),
    ] {
        refused(&record(fields), pointer, reason);
    }
}

#[test]
fn what_java_reads_is_read() {
    for text in [
        " \"int\"\n",
        "[]",
        r#"{"type":"int","size":4}"#,
        r#"{"type":"record","name":"R","doc":7,"fields":[]}"#,
    ] {
        parse(text);
    }
    // An alias may be the name of another field; apache-avro 0.22 refuses that.
    parse(&record(
        r#"{"name":"a","type":"int"},{"name":"b","aliases":["a"],"type":"int"}"#,
    ));
    let deep = format!(
        "{}\"int\"{}",
        r#"{"type":"array","items":"#.repeat(500),
        "}".repeat(500)
    );
    assert!(AvroSchema::parse(&deep).is_err(), "deeper than any stack should go");
}

#[test]
fn a_logical_type_that_does_not_apply_is_a_further_member() {
    let of = |text: &str| {
        let schema = parse(text);
        let properties = match &schema.root().form {
            Form::Named(id) => schema.definition(*id).properties.len(),
            _ => schema.root().properties.len(),
        };
        (schema.describe(schema.root()), properties)
    };
    for (members, logical, kept) in [
        (
            r#""type":"bytes","logicalType":"decimal","precision":4"#,
            "decimal(4, 0) (bytes)",
            0,
        ),
        (
            r#""type":"bytes","logicalType":"decimal","precision":4,"scale":4"#,
            "decimal(4, 4) (bytes)",
            0,
        ),
        (
            r#""type":"bytes","logicalType":"decimal","precision":4,"scale":5"#,
            "bytes",
            3,
        ),
        (r#""type":"bytes","logicalType":"decimal","precision":0"#, "bytes", 2),
        (r#""type":"bytes","logicalType":"decimal","scale":1"#, "bytes", 2),
        (
            r#""type":"bytes","logicalType":"decimal","precision":4,"scale":-1"#,
            "bytes",
            3,
        ),
        (
            r#""type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":4"#,
            "decimal(4, 0) (fixed F)",
            0,
        ),
        (
            r#""type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":5"#,
            "fixed F",
            2,
        ),
        (
            r#""type":"fixed","name":"F","size":12,"logicalType":"duration""#,
            "duration (fixed F)",
            0,
        ),
        (
            r#""type":"fixed","name":"F","size":11,"logicalType":"duration""#,
            "fixed F",
            1,
        ),
        (r#""type":"string","logicalType":"uuid""#, "uuid (string)", 0),
        (r#""type":"bytes","logicalType":"uuid""#, "bytes", 1),
        (r#""type":"int","logicalType":"date""#, "date (int)", 0),
        (r#""type":"long","logicalType":"date""#, "long", 1),
        (r#""type":"int","logicalType":"time-millis""#, "time-millis (int)", 0),
        (
            r#""type":"long","logicalType":"local-timestamp-micros""#,
            "local-timestamp-micros (long)",
            0,
        ),
        (r#""type":"string","logicalType":"of-nobody""#, "of-nobody (string)", 0),
        (r#""type":"string","logicalType":7"#, "string", 1),
    ] {
        assert_eq!(of(&format!("{{{members}}}")), (logical.to_owned(), kept), "{members}");
    }
    // Beside the type, where it is often put by mistake, it means nothing.
    let schema = parse(&record(
        r#"{"name":"a","type":"long","logicalType":"timestamp-millis"}"#,
    ));
    let field = &fields(&schema, "R")[0];
    assert_eq!((&field.field_type.logical, field.properties.len()), (&None, 1));
}

/// The bytes of a default in hexadecimal, or where it is wrong.
fn default(of: &str, value: &str) -> String {
    let quoted = format!("\"{of}\"");
    let schema = parse(if of.starts_with(['{', '[']) { of } else { &quoted });
    let value = Json(serde_json::from_str(value).expect("JSON"));
    let mut out = vec![0xaa];
    match schema.encode_default(schema.root(), &value, &mut out) {
        Ok(()) => out[1..].iter().map(|byte| format!("{byte:02x}")).collect(),
        Err(error) => {
            assert_eq!(out, [0xaa], "nothing of a wrong default is appended");
            error.to_string()
        }
    }
}

#[test]
fn defaults_are_values_of_their_type() {
    let nested = r#"{"type":"record","name":"N","fields":[{"name":"x","type":"int"},{"name":"y","type":"string","default":"o"}]}"#;
    for (of, value, expected) in [
        ("null", "null", ""),
        ("null", "0", "is no null"),
        ("boolean", "true", "01"),
        ("boolean", "1", "is no boolean"),
        ("int", "-1", "01"),
        ("int", "2147483648", "is no whole number of 32 bits"),
        ("int", "1.0", "is no whole number of 32 bits"),
        ("long", "9223372036854775807", "feffffffffffffffff01"),
        ("long", "9223372036854775808", "is no whole number of 64 bits"),
        ("float", "0.1", "cdcccc3d"),
        ("double", "1", "000000000000f03f"),
        ("double", "\"NaN\"", "is no double"),
        // The nearest double to a text that a quick reader misses.
        ("double", "31.245270191439438", "82eafa06ca3e3f40"),
        ("string", "\"é\"", "04c3a9"),
        ("bytes", "\"\u{ff}\\u0000\"", "04ff00"),
        (
            "bytes",
            "\"\u{100}\"",
            "has a character beyond U+00FF; each character is one byte",
        ),
        (r#"{"type":"fixed","name":"F","size":2}"#, "\"\u{ff}a\"", "ff61"),
        (
            r#"{"type":"fixed","name":"F","size":2}"#,
            "\"a\"",
            "is no string of 2 characters, one a byte",
        ),
        (r#"{"type":"enum","name":"E","symbols":["A","B"]}"#, "\"B\"", "02"),
        (
            r#"{"type":"enum","name":"E","symbols":["A","B"]}"#,
            "\"C\"",
            "is no symbol of the enum",
        ),
        (r#"{"type":"array","items":"int"}"#, "[1,2]", "04020400"),
        (r#"{"type":"array","items":"int"}"#, "[]", "00"),
        (r#"{"type":"array","items":"int"}"#, "[1,\"a\"]", "/1: is no int"),
        (
            r#"{"type":"map","values":"int"}"#,
            r#"{"b":1,"a":2}"#,
            "0402610402620200",
        ),
        (
            r#"{"type":"map","values":"int"}"#,
            r#"{"a/b":null}"#,
            "/a~1b: is no int",
        ),
        (nested, r#"{"x":3}"#, "06026f"),
        (nested, r#"{"y":"p","x":3,"z":0}"#, "060270"),
        (nested, "{}", "lacks `x`, which has no default of its own"),
        (nested, r#"{"x":null}"#, "/x: is no int"),
        (nested, "7", "is no record N"),
        // The first branch whose value it is, whichever that is.
        (r#"["null","string"]"#, "\"a\"", "020261"),
        (r#"["bytes","string"]"#, "\"a\"", "000261"),
        (r#"["bytes","string"]"#, "\"\u{100}\"", "0204c480"),
        (
            r#"["null","string"]"#,
            "1",
            "is no value of any branch: union of null, string",
        ),
    ] {
        assert_eq!(default(of, value), expected, "{of} {value}");
    }
}

#[test]
fn a_default_without_end_is_refused() {
    for fields in [
        r#"{"name":"r","type":"R","default":{}}"#,
        r#"{"name":"a","type":"R","default":{}},{"name":"b","type":"R","default":{}}"#,
        r#"{"name":"u","type":["null","R","int"],"default":{}}"#,
    ] {
        let errors = parse(&record(fields)).check_defaults();
        assert!(!errors.is_empty(), "{fields}");
    }
}
