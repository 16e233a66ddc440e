//! Nothing: the tests are in `main.rs`. A package needs a target that `cargo doc` and `cargo tree` know.
