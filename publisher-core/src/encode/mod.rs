//! The encoders of leaves: bytes of Avro and text of JSON, appended to a buffer; and the plan that turns an event into
//! one of another schema.
//!
//! Pure and without allocation beyond the buffer's growth. Containers and records call the encoders through `EventData`.

pub mod avro;
pub mod json;
pub mod plan;
pub mod time;
