//! What the derives refuse, and in which words: one case for each mistake, in a folder for each rule.
//!
//! The `.stderr` files belong to the stable release that README names; `TRYBUILD=overwrite` writes them anew.

use std::fs;
use std::path::Path;

const PASSING: &str = "pass";

#[test]
fn the_derives_speak_for_themselves() {
    let cases = trybuild::TestCases::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rules: Vec<String> = fs::read_dir(root)
        .expect("the folder of the cases")
        .map(|entry| entry.expect("a rule's folder"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a rule's name"))
        .collect();
    rules.sort();
    for rule in rules {
        let files = format!("{rule}/*.rs");
        if rule == PASSING {
            cases.pass(files)
        } else {
            cases.compile_fail(files)
        }
    }
}
