//! What the command line of the benchmark may say.

use anyhow::{Context as _, Result, bail};

use super::job::Contender;

/// How the benchmark is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many rounds count.
    pub rounds: usize,
    /// How many rounds go before them.
    pub warm_up_rounds: usize,
    /// How many events a run times.
    pub messages: usize,
    /// The brokers of a real Kafka; the embedded cluster if there are none.
    pub kafka: Option<String>,
    /// librdkafka's `compression.type`.
    pub compression: String,
    /// Whether each contender has the cluster within its own process, so that the cluster's processor time counts too.
    pub within: bool,
    /// The contenders that take part, and nothing else is measured; all if there is none.
    pub only: Vec<Contender>,
}

impl Options {
    /// Reads the arguments behind the program's name.
    ///
    /// # Errors
    /// An argument that there is not, or a value that cannot be read; with a list of all there are.
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let (mut rounds, mut messages, mut quick) = (None, None, false);
        let mut options = Self {
            rounds: 13,
            warm_up_rounds: 2,
            messages: 400_000,
            kafka: None,
            compression: "none".to_owned(),
            within: false,
            only: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .with_context(|| format!("{argument} needs a value; {USAGE}"))
            };
            match argument.as_str() {
                "--rounds" => rounds = Some(value()?.parse().context("--rounds is no number")?),
                "--messages" => messages = Some(value()?.parse().context("--messages is no number")?),
                "--kafka" => options.kafka = Some(value()?),
                "--compression" => options.compression = value()?,
                "--only" => options.only = value()?.split(',').map(contender).collect::<Result<_>>()?,
                "--within" => options.within = true,
                "--quick" => quick = true,
                other => bail!("there is no {other}; {USAGE}"),
            }
        }
        if options.kafka.is_some() {
            (options.rounds, options.messages) = (5, 200_000);
        }
        if quick {
            (options.rounds, options.warm_up_rounds, options.messages) = (3, 1, 100_000);
        }
        options.rounds = rounds.unwrap_or(options.rounds).max(1);
        options.messages = messages.unwrap_or(options.messages).max(1_000);
        if options.within && options.kafka.is_some() {
            bail!("a real Kafka cannot be within the process: leave --within or --kafka out");
        }
        Ok(options)
    }
}

const USAGE: &str = "there are --rounds N, --messages N, --quick, --kafka HOST:PORT, --compression none|lz4, --within and \
                     --only with names such as raw,batch";

/// A contender by its name in small letters.
fn contender(name: &str) -> Result<Contender> {
    serde_json::from_value(name.into()).with_context(|| format!("--only does not know {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &str, expected: (usize, usize, usize)) {
        let options = Options::read(arguments.split_whitespace().map(str::to_owned)).expect(arguments);
        let read = (options.rounds, options.warm_up_rounds, options.messages);
        assert_eq!(read, expected, "{arguments}");
    }

    #[test]
    fn numbers_go_over_what_is_quick() {
        check("", (13, 2, 400_000));
        check("--quick", (3, 1, 100_000));
        check("--rounds 7 --quick", (7, 1, 100_000));
        check("--kafka localhost:9092", (5, 2, 200_000));
        check("--kafka localhost:9092 --messages 5000", (5, 2, 5_000));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let refused = |arguments: &str| {
            let refused = Options::read(arguments.split_whitespace().map(str::to_owned));
            refused.expect_err(arguments).to_string()
        };
        assert!(refused("--round 3").starts_with("there is no --round; there are --rounds N"));
        assert!(refused("--rounds").starts_with("--rounds needs a value"));
        assert!(refused("--rounds x").starts_with("--rounds is no number"));
        assert!(refused("--only raw,bach").starts_with("--only does not know bach"));
        assert!(refused("--within --kafka a:1").starts_with("a real Kafka cannot be within"));
    }
}
