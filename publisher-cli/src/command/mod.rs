//! The verbs. Each takes its arguments and gives a text and an exit status; only `register`, `pull`, `lock` and `dlq
//! replay` write anything.

mod check;
mod compat;
mod completions;
mod diff;
mod dlq;
mod explain;
mod lint;
mod lock;
mod pull;
mod register;
mod rules;

use anyhow::Result;

use crate::Exit;
use crate::cli::{Cli, Command};
use crate::surroundings::Surroundings;

/// What a command says and how it ended.
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) exit: Exit,
}

impl Answer {
    pub(crate) fn clean(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            exit: Exit::Clean,
        }
    }

    pub(crate) fn found(text: impl Into<String>, found: bool) -> Self {
        Self {
            text: text.into(),
            exit: if found { Exit::Findings } else { Exit::Clean },
        }
    }
}

pub(crate) fn run(cli: Cli, surroundings: &Surroundings) -> Result<Answer> {
    match cli.command {
        Command::Check(check) => check::run(&check, surroundings),
        Command::Diff(diff) => diff::run(&diff, surroundings),
        Command::Compat(compat) => compat::run(&compat, surroundings),
        Command::Lint(lint) => lint::run(&lint, surroundings),
        Command::Register(register) => register::run(&register, surroundings),
        Command::Pull(pull) => pull::run(&pull, surroundings),
        Command::Lock(lock) => lock::run(&lock, surroundings),
        Command::Explain(explain) => explain::run(&explain, surroundings),
        Command::Dlq(dlq) => dlq::run(&dlq, surroundings),
        Command::Rules(rules) => rules::run(&rules, surroundings),
        Command::Completions(completions) => completions::run(&completions),
    }
}

/// `1 schema`, `2 schemas`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
