//! `schema = "…"` as its users meet it: small projects, built by cargo, with files that fit, differ and are missing.

mod project;
mod words;

use project::Project;

/// What every project begins with: an event and a part of it.
const ORDERS: &str = r#"
use publisher_core::{Event, EventData};

#[derive(EventData)]
pub struct Line<'a> {
    pub product: &'a str,
    pub tags: Vec<String>,
}

/// A customer placed an order.
#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", schema = "schemas/com.acme.orders.OrderPlaced.avsc")]
pub struct OrderPlaced<'a> {
    #[event(key)]
    pub order_id: String,
    pub quantity: u32,
    pub lines: Vec<Line<'a>>,
    pub note: Option<String>,
}
"#;

const FILE: &str = "schemas/com.acme.orders.OrderPlaced.avsc";
const BLESS: &str = "`PUBLISHER_SCHEMAS=bless cargo test`";

/// A project whose file has been written by its own test.
fn blessed(name: &str, source: &str) -> Project {
    let project = Project::new(name);
    project.write("service/src/lib.rs", source);
    project.test(Some("bless")).succeeds();
    project
}

#[test]
fn a_file_is_blessed_compared_and_described() {
    let project = Project::new("blessed");
    project.write("service/src/lib.rs", ORDERS);
    // Before there is a file, the build says how to get it, at the attribute's value.
    project.check(None).fails([
        &format!("there is no \"{FILE}\" in the package's root or a folder above it"),
        BLESS,
        "move the type to a module",
        "service/src/lib.rs:12:67",
    ]);
    project.test(Some("bless")).succeeds();
    // The folder stands at the workspace's root, above the package.
    let written = project.read(FILE);
    assert!(
        written.starts_with("{\n  \"type\": \"record\",\n  \"name\": \"OrderPlaced\","),
        "{written}"
    );
    assert!(!project.exists("service/schemas"));
    project.test(None).succeeds().says("__schema_of_OrderPlaced ... ok");
    let description = project.description("com.acme.orders.OrderPlaced");
    for expected in [
        "\"subject\": \"orders-com.acme.orders.OrderPlaced\"",
        "\"schemaFile\": \"schemas/com.acme.orders.OrderPlaced.avsc\"",
        "\"rustFile\": \"service/src/lib.rs\"",
        "\"path\": \"quantity\"",
        "\"path\": \"lines.tags\"",
        "\"line\": 16",
    ] {
        assert!(description.contains(expected), "{expected} is not in {description}");
    }
}

#[test]
fn a_field_that_differs_fails_where_it_stands() {
    let project = blessed("differing", ORDERS);
    for (from, to, line, message) in [
        (
            "quantity: u32",
            "quantity: String",
            "lib.rs:16:9",
            "quantity: the struct has string, the file has long",
        ),
        (
            "tags: Vec<String>",
            "tags: Vec<i64>",
            "lib.rs:17:9",
            "lines[].tags[]: the struct has long, the file has string",
        ),
        (
            "note: Option<String>",
            "note: String",
            "lib.rs:18:9",
            "note: the struct has string, the file has [null, string]",
        ),
        (
            "pub struct Line<",
            "#[event(name = \"Row\")] pub struct Line<",
            "lib.rs:17:9",
            "lines[]: the struct has the record com.acme.orders.Row, the file has the record com.acme.orders.Line",
        ),
        (
            "pub product: &'a str,",
            "pub product: &'a str, pub extra: bool,",
            "lib.rs:17:9",
            "lines[]: the struct has the field `extra`, the file has not",
        ),
    ] {
        project.write("service/src/lib.rs", &ORDERS.replace(from, to));
        project.check(None).fails([&format!("{FILE}: {message}"), BLESS, line]);
    }
    for (from, to, line, message) in [
        (
            "pub quantity: u32,",
            "",
            "lib.rs:13:12",
            "has a field \"quantity\", `OrderPlaced` has not",
        ),
        (
            "pub quantity: u32,",
            "pub quantity: u32, pub rush: bool,",
            "lib.rs:16:28",
            "has no field \"rush\"",
        ),
        (
            "pub quantity: u32,\n    pub lines: Vec<Line<'a>>,",
            "pub lines: Vec<Line<'a>>,\n    pub quantity: u32,",
            "lib.rs:16:9",
            "`lines` stands where",
        ),
        (
            "pub quantity",
            "#[event(default = 1)] pub quantity",
            "lib.rs:16:31",
            "quantity: the default of the struct's field is 1, that of the file's is none",
        ),
    ] {
        let source = ORDERS.replace(from, to);
        assert_ne!(source, ORDERS, "{from}");
        project.write("service/src/lib.rs", &source);
        project.check(None).fails([message, BLESS, line]);
    }
    project.write("service/src/lib.rs", ORDERS);
    project.check(None).succeeds();
}

