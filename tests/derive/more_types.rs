//! Wide integers, arrays, sets and the forms that an attribute chooses: apache-avro reads the bytes with the printed
//! schema, jsonschema accepts the text, and both are the same value.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::num::{NonZero, NonZeroI64, NonZeroU8, NonZeroU64};
use std::time::{Duration, SystemTime};

use apache_avro::types::Value;
use proptest::collection::{btree_set, hash_set, vec, vec_deque};
use proptest::prelude::*;
use publisher_core::testing::RecordingPublisher;
use publisher_core::{
    AsFixed, AsString, AvroKey, Encoding, Event, EventData, EventKey, FixedName, KeyForm, MapKey, Plain,
};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use crate::crate_types::{accepted_by_jsonschema, check, refused};
use crate::reading::{avro, field, json, json_schema, violations};

#[test]
fn an_unsigned_long_is_a_long() {
    check::<Plain, _>(0_u64, Value::Long(0), json!(0));
    let safe = (1_u64 << 53) - 1;
    check::<Plain, _>(safe, Value::Long(9_007_199_254_740_991), json!(safe));
    refused::<Plain, _>(safe + 1, Encoding::Json, "beyond 2^53 − 1");
    refused::<Plain, _>(1_u64 << 63, Encoding::Json, "beyond 2^53 − 1");
    refused::<Plain, _>(1_u64 << 63, Encoding::Avro, "beyond 2^63 − 1");
    for refused in ["9007199254740992", "-1"] {
        assert!(accepted_by_jsonschema::<Plain, u64>(refused.as_bytes()).is_err());
    }
    let mut bytes = Vec::new();
    EventData::<Plain>::encode_avro(&i64::MAX.unsigned_abs(), &mut bytes);
    let mut expected = Vec::new();
    EventData::<Plain>::encode_avro(&i64::MAX, &mut expected);
    assert_eq!(bytes, expected);
}

#[test]
fn non_zero_integers_are_integers() {
    check::<Plain, _>(NonZeroI64::new(-1).expect("not zero"), Value::Long(-1), json!(-1));
    check::<Plain, _>(NonZeroU8::MAX, Value::Int(255), json!(255));
    check::<Plain, _>(NonZero::<i8>::MIN, Value::Int(-128), json!(-128));
    check::<Plain, _>(
        NonZero::<u32>::MAX,
        Value::Long(4_294_967_295),
        json!(4_294_967_295_u32),
    );
    check::<Plain, _>(NonZeroU64::MIN, Value::Long(1), json!(1));
    refused::<Plain, _>(NonZeroU64::MAX, Encoding::Avro, "beyond 2^63 − 1");
    refused::<Plain, _>(NonZeroI64::MIN, Encoding::Json, "beyond ±(2^53 − 1)");
    for reader in [
        accepted_by_jsonschema::<Plain, NonZeroU8>,
        accepted_by_jsonschema::<Plain, NonZero<u16>>,
        accepted_by_jsonschema::<Plain, NonZero<u32>>,
        accepted_by_jsonschema::<Plain, Option<NonZeroU64>>,
    ] {
        assert!(reader(b"0").is_err());
        assert!(reader(b"1").is_ok());
    }
    let mut key = Vec::new();
    EventKey::<publisher_core::TextKey>::write_key(&NonZeroU64::MAX, &mut key);
    assert_eq!(key, b"18446744073709551615");
    key.clear();
    EventKey::<publisher_core::BigEndianKey>::write_key(&NonZero::<i16>::MIN, &mut key);
    assert_eq!(key, [0x80, 0]);
}

#[test]
fn arrays_have_their_length() {
    let ints = |items: &[i32]| Value::Array(items.iter().map(|item| Value::Int(*item)).collect());
    check::<Plain, _>([1_i32, 2, 3], ints(&[1, 2, 3]), json!([1, 2, 3]));
    check::<Plain, _>([0_i32; 0], ints(&[]), json!([]));
    check::<Plain, _>(
        [[1_i32, 2], [3, 4]],
        Value::Array(vec![ints(&[1, 2]), ints(&[3, 4])]),
        json!([[1, 2], [3, 4]]),
    );
    check::<Plain, _>([0_u8, 255, 7, 8], Value::Bytes(vec![0, 255, 7, 8]), json!("AP8HCA=="));
    refused::<Plain, _>([1_u64, u64::MAX], Encoding::Avro, "value[1] is beyond");
    assert!(accepted_by_jsonschema::<Plain, [i32; 2]>(b"[1]").is_err());
    assert!(accepted_by_jsonschema::<Plain, [i32; 2]>(b"[1,2,3]").is_err());
    assert!(accepted_by_jsonschema::<Plain, [u8; 4]>(b"\"AP8H\"").is_err());
    assert!(accepted_by_jsonschema::<Plain, Vec<[i32; 1]>>(b"[[1],[]]").is_err());
}

