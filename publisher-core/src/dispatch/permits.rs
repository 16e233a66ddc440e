//! [`Permits`]: how many records, and how many bytes of them, may be on their way at once.
//!
//! Arithmetic under the dispatcher's lock. Who waits, and in which order, is the line's business.

/// What a record costs beside its bytes, about: its place in the slab, its ticket, and what a client keeps for it and for
/// its headers.
const OVERHEAD_BYTES: usize = 1024;

/// What a record of this size costs whose bytes take so much room here: the client has a copy of its own.
///
/// A record that costs more than all that there is costs all there is: it goes alone.
pub(super) fn cost(size: usize, room: usize, all: usize) -> usize {
    size.saturating_add(room).saturating_add(OVERHEAD_BYTES).min(all)
}

/// What is left of the buffer.
#[derive(Debug)]
pub(super) struct Permits {
    records: usize,
    bytes: usize,
    /// May be more than there are: see [`take_anyway`](Self::take_anyway).
    taken_records: usize,
    taken_bytes: usize,
}

impl Permits {
    pub(super) fn new(records: usize, bytes: usize) -> Self {
        Self {
            records,
            bytes,
            taken_records: 0,
            taken_bytes: 0,
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

    pub(super) fn fit(&self, records: usize, cost: usize) -> bool {
        let (free_records, free_bytes) = (
            self.records.saturating_sub(self.taken_records),
            self.bytes.saturating_sub(self.taken_bytes),
        );
        records <= free_records && cost <= free_bytes
    }

    /// Takes a place for so many records of this cost altogether; false, and nothing taken, if there is none.
    pub(super) fn take(&mut self, records: usize, cost: usize) -> bool {
        let fit = self.fit(records, cost);
        if fit {
            self.taken_records += records;
            self.taken_bytes += cost;
        }
        fit
    }

    /// Takes a place for a record that is there already, whether there is one or not: nobody else gets one before it is
    /// given back.
    pub(super) fn take_anyway(&mut self, cost: usize) {
        self.taken_records += 1;
        self.taken_bytes += cost;
    }

    /// Gives the place of a record back.
    pub(super) fn give(&mut self, cost: usize) {
        debug_assert!(self.taken_records > 0 && self.taken_bytes >= cost);
        self.taken_records -= 1;
        self.taken_bytes -= cost;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_in_records_and_in_bytes() {
        let mut permits = Permits::new(2, 2000);
        assert_eq!(cost(100, 132, permits.bytes()), 1256);
        assert!(permits.take(1, 1000) && permits.take(1, 1000));
        assert!(!permits.take(1, 0), "no third record");
        permits.give(1000);
        assert!(!permits.take(1, 1001) && permits.take(1, 1000), "2000 bytes in all");
        permits.give(1000);
        permits.give(1000);
        assert!(permits.take(2, 2000));
    }

    #[test]
    fn what_is_there_already_is_in_nobodys_way_but_the_next_ones() {
        let mut permits = Permits::new(2, 2000);
        assert!(permits.take(2, 2000));
        permits.take_anyway(1000);
        permits.give(1000);
        assert!(!permits.fit(1, 0), "two are taken of two");
        permits.give(1000);
        assert!(permits.fit(1, 1000) && !permits.fit(1, 1001));
    }

    #[test]
    fn what_is_larger_than_all_goes_alone() {
        let mut permits = Permits::new(2, 2000);
        let cost = cost(1_000_000, 0, permits.bytes());
        assert_eq!(cost, 2000);
        assert!(permits.take(1, cost) && !permits.fit(1, 1));
        permits.give(cost);
        assert!(permits.take(1, 1) && !permits.fit(1, cost));
    }
}
