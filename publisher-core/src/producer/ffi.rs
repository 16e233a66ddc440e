//! What librdkafka can do and rdkafka does not offer: producing by a topic's handle and a list of headers without an
//! allocation of ours, the queue of events with its reports, a true flush, the description of a topic with the operations
//! that this client may do, and the names of all properties.
//!
//! Deliberately absent: `rd_kafka_message_produce_errstr`, the broker's own words on a refused record. In librdkafka
//! 2.12.1 it points into the response, which is freed before the report can be read (seen on a real broker: garbage).
//!
//! The only file of the project with `unsafe`, which is why it is longer than others. Every function takes rdkafka's own
//! types or ours that keep them alive, so that a caller cannot pass a dead pointer.
#![allow(unsafe_code, reason = "calls of librdkafka's C functions that rdkafka does not wrap")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::mem;
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[cfg(feature = "sasl")]
use rdkafka::ClientContext;
use rdkafka::TopicPartitionList;
use rdkafka::bindings;
#[cfg(feature = "sasl")]
use rdkafka::client::Client;
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::message::BorrowedMessage;
use rdkafka::producer::{BaseProducer, Partitioner, Producer as _, ProducerContext};
use rdkafka::types::RDKafkaRespErr;

use super::ConsumerGroup;
use crate::error::Persistence;
#[cfg(feature = "sasl")]
use crate::producer::AccessToken;
use crate::record::{Headers, HeadersRef, RecordRef};

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

/// The partition of a record that leaves it to the partitioner.
const UNASSIGNED: i32 = -1;
/// The longest time that librdkafka takes for one question to a broker.
const LONGEST_QUESTION_MS: i32 = 3_600_000;

/// Sends what is buffered without waiting for `linger`, and waits until every report was handled or the time is over.
///
/// Another thread must poll meanwhile. rdkafka's own `flush` leaves librdkafka's flushing mode at once, so that
/// `linger` holds again.
pub(super) fn flush<C: ProducerContext<P>, P: Partitioner>(producer: &BaseProducer<C, P>, deadline: Duration) {
    // SAFETY: the pointer is that of a live producer, which the reference keeps alive during the call; the function is
    // thread-safe (librdkafka: "rd_kafka_flush"), and with event-based reports it only waits for the message count.
    let _timed_out = unsafe { bindings::rd_kafka_flush(producer.client().native_ptr(), rounded_up(deadline)) };
}

/// A topic of one client, by which records are handed over without a search for its name.
pub(super) struct Topic<C: ProducerContext<P>, P: Partitioner> {
    /// Dropped first, for it belongs to the client.
    handle: Owned<bindings::rd_kafka_topic_t>,
    client: Arc<BaseProducer<C, P>>,
}

impl<C: ProducerContext<P>, P: Partitioner> Topic<C, P> {
    /// `None` if librdkafka does not take the name.
    pub(super) fn new(client: &Arc<BaseProducer<C, P>>, name: &str) -> Option<Self> {
        let name = CString::new(name).ok()?;
        // SAFETY: the client is alive, and the handle keeps it so; without a configuration the client's own is taken.
        let handle = unsafe {
            Owned::new(
                bindings::rd_kafka_topic_new(client.client().native_ptr(), name.as_ptr(), ptr::null_mut()),
                bindings::rd_kafka_topic_destroy,
            )
        };
        Some(Self {
            handle: handle?,
            client: Arc::clone(client),
        })
    }

