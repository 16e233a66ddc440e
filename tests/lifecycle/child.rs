//! The child: publishers that publish until they are told to end.

use std::time::Duration;

use publisher_core::{Ended, ManagedPublisher, PublisherBuilder};
use tests::load::{Load, Writer};
use tokio::runtime::Runtime;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::order::{Doing, Order, Told, VARIABLE};
use crate::transacting;

/// Said once the signals are heard, before the first event; of transactions, once some are committed and one is open.
pub(crate) const MANAGED: &str = "managed";
/// What comes before what became of the events.
pub(crate) const TOLD: &str = "told ";

/// A test for the harness only: it does nothing unless a parent gives it an order.
#[test]
fn child() {
    let Ok(order) = std::env::var(VARIABLE) else { return };
    let order: Order = serde_json::from_str(&order).unwrap();
    let runtime = Runtime::new().unwrap();
    if matches!(order.doing, Doing::Committing | Doing::HangingInTransaction) {
        return tell(&runtime.block_on(transacting::run(&order)));
    }
    let publishers: Vec<_> = (0..order.publishers)
        .map(|number| runtime.block_on(Managed::start(&order, order.seed * 10 + number)))
        .collect();
    if order.panicking {
        // Thousands of them.
        std::panic::set_hook(Box::new(|_| {}));
        tracing::subscriber::set_global_default(Panicking).unwrap();
    }
    say(MANAGED);
    let publishing = runtime.block_on(async {
        let publishing = publishers.into_iter().map(|managed| managed.publish(&order));
        publishing.collect::<Vec<_>>()
    });
    for publishing in publishing {
        tell(&publishing.finish(&order, &runtime));
    }
}

fn tell(told: &Told) {
    say(&format!("{TOLD}{}", serde_json::to_string(told).unwrap()));
}

/// Straight to the stream, past the capture of the test harness.
pub(crate) fn say(line: &str) {
    use std::io::Write as _;
    // The harness has begun a line of its own.
    std::io::stdout().write_all(format!("\n{line}\n").as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

/// A publisher that hears the signals.
struct Managed {
    managed: ManagedPublisher,
    load: std::sync::Arc<Load>,
    seed: u64,
}

impl Managed {
    async fn start(order: &Order, seed: u64) -> Self {
        let change = |builder: PublisherBuilder| match order.doing {
            Doing::Lingering => builder.linger(Duration::from_secs(20)),
            Doing::Full => builder.buffer_records(20),
            _ => builder,
        };
        let (servers, topic) = (&order.bootstrap_servers, &order.topic);
        let load = if order.doing == Doing::AwaitingTheRegistry {
            let load = Load::undeclared(servers, topic, seed, change).await;
            load.registry().stop().unwrap();
            load
        } else {
            Load::start(servers, topic, seed, change).await
        };
        let deadline = Duration::from_millis(order.deadline_ms);
        let managed = load.publisher.shutdown_on_signals(deadline).unwrap();
        Self { managed, load, seed }
    }

    /// To be called within the runtime.
    fn publish(self, order: &Order) -> Publishing {
        let writers = if order.doing == Doing::Nothing { 0 } else { 3 };
        let pause = Duration::from_millis(1);
        Publishing {
            writers: (0..writers)
                .map(|number| self.load.write(self.seed * 10 + number, pause, 0))
                .collect(),
            managed: self.managed,
            load: self.load,
        }
    }
}

struct Publishing {
    managed: ManagedPublisher,
    load: std::sync::Arc<Load>,
    writers: Vec<Writer>,
}

impl Publishing {
    fn finish(self, order: &Order, runtime: &Runtime) -> Told {
        let Self { managed, load, writers } = self;
        if order.by_itself {
            // Until there is something to lose.
            while load.recorder.len() < 100 {
                std::thread::yield_now();
            }
        }
        let ended: Ended = match (order.by_itself, order.blocking) {
            (false, false) => runtime.block_on(managed.ended()),
            (false, true) => managed.blocking_ended(),
            (true, false) => runtime.block_on(managed.shutdown()),
            (true, true) => managed.blocking_shutdown(),
        };
        runtime.block_on(async {
            for writer in writers {
                writer.stop().await;
            }
        });
        // Nobody left before the end, so that the log is not needed to say what became of an event.
        let (history, counted) = load.recorder.finish(&ended.report, &[]);
        Told::of(&ended.cause, &history, &counted)
    }
}

/// A subscriber of the log that panics at every line.
struct Panicking;

impl Subscriber for Panicking {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        panic!("this panic belongs to the test");
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
