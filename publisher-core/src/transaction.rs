//! [`Transaction`] and the call that runs one: records and offsets that are committed together or not at all.
//!
//! Knows the order of the steps: a turn, begin, the work, commit or abort. How a step is taken on a client that breaks is
//! `coordinator`'s business; the protocol is the producer's.

mod coordinator;
mod error;
mod inside;
mod noted;
mod open;

use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::task::Poll;

pub(crate) use coordinator::Coordinator;
pub use error::TransactionError;
use inside::Inside;
pub(crate) use noted::Noted;
use open::Open;

use crate::dispatch::Admission;
use crate::event::{Event, EventTypes};
use crate::guarantee::Transactional;
use crate::lifecycle::on_a_thread;
use crate::pending::{Enqueuing, Pending, Publishing};
use crate::prepare::Prepared;
use crate::producer::{ConsumedOffset, ConsumerGroup, TransactionFailure};
use crate::publisher::{Inner, Publisher};

impl Publisher<Transactional> {
    /// Runs a transaction: what the work publishes is committed together once it returns `Ok`, or never.
    ///
    /// Any number of types and topics; the records of a key are in the order of the calls. Aborted if the work returns an
    /// error, panics (the panic goes on to the caller), takes longer than
    /// [`transaction_timeout`](crate::PublisherBuilder::transaction_timeout), or if an event of it is refused or not delivered,
    /// whether the work looked at that or not. One transaction at a time: those of other tasks wait for their turn, in the
    /// order of their calls.
    ///
    /// Delays and lost connections are waited for and the same step is taken again, as long as the transaction has time. A
    /// client that is broken is replaced by a fresh one before the next transaction, and so is one of which a request to end a
    /// transaction may have gone unanswered: that request could still arrive and end the next transaction.
    ///
    /// In the counts of [`shutdown`](Self::shutdown) the records of an aborted transaction are failed, for no reader of
    /// committed records ever sees them; those of one whose commit is unknown are unknown. Their futures, and `on_delivery`,
    /// tell of each record as such: that it lies in the log, to be committed or not.
    ///
    /// # Errors
    /// See [`TransactionError`]; each variant says whether the transaction may be run again.
    ///
    /// # Cancel safety
    /// Dropping the future aborts the transaction, in the background and before the next one begins. If the commit has
    /// been asked for, it goes on, and nobody hears how it ended.
    ///
    /// # Examples
    /// ```no_run
    /// # #[cfg(feature = "registry")] {
    /// use publisher_core::producer::{ConsumedOffset, ConsumerGroup};
    /// use publisher_core::{Event, Offset, Publisher, TransactionError};
    ///
    /// #[derive(Event)]
    /// #[event(topic = "payments", namespace = "com.acme.payments")]
    /// struct PaymentTaken<'a> {
    ///     #[event(key)]
    ///     order_id: &'a str,
    ///     cents: u64,
    /// }
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let publisher = Publisher::builder()
    ///     .transactional("payments-1")
    ///     .bootstrap_servers("localhost:9092")
    ///     .registry("http://localhost:8081")
    ///     .build()
    ///     .await?;
    ///
    /// let consumer = ConsumerGroup::new("payments");
    /// publisher
    ///     .transaction(async |transaction| {
    ///         transaction.publish(PaymentTaken { order_id: "7", cents: 900 });
    ///         transaction.publish(PaymentTaken { order_id: "8", cents: 400 });
    ///         let next = ConsumedOffset { topic: "orders".to_owned(), partition: 0, next: Offset(17) };
    ///         transaction.offsets(&consumer, [next]).await
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// # }
    /// ```
    ///
    /// Implements: transactions (KIP-98), offsets with the group's metadata (KIP-447).
    pub async fn transaction<T, E>(
        &self,
        work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, TransactionError<E>> {
        let inner = self.inner();
        let Some(coordinator) = &inner.transactions else {
            // No publisher of this type is built without.
            return Err(TransactionError::ShutDown);
        };
        if Inside::is_in(coordinator) {
            return Err(TransactionError::Nested);
        }
        let open = Open::begin(coordinator).await?;
        let until = coordinator.work_until(inner);
        let transaction = Transaction { inner, coordinator };
        // In a block of its own, so that not even the call that makes the future is outside.
        let mut working = Box::pin(async { work(&transaction).await });
        let mut until = Box::pin(until);
        let worked = poll_fn(|context| {
            let _inside = Inside::enter(coordinator);
            match catch_unwind(AssertUnwindSafe(|| working.as_mut().poll(context))) {
                Ok(Poll::Ready(result)) => return Poll::Ready(Worked::Returned(result)),
                Ok(Poll::Pending) => {}
                Err(panic) => return Poll::Ready(Worked::Panicked(panic)),
            }
            until.as_mut().poll(context).map(|()| Worked::TooLong)
        })
        .await;
        // Whatever it still holds, before the transaction ends.
        drop(working);
        match worked {
            Worked::Returned(Ok(value)) => open.commit().await.map(|()| value),
            Worked::Returned(Err(error)) => {
                open.abort().await;
                Err(TransactionError::Work(error))
            }
            Worked::TooLong => {
                let fenced = open.abort().await;
                Err(TransactionError::aborted(
                    fenced.unwrap_or_else(|| coordinator.too_long()),
                ))
            }
            Worked::Panicked(panic) => {
                open.abort().await;
                resume_unwind(panic)
            }
        }
    }
}

/// How the work of a transaction ended.
enum Worked<R> {
    Returned(R),
    Panicked(Box<dyn std::any::Any + Send>),
    TooLong,
}

/// An open transaction, as the work of [`Publisher::transaction`] sees it.
pub struct Transaction<'a> {
    inner: &'a Inner,
    coordinator: &'a Arc<Coordinator>,
}

