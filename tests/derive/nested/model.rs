//! The model: each feature of the derive within another one, and random values of it.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::net::Ipv4Addr;
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use proptest::collection::{btree_map, btree_set, hash_set, vec, vec_deque};
use proptest::option;
use proptest::prelude::*;
use publisher_core::EventData;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use uuid::Uuid;

/// The largest integer that every reader of JSON holds.
pub(super) const SAFE: i64 = (1 << 53) - 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EventData)]
#[event(shared, namespace = "com.acme.geo", rename_all = "lowercase")]
pub(super) enum Country {
    Germany,
    France,
}

#[derive(Clone, Debug, EventData)]
#[event(shared, namespace = "com.acme.geo")]
pub(super) struct Address {
    pub(super) city: String,
    pub(super) country: Country,
    #[event(default = "")]
    pub(super) street: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, EventData)]
#[event(min_length = 1, pattern = "^[a-z]+$")]
pub(super) struct Tag(pub(super) String);

#[derive(Clone, Debug, EventData)]
#[event(as_string)]
pub(super) struct Account(pub(super) u128);

#[derive(Clone, Debug, EventData)]
#[event(fixed = "Digest")]
pub(super) struct Digest(pub(super) [u8; 5]);

#[derive(Clone, Debug, EventData)]
#[event(decimal(9, 2, number), min = 0)]
pub(super) struct Price(pub(super) Decimal);

/// A tuple of which each value has a name.
#[derive(Clone, Debug, EventData)]
pub(super) struct Size(
    #[event(rename = "width", min = 1)] pub(super) u16,
    #[event(rename = "height", alias = "h")] pub(super) f32,
);

#[derive(Clone, Debug, EventData)]
#[event(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Payment {
    #[event(rename_all = "camelCase")]
    ByCard {
        last_four: Tag,
        #[event(micros)]
        paid_at: Option<DateTime<Utc>>,
    },
    Transfer(Box<Address>),
    Proof(#[event(fixed = "Proof")] [u8; 4]),
    Refund(#[event(decimal(12, 3))] Decimal),
    Parts(Vec<Price>),
    #[event(default)]
    Voucher,
}

#[derive(Clone, Debug, EventData)]
pub(super) struct Shop {
    pub(super) number: NonZeroU32,
    #[event(as = String, with = dotted)]
    pub(super) address: Ipv4Addr,
}

fn dotted(address: &Ipv4Addr) -> String {
    address.to_string()
}

#[derive(Clone, Debug, EventData)]
#[event(union)]
pub(super) enum Source {
    Web { page: String, digest: Digest },
    Shop(Shop),
    Payment(Payment),
}

/// Each instance has a name of its own, and its fields stand in the record that holds it.
#[derive(Clone, Debug, EventData)]
#[event(name = "{T}Meta{N}")]
pub(super) struct Meta<T, const N: usize> {
    pub(super) value: Option<T>,
    pub(super) history: [Option<T>; N],
    #[event(default = [], max_items = 3)]
    pub(super) list: VecDeque<T>,
}

/// Holds itself in a list, an option, a map and a flattened record's map.
#[derive(Clone, Debug, EventData)]
pub(super) struct Node {
    pub(super) account: Account,
    #[event(flatten)]
    pub(super) meta: Meta<Price, 2>,
    pub(super) payments: Option<Vec<Payment>>,
    pub(super) sources: BTreeMap<Tag, Source>,
    pub(super) children: Vec<Node>,
    pub(super) parent: Option<Box<Self>>,
    pub(super) by_country: BTreeMap<Country, Node>,
}

#[derive(Clone, Debug, EventData)]
pub(super) struct Leaves {
    #[event(max = 9007199254740991)]
    pub(super) wide: u64,
    #[event(as_string)]
    pub(super) huge: Option<i128>,
    #[event(as_string, default = "7")]
    pub(super) size: u64,
    #[event(as_string)]
    pub(super) country: Country,
    pub(super) tags: BTreeSet<Tag>,
    #[event(max_items = 4)]
    pub(super) numbers: HashSet<i16>,
    pub(super) bytes: [Vec<u8>; 2],
    #[event(fixed = "Digest")]
    pub(super) digests: Vec<[u8; 5]>,
    pub(super) pairs: Vec<[u8; 2]>,
    #[event(fixed = "Id")]
    pub(super) id: Uuid,
    pub(super) plain_id: Uuid,
    #[event(decimal(12, 3))]
    pub(super) amounts: Option<Vec<Decimal>>,
    pub(super) date: NaiveDate,
    #[event(micros)]
    pub(super) time: NaiveTime,
    #[event(micros)]
    pub(super) local: NaiveDateTime,
    pub(super) duration: Duration,
    pub(super) any: Json,
    pub(super) letter: char,
    pub(super) float: f32,
}

#[derive(Clone, Debug, EventData)]
pub(super) struct Parcel {
    pub(super) root: Node,
    pub(super) leaves: Vec<Leaves>,
    #[event(flatten)]
    pub(super) meta: Meta<Source, 1>,
    pub(super) size: Size,
    #[event(skip)]
    #[allow(dead_code)]
    pub(super) cache: Option<&'static str>,
}

fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..5).prop_map(String::from_iter)
}

fn country() -> impl Strategy<Value = Country> {
    prop_oneof![Just(Country::Germany), Just(Country::France)]
}

