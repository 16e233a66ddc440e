//! librdkafka itself, with the bytes ready: what everybody else is compared with.

use std::ffi::CString;
use std::ops::Range;
use std::time::Duration;

use anyhow::Result;

use super::contender::{Deliver, Ready};
use super::event::TOPIC;
use super::ffi::{RawProducer, RawRecord};
use super::run::{Place, Run};
use super::settings::client_config;

/// After how many records the reports are taken.
const POLL_EVERY: usize = 1_000;

pub(super) struct Raw {
    producer: RawProducer,
    records: Vec<RawRecord>,
    sent: usize,
}

impl Raw {
    pub(super) fn new(place: &Place, run: &Run, records: Vec<Ready>) -> Result<Self> {
        let records = records.into_iter().map(|Ready { key, value, headers }| {
            let headers = headers
                .into_iter()
                .map(|(name, value)| Ok((CString::new(name)?, value)))
                .collect::<Result<_>>()?;
            Ok(RawRecord { key, value, headers })
        });
        Ok(Self {
            producer: RawProducer::new(&client_config(place, run), TOPIC)?,
            records: records.collect::<Result<_>>()?,
            sent: 0,
        })
    }
}

impl Deliver for Raw {
    fn deliver(&mut self, events: Range<usize>) -> Result<()> {
        self.sent += events.len();
        for number in events {
            self.producer.send(&self.records[number % self.records.len()])?;
            if number % POLL_EVERY == 0 {
                self.producer.poll(Duration::ZERO);
            }
        }
        while self.producer.delivered()? < self.sent {
            self.producer.poll(Duration::from_millis(100));
        }
        Ok(())
    }
}
