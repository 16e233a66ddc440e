//! What publishing an event costs: ours against librdkafka itself, and against what one would use instead.
//!
//! `cargo run --release -p benches --bin publish`; takes about a quarter of an hour on two processors, and a minute with
//! `--quick`. The last line is one JSON object.
//!
//! A contender is a process of its own, which delivers some hundred thousand orders, warm, and waits for all reports. The
//! cluster (librdkafka's mock) and the registry are in this process: a contender's processor time, user and system, is the
//! client's alone, and no ratio is flattered by what both sides of it share. `--within` puts the cluster into the
//! contender's process, as the library's goals were set. A ratio is taken in each round, of two runs with the same headers;
//! what is told is the middle of all rounds. Ours translates, validates and encodes within the time that counts; the raw
//! producer has its bytes encoded beforehand.
//!
//! How many records may be on their way is each one's own default, 20,000 with ours and 100,000 with librdkafka, which costs
//! it half as much again for memory that it touches for the first time: that is part of what a default costs. The figures
//! with `same_bound` in their names give the raw producer the 20,000 too, which it would have to know about.
//!
//! After each run the ends of the log must have grown by what was confirmed, and one record in a hundred is read back,
//! decoded by apache-avro and compared with its order.

use std::env;
use std::io::{self, Write as _};

use anyhow::Result;
use benches::allocations::CountingAllocator;
use benches::publish::cluster::Cluster;
use benches::publish::figures;
use benches::publish::job::{Job, Size};
use benches::publish::options::Options;
use benches::publish::protocol::{JOB, measure};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1).peekable();
    if arguments.next_if(|first| first == JOB).is_some() {
        let job: Job = serde_json::from_str(&arguments.next().unwrap_or_default())?;
        let told = job.carry_out()?;
        writeln!(io::stdout(), "{told}")?;
        return Ok(());
    }
    let options = Options::read(arguments)?;
    let cluster = match &options.kafka {
        Some(servers) => Cluster::kafka(servers, &options.compression)?,
        None => Cluster::embedded(&options.compression)?,
    };
    let bytes = [Size::Flat, Size::Nested].map(|size| cluster.mean_bytes(size));
    writeln!(
        io::stdout(),
        "{} rounds of {} events, {} and {} bytes each",
        options.rounds,
        options.messages,
        bytes[0],
        bytes[1]
    )?;
    let measurements = measure(&cluster, &options)?;
    figures::table(&measurements)?;
    writeln!(io::stdout(), "{}", figures::line(&measurements, &options, bytes))?;
    Ok(())
}
