//! What a validator makes of `format` and of regular expressions.
//!
//! Knows no other keyword.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_parts::JsonPart;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;

const FORMAT: LintCase = LintCase::one(
    "a time",
    r#"{"type":"object","properties":{"at":{"type":"string","format":"date-time"}}}"#,
);
const PATTERN: LintCase = LintCase::one(
    "a pattern",
    r#"{"type":"object","properties":{"at":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}$"}}}"#,
);
const PROPERTY: LintCase = LintCase::one(
    "a property of that name",
    r#"{"type":"object","properties":{"format":{"type":"string"}}}"#,
);

/// A format that Ajv does not have.
pub(in crate::lint) static REFUSED: Lint = Lint {
    id: "reader-json-format",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Node],
    levels: &[],
    title: "a `format` is unknown and the schema is refused",
    explanation: "Ajv brings no formats along, not even `date-time`, and throws \"unknown format\". The reader gets no event \
                  unless it passes `validateFormats: false` or adds the formats. Leave `format` out, or write a `pattern`.",
    source: "@confluentinc/schemaregistry 1.10 with Ajv 8, strict mode",
    breaches: &[
        FORMAT,
        LintCase::one(
            "a width of integers",
            r#"{"type":"object","properties":{"id":{"type":"integer","format":"int64"}}}"#,
        ),
    ],
    near_misses: &[PATTERN, PROPERTY],
    check: Check::JsonPart(format),
};

/// A format that nobody checks.
pub(in crate::lint) static UNCHECKED: Lint = Lint {
    id: "reader-json-format-unchecked",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Python],
    levels: &[],
    title: "a `format` is not checked",
    explanation: "confluent-kafka's `JSONDeserializer` validates without a checker of formats, so a text that is no time or no \
                  address passes. Write a `pattern` where the form matters.",
    source: "confluent-kafka 2.16, JSONDeserializer",
    breaches: &[FORMAT],
    near_misses: &[PATTERN, PROPERTY],
    check: Check::JsonPart(format),
};

fn format(part: &JsonPart<'_>) -> Option<Found> {
    let format = part.node.text("format")?;
    Some(Found::new(format!("the format is `{format}`")).at("format"))
}

/// A regular expression that JavaScript refuses.
pub(in crate::lint) static REGEX: Lint = Lint {
    id: "reader-json-pattern",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Node],
    levels: &[],
    title: "a pattern is no regular expression in JavaScript's unicode mode",
    explanation: "Ajv compiles patterns with the flag `u`, which refuses escapes without need (`\\-`, `\\_`), those of other \
                  languages (`\\A`, `\\z`) and groups such as `(?i)` or `(?>`. The schema is then refused and the reader gets \
                  no event. Write the pattern without them.",
    source: "JSON Schema, 6.3.3: ECMA-262; Ajv 8, `unicodeRegExp`",
    breaches: &[
        LintCase::one(
            "an escape without need",
            r#"{"type":"string","pattern":"^[0-9]\\-[0-9]$"}"#,
        ),
        LintCase::one(
            "an escape of another language",
            r#"{"type":"string","pattern":"\\A[0-9]+\\z"}"#,
        ),
        LintCase::one("a flag within", r#"{"type":"string","pattern":"(?i)abc"}"#),
        LintCase::one(
            "the pattern of a name",
            r#"{"type":"object","patternProperties":{"^a\\_":{"type":"string"}}}"#,
        ),
    ],
    near_misses: &[
        PATTERN,
        LintCase::one(
            "escapes that are needed",
            r#"{"type":"string","pattern":"^[\\w\\-]+\\.\\/\\d{2}(?:a|b)(?=c)\\p{L}\\u0041\\\\-$"}"#,
        ),
    ],
    check: Check::JsonPart(|part| {
        let names = part.node.named("patternProperties").into_iter().flatten();
        let patterns = part
            .node
            .text("pattern")
            .into_iter()
            .chain(names.map(|(name, _)| &**name));
        let (pattern, wrong) = patterns
            .into_iter()
            .find_map(|pattern| Some((pattern, refused(pattern)?)))?;
        Some(Found::new(format!("`{wrong}` in `{pattern}`")))
    }),
};

/// What JavaScript's unicode mode refuses in a pattern: escapes and groups that it does not know.
fn refused(pattern: &str) -> Option<String> {
    let mut letters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let escaped = letters.next()?;
                let known = "dDwWsSbBfnrtv0123456789cxupPk^$\\.*+?()[]{}|/".contains(escaped);
                if !(known || in_class && escaped == '-') {
                    return Some(format!("\\{escaped}"));
                }
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && letters.peek() == Some(&'?') => {
                letters.next();
                let kind = letters.peek().copied().unwrap_or(')');
                if !":=!<".contains(kind) {
                    return Some(format!("(?{kind}"));
                }
            }
            _ => {}
        }
    }
    None
}
