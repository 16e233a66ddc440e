//! Where a record names its schema, and writing that into it: [`Framing`], [`Chosen`], [`Seal`].
//!
//! Knows records, ids and plans; knows no registry.

use std::cell::RefCell;
use std::sync::Arc;

use crate::encode::plan::{NotOurs, Plan, PlanScratch};
use crate::record::{Record, RecordPart, SchemaId, SubjectVersion};
use crate::wire::{self, FramedSchema, KEY_HEADER, PREFIX_LEN, SchemaGuid, VALUE_HEADER};

/// Where a record names the schema of its value, and of its key where that is Avro.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Framing {
    /// The registry's id in five bytes before the payload: what every Confluent client reads. The default.
    #[default]
    Prefix,
    /// The schema's GUID in the headers `__value_schema_id` and `__key_schema_id`; the payload stays as it is, so that any
    /// tool reads a JSON event, and a GUID is the same in all registries that hold the schema. Read by Confluent's clients
    /// from version 8 on. The registry must know GUIDs (Confluent's since 8.0; Apicurio and Karapace do not): the first
    /// resolution of a type fails where it does not.
    ///
    /// Implements: Confluent wire format, version 1 in a header (`HeaderSchemaIdSerializer`).
    GuidHeaders,
}

impl Framing {
    /// Begins a value or an Avro key.
    pub(crate) fn begin(self, out: &mut Vec<u8>) {
        if self == Self::Prefix {
            wire::begin(out);
        }
    }
}

/// What a registry answered for a schema: how records name it, and how they are written with it.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) id: SchemaId,
    pub(crate) version: Option<SubjectVersion>,
    /// In headers; `None`: the id before the payload.
    pub(crate) guid: Option<SchemaGuid>,
    /// From the event's own schema to the chosen one; `None` if the bytes are right as they are.
    pub(crate) plan: Option<Plan>,
}

/// What is still to be written into a record before it is handed over.
#[derive(Clone, Debug)]
pub(crate) enum Seal {
    /// The id into the frame.
    Id(SchemaId),
    /// The rest: a GUID into the headers, another schema's encoding.
    Whole(Arc<Chosen>),
}

impl Seal {
    pub(crate) fn of(chosen: &Arc<Chosen>) -> Self {
        if chosen.guid.is_none() && chosen.plan.is_none() {
            Self::Id(chosen.id)
        } else {
            Self::Whole(Arc::clone(chosen))
        }
    }

    pub(crate) fn id(&self) -> SchemaId {
        match self {
            Self::Id(id) => *id,
            Self::Whole(chosen) => chosen.id,
        }
    }

    /// Finishes one part of a record. To be done once: a conversion cannot be done twice.
    ///
    /// # Errors
    /// [`NotOurs`]: the bytes are not of the event's own schema; the record is as it was.
    pub(crate) fn apply(&self, part: RecordPart, record: &mut Record) -> Result<(), NotOurs> {
        let bytes = match part {
            RecordPart::Key => record.key.as_mut(),
            RecordPart::Value => record.value.as_mut(),
        };
        // A tombstone has no schema.
        let Some(bytes) = bytes else { return Ok(()) };
        let chosen = match self {
            Self::Id(id) => {
                wire::set_schema_id(bytes, *id);
                return Ok(());
            }
            Self::Whole(chosen) => chosen,
        };
        if let Some(plan) = &chosen.plan {
            let start = if chosen.guid.is_some() { 0 } else { PREFIX_LEN };
            let mut converted = Vec::with_capacity(bytes.len() + bytes.len() / 4);
            converted.extend_from_slice(bytes.get(..start).ok_or(NotOurs)?);
            SCRATCH.with_borrow_mut(|scratch| plan.write(&bytes[start..], scratch, &mut converted))?;
            *bytes = converted;
        }
        match chosen.guid {
            None => wire::set_schema_id(bytes, chosen.id),
            Some(guid) => {
                let name = match part {
                    RecordPart::Key => KEY_HEADER,
                    RecordPart::Value => VALUE_HEADER,
                };
                let header = FramedSchema::Guid(guid).header_bytes();
                // As Confluent's writer: not a second time. A record that comes back and is sent again has it.
                if record.headers.last(name) != Some(&header) {
                    record.headers.push(name, header);
                }
            }
        }
        Ok(())
    }
}

thread_local! {
    /// Grows to what the largest event needs.
    static SCRATCH: RefCell<PlanScratch> = RefCell::default();
}
