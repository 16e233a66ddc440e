//! Timing: all contenders in turn, round after round, so that a noisy moment hits everybody.
//!
//! Does not know what is encoded.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::allocations;

/// How often each contender is timed.
pub const ROUNDS: usize = 101;

/// How long one contender runs in one round, about: less than the system lets others wait for the processor, so that
/// on a busy machine too most rounds are undisturbed.
const SLICE: Duration = Duration::from_millis(1);

/// Something that encodes orders.
pub trait Contender {
    /// What the report calls it.
    fn name(&self) -> &'static str;

    /// How many orders it has.
    fn orders(&self) -> usize;

    /// Encodes the order with this number into an empty buffer.
    ///
    /// # Errors
    /// The contender's own; no valid order has any.
    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()>;

    /// Encodes each order once, into one buffer.
    ///
    /// Stands here so that each contender has its own copy, in which `encode` is called directly.
    ///
    /// # Errors
    /// The contender's own.
    fn pass(&mut self, frame: &mut Vec<u8>) -> Result<()> {
        for order in 0..self.orders() {
            frame.clear();
            self.encode(black_box(order), frame)?;
            black_box(&frame[..]);
        }
        Ok(())
    }
}

/// What one contender took.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The contender.
    pub name: &'static str,
    /// Nanoseconds an order, one entry a round.
    pub rounds: Vec<f64>,
    /// Bytes an order.
    pub bytes: f64,
    /// Calls for memory an order, once all is warm.
    pub allocations: f64,
}

impl Measured {
    /// Nanoseconds an order, in the middle of all rounds.
    #[must_use]
    pub fn median(&self) -> f64 {
        median(self.rounds.clone())
    }

    /// This one's time divided by another's, round by round, and of these the one in the middle: what disturbed both
    /// in a round cancels out.
    #[must_use]
    pub fn ratio(&self, other: &Self) -> f64 {
        median(
            self.rounds
                .iter()
                .zip(&other.rounds)
                .map(|(own, other)| own / other)
                .collect(),
        )
    }
}

/// Times all contenders.
///
/// # Errors
/// The first that a contender has.
pub fn measure(contenders: &mut [Box<dyn Contender + '_>]) -> Result<Vec<Measured>> {
    let mut frame = Vec::with_capacity(4096);
    let mut measured = Vec::new();
    let mut passes = Vec::new();
    for contender in contenders.iter_mut() {
        let mut bytes = 0;
        for order in 0..contender.orders() {
            frame.clear();
            contender.encode(order, &mut frame)?;
            bytes += frame.len();
        }
        let mut result = Ok(());
        let allocations = allocations::count(|| result = contender.pass(&mut frame));
        result?;
        let started = Instant::now();
        contender.pass(&mut frame)?;
        let once = started.elapsed().max(Duration::from_micros(1));
        passes.push((SLICE.as_nanos() / once.as_nanos()).max(1) as usize);
        let orders = contender.orders() as f64;
        measured.push(Measured {
            name: contender.name(),
            rounds: Vec::new(),
            bytes: bytes as f64 / orders,
            allocations: allocations as f64 / orders,
        });
    }
    for round in 0..ROUNDS {
        for turn in 0..contenders.len() {
            // Another one begins each round, so that nobody always runs behind the same one.
            let index = (round + turn) % contenders.len();
            let (contender, passes) = (&mut contenders[index], passes[index]);
            contender.pass(&mut frame)?;
            let started = Instant::now();
            for _ in 0..passes {
                contender.pass(&mut frame)?;
            }
            let orders = (passes * contender.orders()) as f64;
            measured[index]
                .rounds
                .push(started.elapsed().as_nanos() as f64 / orders);
        }
    }
    Ok(measured)
}

/// The middle one.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
