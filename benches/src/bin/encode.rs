//! What encoding an order costs: ours, the limit, and the crates that one would use instead.
//!
//! `cargo run --release -p benches --bin encode`; the last line is one JSON object.

use anyhow::{Result, bail};
use apache_avro::Schema;
use benches::allocations::CountingAllocator;
use benches::contenders::{
    ByValue, DerivedAvro, DerivedJson, Direct, Evolved, Handwritten, SchemaRegistryConverter, SerdeAvroFast, SerdeJson,
};
use benches::evolution;
use benches::measure::{Contender, Measured, measure};
use benches::order::{avro, json, orders, schema_text};
use benches::report::{self, Row};
use benches::verify;
use publisher_core::EventTypes;
use publisher_core::testing::EmbeddedRegistry;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Contenders that write the same, the limit first.
type Group<'a> = Vec<Box<dyn Contender + 'a>>;

fn main() -> Result<()> {
    let orders = orders();
    let text = schema_text::<avro::OrderPlaced>()?;
    let schema = Schema::parse_str(text)?;
    let fast_schema: serde_avro_fast::Schema = text.parse()?;
    let registry = EmbeddedRegistry::start()?;
    let mut avro: Group<'_> = vec![
        Box::new(Handwritten(orders.clone())),
        Box::new(DerivedAvro(orders.clone())),
        Box::new(SerdeAvroFast::new(&fast_schema, &orders)),
        Box::new(Direct::new(&schema, &orders)?),
        Box::new(SchemaRegistryConverter::new(&registry, text, &orders)?),
        Box::new(ByValue::new(&schema, &orders)),
    ];

    let for_json: Vec<json::OrderPlaced> = orders.iter().map(Into::into).collect();
    let mut json: Group<'_> = vec![Box::new(SerdeJson(for_json.clone())), Box::new(DerivedJson(for_json))];

    let theirs = evolution::other_schema(text)?;
    let plan = avro::OrderPlaced::types()[0].plan(&theirs)?;
    let mut evolved = Evolved::new(plan, &orders);
    let theirs = Schema::parse_str(&theirs)?;
    evolution::verify(&schema, &theirs, &mut DerivedAvro(orders.clone()), &mut evolved)?;

    verify::avro(&schema, &mut avro)?;
    verify::json(&mut json)?;

    // One list: a noisy moment hits all alike.
    let first_json = avro.len();
    let mut all: Group<'_> = avro.into_iter().chain(json).collect();
    all.push(Box::new(evolved));
    let measured = measure(&mut all)?;
    let (avro, others) = measured.split_at(first_json);
    let Some((evolved, json)) = others.split_last() else {
        bail!("nothing was measured beside Avro");
    };
    let evolved_row = Row {
        measured: evolved,
        limit: &avro[0],
    };
    let rows: Vec<Row<'_>> = rows(avro).chain([evolved_row]).chain(rows(json)).collect();
    report::table(&rows)?;

    let [limit, derived, fast, ..] = avro else {
        bail!("the Avro contenders are fewer than three");
    };
    let [serde_json, derived_json] = json else {
        bail!("the JSON contenders are not two");
    };
    let figures = [
        ("avro_vs_handwritten", derived.ratio(limit)),
        ("avro_allocs", derived.allocations),
        ("avro_vs_serde_avro_fast", derived.ratio(fast)),
        ("json_vs_serde_json", derived_json.ratio(serde_json)),
        ("json_allocs", derived_json.allocations),
        ("evolved_vs_direct", evolved.ratio(derived)),
        ("evolved_allocs", evolved.allocations),
    ];
    report::line(&figures, &rows)?;
    Ok(())
}

fn rows(group: &[Measured]) -> impl Iterator<Item = Row<'_>> {
    group.iter().map(|measured| Row {
        measured,
        limit: &group[0],
    })
}
