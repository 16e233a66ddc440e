//! `publisher explain`: a record's value or key, part by part: frame, schema, every field with its bytes.
//!
//! Reads bytes as text; the frame and the datum are taken apart by `publisher-core`.

use std::fmt::Write as _;
use std::ops::Range;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use publisher_core::registry::{SchemaText, SchemaType};
use publisher_core::schema::avsc::{AvroSchema, Form, datum};
use publisher_core::wire::{Frame, FramedSchema};

use super::Answer;
use crate::Exit;
use crate::cli::Explain;
use crate::failure::Failure;
use crate::judgement::{language, parse};
use crate::members::members;
use crate::origin::committed::read_folder;
use crate::origin::file_name;
use crate::origin::registered::Registered;
use crate::paint::Paint;
use crate::reading;
use crate::settings::Settings;
use crate::surroundings::Surroundings;

/// More bytes of a part are cut in the line of it.
const SHOWN_BYTES: usize = 8;

pub(super) fn run(explain: &Explain, surroundings: &Surroundings) -> Result<Answer> {
    let bytes = given(explain, surroundings)?;
    let header = explain.header.as_deref().map(decoded).transpose()?;
    let mut text = String::new();
    let (framed, payload) = if explain.bare {
        (None, bytes.as_slice())
    } else {
        match Frame::of_record(header.as_deref(), Some(&bytes)) {
            Ok(Some(frame)) => (Some(frame.schema), frame.payload),
            Ok(None) => (None, bytes.as_slice()),
            Err(error) => {
                let failure = Failure::new("the bytes are no frame").because(error);
                let help = "if they have none, say so: --bare --schema FILE; if the schema stands in a header, give its \
                            value: --header HEX";
                return Err(failure.help(help).into());
            }
        }
    };
    if let Some(schema) = &framed {
        let frame = &bytes[..bytes.len() - payload.len()];
        let place = match &header {
            Some(header) => format!("{} (in the header)", hex(header)),
            None => hex(frame),
        };
        let _ = writeln!(text, "frame    {place}: version {}, {schema}", schema.version());
    }
    let schema = schema(explain, framed.as_ref(), surroundings)?;
    let document = parse(&schema.place, &schema.text).map_err(Failure::new)?;
    let _ = writeln!(
        text,
        "schema   {}, {}\npayload  {}\n",
        language(schema.text.schema_type),
        schema.place,
        super::counted(payload.len(), "byte")
    );
    let paint = Paint::new(surroundings.coloured_out);
    let offset = bytes.len() - payload.len();
    let problem = match document.avro() {
        Some(schema) if framed.is_some() && matches!(schema.root().form, Form::Bytes) => {
            root_of_bytes(schema, payload, offset, &mut text);
            None
        }
        Some(schema) => avro(schema, payload, offset, &mut text),
        None => json(payload, offset, &mut text),
    };
    if let Some(problem) = problem {
        let _ = writeln!(text, "\n{} {problem}", paint.error("the bytes do not fit the schema:"));
        return Ok(Answer {
            text,
            exit: Exit::Findings,
        });
    }
    Ok(Answer::clean(text))
}

/// The bytes of the command line or of the file.
fn given(explain: &Explain, surroundings: &Surroundings) -> Result<Vec<u8>> {
    match (&explain.file, &explain.bytes) {
        (Some(file), _) => {
            let bytes = reading::bytes(&surroundings.folder.join(file));
            Ok(bytes.map_err(|error| Failure::new(format!("{file} cannot be read")).because(error))?)
        }
        (None, Some(text)) => decoded(text),
        (None, None) => Err(Failure::new("there are no bytes to explain").into()),
    }
}

/// Hex if all of it is, else base64 of either alphabet.
fn decoded(text: &str) -> Result<Vec<u8>> {
    let compact: String = text.chars().filter(|symbol| !symbol.is_whitespace()).collect();
    let digits = compact.strip_prefix("0x").unwrap_or(&compact);
    if digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        let value = |digit: u8| u8::try_from(char::from(digit).to_digit(16).unwrap_or(0)).unwrap_or(0);
        let pairs = digits.as_bytes().chunks_exact(2);
        return Ok(pairs.map(|pair| value(pair[0]) << 4 | value(pair[1])).collect());
    }
    for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
        if let Ok(bytes) = engine.decode(&compact) {
            return Ok(bytes);
        }
    }
    Err(Failure::new("the bytes are neither hex nor base64")
        .help("bytes of a file as they are: --file FILE")
        .into())
}

/// The writer's schema and where it is from.
struct Source {
    place: String,
    text: SchemaText,
}

fn schema(explain: &Explain, framed: Option<&FramedSchema>, surroundings: &Surroundings) -> Result<Source> {
    if let Some(file) = &explain.schema {
        return from_file(file, surroundings);
    }
    match framed {
        None => Err(Failure::new("bytes without a frame do not say their schema")
            .help("name its file: --schema FILE")
            .into()),
        Some(FramedSchema::Id(id)) => {
            let folder = surroundings.folder.join(&explain.committed.schemas);
            let settings = Settings::read(&folder, &explain.committed.schemas)?;
            let url = explain.registry.registry.as_deref().or(settings.registry.as_deref());
            let registry = Registered::open(url, surroundings).map_err(|error| {
                error.context(
                    Failure::new("the schema is known by its id alone").help("or name its file: --schema FILE"),
                )
            })?;
            Ok(Source {
                place: format!("id {} at {}", id.0, registry.address()),
                text: registry.schema_by_id(*id)?,
            })
        }
        Some(schema) => Err(Failure::new(format!("{schema} is not asked of registries here"))
            .help("name the schema's file: --schema FILE")
            .into()),
    }
}

