//! The arguments of `cargo xtask`, read by hand: there are few forms.
//!
//! Knows the words, not what the commands do.

use anyhow::{Result, bail};

use crate::steps;

pub(crate) const HELP: &str = "\
usage: cargo xtask <command>

  test [--only STEP[,STEP…]]   run every step that CI runs, or the named ones and what they need
  test --list                  name the steps
  testbed                      start Apache Kafka and a schema registry, keep them until Ctrl-C
  tidy                         the checks on text, licences and bans alone
  chaos [--seed N] [--minutes M]
                               random faults for so long (1 minute) on an embedded cluster and on a Kafka of three brokers
  soak [--seed N]              50 kills of a broker under load, 10 minutes of chaos, 2 minutes of outage

environment of `test`:
  PUBLISHER_TEST_DATA          folder with northwind/orders.jsonl and the public schemas in compat/; without it the example
                               runs on its own orders only and the public schemas are not compared
  CI=true                      a missing tool (JDK, Maven, Python, Node, Go) is a failure, not a skipped step
";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    List,
    Test { only: Vec<String> },
    Testbed,
    Tidy,
    Chaos { seed: Option<u64>, minutes: u64 },
    Soak { seed: Option<u64> },
}

pub(crate) fn parse(args: impl IntoIterator<Item = String>) -> Result<Command> {
    let mut args = args.into_iter();
    let command = match args.next().as_deref() {
        None | Some("help" | "-h" | "--help") => Command::Help,
        Some("testbed") => Command::Testbed,
        Some("tidy") => Command::Tidy,
        Some("test") => return test(args),
        Some("chaos") => return campaign(args, true),
        Some("soak") => return campaign(args, false),
        Some(other) => bail!("there is no command `{other}`\n\n{HELP}"),
    };
    match args.next() {
        Some(extra) => bail!("`{extra}` is not expected here\n\n{HELP}"),
        None => Ok(command),
    }
}

fn test(mut args: impl Iterator<Item = String>) -> Result<Command> {
    let mut only = Vec::new();
    while let Some(arg) = args.next() {
        let names = match arg.as_str() {
            "--list" => return Ok(Command::List),
            "-h" | "--help" => return Ok(Command::Help),
            "--only" => match args.next() {
                Some(names) => names,
                None => bail!("`--only` needs the names of steps, as in `--only fmt,clippy`"),
            },
            other => match other.strip_prefix("--only=") {
                Some(names) => names.to_owned(),
                None => bail!("`{other}` is not an argument of `test`\n\n{HELP}"),
            },
        };
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if !steps::is_step(name) {
                bail!("there is no step `{name}`; the steps are:\n{}", steps::list());
            }
            only.push(name.to_owned());
        }
    }
    Ok(Command::Test { only })
}

/// `chaos` may be told for how long.
fn campaign(mut args: impl Iterator<Item = String>, is_chaos: bool) -> Result<Command> {
    let (mut seed, mut minutes) = (None, 1);
    while let Some(arg) = args.next() {
        let (name, given) = match arg.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (arg, None),
        };
        match name.as_str() {
            "-h" | "--help" => return Ok(Command::Help),
            "--seed" => {}
            "--minutes" if is_chaos => {}
            other => bail!("`{other}` is not an argument here\n\n{HELP}"),
        }
        let value = given.or_else(|| args.next());
        let Some(number) = value.and_then(|value| value.parse().ok()) else {
            bail!("`{name}` needs a number, as in `{name} 5`");
        };
        if name == "--seed" {
            seed = Some(number);
        } else {
            minutes = number;
        }
    }
    Ok(if is_chaos {
        Command::Chaos { seed, minutes }
    } else {
        Command::Soak { seed }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &Command) {
        let parsed = parse(line.split_whitespace().map(str::to_owned)).expect("valid arguments");
        assert_eq!(&parsed, expected, "{line}");
    }

    fn refused(line: &str, part: &str) {
        let error = parse(line.split_whitespace().map(str::to_owned))
            .expect_err("invalid arguments")
            .to_string();
        assert!(error.contains(part), "{line}: {error}");
    }

    #[test]
    fn reads_the_commands() {
        check("", &Command::Help);
        check("--help", &Command::Help);
        check("testbed", &Command::Testbed);
        check("tidy", &Command::Tidy);
        check("test", &Command::Test { only: vec![] });
        check("test --list", &Command::List);
        check(
            "test --only fmt,tidy --only=doc",
            &Command::Test {
                only: ["fmt", "tidy", "doc"].map(str::to_owned).into(),
            },
        );
    }

    #[test]
    fn reads_the_campaigns() {
        let chaos = |seed, minutes| Command::Chaos { seed, minutes };
        check("chaos", &chaos(None, 1));
        check("chaos --seed 7 --minutes=30", &chaos(Some(7), 30));
        check("soak --seed=9", &Command::Soak { seed: Some(9) });
        check("soak --help", &Command::Help);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        refused("chaos --seed", "`--seed` needs a number");
        refused("chaos --seed x", "`--seed` needs a number");
        refused("soak --minutes 5", "`--minutes` is not an argument");
        refused("tset", "no command `tset`");
        refused("testbed now", "`now` is not expected");
        refused("test --only", "needs the names");
        refused("test --only fmt,lint", "no step `lint`");
        refused("test --fast", "`--fast` is not an argument");
    }
}
