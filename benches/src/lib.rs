//! What the benchmarks share: the event, the encoders that compete for it, and how they are timed.
//!
//! Knows no threshold: the binaries print figures, and whoever reads the last line judges them.

pub mod allocations;
pub mod contenders;
pub mod evolution;
pub mod handwritten;
pub mod measure;
pub mod order;
pub mod publish;
pub mod report;
pub mod subjects;
pub mod throwaway;
pub mod verify;
