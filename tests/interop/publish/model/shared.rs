//! Types that have subjects of their own, so that the event's schema refers to them: alone, within each other, twice.
//!
//! Knows no event and no other group. References are about schemas, so that one value of each kind is enough.

use std::collections::BTreeMap;

use publisher_core::EventData;
use serde_json::{Value, json};

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

/// An enum with data, which holds another shared type.
#[derive(Clone, EventData)]
#[event(shared, namespace = "com.acme.interop.shared")]
pub enum Contact {
    Letter(Address),
    Phone {
        number: &'static str,
    },
    #[event(default)]
    Nobody,
}

/// Holds itself.
#[derive(Clone, EventData)]
#[event(shared, namespace = "com.acme.interop.shared")]
pub struct Category {
    name: &'static str,
    within: Option<Box<Category>>,
}

/// Shared types beside and within each other.
#[derive(EventData)]
pub struct Shared {
    country: Country,
    option_country: Option<Country>,
    address: Address,
    persons: Vec<Person>,
    by_name: BTreeMap<String, Contact>,
    contact: Contact,
    category: Category,
    option_category: Option<Category>,
}

/// As [`super::samples`] has them.
pub fn samples() -> [Expected<Shared>; 4] {
    [3, 100, 1, 0].map(sample)
}

fn contact(kind: &str, letter: Value, phone: Value) -> Value {
    json!({ "type": kind, "letter": letter, "phone": phone })
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
    let category = (0..persons.min(20)).fold(Category { name: "", within: None }, |within, _| Category {
        name: "within",
        within: Some(Box::new(within)),
    });
    let category_value = (0..persons.min(20)).fold(
        json!({ "name": "", "within": null }),
        |within, _| json!({ "name": "within", "within": within }),
    );
    let (said, said_value) = match persons {
        0 => (Contact::Nobody, contact("Nobody", Value::Null, Value::Null)),
        1 => (
            Contact::Phone { number: "" },
            contact("Phone", Value::Null, json!({ "number": "" })),
        ),
        _ => (
            Contact::Letter(address.clone()),
            contact("Letter", street.clone(), Value::Null),
        ),
    };
    Expected {
        value: Shared {
            country: Country::Japan,
            option_country: (persons > 0).then_some(Country::Germany),
            address: address.clone(),
            persons: (0..persons)
                .map(|index| person(home(index).then(|| address.clone())))
                .collect(),
            by_name: (0..persons).map(|index| (index.to_string(), said.clone())).collect(),
            contact: said,
            option_category: (persons > 0).then(|| category.clone()),
            category,
        },
        expected: json!({
            "country": "JAPAN",
            "option_country": (persons > 0).then_some("GERMANY"),
            "address": street,
            "persons": (0..persons)
                .map(|index| json!({ "name": "Ann", "home": home(index).then_some(&street), "born_in": "JAPAN" }))
                .collect::<Vec<_>>(),
            "by_name": (0..persons)
                .map(|index| (index.to_string(), said_value.clone()))
                .collect::<serde_json::Map<_, _>>(),
            "contact": said_value,
            "option_category": (persons > 0).then_some(&category_value),
            "category": category_value,
        }),
    }
}
