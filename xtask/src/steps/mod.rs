//! The steps of `cargo xtask test`: their order, what each needs, and what passes between them.
//!
//! All steps run even when one has failed, so that one run tells everything. What a step does is in its own file.

mod cargo;
mod differential;
mod examples;
mod features;
pub(crate) mod program;
mod readers;
mod report;
mod trees;

use std::env;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use self::report::{Entry, Outcome};
use crate::missing::Missing;
use crate::testbed::Pair;
use crate::tidy;
use crate::workspace::Workspace;

struct Step {
    name: &'static str,
    about: &'static str,
    /// Steps that come first when this one is named by `--only`.
    needs: &'static [&'static str],
    run: fn(&mut Context) -> Result<()>,
}

const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        about: "the sources are formatted",
        needs: &[],
        run: cargo::fmt,
    },
    Step {
        name: "tidy",
        about: "house rules on text, licences and bans",
        needs: &[],
        run: tidy_step,
    },
    Step {
        name: "clippy",
        about: "no warnings in any target",
        needs: &[],
        run: cargo::clippy,
    },
    Step {
        name: "doc",
        about: "the documentation builds without warnings",
        needs: &[],
        run: cargo::doc,
    },
    Step {
        name: "features",
        about: "each feature of publisher-core compiles alone",
        needs: &[],
        run: features::run,
    },
    Step {
        name: "trees",
        about: "light builds stay free of heavy crates",
        needs: &[],
        run: trees::run,
    },
    Step {
        name: "differential",
        about: "Apache Avro's Java judges 20,000 random pairs as we do, and reads what we approve",
        needs: &[],
        run: differential::run,
    },
    Step {
        name: "testbed",
        about: "Apache Kafka and a schema registry start",
        needs: &[],
        run: testbed_step,
    },
    Step {
        name: "tests",
        about: "unit, doc, ui, golden and contract tests",
        needs: &["testbed"],
        run: cargo::test,
    },
    Step {
        name: "examples",
        about: "the quickstart, embedded and real",
        needs: &["testbed"],
        run: examples::run,
    },
    Step {
        name: "python",
        about: "Confluent's Python client reads every type and the quickstart's orders",
        needs: &["testbed", "examples"],
        run: readers::python,
    },
    Step {
        name: "node",
        about: "kafkajs and Confluent's deserializers for Node read every type",
        needs: &["testbed"],
        run: readers::node,
    },
    Step {
        name: "go",
        about: "franz-go and twmb/avro read every type",
        needs: &["testbed"],
        run: readers::go,
    },
    Step {
        name: "java",
        about: "Kafka's Java client and Apache Avro read every type",
        needs: &["testbed"],
        run: readers::java,
    },
];

/// What the steps share.
struct Context {
    workspace: Workspace,
    /// Where files for the tests are that are not part of the project.
    test_data: Option<PathBuf>,
    pair: Option<Pair>,
    /// Why there is no pair; the steps after `testbed` then do what they can without.
    no_pair: Missing,
    /// What the examples wrote on the real pair, for a foreign reader.
    written: Vec<examples::Written>,
    /// What the foreign readers should see of every type; `None` until one of them has had it published.
    every_type: Option<readers::Published>,
    skipped: Vec<report::Skip>,
}

impl Context {
    /// Notes that a part of the current step did not run.
    fn skip(&mut self, what: &str, reason: &Missing) {
        self.skipped.push(report::Skip {
            what: what.to_owned(),
            reason: reason.to_string(),
        });
    }
}

pub(crate) fn is_step(name: &str) -> bool {
    STEPS.iter().any(|step| step.name == name)
}

/// The names of the steps, one a line, each with what it shows.
pub(crate) fn list() -> String {
    STEPS
        .iter()
        .map(|step| format!("  {:<12} {}\n", step.name, step.about))
        .collect()
}

