//! What callers send: schemas, and versions in a path.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use super::super::refusal::Refusal;
use super::super::store::{Reference, Submitted, Wanted, schema_type};
use crate::registry::{SchemaMetadata, SchemaText};

/// The body of registering, looking up and checking; what else clients send is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SchemaBody {
    schema: Option<String>,
    schema_type: Option<String>,
    #[serde(default)]
    references: Vec<Reference>,
    metadata: Option<MetadataBody>,
    // Confluent's own client says "none" by -1 and 0.
    id: Option<i64>,
    version: Option<i64>,
}

#[derive(Deserialize)]
struct MetadataBody {
    tags: Option<BTreeMap<String, BTreeSet<String>>>,
    properties: Option<BTreeMap<String, String>>,
    sensitive: Option<BTreeSet<String>>,
}

/// The schema in a body.
pub(super) fn submitted(body: &[u8], normalize: bool) -> Result<Submitted, Refusal> {
    let body: SchemaBody = parsed(body)?;
    let schema_type = schema_type(body.schema_type.as_deref())?;
    let text = body
        .schema
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| Refusal::invalid_schema("Empty schema"))?;
    let mut schema = SchemaText::new(schema_type, text);
    // Not `with_metadata`: a registry tells metadata with nothing in it from none.
    schema.metadata = body.metadata.map(|body| {
        let mut metadata = SchemaMetadata::new();
        metadata.tags = body.tags.unwrap_or_default();
        metadata.properties = body.properties.unwrap_or_default();
        metadata.sensitive = body.sensitive.unwrap_or_default();
        Arc::new(metadata)
    });
    let positive = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok().filter(|n| *n > 0));
    Ok(Submitted {
        schema,
        references: body.references,
        normalize,
        id: positive(body.id),
        version: positive(body.version),
    })
}

pub(super) fn parsed<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::new(400, 400, format!("Unable to process JSON: {error}")))
}

/// A version as it stands in a path.
pub(super) fn wanted(version: &str) -> Result<Wanted, Refusal> {
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
