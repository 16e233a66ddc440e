//! What the quickstart wrote, read back in Rust by others' decoders and compared with the source, field by field.
//!
//! apache-avro decodes, jsonschema validates, both with the schema that the registry names for the record. The expected
//! records are made from the file here, without the example's code.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value as Avro;
use chrono::NaiveDate;
use publisher_core::registry::{RegistryClient, SchemaRegistry as _, SchemaText};
use publisher_core::testing::{ConsumedRecord, EmbeddedCluster, EmbeddedRegistry, read_topic};
use publisher_core::{SchemaId, partitioner, wire};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::Run;

const PARTITIONS: i32 = 6;

#[tokio::test]
async fn every_field_is_as_in_the_source() {
    let cluster = EmbeddedCluster::start().unwrap();
    let registry = EmbeddedRegistry::start().unwrap();
    for encoding in ["avro", "json"] {
        let topic = format!("orders-{encoding}");
        cluster.create_topic(&topic, PARTITIONS).unwrap();
        check(
            cluster.bootstrap_servers(),
            registry.url(),
            &topic,
            encoding,
            &default_input(),
        )
        .await;
    }
}

/// The real orders, where their folder is named; xtask says when it is not.
#[tokio::test]
async fn every_field_of_the_real_orders_is_as_in_the_source() {
    let Some(folder) = std::env::var_os("PUBLISHER_TEST_DATA") else {
        return;
    };
    let input = Path::new(&folder).join("northwind/orders.jsonl");
    let cluster = EmbeddedCluster::start().unwrap();
    let registry = EmbeddedRegistry::start().unwrap();
    cluster.create_topic("northwind", PARTITIONS).unwrap();
    check(cluster.bootstrap_servers(), registry.url(), "northwind", "avro", &input).await;
}

/// The same on real servers; xtask starts them and says when it cannot.
#[tokio::test]
async fn every_field_on_real_servers_is_as_in_the_source() {
    let (Ok(brokers), Ok(registry)) = (
        std::env::var("PUBLISHER_TEST_KAFKA"),
        std::env::var("PUBLISHER_TEST_REGISTRY"),
    ) else {
        return;
    };
    for encoding in ["avro", "json"] {
        let topic = format!("read-back-{encoding}-{}", uuid::Uuid::now_v7());
        check(&brokers, &registry, &topic, encoding, &default_input()).await;
    }
}

fn default_input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/orders.jsonl")
}

async fn check(brokers: &str, registry: &str, topic: &str, encoding: &str, input: &Path) {
    let input_arg = input.to_str().unwrap();
    let args = ["--encoding", encoding, "--topic", topic, "--input", input_arg];
    let run = Run::new(Some((brokers, registry)), &args);
    let mut expected = expected(input);
    let count = expected.values().map(Vec::len).sum::<usize>();
    run.assert_last_line(&format!("delivered {count} of {count}"));

    let (servers, name) = (brokers.to_owned(), topic.to_owned());
    let records = tokio::task::spawn_blocking(move || read_topic(&servers, &name, Duration::from_secs(30)));
    let records = records.await.unwrap().unwrap();
    assert_eq!(records.len(), count);
    let mut decoder = Decoder {
        registry: RegistryClient::builder(registry).build().unwrap(),
        schemas: HashMap::new(),
    };
    for record in records {
        let key = String::from_utf8(record.key.clone().unwrap()).unwrap();
        assert_eq!(
            record.partition,
            partitioner::partition(key.as_bytes(), PARTITIONS),
            "partition of {key}"
        );
        // Records come in the order of the log: what is expected next of a key is what comes next.
        let events = expected.get_mut(&key).unwrap_or_else(|| panic!("no order {key}"));
        let (event_type, value) = events.remove(0);
        assert_eq!(record.headers.text("event_type"), Some(event_type), "type of {key}");
        assert_eq!(
            record.headers.text("content-type"),
            Some(format!("application/{encoding}").as_str())
        );
        assert_eq!(decoder.decode(&record).await, value, "{event_type} of {key}");
    }
    assert!(expected.values().all(Vec::is_empty));
}

/// Reads records with the schemas of the registry.
struct Decoder {
    registry: RegistryClient,
    schemas: HashMap<SchemaId, Arc<SchemaText>>,
}

