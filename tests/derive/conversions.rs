//! Foreign types, published as another type: fields, newtypes, variants, whole types, keys and times.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use apache_avro::types::Value;
use chrono::{DateTime, Utc};
use publisher_core::{Event, EventData, EventTypes};
use rust_decimal::Decimal;

use crate::reading::{avro, field, json, key, violations};

/// Types of a crate that knows nothing of events.
mod foreign {
    pub(super) struct Money {
        pub(super) cents: i64,
        pub(super) currency: &'static str,
    }

    pub(super) struct Instant(pub(super) i64);

    pub(super) struct Label(pub(super) String);
}

#[derive(EventData)]
struct Amount {
    #[event(decimal(18, 2), min = 0)]
    value: Decimal,
    #[event(pattern = "^[A-Z]{3}$")]
    currency: String,
}

impl From<&foreign::Money> for Amount {
    fn from(money: &foreign::Money) -> Self {
        Self {
            value: Decimal::new(money.cents, 2),
            currency: money.currency.to_owned(),
        }
    }
}

#[derive(Debug)]
struct NoEuro;

impl std::fmt::Display for NoEuro {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("has another currency than EUR")
    }
}

fn euros(money: &foreign::Money) -> Result<Decimal, NoEuro> {
    (money.currency == "EUR")
        .then(|| Decimal::new(money.cents, 2))
        .ok_or(NoEuro)
}

fn all_euros(amounts: &[foreign::Money]) -> Result<Vec<Decimal>, NoEuro> {
    amounts.iter().map(euros).collect()
}

fn instant(instant: &foreign::Instant) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(instant.0).unwrap_or_default()
}

fn label(label: &foreign::Label) -> Cow<'_, str> {
    Cow::Borrowed(label.0.as_str())
}

fn address(address: &Ipv4Addr) -> String {
    address.to_string()
}

fn lengths(texts: &BTreeMap<String, String>) -> BTreeMap<String, i32> {
    texts
        .iter()
        .map(|(name, text)| (name.clone(), text.len() as i32))
        .collect()
}

/// Published as its text.
#[derive(EventData)]
struct Host(#[event(as = String, with = address, max_length = 9)] Ipv4Addr);

/// Holds euros only.
#[derive(EventData)]
struct Euros(#[event(as = Decimal, with = euros, decimal(18, 2))] foreign::Money);

/// Both bounds of a range, as text.
#[derive(EventData)]
#[event(into = String)]
struct Range(i32, i32);

impl From<&Range> for String {
    fn from(Range(low, high): &Range) -> Self {
        format!("{low}..{high}")
    }
}

#[derive(EventData)]
#[event(into = Weekday<'_>)]
enum Day {
    Sunday { late: bool },
    Other,
}

#[derive(EventData)]
struct Weekday<'a> {
    name: &'a str,
    late: bool,
}

impl From<&Day> for Weekday<'_> {
    fn from(day: &Day) -> Self {
        let (name, late) = match day {
            Day::Sunday { late } => ("Sunday", *late),
            Day::Other => ("another", false),
        };
        Self { name, late }
    }
}

