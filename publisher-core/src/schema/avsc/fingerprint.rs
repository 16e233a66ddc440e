//! The fingerprints of a schema: hashes over its Parsing Canonical Form.
//!
//! They say whether two schemas have one encoding, not whether they are one text: documentation, defaults and logical
//! types do not count.

use md5::Md5;
use sha2::{Digest, Sha256};

use super::model::AvroSchema;
use crate::schema::Fingerprint;

impl AvroSchema {
    /// The CRC-64-AVRO of the canonical form. Java gives it as a signed number.
    ///
    /// Implements: Apache Avro 1.12 specification, "Schema Fingerprints".
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.canonical_form().as_bytes())
    }

    /// The MD5 of the canonical form. No protection against intent.
    ///
    /// Implements: Apache Avro 1.12 specification, "Schema Fingerprints".
    #[must_use]
    pub fn md5(&self) -> [u8; 16] {
        Md5::digest(self.canonical_form()).into()
    }

    /// The SHA-256 of the canonical form.
    ///
    /// Implements: Apache Avro 1.12 specification, "Schema Fingerprints".
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.canonical_form()).into()
    }
}