    /// Hands a copy of the record over; which topic it names does not count. `opaque` comes back with its report, which
    /// can come before this returns.
    ///
    /// The array form, because `rd_kafka_produce` takes no time and no headers, and the form with variable arguments is
    /// not cheaper.
    pub(super) fn produce(
        &self,
        record: RecordRef<'_>,
        headers: Option<HeaderList>,
        opaque: usize,
    ) -> Result<(), RDKafkaErrorCode> {
        use bindings::rd_kafka_vtype_t as Part;

        let RecordRef {
            topic: _,
            partition,
            key,
            value,
            headers: _,
            timestamp_ms,
        } = record;
        let list = headers.as_ref().map_or(ptr::null_mut(), |list| list.0.pointer());
        let parts = [
            part(
                Part::RD_KAFKA_VTYPE_RKT,
                Union {
                    rkt: self.handle.pointer(),
                },
            ),
            part(
                Part::RD_KAFKA_VTYPE_PARTITION,
                Union {
                    i32_: partition.unwrap_or(UNASSIGNED),
                },
            ),
            part(
                Part::RD_KAFKA_VTYPE_MSGFLAGS,
                Union {
                    i: bindings::RD_KAFKA_MSG_F_COPY,
                },
            ),
            part(Part::RD_KAFKA_VTYPE_VALUE, Union { mem: memory(value) }),
            part(Part::RD_KAFKA_VTYPE_KEY, Union { mem: memory(key) }),
            part(Part::RD_KAFKA_VTYPE_TIMESTAMP, Union { i64_: timestamp_ms }),
            part(
                Part::RD_KAFKA_VTYPE_OPAQUE,
                Union {
                    ptr: ptr::without_provenance_mut(opaque),
                },
            ),
            part(Part::RD_KAFKA_VTYPE_HEADERS, Union { headers: list }),
        ];
        // SAFETY: the client is alive, and so is its topic. Each part has the member that its type names. Key and value
        // are read during the call and never written, whatever their pointers' type says.
        let refused = unsafe {
            Owned::new(
                bindings::rd_kafka_produceva(self.client.client().native_ptr(), parts.as_ptr(), parts.len()),
                bindings::rd_kafka_error_destroy,
            )
        };
        match refused {
            None => {
                // It went with the record.
                mem::forget(headers);
                Ok(())
            }
            // SAFETY: the error is alive.
            Some(refused) => Err(code(unsafe { rd_kafka_error_code(refused.pointer()) })),
        }
    }
}

use bindings::rd_kafka_vu_s__bindgen_ty_1 as Union;

fn part(vtype: bindings::rd_kafka_vtype_t, u: Union) -> bindings::rd_kafka_vu_t {
    bindings::rd_kafka_vu_t { vtype, u }
}

/// Bytes as librdkafka takes them: null where there are none, which the empty ones are not.
fn memory(bytes: Option<&[u8]>) -> bindings::rd_kafka_vu_s__bindgen_ty_1__bindgen_ty_1 {
    bindings::rd_kafka_vu_s__bindgen_ty_1__bindgen_ty_1 {
        ptr: bytes.map_or(ptr::null_mut(), |bytes| bytes.as_ptr().cast_mut().cast()),
        size: bytes.map_or(0, <[u8]>::len),
    }
}

/// A list of headers of librdkafka's. Belongs to no client.
pub(super) struct HeaderList(Owned<bindings::rd_kafka_headers_t>);

impl HeaderList {
    /// A copy; `None` for none, which saves the list.
    pub(super) fn of(headers: HeadersRef<'_>) -> Option<Self> {
        if headers.is_empty() {
            return None;
        }
        // SAFETY: it belongs to the caller, and is never null: librdkafka ends the process where memory gives out.
        let list = unsafe {
            Owned::new(
                bindings::rd_kafka_headers_new(headers.len()),
                bindings::rd_kafka_headers_destroy,
            )
        }?;
        for (name, value) in headers.raw() {
            let value_start = value.map_or(ptr::null(), <[u8]>::as_ptr);
            // SAFETY: the list is alive; name and value are copied with the lengths that are given. It always succeeds.
            unsafe {
                bindings::rd_kafka_header_add(
                    list.pointer(),
                    name.as_ptr().cast(),
                    name.len().cast_signed(),
                    value_start.cast(),
                    value.map_or(0, <[u8]>::len).cast_signed(),
                )
            };
        }
        Some(Self(list))
    }
}

/// Is told that the queue of a client, which was empty, has an event. Called by librdkafka's threads, under the queue's lock:
/// must not block, and must not touch the queue.
pub(super) trait News: Send + Sync {
    fn news(&self);
}

/// The queue on which a client tells what happened: reports, errors, lines of its log.
pub(super) struct EventQueue<C: ProducerContext<P>, P: Partitioner, N: News> {
    /// Dropped first, for it belongs to the client.
    queue: Owned<bindings::rd_kafka_queue_t>,
    client: Arc<BaseProducer<C, P>>,
    /// At an address that stays.
    news: Arc<N>,
}

