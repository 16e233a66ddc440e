//! Which subjects a registry has.

use schema_registry_converter::async_impl::schema_registry::get_all_subjects;

use super::RegistryClient;
use crate::registry::error::RegistryError;

impl RegistryClient {
    /// The subjects that have a schema, without deleted ones, sorted by name. One request.
    ///
    /// # Errors
    /// [`RegistryError::Unreachable`] and [`RegistryError::BadAnswer`] (an answer that is no list of names) are
    /// retriable; [`RegistryError::Unauthorised`] and [`RegistryError::NotFound`] (no registry at this address) are not.
    ///
    /// # Cancel safety
    /// Writes nothing: a dropped future leaves nothing behind.
    pub async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        let mut subjects = get_all_subjects(&self.settings)
            .await
            .map_err(|error| self.typed(error))?;
        subjects.sort();
        Ok(subjects)
    }
}
