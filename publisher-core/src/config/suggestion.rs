//! The known name that a mistyped one was meant to be.
//!
//! Pure; knows no tables.

/// Longer names are not compared: nobody mistypes one, and comparing takes time by the product of the lengths.
const LONGEST: usize = 80;

/// The known name nearest to this one, if one is near. Case and the characters between words count for nothing, so that
/// `lingerMs` is near to `linger.ms`.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = plain(name);
    let candidates = known.into_iter().filter_map(|known| {
        let plain = plain(known);
        let distance = distance(&wanted, &plain);
        // What was typed may also be the beginning of the name, such as one without its unit.
        let begun = wanted.len() >= 4 && plain.starts_with(&wanted[..]);
        let near = distance <= 1 + wanted.len() / 6;
        (near || begun).then_some((!near, distance, known))
    });
    // By name at last, so that the answer does not depend on the order.
    candidates.min().map(|(_, _, known)| known)
}

fn plain(name: &str) -> Vec<char> {
    let letters = name.chars().filter(|c| !matches!(c, '.' | '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// How many characters are to be put in, left out, replaced or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &right) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(left != right);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left == b[j - 1] && a[i - 1] == right {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&str>) {
        let known = [
            "linger.ms",
            "acks",
            "retries",
            "retry.backoff.ms",
            "schema.registry.url",
            "client.id",
            "client.dns.lookup",
        ];
        assert_eq!(nearest(name, known), expected, "{name}");
    }

    #[test]
    fn the_nearest_name_is_found() {
        check("linger.sm", Some("linger.ms"));
        check("lingerMs", Some("linger.ms"));
        check("LINGER_MS", Some("linger.ms"));
        check("linger", Some("linger.ms"));
        check("ack", Some("acks"));
        check("retires", Some("retries"));
        check("schema-registry.ulr", Some("schema.registry.url"));
        check("retry.backoff", Some("retry.backoff.ms"));
        check("client", Some("client.id"));
        check("topic", None);
        check("", None);
        check(&"x".repeat(1_000_000), None);
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "", 3),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("abc", "acb", 1),
        ] {
            assert_eq!(distance(&plain(a), &plain(b)), expected, "{a} {b}");
        }
    }
}
