//! What librdkafka can do and rdkafka does not offer: a true flush, and whether a failed record can be in the log.
//!
//! Deliberately absent: `rd_kafka_message_produce_errstr`, the broker's own words on a refused record. In librdkafka
//! 2.12.1 it points into the response, which is freed before the report can be read (seen on a real broker: garbage).
//!
//! The only file of the project with `unsafe`. Every function takes rdkafka's own types, so that a caller cannot pass a
//! dead pointer.
#![allow(unsafe_code, reason = "calls of librdkafka's C functions that rdkafka does not wrap")]

use std::time::Duration;

use rdkafka::bindings;
use rdkafka::message::BorrowedMessage;
use rdkafka::producer::{BaseProducer, Producer as _, ProducerContext};

use crate::error::Persistence;

/// Sends what is buffered without waiting for `linger`, and waits until every report was handled or the time is over.
///
/// Another thread must poll meanwhile. rdkafka's own `flush` leaves librdkafka's flushing mode at once, so that
/// `linger` holds again.
pub(super) fn flush<C: ProducerContext>(producer: &BaseProducer<C>, deadline: Duration) {
    // Rounded up: a rest of less than a millisecond must not become a busy loop of the caller.
    let milliseconds = i32::try_from(deadline.as_micros().div_ceil(1000)).unwrap_or(i32::MAX);
    // SAFETY: the pointer is that of a live producer, which the reference keeps alive during the call; the function is
    // thread-safe (librdkafka: "rd_kafka_flush"), and with event-based reports it only waits for the message count.
    let _timed_out = unsafe { bindings::rd_kafka_flush(producer.client().native_ptr(), milliseconds) };
}

/// Whether the record of a failed report can be in the log.
pub(super) fn persistence(message: &BorrowedMessage<'_>) -> Persistence {
    // SAFETY: the message belongs to an event which `message` keeps alive; the function reads one field.
    match unsafe { bindings::rd_kafka_message_status(message.ptr()) } {
        bindings::rd_kafka_msg_status_t::RD_KAFKA_MSG_STATUS_NOT_PERSISTED => Persistence::NotPersisted,
        _ => Persistence::PossiblyPersisted,
    }
}
