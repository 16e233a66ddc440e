//! The endpoints: method and path in, status and JSON out.
//!
//! Knows which call is answered from what; what is stored and refused is `store.rs`, how a schema is told `told.rs`.

mod body;
mod config;
mod flags;
mod mode;
mod told;

use hyper::Method;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use self::body::{submitted, wanted};
use self::flags::Flags;
use self::told::Told;
use super::context;
use super::refusal::Refusal;
use super::store::{Store, Submitted, Wanted};
use crate::registry::SchemaType;

/// Answers one call. Without `guids` as a registry before version 8.
pub(super) fn answer(
    store: &mut Store,
    guids: bool,
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
    let mut segments = segments.iter().map(AsRef::as_ref).collect::<Vec<&str>>();
    let named = match segments.as_slice() {
        ["subjects" | "config" | "mode", subject, ..] => Some((1, context::normal(subject))),
        ["compatibility", "subjects", subject, ..] => Some((2, context::normal(subject))),
        _ => None,
    };
    if let Some((at, subject)) = &named {
        segments[*at] = subject;
    }
    match route(
        store,
        Told { guids },
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

fn route(
    store: &mut Store,
    told: Told,
    method: &Method,
    path: &[&str],
    flags: Flags<'_>,
    body: &[u8],
) -> Result<Value, Refusal> {
    match (method.as_str(), path) {
        ("GET", []) => Ok(json!({})),
        (_, ["subjects", ..]) => subjects(store, told, method, path, flags, body),
        ("GET", ["schemas", ..]) => schemas(store, told, path, flags),
        ("GET", ["contexts"]) => Ok(json!(store.contexts())),

        ("GET", ["config"]) => Ok(config::told(store.levels.global())),
        ("PUT", ["config"]) => config::set(store, None, body),
        ("DELETE", ["config"]) => Ok(config::told(store.levels.reset())),
        ("GET", ["config", subject]) if flags.is_set("defaultToGlobal") => {
            Ok(config::told(store.levels.effective(subject)))
        }
        ("GET", ["config", subject]) => config::own(subject, store.levels.own(subject)),
        ("PUT", ["config", subject]) => config::set(store, Some(subject), body),
        ("DELETE", ["config", subject]) => config::own(subject, store.levels.remove(subject)),

        ("GET", ["mode"]) => Ok(mode::told(store.modes.global())),
        ("PUT", ["mode"]) => mode::set(store, None, flags.is_set("force"), body),
        ("GET", ["mode", subject]) if flags.is_set("defaultToGlobal") => Ok(mode::told(store.modes.effective(subject))),
        ("GET", ["mode", subject]) => mode::own(subject, store.modes.own(subject)),
        ("PUT", ["mode", subject]) => mode::set(store, Some(subject), flags.is_set("force"), body),
        ("DELETE", ["mode", subject]) => mode::removed(subject, store.modes.remove(subject)),

        ("POST", ["compatibility", "subjects", subject, "versions", rest @ ..]) => {
            let wanted = match rest {
                [] => None,
                [version] => Some(wanted(version)?),
                _ => return Err(no_endpoint()),
            };
            let submitted = submitted(body, normalizes(store, subject, flags))?;
            checked(store, subject, wanted, &submitted, flags.is_set("verbose"))
        }

        _ => Err(no_endpoint()),
    }
}

fn subjects(
    store: &mut Store,
    told: Told,
    method: &Method,
    path: &[&str],
    flags: Flags<'_>,
    body: &[u8],
) -> Result<Value, Refusal> {
    let deleted = flags.is_set("deleted");
    let permanent = flags.is_set("permanent");
    match (method.as_str(), path) {
        ("GET", ["subjects"]) => {
            let prefix = flags.value("subjectPrefix");
            Ok(json!(
                store.subjects(prefix.as_deref().unwrap_or(context::WILDCARD), deleted)
            ))
        }
        ("POST", ["subjects", subject]) => {
            let submitted = submitted(body, normalizes(store, subject, flags))?;
            let version = store.look_up(subject, &submitted, deleted)?;
            Ok(told.place(subject, version, store.stored_in(subject, version)?))
        }
        ("DELETE", ["subjects", subject]) => Ok(json!(store.delete_subject(subject, permanent)?)),
        ("GET", ["subjects", subject, "versions"]) => {
            let versions = store.versions(subject, deleted)?;
            Ok(versions.into_iter().map(|version| json!(version.number)).collect())
        }
        ("POST", ["subjects", subject, "versions"]) => {
            let submitted = submitted(body, normalizes(store, subject, flags))?;
            let version = store.register(subject, submitted)?;
            Ok(told.registered(version, store.stored_in(subject, version)?))
        }
        ("GET", ["subjects", subject, "versions", version, rest @ ..]) => {
            let version = store.version(subject, wanted(version)?, deleted)?;
            match rest {
                [] => Ok(told.place(subject, version, store.stored_in(subject, version)?)),
                ["schema"] => Ok(told::bare(store.stored_in(subject, version)?)),
                ["referencedby"] => Ok(json!(store.referenced_by(subject, version.number))),
                _ => Err(no_endpoint()),
            }
        }
        ("DELETE", ["subjects", subject, "versions", version]) => {
            Ok(json!(store.delete_version(subject, wanted(version)?, permanent)?))
        }
        _ => Err(no_endpoint()),
    }
}

fn schemas(store: &Store, told: Told, path: &[&str], flags: Flags<'_>) -> Result<Value, Refusal> {
    match path {
        ["schemas", "types"] => Ok(json!([SchemaType::Json.name(), SchemaType::Avro.name()])),
        ["schemas", "ids", id, rest @ ..] => {
            let id = id.parse().map_err(|_| no_endpoint())?;
            let context = store.context_of_id(id, &flags.value("subject").unwrap_or_default())?;
            let stored = store.stored(context, id)?;
            let places = store.places(context, id, flags.is_set("deleted"));
            match rest {
                [] => Ok(told.schema(stored)),
                ["schema"] => Ok(told::bare(stored)),
                ["subjects"] => Ok(places.iter().map(|(subject, _)| json!(subject)).collect()),
                ["versions"] => Ok(places
                    .iter()
                    .map(|(subject, version)| json!({ "subject": subject, "version": version }))
                    .collect()),
                _ => Err(no_endpoint()),
            }
        }
        ["schemas", "guids", guid, rest @ ..] if told.guids => {
            let none = || Refusal::no_schema_of(guid);
            let found = store.by_guid(guid.parse().map_err(|_| none())?);
            let (_, _, stored) = found.first().ok_or_else(none)?;
            match rest {
                [] => Ok(told.schema(stored)),
                ["ids"] => Ok(found
                    .iter()
                    .map(|(context, id, _)| json!({ "context": context, "id": id }))
                    .collect()),
                _ => Err(no_endpoint()),
            }
        }
        _ => Err(no_endpoint()),
    }
}

/// Whether the text is to be normalized: because the caller says so, or the settings of the subject.
fn normalizes(store: &Store, subject: &str, flags: Flags<'_>) -> bool {
    flags.is_set("normalize") || store.levels.normalizes(subject)
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
    let messages = match store.new_schema(context::of(subject), submitted) {
        Ok(schema) => match wanted {
            None => store.incompatibilities(subject, schema.document())?,
            Some(wanted) => store.incompatibilities_with(subject, schema.document(), wanted)?,
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

fn no_endpoint() -> Refusal {
    Refusal::new(404, 404, "HTTP 404 Not Found")
}
