//! The names of librdkafka's properties, taken from the table that it prints of itself.
//!
//! Knows the table's form and nothing of what the properties mean.

use crate::producer::ffi;

/// What the table says in the place of a type where a property holds a callback or a pointer.
const NO_TEXT: &str = "*Type: see dedicated API*";

/// The names of all properties that [`KafkaSettings::properties`](super::KafkaSettings::properties) can set, sorted: those
/// of producers, consumers and topics, second names such as `linger.ms` for `queue.buffering.max.ms` included.
///
/// It is the librdkafka of this program that is asked. Left out are callbacks and pointers, and what librdkafka keeps from
/// its own documentation. A name in the list can still be one that this build of librdkafka cannot serve, such as
/// `ssl.ca.location` without TLS: setting it says so. Empty only if the system has no memory left.
///
/// # Examples
/// ```
/// let names = publisher_core::producer::property_names();
/// assert!(names.contains(&"compression.type".to_owned()));
/// assert!(names.is_sorted());
/// ```
#[must_use]
pub fn property_names() -> Vec<String> {
    let mut names: Vec<String> = ffi::property_table()
        .lines()
        .filter_map(name)
        .map(str::to_owned)
        .collect();
    names.sort_unstable();
    // Some are of the producer and of the topic.
    names.dedup();
    names
}

/// The name in the first column of a line; `None` for headings, rules and what has no text.
fn name(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once('|')?;
    let name = name.trim_end();
    let text = rest.contains("*Type: ") && !rest.contains(NO_TEXT);
    (text && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_its_name() {
        let check = |line: &str, expected: Option<&str>| assert_eq!(name(line), expected, "{line}");
        check(
            "client.id                                |  *  |                 |       rdkafka | low        | Client identifier. <br>*Type: string*",
            Some("client.id"),
        );
        check(
            "sasl.oauthbearer.client.credentials.client.secret |  *  |                 |               | low        | Alias. <br>*Type: string*",
            Some("sasl.oauthbearer.client.credentials.client.secret"),
        );
        check(
            "error_cb                                 |  *  |                 |               | low        | Error callback. <br>*Type: see dedicated API*",
            None,
        );
        check("## Global configuration properties", None);
        check(
            "Property                                 | C/P | Range           |       Default | Importance | Description              ",
            None,
        );
        check("-----------------------------------------|-----|------", None);
        check("", None);
    }
}
