//! What differs between two schemas, for people.
//!
//! Pure, and no judgement: [`compatibility`](crate::compatibility) says whether a difference breaks anybody.

mod changes;
mod fields;
mod texts;

pub use changes::{Change, ChangeKind, changes};
pub use fields::{FieldPlace, Fields};
pub use texts::{Texts, same, texts};
