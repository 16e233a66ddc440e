//! Schemas that refer to others: registered and looked up dependency first, by themselves, by version; read back whole.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use publisher_core::registry::{CachedRegistry, RegistryError, SchemaReference, SchemaRegistry, SchemaText};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{SchemaId, SubjectVersion};
use serde_json::{Value, json as value};

use crate::raw::Once;
use crate::scripted::{Act, Scripted};
use crate::{avro, client, json, raw, say};

#[tokio::test]
async fn the_embedded_registry_has_references() {
    let server = EmbeddedRegistry::start().unwrap();
    check_references(server.url()).await;
}

#[tokio::test]
async fn a_real_registry_has_references() {
    let Ok(url) = std::env::var("PUBLISHER_TEST_REGISTRY") else {
        say("SKIPPED references on a real registry: PUBLISHER_TEST_REGISTRY is not set (`cargo xtask test` sets it)");
        return;
    };
    check_references(&url).await;
}

async fn check_references(url: &str) {
    let run = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    check_two_levels(url, &avro_order(run), true).await;
    check_two_levels(url, &json_order(run), false).await;
    check_refusals(url, run).await;
}

fn reference(name: &str, schema: SchemaText) -> SchemaReference {
    SchemaReference {
        name: name.into(),
        subject: name.into(),
        version: None,
        schema,
    }
}

/// An order that refers to money, which refers to a currency, and to the currency itself.
fn avro_order(run: u128) -> SchemaText {
    let (currency_name, money_name) = (format!("com.acme.Currency{run}"), format!("com.acme.money.Money{run}"));
    let currency = avro(&format!(
        r#"{{"type":"enum","name":"Currency{run}","namespace":"com.acme","symbols":["EUR","USD"]}}"#
    ));
    let currency = reference(&currency_name, currency);
    let money = avro(&format!(
        r#"{{"type":"record","name":"Money{run}","namespace":"com.acme.money","fields":[{{"name":"currency","type":"{currency_name}"}},{{"name":"unit","type":{{"type":"enum","name":"Unit{run}","symbols":["CENT"]}}}}]}}"#
    ));
    let money = reference(&money_name, money.with_references([currency.clone()]));
    let order = format!(
        r#"{{"type":"record","name":"Order{run}","namespace":"com.acme.orders","fields":[{{"name":"total","type":"{money_name}"}},{{"name":"paid_in","type":["null","{currency_name}"]}},{{"name":"unit","type":"com.acme.money.Unit{run}"}}]}}"#
    );
    avro(&order).with_references([money, currency])
}

