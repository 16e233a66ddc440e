//! `publisher completions`: what a shell needs to complete the arguments.

use anyhow::Result;
use clap::CommandFactory as _;

use super::Answer;
use crate::cli::{Cli, Completions};

pub(super) fn run(completions: &Completions) -> Result<Answer> {
    let mut text = Vec::new();
    clap_complete::generate(completions.shell, &mut Cli::command(), "publisher", &mut text);
    Ok(Answer::clean(String::from_utf8_lossy(&text)))
}
