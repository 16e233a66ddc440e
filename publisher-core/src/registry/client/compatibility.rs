//! A registry's own verdict on a schema that is not registered yet.

use ::http::Method;
use serde_json::Value;

use super::{RegistryClient, body};
use crate::registry::SchemaText;
use crate::registry::answer::unreadable;
use crate::registry::dependencies::{Call, resolved};
use crate::registry::error::RegistryError;

/// What a registry says of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CompatibilityAnswer {
    /// Whether it would take the schema as the subject's next version. Always true for a subject without a version.
    pub compatible: bool,
    /// Its reasons in its own words, which are not the same from one registry to the next; Apicurio gives none.
    pub messages: Vec<String>,
}

impl RegistryClient {
    /// Asks the registry whether it would take the schema as the subject's next version. Writes nothing. Two requests
    /// where the subject has a level of its own, else up to four (see [`level`](Self::level)), and one for each schema that
    /// it refers to and whose version is unknown: those are looked up.
    ///
    /// Older registries that have no check of a whole subject compare with the latest version alone, whatever the level.
    /// Confluent's answers with `compatible: false` and a message if the text is no schema.
    ///
    /// # Errors
    /// [`RegistryError::InvalidSchema`] if the text is no schema, [`RegistryError::NotFound`] if the registry does not
    /// hold a schema that this one refers to, both not retriable; else as [`subjects`](Self::subjects).
    ///
    /// # Cancel safety
    /// Writes nothing: a dropped future leaves nothing behind.
    pub async fn check_compatibility(
        &self,
        subject: &str,
        schema: &SchemaText,
    ) -> Result<CompatibilityAnswer, RegistryError> {
        let schema = resolved(Call::LookUp, self, schema).await?;
        self.check_at(subject, &schema)
            .await
            .map_err(|error| error.of_subject(subject))
    }

    async fn check_at(&self, subject: &str, schema: &SchemaText) -> Result<CompatibilityAnswer, RegistryError> {
        let all = format!("/compatibility/subjects/{}/versions", self.segment(subject)?);
        let (latest, body) = (format!("{all}/latest"), body(schema));
        // Confluent's looks at the level in either call; asked for all versions, Apicurio compares with all at any level.
        let answer = if self.level_at(subject).await?.level.is_transitive() {
            match self.checked(&all, &body).await {
                // Not the registry's own no: it has no such call.
                Err(RegistryError::NotFound(failure)) if !failure.is_of_registry() => {
                    self.checked(&latest, &body).await
                }
                answer => answer,
            }
        } else {
            self.checked(&latest, &body).await
        };
        match answer {
            Ok(answer) => self.verdict(&answer),
            // 40401: no subject; 40402: none of its versions stands. Nothing to be incompatible with.
            Err(RegistryError::NotFound(failure)) if matches!(failure.code(), Some(40_401 | 40_402)) => {
                Ok(CompatibilityAnswer {
                    compatible: true,
                    messages: Vec::new(),
                })
            }
            Err(error) => Err(error),
        }
    }

    async fn checked(&self, path: &str, body: &str) -> Result<Value, RegistryError> {
        let normalize = if self.http.normalize() { "normalize=true&" } else { "" };
        let path = format!("{path}?{normalize}verbose=true");
        self.http.ask(Method::POST, &path, Some(body)).await
    }

    fn verdict(&self, answer: &Value) -> Result<CompatibilityAnswer, RegistryError> {
        let Some(compatible) = answer.get("is_compatible").and_then(Value::as_bool) else {
            return Err(unreadable(
                self.http.address(),
                "answer does not say whether the schema is compatible",
            ));
        };
        let messages = answer.get("messages").and_then(Value::as_array).into_iter().flatten();
        let messages = messages.map(|message| message.as_str().map_or_else(|| message.to_string(), str::to_owned));
        Ok(CompatibilityAnswer {
            compatible,
            messages: messages.collect(),
        })
    }
}
