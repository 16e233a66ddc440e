//! What librdkafka can do and rdkafka does not offer: a true flush, whether a failed record can be in the log, the
//! description of a topic with the operations that this client may do, and the names of all properties.
//!
//! Deliberately absent: `rd_kafka_message_produce_errstr`, the broker's own words on a refused record. In librdkafka
//! 2.12.1 it points into the response, which is freed before the report can be read (seen on a real broker: garbage).
//!
//! The only file of the project with `unsafe`. Every function takes rdkafka's own types, so that a caller cannot pass a
//! dead pointer.
#![allow(unsafe_code, reason = "calls of librdkafka's C functions that rdkafka does not wrap")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{self, NonNull};
use std::slice;
use std::time::{Duration, Instant};

use rdkafka::bindings;
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::message::BorrowedMessage;
use rdkafka::producer::{BaseProducer, Producer as _, ProducerContext};
use rdkafka::types::RDKafkaRespErr;

use crate::error::Persistence;
#[cfg(feature = "sasl")]
use crate::producer::AccessToken;

unsafe extern "C" {
    // Declared anew, with a number for their result: the enum of the bindings cannot hold a code that a newer broker
    // sends and this librdkafka does not know.
    fn rd_kafka_event_error(event: *mut bindings::rd_kafka_event_t) -> i32;
    fn rd_kafka_error_code(error: *const bindings::rd_kafka_error_t) -> i32;
    fn rd_kafka_metadata(
        client: *mut bindings::rd_kafka_t,
        all_topics: c_int,
        only_topic: *mut bindings::rd_kafka_topic_t,
        metadata: *mut *const bindings::rd_kafka_metadata,
        timeout_ms: c_int,
    ) -> i32;

    // POSIX: a stream that grows in memory. librdkafka prints its properties to streams only.
    fn open_memstream(text: *mut *mut c_char, size: *mut usize) -> *mut c_void;
    fn fclose(stream: *mut c_void) -> c_int;
    fn free(memory: *mut c_void);
}

/// The longest time that librdkafka takes for one question to a broker.
const LONGEST_QUESTION_MS: i32 = 3_600_000;

/// Sends what is buffered without waiting for `linger`, and waits until every report was handled or the time is over.
///
/// Another thread must poll meanwhile. rdkafka's own `flush` leaves librdkafka's flushing mode at once, so that
/// `linger` holds again.
pub(super) fn flush<C: ProducerContext>(producer: &BaseProducer<C>, deadline: Duration) {
    // SAFETY: the pointer is that of a live producer, which the reference keeps alive during the call; the function is
    // thread-safe (librdkafka: "rd_kafka_flush"), and with event-based reports it only waits for the message count.
    let _timed_out = unsafe { bindings::rd_kafka_flush(producer.client().native_ptr(), rounded_up(deadline)) };
}

/// Whether the record of a failed report can be in the log.
pub(super) fn persistence(message: &BorrowedMessage<'_>) -> Persistence {
    // SAFETY: the message belongs to an event which `message` keeps alive; the function reads one field.
    match unsafe { bindings::rd_kafka_message_status(message.ptr()) } {
        bindings::rd_kafka_msg_status_t::RD_KAFKA_MSG_STATUS_NOT_PERSISTED => Persistence::NotPersisted,
        _ => Persistence::PossiblyPersisted,
    }
}

/// A topic that exists.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) partitions: u32,
    /// `None` if the broker did not say: older than 2.3, or a mock.
    pub(super) may_write: Option<bool>,
}

/// A failed question: librdkafka's or the broker's code, with its text.
pub(super) type Refused = (RDKafkaErrorCode, String);

