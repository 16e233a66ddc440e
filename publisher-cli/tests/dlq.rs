//! `publisher dlq` without a broker: wrong arguments, and a build that has no Kafka client.

use crate::support::Project;

#[test]
fn places_and_choices_are_checked() {
    let project = Project::new();
    for (arguments, part) in [
        ("dlq", "Usage: publisher dlq"),
        ("dlq list", "<TOPIC|FILE>"),
        (
            "dlq list a --from here",
            "expected PARTITION:OFFSET such as 0:12, or a line such as 12",
        ),
        (
            "dlq list a --only colour=red",
            "where the field is one of topic, type, code, event_id, key",
        ),
        ("dlq show a 0:1 --payload xml", "possible values: hex, base64, text"),
        ("dlq replay a --limit many", "--limit"),
    ] {
        project.run(arguments).has(101, &[part]);
    }
}

#[cfg(not(feature = "kafka"))]
#[test]
fn a_build_without_kafka_says_how_to_get_one() {
    let project = Project::new();
    for arguments in ["dlq list a", "dlq show a 0:1", "dlq replay a"] {
        project.run(arguments).is(
            101,
            "error: this `publisher` was built without a Kafka client, which `dlq` needs\n\
             help: build one with it: cargo install --path publisher-cli --features kafka\n",
        );
    }
}
