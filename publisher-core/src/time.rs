//! [`EventTime`]: the types that a field marked `time` can have; the instants in `data/` implement it.

/// Types that a field marked `time` can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an instant",
    label = "`time` needs an instant",
    note = "mark a `SystemTime`, a `chrono::DateTime`, a `time::OffsetDateTime` or a `jiff::Timestamp` (features of these names), or an `Option` of one"
)]
pub trait EventTime {
    /// Milliseconds since 1970-01-01T00:00:00Z, floored.
    fn timestamp_ms(&self) -> Option<i64>;
}

impl<T: EventTime> EventTime for Option<T> {
    fn timestamp_ms(&self) -> Option<i64> {
        self.as_ref()?.timestamp_ms()
    }
}

impl<T: EventTime + ?Sized> EventTime for &T {
    fn timestamp_ms(&self) -> Option<i64> {
        (**self).timestamp_ms()
    }
}
