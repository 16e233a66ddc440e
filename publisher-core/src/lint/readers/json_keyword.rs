//! Keywords that a strict validator refuses.
//!
//! Knows no formats; those are with `json_format`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_parts::JsonPart;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::json_document::Draft;

const NODE: &str = "@confluentinc/schemaregistry 1.10 with Ajv 8, strict mode";

/// Keywords that Ajv has for every draft that the client reads.
const KNOWN: [&str; 61] = [
    "$async",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalProperties",
    "allOf",
    "anyOf",
    // The client adds this one.
    "confluent:tags",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
];

/// A keyword of nobody.
pub(in crate::lint) static UNKNOWN: Lint = Lint {
    id: "reader-json-unknown-keyword",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Node],
    levels: &[],
    title: "a keyword is unknown and the schema is refused",
    explanation: "With `validate: true` the client hands the schema to Ajv in its strict mode, which throws \"unknown keyword\" \
                  at `javaType`, `connect.type`, `x-…`, `$anchor` and at keywords of another draft. The reader gets no event. \
                  `confluent:tags` is the one further keyword that the client knows. Leave the keyword out, or have the \
                  readers pass `strict: false`.",
    source: NODE,
    breaches: &[
        LintCase::one("a hint for Java", r#"{"type":"object","javaType":"com.acme.Placed"}"#),
        LintCase::one(
            "within a property",
            r#"{"type":"object","properties":{"sum":{"type":"string","x-unit":"EUR"}}}"#,
        ),
        LintCase::one(
            "a keyword of 2020-12 in draft-07",
            r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"array","prefixItems":[{}]}"#,
        ),
        LintCase::one(
            "a keyword of draft-07 in 2020-12",
            r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","additionalItems":false}"#,
        ),
        LintCase::one(
            "the identifier of draft-04",
            r#"{"id":"com.acme.Placed","type":"object"}"#,
        ),
    ],
    near_misses: &[
        LintCase::one(
            "tags",
            r#"{"type":"object","properties":{"mail":{"type":"string","confluent:tags":["PII"]}}}"#,
        ),
        LintCase::one(
            "properties may have any name",
            r#"{"type":"object","properties":{"x-unit":{"type":"string"}},"definitions":{"javaType":{}}}"#,
        ),
        LintCase::one(
            "data may have any form",
            r#"{"type":"object","default":{"x-unit":1},"examples":[{"javaType":1}]}"#,
        ),
        LintCase::one(
            "a keyword of 2020-12 there",
            r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","prefixItems":[{}]}"#,
        ),
    ],
    check: Check::JsonPart(unknown),
};

fn unknown(part: &JsonPart<'_>) -> Option<Found> {
    let known = |keyword: &str| match keyword {
        "prefixItems" => part.node.draft() == Draft::Draft2020,
        "additionalItems" | "$recursiveAnchor" => part.node.draft() != Draft::Draft2020,
        _ => KNOWN.contains(&keyword),
    };
    let unknown = part.node.members.keys().filter(|keyword| !known(keyword));
    let unknown: Vec<String> = unknown.map(|keyword| format!("`{keyword}`")).collect();
    (!unknown.is_empty()).then(|| Found::new(format!("Ajv does not know {}", unknown.join(", "))))
}

