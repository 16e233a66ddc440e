//! One round: a publisher, writers, faults one after the other or two at a time, a shutdown, and the judgement.

use std::time::Duration;

use publisher_core::PublisherBuilder;

use super::fault::{Fault, InFlight};
use super::ground::Ground;
use crate::checker::Report;
use crate::load::Load;
use crate::random::Random;

/// How long a patient shutdown may take: with all healed it delivers everything long before.
const PATIENT: Duration = Duration::from_secs(60);
/// By how much a shutdown may miss its deadline here, where everybody wants the processor.
const LATE: Duration = Duration::from_secs(5);

/// The report, and what was done.
pub(super) async fn run(seed: u64, number: u64, ground: &Ground) -> (Report, Vec<String>) {
    let mut random = Random::new(seed);
    let topic = format!("round-{number}");
    tokio::task::block_in_place(|| ground.create_topic(&topic));
    let in_flight = random.pick(&[InFlight::One, InFlight::Many]);
    let timeout = Duration::from_secs(random.pick(&[1, 2, 5, 30]));
    let records = random.pick(&[20, 500, 20_000]);
    let blocking = random.maybe(2).then(|| Duration::from_millis(random.below(1_000)));
    let settings = |builder: PublisherBuilder| {
        let builder = builder
            .delivery_timeout(timeout)
            .buffer_records(records)
            // A connection without an answer is given up after this; the default is 60 s.
            .librdkafka_property("socket.timeout.ms", "1000")
            .librdkafka_property("socket.connection.setup.timeout.ms", "1000");
        let builder = match blocking {
            Some(blocking) => builder.block_timeout(blocking),
            None => builder,
        };
        match in_flight {
            InFlight::One => builder.librdkafka_property("max.in.flight.requests.per.connection", "1"),
            InFlight::Many => builder,
        }
    };
    let servers = ground.proxies.bootstrap_servers();
    // Some find the registry away when their first record has to leave.
    let load = if random.maybe(7) {
        Load::start(&servers, &topic, seed, settings).await
    } else {
        Load::undeclared(&servers, &topic, seed, settings).await
    };
    let mut told = vec![format!(
        "a publisher with {in_flight:?} in flight, a timeout of {timeout:?}, room for {records}"
    )];

    let writers: Vec<_> = (0..3)
        .map(|writer| {
            let pause = Duration::from_micros(200 + random.below(3_000));
            load.write(writer, pause, random.pick(&[0, 10, 50]))
        })
        .collect();
    let patient = random.maybe(6);
    let mut open: Vec<Fault> = Vec::new();
    let steps = 2 + random.below(4_u32);
    for _ in 0..steps {
        for _ in 0..1 + random.below(2_u32) {
            let fault = Fault::draw(&mut random, ground, in_flight);
            // One of a kind at a time: a broker that was killed cannot be killed.
            if open.iter().any(|other| fault.meets(other)) {
                continue;
            }
            told.push(fault.to_string());
            tokio::task::block_in_place(|| fault.begin(ground, load.registry(), &topic));
            open.push(fault);
        }
        tokio::time::sleep(Duration::from_millis(50 + random.below(1_500))).await;
        if random.maybe(7) {
            heal(&mut open, ground, &load);
            tokio::time::sleep(Duration::from_millis(random.below(400))).await;
        }
    }

    let deadline = if patient {
        heal(&mut open, ground, &load);
        PATIENT
    } else {
        Duration::from_millis(random.below(700))
    };
    told.push(format!("a shutdown within {deadline:?}"));
    if patient {
        for writer in writers {
            writer.stop().await;
        }
    } else {
        // They run into the end of the publisher.
        writers.iter().for_each(crate::load::Writer::tell);
    }
    let shutdown = tokio::time::timeout(deadline + LATE, load.shutdown(deadline)).await;
    let shutdown = shutdown.unwrap_or_else(|_| panic!("seed {seed}: the shutdown within {deadline:?} does not end"));
    heal(&mut open, ground, &load);
    let mut report = load.judge(&shutdown, &ground.direct(), ground.repeats()).await;
    if patient && report.counts.returned > 0 {
        report.violations.push(crate::checker::Violation {
            seed,
            key: String::new(),
            sequence: 0,
            breach: crate::checker::Breach::ReturnedInPeace,
        });
    }
    (report, told)
}

fn heal(open: &mut Vec<Fault>, ground: &Ground, load: &Load) {
    tokio::task::block_in_place(|| {
        ground.heal();
        for fault in open.drain(..) {
            fault.end(ground, load.registry());
        }
    });
}
