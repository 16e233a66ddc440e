//! The rules for one Rust file.
//!
//! Given a path and a text; reads nothing itself. The paths named here are the architecture's invariants.

use super::source;

const LONGEST: usize = 600;
/// Of the one file with `unsafe`: dividing it would spread what has to be read with most care.
const LONGEST_FFI: usize = 1200;
/// The one home of `unsafe` in what users build.
const FFI: &str = "publisher-core/src/producer/ffi.rs";
/// A global allocator, which counts for the benchmarks, cannot be had without `unsafe`.
const ALLOCATOR: &str = "benches/src/allocations.rs";
/// Where rdkafka may be named, in words and as a list; the tests use it as a reader besides.
const RDKAFKA: &str = "publisher-core/src/{consumer.rs,producer/{kafka,ffi}.rs,testing/cluster} and tests/";
const RDKAFKA_HOMES: [&str; 7] = [
    FFI,
    "publisher-core/src/consumer.rs",
    "publisher-core/src/producer/kafka.rs",
    "publisher-core/src/producer/kafka/",
    "publisher-core/src/testing/cluster.rs",
    "publisher-core/src/testing/cluster/",
    "tests/",
];
/// Modules that do no I/O and know no runtime, Kafka or HTTP crate.
const PURE: [&str; 7] = [
    "schema",
    "encode",
    "compatibility",
    "lint",
    "validate",
    "wire",
    "subject",
];
/// What the compiler's or a macro's output looks like is not ours to format.
const GENERATED: [&str; 2] = ["tests/expand/", "tests/golden/"];

pub(super) fn check(path: &str, text: &str) -> Vec<String> {
    if GENERATED.iter().any(|folder| path.starts_with(folder)) || path.ends_with(".expanded.rs") {
        return Vec::new();
    }
    let code = source::code(text);
    let mut findings = Vec::new();
    if !text.starts_with("//!") && !is_ui_case(path) {
        findings.push(format!(
            "{path}:1: does not open with `//!` (what the file is for, what it does not know)"
        ));
    }
    let lines = text.lines().count();
    let longest = if path == FFI { LONGEST_FFI } else { LONGEST };
    if lines > longest {
        findings.push(format!("{path}: has {lines} lines, more than {longest}; divide it"));
    }
    for (number, line) in (1..).zip(code.lines()) {
        findings.extend(
            breaches(path, line)
                .into_iter()
                .map(|breach| format!("{path}:{number}: {breach}")),
        );
    }
    if is_pure(path) {
        for module in grouped_std_imports(&code) {
            findings.push(format!("{path}: imports std::{module}; this module does no I/O"));
        }
    }
    findings
}

/// A case for the derives' messages, whose name says what it is about: `tests/ui/<rule>/<what is wrong>.rs`.
fn is_ui_case(path: &str) -> bool {
    path.strip_prefix("tests/ui/").is_some_and(|case| case.contains('/'))
}

fn breaches(path: &str, line: &str) -> Vec<String> {
    let mut found = Vec::new();
    if path != FFI && path != ALLOCATOR && source::names(line, "unsafe") {
        found.push(format!("`unsafe` belongs in {FFI} only, and in {ALLOCATOR}"));
    }
    if source::names(line, "rdkafka") && !RDKAFKA_HOMES.iter().any(|home| is_in(path, home)) {
        found.push(format!("rdkafka is named only in {RDKAFKA}"));
    }
    if is_pure(path) {
        for name in ["tokio", "reqwest", "rdkafka", "std::net", "std::fs"] {
            if source::names(line, name) {
                found.push(format!("names {name}; this module does no I/O and knows no runtime"));
            }
        }
    }
    if line.contains("#[ignore") {
        found.push("no test is ignored: assert what happens today and say why".to_owned());
    }
    for name in ["todo!", "unimplemented!"] {
        if line
            .split(name)
            .skip(1)
            .any(|after| after.trim_start().starts_with(['(', '[', '{']))
        {
            found.push(format!("`{name}` is left over"));
        }
    }
    found
}

/// A home is a file, or a folder with its `/`.
fn is_in(path: &str, home: &str) -> bool {
    if home.ends_with('/') {
        path.starts_with(home)
    } else {
        path == home
    }
}

