//! What a run of the steps says at its end.
//!
//! Pure text: it does not know what the steps do, and prints nothing itself.

use std::fmt::Write as _;
use std::time::Duration;

pub(super) enum Outcome {
    Passed,
    Failed(String),
    Skipped,
}

pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) outcome: Outcome,
    pub(super) time: Duration,
}

/// A step, or a part of one, that did not run.
pub(super) struct Skip {
    pub(super) what: String,
    /// Why, and how to change that.
    pub(super) reason: String,
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Failed(_) => "FAILED",
            Self::Skipped => "skipped",
        }
    }
}

/// The line after a step.
pub(super) fn closing(entry: &Entry) -> String {
    let line = format!(
        "── {}: {} in {:.1} s",
        entry.name,
        entry.outcome.word(),
        entry.time.as_secs_f32()
    );
    match &entry.outcome {
        Outcome::Failed(error) => format!("error: {error}\n{line}"),
        _ => line,
    }
}

/// The table, the failures, one line for each reason to skip, and the count of steps.
pub(super) fn summary(entries: &[Entry], skipped: &[Skip], total: Duration) -> String {
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(
            text,
            "  {:<12} {:<8} {:>7.1} s",
            entry.name,
            entry.outcome.word(),
            entry.time.as_secs_f32()
        );
    }
    let _ = writeln!(text, "  {:<12} {:<8} {:>7.1} s\n", "in all", "", total.as_secs_f32());
    for entry in entries {
        if let Outcome::Failed(error) = &entry.outcome {
            let _ = writeln!(
                text,
                "{} failed: {}",
                entry.name,
                error.lines().next().unwrap_or_default()
            );
        }
    }
    let mut reasons: Vec<&str> = Vec::new();
    for skip in skipped {
        if !reasons.contains(&skip.reason.as_str()) {
            reasons.push(&skip.reason);
        }
    }
    for reason in reasons {
        let what: Vec<&str> = skipped
            .iter()
            .filter(|skip| skip.reason == reason)
            .map(|skip| skip.what.as_str())
            .collect();
        let _ = writeln!(text, "skipped: {}: {reason}", what.join(", "));
    }
    let passed = entries
        .iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Passed))
        .count();
    let failed = entries
        .iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Failed(_)))
        .count();
    let _ = writeln!(text, "{passed} passed, {failed} failed");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &'static str, outcome: Outcome) -> Entry {
        Entry {
            name,
            outcome,
            time: Duration::from_millis(1234),
        }
    }

    fn skip(what: &str, reason: &str) -> Skip {
        Skip {
            what: what.to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn summary_counts_steps_and_joins_reasons() {
        let entries = [
            entry("fmt", Outcome::Passed),
            entry(
                "clippy",
                Outcome::Failed("`cargo clippy` ended with exit status: 101\nmore".to_owned()),
            ),
            entry("testbed", Outcome::Skipped),
        ];
        let skipped = [
            skip("testbed", "no Maven; install it"),
            skip("java", "no Maven; install it"),
            skip("x", "y"),
        ];
        let expected = "  \
  fmt          ok           1.2 s
  clippy       FAILED       1.2 s
  testbed      skipped      1.2 s
  in all                   65.0 s

clippy failed: `cargo clippy` ended with exit status: 101
skipped: testbed, java: no Maven; install it
skipped: x: y
1 passed, 1 failed
";
        assert_eq!(summary(&entries, &skipped, Duration::from_secs(65)), expected);
    }

    #[test]
    fn a_failure_is_told_at_once() {
        let line = closing(&entry("doc", Outcome::Failed("no space".to_owned())));
        assert_eq!(line, "error: no space\n── doc: FAILED in 1.2 s");
    }
}
