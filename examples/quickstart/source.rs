//! Reads orders from a file, one JSON object a line, and makes the shop's model of them.
//!
//! Knows the file's form; every error names the file and the line.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::domain::{Address, Customer, CustomerId, Discount, Money, Order, OrderId, OrderLine, Shipment};

/// A file of orders, line by line.
pub struct Orders {
    path: PathBuf,
    reader: BufReader<File>,
    line: usize,
}

impl Orders {
    pub fn open(path: &Path) -> Result<Self> {
        let file =
            File::open(path).with_context(|| format!("cannot open {}; name another with --input", path.display()))?;
        Ok(Self {
            path: path.to_owned(),
            reader: BufReader::new(file),
            line: 0,
        })
    }

    fn next_order(&mut self) -> Result<Option<Order>> {
        let mut text = String::new();
        loop {
            text.clear();
            self.line += 1;
            if self.reader.read_line(&mut text).with_context(|| self.place())? == 0 {
                return Ok(None);
            }
            if !text.trim().is_empty() {
                break;
            }
        }
        let row: Row = serde_json::from_str(text.trim()).map_err(|error| self.unreadable(&error))?;
        row.order().map(Some).with_context(|| self.place())
    }

    /// The error by its column: to serde_json every line is the first.
    fn unreadable(&self, error: &serde_json::Error) -> anyhow::Error {
        let text = error.to_string();
        let what = text.split(" at line 1 column ").next().unwrap_or(&text);
        anyhow!("{}: {what} (column {})", self.place(), error.column())
    }

    fn place(&self) -> String {
        format!("{} line {} is not an order", self.path.display(), self.line)
    }
}

impl Iterator for Orders {
    type Item = Result<Order>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_order().transpose()
    }
}

#[derive(Deserialize)]
struct Row {
    order_id: u64,
    customer: CustomerRow,
    order_date: NaiveDate,
    required_date: NaiveDate,
    shipped_date: Option<NaiveDate>,
    shipper: String,
    freight: f64,
    ship_to: AddressRow,
    lines: Vec<LineRow>,
}

#[derive(Deserialize)]
struct CustomerRow {
    id: String,
    company_name: String,
}

#[derive(Deserialize)]
struct AddressRow {
    name: String,
    address: String,
    city: String,
    region: Option<String>,
    postal_code: Option<String>,
    country: String,
}

#[derive(Deserialize)]
struct LineRow {
    product_id: u32,
    product_name: String,
    unit_price: f64,
    quantity: u32,
    discount: f64,
}

impl Row {
    fn order(self) -> Result<Order> {
        let shipper = self.shipper;
        let lines: Result<_> = self.lines.into_iter().map(LineRow::line).collect();
        Ok(Order {
            id: OrderId(self.order_id),
            customer: Customer {
                id: CustomerId(self.customer.id),
                name: self.customer.company_name,
            },
            placed_on: self.order_date,
            required_on: self.required_date,
            ship_to: self.ship_to.into(),
            freight: Money(exact(self.freight).context("freight")?),
            lines: lines?,
            shipment: self.shipped_date.map(|shipped_on| Shipment {
                shipped_on,
                carrier: shipper,
            }),
        })
    }
}

impl LineRow {
    fn line(self) -> Result<OrderLine> {
        Ok(OrderLine {
            product_id: self.product_id,
            product_name: self.product_name,
            unit_price: Money(exact(self.unit_price).context("unit_price")?),
            quantity: self.quantity,
            discount: Discount(exact(self.discount).context("discount")?),
        })
    }
}

impl From<AddressRow> for Address {
    fn from(row: AddressRow) -> Self {
        let AddressRow {
            name,
            address,
            city,
            region,
            postal_code,
            country,
        } = row;
        Self {
            name,
            street: address,
            city,
            region,
            postal_code,
            country,
        }
    }
}

/// The number by its shortest decimal text, which is the one in the file.
fn exact(number: f64) -> Result<Decimal> {
    let text = number.to_string();
    text.parse()
        .with_context(|| format!("{text} has more digits than an amount can have"))
}
