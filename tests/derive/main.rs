//! What derived types do: schemas, bytes, text, keys, violations. apache-avro reads the bytes, jsonschema the text.

mod agreement;
mod crate_types;
mod events;
mod every_type;
mod evolution;
mod more_types;
mod reading;
mod round_trip;
mod violations;