impl Transaction<'_> {
    /// Publishes an event in the transaction: encodes it now and buffers it.
    ///
    /// The result is a future of the delivery, for those who want to know the offset or to go on only then. It need not be
    /// awaited: the commit waits for it, and an event that is refused or not delivered aborts the transaction. What waits for a
    /// place in the buffer is encoded already, so use [`enqueue`](Self::enqueue) for many.
    ///
    /// # Errors
    /// See [`PublishError`](crate::PublishError), through the future.
    ///
    /// # Cancel safety
    /// See [`Pending`].
    pub fn publish<E: Event>(&self, event: E) -> Pending {
        Pending::of(self.noting(self.encoded(&event)))
    }

    /// Buffers an event: resolves once the buffer has it, to a future of its delivery.
    ///
    /// # Errors
    /// See [`PublishError`](crate::PublishError).
    ///
    /// # Cancel safety
    /// See [`Enqueuing`]: an event that is withdrawn is no part of the transaction.
    pub fn enqueue<E: Event>(&self, event: E) -> Enqueuing {
        Enqueuing::new(self.noting(self.encoded(&event)))
    }

    /// Encodes an event and lets the record be changed before it is sent: topic, headers, time.
    #[must_use = "nothing is sent before `send`"]
    pub fn prepare<E: Event>(&self, event: E) -> Prepared<'_> {
        let record = self.inner.record(&event);
        Prepared::new(self.inner, event.event_type(), record).in_transaction(self.noted())
    }

    /// Publishes a tombstone in the transaction; as [`publish`](Self::publish).
    ///
    /// # Errors
    /// See [`PublishError`](crate::PublishError), through the future.
    ///
    /// # Cancel safety
    /// See [`Pending`].
    pub fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Pending {
        Pending::of(self.noting(self.inner.tombstone::<E>(key)))
    }

    /// Makes the offsets of a consumer group part of the transaction: they are committed with its records.
    ///
    /// The consumer must not commit them itself (`enable.auto.commit=false`), and reads on behalf of the group as before.
    ///
    /// # Errors
    /// [`TransactionFailure`]: the transaction is aborted, whatever the work returns.
    ///
    /// # Cancel safety
    /// Dropping the future, once polled, changes nothing: the offsets are sent.
    pub async fn offsets(
        &self,
        group: &ConsumerGroup,
        offsets: impl IntoIterator<Item = ConsumedOffset>,
    ) -> Result<(), TransactionFailure> {
        let (group, offsets): (_, Vec<_>) = (group.clone(), offsets.into_iter().collect());
        let coordinator = Arc::clone(self.coordinator);
        let sent = on_a_thread(move || coordinator.send_offsets(&group, &offsets)).await;
        sent.unwrap_or_else(|| Err(self.coordinator.no_thread()))
    }

    fn encoded<E: Event>(&self, event: &E) -> Publishing {
        match self.inner.encode(event) {
            Ok(parcel) => self.inner.dispatch(parcel, Admission::Wait),
            Err(error) => Publishing::refused(error),
        }
    }

    fn noting(&self, publishing: Publishing) -> Publishing {
        self.noted().check(publishing)
    }

    fn noted(&self) -> &Noted {
        self.coordinator.noted()
    }
}

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").finish_non_exhaustive()
    }
}
