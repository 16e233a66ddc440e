//! `publisher dlq`: the letters of a topic or a file: listed, shown, and their events published again.
//!
//! What a letter is and how it is read is known by `publisher-core`. A build without the feature `kafka` says how to get
//! one with it.

#[cfg(feature = "kafka")]
mod list;
#[cfg(feature = "kafka")]
mod replay;
#[cfg(feature = "kafka")]
mod resume;
#[cfg(feature = "kafka")]
mod show;
#[cfg(feature = "kafka")]
mod source;
#[cfg(feature = "kafka")]
mod words;

use anyhow::Result;

use super::Answer;
use crate::cli::Dlq;
use crate::surroundings::Surroundings;

#[cfg(feature = "kafka")]
pub(super) fn run(dlq: &Dlq, surroundings: &Surroundings) -> Result<Answer> {
    use crate::cli::DlqCommand;

    // Access tokens are fetched on it, where the settings say that there are some.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let _inside = runtime.enter();
    match &dlq.command {
        DlqCommand::List(list) => list::run(list, surroundings),
        DlqCommand::Show(show) => show::run(show, surroundings),
        DlqCommand::Replay(replay) => replay::run(replay, surroundings),
    }
}

#[cfg(not(feature = "kafka"))]
pub(super) fn run(_: &Dlq, _: &Surroundings) -> Result<Answer> {
    use crate::failure::Failure;

    Err(
        Failure::new("this `publisher` was built without a Kafka client, which `dlq` needs")
            .help("build one with it: cargo install --path publisher-cli --features kafka")
            .into(),
    )
}
