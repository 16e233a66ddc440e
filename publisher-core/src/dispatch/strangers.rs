//! Whether a thread runs a callback or a waker: code that is not ours, from within which nobody may wait for records.

use std::cell::Cell;

thread_local! {
    static IN_STRANGERS_CODE: Cell<bool> = const { Cell::new(false) };
}

/// Notes that this thread runs a callback or a waker, from within which nobody may wait for records.
pub(super) struct StrangersCode {
    outer: bool,
}

impl StrangersCode {
    pub(super) fn enter() -> Self {
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

/// Whether this thread runs a callback or a waker at the moment.
pub(crate) fn in_strangers_code() -> bool {
    IN_STRANGERS_CODE.get()
}
