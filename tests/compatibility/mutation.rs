//! Schemas as nobody writes them: a text with a few changes at random.
//!
//! Knows no language but that of JSON.

use crate::numbers::Numbers;

/// The text after one to four changes that follow from the numbers: parts gone, doubled, moved, or put in from a list.
pub(crate) fn mutated(sample: &str, pieces: &[&str], numbers: &mut Numbers) -> String {
    let mut text: Vec<char> = sample.chars().collect();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(text.len() + 1);
        let end = (at + numbers.below(12)).min(text.len());
        match numbers.below(5) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..end, numbers.of(pieces).chars())),
            2 => drop(text.splice(at..at, numbers.of(pieces).chars())),
            // A value for another, which more often leaves a schema.
            3 => {
                let values: Vec<usize> = (0..text.len()).filter(|at| text[*at] == ':').collect();
                let Some(&at) = values.get(numbers.below(values.len().max(1))) else {
                    continue;
                };
                let end = (at + 1..text.len()).find(|end| matches!(text[*end], ',' | '}' | ']'));
                text.splice(at + 1..end.unwrap_or(at + 1), numbers.of(pieces).chars());
            }
            // A part of the text at another place.
            _ => {
                let piece = text[at..end].to_vec();
                let to = numbers.below(text.len() + 1);
                text.splice(to..to, piece);
            }
        }
    }
    text.into_iter().collect()
}
