//! What derived types do: schemas, bytes, text, keys, violations. apache-avro reads the bytes, jsonschema the text.

mod agreement;
mod datum;
mod events;
mod every_type;
mod evolution;
mod plan;
mod plan_derived;
mod plan_random;
mod public_schemas;
mod reading;
mod round_trip;
mod violations;
