//! TLS by rustls on ring: whom we trust.
//!
//! The provider is handed over here and not installed for the process: that is the application's to do. TLS is 1.2 or
//! newer, and certificates and host names are verified always: no setting says otherwise.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::error::ConfigError;
use crate::registry::auth::refused;

/// Trusts whom the operating system's store trusts, through the verifier that reqwest would take too (`SSL_CERT_FILE` and
/// `SSL_CERT_DIR` are heeded on Linux).
pub(super) fn system() -> Result<ClientConfig, ConfigError> {
    let config = builder()?.with_platform_verifier().map_err(unusable)?;
    Ok(config.with_no_client_auth())
}

/// Trusts nobody and reads nothing, so that an image without a certificate store still works with http.
pub(super) fn nobody() -> Result<ClientConfig, ConfigError> {
    Ok(builder()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, ConfigError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)
}

fn unusable(error: rustls::Error) -> ConfigError {
    refused(format!(
        "TLS cannot be set up: {error}; install the system's certificates (ca-certificates) or set SSL_CERT_FILE"
    ))
}
