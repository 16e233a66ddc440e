//! librdkafka itself, with the bytes ready: what everybody else is compared with.
//!
//! In the cheapest form that was found for it. The topic's handle is kept. One thread hands records over and takes the
//! reports; a second one for the reports takes about as much. `rd_kafka_produce_batch` takes as much as `rd_kafka_produce`,
//! and no headers. The more records may be on their way, the more memory each of them touches for the first time:
//! librdkafka's own bound of 100,000 costs half as much again as the 20,000 that ours has. So there are two: librdkafka as it
//! comes, and with the bound that ours has.

use std::ffi::CString;
use std::ops::Range;
use std::time::Duration;

use anyhow::Result;

use super::contender::{Deliver, Ready};
use super::event::TOPIC;
use super::ffi::{RawProducer, RawRecord};
use super::job::{Place, Run};
use super::settings::client_config;

/// After how many records the reports are taken.
const POLL_EVERY: usize = 1_000;

/// How long one wait for reports may take.
const WAIT: Duration = Duration::from_millis(100);

/// The producer and the records.
pub(super) struct Raw {
    producer: RawProducer,
    records: Vec<RawRecord>,
    sent: usize,
}

impl Raw {
    pub(super) fn new(place: &Place, run: &Run, records: &[Ready]) -> Result<Self> {
        Ok(Self {
            producer: RawProducer::new(&client_config(place, run), TOPIC)?,
            records: records.iter().map(raw_record).collect::<Result<_>>()?,
            sent: 0,
        })
    }

    /// Hands over the record of the event with this number; waits while there is no room.
    pub(super) fn send(&mut self, number: usize) -> Result<()> {
        while !self.producer.send(&self.records[number % self.records.len()])? {
            self.producer.poll(WAIT);
        }
        self.sent += 1;
        Ok(())
    }

    /// Takes the reports that have come.
    pub(super) fn poll(&self) {
        self.producer.poll(Duration::ZERO);
    }

    /// Waits until all that was sent is confirmed.
    pub(super) fn wait(&self) -> Result<()> {
        while self.producer.delivered()? < self.sent {
            self.producer.poll(WAIT);
        }
        Ok(())
    }
}

impl Deliver for Raw {
    fn deliver(&mut self, events: Range<usize>) -> Result<()> {
        for number in events {
            self.send(number)?;
            if number % POLL_EVERY == 0 {
                self.poll();
            }
        }
        self.wait()
    }
}

fn raw_record(record: &Ready) -> Result<RawRecord> {
    let header = |(name, value): &(String, Vec<u8>)| Ok((CString::new(name.as_str())?, value.clone()));
    Ok(RawRecord {
        key: record.key.clone(),
        value: record.value.clone(),
        headers: record.headers.iter().map(header).collect::<Result<_>>()?,
    })
}