#[test]
fn deques_and_sets_are_arrays() {
    let ints = |items: &[i32]| Value::Array(items.iter().map(|item| Value::Int(*item)).collect());
    let mut deque = VecDeque::from([2, 3]);
    deque.push_front(1);
    check::<Plain, VecDeque<i32>>(deque, ints(&[1, 2, 3]), json!([1, 2, 3]));
    check::<Plain, _>(BTreeSet::from([3_u8, 1, 2]), ints(&[1, 2, 3]), json!([1, 2, 3]));
    check::<Plain, _>(HashSet::<u8>::from([7]), ints(&[7]), json!([7]));
    check::<Plain, _>(HashSet::<i32>::new(), ints(&[]), json!([]));
    refused::<Plain, _>(BTreeSet::from([1, u64::MAX]), Encoding::Avro, "value[1] is beyond");
    refused::<Plain, _>(HashSet::<u64>::from([u64::MAX]), Encoding::Avro, "value[0] is beyond");
    refused::<Plain, _>(VecDeque::from([f64::NAN]), Encoding::Json, "value[0] is not a finite");
}

/// An integer as text, in both encodings.
macro_rules! as_text {
    ($($integer:ident),*) => {$(
        for value in [$integer::MIN, $integer::MAX, 7, 10] {
            let text = value.to_string();
            check::<AsString, _>(value, Value::String(text.clone()), json!(text));
        }
        let most = NonZero::<$integer>::MAX;
        check::<AsString, _>(most, Value::String(most.to_string()), json!(most.to_string()));
    )*};
}

#[test]
fn integers_of_every_width_have_a_text() {
    as_text!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
    check::<AsString, _>(0_u128, Value::String("0".to_owned()), json!("0"));
    for refused in ["\"\"", "\"007\"", "\"1.5\"", "\"+1\"", "\"-\"", "7"] {
        assert!(
            accepted_by_jsonschema::<AsString, u64>(refused.as_bytes()).is_err(),
            "{refused}"
        );
    }
}

#[derive(Debug)]
enum Hash {}

impl FixedName for Hash {
    const NAME: &'static str = "Hash";
}

#[test]
fn a_fixed_is_its_bytes() {
    let id = Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10);
    let bytes: Vec<u8> = (1..=16).collect();
    check::<AsFixed<Hash>, _>(id, Value::Fixed(16, bytes.clone()), json!("AQIDBAUGBwgJCgsMDQ4PEA=="));
    check::<AsFixed<Hash>, _>([7_u8; 3], Value::Fixed(3, vec![7; 3]), json!("BwcH"));
    check::<AsFixed<Hash>, _>(
        vec![[1_u8], [2]],
        Value::Array(vec![Value::Fixed(1, vec![1]), Value::Fixed(1, vec![2])]),
        json!(["AQ==", "Ag=="]),
    );
    let mut key = Vec::new();
    <AvroKey<AsFixed<Hash>> as KeyForm<Uuid>>::write(&id, &mut key);
    assert_eq!(key, [&[0; 5], &bytes[..]].concat());
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EventData)]
#[event(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    New,
    PaidInFull,
}

#[derive(Debug, Clone, EventData)]
#[event(as_string)]
struct Account(u128);

#[derive(Debug, Clone, EventData)]
struct At(#[event(micros)] SystemTime);

#[derive(Debug, Clone, EventData)]
#[event(fixed = "Sha256")]
struct Digest([u8; 32]);

#[derive(Debug, Clone, EventData)]
struct Everything {
    #[event(min = 1, max = 100)]
    wide: u64,
    #[event(min = 2)]
    count: NonZeroU64,
    #[event(as_string)]
    huge: Option<i128>,
    #[event(as_string, default = "-7")]
    size: isize,
    account: Account,
    point: [f64; 2],
    #[event(min_items = 1)]
    queue: VecDeque<Status>,
    set: BTreeSet<i32>,
    #[event(max_items = 4)]
    hashed: HashSet<String>,
    #[event(as_string)]
    status: Status,
    #[event(as_string, min_items = 1)]
    statuses: Vec<Status>,
    by_status: BTreeMap<Status, [u8; 2]>,
    #[event(fixed = "Sha256")]
    hash: [u8; 32],
    #[event(fixed = "Sha256")]
    before: Option<[u8; 32]>,
    digest: Digest,
    #[event(fixed = "Id")]
    id: Uuid,
    #[event(micros)]
    at: Option<SystemTime>,
    newtype: At,
    #[event(decimal(6, 2, number), min = 0)]
    price: Decimal,
}

/// What a variant holds has a form of its own too.
#[derive(Debug, Clone, EventData)]
enum Proof {
    #[event(rename = "Hashed")]
    Hash(#[event(fixed = "Sha256")] [u8; 32]),
    Number {
        #[event(as_string)]
        number: u128,
    },
}

#[derive(Event)]
#[event(topic = "all", namespace = "com.acme", unkeyed)]
struct AsAvro<'a> {
    it: &'a Everything,
}

#[derive(Event)]
#[event(topic = "all", namespace = "com.acme", unkeyed, encoding = json)]
struct AsJson<'a> {
    it: &'a Everything,
}

