//! [`Lump`]: reports that are given together, so that what each of them costs the receiver is shared.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::context::Context;
use crate::producer::ffi::{HeaderList, ReportedRecord};
use crate::producer::{Outcome, Token};

/// How many reports are given at once, at most: enough to share a lock among, few enough to stay in the processor's
/// cache, and to bound the copies of failed records.
const LARGEST: usize = 256;

/// Reports on their way to the receiver. Used again, so that it allocates once.
#[derive(Default)]
pub(super) struct Lump {
    reports: Vec<(Token, Outcome)>,
    headers: Vec<HeaderList>,
}

impl Lump {
    /// Adds a record with its report, and gives all if they are many.
    pub(super) fn add(&mut self, context: &Context, mut record: ReportedRecord<'_>) {
        let Some((token, outcome, headers)) = context.settled(&mut record) else {
            return;
        };
        self.reports.push((token, outcome));
        self.headers.extend(headers);
        if self.reports.len() >= LARGEST {
            self.give(context);
        }
    }

    /// Gives what was added.
    pub(super) fn give(&mut self, context: &Context) {
        context.spare_headers.put(&mut self.headers);
        let records = self.reports.len();
        if records == 0 {
            return;
        }
        // A panic must not end the thread: every later record would be without a report.
        let given = catch_unwind(AssertUnwindSafe(|| context.reports.report_all(&mut self.reports)));
        if given.is_err() {
            lost(records, self.reports.len());
        }
        self.reports.clear();
        context.reported(records);
    }
}

/// Says that reports were lost in a panic. The log's subscriber is a stranger as well, and may be what panicked.
fn lost(records: usize, left: usize) {
    let told = || {
        tracing::error!(
            records,
            left,
            "the receiver of delivery reports panicked; the fate of some records is lost to their senders"
        );
    };
    catch_unwind(told).ok();
}
