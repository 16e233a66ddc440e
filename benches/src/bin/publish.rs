//! What publishing an event costs.

use std::env;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use benches::allocations::CountingAllocator;
use benches::publish::cluster::Cluster;
use benches::publish::contender::carry_out;
use benches::publish::run::{Contender, HeaderSet, Place, Run, Size, Taken};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, job] = &arguments[..]
        && flag == "--carry-out"
    {
        let (place, run): (Place, Run) = serde_json::from_str(job)?;
        let taken = carry_out(&place, &run)?;
        writeln!(io::stdout(), "{}", serde_json::to_string(&taken)?)?;
        return Ok(());
    }
    let cluster = Cluster::new(None, "none")?;
    writeln!(
        io::stdout(),
        "{} {}",
        cluster.mean_bytes(Size::Flat),
        cluster.mean_bytes(Size::Nested)
    )?;
    let messages = 400_000;
    for _ in 0..5 {
        for (contender, size, headers, linger_ms, in_flight) in [
            (Contender::Raw, Size::Flat, HeaderSet::None, 5, 20_000),
            (Contender::Batch, Size::Flat, HeaderSet::None, 5, 16_000),
            (Contender::Raw, Size::Nested, HeaderSet::None, 5, 20_000),
            (Contender::Batch, Size::Nested, HeaderSet::None, 5, 16_000),
            (Contender::Await, Size::Flat, HeaderSet::None, 0, 1_000),
            (Contender::Future, Size::Flat, HeaderSet::None, 0, 1_000),
            (Contender::Raw, Size::Flat, HeaderSet::Default, 5, 20_000),
            (Contender::Batch, Size::Flat, HeaderSet::Default, 5, 16_000),
        ] {
            let run = Run {
                contender,
                size,
                headers,
                linger_ms,
                in_flight,
                messages,
            };
            let before = cluster.ends()?;
            let taken = spawn(&cluster.place, &run)?;
            cluster.verify(&run, &before)?;
            writeln!(
                io::stdout(),
                "{:?} {:?} {:?}: {:.0}/s, {:.3} us cpu, {:.3} allocs",
                run.contender,
                run.size,
                run.headers,
                messages as f64 / taken.wall_s,
                taken.cpu_s * 1e6 / messages as f64,
                taken.allocations as f64 / messages as f64,
            )?;
        }
    }
    Ok(())
}

fn spawn(place: &Place, run: &Run) -> Result<Taken> {
    let output = Command::new(env::current_exe()?)
        .arg("--carry-out")
        .arg(serde_json::to_string(&(place, run))?)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "{run:?} failed");
    let text = String::from_utf8(output.stdout)?;
    serde_json::from_str(text.lines().last().context("no line")?).context("result")
}