fn everything() -> Everything {
    Everything {
        wide: 1,
        count: NonZeroU64::MIN.saturating_add(1),
        huge: Some(i128::MIN),
        size: 0,
        account: Account(u128::MAX),
        point: [0.5, -1.5],
        queue: VecDeque::from([Status::PaidInFull]),
        set: BTreeSet::from([2, -1]),
        hashed: HashSet::from(["a".to_owned()]),
        status: Status::New,
        statuses: vec![Status::PaidInFull],
        by_status: BTreeMap::from([(Status::New, [1, 2])]),
        hash: [1; 32],
        before: Some([2; 32]),
        digest: Digest([3; 32]),
        id: Uuid::nil(),
        at: Some(SystemTime::UNIX_EPOCH + Duration::from_micros(1)),
        newtype: At(SystemTime::UNIX_EPOCH - Duration::from_nanos(1)),
        price: Decimal::new(5, 1),
    }
}

#[test]
fn the_avro_schema_is_the_expected_text() {
    let expected = concat!(
        r#"{"type":"record","name":"AsAvro","namespace":"com.acme","fields":[{"name":"it","type":"#,
        r#"{"type":"record","name":"Everything","fields":["#,
        r#"{"name":"wide","type":"long"},"#,
        r#"{"name":"count","type":"long"},"#,
        r#"{"name":"huge","type":["null","string"],"default":null},"#,
        r#"{"name":"size","type":"string","default":"-7"},"#,
        r#"{"name":"account","type":"string"},"#,
        r#"{"name":"point","type":{"type":"array","items":"double"}},"#,
        r#"{"name":"queue","type":{"type":"array","items":{"type":"enum","name":"Status","doc":"How far it is.","#,
        r#""symbols":["NEW","PAID_IN_FULL"]}}},"#,
        r#"{"name":"set","type":{"type":"array","items":"int"}},"#,
        r#"{"name":"hashed","type":{"type":"array","items":"string"}},"#,
        r#"{"name":"status","type":"string"},"#,
        r#"{"name":"statuses","type":{"type":"array","items":"string"}},"#,
        r#"{"name":"by_status","type":{"type":"map","values":"bytes"}},"#,
        r#"{"name":"hash","type":{"type":"fixed","name":"Sha256","size":32}},"#,
        r#"{"name":"before","type":["null","com.acme.Sha256"],"default":null},"#,
        r#"{"name":"digest","type":"com.acme.Sha256"},"#,
        r#"{"name":"id","type":{"type":"fixed","name":"Id","size":16}},"#,
        r#"{"name":"at","type":["null",{"type":"long","logicalType":"timestamp-micros"}],"default":null},"#,
        r#"{"name":"newtype","type":{"type":"long","logicalType":"timestamp-micros"}},"#,
        r#"{"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}}"#,
        r#"]}}]}"#,
    );
    let it = everything();
    assert_eq!(&*AsAvro { it: &it }.event_type().schema().text, expected);
}

#[test]
fn both_encodings_say_the_same() {
    let it = everything();
    let ones = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    let expected = json!({
        "wide": 1, "count": 2, "huge": i128::MIN.to_string(), "size": "0", "account": u128::MAX.to_string(),
        "point": [0.5, -1.5], "queue": ["PAID_IN_FULL"], "set": [-1, 2], "hashed": ["a"], "status": "NEW",
        "statuses": ["PAID_IN_FULL"], "by_status": { "NEW": "AQI=" }, "hash": ones,
        "before": ones.replace("AQEB", "AgIC").replace("AQE=", "AgI="),
        "digest": ones.replace("AQEB", "AwMD").replace("AQE=", "AwM="),
        "id": "AAAAAAAAAAAAAAAAAAAAAA==", "at": "1970-01-01T00:00:00.000001Z",
        "newtype": "1969-12-31T23:59:59.999999Z", "price": 0.50,
    });
    let text: serde_json::Value = serde_json::from_str(&json(&AsJson { it: &it })).expect("JSON");
    assert_eq!(text["it"], expected);
    // The recording reads Avro back into the form of JSON.
    let recording = RecordingPublisher::new();
    recording.record(&AsAvro { it: &it }).expect("a valid event");
    assert_eq!(recording.recorded()[0].value["it"], expected);
}

