//! The order of each key's events in the log: the first copies count, for a copy that comes again cannot be in order.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{Copied, Place};
use super::violation::Breach;

/// Events that lie after a later one of their key, and keys that are spread over partitions.
pub(super) fn breaches(log: &[Copied]) -> Vec<(&str, u64, Breach)> {
    let mut keys: BTreeMap<&str, Vec<&Copied>> = BTreeMap::new();
    for copy in log {
        keys.entry(&copy.key).or_default().push(copy);
    }
    let mut breaches = Vec::new();
    for (key, mut copies) in keys {
        copies.sort_by_key(|copy| copy.place);
        let partitions: BTreeSet<i32> = copies.iter().map(|copy| copy.place.partition).collect();
        if let Some(second) = partitions.iter().nth(1) {
            // Between partitions there is no order to look at.
            let moved = copies.iter().find(|copy| copy.place.partition == *second);
            let sequence = moved.map_or(0, |copy| copy.sequence);
            breaches.push((key, sequence, Breach::SpreadOverPartitions));
            continue;
        }
        breaches.extend(late(&copies).map(|(sequence, breach)| (key, sequence, breach)));
    }
    breaches
}

/// The events of one partition that come first only after a later one.
fn late<'a>(copies: &'a [&Copied]) -> impl Iterator<Item = (u64, Breach)> + 'a {
    let mut seen = BTreeSet::new();
    let mut last: Option<(u64, Place)> = None;
    copies.iter().filter_map(move |copy| {
        if !seen.insert(copy.sequence) {
            return None;
        }
        match last {
            Some((later, before)) if later > copy.sequence => Some((
                copy.sequence,
                Breach::Late {
                    after: later,
                    place: copy.place,
                    before,
                },
            )),
            _ => {
                last = Some((copy.sequence, copy.place));
                None
            }
        }
    })
}