/// Runs the named steps, or all; says whether none failed.
pub(crate) fn run(workspace: Workspace, only: &[String]) -> Result<bool> {
    let started = Instant::now();
    let mut context = Context {
        workspace,
        test_data: test_data()?,
        pair: None,
        no_pair: Missing::new("the test bed did not start", "see the step `testbed`"),
        written: Vec::new(),
        every_type: None,
        skipped: Vec::new(),
    };
    // A missing tool is forgiven on a developer's machine only.
    let strict = is_strict();
    let mut entries = Vec::new();
    for step in STEPS.iter().filter(|step| is_selected(step, only)) {
        println!("\n── {}: {}", step.name, step.about);
        let started = Instant::now();
        let outcome = match (step.run)(&mut context) {
            Ok(()) => Outcome::Passed,
            Err(error) => match Missing::behind(&error) {
                Some(missing) if !strict => {
                    context.skip(step.name, missing);
                    Outcome::Skipped
                }
                _ => Outcome::Failed(format!("{error:#}")),
            },
        };
        let entry = Entry {
            name: step.name,
            outcome,
            time: started.elapsed(),
        };
        println!("{}", report::closing(&entry));
        entries.push(entry);
    }
    let ran_examples = entries.iter().any(|entry| entry.name == "examples");
    if ran_examples && context.test_data.is_none() {
        context.skipped.push(report::Skip {
            what: "the quickstart on northwind/orders.jsonl".to_owned(),
            reason: "PUBLISHER_TEST_DATA is not set; set it to the folder that holds northwind/".to_owned(),
        });
    }
    let ran_tests = entries.iter().any(|entry| entry.name == "tests");
    if ran_tests && context.test_data.is_none() {
        context.skipped.push(report::Skip {
            what: "the public compatibility cases".to_owned(),
            reason: "PUBLISHER_TEST_DATA is not set; set it to the folder that holds compat/".to_owned(),
        });
    }
    let Context { pair, skipped, .. } = context;
    drop(pair);
    print!("\n{}", report::summary(&entries, &skipped, started.elapsed()));
    Ok(entries.iter().all(|entry| !matches!(entry.outcome, Outcome::Failed(_))))
}

/// Whether a missing tool is a failure.
pub(crate) fn is_strict() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}

fn is_selected(step: &Step, only: &[String]) -> bool {
    let named = |name: &str| only.iter().any(|wanted| wanted == name);
    only.is_empty()
        || named(step.name)
        || STEPS
            .iter()
            .any(|other| named(other.name) && other.needs.contains(&step.name))
}

fn test_data() -> Result<Option<PathBuf>> {
    match env::var_os("PUBLISHER_TEST_DATA").filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(folder) => {
            let folder = PathBuf::from(folder);
            let found = folder.canonicalize();
            found
                .map(Some)
                .with_context(|| format!("PUBLISHER_TEST_DATA names {}, which is not there", folder.display()))
        }
    }
}

fn tidy_step(context: &mut Context) -> Result<()> {
    let findings = tidy::check(&context.workspace)?;
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        Ok(())
    } else {
        bail!("{} findings", findings.len())
    }
}

fn testbed_step(context: &mut Context) -> Result<()> {
    match Pair::start(&context.workspace) {
        Ok(pair) => {
            context.pair = Some(pair);
            Ok(())
        }
        Err(error) => {
            if let Some(missing) = Missing::behind(&error) {
                context.no_pair = missing.clone();
            }
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(only: &[&str]) -> Vec<&'static str> {
        let only: Vec<String> = only.iter().copied().map(str::to_owned).collect();
        STEPS
            .iter()
            .filter(|step| is_selected(step, &only))
            .map(|step| step.name)
            .collect()
    }

    #[test]
    fn a_named_step_brings_what_it_needs() {
        assert_eq!(selected(&[]).len(), STEPS.len());
        assert_eq!(selected(&["tidy", "fmt"]), ["fmt", "tidy"]);
        assert_eq!(selected(&["python"]), ["testbed", "examples", "python"]);
        assert_eq!(selected(&["go"]), ["testbed", "go"]);
    }

    #[test]
    fn needs_name_earlier_steps() {
        for (index, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(
                    STEPS[..index].iter().any(|earlier| earlier.name == *need),
                    "{} needs {need}",
                    step.name
                );
            }
        }
    }
}