#[test]
fn both_sides_refuse_the_same() {
    let valid: serde_json::Value = serde_json::from_str(&json(&AsJson { it: &everything() })).expect("JSON");
    let schema = json_schema(&AsJson { it: &everything() });
    let refused = |change: &dyn Fn(&mut Everything), name: &str, value: serde_json::Value| {
        let mut it = everything();
        change(&mut it);
        let found = violations(&AsJson { it: &it });
        assert!(
            found.len() == 1 && found[0].starts_with(&format!("it.{name}")),
            "{found:?}"
        );
        assert_eq!(violations(&AsAvro { it: &it }), found);
        let mut text = valid.clone();
        text["it"][name] = value;
        assert!(!schema.is_valid(&text), "{text}");
    };
    refused(&|it| it.wide = 0, "wide", json!(0));
    refused(&|it| it.wide = 101, "wide", json!(101));
    refused(&|it| it.count = NonZeroU64::MIN, "count", json!(1));
    refused(&|it| it.queue.clear(), "queue", json!([]));
    refused(&|it| it.statuses.clear(), "statuses", json!([]));
    refused(
        &|it| it.hashed = (0..5).map(|number| number.to_string()).collect(),
        "hashed",
        json!(["0", "1", "2", "3", "4"]),
    );
    refused(&|it| it.price = Decimal::new(-1, 2), "price", json!(-0.01));
    refused(&|it| it.price = Decimal::new(10_000, 0), "price", json!(10_000));
}

#[test]
fn symbols_are_keys_of_maps() {
    assert_eq!(MapKey::as_text(&Status::PaidInFull), "PAID_IN_FULL");
    check::<Plain, _>(
        BTreeMap::from([(Status::New, 1_i32)]),
        Value::Map([("NEW".to_owned(), Value::Int(1))].into()),
        json!({ "NEW": 1 }),
    );
}

#[test]
fn variants_hold_values_of_chosen_forms() {
    let hash = Value::Fixed(32, vec![9; 32]);
    let record = |proof: Proof| {
        let mut bytes = Vec::new();
        proof.encode_avro(&mut bytes);
        let mut text = Vec::new();
        proof.encode_json(&mut text);
        let text = accepted_by_jsonschema::<Plain, Proof>(&text).expect("a text of the schema");
        (bytes, text)
    };
    let (bytes, text) = record(Proof::Hash([9; 32]));
    assert!(
        bytes
            .windows(32)
            .any(|window| Value::Fixed(32, window.to_vec()) == hash)
    );
    assert!(text.to_string().contains("CQkJ"), "{text}");
    let (bytes, text) = record(Proof::Number { number: u128::MAX });
    let digits = u128::MAX.to_string();
    assert!(bytes.ends_with(digits.as_bytes()));
    assert!(text.to_string().contains(&digits), "{text}");
}

#[derive(Event)]
#[event(topic = "keyed", namespace = "com.acme")]
struct KeyedByFixed {
    #[event(key = avro, fixed = "Id")]
    id: Uuid,
}

#[derive(Event)]
#[event(topic = "keyed", namespace = "com.acme")]
struct KeyedByBytes {
    #[event(key = avro)]
    id: [u8; 4],
}

#[derive(Event)]
#[event(topic = "keyed", namespace = "com.acme")]
enum KeyedByText {
    Opened {
        #[event(key, as_string)]
        account: u128,
    },
    Closed {
        #[event(key, as_string)]
        account: u128,
        #[event(fixed = "Proof")]
        proof: [u8; 2],
    },
}

