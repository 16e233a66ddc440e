//! What a publisher guarantees, as types: [`AtMostOnce`], [`AtLeastOnce`] and [`Transactional`].
//!
//! Knows no publisher and no client: which calls belong to which guarantee is said where the calls stand, and which
//! properties of a client follow from it where the client is configured.

/// What a publisher guarantees of each record; the parameter of [`Publisher`](crate::Publisher).
///
/// | guarantee | a record is in the log | a delivery says | made by |
/// |---|---|---|---|
/// | [`AtMostOnce`] | once or not at all | that it was written to the connection | [`at_most_once`](crate::PublisherBuilder::at_most_once) |
/// | [`AtLeastOnce`] | once; twice only after an error that says so | that it is replicated | the default |
/// | [`Transactional`] | with all records of its transaction or, for readers of committed records, with none | that it is replicated | [`transactional`](crate::PublisherBuilder::transactional) |
///
/// A call that does not belong to the guarantee does not compile:
/// ```compile_fail,E0277
/// use publisher_core::{Event, Publisher, Transactional};
///
/// fn outside<E: Event>(publisher: &Publisher<Transactional>, event: E) {
///     drop(publisher.publish(event));
/// }
/// ```
///
/// Sealed: there are these three.
pub trait Guarantee: sealed::Sealed + Send + Sync + 'static {}

/// A guarantee for each record by itself: [`AtMostOnce`] and [`AtLeastOnce`]. Sealed.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` publisher sends no record outside a transaction",
    label = "belongs to publishers whose records are delivered one by one",
    note = "publish inside a transaction: `publisher.transaction(async |transaction| {{ transaction.publish(&event).await }}).await`",
    note = "or build the publisher without `transactional(…)`"
)]
pub trait PerRecord: Guarantee {}

/// No record is sent twice, and one may be lost without an error.
///
/// The broker is asked for no answer (`acks=0`): a delivery means that the record was written to the connection, and has no
/// offset. What is lost then: records that were on a connection which broke, and all that a broker refuses, for they are too
/// large, the topic is not there or this client may not write to it. Nothing is sent again, so that the order of a key holds
/// in what arrives.
///
/// For measurements and logs of which the next one makes good for the last.
#[derive(Clone, Copy, Debug)]
pub enum AtMostOnce {}

/// Every accepted record is delivered, or its error says whether it may be in the log. The default.
///
/// Idempotent with `acks=all`: the client sends again until the delivery timeout, without copies and without a change of
/// order. A second copy comes only of a record that is sent again after
/// [`PublishError::Unknown`](crate::PublishError::Unknown); readers tell it by the header `event_id`.
///
/// Implements: idempotent producer (KIP-98).
#[derive(Clone, Copy, Debug)]
pub enum AtLeastOnce {}

/// Records of one or many topics are committed together or not at all.
///
/// Readers that want it so must set `isolation.level=read_committed`; others see the records of aborted transactions too.
/// Whoever has the same transactional id is one and the same producer for the brokers: a new one fences the old one off.
///
/// Implements: transactions (KIP-98).
#[derive(Clone, Copy, Debug)]
pub enum Transactional {}

impl Guarantee for AtMostOnce {}
impl Guarantee for AtLeastOnce {}
impl Guarantee for Transactional {}

impl PerRecord for AtMostOnce {}
impl PerRecord for AtLeastOnce {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::AtMostOnce {}
    impl Sealed for super::AtLeastOnce {}
    impl Sealed for super::Transactional {}
}
