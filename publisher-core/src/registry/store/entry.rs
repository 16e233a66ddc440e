//! [`StoredEntry`]: one answer of a registry, with what it was asked for; and its JSON.
//!
//! Pure. There is one text for each entry, and another text for the same entry is refused: a member that stands there
//! twice or was added by hand is no answer of a registry.

use std::fmt;

use serde_json::{Map, Value};

use crate::record::{SchemaId, SubjectVersion};
use crate::registry::{SchemaReference, SchemaText, SchemaType};
use crate::schema::{Fingerprint, Json, Layout};
use crate::wire::SchemaGuid;

/// A schema's text and those of its references have no more bytes than this together.
const MAX_SCHEMA_BYTES: usize = 1024 * 1024;
/// A schema, what it refers to, what that refers to: so many levels.
const MAX_LEVELS: usize = 16;
/// What a reference costs beside its texts, so that many small ones are bounded as well.
const REFERENCE_BYTES: usize = 64;

/// What a registry was asked for under a subject. Prints as `fingerprint <16 hex digits>`, `latest` or `id <number>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Asked {
    /// Our schema, by [`SchemaText::fingerprint`]. The answer holds for ever.
    Content(Fingerprint),
    /// The latest version. The answer holds as long as nobody registers another.
    Latest,
    /// This id. The answer holds for ever.
    Id(SchemaId),
}

impl Asked {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            None => (text == "latest").then_some(Self::Latest),
            Some(("fingerprint", hex)) => Some(Self::Content(Fingerprint(u64::from_str_radix(hex, 16).ok()?))),
            Some(("id", number)) => Some(Self::Id(SchemaId(number.parse().ok()?))),
            Some(_) => None,
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(fingerprint) => write!(f, "fingerprint {fingerprint}"),
            Self::Latest => f.write_str("latest"),
            Self::Id(id) => write!(f, "id {id}"),
        }
    }
}

/// What one registry answered about one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredEntry {
    /// The registry's configured name, by default its URL without credentials. The entry is never used for another.
    pub registry: String,
    /// The subject.
    pub subject: String,
    /// What was asked for.
    pub asked: Asked,
    /// The id that goes into the frame.
    pub id: SchemaId,
    /// The version within the subject; `None` where the answer did not say. Default: `None`.
    pub version: Option<SubjectVersion>,
    /// The GUID; `None` where the answer did not say. Default: `None`.
    pub guid: Option<SchemaGuid>,
    /// The registry's text with all that it refers to, where it may differ from ours: of the latest version or of an id.
    /// Default: `None`.
    pub schema: Option<SchemaText>,
}

impl StoredEntry {
    /// An answer that says the id alone.
    #[must_use]
    pub fn new(registry: impl Into<String>, subject: impl Into<String>, asked: Asked, id: SchemaId) -> Self {
        Self {
            registry: registry.into(),
            subject: subject.into(),
            asked,
            id,
            version: None,
            guid: None,
            schema: None,
        }
    }

    /// Whether this is the answer to that question.
    pub(super) fn is_for(&self, registry: &str, subject: &str, asked: Asked) -> bool {
        self.registry == registry && self.subject == subject && self.asked == asked
    }

    /// The entry as one line of JSON, members in a fixed order.
    ///
    /// # Errors
    /// Why such an entry cannot be kept.
    pub(super) fn text(&self) -> Result<String, &'static str> {
        if self.id.0 == 0 || self.version == Some(SubjectVersion(0)) {
            return Err("its id or its version is 0, which no registry gives");
        }
        if matches!(self.asked, Asked::Id(asked) if asked != self.id) {
            return Err("its id is not the one that was asked for");
        }
        let mut members = vec![
            ("registry", Json::text(&self.registry)),
            ("subject", Json::text(&self.subject)),
            ("asked", Json::String(self.asked.to_string())),
            ("id", Json::raw(self.id)),
        ];
        members.extend(self.version.map(|version| ("version", Json::raw(version))));
        members.extend(self.guid.map(|guid| ("guid", Json::String(guid.to_string()))));
        if let Some(schema) = &self.schema {
            members.push(("schema", schema_json(schema, 1, &mut { MAX_SCHEMA_BYTES })?));
        }
        Ok(Json::Object(members).print(Layout::Compact))
    }

    /// The entry of which this is the text.
    ///
    /// # Errors
    /// What is wrong with the text, for people, as the rest of a sentence that begins with its place.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let members = object(text)?;
        let known = ["registry", "subject", "asked", "id", "version", "guid", "schema"];
        if let Some(name) = members.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("has the member {name:?}, which is unknown"));
        }
        let asked = string(&members, "asked")?;
        let entry = Self {
            registry: string(&members, "registry")?.to_owned(),
            subject: string(&members, "subject")?.to_owned(),
            asked: Asked::parse(asked)
                .ok_or("has an \"asked\" that is no fingerprint of 16 hex digits, \"latest\" or id")?,
            id: number(&members, "id")?.map(SchemaId).ok_or("has no \"id\"")?,
            version: number(&members, "version")?.map(SubjectVersion),
            guid: match members.get("guid") {
                None => None,
                Some(text) => Some(text.as_str().and_then(guid).ok_or("has a \"guid\" that is none")?),
            },
            schema: match members.get("schema") {
                None => None,
                Some(schema) => Some(schema_text(schema, 1, &mut { MAX_SCHEMA_BYTES })?),
            },
        };
        match entry.text() {
            Ok(written) if written == text => Ok(entry),
            Ok(_) => Err("has a member twice, or another layout than it is written with".to_owned()),
            Err(reason) => Err(format!("is refused: {reason}")),
        }
    }
}

