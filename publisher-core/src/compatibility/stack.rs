//! Room for schemas whose types hold types hold types.
//!
//! Walks recurse as the schemas do. A chain of a few thousand named types is legal, and a thread's usual stack is too
//! small for it; so every walk counts its levels, and one that goes far is run again on a stack of its own.

use std::panic::resume_unwind;
use std::thread;

use super::compare::CompareError;

/// How deep types may lie within types: what the large stack holds with room to spare.
const DEEPEST: usize = 10_000;
/// The same for the stack of the caller, of which a megabyte should be left.
const DEEPEST_HERE: usize = 200;
/// Reserved, not used: the system hands out what is touched.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// Runs a walk and tells it how deep it may go.
pub(super) fn walk<T: Send>(walk: impl Fn(usize) -> Result<T, CompareError> + Sync) -> Result<T, CompareError> {
    let here = walk(DEEPEST_HERE);
    if !matches!(here, Err(CompareError::TooDeep { .. })) {
        return here;
    }
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK_BYTES);
        match builder.spawn_scoped(scope, || walk(DEEPEST)) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // No thread to be had: then this is as deep as it goes.
            Err(_) => here,
        }
    })
}
