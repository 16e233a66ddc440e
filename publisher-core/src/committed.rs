//! The test that `schema = "…"` emits: compares a committed schema with its type, or writes it.
//!
//! Runs in users' `cargo test`; the only place of this crate that reads and writes files of a project. What the compiler
//! compares beforehand is in `schema/committed/`.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::event::{Encoding, EventType};
use crate::schema::{Json, Layout, Shape};
use crate::subject::SubjectNameStrategy;

/// A committed schema, as the derive knows it.
#[derive(Debug)]
pub struct CommittedSchema {
    /// The full name of the record.
    pub name: &'static str,
    /// The file as the attribute names it.
    pub file: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// The variable `PUBLISHER_SCHEMAS` when the type was compiled.
    pub mode: Option<&'static str>,
    /// The Rust file and the line of the type.
    pub source: (&'static str, u32),
}

/// Compares the file with the type of this name, or writes it where `PUBLISHER_SCHEMAS` is `bless`; and leaves a
/// description of the type for tools under the target folder.
///
/// # Panics
/// If the file differs, is missing, or cannot be written: this is a test.
pub fn check_committed(types: &[&'static EventType], committed: &CommittedSchema) {
    let Some(event_type) = types.iter().find(|event_type| event_type.name() == committed.name) else {
        panic!("{} is none of the events of this type", committed.name);
    };
    if let Err(problem) = run(event_type, committed) {
        panic!("{problem}");
    }
}

fn run(event_type: &EventType, committed: &CommittedSchema) -> Result<(), String> {
    let path = Path::new(committed.path);
    hold(&event_type.pretty_schema(), path, committed.file, committed)?;
    // What the schema refers to stands beside it.
    for (name, text) in event_type.shared_files() {
        let file = committed
            .file
            .rsplit_once('/')
            .map_or(name.clone(), |(folder, _)| format!("{folder}/{name}"));
        hold(&text, &path.with_file_name(name), &file, committed)?;
    }
    // Without a target folder nobody looks for a description.
    match target() {
        Some(target) => {
            let file = target.join("publisher").join(format!("{}.json", event_type.name()));
            write(&file, &describe(event_type, committed))
                .map_err(|error| format!("cannot write {}: {error}", file.display()))
        }
        None => Ok(()),
    }
}

/// Compares a file with the text that it should have, or writes it.
fn hold(text: &str, path: &Path, file: &str, committed: &CommittedSchema) -> Result<(), String> {
    match committed.mode {
        Some("off") => Ok(()),
        // Two types or two targets may have one file: what is right already is not touched.
        Some("bless") if fs::read_to_string(path).is_ok_and(|found| found == text) => Ok(()),
        Some("bless") => write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display())),
        _ => compare(text, path, file, committed),
    }
}

fn compare(text: &str, path: &Path, file: &str, committed: &CommittedSchema) -> Result<(), String> {
    const BLESS: &str = "write it anew with `PUBLISHER_SCHEMAS=bless cargo test`";
    let found = fs::read_to_string(path)
        .map_err(|error| format!("{file} cannot be read: {error}; {BLESS}"))?
        .replace("\r\n", "\n");
    if found == text {
        return Ok(());
    }
    let (mut ours, mut theirs) = (text.lines(), found.lines());
    let mut line = 1;
    loop {
        match (ours.next(), theirs.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (None, None) => {
                return Err(format!("{file} differs from {} in its end; {BLESS}", committed.name));
            }
            (a, b) => {
                let shown = |side: Option<&str>| side.map_or("(nothing)", str::trim).to_owned();
                return Err(format!(
                    "{file}:{line} differs from {} ({}:{})\n  the file has: {}\n  the type has: {}\n{BLESS}, and read the difference",
                    committed.name,
                    committed.source.0,
                    committed.source.1,
                    shown(b),
                    shown(a),
                ));
            }
        }
    }
}

/// What tools want to know of a type without compiling it.
fn describe(event_type: &EventType, committed: &CommittedSchema) -> String {
    let (rust_file, line) = committed.source;
    let mut fields = Vec::new();
    describe_fields(event_type.shape(), "", &mut fields);
    let subject = SubjectNameStrategy::default().subject(event_type.topic(), event_type.name());
    let encoding = match event_type.encoding() {
        Encoding::Avro => "AVRO",
        Encoding::Json => "JSON",
    };
    Json::Object(vec![
        ("name", Json::text(event_type.name())),
        ("subject", Json::String(subject)),
        ("topic", Json::text(event_type.topic())),
        ("version", Json::raw(event_type.version())),
        ("schemaType", Json::text(encoding)),
        ("schemaFile", Json::text(committed.file)),
        ("rustFile", Json::text(rust_file)),
        ("line", Json::raw(line)),
        ("fields", Json::Array(fields)),
        ("schema", Json::String(event_type.pretty_schema())),
    ])
    .print(Layout::Pretty)
}

/// Where each field stands in Rust, those of records within among them; a list's items have its path.
fn describe_fields(shape: &'static Shape, prefix: &str, described: &mut Vec<Json>) {
    match shape.present() {
        Shape::Array(inner) | Shape::Map(inner) => describe_fields(inner, prefix, described),
        Shape::Union(union) => {
            for branch in union.branches {
                describe_fields(branch.shape, &format!("{prefix}{}.", branch.name), described);
            }
        }
        Shape::Record(record) => {
            for field in record.fields {
                if field.flatten {
                    describe_fields(field.shape, prefix, described);
                    continue;
                }
                described.push(Json::Object(vec![
                    ("path", Json::String(format!("{prefix}{}", field.name))),
                    ("rustFile", Json::text(record.source)),
                    ("line", Json::raw(field.line)),
                ]));
                describe_fields(field.shape, &format!("{prefix}{}.", field.name), described);
            }
        }
        _ => {}
    }
}

/// The target folder, which cargo marks; the test runs from within it.
fn target() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let is_target = |folder: &&Path| folder.join("CACHEDIR.TAG").is_file();
    program.ancestors().skip(1).find(is_target).map(Path::to_owned)
}

/// Writes the file whole or not at all.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut partial = path.as_os_str().to_owned();
    // The tests of two types may write one file at the same time.
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    partial.push(format!(".{}.{number}.partial", std::process::id()));
    fs::write(&partial, text)?;
    fs::rename(&partial, path)
}