fn is_pure(path: &str) -> bool {
    path.strip_prefix("publisher-core/src/")
        .and_then(|rest| rest.split(['/', '.']).next())
        .is_some_and(|module| PURE.contains(&module))
}

/// `fs` and `net` in `use std::{fs, io};`, which no search for `std::fs` finds.
fn grouped_std_imports(code: &str) -> Vec<&'static str> {
    let groups = code
        .split("std::{")
        .skip(1)
        .map(|rest| rest.split(';').next().unwrap_or_default());
    let items: Vec<&str> = groups
        .flat_map(|group| group.split([',', '{', '}']))
        .map(str::trim)
        .collect();
    let imports = |module: &str| {
        items.iter().any(|item| {
            item.strip_prefix(module)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ']))
        })
    };
    ["fs", "net"].into_iter().filter(|module| imports(module)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, code: &str) -> String {
        check(path, &format!("//! doc\n{code}")).join("\n")
    }

    fn refused(path: &str, code: &str, part: &str) {
        let found = findings(path, code);
        assert!(found.contains(part), "{path}: {code}: {found}");
    }

    fn accepted(path: &str, code: &str) {
        assert_eq!(findings(path, code), "", "{path}: {code}");
    }

    #[test]
    fn every_file_says_what_it_is_for() {
        assert_eq!(check("a/src/b.rs", "use x;\n").len(), 1);
        assert!(check("tests/golden/order.rs", "use x;\n").is_empty());
        assert!(check("tests/ui/key/missing.rs", "use x;\n").is_empty());
        assert!(!check("tests/ui/main.rs", "use x;\n").is_empty());
    }

    #[test]
    fn long_files_are_named() {
        refused("a/src/b.rs", &"\n".repeat(LONGEST), "has 601 lines");
        accepted("a/src/b.rs", &"\n".repeat(LONGEST - 1));
        refused(FFI, &"\n".repeat(LONGEST_FFI), "has 1201 lines");
        accepted(FFI, &"\n".repeat(LONGEST_FFI - 1));
    }

    #[test]
    fn unsafe_has_two_homes() {
        refused(
            "publisher-core/src/record.rs",
            "unsafe { f() }",
            "record.rs:2: `unsafe`",
        );
        refused("benches/src/measure.rs", "unsafe { f() }", "measure.rs:2: `unsafe`");
        accepted(FFI, "unsafe { f() }");
        accepted(ALLOCATOR, "unsafe { f() }");
        accepted("publisher-core/src/lib.rs", "#![allow(unsafe_code)] // unsafe: see ffi");
    }

    #[test]
    fn rdkafka_has_few_homes() {
        refused("examples/src/lib.rs", "use rdkafka::config;", "rdkafka is named only");
        refused(
            "publisher-core/src/publisher.rs",
            "rdkafka::x()",
            "rdkafka is named only",
        );
        accepted("publisher-core/src/producer/kafka.rs", "use rdkafka::config;");
        accepted("tests/kafka/main.rs", "use rdkafka::config;");
        accepted(
            "publisher-core/src/publisher.rs",
            "/// As `rdkafka` has it.\nlet a = \"rdkafka\";",
        );
    }

    #[test]
    fn pure_modules_do_no_io() {
        refused("publisher-core/src/wire.rs", "use tokio::time;", "names tokio");
        refused("publisher-core/src/schema/avro.rs", "std::fs::read(x)", "names std::fs");
        refused(
            "publisher-core/src/encode/mod.rs",
            "use std::{fmt, fs, io::Write};",
            "imports std::fs",
        );
        refused(
            "publisher-core/src/subject.rs",
            "use std::{fmt,\n    net::{TcpStream}};",
            "imports std::net",
        );
        accepted("publisher-core/src/encode/avro.rs", "use std::{fmt, io};\nfs(1);");
        accepted("publisher-core/src/registry/http.rs", "use tokio::time;\nuse std::fs;");
    }

    #[test]
    fn nothing_is_left_over() {
        refused("a/src/b.rs", "#[ignore = \"slow\"]", "no test is ignored");
        refused("a/src/b.rs", "todo!()", "`todo!` is left over");
        refused("a/src/b.rs", "unimplemented! {}", "`unimplemented!` is left over");
        accepted("a/src/b.rs", "let todo = \"todo!()\"; todo != x");
    }
}