#[test]
fn a_change_of_the_file_alone_compiles_anew() {
    let project = blessed("file", ORDERS);
    project.check(None).succeeds();
    let committed = project.read(FILE);
    project.write(FILE, &committed.replace("\"long\"", "\"int\""));
    project
        .check(None)
        .fails(["quantity: the struct has long, the file has int"]);
    project.write(FILE, &committed);
    project.check(None).succeeds();
    // What no reader depends on is compared by the test, with its line.
    project.write(FILE, &committed.replace("A customer placed", "A customer has placed"));
    project.check(None).succeeds();
    project.test(None).fails([
        &format!("{FILE}:5 differs from com.acme.orders.OrderPlaced (service/src/lib.rs:11)"),
        "the file has: \"doc\": \"A customer has placed an order.\"",
        "the type has: \"doc\": \"A customer placed an order.\"",
    ]);
}

#[test]
fn a_file_that_is_none_is_an_error_at_the_attribute() {
    let project = blessed("wrong", ORDERS);
    let committed = project.read(FILE);
    for (text, message) in [
        (
            "{ \"type\": ",
            "is no JSON: EOF while parsing a value at line 1 column 10",
        ),
        ("\"string\"", "does not describe a record"),
        (
            &committed.replace("\"OrderPlaced\"", "\"OrderTaken\""),
            "describes `com.acme.orders.OrderTaken`, this is `com.acme.orders.OrderPlaced`",
        ),
        (
            &committed.replace("com.acme.orders", "com.acme.sales"),
            "describes `com.acme.sales.OrderPlaced`, this is `com.acme.orders.OrderPlaced`",
        ),
    ] {
        project.write(FILE, text);
        project.check(None).fails([message, BLESS, "lib.rs:12:67"]);
    }
    // Whatever the file holds, blessing gets past it.
    project.test(Some("bless")).succeeds();
    assert_eq!(project.read(FILE), committed);
    project.write(
        "service/src/lib.rs",
        &ORDERS.replace("OrderPlaced.avsc", "OrderPlaced.json"),
    );
    project
        .check(None)
        .fails(["is no path of a committed schema", "ends in `.avsc`"]);
}

#[test]
fn the_variable_chooses_and_a_change_of_it_compiles_anew() {
    let project = blessed("variable", ORDERS);
    project.check(None).succeeds();
    project.remove("schemas");
    project.check(Some("off")).succeeds();
    project.test(Some("off")).succeeds();
    assert!(!project.exists("schemas"));
    project.check(None).fails(["there is no"]);
    project
        .check(Some("lenient"))
        .fails(["PUBLISHER_SCHEMAS is \"lenient\"", "`bless`", "`off`"]);
    // Without a folder of that name the file goes below the package's root.
    project.test(Some("bless")).succeeds();
    assert!(project.exists("service/schemas/com.acme.orders.OrderPlaced.avsc"));
    project.check(Some("check")).succeeds();
    // A type that has changed is blessed in one go, without a contradiction on the way.
    project.write(
        "service/src/lib.rs",
        &ORDERS.replace("quantity: u32", "quantity: String"),
    );
    project.check(None).fails(["quantity: the struct has string"]);
    project.test(Some("bless")).succeeds();
    project.check(None).succeeds();
}