impl<C: ProducerContext<P>, P: Partitioner, N: News> EventQueue<C, P, N> {
    /// `None` if librdkafka has none. What came before is no news.
    pub(super) fn of(client: &Arc<BaseProducer<C, P>>, news: &Arc<N>) -> Option<Self> {
        // SAFETY: the client is alive, and the queue keeps it so; what comes back is a reference of our own.
        let queue = unsafe {
            Owned::new(
                bindings::rd_kafka_queue_get_main(client.client().native_ptr()),
                bindings::rd_kafka_queue_destroy,
            )
        }?;
        let news = Arc::clone(news);
        // SAFETY: the queue is alive. The address is that of `news`, which lives until `drop` has taken the callback away.
        unsafe {
            bindings::rd_kafka_queue_cb_event_enable(
                queue.pointer(),
                Some(tell::<N>),
                ptr::from_ref(&*news).cast_mut().cast(),
            );
        }
        Some(Self {
            queue,
            client: Arc::clone(client),
            news,
        })
    }

    pub(super) fn client(&self) -> &BaseProducer<C, P> {
        &self.client
    }

    pub(super) fn news(&self) -> &N {
        &self.news
    }

    /// The next event, as soon as there is one; `None` after the time.
    pub(super) fn wait(&self, longest: Duration) -> Option<Event<'_>> {
        // SAFETY: the queue is alive; the event belongs to the caller, and is null if none came.
        let event = unsafe {
            Owned::new(
                bindings::rd_kafka_queue_poll(self.queue.pointer(), rounded_up(longest)),
                bindings::rd_kafka_event_destroy,
            )
        };
        Some(Event {
            event: event?,
            queue: PhantomData,
        })
    }
}

impl<C: ProducerContext<P>, P: Partitioner, N: News> Drop for EventQueue<C, P, N> {
    fn drop(&mut self) {
        // SAFETY: the queue is alive. The function takes the lock under which the callback is called: none is on its way
        // after it.
        unsafe { bindings::rd_kafka_queue_cb_event_enable(self.queue.pointer(), None, ptr::null_mut()) };
    }
}

unsafe extern "C" fn tell<N: News>(_client: *mut bindings::rd_kafka_t, news: *mut c_void) {
    // SAFETY: the address of what the queue keeps alive as long as it has this callback; only shared references to it exist.
    unsafe { &*news.cast::<N>() }.news();
}

/// What a client tells; goes before its client goes.
pub(super) struct Event<'queue> {
    event: Owned<bindings::rd_kafka_event_t>,
    queue: PhantomData<&'queue ()>,
}

/// The content of an event.
pub(super) enum Told<'event> {
    /// Records of one partition that are done, in the order of their sending.
    Reports(ReportedRecords<'event>),
    /// A line of the log: level as in syslog, facility, text.
    Log(i32, String, String),
    /// An error of the client or of a connection; no record's.
    Error(RDKafkaErrorCode, String),
    /// Statistics, that an access token nears its end, which is known before, and whatever else a producer is not told.
    Other,
}

impl Event<'_> {
    pub(super) fn open(&mut self) -> Told<'_> {
        let event = self.event.pointer();
        // SAFETY: the event is alive.
        match unsafe { bindings::rd_kafka_event_type(event) } {
            bindings::RD_KAFKA_EVENT_DR => Told::Reports(ReportedRecords { event: self }),
            bindings::RD_KAFKA_EVENT_LOG => {
                let (mut facility, mut line, mut level) = (ptr::null(), ptr::null(), 0);
                // SAFETY: the event is alive, and so are the texts, which are its own, until they are copied.
                unsafe {
                    bindings::rd_kafka_event_log(event, &raw mut facility, &raw mut line, &raw mut level);
                    Told::Log(level, text(facility), text(line))
                }
            }
            bindings::RD_KAFKA_EVENT_ERROR => {
                // SAFETY: as above; no text is null.
                let (error, reason) = unsafe {
                    (
                        rd_kafka_event_error(event),
                        text(bindings::rd_kafka_event_error_string(event)),
                    )
                };
                Told::Error(code(error), reason)
            }
            _ => Told::Other,
        }
    }
}

