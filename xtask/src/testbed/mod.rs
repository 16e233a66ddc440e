//! The real pair: Apache Kafka and a schema registry as child processes, fetched once, up until dropped.
//!
//! Knows in which order things are found and started; each part knows its own program. Nothing here knows the publisher.

mod apicurio;
mod guarded;
pub(crate) mod java;
mod kafka;
pub(crate) mod maven;
mod port;
pub(crate) mod python;
pub(crate) mod store;

use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};

use self::guarded::Guarded;
pub(crate) use self::kafka::VERSION as KAFKA_VERSION;
use crate::workspace::{KAFKA, REGISTRY, TEST_JAVA, TEST_KAFKA_JARS, Workspace};

/// A broker and a registry that answer. Dropping it ends both and removes what they wrote.
pub(crate) struct Pair {
    brokers: Brokers,
    broker: Server,
    registry: Server,
}

/// What starts a broker: for tests that kill theirs.
pub(crate) struct Brokers {
    /// The program `java`.
    pub(crate) java: PathBuf,
    /// The folder with Kafka's jars.
    pub(crate) jars: PathBuf,
}

impl Brokers {
    /// Fetches what is not there yet.
    pub(crate) fn find(workspace: &Workspace) -> Result<Self> {
        let store = workspace.testbed();
        let java = java::find(&store)?;
        let jars = kafka::fetch(&store, &java)?;
        let java = java.program().to_owned();
        Ok(Self { java, jars })
    }

    /// Tells a program where they are.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env(TEST_JAVA, &self.java).env(TEST_KAFKA_JARS, &self.jars);
    }
}

/// One running server.
struct Server {
    /// `host:port` of the broker, the base URL of the registry.
    address: String,
    process: Guarded,
}

impl Pair {
    /// Fetches what is not there yet, starts both servers and waits until they answer.
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        let store = workspace.testbed();
        let java = java::find(&store)?;
        let libraries = kafka::fetch(&store, &java)?;
        let application = apicurio::fetch(&store, &java)?;
        let runs = store.join("runs");
        guarded::sweep(&runs);
        let started = Instant::now();
        let (broker, registry) = thread::scope(|scope| {
            let broker = scope.spawn(|| kafka::start(&java, &libraries, &runs, &kafka::Settings::default()));
            let registry = apicurio::start(&java, &application, &runs);
            (
                broker
                    .join()
                    .unwrap_or_else(|_| Err(anyhow!("starting Kafka panicked"))),
                registry,
            )
        });
        let pair = Self {
            brokers: Brokers {
                java: java.program().to_owned(),
                jars: libraries.clone(),
            },
            broker: broker?,
            registry: registry?,
        };
        println!(
            "{} and {} answer after {:.1} s",
            kafka::NAME,
            apicurio::NAME,
            started.elapsed().as_secs_f32()
        );
        Ok(pair)
    }

    /// What the broker was started with.
    pub(crate) fn brokers(&self) -> &Brokers {
        &self.brokers
    }

    pub(crate) fn bootstrap_servers(&self) -> &str {
        &self.broker.address
    }

    pub(crate) fn registry_url(&self) -> &str {
        &self.registry.address
    }

    /// An error when one of the two has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.broker.process.check()?;
        self.registry.process.check()
    }
}

/// `cargo xtask testbed`: keeps the pair until stdin ends or the process does.
pub(crate) fn serve(workspace: &Workspace) -> Result<()> {
    let mut pair = Pair::start(workspace)?;
    println!("export {KAFKA}={}", pair.bootstrap_servers());
    println!("export {REGISTRY}={}", pair.registry_url());
    eprintln!("both run until Ctrl-C, or until stdin is closed");
    let (closed, waiting) = mpsc::channel();
    thread::spawn(move || {
        let read = io::copy(&mut io::stdin(), &mut io::sink());
        // The receiver is gone only when the program is ending anyway.
        let _ = closed.send(read);
    });
    loop {
        match waiting.recv_timeout(Duration::from_secs(1)) {
            Ok(read) => return read.map(drop).context("reading stdin"),
            Err(RecvTimeoutError::Timeout) => pair.check()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}
