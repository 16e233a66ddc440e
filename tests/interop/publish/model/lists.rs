//! Lists, sets and maps of every kind, and bytes of one length.
//!
//! Knows no event and no other group. A hash set has one item at the most: its order is nobody's.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::rc::Rc;

use publisher_core::EventData;
use serde_json::json;
use uuid::Uuid;

use super::Expected;

/// Symbols that are a map's keys and texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, EventData)]
pub enum Size {
    Small,
    ExtraLarge,
}

#[derive(EventData)]
#[event(fixed = "Digest")]
pub struct Checksum([u8; 32]);

/// One field of each type.
#[derive(EventData)]
pub struct Lists {
    deque: VecDeque<&'static str>,
    set: BTreeSet<i32>,
    hash_set: HashSet<&'static str>,
    pair: [f64; 2],
    matrix: [[i32; 2]; 3],
    no_items: [bool; 0],
    four_bytes: [u8; 4],
    option_bytes: Option<[u8; 1]>,
    list_of_bytes: Vec<[u8; 2]>,
    #[event(fixed = "Digest")]
    digest: [u8; 32],
    #[event(fixed = "Digest")]
    option_digest: Option<[u8; 32]>,
    #[event(fixed = "Pair")]
    list_of_fixed: Vec<[u8; 2]>,
    #[event(fixed = "Id")]
    uuid: Uuid,
    checksum: Checksum,
    nested: Vec<Vec<Option<i32>>>,
    by_symbol: BTreeMap<Size, [u8; 2]>,
    map_of_maps: BTreeMap<String, BTreeMap<String, Vec<bool>>>,
    option_map: Option<BTreeMap<&'static str, Option<i64>>>,
    #[event(as_string)]
    symbol: Size,
    #[event(as_string)]
    symbols: Option<Vec<Size>>,
    #[event(min_items = 1, max_items = 200)]
    bounded_list: Rc<[i32]>,
    #[event(max_items = 3)]
    bounded_set: BTreeSet<Size>,
    #[event(min_items = 1, max_items = 2)]
    bounded_map: BTreeMap<Size, i32>,
    #[event(max_items = 4)]
    bounded_option: Option<Vec<Vec<u8>>>,
}

/// As [`super::samples`] has them.
pub fn samples() -> [Expected<Lists>; 4] {
    [ordinary(), greatest(), least(), empty()]
}

/// 32 bytes of one kind in base64.
fn base64(byte: u8) -> &'static str {
    match byte {
        0 => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        1 => "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        _ => "//////////////////////////////////////////8=",
    }
}

fn ordinary() -> Expected<Lists> {
    Expected {
        value: Lists {
            deque: VecDeque::from(["b", "a"]),
            set: BTreeSet::from([3, -1, 2]),
            hash_set: HashSet::from(["one"]),
            pair: [0.5, -1.5],
            matrix: [[1, 2], [3, 4], [5, 6]],
            no_items: [],
            four_bytes: [0, 255, 7, 8],
            option_bytes: Some([9]),
            list_of_bytes: vec![[1, 2], [3, 4]],
            digest: [1; 32],
            option_digest: Some([1; 32]),
            list_of_fixed: vec![[1, 2], [3, 4]],
            uuid: Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10),
            checksum: Checksum([1; 32]),
            nested: vec![vec![Some(1), None], vec![]],
            by_symbol: BTreeMap::from([(Size::ExtraLarge, [1, 2]), (Size::Small, [3, 4])]),
            map_of_maps: BTreeMap::from([("a".to_owned(), BTreeMap::from([("b".to_owned(), vec![true])]))]),
            option_map: Some(BTreeMap::from([("a", Some(-1)), ("b", None)])),
            symbol: Size::ExtraLarge,
            symbols: Some(vec![Size::Small, Size::ExtraLarge]),
            bounded_list: Rc::from([1, 2, 3]),
            bounded_set: BTreeSet::from([Size::Small]),
            bounded_map: BTreeMap::from([(Size::Small, 1)]),
            bounded_option: Some(vec![vec![1], vec![]]),
        },
        expected: json!({
            "deque": ["b", "a"],
            "set": [-1, 2, 3],
            "hash_set": ["one"],
            "pair": [0.5, -1.5],
            "matrix": [[1, 2], [3, 4], [5, 6]],
            "no_items": [],
            "four_bytes": "AP8HCA==",
            "option_bytes": "CQ==",
            "list_of_bytes": ["AQI=", "AwQ="],
            "digest": base64(1),
            "option_digest": base64(1),
            "list_of_fixed": ["AQI=", "AwQ="],
            "uuid": "AQIDBAUGBwgJCgsMDQ4PEA==",
            "checksum": base64(1),
            "nested": [[1, null], []],
            "by_symbol": { "ExtraLarge": "AQI=", "Small": "AwQ=" },
            "map_of_maps": { "a": { "b": [true] } },
            "option_map": { "a": -1, "b": null },
            "symbol": "ExtraLarge",
            "symbols": ["Small", "ExtraLarge"],
            "bounded_list": [1, 2, 3],
            "bounded_set": ["Small"],
            "bounded_map": { "Small": 1 },
            "bounded_option": ["AQ==", ""],
        }),
    }
}

