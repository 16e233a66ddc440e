//! The test that `schema = "…"` emits: compares a committed schema with its type, or writes it.
//!
//! Runs in users' `cargo test`; the only place of this crate that writes files of a project. What the compiler compares
//! beforehand is in `schema/committed/`.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use crate::event::EventType;
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
    if let Some(name) = event_type.second_definition() {
        return Err(format!(
            "two different types of {} have the full name {name} in the schema, which one of them reaches by name alone; \
             give one of them another with `#[event(name = \"...\")]`",
            event_type.name()
        ));
    }
    let path = Path::new(committed.path);
    let schema = event_type.pretty_schema();
    hold(&schema, path, committed.file, committed)?;
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
            write(&file, &describe(event_type, schema, committed))
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
        Some("bless") if is_of_another(path, text) => Err(format!(
            "{file} is the schema of another type, by its own words and by its name: give {} a file of its own",
            committed.name
        )),
        Some("bless") => write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display())),
        _ => compare(text, path, file, committed),
    }
}

/// Whether the file describes the type that it is named after, which is not the one to be written: its path was copied.
fn is_of_another(path: &Path, ours: &str) -> bool {
    let theirs = fs::read_to_string(path).ok().and_then(|text| described(&text));
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    theirs.is_some() && theirs == stem && theirs != described(ours)
}

/// The full name of what a schema describes.
fn described(schema: &str) -> Option<String> {
    let schema: Value = serde_json::from_str(schema).ok()?;
    let text = |name: &str| schema.get(name).and_then(Value::as_str);
    match text("title") {
        Some(title) => Some(title.to_owned()),
        None => Some(format!("{}.{}", text("namespace")?, text("name")?)),
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
                // A file that was laid out otherwise may be one long line.
                let shown = |side: Option<&str>| {
                    side.map_or("(nothing)", str::trim)
                        .chars()
                        .take(200)
                        .collect::<String>()
                };
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
fn describe(event_type: &EventType, schema: String, committed: &CommittedSchema) -> String {
    let (rust_file, line) = committed.source;
    let mut fields = Vec::new();
    describe_fields(event_type.shape(), "", &mut fields);
    let subject = SubjectNameStrategy::default().subject(event_type.topic(), event_type.name());
    Json::Object(vec![
        ("name", Json::text(event_type.name())),
        ("subject", Json::String(subject)),
        ("topic", Json::text(event_type.topic())),
        ("version", Json::raw(event_type.version())),
        ("schemaType", Json::text(event_type.schema().schema_type.name())),
        ("schemaFile", Json::text(committed.file)),
        ("rustFile", Json::text(rust_file)),
        ("line", Json::raw(line)),
        ("fields", Json::Array(fields)),
        ("schema", Json::String(schema)),
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

/// Writes the file whole or not at all; where a link stands, what it leads to.
fn write(path: &Path, text: &str) -> io::Result<()> {
    // Two tests of a program may write one file at once.
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut partial = path.as_os_str().to_owned();
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    partial.push(format!(".{}-{number}.partial", std::process::id()));
    let written = fs::write(&partial, text).and_then(|()| fs::rename(&partial, &path));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own, empty.
    fn folder(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("publisher-committed-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder for temporary files takes one more");
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn one_file_is_written_by_many_at_once() {
        let folder = folder("many");
        let file = folder.join("schemas").join("a.avsc");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        write(&file, "{}\n").expect("written");
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&file).ok().as_deref(), Some("{}\n"));
        assert_eq!(names(&folder.join("schemas")), ["a.avsc"]);
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing_behind() {
        let folder = folder("refused");
        // A folder stands where the file would.
        fs::create_dir_all(folder.join("a.avsc").join("within")).expect("made");
        write(&folder.join("a.avsc"), "{}").expect_err("a folder is no file");
        assert_eq!(names(&folder), ["a.avsc"]);
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one() {
        let folder = folder("link");
        fs::write(folder.join("real.avsc"), "old").expect("written");
        std::os::unix::fs::symlink(folder.join("real.avsc"), folder.join("a.avsc")).expect("linked");
        write(&folder.join("a.avsc"), "new").expect("written");
        assert_eq!(
            fs::read_to_string(folder.join("real.avsc")).ok().as_deref(),
            Some("new")
        );
        assert!(folder.join("a.avsc").is_symlink());
        fs::remove_dir_all(&folder).expect("removed");
    }
}
