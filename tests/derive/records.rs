//! Tuple structs that are records, and the names of before.

use apache_avro::Schema;
use apache_avro::types::Value;
use publisher_core::{Event, EventData};

use crate::reading::{avro, field, json};

#[derive(Clone, EventData)]
#[event(name = "Range", alias = "Span", alias = "com.acme.old.Interval")]
struct Range(
    /// Where it begins.
    #[event(rename = "from", alias = "start", alias = "begin", min = 0)]
    i64,
    #[event(skip)]
    #[expect(dead_code, reason = "is not published")]
    fn(),
    #[event(rename = "to", default = "end")] Option<String>,
);

#[derive(Clone, Copy, EventData)]
#[event(alias = "Condition")]
enum State {
    Open,
}

#[derive(Event)]
#[event(topic = "ranges", namespace = "com.acme", alias = "RangeMoved", unkeyed)]
struct AsAvro {
    #[event(alias = "area")]
    range: Range,
    state: State,
}

#[derive(Event)]
#[event(topic = "ranges", namespace = "com.acme", unkeyed, encoding = json)]
struct AsJson {
    range: Range,
}

fn range(from: i64) -> Range {
    Range(from, || {}, Some("here".to_owned()))
}

#[test]
fn a_tuple_struct_is_a_record_and_aliases_are_printed() {
    let event = AsAvro {
        range: range(1),
        state: State::Open,
    };
    assert_eq!(
        &*event.event_type().schema().text,
        concat!(
            r#"{"type":"record","name":"AsAvro","namespace":"com.acme","aliases":["RangeMoved"],"fields":["#,
            r#"{"name":"range","aliases":["area"],"type":"#,
            r#"{"type":"record","name":"Range","aliases":["Span","com.acme.old.Interval"],"fields":["#,
            r#"{"name":"from","aliases":["start","begin"],"doc":"Where it begins.","type":"long"},"#,
            r#"{"name":"to","type":["string","null"],"default":"end"}]}},"#,
            r#"{"name":"state","type":{"type":"enum","name":"State","aliases":["Condition"],"symbols":["Open"]}}]}"#,
        )
    );
    let read = field(&avro(&event), "range");
    assert_eq!(field(&read, "from"), Value::Long(1));
    assert_eq!(
        field(&read, "to"),
        Value::Union(0, Box::new(Value::String("here".to_owned())))
    );
    assert_eq!(json(&AsJson { range: range(1) }), r#"{"range":{"from":1,"to":"here"}}"#);
    let violations = AsAvro {
        range: range(-1),
        state: State::Open,
    }
    .write(&mut Vec::new())
    .expect_err("a violation");
    assert_eq!(violations.list()[0].path(), "range.from");
}

#[test]
fn readers_know_the_aliases_by_their_full_names() {
    let event = AsAvro {
        range: range(1),
        state: State::Open,
    };
    let schema = Schema::parse_str(&event.event_type().schema().text).expect("a schema");
    let full_names = |schema: &Schema| -> Vec<String> {
        let aliases = schema.aliases().expect("aliases");
        aliases
            .iter()
            .map(|alias| alias.fully_qualified_name(None).to_string())
            .collect()
    };
    assert_eq!(full_names(&schema), ["com.acme.RangeMoved"]);
    let Schema::Record(record) = &schema else {
        panic!("no record")
    };
    let [range, state] = &record.fields[..] else {
        panic!("two fields")
    };
    assert_eq!(range.aliases, ["area"]);
    assert_eq!(full_names(&range.schema), ["com.acme.Span", "com.acme.old.Interval"]);
    assert_eq!(full_names(&state.schema), ["com.acme.Condition"]);
}
