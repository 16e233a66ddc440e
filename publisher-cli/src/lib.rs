//! `publisher`: checks, compares, registers and explains the schemas of published events, and replays dead letters.
//!
//! [`run`] is the whole command, with everything that it takes from the process as an argument, so that tests call it
//! as a function. What is compatible is judged by `publisher-core`; here are the files, git, the registry and the words.
//!
//! Every verb ends with one of three codes: 0 where all is well, 100 where something was found, 101 where the command
//! could not do what it was asked for, wrong arguments included. A registry that cannot be reached is 101.

#![forbid(unsafe_code)]

mod acknowledged;
mod cli;
mod command;
mod compact;
mod date;
mod failure;
mod judgement;
mod letters;
mod lines;
mod members;
mod origin;
mod own_rules;
mod paint;
mod progress;
mod project;
mod reading;
mod references;
mod repair;
mod report;
mod settings;
mod spots;
mod surroundings;
mod writing;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser as _;

pub use surroundings::Surroundings;

use crate::cli::Cli;
use crate::command::Answer;
use crate::paint::Paint;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Clean,
    /// The schemas have findings; of `compat`: they are not compatible; of `dlq`: some letters were passed over.
    Findings,
    /// The command could not do what it was asked for.
    Failed,
}

impl Exit {
    /// 0, 100 or 101.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 100,
            Self::Failed => 101,
        }
    }
}

/// Runs the command with these arguments, the program's name first.
///
/// What was asked for goes to `out`, why it could not be done to `err`.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let text = error.render().to_string();
            // Help that was asked for is an answer.
            return if error.use_stderr() {
                write(err, &without_credentials(&text), Exit::Failed)
            } else {
                write(out, &text, Exit::Clean)
            };
        }
    };
    match command::run(cli, surroundings) {
        Ok(Answer { text, exit }) => write(out, &text, exit),
        Err(error) => write(
            err,
            &without_credentials(&failure::shown(&error, Paint::new(surroundings.coloured_err))),
            Exit::Failed,
        ),
    }
}

/// An address that was put in the wrong place is quoted in the complaint, and would bring its password into a log.
fn without_credentials(text: &str) -> String {
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str("://");
        let end = part.find(|symbol: char| symbol.is_whitespace() || "/\"'".contains(symbol));
        let authority = &part[..end.unwrap_or(part.len())];
        match authority.rfind('@') {
            Some(at) => shown.push_str(&format!("***{}", &part[at..])),
            None => shown.push_str(part),
        }
    }
    shown
}

/// Writes the text. A reader that has gone away, such as `head`, has what it wanted.
fn write(to: &mut dyn Write, text: &str, exit: Exit) -> Exit {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Exit::Failed,
        _ => exit,
    }
}