/// A file with the files beside it that it refers to.
fn from_file(file: &str, surroundings: &Surroundings) -> Result<Source> {
    let path = surroundings.folder.join(file);
    let unreadable = |reason: String| Failure::new(format!("{file} cannot be read")).because(reason);
    let text = reading::text(&path).map_err(|error| unreadable(error.to_string()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let schema_type = file_name(&name).map_or(SchemaType::Avro, |(_, schema_type)| schema_type);
    // What is wrong with other files does not matter here.
    let (beside, _) = read_folder(path.parent().unwrap_or(&surroundings.folder), &surroundings.folder);
    let text = crate::references::resolve(&beside, schema_type, &text.into()).map_err(unreadable)?;
    Ok(Source {
        place: file.to_owned(),
        text,
    })
}

fn avro(schema: &AvroSchema, payload: &[u8], offset: usize, text: &mut String) -> Option<String> {
    let explanation = datum::explain(schema, payload);
    let rows = explanation.entries.iter().map(|entry| Row {
        bytes: entry.bytes.clone(),
        path: entry.path.clone(),
        kind: entry.type_name.clone(),
        value: entry.value.clone(),
    });
    table(rows.collect(), payload, offset, text);
    let mut error = explanation.error?;
    error.at += offset;
    Some(error.to_string())
}

/// `bytes` that are the whole of a framed value, which Confluent's Java client writes and reads without Avro's length.
/// Others write the length: where it could be one, both are told.
fn root_of_bytes(schema: &AvroSchema, payload: &[u8], offset: usize, text: &mut String) {
    let row = Row {
        bytes: 0..payload.len(),
        path: String::new(),
        kind: schema.describe(schema.root()),
        value: hex(payload),
    };
    table(vec![row], payload, offset, text);
    let _ = writeln!(
        text,
        "note: bytes that are the whole value are without Avro's length, as Confluent's Java client writes and reads them"
    );
    let explanation = datum::explain(schema, payload);
    if let (None, [entry]) = (explanation.error, explanation.entries.as_slice()) {
        let _ = writeln!(
            text,
            "note: if they were written with a length they are {}",
            match entry.value.as_str() {
                "" => "none",
                value => value,
            }
        );
    }
}

/// JSON says its fields itself; whether they are those of the schema is not looked at.
fn json(payload: &[u8], offset: usize, text: &mut String) -> Option<String> {
    let payload_text = match std::str::from_utf8(payload) {
        Ok(payload_text) => payload_text,
        Err(error) => return Some(format!("is no UTF-8 from byte {} on", error.valid_up_to())),
    };
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(payload_text) {
        return Some(format!("is no JSON: {error}"));
    }
    let rows = members(payload_text).into_iter().map(|member| Row {
        kind: member.kind.to_owned(),
        value: payload_text[member.bytes.clone()].to_owned(),
        bytes: member.bytes,
        path: member.pointer,
    });
    table(rows.collect(), payload, offset, text);
    None
}

/// A line of the table.
struct Row {
    bytes: Range<usize>,
    path: String,
    kind: String,
    value: String,
}

/// Offsets count from the beginning of the record's bytes, the frame included.
fn table(rows: Vec<Row>, payload: &[u8], offset: usize, text: &mut String) {
    let shown: Vec<[String; 5]> = rows
        .into_iter()
        .map(|row| {
            let bytes = &payload[row.bytes.clone()];
            let more = if bytes.len() > SHOWN_BYTES { "…" } else { "" };
            [
                format!("{}+{}", row.bytes.start + offset, bytes.len()),
                format!("{}{more}", hex(&bytes[..bytes.len().min(SHOWN_BYTES)])),
                if row.path.is_empty() { "/".to_owned() } else { row.path },
                row.kind,
                row.value,
            ]
        })
        .collect();
    let width = |column: usize| {
        shown
            .iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
            .min(40)
    };
    let widths = [width(0), width(1), width(2), width(3)];
    for [at, bytes, path, kind, value] in &shown {
        let [w0, w1, w2, w3] = widths;
        let line = format!("{at:<w0$}  {bytes:<w1$}  {path:<w2$}  {kind:<w3$}  {value}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_hex_or_base64() {
        for (text, expected) in [
            ("00ff", &[0x00, 0xff][..]),
            ("0x00 FF\n01", &[0, 0xff, 1]),
            ("AAAAKgo=", &[0, 0, 0, 0x2a, 0x0a]),
            ("AAAAKgo", &[0, 0, 0, 0x2a, 0x0a]),
            ("-_-_", &[0xfb, 0xff, 0xbf]),
            ("", &[]),
        ] {
            assert_eq!(decoded(text).unwrap(), expected, "{text}");
        }
        assert_eq!(
            decoded("not!").unwrap_err().to_string(),
            "the bytes are neither hex nor base64"
        );
    }
}
