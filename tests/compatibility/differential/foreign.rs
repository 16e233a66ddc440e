//! A program in another language that answers a line of JSON with a line of JSON, for as long as it is asked.
//!
//! Knows no protocol beyond that.

use std::error::Error;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// Asks all questions at once and returns the answers in their order. Questions are written by another thread, so that
/// neither side waits for the other.
pub(crate) fn ask(program: &mut Command, questions: Vec<String>) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = BufWriter::new(child.stdin.take().ok_or("no stdin")?);
    let stdout = BufReader::new(child.stdout.take().ok_or("no stdout")?);
    let expected = questions.len();
    let asking = thread::spawn(move || -> std::io::Result<()> {
        for question in questions {
            stdin.write_all(question.as_bytes())?;
            stdin.write_all(b"\n")?;
        }
        stdin.flush()
    });
    let mut answers = Vec::with_capacity(expected);
    for line in stdout.lines() {
        answers.push(serde_json::from_str(&line?)?);
    }
    let status = child.wait()?;
    asking.join().map_err(|_| "asking panicked")??;
    if !status.success() || answers.len() != expected {
        return Err(format!("{} answers to {expected} questions, {status}", answers.len()).into());
    }
    Ok(answers)
}
