//! The endpoints: method and path in, status and JSON out.
//!
//! Knows what each call answers; what is stored and refused is `store.rs`.

mod config;

use std::sync::Mutex;

use hyper::Method;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use super::lock;
use super::refusal::Refusal;
use super::store::{Reference, Store, Stored, Submitted, Version, Wanted, schema_type};
use crate::registry::{SchemaText, SchemaType};

/// The body of registering, looking up and checking; what else clients send is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SchemaBody {
    schema: Option<String>,
    schema_type: Option<String>,
    #[serde(default)]
    references: Vec<Reference>,
}

/// Answers one call.
pub(super) fn answer(
    store: &Mutex<Store>,
    method: &Method,
    path: &str,
    query: Option<&str>,
    body: &[u8],
) -> (u16, String) {
    let decoded = path
        .trim_start_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8());
    let Ok(mut segments) = decoded.collect::<Result<Vec<_>, _>>() else {
        return refused(&Refusal::new(400, 400, "the path is not UTF-8"));
    };
    if segments.last().is_some_and(|segment| segment.is_empty()) {
        segments.pop();
    }
    let segments = segments.iter().map(AsRef::as_ref).collect::<Vec<&str>>();
    match route(
        &mut lock(store),
        method,
        &segments,
        Flags(query.unwrap_or_default()),
        body,
    ) {
        Ok(value) => (200, value.to_string()),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> (u16, String) {
    (
        refusal.status,
        json!({ "error_code": refusal.code, "message": refusal.message }).to_string(),
    )
}

fn route(store: &mut Store, method: &Method, path: &[&str], flags: Flags<'_>, body: &[u8]) -> Result<Value, Refusal> {
    let deleted = flags.is_set("deleted");
    let permanent = flags.is_set("permanent");
    match (method.as_str(), path) {
        ("GET", []) => Ok(json!({})),

        ("GET", ["subjects"]) => Ok(json!(store.subjects(deleted))),
        ("POST", ["subjects", subject]) => {
            let version = store.look_up(subject, &submitted(body)?, deleted)?;
            Ok(place(subject, version, store.stored(version.id)?))
        }
        ("DELETE", ["subjects", subject]) => Ok(json!(store.delete_subject(subject, permanent)?)),
        ("GET", ["subjects", subject, "versions"]) => Ok(json!(numbers(store.versions(subject, deleted)?))),
        ("POST", ["subjects", subject, "versions"]) => {
            let version = store.register(subject, submitted(body)?)?;
            let mut answer = schema(store.stored(version.id)?);
            answer["id"] = json!(version.id);
            answer["version"] = json!(version.number);
            Ok(answer)
        }
        ("GET", ["subjects", subject, "versions", version, rest @ ..]) => {
            let version = store.version(subject, wanted(version)?, deleted)?;
            match rest {
                [] => Ok(place(subject, version, store.stored(version.id)?)),
                ["schema"] => Ok(bare(store.stored(version.id)?)),
                ["referencedby"] => Ok(json!(store.referenced_by(subject, version.number))),
                _ => Err(no_endpoint()),
            }
        }
        ("DELETE", ["subjects", subject, "versions", version]) => {
            Ok(json!(store.delete_version(subject, wanted(version)?, permanent)?))
        }

        ("GET", ["schemas", "types"]) => Ok(json!([SchemaType::Json.name(), SchemaType::Avro.name()])),
        ("GET", ["schemas", "ids", id, rest @ ..]) => {
            let id = id.parse().map_err(|_| no_endpoint())?;
            let stored = store.stored(id)?;
            let places = store.places(id, deleted);
            match rest {
                [] => Ok(schema(stored)),
                ["schema"] => Ok(bare(stored)),
                ["subjects"] => Ok(places.iter().map(|(subject, _)| json!(subject)).collect()),
                ["versions"] => Ok(places
                    .iter()
                    .map(|(subject, version)| json!({ "subject": subject, "version": version }))
                    .collect()),
                _ => Err(no_endpoint()),
            }
        }

        ("GET", ["config"]) => Ok(config::told(store.levels.global())),
        ("PUT", ["config"]) => config::set(&mut store.levels, None, body),
        ("DELETE", ["config"]) => Ok(config::told(store.levels.reset())),
        ("GET", ["config", subject]) if flags.is_set("defaultToGlobal") => {
            Ok(config::told(store.levels.effective(subject)))
        }
        ("GET", ["config", subject]) => config::own(subject, store.levels.own(subject)),
        ("PUT", ["config", subject]) => config::set(&mut store.levels, Some(subject), body),
        ("DELETE", ["config", subject]) => config::own(subject, store.levels.remove(subject)),

        ("POST", ["compatibility", "subjects", subject, "versions", rest @ ..]) => {
            let wanted = match rest {
                [] => None,
                [version] => Some(wanted(version)?),
                _ => return Err(no_endpoint()),
            };
            checked(store, subject, wanted, &submitted(body)?, flags.is_set("verbose"))
        }

        _ => Err(no_endpoint()),
    }
}

/// Whether a schema may follow, or goes with one version. Who wants reasons is told also that a text is no schema by one
/// of them.
fn checked(
    store: &Store,
    subject: &str,
    wanted: Option<Wanted>,
    submitted: &Submitted,
    verbose: bool,
) -> Result<Value, Refusal> {
    let messages = match store.new_schema(submitted) {
        Ok((_, syntax)) => match wanted {
            None => store.incompatibilities(subject, &syntax.document)?,
            Some(wanted) => store.incompatibilities_with(subject, &syntax.document, wanted)?,
        },
        Err(refusal) if verbose => vec![refusal.message],
        Err(refusal) => return Err(refusal),
    };
    let mut answer = json!({ "is_compatible": messages.is_empty() });
    if verbose {
        answer["messages"] = json!(messages);
    }
    Ok(answer)
}

/// The switches in a query.
#[derive(Clone, Copy)]
struct Flags<'a>(&'a str);

