//! Types that have subjects of their own, so that the event's schema refers to them: alone, within each other, twice.
//!
//! Knows no event and no other group. References are about schemas, so that one value of each kind is enough.

use publisher_core::EventData;
use serde_json::json;

use super::Expected;

/// A set of symbols that two other shared types hold.
#[derive(Clone, Copy, EventData)]
#[event(shared, namespace = "com.acme.interop.shared", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Country {
    Germany,
    Japan,
}

#[derive(Clone, EventData)]
#[event(shared, namespace = "com.acme.interop.shared")]
pub struct Address {
    street: &'static str,
    country: Country,
}

#[derive(Clone, EventData)]
#[event(shared, namespace = "com.acme.interop.shared")]
pub struct Person {
    name: &'static str,
    home: Option<Address>,
    born_in: Country,
}

/// Shared types beside and within each other.
#[derive(EventData)]
pub struct Shared {
    country: Country,
    address: Address,
    persons: Vec<Person>,
}

/// As [`super::samples`] has them.
pub fn samples() -> [Expected<Shared>; 4] {
    [0, 1, 2, 100].map(sample)
}

fn sample(persons: usize) -> Expected<Shared> {
    let address = Address {
        street: "Große Straße 1",
        country: Country::Germany,
    };
    let person = |home| Person {
        name: "Ann",
        home,
        born_in: Country::Japan,
    };
    let street = json!({ "street": "Große Straße 1", "country": "GERMANY" });
    let home = |index: usize| index.is_multiple_of(2);
    Expected {
        value: Shared {
            country: Country::Japan,
            address: address.clone(),
            persons: (0..persons)
                .map(|index| person(home(index).then(|| address.clone())))
                .collect(),
        },
        expected: json!({
            "country": "JAPAN",
            "address": street,
            "persons": (0..persons)
                .map(|index| json!({ "name": "Ann", "home": home(index).then_some(&street), "born_in": "JAPAN" }))
                .collect::<Vec<_>>(),
        }),
    }
}
