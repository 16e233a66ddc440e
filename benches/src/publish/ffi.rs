//! What the benchmark calls in C: librdkafka as a C program would use it, and the process's own processor time.
//!
//! Knows bytes, not events. The only file of the benchmarks with `unsafe` beside the counting allocator.
#![allow(unsafe_code, reason = "the contender is the C interface itself")]

use std::ffi::{CStr, CString, c_int, c_long, c_void};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use rdkafka::ClientConfig;
use rdkafka::bindings as c;

/// A record whose bytes are ready, the headers' names as C has them.
#[derive(Clone, Debug)]
pub(super) struct RawRecord {
    pub(super) key: Vec<u8>,
    pub(super) value: Vec<u8>,
    pub(super) headers: Vec<(CString, Vec<u8>)>,
}

/// A producer on librdkafka's C functions, with the topic's handle kept and one thread for all.
pub(super) struct RawProducer {
    client: *mut c::rd_kafka_t,
    topic: *mut c::rd_kafka_topic_t,
    // What the callback writes to, at an address that stays.
    reports: Box<Reports>,
}

#[derive(Default)]
struct Reports {
    delivered: AtomicUsize,
    failed: AtomicUsize,
}

impl RawProducer {
    pub(super) fn new(config: &ClientConfig, topic: &str) -> Result<Self> {
        let config = config.create_native_config()?;
        let reports = Box::<Reports>::default();
        let name = CString::new(topic)?;
        let mut reason = [0; 512];
        // SAFETY: the configuration is alive; the copy of it is owned by the client from `rd_kafka_new` on, which takes
        // it only if it succeeds. The callback gets the address of `reports`, which lives as long as the client: both
        // belong to `Self`, and `drop` destroys the client first.
        unsafe {
            let copy = c::rd_kafka_conf_dup(config.ptr());
            c::rd_kafka_conf_set_opaque(copy, ptr::from_ref(&*reports).cast_mut().cast());
            c::rd_kafka_conf_set_dr_msg_cb(copy, Some(on_report));
            let client = c::rd_kafka_new(
                c::rd_kafka_type_t::RD_KAFKA_PRODUCER,
                copy,
                reason.as_mut_ptr(),
                reason.len(),
            );
            if client.is_null() {
                c::rd_kafka_conf_destroy(copy);
                bail!(
                    "librdkafka gives no producer: {}",
                    CStr::from_ptr(reason.as_ptr()).to_string_lossy()
                );
            }
            let topic = c::rd_kafka_topic_new(client, name.as_ptr(), ptr::null_mut());
            let this = Self { client, topic, reports };
            ensure!(!topic.is_null(), "librdkafka gives no handle for the topic");
            Ok(this)
        }
    }

    /// Hands a record over; waits for reports while there is no room.
    pub(super) fn send(&self, record: &RawRecord) -> Result<()> {
        loop {
            match self.try_send(record) {
                c::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR => return Ok(()),
                c::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR__QUEUE_FULL => self.poll(Duration::from_millis(100)),
                refused => bail!("librdkafka refused a record: {refused:?}"),
            }
        }
    }

    pub(super) fn try_send(&self, record: &RawRecord) -> c::rd_kafka_resp_err_t {
        if record.headers.is_empty() {
            self.produce(record)
        } else {
            self.produce_with_headers(record)
        }
    }

    fn produce(&self, record: &RawRecord) -> c::rd_kafka_resp_err_t {
        // SAFETY: client and topic are alive; key and value are copied before the function returns.
        unsafe {
            let refused = c::rd_kafka_produce(
                self.topic,
                ANY_PARTITION,
                c::RD_KAFKA_MSG_F_COPY,
                record.value.as_ptr().cast_mut().cast(),
                record.value.len(),
                record.key.as_ptr().cast(),
                record.key.len(),
                ptr::null_mut(),
            );
            if refused == 0 {
                c::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR
            } else {
                c::rd_kafka_last_error()
            }
        }
    }

