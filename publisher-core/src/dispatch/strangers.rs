//! Code that is not ours: callbacks, wakers, the log's subscriber. Nobody may wait for records from within it, and its
//! panics end nothing but itself.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IN_STRANGERS_CODE: Cell<bool> = const { Cell::new(false) };
}

/// Runs a stranger's code. A panic ends here; false if there was one.
pub(crate) fn isolated(code: impl FnOnce()) -> bool {
    let _strangers = StrangersCode::enter();
    catch_unwind(AssertUnwindSafe(code)).is_ok()
}

/// Notes that this thread runs a stranger's code.
struct StrangersCode {
    outer: bool,
}

impl StrangersCode {
    fn enter() -> Self {
        Self {
            outer: IN_STRANGERS_CODE.replace(true),
        }
    }
}

impl Drop for StrangersCode {
    fn drop(&mut self) {
        IN_STRANGERS_CODE.set(self.outer);
    }
}

/// Whether this thread runs a stranger's code at the moment.
pub(crate) fn in_strangers_code() -> bool {
    IN_STRANGERS_CODE.get()
}
