//! What librdkafka calls back: reports, logs and errors, and the little state that they share with the sending side.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use rdkafka::producer::{DeliveryResult, ProducerContext};
use rdkafka::statistics::Statistics;
use rdkafka::{ClientContext, Timestamp};

use super::KafkaSettings;
use super::in_flight::{InFlight, Sent};
use crate::producer::{Outcome, Placement, Reports, Token, Undelivered, ffi};
use crate::record::{Headers, Offset, Record, RecordRef};

/// The time of log append that librdkafka's mock cluster claims for each record, while its log holds the record's own.
const MOCK_APPEND_TIME_MS: i64 = 1234;

/// The callbacks of one client.
pub(super) struct Context {
    reports: Arc<dyn Reports>,
    /// Records that `send` took over and that have no report yet.
    unreported: AtomicUsize,
    in_flight: InFlight,
    trouble: Trouble,
    pub(super) fatal: OnceLock<String>,
    pub(super) bootstrap_servers: String,
    pub(super) delivery_timeout: Duration,
}

impl Context {
    pub(super) fn new(settings: &KafkaSettings, reports: Arc<dyn Reports>) -> Self {
        Self {
            reports,
            unreported: AtomicUsize::new(0),
            in_flight: InFlight::default(),
            trouble: Trouble::default(),
            fatal: OnceLock::new(),
            bootstrap_servers: settings.bootstrap_servers.clone(),
            delivery_timeout: settings.delivery_timeout,
        }
    }

    /// Counts a record that is about to be handed over; the number is for librdkafka to carry.
    pub(super) fn accepted(&self, record: RecordRef<'_>, token: Token) -> usize {
        self.unreported.fetch_add(1, Ordering::AcqRel);
        self.in_flight.insert(record, token)
    }

    /// Takes [`accepted`](Self::accepted) back for a record that was not handed over after all.
    pub(super) fn withdrawn(&self, slot: usize) {
        self.in_flight.take(slot);
        self.unreported.fetch_sub(1, Ordering::AcqRel);
    }

    pub(super) fn unreported(&self) -> usize {
        self.unreported.load(Ordering::Acquire)
    }

    pub(super) fn note_fatal(&self, reason: &str) {
        self.fatal.get_or_init(|| reason.to_owned());
    }

    /// A broker has answered: what went wrong on a connection before explains nothing any more.
    pub(super) fn note_answer(&self) {
        self.trouble.clear();
    }

    /// The last thing that went wrong on a connection, if no broker has confirmed or answered anything since.
    pub(super) fn last_trouble(&self) -> Option<(RDKafkaErrorCode, String)> {
        self.trouble.last().clone()
    }

    fn outcome(&self, result: &DeliveryResult<'_>, sent: &Sent) -> Outcome {
        match result {
            Ok(message) => {
                self.note_answer();
                Ok(Placement {
                    partition: message.partition(),
                    // Negative where the broker confirmed a copy that had arrived before: it does not say where that
                    // one lies.
                    offset: u64::try_from(message.offset()).ok().map(Offset),
                    timestamp_ms: match message.timestamp() {
                        Timestamp::LogAppendTime(time) if time != MOCK_APPEND_TIME_MS => time,
                        _ => sent.timestamp_ms,
                    },
                })
            }
            Err((error, message)) => {
                let record = rebuilt(message, sent);
                let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Unknown);
                let error = self.failure(code, ffi::persistence(message), record.as_ref());
                Err(Box::new(Undelivered { error, record }))
            }
        }
    }
}

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        match level {
            RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical | RDKafkaLogLevel::Error => {
                tracing::error!(target: "librdkafka", facility, "{message}");
            }
            RDKafkaLogLevel::Warning => tracing::warn!(target: "librdkafka", facility, "{message}"),
            RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => {
                tracing::info!(target: "librdkafka", facility, "{message}")
            }
            RDKafkaLogLevel::Debug => tracing::debug!(target: "librdkafka", facility, "{message}"),
        }
        let text = message.split_once("]: ").map_or(message, |(_thread, text)| text);
        match facility {
            // A closed connection is logged and no error event; it explains a time-out all the same.
            "FAIL" => self.trouble.note(RDKafkaErrorCode::BrokerTransportFailure, text),
            // The error event that follows hides in the underlying code that it is fatal.
            "FATAL" => self.note_fatal(text.trim_start_matches("Fatal error: ")),
            _ => {}
        }
    }

    /// librdkafka logs what it raises here, so that it is only remembered; rdkafka calls this twice for each event.
    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!(target: "librdkafka", %error, "{reason}");
        if let Some(code) = error.rdkafka_error_code() {
            self.trouble.note(code, reason);
        }
    }

    // The default parses the whole JSON on the poll thread, only to log it.
    fn stats(&self, _: Statistics) {}

    fn stats_raw(&self, _: &[u8]) {}
}

impl ProducerContext for Context {
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, slot: usize) {
        let Some(sent) = self.in_flight.take(slot) else {
            tracing::error!(
                slot,
                "librdkafka reported a record twice or one that it was never given"
            );
            return;
        };
        let token = sent.token;
        // A panic must not end the poll thread: every later record would be without a report.
        let reported = catch_unwind(AssertUnwindSafe(|| {
            self.reports.report(token, self.outcome(result, &sent))
        }));
        if reported.is_err() {
            tracing::error!(
                token = token.0,
                "a delivery report panicked; the record's fate is lost to its sender"
            );
        }
        self.unreported.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The record of a failed report, as it was handed over.
fn rebuilt(message: &BorrowedMessage<'_>, sent: &Sent) -> Record {
    let mut headers = Headers::new();
    for header in message.headers().into_iter().flat_map(|list| list.iter()) {
        match header.value {
            Some(value) => headers.push(header.key, value),
            None => headers.push_null(header.key),
        }
    }
    Record {
        topic: message.topic().to_owned(),
        partition: sent.partition,
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().map(<[u8]>::to_vec),
        headers,
        timestamp_ms: sent.timestamp_ms,
    }
}

/// The last error of a connection, so that a time-out can say why. A delivery and the description of a topic clear it.
#[derive(Default)]
struct Trouble {
    present: AtomicBool,
    last: Mutex<Option<(RDKafkaErrorCode, String)>>,
}

impl Trouble {
    fn note(&self, code: RDKafkaErrorCode, text: &str) {
        let mut last = self.last();
        // "All brokers are down" says less than the refused connection before it; a lost connection less than the wrong
        // password.
        let known = last.as_ref().map(|(known, _)| *known);
        let tells_less = match known {
            None => false,
            Some(known) => {
                code == RDKafkaErrorCode::AllBrokersDown || (is_authentication(known) && !is_authentication(code))
            }
        };
        if !tells_less {
            *last = Some((code, text.to_owned()));
            self.present.store(true, Ordering::Release);
        }
    }

    fn clear(&self) {
        if self.present.load(Ordering::Acquire) {
            self.present.store(false, Ordering::Release);
            *self.last() = None;
        }
    }

    fn last(&self) -> MutexGuard<'_, Option<(RDKafkaErrorCode, String)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the broker knows us and does not let us in.
pub(super) fn is_authentication(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::Authentication | RDKafkaErrorCode::SaslAuthenticationFailed
    )
}
