//! A maximum matching of two lists: which members can be paired, each once.
//!
//! Knows no schema.

/// How many of `left` get a partner of their own among `right`; `pairs[l]` lists whom `l` can be paired with.
///
/// Augmenting paths, iteratively, so that long lists need no deep stack.
pub(super) fn maximum(pairs: &[Vec<usize>], right: usize) -> usize {
    let mut partner: Vec<Option<usize>> = vec![None; right];
    let mut matched = 0;
    for start in 0..pairs.len() {
        // A search by breadth over alternating paths; `from` remembers through whom each partner was reached.
        let mut from: Vec<Option<usize>> = vec![None; right];
        let mut queue = std::collections::VecDeque::from([start]);
        let mut free = None;
        'search: while let Some(member) = queue.pop_front() {
            for &other in &pairs[member] {
                if from[other].is_some() {
                    continue;
                }
                from[other] = Some(member);
                match partner[other] {
                    Some(next) => queue.push_back(next),
                    None => {
                        free = Some(other);
                        break 'search;
                    }
                }
            }
        }
        if free.is_some() {
            matched += 1;
        }
        while let Some(other) = free {
            let Some(member) = from[other] else { break };
            // What the member had before takes its own way back.
            free = (0..right).find(|&known| partner[known] == Some(member));
            partner[other] = Some(member);
            if let Some(before) = free {
                partner[before] = None;
            }
            if member == start {
                break;
            }
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::maximum;

    #[test]
    fn pairs_are_rearranged_for_more() {
        assert_eq!(maximum(&[], 0), 0);
        assert_eq!(maximum(&[vec![0], vec![0]], 1), 1);
        assert_eq!(maximum(&[vec![0, 1], vec![0]], 2), 2);
        assert_eq!(maximum(&[vec![0, 1], vec![0, 2], vec![0]], 3), 3);
        assert_eq!(maximum(&[vec![0], vec![0, 1], vec![1, 2], vec![2]], 3), 3);
        assert_eq!(maximum(&[vec![], vec![1]], 2), 1);
    }

    /// Against trying every order, for all graphs of three and three.
    #[test]
    fn no_graph_has_a_larger_one() {
        for graph in 0_u32..512 {
            let pairs: Vec<Vec<usize>> = (0..3)
                .map(|left| (0..3).filter(|right| graph >> (left * 3 + right) & 1 == 1).collect())
                .collect();
            let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
            let best = orders
                .iter()
                .map(|order| (0..3).filter(|left| pairs[*left].contains(&order[*left])).count())
                .max();
            assert_eq!(Some(maximum(&pairs, 3)), best, "{pairs:?}");
        }
    }
}
