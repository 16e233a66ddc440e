//! Files with certificates and keys: whether one is PEM, and if not, what makes PEM of it.
//!
//! Knows the beginnings of the formats, not their contents.

use std::io::Read as _;
use std::path::Path;

use super::InvalidSetting;
use super::secret::shown_path;
use super::settings::Setting;

/// The most that such a file may hold: the certificates of all public authorities are 200 KiB.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// How every part of a PEM file begins.
const PEM: &[u8] = b"-----BEGIN ";

/// What a file with certificates is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Store {
    Pem,
    Pkcs12,
    Jks,
}

/// The file that a setting names, and what it is.
pub(super) fn read(setting: &Setting) -> Result<(Store, Vec<u8>), InvalidSetting> {
    let path = setting.text();
    if path.contains('\n') || contains(path.as_bytes(), PEM) {
        // Not shown: it may be a key.
        return Err(setting.invalid("is the text of a file, and should be its path; there is another key for the text"));
    }
    let shown = shown_path(path);
    let mut bytes = Vec::new();
    let read = std::fs::File::open(Path::new(path)).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| setting.invalid(format!("the file {shown:?} cannot be read: {error}")))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(setting.invalid(format!(
            "the file {shown:?} is larger than 4 MiB, which no file of certificates is"
        )));
    }
    let store = kind(&bytes).ok_or_else(|| {
        let reason = format!("the file {shown:?} holds neither PEM (`-----BEGIN …`) nor a store of another kind");
        setting.invalid(reason)
    })?;
    Ok((store, bytes))
}

/// The text of the PEM file that a setting names.
pub(super) fn text(setting: &Setting) -> Result<String, InvalidSetting> {
    let (store, bytes) = read(setting)?;
    if store != Store::Pem {
        return Err(not_pem(setting, store));
    }
    String::from_utf8(bytes).map_err(|_| setting.invalid("the file holds PEM and something else that is no text"))
}

/// The setting names a store that has to be converted.
pub(super) fn not_pem(setting: &Setting, store: Store) -> InvalidSetting {
    let format = match store {
        Store::Pem => "PEM",
        Store::Pkcs12 => "PKCS#12",
        Store::Jks => "JKS",
    };
    setting.invalid(format!("{format} is not read; {}", to_pem(store)))
}

/// The type of a store as a setting says it: empty is none.
pub(super) fn declared(setting: &Setting) -> Result<Option<Store>, InvalidSetting> {
    match setting.text().to_ascii_uppercase().as_str() {
        "" => Ok(None),
        "PEM" => Ok(Some(Store::Pem)),
        "PKCS12" => Ok(Some(Store::Pkcs12)),
        "JKS" => Ok(Some(Store::Jks)),
        _ => Err(setting.is_no(
            "`PEM`; convert the store with `keytool -importkeystore … -deststoretype PKCS12` and \
             `openssl pkcs12 -in store.p12 -out store.pem`",
        )),
    }
}

fn to_pem(store: Store) -> &'static str {
    match store {
        Store::Jks => {
            "convert it with `keytool -importkeystore -srckeystore store.jks -destkeystore store.p12 -deststoretype PKCS12` \
             and `openssl pkcs12 -in store.p12 -out store.pem -nodes`, and set the type to `PEM`"
        }
        Store::Pem | Store::Pkcs12 => {
            "convert it with `openssl pkcs12 -in store.p12 -out store.pem -nodes`, and set the type to `PEM`"
        }
    }
}

fn kind(bytes: &[u8]) -> Option<Store> {
    const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
    const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
    if bytes.starts_with(&JKS) || bytes.starts_with(&JCEKS) {
        Some(Store::Jks)
    } else if bytes.starts_with(&[0x30]) {
        // The outermost sequence of DER; no PEM begins with the digit zero, but for a comment before it.
        Some(if contains(bytes, PEM) {
            Store::Pem
        } else {
            Store::Pkcs12
        })
    } else {
        contains(bytes, PEM).then_some(Store::Pem)
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_told_apart() {
        for (bytes, expected) in [
            (&b"-----BEGIN CERTIFICATE-----\n"[..], Some(Store::Pem)),
            (b"Bag Attributes\n-----BEGIN PRIVATE KEY-----\n", Some(Store::Pem)),
            (b"0 comment\n-----BEGIN CERTIFICATE-----\n", Some(Store::Pem)),
            (&[0x30, 0x82, 0x0a, 0x00], Some(Store::Pkcs12)),
            (&[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2], Some(Store::Jks)),
            (b"", None),
            (b"hello", None),
        ] {
            assert_eq!(kind(bytes), expected, "{bytes:?}");
        }
    }
}
