//! The dialect `apicurio` against a real Apicurio Registry: pairs from a seed, and the public ones where
//! `PUBLISHER_TEST_DATA` names their folder.
//!
//! Each pair is two versions of a subject at the level BACKWARD: the registry takes the second, or refuses it.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::{Value, json};
use tests::random::Random;
use tests::say;

use crate::generated::{avro_pair, json_pair};
use crate::raw;

const SEED: u64 = 20_261_127;
const PAIRS: usize = 150;

/// Pairs for which the registry and we part, by name and with the reason.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn a_real_apicurio_judges_as_its_dialect() {
    let Ok(url) = std::env::var("PUBLISHER_TEST_REGISTRY") else {
        say("SKIPPED the dialect on a real registry: PUBLISHER_TEST_REGISTRY is not set (`cargo xtask test` sets it)");
        return;
    };
    let mut random = Random::new(SEED);
    let mut pairs = Vec::new();
    for number in 0..PAIRS {
        let (older, newer) = avro_pair(&mut random);
        pairs.push((format!("avro-{number}"), SchemaType::Avro, older, newer));
        let (older, newer) = json_pair(&mut random);
        pairs.push((format!("json-{number}"), SchemaType::Json, older, newer));
    }
    pairs.extend(public_pairs());

    let run = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    let (mut compatible, mut refused, mut differences) = (0, 0, Vec::new());
    for (name, schema_type, older, newer) in &pairs {
        let (taken, answer) = match ask(&url, &format!("{name}-{run}"), *schema_type, older, newer) {
            Answer::Taken => (true, String::new()),
            Answer::Incompatible(answer) => (false, answer),
            Answer::Refused(_) if name.starts_with("public-") => {
                refused += 1;
                continue;
            }
            Answer::Refused(answer) => {
                // What is generated here is made of what a registry takes.
                differences.push(format!("{name}: refused: {answer}\n  older {older}\n  newer {newer}"));
                continue;
            }
        };
        compatible += usize::from(taken);
        let findings = compare(
            &document(*schema_type, newer),
            &document(*schema_type, older),
            Dialect::Apicurio,
        )
        .unwrap_or_else(|error| panic!("{name}: {error}"));
        if findings.is_empty() != taken && KNOWN.iter().all(|(known, _)| known != name) {
            let ours: Vec<String> = findings.iter().map(ToString::to_string).collect();
            differences.push(format!(
                "{name}: registry {answer:?}\n  ours {ours:?}\n  older {older}\n  newer {newer}"
            ));
        }
    }
    assert!(
        differences.is_empty(),
        "seed {SEED}: {} of {} differ:\n{}",
        differences.len(),
        pairs.len(),
        differences.join("\n")
    );
    let compared = pairs.len() - refused;
    assert!(
        compatible > compared / 10 && compatible < compared * 9 / 10,
        "{compatible} of {compared}"
    );
    say(&format!(
        "the registry and the dialect agree on {compared} pairs, {compatible} of them compatible; {refused} public ones it refuses itself"
    ));
}

/// Public pairs in both directions. A text without `$schema` is given one, as the registry takes none without.
fn public_pairs() -> Vec<(String, SchemaType, Value, Value)> {
    let Some(folder) = std::env::var_os("PUBLISHER_TEST_DATA") else {
        say("SKIPPED the public pairs on a real registry: PUBLISHER_TEST_DATA is not set");
        return Vec::new();
    };
    let path = Path::new(&folder).join("compat").join("pairs-json.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(!cases.is_empty());
    let named = |value: &Value| {
        let mut value = value.clone();
        if let Some(members) = value.as_object_mut() {
            members
                .entry("$schema")
                .or_insert(json!("http://json-schema.org/draft-07/schema#"));
        }
        value
    };
    let mut pairs = Vec::new();
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let (older, newer) = (named(&case["older"]), named(&case["newer"]));
        // Two equal texts are one version for the registry, which then compares nothing.
        if older != newer {
            pairs.push((
                format!("public-{id}-back"),
                SchemaType::Json,
                older.clone(),
                newer.clone(),
            ));
            pairs.push((format!("public-{id}-forth"), SchemaType::Json, newer, older));
        }
    }
    pairs
}

fn document(schema_type: SchemaType, schema: &Value) -> SchemaDocument {
    SchemaDocument::parse(&SchemaText::new(schema_type, schema.to_string()))
        .unwrap_or_else(|error| panic!("{error}: {schema}"))
}

enum Answer {
    Taken,
    /// The newer schema, for the reasons that the registry gives.
    Incompatible(String),
    /// One of the schemas, whatever the other is.
    Refused(String),
}

fn ask(url: &str, subject: &str, schema_type: SchemaType, older: &Value, newer: &Value) -> Answer {
    let level = json!({"compatibility": "BACKWARD"}).to_string();
    let (status, answer) = raw::call(url, "PUT", &format!("/config/{subject}"), &level);
    assert_eq!(status, 200, "{answer}");
    let register = |schema: &Value| {
        let body = json!({"schemaType": schema_type.to_string(), "schema": schema.to_string()}).to_string();
        raw::call(url, "POST", &format!("/subjects/{subject}/versions"), &body)
    };
    let (status, answer) = register(older);
    if status != 200 {
        return Answer::Refused(answer);
    }
    match register(newer) {
        (200, _) => Answer::Taken,
        (409, answer) => Answer::Incompatible(answer),
        (_, answer) => Answer::Refused(answer),
    }
}