    fn produce_with_headers(&self, record: &RawRecord) -> c::rd_kafka_resp_err_t {
        // SAFETY: client, topic and record are alive; all is copied before the function returns. The list ends with the
        // type that ends it, and each type is followed by what `RD_KAFKA_V_…` in rdkafka.h says. The headers belong to
        // the client if it takes the record, and to this function otherwise.
        unsafe {
            let headers = c::rd_kafka_headers_new(record.headers.len());
            for (name, value) in &record.headers {
                c::rd_kafka_header_add(
                    headers,
                    name.as_ptr(),
                    name.as_bytes().len().cast_signed(),
                    value.as_ptr().cast(),
                    value.len().cast_signed(),
                );
            }
            let refused = c::rd_kafka_producev(
                self.client,
                c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_RKT,
                self.topic,
                c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_MSGFLAGS,
                c::RD_KAFKA_MSG_F_COPY,
                c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_VALUE,
                record.value.as_ptr(),
                record.value.len(),
                c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_KEY,
                record.key.as_ptr(),
                record.key.len(),
                c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_HEADERS,
                headers,
                c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_END,
            );
            if refused != c::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR {
                c::rd_kafka_headers_destroy(headers);
            }
            refused
        }
    }

    /// Takes the reports that have come; waits for the first one, at most this long.
    pub(super) fn poll(&self, longest: Duration) {
        // SAFETY: the client is alive. The callback runs in here, on this thread.
        unsafe { c::rd_kafka_poll(self.client, longest.as_millis() as c_int) };
    }

    /// How many records were delivered.
    pub(super) fn delivered(&self) -> Result<usize> {
        ensure!(
            self.reports.failed.load(Ordering::Relaxed) == 0,
            "a record was not delivered"
        );
        Ok(self.reports.delivered.load(Ordering::Relaxed))
    }
}

impl Drop for RawProducer {
    fn drop(&mut self) {
        // SAFETY: both are alive and used by nobody else; what is still queued is given up.
        unsafe {
            if !self.topic.is_null() {
                c::rd_kafka_topic_destroy(self.topic);
            }
            c::rd_kafka_destroy(self.client);
        }
    }
}

/// `RD_KAFKA_PARTITION_UA`: the partitioner chooses.
const ANY_PARTITION: i32 = -1;

unsafe extern "C" fn on_report(
    _client: *mut c::rd_kafka_t,
    message: *const c::rd_kafka_message_t,
    reports: *mut c_void,
) {
    // SAFETY: librdkafka calls this with a message that lives during the call, and with the address that `new` set.
    let (message, reports) = unsafe { (&*message, &*reports.cast::<Reports>()) };
    let counter = if message.err == c::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR {
        &reports.delivered
    } else {
        &reports.failed
    };
    counter.fetch_add(1, Ordering::Relaxed);
}

/// `struct rusage` of POSIX as Linux has it.
#[repr(C)]
struct Usage {
    user: [c_long; 2],
    system: [c_long; 2],
    others: [c_long; 14],
}

unsafe extern "C" {
    fn getrusage(who: c_int, usage: *mut Usage) -> c_int;
}

/// The user and system time that this process has taken, all its threads together.
///
/// # Errors
/// That the system does not say.
pub fn processor_time() -> Result<Duration> {
    let mut usage = MaybeUninit::<Usage>::uninit();
    // SAFETY: 0 is this process; the system fills the whole structure if it returns 0.
    let usage = unsafe {
        ensure!(
            getrusage(0, usage.as_mut_ptr()) == 0,
            "the system does not tell the processor time"
        );
        usage.assume_init()
    };
    let seconds = |[seconds, micros]: [c_long; 2]| {
        Duration::from_secs(seconds.unsigned_abs()) + Duration::from_micros(micros.unsigned_abs())
    };
    Ok(seconds(usage.user) + seconds(usage.system))
}
