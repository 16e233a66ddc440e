//! Deletion: soft first, then permanent.
//!
//! Implements: Confluent Schema Registry REST API, `DELETE /subjects/{subject}` and `DELETE …/versions/{version}`.

use std::collections::BTreeSet;

use super::super::context;
use super::super::refusal::Refusal;
use super::{Store, Version, Wanted};

impl Store {
    /// Deletes a whole subject and answers the numbers of its versions.
    pub(in super::super) fn delete_subject(&mut self, subject: &str, permanent: bool) -> Result<Vec<u32>, Refusal> {
        self.modes.check_write(subject)?;
        let versions = self.versions(subject, true)?;
        let deleted = versions.iter().all(|version| version.deleted);
        if permanent && !deleted {
            return Err(Refusal::new(
                404,
                40405,
                format!("Subject '{subject}' was not deleted first before being permanently deleted"),
            ));
        }
        if deleted && !permanent {
            let message = format!("Subject '{subject}' was soft deleted. Set permanent=true to delete permanently");
            return Err(Refusal::new(404, 40404, message));
        }
        let gone = versions
            .iter()
            .filter(|version| permanent || !version.deleted)
            .map(|version| version.number)
            .collect::<Vec<_>>();
        gone.iter()
            .try_for_each(|number| self.check_unreferenced(subject, *number))?;
        self.remove(subject, permanent, |_| true);
        Ok(gone)
    }

    /// Deletes one version and answers its number.
    pub(in super::super) fn delete_version(
        &mut self,
        subject: &str,
        wanted: Wanted,
        permanent: bool,
    ) -> Result<u32, Refusal> {
        self.modes.check_write(subject)?;
        let version = self.version(subject, wanted, wanted != Wanted::Latest || permanent)?;
        let number = version.number;
        if permanent && !version.deleted {
            let message =
                format!("Subject '{subject}' Version {number} was not deleted first before being permanently deleted");
            return Err(Refusal::new(404, 40407, message));
        }
        if version.deleted && !permanent {
            let message = format!(
                "Subject '{subject}' Version {number} was soft deleted. Set permanent=true to delete permanently"
            );
            return Err(Refusal::new(404, 40406, message));
        }
        self.check_unreferenced(subject, number)?;
        self.remove(subject, permanent, |version| version.number == number);
        Ok(number)
    }

    fn check_unreferenced(&self, subject: &str, number: u32) -> Result<(), Refusal> {
        if self.referenced_by(subject, number).is_empty() {
            return Ok(());
        }
        Err(Refusal::new(
            422,
            42206,
            format!("One or more references exist to the schema {{subject={subject},version={number}}}"),
        ))
    }

    /// Marks versions as deleted, or forgets them together with schemas that then stand nowhere.
    fn remove(&mut self, subject: &str, permanent: bool, which: impl Fn(&Version) -> bool) {
        let Some(versions) = self.subjects.get_mut(subject) else {
            return;
        };
        if !permanent {
            versions
                .iter_mut()
                .filter(|version| which(version))
                .for_each(|version| version.deleted = true);
            return;
        }
        versions.retain(|version| !which(version));
        if versions.is_empty() {
            self.subjects.remove(subject);
        }
        let context = context::of(subject);
        let used = self
            .subjects
            .iter()
            .filter(|(subject, _)| context::of(subject) == context)
            .flat_map(|(_, versions)| versions)
            .map(|version| version.id)
            .collect::<BTreeSet<_>>();
        if let Some(schemas) = self.contexts.get_mut(context) {
            schemas.by_id.retain(|id, _| used.contains(id));
        }
    }
}