impl Decoder {
    async fn decode(&mut self, record: &ConsumedRecord) -> Value {
        let (id, payload) = wire::read(record.value.as_ref().unwrap()).unwrap();
        if !self.schemas.contains_key(&id) {
            self.schemas
                .insert(id, Arc::new(self.registry.schema_by_id(id).await.unwrap()));
        }
        let schema = &self.schemas[&id];
        if record.headers.text("content-type") == Some("application/json") {
            let value = serde_json::from_slice(payload).unwrap();
            assert!(tests::references::json(schema).is_valid(&value), "{value}");
            return value;
        }
        let schema = tests::references::avro(schema);
        let reader = GenericDatumReader::builder(&schema).build().unwrap();
        let mut rest = payload;
        let value = reader.read_value(&mut rest).unwrap();
        assert!(rest.is_empty(), "bytes are left over");
        as_json(value)
    }
}

/// The value as JSON events have it.
fn as_json(value: Avro) -> Value {
    match value {
        Avro::Null => Value::Null,
        Avro::Int(value) => json!(value),
        Avro::Long(value) => json!(value),
        Avro::Double(value) => json!(value),
        Avro::String(value) => json!(value),
        Avro::Union(_, value) => as_json(*value),
        Avro::Date(days) => json!(NaiveDate::from_epoch_days(days).unwrap().to_string()),
        Avro::Decimal(value) => {
            let bytes = Vec::<u8>::try_from(value).unwrap();
            let start = if bytes[0] & 0x80 == 0 { 0 } else { -1 };
            let unscaled = bytes
                .iter()
                .fold(start, |unscaled: i64, byte| unscaled << 8 | i64::from(*byte));
            json!(Decimal::new(unscaled, 2).to_string())
        }
        Avro::Array(items) => items.into_iter().map(as_json).collect(),
        Avro::Record(fields) => Value::Object(fields.into_iter().map(|(name, value)| (name, as_json(value))).collect()),
        other => panic!("no such value is published: {other:?}"),
    }
}

/// By key the events in their order: the full name and the value.
fn expected(input: &Path) -> HashMap<String, Vec<(&'static str, Value)>> {
    let text = fs::read_to_string(input).unwrap();
    text.lines()
        .map(|line| of_order(&serde_json::from_str(line).unwrap()))
        .collect()
}

fn of_order(order: &Value) -> (String, Vec<(&'static str, Value)>) {
    let key = order["order_id"].to_string();
    let lines = order["lines"].as_array().unwrap();
    let amount = |line: &Value| {
        cents(&line["unit_price"])
            * Decimal::from(line["quantity"].as_u64().unwrap())
            * (Decimal::ONE - cents(&line["discount"]))
    };
    let total: Decimal = lines.iter().map(amount).sum();
    let ship_to = &order["ship_to"];
    let placed = json!({
        "order_id": key,
        "customer_id": order["customer"]["id"],
        "customer_name": order["customer"]["company_name"],
        "placed_on": order["order_date"],
        "required_on": order["required_date"],
        "ship_to": {
            "name": ship_to["name"],
            "street": ship_to["address"],
            "city": ship_to["city"],
            "region": ship_to["region"],
            "postal_code": ship_to["postal_code"],
            "country": ship_to["country"],
        },
        "freight": two_places(cents(&order["freight"])),
        "lines": lines.iter().map(|line| json!({
            "product_id": line["product_id"],
            "product_name": line["product_name"],
            "unit_price": two_places(cents(&line["unit_price"])),
            "quantity": line["quantity"],
            "discount": cents(&line["discount"]).to_string().parse::<f64>().unwrap(),
        })).collect::<Vec<_>>(),
        "total": two_places(rounded(total)),
    });
    let mut events = vec![("com.acme.orders.OrderPlaced", placed)];
    if !order["shipped_date"].is_null() {
        let shipped = json!({ "order_id": key, "shipped_on": order["shipped_date"], "carrier": order["shipper"] });
        events.push(("com.acme.orders.OrderShipped", shipped));
    }
    (key, events)
}

fn cents(number: &Value) -> Decimal {
    rounded(number.to_string().parse().unwrap())
}

fn rounded(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven)
}

fn two_places(mut amount: Decimal) -> String {
    amount.rescale(2);
    amount.to_string()
}
