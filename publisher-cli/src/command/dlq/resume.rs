//! Where a replay goes on: the first place of each partition, or of the file, that is not done.
//!
//! Counts places; sends nothing.

use std::collections::BTreeMap;

use crate::letters::Place;

/// What was done of each partition.
#[derive(Debug, Default)]
pub(super) struct Resume {
    /// The first place that was not looked at.
    next: BTreeMap<Option<i32>, u64>,
    /// The first place whose event was not delivered.
    undone: BTreeMap<Option<i32>, u64>,
    delivered: Vec<Place>,
}

impl Resume {
    /// Begins at these places.
    pub(super) fn new(begin: Vec<Place>) -> Self {
        Self {
            next: begin.into_iter().map(|place| (place.partition, place.number)).collect(),
            ..Self::default()
        }
    }

    /// The place was looked at; what became of it is said next, if it is for replay at all.
    pub(super) fn read(&mut self, place: Place) {
        self.next.insert(place.partition, place.number.saturating_add(1));
    }

    /// Its event is in the log.
    pub(super) fn delivered(&mut self, place: Place) {
        self.delivered.push(place);
    }

    /// Its event is not in the log for certain.
    pub(super) fn undone(&mut self, place: Place) {
        let first = self.undone.entry(place.partition).or_insert(place.number);
        *first = place.number.min(*first);
    }

    /// Where to go on.
    pub(super) fn places(&self) -> Vec<Place> {
        let place = |(partition, next): (&Option<i32>, &u64)| Place {
            partition: *partition,
            number: self.undone.get(partition).map_or(*next, |undone| *undone.min(next)),
        };
        self.next.iter().map(place).collect()
    }

    /// How many events behind these places are in the log already.
    pub(super) fn ahead(&self) -> usize {
        let places = self.places();
        let is_ahead = |done: &&Place| {
            places
                .iter()
                .any(|place| place.partition == done.partition && place.number < done.number)
        };
        self.delivered.iter().filter(is_ahead).count()
    }

    /// As the value of `--from`.
    pub(super) fn argument(&self) -> String {
        let places: Vec<String> = self.places().iter().map(Place::to_string).collect();
        places.join(",")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        text.parse().unwrap()
    }

    fn check(begin: &[&str], steps: &[(&str, char)], expected: &str, ahead: usize) {
        let mut resume = Resume::new(begin.iter().map(|text| place(text)).collect());
        for (text, step) in steps {
            resume.read(place(text));
            match step {
                'd' => resume.delivered(place(text)),
                'u' => resume.undone(place(text)),
                _ => {}
            }
        }
        assert_eq!((resume.argument().as_str(), resume.ahead()), (expected, ahead));
    }

    #[test]
    fn the_first_that_is_not_done_counts() {
        check(&["0:5", "1:0"], &[], "0:5,1:0", 0);
        check(&["0:5", "1:0"], &[("0:5", 'd'), ("0:7", 's')], "0:8,1:0", 0);
        check(
            &["0:5", "1:0"],
            &[("0:5", 'd'), ("0:7", 'u'), ("0:8", 'd'), ("1:0", 'd')],
            "0:7,1:1",
            1,
        );
        check(
            &["0:0"],
            &[("0:1", 'u'), ("0:3", 'u'), ("0:2", 'u'), ("0:4", 'd')],
            "0:1",
            1,
        );
        check(&["1"], &[("1", 'd'), ("3", 'u')], "3", 0);
    }
}
