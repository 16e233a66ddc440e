//! What a run prints: a table for people, one JSON line for programs.

use std::io::{self, Write as _};

use serde_json::{Map, Value, json};

use crate::measure::{Measured, ROUNDS};

/// A contender beside what it is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The contender.
    pub measured: &'a Measured,
    /// The limit of its group.
    pub limit: &'a Measured,
}

/// Prints the table.
///
/// # Errors
/// That of the standard output.
pub fn table(rows: &[Row<'_>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{ROUNDS} rounds, all contenders in turn; nanoseconds an order")?;
    writeln!(
        out,
        "{:<38} {:>7} {:>7} {:>7} {:>6} {:>7} {:>7}",
        "", "median", "min", "max", "bytes", "allocs", "x limit"
    )?;
    for Row { measured, limit } in rows {
        let (least, most) = measured.rounds.iter().fold((f64::MAX, 0.0_f64), |(least, most), time| {
            (least.min(*time), most.max(*time))
        });
        writeln!(
            out,
            "{:<38} {:>7.0} {least:>7.0} {most:>7.0} {:>6.0} {:>7.2} {:>7.2}",
            measured.name,
            measured.median(),
            measured.bytes,
            measured.allocations,
            measured.ratio(limit),
        )?;
    }
    Ok(())
}

/// Prints the last line: the named figures, and each contender's.
///
/// # Errors
/// That of the standard output.
pub fn line(figures: &[(&str, f64)], rows: &[Row<'_>]) -> io::Result<()> {
    let contenders: Map<String, Value> = rows
        .iter()
        .map(|Row { measured, limit }| {
            let figures = json!({
                "ns": rounded(measured.median(), 1.0),
                "x_limit": rounded(measured.ratio(limit), 1000.0),
                "limit": limit.name,
                "bytes": rounded(measured.bytes, 1.0),
                "allocs": rounded(measured.allocations, 100.0),
            });
            (measured.name.to_owned(), figures)
        })
        .collect();
    let mut line: Map<String, Value> = figures
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(rounded(*value, 1000.0))))
        .collect();
    line.insert("contenders".to_owned(), Value::Object(contenders));
    writeln!(io::stdout().lock(), "{}", Value::Object(line))
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