fn json_order(run: u128) -> SchemaText {
    let head = r#""$schema":"http://json-schema.org/draft-07/schema#""#;
    let (currency_name, money_name) = (
        format!("com.acme.Currency{run}.json"),
        format!("com.acme.money.Money{run}.json"),
    );
    let currency = json(&format!(r#"{{{head},"type":"string","enum":["EUR","USD"]}}"#));
    let currency = reference(&currency_name, currency);
    let money = json(&format!(
        r#"{{{head},"type":"object","properties":{{"currency":{{"$ref":"{currency_name}"}}}},"required":["currency"]}}"#
    ));
    let money = reference(&money_name, money.with_references([currency.clone()]));
    let order = format!(
        r#"{{{head},"type":"object","properties":{{"total":{{"$ref":"{money_name}"}},"paid_in":{{"$ref":"{currency_name}"}}}},"required":["total"]}}"#
    );
    json(&order).with_references([money, currency])
}

async fn check_two_levels(url: &str, order: &SchemaText, is_avro: bool) {
    let registry = client(url);
    let (money, currency) = (&order.references[0], &order.references[1]);
    let subject = format!("orders-{}", currency.subject);

    // What comes first in the order of dependency is what is missing, and nothing is written.
    let error = registry.look_up(&subject, order).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    assert_eq!(error.failure().subject_name(), Some(&*currency.subject));
    let (_, subjects) = raw::call(url, "GET", "/subjects", "");
    assert!(!subjects.contains(&*currency.subject), "{subjects}");

    let registered = registry.register(&subject, order).await.unwrap();
    assert_eq!(registered.version, Some(SubjectVersion(1)));
    assert_eq!(
        registry.register(&subject, order).await.unwrap(),
        registered,
        "the same twice"
    );
    assert_eq!(registry.look_up(&subject, order).await.unwrap(), registered);
    for dependency in [money, currency] {
        let found = registry.look_up(&dependency.subject, &dependency.schema).await.unwrap();
        assert_eq!(found.version, Some(SubjectVersion(1)), "{}", dependency.subject);
    }
    let path = format!("/subjects/{}/versions/1/referencedby", money.subject);
    assert_eq!(raw::call(url, "GET", &path, ""), (200, format!("[{}]", registered.id)));

    // Read back whole, under the names and versions that were sent.
    let found = registry.schema_by_id(registered.id).await.unwrap();
    let mut names: Vec<_> = found.references.iter().map(|reference| &*reference.name).collect();
    names.sort_unstable();
    assert_eq!(names, [&*currency.name, &*money.name]);
    let found_money = found.references.iter().find(|found| found.name == money.name).unwrap();
    assert_eq!(found_money.version, Some(SubjectVersion(1)));
    assert_eq!(found_money.schema.references.len(), 1);
    if is_avro {
        let schema = tests::references::avro(&found);
        assert_eq!(schema, tests::references::avro(order));
        let reader = apache_avro::reader::datum::GenericDatumReader::builder(&schema);
        let value = reader.build().unwrap().read_value(&mut &[2, 0, 2, 0, 0][..]).unwrap();
        assert!(format!("{value:?}").contains("\"USD\""), "{value:?}");
    } else {
        let validator = tests::references::json(&found);
        assert!(validator.is_valid(&value!({ "total": { "currency": "EUR" }, "paid_in": "USD" })));
        assert!(!validator.is_valid(&value!({ "total": { "currency": "DEM" } })));
    }
}

async fn check_refusals(url: &str, run: u128) {
    let registry = client(url);
    let (currency, subject) = (format!("com.acme.Coin{run}"), format!("refused-{run}"));
    let text = avro(&format!(r#"{{"type":"array","items":"{currency}"}}"#));
    let mut missing = reference(&currency, avro("\"string\""));
    missing.version = Some(SubjectVersion(7));
    for (schema, what) in [
        (text.clone(), "a name without a reference"),
        (text.with_references([missing]), "a reference that leads nowhere"),
    ] {
        let error = registry.register(&subject, &schema).await.unwrap_err();
        assert!(matches!(error, RegistryError::InvalidSchema(_)), "{what}: {error}");
        let failure = error.failure();
        assert_eq!(
            (failure.http_status(), failure.code(), failure.subject_name()),
            (Some(422), Some(42201), Some(&*subject)),
            "{what}: {error}"
        );
    }
}

#[tokio::test]
async fn a_shared_schema_costs_one_request() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = Arc::new(CachedRegistry::new(Arc::new(client(server.url()))));
    let order = avro_order(1);
    let all = ["a", "b", "a", "b"].map(|subject| {
        let (registry, order) = (Arc::clone(&registry), order.clone());
        tokio::spawn(async move { registry.register(subject, &order).await.unwrap() })
    });
    for task in all {
        task.await.unwrap();
    }
    assert_eq!(
        server.requests(),
        4,
        "currency, money, and the order under two subjects"
    );
    registry.look_up("a", &order).await.unwrap();
    assert_eq!(server.requests(), 4, "registered is as good as looked up");
    assert_eq!(
        server.subjects(),
        ["a", "b", "com.acme.Currency1", "com.acme.money.Money1"]
    );
    let kept = server.schema("a").unwrap();
    assert_eq!(kept, registry.schema_by_id(SchemaId(3)).await.unwrap());
}

#[tokio::test]
async fn a_dependency_that_fails_is_named_and_asked_for_again() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = CachedRegistry::new(Arc::new(client(server.url())));
    server.fail_next(1, 503, "");
    let error = registry.register("a", &avro_order(1)).await.unwrap_err();
    assert!(matches!(error, RegistryError::Unreachable(_)), "{error}");
    assert_eq!(error.failure().subject_name(), Some("com.acme.Currency1"));
    assert_eq!((server.requests(), server.subjects().len()), (1, 0));
    registry.register("a", &avro_order(1)).await.unwrap();
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn references_go_over_the_wire_by_version() {
    let server = Once::registered();
    let mut money = reference("a.Money", avro("\"string\""));
    money.version = Some(SubjectVersion(5));
    let schema = avro("\"long\"").with_references([money]);
    client(&server.url).register("s", &schema).await.unwrap();
    let request = server.request();
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let references = value!([{ "name": "a.Money", "subject": "a.Money", "version": 5 }]);
    assert_eq!(
        body,
        value!({ "schema": "\"long\"", "schemaType": "AVRO", "references": references })
    );
}

#[test]
fn the_fingerprint_covers_what_is_referred_to() {
    let text = |currency: &str| avro("\"long\"").with_references([reference("a.Money", avro(currency))]);
    assert_eq!(text("\"string\"").fingerprint(), text("\"string\"").fingerprint());
    assert_ne!(text("\"string\"").fingerprint(), text("\"int\"").fingerprint());
    assert_ne!(text("\"string\"").fingerprint(), avro("\"long\"").fingerprint());
    assert_eq!(
        avro("\"long\"").fingerprint(),
        publisher_core::schema::Fingerprint::of(b"\"long\"")
    );
}

/// A broken registry does not make a client read for ever, or deeper than its stack.
#[tokio::test]
async fn references_without_end_are_refused() {
    let refers = |subject: &str| value!({"name": "a", "subject": subject, "version": 1});
    let answer = |references: Value| {
        let body = value!({"subject": "s", "id": 7, "version": 1, "schema": "\"string\"", "references": references});
        Act::answer(200, "", &body.to_string())
    };
    let check = async |acts: Vec<Act>, expected: &str, calls: usize| {
        let server = Scripted::start(acts);
        let error = client(&server.url).schema_by_id(SchemaId(7)).await.unwrap_err();
        assert!(
            matches!(error, RegistryError::InvalidSchema(_)) && error.to_string().contains(expected),
            "{error}"
        );
        assert_eq!(server.calls(), calls);
    };
    let circle = std::iter::repeat_n(answer(value!([refers("s")])), 2_000);
    check(
        circle.collect(),
        "subject s: it is referred to over more than 16 levels",
        16,
    )
    .await;
    let many: Value = (0..300).map(|number| refers(&format!("s{number}"))).collect();
    check(
        vec![answer(many)],
        "subject s256: it is one of more than 256 schemas",
        257,
    )
    .await;
}