/// The number of a broker that answers, if possible the one that does. Waits for it at most this long.
///
/// For [`describe_topic`], which would go to the controller if left to itself; librdkafka's mock names one that it does
/// not have. The question is for all topics, because no other one lists the brokers and surely makes no topic.
pub(super) fn broker<C: ProducerContext>(producer: &BaseProducer<C>, deadline: Duration) -> Result<i32, Refused> {
    let client = producer.client().native_ptr();
    let mut metadata = ptr::null();
    // SAFETY: the client is alive, for the producer is borrowed; no topic is named, and the pointer is written to.
    let refused = unsafe { rd_kafka_metadata(client, 1, ptr::null_mut(), &raw mut metadata, rounded_up(deadline)) };
    if refused != 0 || metadata.is_null() {
        return Err(failed(code(refused)));
    }
    // SAFETY: without an error the metadata are whole: a list of so many brokers, which are plain data.
    let (answering, first) = unsafe {
        let whole = &*metadata;
        let first = (whole.broker_cnt > 0 && !whole.brokers.is_null()).then(|| (*whole.brokers).id);
        (whole.orig_broker_id, first)
    };
    // SAFETY: they belong to the caller, and nothing refers to them any more.
    unsafe { bindings::rd_kafka_metadata_destroy(metadata) };
    // Negative on a connection to one of `bootstrap.servers` whose number was not known before this answer.
    let known = Some(answering).filter(|number| *number >= 0);
    known
        .or(first)
        .ok_or_else(|| failed(RDKafkaErrorCode::BrokerNotAvailable))
}

/// Asks one broker for a topic and for what this client may do with it; makes no topic. Waits at most this long.
pub(super) fn describe_topic<C: ProducerContext>(
    producer: &BaseProducer<C>,
    broker: i32,
    topic: &str,
    deadline: Duration,
) -> Result<Described, Refused> {
    let end = Instant::now().checked_add(deadline);
    let name = CString::new(topic).map_err(|_| failed(RDKafkaErrorCode::InvalidTopic))?;
    let client = producer.client().native_ptr();
    let milliseconds = rounded_up(deadline).clamp(1, LONGEST_QUESTION_MS);

    // SAFETY: the client is alive, for the producer is borrowed; the queue is destroyed before this returns.
    let queue = unsafe { Owned::new(bindings::rd_kafka_queue_new(client), bindings::rd_kafka_queue_destroy) };
    // SAFETY: as above; the constant is one that librdkafka knows.
    let options = unsafe {
        Owned::new(
            bindings::rd_kafka_AdminOptions_new(
                client,
                bindings::rd_kafka_admin_op_t::RD_KAFKA_ADMIN_OP_DESCRIBETOPICS,
            ),
            bindings::rd_kafka_AdminOptions_destroy,
        )
    };
    let mut names = [name.as_ptr()];
    // SAFETY: the array holds one text that ends with a NUL; librdkafka copies both.
    let topics = unsafe {
        Owned::new(
            bindings::rd_kafka_TopicCollection_of_topic_names(names.as_mut_ptr(), names.len()),
            bindings::rd_kafka_TopicCollection_destroy,
        )
    };
    let (Some(queue), Some(options), Some(topics)) = (queue, options, topics) else {
        return Err(failed(RDKafkaErrorCode::CriticalSystemResource));
    };
    // SAFETY: the options are alive; without a buffer for a text none is written.
    let refused = unsafe {
        let options = options.pointer();
        [
            bindings::rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, ptr::null_mut(), 0),
            bindings::rd_kafka_AdminOptions_set_broker(options, broker, ptr::null_mut(), 0),
        ]
    };
    if let Some(refused) = refused
        .into_iter()
        .find(|code| *code != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR)
    {
        return Err(failed(refused.into()));
    }
    // SAFETY: the options are alive; what comes back is an error of our own, or null.
    let refused = unsafe {
        Owned::new(
            bindings::rd_kafka_AdminOptions_set_include_authorized_operations(options.pointer(), 1),
            bindings::rd_kafka_error_destroy,
        )
    };
    if let Some(refused) = refused {
        // SAFETY: the error is alive.
        return Err(failed(code(unsafe { rd_kafka_error_code(refused.pointer()) })));
    }
    // SAFETY: all four are alive; librdkafka copies topics and options and holds a reference to the queue of its own, so
    // that an answer which comes after the queue was destroyed is dropped.
    unsafe { bindings::rd_kafka_DescribeTopics(client, topics.pointer(), options.pointer(), queue.pointer()) };

    let event = loop {
        let left = end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
        // SAFETY: the queue is alive; the event belongs to the caller, and is null if none came in time.
        let event = unsafe {
            Owned::new(
                bindings::rd_kafka_queue_poll(queue.pointer(), rounded_up(left)),
                bindings::rd_kafka_event_destroy,
            )
        };
        match event {
            Some(event) => break event,
            None if left.is_zero() => return Err(failed(RDKafkaErrorCode::OperationTimedOut)),
            None => {}
        }
    };
    read(&event)
}

