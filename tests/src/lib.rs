//! What several of the tests need; they are the `[[test]]` targets of this package.

pub mod references;
