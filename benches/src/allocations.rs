//! A global allocator that counts, for the binaries that report allocations.
//!
//! Counts the calling thread's calls only: the embedded registry has a thread of its own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which counts while [`count`] runs.
#[derive(Debug)]
pub struct CountingAllocator;

thread_local! {
    // Constant and without a destructor: the first use of such a cell allocates nothing.
    static COUNTING: Cell<bool> = const { Cell::new(false) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
}

/// The calls for memory, new or larger, that `action` makes on this thread. Needs [`CountingAllocator`] to be the global
/// one, else it is 0.
pub fn count(action: impl FnOnce()) -> u64 {
    CALLS.set(0);
    COUNTING.set(true);
    action();
    COUNTING.set(false);
    CALLS.get()
}

fn note() {
    if COUNTING.get() {
        CALLS.set(CALLS.get() + 1);
    }
}

// SAFETY: every call goes on to the system's allocator with the same arguments, whose contract is the same; counting
// allocates nothing and does not unwind.
#[expect(unsafe_code, reason = "an allocator cannot be had without")]
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note();
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note();
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note();
        // SAFETY: the caller keeps the contract of `GlobalAlloc::realloc`.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}