impl Flags<'_> {
    fn is_set(self, name: &str) -> bool {
        self.0.split('&').any(|pair| {
            pair.split_once('=')
                .is_some_and(|(key, value)| key == name && value == "true")
        })
    }
}

fn no_endpoint() -> Refusal {
    Refusal::new(404, 404, "HTTP 404 Not Found")
}

fn submitted(body: &[u8]) -> Result<Submitted, Refusal> {
    let body: SchemaBody = parsed(body)?;
    let schema_type = schema_type(body.schema_type.as_deref())?;
    let text = body
        .schema
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| Refusal::invalid_schema("Empty schema"))?;
    Ok(Submitted {
        schema: SchemaText::new(schema_type, text),
        references: body.references,
    })
}

fn parsed<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::new(400, 400, format!("Unable to process JSON: {error}")))
}

fn wanted(version: &str) -> Result<Wanted, Refusal> {
    match version {
        "latest" | "-1" => Ok(Wanted::Latest),
        _ => match version
            .parse::<i32>()
            .ok()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number > 0)
        {
            Some(number) => Ok(Wanted::Number(number)),
            None => {
                let allowed = "Allowed values are between [1, 2^31-1] and the string \"latest\"";
                Err(Refusal::new(
                    422,
                    42202,
                    format!("The specified version '{version}' is not a valid version id. {allowed}"),
                ))
            }
        },
    }
}

fn numbers(versions: Vec<Version>) -> Vec<u32> {
    versions.into_iter().map(|version| version.number).collect()
}

/// A schema with its place.
fn place(subject: &str, version: Version, stored: &Stored) -> Value {
    let mut answer = schema(stored);
    answer["subject"] = json!(subject);
    answer["id"] = json!(version.id);
    answer["version"] = json!(version.number);
    answer
}

/// A schema without a place. The type is absent for Avro and the references if there are none, as in Confluent's
/// answers.
fn schema(stored: &Stored) -> Value {
    let mut answer = json!({ "schema": &*stored.schema.text });
    if stored.schema.schema_type != SchemaType::Avro {
        answer["schemaType"] = json!(stored.schema.schema_type.name());
    }
    if !stored.references.is_empty() {
        answer["references"] = json!(stored.references);
    }
    answer
}

/// The schema's own text; it is JSON, or the bare name of an Avro type.
fn bare(stored: &Stored) -> Value {
    serde_json::from_str(&stored.schema.text).unwrap_or_else(|_| json!(&*stored.schema.text))
}
