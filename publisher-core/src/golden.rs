//! Documents that are printed from tables of the code and committed beside it.

use std::env;
use std::fs;
use std::path::Path;

/// Asserts that the committed document, by its path in this package, is this text; writes it with `GOLDEN=overwrite`.
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
pub(crate) fn assert_committed(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("GOLDEN").is_some_and(|value| value == "overwrite") {
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{} is not what the tables say: run with GOLDEN=overwrite and read the difference",
        path.display()
    );
}
