//! What derived types do: schemas, bytes, text, keys, violations. apache-avro reads the bytes, jsonschema the text.

mod agreement;
mod bounds;
mod conversions;
mod crate_types;
mod events;
mod every_type;
mod evolution;
mod flatten;
mod generic;
mod more_types;
mod nested;
mod plan;
mod reading;
mod records;
mod recursive;
mod round_trip;
mod shared;
mod tagged;
mod unions;
mod violations;
