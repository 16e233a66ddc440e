//! What is not used is told once, with its path and the reason.
//!
//! What is kept and what is refused is tested from outside, in the package `tests`.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::*;
use crate::record::SchemaId;
use crate::registry::captured::Log;

#[test]
fn what_is_not_used_is_told_once() {
    let log = Log::of("registry::store");
    let _guard = tracing::subscriber::set_default(log.clone());
    let folder = std::env::temp_dir().join(format!("publisher-store-told-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let cache = DiskCache::at(&folder);
    let find = || cache.find("r", "s", Asked::Latest);

    assert_eq!(find(), None);
    assert!(log.taken().is_empty(), "that there is none is as it should be");
    let path = folder.join(format::file_name("r", "s", Asked::Latest));
    let entry = StoredEntry::new("r", "s", Asked::Latest, SchemaId(1));
    for _ in 0..2 {
        cache.keep(&entry).unwrap();
        fs::write(&path, "publisher schema cache 9\n").unwrap();
        for _ in 0..3 {
            assert_eq!(find(), None);
        }
        assert_eq!(
            log.taken(),
            [format!(
                "WARN a kept answer of a schema registry is not used path={} reason=\"is written in another version of \
                 the format\"",
                path.display()
            )]
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}
