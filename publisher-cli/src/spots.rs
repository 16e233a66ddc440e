//! From places in schemas to files and lines: of a committed schema and of its earlier ones.
//!
//! Made once for a schema, however many findings it has. What is found there is not known here.

use publisher_core::compatibility::Place;

use crate::lines::LineIndex;
use crate::origin::{Earlier, Folder, SchemaFile};
use publisher_core::differences::{Texts, texts};

/// A place in a file or in an earlier version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The file, or what the version is called where it is no file.
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) pointer: String,
}

/// The texts in which the places of one schema lie.
pub(crate) struct Spots<'a> {
    own: &'a SchemaFile,
    folder: &'a Folder,
    earlier: Vec<(&'a Earlier, Texts)>,
    lines: LineIndex,
}

impl<'a> Spots<'a> {
    /// Of a committed schema and its earlier ones.
    pub(crate) fn new(own: &'a SchemaFile, folder: &'a Folder, earlier: impl IntoIterator<Item = &'a Earlier>) -> Self {
        let earlier = earlier.into_iter().map(|version| (version, texts(&version.schema)));
        Self {
            own,
            folder,
            earlier: earlier.collect(),
            lines: LineIndex::default(),
        }
    }

    /// A place in the committed schema, or in one that it refers to.
    pub(crate) fn here(&self, place: &Place) -> Spot {
        let referenced = place.reference.as_deref();
        let file = referenced
            .and_then(|name| self.folder.referenced(self.own.schema_type, name))
            .unwrap_or(self.own);
        Spot {
            file: file.shown.clone(),
            line: self.lines.line(&file.text, &place.pointer),
            pointer: place.pointer.clone(),
        }
    }

    /// A place in an earlier schema, or in one that it refers to; `None` if there is no such version.
    pub(crate) fn there(&self, version: usize, place: &Place) -> Option<Spot> {
        let (earlier, texts) = self.earlier.get(version)?;
        let text = texts.get(place.reference.as_deref().unwrap_or(""));
        let file = earlier.file.clone().unwrap_or_else(|| earlier.name.clone());
        Some(Spot {
            file: match &place.reference {
                Some(reference) => format!("{file} ({reference})"),
                None => file,
            },
            line: text.map_or(1, |text| self.lines.line(text, &place.pointer)),
            pointer: place.pointer.clone(),
        })
    }
}
