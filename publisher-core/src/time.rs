//! [`EventTime`]: the types that a field marked `time` can have.

/// Types that a field marked `time` can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an instant",
    label = "`time` needs an instant",
    note = "mark a `chrono::DateTime<Utc>` (feature `chrono`), or an `Option` of it"
)]
pub trait EventTime {
    /// Milliseconds since 1970-01-01T00:00:00Z, floored.
    fn timestamp_ms(&self) -> Option<i64>;
}

#[cfg(feature = "chrono")]
impl EventTime for chrono::DateTime<chrono::Utc> {
    fn timestamp_ms(&self) -> Option<i64> {
        Some(self.timestamp_millis())
    }
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
