//! The encoders of leaves: bytes of Avro and text of JSON, appended to a buffer.
//!
//! Pure and without allocation beyond the buffer's growth. Containers and records call these through `EventData`.

pub mod avro;
pub mod json;
pub mod time;