#[derive(EventData)]
enum Payment {
    Cash(#[event(as = Amount)] foreign::Money),
    Wire {
        #[event(as = Decimal, with = euros, decimal(18, 2), max = 10)]
        amount: foreign::Money,
    },
}

#[derive(EventData)]
#[event(union)]
enum Choice {
    Foreign(#[event(as = Amount)] foreign::Money),
    Day(Day),
}

macro_rules! paid {
    ($name:ident, $encoding:ident) => {
        #[derive(Event)]
        #[event(topic = "payments", namespace = "com.acme", encoding = $encoding)]
        struct $name {
            #[event(key)]
            range: Range,
            #[event(time, as = DateTime<Utc>, with = instant)]
            at: foreign::Instant,
            #[event(as = Amount)]
            amount: foreign::Money,
            #[event(as = Decimal, with = euros, decimal(18, 2), min = 1, rename = "euros")]
            total: foreign::Money,
            #[event(as = Vec<Decimal>, with = all_euros, decimal(18, 2), max_items = 2)]
            parts: Vec<foreign::Money>,
            #[event(as = Cow<'_, str>, with = label, min_length = 2)]
            label: foreign::Label,
            #[event(as = BTreeMap<String, i32>, with = self::lengths)]
            lengths: BTreeMap<String, String>,
            host: Host,
            #[event(max = 1000)]
            balance: Option<Euros>,
            day: Option<Day>,
            payments: Vec<Payment>,
            choice: Option<Choice>,
        }
    };
}
paid!(PaidAvro, avro);
paid!(PaidJson, json);

fn money(cents: i64, currency: &'static str) -> foreign::Money {
    foreign::Money { cents, currency }
}

macro_rules! event {
    ($name:ident) => {
        $name {
            range: Range(1, 5),
            at: foreign::Instant(77),
            amount: money(1250, "USD"),
            total: money(100, "EUR"),
            parts: vec![money(1, "EUR"), money(2, "EUR")],
            label: foreign::Label("abc".to_owned()),
            lengths: BTreeMap::from([("a".to_owned(), "four".to_owned())]),
            host: Host(Ipv4Addr::LOCALHOST),
            balance: Some(Euros(money(5, "EUR"))),
            day: Some(Day::Sunday { late: true }),
            payments: vec![
                Payment::Cash(money(3, "CHF")),
                Payment::Wire {
                    amount: money(999, "EUR"),
                },
            ],
            choice: Some(Choice::Foreign(money(7, "EUR"))),
        }
    };
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn decimal(cents: i16) -> Value {
    let bytes = cents.to_be_bytes();
    Value::Decimal(bytes.into())
}

#[test]
fn apache_avro_reads_the_published_form() {
    let event = event!(PaidAvro);
    let read = avro(&event);
    assert_eq!(field(&read, "range"), text("1..5"));
    assert_eq!(field(&read, "at"), Value::TimestampMillis(77));
    assert_eq!(field(&field(&read, "amount"), "value"), decimal(1250));
    assert_eq!(field(&field(&read, "amount"), "currency"), text("USD"));
    assert_eq!(field(&read, "euros"), decimal(100));
    assert_eq!(field(&read, "parts"), Value::Array(vec![decimal(1), decimal(2)]));
    assert_eq!(field(&read, "label"), text("abc"));
    let lengths = [("a".to_owned(), Value::Int(4))].into_iter().collect();
    assert_eq!(field(&read, "lengths"), Value::Map(lengths));
    assert_eq!(field(&read, "host"), text("127.0.0.1"));
    assert_eq!(field(&read, "balance"), Value::Union(1, Box::new(decimal(5))));
    let Value::Union(1, day) = field(&read, "day") else {
        panic!("a day")
    };
    assert_eq!(
        (field(&day, "name"), field(&day, "late")),
        (text("Sunday"), Value::Boolean(true))
    );
    let Value::Array(payments) = field(&read, "payments") else {
        panic!("payments")
    };
    let Value::Union(1, cash) = field(&payments[0], "cash") else {
        panic!("cash")
    };
    assert_eq!(
        (field(&cash, "value"), field(&cash, "currency")),
        (decimal(3), text("CHF"))
    );
    let Value::Union(1, wire) = field(&payments[1], "wire") else {
        panic!("wire")
    };
    assert_eq!(field(&wire, "amount"), decimal(999));
    let Value::Union(1, choice) = field(&read, "choice") else {
        panic!("the first branch")
    };
    assert_eq!(field(&choice, "value"), decimal(7));
}

#[test]
fn json_has_the_published_form() {
    let written = json(&event!(PaidJson));
    let expected = concat!(
        r#"{"range":"1..5","at":"1970-01-01T00:00:00.077Z","amount":{"value":"12.50","currency":"USD"},"#,
        r#""euros":"1.00","parts":["0.01","0.02"],"label":"abc","lengths":{"a":4},"host":"127.0.0.1","#,
        r#""balance":"0.05","day":{"name":"Sunday","late":true},"#,
        r#""payments":[{"type":"Cash","cash":{"value":"0.03","currency":"CHF"},"wire":null},"#,
        r#"{"type":"Wire","cash":null,"wire":{"amount":"9.99"}}],"#,
        r#""choice":{"Foreign":{"value":"0.07","currency":"EUR"}}}"#,
    );
    assert_eq!(written, expected);
}

#[test]
fn keys_and_times_are_of_the_published_form() {
    let event = event!(PaidAvro);
    assert_eq!((key(&event).as_str(), event.timestamp_ms()), ("1..5", Some(77)));
    fn key_of<E: EventTypes<Key = Range>>() {}
    key_of::<PaidAvro>();
}

#[test]
fn a_failed_conversion_is_a_violation_beside_the_others() {
    let event = PaidAvro {
        amount: money(-1, "usd"),
        total: money(100, "USD"),
        parts: vec![money(1, "EUR"), money(1, "EUR"), money(1, "EUR")],
        label: foreign::Label("a".to_owned()),
        host: Host(Ipv4Addr::new(255, 255, 255, 255)),
        balance: Some(Euros(money(1, "USD"))),
        payments: vec![
            Payment::Cash(money(-3, "CHF")),
            Payment::Wire {
                amount: money(1001, "EUR"),
            },
            Payment::Wire {
                amount: money(1001, "CHF"),
            },
        ],
        choice: Some(Choice::Day(Day::Other)),
        ..event!(PaidAvro)
    };
    assert_eq!(
        violations(&event),
        [
            "amount.value is less than 0",
            "amount.currency does not match the pattern ^[A-Z]{3}$",
            "euros cannot be published: has another currency than EUR",
            "parts has 3 items, at most 2 are allowed",
            "label has 1 characters, at least 2 are needed",
            "host has 15 characters, at most 9 are allowed",
            "balance cannot be published: has another currency than EUR",
            "payments[0].cash.value is less than 0",
            "payments[1].wire.amount is more than 10",
            "payments[2].wire.amount cannot be published: has another currency than EUR",
        ]
    );
}

/// A key and a time that conversions with a `Result` give.
#[derive(Event)]
#[event(topic = "payments", namespace = "com.acme", key(id, number))]
struct Keyed<'a> {
    #[event(as = String, with = known)]
    id: &'a foreign::Label,
    number: i32,
    #[event(time, as = Option<DateTime<Utc>>, with = past)]
    at: foreign::Instant,
}

fn known(label: &&foreign::Label) -> Result<String, &'static str> {
    if label.0.is_empty() {
        return Err("is empty");
    }
    Ok(label.0.to_uppercase())
}

fn past(at: &foreign::Instant) -> Result<Option<DateTime<Utc>>, String> {
    if at.0 < 0 {
        return Err("lies before 1970".to_owned());
    }
    Ok(Some(instant(at)))
}

#[test]
fn an_event_that_is_not_valid_has_no_converted_key_and_time() {
    let label = foreign::Label("a".to_owned());
    let event = Keyed {
        id: &label,
        number: 2,
        at: foreign::Instant(5),
    };
    assert_eq!((key(&event).as_str(), event.timestamp_ms()), ("A:2", Some(5)));
    assert_eq!(field(&avro(&event), "id"), text("A"));
    let label = foreign::Label(String::new());
    let event = Keyed {
        id: &label,
        number: 2,
        at: foreign::Instant(-5),
    };
    assert_eq!((key(&event).as_str(), event.timestamp_ms()), ("", None));
    assert_eq!(
        violations(&event),
        [
            "id cannot be published: is empty",
            "at cannot be published: lies before 1970",
        ]
    );
}

/// The variant of an enum of events, which borrows.
#[derive(Event)]
#[event(topic = "payments", namespace = "com.acme")]
enum PaymentEvent {
    Received {
        #[event(key, as = String, with = address)]
        from: Ipv4Addr,
        #[event(as = Amount)]
        amount: foreign::Money,
    },
}

#[test]
fn variants_of_events_convert_too() {
    let event = PaymentEvent::Received {
        from: Ipv4Addr::LOCALHOST,
        amount: money(250, "EUR"),
    };
    assert_eq!(key(&event), "127.0.0.1");
    let read = avro(&event);
    assert_eq!(field(&read, "from"), text("127.0.0.1"));
    assert_eq!(field(&field(&read, "amount"), "value"), decimal(250));
}
