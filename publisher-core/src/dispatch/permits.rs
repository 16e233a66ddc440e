//! [`Permits`]: how many records, and how many bytes of them, may be on their way at once.
//!
//! Arithmetic under the dispatcher's lock. Who waits, and in which order, is the line's business.

/// What a record costs beside its bytes, about: its place in the slab, its ticket, and what a client keeps for it.
const OVERHEAD_BYTES: usize = 512;

/// What is left of the buffer.
#[derive(Debug)]
pub(super) struct Permits {
    records: usize,
    bytes: usize,
    free_records: usize,
    free_bytes: usize,
}

impl Permits {
    pub(super) fn new(records: usize, bytes: usize) -> Self {
        Self {
            records,
            bytes,
            free_records: records,
            free_bytes: bytes,
        }
    }

    /// How many records there may be.
    pub(super) fn records(&self) -> usize {
        self.records
    }

    /// How many bytes they may take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// What a record of this size costs. Its bytes count twice: the client has a copy of its own.
    ///
    /// A record that costs more than there is costs all there is: it goes alone.
    pub(super) fn cost(&self, size: usize) -> usize {
        size.saturating_mul(2).saturating_add(OVERHEAD_BYTES).min(self.bytes)
    }

    pub(super) fn fit(&self, records: usize, cost: usize) -> bool {
        records <= self.free_records && cost <= self.free_bytes
    }

    /// Takes a place for so many records of this cost altogether; false, and nothing taken, if there is none.
    pub(super) fn take(&mut self, records: usize, cost: usize) -> bool {
        let fit = self.fit(records, cost);
        if fit {
            self.free_records -= records;
            self.free_bytes -= cost;
        }
        fit
    }

    /// Gives the place of a record back.
    pub(super) fn give(&mut self, cost: usize) {
        self.free_records += 1;
        self.free_bytes += cost;
        debug_assert!(self.free_records <= self.records && self.free_bytes <= self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_in_records_and_in_bytes() {
        let mut permits = Permits::new(2, 2000);
        assert_eq!(permits.cost(100), 712);
        assert!(permits.take(1, 712) && permits.take(1, 712));
        assert!(!permits.take(1, 0), "no third record");
        permits.give(712);
        assert!(!permits.take(1, 1289) && permits.take(1, 1288), "2000 bytes in all");
        permits.give(1288);
        permits.give(712);
        assert!(permits.take(2, 2000));
    }

    #[test]
    fn what_is_larger_than_all_goes_alone() {
        let mut permits = Permits::new(2, 2000);
        let cost = permits.cost(1_000_000);
        assert_eq!(cost, 2000);
        assert!(permits.take(1, cost) && !permits.fit(1, 1));
        permits.give(cost);
        assert!(permits.take(1, 1) && !permits.fit(1, cost));
    }
}
