//! TLS by rustls on ring: whom we trust, and what we show who we are by.
//!
//! The provider is handed over here and not installed for the process: that is the application's to do. TLS is 1.2 or
//! newer, and certificates and host names are verified always: no setting says otherwise. No error repeats what stands
//! in a key.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::{BuilderVerifierExt as _, Verifier};

use crate::error::ConfigError;
use crate::registry::auth::{Secret, refused};

/// Whose certificates are trusted. No secret, but a file with a key in it may be given for one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roots {
    /// PEM, in place of the operating system's store.
    pub(crate) only: Option<Secret>,
    /// PEM, besides that store.
    pub(crate) extra: Option<Secret>,
}

/// What the registry knows us by on the level of TLS, as PEM.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// Our certificate first, then those between it and the authority; the key may stand in the same text.
    pub(crate) chain: Secret,
    pub(crate) key: Secret,
}

/// The system's store is read through the verifier that reqwest would take too (`SSL_CERT_FILE` and `SSL_CERT_DIR` are
/// heeded on Linux).
pub(super) fn config(roots: &Roots, identity: Option<&Identity>) -> Result<ClientConfig, ConfigError> {
    let builder = match (&roots.only, &roots.extra) {
        (None, None) => builder()?.with_platform_verifier().map_err(unusable)?,
        (Some(pem), None) => {
            let (_, store) = authorities("root_certificates_pem", pem)?;
            builder()?.with_root_certificates(store)
        }
        (None, Some(pem)) => {
            let (certificates, _) = authorities("extra_root_certificates_pem", pem)?;
            besides_system(builder()?, certificates)?
        }
        (Some(_), Some(_)) => {
            return Err(refused(
                "root_certificates_pem takes the place of the system's store and extra_root_certificates_pem adds to it; \
                 keep one",
            ));
        }
    };
    let Some(identity) = identity else {
        return Ok(builder.with_no_client_auth());
    };
    let chain = certificates("client_certificate_pem", &identity.chain)?;
    // The library's own error would show the line that it cannot read.
    let key = PrivateKeyDer::from_pem_slice(identity.key.expose().as_bytes()).map_err(|_| {
        refused(
            "the key of client_certificate_pem is no private key in PEM without a password (PKCS#8, PKCS#1 or SEC1); \
             convert it with openssl pkey",
        )
    })?;
    builder
        .with_client_auth_cert(chain, key)
        .map_err(|error| refused(format!("client_certificate_pem cannot be used: {error}")))
}

/// Trusts nobody and reads nothing, so that an image without a certificate store still works with http.
pub(super) fn nobody() -> Result<ClientConfig, ConfigError> {
    Ok(builder()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, ConfigError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)
}

fn besides_system(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    extra: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, ConfigError> {
    let provider = Arc::clone(builder.crypto_provider());
    let verifier = Verifier::new_with_extra_roots(extra, provider).map_err(unusable)?;
    // Not dangerous here: it is the verifier that the other branch takes too.
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)))
}

/// The certificates of authorities, each of which can be one.
fn authorities(setting: &str, pem: &Secret) -> Result<(Vec<CertificateDer<'static>>, RootCertStore), ConfigError> {
    let certificates = certificates(setting, pem)?;
    let mut store = RootCertStore::empty();
    for (certificate, number) in certificates.iter().zip(1..) {
        store.add(certificate.clone()).map_err(|error| {
            refused(format!(
                "certificate {number} of {setting} cannot be an authority's: {error}"
            ))
        })?;
    }
    Ok((certificates, store))
}

fn certificates(setting: &str, pem: &Secret) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let certificates = CertificateDer::pem_slice_iter(pem.expose().as_bytes()).collect::<Result<Vec<_>, _>>();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(refused(format!(
            "{setting} has no certificate; give the text of a file that has -----BEGIN CERTIFICATE----- in it"
        ))),
        // Not the library's words: somebody may have given a key here.
        Err(_) => Err(refused(format!(
            "{setting} is not PEM: a block is cut or is not base64"
        ))),
    }
}

fn unusable(error: rustls::Error) -> ConfigError {
    refused(format!(
        "TLS cannot be set up: {error}; install the system's certificates (ca-certificates), set SSL_CERT_FILE, or give \
         root_certificates_pem"
    ))
}
