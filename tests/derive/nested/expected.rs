//! What readers must see of a value of the model, in either encoding.

use super::model;

/// As apache-avro reads it.
pub(super) mod avro {
    use apache_avro::types::Value;
    use chrono::Timelike;
    use rust_decimal::Decimal;

    use super::super::model::{Country, Leaves, Meta, Node, Parcel, Payment, Price, Source};

    fn text(text: impl ToString) -> Value {
        Value::String(text.to_string())
    }

    fn array<T>(items: impl IntoIterator<Item = T>, value: impl Fn(T) -> Value) -> Value {
        Value::Array(items.into_iter().map(value).collect())
    }

    fn map<'a, K: ToString, T: 'a>(entries: impl IntoIterator<Item = (K, &'a T)>, value: fn(&T) -> Value) -> Value {
        Value::Map(
            entries
                .into_iter()
                .map(|(key, held)| (key.to_string(), value(held)))
                .collect(),
        )
    }

    fn record(fields: Vec<(&str, Value)>) -> Value {
        Value::Record(
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    fn branch(number: u32, value: Value) -> Value {
        Value::Union(number, Box::new(value))
    }

    fn optional(value: Option<Value>) -> Value {
        value.map_or_else(|| branch(0, Value::Null), |value| branch(1, value))
    }

    fn fixed(bytes: &[u8]) -> Value {
        Value::Fixed(bytes.len(), bytes.to_vec())
    }

    fn decimal(value: Decimal, scale: u32) -> Value {
        let mantissa = value.mantissa() * 10_i128.pow(scale - value.scale());
        Value::Decimal(mantissa.to_be_bytes().into())
    }

    fn price(price: &Price) -> Value {
        decimal(price.0, 2)
    }

    fn country(country: Country) -> Value {
        Value::Enum(country as u32, super::name(country).to_owned())
    }

    fn payment(payment: &Payment) -> Value {
        let (number, symbol, held) = match payment {
            Payment::ByCard { last_four, paid_at } => {
                let at = paid_at.map(|at| Value::TimestampMicros(at.timestamp_micros()));
                let card = record(vec![("lastFour", text(&last_four.0)), ("paidAt", optional(at))]);
                (0, "BY_CARD", Some(("by_card", card)))
            }
            Payment::Transfer(address) => {
                let street = match &address.street {
                    Some(street) => branch(0, text(street)),
                    None => branch(1, Value::Null),
                };
                let fields = vec![
                    ("city", text(&address.city)),
                    ("country", country(address.country)),
                    ("street", street),
                ];
                (1, "TRANSFER", Some(("transfer", record(fields))))
            }
            Payment::Proof(bytes) => (2, "PROOF", Some(("proof", fixed(bytes)))),
            Payment::Refund(amount) => (3, "REFUND", Some(("refund", decimal(*amount, 3)))),
            Payment::Parts(parts) => (4, "PARTS", Some(("parts", array(parts, price)))),
            Payment::Voucher => (5, "VOUCHER", None),
        };
        let mut fields = vec![("kind", Value::Enum(number, symbol.to_owned()))];
        for name in ["by_card", "transfer", "proof", "refund", "parts"] {
            let value = held.as_ref().filter(|(there, _)| *there == name);
            fields.push((name, optional(value.map(|(_, value)| value.clone()))));
        }
        record(fields)
    }

    fn plain(source: &Source) -> (u32, Value) {
        match source {
            Source::Web { page, digest } => (0, record(vec![("page", text(page)), ("digest", fixed(&digest.0))])),
            Source::Shop(shop) => {
                let number = Value::Long(shop.number.get().into());
                (1, record(vec![("number", number), ("address", text(shop.address))]))
            }
            Source::Payment(paid) => (2, payment(paid)),
        }
    }

    fn source(source: &Source) -> Value {
        let (number, value) = plain(source);
        branch(number, value)
    }

    /// Null stands before the branches of a union.
    fn optional_source(source: &Option<Source>) -> Value {
        source.as_ref().map_or_else(
            || branch(0, Value::Null),
            |source| {
                let (number, value) = plain(source);
                branch(number + 1, value)
            },
        )
    }

    fn meta<T, const N: usize>(
        meta: &Meta<T, N>,
        optional: fn(&Option<T>) -> Value,
        value: fn(&T) -> Value,
    ) -> [(&'static str, Value); 3] {
        [
            ("value", optional(&meta.value)),
            ("history", array(&meta.history, optional)),
            ("list", array(&meta.list, value)),
        ]
    }

    fn node(it: &Node) -> Value {
        let mut fields = vec![("account", text(it.account.0))];
        fields.extend(meta(&it.meta, |held| optional(held.as_ref().map(price)), price));
        fields.extend([
            (
                "payments",
                optional(it.payments.as_ref().map(|payments| array(payments, payment))),
            ),
            (
                "sources",
                map(it.sources.iter().map(|(tag, source)| (&tag.0, source)), source),
            ),
            ("children", array(&it.children, node)),
            ("parent", optional(it.parent.as_deref().map(node))),
            (
                "by_country",
                map(it.by_country.iter().map(|(key, node)| (super::name(*key), node)), node),
            ),
        ]);
        record(fields)
    }

    fn leaves(it: &Leaves) -> Value {
        let micros =
            i64::from(it.time.num_seconds_from_midnight()) * 1_000_000 + i64::from(it.time.nanosecond() / 1000);
        record(vec![
            ("wide", Value::Long(it.wide as i64)),
            ("huge", optional(it.huge.map(text))),
            ("size", text(it.size)),
            ("country", text(super::name(it.country))),
            ("tags", array(&it.tags, |tag| text(&tag.0))),
            ("numbers", array(&it.numbers, |number| Value::Int((*number).into()))),
            ("bytes", array(&it.bytes, |bytes| Value::Bytes(bytes.clone()))),
            ("digests", array(&it.digests, |digest| fixed(digest))),
            ("pairs", array(&it.pairs, |pair| Value::Bytes(pair.to_vec()))),
            ("id", fixed(it.id.as_bytes())),
            ("plain_id", Value::Uuid(it.plain_id)),
            (
                "amounts",
                optional(
                    it.amounts
                        .as_ref()
                        .map(|amounts| array(amounts, |amount| decimal(*amount, 3))),
                ),
            ),
            ("date", Value::Date(it.date.to_epoch_days())),
            ("time", Value::TimeMicros(micros)),
            (
                "local",
                Value::LocalTimestampMicros(it.local.and_utc().timestamp_micros()),
            ),
            ("duration", Value::Long(it.duration.as_millis() as i64)),
            ("any", text(&it.any)),
            ("letter", text(it.letter)),
            ("float", Value::Float(it.float)),
        ])
    }

    pub(crate) fn event(region: &str, number: i64, parcel: &Parcel) -> Value {
        let mut fields = vec![
            ("Region", text(region)),
            ("number", Value::Long(number)),
            ("root", node(&parcel.root)),
            ("leaves", array(&parcel.leaves, leaves)),
        ];
        fields.extend(meta(&parcel.meta, optional_source, source));
        let (width, height) = (Value::Int(parcel.size.0.into()), Value::Float(parcel.size.1));
        fields.push(("size", record(vec![("width", width), ("height", height)])));
        record(fields)
    }
}

/// As JSON's readers see it.
pub(super) mod json {
    use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
    use rust_decimal::Decimal;
    use serde_json::{Map, Value, json};

    use super::super::model::{Leaves, Meta, Node, Parcel, Payment, Price, Source};

    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// Base64 by bits: six for each digit, padded to four digits.
    fn base64(bytes: &[u8]) -> String {
        let bits: Vec<u8> = bytes
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
            .collect();
        let digit = |bits: &[u8]| {
            let six = (0..6).fold(0, |all, bit| {
                all << 1 | usize::from(bits.get(bit).copied().unwrap_or(0))
            });
            char::from(DIGITS[six])
        };
        let mut text: String = bits.chunks(6).map(digit).collect();
        while !text.len().is_multiple_of(4) {
            text.push('=');
        }
        text
    }

    /// The nearest double of the shortest text.
    fn float(value: f32) -> f64 {
        value.to_string().parse().expect("a number")
    }

    fn number(value: Decimal) -> f64 {
        value.to_string().parse().expect("a number")
    }

    /// All places, also those that are zero.
    fn digits(value: Decimal) -> String {
        let mantissa = value.mantissa() * 10_i128.pow(3 - value.scale());
        let sign = if mantissa < 0 { "-" } else { "" };
        format!("{sign}{}.{:03}", mantissa.abs() / 1000, mantissa.abs() % 1000)
    }

    fn date(date: NaiveDate) -> String {
        format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }

    /// With microseconds; what is finer is left out.
    fn time(time: NaiveTime) -> String {
        let micros = time.nanosecond() / 1000;
        format!(
            "{:02}:{:02}:{:02}.{micros:06}",
            time.hour(),
            time.minute(),
            time.second()
        )
    }

    fn price(price: &Price) -> Value {
        json!(number(price.0))
    }

    fn array<T>(items: impl IntoIterator<Item = T>, value: impl Fn(T) -> Value) -> Value {
        Value::Array(items.into_iter().map(value).collect())
    }

    fn payment(payment: &Payment) -> Value {
        let (symbol, held) = match payment {
            Payment::ByCard { last_four, paid_at } => {
                let at = paid_at.map(|at| format!("{}T{}Z", date(at.date_naive()), time(at.time())));
                (
                    "BY_CARD",
                    Some(("by_card", json!({ "lastFour": last_four.0, "paidAt": at }))),
                )
            }
            Payment::Transfer(address) => {
                let country = super::name(address.country);
                let address = json!({ "city": address.city, "country": country, "street": address.street });
                ("TRANSFER", Some(("transfer", address)))
            }
            Payment::Proof(bytes) => ("PROOF", Some(("proof", json!(base64(bytes))))),
            Payment::Refund(amount) => ("REFUND", Some(("refund", json!(digits(*amount))))),
            Payment::Parts(parts) => ("PARTS", Some(("parts", array(parts, price)))),
            Payment::Voucher => ("VOUCHER", None),
        };
        let mut value = json!({
            "kind": symbol, "by_card": null, "transfer": null, "proof": null, "refund": null, "parts": null,
        });
        if let Some((name, held)) = held {
            value[name] = held;
        }
        value
    }

    fn source(source: &Source) -> Value {
        match source {
            Source::Web { page, digest } => json!({ "Web": { "page": page, "digest": base64(&digest.0) } }),
            Source::Shop(shop) => {
                json!({ "Shop": { "number": shop.number.get(), "address": shop.address.to_string() } })
            }
            Source::Payment(paid) => json!({ "Payment": payment(paid) }),
        }
    }

    fn with_meta<T, const N: usize>(mut value: Value, meta: &Meta<T, N>, held: fn(&T) -> Value) -> Value {
        value["value"] = json!(meta.value.as_ref().map(held));
        value["history"] = array(&meta.history, |item| json!(item.as_ref().map(held)));
        value["list"] = array(&meta.list, held);
        value
    }

    fn node(it: &Node) -> Value {
        let sources: Map<_, _> = it
            .sources
            .iter()
            .map(|(tag, held)| (tag.0.clone(), source(held)))
            .collect();
        let nodes = it
            .by_country
            .iter()
            .map(|(key, held)| (super::name(*key).to_owned(), node(held)));
        let value = json!({
            "account": it.account.0.to_string(),
            "payments": it.payments.as_ref().map(|payments| array(payments, payment)),
            "sources": sources,
            "children": array(&it.children, node),
            "parent": it.parent.as_deref().map(node),
            "by_country": nodes.collect::<Map<_, _>>(),
        });
        with_meta(value, &it.meta, price)
    }

    fn leaves(it: &Leaves) -> Value {
        json!({
            "wide": it.wide,
            "huge": it.huge.map(|huge| huge.to_string()),
            "size": it.size.to_string(),
            "country": super::name(it.country),
            "tags": array(&it.tags, |tag| json!(tag.0)),
            "numbers": array(&it.numbers, |number| json!(number)),
            "bytes": array(&it.bytes, |bytes| json!(base64(bytes))),
            "digests": array(&it.digests, |digest| json!(base64(digest))),
            "pairs": array(&it.pairs, |pair| json!(base64(pair))),
            "id": base64(it.id.as_bytes()),
            "plain_id": it.plain_id.hyphenated().to_string(),
            "amounts": it.amounts.as_ref().map(|amounts| array(amounts, |amount| json!(digits(*amount)))),
            "date": date(it.date),
            "time": time(it.time),
            "local": format!("{}T{}", date(it.local.date()), time(it.local.time())),
            "duration": it.duration.as_millis() as u64,
            "any": it.any,
            "letter": it.letter.to_string(),
            "float": float(it.float),
        })
    }

    pub(crate) fn event(region: &str, number: i64, parcel: &Parcel) -> Value {
        let value = json!({
            "Region": region,
            "number": number,
            "root": node(&parcel.root),
            "leaves": array(&parcel.leaves, leaves),
            "size": { "width": parcel.size.0, "height": float(parcel.size.1) },
        });
        with_meta(value, &parcel.meta, source)
    }
}

/// The symbol of a country, as `rename_all` has it.
fn name(country: model::Country) -> &'static str {
    match country {
        model::Country::Germany => "germany",
        model::Country::France => "france",
    }
}
