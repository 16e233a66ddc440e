//! Everybody who encodes the order: one file for each crate that is compared.
//!
//! Each does per event what its users do per event, with everything kept that its interface allows to keep. One more,
//! schema-registry-client, stands in a package of its own: it brings aws-lc, tink and prost, which no build of the
//! project and not its lock file should know.

mod apache_avro;
mod derived;
mod evolved;
mod limit;
mod schema_registry_converter;
mod serde_avro_fast;
mod serde_json;

pub(crate) use self::apache_avro::Minimal;
pub use self::apache_avro::{ByValue, Direct};
pub use self::derived::{DerivedAvro, DerivedJson};
pub use self::evolved::Evolved;
pub use self::limit::{Handwritten, HandwrittenLong};
pub use self::schema_registry_converter::SchemaRegistryConverter;
pub use self::serde_avro_fast::SerdeAvroFast;
pub use self::serde_json::SerdeJson;

/// The schema id of every frame whose writer can choose it.
pub const ID: u32 = 7;

/// Begins a frame for a contender that has none of its own.
fn frame(out: &mut Vec<u8>) {
    let [a, b, c, d] = ID.to_be_bytes();
    out.extend_from_slice(&[0, a, b, c, d]);
}
