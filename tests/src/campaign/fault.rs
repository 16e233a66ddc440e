//! The faults of a campaign: how each is drawn, begins and ends.

use std::fmt;
use std::time::Duration;

use publisher_core::testing::{EmbeddedRegistry, ProduceFault};

use super::ground::{Brokers, Ground, PARTITIONS};
use crate::proxy::{Api, Direction, Mode};
use crate::random::Random;

/// What can be done to a round.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    AllAway,
    /// Brokers are counted from 1.
    OneAway(usize),
    Slow(usize, Duration),
    Answers(Vec<ProduceFault>),
    LeadersMove(Vec<usize>),
    Killed(usize),
    Paused(usize),
    Network(usize, Direction, Mode),
    Reset(usize),
    HalfOpen(usize),
    LostAnswer(usize, Api),
    NoConnections(usize),
    RegistryAway,
}

/// How requests may overtake each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InFlight {
    /// One request at a time.
    One,
    /// As many as the client likes. A broker without sequence numbers must refuse none of them then: it would take the
    /// next one, and have the refused one after it.
    Many,
}

impl Fault {
    /// One that the ground has.
    pub(super) fn draw(random: &mut Random, ground: &Ground, in_flight: InFlight) -> Self {
        let broker = 1 + random.below(ground.count());
        let network = random.maybe(5);
        match &ground.brokers {
            _ if network => Self::of_network(random, broker),
            Brokers::Real(_) if random.maybe(4) => Self::Killed(broker),
            Brokers::Real(_) => Self::Paused(broker),
            Brokers::Embedded(_) => match random.below(if in_flight == InFlight::One { 6 } else { 4 }) {
                0 => Self::AllAway,
                1 => Self::OneAway(broker),
                2 => Self::Slow(broker, Duration::from_millis(random.below(600))),
                3 => Self::RegistryAway,
                4 => Self::LeadersMove((0..PARTITIONS).map(|_| 1 + random.below(ground.count())).collect()),
                _ => Self::Answers(answers(random)),
            },
        }
    }

    fn of_network(random: &mut Random, broker: usize) -> Self {
        let direction = random.pick(&[Direction::Requests, Direction::Answers]);
        match random.below(9) {
            0 => Self::Reset(broker),
            1 => Self::HalfOpen(broker),
            2 => Self::LostAnswer(broker, random.pick(&[Api::Produce, Api::Metadata, Api::InitProducerId])),
            3 => Self::NoConnections(broker),
            4 => Self::Network(broker, direction, Mode::BlackHole),
            5 => Self::Network(broker, direction, Mode::Cut),
            6 => {
                let bytes_per_second = random.pick(&[1, 200, 20_000]);
                Self::Network(broker, direction, Mode::Drip { bytes_per_second })
            }
            _ => {
                let by = Duration::from_millis(random.below(200));
                let jitter = Duration::from_millis(random.below(200));
                Self::Network(broker, direction, Mode::Delay { by, jitter })
            }
        }
    }

    /// Whether it cannot begin while the other one lasts.
    pub(super) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Killed(one) | Self::Paused(one), Self::Killed(other) | Self::Paused(other)) => one == other,
            (Self::RegistryAway, Self::RegistryAway) => true,
            _ => false,
        }
    }

    /// Begins it. Blocks the thread for a moment.
    pub(super) fn begin(&self, ground: &Ground, registry: &EmbeddedRegistry, topic: &str) {
        let proxy = |broker: usize| ground.proxies.proxy(broker - 1);
        match (self, &ground.brokers) {
            (Self::AllAway, Brokers::Embedded(cluster)) => cluster.broker_down().unwrap(),
            (Self::OneAway(broker), Brokers::Embedded(cluster)) => cluster.take_down(*broker as i32).unwrap(),
            (Self::Slow(broker, by), Brokers::Embedded(cluster)) => {
                cluster.round_trip_time_of(*broker as i32, *by).unwrap();
            }
            (Self::Answers(faults), Brokers::Embedded(cluster)) => cluster.produce_errors(faults).unwrap(),
            (Self::LeadersMove(leaders), Brokers::Embedded(cluster)) => {
                for (partition, leader) in (0..).zip(leaders) {
                    cluster.move_leader(topic, partition, *leader as i32).unwrap();
                }
            }
            (Self::Killed(broker), Brokers::Real(kafka)) => kafka.kill(*broker),
            (Self::Paused(broker), Brokers::Real(kafka)) => kafka.pause(*broker),
            (Self::Network(broker, direction, mode), _) => proxy(*broker).set(*direction, *mode),
            (Self::Reset(broker), _) => proxy(*broker).reset(),
            (Self::HalfOpen(broker), _) => proxy(*broker).half_open(),
            (Self::LostAnswer(broker, api), _) => proxy(*broker).lose_answer(*api),
            (Self::NoConnections(broker), _) => {
                proxy(*broker).ignore_connections(true);
                proxy(*broker).reset();
            }
            (Self::RegistryAway, _) => registry.stop().unwrap(),
            (fault, _) => panic!("{fault} was not drawn for {ground}"),
        }
    }

    /// Ends it, as far as it does not end by itself or with [`Ground::heal`]. Blocks the thread until the broker is back.
    pub(super) fn end(&self, ground: &Ground, registry: &EmbeddedRegistry) {
        match (self, &ground.brokers) {
            (Self::Killed(broker), Brokers::Real(kafka)) => kafka.restart(*broker),
            (Self::Paused(broker), Brokers::Real(kafka)) => kafka.resume(*broker),
            (Self::RegistryAway, _) => registry.restart().unwrap(),
            _ => {}
        }
    }
}

/// Answers of which some are final, and one is the end of the client.
fn answers(random: &mut Random) -> Vec<ProduceFault> {
    let count = 1 + random.below(6_usize);
    let of = [
        ProduceFault::NotEnoughReplicas,
        ProduceFault::NotLeader,
        ProduceFault::Disconnect,
        ProduceFault::UnknownTopic,
        ProduceFault::TooLarge,
        ProduceFault::InvalidRecord,
        ProduceFault::OutOfOrderSequence,
    ];
    (0..count).map(|_| random.pick(&of)).collect()
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllAway => f.write_str("all brokers away"),
            Self::OneAway(broker) => write!(f, "broker {broker} away"),
            Self::Slow(broker, by) => write!(f, "broker {broker} slow by {by:?}"),
            Self::Answers(faults) => write!(f, "answers {faults:?}"),
            Self::LeadersMove(leaders) => write!(f, "leaders {leaders:?}"),
            Self::Killed(broker) => write!(f, "broker {broker} killed"),
            Self::Paused(broker) => write!(f, "broker {broker} paused"),
            Self::Network(broker, direction, mode) => write!(f, "broker {broker}: {direction:?} {mode:?}"),
            Self::Reset(broker) => write!(f, "broker {broker}: reset"),
            Self::HalfOpen(broker) => write!(f, "broker {broker}: half open"),
            Self::LostAnswer(broker, api) => write!(f, "broker {broker}: an answer to {api:?} lost"),
            Self::NoConnections(broker) => write!(f, "broker {broker}: no connections"),
            Self::RegistryAway => f.write_str("registry away"),
        }
    }
}
