//! Whether a task is inside the work of a transaction at the moment: another one of the same publisher would wait for ever.

use std::cell::RefCell;
use std::ptr;
use std::sync::Arc;

use super::Coordinator;

thread_local! {
    /// By address: whoever is in here is alive.
    static OPEN: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Marks the thread while it polls the work of a transaction.
pub(super) struct Inside;

impl Inside {
    pub(super) fn enter(coordinator: &Arc<Coordinator>) -> Self {
        OPEN.with_borrow_mut(|open| open.push(ptr::from_ref(&**coordinator).addr()));
        Self
    }

    pub(super) fn is_in(coordinator: &Arc<Coordinator>) -> bool {
        let address = ptr::from_ref(&**coordinator).addr();
        OPEN.with_borrow(|open| open.contains(&address))
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        OPEN.with_borrow_mut(|open| open.pop());
    }
}
