//! Members of a JSON object that somebody else wrote, each asked for as what it should be.
//!
//! A complaint names the member and never shows what stands in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value};

use super::{LeftOut, LeftOutReason, Missing, UnreadableLetter};

/// A JSON object; a member that is missing or null is `None`.
pub(super) struct Fields {
    /// What stands before the name of a member: `held.`; nothing at the top.
    prefix: String,
    members: Map<String, Value>,
}

impl Fields {
    /// # Errors
    /// [`UnreadableLetter::NoEnvelope`]: no JSON, or no object.
    pub(super) fn parse(json: &[u8]) -> Result<Self, UnreadableLetter> {
        let refused = |reason: String| UnreadableLetter::NoEnvelope { reason };
        match serde_json::from_slice(json) {
            Ok(Value::Object(members)) => Ok(Self {
                prefix: String::new(),
                members,
            }),
            Ok(_) => Err(refused("it is JSON, and no object".to_owned())),
            Err(error) => Err(refused(format!(
                "it is no JSON from line {}, column {} on",
                error.line(),
                error.column()
            ))),
        }
    }

    /// The same, as what stands under this name.
    pub(super) fn named(mut self, name: &str) -> Self {
        self.prefix = format!("{name}.");
        self
    }

    /// The complaint about a member.
    pub(super) fn wrong(&self, name: &str, reason: &'static str) -> UnreadableLetter {
        UnreadableLetter::Field {
            name: format!("{}{name}", self.prefix),
            reason,
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, UnreadableLetter> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(name, "is no text")),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, UnreadableLetter> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(name, "is neither true nor false")),
        }
    }

    /// A whole number in the range of its type.
    pub(super) fn number<T: TryFrom<i64>>(&self, name: &str) -> Result<Option<T>, UnreadableLetter> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let number = value.as_i64().and_then(|number| T::try_from(number).ok());
        match number {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong(name, "is no whole number of its range")),
        }
    }

    /// The bytes that a text stands for, by the encoding that another member names; without one the text itself.
    pub(super) fn bytes(&self, name: &str, encoding: &str) -> Result<Option<Vec<u8>>, UnreadableLetter> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match self.text(encoding)? {
            None | Some("utf-8") => Ok(Some(text.as_bytes().to_vec())),
            Some("base64") => match BASE64.decode(text) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(_) => Err(self.wrong(name, "is no base64, which its encoding says")),
            },
            Some(_) => Err(self.wrong(encoding, "is neither `utf-8` nor `base64`")),
        }
    }

    pub(super) fn object(&self, name: &str) -> Result<Option<Self>, UnreadableLetter> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(self.within(format!("{name}."), members))),
            Some(_) => Err(self.wrong(name, "is no object")),
        }
    }

    pub(super) fn objects(&self, name: &str) -> Result<Vec<Self>, UnreadableLetter> {
        let items = match self.get(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => items.iter(),
            Some(_) => return Err(self.wrong(name, "is no list")),
        };
        let object = |(index, item): (usize, &Value)| match item {
            Value::Object(members) => Ok(self.within(format!("{name}[{index}]."), members)),
            _ => Err(self.wrong(name, "holds something else than objects")),
        };
        items.enumerate().map(object).collect()
    }

    pub(super) fn left_out(&self, name: &str) -> Result<LeftOut, UnreadableLetter> {
        match self.object(name)? {
            None => Ok(LeftOut::default()),
            Some(parts) => parts.missing_parts(),
        }
    }

    /// The parts that are left out, of an object that tells nothing else.
    pub(super) fn missing_parts(&self) -> Result<LeftOut, UnreadableLetter> {
        Ok(LeftOut {
            value: self.missing("value")?,
            key: self.missing("key")?,
            headers: self.missing("headers")?,
        })
    }

    fn missing(&self, name: &str) -> Result<Option<Missing>, UnreadableLetter> {
        let Some(part) = self.object(name)? else {
            return Ok(None);
        };
        let reason = match part.text("reason")? {
            None | Some("too_large") => LeftOutReason::TooLarge,
            Some("withheld") => LeftOutReason::Withheld,
            Some("unsendable") => LeftOutReason::Unsendable,
            Some(_) => return Err(part.wrong("reason", "names none that is known")),
        };
        let bytes = part.number::<i64>("bytes")?.unwrap_or_default();
        Ok(Some(Missing {
            bytes: u64::try_from(bytes).map_err(|_| part.wrong("bytes", "is below zero"))?,
            sha256: part.text("sha256")?.map(str::to_owned),
            reason,
            note: part.text("note")?.unwrap_or_default().to_owned(),
        }))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn within(&self, place: String, members: &Map<String, Value>) -> Self {
        Self {
            prefix: format!("{}{place}", self.prefix),
            members: members.clone(),
        }
    }
}