#[test]
fn chosen_forms_are_keys() {
    let recording = RecordingPublisher::new();
    let key = |event: &dyn Event| {
        recording.record(event).expect("a valid event");
        recording.recorded().pop().and_then(|recorded| recorded.key)
    };
    let opened = KeyedByText::Opened { account: u128::MAX };
    assert_eq!(key(&opened), Some(u128::MAX.to_string()));
    let closed = KeyedByText::Closed {
        account: 7,
        proof: [1, 2],
    };
    assert_eq!(key(&closed).as_deref(), Some("7"));
    let fixed = KeyedByFixed { id: Uuid::nil() };
    assert_eq!(key(&fixed).as_deref(), Some("AAAAAAAAAAAAAAAAAAAAAA=="));
    assert_eq!(
        fixed
            .event_type()
            .key_schema()
            .map(|schema| schema.text.to_string())
            .as_deref(),
        Some(r#"{"type":"fixed","name":"Id","namespace":"com.acme","size":16}"#)
    );
    let bytes = KeyedByBytes { id: [0, 255, 7, 8] };
    assert_eq!(key(&bytes).as_deref(), Some("00ff0708"));
    assert_eq!(
        bytes
            .event_type()
            .key_schema()
            .map(|schema| schema.text.to_string())
            .as_deref(),
        Some(r#""bytes""#)
    );
}

#[derive(Debug, Default, EventData)]
struct Tree {
    children: VecDeque<Tree>,
}

/// Whatever hashes the set is not asked for a form.
#[derive(Debug, EventData)]
struct Tags<T, S> {
    tags: HashSet<T, S>,
}

#[derive(Event)]
#[event(topic = "trees", namespace = "com.acme", unkeyed)]
struct Planted {
    tree: Tree,
    tags: Tags<[u8; 2], std::hash::RandomState>,
}

#[test]
fn collections_hold_records_and_parameters() {
    let tree = Tree {
        children: VecDeque::from([Tree::default(), Tree::default()]),
    };
    let planted = Planted {
        tree,
        tags: Tags {
            tags: HashSet::from([[1, 2]]),
        },
    };
    let recording = RecordingPublisher::new();
    recording.record(&planted).expect("a valid event");
    assert_eq!(
        recording.recorded()[0].value,
        json!({ "tree": { "children": [{ "children": [] }, { "children": [] }] }, "tags": { "tags": ["AQI="] } })
    );
}

fn symbol() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::New), Just(Status::PaidInFull)]
}

prop_compose! {
    fn anything()(
        (wide, count, huge, size) in (1..=100_u64, 2..=1_u64 << 40, any::<Option<i128>>(), any::<isize>()),
        (account, x, y) in (any::<u128>(), -1e9..1e9_f64, -1e9..1e9_f64),
        queue in vec_deque(symbol(), 1..5),
        set in btree_set(any::<i32>(), 0..5),
        hashed in hash_set("[a-zé\"\\\\]{0,4}", 0..5),
        statuses in vec(symbol(), 1..4),
        by_status in proptest::collection::btree_map(symbol(), any::<[u8; 2]>(), 0..3),
        (hash, before, digest, id) in (any::<[u8; 32]>(), any::<Option<[u8; 32]>>(), any::<[u8; 32]>(), any::<u128>()),
        (at, newtype) in (proptest::option::of(0..1_u64 << 60), 0..1_u64 << 60),
        cents in 0..=999_999_i64,
    ) -> Everything {
        let after = |nanos| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos);
        Everything {
            wide,
            count: NonZeroU64::new(count).expect("not zero"),
            huge,
            size,
            account: Account(account),
            point: [x, y],
            queue,
            set,
            hashed,
            status: statuses[0],
            statuses,
            by_status,
            hash,
            before,
            digest: Digest(digest),
            id: Uuid::from_u128(id),
            at: at.map(after),
            newtype: At(after(newtype)),
            price: Decimal::new(cents, 2),
        }
    }
}

proptest! {
    #[test]
    fn random_values_are_the_same_in_both_encodings(it in anything()) {
        let read = field(&avro(&AsAvro { it: &it }), "it");
        prop_assert_eq!(field(&read, "account"), Value::String(it.account.0.to_string()));
        prop_assert_eq!(field(&read, "hash"), Value::Fixed(32, it.hash.to_vec()));
        prop_assert_eq!(field(&read, "size"), Value::String(it.size.to_string()));
        let text: serde_json::Value = serde_json::from_str(&json(&AsJson { it: &it })).expect("JSON");
        let recording = RecordingPublisher::new();
        recording.record(&AsAvro { it: &it }).expect("a valid event");
        prop_assert_eq!(&recording.recorded()[0].value, &text);
    }

    #[test]
    fn unsigned_longs_are_read_or_refused(value: u64) {
        let read = i64::try_from(value);
        match read {
            Ok(long) if value < 1 << 53 => check::<Plain, _>(value, Value::Long(long), json!(value)),
            Ok(_) => refused::<Plain, _>(value, Encoding::Json, "beyond 2^53 − 1"),
            Err(_) => refused::<Plain, _>(value, Encoding::Avro, "beyond 2^63 − 1"),
        }
    }
}