/// Takes the description out of the answer.
fn read(event: &Owned<bindings::rd_kafka_event_t>) -> Result<Described, Refused> {
    // SAFETY: the event is alive.
    let refused = unsafe { rd_kafka_event_error(event.pointer()) };
    if refused != 0 {
        // SAFETY: the text is the event's own, which outlives the copy; null if it has none.
        let reason = unsafe { text(bindings::rd_kafka_event_error_string(event.pointer())) };
        return Err((code(refused), reason));
    }
    let unreadable = || (RDKafkaErrorCode::BadMessage, "the answer describes no topic".to_owned());
    // SAFETY: the event is alive; the result is the event seen as one, or null if it is of another sort.
    let result = unsafe { bindings::rd_kafka_event_DescribeTopics_result(event.pointer()) };
    if result.is_null() {
        return Err(unreadable());
    }
    let mut count = 0;
    // SAFETY: the result is alive, and so is what is read of it: pointers to `count` descriptions.
    let descriptions = unsafe { bindings::rd_kafka_DescribeTopics_result_topics(result, &raw mut count) };
    if descriptions.is_null() || count == 0 {
        return Err(unreadable());
    }
    // SAFETY: there is at least one. It is null where the broker left the topic out.
    let description = unsafe { *descriptions };
    if description.is_null() {
        return Err(unreadable());
    }
    // SAFETY: the description is alive; its error is its own, or null.
    let error = unsafe { bindings::rd_kafka_TopicDescription_error(description) };
    if !error.is_null() {
        // SAFETY: the error is alive, and so is its text.
        let (refused, reason) = unsafe { (rd_kafka_error_code(error), text(bindings::rd_kafka_error_string(error))) };
        return Err((code(refused), reason));
    }
    let (mut partitions, mut operations) = (0, 0);
    // SAFETY: the description is alive; only the count is looked at.
    unsafe { bindings::rd_kafka_TopicDescription_partitions(description, &raw mut partitions) };
    // SAFETY: the description is alive; what comes back are `operations` numbers, or null if the broker did not say.
    let may_write = unsafe {
        let first = bindings::rd_kafka_TopicDescription_authorized_operations(description, &raw mut operations);
        // As numbers, because the enum of the bindings cannot hold one that it does not know.
        (!first.is_null()).then(|| slice::from_raw_parts(first.cast::<u32>(), operations).contains(&WRITE))
    };
    Ok(Described {
        partitions: u32::try_from(partitions).unwrap_or(u32::MAX),
        may_write,
    })
}

/// Hands over an access token that ends at this time, in milliseconds since 1970-01-01T00:00:00Z; or says what is wrong with
/// it, in words that do not repeat it.
#[cfg(feature = "sasl")]
pub(super) fn set_token<C: ProducerContext>(
    producer: &BaseProducer<C>,
    token: &AccessToken,
    end_ms: i64,
) -> Result<(), String> {
    let with_nul = |what: &str| format!("{what} of the access token holds a NUL");
    let text = CString::new(token.text.as_str()).map_err(|_| with_nul("the text"))?;
    let principal = CString::new(token.principal.as_str()).map_err(|_| with_nul("the principal"))?;
    let extensions: Vec<CString> = (token.extensions.iter())
        .flat_map(|(name, value)| [name.as_str(), value.as_str()])
        .map(CString::new)
        .collect::<Result<_, _>>()
        .map_err(|_| with_nul("an extension"))?;
    let mut pointers: Vec<*const c_char> = extensions.iter().map(|text| text.as_ptr()).collect();
    // SAFETY: the client is alive, for the producer is borrowed; all texts end with a NUL and outlive the call, which copies
    // them; the array has as many entries as are named; without a buffer for a text none is written.
    let refused = unsafe {
        bindings::rd_kafka_oauthbearer_set_token(
            producer.client().native_ptr(),
            text.as_ptr(),
            end_ms,
            principal.as_ptr(),
            pointers.as_mut_ptr(),
            pointers.len(),
            ptr::null_mut(),
            0,
        )
    };
    match refused {
        RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR => Ok(()),
        // librdkafka's own words would show the character that it does not like, and those around it.
        RDKafkaRespErr::RD_KAFKA_RESP_ERR__INVALID_ARG => Err(
            "librdkafka does not take the access token: it has expired, it or an extension has a character other than printable \
             ASCII, or an extension's name is `auth` or has other than letters"
                .to_owned(),
        ),
        other => Err(format!("librdkafka does not take an access token: {}", RDKafkaErrorCode::from(other))),
    }
}

