//! Which versions a subject has, and the schema of one.

use schema_registry_converter::async_impl::schema_registry::{get_all_versions, get_schema_by_subject_and_version};

use super::RegistryClient;
use crate::record::SubjectVersion;
use crate::registry::StoredSchema;
use crate::registry::answer::unreadable;
use crate::registry::error::RegistryError;
use crate::subject;

impl RegistryClient {
    /// The versions of a subject, without deleted ones, the oldest first. One request.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if the subject has no version that stands, not retriable; else as
    /// [`subjects`](Self::subjects).
    ///
    /// # Cancel safety
    /// Writes nothing: a dropped future leaves nothing behind.
    pub async fn versions(&self, subject: &str) -> Result<Vec<SubjectVersion>, RegistryError> {
        self.versions_at(subject)
            .await
            .map_err(|error| error.of_subject(subject))
    }

    async fn versions_at(&self, subject: &str) -> Result<Vec<SubjectVersion>, RegistryError> {
        // The crate puts the subject into the path as it is.
        let mut numbers = get_all_versions(&self.settings, self.segment(subject)?.into_owned())
            .await
            .map_err(|error| self.typed(error))?;
        numbers.sort_unstable();
        if numbers.first() == Some(&0) {
            return Err(unreadable(
                self.http.address(),
                "answer has the version 0; versions begin with 1",
            ));
        }
        Ok(numbers.into_iter().map(SubjectVersion).collect())
    }

    /// The schema of a version of a subject, with all that it refers to; `None` asks for the latest one. One request, and
    /// one for each schema that it refers to, directly or not.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if there is no such subject or version, [`RegistryError::InvalidSchema`] if it is of a
    /// language other than Avro and JSON Schema, both not retriable; else as [`subjects`](Self::subjects).
    ///
    /// # Cancel safety
    /// Writes nothing: a dropped future leaves nothing behind.
    pub async fn schema_of(
        &self,
        subject: &str,
        version: Option<SubjectVersion>,
    ) -> Result<StoredSchema, RegistryError> {
        self.schema_at(subject, version)
            .await
            .map_err(|error| error.of_subject(subject))
    }

    async fn schema_at(&self, subject: &str, version: Option<SubjectVersion>) -> Result<StoredSchema, RegistryError> {
        let number = version.map(|version| version.0);
        let answer = get_schema_by_subject_and_version(&self.settings, &self.segment(subject)?, number)
            .await
            .map_err(|error| self.typed(error))?;
        let id = self.id(Some(answer.id))?;
        let Some(version) = answer
            .version
            .filter(|version| *version > 0)
            .map(SubjectVersion)
            .or(version)
        else {
            return Err(unreadable(self.http.address(), "answer has no version"));
        };
        let what = format!("version {version} of subject {subject}");
        let guid = self.guid(answer.guid.as_deref())?;
        let schema = self.fetched(answer, subject::context(subject), &what).await?;
        Ok(StoredSchema {
            id,
            version,
            guid,
            schema,
        })
    }
}
