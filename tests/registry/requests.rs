//! What goes over the wire to a registry, byte for byte where it matters.

use publisher_core::registry::{RegistryClient, SchemaRegistry};

use crate::raw::Once;
use crate::scripted::{Act, Scripted};
use crate::{avro, client, json};

/// Whether the head has this line, whatever the case of the header's name.
#[track_caller]
fn check_header(request: &str, name: &str, value: Option<&str>) {
    let head = request.split("\r\n\r\n").next().unwrap();
    let found = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(key, _)| key.eq_ignore_ascii_case(name));
    let found = found.map(|(_, value)| value).collect::<Vec<_>>();
    assert_eq!(found, value.into_iter().collect::<Vec<_>>(), "{name} in {request}");
}

#[tokio::test]
async fn registering_posts_the_schema_under_the_encoded_subject() {
    let server = Once::registered();
    let registered = client(&format!("{}/apis/ccompat/v7/", server.url))
        .register("a/b c%?#ä", &avro("\"string\""))
        .await
        .unwrap();
    assert_eq!(
        (registered.id.0, registered.version.map(|version| version.0)),
        (7, Some(3))
    );
    let request = server.request();
    assert!(
        request.starts_with(
            "POST /apis/ccompat/v7/subjects/a%2Fb%20c%25%3F%23%C3%A4/versions?normalize=true HTTP/1.1\r\n"
        ),
        "{request}"
    );
    assert!(
        request.ends_with(r#"{"schema":"\"string\"","schemaType":"AVRO"}"#),
        "{request}"
    );
    check_header(&request, "content-type", Some("application/vnd.schemaregistry.v1+json"));
    check_header(&request, "accept", Some("application/vnd.schemaregistry.v1+json"));
    check_header(&request, "confluent-accept-unknown-properties", Some("true"));
    check_header(&request, "authorization", None);
}

#[tokio::test]
async fn looking_up_posts_to_the_subject() {
    let server = Once::registered();
    client(&server.url).look_up("s", &json("true")).await.unwrap();
    let request = server.request();
    assert!(
        request.starts_with("POST /subjects/s?deleted=false&normalize=true HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.ends_with(r#"{"schema":"true","schemaType":"JSON"}"#),
        "{request}"
    );
}

#[tokio::test]
async fn credentials_go_into_the_header() {
    let server = Once::registered();
    let registry = RegistryClient::builder(&server.url)
        .basic_auth("Aladdin", "open sesame")
        .build()
        .unwrap();
    registry.look_up("s", &avro("\"string\"")).await.unwrap();
    // The example of RFC 7617 section 2.
    check_header(
        &server.request(),
        "authorization",
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    );

    let server = Once::registered();
    let url = server.url.replace("http://", "http://Aladdin:open%20sesame@");
    client(&url).look_up("s", &avro("\"string\"")).await.unwrap();
    check_header(
        &server.request(),
        "authorization",
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    );

    let server = Once::registered();
    let registry = RegistryClient::builder(&server.url)
        .bearer_token("abc.def")
        .build()
        .unwrap();
    registry.look_up("s", &avro("\"string\"")).await.unwrap();
    check_header(&server.request(), "authorization", Some("Bearer abc.def"));
}

#[tokio::test]
async fn normalizing_is_asked_for_or_not() {
    for (normalize, lines) in [
        (
            true,
            [
                "POST /subjects/s/versions?normalize=true HTTP/1.1",
                "POST /subjects/s?deleted=false&normalize=true HTTP/1.1",
                "GET /config/s HTTP/1.1",
                "POST /compatibility/subjects/s/versions/latest?normalize=true&verbose=true HTTP/1.1",
            ],
        ),
        (
            false,
            [
                "POST /subjects/s/versions HTTP/1.1",
                "POST /subjects/s?deleted=false HTTP/1.1",
                "GET /config/s HTTP/1.1",
                "POST /compatibility/subjects/s/versions/latest?verbose=true HTTP/1.1",
            ],
        ),
    ] {
        let answers = [
            r#"{"id":7,"version":3}"#,
            r#"{"id":7,"version":3}"#,
            r#"{"compatibilityLevel":"BACKWARD"}"#,
            r#"{"is_compatible":true}"#,
        ];
        let server = Scripted::start(answers.map(|body| Act::answer(200, "", body)));
        let registry = RegistryClient::builder(&server.url)
            .normalize(normalize)
            .build()
            .unwrap();
        let schema = avro("\"string\"");
        registry.register("s", &schema).await.unwrap();
        registry.look_up("s", &schema).await.unwrap();
        assert!(registry.check_compatibility("s", &schema).await.unwrap().compatible);
        let requests = server.requests();
        let asked: Vec<_> = requests.iter().map(|request| request.lines().next().unwrap()).collect();
        assert_eq!(asked, lines);
    }
}

#[tokio::test]
async fn each_address_has_its_own_path_and_credentials() {
    let (first, second) = (Scripted::start([Act::status(503)]), Scripted::start([]));
    let at =
        |server: &Scripted, user: &str, path: &str| server.url.replace("http://", &format!("http://{user}@")) + path;
    let urls = format!(
        "{}, {}",
        at(&first, "Aladdin:open%20sesame", "/"),
        at(&second, "a:b", "/apis/ccompat/v7")
    );
    let registry = client(&urls);
    registry.register("a/b", &avro("\"string\"")).await.unwrap();
    for (server, path, credentials) in [
        (&first, "", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (&second, "/apis/ccompat/v7", "Basic YTpi"),
    ] {
        let request = server.requests().remove(0);
        let line = format!("POST {path}/subjects/a%2Fb/versions?normalize=true HTTP/1.1\r\n");
        assert!(request.starts_with(&line), "{request}");
        check_header(&request, "authorization", Some(credentials));
    }
    assert_eq!(
        registry.address(),
        format!("{},{}/apis/ccompat/v7", first.url, second.url)
    );
}

#[test]
fn a_registry_has_a_name() {
    let builder = || RegistryClient::builder("http://u:secret@a:8081/v7/,http://u:secret@b");
    assert_eq!(builder().build().unwrap().name(), "http://a:8081/v7");
    assert_eq!(builder().name("production").build().unwrap().name(), "production");
    let error = builder().name("").build().unwrap_err();
    assert!(error.to_string().contains("the name is empty"), "{error}");
}
