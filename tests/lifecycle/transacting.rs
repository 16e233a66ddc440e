//! The child with transactions: some that are committed, and one that is open when the signal comes.

use std::convert::Infallible;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Publisher, TransactionError, Transactional, events};
use tests::checker::{Accepted, Counts, End, History};
use tests::counted::{Calls, Counted, TOPIC};
use tokio::sync::oneshot;

use crate::child::{MANAGED, say};
use crate::order::{Doing, Order, Told};

/// Of each transaction.
pub(crate) const EVENTS: u64 = 5;
/// How many are committed before the one that does not end.
pub(crate) const COMMITTED: u64 = 3;
/// The pace of the events.
const PAUSE: Duration = Duration::from_millis(2);

/// Publishes until it is told to end.
pub(crate) async fn run(order: &Order) -> Told {
    let registry = EmbeddedRegistry::start().unwrap();
    let builder = Publisher::builder()
        .transactional(format!("of-{}", order.topic))
        .bootstrap_servers(&order.bootstrap_servers)
        .registry(registry.url())
        .rename_topic(TOPIC, &order.topic)
        .events(events![Counted]);
    let publisher = builder.build().await.unwrap();
    let deadline = Duration::from_millis(order.deadline_ms);
    let managed = publisher.shutdown_on_signals(deadline).unwrap();
    let accepted = Arc::new(Mutex::new(Vec::new()));
    let (begun, beginning) = oneshot::channel();
    let writer = Writer {
        publisher,
        accepted: Arc::clone(&accepted),
        hanging: order.doing == Doing::HangingInTransaction,
    };
    let writing = tokio::spawn(writer.write(begun));
    beginning.await.unwrap();
    say(MANAGED);
    let ended = managed.ended().await;
    if order.doing == Doing::HangingInTransaction {
        writing.abort();
    } else {
        writing.await.unwrap();
    }
    let counted = Counts::from(&ended.report);
    let mut events = std::mem::take(&mut *accepted.lock().unwrap());
    // Of the transaction whose work has not ended: nobody may commit it.
    end(&mut events, End::Failed);
    let seed = order.seed;
    Told::of(&ended.cause, &History { seed, events }, &[counted])
}

/// Those without an end so far have this one.
fn end(events: &mut [Accepted], end: End) {
    for event in events.iter_mut().filter(|event| event.end.is_none()) {
        event.end = Some(end);
    }
}

struct Writer {
    publisher: Publisher<Transactional>,
    accepted: Arc<Mutex<Vec<Accepted>>>,
    /// Whether the work of the last one does not end.
    hanging: bool,
}

impl Writer {
    /// Runs one transaction after the other until none is taken; tells once the one is open that may be killed.
    async fn write(self, begun: oneshot::Sender<()>) {
        let (mut calls, mut begun) = (Calls::default(), Some(begun));
        for number in 0.. {
            let last = number == COMMITTED;
            let transaction = self.publisher.transaction(async |transaction| {
                for key in ["a", "b", "c"].iter().cycle().take(EVENTS as usize) {
                    let call = calls.next(key);
                    // One that is refused aborts, whatever this returns.
                    if transaction.enqueue(call.event(100)).await.is_err() {
                        return Ok::<_, Infallible>(());
                    }
                    self.accepted.lock().unwrap().push(Accepted {
                        key: call.key,
                        sequence: call.sequence,
                        event_id: None,
                        end: None,
                    });
                    tokio::time::sleep(PAUSE).await;
                }
                if last {
                    begun.take().unwrap().send(()).unwrap();
                }
                if last && self.hanging {
                    pending::<()>().await;
                }
                Ok(())
            });
            let ended = transaction.await;
            end(
                &mut self.accepted.lock().unwrap(),
                match &ended {
                    Ok(()) => End::Delivered(None),
                    Err(TransactionError::Unknown(_)) => End::Unknown,
                    Err(_) => End::Failed,
                },
            );
            if matches!(ended, Err(TransactionError::ShutDown)) {
                return;
            }
        }
    }
}