/// Binaries, modules of any depth, variants of an event enum, JSON.
#[test]
fn contracts_hold_wherever_types_live() {
    let project = Project::new("everywhere");
    project.write("service/src/lib.rs", "");
    let source = r#"
        mod deep {
            pub mod deeper {
                use publisher_core::Event;

                #[derive(Event)]
                #[event(topic = "tasks", namespace = "com.acme.tasks")]
                pub enum TaskEvent<'a> {
                    #[event(schema = "schemas/com.acme.tasks.TaskEventDone.avsc")]
                    Done { #[event(key)] task_id: &'a str, #[event(max = 10)] score: i32 },
                    #[event(encoding = json, schema = "schemas/com.acme.tasks.TaskEventFailed.json")]
                    Failed { #[event(key)] task_id: &'a str, #[event(max_length = 80)] reason: Option<String>, #[event(max = 10)] score: i32 },
                }
            }
        }
        fn main() {
            let _ = deep::deeper::TaskEvent::Done { task_id: "1", score: 1 };
            let _ = deep::deeper::TaskEvent::Failed { task_id: "1", reason: None, score: 1 };
        }
    "#;
    project.write("service/src/main.rs", source);
    project.test(Some("bless")).succeeds();
    project
        .test(None)
        .succeeds()
        .says("deep::deeper::__schema_of_TaskEvent_Done ... ok");
    // In an Avro schema a bound is not to be seen; in a JSON Schema it is part of the contract.
    let changed = |from: &str, to: &str| project.write("service/src/main.rs", &source.replace(from, to));
    changed("max_length = 80", "max_length = 81");
    let file = "schemas/com.acme.tasks.TaskEventFailed.json";
    project
        .check(None)
        .fails([&format!("{file}: reason: the struct has `maxLength` 81, the file 80")]);
    changed("#[event(max = 10)] score", "score");
    project.check(None).fails([&format!(
        "{file}: score: the struct has `maximum` 2147483647, the file 10"
    )]);
    changed("#[event(max_length = 80)] ", "");
    project.check(None).fails([&format!(
        "{file}: reason: the file has constraints that the struct's field has not: maxLength"
    )]);
    changed("reason: Option<String>", "reason: String");
    project.check(None).fails([&format!(
        "{file}: reason: the struct has string, the file has [null, string]"
    )]);
    changed("encoding = json,", "encoding = json, model = open,");
    project
        .check(None)
        .fails(["describes a model that is closed, this is `model = open`"]);
}

/// Flattened, recursive and generic records, tuple structs and aliases are held to their file as all others are.
#[test]
fn records_of_every_form_are_compared() {
    const TREES: &str = r#"
use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(alias = "Knot")]
pub struct Node {
    pub name: String,
    pub children: Vec<Node>,
}

#[derive(EventData)]
#[event(name = "{T}Stamped")]
pub struct Stamped<T> {
    pub by: String,
    pub value: Option<T>,
}

#[derive(EventData)]
pub struct Range(#[event(rename = "from")] pub i64, #[event(rename = "to")] pub i64);

#[derive(Event)]
#[event(topic = "trees", namespace = "com.acme.trees", schema = "schemas/trees.FILE", encoding = ENCODING, unkeyed)]
pub struct Planted {
    #[event(flatten)]
    pub node: Node,
    #[event(alias = "place")]
    pub root: Node,
    pub stamped: Stamped<Range>,
    pub replanted: Option<Box<Planted>>,
}
"#;
    for (extension, encoding) in [("avsc", "avro"), ("json", "json")] {
        let source = TREES.replace("FILE", extension).replace("ENCODING", encoding);
        let project = blessed(&format!("every-form-{encoding}"), &source);
        project.check(None).succeeds();
        project.test(None).succeeds().says("__schema_of_Planted ... ok");
        for (from, to) in [
            ("pub name: String", "pub name: i64"),
            ("pub children: Vec<Node>", "pub children: Option<Vec<Node>>"),
            ("pub children", "pub offspring"),
            ("pub value: Option<T>", "pub value: T"),
            ("\"to\")] pub i64", "\"until\")] pub i64"),
            ("{T}Stamped", "{T}Marked"),
        ] {
            project.write("service/src/lib.rs", &source.replace(from, to));
            project.check(None).fails([&format!("schemas/trees.{extension}")]);
        }
    }
}

/// Wide integers, arrays, sets and chosen forms are held to their file too, as far as its format shows them.
#[test]
fn chosen_forms_are_compared() {
    const FORMS: &str = r#"
use publisher_core::{Event, EventData};

#[derive(EventData)]
pub enum Status { New, Paid }

#[derive(Event)]
#[event(topic = "forms", namespace = "com.acme.forms", schema = "schemas/forms.FILE", encoding = ENCODING, unkeyed)]
pub struct Formed {
    #[event(default = 7)]
    pub wide: u64,
    pub count: std::num::NonZero<u32>,
    pub point: [f64; 2],
    pub bytes: [u8; 4],
    pub set: std::collections::HashSet<String>,
    #[event(as_string, default = "-1")]
    pub huge: i128,
    #[event(as_string)]
    pub status: Option<Status>,
    #[event(fixed = "Sha256")]
    pub hash: [u8; 32],
    #[event(micros)]
    pub at: std::time::SystemTime,
}
"#;
    let fixed_and_length = (
        "\"Sha256\")]\n    pub hash: [u8; 32]",
        "\"Sha256\")]\n    pub hash: [u8; 20]",
    );
    let in_both = [
        ("pub wide: u64", "pub wide: Option<u64>"),
        ("pub point: [f64; 2]", "pub point: [i32; 2]"),
        ("pub set: std::collections::HashSet<String>", "pub set: String"),
        ("\"-1\"", "\"-2\""),
        ("#[event(as_string)]\n    pub status", "pub status"),
        ("#[event(micros)]\n", ""),
    ];
    let in_avro = [fixed_and_length, ("\"Sha256\"", "\"Sha512\"")];
    let in_json = [("[f64; 2]", "[f64; 3]"), ("NonZero<u32>", "NonZero<u16>")];
    for (extension, encoding, more) in [("avsc", "avro", in_avro), ("json", "json", in_json)] {
        let source = FORMS.replace("FILE", extension).replace("ENCODING", encoding);
        let project = blessed(&format!("forms-{encoding}"), &source);
        project.check(None).succeeds();
        project.test(None).succeeds().says("__schema_of_Formed ... ok");
        for (from, to) in in_both.into_iter().chain(more) {
            let changed = source.replace(from, to);
            assert_ne!(changed, source, "{from}");
            project.write("service/src/lib.rs", &changed);
            project.check(None).fails([&format!("schemas/forms.{extension}")]);
        }
    }
}

/// A shared type has a file of its own beside those that refer to it, and is compared through each of them.
#[test]
fn shared_types_have_files_of_their_own() {
    let source = r#"
        use publisher_core::{Event, EventData};

        #[derive(EventData)]
        #[event(shared, namespace = "com.acme")]
        pub struct Country { pub code: String }

        #[derive(EventData)]
        #[event(shared, namespace = "com.acme")]
        pub struct Address { pub street: String, pub country: Country }

        #[derive(Event)]
        #[event(topic = "orders", namespace = "com.acme.orders", schema = "schemas/com.acme.orders.Placed.avsc")]
        pub struct Placed { #[event(key)] pub id: i64, pub to: Option<Address> }

        #[derive(Event)]
        #[event(topic = "orders", namespace = "com.acme.orders", encoding = json, schema = "schemas/com.acme.orders.Sent.json")]
        pub struct Sent { #[event(key)] pub id: i64, pub to: Vec<Address> }
    "#;
    let project = blessed("shared", source);
    for (file, expected) in [
        ("schemas/com.acme.orders.Placed.avsc", "\"com.acme.Address\""),
        ("schemas/com.acme.Address.avsc", "\"com.acme.Country\""),
        ("schemas/com.acme.Country.avsc", "\"code\""),
        ("schemas/com.acme.orders.Sent.json", "\"com.acme.Address.json\""),
        ("schemas/com.acme.Address.json", "\"com.acme.Country.json\""),
        ("schemas/com.acme.Country.json", "\"code\""),
    ] {
        let text = project.read(file);
        assert!(text.contains(expected), "{file}: {text}");
    }
    project.test(None).succeeds();
    project.write("service/src/lib.rs", &source.replace("code: String", "code: u32"));
    project.check(None).fails([
        "schemas/com.acme.orders.Placed.avsc: to.country.code: the struct has long, the file has string",
        "schemas/com.acme.orders.Sent.json: to[].country.code: the struct has integer, the file has string",
    ]);
    // A change of such a file alone compiles anew, and a missing one is found by the test.
    project.write("service/src/lib.rs", source);
    project.check(None).succeeds();
    let country = project.read("schemas/com.acme.Country.avsc");
    project.write(
        "schemas/com.acme.Country.avsc",
        &country.replace("\"string\"", "\"bytes\""),
    );
    project
        .check(None)
        .fails(["to.country.code: the struct has string, the file has bytes"]);
    project.remove_file("schemas/com.acme.Country.avsc");
    project.check(None).succeeds();
    project
        .test(None)
        .fails(["schemas/com.acme.Country.avsc cannot be read"]);
}

/// What a constant counts its steps for, and what a reader of JSON writes otherwise than we do, is no difference.
#[test]
fn large_records_and_small_numbers_fit_their_own_files() {
    const WIDE: &str = r#"
use publisher_core::{Event, EventData};

#[derive(EventData)]
pub struct Wide {
FIELDS}

#[derive(Event)]
#[event(topic = "wide", namespace = "com.acme.wide", schema = "schemas/wide.FILE", encoding = ENCODING, unkeyed)]
pub struct Measured {
    pub wide: Wide,
    pub more: Vec<Wide>,
    #[event(default = 0.000001, min = 0.000000001)]
    pub small: f64,
    #[event(default = 1234567890.123456789, max = 9007199254740.993001)]
    pub exact: f64,
    #[event(default = 10000000000000000.5)]
    pub large: f64,
}
"#;
    let fields: String = (0..200)
        .map(|number| format!("    pub measured_number_{number:03}: i32,\n"))
        .collect();
    for (extension, encoding) in [("avsc", "avro"), ("json", "json")] {
        let source = WIDE
            .replace("FIELDS", &fields)
            .replace("FILE", extension)
            .replace("ENCODING", encoding);
        let project = blessed(&format!("wide-{encoding}"), &source);
        project.check(None).succeeds();
        project.test(None).succeeds().says("__schema_of_Measured ... ok");
        for (from, to) in [
            ("pub measured_number_150: i32", "pub measured_number_150: bool"),
            ("pub measured_number_150: i32", "pub measured_number_xyz: i32"),
            ("default = 0.000001", "default = 0.000002"),
            ("default = 1234567890.123456789", "default = 1234567890.1235"),
        ] {
            let changed = source.replace(from, to);
            assert_ne!(changed, source, "{from}");
            project.write("service/src/lib.rs", &changed);
            project.check(None).fails([&format!("schemas/wide.{extension}")]);
        }
    }
}

/// Shared types stand in documents of their own: of them the file has the names.
#[test]
fn shared_types_are_compared_by_name() {
    const SHARED: &str = r#"
use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
pub enum Country {
    Germany,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
pub struct Category {
    pub within: Option<Box<Category>>,
}

#[derive(Event)]
#[event(topic = "moves", namespace = "com.acme", unkeyed, encoding = ENCODING, schema = "schemas/shared.FILE")]
pub struct Moved {
    pub to: Country,
    pub from: Option<Country>,
    pub categories: Vec<Category>,
}
"#;
    for (extension, encoding) in [("avsc", "avro"), ("json", "json")] {
        let source = SHARED.replace("FILE", extension).replace("ENCODING", encoding);
        let project = blessed(&format!("shared-{encoding}"), &source);
        project.check(None).succeeds();
        project.test(None).succeeds().says("__schema_of_Moved ... ok");
        for (from, to) in [
            ("Country", "Land"),
            ("Category", "Kind"),
            ("pub to: Country", "pub to: Category"),
        ] {
            let changed = source.replace(from, to);
            assert_ne!(changed, source, "{from}");
            project.write("service/src/lib.rs", &changed);
            project.check(None).fails([&format!("schemas/shared.{extension}")]);
        }
    }
}

/// A path that was copied does not cost another event its schema.
#[test]
fn blessing_leaves_the_file_of_another_event_alone() {
    let project = blessed("copied", ORDERS);
    let committed = project.read(FILE);
    let copy = ORDERS.replace("struct OrderPlaced", "struct OrderShipped");
    project.write("service/src/lib.rs", &copy);
    project.check(None).fails([
        "describes `com.acme.orders.OrderPlaced`, this is `com.acme.orders.OrderShipped`",
        BLESS,
    ]);
    project.test(Some("bless")).fails([&format!(
        "{FILE} is the schema of another type, by its own words and by its name: give com.acme.orders.OrderShipped a file"
    )]);
    assert_eq!(project.read(FILE), committed);
}
