//! The derive macros of `publisher-core`.
//!
//! `ast` reads, `check` judges, `expand` writes; see the documentation of the two derives.

mod ast;
mod attr;
mod case;
mod check;
mod contract;
mod diagnostics;
mod expand;
mod fallback;
mod format;
#[cfg(test)]
mod golden;
mod lifetimes;
mod model;
mod number;
mod pattern;
mod symbol;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::ast::Input;
use crate::diagnostics::Diagnostics;

/// Makes a type publishable: implements `Event` and `EventTypes`, and for a struct all that `EventData` gives besides.
///
/// On a struct with named fields, which is one event type, or on an enum of events. Do not derive `EventData` as well:
/// an event is event data already.
///
/// ```text
/// /// A customer placed an order.
/// #[derive(Event)]
/// #[event(topic = "orders", namespace = "com.acme.orders")]
/// struct OrderPlaced {
///     #[event(key)]
///     order_id: OrderId,
///     #[event(time)]
///     placed_at: DateTime<Utc>,
///     #[event(min_items = 1)]
///     lines: Vec<LineItem>,
/// }
/// ```
///
/// # On the struct
/// ```text
/// topic = "orders"              mandatory. 1 to 249 of A-Z a-z 0-9 . _ -
/// namespace = "com.acme.orders" mandatory. Nested types without one of their own inherit it
/// name = "OrderPlaced"          the record's name; default: the struct's. Give one before you rename the struct
/// schema = "schemas/….avsc"     the committed schema that the type is held to; see below
/// version = 2                   the event's own version, from 1 on; default 1. Not the registry's
/// encoding = avro | json        default avro; bare or as a string
/// model = closed | open         JSON only: whether readers refuse further properties; default closed
/// json_formats                  JSON only: `format` beside `pattern`. Strict readers refuse formats they do not know
/// key(tenant, order_id)         a compound key of 2 to 4 fields in this order, as text; instead of `key` on a field
/// unkeyed                       records without a key. They have no order among each other and no tombstone
/// rename_all = "camelCase"      the names of the fields; serde's spellings but kebab-case, which is no legal name
/// crate = "::renamed"           the path to `publisher_core`
/// alias = "OrderCreated"        a name that the record had before, perhaps with its namespace ("com.old.OrderCreated");
///                               as often as needed. Avro's `aliases`; JSON Schema has none
/// ```
/// One of `key` on a field, `key(...)` and `unkeyed` is mandatory. The key's type is as visible as the event: a tombstone
/// takes it. The doc comment becomes the schema's `doc`: lines of a
/// paragraph are joined by a space, so that wrapping a comment anew changes no schema.
///
/// # The committed schema
/// `schema = "schemas/com.acme.orders.OrderPlaced.avsc"` (`.json` for JSON) holds the type to a file, which is looked up
/// from the package's root and the folders above it, up to the workspace's. `cargo check` fails at the field that differs
/// from it in name, place, type, default or, in a JSON Schema, constraint. `cargo test` compares the whole text, by a test
/// that the derive emits; it does not run for types in functions and doctests, and for those of an example only where its
/// `[[example]]` has `test = true`. Shared types have files of their own beside it, under their full names, and are compared
/// with them. The test also leaves a description of the type for tools, in `publisher/` under the target folder. The path
/// has `/` between its folders on every system.
///
/// The variable `PUBLISHER_SCHEMAS` says what is done with the files. A change of it, or of a file, compiles the type anew.
/// ```text
/// check                         the default: compare
/// bless                         `PUBLISHER_SCHEMAS=bless cargo test` writes the files; a new one goes into the nearest
///                               folder of that name
/// off                           build without the files
/// ```
///
/// # On a field
/// ```text
/// key                           the entity's ID, the record's key, as text
/// key = big_endian | raw | avro the key in another form; bare or as a string. See below
/// time                          the event's own time, the record's timestamp: an instant of any crate (`SystemTime`,
///                               `DateTime<Utc>`, `Timestamp` …) or an `Option` of one, after 1970-01-01T00:00:00Z
/// rename = "id"                 the name in the schema
/// skip                          not published; any type
/// default = 0                   what readers take where a record lacks the field: a boolean, a number, a string or
///                               symbol, `[]`, `{}`. An `Option` has null by itself; with another default its value
///                               stands first in Avro's union
/// decimal(18, 2)                precision (at most 38) and scale of a `Decimal`, also of those in a container;
///                               `decimal(18, 2, number)` is a number in JSON, of which readers keep about 15 digits
/// micros                        microseconds instead of milliseconds, of a time. There is no finer unit
/// as_string                     an integer as its digits, of 128 bits and `usize` too; a symbol as its text
/// fixed = "Sha256"              `[u8; N]` or `Uuid` as bytes of one length, under this name in Avro; base64 in JSON
/// min, max = 1.5                bounds of a number; exact, at most 9 places behind the point
/// exclusive_min, exclusive_max  the same without the bound itself
/// min_length, max_length = 80   characters of a string (Unicode code points)
/// pattern = "^[A-Z]{2}$"        a string contains a match; portable between ECMA-262 and our check
/// format = uuid                 or email, uri, date_time (also "date-time")
/// min_items, max_items = 10     items of an array, entries of a map
/// as = T                        published as `T`, by `T: From<&FieldType>`
/// as = T, with = path           published as `T`, by a function `fn(&FieldType) -> T` or `-> Result<T, E>`
/// alias = "total"               a name that the field had before, as often as needed; Avro's `aliases`
/// flatten                       the fields of its record stand in its place; alone but for `skip`. The record may be
///                               behind a pointer, not in an `Option` or a list
/// recursive = Customer          another record in the field's type that leads back to this one; without it rustc says
///                               "cycle detected" (E0391) about `SHAPE`
/// ```
/// `decimal`, `micros`, `as_string` and `fixed` choose a published form, also of what an `Option` or list holds; a value
/// has at most one. Beside `as_string` and `fixed` no constraint stands but `min_items` and `max_items`, and a default of
/// `as_string` is a string of digits. An integer as default in a JSON event lies within ±(2^53 − 1).
///
/// # Types of other crates
/// `as` publishes a field whose type knows nothing of events. Schema, default, constraints and form are those of `T`;
/// a key and a time are written from it, and it is the key's type that a tombstone takes. The conversion is of the whole
/// field: for an `Option<Foreign>` write `as = Option<T>` and a function of `&Option<Foreign>`. `T` may borrow from the
/// field: `as = Cow<'_, str>` (not for a key). An `Err` of the function is a violation at the field's path which shows the
/// error's text: it must not contain the value, because violations go into logs. The function runs for the check and again
/// for the encoding, and for the key and the time: it must be pure, and one that fails only the second time panics.
///
/// Constraints apply to the value within an `Option`, not to the items of a list: give the items a newtype with
/// constraints of its own. The doc comment becomes the field's `doc`.
///
/// # The forms of a key
/// ```text
/// key               UTF-8 text: strings, integers, `Uuid`, symbols. Also `key = text`
/// key = big_endian  `i16`, `i32`, `i64` as Java's Short-, Integer- and LongSerializer write them
/// key = raw         bytes as they are; of a `Uuid` its 16
/// key = avro        any type that can be part of an event, also a struct: a frame around Avro, with a schema of its own
///                   under the subject `<topic>-key`; also beside `encoding = json`
/// ```
/// Newtypes have every form of what they hold. Equal keys have equal bytes: floats have no form, and an Avro key that
/// holds a float, a map, a hash set or JSON text somewhere, or is an `Option` or a decimal by itself, does not compile. All types on
/// a topic need Avro keys of one schema. A compound key of another form than text is a struct in one field with
/// `key = avro`.
///
/// # On an enum of events
/// A variant that holds one event, `Placed(OrderPlaced)`, is published as that event, whose own attributes rule. A
/// variant with named fields, `Cancelled { … }`, is a record of its own, named by enum and variant
/// (`OrderEventCancelled`). Variants without data and with several unnamed values are refused.
/// ```text
/// on the enum      topic, namespace, version, encoding, model, json_formats, unkeyed: for its variants with named fields
///                  crate
/// on such variants topic, name, schema, version, encoding, model, json_formats, key(...), unkeyed, rename_all, alias
/// on their fields  as on the fields of a struct
/// ```
/// The keys of all variants have one type and one form: a tombstone takes the type and has the form.
///
/// # Records that hold themselves
/// A record may hold itself in an `Option`, a list or a map; its own name, or `Self`, is seen in the field's type. Where two
/// records hold each other, say so on one of the two fields, `#[event(recursive = Customer)]`: rustc speaks of a cycle
/// otherwise. Nested more than 60 levels deep, or within more than 120 records and lists, a value is a violation: there
/// readers give up.
///
/// # What is refused
/// Type and const parameters (an event type is one, with one schema; lifetimes are fine): write a struct that holds or
/// flattens the generic record, `struct OrderPlaced { …, #[event(flatten)] envelope: Envelope<Order> }`. Types no reader
/// knows (tuples; without `as_string` also `usize` and 128-bit integers), an event without fields.
///
/// Implements: Apache Avro 1.12 specification, "Names" and "Aliases"; Kafka's rule for topics.
#[proc_macro_derive(Event, attributes(event))]
pub fn event(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(Derive::Event, input.into()).into()
}

