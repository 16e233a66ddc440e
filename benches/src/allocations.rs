//! A global allocator that counts, for the binaries that report allocations.
//!
//! Counts the calling thread's calls, because the embedded registry has a thread of its own; or those of all threads,
//! for a process that has nothing in it but what is measured.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The system's allocator, which counts while [`count`] or [`count_everywhere`] runs.
#[derive(Debug)]
pub struct CountingAllocator;

thread_local! {
    // Constant and without a destructor: the first use of such a cell allocates nothing.
    static COUNTING: Cell<bool> = const { Cell::new(false) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
}

static COUNTING_EVERYWHERE: AtomicBool = AtomicBool::new(false);
static CALLS_EVERYWHERE: AtomicU64 = AtomicU64::new(0);

/// The calls for memory, new or larger, that `action` makes on this thread. Needs [`CountingAllocator`] to be the global
/// one, else it is 0.
pub fn count(action: impl FnOnce()) -> u64 {
    CALLS.set(0);
    COUNTING.set(true);
    action();
    COUNTING.set(false);
    CALLS.get()
}

/// The calls for memory, new or larger, that any thread makes while `action` runs. Needs [`CountingAllocator`] to be the
/// global one, else it is 0.
pub fn count_everywhere(action: impl FnOnce()) -> u64 {
    CALLS_EVERYWHERE.store(0, Ordering::Relaxed);
    COUNTING_EVERYWHERE.store(true, Ordering::Relaxed);
    action();
    COUNTING_EVERYWHERE.store(false, Ordering::Relaxed);
    CALLS_EVERYWHERE.load(Ordering::Relaxed)
}

fn note() {
    if COUNTING.get() {
        CALLS.set(CALLS.get() + 1);
    }
    if COUNTING_EVERYWHERE.load(Ordering::Relaxed) {
        CALLS_EVERYWHERE.fetch_add(1, Ordering::Relaxed);
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
