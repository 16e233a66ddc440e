//! Flattened records: their fields stand in place of the field that holds them.

use std::borrow::Cow;
use std::rc::Rc;

use apache_avro::types::Value;
use publisher_core::{Event, EventData};

use crate::reading::{avro, field, json};

#[derive(Clone, EventData)]
#[event(namespace = "com.acme.shared")]
struct Audit {
    by: String,
    #[event(flatten)]
    place: Place,
    /// How often.
    #[event(min = 1, default = 1)]
    times: i32,
}

#[derive(Clone, EventData)]
#[event(rename_all = "camelCase")]
struct Place {
    host_name: String,
    kind: Kind,
}

#[derive(Clone, Copy, EventData)]
enum Kind {
    Server,
}

#[derive(EventData)]
struct Line<'a> {
    #[event(flatten)]
    first: &'a Audit,
    quantity: u32,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme")]
struct AsAvro<'a> {
    #[event(flatten)]
    audit: Cow<'a, Audit>,
    #[event(key)]
    id: i64,
    line: Line<'a>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", encoding = json)]
enum Events {
    Placed {
        #[event(key)]
        id: i64,
        #[event(flatten)]
        audit: Rc<Audit>,
        #[event(flatten)]
        more: Box<More>,
    },
}

#[derive(EventData)]
struct More {
    note: Option<String>,
}

fn audit(times: i32) -> Audit {
    Audit {
        by: "me".to_owned(),
        place: Place {
            host_name: "h".to_owned(),
            kind: Kind::Server,
        },
        times,
    }
}

#[test]
fn the_fields_stand_in_the_place_of_their_record() {
    let one = audit(1);
    let event = AsAvro {
        audit: Cow::Borrowed(&one),
        id: 7,
        line: Line {
            first: &one,
            quantity: 2,
        },
    };
    // What stands within a flattened record inherits the namespace of the record around it.
    let expected = concat!(
        r#"{"type":"record","name":"AsAvro","namespace":"com.acme","fields":["#,
        r#"{"name":"by","type":"string"},{"name":"hostName","type":"string"},"#,
        r#"{"name":"kind","type":{"type":"enum","name":"Kind","symbols":["Server"]}},"#,
        r#"{"name":"times","doc":"How often.","type":"int","default":1},"#,
        r#"{"name":"id","type":"long"},"#,
        r#"{"name":"line","type":{"type":"record","name":"Line","fields":["#,
        r#"{"name":"by","type":"string"},{"name":"hostName","type":"string"},{"name":"kind","type":"com.acme.Kind"},"#,
        r#"{"name":"times","doc":"How often.","type":"int","default":1},{"name":"quantity","type":"long"}]}}]}"#,
    );
    assert_eq!(&*event.event_type().schema().text, expected);
    let read = avro(&event);
    assert_eq!(field(&read, "hostName"), Value::String("h".to_owned()));
    assert_eq!(field(&read, "times"), Value::Int(1));
    assert_eq!(field(&read, "id"), Value::Long(7));
    assert_eq!(field(&field(&read, "line"), "quantity"), Value::Long(2));
}

#[test]
fn json_has_the_members_of_all() {
    let event = Events::Placed {
        id: 1,
        audit: Rc::new(audit(2)),
        more: Box::new(More { note: None }),
    };
    assert_eq!(
        json(&event),
        r#"{"id":1,"by":"me","hostName":"h","kind":"Server","times":2,"note":null}"#
    );
}

#[test]
fn a_violation_has_the_path_that_readers_see() {
    let bad = audit(0);
    let event = AsAvro {
        audit: Cow::Owned(bad.clone()),
        id: 7,
        line: Line {
            first: &bad,
            quantity: 2,
        },
    };
    let violations = event.write(&mut Vec::new()).expect_err("two violations");
    let paths: Vec<_> = violations.list().iter().map(|violation| violation.path()).collect();
    assert_eq!(paths, ["times", "line.times"]);
}
