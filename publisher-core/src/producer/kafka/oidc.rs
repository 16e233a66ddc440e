//! `sasl.oauthbearer.method=oidc`, as Java's and librdkafka's users set it: the properties become a token provider of ours.
//!
//! librdkafka would need libcurl for it. Of the grants only that of client credentials is served.

#[cfg(all(feature = "registry", feature = "sasl"))]
use std::sync::Arc;

#[cfg(all(feature = "registry", feature = "sasl"))]
use crate::error::ConfigError;
#[cfg(all(feature = "registry", feature = "sasl"))]
use crate::producer::{ClientCredentials, TokenProvider};
#[cfg(all(feature = "registry", feature = "sasl"))]
use crate::registry::OAuthClient;

const METHOD: &str = "sasl.oauthbearer.method";
const TOKEN_ENDPOINT: &str = "sasl.oauthbearer.token.endpoint.url";
const CLIENT_ID: &[&str] = &[
    "sasl.oauthbearer.client.id",
    "sasl.oauthbearer.client.credentials.client.id",
];
const CLIENT_SECRET: &[&str] = &[
    "sasl.oauthbearer.client.secret",
    "sasl.oauthbearer.client.credentials.client.secret",
];
const SCOPE: &str = "sasl.oauthbearer.scope";
const EXTENSIONS: &str = "sasl.oauthbearer.extensions";
const GRANT: &str = "sasl.oauthbearer.grant.type";
/// The authorities of the server that gives tokens: a file, and a text.
const ROOTS_FILE: &str = "https.ca.location";
const ROOTS: &str = "https.ca.pem";

/// Whether a property is served here, so that librdkafka is not to be asked about it.
pub(super) fn is_served(name: &str) -> bool {
    let single = [METHOD, TOKEN_ENDPOINT, SCOPE, EXTENSIONS, GRANT, ROOTS_FILE, ROOTS];
    let served = single.contains(&name) || CLIENT_ID.contains(&name) || CLIENT_SECRET.contains(&name);
    served && cfg!(all(feature = "registry", feature = "sasl"))
}

/// Whether the properties ask for it.
pub(super) fn is_asked(properties: &[(String, String)]) -> bool {
    value(properties, &[METHOD]).is_some_and(|method| method.eq_ignore_ascii_case("oidc"))
}

/// The value that was given last.
fn value<'a>(properties: &'a [(String, String)], names: &[&str]) -> Option<&'a str> {
    let mut given = properties.iter().rev();
    let (_, value) = given.find(|(name, _)| names.contains(&name.as_str()))?;
    Some(value.trim())
}

/// The provider that the properties describe; `None` if they ask for none.
///
/// # Errors
/// [`ConfigError::Invalid`] names the property.
#[cfg(all(feature = "registry", feature = "sasl"))]
pub(super) fn provider(properties: &[(String, String)]) -> Result<Option<Arc<dyn TokenProvider>>, ConfigError> {
    let invalid = |name: &str, reason: &str| ConfigError::Invalid {
        setting: name.to_owned(),
        reason: reason.to_owned(),
    };
    if !is_asked(properties) {
        return match value(properties, &[METHOD]) {
            None => Ok(None),
            Some(method) if method.eq_ignore_ascii_case("default") => Ok(None),
            Some(_) => Err(invalid(METHOD, "is neither `default` nor `oidc`")),
        };
    }
    if value(properties, &[GRANT]).is_some_and(|grant| grant != "client_credentials") {
        let reason = "is not `client_credentials`; for another grant give a `TokenProvider` to `kafka_oauth`";
        return Err(invalid(GRANT, reason));
    }
    let required = |names: &[&str]| {
        let given = value(properties, names).filter(|value| !value.is_empty());
        given.ok_or_else(|| invalid(names[0], "is missing, and `sasl.oauthbearer.method=oidc` needs it"))
    };
    let mut client = OAuthClient::new(
        required(&[TOKEN_ENDPOINT])?,
        required(CLIENT_ID)?,
        required(CLIENT_SECRET)?,
    );
    if let Some(scope) = value(properties, &[SCOPE]).filter(|scope| !scope.is_empty()) {
        client = client.scope(scope);
    }
    let mut builder = ClientCredentials::builder(client);
    for extension in value(properties, &[EXTENSIONS])
        .into_iter()
        .flat_map(|list| list.split(','))
    {
        let extension = extension.trim();
        match extension.split_once('=') {
            Some((name, value)) => builder = builder.extension(name, value),
            None if extension.is_empty() => {}
            None => {
                return Err(invalid(
                    EXTENSIONS,
                    "is no list of `<name>=<value>` with commas between",
                ));
            }
        }
    }
    if let Some(pem) = value(properties, &[ROOTS]) {
        builder = builder.root_certificates_pem(pem);
    } else if let Some(path) = value(properties, &[ROOTS_FILE]).filter(|path| *path != "probe") {
        let pem = std::fs::read_to_string(path)
            .map_err(|error| invalid(ROOTS_FILE, &format!("the file {path:?} cannot be read: {error}")))?;
        builder = builder.root_certificates_pem(pem);
    }
    let provider = builder.build().map_err(|error| match error {
        ConfigError::Invalid { reason, .. } => invalid(TOKEN_ENDPOINT, &reason),
        other => other,
    })?;
    Ok(Some(Arc::new(provider)))
}