/// The records of a report, one after the other.
pub(super) struct ReportedRecords<'event> {
    event: &'event Event<'event>,
}

impl<'event> Iterator for ReportedRecords<'event> {
    type Item = ReportedRecord<'event>;

    fn next(&mut self) -> Option<Self::Item> {
        // SAFETY: the event is alive. The message stays its own until it is destroyed, also while the next ones are
        // taken; null after the last one.
        let message = unsafe { bindings::rd_kafka_event_message_next(self.event.event.pointer()) };
        Some(ReportedRecord {
            message: NonNull::new(message.cast_mut())?,
            event: PhantomData,
        })
    }
}

/// A record with its report: where it came to lie, or why not.
pub(super) struct ReportedRecord<'event> {
    /// Alive as long as the event. Never made a reference: its error may be a number that the enum does not have.
    message: NonNull<bindings::rd_kafka_message_t>,
    event: PhantomData<&'event ()>,
}

impl<'event> ReportedRecord<'event> {
    /// The same of what rdkafka's own loop hands over.
    pub(super) fn of(message: &'event BorrowedMessage<'_>) -> Option<Self> {
        Some(Self {
            message: NonNull::new(message.ptr())?,
            event: PhantomData,
        })
    }

    /// The number that was handed over with the record.
    pub(super) fn opaque(&self) -> usize {
        // SAFETY: the message is alive, here and below.
        unsafe { (*self.message.as_ptr())._private }.addr()
    }

    /// Why it failed; `None` if it was delivered.
    pub(super) fn error(&self) -> Option<RDKafkaErrorCode> {
        // SAFETY: as above. As a number, for a broker may send one that the enum does not have.
        match unsafe { (&raw const (*self.message.as_ptr()).err).cast::<i32>().read() } {
            0 => None,
            error => Some(code(error)),
        }
    }

    pub(super) fn partition(&self) -> i32 {
        // SAFETY: as above.
        unsafe { (*self.message.as_ptr()).partition }
    }

    /// Negative where the broker did not say.
    pub(super) fn offset(&self) -> i64 {
        // SAFETY: as above.
        unsafe { (*self.message.as_ptr()).offset }
    }

    /// The time that the broker put in the place of the record's own, of a delivered record.
    pub(super) fn append_time_ms(&self) -> Option<i64> {
        use bindings::rd_kafka_timestamp_type_t as Kind;
        let mut kind = Kind::RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
        // SAFETY: as above; the kind is written to, with a number of librdkafka's own.
        let time = unsafe { bindings::rd_kafka_message_timestamp(self.message.as_ptr(), &raw mut kind) };
        (kind == Kind::RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME).then_some(time)
    }

    /// Whether a failed record can be in the log.
    pub(super) fn persistence(&self) -> Persistence {
        // SAFETY: as above; the function reads one field.
        match unsafe { bindings::rd_kafka_message_status(self.message.as_ptr()) } {
            bindings::rd_kafka_msg_status_t::RD_KAFKA_MSG_STATUS_NOT_PERSISTED => Persistence::NotPersisted,
            _ => Persistence::PossiblyPersisted,
        }
    }

    pub(super) fn topic(&self) -> String {
        // SAFETY: as above; a message has a topic, which has a name.
        unsafe { text(bindings::rd_kafka_topic_name((*self.message.as_ptr()).rkt)) }
    }

    pub(super) fn key(&self) -> Option<&[u8]> {
        // SAFETY: as above; null or so many bytes, which are the message's own.
        unsafe { bytes((*self.message.as_ptr()).key, (*self.message.as_ptr()).key_len) }
    }

    pub(super) fn value(&self) -> Option<&[u8]> {
        // SAFETY: as above; null or so many bytes, which are the message's own.
        unsafe { bytes((*self.message.as_ptr()).payload, (*self.message.as_ptr()).len) }
    }