fn tag() -> impl Strategy<Value = Tag> {
    "[a-z]{1,3}".prop_map(Tag)
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 5]>().prop_map(Digest)
}

fn price() -> impl Strategy<Value = Price> {
    (0..=999_999_999_i64).prop_map(|cents| Price(Decimal::new(cents, 2)))
}

fn amount() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_i64..=999_999_999_999, 0..=3_u32).prop_map(|(digits, scale)| {
        // Fewer places than the schema has are filled up; more digits than it has are not made here.
        Decimal::new(digits / 10_i64.pow(3 - scale), scale)
    })
}

/// The years 0 to 9999, of which JSON's text has the places.
fn micros() -> impl Strategy<Value = i64> {
    -62_167_219_200_000_000..=253_402_300_799_999_999_i64
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    micros().prop_map(|micros| DateTime::from_timestamp_micros(micros).expect("within chrono's range"))
}

prop_compose! {
    fn address()(city in text(), country in country(), street in option::of(text())) -> Address {
        Address { city, country, street }
    }
}

fn payment() -> impl Strategy<Value = Payment> {
    prop_oneof![
        (tag(), option::of(instant())).prop_map(|(last_four, paid_at)| Payment::ByCard { last_four, paid_at }),
        address().prop_map(|address| Payment::Transfer(Box::new(address))),
        any::<[u8; 4]>().prop_map(Payment::Proof),
        amount().prop_map(Payment::Refund),
        vec(price(), 0..3).prop_map(Payment::Parts),
        Just(Payment::Voucher),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        (text(), digest()).prop_map(|(page, digest)| Source::Web { page, digest }),
        (1..=u32::MAX, any::<u32>()).prop_map(|(number, address)| Source::Shop(Shop {
            number: NonZeroU32::new(number).expect("not zero"),
            address: Ipv4Addr::from(address),
        })),
        payment().prop_map(Source::Payment),
    ]
}

prop_compose! {
    fn meta_of_prices()(
        value in option::of(price()),
        history in [option::of(price()), option::of(price())],
        list in vec_deque(price(), 0..=3),
    ) -> Meta<Price, 2> {
        Meta { value, history, list }
    }
}

prop_compose! {
    fn meta_of_sources()(
        value in option::of(source()),
        history in [option::of(source())],
        list in vec_deque(source(), 0..=3),
    ) -> Meta<Source, 1> {
        Meta { value, history, list }
    }
}

prop_compose! {
    fn leaf()(
        account: u128,
        meta in meta_of_prices(),
        payments in option::of(vec(payment(), 0..3)),
        sources in btree_map(tag(), source(), 0..3),
    ) -> Node {
        Node {
            account: Account(account),
            meta,
            payments,
            sources,
            children: Vec::new(),
            parent: None,
            by_country: BTreeMap::new(),
        }
    }
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 8, 2, |inner| {
        let parent = option::of(inner.clone().prop_map(Box::new));
        let by_country = btree_map(country(), inner.clone(), 0..2);
        (leaf(), vec(inner, 0..2), parent, by_country).prop_map(|(leaf, children, parent, by_country)| Node {
            children,
            parent,
            by_country,
            ..leaf
        })
    })
}

/// A value of any form; few levels, because the event around it has some.
fn anything() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-1e6..1e6_f64).prop_map(Json::from),
        text().prop_map(Json::from),
    ];
    scalar.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Json::from),
            btree_map(text(), inner, 0..3).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

prop_compose! {
    fn leaves()(
        (wide, huge, size, country) in (0..=SAFE as u64, any::<Option<i128>>(), any::<u64>(), country()),
        (tags, numbers) in (btree_set(tag(), 0..3), hash_set(any::<i16>(), 0..2)),
        bytes in [vec(any::<u8>(), 0..4), vec(any::<u8>(), 0..4)],
        (digests, pairs) in (vec(any::<[u8; 5]>(), 0..3), vec(any::<[u8; 2]>(), 0..3)),
        (id, plain_id, amounts) in (any::<u128>(), any::<u128>(), option::of(vec(amount(), 0..3))),
        (days, nanos, local) in (-719_528..=2_932_896_i32, 0..86_400_000_000_000_u64, micros()),
        (millis, any, letter) in (0..=SAFE as u64, anything(), any::<char>()),
        float in proptest::num::f32::NORMAL | proptest::num::f32::ZERO,
    ) -> Leaves {
        Leaves {
            wide,
            huge,
            size,
            country,
            tags,
            numbers,
            bytes,
            digests,
            pairs,
            id: Uuid::from_u128(id),
            plain_id: Uuid::from_u128(plain_id),
            amounts,
            date: NaiveDate::from_epoch_days(days).expect("within chrono's range"),
            time: NaiveTime::from_num_seconds_from_midnight_opt(
                (nanos / 1_000_000_000) as u32,
                (nanos % 1_000_000_000) as u32,
            )
            .expect("within a day"),
            local: DateTime::from_timestamp_micros(local).expect("within chrono's range").naive_utc(),
            duration: Duration::from_millis(millis),
            any,
            letter,
            float,
        }
    }
}

prop_compose! {
    pub(super) fn parcel()(
        root in node(),
        leaves in vec(leaves(), 0..3),
        meta in meta_of_sources(),
        width in 1..=u16::MAX,
        height in -1e3..1e3_f32,
    ) -> Parcel {
        Parcel { root, leaves, meta, size: Size(width, height), cache: Some("not published") }
    }
}
