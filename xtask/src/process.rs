//! Running other programs: shown, captured, or watched against a deadline.
//!
//! Does not know which programs; long-lived children are `testbed::guarded`'s.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};

/// Runs with the output passed through.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    judge(command, status)
}

/// Runs silently and returns what was printed on stdout; an error quotes the end of all that was printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    judge(command, output.status).map_err(|error| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        anyhow!("{error}; it said last:\n{}", tail(&format!("{stdout}{stderr}"), 30))
    })?;
    Ok(stdout)
}

/// Runs with the output passed through, returns stdout as well, and ends the program when `limit` has passed.
pub(crate) fn watched(command: &mut Command, limit: Duration) -> Result<String> {
    println!("$ {}", shown(command));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let stdout = child.stdout.take().context("the child has no stdout")?;
    let reader = thread::spawn(move || {
        let mut text = String::new();
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
        text
    });
    let deadline = Instant::now() + limit;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            bail!(
                "`{}` was ended: it had not finished after {} s",
                shown(command),
                limit.as_secs()
            );
        }
        thread::sleep(Duration::from_millis(20));
    };
    let text = reader
        .join()
        .map_err(|_| anyhow!("reading the output of `{}` failed", shown(command)))?;
    judge(command, status)?;
    Ok(text)
}

/// The last `lines` lines of a text, each indented so that a quotation stands out.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let kept = &all[all.len().saturating_sub(lines)..];
    kept.iter()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn judge(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        Ok(())
    } else {
        bail!("`{}` ended with {status}", shown(command))
    }
}

/// The command as one would type it, without the folder of the program.
fn shown(command: &Command) -> String {
    let program = command.get_program();
    let name = std::path::Path::new(program).file_name().unwrap_or(program);
    let words = std::iter::once(name).chain(command.get_args()).map(|word| {
        let word = word.to_string_lossy();
        if word.is_empty() || word.contains([' ', '*', '"']) {
            format!("'{word}'")
        } else {
            word.into_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tail_keeps_the_last_lines() {
        assert_eq!(tail("a\n\nb\nc\n", 2), "    b\n    c");
        assert_eq!(tail("", 2), "");
    }

    #[test]
    fn shows_a_command_as_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "--features", "a b"]);
        assert_eq!(shown(&command), "cargo test --features 'a b'");
    }

    #[test]
    fn an_error_quotes_the_output() {
        let error = output(Command::new("bash").args(["-c", "echo out; echo err >&2; exit 3"])).expect_err("exit 3");
        let text = format!("{error:#}");
        assert!(
            text.contains("exit status: 3") && text.contains("    out\n    err"),
            "{text}"
        );
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let started = Instant::now();
        let error = watched(Command::new("sleep").arg("60"), Duration::from_millis(100)).expect_err("ended");
        assert!(error.to_string().contains("had not finished"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
