//! What the derives write, feature by feature: each `tests/expand/<feature>.rs` against its `.expanded.rs`.
//!
//! `GOLDEN=overwrite` writes the expansions anew; read them as code before committing them.

use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{File, Item};

use crate::{Derive, derive};

#[test]
fn expansions_are_as_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
    let mut features: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of the features")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
        .collect();
    features.sort();
    assert!(!features.is_empty());
    for feature in features {
        check(&feature);
    }
}

fn check(feature: &Path) {
    let expanded = feature.with_extension("expanded.rs");
    let input = fs::read_to_string(feature).expect("the feature");
    let output = expansion(&input);
    if std::env::var_os("GOLDEN").is_some_and(|value| value == "overwrite") {
        fs::write(&expanded, output).expect("a file that can be written");
        return;
    }
    let committed = fs::read_to_string(&expanded).unwrap_or_default();
    assert_eq!(
        output,
        committed,
        "{}: run with GOLDEN=overwrite and read the difference",
        feature.display()
    );
}

/// The expansions of all derives of a file, in its order.
fn expansion(input: &str) -> String {
    let file = syn::parse_file(input).expect("Rust");
    let mut expansions = Vec::new();
    for item in &file.items {
        let attributes = match item {
            Item::Struct(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            _ => continue,
        };
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            let name: syn::Ident = attribute.parse_args().expect("one derive");
            let which = if name == "Event" {
                Derive::Event
            } else {
                Derive::EventData
            };
            let tokens = derive(which, item.to_token_stream());
            expansions.extend(syn::parse2::<File>(tokens).expect("Rust").items);
        }
    }
    let text = prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: expansions,
    });
    // The path of a committed schema is whole in the expansion; whose machine it was is not for the golden file.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(1)
        .unwrap_or(Path::new("/"));
    text.replace(&root.display().to_string(), "$ROOT")
}
