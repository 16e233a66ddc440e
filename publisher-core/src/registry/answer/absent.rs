//! What it means that no HTTP answer came, or that it broke off: who did not connect, who does not trust whom.
//!
//! Reads the errors of the HTTP client and of TLS; sends nothing and repeats nothing of a request.

use std::error::Error;
use std::time::Duration;

use rustls::{AlertDescription, CertificateError};

use super::{PROXY_HINT, deepest};
use crate::registry::error::{RegistryError, RegistryFailure};

/// How a request was sent that got no answer.
#[derive(Debug)]
pub(in crate::registry) struct Circumstances {
    pub(in crate::registry) connect_timeout: Duration,
    pub(in crate::registry) read_timeout: Duration,
    /// The proxy's address without credentials.
    pub(in crate::registry) proxy: Option<String>,
    pub(in crate::registry) client_certificate: bool,
}

/// No answer came, or it broke off.
pub(in crate::registry) fn no_answer(
    address: &str,
    error: &reqwest::Error,
    circumstances: &Circumstances,
) -> RegistryError {
    let Circumstances {
        connect_timeout,
        read_timeout,
        ..
    } = circumstances;
    let through = match &circumstances.proxy {
        Some(proxy) => format!(" through the proxy {proxy}"),
        None => String::new(),
    };
    let tls = tls_error(error);
    let deepest = deepest(error);
    if let Some(rustls::Error::AlertReceived(alert)) = tls
        && let Some(hint) = client_certificate_hint(*alert, circumstances.client_certificate)
    {
        let reason = format!("the other side refuses the connection: {deepest}");
        return RegistryError::Unauthorised(RegistryFailure::new(address, reason).hint(hint));
    }
    // The library tells this apart from other failures by its text alone.
    if error.is_connect() && deepest.to_string().ends_with("proxy authorization required") {
        let reason = format!("cannot connect{through}: {deepest}");
        return RegistryError::Unauthorised(RegistryFailure::new(address, reason).status(407).hint(PROXY_HINT));
    }
    let failure = if error.is_timeout() && error.is_connect() {
        RegistryFailure::new(address, format!("no connection{through} within {connect_timeout:?}"))
            .hint("check host and port, and that no firewall drops the packets")
    } else if error.is_timeout() {
        RegistryFailure::new(address, format!("nothing came for {read_timeout:?}"))
            .hint("the server accepts connections but does not answer in time")
    } else if error.is_connect() {
        let hint = match tls {
            None => "check host, port and that the server runs",
            Some(rustls::Error::InvalidCertificate(error)) => server_certificate_hint(error),
            Some(_) => "the other side does not speak TLS as it should: check whether its port is one for http",
        };
        RegistryFailure::new(address, format!("cannot connect{through}: {deepest}")).hint(hint)
    } else {
        RegistryFailure::new(address, format!("no complete answer: {deepest}"))
    };
    RegistryError::Unreachable(failure)
}

/// What to do about a server whose certificate is not accepted.
fn server_certificate_hint(error: &CertificateError) -> &'static str {
    match error {
        CertificateError::UnknownIssuer => {
            "nobody here knows the authority that signed the server's certificate: give its certificate with \
             root_certificates_pem, or add it to the system's store or to the file named by SSL_CERT_FILE"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the server's certificate is for another host: use a name that stands in it"
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => {
            "the server's certificate is not valid today: have it renewed, or set the clock of this machine"
        }
        _ => "certificates are always verified: have the server's one replaced",
    }
}

/// What to do about an alert that speaks of our certificate; `None` for one that does not.
fn client_certificate_hint(alert: AlertDescription, have_one: bool) -> Option<&'static str> {
    match alert {
        AlertDescription::CertificateRequired
        | AlertDescription::NoCertificate
        | AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA
        | AlertDescription::AccessDenied => {}
        AlertDescription::CertificateExpired | AlertDescription::CertificateRevoked => {
            return Some(
                "our client certificate has expired or was withdrawn: give a new one with client_certificate_pem",
            );
        }
        _ => return None,
    }
    Some(if have_one {
        "the server refuses our client certificate: have one made by an authority that it trusts, and give the whole chain"
    } else {
        "the server wants a client certificate: give one with client_certificate_pem"
    })
}

/// The TLS library's error, if one is the last cause.
///
/// An `io::Error` shows what it wraps but leaves it out of its `source`, and hyper-rustls wraps one in another.
fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut wrapped: &(dyn Error + 'static) = deepest(error);
    while let Some(inner) = wrapped
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
    {
        wrapped = inner;
    }
    wrapped.downcast_ref()
}