fn greatest() -> Expected<Lists> {
    let names: Vec<String> = (100..200).map(|number| number.to_string()).collect();
    let inner = BTreeMap::from([("x".to_owned(), vec![false; 100])]);
    Expected {
        value: Lists {
            deque: VecDeque::from(["~"; 100]),
            set: (0..100).collect(),
            hash_set: HashSet::from(["~"]),
            pair: [f64::MAX; 2],
            matrix: [[i32::MAX; 2]; 3],
            no_items: [],
            four_bytes: [255; 4],
            option_bytes: Some([255]),
            list_of_bytes: vec![[255; 2]; 100],
            digest: [255; 32],
            option_digest: Some([255; 32]),
            list_of_fixed: vec![[255; 2]; 100],
            uuid: Uuid::max(),
            checksum: Checksum([255; 32]),
            nested: vec![vec![Some(i32::MAX); 10]; 10],
            by_symbol: BTreeMap::from([(Size::Small, [255; 2]), (Size::ExtraLarge, [255; 2])]),
            map_of_maps: names.iter().map(|name| (name.clone(), inner.clone())).collect(),
            option_map: Some(BTreeMap::from([("~", Some(9_007_199_254_740_991))])),
            symbol: Size::ExtraLarge,
            symbols: Some(vec![Size::ExtraLarge; 100]),
            bounded_list: (0..200).collect(),
            bounded_set: BTreeSet::from([Size::Small, Size::ExtraLarge]),
            bounded_map: BTreeMap::from([(Size::Small, i32::MAX), (Size::ExtraLarge, i32::MIN)]),
            bounded_option: Some(vec![vec![255; 3]; 4]),
        },
        expected: json!({
            "deque": vec!["~"; 100],
            "set": (0..100).collect::<Vec<_>>(),
            "hash_set": ["~"],
            "pair": [1.797_693_134_862_315_7e308, 1.797_693_134_862_315_7e308],
            "matrix": vec![[2_147_483_647, 2_147_483_647]; 3],
            "no_items": [],
            "four_bytes": "/////w==",
            "option_bytes": "/w==",
            "list_of_bytes": vec!["//8="; 100],
            "digest": base64(255),
            "option_digest": base64(255),
            "list_of_fixed": vec!["//8="; 100],
            "uuid": "/////////////////////w==",
            "checksum": base64(255),
            "nested": vec![vec![2_147_483_647; 10]; 10],
            "by_symbol": { "Small": "//8=", "ExtraLarge": "//8=" },
            "map_of_maps": names
                .iter()
                .map(|name| (name.clone(), json!({ "x": vec![false; 100] })))
                .collect::<serde_json::Map<_, _>>(),
            "option_map": { "~": 9_007_199_254_740_991_i64 },
            "symbol": "ExtraLarge",
            "symbols": vec!["ExtraLarge"; 100],
            "bounded_list": (0..200).collect::<Vec<_>>(),
            "bounded_set": ["Small", "ExtraLarge"],
            "bounded_map": { "Small": 2_147_483_647, "ExtraLarge": -2_147_483_648_i64 },
            "bounded_option": vec!["////"; 4],
        }),
    }
}

