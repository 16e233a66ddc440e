//! Writing an event with a schema other than its own: [`Plan`], made once for a pair of schemas.
//!
//! A plan works on the bytes that the generated encoder wrote, because that is faster than a second encoder for each
//! type. Pure: knows no registry and no mode of the publisher.

mod changes;
mod code;
mod compile;
mod difference;
mod leaf;
mod matching;
mod names;
mod routines;
mod run;
#[cfg(test)]
mod tests;
mod walk;

use std::fmt;

pub use difference::{Difference, Differences, PlanError};

use self::changes::Changes;
use self::run::Program;
use crate::schema::avsc::AvroSchema;

/// How to write an event of our schema with theirs, such as the one that a registry holds.
///
/// Fields are matched by name, then by the aliases of either side; records, enums and fixed by name without namespace,
/// then by the aliases. Then
/// - a field that ours lacks takes the default of theirs, one that theirs lacks is left out, the order is theirs;
/// - the symbols of an enum and the branches of a union are numbered as in theirs, and a type becomes a union with it;
/// - `int` widens to `long` and `double`, `float` to `double`, `string` to `bytes`, a decimal to more digits of the same
///   scale, in `bytes` or `fixed`.
///
/// Nothing else: no value is rounded, cut or given another meaning, so that a plan, once made, has no errors of its own.
///
/// Implements: Apache Avro 1.12 specification, "Schema Resolution", read from the writer's side. Left out, because one
/// value or another would be lost: `int` to `float`, `long` to `float` and `double`, `bytes` to `string`, the default of
/// an enum.
///
/// # Examples
/// ```
/// use publisher_core::{Event, PlanScratch};
///
/// #[derive(Event)]
/// #[event(topic = "orders", namespace = "com.acme.orders")]
/// struct OrderPlaced {
///     #[event(key)]
///     order_id: String,
///     quantity: i32,
/// }
///
/// let theirs = r#"{"type": "record", "name": "OrderPlaced", "namespace": "com.acme.orders", "fields": [
///     {"name": "quantity", "type": "long"},
///     {"name": "channel", "type": "string", "default": "web"},
///     {"name": "order_id", "type": "string"}]}"#;
/// let event = OrderPlaced { order_id: "A-1".to_owned(), quantity: 3 };
/// let plan = event.event_type().plan(theirs)?;
/// assert_eq!(plan.defaulted(), ["channel"]);
///
/// let mut ours = Vec::new();
/// event.write(&mut ours)?;
/// let mut out = Vec::new();
/// plan.write(&ours, &mut PlanScratch::default(), &mut out)?;
/// assert_eq!(out, b"\x06\x06web\x06A-1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Plan {
    /// `None` where both schemas have the same encoding.
    program: Option<Program>,
    changes: Changes,
}

impl Plan {
    /// The plan for writing what is encoded with our schema with theirs.
    ///
    /// # Errors
    /// [`PlanError::Different`] lists every difference that stands against it. Not retriable.
    pub fn new(ours: &AvroSchema, theirs: &AvroSchema) -> Result<Self, PlanError> {
        let matching = matching::matching(ours, theirs).map_err(|list| PlanError::Different(Differences { list }))?;
        Ok(Self {
            program: compile::compile(ours, &matching),
            changes: changes::changes(ours, &matching),
        })
    }

    /// Whether both schemas have the same encoding: then the bytes stay as they are.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.program.is_none()
    }

    /// The paths of our fields that theirs lacks, such as `lines[].note`: their values are not written. Worth a warning
    /// where the plan is made.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        &self.changes.dropped
    }

    /// The paths of their fields that ours lacks: every event has the default there.
    #[must_use]
    pub fn defaulted(&self) -> &[String] {
        &self.changes.defaulted
    }

    /// Appends the event with their schema. `ours` is one whole event as [`Event::write`](crate::Event::write) appends
    /// it, without a frame. Allocates nothing once the buffers have grown.
    ///
    /// # Errors
    /// [`NotOurs`]: the bytes are no event of our schema. Nothing has been appended then.
    pub fn write(&self, ours: &[u8], scratch: &mut PlanScratch, out: &mut Vec<u8>) -> Result<(), NotOurs> {
        let Some(program) = &self.program else {
            out.extend_from_slice(ours);
            return Ok(());
        };
        let start = out.len();
        let result = program.run(ours, &mut scratch.marks, out);
        if result.is_err() {
            out.truncate(start);
        }
        result
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("identity", &self.is_identity())
            .field("changes", &self.changes)
            .finish_non_exhaustive()
    }
}

/// What [`Plan::write`] remembers while it writes; one for each thread, used again for every event and plan.
#[derive(Debug, Default)]
pub struct PlanScratch {
    marks: Vec<usize>,
}

/// Bytes that are no encoding of the schema for which a plan was made: another type's, cut, or written by hand. Not
/// retriable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event's bytes do not follow its schema; write them with the derived encoder")]
pub struct NotOurs;
