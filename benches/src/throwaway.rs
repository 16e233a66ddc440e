//! A project to be compiled and thrown away: many events, once with the derives and once without.
//!
//! Writes files; starts nothing.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// How many events.
pub const EVENTS: usize = 100;

/// The fields of each, in the mixture of a real one: attribute, name, type.
pub const FIELDS: [(&str, &str, &str); 20] = [
    ("key", "order_id", "Uuid"),
    ("", "parent_id", "Option<Uuid>"),
    ("time", "placed_at", "DateTime<Utc>"),
    ("", "due_on", "NaiveDate"),
    ("", "status", "Status"),
    ("max_length = 40", "customer", "String"),
    ("format = email", "email", "String"),
    ("pattern = \"^[A-Z]{2}$\"", "country", "String"),
    ("max_length = 500", "note", "Option<String>"),
    ("decimal(18, 2), min = 0", "total", "Decimal"),
    ("decimal(9, 4)", "tax_rate", "Option<Decimal>"),
    ("min = 1, max = 1000", "priority", "i32"),
    ("min = 0", "revision", "i64"),
    ("", "weight", "f64"),
    ("", "express", "bool"),
    ("default = 0", "attempts", "u32"),
    ("min_items = 1", "lines", "Vec<Line>"),
    ("max_items = 20", "tags", "Vec<String>"),
    ("", "attributes", "BTreeMap<String, String>"),
    ("", "signature", "Vec<u8>"),
];

/// The two packages, each named after what it is.
pub const PACKAGES: [&str; 2] = ["bare", "derived"];

/// Writes the project into `folder`; it depends on the `publisher-core` of the project at `root` and has its lock file.
///
/// # Errors
/// The file system's.
pub fn write(folder: &Path, root: &Path) -> io::Result<()> {
    let members = PACKAGES.map(|package| format!("\"{package}\"")).join(", ");
    fs::create_dir_all(folder)?;
    fs::write(
        folder.join("Cargo.toml"),
        format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"),
    )?;
    // Versions that have been downloaded already; cargo takes away what is too much.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    for package in PACKAGES {
        let package_folder = folder.join(package);
        fs::create_dir_all(package_folder.join("src"))?;
        fs::write(package_folder.join("Cargo.toml"), manifest(package, root))?;
        fs::write(package_folder.join("src/lib.rs"), source(package == "derived"))?;
    }
    Ok(())
}

fn manifest(package: &str, root: &Path) -> String {
    format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         publisher-core = {{ path = {:?}, default-features = false, features = [\"chrono\", \"decimal\", \"uuid\"] }}\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n\
         rust_decimal = {{ version = \"1\", default-features = false }}\n\
         uuid = {{ version = \"1\", default-features = false }}\n",
        root.join("publisher-core")
    )
}

fn source(derived: bool) -> String {
    let mut text = String::from(
        "use std::collections::BTreeMap;\n\nuse chrono::{DateTime, NaiveDate, Utc};\nuse publisher_core as _;\n\
         use rust_decimal::Decimal;\nuse uuid::Uuid;\n\n",
    );
    let attribute = |line: &str| if derived { format!("{line}\n") } else { String::new() };
    let data = attribute("#[derive(publisher_core::EventData)]");
    text.push_str(&data);
    text.push_str("pub enum Status { Placed, Paid, Shipped }\n\n");
    text.push_str(&data);
    text.push_str("pub struct Line {\n    pub sku: String,\n");
    text.push_str(&attribute("    #[event(min = 1)]"));
    text.push_str("    pub quantity: i32,\n");
    text.push_str(&attribute("    #[event(decimal(18, 2))]"));
    text.push_str("    pub price: Decimal,\n}\n");
    for number in 0..EVENTS {
        text.push('\n');
        text.push_str(&attribute("#[derive(publisher_core::Event)]"));
        text.push_str(&attribute(
            "#[event(topic = \"orders\", namespace = \"com.acme.orders\")]",
        ));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "pub struct Event{number} {{");
        for (settings, name, ty) in FIELDS {
            if !settings.is_empty() {
                text.push_str(&attribute(&format!("    #[event({settings})]")));
            }
            let _ = writeln!(text, "    pub {name}: {ty},");
        }
        text.push_str("}\n");
    }
    text
}