/// Tells why there is no access token; comes back as an error event.
#[cfg(feature = "sasl")]
pub(super) fn set_token_failure<C: ProducerContext>(producer: &BaseProducer<C>, reason: &str) {
    let reason = reason.replace('\0', " ");
    let Ok(reason) = CString::new(reason) else { return };
    // SAFETY: the client is alive, for the producer is borrowed; the text ends with a NUL, is not empty where it matters (an
    // empty one is refused) and is copied.
    let _refused =
        unsafe { bindings::rd_kafka_oauthbearer_set_token_failure(producer.client().native_ptr(), reason.as_ptr()) };
}

/// The table of all properties, as librdkafka prints it for its documentation; empty if the system has no memory left.
///
/// A dump of a configuration would leave out what has no default, and second names.
pub(super) fn property_table() -> String {
    let (mut table, mut size) = (ptr::null_mut::<c_char>(), 0);
    // SAFETY: both are written to until the stream is closed, which is in this function.
    let stream = unsafe { open_memstream(&raw mut table, &raw mut size) };
    if stream.is_null() {
        return String::new();
    }
    // SAFETY: the stream is open and nobody else's. Closing it writes table and size for the last time.
    let closed = unsafe {
        bindings::rd_kafka_conf_properties_show(stream.cast());
        fclose(stream)
    };
    // SAFETY: a closed stream leaves a text that ends with a NUL, or null; it belongs to the caller.
    let text = unsafe {
        let text = text(table);
        free(table.cast());
        text
    };
    // The memory gave out in the middle of it otherwise.
    if closed == 0 { text } else { String::new() }
}

/// The number of the operation that writes records.
const WRITE: u32 = bindings::rd_kafka_AclOperation_t::RD_KAFKA_ACL_OPERATION_WRITE as u32;

/// Something of librdkafka's that is given back when this is dropped.
struct Owned<T> {
    pointer: NonNull<T>,
    destroy: unsafe extern "C" fn(*mut T),
}

impl<T> Owned<T> {
    /// `None` for null.
    ///
    /// # Safety
    /// The pointer is null, or of something that is alive, belongs to the caller alone and may be given to `destroy`.
    unsafe fn new(pointer: *mut T, destroy: unsafe extern "C" fn(*mut T)) -> Option<Self> {
        let pointer = NonNull::new(pointer)?;
        Some(Self { pointer, destroy })
    }

    fn pointer(&self) -> *mut T {
        self.pointer.as_ptr()
    }
}

impl<T> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: whoever made this vouched for it, and nobody else destroys it.
        unsafe { (self.destroy)(self.pointer.as_ptr()) }
    }
}

fn failed(code: RDKafkaErrorCode) -> Refused {
    (code, code.to_string())
}

/// A code as rdkafka names it; [`RDKafkaErrorCode::Unknown`] if it has no name for it.
fn code(number: i32) -> RDKafkaErrorCode {
    RDKafkaRespErr::try_from(number).map_or(RDKafkaErrorCode::Unknown, Into::into)
}

/// A copy of a text of librdkafka's; empty for null.
///
/// # Safety
/// The pointer is null, or of a text that ends with a NUL and does not change during the call.
unsafe fn text(pointer: *const c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: as the caller vouches.
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

/// Whole milliseconds, rounded up: a rest of less than one must not become a busy loop of the caller.
fn rounded_up(duration: Duration) -> i32 {
    i32::try_from(duration.as_micros().div_ceil(1000)).unwrap_or(i32::MAX)
}