#[cfg(all(test, feature = "registry", feature = "sasl"))]
mod tests {
    use super::*;

    fn check(given: &[(&str, &str)], expected: &str) {
        let properties: Vec<_> = (given.iter())
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let actual = match provider(&properties) {
            Ok(None) => "none".to_owned(),
            Ok(Some(_)) => "provider".to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(!actual.contains("canary"), "{actual}");
        assert_eq!(actual, expected, "{given:?}");
    }

    const WHOLE: [(&str, &str); 4] = [
        (METHOD, "OIDC"),
        (TOKEN_ENDPOINT, "https://idp.example/token"),
        ("sasl.oauthbearer.client.credentials.client.id", "publisher"),
        ("sasl.oauthbearer.client.secret", "canary"),
    ];

    fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        WHOLE.iter().chain(more).copied().collect()
    }

    #[test]
    fn the_properties_make_a_provider() {
        check(&[], "none");
        check(&[(METHOD, "default"), (SCOPE, "kafka")], "none");
        check(&WHOLE, "provider");
        check(
            &with(&[
                (SCOPE, "kafka"),
                (EXTENSIONS, "a=b, c=d,"),
                (GRANT, "client_credentials"),
            ]),
            "provider",
        );
    }

    #[test]
    fn what_is_missing_or_not_served_is_refused_by_name() {
        check(
            &[(METHOD, "canar")],
            "sasl.oauthbearer.method: is neither `default` nor `oidc`",
        );
        check(
            &WHOLE[..3],
            "sasl.oauthbearer.client.secret: is missing, and `sasl.oauthbearer.method=oidc` needs it",
        );
        check(
            &with(&[(GRANT, "urn:ietf:params:oauth:grant-type:jwt-bearer")]),
            "sasl.oauthbearer.grant.type: is not `client_credentials`; for another grant give a `TokenProvider` to `kafka_oauth`",
        );
        check(
            &with(&[(EXTENSIONS, "canary")]),
            "sasl.oauthbearer.extensions: is no list of `<name>=<value>` with commas between",
        );
        check(
            &with(&[(TOKEN_ENDPOINT, "http://idp.example/token?canary")]),
            "sasl.oauthbearer.token.endpoint.url: the token endpoint of oauth must be an https URL, since the client's secret \
             is sent there; http is for this machine alone",
        );
        check(
            &with(&[("https.ca.location", "/no/such/file")]),
            "https.ca.location: the file \"/no/such/file\" cannot be read: No such file or directory (os error 2)",
        );
        check(
            &with(&[("https.ca.pem", "canary")]),
            "sasl.oauthbearer.token.endpoint.url: root_certificates_pem has no certificate; give the text of a file that has \
             -----BEGIN CERTIFICATE----- in it",
        );
    }
}
