//! Tokens from a server by https: by settings as Java has them, and by the provider that is ready made.

use publisher_core::config::Settings;
use publisher_core::producer::ClientCredentials;
use publisher_core::registry::OAuthClient;
use publisher_core::{ProduceErrorKind, Publisher};
use secure::acls;
use secure::server::TokenServer;

use crate::support::{Bed, SOON, cause, publish, read_back};

/// `publisher:canary-oauth` in base64.
const AUTHORIZATION: &str = "Basic cHVibGlzaGVyOmNhbmFyeS1vYXV0aA==";

async fn server(bed: &Bed) -> TokenServer {
    TokenServer::start(&bed.broker.authority.sign("localhost", 2999), AUTHORIZATION, "dave").await
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_as_java_has_them() {
    let Some(bed) = Bed::start("oidc-settings", &["User:dave"]).await else {
        return;
    };
    let server = server(&bed).await;
    let module = "org.apache.kafka.common.security.oauthbearer";
    let text = format!(
        "bootstrap.servers=localhost:{}\nsecurity.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\nbroker.address.family=v4\n\
         sasl.login.callback.handler.class={module}.OAuthBearerLoginCallbackHandler\n\
         sasl.oauthbearer.token.endpoint.url={}\n\
         sasl.jaas.config={module}.OAuthBearerLoginModule required clientId=\"publisher\" clientSecret=\"canary-oauth\" \
         scope=\"kafka\" extension_traceId=\"canary\";\nschema.registry.url={}\n",
        bed.broker.sasl.port(),
        server.url,
        bed.registry.url(),
    );
    let settings = Settings::from_properties(&text)
        .unwrap()
        .set("ssl.ca.pem", bed.broker.authority.pem())
        .set("https.ca.pem", bed.broker.authority.pem());
    let builder = Publisher::builder()
        .settings(settings.clone())
        .rename_topic("orders", &bed.topic);
    let delivery = publish(builder).await.unwrap();
    assert_eq!((delivery.topic(), server.asked()), ("oidc-settings", 1));

    acls::let_read(bed.broker.internal, "User:dave", &bed.topic);
    assert_eq!((read_back(&settings, &bed.topic).await, server.asked()), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_that_is_ready_made() {
    let Some(bed) = Bed::start("oidc-provider", &["User:dave"]).await else {
        return;
    };
    let server = server(&bed).await;
    let provider = |secret: &str, roots: String| {
        let client = OAuthClient::new(&server.url, "publisher", secret).scope("kafka");
        ClientCredentials::builder(client)
            .root_certificates_pem(roots)
            .build()
            .unwrap()
    };
    let builder = || bed.builder(bed.broker.sasl.port());
    let ours = bed.broker.authority.pem();
    publish(builder().kafka_oauth(provider("canary-oauth", ours.clone())))
        .await
        .unwrap();

    let other = secure::authority::Authority::new("other").pem();
    for (provider, words) in [
        (
            provider("canary-wrong", ours),
            "HTTP 401: no access token: invalid_client",
        ),
        (provider("canary-oauth", other), "UnknownIssuer"),
    ] {
        let error = publish(builder().kafka_oauth(provider).delivery_timeout(SOON))
            .await
            .unwrap_err();
        let cause = cause(&error);
        assert_eq!(cause.kind(), ProduceErrorKind::Unauthorised, "{cause}");
        assert!(
            cause.reason().contains(words) && cause.reason().contains(&server.url),
            "{cause}"
        );
        assert!(!cause.reason().contains("canary"), "{cause}");
    }
}
