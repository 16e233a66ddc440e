//! Records that hold themselves, take parameters, are flattened, or have no names for their fields.
//!
//! Knows no event and no other group.

use publisher_core::EventData;
use serde_json::json;

use super::Expected;

#[derive(EventData)]
#[event(alias = "Knot")]
// No map of itself: Apicurio Registry 3.0.9 overflows its stack when it normalizes one.
pub struct Node {
    value: i32,
    next: Option<Box<Node>>,
    children: Vec<Node>,
}

#[derive(EventData)]
#[event(name = "{T}Envelope")]
pub struct Envelope<T> {
    source: &'static str,
    payload: T,
}

#[derive(EventData)]
pub struct Audit {
    by: &'static str,
    #[event(flatten)]
    place: Place,
    #[event(default = 1)]
    times: i32,
}

#[derive(EventData)]
pub struct Place {
    host: &'static str,
    port: Option<u16>,
}

#[derive(EventData)]
pub struct Range(
    #[event(rename = "from")] i64,
    #[event(rename = "to", default = "end")] Option<&'static str>,
);

/// Records of each kind.
#[derive(EventData)]
pub struct Records {
    tree: Node,
    envelope: Envelope<Place>,
    list_envelope: Envelope<Vec<bool>>,
    #[event(flatten)]
    audit: Audit,
    range: Range,
}

/// As [`super::samples`] has them.
pub fn samples() -> [Expected<Records>; 4] {
    [ordinary(), greatest(), least(), empty()]
}

fn leaf(value: i32) -> Node {
    Node {
        value,
        next: None,
        children: Vec::new(),
    }
}

fn audit(by: &'static str, port: Option<u16>, times: i32) -> Audit {
    let place = Place { host: "h", port };
    Audit { by, place, times }
}

fn envelope<T>(payload: T) -> Envelope<T> {
    let source = "web";
    Envelope { source, payload }
}

fn ordinary() -> Expected<Records> {
    Expected {
        value: Records {
            tree: Node {
                next: Some(Box::new(leaf(2))),
                children: vec![leaf(3), leaf(4)],
                ..leaf(1)
            },
            envelope: envelope(Place {
                host: "localhost",
                port: Some(80),
            }),
            list_envelope: envelope(vec![true]),
            audit: audit("ann", Some(1), 2),
            range: Range(-7, Some("here")),
        },
        expected: json!({
            "tree": {
                "value": 1,
                "next": { "value": 2, "next": null, "children": [] },
                "children": [
                    { "value": 3, "next": null, "children": [] },
                    { "value": 4, "next": null, "children": [] },
                ],
            },
            "envelope": { "source": "web", "payload": { "host": "localhost", "port": 80 } },
            "list_envelope": { "source": "web", "payload": [true] },
            "by": "ann",
            "host": "h",
            "port": 1,
            "times": 2,
            "range": { "from": -7, "to": "here" },
        }),
    }
}

/// A list of this many, each within the one before.
const DEPTH: i32 = 30;

fn greatest() -> Expected<Records> {
    let deep = |value, next| Node {
        next: Some(Box::new(next)),
        ..leaf(value)
    };
    let last = json!({ "value": DEPTH, "next": null, "children": [] });
    Expected {
        value: Records {
            tree: (0..DEPTH).rev().fold(leaf(DEPTH), |next, value| deep(value, next)),
            envelope: envelope(Place {
                host: "h",
                port: Some(u16::MAX),
            }),
            list_envelope: envelope(vec![false; 100]),
            audit: audit("bob", Some(u16::MAX), i32::MAX),
            range: Range(9_007_199_254_740_991, Some("")),
        },
        expected: json!({
            "tree": (0..DEPTH).rev().fold(last, |next, value| {
                json!({ "value": value, "next": next, "children": [] })
            }),
            "envelope": { "source": "web", "payload": { "host": "h", "port": 65_535 } },
            "list_envelope": { "source": "web", "payload": vec![false; 100] },
            "by": "bob",
            "host": "h",
            "port": 65_535,
            "times": 2_147_483_647,
            "range": { "from": 9_007_199_254_740_991_i64, "to": "" },
        }),
    }
}

fn least() -> Expected<Records> {
    Expected {
        value: Records {
            tree: leaf(i32::MIN),
            envelope: envelope(Place {
                host: "",
                port: Some(0),
            }),
            list_envelope: envelope(vec![]),
            audit: audit("", Some(0), i32::MIN),
            range: Range(-9_007_199_254_740_991, Some("end")),
        },
        expected: json!({
            "tree": { "value": -2_147_483_648_i64, "next": null, "children": [] },
            "envelope": { "source": "web", "payload": { "host": "", "port": 0 } },
            "list_envelope": { "source": "web", "payload": [] },
            "by": "",
            "host": "h",
            "port": 0,
            "times": -2_147_483_648_i64,
            "range": { "from": -9_007_199_254_740_991_i64, "to": "end" },
        }),
    }
}

fn empty() -> Expected<Records> {
    Expected {
        value: Records {
            tree: leaf(0),
            envelope: envelope(Place { host: "", port: None }),
            list_envelope: envelope(vec![]),
            audit: audit("", None, 0),
            range: Range(0, None),
        },
        expected: json!({
            "tree": { "value": 0, "next": null, "children": [] },
            "envelope": { "source": "web", "payload": { "host": "", "port": null } },
            "list_envelope": { "source": "web", "payload": [] },
            "by": "",
            "host": "h",
            "port": null,
            "times": 0,
            "range": { "from": 0, "to": null },
        }),
    }
}
