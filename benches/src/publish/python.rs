//! confluent-kafka-python: an environment with pinned versions, and a program in it for each run.
//!
//! Its wheel brings a librdkafka of the version that rdkafka builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};

use super::corpus::{Line, Order, State, orders};
use super::event::{OrderConfirmed, OrderPlaced, TOPIC};
use super::job::{Contender, Place, Run, Size, Taken, told};
use super::settings::properties;
use crate::order::schema_text;

const PROGRAM: &str = include_str!("publish.py");
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// An interpreter that has what the program needs, and the orders in a file.
#[derive(Debug)]
pub(super) struct Python {
    interpreter: PathBuf,
    program: PathBuf,
    orders: PathBuf,
}

impl Python {
    /// Makes the environment in `folder`, unless it is there as it has to be.
    ///
    /// # Errors
    /// There is no Python with `venv` and `pip`, or it cannot get the packages.
    pub(super) fn new(folder: &Path) -> Result<Self> {
        let interpreter = folder.join("bin/python");
        // Written last: what was left half done is made anew.
        let stamp = folder.join("made-for.txt");
        if fs::read_to_string(&stamp).is_ok_and(|made_for| made_for == REQUIREMENTS) {
            return Self::with(folder, interpreter);
        }
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
        let list = folder.join("requirements.txt");
        fs::write(&list, REQUIREMENTS)?;
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ];
        run(Command::new(&interpreter).args(pip).arg(&list))?;
        fs::write(&stamp, REQUIREMENTS)?;
        Self::with(folder, interpreter)
    }

    fn with(folder: &Path, interpreter: PathBuf) -> Result<Self> {
        let this = Self {
            interpreter,
            program: folder.join("publish.py"),
            orders: folder.join("orders.json"),
        };
        fs::write(&this.program, PROGRAM)?;
        let orders: Vec<Value> = orders().iter().map(order).collect();
        fs::write(&this.orders, serde_json::to_vec(&orders)?)?;
        Ok(this)
    }

    /// Carries a run out in a process of its own.
    ///
    /// # Errors
    /// That a record was not delivered, or the program's own.
    pub(super) fn deliver(&self, place: &Place, run: &Run) -> Result<Taken> {
        let schema = match run.size {
            Size::Flat => schema_text::<OrderPlaced<'_>>()?,
            Size::Nested => schema_text::<OrderConfirmed<'_>>()?,
        };
        let job = json!({
            "config": properties(place, run).into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect::<Map<_, _>>(),
            "registry": place.registry,
            "schema": schema,
            "topic": TOPIC,
            "orders": self.orders,
            "nested": run.size == Size::Nested,
            "typed": run.contender == Contender::PythonTyped,
            "warm_up": run.warm_up(),
            "messages": run.messages,
        });
        let mut program = Command::new(&self.interpreter);
        program.arg(&self.program).arg(job.to_string());
        // Its libraries warn of each other on the standard error: that is shown only if it fails.
        let output = program.output()?;
        let words = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{run:?} ended with {}: {words}", output.status);
        told(&String::from_utf8(output.stdout)?)
    }
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output().context("there is no python3")?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{command:?} ended with {}: {words}",
        output.status
    );
    Ok(())
}

fn order(order: &Order) -> Value {
    json!({
        "order_id": order.id.to_string(),
        "customer": order.customer,
        "placed_at_ms": order.placed_at.timestamp_millis(),
        "status": match order.state {
            State::Placed => "PLACED",
            State::Paid => "PAID",
            State::Shipped => "SHIPPED",
        },
        "total": order.total.to_string(),
        "currency": order.currency,
        "street": order.address.street,
        "postal_code": order.address.postal_code,
        "city": order.address.city,
        "payment": order.payment,
        "note": order.note,
        "lines": order.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(line: &Line) -> Value {
    json!({
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_cents": line.unit_cents,
        "colour": line.colour,
    })
}
