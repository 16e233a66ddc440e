//! Avro schemas that nobody wrote in good faith end in an error or in a schema, quickly.

use publisher_core::schema::avsc::AvroSchema;

use crate::mutation::mutated;
use crate::numbers::Numbers;

/// Reads the text and uses what came of it.
fn read(text: &str) -> Result<(), String> {
    let result = AvroSchema::parse(text).map(|schema| {
        let form = schema.canonical_form();
        assert_eq!(AvroSchema::parse(&form).unwrap().canonical_form(), form);
        let form = schema.normal_form();
        assert_eq!(AvroSchema::parse(&form).unwrap().normal_form(), form);
        assert!(schema.check_defaults().len() <= text.len());
    });
    result.map_err(|error| error.to_string())
}

fn refused(text: &str, reason: &str) {
    let error = read(text).unwrap_err();
    assert!(error.contains(reason), "{error}");
    assert!(error.len() < 2_000, "an error of {} bytes", error.len());
}

#[test]
fn nesting_ends_at_128_levels() {
    for (open, close) in [
        (r#"{"type":"array","items":"#, "}"),
        ("[", "]"),
        (r#"{"type":"record","name":"R","fields":[{"name":"a","type":"#, "}]}"),
        (r#"{"type":"int","x":["#, "]}"),
    ] {
        let text = format!("{}\"int\"{}", open.repeat(10_000), close.repeat(10_000));
        refused(&text, "nests more than 128 levels deep");
        refused(&open.repeat(10_000), "nests more than 128 levels deep");
    }
}

#[test]
fn large_texts_take_time_by_their_length() {
    let mut fields = String::new();
    for index in 0..100_000 {
        fields += &format!(r#"{{"name":"field_{index}","type":["null","string"],"default":null}},"#);
    }
    fields.pop();
    let record = format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#);
    assert!(record.len() > 5_000_000);
    read(&record).unwrap();
    let branches: Vec<String> = (0..100_000)
        .map(|index| format!(r#"{{"type":"fixed","name":"F{index}","size":1}}"#))
        .collect();
    read(&format!("[{}]", branches.join(","))).unwrap();
    let symbols: Vec<String> = (0..200_000).map(|index| format!("\"S{index}\"")).collect();
    read(&format!(
        r#"{{"type":"enum","name":"E","symbols":[{}]}}"#,
        symbols.join(",")
    ))
    .unwrap();
    read(&format!(r#"{{"type":"int","x":"{}"}}"#, "x".repeat(5_000_000))).unwrap();
}

#[test]
fn long_names_are_names_and_long_mistakes_are_told_shortly() {
    let name = "n".repeat(1_000_000);
    read(&format!(r#"{{"type":"fixed","name":"{name}","size":1}}"#)).unwrap();
    refused(
        &format!(r#"{{"type":"fixed","name":"{name}-","size":1}}"#),
        "is no name",
    );
    refused(&format!("\"{name}\""), "is not known here");
    refused(&format!("[\"int\",{{\"type\":\"{name}\"}}]"), "is not known here");
    let twice = format!(r#"{{"type":"enum","name":"E","symbols":["{name}","{name}"]}}"#);
    refused(&twice, "stands twice");
}

#[test]
fn what_json_leaves_open() {
    // Of two members of one name the last counts, as in Java.
    assert_eq!(
        AvroSchema::parse(r#"{"type":"array","items":"int","items":"string"}"#)
            .unwrap()
            .canonical_form(),
        r#"{"type":"array","items":"string"}"#
    );
    for value in ["NaN", "-Infinity", "\"\\ud800\"", "01", "1e999"] {
        refused(
            &format!(r#"{{"type":"record","name":"R","fields":[{{"name":"a","type":"double","default":{value}}}]}}"#),
            "is no JSON",
        );
    }
    refused("\"int\" \"int\"", "is no JSON");
    refused("\u{feff}\"int\"", "is no JSON");
}

const SAMPLE: &str = r#"{"type":"record","name":"R","namespace":"a.b","doc":"d\u00e9","aliases":["Q"],"fields":[{"name":"u","type":["null",
{"type":"enum","name":"E","symbols":["A","B"],"default":"A"}],"default":null,"order":"ignore"},{"name":"d","type":{"type":"bytes",
"logicalType":"decimal","precision":9,"scale":2},"default":"\u0001"},{"name":"m","type":{"type":"map","values":{"type":"array","items":
"R"}}},{"name":"f","type":{"type":"fixed","name":"F","size":12,"logicalType":"duration"}},{"name":"x","type":"double","default":-1.5e3}]}"#;

#[test]
fn a_text_cut_anywhere_is_refused() {
    read(SAMPLE).unwrap();
    for end in 0..SAMPLE.len() {
        refused(&SAMPLE[..end], "is no JSON");
    }
}

const PIECES: [&str; 24] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-1",
    "1e400",
    "\"int\"",
    "\"R\"",
    "\"a.b.R\"",
    "\"\"",
    "\"type\"",
    "\"fields\"",
    "\"default\"",
    "2147483648",
    "\\u0000",
    "\\ud83d",
    "{}",
    "[]",
    ".",
];

#[test]
fn mutated_schemas_neither_panic_nor_hang() {
    let (mut accepted, rounds) = (0, 5_000);
    for seed in 0..rounds {
        let text = mutated(SAMPLE, &PIECES, &mut Numbers(seed));
        match std::panic::catch_unwind(|| read(&text)) {
            Ok(result) => accepted += usize::from(result.is_ok()),
            Err(_) => panic!("seed {seed}: {text}"),
        }
    }
    // Both ways must have been walked.
    assert!(
        accepted > 20 && accepted < rounds as usize - 20,
        "{accepted} of {rounds}"
    );
}