/// Makes a type part of events: implements `EventData`.
///
/// ```text
/// #[derive(EventData)]
/// #[event(format = uuid)]
/// struct OrderId(String);                    // published as what it holds
///
/// #[derive(EventData)]
/// struct LineItem { product: ProductId, #[event(min = 1)] quantity: u32, price: Money }
///
/// #[derive(EventData)]
/// #[event(decimal(18, 2))]
/// struct Money(Decimal);
///
/// #[derive(EventData)]
/// #[event(rename_all = "SCREAMING_SNAKE_CASE")]
/// enum Status { New, Paid, #[event(default)] Unknown }
/// ```
///
/// # A struct with named fields is a record
/// ```text
/// on the struct    namespace (default: that of the record around it), name, shared, rename_all, crate, alias
/// on a field       rename, skip, default, decimal(p, s), micros, as_string, fixed = "Name", min, max,
///                  exclusive_min, exclusive_max, min_length, max_length, pattern, format, min_items, max_items,
///                  as, with, alias, flatten, recursive: as for `Event`
/// ```
/// So is a tuple struct with several fields, of which each has its name from `rename`.
///
/// A record may have type and const parameters. Those that are published must be event data, which the implementation
/// asks for by itself. Where an event holds several instances each needs a name of its own: parameters in braces stand for
/// the names of their types, or for their values.
/// ```text
/// #[derive(EventData)]
/// #[event(name = "{T}Envelope")]
/// struct Envelope<T> { source: String, payload: T }
///
/// Envelope<Order>                OrderEnvelope
/// Envelope<i32>                  IntEnvelope; also Long, Float, Double, Boolean, String, Bytes, Uuid, Date, Timestamp …
/// Envelope<Option<Vec<Order>>>   OptionalOrderListEnvelope
/// Envelope<BTreeMap<_, Order>>   OrderMapEnvelope
/// ```
/// # A tuple struct with one field is a newtype
/// It is published as what it holds, has no name in the schema, and can do what that can: be a key in every form, an
/// event's time, a number, a string, a list for constraints.
/// ```text
/// on the struct or the field    decimal(p, s), micros, as_string, fixed = "Name" and the constraints; they add to
///                               those of what it holds. With `as_string` it is no number for constraints
///                               recursive, as for `Event`
/// on the field                  as, with: it is published as `T`, and cannot be a map's key or have a length then
/// on the struct                 crate
/// ```
/// # An enum without data is a set of symbols
/// Its variants are numbered in their order (explicit discriminants say nothing): append new ones at the end. It can be
/// a key and the key of a map, whose text is the symbol.
/// ```text
/// on the enum      namespace, name, shared, rename_all, crate, alias
/// on a variant     rename, default (the symbol that readers take for one they do not know)
/// ```
/// # An enum with data is a record with a tag
/// ```text
/// #[derive(EventData)]
/// enum Payment { Card { last4: String }, Transfer(TransferDetails), #[event(default)] Voucher }
///
/// record Payment                             JSON: {"type":"Card","card":{"last4":"4242"},"transfer":null}
///   type: enum PaymentType                   Card, Transfer, Voucher; default Voucher
///   card: ["null", PaymentCard] = null       a record with the variant's named fields
///   transfer: ["null", TransferDetails] = null
/// ```
/// Every reader knows records, and a variant that is added later is an added symbol and an added optional field: give the
/// enum a `default` symbol from the beginning, which old readers of Avro take for the new one (a JSON Schema has no such
/// thing). A variant with named fields is a
/// record named by enum and variant; a variant with one value holds any event data but an `Option`; a variant without data
/// has the tag alone. The field has the variant's name in snake_case.
/// ```text
/// on the enum          namespace, name (with which the names of the variants' records begin), shared, crate
///                      rename_all (the symbols), tag = "kind" (the tag's field; default "type")
/// on a variant         rename (symbol and field)
///   without data       default
///   with named fields  name (of its record), rename_all (its fields)
/// on a named field     as on the fields of a struct
/// on a value           decimal(p, s), micros, as_string, fixed = "Name", the constraints, as, with: `Refund(#[event(decimal(18, 2))] Decimal)`
/// ```
/// # An enum with `union` is a union of records
/// `#[event(union)]` publishes the variants' records side by side, without a record around them: in Avro a union, in JSON
/// an object whose one property has the name of the variant, `{"Card":{"last4":"4242"}}`. Each variant has named fields or
/// holds a record, each another one. Ask your readers first: not every one of them knows unions (Flink refuses them), old
/// readers fail at a variant that they do not know, and a field of this type has no `default`. In an `Option` the branches
/// stand beside null.
/// ```text
/// on the enum          union, rename_all, crate; namespace, name: for the records of the variants
/// on a variant         rename; with named fields name, rename_all
/// on a value           as, with
/// ```
/// # Any type can be published as another
/// ```text
/// #[derive(EventData)]
/// #[event(into = String)]                    // by impl From<&Range> for String
/// struct Range { low: i32, high: i32 }
/// ```
/// `into = T` on a struct or an enum, of any form: it is published as `T`, by `T: From<&Self>`. Of the other attributes only
/// `crate` stands beside it. It can be a key, a time and a number if `T` can and names its lifetimes; constraints on a text
/// belong on `T`.
///
/// # A shared type has a subject of its own
/// `shared` on a record, a set of symbols or an enum with data and a tag, which must have a `namespace` then: the schemas of
/// events refer to it instead of holding it. It is registered before them under its full name (`com.acme.Address`), and where an event is JSON as a
/// document of its own under that name with `.json`, which is also its `$ref`. That document is closed and has no
/// `format`, whatever the event says.
/// ```text
/// #[derive(EventData)]
/// #[event(shared, namespace = "com.acme")]
/// struct Address { street: String, country: Country }
/// ```
/// A type that two shared types of an event hold must be shared too, unless one of the two holds the other; and a shared
/// type must not lead back to a type around it. Both are refused at the event, in either encoding. What stands on the
/// other side of a recursion the compiler does not see: the registry refuses it (`InvalidSchema`). A flattened record is
/// not referred to, its fields stand in its place.
///
/// Implements: Apache Avro 1.12 specification, "Names", "Aliases", "Enums" and "Unions"; Confluent Schema Registry, "Schema
/// references".
#[proc_macro_derive(EventData, attributes(event))]
pub fn event_data(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(Derive::EventData, input.into()).into()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Derive {
    Event,
    EventData,
}

/// The whole way from tokens to tokens, apart from the compiler's own types, so that tests can walk it.
fn derive(derive: Derive, input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut diagnostics = Diagnostics::default();
    let item = Input::parse(derive, &input, &mut diagnostics)
        .and_then(|parsed| check::check(parsed, derive == Derive::Event, &mut diagnostics));
    match item {
        Some(item) if diagnostics.is_empty() => expand::expand(&item),
        _ => {
            let fallback = fallback::fallback(derive, &input);
            diagnostics.into_compile_errors().into_iter().chain(fallback).collect()
        }
    }
}