fn least() -> Expected<Lists> {
    Expected {
        value: Lists {
            deque: VecDeque::from([""]),
            set: BTreeSet::from([i32::MIN]),
            hash_set: HashSet::from([""]),
            pair: [f64::MIN, 5e-324],
            matrix: [[i32::MIN; 2]; 3],
            option_bytes: Some([0]),
            list_of_bytes: vec![[0; 2]],
            option_digest: Some([0; 32]),
            list_of_fixed: vec![[0; 2]],
            nested: vec![vec![]],
            by_symbol: BTreeMap::from([(Size::Small, [0; 2])]),
            map_of_maps: BTreeMap::from([(String::new(), BTreeMap::new())]),
            option_map: Some(BTreeMap::new()),
            symbols: Some(Vec::new()),
            bounded_option: Some(Vec::new()),
            ..empty().value
        },
        expected: {
            let mut expected = empty().expected;
            for (name, value) in [
                ("deque", json!([""])),
                ("set", json!([-2_147_483_648_i64])),
                ("hash_set", json!([""])),
                ("pair", json!([-1.797_693_134_862_315_7e308, 5e-324])),
                ("matrix", json!(vec![[-2_147_483_648_i64; 2]; 3])),
                ("option_bytes", json!("AA==")),
                ("list_of_bytes", json!(["AAA="])),
                ("option_digest", json!(base64(0))),
                ("list_of_fixed", json!(["AAA="])),
                ("nested", json!([[]])),
                ("by_symbol", json!({ "Small": "AAA=" })),
                ("map_of_maps", json!({ "": {} })),
                ("option_map", json!({})),
                ("symbols", json!([])),
                ("bounded_option", json!([])),
            ] {
                expected[name] = value;
            }
            expected
        },
    }
}

fn empty() -> Expected<Lists> {
    Expected {
        value: Lists {
            deque: VecDeque::new(),
            set: BTreeSet::new(),
            hash_set: HashSet::new(),
            pair: [0.0; 2],
            matrix: [[0; 2]; 3],
            no_items: [],
            four_bytes: [0; 4],
            option_bytes: None,
            list_of_bytes: Vec::new(),
            digest: [0; 32],
            option_digest: None,
            list_of_fixed: Vec::new(),
            uuid: Uuid::nil(),
            checksum: Checksum([0; 32]),
            nested: Vec::new(),
            by_symbol: BTreeMap::new(),
            map_of_maps: BTreeMap::new(),
            option_map: None,
            symbol: Size::Small,
            symbols: None,
            bounded_list: Rc::from([0]),
            bounded_set: BTreeSet::new(),
            bounded_map: BTreeMap::from([(Size::Small, 0)]),
            bounded_option: None,
        },
        expected: json!({
            "deque": [],
            "set": [],
            "hash_set": [],
            "pair": [0, 0],
            "matrix": [[0, 0], [0, 0], [0, 0]],
            "no_items": [],
            "four_bytes": "AAAAAA==",
            "option_bytes": null,
            "list_of_bytes": [],
            "digest": base64(0),
            "option_digest": null,
            "list_of_fixed": [],
            "uuid": "AAAAAAAAAAAAAAAAAAAAAA==",
            "checksum": base64(0),
            "nested": [],
            "by_symbol": {},
            "map_of_maps": {},
            "option_map": null,
            "symbol": "Small",
            "symbols": null,
            "bounded_list": [0],
            "bounded_set": [],
            "bounded_map": { "Small": 0 },
            "bounded_option": null,
        }),
    }
}