/// The members of a text that is one JSON object.
///
/// # Errors
/// As [`StoredEntry::parse`].
pub(super) fn object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err("is no JSON object".to_owned()),
        Err(error) => {
            // The line that it would name is one of the text's, which may be a line itself.
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            Err(format!("is no JSON: {reason} (column {})", error.column()))
        }
    }
}

fn string<'a>(members: &'a Map<String, Value>, name: &str) -> Result<&'a str, String> {
    let member = members.get(name).ok_or_else(|| format!("has no {name:?}"))?;
    member.as_str().ok_or_else(|| format!("has a {name:?} that is no text"))
}

fn number(members: &Map<String, Value>, name: &str) -> Result<Option<u32>, String> {
    let Some(member) = members.get(name) else {
        return Ok(None);
    };
    let number = member.as_u64().and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or_else(|| format!("has a {name:?} that is no number of 32 bits"))?;
    Ok(Some(number))
}

fn guid(text: &str) -> Option<SchemaGuid> {
    let digits = u128::from_str_radix(&text.replace('-', ""), 16).ok()?;
    Some(SchemaGuid(digits.to_be_bytes()))
}

/// Takes so many bytes of those that are left.
fn spend(left: &mut usize, bytes: usize) -> Result<(), &'static str> {
    *left = left
        .checked_sub(bytes)
        .ok_or("its schema has more than 1 MiB with all that it refers to")?;
    Ok(())
}

fn deeper(level: usize) -> Result<(), &'static str> {
    match level > MAX_LEVELS {
        true => Err("its schema refers to others more than 16 levels deep"),
        false => Ok(()),
    }
}

fn schema_json(schema: &SchemaText, level: usize, left: &mut usize) -> Result<Json, &'static str> {
    deeper(level)?;
    spend(left, schema.text.len())?;
    let mut references = Vec::new();
    for reference in &*schema.references {
        spend(left, REFERENCE_BYTES + reference.name.len() + reference.subject.len())?;
        let mut members = vec![
            ("name", Json::text(&reference.name)),
            ("subject", Json::text(&reference.subject)),
        ];
        members.extend(reference.version.map(|version| ("version", Json::raw(version))));
        members.push(("schema", schema_json(&reference.schema, level + 1, left)?));
        references.push(Json::Object(members));
    }
    let mut members = vec![
        ("type", Json::text(schema.schema_type.name())),
        ("text", Json::text(&schema.text)),
    ];
    if !references.is_empty() {
        members.push(("references", Json::Array(references)));
    }
    Ok(Json::Object(members))
}

fn schema_text(value: &Value, level: usize, left: &mut usize) -> Result<SchemaText, String> {
    deeper(level)?;
    let members = value.as_object().ok_or("has a schema that is no JSON object")?;
    let schema_type = match string(members, "type")? {
        "AVRO" => SchemaType::Avro,
        "JSON" => SchemaType::Json,
        _ => return Err("has a schema whose type is neither AVRO nor JSON".to_owned()),
    };
    let text = string(members, "text")?;
    spend(left, text.len())?;
    let mut references = Vec::new();
    for reference in members
        .get("references")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let members = reference.as_object().ok_or("has a reference that is no JSON object")?;
        let (name, subject) = (string(members, "name")?, string(members, "subject")?);
        spend(left, REFERENCE_BYTES + name.len() + subject.len())?;
        references.push(SchemaReference {
            name: name.into(),
            subject: subject.into(),
            version: number(members, "version")?.map(SubjectVersion),
            schema: schema_text(
                members.get("schema").ok_or("has a reference without a schema")?,
                level + 1,
                left,
            )?,
        });
    }
    Ok(SchemaText::new(schema_type, text).with_references(references))
}

#[cfg(test)]
pub(super) mod tests;