    pub(super) fn headers(&self) -> Headers {
        let mut headers = Headers::new();
        let mut list = ptr::null_mut();
        // SAFETY: as above; without a list it says so and leaves the pointer.
        unsafe { bindings::rd_kafka_message_headers(self.message.as_ptr(), &raw mut list) };
        if list.is_null() {
            return headers;
        }
        for index in 0.. {
            let (mut name, mut value, mut size) = (ptr::null(), ptr::null(), 0);
            // SAFETY: the list is the message's own; all three are written to unless it has ended.
            let ended =
                unsafe { bindings::rd_kafka_header_get_all(list, index, &raw mut name, &raw mut value, &raw mut size) };
            if ended != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
                break;
            }
            // SAFETY: name and value are the list's own; the value is null or has so many bytes.
            match unsafe { (text(name), bytes(value.cast_mut(), size)) } {
                (name, Some(value)) => headers.push(name, value),
                (name, None) => headers.push_null(name),
            }
        }
        headers
    }

    /// Takes the list of headers out of the record, which has none afterwards.
    pub(super) fn take_headers(&mut self) -> Option<HeaderList> {
        let mut list = ptr::null_mut();
        // SAFETY: as above; the list becomes ours, and without one the pointer stays null.
        unsafe {
            bindings::rd_kafka_message_detach_headers(self.message.as_ptr(), &raw mut list);
            Owned::new(list, bindings::rd_kafka_headers_destroy).map(HeaderList)
        }
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
pub(super) fn broker<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
    deadline: Duration,
) -> Result<i32, Refused> {
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
pub(super) fn describe_topic<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
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
pub(super) fn set_token<C: ClientContext>(client: &Client<C>, token: &AccessToken, end_ms: i64) -> Result<(), String> {
    let with_nul = |what: &str| format!("{what} of the access token holds a NUL");
    let text = CString::new(token.text.as_str()).map_err(|_| with_nul("the text"))?;
    let principal = CString::new(token.principal.as_str()).map_err(|_| with_nul("the principal"))?;
    let extensions: Vec<CString> = (token.extensions.iter())
        .flat_map(|(name, value)| [name.as_str(), value.as_str()])
        .map(CString::new)
        .collect::<Result<_, _>>()
        .map_err(|_| with_nul("an extension"))?;
    let mut pointers: Vec<*const c_char> = extensions.iter().map(|text| text.as_ptr()).collect();
    // SAFETY: the client is borrowed, and so alive; all texts end with a NUL and outlive the call, which copies
    // them; the array has as many entries as are named; without a buffer for a text none is written.
    let refused = unsafe {
        bindings::rd_kafka_oauthbearer_set_token(
            client.native_ptr(),
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
pub(super) fn set_token_failure<C: ClientContext>(client: &Client<C>, reason: &str) {
    let reason = reason.replace('\0', " ");
    let Ok(reason) = CString::new(reason) else { return };
    // SAFETY: the client is borrowed, and so alive; the text ends with a NUL, is not empty where it matters (an
    // empty one is refused) and is copied.
    let _refused = unsafe { bindings::rd_kafka_oauthbearer_set_token_failure(client.native_ptr(), reason.as_ptr()) };
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

/// What librdkafka says of a step of a transaction that it did not take.
#[derive(Debug)]
pub(super) struct StepRefused {
    pub(super) code: RDKafkaErrorCode,
    pub(super) reason: String,
    /// The same call again goes on.
    pub(super) retriable: bool,
    /// The transaction is to be aborted.
    pub(super) abortable: bool,
}

/// Announces the producer under its transactional id. Waits at most this long.
pub(super) fn init_transactions<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
    deadline: Duration,
) -> Result<(), StepRefused> {
    // SAFETY: the client is alive, for the producer is borrowed; the function is thread-safe, and its result is the caller's.
    unsafe {
        let client = producer.client().native_ptr();
        step(bindings::rd_kafka_init_transactions(client, rounded_up(deadline)))
    }
}

/// Begins a transaction; asks nobody.
pub(super) fn begin_transaction<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
) -> Result<(), StepRefused> {
    // SAFETY: as above.
    unsafe { step(bindings::rd_kafka_begin_transaction(producer.client().native_ptr())) }
}

/// Commits the transaction. Waits at most this long, for the reports of its records first; another thread must poll.
pub(super) fn commit_transaction<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
    deadline: Duration,
) -> Result<(), StepRefused> {
    // SAFETY: as above.
    unsafe {
        let client = producer.client().native_ptr();
        step(bindings::rd_kafka_commit_transaction(client, rounded_up(deadline)))
    }
}

/// Aborts the transaction. Waits at most this long, for the reports of its records first; another thread must poll.
pub(super) fn abort_transaction<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
    deadline: Duration,
) -> Result<(), StepRefused> {
    // SAFETY: as above.
    unsafe {
        let client = producer.client().native_ptr();
        step(bindings::rd_kafka_abort_transaction(client, rounded_up(deadline)))
    }
}

/// Makes offsets of a consumer group part of the transaction. Waits at most this long.
pub(super) fn send_offsets<C: ProducerContext<P>, P: Partitioner>(
    producer: &BaseProducer<C, P>,
    group: &ConsumerGroup,
    offsets: &TopicPartitionList,
    deadline: Duration,
) -> Result<(), StepRefused> {
    let text = |text: &str| {
        CString::new(text).map_err(|_| StepRefused {
            code: RDKafkaErrorCode::InvalidArgument,
            reason: format!("{text:?} holds a NUL"),
            retriable: false,
            abortable: true,
        })
    };
    let (id, member) = (text(&group.id)?, text(&group.member_id)?);
    let instance = group.instance_id.as_deref().map(text).transpose()?;
    let instance = instance.as_ref().map_or(ptr::null(), |instance| instance.as_ptr());
    // SAFETY: each text ends with a NUL and outlives the call, which copies it; only the last may be null. What comes back
    // is the caller's.
    let group = unsafe {
        Owned::new(
            bindings::rd_kafka_consumer_group_metadata_new_with_genid(
                id.as_ptr(),
                group.generation,
                member.as_ptr(),
                instance,
            ),
            bindings::rd_kafka_consumer_group_metadata_destroy,
        )
    };
    let group = group.as_ref().map_or(ptr::null(), |group| group.pointer().cast_const());
    // SAFETY: client, list and group are alive, and librdkafka copies the last two; it refuses a group that is null.
    unsafe {
        step(bindings::rd_kafka_send_offsets_to_transaction(
            producer.client().native_ptr(),
            offsets.ptr(),
            group,
            rounded_up(deadline),
        ))
    }
}

/// Takes an error of a step apart and gives it back; null is none.
///
/// # Safety
/// The pointer is null, or of an error that is alive and belongs to the caller alone.
unsafe fn step(error: *mut bindings::rd_kafka_error_t) -> Result<(), StepRefused> {
    // SAFETY: as the caller vouches.
    let Some(error) = (unsafe { Owned::new(error, bindings::rd_kafka_error_destroy) }) else {
        return Ok(());
    };
    // SAFETY: the error is alive, and so is its text, of which a copy is made.
    Err(unsafe {
        StepRefused {
            code: code(rd_kafka_error_code(error.pointer())),
            reason: text(bindings::rd_kafka_error_string(error.pointer())),
            retriable: bindings::rd_kafka_error_is_retriable(error.pointer()) != 0,
            abortable: bindings::rd_kafka_error_txn_requires_abort(error.pointer()) != 0,
        }
    })
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

// SAFETY: librdkafka's handles of topics and queues may be used by any thread, several at once ("thread-safe").
unsafe impl Send for Owned<bindings::rd_kafka_topic_t> {}
// SAFETY: as above.
unsafe impl Sync for Owned<bindings::rd_kafka_topic_t> {}
// SAFETY: as above.
unsafe impl Send for Owned<bindings::rd_kafka_queue_t> {}
// SAFETY: as above.
unsafe impl Sync for Owned<bindings::rd_kafka_queue_t> {}
// SAFETY: a list of headers is plain memory that nobody else refers to; only its owner touches it.
unsafe impl Send for Owned<bindings::rd_kafka_headers_t> {}

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

/// The bytes at a pointer; `None` for null.
///
/// # Safety
/// The pointer is null, or of so many bytes that stay and do not change for the lifetime that the caller gives them.
unsafe fn bytes<'a>(pointer: *mut c_void, size: usize) -> Option<&'a [u8]> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: as the caller vouches.
    Some(unsafe { slice::from_raw_parts(pointer.cast(), size) })
}

/// Whole milliseconds, rounded up: a rest of less than one must not become a busy loop of the caller.
fn rounded_up(duration: Duration) -> i32 {
    i32::try_from(duration.as_micros().div_ceil(1000)).unwrap_or(i32::MAX)
}
