//! Subjects with a history, made from a number: texts as large and as nested as those of use.
//!
//! Every version adds one field with a default and keeps the rest, as an event evolves. Knows no threshold.

use publisher_core::compatibility::Level;
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::{Map, Value, json};

/// How many versions a subject has, the candidate among them.
pub const VERSIONS: usize = 10;

/// A subject.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its level.
    pub level: Level,
    /// The versions' texts, the oldest first.
    pub versions: Vec<SchemaText>,
}

/// The subject with this number: three of five are Avro, half of them ask for both directions.
#[must_use]
pub fn subject(number: usize) -> Subject {
    let level = match number % 2 {
        0 => Level::FullTransitive,
        _ => Level::BackwardTransitive,
    };
    let schema_type = match number % 5 {
        0..=2 => SchemaType::Avro,
        _ => SchemaType::Json,
    };
    Subject {
        level,
        versions: (0..VERSIONS)
            .map(|version| text(number, version, schema_type))
            .collect(),
    }
}

/// A version of the subject with this number.
#[must_use]
pub fn text(number: usize, version: usize, schema_type: SchemaType) -> SchemaText {
    let value = match schema_type {
        SchemaType::Avro => avro(number, version),
        SchemaType::Json => json_schema(number, version),
    };
    SchemaText::new(schema_type, value.to_string())
}

/// How many fields the first version has beside the nested ones: 10 to 20, so that the last has up to 30.
fn plain_fields(number: usize) -> usize {
    10 + number % 11
}

fn avro(number: usize, version: usize) -> Value {
    let plain = [
        json!("string"),
        json!("long"),
        json!(["null", "string"]),
        json!({"type": "long", "logicalType": "timestamp-micros"}),
        json!({"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 2}),
        json!("boolean"),
    ];
    let mut fields: Vec<Value> = (0..plain_fields(number))
        .map(|field| {
            json!({
                "name": format!("attribute_{field}"),
                "type": plain[(number + field) % plain.len()],
                "doc": format!("Attribute {field} of the event."),
            })
        })
        .collect();
    fields.extend([
        json!({"name": "customer", "type": {"type": "record", "name": "Customer", "fields": [
            {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
            {"name": "mail", "type": ["null", "string"], "default": null},
            {"name": "address", "type": {"type": "record", "name": "Address", "fields": [
                {"name": "street", "type": "string"},
                {"name": "city", "type": "string"},
                {"name": "postal_code", "type": "string"},
                {"name": "country", "type": {"type": "enum", "name": "Country", "symbols": ["DE", "FR", "GB", "US", "OTHER"],
                    "default": "OTHER"}},
            ]}},
        ]}}),
        json!({"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
            {"name": "sku", "type": "string"},
            {"name": "quantity", "type": "int"},
            {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
        ]}}}),
        json!({"name": "billing", "type": ["null", "Address"], "default": null}),
        json!({"name": "labels", "type": {"type": "map", "values": "string"}, "default": {}}),
    ]);
    fields.extend((0..version).map(|added| {
        json!({
            "name": format!("added_{added}"),
            "type": ["null", plain[(number + added) % 2]],
            "default": null,
            "doc": format!("Since version {}.", added + 2),
        })
    }));
    json!({
        "type": "record",
        "name": format!("Event{number}"),
        "namespace": "com.acme.orders",
        "doc": "An event of the orders' domain.",
        "fields": fields,
    })
}

fn json_schema(number: usize, version: usize) -> Value {
    let plain = [
        json!({"type": "string", "maxLength": 200}),
        json!({"type": "integer", "minimum": 0}),
        json!({"type": ["string", "null"]}),
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "number", "minimum": 0, "maximum": 1_000_000}),
        json!({"enum": ["web", "shop", "phone"]}),
    ];
    let mut properties = Map::new();
    for field in 0..plain_fields(number) {
        let mut schema = plain[(number + field) % plain.len()].clone();
        schema["description"] = json!(format!("Attribute {field} of the event."));
        properties.insert(format!("attribute_{field}"), schema);
    }
    properties.insert(
        "customer".to_owned(),
        json!({"type": "object", "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f-]{36}$"},
        "mail": {"oneOf": [{"type": "null"}, {"type": "string", "maxLength": 320}]},
        "address": {"$ref": "#/definitions/Address"},
    }, "required": ["id", "address"], "additionalProperties": true}),
    );
    properties.insert(
        "lines".to_owned(),
        json!({"type": "array", "items": {"type": "object", "properties": {
        "sku": {"type": "string"},
        "quantity": {"type": "integer", "minimum": 1},
        "price": {"type": "string"},
    }, "required": ["sku", "quantity"]}}),
    );
    properties.insert(
        "billing".to_owned(),
        json!({"oneOf": [{"type": "null"}, {"$ref": "#/definitions/Address"}]}),
    );
    properties.insert(
        "labels".to_owned(),
        json!({"type": "object", "additionalProperties": {"type": "string"}}),
    );
    for added in 0..version {
        properties.insert(
            format!("added_{added}"),
            json!({"type": ["string", "null"], "description": format!("Since version {}.", added + 2)}),
        );
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("com.acme.orders.Event{number}"),
        "type": "object",
        "properties": properties,
        "required": ["attribute_0", "attribute_1", "customer"],
        "additionalProperties": {"type": ["string", "null"]},
        "definitions": {"Address": {"type": "object", "properties": {
            "street": {"type": "string"},
            "city": {"type": "string"},
            "postal_code": {"type": "string", "maxLength": 10},
            "country": {"enum": ["DE", "FR", "GB", "US", "OTHER"]},
        }, "required": ["street", "city", "country"]}},
    })
}
