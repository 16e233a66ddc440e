//! The project's own commands: `cargo xtask test` (what CI runs), `testbed`, `tidy`, `chaos`, `soak`.
//!
//! It calls tools and judges what they answer. It links none of the publisher's code, so that it builds in seconds
//! and still runs when that code does not compile.

#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command line tool is for"
)]

mod campaign;
mod cli;
mod missing;
mod process;
mod steps;
mod testbed;
mod tidy;
mod workspace;

use std::env;
use std::process::ExitCode;

use anyhow::Result;

use crate::cli::Command;
use crate::workspace::Workspace;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Says whether everything that was asked for went well.
fn run() -> Result<bool> {
    match cli::parse(env::args().skip(1))? {
        Command::Help => {
            print!("{}", cli::HELP);
            Ok(true)
        }
        Command::List => {
            print!("{}", steps::list());
            Ok(true)
        }
        Command::Test { only } => steps::run(Workspace::find()?, &only),
        Command::Tidy => steps::run(Workspace::find()?, &["tidy".to_owned()]),
        Command::Chaos { seed, minutes } => campaign::chaos(&Workspace::find()?, seed, minutes).map(|()| true),
        Command::Soak { seed } => campaign::soak(&Workspace::find()?, seed).map(|()| true),
        Command::Testbed => testbed::serve(&Workspace::find()?).map(|()| true),
    }
}
