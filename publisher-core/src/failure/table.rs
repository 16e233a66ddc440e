//! A row of the error table, and the tables as Markdown for users.
//!
//! `ERRORS.md` is that text; the test here holds it. What stands in the rows is said beside the errors themselves, in
//! `produce_errors` and `publish_errors`.

/// Whether a publisher sends a record again that was not confirmed, on top of what the client repeats by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resend {
    /// Never: the same record would fail for the same reason.
    Never,
    /// As [`Retries`](crate::Retries) say, unless they are switched off.
    Usual,
    /// As [`Retries`](crate::Retries) say, if they include it: the delivery timeout that the record has used up is the
    /// user's own bound.
    OnRequest,
    /// By a fresh producer in the place of the broken one.
    FreshProducer,
}

/// What an error means to a publisher and to its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorRow {
    /// The stable name, for metrics, dead letters and searches in logs: part of semantic versioning.
    pub code: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// What leads to it, by the names of librdkafka and of Kafka's protocol; empty where no broker is involved.
    pub causes: &'static [&'static str],
    /// Whether the same record may be accepted later without a change.
    pub retriable: bool,
    /// Whether the producer can deliver nothing any more.
    pub fatal: bool,
    /// Whether it is a sign that the cluster is out of order, and so counts for the
    /// [`CircuitBreaker`](crate::CircuitBreaker).
    pub outage: bool,
    /// Whether the publisher sends the record again.
    pub resend: Resend,
    /// What the publisher does.
    pub publisher: &'static str,
    /// What is left to the user.
    pub user: &'static str,
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::{produce_errors, publish_errors};
    use super::*;

    const INTRODUCTION: &str = "\
# Errors

What each error means, what a publisher does about it and what is left to you. The codes are those of
`PublishError::code()` and of dead letters; they do not change within a major version. *Retriable* means that the same
event may succeed later without a change; *fatal* that the producer can deliver nothing any more; *outage* that it counts
for the circuit breaker.

Whether a record that was not confirmed can be in the log is another question, with an answer of its own for each record:
`Persistence`. *Failed* is surely not in the log; *unknown* may be, and sending it again can make a second copy with the
same `event_id`.
";

    const PRODUCE: &str = "
## The broker, or the way to it

Of `ProduceErrorKind`. What librdkafka repeats by itself within `delivery_timeout` (a broker or a leader away, an election,
too few replicas, a batch damaged on its way) is seen only when that time is over, as `timed_out`.

| code | what happened | from | retriable | fatal | outage | the publisher | you |
|---|---|---|---|---|---|---|---|
";

    const PUBLISH: &str = "
## Before the broker

Nothing was sent.

| code | what happened | retriable | the publisher | you |
|---|---|---|---|---|
";

    fn yes(is: bool) -> &'static str {
        if is { "yes" } else { "no" }
    }

    fn markdown() -> String {
        let mut text = INTRODUCTION.to_owned() + PRODUCE;
        // Writing to a String cannot fail.
        for row in produce_errors::ALL.map(produce_errors::of_kind) {
            let causes: Vec<String> = row.causes.iter().map(|cause| format!("`{cause}`")).collect();
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} | {} | {} | {} |",
                row.code,
                row.meaning,
                causes.join(", "),
                yes(row.retriable),
                yes(row.fatal),
                yes(row.outage),
                row.publisher,
                row.user
            );
        }
        text += PUBLISH;
        for row in publish_errors::ALL {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} |",
                row.code,
                row.meaning,
                yes(row.retriable),
                row.publisher,
                row.user
            );
        }
        text
    }

    #[test]
    fn the_committed_tables_are_those_of_the_code() {
        crate::golden::assert_committed("src/failure/ERRORS.md", &markdown());
    }

    #[test]
    fn no_code_is_in_two_rows() {
        let rows = produce_errors::ALL.map(produce_errors::of_kind);
        let mut codes: Vec<&str> = rows
            .into_iter()
            .chain(publish_errors::ALL)
            .map(|row| row.code)
            .collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all, "{codes:?}");
    }

    #[test]
    fn what_is_sent_again_is_retriable_and_what_is_broken_is_not() {
        for row in produce_errors::ALL.map(produce_errors::of_kind) {
            let resent = matches!(row.resend, Resend::Usual | Resend::OnRequest);
            assert!(!resent || row.retriable, "{row:?}");
            assert_eq!(row.fatal, row.resend == Resend::FreshProducer, "{row:?}");
        }
    }
}