/// A keyword that does nothing without another.
pub(in crate::lint) static IGNORED: Lint = Lint {
    id: "reader-json-ignored-keyword",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Node],
    levels: &[],
    title: "a keyword does nothing without another, and the schema is refused",
    explanation: "Most validators pass over it; Ajv in its strict mode throws, and the reader gets no event. Leave the keyword \
                  out, or write the one that it belongs to.",
    source: NODE,
    breaches: &[
        LintCase::one("a condition of nothing", r#"{"if":{"type":"object"}}"#),
        LintCase::one("a consequence of nothing", r#"{"then":{"type":"object"}}"#),
        LintCase::one(
            "further items where all are alike",
            r#"{"type":"array","items":{"type":"string"},"additionalItems":false}"#,
        ),
        LintCase::one("a count of nothing", r#"{"type":"array","minContains":1}"#),
    ],
    near_misses: &[
        LintCase::one(
            "a whole condition",
            r#"{"if":{"type":"object"},"then":{"minProperties":1}}"#,
        ),
        LintCase::one(
            "further items behind a tuple",
            r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
        ),
        LintCase::one("a count", r#"{"type":"array","contains":{},"minContains":1}"#),
    ],
    check: Check::JsonPart(|part| {
        let has = |keyword| part.node.members.contains_key(keyword);
        let tuple = part.node.members.get("items").is_some_and(serde_json::Value::is_array);
        let message = if has("if") && !has("then") && !has("else") {
            "`if` has no `then` and no `else`"
        } else if !has("if") && (has("then") || has("else")) {
            "`then` or `else` has no `if`"
        } else if has("additionalItems") && !tuple && part.node.draft() != Draft::Draft2020 {
            "`additionalItems` has no list of `items`"
        } else if !has("contains") && (has("minContains") || has("maxContains")) {
            "`minContains` or `maxContains` has no `contains`"
        } else {
            return None;
        };
        Some(Found::new(message))
    }),
};

/// A draft that the client does not have.
pub(in crate::lint) static DIALECT: Lint = Lint {
    id: "reader-json-dialect",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Node],
    levels: &[],
    title: "`$schema` is no draft that the reader knows",
    explanation: "Ajv looks the text up as it stands and throws \"no schema with key or ref\" at 2020-12 with a `#` behind it or \
                  with `http`, at draft-07 with `https`, and at draft-04. The reader gets no event. Write \
                  `http://json-schema.org/draft-07/schema#` or `https://json-schema.org/draft/2020-12/schema`.",
    source: NODE,
    breaches: &[
        LintCase::one(
            "2020-12 with a `#`",
            r#"{"$schema":"https://json-schema.org/draft/2020-12/schema#","type":"object"}"#,
        ),
        LintCase::one(
            "2020-12 over http",
            r#"{"$schema":"http://json-schema.org/draft/2020-12/schema","type":"object"}"#,
        ),
        LintCase::one(
            "draft-07 over https",
            r#"{"$schema":"https://json-schema.org/draft-07/schema#","type":"object"}"#,
        ),
        LintCase::one(
            "draft-04",
            r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"object"}"#,
        ),
    ],
    near_misses: &[
        LintCase::one(
            "draft-07",
            r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}"#,
        ),
        LintCase::one(
            "2020-12",
            r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}"#,
        ),
        LintCase::one("nothing, which is draft-07 to registries", r#"{"type":"object"}"#),
    ],
    check: Check::JsonPart(|part| {
        let schema = part.node.text("$schema").filter(|_| part.node.is_root())?;
        (!DIALECTS.contains(&schema)).then(|| Found::new(format!("`{schema}` is unknown")).at("$schema"))
    }),
};

/// All texts with which the client compiles a schema.
const DIALECTS: [&str; 9] = [
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-07/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/schema",
    "http://json-schema.org/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2019-09/schema#",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Keywords beside a reference.
pub(in crate::lint) static BESIDE_REF: Lint = Lint {
    id: "reader-json-beside-ref",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Python, Reader::Node],
    levels: &[],
    title: "readers disagree on keywords beside `$ref`",
    explanation: "Up to draft-07 keywords beside `$ref` do not count. Python's jsonschema and the registry ignore them, Ajv \
                  checks them: an event that one reader takes is refused by another. Write `\"allOf\": [{\"$ref\": …}]` beside \
                  them, which all understand alike.",
    source: "JSON Schema draft-07, 8.3; jsonschema for Python; Ajv 8",
    breaches: &[LintCase::one(
        "a bound beside a reference",
        r##"{"type":"object","definitions":{"a":{"type":"string"}},"properties":{"x":{"$ref":"#/definitions/a","maxLength":1}}}"##,
    )],
    near_misses: &[
        LintCase::one(
            "with allOf",
            r##"{"type":"object","definitions":{"a":{"type":"string"}},"properties":{"x":{"allOf":[{"$ref":"#/definitions/a"}],"maxLength":1}}}"##,
        ),
        LintCase::one(
            "words for people",
            r##"{"type":"object","definitions":{"a":{"type":"string"}},"properties":{"x":{"$ref":"#/definitions/a","description":"x","title":"X"}}}"##,
        ),
        LintCase::one(
            "2020-12, where they count",
            r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","$defs":{"a":{"type":"string"}},"properties":{"x":{"$ref":"#/$defs/a","maxLength":1}}}"##,
        ),
    ],
    check: Check::JsonPart(|part| {
        if part.node.draft() >= Draft::Draft2019 || part.node.text("$ref").is_none() {
            return None;
        }
        let beside = part.node.members.keys().map(String::as_str);
        let beside: Vec<&str> = beside.filter(|keyword| !ANNOTATIONS.contains(keyword)).collect();
        (!beside.is_empty()).then(|| Found::new(format!("`{}` stands beside `$ref`", beside.join("`, `"))))
    }),
};

/// What says nothing about a value.
const ANNOTATIONS: [&str; 14] = [
    "$comment",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "confluent:tags",
    "default",
    "definitions",
    "deprecated",
    "description",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
];
