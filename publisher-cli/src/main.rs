//! The process around the command: its arguments, its surroundings, its exit status.
//!
//! Knows no verb; see the library.

use std::env;
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use publisher_cli::{Exit, Surroundings};

fn main() -> ExitCode {
    let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let folder = match env::current_dir() {
        Ok(folder) => folder,
        Err(error) => {
            use io::Write as _;
            let _ = writeln!(
                io::stderr(),
                "error: the current folder cannot be read\n  because {error}"
            );
            return ExitCode::from(Exit::Failed.code());
        }
    };
    let surroundings = Surroundings {
        folder,
        variables: env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        coloured_out: !plain && io::stdout().is_terminal(),
        coloured_err: !plain && io::stderr().is_terminal(),
        progress: io::stderr().is_terminal(),
    };
    let exit = publisher_cli::run(
        env::args_os(),
        &surroundings,
        &mut io::stdout().lock(),
        &mut io::stderr(),
    );
    ExitCode::from(exit.code())
}
